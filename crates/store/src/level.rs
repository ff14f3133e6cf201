//! Levels as numbers, so that an index keeps them in order.

use gnomon_kernel::Level;

use crate::{Error, Result};

pub(crate) fn to_number(level: Level) -> i16 {
    match level {
        Level::Blue => 1,
        Level::Yellow => 2,
        Level::Red => 3,
    }
}

pub(crate) fn from_number(number: i16) -> Result<Level> {
    Level::ALL.into_iter().find(|level| to_number(*level) == number).ok_or(Error::Corrupt("level"))
}
