use chrono::Datelike;
use gnomon_kernel::Day;

use super::{Divorce, Name, People, Person, PersonIx, Sex, household, mortality, role};
use crate::{
    base::{Code18, Rng, rng::mix, time},
    place::{COUNTY, Place},
};

/// Founding couples per living person; leaves a few percent for newcomers, who fill the county up.
const FOUNDERS_PER_THOUSAND: u32 = 128;
const FIRST_YEAR: i32 = 1900;
const REGIONS: [u32; 6] = [COUNTY, 870_102, 870_103, 870_181, 870_202, 870_221];
const DAYS: usize = 46_000;
/// Sequences run in pairs (odd for men, even for women) below 994, so that the old centenarian marks stay unused.
const PAIRS: u32 = 497;

/// Raises the county's families until that many people live in it.
pub fn raise(place: &Place, target: u32, seed: u64) -> People {
    let mut county = Raising::new(place, seed);
    for _ in 0..target * FOUNDERS_PER_THOUSAND / 1000 {
        county.found();
    }
    for year in FIRST_YEAR + 24..2004 {
        county.marry_men_born_in(year);
    }
    county.send_some_away();
    while county.living() < target as usize {
        county.settle_newcomers();
    }
    household::choose_heads(&mut county.people);
    county.people
}

struct Raising {
    people: People,
    rng: Rng,
    villages: usize,
    sequences: Vec<u16>,
    single_men: Vec<Vec<PersonIx>>,
    single_women: Vec<Vec<PersonIx>>,
    /// Village of each household, and whether a married son stayed in it.
    households: Vec<(u32, bool)>,
    alive: usize,
}

impl Raising {
    fn new(place: &Place, seed: u64) -> Raising {
        let years = vec![Vec::new(); 130];
        Raising {
            people: People::default(),
            rng: Rng::new(seed, "people"),
            villages: place.villages.len(),
            sequences: vec![0; REGIONS.len() * DAYS],
            single_men: years.clone(),
            single_women: years,
            households: Vec::new(),
            alive: 0,
        }
    }

    fn living(&self) -> usize {
        self.alive
    }

    fn new_household(&mut self, village: u32) -> u32 {
        self.households.push((village, false));
        (self.households.len() - 1) as u32
    }

    fn any_village(&mut self) -> u32 {
        self.rng.index(self.villages) as u32
    }

    fn identity(&mut self, birth: Day, sex: Sex, native: bool) -> Code18 {
        let region =
            if native || self.rng.per_mille(300) { 0 } else { 1 + self.rng.index(REGIONS.len() - 1) };
        let since = time::days_between(time::day(FIRST_YEAR, 1, 1), birth).clamp(0, DAYS as i64 - 1) as usize;
        let slot = &mut self.sequences[region * DAYS + since];
        let base = (mix(since as u64) % 300) as u32;
        let pair = (base + u32::from(*slot)) % PAIRS;
        *slot += 1;
        Code18::resident(REGIONS[region], birth, pair * 2 + u32::from(sex == Sex::Man))
    }

    fn add(&mut self, birth: Day, sex: Sex, name: Name, native: bool, home: (u32, u32)) -> PersonIx {
        let id = self.identity(birth, sex, native);
        let death = mortality::death(birth, &mut self.rng);
        self.alive += usize::from(death.is_none());
        self.people.all.push(Person {
            id,
            name,
            sex,
            birth,
            death,
            father: None,
            mother: None,
            spouse: None,
            married: None,
            household: home.0,
            village: home.1,
            roles: 0,
        });
        PersonIx::at(self.people.all.len() - 1)
    }

    fn random_birth(&mut self, first_year: i32, last_year: i32) -> Day {
        let start = time::day(first_year, 1, 1);
        let days = i64::from(last_year - first_year + 1) * 365;
        time::plus(start, self.rng.range(0, days - 1))
    }

    /// A couple whose parents nobody remembers.
    fn found(&mut self) {
        let birth = self.random_birth(FIRST_YEAR + 25, 1965);
        self.settle_couple(birth, 950, 900);
    }

    fn settle_couple(&mut self, birth: Day, native_per_mille: u32, children_per_mille: u32) {
        let village = self.any_village();
        let home = (self.new_household(village), village);
        let native = self.rng.per_mille(native_per_mille);
        let name = Name::draw(Sex::Man, &mut self.rng);
        let man = self.add(birth, Sex::Man, name, native, home);
        let later = self.rng.range(-300, 1300);
        let name = Name::draw(Sex::Woman, &mut self.rng);
        let woman = self.add(time::plus(birth, later), Sex::Woman, name, native, home);
        let wedding = self.wedding_day(man, woman);
        if wedding > time::today()
            || !self.people[man].alive_on(wedding)
            || !self.people[woman].alive_on(wedding)
        {
            return;
        }
        self.wed(man, woman, wedding);
        if self.rng.per_mille(children_per_mille) {
            self.bear(man, woman, wedding);
        }
    }

    fn wedding_day(&mut self, man: PersonIx, woman: PersonIx) -> Day {
        let earliest =
            time::birthday(self.people[man].birth, 22).max(time::birthday(self.people[woman].birth, 20));
        time::plus(earliest, self.rng.range(20, 5 * 365))
    }

