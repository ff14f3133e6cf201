//! A few put among many that are in order.

/// Puts entries into others, both in the order of their keys: what lies between two new ones moves at once, and nothing is
/// compared but what the new ones need to find their places. Gives the place of each.
pub(crate) fn merge<T: Copy, K: Ord>(all: &mut Vec<T>, added: &[T], key: impl Fn(&T) -> K) -> Vec<usize> {
    let mut end = all.len();
    let mut places = vec![0; added.len()];
    all.extend_from_slice(added);
    for (before, one) in added.iter().enumerate().rev() {
        let limit = key(one);
        let at = count_from_behind(&all[..end], |other| key(other) <= limit);
        all.copy_within(at..end, at + before + 1);
        all[at + before] = *one;
        places[before] = at + before;
        end = at;
    }
    places
}

/// How many come before the first that is not meant, all meant ones coming first. It is looked for near the end.
fn count_from_behind<T>(all: &[T], is_meant: impl Fn(&T) -> bool) -> usize {
    let (mut low, mut high, mut step) = (all.len(), all.len(), 1);
    while low > 0 && !is_meant(&all[low - 1]) {
        high = low - 1;
        low = high.saturating_sub(step);
        step *= 2;
    }
    low + all[low..high].partition_point(is_meant)
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
            ((0..100).collect(), vec![0, 3, 3, 50, 51, 99]),
        ] {
            let mut expected = [all.clone(), added.clone()].concat();
            expected.sort_unstable();
            let mut merged = all;
            let places = merge(&mut merged, &added, |n| *n);
            assert_eq!(merged, expected);
            assert!(places.is_sorted() && places.iter().zip(added).all(|(at, one)| merged[*at] == one));
        }
    }
}
