//! Documents that prove who a person is, other than by the resident identity number alone.
//!
//! Sources: GB 11643 and the residence permits of 2018 for residents of Hong Kong, Macao and Taiwan, which have numbers of
//! the same build; the permanent residence cards of foreigners of 2017 (15 characters) and 2023 (18); ICAO 9303 for
//! passports; GB/T 26341 for certificates of disability.

use gnomon_kernel::{Code, Day};

use crate::{idno, text::fold};

/// What kind of document a number belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Resident identity card, 18 characters.
    ResidentId,
    /// Residence permit of a resident of Hong Kong, Macao or Taiwan: built like a resident number, region 81 to 83.
    ResidencePermit,
    /// Permanent residence card of a foreigner, form of 2023: built like a resident number and beginning with 9.
    PermanentResidence,
    /// Permanent residence card of a foreigner, form of 2017: three letters and twelve digits.
    PermanentResidence2017,
    /// Travel permit of residents of Hong Kong and Macao: `H` or `M` and 8 or 10 digits.
    HongKongMacaoPermit,
    /// Travel permit of residents of Taiwan: 8 digits.
    TaiwanPermit,
    /// Passport: 5 to 17 letters and digits.
    Passport,
    /// Certificate of disability: the resident number, a digit of category, one of level, and `B` with a digit when it was
    /// issued again.
    Disability,
}

/// A document as a number of a kind.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Document {
    /// What it is.
    pub kind: Kind,
    /// Its canonical number.
    pub number: String,
}

/// Reads a number whose kind is not said, by its form alone. A number built like a resident number is held to its check and
/// answers with the codes of `idno`; one that has no known form is `Code::Document`.
pub fn read(text: &str, today: Day) -> Result<Document, Code> {
    let folded = fold(text);
    let bytes = folded.as_bytes();
    let digits = |bytes: &[u8]| bytes.iter().all(u8::is_ascii_digit);
    let kind = match bytes {
        [head @ .., _] if bytes.len() == 18 && digits(head) => return resident(&folded, today),
        _ if bytes.len() == 15 && digits(bytes) => return resident(&folded, today),
        [letters @ .., _, _, _, _, _, _, _, _, _, _, _, _]
            if letters.len() == 3 && letters.iter().all(u8::is_ascii_uppercase) && digits(&bytes[3..]) =>
        {
            Kind::PermanentResidence2017
        }
        [b'H' | b'M', rest @ ..] if matches!(rest.len(), 8 | 10) && digits(rest) => Kind::HongKongMacaoPermit,
        _ if bytes.len() == 8 && digits(bytes) => Kind::TaiwanPermit,
        _ if disability(&folded, today).is_some() => Kind::Disability,
        _ if is_passport(bytes) => Kind::Passport,
        _ => return Err(Code::Document),
    };
    Ok(Document { kind, number: folded.into_owned() })
}

fn resident(folded: &str, today: Day) -> Result<Document, Code> {
    let number = idno::canonical(folded, today)?;
    let kind = match &number.as_bytes()[..2] {
        [b'9', _] => Kind::PermanentResidence,
        [b'8', b'1'..=b'3'] => Kind::ResidencePermit,
        _ => Kind::ResidentId,
    };
    Ok(Document { kind, number })
}

/// Letters and digits with at least one digit; a row of digits alone must be as long as passports are.
fn is_passport(bytes: &[u8]) -> bool {
    (5..=17).contains(&bytes.len())
        && bytes.iter().all(u8::is_ascii_alphanumeric)
        && bytes.iter().any(u8::is_ascii_digit)
        && (bytes.iter().any(u8::is_ascii_uppercase) || bytes.len() == 9)
}

/// Resident number, category (1 to 7) and level (1 to 4) of a certificate of disability.
pub fn disability(text: &str, today: Day) -> Option<(String, u8, u8)> {
    let folded = fold(text);
    let (number, rest) = folded.split_at_checked(18)?;
    let (category, level) = match rest.as_bytes() {
        [category @ b'1'..=b'7', level @ b'1'..=b'4'] => (category, level),
        [category @ b'1'..=b'7', level @ b'1'..=b'4', b'B', again] if again.is_ascii_digit() => {
            (category, level)
        }
        _ => return None,
    };
    Some((idno::canonical(number, today).ok()?, category - b'0', level - b'0'))
}

/// Every number one person's canonical number may be written as: itself, the number of 15 digits it was before the
/// upgrade, and in the case of a certificate of disability the number inside it.
pub fn aliases(document: &Document) -> Vec<String> {
    let mut aliases = vec![document.number.clone()];
    match document.kind {
        Kind::ResidentId => aliases.extend(idno::downgraded(&document.number)),
        Kind::Disability => {
            let inside = &document.number[..18];
            aliases.push(inside.to_owned());
            aliases.extend(idno::downgraded(inside));
        }
        _ => {}
    }
    aliases
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> Day {
        Day::from_ymd_opt(2026, 11, 22).unwrap()
    }

    #[test]
    fn kinds_by_form() {
        for (text, kind) in [
            ("870121198506143216", Kind::ResidentId),
            ("870121640229123", Kind::ResidentId),
            ("810000199001010019", Kind::ResidencePermit),
            ("987999198808080121", Kind::PermanentResidence),
            ("XXA110080010203", Kind::PermanentResidence2017),
            ("H12345678", Kind::HongKongMacaoPermit),
            ("M1234567801", Kind::HongKongMacaoPermit),
            ("12345678", Kind::TaiwanPermit),
            ("E12345678", Kind::Passport),
            ("123456789", Kind::Passport),
            ("87010219791105028X43", Kind::Disability),
            ("87010219791105028X43B1", Kind::Disability),
        ] {
            assert_eq!(read(text, today()).map(|document| document.kind), Ok(kind), "{text}");
        }
    }

    #[test]
    fn faults() {
        for (text, code) in [
            ("870121198506142316", Code::IdCheck),
            ("810000199013010011", Code::IdDate),
            ("PASSPORT", Code::Document),
            ("1234", Code::Document),
            ("张三", Code::Document),
            ("", Code::Document),
        ] {
            assert_eq!(read(text, today()), Err(code), "{text}");
        }
    }

    #[test]
    fn one_person_under_all_numbers() {
        let all = |text| aliases(&read(text, today()).unwrap());
        assert_eq!(all("870121640229123"), ["870121196402291231", "870121640229123"]);
        assert_eq!(all("870181189801019973"), ["870181189801019973", "870181980101997"]);
        assert_eq!(all("870121201608300045"), ["870121201608300045"]);
        assert_eq!(all("87010219791105028X43")[1..], ["87010219791105028X", "870102791105028"]);
        assert_eq!(
            disability("87010219791105028X43", today()),
            Some(("87010219791105028X".to_owned(), 4, 3))
        );
    }
}
