//! The operational database on SQLite and PostgreSQL: one set of tables, one series of migrations, transactions, the job
//! queue, the audit trail. Makes no decision of the workflow. Rows never leave this crate.

mod batches;
mod bulk;
mod connect;
mod connections;
mod coverage;
mod entity;
mod erasures;
mod error;
mod findings;
mod forget;
mod freshness;
mod inbox;
mod jobs;
mod kinship;
mod layouts;
mod level;
mod mends;
mod meta;
mod migration;
mod pushes;
mod quarantine;
mod rebuilds;
mod reports;
mod requests;
mod runs;
mod tallies;
mod timeline;
mod tokens;
mod traces;
mod tx;
mod users;
mod warnings;

pub use batches::{Batch, BatchCounts, BatchRefusal, NewBatch};
pub use connect::Store;
pub use connections::{ConnectionState, TakenObject, Watermark};
pub use coverage::Covered;
pub use erasures::{Erasure, ErasureCounts};
pub use error::{Error, Result};
pub use findings::{Finding, FindingsOf};
pub use freshness::{Delay, Lack, MonthRows};
pub use inbox::{Cursor, Filter, Holder, LevelCounts, Page, States};
pub use jobs::{AuditLine, Job};
pub use kinship::{
    Arrangement, Declaration, Difference, Publication, PublishedLine, Relative, UnitAccount,
};
pub use layouts::Layout;
pub use mends::{Mend, Mender};
pub use meta::Region;
pub use migration::SCHEMA_VERSION;
pub use pushes::{Push, Receipt};
pub use quarantine::{Cut, HeldDelivery, HeldFilter, HeldPush, HeldRows, RowFault};
pub use rebuilds::Rebuild;
pub use reports::{ModelRecord, PlaceCount, Totals};
pub use requests::{Cleared, Request};
pub use runs::{Run, RunCounts, RunModel};
pub use tallies::Tally;
pub use timeline::{Recovery, Settled};
pub use tokens::ApiToken;
pub use traces::Trace;
pub use tx::Tx;
pub use users::{Failures, Session, User};
pub use warnings::Warning;
