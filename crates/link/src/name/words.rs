//! Names in Latin and other alphabets.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::{Level, Likeness, Part};
use crate::similar;

/// Most words of a name that are looked at.
const MOST: usize = 6;
const TITLES: [&str; 12] =
    ["mr", "mrs", "ms", "miss", "dr", "prof", "sir", "herr", "frau", "mme", "monsieur", "senor"];
const SUFFIXES: [&str; 7] = ["jr", "sr", "ii", "iii", "iv", "junior", "senior"];

/// How two words agree, the closest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Accord {
    Same,
    Slip,
    Initial,
    Hidden,
}

/// A name as its words: lower case, without accents, titles and punctuation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Words {
    words: Vec<Box<[char]>>,
    /// Which word is the surname, as far as one can tell.
    surname: usize,
    suffix: Option<String>,
    has_accents: bool,
}

impl Words {
    /// Of a canonical name; without words when it holds no letter.
    pub(super) fn of(name: &str) -> Self {
        let plain: String = name.nfd().filter(|c| !is_combining_mark(*c)).collect();
        let has_accents = plain.chars().ne(name.nfd());
        let comma = plain.find(',');
        let mut read = Self { has_accents, ..Self::default() };
        let mut capitals = Vec::new();
        let mut before_comma = 0;
        for (at, word) in split(&plain) {
            let lower: String = word.chars().flat_map(char::to_lowercase).collect();
            if read.words.is_empty() && TITLES.contains(&lower.as_str()) {
                continue;
            }
            if !read.words.is_empty() && SUFFIXES.contains(&lower.as_str()) {
                read.suffix = Some(lower);
                continue;
            }
            if read.words.len() == MOST {
                break;
            }
            before_comma += usize::from(comma.is_some_and(|comma| at < comma));
            capitals.push(word.chars().count() > 1 && word.chars().all(char::is_uppercase));
            read.words.push(lower.chars().collect());
        }
        read.surname = surname(&read.words, &capitals, before_comma);
        read
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Surname, given names and the suffix that tells generations apart.
    pub(super) fn split(&self) -> (String, String, Option<String>) {
        let text = |word: &[char]| word.iter().collect::<String>();
        let surname = self.words.get(self.surname).map(|word| text(word)).unwrap_or_default();
        let given = self.words.iter().enumerate().filter(|(at, _)| *at != self.surname);
        (surname, given.map(|(_, word)| text(word)).collect::<Vec<_>>().join(" "), self.suffix.clone())
    }

    /// Whether a letter is masked.
    pub(super) fn is_uncertain(&self) -> bool {
        self.words.iter().any(|word| word.contains(&'*'))
    }

    /// All words without blanks, beginning with the word at `first`.
    pub(super) fn letters_from(&self, first: usize) -> impl Iterator<Item = char> + '_ {
        let (before, after) = self.words.split_at(first.min(self.words.len()));
        after.iter().chain(before).flat_map(|word| word.iter().copied())
    }

    /// The letters of one word.
    pub(super) fn word(&self, at: usize) -> &[char] {
        &self.words[at]
    }

    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    pub(super) fn sound_key(&self) -> String {
        let mut keys: Vec<String> = self.words.iter().map(|word| sound(word)).collect();
        keys.sort_unstable();
        keys.join(" ")
    }

    /// How alike two names are. Words are paired whatever their order.
    pub(super) fn likeness(&self, other: &Self) -> Likeness {
        if self.words == other.words {
            let alike = self.has_accents == other.has_accents;
            return self.generations(other, if alike { Level::Same } else { Level::Variant }, 1.0);
        }
        let (short, long) = if (self.len(), &self.words) <= (other.len(), &other.words) {
            (self, other)
        } else {
            (other, self)
        };
        let pairs = pairs(short, long);
        let score = score(short, long);
        let met = pairs.iter().flatten().count();
        if met < short.len() && is_joined(short, long) {
            return self.generations(other, Level::Variant, 0.95);
        }
        let worst = pairs.iter().flatten().map(|(_, accord)| *accord).max();
        let level = match worst {
            Some(worst) if met == short.len() && short.len() == long.len() => worst.level(),
            Some(worst) if met == short.len() && met >= 2 => worst.level().max(Level::Initials),
            Some(_) => part(short, long, &pairs),
            None => Level::Different,
        };
        self.generations(other, level, score)
    }

    /// Father and son of one name are told apart by what stands behind it.
    fn generations(&self, other: &Self, level: Level, score: f32) -> Likeness {
        let apart = matches!((&self.suffix, &other.suffix), (Some(one), Some(two)) if one != two);
        Likeness::new(if apart { level.max(Level::Partial(Part::Most)) } else { level }, score)
    }
}

