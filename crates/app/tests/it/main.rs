//! Every verb on a real database in a temporary folder, with a clock that stands still, counted identifiers and an
//! analytical side that follows a script.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod auth;
mod delivery;
mod erasure;
mod freshness;
mod hand;
mod identities;
mod intake;
mod kinship;
mod layouts;
mod loops;
mod mends;
mod objects;
mod pages;
mod permissions;
mod push;
mod quality;
mod quarantine;
mod raising;
mod rebuild;
mod requests;
mod runs;
mod tidy;
mod ties;
