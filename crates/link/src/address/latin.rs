//! Addresses in Latin letters: number, street, suburb, state, postcode.

use super::{Address, Part};

/// Kinds of streets, each with its short form.
const STREETS: [(&str, &str); 36] = [
    ("street", "st"),
    ("road", "rd"),
    ("avenue", "ave"),
    ("av", "ave"),
    ("drive", "dr"),
    ("lane", "ln"),
    ("court", "ct"),
    ("place", "pl"),
    ("crescent", "cres"),
    ("crescent", "cr"),
    ("close", "cl"),
    ("circuit", "cct"),
    ("circle", "cir"),
    ("boulevard", "blvd"),
    ("highway", "hwy"),
    ("parade", "pde"),
    ("terrace", "tce"),
    ("terrace", "ter"),
    ("way", "wy"),
    ("grove", "gr"),
    ("square", "sq"),
    ("parkway", "pkwy"),
    ("esplanade", "esp"),
    ("gardens", "gdns"),
    ("walk", "wlk"),
    ("loop", "loop"),
    ("rise", "rise"),
    ("mews", "mews"),
    ("row", "row"),
    ("hill", "hill"),
    ("view", "vw"),
    ("track", "trk"),
    ("alley", "aly"),
    ("strasse", "str"),
    ("rue", "rue"),
    ("via", "via"),
];

/// States that stand before a postcode.
const STATES: [&str; 59] = [
    "nsw", "vic", "qld", "wa", "sa", "tas", "act", "nt", "al", "ak", "az", "ar", "ca", "co", "ct", "de",
    "fl", "ga", "hi", "id", "il", "in", "ia", "ks", "ky", "la", "me", "md", "ma", "mi", "mn", "ms", "mo",
    "mt", "ne", "nv", "nh", "nj", "nm", "ny", "nc", "nd", "oh", "ok", "or", "pa", "ri", "sc", "sd", "tn",
    "tx", "ut", "vt", "va", "wv", "wi", "wy", "dc", "pr",
];

const ROOMS: [&str; 9] = ["unit", "flat", "apt", "apartment", "suite", "ste", "room", "rm", "shop"];
const BUILDINGS: [&str; 4] = ["building", "bldg", "block", "blk"];

/// Takes a folded address to pieces.
pub(super) fn parse(folded: &str) -> Address {
    let divides = |c: char| !(c.is_alphanumeric() || matches!(c, '/' | '-' | '\'' | ','));
    let spaced = folded.replace(',', " , ");
    let mut words: Vec<&str> =
        spaced.split(divides).filter(|word| word.chars().any(|c| c.is_alphanumeric() || c == ',')).collect();
    let text = words.iter().copied().filter(|word| *word != ",").collect::<Vec<_>>().join(" ");
    let mut address = Address { text, ..Address::default() };
    take_labelled(&mut address, &mut words, &ROOMS, Part::Room);
    take_labelled(&mut address, &mut words, &BUILDINGS, Part::Building);
    take_end(&mut address, &mut words);
    let words = take_number(&mut address, &words);
    let street_end = words.iter().rposition(|word| kind(word).is_some()).filter(|at| *at > 0);
    let (street, suburb) = match street_end {
        Some(end) => words.split_at(end + 1),
        None => words.split_at(words.iter().position(|word| *word == ",").unwrap_or(words.len())),
    };
    address.set(Part::Road, joined(street, true));
    address.set(Part::Township, joined(suburb, false));
    address
}

/// `unit 3`, `flat 3`: a word and the number behind it.
fn take_labelled(address: &mut Address, words: &mut Vec<&str>, labels: &[&str], part: Part) {
    let number = |word: &&str| word.chars().any(|c| c.is_ascii_digit()) || word.len() == 1 && *word != ",";
    let label = words.windows(2).position(|pair| labels.contains(&pair[0]) && number(&pair[1]));
    if let Some(at) = label {
        address.set(part, words[at + 1].to_owned());
        words.drain(at..=at + 1);
    }
}

/// Postcode and state at the end.
fn take_end(address: &mut Address, words: &mut Vec<&str>) {
    let trim = |words: &mut Vec<&str>| {
        while words.last() == Some(&",") {
            words.pop();
        }
    };
    let is_code = |word: &&str| (4..=6).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit());
    trim(words);
    if let Some(code) = words.pop_if(|word| is_code(word)) {
        address.set(Part::Postcode, code.to_owned());
    }
    trim(words);
    let is_state = words.len() > 2 && words.last().is_some_and(|word| STATES.contains(word));
    if let Some(state) = words.pop_if(|_| is_state) {
        address.set(Part::Province, state.to_owned());
    }
    trim(words);
}

/// The number of the house; `3/12` is flat 3 of number 12.
fn take_number<'a, 'b>(address: &mut Address, words: &'b [&'a str]) -> &'b [&'a str] {
    let begin = words.iter().position(|word| *word != ",").unwrap_or(words.len());
    let words = &words[begin..];
    let Some((first, rest)) = words.split_first() else { return words };
    if !first.starts_with(|c: char| c.is_ascii_digit())
        || first.chars().filter(|c| c.is_alphabetic()).count() > 1
    {
        return words;
    }
    match first.split_once('/') {
        Some((room, number)) if address.part(Part::Room).is_empty() => {
            address.set(Part::Room, room.to_owned());
            address.set(Part::Number, number.to_owned());
        }
        _ => address.set(Part::Number, (*first).to_owned()),
    }
    rest
}

/// The kind of street a word names, in full.
fn kind(word: &str) -> Option<&'static str> {
    STREETS.iter().find(|(full, short)| *full == word || *short == word).map(|(full, _)| *full)
}

fn joined(words: &[&str], is_street: bool) -> String {
    let last = words.len().saturating_sub(1);
    let words = words.iter().enumerate().filter(|(_, word)| **word != ",");
    let full = |(at, word): (usize, &&str)| match kind(word) {
        Some(kind) if is_street && at == last && at > 0 => kind.to_owned(),
        _ => (*word).to_owned(),
    };
    words.map(full).collect::<Vec<_>>().join(" ")
}
