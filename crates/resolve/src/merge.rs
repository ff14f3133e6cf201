//! A few put among many that are in order.

/// Puts entries into others, both in the order of their keys: what lies between two new ones moves at once, and nothing is
/// compared but what the new ones need to find their places.
pub(crate) fn merge<T: Copy, K: Ord>(all: &mut Vec<T>, added: &[T], key: impl Fn(&T) -> K) {
    let mut end = all.len();
    all.extend_from_slice(added);
    for (before, one) in added.iter().enumerate().rev() {
        let at = all[..end].partition_point(|other| key(other) <= key(one));
        all.copy_within(at..end, at + before + 1);
        all[at + before] = *one;
        end = at;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_merged_is_in_order_whichever_comes_first() {
        for (all, added) in [
            (vec![], vec![1, 2]),
            (vec![2, 4, 6], vec![]),
            (vec![2, 4, 6], vec![1, 1, 3, 4, 9, 9]),
            (vec![5, 6, 7], vec![1, 2]),
            (vec![1, 2], vec![5, 6, 7]),
        ] {
            let mut expected = [all.clone(), added.clone()].concat();
            expected.sort_unstable();
            let mut merged = all;
            merge(&mut merged, &added, |n| *n);
            assert_eq!(merged, expected);
        }
    }
}
