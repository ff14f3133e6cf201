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
}
