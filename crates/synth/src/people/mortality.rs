use gnomon_kernel::Day;

use crate::base::{Rng, time};

/// Share of people who live to an age, as in a county with many old people.
const SURVIVAL: [(f64, f64); 15] = [
    (0.0, 1.0),
    (1.0, 0.995),
    (20.0, 0.99),
    (40.0, 0.975),
    (50.0, 0.955),
    (60.0, 0.91),
    (65.0, 0.87),
    (70.0, 0.81),
    (75.0, 0.71),
    (80.0, 0.56),
    (85.0, 0.37),
    (90.0, 0.18),
    (95.0, 0.06),
    (100.0, 0.01),
    (106.0, 0.0),
];

/// Draws the day of death; none when it lies after the county's today.
pub fn death(birth: Day, rng: &mut Rng) -> Option<Day> {
    let level = rng.unit();
    let next = SURVIVAL.iter().position(|(_, share)| *share <= level).unwrap_or(SURVIVAL.len() - 1).max(1);
    let ((young, above), (old, below)) = (SURVIVAL[next - 1], SURVIVAL[next]);
    let years = young + (old - young) * (above - level) / (above - below);
    let day = time::plus(birth, (years * 365.25) as i64);
    (day <= time::today()).then_some(day)
}
