//! Masking as in the disclosure rules: full, internal masked, public. This module makes the internal view.

/// A personal value whose `Debug` and `Display` never show it whole, so that it cannot reach a log.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Masked<T>(T);

impl<T> Masked<T> {
    /// Wraps a value.
    pub fn new(value: T) -> Self {
        Self(value)
    }

    /// The value itself. The caller has recorded a reason or keeps it inside the process.
    pub fn reveal(&self) -> &T {
        &self.0
    }
}

impl<T: AsRef<str>> std::fmt::Debug for Masked<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Masked({})", mask_id(self.0.as_ref()))
    }
}

impl<T: AsRef<str>> std::fmt::Display for Masked<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&mask_id(self.0.as_ref()))
    }
}

/// Identity number, internal view: first 6, eight stars, last 4. Short values lose all but one character.
pub fn mask_id(id: &str) -> String {
    keep(id, 6, 4, 8)
}

/// Account number, internal view: first 6, stars for the rest, last 4.
pub fn mask_account(account: &str) -> String {
    let length = account.chars().count();
    keep(account, 6, 4, length.saturating_sub(10).max(1))
}

fn keep(text: &str, head: usize, tail: usize, stars: usize) -> String {
    let chars: Vec<char> = text.chars().collect();
    if chars.len() < head + tail + 4 {
        let first = chars.first().map(char::to_string).unwrap_or_default();
        return format!("{first}{}", "*".repeat(chars.len().saturating_sub(1)));
    }
    let start: String = chars[..head].iter().collect();
    let end: String = chars[chars.len() - tail..].iter().collect();
    format!("{start}{}{end}", "*".repeat(stars))
}

const COMPOUND_SURNAMES: &[&str] = &[
    "欧阳", "太史", "端木", "上官", "司马", "东方", "独孤", "南宫", "万俟", "闻人", "夏侯", "诸葛", "尉迟",
    "公羊", "赫连", "澹台", "皇甫", "宗政", "濮阳", "公冶", "太叔", "申屠", "公孙", "慕容", "仲孙", "钟离",
    "长孙", "宇文", "司徒", "鲜于", "司空", "令狐",
];

/// The surname of two characters that a Han name in simplified characters begins with, when something follows it.
pub fn compound_surname(name: &str) -> Option<&'static str> {
    let begins = |surname: &&&str| name.strip_prefix(**surname).is_some_and(|given| !given.is_empty());
    COMPOUND_SURNAMES.iter().find(begins).copied()
}

/// Personal name, internal view: surname and stars; names with a middle dot or in Latin keep one character.
pub fn mask_name(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let Some(first) = chars.first() else { return String::new() };
    if name.contains('·') || first.is_ascii_alphabetic() {
        return format!("{first}**");
    }
    match compound_surname(name) {
        Some(surname) => format!("{surname}**"),
        None if chars.len() <= 2 => format!("{first}*"),
        None => format!("{first}**"),
    }
}

/// What names of organisations end in. A contractor or counterparty may be a person or an organisation.
const ORGANISATION_ENDINGS: [&str; 22] = [
    "公司",
    "厂",
    "店",
    "行",
    "社",
    "部",
    "所",
    "中心",
    "医院",
    "学校",
    "局",
    "委",
    "委员会",
    "队",
    "院",
    "站",
    "馆",
    "园",
    "场",
    "会",
    "政府",
    "办",
];

/// Whether a name is an organisation's: longer than persons' names are and ending as organisations' do.
pub fn is_organisation_name(name: &str) -> bool {
    name.chars().count() >= 5 && ORGANISATION_ENDINGS.iter().any(|ending| name.ends_with(ending))
}

/// Whether the number of a person or organisation is an organisation's: 18 characters that hold no birthday.
pub fn is_organisation_code(number: &str) -> bool {
    let bytes = number.as_bytes();
    if bytes.len() != 18 || !bytes.iter().all(u8::is_ascii_alphanumeric) {
        return false;
    }
    let digits = |range: std::ops::Range<usize>| number[range].parse::<u32>().ok();
    let birthday = digits(6..10).is_some_and(|year| (1880..=2100).contains(&year))
        && digits(10..12).is_some_and(|month| (1..=12).contains(&month))
        && digits(12..14).is_some_and(|day| (1..=31).contains(&day));
    !birthday || !bytes[..17].iter().all(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_of_the_standard() {
        assert_eq!(mask_id("870121198506143216"), "870121********3216");
        assert_eq!(mask_account("9999990000012345670"), "999999*********5670");
        assert_eq!(mask_name("张三"), "张*");
        assert_eq!(mask_name("张三丰"), "张**");
        assert_eq!(mask_name("欧阳明月"), "欧阳**");
        assert_eq!(mask_name("阿依古丽·买买提"), "阿**");
    }

    #[test]
    fn organisations_are_told_from_persons() {
        assert!(is_organisation_code("91870121MA0X7K2Q5R"));
        assert!(!is_organisation_code("870121198506143216"));
        assert!(!is_organisation_code("87010219791105028X"));
        assert!(is_organisation_name("砚溪县森和建筑工程有限公司"));
        assert!(!is_organisation_name("张三"));
        assert!(!is_organisation_name("阿依古丽·买买提"));
    }

    #[test]
    fn debug_never_shows_the_value() {
        let id = Masked::new("870121198506143216".to_owned());
        assert!(!format!("{id:?}").contains("19850614"));
    }
}
