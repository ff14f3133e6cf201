//! Keys under which rows that may be the same meet.

use serde::{Deserialize, Serialize};

use crate::{
    EntityKind, Part,
    cells::sound,
    hash::{self, mix},
    roster::{
        Roster,
        field::{Field, Kind},
        values::NONE,
    },
};

/// Something of a row that goes into a key.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) enum Piece {
    /// The whole value of a field.
    Value(usize),
    /// How a word sounds.
    Sound(usize),
    /// The first letter.
    Initial(usize),
    /// Given name and surname by sound, in any order.
    BothSounds(usize, usize),
    /// First letters of given name and surname, in any order.
    BothInitials(usize, usize),
    /// A day, whichever of its two small numbers is the month.
    Day(usize),
    /// The year of a day.
    Year(usize),
    /// Year and month.
    Month(usize),
    /// Month and day in any order.
    DayOfYear(usize),
    /// The first half of a code.
    Head(usize),
    /// The second half of a code.
    Tail(usize),
    /// The first letters of a text.
    Beginning(usize),
    /// The name of an organisation without place and legal form.
    Core(usize),
    /// The rarest word of a long text that stands in other rows too; the second rarest, and so on.
    Word(usize, usize),
}

/// Pieces of a key, the most telling first: as many are used as are needed to keep blocks small.
pub(crate) type Plan = Vec<Piece>;

impl Piece {
    /// The field it is taken from, and a second one.
    pub(crate) fn fields(self) -> [usize; 2] {
        match self {
            Self::BothSounds(a, b) | Self::BothInitials(a, b) => [a, b],
            Self::Value(f) | Self::Sound(f) | Self::Initial(f) | Self::Day(f) | Self::Year(f) => [f, f],
            Self::Month(f) | Self::DayOfYear(f) | Self::Head(f) | Self::Tail(f) => [f, f],
            Self::Beginning(f) | Self::Core(f) | Self::Word(f, _) => [f, f],
        }
    }

    /// Its hash for a row; 0 where the row says nothing.
    pub(crate) fn hash(self, roster: &Roster, row: u32) -> u64 {
        let field = &roster.fields[self.fields()[0]];
        let other = || roster.fields[self.fields()[1]].text(row);
        let value = field.codes[row as usize];
        // A text is fetched from afar; most pieces do without.
        let text = || field.values.get(value);
        if value == NONE {
            return 0;
        }
        match self {
            Self::Value(_) => u64::from(value),
            Self::Sound(f) => sound(roster, f, row),
            Self::Initial(_) => sound::initial(text()),
            Self::BothSounds(a, b) => unordered(sound(roster, a, row), sound(roster, b, row), other()),
            Self::BothInitials(..) => unordered(sound::initial(text()), sound::initial(other()), other()),
            Self::Day(_) => match day_of_year(text()) {
                0 => 0,
                day => day.wrapping_add(year(text())),
            },
            Self::Year(_) => year(text()),
            Self::Month(_) => hash::text(&text()[..6]),
            Self::DayOfYear(_) => day_of_year(text()),
            Self::Head(_) => half(text(), true),
            Self::Tail(_) => half(text(), false),
            Self::Beginning(_) => {
                hash::text(&text().chars().filter(|c| *c != ' ').take(6).collect::<String>())
            }
            Self::Core(_) => core(field, value),
            Self::Word(_, rank) => word(field, value, rank),
        }
    }
}

fn sound(roster: &Roster, f: usize, row: u32) -> u64 {
    let field = &roster.fields[f];
    field.sounds[field.codes[row as usize] as usize]
}

fn unordered(a: u64, b: u64, second: &str) -> u64 {
    if second.is_empty() { 0 } else { mix(a.min(b), a.max(b)) | 1 }
}

/// Month and day in any order; 0 where the day is not said.
fn day_of_year(text: &str) -> u64 {
    if text.ends_with("00") {
        return 0;
    }
    unordered(hash::text(&text[4..6]), hash::text(&text[6..8]), text)
}

fn year(text: &str) -> u64 {
    hash::text(&text[..4])
}

fn half(text: &str, head: bool) -> u64 {
    let chars = text.chars().count();
    if chars < 5 {
        return 0;
    }
    let at = text.char_indices().nth(chars / 2).map_or(0, |(at, _)| at);
    hash::text(if head { &text[..at] } else { &text[at..] })
}

fn core(field: &Field, value: u32) -> u64 {
    let core: String = field.orgs[value as usize].core().iter().collect();
    if core.is_empty() { 0 } else { hash::text(&core) }
}

fn word(field: &Field, value: u32, rank: usize) -> u64 {
    let mut shared: Vec<(u32, u32)> = field
        .tokens
        .get(value)
        .iter()
        .map(|token| (field.tokens.rows(*token), *token))
        .filter(|(rows, _)| *rows > 1)
        .collect();
    shared.sort_unstable();
    shared.get(rank).map_or(0, |(_, token)| mix(u64::from(*token), 7) | 1)
}

