//! Progress on standard error: a bar with rate and time left where somebody watches, one line at the end where nobody does.

use std::time::Instant;

use indicatif::{ProgressBar, ProgressStyle};

/// One long step.
pub struct Step {
    bar: ProgressBar,
    what: String,
    begun: Instant,
}

impl Step {
    /// A step of `total` things, each a row, a model, …
    pub fn counted(what: &str, total: u64) -> Self {
        Self::new(what, total, "{msg:<44} [{bar:32}] {human_pos}/{human_len} {per_sec} {eta} left")
    }

    /// A step of `total` bytes.
    pub fn bytes(what: &str, total: u64) -> Self {
        Self::new(what, total, "{msg:<44} [{bar:32}] {bytes}/{total_bytes} {bytes_per_sec} {eta} left")
    }

    fn new(what: &str, total: u64, template: &str) -> Self {
        let bar = ProgressBar::new(total);
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars("━╸ "));
        }
        bar.set_message(what.to_owned());
        Self { bar, what: what.to_owned(), begun: Instant::now() }
    }

    /// How much it is in all, once that is known.
    pub fn total(&self, total: u64) {
        self.bar.set_length(total);
    }

    /// How far it is.
    pub fn at(&self, done: u64) {
        self.bar.set_position(done);
    }

    /// What it works on now.
    pub fn on(&self, what: &str) {
        self.bar.set_message(format!("{}: {what}", self.what));
    }

    /// Done; says so in one line.
    pub fn done(self, result: &str) {
        self.bar.finish_and_clear();
        eprintln!("{:<28} {result} ({:.1} s)", self.what, self.begun.elapsed().as_secs_f64());
    }

    /// Ended without a word of its own.
    pub fn drop_silently(self) {
        self.bar.finish_and_clear();
    }
}
