use super::list::AddressForm;
use crate::{
    people::People,
    place::{COUNTY_NAME, Place},
};

/// Houses of one group of a village, and flats of one building.
const PER_GROUP: u32 = 40;
const PER_BUILDING: u32 = 36;
const PER_STAIRS: u32 = 12;
const NUMERALS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

/// Where the households live: no two at one door.
pub struct Homes<'a> {
    place: &'a Place,
    /// Village and running number in it, by household.
    doors: Vec<Door>,
    /// The first number in each village at which nobody lives.
    free: Vec<u32>,
}

/// A door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Door {
    /// The village.
    pub village: u32,
    /// Its running number in the village.
    pub number: u32,
}

impl<'a> Homes<'a> {
    /// Gives each household its door.
    pub fn of(people: &People, place: &'a Place) -> Homes<'a> {
        let mut free = vec![0; place.villages.len()];
        let mut doors: Vec<Option<Door>> = vec![None; people.heads.len()];
        for person in &people.all {
            let village = person.village;
            doors[person.household as usize].get_or_insert_with(|| {
                let number = free[village as usize];
                free[village as usize] += 1;
                Door { village, number }
            });
        }
        let doors = doors.into_iter().map(|door| door.unwrap_or(Door { village: 0, number: 0 })).collect();
        Homes { place, doors, free }
    }

    /// The door of a household.
    pub fn door(&self, household: u32) -> Door {
        self.doors[household as usize]
    }

    /// A door of the same village at which nobody lives now.
    pub fn left_door(&self, household: u32) -> Door {
        let Door { village, number } = self.door(household);
        Door { village, number: self.free[village as usize] + number }
    }

    /// Appends an address; by the village's former name where it had one and `formerly` is wanted.
    pub fn push(&self, out: &mut String, door: Door, form: AddressForm, formerly: bool) {
        let village = &self.place.villages[door.village as usize];
        let former =
            self.place.abolished.iter().find(|old| formerly && old.successor == door.village as usize);
        if form == AddressForm::Full {
            out.push_str(COUNTY_NAME);
        }
        if form != AddressForm::FromVillage {
            out.push_str(&self.place.township_of(door.village as usize).name);
        }
        out.push_str(former.map_or(&village.name, |former| &former.name));
        if village.urban {
            push_flat(out, door.number, form);
        } else {
            push_house(out, door.number, form);
        }
    }
}

fn push_flat(out: &mut String, number: u32, form: AddressForm) {
    let (building, stairs) = (number / PER_BUILDING + 1, number / PER_STAIRS % 3 + 1);
    let room = (number % PER_STAIRS / 2 + 1) * 100 + number % 2 + 1;
    out.push_str(&match form {
        AddressForm::Full => format!("{building}幢{stairs}单元{room}室"),
        AddressForm::FromTownship => format!("{building}号楼{stairs}单元{room}"),
        AddressForm::FromVillage => format!("{building}-{stairs}-{room}"),
    });
}

fn push_house(out: &mut String, number: u32, form: AddressForm) {
    let (group, house) = (number / PER_GROUP + 1, number % PER_GROUP + 1);
    match form {
        AddressForm::Full => {
            push_numeral(out, group);
            out.push_str(&format!("组{house}号"));
        }
        AddressForm::FromTownship => out.push_str(&format!("{group}组{house}号")),
        AddressForm::FromVillage => out.push_str(&format!("{group}组{house}")),
    }
}

/// A Chinese numeral below a hundred; larger numbers come in digits.
fn push_numeral(out: &mut String, number: u32) {
    match number {
        1..10 => out.push_str(NUMERALS[number as usize]),
        10..100 => {
            if number >= 20 {
                out.push_str(NUMERALS[number as usize / 10]);
            }
            out.push('十');
            out.push_str(NUMERALS[number as usize % 10]);
        }
        _ => out.push_str(&number.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn houses_and_flats_are_written_in_three_ways() {
        let written = |push: fn(&mut String, u32, AddressForm), number| {
            [AddressForm::Full, AddressForm::FromTownship, AddressForm::FromVillage].map(|form| {
                let mut out = String::new();
                push(&mut out, number, form);
                out
            })
        };
        assert_eq!(written(push_house, 846), ["二十二组7号", "22组7号", "22组7"]);
        assert_eq!(written(push_house, 400)[0], "十一组1号");
        assert_eq!(written(push_flat, 0), ["1幢1单元101室", "1号楼1单元101", "1-1-101"]);
        assert_eq!(written(push_flat, 71)[1], "2号楼3单元602");
    }
}
