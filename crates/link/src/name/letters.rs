//! Names in Han characters.

use gnomon_kernel::compound_surname;

use super::{Level, Likeness, Part};
use crate::han::{self, Sounds};

/// What stands for a character that cannot be read.
const HIDDEN: char = '*';

/// What agreement of one character is worth, by `Accord`.
const WORTH: [f32; 8] = [1.0, 0.97, 0.9, 0.87, 0.82, 0.7, 0.5, 0.0];

/// One character with what is needed to compare it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Letter {
    /// As written, or `HIDDEN`.
    pub written: char,
    usual: char,
    shape: u16,
    sounds: Sounds,
}

/// How two characters agree, the closest first; `u8` of it is the place in `WORTH`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Accord {
    Same,
    Usual,
    Shape,
    Sound,
    SoundWithoutTone,
    SoundConfused,
    Hidden,
    None,
}

/// A Han name as its characters. With a dot (阿依古丽·买买提) the given name comes first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Letters {
    letters: Box<[Letter]>,
    /// Where the second part begins.
    split: usize,
    dotted: bool,
    /// The same with characters put together that may have been typed as their parts.
    merged: Option<Box<[Letter]>>,
}

impl Letter {
    fn of(c: char) -> Self {
        Self { written: c, usual: han::usual(c), shape: han::shape(c), sounds: Sounds::of(c) }
    }

    fn hidden() -> Self {
        Self { written: HIDDEN, usual: HIDDEN, shape: 0, sounds: Sounds::default() }
    }

    fn is_hidden(&self) -> bool {
        self.written == HIDDEN
    }

    fn accord(&self, other: &Self) -> Accord {
        if self.is_hidden() || other.is_hidden() {
            Accord::Hidden
        } else if self.written == other.written {
            Accord::Same
        } else if self.usual == other.usual {
            Accord::Usual
        } else if self.shape != 0 && self.shape == other.shape {
            Accord::Shape
        } else {
            match self.sounds.distance(other.sounds) {
                Some(0) => Accord::Sound,
                Some(1) => Accord::SoundWithoutTone,
                Some(_) => Accord::SoundConfused,
                None => Accord::None,
            }
        }
    }
}

impl Accord {
    fn level(self) -> Level {
        match self {
            Self::Same => Level::Same,
            Self::Usual => Level::Variant,
            Self::Shape => Level::LookAlike,
            Self::Sound => Level::Homophone(0),
            Self::SoundWithoutTone => Level::Homophone(1),
            Self::SoundConfused => Level::Homophone(2),
            Self::Hidden => Level::Masked,
            Self::None => Level::Different,
        }
    }
}

impl Letters {
    /// Of a canonical name that holds at least one Han character.
    pub(super) fn of(name: &str) -> Self {
        let (letters, dot) = read(name);
        let simple: String = letters.iter().map(|letter| han::simplified(letter.written)).collect();
        let surname = if compound_surname(&simple).is_some() { 2 } else { 1 };
        let merged = dot.is_none().then(|| merged(&letters)).flatten();
        Self {
            split: dot.unwrap_or(surname).min(letters.len()),
            dotted: dot.is_some(),
            letters: letters.into(),
            merged,
        }
    }

    /// Surname and given name as written.
    pub(super) fn split(&self) -> (String, String) {
        let text = |letters: &[Letter]| letters.iter().map(|letter| letter.written).collect::<String>();
        let (first, second) = (text(&self.letters[..self.split]), text(&self.letters[self.split..]));
        if self.dotted { (second, first) } else { (first, second) }
    }

    /// Whether a character is hidden or cannot be read.
    pub(super) fn is_uncertain(&self) -> bool {
        self.letters.iter().any(Letter::is_hidden)
    }

    /// The characters in the order written.
    pub(super) fn letters(&self) -> &[Letter] {
        &self.letters
    }

    /// How many characters the first part has.
    pub(super) fn first_part(&self) -> usize {
        self.split
    }

    pub(super) fn sound_key(&self) -> String {
        let sounds = |letters: &[Letter]| letters.iter().map(|l| l.sounds.confused()).collect::<String>();
        let mut parts = [sounds(&self.letters[..self.split]), sounds(&self.letters[self.split..])];
        parts.sort_unstable();
        parts.join(" ").trim().to_owned()
    }

    /// How alike two Han names are.
    pub(super) fn likeness(&self, other: &Self) -> Likeness {
        if self.letters.len() == other.letters.len() {
            return self.side_by_side(other);
        }
        self.as_parts(other)
            .or_else(|| self.behind_mask(other))
            .unwrap_or_else(|| self.of_other_length(other))
    }

    fn side_by_side(&self, other: &Self) -> Likeness {
        let split = self.split.max(other.split);
        let (mut worst, mut sum) = (Accord::Same, 0.0);
        let (mut apart, mut met) = ([0, 0], [0, 0]);
        for (at, (one, two)) in self.letters.iter().zip(&other.letters).enumerate() {
            let accord = one.accord(two);
            worst = worst.max(accord);
            sum += WORTH[accord as usize];
            let part = usize::from(at >= split);
            apart[part] += usize::from(accord == Accord::None);
            met[part] += usize::from(accord < Accord::Hidden);
        }
        let length = self.letters.len();
        let score = sum / length as f32;
        let dotted = self.dotted || other.dotted;
        let level = if apart == [0, 0] && self.dotted != other.dotted {
            worst.level().max(Level::Variant)
        } else if apart == [0, 0] {
            worst.level()
        } else if self.is_turned_round(other) {
            Level::Slip
        } else if apart == [0, 1] && length - split >= 2 && met[0] > 0 {
            Level::Partial(Part::Most)
        } else if apart[0] == 0 && met[0] > 0 {
            part_in_common(true, dotted)
        } else if apart[1] == 0 && met[1] > 0 {
            part_in_common(false, dotted)
        } else {
            Level::Different
        };
        Likeness::new(level, score)
    }

