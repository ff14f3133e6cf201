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

/// Bits of the tone, and bits below those that tell readings apart after the usual confusions.
const TONE: u32 = 3;
const CONFUSED: u32 = 14;

/// How many readings of a character are looked at.
const READINGS: usize = 3;

/// The readings of one character, the commonest first; 0 where there are fewer. From the lowest bit a reading is its tone
/// (3 bits), final (6) and initial (5), then final and initial after the usual confusions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sounds([u32; READINGS]);

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
        let mut least = None;
        for one in self.0.into_iter().take_while(|reading| *reading != 0) {
            for two in other.0.into_iter().take_while(|reading| *reading != 0) {
                let apart = one ^ two;
                if apart >> CONFUSED != 0 {
                    continue;
                }
                let distance = match apart {
                    0 => 0,
                    _ if apart >> TONE == 0 => 1,
                    _ => 2,
                };
                least = Some(least.map_or(distance, |least: u8| least.min(distance)));
            }
        }
        least
    }

    /// The commonest reading as a speaker who confuses sounds would write it: a key under which confusable characters
    /// fall together. Empty when the character has no reading.
    pub fn confused(self) -> String {
        let reading = self.0[0] >> CONFUSED;
        if reading == 0 {
            return String::new();
        }
        let (initial, last) = (reading >> 6, reading & 0x3F);
        format!("{}{}", INITIALS[initial as usize - 1], FINALS[last as usize])
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

fn tone(reading: &str) -> u32 {
    reading.bytes().find(u8::is_ascii_digit).map_or(0, |digit| u32::from(digit - b'0'))
}

/// A reading as in [`Sounds`]. Initials count from 1, so that no reading is 0.
fn code(plain: &str, tone: u32) -> u32 {
    let plain = plain.replace('ü', "v");
    let initial =
        INITIALS.iter().skip(1).position(|initial| plain.starts_with(initial)).map_or(0, |at| at + 1);
    let Some(last) = FINALS.iter().position(|last| *last == &plain[INITIALS[initial].len()..]) else {
        return 0;
    };
    let pack = |initial: usize, last: usize| ((initial as u32 + 1) << 6) | last as u32;
    let (confused_initial, confused_last) = confuse(initial, last);
    (pack(confused_initial, confused_last) << CONFUSED) | (pack(initial, last) << TONE) | tone
}

/// Places of an initial and a final in the tables after the usual confusions.
fn confuse(initial: usize, last: usize) -> (usize, usize) {
    let initial = match INITIALS[initial] {
        "zh" => "z",
        "ch" => "c",
        "sh" => "s",
        "n" => "l",
        "f" => "h",
        other => other,
    };
    let last = match FINALS[last] {
        "ang" => "an",
        "eng" => "en",
        "ing" => "in",
        "iang" => "ian",
        "uang" => "uan",
        other => other,
    };
    let place =
        |table: &[&str], wanted: &str| table.iter().position(|entry| *entry == wanted).unwrap_or_default();
    (place(&INITIALS, initial), place(&FINALS, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn distance(one: char, other: char) -> Option<u8> {
        Sounds::of(one).distance(Sounds::of(other))
    }

    #[test]
    fn confusions_are_what_they_say() {
        for (one, other) in
            [("zhang", "zan"), ("chen", "ceng"), ("shi", "si"), ("ning", "lin"), ("huang", "fuan")]
        {
            assert_eq!(code(one, 1) >> CONFUSED, code(other, 2) >> CONFUSED, "{one} {other}");
        }
        for (one, other) in [("zhang", "chang"), ("li", "ri"), ("wei", "hui"), ("an", "en")] {
            assert_ne!(code(one, 1) >> CONFUSED, code(other, 1) >> CONFUSED, "{one} {other}");
        }
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
