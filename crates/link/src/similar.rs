//! Likeness of short texts, as characters or bytes, without allocation: names and words are compared in the hundreds of
//! millions.

/// Longest text that is compared; what comes after is not looked at.
const LONGEST: usize = 64;

/// Likeness above which a common beginning counts, after Winkler.
const BOOSTED: f32 = 0.7;

/// Jaro-Winkler likeness of two texts, from 0 (nothing in common) to 1 (equal). Two empty texts are equal.
pub fn jaro_winkler<T: PartialEq>(one: &[T], other: &[T]) -> f32 {
    let (one, other) = (cut(one), cut(other));
    let prefix = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let jaro = jaro(one, other, prefix);
    if jaro > BOOSTED { jaro + 0.1 * prefix.min(4) as f32 * (1.0 - jaro) } else { jaro }
}

/// Jaro likeness; letters of the common prefix are each other's partners and need no search.
fn jaro<T: PartialEq>(one: &[T], other: &[T], prefix: usize) -> f32 {
    if one.len() == other.len() && one.len() == prefix {
        return 1.0;
    }
    if one.is_empty() || other.is_empty() {
        return 0.0;
    }
    let window = (one.len().max(other.len()) / 2).saturating_sub(1);
    let mut met_one = (1_u64 << prefix) - 1;
    let mut met_other = met_one;
    for (i, letter) in one.iter().enumerate().skip(prefix) {
        let end = (i + window + 1).min(other.len());
        let free = (i.saturating_sub(window).max(prefix)..end)
            .find(|j| other[*j] == *letter && met_other >> j & 1 == 0);
        if let Some(j) = free {
            met_one |= 1 << i;
            met_other |= 1 << j;
        }
    }
    let met = met_one.count_ones() as f32;
    if met == 0.0 {
        return 0.0;
    }
    let crossed = bits(met_one).zip(bits(met_other)).filter(|(i, j)| one[*i] != other[*j]).count() / 2;
    (met / one.len() as f32 + met / other.len() as f32 + (met - crossed as f32) / met) / 3.0
}

fn bits(mut mask: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        (mask != 0).then(|| {
            let at = mask.trailing_zeros() as usize;
            mask &= mask - 1;
            at
        })
    })
}

/// How many slips of the pen lie between two texts: a letter more, fewer, other, or two neighbours changed round
/// (optimal string alignment).
pub fn slips<T: PartialEq>(one: &[T], other: &[T]) -> usize {
    let (one, other) = (cut(one), cut(other));
    let width = other.len() + 1;
    let mut rows = [[0_u8; LONGEST + 1]; 3];
    for (j, cell) in rows[0][..width].iter_mut().enumerate() {
        *cell = j as u8;
    }
    for i in 1..=one.len() {
        rows.rotate_right(1);
        let [row, last, before] = &mut rows;
        row[0] = i as u8;
        for j in 1..width {
            let same = one[i - 1] == other[j - 1];
            let mut least = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + u8::from(!same));
            if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                least = least.min(before[j - 2] + 1);
            }
            row[j] = least;
        }
    }
    usize::from(rows[0][width - 1])
}

/// [`slips`] of two texts that are not expected to be alike, when there are at most `most`, which is small: quicker, for it
/// gives up at the first slip too many.
pub fn few_slips<T: PartialEq>(one: &[T], other: &[T], most: usize) -> Option<usize> {
    let (one, other) = (cut(one), cut(other));
    let apart = one.len().abs_diff(other.len());
    (apart..=most).find(|allowed| within(one, other, *allowed))
}

/// Whether at most so many slips lie between two texts.
fn within<T: PartialEq>(one: &[T], other: &[T], allowed: usize) -> bool {
    let common = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[common..], &other[common..]);
    let ([a, rest_one @ ..], [b, rest_other @ ..]) = (one, other) else {
        return one.len().max(other.len()) <= allowed;
    };
    if allowed == 0 || one.len().abs_diff(other.len()) > allowed {
        return false;
    }
    let left = allowed - 1;
    let changed_round = || match (rest_one, rest_other) {
        ([c, rest_one @ ..], [d, rest_other @ ..]) if a == d && b == c => within(rest_one, rest_other, left),
        _ => false,
    };
    within(rest_one, rest_other, left)
        || within(rest_one, other, left)
        || within(one, rest_other, left)
        || changed_round()
}

/// A set of the letters of a text. Each slip of the pen takes at most one letter out of it and puts at most one in.
pub(crate) fn letters(text: &[char]) -> u64 {
    text.iter().fold(0, |set, letter| set | 1 << (u32::from(*letter) & 63))
}

fn cut<T>(text: &[T]) -> &[T] {
    &text[..text.len().min(LONGEST)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn agrees_with_the_published_examples() {
        for (one, other) in [
            ("martha", "marhta"),
            ("dixon", "dicksonx"),
            ("jones", "johnson"),
            ("", ""),
            ("a", ""),
            ("砚溪", "砚西"),
        ] {
            let ours = jaro_winkler(&chars(one), &chars(other));
            let theirs = strsim::jaro_winkler(one, other) as f32;
            assert!((ours - theirs).abs() < 1e-5, "{one} {other}: {ours} {theirs}");
        }
    }

    #[test]
    fn agrees_on_short_words_of_all_kinds() {
        let words: Vec<String> = (0..81)
            .map(|n| [n / 27, n / 9 % 3, n / 3 % 3, n % 3].map(|digit| char::from(b'a' + digit as u8)))
            .flat_map(|word| [1, 2, 3, 4].map(|length| word[..length].iter().collect()))
            .collect();
        for one in &words {
            for other in &words {
                let ours = jaro_winkler(&chars(one), &chars(other));
                let theirs = strsim::jaro_winkler(one, other) as f32;
                assert!((ours - theirs).abs() < 1e-5, "{one} {other}: {ours} {theirs}");
                assert_eq!(ours, jaro_winkler(&chars(other), &chars(one)), "{one} {other}");
                let count = slips(one.as_bytes(), other.as_bytes());
                let few = few_slips(one.as_bytes(), other.as_bytes(), 2);
                assert_eq!(few, (count <= 2).then_some(count), "{one} {other}");
            }
        }
    }

    #[test]
    fn counts_slips() {
        for (one, other, count) in [
            ("kitten", "sitting", 3),
            ("ab", "ba", 1),
            ("", "abc", 3),
            ("smith", "smyth", 1),
            ("ca", "abc", 3),
        ] {
            assert_eq!(slips(&chars(one), &chars(other)), count, "{one} {other}");
            assert_eq!(slips(&chars(other), &chars(one)), count, "{other} {one}");
            for most in 0..4 {
                let few = few_slips(one.as_bytes(), other.as_bytes(), most);
                assert_eq!(few, (count <= most).then_some(count), "{one} {other} {most}");
            }
        }
    }

    #[test]
    fn long_texts_are_cut() {
        let (one, other) = ("a".repeat(1000), "b".repeat(1000));
        assert_eq!(slips(&chars(&one), &chars(&other)), LONGEST);
        assert_eq!(jaro_winkler(&chars(&one), &chars(&other)), 0.0);
    }
}
