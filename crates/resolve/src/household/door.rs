//! Doors: what an address names when it names one home.

use std::collections::HashMap;

use gnomon_link::address;

use crate::{
    hash::Ready,
    household::gazetteer::{Gazetteer, Place, Ways},
    roster::{
        Roster,
        field::{Field, Kind},
        role::Part,
        values::{NONE, Values},
    },
};

/// What a header says whose addresses are not where people live.
const ELSEWHERE: [&str; 10] =
    ["单位", "工作", "公司", "学校", "就读", "work", "office", "company", "employer", "school"];

/// A home: the same for all rows that name it, however much of the way to it they write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Door(u32);

impl Door {
    /// Its number among the doors of a roster, from 0. It stays when more rows come.
    pub(crate) fn number(self) -> usize {
        self.0 as usize >> 1
    }

    /// Whether it is a flat. Behind the number of a house there may be several homes.
    pub(crate) fn is_flat(self) -> bool {
        self.0 & 1 == 1
    }
}

/// The doors that the rows of a roster name, kept so that rows which come later change only what they say.
#[derive(Debug, Clone, Default)]
pub(crate) struct Doors {
    columns: Vec<Column>,
    gazetteer: Gazetteer,
    ways: Ways,
    numbers: HashMap<u64, u32, Ready>,
}

/// How a door stands among the others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Standing {
    /// How often rows name it.
    rows: u32,
    /// Its place in the order in which doors are first named, from 1.
    first: u32,
}

/// Addresses of one column, or of several that hold an address in pieces.
#[derive(Debug, Clone)]
struct Column {
    said: Said,
    /// What each value says, with what others say of it.
    places: Vec<Place>,
    /// The door of each value.
    doors: Vec<Option<Door>>,
    /// Whether the door of each value has changed since it was last asked.
    turned: Vec<bool>,
}

/// Where addresses are.
#[derive(Debug, Clone)]
enum Said {
    /// In a field.
    Whole(usize),
    /// In several, of which they are put together.
    InPieces(Pieces),
}

#[derive(Debug, Clone, Default)]
struct Pieces {
    fields: Vec<usize>,
    values: Values,
    counts: Vec<u32>,
    codes: Vec<u32>,
}

impl Doors {
    /// Takes in the rows that came since, and notes which values name another door now.
    pub(crate) fn follow(&mut self, roster: &Roster) {
        if self.columns.is_empty() {
            self.columns = columns(roster);
        }
        let known: Vec<usize> = self.columns.iter().map(|column| column.places.len()).collect();
        let mut anew = self.listen(roster);
        for (c, column) in self.columns.iter().enumerate() {
            let all = column.places[..known[c]].iter().enumerate();
            anew.extend(all.filter(|(_, place)| self.gazetteer.doubts(place)).map(|(value, _)| (c, value)));
        }
        for (c, value) in &anew {
            let column = &mut self.columns[*c];
            let mut place = column.said.place(roster, *value);
            self.gazetteer.complete(&mut place);
            let before = &mut column.places[*value];
            self.ways.forget(before);
            self.ways.learn(&place);
            *before = place;
        }
        for (c, column) in self.columns.iter().enumerate() {
            let all = column.places[..known[c]].iter().enumerate();
            anew.extend(all.filter(|(_, place)| self.ways.doubts(place)).map(|(value, _)| (c, value)));
        }
        self.gazetteer.close();
        self.ways.close();
        self.columns.iter_mut().for_each(Column::settle);
        for (c, value) in anew {
            self.find(c, value);
        }
    }

    /// Hears what rows say that came since; gives the values that more of them say than before.
    fn listen(&mut self, roster: &Roster) -> Vec<(usize, usize)> {
        let mut heard = Vec::new();
        for (c, column) in self.columns.iter_mut().enumerate() {
            column.said.follow(roster);
            for (value, rows) in column.said.counts(roster).iter().enumerate() {
                let before = column.places.get(value).map_or(0, |place| place.rows);
                if value < column.places.len() && *rows == before {
                    continue;
                }
                let mut place = column.said.place(roster, value);
                self.gazetteer.learn(&place, rows - before);
                if value == column.places.len() {
                    // The ways have not heard of it, so that there is nothing to forget.
                    place.rows = 0;
                    column.places.push(place);
                }
                heard.push((c, value));
            }
        }
        heard
    }

    /// Finds the door of a value.
    fn find(&mut self, c: usize, value: usize) {
        let column = &mut self.columns[c];
        let place = &column.places[value];
        let next = self.numbers.len() as u32;
        let numbered =
            |way| self.numbers.entry(way).or_insert(next).wrapping_mul(2) | u32::from(place.is_flat());
        let door = self.ways.home(place).map(numbered).map(Door);
        column.turned[value] |= door != column.doors[value];
        column.doors[value] = door;
    }

