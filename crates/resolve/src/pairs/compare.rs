//! Levels of agreement between two values of one field.

use gnomon_link::masked::{self, Verdict};

use crate::{
    cells::{
        han,
        likeness::{edits, jaro_winkler},
        normal::is_mask,
        org, place,
    },
    roster::{
        Roster,
        field::{Field, Kind},
        role::Part,
        values::NONE,
    },
};

/// One of the two rows says nothing.
pub(crate) const MISSING: u8 = 0;
/// The same value.
pub(crate) const SAME: u8 = 1;
/// Given name and surname stand in each other's place.
pub(crate) const SWAPPED: u8 = 2;
/// A slip of the pen away.
pub(crate) const NEAR: u8 = 3;
/// Resembling.
pub(crate) const ALIKE: u8 = 4;
/// Clearly different.
pub(crate) const DIFFERENT: u8 = 5;
/// How many levels there are.
pub(crate) const LEVELS: usize = 6;

/// Compares rows of a roster.
pub(crate) struct Comparer<'a> {
    roster: &'a Roster,
    fields: &'a [Field],
    names: Option<(usize, usize)>,
}

/// The level of each field.
pub(crate) type Levels = [u8; crate::roster::MOST_FIELDS];

impl<'a> Comparer<'a> {
    pub(crate) fn new(roster: &'a Roster) -> Self {
        let names = roster.position(Part::GivenName).zip(roster.position(Part::Surname));
        Self { roster, fields: &roster.fields, names }
    }

    /// Levels of a pair of rows.
    pub(crate) fn levels(&self, a: u32, b: u32) -> Levels {
        let mut levels = [MISSING; crate::roster::MOST_FIELDS];
        let values = self.roster.values(a).iter().zip(self.roster.values(b));
        for ((level, field), (x, y)) in levels.iter_mut().zip(self.fields).zip(values) {
            *level = level_of(field, *x, *y);
        }
        if let Some((given, surname)) = self.names
            && levels[surname] > SWAPPED
            && levels[given] != SAME
        {
            self.try_swapped((given, surname), a, b, &mut levels);
        }
        levels
    }

    fn try_swapped(&self, (given, surname): (usize, usize), a: u32, b: u32, levels: &mut Levels) {
        let (given_a, surname_a) = (self.fields[given].text(a), self.fields[surname].text(a));
        let (given_b, surname_b) = (self.fields[given].text(b), self.fields[surname].text(b));
        let like =
            |x: &str, y: &str| !x.is_empty() && (x == y || x.len() > 3 && y.len() > 3 && edits(x, y) <= 1);
        if like(given_a, surname_b) && like(given_b, surname_a) {
            levels[given] = SWAPPED;
            levels[surname] = MISSING;
        }
    }
}

fn level_of(field: &Field, a: u32, b: u32) -> u8 {
    if a == NONE || b == NONE {
        return MISSING;
    }
    if a == b {
        return SAME;
    }
    // Fetched only where a kind needs them: texts are far away.
    let texts = || (field.values.get(a), field.values.get(b));
    match field.kind {
        Kind::Name => {
            let (x, y) = texts();
            let latin = x.is_ascii() && y.is_ascii();
            if latin { name(x, y) } else { han::level(&field.names[a as usize], &field.names[b as usize]) }
        }
        Kind::Date => {
            let (x, y) = texts();
            day(x.as_bytes(), y.as_bytes())
        }
        Kind::Choice => DIFFERENT,
        // A slip of the pen would not have left both checks right, and twins have numbers that are close.
        Kind::Code if field.is_whole(a) && field.is_whole(b) => DIFFERENT,
        Kind::Code => code(field.role.part, texts()),
        Kind::Number => number(texts()),
        Kind::Short => short(texts()),
        Kind::Long => long(field.tokens.overlap(a, b)),
        Kind::Organisation => {
            org::level(&field.orgs[a as usize], &field.orgs[b as usize], || field.tokens.overlap(a, b))
        }
        Kind::Address => {
            place::level(&field.places[a as usize], &field.places[b as usize], || field.tokens.overlap(a, b))
        }
    }
}