impl Accord {
    fn of(one: &[char], other: &[char]) -> Option<Self> {
        if one == other {
            return Some(Self::Same);
        }
        let shorter = one.len().min(other.len());
        if one.contains(&'*') || other.contains(&'*') {
            let agree = |(a, b): (&char, &char)| a == b || *a == '*' || *b == '*';
            return one.iter().zip(other).all(agree).then_some(Self::Hidden);
        }
        if shorter == 1 {
            return (one.first() == other.first()).then_some(Self::Initial);
        }
        let allowed = match shorter {
            0..=3 => 0,
            4..=7 => 1,
            _ => 2,
        };
        let lengths = one.len().abs_diff(other.len());
        (lengths <= allowed && similar::slips(one, other) <= allowed).then_some(Self::Slip)
    }

    fn level(self) -> Level {
        match self {
            Self::Same => Level::Variant,
            Self::Slip => Level::Slip,
            Self::Initial => Level::Initials,
            Self::Hidden => Level::Masked,
        }
    }
}

/// For each word of the shorter name its partner in the longer one, closest pairs first.
fn pairs(short: &Words, long: &Words) -> [Option<(usize, Accord)>; MOST] {
    let mut pairs = [None; MOST];
    let mut taken = [false; MOST];
    let mut accords = [[None; MOST]; MOST];
    for (row, one) in accords.iter_mut().zip(&short.words) {
        for (cell, two) in row.iter_mut().zip(&long.words) {
            *cell = Accord::of(one, two);
        }
    }
    for wanted in [Accord::Same, Accord::Slip, Accord::Initial, Accord::Hidden] {
        for (at, row) in accords.iter().enumerate() {
            let free = row.iter().enumerate().find(|(j, cell)| **cell == Some(wanted) && !taken[*j]);
            if let (None, Some((partner, _))) = (pairs[at], free) {
                pairs[at] = Some((partner, wanted));
                taken[partner] = true;
            }
        }
    }
    pairs
}

/// Which part is common when some words have no partner.
fn part(short: &Words, long: &Words, pairs: &[Option<(usize, Accord)>; MOST]) -> Level {
    let surname = pairs.iter().enumerate().any(|(at, pair)| {
        pair.is_some_and(|(partner, _)| partner == long.surname && (at == short.surname || short.len() == 1))
    });
    let met = pairs.iter().flatten().count();
    match (surname, met) {
        (true, 2..) => Level::Partial(Part::Most),
        (true, _) => Level::Partial(Part::Surname),
        (false, _) => Level::Partial(Part::Given),
    }
}

/// `Xiao Ming Li` and `Li Xiaoming`: the same letters, divided otherwise.
fn is_joined(short: &Words, long: &Words) -> bool {
    let count = |words: &Words| words.words.iter().map(|word| word.len()).sum::<usize>();
    count(short) == count(long)
        && (0..long.len())
            .any(|first| (0..short.len()).any(|start| long.letters_from(first).eq(short.letters_from(start))))
}

/// Each word of the longer name against the closest of the shorter, by length.
fn score(short: &Words, long: &Words) -> f32 {
    let best = |words: &Words, word: &[char]| {
        words.words.iter().map(|other| similar::jaro_winkler(word, other)).fold(0.0_f32, f32::max)
    };
    let (mut sum, mut letters) = (0.0, 0.0);
    for (words, word) in
        long.words.iter().map(|word| (short, word)).chain(short.words.iter().map(|word| (long, word)))
    {
        sum += best(words, word) * word.len() as f32;
        letters += word.len() as f32;
    }
    if letters == 0.0 { 0.0 } else { sum / letters }
}

/// Words with the place where each begins.
fn split(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let divides = |c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’' | '*'));
    text.split(divides).filter(|word| word.chars().any(char::is_alphabetic)).map(move |word| {
        let at = word.as_ptr() as usize - text.as_ptr() as usize;
        (at, word)
    })
}

/// Before a comma, in capitals among others, or else the last.
fn surname(words: &[Box<[char]>], capitals: &[bool], before_comma: usize) -> usize {
    let last = words.len().saturating_sub(1);
    if before_comma > 0 && before_comma < words.len() {
        return before_comma - 1;
    }
    let mut loud = capitals.iter().enumerate().filter(|(_, capital)| **capital);
    match (loud.next(), loud.next()) {
        (Some((at, _)), None) if words.len() > 1 => at,
        _ => last,
    }
}

/// The letters that carry the sound of a word: its first, then consonants by kind, none twice in a row.
fn sound(word: &[char]) -> String {
    let mut key = String::new();
    for (at, letter) in word.iter().enumerate() {
        let next = word.get(at + 1);
        let kind = match letter {
            'p' if next == Some(&'h') => 'f',
            'c' if matches!(next, Some('e' | 'i' | 'y')) => 's',
            'c' | 'q' | 'k' | 'x' => 'k',
            's' | 'z' => 's',
            'd' | 't' => 't',
            'b' | 'p' => 'p',
            'f' | 'v' | 'w' => 'f',
            'g' | 'j' => 'j',
            'm' | 'n' => 'n',
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' if key.is_empty() => 'a',
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h' | '\'' | '’' => continue,
            other => *other,
        };
        if !key.ends_with(kind) {
            key.push(kind);
        }
    }
    key
}
