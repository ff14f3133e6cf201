use crate::{
    Apart, ByNumber, Class, Error, Linked, Roster, Tier,
    cells::normal::is_mask,
    pairs::{
        caution::Verdict,
        compare::{ALIKE, DIFFERENT, MISSING, NEAR, SAME, SWAPPED},
        score::{Scorer, probability},
    },
    roster::{
        field::{Field, Group, Kind},
        role::Part,
    },
};

/// One comparison of a pair.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// What is compared.
    pub field: String,
    /// Whose it is: `personal`, `family` or `other`.
    pub group: &'static str,
    /// The values; masked where they are personal, unless they were asked for as they are.
    pub values: [String; 2],
    /// `missing`, `same`, `swapped`, `near`, `alike` or `different`.
    pub level: &'static str,
    /// Share of pairs that are the same with this level.
    pub m: f64,
    /// Share of pairs of strangers with it.
    pub u: f64,
    /// Bits for "the same" against strangers, the value's rarity among them.
    pub weight: f32,
    /// Bits of them that "one household" explains as well: they do not count for "the same" against a household.
    pub household: f32,
}

/// Why two rows are one or not.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// What was compared.
    pub comparisons: Vec<Comparison>,
    /// Bits for "the same" before anything is compared.
    pub prior: f32,
    /// Bits for "the same" against all other explanations together.
    pub total: f32,
    /// The probability of "the same".
    pub probability: f32,
    /// The likeliest explanation, by the pair alone.
    pub likeliest: Class,
    /// Why the pair by itself is kept apart whatever its weight.
    pub apart: Option<Apart>,
    /// What the pair's numbers decide, whatever its weight.
    pub by_number: Option<ByNumber>,
    /// Whether a person decided that they are one.
    pub ruled: Option<bool>,
    /// Whether the two rows are in one entity; the rows beside them have a say in it.
    pub together: bool,
    /// How certain it is that they are one; of rows apart, nothing.
    pub tier: Option<Tier>,
}

impl Explanation {
    /// The word of what decided: a ruling, caution, a number, or the likeliest explanation.
    pub fn reason(&self) -> &'static str {
        match (self.ruled, self.apart, self.by_number) {
            (Some(_), ..) => "ruled",
            (_, Some(apart), _) => apart.word(),
            (_, _, Some(ByNumber::One)) => "one-number",
            (_, _, Some(ByNumber::Probable)) => "probable-number",
            _ => self.likeliest.word(),
        }
    }
}

/// Shows what says that two rows are one, and what says that they are not; values are masked.
///
/// # Errors
/// When a row is not there.
pub fn explain(roster: &Roster, linked: &Linked, a: usize, b: usize) -> Result<Explanation, Error> {
    explained(roster, linked, (a, b), masked)
}

/// [`explain`] with the values as they are compared, for a caller who may see them.
///
/// # Errors
/// When a row is not there.
pub fn explain_unmasked(roster: &Roster, linked: &Linked, a: usize, b: usize) -> Result<Explanation, Error> {
    explained(roster, linked, (a, b), |field, row| field.text(row).to_owned())
}

fn explained(
    roster: &Roster,
    linked: &Linked,
    (a, b): (usize, usize),
    shown: fn(&Field, u32) -> String,
) -> Result<Explanation, Error> {
    if let Some(row) = [a, b].into_iter().find(|row| *row >= roster.rows()) {
        return Err(Error::UnknownRow((row + 1).to_string()));
    }
    let scorer = Scorer::new(roster, &linked.model);
    let (x, y) = (a as u32, b as u32);
    let scored = scorer.score(x, y);
    let comparisons = roster.fields.iter().enumerate().map(|(f, field)| {
        let level = scored.levels[f];
        let learnt = &linked.model.fields[f];
        Comparison {
            field: field.role.word.clone(),
            group: group(field.group()),
            values: [shown(field, x), shown(field, y)],
            level: word(level),
            m: learnt.same[level as usize],
            u: learnt.chance[level as usize],
            weight: scorer.contribution(0, f, x, level),
            household: scorer.contribution(1, f, x, level),
        }
    });
    let probabilities = scored.probabilities();
    let likeliest = (0..5).max_by(|i, j| probabilities[*i].total_cmp(&probabilities[*j])).unwrap_or(4);
    let Verdict { bits: total, apart, by_number } = scorer.judge(x, y, &scored);
    let ruled = linked.decided.pair(x, y);
    let together = linked.rows[a].entity == linked.rows[b].entity;
    Ok(Explanation {
        comparisons: comparisons.collect(),
        prior: scorer.prior(),
        total,
        probability: probability(total),
        likeliest: Class::ALL[likeliest],
        apart,
        by_number,
        ruled,
        together,
        tier: together
            .then(|| if ruled == Some(true) { Tier::Certain } else { Tier::of(probability(total)) }),
    })
}

fn group(group: Group) -> &'static str {
    match group {
        Group::Personal => "personal",
        Group::Family => "family",
        Group::Other => "other",
    }
}

fn word(level: u8) -> &'static str {
    match level {
        MISSING => "missing",
        SAME => "same",
        SWAPPED => "swapped",
        NEAR => "near",
        ALIKE => "alike",
        DIFFERENT => "different",
        _ => "",
    }
}

/// A value as it may be seen: of names the first character, of numbers both ends, of days the year.
fn masked(field: &Field, row: u32) -> String {
    let text = field.text(row);
    let (head, tail) = match (field.role.part, field.kind) {
        (Part::Sex | Part::Postcode, _) | (_, Kind::Choice) => return text.to_owned(),
        (Part::GivenName | Part::Surname, _) => (1, 0),
        (Part::BirthDate, _) => (4, 0),
        (Part::IdNo | Part::Phone | Part::Mail, _) => (3, 2),
        (Part::Name, _) => return text.to_owned(),
        _ => (4, 0),
    };
    let chars = text.chars().count();
    let hidden = |i: usize| i >= head.min(chars / 2) && i + tail < chars;
    text.chars().enumerate().map(|(i, c)| if hidden(i) && !is_mask(c) { '*' } else { c }).collect()
}
