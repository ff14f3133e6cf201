//! Numbers of whoever it is, a person or an organisation.

use gnomon_kernel::{Code, Day};

use crate::{idno, orgcode, text::fold};

/// Makes the canonical number of a person or an organisation, which it is being told by length and check. `today` is the
/// latest birthday. Of a number that is neither, the fault is that of what it looks like.
pub fn canonical(text: &str, today: Day) -> Result<String, Code> {
    let folded = fold(text);
    let person = match idno::canonical(&folded, today) {
        Ok(number) => return Ok(number),
        Err(fault) => fault,
    };
    orgcode::of_organisation(&folded).map_err(|organisation| {
        let digits = folded.bytes().take(17).all(|b| b.is_ascii_digit()) && !folded.starts_with('1');
        if digits && matches!(folded.len(), 15 | 18) { person } else { organisation }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn persons_and_organisations_of_any_age() {
        let today = Day::from_ymd_opt(2025, 6, 30).unwrap();
        let read = |text| canonical(text, today);
        assert_eq!(read("870121640229123").as_deref(), Ok("870121196402291231"));
        assert_eq!(read("87010219791105028x").as_deref(), Ok("87010219791105028X"));
        assert_eq!(read("91870121MA0X7K2Q5R").as_deref(), Ok("91870121MA0X7K2Q5R"));
        assert_eq!(read("ma0x7k2q-5").as_deref(), Ok("MA0X7K2Q5"));
        assert_eq!(read("870121198506142316"), Err(Code::IdCheck));
        assert_eq!(read("870121641329123"), Err(Code::IdDate));
        assert_eq!(read("91870121MA0XK72Q5R"), Err(Code::OrgCheck));
        assert_eq!(read("91870121"), Err(Code::OrgLength));
    }
}
