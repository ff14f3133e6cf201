//! From rows of text to checked columns.

pub(crate) mod cell;
pub(crate) mod columns;
pub(crate) mod layout;
pub(crate) mod reader;
