use super::{Grant, Programme};
use crate::{base::Rng, people::People, place::Place};

/// The months in which the farmland subsidy of 2022, 2023 and 2024 is paid.
pub const LAND_MONTHS: [i32; 3] = [4, 16, 28];

/// Pays the farmland subsidy to the head of two rural households in three, once a year for three years.
pub fn subsidise_land(people: &People, place: &Place, grants: &mut Vec<Grant>, seed: u64) {
    let mut rng = Rng::new(seed, "land");
    for head in people.heads.iter().flatten() {
        let rural = !place.villages[people[*head].village as usize].urban;
        if !rural || !rng.per_mille(680) {
            continue;
        }
        let area = 120 + rng.below(1_100);
        let fen = i64::from(area) * 120;
        for month in LAND_MONTHS {
            if people[*head].birth < crate::base::time::day_in(month - 16 * 12, 1) {
                grants
                    .push(Grant::new(*head, Programme::LandFertility, (month, month + 1), fen).detail(area));
            }
        }
    }
}
