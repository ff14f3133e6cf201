//! One line of a source, and the ids made of such.

use gnomon_kernel::EntityKind;
use sha2::{Digest, Sha256};

use crate::source::DETAILS;

/// One line of a source: a row, or all rows that say the same.
#[derive(Debug, Clone, Copy)]
pub struct Line<'r> {
    /// Canonical number.
    pub number: Option<&'r str>,
    /// Whose it is.
    pub name: Option<&'r str>,
    /// Where the row says that they are.
    pub region: Option<&'r str>,
    /// As in [`DETAILS`].
    pub details: [Option<&'r str>; DETAILS.len()],
    /// How many rows say so.
    pub rows: u64,
    /// The smallest of them, packed as `kernel::RowRef`.
    pub first: i64,
}

impl Line<'_> {
    /// Whether it says who somebody is: a number alone does not, and a name alone is nobody.
    pub(crate) fn is_mention(&self) -> bool {
        self.name.is_some() && self.number.or(self.details.into_iter().flatten().next()).is_some()
    }

    /// What tells a mention from all others; nothing where the line is none.
    pub(crate) fn words(&self) -> Option<Words<'_>> {
        let name = self.name.filter(|_| self.is_mention())?;
        let details = if self.number.is_some() { [None; DETAILS.len()] } else { self.details };
        Some(Words { number: self.number, name, details })
    }
}

/// What tells a mention from all others: details only where there is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Words<'w> {
    pub number: Option<&'w str>,
    pub name: &'w str,
    pub details: [Option<&'w str>; DETAILS.len()],
}

impl Words<'_> {
    /// The id of a mention, the same in every run.
    pub(crate) fn id(&self, kind: EntityKind) -> u64 {
        let mut words = format!("{kind:?}|{}|{}", self.number.unwrap_or_default(), self.name);
        if self.number.is_none() {
            words += &format!("{:?}", self.details);
        }
        short_hash(&words)
    }
}

/// The beginning of a hash that stays the same from run to run and from build to build.
pub(crate) fn short_hash(text: &str) -> u64 {
    let digest: [u8; 32] = Sha256::digest(text).into();
    let [a, b, c, d, e, f, g, h, ..] = digest;
    u64::from_be_bytes([a, b, c, d, e, f, g, h])
}

/// An id as it is written.
pub(crate) fn named(id: u64) -> String {
    format!("{id:016x}")
}

/// A written id.
pub(crate) fn id_of(name: &str) -> Option<u64> {
    u64::from_str_radix(name, 16).ok()
}
