//! How alike two addresses are.

use super::{Address, Part};
use crate::{
    han::{self, Sounds},
    similar,
};

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
    if one.is_empty() || other.is_empty() {
        return Likeness { level: Level::Unknown, score: 0.0 };
    }
    if one.text == other.text {
        return Likeness { level: Level::Same, score: 1.0 };
    }
    let accords = Part::ALL.map(|part| accord(part, one.part(part), other.part(part)));
    let score = similar::jaro_winkler(&one.letters, &other.letters);
    Likeness { level: level(&accords, score, &one.rest, &other.rest), score }
}

/// The letters that a score compares: from the township down, or all of it when there is no more.
pub(super) fn letters(address: &Address) -> Vec<char> {
    let small = Part::ALL.iter().filter(|part| (Part::Township..Part::Postcode).contains(part));
    let letters: Vec<char> =
        small.flat_map(|part| address.part(*part).chars()).chain(address.rest.chars()).collect();
    if letters.is_empty() { address.text.chars().collect() } else { letters }
}

fn level(accords: &[Accord; Part::ALL.len()], score: f32, rest_one: &str, rest_other: &str) -> Level {
    let of = |part: Part| accords[part as usize];
    let agree = |part: Part| matches!(of(part), Accord::Same | Accord::Slip);
    let apart = Part::ALL
        .iter()
        .copied()
        .filter(|part| *part != Part::Postcode)
        .find(|part| of(*part) == Accord::Other);
    let in_street = agree(Part::Road) || agree(Part::Group) || agree(Part::Estate);
    match apart {
        None if !(in_street || agree(Part::Village) || agree(Part::Township)) => {
            let alike = !rest_one.is_empty() && !rest_other.is_empty() && score >= 0.92;
            if alike { Level::Slip } else { Level::Different }
        }
        None => without_contradiction(accords, rest_one == rest_other),
        Some(part) if part <= Part::Township => Level::Different,
        Some(part) if part >= Part::Unit && (agree(Part::Building) || agree(Part::Number)) => {
            Level::SameBuilding
        }
        Some(part) if part > Part::Road && in_street || part == Part::Number && in_street => Level::SameRoad,
        Some(part) if part > Part::Village && agree(Part::Village) => Level::SameVillage,
        Some(_) if agree(Part::Township) => Level::SameTownship,
        Some(_) => Level::Different,
    }
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

fn accord(part: Part, one: &str, other: &str) -> Accord {
    if one == other {
        return if one.is_empty() { Accord::Absent } else { Accord::Same };
    }
    if one.is_empty() || other.is_empty() {
        return Accord::Silent;
    }
    let numbered = matches!(
        part,
        Part::Group | Part::Number | Part::Building | Part::Unit | Part::Room | Part::Postcode
    );
    if !numbered && is_slip(one, other) { Accord::Slip } else { Accord::Other }
}

/// One character of a Han name looks or sounds alike, or a Latin name has a letter or two wrong.
fn is_slip(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.iter().chain(&other).any(|c| han::is_han(*c)) {
        let mut apart = one.iter().zip(&other).filter(|(a, b)| a != b);
        let (first, second) = (apart.next(), apart.next());
        return one.len() == other.len() && second.is_none() && first.is_some_and(|(a, b)| are_alike(*a, *b));
    }
    let allowed = one.len().min(other.len()) / 5;
    similar::slips(&one, &other) <= allowed.min(2)
}

fn are_alike(one: char, other: char) -> bool {
    let shapes = han::shape(one) != 0 && han::shape(one) == han::shape(other);
    han::usual(one) == han::usual(other)
        || shapes
        || matches!(Sounds::of(one).distance(Sounds::of(other)), Some(0 | 1))
}
