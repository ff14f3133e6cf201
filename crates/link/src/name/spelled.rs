//! A Han name against one in Latin letters: does the one spell the other?

use super::{Level, Likeness, Part, letters::Letter, letters::Letters, words::Words};
use crate::han;

/// Longest name that is spelled, in characters; what is longer is no name with a spelling by syllables.
const LONGEST: usize = 8;

/// A character, and whether its first sound may stand for it.
type Spoken<'a> = (&'a Letter, bool);

/// How alike a Han name and a Latin one are: surname first or last, syllables joined or not, ü as v, u or yu.
pub(super) fn likeness(letters: &Letters, words: &Words) -> Likeness {
    let (surname, given) = (letters.surname(), letters.given());
    if surname.len() + given.len() > LONGEST {
        return Likeness::new(Level::Different, 0.0);
    }
    let latin: Vec<char> = words.letters_from(0).filter(char::is_ascii_alphabetic).collect();
    let spelled = |short: bool| {
        [true, false]
            .into_iter()
            .any(|surname_first| spells(&row(surname, given, surname_first, short), &latin))
    };
    if spelled(false) {
        return Likeness::new(Level::Homophone(1), 0.8);
    }
    if !given.is_empty() && spelled(true) {
        return Likeness::new(Level::Initials, 0.6);
    }
    let alone = row(surname, &[], true, false);
    if !alone.is_empty() && (0..words.len()).any(|at| spells(&alone, words.word(at))) {
        return Likeness::new(Level::Partial(Part::Surname), 0.3);
    }
    Likeness::new(Level::Different, 0.0)
}

/// The characters in the order they are spoken.
fn row<'a>(surname: &'a [Letter], given: &'a [Letter], surname_first: bool, short: bool) -> Vec<Spoken<'a>> {
    let family = surname.iter().map(|letter| (letter, false));
    let own = given.iter().map(|letter| (letter, short));
    if surname_first { family.chain(own).collect() } else { own.chain(family).collect() }
}

/// Whether `latin` is the row of letters in any of their readings; letters marked may be given by their first sound only.
fn spells(row: &[Spoken<'_>], latin: &[char]) -> bool {
    let Some(((letter, short), rest)) = row.split_first() else { return latin.is_empty() };
    han::plain_sounds(letter.written).any(|sound| {
        spellings(sound).into_iter().flatten().any(|[head, tail]| {
            let spelling = head.chars().chain(tail.chars());
            let length = head.len() + tail.len();
            let full = latin.len() >= length && spelling.eq(latin[..length].iter().copied());
            let initial = *short && latin.first() == sound.chars().next().as_ref();
            full && spells(rest, &latin[length..]) || initial && spells(rest, &latin[1..])
        })
    })
}

/// How a syllable is written; ü, `v` in the table of sounds, has three ways.
fn spellings(sound: &'static str) -> [Option<[&'static str; 2]>; 3] {
    let at = sound.find(['ü', 'v']);
    match at {
        None => [Some([sound, ""]), None, None],
        Some(at) => {
            let head = &sound[..at];
            let rest = sound[at..].trim_start_matches(['ü', 'v']);
            if rest.is_empty() {
                [Some([head, "v"]), Some([head, "u"]), Some([head, "yu"])]
            } else {
                [Some([head, "ve"]), Some([head, "ue"]), Some([head, "yue"])]
            }
        }
    }
}
