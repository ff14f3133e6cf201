//! What the columns of a file are about: as mapped, else by header, else by values.

use gnomon_link::{idno, phone};
use serde::{Deserialize, Serialize};

use crate::{
    cells::{date, normal},
    roster::{
        column::{Look, share},
        field::Kind,
        role::{Mapping, Part, Role},
        sheet::{RawColumn, Sheet},
    },
};

/// A column's role and the way it is compared.
#[derive(Debug, Clone)]
pub(crate) struct Meant {
    pub(crate) role: Role,
    pub(crate) kind: Kind,
}

/// A column that was mapped to a role which few of its values look like. It is compared as what it looks like.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Warning {
    /// The column's header.
    pub column: String,
    /// The role that it was mapped to.
    pub role: String,
    /// The share of its values that look like the role, of 1.
    pub share: f64,
}

/// What each column of a sheet means, in their order, and what was mapped that cannot be meant.
pub(crate) fn columns(sheet: &Sheet, mapping: &Mapping) -> (Vec<Meant>, Vec<Warning>) {
    let mut warnings = Vec::new();
    let mut all: Vec<Meant> = Vec::with_capacity(sheet.header.len());
    let mut row_like = None;
    for (header, column) in sheet.header.iter().zip(&sheet.columns) {
        let look = Look::at(column);
        let mapped = mapping.role(header);
        let role = match &mapped {
            Some(role) => role.clone(),
            None => guessed(header, column, &look, &all),
        };
        if mapped.is_none() && role.part == Part::Answer && look.is_unique() {
            row_like.get_or_insert(all.len());
        }
        let (share, least) = fitting(role.part, column, &look);
        let fits = share >= least || look.filled == 0;
        if !fits && mapped.is_some() {
            warnings.push(Warning { column: header.clone(), role: role.word.clone(), share });
        }
        // A role that the values contradict is none: the column is compared as what it looks like.
        let role = if fits { role } else { other(header) };
        let kind = kind(role.part, &look);
        all.push(Meant { role, kind });
    }
    if let Some(column) = row_like
        && all.iter().all(|one| one.role.part != Part::Row)
    {
        all[column].role = named(Part::Row);
    }
    without_doubles(&mut all, &sheet.header);
    (all, warnings)
}

fn guessed(header: &str, column: &RawColumn, look: &Look, before: &[Meant]) -> Role {
    let role = Role::of(header);
    let has = |part: Part| before.iter().any(|meant| meant.role.part == part);
    match role.part {
        // "id" is the row's own name only when no two rows share it.
        Part::Row if !look.is_unique() || has(Part::Row) => other(header),
        Part::Other => by_values(column, look).map_or(role, named),
        _ => role,
    }
}

fn other(header: &str) -> Role {
    Role { part: Part::Other, word: Role::of(header).word }
}

fn named(part: Part) -> Role {
    Role { part, word: part.word().to_owned() }
}

fn by_values(column: &RawColumn, look: &Look) -> Option<Part> {
    if look.distinct < 5 {
        return None;
    }
    let is_id = |text: &str| normal::id_no(text).len() == 18 && idno::birth(&normal::id_no(text)).is_some();
    let is_mobile = |text: &str| phone::canonical(text).is_ok_and(|number| number.len() == 11);
    let is_mail = |text: &str| text.contains('@') && text.contains('.');
    if share(column, is_id) > 0.5 {
        Some(Part::IdNo)
    } else if share(column, is_mobile) > 0.7 {
        Some(Part::Phone)
    } else if share(column, is_mail) > 0.7 {
        Some(Part::Mail)
    } else if look.is_unique() && matches!(look.kind, Kind::Code | Kind::Number) {
        Some(Part::Answer) // numbers rows, or says nothing
    } else {
        None
    }
}

/// The share of a column's values that look like a part, and how large it must be at least.
fn fitting(part: Part, column: &RawColumn, look: &Look) -> (f64, f64) {
    match part {
        Part::BirthDate => (share(column, |text| date::digits(text).is_some()), 0.5),
        // Of a column of many words none is a sex.
        Part::Sex => (if look.distinct <= 12 { 1.0 } else { share(column, is_sex) }, 0.5),
        Part::GivenName | Part::Surname | Part::Name => {
            (share(column, |text| text.chars().any(char::is_alphabetic)), 0.5)
        }
        Part::Phone => (share(column, |text| !normal::telephone(text).is_empty()), 0.3),
        Part::Mail => (share(column, |text| text.contains('@')), 0.3),
        Part::IdNo => (share(column, |text| text.bytes().any(|b| b.is_ascii_digit())), 0.5),
        _ => (1.0, 0.0),
    }
}

fn is_sex(text: &str) -> bool {
    matches!(normal::sex(text).as_str(), "m" | "f")
}

fn kind(part: Part, look: &Look) -> Kind {
    let looks = look.kind;
    match part {
        Part::Name | Part::GivenName | Part::Surname => Kind::Name,
        Part::BirthDate => Kind::Date,
        Part::Sex => Kind::Choice,
        Part::IdNo | Part::Phone | Part::Postcode => Kind::Code,
        Part::Household if looks != Kind::Short => Kind::Code,
        Part::Mail => Kind::Short,
        Part::Address if looks == Kind::Number => Kind::Code,
        Part::Address if look.is_wordy && matches!(looks, Kind::Choice | Kind::Long) => Kind::Address,
        _ => looks,
    }
}

/// A second column about the same thing: of names the one in pieces is kept, for the whole says nothing more; others keep
/// their own word.
fn without_doubles(all: &mut [Meant], headers: &[String]) {
    let pieces =
        [Part::GivenName, Part::Surname].iter().all(|part| all.iter().any(|one| one.role.part == *part));
    for i in 0..all.len() {
        let part = all[i].role.part;
        let again = all[..i].iter().any(|one| one.role == all[i].role);
        let repeated = match part {
            Part::Name => pieces || again,
            Part::GivenName | Part::Surname | Part::Row => again,
            _ => false,
        };
        if repeated {
            all[i].role.part = Part::Answer;
        } else if again {
            all[i].role.word = format!("{} {}", all[i].role.word, headers[i].to_lowercase());
        }
    }
}
