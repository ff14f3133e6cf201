//! What a cell of each type must look like.

use chrono::NaiveDate;

use crate::library::Column;

/// Without blanks, full-width digits and the small x.
pub fn folded(text: &str) -> String {
    let half =
        |c: char| if ('０'..='９').contains(&c) { char::from_u32(c as u32 - 0xFEE0).unwrap() } else { c };
    text.chars().filter(|c| !c.is_whitespace()).map(half).map(|c| if c == 'x' { 'X' } else { c }).collect()
}

/// Whether a cell is of its column's type.
pub fn fits(text: &str, column: &Column) -> bool {
    let plain = folded(text);
    if plain.is_empty() {
        return !column.required;
    }
    let digits = |length: usize| plain.len() == length && plain.bytes().all(|b| b.is_ascii_digit());
    match column.kind.as_str() {
        "idno" => resident(&plain),
        "uscc" => credit(&plain),
        "party" => resident(&plain) || credit(&plain),
        "region" => digits(12),
        "phone" => digits(11) && plain.starts_with("169"),
        "bankacct" => digits(19) && plain.starts_with("999999"),
        "plate" => plain.starts_with('澜') && plain.chars().count() == 7,
        "date" => date(&plain),
        "datetime" => moment(text.trim()),
        "month" => month(&plain),
        "money" | "dec" | "pct" => money(&plain),
        "int" | "year" => plain.parse::<i64>().is_ok(),
        "bool" => ["是", "否"].contains(&plain.as_str()),
        "enum" => column.values.contains(&plain),
        _ => true,
    }
}

fn date(text: &str) -> bool {
    text.starts_with('#')
        || ["%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y年%m月%d日"]
            .iter()
            .any(|form| NaiveDate::parse_from_str(text, form).is_ok())
}

fn moment(text: &str) -> bool {
    let forms = ["%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M"];
    text.starts_with('#')
        || forms.iter().any(|form| chrono::NaiveDateTime::parse_from_str(text, form).is_ok())
}

fn month(text: &str) -> bool {
    let digits: String =
        text.trim_end_matches('月').chars().map(|c| if c == '年' { '-' } else { c }).collect();
    let (year, month) = match digits.split_once('-') {
        Some(parts) => parts,
        None if digits.len() == 6 => digits.split_at(4),
        None => return false,
    };
    year.len() == 4 && (1..=12).contains(&month.parse::<u32>().unwrap_or(0))
}

fn money(text: &str) -> bool {
    let number: String = text.trim_end_matches('元').chars().filter(|c| !matches!(c, ',' | '￥')).collect();
    number.parse::<f64>().is_ok()
}

fn resident(text: &str) -> bool {
    if text.len() == 15 {
        return text.bytes().all(|b| b.is_ascii_digit())
            && NaiveDate::parse_from_str(&format!("19{}", &text[6..12]), "%Y%m%d").is_ok();
    }
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    if text.len() != 18
        || !text.starts_with("87")
        || NaiveDate::parse_from_str(&text[6..14], "%Y%m%d").is_err()
    {
        return false;
    }
    let sum: u32 =
        text.bytes().zip(weights).map(|(b, weight)| u32::from(b.wrapping_sub(b'0')) * weight).sum();
    text.as_bytes()[17] == b"10X98765432"[(sum % 11) as usize]
}

fn credit(text: &str) -> bool {
    let alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    let mut weight = 1;
    let mut sum = 0;
    for c in text.chars().take(17) {
        let Some(value) = alphabet.find(c) else { return false };
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    text.len() == 18 && alphabet.as_bytes()[(31 - sum % 31) % 31] == text.as_bytes()[17]
}
