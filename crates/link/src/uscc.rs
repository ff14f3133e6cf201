//! Unified social credit codes (GB 32100) with the organisation code (GB 11714) inside.

use gnomon_kernel::Code;

use crate::text::fold;

const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
const WEIGHTS: [u32; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/// Makes the canonical 18 characters of a code as departments write it.
pub fn canonical(text: &str) -> Result<String, Code> {
    let code = fold(text).into_owned();
    if code.len() != 18 {
        return Err(Code::OrgLength);
    }
    let mut sum = 0;
    let mut last = 0;
    for (i, byte) in code.bytes().enumerate() {
        let value = ALPHABET.iter().position(|letter| *letter == byte).ok_or(Code::OrgChar)? as u32;
        match WEIGHTS.get(i) {
            Some(weight) => sum += value * weight,
            None => last = value,
        }
    }
    if (31 - sum % 31) % 31 == last { Ok(code) } else { Err(Code::OrgCheck) }
}

/// The nine characters of the organisation code inside a canonical code.
pub fn organisation_code(code: &str) -> Option<&str> {
    code.get(8..17)
}

/// The six digits of the division in which the organisation was registered.
pub fn region(code: &str) -> Option<&str> {
    code.get(2..8).filter(|region| region.bytes().all(|b| b.is_ascii_digit()))
}

/// Every number under which the organisation of a canonical code is known in older files: the code itself, its
/// organisation code, and the taxpayer number made of division and organisation code.
pub fn aliases(code: &str) -> Vec<String> {
    let mut aliases = vec![code.to_owned()];
    if let (Some(region), Some(inside)) = (region(code), organisation_code(code)) {
        aliases.extend([inside.to_owned(), format!("{region}{inside}")]);
    }
    aliases
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_of_the_standard() {
        for code in [
            "91870121MA0X7K2Q5R",
            "N2870121MF3T9A1BX4",
            "128701004001234564",
            "11870000002000178G",
            "52870102MJ05C2D83G",
            "91350100M000100Y43",
        ] {
            assert_eq!(canonical(code).as_deref(), Ok(code));
        }
        assert_eq!(canonical("９１８７０１２１MA0X7K2Q5r").as_deref(), Ok("91870121MA0X7K2Q5R"));
        assert_eq!(canonical("91870121MA0XK72Q5R"), Err(Code::OrgCheck));
        assert_eq!(canonical("91350100M000100Y4Z"), Err(Code::OrgChar));
        assert_eq!(canonical("9135"), Err(Code::OrgLength));
    }

    #[test]
    fn what_is_inside() {
        assert_eq!(organisation_code("91870121MA0X7K2Q5R"), Some("MA0X7K2Q5"));
        assert_eq!(region("91870121MA0X7K2Q5R"), Some("870121"));
        assert_eq!(aliases("91870121MA0X7K2Q5R"), ["91870121MA0X7K2Q5R", "MA0X7K2Q5", "870121MA0X7K2Q5"]);
    }
}
