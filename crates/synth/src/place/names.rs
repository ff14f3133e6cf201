use std::collections::HashSet;

use crate::base::Rng;

const TOWNSHIPS: [(u32, &str); 4] = [(1, "砚城街道"), (100, "云岫镇"), (101, "岚汀镇"), (200, "泠泉乡")];
/// Village names of the first townships that documents of the county mention.
const VILLAGES: [(usize, usize, &str); 6] = [
    (0, 0, "墨渚社区"),
    (1, 0, "云岫社区"),
    (1, 1, "折柳村"),
    (1, 2, "听雨村"),
    (2, 1, "观岚村"),
    (3, 1, "望舒村"),
];
const FIRST: &str =
    "青碧松竹云霜石荷兰枫鹤鹭砚墨瑶漱栖望观临沐疏澄皎暮晓素绛翠苍澹漪沅淞芷蘅薜蒹葭萱棠梓楠桐榆樨槿";
const SECOND: &str = "萝溪屿岭坞渚汀泉崖桥湾浦岗坪塘涧墟埠津洲";
const SIDES: [&str; 6] = ["上", "下", "东", "西", "南", "北"];

/// Hands out names of places, each once.
pub struct PlaceNames {
    free: Vec<String>,
    taken: HashSet<String>,
}

impl PlaceNames {
    pub fn new(rng: &mut Rng) -> PlaceNames {
        let pairs = |side: &str| -> Vec<String> {
            FIRST
                .chars()
                .flat_map(|a| SECOND.chars().map(move |b| (a, b)))
                .map(|(a, b)| format!("{side}{a}{b}"))
                .collect()
        };
        let mut plain = pairs("");
        rng.shuffle(&mut plain);
        let mut free: Vec<String> = Vec::new();
        for side in SIDES.iter().rev() {
            free.extend(pairs(side));
        }
        free.extend(plain);
        PlaceNames { free, taken: HashSet::new() }
    }

    /// The three digits and the name of the township with that index.
    pub fn township(&mut self, index: usize) -> (u32, String) {
        if let Some((code, name)) = TOWNSHIPS.get(index) {
            self.taken.insert(name.trim_end_matches(['街', '道', '镇', '乡']).to_owned());
            return (*code, (*name).to_owned());
        }
        let rank = (index - TOWNSHIPS.len()) as u32;
        let stem = self.take();
        match rank % 5 {
            4 => (201 + rank / 5, format!("{stem}乡")),
            3 => (2 + rank / 5, format!("{stem}街道")),
            _ => (102 + rank - rank / 5 * 2, format!("{stem}镇")),
        }
    }

    /// The name of a village, by its township and its place there.
    pub fn village(&mut self, township: usize, place: usize, urban: bool) -> String {
        if let Some((_, _, name)) = VILLAGES.iter().find(|(t, p, _)| (*t, *p) == (township, place)) {
            return (*name).to_owned();
        }
        let stem = self.take();
        format!("{stem}{}", if urban { "社区" } else { "村" })
    }

    fn take(&mut self) -> String {
        loop {
            let name = self.free.pop().unwrap_or_else(|| format!("新{}", self.taken.len()));
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
    }
}
