//! Administrative division codes (GB/T 2260, GB/T 10114 and the statistical village codes).

use gnomon_kernel::Code;

use crate::text::fold;

/// Pads a code of 6, 9 or 12 digits to 12.
pub fn canonical(text: &str) -> Result<String, Code> {
    let mut code = fold(text).into_owned();
    let whole = matches!(code.len(), 6 | 9 | 12)
        && code.bytes().all(|b| b.is_ascii_digit())
        && !code.starts_with("00");
    if !whole {
        return Err(Code::Region);
    }
    code.extend(std::iter::repeat_n('0', 12 - code.len()));
    Ok(code)
}

/// The digits that say something: `870121000000` → `870121`. A subtree is a prefix of these.
pub fn significant(code: &str) -> &str {
    let keep = [2, 4, 6, 9, 12]
        .into_iter()
        .find(|n| code.get(*n..).is_some_and(|rest| rest.bytes().all(|b| b == b'0')));
    &code[..keep.unwrap_or(code.len())]
}

/// What a code stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Two digits.
    Province,
    /// Four digits.
    Prefecture,
    /// Six digits.
    County,
    /// Nine digits.
    Township,
    /// Twelve digits.
    Village,
}

/// The level of a code of 6, 9 or 12 digits, by what follows the digits that say something.
pub fn level(code: &str) -> Level {
    match significant(code).len() {
        0..=2 => Level::Province,
        3..=4 => Level::Prefecture,
        5..=6 => Level::County,
        7..=9 => Level::Township,
        _ => Level::Village,
    }
}

/// The digits of the division above; `None` for a province.
pub fn parent(code: &str) -> Option<&str> {
    let above = match level(code) {
        Level::Province => return None,
        Level::Prefecture => 2,
        Level::County => 4,
        Level::Township => 6,
        Level::Village => 9,
    };
    code.get(..above)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pads_and_trims() {
        assert_eq!(canonical("870121").as_deref(), Ok("870121000000"));
        assert_eq!(canonical("870121100201").as_deref(), Ok("870121100201"));
        assert_eq!(canonical("87012"), Err(Code::Region));
        assert_eq!(significant("870121000000"), "870121");
        assert_eq!(significant("870121100000"), "870121100");
        assert_eq!(significant("870000000000"), "87");
        assert_eq!(significant("870121100201"), "870121100201");
    }
}
