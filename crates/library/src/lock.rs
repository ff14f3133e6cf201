//! `library.lock`: which revision of which model has which logic. A changed logic needs a changed revision.

use std::{collections::BTreeMap, fmt::Write};

use serde::Deserialize;

use crate::catalogue::Library;

/// What is written down of one model.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Locked {
    revision: u32,
    fingerprint: String,
}

/// Revision and fingerprint of every model, by id.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Lock(BTreeMap<String, Locked>);

impl Lock {
    /// Reads the file's text.
    pub fn parse(text: &str) -> Result<Lock, toml::de::Error> {
        toml::from_str(text)
    }

    /// What the library is now.
    pub fn of(library: &Library) -> Lock {
        let locked = library.models.values().map(|model| {
            let fingerprint = library.fingerprints.get(&model.id).cloned().unwrap_or_default();
            (model.id.clone(), Locked { revision: model.revision, fingerprint })
        });
        Lock(locked.collect())
    }

    /// All fingerprints.
    pub fn fingerprints(&self) -> Vec<String> {
        self.0.values().map(|locked| locked.fingerprint.clone()).collect()
    }

    /// What stands against going from this lock to `now`: logic that changed under an old revision, and ids that went.
    pub fn objections(&self, now: &Lock) -> Vec<String> {
        let objection = |(id, was): (&String, &Locked)| match now.0.get(id) {
            None => Some(format!("{id} is gone: ids are never reused, retire the model instead")),
            Some(is) if is.fingerprint != was.fingerprint && is.revision <= was.revision => {
                Some(format!("{id} changed its logic and is still revision {}", is.revision))
            }
            _ => None,
        };
        self.0.iter().filter_map(objection).collect()
    }

    /// The file's text.
    pub fn render(&self) -> String {
        let mut text = String::from(
            "# Made by `gnomon model lock`. A changed fingerprint needs a changed revision.\n\n",
        );
        for (id, locked) in &self.0 {
            let _ = writeln!(
                text,
                "{id} = {{ revision = {}, fingerprint = \"{}\" }}",
                locked.revision, locked.fingerprint
            );
        }
        text
    }
}
