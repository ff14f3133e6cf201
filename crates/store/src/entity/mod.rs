//! The tables as rows. Rows stay in this crate.

pub mod api_token;
pub mod audit;
pub mod batch;
pub mod connection_seen;
pub mod connection_state;
pub mod exception;
pub mod finding;
pub mod job;
pub mod login_attempt;
pub mod meta;
pub mod push;
pub mod rebuild;
pub mod receipt;
pub mod recovery;
pub mod region;
pub mod run;
pub mod run_model;
pub mod session;
pub mod user;
pub mod warning;
pub mod warning_event;
pub mod warning_source;
