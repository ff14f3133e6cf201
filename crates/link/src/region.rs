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
