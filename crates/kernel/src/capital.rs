//! Amounts in capital numerals, as printed documents have them: 壹佰贰拾叁元肆角伍分.

use crate::Money;

const DIGITS: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
const PLACES: [&str; 4] = ["仟", "佰", "拾", ""];

/// An amount in capital numerals: 整 behind 元 when there are neither 角 nor 分.
pub fn capital(amount: Money) -> String {
    let fen = amount.fen().unsigned_abs();
    let (yuan, jiao, fen) = (fen / 100, fen / 10 % 10, fen % 10);
    let mut text = if amount.fen() < 0 { "负".to_owned() } else { String::new() };
    if yuan > 0 || jiao == 0 && fen == 0 {
        text += &whole(yuan);
        text.push('元');
    }
    let mut push = |digit: u64, unit: &str| {
        text.push(DIGITS[digit as usize]);
        text.push_str(unit);
    };
    match (jiao, fen) {
        (0, 0) => text.push('整'),
        (0, fen) if yuan > 0 => {
            push(0, "");
            push(fen, "分");
        }
        (0, fen) => push(fen, "分"),
        (jiao, 0) => push(jiao, "角"),
        (jiao, fen) => {
            push(jiao, "角");
            push(fen, "分");
        }
    }
    text
}

/// A whole number in capital numerals.
fn whole(number: u64) -> String {
    for (unit, sign) in [(100_000_000, '亿'), (10_000, '万')] {
        if number >= unit {
            let (high, low) = (number / unit, number % unit);
            let gap = if low > 0 && low < unit / 10 { "零" } else { "" };
            let low = if low == 0 { String::new() } else { whole(low) };
            return format!("{}{sign}{gap}{low}", whole(high));
        }
    }
    below_ten_thousand(number)
}

fn below_ten_thousand(number: u64) -> String {
    if number == 0 {
        return "零".to_owned();
    }
    let digits = [number / 1000, number / 100 % 10, number / 10 % 10, number % 10];
    let mut text = String::new();
    let mut gap = false;
    for (digit, place) in digits.into_iter().zip(PLACES) {
        if digit == 0 {
            gap = !text.is_empty();
            continue;
        }
        if gap {
            text.push('零');
        }
        gap = false;
        text.push(DIGITS[digit as usize]);
        text.push_str(place);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_of_the_standard_and_more() {
        for (fen, words) in [
            (123_456_789, "壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分"),
            (1_000_500, "壹万零伍元整"),
            (100_000, "壹仟元整"),
            (105, "壹元零伍分"),
            (0, "零元整"),
            (5, "伍分"),
            (50, "伍角"),
            (-1_010, "负壹拾元壹角"),
            (10_100_000_000, "壹亿零壹佰万元整"),
            (10_000_000_000_100, "壹仟亿零壹元整"),
            (i64::MIN, "负玖亿贰仟贰佰叁拾叁万柒仟贰佰零叁亿陆仟捌佰伍拾肆万柒仟柒佰伍拾捌元零捌分"),
        ] {
            assert_eq!(capital(Money(fen)), words, "{fen}");
        }
    }
}
