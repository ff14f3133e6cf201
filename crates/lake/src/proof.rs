//! A model speaks only when its own cases hold.

use std::{collections::BTreeSet, sync::Mutex};

use gnomon_library::{Library, model::Model};

/// Fingerprints whose cases are known to hold.
pub(crate) struct Proof(Mutex<BTreeSet<String>>);

impl Proof {
    pub(crate) fn new(proven: impl IntoIterator<Item = String>) -> Self {
        Self(Mutex::new(proven.into_iter().collect()))
    }

    fn known(&self, fingerprint: &str) -> bool {
        self.0.lock().map(|known| known.contains(fingerprint)).unwrap_or_default()
    }

    /// Runs the cases of a model that is not yet proven. The error names the first case that does not hold.
    pub(crate) async fn demand(&self, library: &Library, model: &Model) -> Result<(), String> {
        let fingerprint = library.fingerprints.get(&model.id).cloned().unwrap_or_default();
        if self.known(&fingerprint) {
            return Ok(());
        }
        for result in gnomon_engine::run_cases(library, &model.id).await {
            if let Some(failure) = result.failure {
                return Err(format!("its case \"{}\" does not hold: {failure}", result.name));
            }
        }
        if let Ok(mut known) = self.0.lock() {
            known.insert(fingerprint);
        }
        Ok(())
    }
}
