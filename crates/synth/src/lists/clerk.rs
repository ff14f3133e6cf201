use chrono::Datelike;
use gnomon_kernel::Day;

use super::{
    address::Homes,
    glyphs,
    list::{Key, List},
    rates::Rates,
};
use crate::{
    base::{Rng, rng::mix, time},
    people::{People, PersonIx, Sex},
    write::{DateForm, full_width, old_number, push_day},
};

/// Persons in a thousand who have a rare character in their name.
const RARE_NAMES: u64 = 25;
/// Younger people have no telephone of their own.
const OWN_PHONE: i32 = 12;
const NOTHING: [&str; 4] = ["", "无", "不详", "*"];
const PLACEHOLDERS: [&str; 2] = ["16900000000", "16912345678"];

/// Whoever types a list: knows the truth, and writes it down more or less so.
pub struct Clerk<'a> {
    people: &'a People,
    homes: &'a Homes<'a>,
    rates: Rates,
    rng: Rng,
}

impl<'a> Clerk<'a> {
    pub fn new(people: &'a People, homes: &'a Homes<'a>, rates: Rates, rng: Rng) -> Clerk<'a> {
        Clerk { people, homes, rates, rng }
    }

    /// The household of a person.
    pub fn household(&self, ix: PersonIx) -> u32 {
        self.people[ix].household
    }

    /// The older of a pair of twins that this person is one of.
    pub fn older_twin(&self, ix: PersonIx) -> Option<PersonIx> {
        let is_twin = |other: usize| {
            let (one, other) = (&self.people[ix], self.people.all.get(other));
            other.is_some_and(|other| {
                one.mother.is_some() && (one.mother, one.birth) == (other.mother, other.birth)
            })
        };
        let before = ix.index().checked_sub(1).filter(|before| is_twin(*before)).map(PersonIx::at);
        before.or_else(|| is_twin(ix.index() + 1).then_some(ix))
    }

    /// Writes what a column says of a person.
    pub fn write(&mut self, key: Key, list: &List, id: &str, ix: PersonIx, out: &mut String) {
        match key {
            Key::Row => out.push_str(id),
            Key::Name => self.name(ix, out),
            Key::Sex => out.push_str(if self.people[ix].sex == Sex::Man { "男" } else { "女" }),
            Key::Birth => self.birth(self.people[ix].birth, list.date, out),
            Key::Number => self.number(ix, out),
            Key::Phone => self.phone(ix, out),
            Key::Address => self.address(ix, list, out),
        }
    }

    fn slips(&mut self, per_mille: u32) -> bool {
        self.rng.per_mille(per_mille)
    }

    fn name(&mut self, ix: PersonIx, out: &mut String) {
        if self.slips(self.rates.nameless) {
            out.push_str(self.rng.pick(&NOTHING));
            return;
        }
        let mut name = self.true_name(ix);
        if self.slips(self.rates.homophone) {
            self.replace_one(&mut name, glyphs::homophone);
        }
        if self.slips(self.rates.look_alike) {
            self.replace_one(&mut name, glyphs::look_alike);
        }
        let in_pieces = self.slips(self.rates.pieces);
        let spread = self.slips(self.rates.wide) && name.len() == 2;
        for (place, c) in name.into_iter().enumerate() {
            match glyphs::pieces(c).filter(|_| in_pieces) {
                Some(pieces) => out.push_str(pieces),
                None => out.push(c),
            }
            if spread && place == 0 {
                out.push('\u{3000}');
            }
        }
    }

    /// The name by which everybody knows the person: some have a rare character at its end.
    fn true_name(&self, ix: PersonIx) -> Vec<char> {
        let mut name: Vec<char> = self.people[ix].name.to_string().chars().collect();
        let lot = mix(ix.index() as u64);
        if let (true, Some(last)) = (lot % 1000 < RARE_NAMES, name.last_mut()) {
            *last = glyphs::rare((lot / 1000) as usize);
        }
        name
    }

    fn replace_one(&mut self, name: &mut [char], other: fn(char, &mut Rng) -> Option<char>) {
        let place = self.rng.index(name.len());
        if let Some(c) = other(name[place], &mut self.rng) {
            name[place] = c;
        }
    }

    fn number(&mut self, ix: PersonIx, out: &mut String) {
        if self.slips(self.rates.numberless) {
            out.push_str(self.rng.pick(&NOTHING));
            return;
        }
        let borrowed = self.slips(self.rates.borrowed_number);
        let owner = if borrowed { self.head(ix) } else { ix };
        let mut number = self.people[owner].id.to_string();
        if self.slips(self.rates.wrong_digit) {
            // The place stays: no number is ever one of a real province.
            let place = 6 + self.rng.index(11);
            let digit = (number.as_bytes()[place] - b'0' + 1 + self.rng.below(9) as u8) % 10;
            number.replace_range(place..=place, &digit.to_string());
        }
        if self.slips(self.rates.old_number) {
            number = old_number(&number).unwrap_or(number);
        }
        self.widen(&number, out);
    }

    /// Appends a number, sometimes in full width.
    fn widen(&mut self, number: &str, out: &mut String) {
        if self.slips(self.rates.wide) {
            out.push_str(&full_width(number));
        } else {
            out.push_str(number);
        }
    }

    fn head(&self, ix: PersonIx) -> PersonIx {
        self.people.heads[self.people[ix].household as usize].unwrap_or(ix)
    }

    fn birth(&mut self, birth: Day, form: DateForm, out: &mut String) {
        if self.slips(self.rates.dayless) {
            return;
        }
        let mut day = birth;
        if self.slips(self.rates.swapped_day) && birth.day() <= 12 {
            day = time::day(birth.year(), birth.day(), birth.month());
        }
        if self.slips(self.rates.wrong_day) {
            day = match self.rng.below(3) {
                0 => time::plus(day, self.rng.range(1, 30)),
                1 => time::birthday(day, 1),
                _ => time::birthday(day, -10),
            };
        }
        push_day(out, form, day);
    }

    fn phone(&mut self, ix: PersonIx, out: &mut String) {
        if self.slips(self.rates.phoneless) {
            return;
        }
        if self.slips(self.rates.placeholder) {
            out.push_str(self.rng.pick(&PLACEHOLDERS));
            return;
        }
        let child = self.people[ix].age() < OWN_PHONE;
        let mut owner = if self.slips(self.rates.family_phone) || child { self.head(ix) } else { ix };
        if self.slips(self.rates.other_phone) {
            owner = PersonIx::at(self.rng.index(self.people.all.len()));
        }
        let number = format!("169{:08}", self.people.phone(owner));
        self.widen(&number, out);
    }

    fn address(&mut self, ix: PersonIx, list: &List, out: &mut String) {
        if self.slips(self.rates.homeless) {
            return;
        }
        let household = self.people[ix].household;
        let mut door = self.homes.door(household);
        let old = self.slips(self.rates.old_address);
        let renamed = self.slips(500);
        if old && !renamed {
            let parents = self.people[ix].father.map(|father| self.people[father].household);
            door = match parents.filter(|parents| *parents != household) {
                Some(parents) => self.homes.door(parents),
                None => self.homes.left_door(household),
            };
        }
        self.homes.push(out, door, list.address, old && renamed);
    }
}
