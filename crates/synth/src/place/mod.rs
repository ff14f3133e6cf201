//! The county's ground: townships and villages with their division codes.

mod files;
mod names;

pub use files::write;

use crate::{
    base::{Rng, code::digits},
    place::names::PlaceNames,
};

/// The county's six-digit code.
pub const COUNTY: u32 = 870_121;
/// The county's name.
pub const COUNTY_NAME: &str = "砚溪县";

/// A twelve-digit division code.
pub type RegionCode = [u8; 12];

/// A street, town or township.
#[derive(Debug, Clone)]
pub struct Township {
    /// Its code.
    pub code: RegionCode,
    /// Its name, as 云岫镇.
    pub name: String,
    /// Its villages, as a range of indices.
    pub villages: std::ops::Range<usize>,
}

/// A village or community.
#[derive(Debug, Clone)]
pub struct Village {
    /// Its code.
    pub code: RegionCode,
    /// Its name, as 折柳村.
    pub name: String,
    /// The index of its township.
    pub township: usize,
    /// Whether it is a community of townspeople.
    pub urban: bool,
}

/// A division that is no more, and the one that took its place.
#[derive(Debug, Clone)]
pub struct Abolished {
    /// The old code.
    pub code: RegionCode,
    /// The old name.
    pub name: String,
    /// The village that took over.
    pub successor: usize,
}

/// The county's ground.
#[derive(Debug, Clone)]
pub struct Place {
    /// Townships in the order of their codes.
    pub townships: Vec<Township>,
    /// Villages in the order of their codes.
    pub villages: Vec<Village>,
    /// Villages merged into others at the start of 2024.
    pub abolished: Vec<Abolished>,
}

impl Place {
    /// Lays out a county for that many people.
    pub fn lay_out(people: u32, seed: u64) -> Place {
        let mut rng = Rng::new(seed, "place");
        let mut names = PlaceNames::new(&mut rng);
        let township_count = (people / 20_000).max(4) as usize;
        let village_count = ((people / 1_200) as usize).max(township_count * 2);
        let mut townships = Vec::with_capacity(township_count);
        let mut villages = Vec::with_capacity(village_count);
        for index in 0..township_count {
            let (kind_code, name) = names.township(index);
            let code = region_code(kind_code, 0);
            let first = villages.len();
            let end = (index + 1) * village_count / township_count;
            for place in 0..end - first {
                // The first village of every township is its seat; streets are urban throughout.
                let urban = place == 0 || kind_code < 100;
                let within = if urban { place as u32 + 1 } else { 199 + place as u32 };
                let name = names.village(index, place, urban);
                villages.push(Village { code: region_code(kind_code, within), name, township: index, urban });
            }
            townships.push(Township { code, name, villages: first..end });
        }
        let abolished = abolish(&townships, &villages);
        Place { townships, villages, abolished }
    }

    /// The county's own code.
    pub fn county_code() -> RegionCode {
        region_code(0, 0)
    }

    /// The code of a village; the indices after the villages are those of the abolished ones.
    pub fn code_of(&self, village: usize) -> &RegionCode {
        let abolished = || &self.abolished[(village - self.villages.len()) % self.abolished.len()].code;
        self.villages.get(village).map_or_else(abolished, |village| &village.code)
    }

    /// The township of a village.
    pub fn township_of(&self, village: usize) -> &Township {
        &self.townships[self.villages[village].township]
    }
}

/// A division code as text.
pub fn as_text(code: &RegionCode) -> &str {
    std::str::from_utf8(code).unwrap_or_default()
}

fn region_code(township: u32, village: u32) -> RegionCode {
    let mut code = [b'0'; 12];
    digits(&mut code[0..6], COUNTY);
    digits(&mut code[6..9], township);
    digits(&mut code[9..12], village);
    code
}

fn abolish(townships: &[Township], villages: &[Village]) -> Vec<Abolished> {
    let merged = |township: &Township| {
        let successor = township.villages.end - 1;
        let mut code = villages[successor].code;
        digits(&mut code[9..12], 390);
        let name = format!("旧{}", villages[successor].name);
        Abolished { code, name, successor }
    };
    townships.iter().map(merged).collect()
}
