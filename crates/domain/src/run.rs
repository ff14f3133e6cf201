//! Where runs, their models and the jobs behind them stand.

use crate::words;

words! {
    /// Where a run stands.
    RunState {
        /// Asked for.
        Queued = "queued",
        /// A worker has it.
        Running = "running",
        /// Every model has an outcome, be it "failed" or "cannot tell".
        Finished = "finished",
        /// Given up before every model had an outcome.
        Failed = "failed",
    }
}

words! {
    /// What became of one model in one run.
    Outcome {
        /// Its turn has not come.
        Waiting = "waiting",
        /// A worker executes it.
        Running = "running",
        /// It looked, and found something or nothing.
        Spoke = "spoke",
        /// It lacks data. Not the same as finding nothing.
        CannotTell = "cannot_tell",
        /// It broke and said nothing.
        Failed = "failed",
    }
}

impl Outcome {
    /// Whether nothing more will happen to it in this run.
    pub fn is_final(self) -> bool {
        !matches!(self, Outcome::Waiting | Outcome::Running)
    }
}

words! {
    /// Where a job of the queue stands.
    JobState {
        /// Waits for a worker.
        Queued = "queued",
        /// A worker has it and reports now and then.
        Running = "running",
        /// Done.
        Done = "done",
        /// Given up.
        Failed = "failed",
    }
}