fn name(x: &str, y: &str) -> u8 {
    if x.contains(is_mask) || y.contains(is_mask) {
        return masked(masked::Kind::Text, x, y);
    }
    let first = |text: &'_ str| text.split(' ').next().map_or(0, str::len);
    let (first_x, first_y) = (first(x), first(y));
    if first_x > 1 && x[..first_x] == y[..first_y] {
        return NEAR;
    }
    let (short, long) = if x.len() < y.len() { (x, y) } else { (y, x) };
    if short.len() == 1 {
        return if long.starts_with(short) { ALIKE } else { DIFFERENT };
    }
    if short.len() >= 3 && edits(x, y) <= 1 {
        return NEAR;
    }
    match jaro_winkler(x, y) {
        likeness if likeness >= 0.92 => NEAR,
        likeness if likeness >= 0.80 || short.len() >= 3 && long.contains(short) => ALIKE,
        _ => DIFFERENT,
    }
}

fn day(x: &[u8], y: &[u8]) -> u8 {
    let part = |range: std::ops::Range<usize>| (&x[range.clone()], &y[range]);
    let (years, months, days) = (part(0..4), part(4..6), part(6..8));
    let unsaid = |(a, b): (&[u8], &[u8])| a == b"00" || b == b"00";
    if unsaid(days) || unsaid(months) {
        let fits = years.0 == years.1 && (months.0 == months.1 || unsaid(months));
        return if fits { NEAR } else { DIFFERENT };
    }
    if years.0 == years.1 && months.0 == days.1 && months.1 == days.0 {
        return NEAR;
    }
    let wrong: Vec<usize> = (0..8).filter(|i| x[*i] != y[*i]).collect();
    match wrong[..] {
        [_] => NEAR,
        [i, j] if j == i + 1 && x[i] == y[j] && x[j] == y[i] => NEAR,
        _ => {
            let same = [years, months, days].iter().filter(|(a, b)| a == b).count();
            if same == 2 { ALIKE } else { DIFFERENT }
        }
    }
}

fn code(part: Part, (x, y): (&str, &str)) -> u8 {
    if x.contains(is_mask) || y.contains(is_mask) {
        let kind = match part {
            Part::IdNo => masked::Kind::Id,
            Part::Phone => masked::Kind::Phone,
            _ => masked::Kind::Text,
        };
        return masked(kind, x, y);
    }
    match edits(x, y) {
        1 => NEAR,
        2 if x.len().max(y.len()) >= 7 => ALIKE,
        _ => DIFFERENT,
    }
}

/// A masked value against another: resembling when every character that is shown agrees and some are shown of both.
fn masked(kind: masked::Kind, x: &str, y: &str) -> u8 {
    match masked::compare(kind, x, y) {
        Verdict::Possible { known: 0 } => MISSING,
        Verdict::Possible { .. } => ALIKE,
        Verdict::Impossible(_) => DIFFERENT,
    }
}

fn number((x, y): (&str, &str)) -> u8 {
    let (Ok(x), Ok(y)) = (x.parse::<f64>(), y.parse::<f64>()) else { return DIFFERENT };
    match (x - y).abs() / x.abs().max(y.abs()).max(f64::MIN_POSITIVE) {
        apart if apart <= 0.01 => NEAR,
        apart if apart <= 0.1 => ALIKE,
        _ => DIFFERENT,
    }
}

fn short((x, y): (&str, &str)) -> u8 {
    if x.chars().count().min(y.chars().count()) >= 4 && edits(x, y) <= 1 {
        return NEAR;
    }
    match jaro_winkler(x, y) {
        likeness if likeness >= 0.92 => NEAR,
        likeness if likeness >= 0.80 => ALIKE,
        _ => DIFFERENT,
    }
}

fn long(overlap: f32) -> u8 {
    match overlap {
        share if share >= 0.7 => NEAR,
        share if share >= 0.35 => ALIKE,
        _ => DIFFERENT,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_days() {
        for (x, y, level) in [
            ("jonathan", "jonathon", NEAR),
            ("john", "john paul", NEAR),
            ("j", "john", ALIKE),
            ("k", "john", DIFFERENT),
            ("j*hn", "john", ALIKE),
            ("mary", "susan", DIFFERENT),
        ] {
            assert_eq!(name(x, y), level, "{x} {y}");
        }
        for (x, y, level) in [
            ("19850614", "19851406", NEAR),
            ("19850614", "19850641", NEAR),
            ("19850614", "19550614", NEAR),
            ("19850614", "19850627", ALIKE),
            ("19850614", "19850000", NEAR),
            ("19850614", "19900301", DIFFERENT),
        ] {
            assert_eq!(day(x.as_bytes(), y.as_bytes()), level, "{x} {y}");
        }
    }
}
