//! Cells: in the form in which they are compared, and how alike two are.

pub(crate) mod blank;
pub(crate) mod date;
pub(crate) mod han;
pub(crate) mod likeness;
pub(crate) mod name;
pub(crate) mod normal;
pub(crate) mod org;
pub(crate) mod place;
pub(crate) mod sound;
pub(crate) mod tokens;
