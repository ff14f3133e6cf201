//! Rows of all sheets, in the columns that are compared.

pub(crate) mod column;
pub(crate) mod field;
pub(crate) mod guess;
pub(crate) mod role;
pub(crate) mod sheet;
pub(crate) mod values;

use serde::{Deserialize, Serialize};

use crate::{
    EntityKind, Error, Mapping, Part, Role, Sheet,
    cells::{name, normal, org, place},
    roster::{
        field::{Field, Kind},
        guess::{Meant, Warning},
        sheet::{MOST_ROWS, RawColumn},
        values::{NONE, Values},
    },
};

/// Fields beyond these are left out, those that say least first.
pub(crate) const MOST_FIELDS: usize = 20;

/// All rows of all files, field by field.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Roster {
    kind: EntityKind,
    rows: usize,
    pub(crate) fields: Vec<Field>,
    ids: Values,
    /// The name of each row; nothing where the file has no column of them.
    id_codes: Vec<u32>,
    seen: Vec<String>,
    warnings: Vec<Warning>,
    /// Values of each row beside each other, for speed.
    #[serde(skip)]
    table: Vec<u32>,
    mapping: Mapping,
}

impl Roster {
    /// No rows yet.
    pub fn new(kind: EntityKind, mapping: Mapping) -> Self {
        Self { kind, mapping, ..Self::default() }
    }

