//! Persons in public office and their relatives, as the analytical side knows them.

use gnomon_kernel::{Day, Masked, RowRef};

/// Somebody who holds public office, once for each post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Official {
    /// Resident ID number.
    pub number: Masked<String>,
    /// Name; empty where no register tells it.
    pub name: String,
    /// Code of the unit: its credit code, or for a village cadre the division code of the village.
    pub unit: String,
    /// Name of the unit; its code where no register tells the name.
    pub unit_name: String,
    /// The post; may be empty.
    pub post: String,
    /// Division code of the post, where known.
    pub region_code: Option<String>,
    /// In the post since; open when absent.
    pub from: Option<Day>,
    /// In the post until; open when absent.
    pub until: Option<Day>,
}

impl Official {
    /// Whether the post is held on a day.
    pub fn holds_on(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| until >= day)
    }
}

/// A relative whom registers other than declarations know, and one organisation in which the relative has a role now; once
/// without an organisation for a relative who has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KinMatter {
    /// Resident ID number of the relative.
    pub kin: Masked<String>,
    /// Name of the relative; empty where no register tells it.
    pub name: String,
    /// Word of the relation, "the relative is the … of the official", as `v_kin` has it.
    pub relation: String,
    /// Degree of kinship: 1 spouse, child, parent; 2 sibling and in-laws; 3 further.
    pub degree: u8,
    /// Word of the register that tells the relation: `household`, `marriage`, `birth` or `report`.
    pub source: String,
    /// The organisation.
    pub organisation: Option<KinOrganisation>,
    /// The registers' rows on which it rests, ascending.
    pub rows: Vec<RowRef>,
}

/// An organisation in which somebody has a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KinOrganisation {
    /// Credit code.
    pub code: String,
    /// Name; empty where no register tells it.
    pub name: String,
    /// Word of the role, as `v_person_org` has it.
    pub role: String,
}
