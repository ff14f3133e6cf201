//! The real program on real files: what a person at a terminal sees, gets back and finds on disk.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod adding_up;
mod bench;
mod cells;
mod corrections;
mod coverage;
mod deployment;
mod erasure;
mod file_kinds;
mod folder;
mod identities;
mod interrupted_intake;
mod interrupted_run;
mod large;
mod layouts;
mod linking;
mod mended;
mod model_files;
mod objects;
mod people;
mod reproducible;
mod runaway;
mod time;
mod workbooks;