    /// What is told apart.
    pub fn kind(&self) -> EntityKind {
        self.kind
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The name of a row: its id column's, else its number from 1.
    pub fn row_id(&self, row: usize) -> String {
        match self.id_codes[row] {
            NONE => (row + 1).to_string(),
            code => self.ids.get(code).to_owned(),
        }
    }

    /// The row of a name; of several rows of one name the first.
    ///
    /// # Errors
    /// When no row has it.
    pub fn row(&self, id: &str) -> Result<usize, Error> {
        let found = (0..self.rows).find(|row| self.row_id(*row) == id);
        found.ok_or_else(|| Error::UnknownRow(id.to_owned()))
    }

    /// What is compared: role words in their order.
    pub fn roles(&self) -> impl Iterator<Item = &Role> {
        self.fields.iter().map(|field| &field.role)
    }

    /// Columns that were mapped to what they do not look like.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// Adds the rows of a file.
    ///
    /// # Errors
    /// When the file has no rows, or there are too many in all.
    pub fn add(&mut self, sheet: Sheet) -> Result<(), Error> {
        if sheet.rows == 0 {
            return Err(Error::Empty { file: sheet.file });
        }
        if self.rows + sheet.rows > MOST_ROWS {
            return Err(Error::TooMany(MOST_ROWS));
        }
        let (meant, warnings) = guess::columns(&sheet, &self.mapping);
        self.warnings.extend(warnings);
        self.seen.extend(sheet.header.iter().cloned());
        let start = self.rows;
        self.rows += sheet.rows;
        for (column, meant) in sheet.columns.into_iter().zip(meant) {
            self.take(start, column, meant);
        }
        self.id_codes.resize(self.rows, NONE);
        let rows = self.rows;
        self.fields.iter_mut().for_each(|field| field.pad(rows));
        Ok(())
    }

    /// Ends the adding: counts values, and leaves out what is the same in every row.
    ///
    /// # Errors
    /// When a mapped column is in no file, or nothing is left to compare.
    pub fn ready(&mut self) -> Result<(), Error> {
        let missing =
            |(_, column): &&(String, String)| !self.seen.iter().any(|header| header.trim() == column.trim());
        if let Some((role, column)) = self.mapping.0.iter().find(missing) {
            let columns = self.seen.join(", ");
            return Err(Error::UnknownColumn { role: role.clone(), column: column.clone(), columns });
        }
        let kind = self.kind;
        self.fields.iter_mut().for_each(|field| field.count(kind, 0));
        self.fields.retain(|field| field.filled > 0 && (field.distinct() > 1 || field.filled < 10));
        if self.fields.len() > MOST_FIELDS {
            let worth = |field: &Field| (field.group() == field::Group::Other, field.coincidence());
            self.fields.sort_by(|a, b| worth(a).partial_cmp(&worth(b)).unwrap_or(std::cmp::Ordering::Equal));
            self.fields.truncate(MOST_FIELDS);
        }
        self.tabulate(0);
        if self.fields.is_empty() { Err(Error::NothingToCompare) } else { Ok(()) }
    }

    /// Counts all values anew; of a roster that was written down.
    pub(crate) fn count(&mut self) {
        self.count_from(0);
    }

    /// Counts the values of the rows from `start` on; those before are counted.
    pub(crate) fn count_from(&mut self, start: usize) {
        let kind = self.kind;
        self.fields.iter_mut().for_each(|field| field.count(kind, start));
        self.tabulate(start);
    }

    fn tabulate(&mut self, start: usize) {
        let width = self.fields.len();
        self.table.resize(self.rows * width, NONE);
        for (f, field) in self.fields.iter().enumerate() {
            for (row, code) in field.codes.iter().enumerate().skip(start) {
                self.table[row * width + f] = *code;
            }
        }
    }

    /// The values of a row, field by field.
    pub(crate) fn values(&self, row: u32) -> &[u32] {
        let width = self.fields.len();
        &self.table[row as usize * width..(row as usize + 1) * width]
    }

    /// The field of a part, the first of several.
    pub(crate) fn position(&self, part: Part) -> Option<usize> {
        self.fields.iter().position(|field| field.role.part == part)
    }

    fn take(&mut self, start: usize, column: RawColumn, meant: Meant) {
        match (meant.role.part, self.kind) {
            (Part::Answer, _) => {}
            (Part::Row, _) => {
                self.id_codes.resize(start, NONE);
                let numbers = translate(&column, |text| self.ids.number(text));
                self.id_codes.extend(column.codes.iter().map(|code| numbers[*code as usize]));
            }
            (Part::Name, EntityKind::Person) => self.take_names(start, &column),
            (Part::Name, EntityKind::Organisation) => {
                self.fill(start, meant.role, Kind::Organisation, &column, org::name);
            }
            (Part::IdNo, EntityKind::Organisation) => {
                self.fill(start, meant.role, meant.kind, &column, org::number);
            }
            (part, _) => self.fill(start, meant.role, meant.kind, &column, normaliser(part, meant.kind)),
        }
    }

    fn take_names(&mut self, start: usize, column: &RawColumn) {
        let role = |part: Part| Role { part, word: part.word().to_owned() };
        let side = |cell: &str, surname: bool| {
            let plain = normal::name(cell);
            let (family, given) = name::split(&plain, cell.contains([',', '，']));
            if surname { family.to_owned() } else { given.to_owned() }
        };
        self.fill(start, role(Part::GivenName), Kind::Name, column, |cell| side(cell, false));
        self.fill(start, role(Part::Surname), Kind::Name, column, |cell| side(cell, true));
    }

    fn fill(
        &mut self,
        start: usize,
        role: Role,
        kind: Kind,
        column: &RawColumn,
        normal: impl Fn(&str) -> String,
    ) {
        let found = self.fields.iter().position(|field| field.role == role);
        let at = found.unwrap_or_else(|| {
            self.fields.push(Field::new(role, kind));
            self.fields.len() - 1
        });
        let field = &mut self.fields[at];
        field.pad(start);
        let numbers = translate(column, |text| field.values.number(&normal(text)));
        field.codes.extend(column.codes.iter().map(|code| numbers[*code as usize]));
    }
}

/// A new number for each number of a column.
fn translate(column: &RawColumn, mut number: impl FnMut(&str) -> u32) -> Vec<u32> {
    column.values.iter().map(&mut number).collect()
}

fn normaliser(part: Part, kind: Kind) -> fn(&str) -> String {
    match (part, kind) {
        (Part::GivenName | Part::Surname, _) => normal::name,
        (Part::Sex, _) => normal::sex,
        (Part::IdNo, _) => normal::id_no,
        (Part::Phone, _) => normal::telephone,
        (Part::Mail, _) => normal::mail,
        (_, Kind::Address) => place::text,
        (_, Kind::Date) => normal::day,
        (_, Kind::Number) => normal::number,
        (_, Kind::Code) => normal::code,
        _ => normal::text,
    }
}
