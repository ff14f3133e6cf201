//! Data requests: asking a department to share a dataset, its answer, the agreement and its end. The table of steps is in
//! `gnomon_domain::request`; who may take which is the policy's to say.

mod agreed;
mod ask;
mod clear;
mod steps;
mod view;

pub use agreed::{AgreementNote, Sharing, SharingView};
pub use ask::NewRequest;
pub use view::{RequestRow, RequestView};

pub(crate) use agreed::agreed_columns;
pub(crate) use clear::CLEAR_JOB;
