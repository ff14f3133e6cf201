//! From what the verbs return to what the pages show, one file for each family of pages.

pub mod catalogue;
pub mod connections;
pub mod coverage;
pub mod dashboard;
pub mod data;
pub mod declaration;
pub mod delivery;
pub mod erasures;
pub mod form;
pub mod freshness;
pub mod hand;
pub mod identities;
pub mod inbox;
pub mod kinship;
pub mod layout;
pub mod model;
pub mod models;
pub mod objects;
pub mod outcome;
pub mod param;
pub mod quarantine;
pub mod query;
pub mod requests;
pub mod runs;
pub mod source;
pub mod ties;
pub mod value;
pub mod warning;
pub mod warning_parts;

use gnomon_app::ModelRecord;

/// How often a model proved right: warnings whose verification told something, and those of them found true.
fn told(record: Option<&ModelRecord>) -> (u64, u64) {
    record.map_or((0, 0), |record| (record.verified_true + record.explained, record.verified_true))
}
