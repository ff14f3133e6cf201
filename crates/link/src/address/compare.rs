//! How alike two addresses are.

use super::{Address, Part};
use crate::{han, similar};

/// What two addresses have in common, from the closest to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The same place in all its parts.
    Same,
    /// The same but for a slip of the pen in a name.
    Slip,
    /// Nothing speaks against it; one of them leaves parts out.
    Contained,
    /// The same building, another flat.
    SameBuilding,
    /// The same road, or the same group of a village, another house.
    SameRoad,
    /// The same village or suburb, another house.
    SameVillage,
    /// The same township and no more.
    SameTownship,
    /// Nothing that counts is the same.
    Different,
    /// One of them is no address: this says nothing, neither for nor against.
    Unknown,
}

/// How alike two addresses are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Likeness {
    /// What they have in common.
    pub level: Level,
    /// How much of the text agrees, from 0 to 1: for ordering within a level.
    pub score: f32,
}

/// How the values of one part agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Accord {
    Same,
    Slip,
    /// One of them leaves it out.
    Silent,
    /// Neither has it.
    Absent,
    Other,
}

/// How alike two addresses are; the same both ways round.
pub fn likeness(one: &Address, other: &Address) -> Likeness {
    let level = level(one, other);
    let score = match level {
        Level::Unknown => 0.0,
        Level::Same if one.text == other.text => 1.0,
        _ => score(one, other),
    };
    Likeness { level, score }
}

/// What two addresses have in common; the same both ways round.
pub fn level(one: &Address, other: &Address) -> Level {
    if one.is_empty() || other.is_empty() {
        return Level::Unknown;
    }
    if one.text == other.text {
        return Level::Same;
    }
    let accords = Part::ALL.map(|part| accord(part, one, other));
    let of = |part: Part| accords[part as usize];
    let agree = |part: Part| matches!(of(part), Accord::Same | Accord::Slip);
    let fine = [Part::Road, Part::Group, Part::Estate];
    let apart =
        Part::ALL.into_iter().filter(|part| *part != Part::Postcode).find(|part| of(*part) == Accord::Other);
    let in_street = fine.into_iter().any(agree);
    match apart {
        None if !(in_street || agree(Part::Village) || agree(Part::Township)) => {
            let alike = !one.rest.is_empty() && !other.rest.is_empty() && score(one, other) >= 0.92;
            if alike { Level::Slip } else { Level::Different }
        }
        None => without_contradiction(&accords, one.rest == other.rest),
        Some(part) if part <= Part::Township => Level::Different,
        Some(part) if part >= Part::Unit && (agree(Part::Building) || agree(Part::Number)) => {
            Level::SameBuilding
        }
        Some(part) if part >= Part::Number && in_street => Level::SameRoad,
        Some(part) if part > Part::Village && agree(Part::Village) => Level::SameVillage,
        Some(_) if agree(Part::Township) => Level::SameTownship,
        Some(_) => Level::Different,
    }
}

fn score(one: &Address, other: &Address) -> f32 {
    similar::jaro_winkler(&one.letters, &other.letters)
}

/// The letters that a score compares: from the township down, or all of it when there is no more.
pub(super) fn letters(address: &Address) -> Vec<char> {
    let small = Part::ALL.iter().filter(|part| (Part::Township..Part::Postcode).contains(part));
    let letters: Vec<char> =
        small.flat_map(|part| address.part(*part).chars()).chain(address.rest.chars()).collect();
    if letters.is_empty() { address.text.chars().collect() } else { letters }
}

fn without_contradiction(accords: &[Accord; Part::ALL.len()], same_rest: bool) -> Level {
    let exact = accords[Part::Number as usize] == Accord::Same
        || accords[Part::Building as usize] == Accord::Same
        || accords[Part::Room as usize] == Accord::Same;
    let fine = &accords[Part::Township as usize..Part::Postcode as usize];
    let silent = fine.contains(&Accord::Silent) || !same_rest;
    match (exact && !silent, accords.contains(&Accord::Slip)) {
        (true, false) => Level::Same,
        (true, true) => Level::Slip,
        (false, _) if silent => Level::Contained,
        (false, true) => Level::Slip,
        (false, false) => Level::Same,
    }
}

fn accord(part: Part, one: &Address, other: &Address) -> Accord {
    match (one.marks[part as usize], other.marks[part as usize]) {
        (0, 0) => return Accord::Absent,
        (0, _) | (_, 0) => return Accord::Silent,
        (one, other) if one == other => return Accord::Same,
        _ => {}
    }
    let numbered = matches!(
        part,
        Part::Group | Part::Number | Part::Building | Part::Unit | Part::Room | Part::Postcode
    );
    if !numbered && is_slip(one.part(part), other.part(part)) { Accord::Slip } else { Accord::Other }
}

/// One character of a Han name looks or sounds alike, or a Latin name has a letter or two wrong.
fn is_slip(one: &str, other: &str) -> bool {
    if one.chars().chain(other.chars()).any(han::is_han) {
        let mut apart = one.chars().zip(other.chars()).filter(|(a, b)| a != b);
        let (first, second) = (apart.next(), apart.next());
        return one.chars().count() == other.chars().count()
            && second.is_none()
            && first.is_some_and(|(a, b)| han::are_alike(a, b));
    }
    let allowed = (one.len().min(other.len()) / 5).min(2);
    if allowed == 0 || one.len().abs_diff(other.len()) > allowed {
        return false;
    }
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    similar::slips(&one, &other) <= allowed
}
