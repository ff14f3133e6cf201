//! The operational database on SQLite and PostgreSQL: one set of tables, one series of migrations, transactions, the job
//! queue, the audit trail. Makes no decision of the workflow. Rows never leave this crate.

mod batches;
mod bulk;
mod connect;
mod connections;
mod entity;
mod error;
mod findings;
mod inbox;
mod jobs;
mod level;
mod meta;
mod migration;
mod pushes;
mod rebuilds;
mod reports;
mod runs;
mod timeline;
mod tokens;
mod tx;
mod users;
mod warnings;

pub use batches::{Batch, BatchCounts, BatchRefusal, NewBatch};
pub use connect::Store;
pub use connections::{ConnectionState, TakenObject, Watermark};
pub use error::{Error, Result};
pub use findings::{Finding, FindingsOf};
pub use inbox::{Cursor, Filter, Holder, LevelCounts, Page, States};
pub use jobs::{AuditLine, Job};
pub use meta::Region;
pub use migration::SCHEMA_VERSION;
pub use pushes::{Push, Receipt};
pub use rebuilds::Rebuild;
pub use reports::{ModelRecord, PlaceCount, Totals};
pub use runs::{Run, RunCounts, RunModel};
pub use timeline::{Recovery, Settled};
pub use tokens::ApiToken;
pub use tx::Tx;
pub use users::{Failures, Session, User};
pub use warnings::Warning;
