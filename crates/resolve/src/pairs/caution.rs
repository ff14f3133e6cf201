//! What weights alone must not decide: a wrong merge accuses somebody, and a number that is checked says more than its level.

use serde::{Deserialize, Serialize};

use crate::{
    EntityKind,
    pairs::{
        compare::{DIFFERENT, Levels, MISSING, NEAR, SAME, SWAPPED},
        model::Model,
        score::Scored,
    },
    roster::{
        Roster,
        field::{Field, Group},
        role::Part,
        values::NONE,
    },
};

/// How rare an agreement has to be to stand for a number of one's own.
const OF_ONES_OWN: f64 = 0.001;
/// How rare it has to be to say anything beside a number.
const TELLING: f64 = 0.01;
/// Bits of a pair that a number decides: well within "certain".
const CERTAIN: f32 = 13.0;
/// Bits beyond which a pair does not go that its number speaks against: "probable", at 0.99.
const PROBABLE: f32 = 6.6;

/// Why two rows are kept apart whatever the weights say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Apart {
    /// Nothing agrees but what a household shares.
    OnlyTheHousehold,
    /// The given names are others, and too few rows are the same to learn how often that is an error.
    OtherName,
    /// One number under two names, and nothing else says that they are one.
    SharedNumber,
    /// Two numbers whose checks are right, and not all else is equal.
    OtherNumber,
    /// One number for an organisation and its branch.
    Branch,
}

impl Apart {
    /// All reasons.
    pub const ALL: [Apart; 5] =
        [Apart::OnlyTheHousehold, Apart::OtherName, Apart::SharedNumber, Apart::OtherNumber, Apart::Branch];

    /// The word in locales and files.
    pub fn word(self) -> &'static str {
        match self {
            Apart::OnlyTheHousehold => "only-the-household",
            Apart::OtherName => "other-name",
            Apart::SharedNumber => "shared-number",
            Apart::OtherNumber => "other-number",
            Apart::Branch => "branch",
        }
    }
}

/// What numbers whose checks are right decide about a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ByNumber {
    /// The same number, and names that agree: one.
    One,
    /// The same number under two names, or two numbers where all else is equal: probable at most.
    Probable,
}

/// What becomes of a pair when its weights, its numbers and caution are heard.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Verdict {
    /// Bits for "the same" against all other explanations.
    pub(crate) bits: f32,
    pub(crate) apart: Option<Apart>,
    pub(crate) by_number: Option<ByNumber>,
}

/// Judges a pair as it was scored.
pub(crate) fn judge(roster: &Roster, model: &Model, (a, b): (u32, u32), scored: &Scored) -> Verdict {
    let pair = Pair { roster, levels: &scored.levels };
    let odds = scored.odds();
    let free = Verdict { bits: odds, apart: None, by_number: None };
    let apart = |apart: Apart| Verdict { apart: Some(apart), ..free };
    let one = Verdict { bits: odds.max(CERTAIN), by_number: Some(ByNumber::One), ..free };
    let probable = Verdict { bits: odds.min(PROBABLE), by_number: Some(ByNumber::Probable), ..free };
    match (pair.whole_numbers(a, b), roster.kind()) {
        (Some(true), EntityKind::Organisation) if pair.is_branch(a, b) => apart(Apart::Branch),
        (Some(true), EntityKind::Organisation) => one,
        (Some(true), EntityKind::Person) if pair.names_agree() => one,
        (Some(false), _) if pair.all_else_agrees() => probable,
        (Some(false), _) => apart(Apart::OtherNumber),
        (same, EntityKind::Person) => match pair.caution(model, same.is_some()) {
            Some(why) => apart(why),
            None if same.is_some() && pair.is_another_name() => probable,
            None => free,
        },
        _ => free,
    }
}

struct Pair<'a> {
    roster: &'a Roster,
    levels: &'a Levels,
}

