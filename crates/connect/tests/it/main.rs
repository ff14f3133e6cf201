//! Connections against the real things: databases, a web server, folders, an S3 server. What is not installed is skipped
//! (see `scripts/with-*.sh`).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod agreements;
mod bucket;
mod files;
mod folder;
mod http;
mod mariadb;
mod postgres;
mod scheduler;
mod sftp;
mod sqlite;
mod world;
