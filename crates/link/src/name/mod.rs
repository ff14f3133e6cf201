//! Names of persons: their canonical form, their parts, and how alike two of them are.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use crate::han;

mod canonical;
mod compare;
mod letters;
mod likeness;
mod nothing;
mod spelled;
mod words;

pub use canonical::canonical;
pub use compare::likeness;
pub use likeness::{Level, Likeness, Part};

use letters::Letters;
use words::Words;

/// Longest name that is looked at, in characters; what comes after is dropped.
const LONGEST: usize = 96;

/// A name taken to pieces once, to be compared often.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Name {
    /// The canonical text; empty when there is no name (`无`, `不详`, `*`, `N/A`).
    pub text: String,
    /// The surname; for Latin names the likeliest one. Empty when none can be told.
    pub surname: String,
    /// What is not the surname.
    pub given: String,
    /// What stood beside the name: 已故, a former name, `jr`.
    pub note: Option<String>,
    /// Characters are missing, masked or not readable: the name may be matched together with a number only.
    pub uncertain: bool,
    form: Form,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
enum Form {
    #[default]
    Nothing,
    Han(Letters),
    Words(Words),
}

impl Name {
    /// Whether there is no name at all.
    pub fn is_empty(&self) -> bool {
        matches!(self.form, Form::Nothing)
    }

    /// Whether the name is written in Han characters.
    pub fn is_han(&self) -> bool {
        matches!(self.form, Form::Han(_))
    }

    /// A key under which names fall together that sound alike to a speaker who confuses n and l, h and f, zh and z, or the
    /// endings n and ng; of Latin names, the letters that carry the sound. Words are in the order of the alphabet, so
    /// that surname and given name may change places. Empty without a name.
    pub fn sound_key(&self) -> String {
        match &self.form {
            Form::Nothing => String::new(),
            Form::Han(letters) => letters.sound_key(),
            Form::Words(words) => words.sound_key(),
        }
    }
}

/// Takes a name to pieces. What is no name gives an empty one.
pub fn parse(text: &str) -> Name {
    let start = text.char_indices().nth(LONGEST).map_or(text, |(end, _)| &text[..end]);
    let whole = with_wholes(start);
    let text = canonical(&whole);
    if nothing::is_placeholder(&text) {
        return Name::default();
    }
    let note = note(&whole, &text);
    if text.chars().any(han::is_han) {
        let letters = Letters::of(&text);
        let (surname, given) = letters.split();
        return Name {
            surname,
            given,
            note,
            uncertain: letters.is_uncertain(),
            form: Form::Han(letters),
            text,
        };
    }
    let words = Words::of(&text);
    if words.is_empty() {
        return Name::default();
    }
    let (surname, given, suffix) = words.split();
    Name {
        surname,
        given,
        note: note.or(suffix),
        uncertain: words.is_uncertain(),
        form: Form::Words(words),
        text,
    }
}

/// What a bracket or a suffix says beside the canonical name.
fn note(whole: &str, canonical: &str) -> Option<String> {
    let folded: String = whole.nfkc().collect();
    let bracketed = folded.find(canonical::BRACKETS).map(|open| &folded[open..]);
    let suffix = || {
        canonical::NOTES
            .into_iter()
            .find(|note| folded.trim_end().ends_with(note) && !canonical.ends_with(note))
    };
    let note = bracketed.or_else(suffix)?;
    let closing = |c: char| canonical::BRACKETS.contains(&c) || matches!(c, ')' | ']' | '}' | '】' | '〕');
    let bare = note.trim().trim_matches(closing).trim();
    (!bare.is_empty()).then(|| bare.to_owned())
}

/// Puts together what a clerk marked as parts of one character: `王(金宏)`, `王[金宏]`, `王金+宏`.
fn with_wholes(text: &str) -> Cow<'_, str> {
    if text.chars().all(han::is_common) {
        return Cow::Borrowed(text);
    }
    let chars: Vec<char> = text.nfkc().collect();
    let mut whole = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        match marked_parts(&chars[at..]) {
            Some((letter, taken)) => {
                whole.push(letter);
                at += taken;
            }
            None => {
                whole.push(chars[at]);
                at += 1;
            }
        }
    }
    Cow::Owned(whole)
}

/// The character that marked parts stand for, and how much text they take.
fn marked_parts(chars: &[char]) -> Option<(char, usize)> {
    if canonical::BRACKETS.contains(chars.first()?) {
        let close = chars.iter().take(6).position(|c| matches!(c, ')' | ']' | '}' | '】' | '〕'))?;
        let parts: Vec<char> = chars[1..close].iter().copied().filter(|c| *c != '+').collect();
        return han::whole(&parts).filter(|(_, taken)| *taken == parts.len()).map(|(c, _)| (c, close + 1));
    }
    if chars.get(1) != Some(&'+') {
        return None;
    }
    let (letter, _) = han::whole(&[chars[0], *chars.get(2)?])?;
    Some((letter, 3))
}

#[cfg(test)]
mod tests;