/// The plans for a roster.
pub(crate) fn plans(roster: &Roster) -> Vec<Plan> {
    let mut plans = Vec::new();
    numbers(roster, &mut plans);
    if roster.kind() == EntityKind::Person {
        persons(roster, &mut plans);
    }
    others(roster, &mut plans);
    plans
}

fn all(roster: &Roster, part: Part) -> impl Iterator<Item = usize> + '_ {
    (0..roster.fields.len()).filter(move |f| roster.fields[*f].role.part == part)
}

/// Pieces that make a block smaller when the first one is not enough.
fn finer(roster: &Roster) -> Plan {
    let one = |part: Part, piece: fn(usize) -> Piece| roster.position(part).map(piece);
    let mut pieces: Plan =
        both(roster).map(|(given, surname)| Piece::BothInitials(given, surname)).into_iter().collect();
    pieces.extend(one(Part::BirthDate, Piece::Year));
    pieces.extend(one(Part::Postcode, Piece::Value));
    pieces.extend(one(Part::BirthDate, Piece::Month));
    pieces.extend(one(Part::Name, Piece::Beginning));
    pieces
}

fn both(roster: &Roster) -> Option<(usize, usize)> {
    roster.position(Part::GivenName).zip(roster.position(Part::Surname))
}

fn numbers(roster: &Roster, plans: &mut Vec<Plan>) {
    for f in all(roster, Part::IdNo).chain(all(roster, Part::Mail)) {
        plans.push([vec![Piece::Value(f)], finer(roster)].concat());
    }
    for f in all(roster, Part::Phone) {
        plans.push([vec![Piece::Value(f)], finer(roster)].concat());
    }
    for f in all(roster, Part::IdNo) {
        plans.push([vec![Piece::Head(f)], finer(roster)].concat());
        plans.push([vec![Piece::Tail(f)], finer(roster)].concat());
    }
}

fn persons(roster: &Roster, plans: &mut Vec<Plan>) {
    let birth = roster.position(Part::BirthDate);
    let names = both(roster);
    let (given, surname) = (roster.position(Part::GivenName), roster.position(Part::Surname));
    let post = roster.position(Part::Postcode).or_else(|| place(roster));
    let mut push = |pieces: &[Option<Piece>]| {
        // A key whose first piece is not there is none; of the others those are taken that are.
        if let Some(Some(first)) = pieces.first() {
            let rest = pieces[1..].iter().copied().flatten();
            plans.push(std::iter::once(*first).chain(rest).collect());
        }
    };
    let initials = names.map(|(g, s)| Piece::BothInitials(g, s));
    let sounds = names.map(|(g, s)| Piece::BothSounds(g, s));
    let (given_sound, surname_sound) = (given.map(Piece::Sound), surname.map(Piece::Sound));
    let given_initial = given.map(Piece::Initial);
    push(&[birth.map(Piece::Day), initials, given_sound]);
    push(&[sounds, birth.map(Piece::Year), post.map(Piece::Value), birth.map(Piece::Month)]);
    if birth.is_some() {
        push(&[given_sound, birth.map(Piece::Year), birth.map(Piece::Month), surname.map(Piece::Initial)]);
        push(&[surname_sound, birth.map(Piece::DayOfYear), given_initial]);
        push(&[surname_sound, birth.map(Piece::Month), given_initial]);
    }
    if post.is_some() {
        push(&[post.map(Piece::Value), given_sound, birth.map(Piece::Year)]);
        push(&[post.map(Piece::Value), surname_sound, given_initial, birth.map(Piece::Year)]);
    }
}

/// The address field that tells places apart best.
fn place(roster: &Roster) -> Option<usize> {
    let worth = |f: &usize| roster.fields[*f].coincidence();
    all(roster, Part::Address)
        .min_by(|a, b| worth(a).partial_cmp(&worth(b)).unwrap_or(std::cmp::Ordering::Equal))
}

/// Addresses, household numbers and whatever else tells rows apart.
fn others(roster: &Roster, plans: &mut Vec<Plan>) {
    let finer = finer(roster);
    let telling = |f: &usize| roster.fields[*f].coincidence() < 0.02;
    let candidates = (0..roster.fields.len()).filter(telling);
    for f in candidates {
        let field = &roster.fields[f];
        let rest = || finer.iter().copied().filter(move |piece| !piece.fields().contains(&f));
        let mut push = |first: Piece| plans.push(std::iter::once(first).chain(rest()).collect());
        match (field.role.part, field.kind) {
            (Part::Address | Part::Household | Part::Other | Part::Name, kind) if kind.has_words() => {
                (0..3).for_each(|rank| push(Piece::Word(f, rank)));
                push(Piece::Beginning(f));
                if kind == Kind::Organisation {
                    push(Piece::Core(f));
                }
            }
            (Part::Address, Kind::Short) => push(Piece::Value(f)),
            (Part::Other | Part::Name, Kind::Short) => {
                push(Piece::Value(f));
                push(Piece::Beginning(f));
            }
            (Part::Household | Part::Other, Kind::Code | Kind::Date | Kind::Number) => push(Piece::Value(f)),
            _ => {}
        }
    }
}
