use gnomon_kernel::Day;

use super::{People, PersonIx};
use crate::base::{Rng, time};

/// What the departments know about one death.
#[derive(Debug, Clone)]
pub struct DeathRecord {
    /// Who died.
    pub person: PersonIx,
    /// Day of death on the medical certificate.
    pub certificate: Option<Day>,
    /// Day of death in the crematorium's book.
    pub cremation: Option<Day>,
    /// Day of death in the household police's file, and the day of the cancellation there.
    pub hukou: Option<(Day, Day)>,
}

/// Registers the deaths since 2019. Every death is known to one source at least; sources honestly differ by a day or two.
pub fn register_deaths(people: &People, seed: u64) -> Vec<DeathRecord> {
    let mut rng = Rng::new(seed, "deaths");
    let since = time::day(2019, 1, 1);
    let recent = people.iter().filter_map(|(ix, person)| person.death.map(|death| (ix, death)));
    recent
        .filter(|(_, death)| *death >= since)
        .map(|(person, death)| register(person, death, &mut rng))
        .collect()
}

fn register(person: PersonIx, death: Day, rng: &mut Rng) -> DeathRecord {
    let certificate = rng.per_mille(840).then_some(death);
    let slip = if rng.per_mille(60) { 1 } else { 0 };
    let cremation = rng.per_mille(760).then(|| time::plus(death, slip).min(time::today()));
    let cancelled = time::plus(death, rng.range(5, 70));
    let reported = rng.per_mille(930) && cancelled <= time::today();
    let mut hukou = reported.then_some((death, cancelled));
    if certificate.is_none() && cremation.is_none() && hukou.is_none() {
        hukou = Some((death, cancelled.min(time::today())));
    }
    DeathRecord { person, certificate, cremation, hukou }
}
