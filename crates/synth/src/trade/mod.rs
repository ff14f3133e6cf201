//! Companies with their owners, officers and staff.

mod company;
mod files;
mod labour;

pub use company::{Company, Line, Role, Share, Stake, found};
pub use files::write;
pub use labour::{Spell, hire};
