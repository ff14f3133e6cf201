//! What an address says of where it is, and what the addresses of all rows say of it together.

use std::collections::{HashMap, HashSet};

use gnomon_link::address::{Address, Part as Piece};

use crate::{
    cells::normal::is_mask,
    hash::{self, Ready, mix},
};

/// The share of the rows naming a village that must name one township before the others are taken to mean it too.
const CLEARLY: f64 = 0.95;

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

/// What an address says, by hashes; 0 where it says nothing.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    /// How many rows say it.
    pub(crate) rows: u32,
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
    pub(crate) fn of(address: &Address, rows: u32) -> Place {
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

    pub(crate) fn is_flat(&self) -> bool {
        self.depth() == DOWN.len()
    }

    /// How many steps down it goes; 0 where it names no house.
    fn depth(&self) -> usize {
        self.down.iter().rposition(|step| *step != 0).map_or(0, |last| last + 1)
    }
}

/// Which larger place a smaller one is in, as far as rows say it: lists of a village leave out the township.
#[derive(Debug, Clone, Default)]
pub(crate) struct Gazetteer {
    villages: Within,
    townships: Within,
    counties: Within,
    /// Whether any address says where it is: in the list of one village none may.
    placed: bool,
    /// Whether the first that does came since [`Gazetteer::close`].
    newly_placed: bool,
}

/// By the smaller place: the larger ones, and rows that name both.
#[derive(Debug, Clone, Default)]
struct Within {
    both: HashMap<(u64, u64), u32, Ready>,
    larger: HashMap<u64, Larger, Ready>,
    /// Smaller places of which something else is said since [`Gazetteer::close`].
    changed: HashSet<u64, Ready>,
}

/// The larger places that rows name with a smaller one.
#[derive(Debug, Clone, Copy, Default)]
struct Larger {
    /// Rows that name any.
    all: u32,
    /// Rows that name the one which most name, and that.
    most: (u32, u64),
}

impl Larger {
    /// The larger place; nothing where several have the name.
    fn place(&self) -> Option<u64> {
        let (rows, place) = self.most;
        (f64::from(rows) >= CLEARLY * f64::from(self.all)).then_some(place)
    }
}

impl Within {
    fn learn(&mut self, small: u64, large: u64, rows: u32) {
        if small == 0 || large == 0 {
            return;
        }
        let both = self.both.entry((small, large)).or_default();
        *both += rows;
        let larger = self.larger.entry(small).or_default();
        let before = larger.place();
        larger.all += rows;
        larger.most = larger.most.max((*both, large));
        if larger.place() != before {
            self.changed.insert(small);
        }
    }

    /// The larger place, 0 where nobody names one; nothing where several have the name.
    fn of(&self, small: u64) -> Option<u64> {
        self.larger.get(&small).map_or(Some(0), Larger::place)
    }
}

impl Gazetteer {
    /// Hears what so many rows say in an address as they write it.
    pub(crate) fn learn(&mut self, place: &Place, rows: u32) {
        if !self.placed && place.seat() != 0 {
            (self.placed, self.newly_placed) = (true, true);
        }
        self.villages.learn(place.street, place.village, rows);
        self.townships.learn(place.anchor(), place.township, rows);
        self.counties.learn(place.seat(), place.county, rows);
    }

    /// Adds what the address leaves out and others say. An address that several places could mean names no home.
    pub(crate) fn complete(&self, place: &mut Place) {
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

    /// Whether a place that was complete may be another one by what was learnt since.
    pub(crate) fn doubts(&self, place: &Place) -> bool {
        self.newly_placed
            || self.villages.changed.contains(&place.street)
            || self.townships.changed.contains(&place.anchor())
            || self.counties.changed.contains(&place.seat())
    }

    /// Ends a time of learning.
    pub(crate) fn close(&mut self) {
        self.newly_placed = false;
        for within in [&mut self.villages, &mut self.townships, &mut self.counties] {
            within.changed.clear();
        }
    }
}

/// Ways to houses, with the rows that end there and those that lead further.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ways {
    rows: HashMap<u64, [u32; 2], Ready>,
    /// Houses that became homes or are none any more since [`Ways::close`].
    changed: HashSet<u64, Ready>,
}

impl Ways {
    pub(crate) fn learn(&mut self, place: &Place) {
        self.count(place, |rows| *rows += place.rows);
    }

    pub(crate) fn forget(&mut self, place: &Place) {
        self.count(place, |rows| *rows -= place.rows);
    }

    fn count(&mut self, place: &Place, count: impl FnOnce(&mut u32)) {
        if place.down[0] == 0 || place.rows == 0 {
            return;
        }
        let house = place.way(1);
        let rows = self.rows.entry(house).or_default();
        let before = is_home(*rows);
        count(&mut rows[usize::from(place.depth() > 1)]);
        if is_home(*rows) != before {
            self.changed.insert(house);
        }
    }

    /// The way to a home: a flat, or a house of which no more rows name flats. Without them it is a house of many homes.
    pub(crate) fn home(&self, place: &Place) -> Option<u64> {
        let depth = place.depth();
        let is_house = || depth == 1 && is_home(self.rows.get(&place.way(1)).copied().unwrap_or_default());
        (place.homely && (place.is_flat() || is_house())).then(|| place.way(depth))
    }

    /// Whether a place is a house that became a home or is none any more.
    pub(crate) fn doubts(&self, place: &Place) -> bool {
        !self.changed.is_empty() && place.depth() == 1 && self.changed.contains(&place.way(1))
    }

    /// Ends a time of learning.
    pub(crate) fn close(&mut self) {
        self.changed.clear();
    }
}

fn is_home([ending, further]: [u32; 2]) -> bool {
    further <= ending
}
