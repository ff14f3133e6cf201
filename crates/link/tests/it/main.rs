//! The identity kit against the vectors of the standards, hostile texts and random ones.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod hostile;
mod properties;
mod vectors;
