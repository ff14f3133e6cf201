use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{Error, Roster, union::Union};

/// What people decided about pairs of rows. It is obeyed whatever the rows look like.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rulings {
    /// Pairs that are one entity.
    pub same: Vec<(u32, u32)>,
    /// Pairs that are two, by way of no third row one either.
    pub apart: Vec<(u32, u32)>,
}

impl Rulings {
    /// Checks them on the rows of a roster.
    ///
    /// # Errors
    /// When they contradict each other or name a row that is not there.
    pub fn check(&self, roster: &Roster) -> Result<(), Error> {
        Decided::of(roster, self.clone()).map(drop)
    }
}

/// Rulings that do not contradict each other.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Decided {
    pub(crate) rulings: Rulings,
    /// Rows that are one by rulings, and the smallest of them.
    groups: BTreeMap<u32, u32>,
    /// Groups that are two, the smaller first.
    apart: BTreeSet<(u32, u32)>,
}

impl Decided {
    /// Checks rulings on rows of a roster.
    pub(crate) fn of(roster: &Roster, rulings: Rulings) -> Result<Decided, Error> {
        let named = rulings.same.iter().chain(&rulings.apart).flat_map(|(a, b)| [*a, *b]);
        if let Some(row) = named.into_iter().find(|row| *row as usize >= roster.rows()) {
            return Err(Error::UnknownRow((u64::from(row) + 1).to_string()));
        }
        let mut union = Union::new(if rulings.same.is_empty() { 0 } else { roster.rows() });
        for (a, b) in &rulings.same {
            union.join(*a, *b);
        }
        let rows = rulings.same.iter().flat_map(|(a, b)| [*a, *b]);
        let groups = rows.map(|row| (row, union.of(row))).collect();
        let mut apart = BTreeSet::new();
        for (a, b) in &rulings.apart {
            let (x, y) = (union.of(*a), union.of(*b));
            if x == y {
                let [a, b] = [a, b].map(|row| roster.row_id(*row as usize));
                return Err(Error::Contradiction { a, b });
            }
            apart.insert((x.min(y), x.max(y)));
        }
        Ok(Decided { rulings, groups, apart })
    }

    /// Whether a pair is one, where rulings say so by themselves.
    pub(crate) fn pair(&self, a: u32, b: u32) -> Option<bool> {
        let group = |row: u32| self.groups.get(&row).copied().unwrap_or(row);
        let (x, y) = (group(a), group(b));
        if x == y && a != b {
            return Some(true);
        }
        self.apart.contains(&(x.min(y), x.max(y))).then_some(false)
    }

    /// Pairs on which this and other rulings differ.
    pub(crate) fn changed(&self, other: &Rulings) -> Vec<(u32, u32)> {
        let pairs = |old: &[(u32, u32)], new: &[(u32, u32)]| {
            let [old, new] = [old, new].map(|all| all.iter().copied().collect::<BTreeSet<_>>());
            old.symmetric_difference(&new).copied().collect::<Vec<_>>()
        };
        let Rulings { same, apart } = &self.rulings;
        [pairs(same, &other.same), pairs(apart, &other.apart)].concat()
    }
}
