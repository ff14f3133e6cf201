//! Numbers that belong together.

/// Groups of the numbers below a bound, each named by its smallest; a number beyond the bound is a group of its own.
#[derive(Debug, Clone, Default)]
pub(crate) struct Union(Vec<u32>);

impl Union {
    /// All numbers below `bound`, each alone.
    pub(crate) fn new(bound: usize) -> Union {
        Union((0..bound as u32).collect())
    }

    /// The group of a number.
    pub(crate) fn of(&mut self, number: u32) -> u32 {
        let mut root = number;
        while let Some(above) = self.0.get(root as usize).copied().filter(|above| *above != root) {
            let next = self.0[above as usize];
            self.0[root as usize] = next;
            root = next;
        }
        root
    }

    /// Puts two groups of numbers within the bound together; says whether they were two.
    pub(crate) fn join(&mut self, a: u32, b: u32) -> bool {
        let (a, b) = (self.of(a), self.of(b));
        self.0[a.max(b) as usize] = a.min(b);
        a != b
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_named_by_their_smallest() {
        let mut union = Union::new(6);
        assert!(union.join(5, 4) && union.join(4, 2) && !union.join(2, 5));
        assert_eq!([0, 2, 4, 5, 9].map(|number| union.of(number)), [0, 2, 2, 2, 9]);
    }
}