impl Pair<'_> {
    fn compared(&self) -> impl Iterator<Item = (&Field, u8)> {
        let all = self.roster.fields.iter().zip(self.levels.iter().copied());
        all.filter(|(_, level)| *level != MISSING)
    }

    fn of(&self, part: Part) -> impl Iterator<Item = u8> {
        self.compared().filter(move |(field, _)| field.role.part == part).map(|(_, level)| level)
    }

    /// Whether two numbers whose checks are right are the same; nothing where there are not two, or fields say both.
    fn whole_numbers(&self, a: u32, b: u32) -> Option<bool> {
        let mut said = None;
        for field in self.roster.fields.iter().filter(|field| field.role.part == Part::IdNo) {
            let (x, y) = (field.codes[a as usize], field.codes[b as usize]);
            if x == NONE || y == NONE || !field.is_whole(x) || !field.is_whole(y) {
                continue;
            }
            if said.is_some_and(|said| said != (x == y)) {
                return None;
            }
            said = Some(x == y);
        }
        said
    }

    /// Whether given name and surname are the same or a slip away, as far as both rows have them.
    fn names_agree(&self) -> bool {
        let mut names = self.of(Part::GivenName).chain(self.of(Part::Surname)).peekable();
        names.peek().is_some() && names.all(|level| level <= NEAR)
    }

    fn is_another_name(&self) -> bool {
        self.of(Part::GivenName).any(|level| level == DIFFERENT)
    }

    fn is_branch(&self, a: u32, b: u32) -> bool {
        let names = self.roster.fields.iter().filter(|field| field.role.part == Part::Name);
        names.into_iter().any(|field| field.are_branches(a, b))
    }

    /// Whether a pair of two numbers is equal in all else that is the person's or organisation's own. Twins have one birthday
    /// and names that resemble each other, so that resembling is not enough.
    fn all_else_agrees(&self) -> bool {
        let named = self.of(Part::GivenName).chain(self.of(Part::Name)).any(|level| level <= SWAPPED);
        let contradicted = self.compared().any(|(field, level)| match field.role.part {
            Part::GivenName | Part::Name => level > SWAPPED,
            Part::Surname | Part::BirthDate | Part::Sex => level == DIFFERENT,
            _ => false,
        });
        named && !contradicted
    }

    /// Why a pair of persons is not one, whatever its weights. `is_whole` tells that they share a number with a right check.
    fn caution(&self, model: &Model, is_whole: bool) -> Option<Apart> {
        let is_personal = |field: &Field| field.group() == Group::Personal;
        if !self.roster.fields.iter().any(is_personal) {
            return None;
        }
        if !self.compared().any(|(field, level)| field.group() != Group::Family && level != DIFFERENT) {
            return Some(Apart::OnlyTheHousehold);
        }
        if !self.is_another_name() {
            return None;
        }
        if self.only_a_number(is_whole) {
            return Some(Apart::SharedNumber);
        }
        let is_number = |field: &Field, level: u8| {
            let is_own = field.role.part == Part::IdNo || field.coincidence() < OF_ONES_OWN;
            let is_no_day = field.group() != Group::Family && field.role.part != Part::BirthDate;
            is_own && is_no_day && (SAME..=NEAR).contains(&level)
        };
        let unlearnt = model.taught_little && !self.compared().any(|(field, level)| is_number(field, level));
        unlearnt.then_some(Apart::OtherName)
    }

    /// Whether a number agrees and nothing else says more. A number with a right check holds the birthday, which then says
    /// nothing, and may not be another; a surname is what relatives share who use one number.
    fn only_a_number(&self, is_whole: bool) -> bool {
        let held = |part: Part| is_whole && matches!(part, Part::BirthDate | Part::Surname);
        let says_more = |(field, level): (&Field, u8)| {
            let part = field.role.part;
            part != Part::IdNo && !held(part) && level <= NEAR && field.coincidence() < TELLING
        };
        let shares = self.of(Part::IdNo).any(|level| level == SAME);
        let other_day = is_whole && self.of(Part::BirthDate).any(|level| level == DIFFERENT);
        shares && (other_day || !self.compared().any(says_more))
    }
}
