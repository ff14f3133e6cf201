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

/// One word, in lower case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Word {
    letters: Box<[char]>,
    set: u64,
    is_masked: bool,
}

/// Rows are the words of the shorter name, columns those of the longer one.
type Accords = [[Option<Accord>; MOST]; MOST];

/// A name as its words: lower case, without accents, titles and punctuation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Words {
    words: Vec<Word>,
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
            let letters = word.chars().filter(|c| !matches!(c, '\'' | '’'));
            let lower: String = letters.flat_map(char::to_lowercase).collect();
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
            read.words.push(Word::of(&lower));
        }
        read.surname = surname(&read.words, &capitals, before_comma);
        read
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Surname, given names and the suffix that tells generations apart.
    pub(super) fn split(&self) -> (String, String, Option<String>) {
        let text = |word: &Word| word.letters.iter().collect::<String>();
        let surname = self.words.get(self.surname).map(text).unwrap_or_default();
        let given = self.words.iter().enumerate().filter(|(at, _)| *at != self.surname);
        (surname, given.map(|(_, word)| text(word)).collect::<Vec<_>>().join(" "), self.suffix.clone())
    }

    /// Whether a letter is masked.
    pub(super) fn is_uncertain(&self) -> bool {
        self.words.iter().any(|word| word.is_masked)
    }

    /// All words without blanks, beginning with the word at `first`.
    pub(super) fn letters_from(&self, first: usize) -> impl Iterator<Item = char> + '_ {
        let (before, after) = self.words.split_at(first.min(self.words.len()));
        after.iter().chain(before).flat_map(|word| word.letters.iter().copied())
    }

    /// The letters of one word.
    pub(super) fn word(&self, at: usize) -> &[char] {
        &self.words[at].letters
    }

    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    pub(super) fn sound_key(&self) -> String {
        let mut keys: Vec<String> = self.words.iter().map(|word| sound(&word.letters)).collect();
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
        let accords = accords(short, long);
        let pairs = pairs(&accords);
        let score = score(short, long, &accords);
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

impl Word {
    fn of(lower: &str) -> Self {
        let letters: Box<[char]> = lower.chars().collect();
        Self { set: similar::letters(&letters), is_masked: letters.contains(&'*'), letters }
    }

    fn len(&self) -> usize {
        self.letters.len()
    }
}

impl Accord {
    fn of(one: &Word, other: &Word) -> Option<Self> {
        if one.letters == other.letters {
            return Some(Self::Same);
        }
        if one.is_masked || other.is_masked {
            let agree = |(a, b): (&char, &char)| a == b || *a == '*' || *b == '*';
            return one.letters.iter().zip(&other.letters).all(agree).then_some(Self::Hidden);
        }
        let shorter = one.len().min(other.len());
        if shorter == 1 {
            return (one.letters.first() == other.letters.first()).then_some(Self::Initial);
        }
        let allowed = match shorter {
            0..=3 => 0,
            4..=7 => 1,
            _ => 2,
        };
        let lost = (one.set & !other.set).count_ones().max((other.set & !one.set).count_ones());
        let near = lost as usize <= allowed && one.len().abs_diff(other.len()) <= allowed;
        (near && similar::slips(&one.letters, &other.letters) <= allowed).then_some(Self::Slip)
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

/// How each word of the shorter name agrees with each of the longer one.
fn accords(short: &Words, long: &Words) -> Accords {
    let mut accords = [[None; MOST]; MOST];
    for (row, one) in accords.iter_mut().zip(&short.words) {
        for (cell, two) in row.iter_mut().zip(&long.words) {
            *cell = Accord::of(one, two);
        }
    }
    accords
}

/// For each word of the shorter name its partner in the longer one, closest pairs first.
fn pairs(accords: &Accords) -> [Option<(usize, Accord)>; MOST] {
    let mut pairs = [None; MOST];
    let mut taken = [false; MOST];
    for wanted in [Accord::Same, Accord::Slip, Accord::Initial, Accord::Hidden] {
        for (row, pair) in accords.iter().zip(&mut pairs) {
            let free = row.iter().enumerate().find(|(j, cell)| **cell == Some(wanted) && !taken[*j]);
            if let (None, Some((partner, _))) = (&pair, free) {
                *pair = Some((partner, wanted));
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
    let count = |words: &Words| words.words.iter().map(Word::len).sum::<usize>();
    count(short) == count(long)
        && (0..long.len())
            .any(|first| (0..short.len()).any(|start| long.letters_from(first).eq(short.letters_from(start))))
}

/// Each word against the closest one of the other name, by length.
fn score(short: &Words, long: &Words, accords: &Accords) -> f32 {
    let mut best = [[0.0_f32; MOST]; 2];
    for (i, (one, row)) in short.words.iter().zip(accords).enumerate() {
        for (j, (two, accord)) in long.words.iter().zip(row).enumerate() {
            let likeness = match accord {
                Some(Accord::Same) => 1.0,
                _ if one.set & two.set == 0 => 0.0,
                _ => similar::jaro_winkler(&one.letters, &two.letters),
            };
            best[0][i] = best[0][i].max(likeness);
            best[1][j] = best[1][j].max(likeness);
        }
    }
    let (mut sum, mut letters) = (0.0, 0.0);
    for (words, best) in [short, long].into_iter().zip(best) {
        for (word, best) in words.words.iter().zip(best) {
            sum += best * word.len() as f32;
            letters += word.len() as f32;
        }
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
fn surname(words: &[Word], capitals: &[bool], before_comma: usize) -> usize {
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
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h' => continue,
            other => *other,
        };
        if !key.ends_with(kind) {
            key.push(kind);
        }
    }
    key
}
