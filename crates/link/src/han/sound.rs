//! How characters sound: syllables with tones, and the confusions usual between dialects.

use pinyin::ToPinyinMulti;

const INITIALS: [&str; 24] = [
    "", "zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "r", "z",
    "c", "s", "y", "w",
];
const FINALS: [&str; 38] = [
    "", "a", "o", "e", "i", "u", "v", "ai", "ei", "ui", "ao", "ou", "iu", "ie", "ue", "ve", "er", "an", "en",
    "in", "un", "ang", "eng", "ing", "ong", "ia", "ua", "uo", "uai", "iao", "ian", "uan", "iang", "uang",
    "iong", "io", "van", "vn",
];

/// How many readings of a character are looked at.
const READINGS: usize = 3;

/// The readings of one character, the commonest first; 0 where there are fewer. A reading is initial, final and tone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sounds([u16; READINGS]);

impl Sounds {
    /// The readings of a character; none for what is no Han character.
    pub fn of(c: char) -> Self {
        let mut sounds = Self::default();
        for (slot, reading) in sounds.0.iter_mut().zip(c.to_pinyin_multi().into_iter().flatten()) {
            *slot = code(reading.plain(), tone(reading.with_tone_num()));
        }
        sounds
    }

    /// How far two characters sound apart: 0 alike, 1 alike but for the tone, 2 alike to a speaker who confuses n and l,
    /// h and f, zh and z, ch and c, sh and s, or the endings n and ng. `None` when they sound different.
    pub fn distance(self, other: Self) -> Option<u8> {
        let readings = |sounds: Self| sounds.0.into_iter().filter(|reading| *reading != 0);
        readings(self).flat_map(|one| readings(other).filter_map(move |two| apart(one, two))).min()
    }

    /// The commonest reading as a speaker who confuses sounds would write it: a key under which confusable characters
    /// fall together. Empty when the character has no reading.
    pub fn confused(self) -> String {
        if self.0[0] == 0 {
            return String::new();
        }
        let (first, last) = confuse(self.0[0]);
        format!("{}{}", INITIALS[usize::from(first)], FINALS[usize::from(last)])
    }
}

/// The distinct readings of a character in Latin letters without tones, at most three; ü is `v`.
pub fn plain_sounds(c: char) -> impl Iterator<Item = &'static str> {
    let readings = c.to_pinyin_multi().into_iter().flatten().take(READINGS);
    let mut seen = [""; READINGS];
    readings.enumerate().filter_map(move |(at, reading)| {
        let plain = reading.plain();
        let fresh = !seen.contains(&plain);
        seen[at] = plain;
        fresh.then_some(plain)
    })
}

fn tone(reading: &str) -> u16 {
    reading.bytes().find(u8::is_ascii_digit).map_or(0, |digit| u16::from(digit - b'0'))
}

/// Tone in the lowest 3 bits, final in the next 6, initial above, one added so that no reading is 0.
fn code(plain: &str, tone: u16) -> u16 {
    let plain = plain.replace('ü', "v");
    let initial =
        INITIALS.iter().skip(1).position(|initial| plain.starts_with(initial)).map_or(0, |at| at + 1);
    let rest = &plain[INITIALS[initial].len()..];
    match FINALS.iter().position(|last| *last == rest) {
        Some(last) => ((initial as u16 + 1) << 9) | ((last as u16) << 3) | tone,
        None => 0,
    }
}

fn apart(one: u16, other: u16) -> Option<u8> {
    if one == other {
        Some(0)
    } else if one >> 3 == other >> 3 {
        Some(1)
    } else {
        (confuse(one) == confuse(other)).then_some(2)
    }
}

/// Initial and final of a reading after the usual confusions, as places in the tables.
fn confuse(reading: u16) -> (u8, u8) {
    let initial = match (reading >> 9) - 1 {
        1 => 19,  // zh, z
        2 => 20,  // ch, c
        3 => 21,  // sh, s
        10 => 11, // n, l
        7 => 14,  // f, h
        other => other,
    };
    let last = match reading >> 3 & 0x3F {
        21 => 17, // ang, an
        22 => 18, // eng, en
        23 => 19, // ing, in
        32 => 30, // iang, ian
        33 => 31, // uang, uan
        other => other,
    };
    (initial as u8, last as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn distance(one: char, other: char) -> Option<u8> {
        Sounds::of(one).distance(Sounds::of(other))
    }

    #[test]
    fn confusions_are_what_they_say() {
        let place = |table: &[&str], at: u16| table[usize::from(at)].to_owned();
        for (one, other) in
            [("zhang", "zan"), ("chen", "ceng"), ("shi", "si"), ("ning", "lin"), ("huang", "fuan")]
        {
            assert_eq!(confuse(code(one, 1)), confuse(code(other, 2)), "{one} {other}");
        }
        assert_eq!((place(&INITIALS, 19), place(&FINALS, 30)), ("z".to_owned(), "ian".to_owned()));
    }

    #[test]
    fn distances() {
        assert_eq!(distance('伟', '玮'), Some(0));
        assert_eq!(distance('张', '章'), Some(0));
        assert_eq!(distance('伟', '威'), Some(1));
        assert_eq!(distance('陈', '程'), Some(2));
        assert_eq!(distance('李', '倪'), Some(2));
        assert_eq!(distance('单', '善'), Some(0), "单 as a surname is read shan");
        assert_eq!(distance('张', '李'), None);
        assert_eq!(distance('a', 'a'), None);
    }

    #[test]
    fn keys_and_spellings() {
        assert_eq!(Sounds::of('陈').confused(), Sounds::of('程').confused());
        assert_eq!(plain_sounds('张').next(), Some("zhang"));
        assert_eq!(plain_sounds('曾').collect::<Vec<_>>().len(), 2);
        assert_eq!(Sounds::of('x').confused(), "");
    }
}
