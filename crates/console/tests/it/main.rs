//! The whole site, asked through its router as a browser would: with cookies, forms and headers.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod access;
mod client;
mod connections;
mod deliveries;
mod freshness;
mod hand;
mod identities;
mod kinship;
mod layouts;
mod lists;
mod loops;
mod objects;
mod pages;
mod quarantine;
mod requests;
mod sessions;
mod ties;
mod uploads;
mod world;
