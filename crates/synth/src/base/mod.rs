//! What every part of the county uses: chance, time, numbers with their check digits.

pub mod account;
pub mod calendar;
pub mod code;
pub mod rng;
pub mod time;

pub use account::Account;
pub use code::Code18;
pub use rng::Rng;
