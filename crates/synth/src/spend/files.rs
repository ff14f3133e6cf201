use std::collections::BTreeMap;

use super::{write_bills, write_fleet, write_invoices, write_tenders};
use crate::{SynthError, county::County, people::PersonIx, write::Office};

/// Writes all files about the spending of units.
pub fn write(county: &County, office: &mut Office) -> Result<(), SynthError> {
    let staff = Staff::of(county);
    write_bills::write(county, office, &staff)?;
    write_invoices::write(county, office)?;
    write_fleet::write(county, office, &staff)?;
    write_tenders::write(county, office, &staff)
}

/// Who works where, for the people that appear on forms.
pub struct Staff(BTreeMap<usize, Vec<PersonIx>>);

impl Staff {
    fn of(county: &County) -> Staff {
        let mut staff: BTreeMap<usize, Vec<PersonIx>> = BTreeMap::new();
        for job in county.jobs.iter().filter(|job| job.tenure.end.is_none() && job.rank.is_some()) {
            staff.entry(job.unit).or_default().push(job.tenure.person);
        }
        Staff(staff)
    }

    /// Somebody of the unit: the head for turn 0.
    pub fn member(&self, unit: usize, turn: usize) -> Option<PersonIx> {
        let members = self.0.get(&unit)?;
        members.get(turn % members.len()).copied()
    }
}
