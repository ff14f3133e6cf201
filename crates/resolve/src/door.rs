//! Doors: what an address names when it names one home.

use std::{borrow::Cow, collections::HashMap};

use gnomon_link::address::{self, Address, Part as Piece};

use crate::{
    field::{Field, Kind},
    hash::{self, mix},
    normal::is_mask,
    role::Part,
    roster::Roster,
    values::{NONE, Values},
};

/// The share of the rows naming a village that must name one township before the others are taken to mean it too.
const CLEARLY: f64 = 0.95;

/// What a header says whose addresses are not where people live.
const ELSEWHERE: [&str; 10] =
    ["单位", "工作", "公司", "学校", "就读", "work", "office", "company", "employer", "school"];

/// Where many live and none of them is the others' family.
const INSTITUTIONS: [&str; 19] = [
    "学校",
    "小学",
    "中学",
    "大学",
    "学院",
    "幼儿园",
    "敬老院",
    "养老院",
    "福利院",
    "光荣院",
    "救助站",
    "宿舍",
    "集体户",
    "部队",
    "营区",
    "营房",
    "监狱",
    "看守所",
    "工地",
];

/// From the house down to the flat.
const DOWN: [Piece; 4] = [Piece::Number, Piece::Building, Piece::Unit, Piece::Room];

/// A home: the same for all rows that name it, however much of the way to it they write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Door(u32);

impl Door {
    /// Its number among the doors of a roster, from 0.
    pub(crate) fn number(self) -> usize {
        self.0 as usize >> 1
    }

    /// Whether it is a flat. Behind the number of a house there may be several homes.
    pub(crate) fn is_flat(self) -> bool {
        self.0 & 1 == 1
    }
}

/// The doors that the rows of a roster name.
pub(crate) struct Doors<'a> {
    columns: Vec<Column<'a>>,
    count: usize,
}

/// Addresses of one column, or of several that hold an address in pieces.
struct Column<'a> {
    /// The value of each row.
    codes: Cow<'a, [u32]>,
    /// The door of each value.
    doors: Vec<Option<Door>>,
}

/// What a column says before it is known what others say: the value of each row, and each value.
type Said<'a> = (Cow<'a, [u32]>, Vec<Place>);

impl Doors<'_> {
    pub(crate) fn of(roster: &Roster) -> Doors<'_> {
        let mut columns = whole(roster);
        if columns.is_empty() {
            columns.extend(in_pieces(roster));
        }
        let mut gazetteer = Gazetteer::default();
        columns.iter().flat_map(|(_, places)| places).for_each(|place| gazetteer.learn(place));
        for (_, places) in &mut columns {
            places.iter_mut().for_each(|place| gazetteer.complete(place));
        }
        let mut ways = Ways::default();
        columns.iter().flat_map(|(_, places)| places).for_each(|place| ways.learn(place));
        let mut numbers: HashMap<u64, u32> = HashMap::new();
        let mut door = |place: &Place| {
            let way = ways.home(place)?;
            let next = numbers.len() as u32;
            Some(Door(numbers.entry(way).or_insert(next).wrapping_mul(2) | u32::from(place.is_flat())))
        };
        let columns = columns
            .into_iter()
            .map(|(codes, places)| Column { codes, doors: places.iter().map(&mut door).collect() })
            .collect();
        Doors { columns, count: numbers.len() }
    }

    /// How many doors there are.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// The doors that a row names, by each column one.
    pub(crate) fn row(&self, row: u32) -> impl Iterator<Item = Door> {
        self.columns.iter().filter_map(move |column| column.doors[column.codes[row as usize] as usize])
    }
}

fn is_home(word: &str) -> bool {
    !ELSEWHERE.iter().any(|elsewhere| word.contains(elsewhere))
}

/// Columns of whole addresses.
fn whole(roster: &Roster) -> Vec<Said<'_>> {
    let is_whole = |field: &&Field| field.kind == Kind::Address && is_home(&field.role.word);
    let mut said = Vec::new();
    for field in roster.fields.iter().filter(is_whole) {
        let places = field.places.iter().zip(&field.counts).map(|(address, rows)| Place::of(address, *rows));
        said.push((Cow::Borrowed(&field.codes[..]), places.collect()));
    }
    said
}

/// Columns that hold pieces of one address, put together in their order.
fn in_pieces(roster: &Roster) -> Option<Said<'_>> {
    let is_piece = |field: &&Field| field.role.part == Part::Address && is_home(&field.role.word);
    let pieces: Vec<_> = roster.fields.iter().filter(is_piece).collect();
    if pieces.len() < 2 {
        return None;
    }
    let mut values = Values::default();
    let mut counts = vec![0];
    let mut codes = Vec::with_capacity(roster.rows());
    for row in 0..roster.rows() as u32 {
        let said = pieces.iter().map(|field| field.text(row)).filter(|text| !text.is_empty());
        let code = values.number(&said.collect::<Vec<_>>().join(" "));
        counts.resize(values.len(), 0);
        counts[code as usize] += u32::from(code != NONE);
        codes.push(code);
    }
    let places = values.iter().zip(counts).map(|(text, rows)| Place::of(&address::parse(text), rows));
    Some((Cow::Owned(codes), places.collect()))
}

