//! What units spend, whom they host, what they drive, and what they put out to tender.

mod bill;
mod deal;
mod files;
mod fleet;
mod tender;
mod write_bills;
mod write_fleet;
mod write_invoices;
mod write_tenders;

pub use bill::{Buyer, Invoice, Line, Payment, Reception};
pub use deal::Deal;
pub use files::write;
pub use fleet::{Dispatch, Trip, Use, Vehicle, order_for};
pub use tender::{Bid, Tender, Traces};

use crate::{base::Rng, trade::Company, village::Suppliers, work::Unit};

/// The spending of units. Everyday bills are made up while they are written; here is what is planted among them.
#[derive(Debug, Clone, Default)]
pub struct Spending {
    /// Planted treasury payments.
    pub treasury: Vec<Payment>,
    /// Planted voucher lines.
    pub vouchers: Vec<Payment>,
    /// Planted invoices.
    pub invoices: Vec<Invoice>,
    /// Receptions.
    pub receptions: Vec<Reception>,
    /// Vehicles.
    pub vehicles: Vec<Vehicle>,
    /// Planted trips.
    pub trips: Vec<Trip>,
    /// Planted orders.
    pub dispatches: Vec<Dispatch>,
    /// Tenders with their bids.
    pub tenders: Vec<Tender>,
    /// Contracts.
    pub deals: Vec<Deal>,
}

/// Three honest years of all units.
pub fn run(units: &[Unit], companies: &[Company], seed: u64) -> Spending {
    let suppliers = Suppliers::of(companies);
    let mut spending = Spending::default();
    bill::host(&mut spending, units, &mut Rng::new(seed, "receptions"));
    fleet::register(&mut spending, units, &mut Rng::new(seed, "vehicles"));
    tender::invite(&mut spending, units, &suppliers, &mut Rng::new(seed, "tenders"));
    deal::buy_directly(&mut spending, units, &suppliers, &mut Rng::new(seed, "deals"));
    spending
}