    /// How each door stands among the others, by its number.
    pub(crate) fn standing(&self) -> Vec<Standing> {
        let mut standing = vec![Standing::default(); self.numbers.len()];
        let mut next = 1;
        for column in &self.columns {
            for (door, place) in column.doors.iter().zip(&column.places) {
                let Some(standing) = door.map(|door| &mut standing[door.number()]) else { continue };
                standing.rows += place.rows;
                if standing.first == 0 {
                    standing.first = next;
                    next += 1;
                }
            }
        }
        standing
    }

    /// The doors that each row names, by each column one.
    pub(crate) fn of_rows<'a>(&'a self, roster: &'a Roster) -> Vec<OfRows<'a>> {
        let of_rows = |column: &'a Column| OfRows { codes: column.said.codes(roster), column };
        self.columns.iter().map(of_rows).collect()
    }
}

/// The doors of one column, by row.
pub(crate) struct OfRows<'a> {
    codes: &'a [u32],
    column: &'a Column,
}

impl OfRows<'_> {
    /// The door that a row names.
    pub(crate) fn door(&self, row: u32) -> Option<Door> {
        self.column.doors[self.codes[row as usize] as usize]
    }

    /// Rows that name another door since the last rows came.
    pub(crate) fn turned(&self) -> impl Iterator<Item = usize> {
        let rows = self.codes.iter().enumerate();
        rows.filter(|(_, code)| self.column.turned[**code as usize]).map(|(row, _)| row)
    }
}

impl Column {
    fn new(said: Said) -> Column {
        Column { said, places: Vec::new(), doors: Vec::new(), turned: Vec::new() }
    }

    /// Makes room for the doors of new values, none of which has turned.
    fn settle(&mut self) {
        self.doors.resize(self.places.len(), None);
        self.turned.clear();
        self.turned.resize(self.places.len(), false);
    }
}

impl Said {
    fn follow(&mut self, roster: &Roster) {
        if let Said::InPieces(pieces) = self {
            pieces.follow(roster);
        }
    }

    /// The value of each row.
    fn codes<'a>(&'a self, roster: &'a Roster) -> &'a [u32] {
        match self {
            Said::Whole(f) => &roster.fields[*f].codes,
            Said::InPieces(pieces) => &pieces.codes,
        }
    }

    /// The rows of each value.
    fn counts<'a>(&'a self, roster: &'a Roster) -> &'a [u32] {
        match self {
            Said::Whole(f) => &roster.fields[*f].counts,
            Said::InPieces(pieces) => &pieces.counts,
        }
    }

    /// What a value says by itself.
    fn place(&self, roster: &Roster, value: usize) -> Place {
        let rows = self.counts(roster)[value];
        match self {
            Said::Whole(f) => Place::of(&roster.fields[*f].places[value], rows),
            Said::InPieces(pieces) => Place::of(&address::parse(pieces.values.get(value as u32)), rows),
        }
    }
}

impl Pieces {
    fn follow(&mut self, roster: &Roster) {
        for row in self.codes.len()..roster.rows() {
            let said = self.fields.iter().map(|f| roster.fields[*f].text(row as u32));
            let said: Vec<&str> = said.filter(|text| !text.is_empty()).collect();
            let code = self.values.number(&said.join(" "));
            self.counts.resize(self.values.len(), 0);
            self.counts[code as usize] += u32::from(code != NONE);
            self.codes.push(code);
        }
    }
}

/// Columns of whole addresses; where there are none, those that hold the pieces of one, put together in their order.
fn columns(roster: &Roster) -> Vec<Column> {
    let those = |asked: fn(&Field) -> bool| -> Vec<usize> {
        let homes = roster.fields.iter().enumerate().filter(|(_, field)| is_home(&field.role.word));
        homes.filter(|(_, field)| asked(field)).map(|(f, _)| f).collect()
    };
    let whole = those(|field| field.kind == Kind::Address);
    let fields = those(|field| field.role.part == Part::Address);
    if !whole.is_empty() {
        whole.into_iter().map(|f| Column::new(Said::Whole(f))).collect()
    } else if fields.len() > 1 {
        vec![Column::new(Said::InPieces(Pieces { fields, ..Pieces::default() }))]
    } else {
        Vec::new()
    }
}

fn is_home(word: &str) -> bool {
    !ELSEWHERE.iter().any(|elsewhere| word.contains(elsewhere))
}