    /// Two neighbours of the given name changed round, everything else the same.
    fn is_turned_round(&self, other: &Self) -> bool {
        let (one, two) = (&self.letters, &other.letters);
        let Some(at) = one.iter().zip(two).position(|(a, b)| a.usual != b.usual) else { return false };
        at >= self.split.max(other.split)
            && at + 1 < one.len()
            && one[at].usual == two[at + 1].usual
            && one[at + 1].usual == two[at].usual
            && one[at + 2..].iter().zip(&two[at + 2..]).all(|(a, b)| a.usual == b.usual)
    }

    /// One of them has a character typed as its parts.
    fn as_parts(&self, other: &Self) -> Option<Likeness> {
        let equal = |merged: &Option<Box<[Letter]>>, letters: &[Letter]| {
            merged.as_ref().is_some_and(|merged| {
                merged.len() == letters.len() && merged.iter().zip(letters).all(|(a, b)| a.usual == b.usual)
            })
        };
        let alike = equal(&self.merged, &other.letters) || equal(&other.merged, &self.letters);
        alike.then(|| Likeness::new(Level::LookAlike, WORTH[Accord::Shape as usize]))
    }

    /// A row of masks stands for one character or more, as departments mask names by different rules.
    fn behind_mask(&self, other: &Self) -> Option<Likeness> {
        if !self.is_uncertain() && !other.is_uncertain() {
            return None;
        }
        let shorter = self.letters.len().min(other.letters.len());
        let open = |letters: &mut dyn Iterator<Item = (&Letter, &Letter)>| {
            letters
                .map(|(one, two)| one.accord(two))
                .take_while(|accord| *accord != Accord::Hidden)
                .try_fold(0, |count, accord| (accord != Accord::None).then_some(count + 1))
        };
        let head = open(&mut self.letters.iter().zip(&other.letters))?;
        let tail = open(&mut self.letters.iter().rev().zip(other.letters.iter().rev()))?;
        let hidden = |letters: &[Letter]| letters.iter().filter(|letter| letter.is_hidden()).count();
        let most_hidden = hidden(&self.letters).max(hidden(&other.letters));
        (head + tail > 0 && head + tail < shorter && head + tail + most_hidden >= shorter)
            .then(|| Likeness::new(Level::Masked, 0.4))
    }

    fn of_other_length(&self, other: &Self) -> Likeness {
        let (short, long) =
            if self.letters.len() < other.letters.len() { (self, other) } else { (other, self) };
        let alike = |one: &[Letter], two: &[Letter]| {
            one.len() == two.len() && one.iter().zip(two).all(|(a, b)| a.accord(b) <= Accord::SoundConfused)
        };
        let (first, second) = long.letters.split_at(long.split);
        let score = short.letters.len() as f32 / long.letters.len() as f32 * 0.8;
        let level = if alike(&short.letters, second) {
            part_in_common(false, long.dotted)
        } else if alike(&short.letters, first) {
            part_in_common(true, long.dotted)
        } else if alike(&short.letters[..short.split], first) && short.dotted == long.dotted {
            let given = &short.letters[short.split..];
            let left_out = (0..second.len()).any(|at| {
                given.len() + 1 == second.len()
                    && alike(&given[..at], &second[..at])
                    && alike(&given[at..], &second[at + 1..])
            });
            if left_out { Level::Partial(Part::Most) } else { part_in_common(true, long.dotted) }
        } else {
            Level::Different
        };
        Likeness::new(level, if level == Level::Different { 0.0 } else { score })
    }
}

/// Only the first, or only the second part is common to two names.
fn part_in_common(first: bool, dotted: bool) -> Level {
    Level::Partial(if first == dotted { Part::Given } else { Part::Surname })
}

/// The letters of a canonical name and where its dot stood.
fn read(name: &str) -> (Vec<Letter>, Option<usize>) {
    let mut letters = Vec::new();
    let mut dot = None;
    let mut in_latin = false;
    for c in name.chars() {
        let masks = matches!(c.to_ascii_lowercase(), 'x' | '某') && !letters.is_empty();
        let is_latin = c.is_alphabetic() && !han::is_han(c) && !masks;
        if c == '·' {
            dot = dot.or(Some(letters.len()));
        } else if han::is_han(c) && !masks {
            letters.push(Letter::of(c));
        } else if !(is_latin && in_latin) {
            letters.push(Letter::hidden());
        }
        in_latin = is_latin;
    }
    let dot = dot.filter(|at| *at < letters.len());
    (letters, dot)
}

/// The letters with the first row of parts put together; `None` when there is none.
fn merged(letters: &[Letter]) -> Option<Box<[Letter]>> {
    let written: Vec<char> = letters.iter().map(|letter| letter.usual).collect();
    let (at, (whole, taken)) = (0..written.len()).find_map(|at| Some((at, han::whole(&written[at..])?)))?;
    let merged =
        letters[..at].iter().copied().chain([Letter::of(whole)]).chain(letters[at + taken..].iter().copied());
    Some(merged.collect())
}
