//! A Han name against one in Latin letters: does the one spell the other?

use super::{Level, Likeness, Part, letters::Letter, letters::Letters, words::Words};
use crate::han;

/// How alike a Han name and a Latin one are: surname first or last, syllables joined or not, ü as v, u or yu.
pub(super) fn likeness(letters: &Letters, words: &Words) -> Likeness {
    let (first, second) = letters.letters().split_at(letters.first_part());
    let orders = [[first, second], [second, first]];
    let latin =
        |start: usize| words.letters_from(start).filter(char::is_ascii_alphabetic).collect::<Vec<char>>();
    let whole = latin(0);
    let spelled = |initials: bool| {
        orders.iter().any(|[one, two]| {
            let short =
                |letter: &&Letter| initials && second.iter().any(|given| std::ptr::eq(given, *letter));
            let row: Vec<(&Letter, bool)> =
                one.iter().chain(*two).map(|letter| (letter, short(&letter))).collect();
            spells(&row, &whole)
        })
    };
    if spelled(false) {
        return Likeness::new(Level::Homophone(1), 0.8);
    }
    if !second.is_empty() && spelled(true) {
        return Likeness::new(Level::Initials, 0.6);
    }
    let surname: Vec<(&Letter, bool)> = first.iter().map(|letter| (letter, false)).collect();
    let is_part = (0..words.len()).any(|at| spells(&surname, words.word(at)));
    if is_part {
        return Likeness::new(Level::Partial(Part::Surname), 0.3);
    }
    Likeness::new(Level::Different, 0.0)
}

/// Whether `latin` is the row of letters in any of their readings; letters marked may be given by their first sound only.
fn spells(row: &[(&Letter, bool)], latin: &[char]) -> bool {
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
