//! Connections: departments' databases, addresses, folders, buckets and hosts, read at their times. Each is a file in
//! `<data>/connections/`; what it brings becomes deliveries like any other (ADR 0013).
//!
//! A pull may be cut off at any moment. What was read is in a spool on disk, the delivery made of it is the same bytes
//! whenever it is made again, and how far a connection has come is written down only after the delivery is in.

mod bucket;
mod database;
mod definition;
mod delivery;
mod fault;
mod folder;
mod http;
mod keys;
mod pull;
mod read;
mod schedule;
mod scheduler;
mod secret;
mod sftp;
mod spool;

pub use definition::{Definition, Kind};
pub use fault::{Fault, Result};
pub use pull::{Connections, Pulled};
pub use read::Listed;
pub use scheduler::keep;
pub use secret::Environment;