/// What an address says, by hashes; 0 where it says nothing.
struct Place {
    rows: u32,
    county: u64,
    township: u64,
    village: u64,
    street: u64,
    /// Group of the village, and what belongs to no part.
    within: u64,
    down: [u64; DOWN.len()],
    /// Whether it can be a home at all.
    homely: bool,
}

impl Place {
    fn of(address: &Address, rows: u32) -> Place {
        let said = |part: Piece| match address.part(part) {
            "" => 0,
            text => hash::text(text),
        };
        let all = |parts: [u64; 2]| if parts == [0, 0] { 0 } else { mix(parts[0], parts[1]) };
        let rest = if address.rest.is_empty() { 0 } else { hash::text(&address.rest) };
        let is_institution = INSTITUTIONS.iter().any(|word| address.rest.contains(word));
        Place {
            rows,
            county: said(Piece::County),
            township: said(Piece::Township),
            village: said(Piece::Village),
            street: all([said(Piece::Road), said(Piece::Estate)]),
            within: all([said(Piece::Group), rest]),
            down: DOWN.map(said),
            homely: !is_institution && !address.text.contains(is_mask),
        }
    }

    /// The name that tells best in which township it is.
    fn anchor(&self) -> u64 {
        if self.village != 0 { self.village } else { self.street }
    }

    fn seat(&self) -> u64 {
        if self.township != 0 { self.township } else { self.anchor() }
    }

    /// The way to the house and so many steps further down.
    fn way(&self, steps: usize) -> u64 {
        let way = [self.county, self.township, self.village, self.street, self.within];
        way.iter().chain(&self.down[..steps]).fold(1, |way, step| mix(way, *step))
    }

    fn is_flat(&self) -> bool {
        self.depth() == DOWN.len()
    }

    /// How many steps down it goes; 0 where it names no house.
    fn depth(&self) -> usize {
        self.down.iter().rposition(|step| *step != 0).map_or(0, |last| last + 1)
    }
}

/// Which larger place a smaller one is in, as far as rows say it: lists of a village leave out the township.
#[derive(Default)]
struct Gazetteer {
    villages: Within,
    townships: Within,
    counties: Within,
    /// Whether any address says where it is: in the list of one village none may.
    placed: bool,
}

/// By the smaller place: the larger ones, and rows that name both.
#[derive(Default)]
struct Within(HashMap<u64, HashMap<u64, u32>>);

impl Within {
    fn learn(&mut self, small: u64, large: u64, rows: u32) {
        if small != 0 && large != 0 {
            *self.0.entry(small).or_default().entry(large).or_default() += rows;
        }
    }

    /// The larger place, 0 where nobody names one; nothing where several have the name.
    fn of(&self, small: u64) -> Option<u64> {
        let Some(larger) = self.0.get(&small) else { return Some(0) };
        let all: u32 = larger.values().sum();
        let (large, most) = larger.iter().max_by_key(|(large, rows)| (**rows, **large))?;
        (f64::from(*most) >= CLEARLY * f64::from(all)).then_some(*large)
    }
}

impl Gazetteer {
    fn learn(&mut self, place: &Place) {
        self.placed |= place.seat() != 0;
        self.villages.learn(place.street, place.village, place.rows);
        self.townships.learn(place.anchor(), place.township, place.rows);
        self.counties.learn(place.seat(), place.county, place.rows);
    }

    /// Adds what the address leaves out and others say. An address that several places could mean names no home.
    fn complete(&self, place: &mut Place) {
        if place.seat() == 0 && self.placed {
            place.homely = false;
        }
        if place.village == 0 {
            place.village = self.villages.of(place.street).unwrap_or_default();
        }
        if place.township == 0 {
            match self.townships.of(place.anchor()) {
                Some(township) => place.township = township,
                None => place.homely = false,
            }
        }
        if place.county == 0 {
            match self.counties.of(place.seat()) {
                Some(county) => place.county = county,
                None => place.homely = false,
            }
        }
    }
}

/// Ways, with the rows that end there and those that lead further.
#[derive(Default)]
struct Ways(HashMap<u64, [u32; 2]>);

impl Ways {
    fn learn(&mut self, place: &Place) {
        let depth = place.depth();
        for steps in (1..=depth).filter(|steps| place.down[steps - 1] != 0) {
            self.0.entry(place.way(steps)).or_default()[usize::from(steps < depth)] += place.rows;
        }
    }

    /// The way to a home: a flat, or a house of which no more rows name flats. Without them it is a house of many homes.
    fn home(&self, place: &Place) -> Option<u64> {
        let depth = place.depth();
        let is_house = || {
            let [ending, further] = self.0.get(&place.way(1)).copied().unwrap_or_default();
            depth == 1 && further <= ending
        };
        (place.homely && (place.is_flat() || is_house())).then(|| place.way(depth))
    }
}
