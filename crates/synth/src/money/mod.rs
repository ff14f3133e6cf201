//! The ten benefit programmes of the county, who draws them, and the lists by which they are paid.

mod case;
mod grant;
mod households;
mod lists;
mod pensions;
mod poor;
mod write_poor;
mod write_regular;

pub use case::Case;
pub use grant::{Grant, Payee, Programme};
pub use households::subsidise_land;
pub use lists::{PayList, write};
pub use pensions::{allow_elderly, pay_pensions};
pub use poor::{care_for_the_poor, handlers, support_households};
