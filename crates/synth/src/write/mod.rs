//! How departments write: encodings, headers, forms of dates and amounts, and the dirt that comes with them.

mod column;
mod csv;
mod dirt;
mod gb;
mod manifest;
mod office;
mod row;
mod style;
mod table;
mod xlsx;

pub use column::{Column, Kind, col, req};
pub use csv::{CsvFile, Encoding};
pub use dirt::{Dirt, full_width, old_number};
pub use manifest::FileSummary;
pub use office::{Dept, FileSpec, Format, Office};
pub use row::{Raw, Row};
pub use style::{DateForm, push_day};
pub use table::Table;
