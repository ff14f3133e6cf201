//! Plants problems in an honest county, and beside them honest things that look like problems. Written from the prose
//! of the catalogue alone; nothing here knows how a model is written.

mod account;
mod allowance;
mod bidding;
mod business;
mod death;
mod declaration;
mod double;
mod driving;
mod field;
mod firms;
mod funds;
mod giving;
mod illness;
mod kin_benefit;
mod labour;
mod overlap;
mod payroll;
mod purchases;
mod rent;
mod travel;
mod works;

use crate::{answers::Answer, county::County};

pub use declaration::{Declaration, Matter, declare, write};
use field::Field;

/// Plants the problems and look-alikes of one model.
type Step = fn(&mut Field);

/// Plants everything and hands back the answer key. Each model draws from a stream of chance of its own.
pub fn plant(county: &mut County) -> Vec<Answer> {
    let mut answers = Vec::new();
    let steps: [(&str, Step); 24] = [
        ("BF-GEN-001", death::plant),
        ("BF-GEN-003", account::plant),
        ("BF-GEN-010", overlap::plant),
        ("BF-GEN-011", double::plant),
        ("BF-GEN-013", payroll::plant_drawing),
        ("BF-LIV-002", payroll::plant_household),
        ("BF-ELD-006", allowance::plant),
        ("KR-DIS-004", kin_benefit::plant),
        ("KR-BUS-001", business::plant),
        ("KR-BUS-003", firms::plant),
        ("VP-PRJ-001", works::plant_employer),
        ("VP-PRJ-002", works::plant_owner),
        ("VP-PUR-001", purchases::plant_village),
        ("VP-LAB-001", labour::plant),
        ("TC-CON-001", rent::plant_expired),
        ("TC-CON-007", rent::plant_overdue),
        ("TC-FUN-005", funds::plant),
        ("FW-TRV-012", travel::plant),
        ("FW-EAT-013", giving::plant),
        ("FW-VEH-001", driving::plant),
        ("MI-PER-001", illness::plant_after_death),
        ("MI-PER-007", illness::plant_dear),
        ("PP-COL-001", bidding::plant),
        ("PP-PRO-001", purchases::plant_unit),
    ];
    for (model, step) in steps {
        step(&mut Field::new(county, &mut answers, model));
    }
    declare(county);
    answers
}
