//! View files: shared building blocks with one definition each.

use gnomon_kernel::Words;
use serde::Deserialize;

use crate::{case::Case, column::Column};

/// A named query over datasets and other views.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct View {
    /// Table name in SQL; begins with `v_`.
    pub key: String,
    /// Word for people.
    pub title: Words,
    /// Tables that must all have data.
    #[serde(default)]
    pub reads: Vec<String>,
    /// Tables of which at least one must have data; the others count as empty.
    #[serde(default)]
    pub reads_any: Vec<String>,
    /// Whether it is worked out once for each state of its data and kept, because it costs more than reading it back.
    #[serde(default)]
    pub kept: bool,
    /// The query, without parameters.
    pub sql: String,
    /// What it returns.
    #[serde(rename = "column")]
    pub columns: Vec<Column>,
    /// Proof.
    #[serde(default, rename = "case")]
    pub cases: Vec<Case>,
}
