//! Numbers by what is said of them.

/// The numbers from 0 on, by the group of each.
pub(crate) struct Grouped {
    numbers: Vec<u32>,
    /// Where each group begins, and the end.
    starts: Vec<u32>,
}

impl Grouped {
    /// Groups by what is said of each number, which is below `groups`.
    pub(crate) fn by(said: &[u32], groups: usize) -> Grouped {
        let mut starts = vec![0; groups + 1];
        said.iter().for_each(|group| starts[*group as usize + 1] += 1);
        for group in 0..groups {
            starts[group + 1] += starts[group];
        }
        let (mut next, mut numbers) = (starts.clone(), vec![0; said.len()]);
        for (group, number) in said.iter().zip(0..) {
            numbers[next[*group as usize] as usize] = number;
            next[*group as usize] += 1;
        }
        Grouped { numbers, starts }
    }

    /// The numbers of a group, in their order.
    pub(crate) fn of(&self, group: u32) -> &[u32] {
        &self.numbers[self.starts[group as usize] as usize..self.starts[group as usize + 1] as usize]
    }
}
