//! How much two short texts resemble each other.

/// Longer texts are compared by their beginnings.
const LONGEST: usize = 64;

/// Characters of a text as numbers; bytes where it is ASCII.
struct Chars {
    held: [u32; LONGEST],
    len: usize,
}

impl Chars {
    fn of(text: &str) -> Self {
        let mut held = [0; LONGEST];
        let mut len = 0;
        if text.is_ascii() {
            for (place, byte) in held.iter_mut().zip(text.bytes()) {
                *place = u32::from(byte);
                len += 1;
            }
        } else {
            for (place, c) in held.iter_mut().zip(text.chars()) {
                *place = u32::from(c);
                len += 1;
            }
        }
        Self { held, len }
    }

    fn slice(&self) -> &[u32] {
        &self.held[..self.len]
    }
}

/// Jaro-Winkler likeness, 0 to 1.
pub(crate) fn jaro_winkler(a: &str, b: &str) -> f32 {
    let (a, b) = (Chars::of(a), Chars::of(b));
    let (a, b) = (a.slice(), b.slice());
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let jaro = jaro(a, b);
    let prefix = a.iter().zip(b).take(4).take_while(|(x, y)| x == y).count();
    jaro + prefix as f32 * 0.1 * (1.0 - jaro)
}

fn jaro(a: &[u32], b: &[u32]) -> f32 {
    let reach = (a.len().max(b.len()) / 2).saturating_sub(1);
    let (mut taken_a, mut taken_b) = (0_u64, 0_u64);
    for (i, x) in a.iter().enumerate() {
        let (from, to) = (i.saturating_sub(reach), (i + reach + 1).min(b.len()));
        let found = (from..to).find(|&j| taken_b >> j & 1 == 0 && b[j] == *x);
        if let Some(j) = found {
            taken_a |= 1 << i;
            taken_b |= 1 << j;
        }
    }
    let common = taken_a.count_ones() as f32;
    if common == 0.0 {
        return 0.0;
    }
    let crossed = ones(taken_a).zip(ones(taken_b)).filter(|&(i, j)| a[i] != b[j]).count() as f32 / 2.0;
    (common / a.len() as f32 + common / b.len() as f32 + (common - crossed) / common) / 3.0
}

fn ones(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        (bits != 0).then(|| {
            let place = bits.trailing_zeros() as usize;
            bits &= bits - 1;
            place
        })
    })
}

/// Edits (insert, delete, replace, swap two neighbours) from one text to the other; 3 stands for three and more.
pub(crate) fn edits(a: &str, b: &str) -> u8 {
    let (a, b) = (Chars::of(a), Chars::of(b));
    let (mut a, mut b) = (a.slice(), b.slice());
    if a.len().abs_diff(b.len()) > 2 {
        return 3;
    }
    while let ([x, rest_a @ ..], [y, rest_b @ ..]) = (a, b)
        && x == y
    {
        (a, b) = (rest_a, rest_b);
    }
    while let ([rest_a @ .., x], [rest_b @ .., y]) = (a, b)
        && x == y
    {
        (a, b) = (rest_a, rest_b);
    }
    match (a, b) {
        ([], rest) | (rest, []) => rest.len().min(3) as u8,
        ([_], [_]) => 1,
        ([p, q], [r, s]) if p == s && q == r => 1,
        _ => distance(a, b),
    }
}

fn distance(a: &[u32], b: &[u32]) -> u8 {
    let mut before = [0_u8; LONGEST + 1];
    let mut above = [0_u8; LONGEST + 1];
    let mut row = [0_u8; LONGEST + 1];
    for (j, cell) in above.iter_mut().enumerate() {
        *cell = j as u8;
    }
    for i in 1..=a.len() {
        row[0] = i as u8;
        for j in 1..=b.len() {
            let cost = u8::from(a[i - 1] != b[j - 1]);
            let mut best = (above[j - 1] + cost).min(above[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(before[j - 2] + 1);
            }
            row[j] = best;
        }
        (before, above, row) = (above, row, before);
    }
    above[b.len()].min(3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_likenesses() {
        assert!((jaro_winkler("martha", "marhta") - 0.9611).abs() < 0.001);
        assert!((jaro_winkler("dixon", "dicksonx") - 0.8133).abs() < 0.001);
        assert_eq!(jaro_winkler("王小明", "王小明"), 1.0);
        assert_eq!(jaro_winkler("", "x"), 0.0);
    }

    #[test]
    fn known_edits() {
        for (a, b, n) in [
            ("19850614", "19850614", 0),
            ("19850614", "19850641", 1),
            ("kitten", "sitting", 3),
            ("abcd", "abxd", 1),
            ("abcd", "acd", 1),
            ("ca", "abc", 3),
            ("7001", "1700", 2),
            ("", "abcd", 3),
        ] {
            assert_eq!(edits(a, b), n, "{a} {b}");
            assert_eq!(edits(b, a), n, "{b} {a}");
        }
    }
}
