//! Files that this process is taking in, and how far they are. Everybody who watches one looks at the same place; nothing
//! of it outlives the process.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use gnomon_app::{Batch, Error};
use gnomon_kernel::IntakeId;
use gnomon_library::analytics::{IngestPhase, IngestProgress};
use gnomon_ui::{IntakePhase, IntakeState};

/// How long one that is over is remembered.
const REMEMBERED: Duration = Duration::from_secs(60 * 60);

/// All of them. Cheap to clone.
#[derive(Clone, Default)]
pub(crate) struct Intakes(Arc<Mutex<BTreeMap<IntakeId, Arc<Running>>>>);

/// How one ended.
pub(crate) type End = Result<Batch, Arc<Error>>;

/// One file.
pub(crate) struct Running {
    /// Its name here.
    pub id: IntakeId,
    /// Key of the dataset.
    pub key: String,
    /// Name of the file.
    pub file: String,
    /// Its length in bytes.
    total: u64,
    stage: Mutex<Stage>,
}

#[derive(Default)]
struct Stage {
    phase: IntakePhase,
    rows: u64,
    bytes: u64,
    /// When the first row was read.
    reads_since: Option<Instant>,
    end: Option<(Instant, End)>,
}

impl Intakes {
    /// A file begins to be taken in.
    pub fn begin(&self, id: IntakeId, key: &str, file: &str, total: u64) -> Arc<Running> {
        let (key, file) = (key.to_owned(), file.to_owned());
        let running = Arc::new(Running { id: id.clone(), key, file, total, stage: Mutex::default() });
        let mut all = locked(&self.0);
        all.retain(|_, other| !other.is_forgotten());
        all.insert(id, Arc::clone(&running));
        running
    }

    /// One of them; none after a while, and none of another process.
    pub fn find(&self, id: &IntakeId) -> Option<Arc<Running>> {
        locked(&self.0).get(id).cloned()
    }
}

impl Running {
    /// It has come so far.
    pub fn at(&self, progress: IngestProgress) {
        let mut stage = locked(&self.stage);
        stage.reads_since.get_or_insert_with(Instant::now);
        stage.rows = stage.rows.max(progress.rows);
        stage.bytes = stage.bytes.max(progress.bytes).min(self.total);
        stage.phase = match progress.phase {
            IngestPhase::Reading => IntakePhase::Reading,
            IngestPhase::Checking => IntakePhase::Checking,
            IngestPhase::Writing => IntakePhase::Writing,
        };
    }

    /// It is in, and what follows from it is asked for.
    pub fn links(&self) {
        let mut stage = locked(&self.stage);
        (stage.phase, stage.bytes) = (IntakePhase::Linking, self.total);
    }

    /// It is over.
    pub fn ends(&self, end: Result<Batch, Error>) {
        locked(&self.stage).end = Some((Instant::now(), end.map_err(Arc::new)));
    }

    /// How it ended; none while it is under way.
    pub fn end(&self) -> Option<End> {
        locked(&self.stage).end.as_ref().map(|(_, end)| end.clone())
    }

    /// How far it is.
    pub fn state(&self) -> IntakeState {
        let stage = locked(&self.stage);
        let seconds = stage.reads_since.map(|since| since.elapsed().as_secs_f64());
        let rate = seconds.filter(|seconds| *seconds > 0.5 && stage.bytes > 0);
        let per_second = rate.map(|seconds| (stage.bytes as f64 / seconds) as u64);
        let is_reading = stage.phase == IntakePhase::Reading;
        let left = |rate: u64| (self.total - stage.bytes).checked_div(rate);
        IntakeState {
            phase: stage.phase,
            rows: stage.rows,
            bytes: stage.bytes,
            total: self.total,
            per_second,
            seconds_left: per_second.filter(|_| is_reading).and_then(left),
        }
    }

    fn is_forgotten(&self) -> bool {
        locked(&self.stage).end.as_ref().is_some_and(|(at, _)| at.elapsed() > REMEMBERED)
    }
}

/// What was being written when a thread broke is a number at worst.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn progress(phase: IngestPhase, bytes: u64, rows: u64) -> IngestProgress {
        IngestProgress { phase, bytes, rows }
    }

    #[test]
    fn it_only_goes_forward_until_it_is_over() {
        let intakes = Intakes::default();
        let id = IntakeId::parse("itk_1").unwrap();
        let running = intakes.begin(id.clone(), "payroll", "a.csv", 100);
        assert_eq!(running.state(), IntakeState { total: 100, ..IntakeState::default() });
        running.at(progress(IngestPhase::Reading, 40, 7));
        running.at(progress(IngestPhase::Writing, 900, 9));
        running.at(progress(IngestPhase::Writing, 0, 0));
        let state = intakes.find(&id).unwrap().state();
        assert_eq!((state.phase, state.bytes, state.rows), (IntakePhase::Writing, 100, 9));
        assert!(running.end().is_none());
        running.links();
        assert_eq!(running.state().phase, IntakePhase::Linking);
        running.ends(Err(Error::NotFound(gnomon_kernel::Code::NotFound)));
        assert!(running.end().is_some_and(|end| end.is_err()) && !running.is_forgotten());
        assert!(intakes.find(&IntakeId::parse("itk_2").unwrap()).is_none());
    }
}
