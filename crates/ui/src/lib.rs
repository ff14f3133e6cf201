//! Pages and fragments of the sites: structs in, HTML out.
//!
//! A site fills a page struct with what a person may see, in that person's language, and renders it. Nothing here
//! does I/O or knows of databases and servers. Personal numbers arrive masked.
//!
//! Absent on purpose: inline styles, inline scripts (other than data blocks) and event attributes. The sites' content
//! security policy forbids them and the tests of this crate look for them.

mod chart;
mod data_query;
mod drawing;
mod form;
pub mod format;
mod graph;
mod kinds;
mod labels;
mod linking;
mod mark;
mod months;
mod notice;
mod object_query;
mod page;
mod pages;
mod quality;
mod query;
pub mod sample;
mod shell;
mod sql;
mod terms;
mod tie_words;
mod tr;
mod words;

pub use askama::{Error as RenderError, Template};

pub use chart::{Series, SeriesKind, Trend, Week};
pub use data_query::{DataFilter, HeldFilter, IdentityFilter};
pub use form::{Choice, Filled};
pub use graph::{Edge, Graph, Node, NodeKind};
pub use kinds::column_kind;
pub use labels::{
    amounts_by_month, comma, field_expectation, field_label, identity_field, identity_value,
    operation_column, rejected_headings, yes_no,
};
pub use linking::{LinkDecision, link_decision, link_warning};
pub use mark::{Span, fill};
pub use months::Months;
pub use notice::Notice;
pub use object_query::{ObjectFilter, ObjectKind};
pub use page::{Number, Page};
pub use pages::*;
pub use quality::{Measured, measure_limit, measure_title, measure_value};
pub use query::{FreshnessFilter, InboxFilter, StateFilter, encode};
pub use shell::{Flash, RailEntry, RailGroup, Role, Section, Shell, Theme, Tone, User};
pub use sql::{SqlKind, SqlSpan, spans};
pub use tie_words::{tie_kind, tie_period, tie_tier};
pub use tr::{Argument, bare_error_text, error_text, is_defined, text};
pub use words::{Due, State, Step, Verdict, proposed_limit, steps};

include!(concat!(env!("OUT_DIR"), "/assets.rs"));
