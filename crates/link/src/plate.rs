//! Vehicle plates (GA 36). 澜 is the invented character of sample data.

use gnomon_kernel::Code;

use crate::text::fold;

const FIRST: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼澜";

/// Makes the canonical form of a plate: capitals, no dot, blank or hyphen. Plates have no I and no O: behind the first two
/// characters they are 1 and 0.
pub fn canonical(text: &str) -> Result<String, Code> {
    let typed = |(at, c): (usize, char)| match c {
        'I' if at > 1 => '1',
        'O' if at > 1 => '0',
        c => c,
    };
    let folded = fold(text);
    let bare = folded.chars().filter(|c| !matches!(c, '·' | '.' | '•' | '・' | '‧'));
    let plate: String = bare.enumerate().map(typed).collect();
    let mut chars = plate.chars();
    let first = chars.next().is_some_and(|c| FIRST.contains(c));
    let letter = chars.next().is_some_and(|c| c.is_ascii_uppercase() && !matches!(c, 'I' | 'O'));
    let rest: Vec<char> = chars.collect();
    let plain = |c: &char| c.is_ascii_digit() || c.is_ascii_uppercase();
    let tail = match rest.split_last() {
        Some((last, body)) if (4..=5).contains(&body.len()) => {
            body.iter().all(plain) && (plain(last) || "挂学警港澳".contains(*last))
        }
        _ => false,
    };
    let rescue = plate.ends_with("应急");
    if first && letter && (tail || rescue) { Ok(plate) } else { Err(Code::Plate) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_of_the_standard() {
        assert_eq!(canonical("澜A·8K6P2").as_deref(), Ok("澜A8K6P2"));
        assert_eq!(canonical("澜ad12345").as_deref(), Ok("澜AD12345"));
        assert_eq!(canonical("澜A8KOI2").as_deref(), Ok("澜A8K012"));
        assert_eq!(canonical("澜I12345"), Err(Code::Plate));
        assert_eq!(canonical("A12345"), Err(Code::Plate));
    }
}
