//! Small pushes, gathered. A piece is one push of rows, durable before it is answered. Pieces wait in
//! `inbox/<dataset>/`; some of them are sealed into a set, which never grows; a set is taken in as one delivery and is gone.
//!
//! A process may end at any moment: what is sealed is taken in again, as the very same bytes, which are then known.

mod facts;
mod piece;
mod set;
mod verb;

use std::{
    collections::hash_map::DefaultHasher,
    hash::{Hash, Hasher as _},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use gnomon_kernel::Instant;
use tokio::sync::{Mutex, OwnedMutexGuard};

pub(crate) use piece::{Piece, find, write};
pub(crate) use verb::REMEMBERED;

/// How many pushes with a key can have their turn at the same time.
const TURNS: usize = 64;

/// What pushes of this process share.
#[derive(Default)]
pub(crate) struct Waiting {
    last: AtomicU64,
    /// Turns of pushes of whole files.
    pub files: Turns,
    /// Turns of pushes of rows: a file may take minutes.
    pub rows: Turns,
}

/// Lets one push of a key go on at a time.
pub(crate) struct Turns(Vec<Arc<Mutex<()>>>);

impl Default for Turns {
    fn default() -> Self {
        Self((0..TURNS).map(|_| Arc::default()).collect())
    }
}

impl Waiting {
    /// A place in the order of pieces: microseconds, and never twice the same.
    pub fn place(&self, now: Instant) -> u64 {
        let now = u64::try_from(now.timestamp_micros()).unwrap_or_default();
        let next = |last: u64| now.max(last + 1);
        let mut last = self.last.load(Ordering::Relaxed);
        loop {
            match self.last.compare_exchange_weak(last, next(last), Ordering::Relaxed, Ordering::Relaxed) {
                Ok(_) => return next(last),
                Err(other) => last = other,
            }
        }
    }
}

impl Turns {
    /// Waits until no other push of the same key is under way. Other keys may have to wait too.
    pub async fn take(&self, key: impl Hash) -> OwnedMutexGuard<()> {
        let mut hasher = DefaultHasher::new();
        key.hash(&mut hasher);
        let place = usize::try_from(hasher.finish() % TURNS as u64).unwrap_or_default();
        Arc::clone(&self.0[place]).lock_owned().await
    }
}