    fn wed(&mut self, man: PersonIx, woman: PersonIx, day: Day) {
        for (one, other) in [(man, woman), (woman, man)] {
            self.people[one].spouse = Some(other);
            self.people[one].married = Some(day);
        }
    }

    fn marry_men_born_in(&mut self, year: i32) {
        let mut men = std::mem::take(&mut self.single_men[(year - FIRST_YEAR) as usize]);
        self.rng.shuffle(&mut men);
        for man in men {
            if self.rng.per_mille(60) {
                continue;
            }
            let Some(woman) = self.find_wife(man, year) else { continue };
            let day = self.wedding_day(man, woman);
            let both_live = self.people[man].alive_on(day) && self.people[woman].alive_on(day);
            if day > time::today() || !both_live {
                let born = self.people[woman].birth.year() - FIRST_YEAR;
                self.single_women[born as usize].push(woman);
                continue;
            }
            self.wed(man, woman, day);
            self.move_in(man, woman);
            self.bear(man, woman, day);
            self.perhaps_divorce(man, woman, day);
        }
    }

    fn find_wife(&mut self, man: PersonIx, year: i32) -> Option<PersonIx> {
        for _ in 0..6 {
            let born = (year - FIRST_YEAR + self.rng.range(-1, 4) as i32) as usize;
            let bucket = self.single_women.get_mut(born)?;
            if bucket.is_empty() {
                continue;
            }
            let place = self.rng.index(bucket.len());
            let woman = bucket[place];
            if self.people[woman].father != self.people[man].father {
                bucket.swap_remove(place);
                return Some(woman);
            }
        }
        None
    }

    /// Where a young couple lives: one son may stay with his parents, the others found a household.
    fn move_in(&mut self, man: PersonIx, woman: PersonIx) {
        let parents = self.people[man].household;
        let stays = !self.households[parents as usize].1 && self.rng.per_mille(380);
        let home = if stays {
            self.households[parents as usize].1 = true;
            parents
        } else {
            let near = self.people[man].village;
            let village = if self.rng.per_mille(750) { near } else { self.any_village() };
            self.new_household(village)
        };
        let village = self.households[home as usize].0;
        for person in [man, woman] {
            self.people[person].household = home;
            self.people[person].village = village;
        }
    }

    fn bear(&mut self, man: PersonIx, woman: PersonIx, wedding: Day) {
        let expected = match self.people[woman].birth.year() {
            ..1940 => 3.5,
            1940..1950 => 3.1,
            1950..1960 => 2.4,
            1960..1970 => 2.0,
            1970..1990 => 1.75,
            _ => 1.5,
        };
        let count = (expected - 0.8 + self.rng.unit() * 1.6 + 0.5) as u32;
        let mut birth = time::plus(wedding, self.rng.range(290, 900));
        for _ in 0..count {
            let mother_lives = self.people[woman].alive_on(birth) && self.people[woman].age_on(birth) < 44;
            if birth > time::today() || !mother_lives || !self.people[man].alive_on(time::plus(birth, -270)) {
                break;
            }
            self.bear_one(man, woman, birth);
            if self.rng.per_mille(12) {
                self.bear_one(man, woman, birth);
            }
            birth = time::plus(birth, self.rng.range(600, 1700));
        }
    }

    fn bear_one(&mut self, man: PersonIx, woman: PersonIx, birth: Day) {
        let sex = if self.rng.per_mille(512) { Sex::Man } else { Sex::Woman };
        let (surname, home) = (self.people[man].name, (self.people[man].household, self.people[man].village));
        let name = Name::of_child(surname, sex, &mut self.rng);
        let child = self.add(birth, sex, name, true, home);
        self.people[child].father = Some(man);
        self.people[child].mother = Some(woman);
        let year = (birth.year() - FIRST_YEAR) as usize;
        match sex {
            Sex::Man => self.single_men[year].push(child),
            Sex::Woman => self.single_women[year].push(child),
        }
    }

    fn perhaps_divorce(&mut self, man: PersonIx, woman: PersonIx, married: Day) {
        if married < time::day(1986, 1, 1) || !self.rng.per_mille(45) {
            return;
        }
        let day = time::plus(married, self.rng.range(800, 7000));
        if day > time::plus(time::today(), -200) || !self.people[man].alive() || !self.people[woman].alive() {
            return;
        }
        self.people.divorces.push(Divorce { husband: man, wife: woman, married, day });
        for person in [man, woman] {
            self.people[person].spouse = None;
            self.people[person].married = None;
        }
        let village = self.people[woman].village;
        self.people[woman].household = self.new_household(village);
    }

    fn send_some_away(&mut self) {
        for index in 0..self.people.all.len() {
            let person = &mut self.people.all[index];
            let young = person.alive() && person.spouse.is_none() && (19..50).contains(&person.age());
            if young && self.rng.per_mille(70) {
                person.roles |= role::AWAY;
                self.alive -= 1;
            }
        }
    }

    fn settle_newcomers(&mut self) {
        let birth = self.random_birth(1970, 1997);
        self.settle_couple(birth, 150, 800);
    }
}
