//! Words of long texts and how rare each is.

use std::collections::HashSet;

use crate::roster::values::Values;

/// Words of every distinct value of a field.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tokens {
    ends: Vec<u32>,
    ids: Vec<u32>,
    weights: Vec<f32>,
    rows: Vec<u32>,
    words: Values,
}

impl Tokens {
    /// Takes new values apart and counts the words of more rows; `filled` is how many rows have any value, these among them.
    pub(crate) fn take(&mut self, values: &Values, codes: &[u32], filled: u32) {
        for value in values.iter_from(self.ends.len()) {
            let start = self.ids.len();
            let mut seen = HashSet::new();
            pieces(value, |piece| {
                let id = self.words.number(piece);
                if seen.insert(id) {
                    self.ids.push(id);
                }
            });
            self.ids[start..].sort_unstable();
            self.ends.push(self.ids.len() as u32);
        }
        self.rows.resize(self.words.len(), 0);
        for code in codes {
            for at in self.range(*code) {
                self.rows[self.ids[at] as usize] += 1;
            }
        }
        let all = f64::from(filled.max(1));
        let weight = |rows: &u32| (1.0 + all / f64::from((*rows).max(1))).ln() as f32;
        self.weights = self.rows.iter().map(weight).collect();
    }

    fn range(&self, value: u32) -> std::ops::Range<usize> {
        let start = if value == 0 { 0 } else { self.ends[value as usize - 1] };
        start as usize..self.ends[value as usize] as usize
    }

    /// Words of a value, in order.
    pub(crate) fn get(&self, value: u32) -> &[u32] {
        &self.ids[self.range(value)]
    }

    /// In how many rows a word stands.
    pub(crate) fn rows(&self, token: u32) -> u32 {
        self.rows[token as usize]
    }

    /// Share of the weight of both texts' words that is common, 0 to 1; of the shorter text's where one is all within the
    /// other, a little less.
    pub(crate) fn overlap(&self, a: u32, b: u32) -> f32 {
        let (mut common, mut only_a, mut only_b) = (0.0, 0.0, 0.0);
        let weight = |token: u32| self.weights[token as usize];
        let (mut a, mut b) = (self.get(a), self.get(b));
        while let ([x, rest_a @ ..], [y, rest_b @ ..]) = (a, b) {
            match x.cmp(y) {
                std::cmp::Ordering::Less => {
                    only_a += weight(*x);
                    a = rest_a;
                }
                std::cmp::Ordering::Greater => {
                    only_b += weight(*y);
                    b = rest_b;
                }
                std::cmp::Ordering::Equal => {
                    common += weight(*x);
                    (a, b) = (rest_a, rest_b);
                }
            }
        }
        only_a += a.iter().copied().map(weight).sum::<f32>();
        only_b += b.iter().copied().map(weight).sum::<f32>();
        let whole = common + only_a + only_b;
        let shorter = common + only_a.min(only_b);
        if whole == 0.0 { 0.0 } else { (common / whole).max(0.85 * common / shorter.max(f32::EPSILON)) }
    }
}

/// Words of letters, runs of digits, and pairs of neighbours in scripts without blanks.
fn pieces(text: &str, mut visit: impl FnMut(&str)) {
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if word.is_ascii() {
            visit(word);
            continue;
        }
        let mut digits: Option<usize> = None;
        let mut before: Option<usize> = None;
        for (at, c) in word.char_indices().chain([(word.len(), '\0')]) {
            if c.is_ascii_alphanumeric() {
                digits.get_or_insert(at);
                before = None;
                continue;
            }
            if let Some(start) = digits.take() {
                visit(&word[start..at]);
            }
            if c != '\0' {
                let end = at + c.len_utf8();
                visit(&word[before.unwrap_or(at)..end]);
                before = Some(at);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_words_count_more() {
        let mut values = Values::default();
        for text in [
            "acme trading ltd",
            "acme trading limited",
            "zenith trading ltd",
            "澜川县北村12号",
            "澜川县北村13号",
        ] {
            values.number(text);
        }
        let mut tokens = Tokens::default();
        let codes = [vec![1, 2, 4, 5], vec![3; 90]].concat();
        tokens.take(&values, &codes, 94);
        assert!(tokens.overlap(1, 2) > tokens.overlap(1, 3));
        assert!(tokens.overlap(4, 5) > 0.6 && tokens.overlap(4, 5) < 1.0);
        assert_eq!(tokens.overlap(1, 4), 0.0);
    }
}
