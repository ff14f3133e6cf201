//! Pairs of rows: which meet, how alike they are, and what that says.

pub(crate) mod block;
pub(crate) mod caution;
pub(crate) mod chance;
pub(crate) mod compare;
pub(crate) mod doubt;
pub(crate) mod explain;
pub(crate) mod keys;
pub(crate) mod model;
pub(crate) mod pattern;
pub(crate) mod score;
pub(crate) mod train;
