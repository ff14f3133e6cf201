//! Numbers that belong together, of which most stand alone.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Groups of numbers, each named by its smallest; a number that was never joined is a group of its own.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Union(BTreeMap<u32, u32>);

impl Union {
    /// The group of a number.
    pub(crate) fn of(&self, number: u32) -> u32 {
        let mut at = number;
        while let Some(above) = self.0.get(&at) {
            at = *above;
        }
        at
    }

    /// Puts two groups together; says whether they were two.
    pub(crate) fn join(&mut self, a: u32, b: u32) -> bool {
        let (root_a, root_b) = (self.of(a), self.of(b));
        let root = root_a.min(root_b);
        // Whoever was asked for points to the top at once, so that ways stay short.
        for number in [a, b, root_a, root_b].into_iter().filter(|number| *number != root) {
            self.0.insert(number, root);
        }
        root_a != root_b
    }

    /// Makes every number point to the name of its group, for no way is short when groups were joined from their ends.
    pub(crate) fn settled(self) -> Union {
        let mut settled = Union::default();
        for (number, above) in self.0 {
            // A number points to a smaller one, which is settled by now.
            settled.0.insert(number, settled.of(above));
        }
        settled
    }

    /// Each number that is in a group and not its name, with its name; of a settled one.
    pub(crate) fn joined(&self) -> impl Iterator<Item = (u32, u32)> {
        self.0.iter().map(|(number, group)| (*number, *group))
    }
}
