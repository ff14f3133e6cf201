use crate::{
    base::Code18,
    place::{COUNTY, COUNTY_NAME, Place},
};

/// The sort of an institution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    Third,
    Second,
    First,
    VillageRoom,
    Pharmacy,
}

impl Sort {
    /// Sort and level, as the agreement names them.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Sort::Third => ("综合医院", "三级"),
            Sort::Second => ("专科医院", "二级"),
            Sort::First => ("卫生院", "一级"),
            Sort::VillageRoom => ("村卫生室", "村级"),
            Sort::Pharmacy => ("零售药店", "无等级"),
        }
    }
}

/// An institution with an agreement.
#[derive(Debug, Clone)]
pub struct Institution {
    /// Credit code.
    pub code: Code18,
    /// Name.
    pub name: String,
    /// Sort.
    pub sort: Sort,
    /// Village where it stands.
    pub village: usize,
}

/// How many institutions of each of the lower levels treat chronic patients; enough of them for a median.
pub const PER_LEVEL: usize = 8;
const SECOND: [&str; PER_LEVEL] = [
    "中医医院",
    "妇幼保健院",
    "第二人民医院",
    "第三人民医院",
    "康复医院",
    "骨伤医院",
    "云岫医院",
    "岚汀医院",
];

/// Concludes the agreements: eight hospitals of the second level, eight of the first, one of the third, then a room in
/// every village and a pharmacy for eight thousand people.
pub fn agree(place: &Place, wanted: u32) -> Vec<Institution> {
    let mut list: Vec<Institution> = Vec::new();
    let mut add = |name: String, sort: Sort, village: usize| {
        let serial = 500_000 + list.len() as u32 * 17;
        let class = if sort == Sort::Pharmacy { b"91" } else { b"12" };
        list.push(Institution { code: Code18::credit(class, COUNTY, serial), name, sort, village });
    };
    for (rank, name) in SECOND.iter().enumerate() {
        add(format!("{COUNTY_NAME}{name}"), Sort::Second, rank % place.villages.len());
    }
    for rank in 0..PER_LEVEL {
        let township = &place.townships[rank % place.townships.len()];
        let branch = if rank < place.townships.len() { "中心卫生院" } else { "第二卫生院" };
        add(format!("{COUNTY_NAME}{}{branch}", township.name), Sort::First, township.villages.start);
    }
    add(format!("{COUNTY_NAME}总医院"), Sort::Third, 0);
    for (village, of) in place.villages.iter().enumerate() {
        let name = format!("{COUNTY_NAME}{}{}卫生室", place.township_of(village).name, of.name);
        add(name, Sort::VillageRoom, village);
    }
    for rank in 0..(wanted / 8_000).max(3) as usize {
        add(
            format!("{COUNTY_NAME}惠民大药房第{}分店", rank + 1),
            Sort::Pharmacy,
            rank * 5 % place.villages.len(),
        );
    }
    list
}
