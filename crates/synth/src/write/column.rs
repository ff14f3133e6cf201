/// What a cell holds; decides how it is written and how it can be dirty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Resident identity number.
    Id,
    /// Credit code, serial number, division code: written as it is.
    Code,
    /// Name of a person.
    Name,
    /// Short text, name of a thing or place.
    Text,
    /// Free text, where commas, quotes and line breaks turn up.
    Note,
    /// One of a few words.
    Word,
    /// Bank account.
    Account,
    /// Telephone number.
    Phone,
    /// Day.
    Date,
    /// Day and time.
    Moment,
    /// Month.
    Month,
    /// Amount of money.
    Money,
    /// Any other number.
    Number,
}

/// One column of a department's file.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// What its cells hold.
    pub kind: Kind,
    /// The words departments put above it; a file uses one of them.
    pub words: &'static [&'static str],
    /// Whether a row without it is worthless.
    pub required: bool,
    /// The group cell that workbooks put over it and its neighbours.
    pub group: Option<&'static str>,
}

/// A column whose cells may be empty.
pub const fn col(kind: Kind, words: &'static [&'static str]) -> Column {
    Column { kind, words, required: false, group: None }
}

/// A column whose cells must be filled.
pub const fn req(kind: Kind, words: &'static [&'static str]) -> Column {
    Column { kind, words, required: true, group: None }
}

impl Column {
    /// The same column under a group cell.
    pub const fn under(self, group: &'static str) -> Column {
        Column { group: Some(group), ..self }
    }
}
