//! Likeness of short texts, without allocation: names and words are compared in the hundreds of millions.

/// Longest text that is compared; what comes after is not looked at.
const LONGEST: usize = 64;

/// Likeness above which a common beginning counts, after Winkler.
const BOOSTED: f32 = 0.7;

/// Jaro-Winkler likeness of two texts, from 0 (nothing in common) to 1 (equal). Two empty texts are equal.
pub fn jaro_winkler(one: &[char], other: &[char]) -> f32 {
    let (one, other) = (cut(one), cut(other));
    let jaro = jaro(one, other);
    if jaro <= BOOSTED {
        return jaro;
    }
    let prefix = one.iter().zip(other).take(4).take_while(|(a, b)| a == b).count();
    jaro + 0.1 * prefix as f32 * (1.0 - jaro)
}

fn jaro(one: &[char], other: &[char]) -> f32 {
    if one.is_empty() || other.is_empty() {
        return if one.len() == other.len() { 1.0 } else { 0.0 };
    }
    let window = (one.len().max(other.len()) / 2).saturating_sub(1);
    let (mut met_one, mut met_other) = (0_u64, 0_u64);
    for (i, letter) in one.iter().enumerate() {
        let end = (i + window + 1).min(other.len());
        let free = (i.saturating_sub(window)..end).find(|j| met_other >> j & 1 == 0 && other[*j] == *letter);
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
pub fn slips(one: &[char], other: &[char]) -> usize {
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

fn cut(text: &[char]) -> &[char] {
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
        }
    }

    #[test]
    fn long_texts_are_cut() {
        let (one, other) = ("a".repeat(1000), "b".repeat(1000));
        assert_eq!(slips(&chars(&one), &chars(&other)), LONGEST);
        assert_eq!(jaro_winkler(&chars(&one), &chars(&other)), 0.0);
    }
}
