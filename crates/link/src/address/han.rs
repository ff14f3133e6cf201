//! Addresses in Han characters.

use super::{Address, Part};
use crate::han;

/// What names of places end in. Of those that fit at one place the first holds.
const PLACES: [(&str, Part); 33] = [
    ("特别行政区", Part::Province),
    ("自治区", Part::Province),
    ("省", Part::Province),
    ("自治州", Part::City),
    ("地区", Part::City),
    ("盟", Part::City),
    ("市", Part::City),
    ("自治县", Part::County),
    ("开发区", Part::County),
    ("高新区", Part::County),
    ("县", Part::County),
    ("旗", Part::County),
    ("街道办事处", Part::Township),
    ("街道", Part::Township),
    ("镇", Part::Township),
    ("乡", Part::Township),
    ("行政村", Part::Village),
    ("自然村", Part::Village),
    ("社区", Part::Village),
    ("小区", Part::Estate),
    ("园区", Part::Estate),
    ("区", Part::County),
    ("村", Part::Village),
    ("屯", Part::Village),
    ("大道", Part::Road),
    ("胡同", Part::Road),
    ("路", Part::Road),
    ("街", Part::Road),
    ("巷", Part::Road),
    ("花园", Part::Estate),
    ("公寓", Part::Estate),
    ("大厦", Part::Estate),
    ("家园", Part::Estate),
];

/// What numbers are followed by.
const NUMBERED: [(&str, Part); 22] = [
    ("村民小组", Part::Group),
    ("生产队", Part::Group),
    ("小组", Part::Group),
    ("组", Part::Group),
    ("社", Part::Group),
    ("队", Part::Group),
    ("弄", Part::Road),
    ("巷", Part::Road),
    ("号楼", Part::Building),
    ("号院", Part::Number),
    ("号", Part::Number),
    ("幢", Part::Building),
    ("栋", Part::Building),
    ("座", Part::Building),
    ("单元", Part::Unit),
    ("门", Part::Unit),
    ("号室", Part::Room),
    ("室", Part::Room),
    ("房", Part::Room),
    ("户", Part::Room),
    ("楼", Part::Building),
    ("#", Part::Building),
];

/// What stands behind the name of a village without adding to it.
const BODIES: [&str; 12] = [
    "村民委员会",
    "居民委员会",
    "村委会",
    "居委会",
    "委员会",
    "委会",
    "办事处",
    "镇政府",
    "乡政府",
    "人民政府",
    "村部",
    "市辖区",
];

/// Takes a folded address to pieces.
pub(super) fn parse(folded: &str) -> Address {
    let text: String =
        folded.chars().filter(|c| !c.is_whitespace() && !matches!(c, ',' | '、' | '。' | ';')).collect();
    let simple: String = text.chars().map(han::simplified).collect();
    let mut address = Address { text, ..Address::default() };
    let mut rest = simple.as_str();
    let mut last = None;
    while !rest.is_empty() {
        if let Some(after) = BODIES.iter().find_map(|body| rest.strip_prefix(body)) {
            rest = after;
            continue;
        }
        if let Some(after) = floor(rest, !address.part(Part::Building).is_empty()) {
            rest = after;
            continue;
        }
        let named = || place(rest, last).map(|(name, part, after)| (name.to_owned(), part, after));
        let found = numbered(rest).or_else(named);
        match found {
            Some((value, part, after)) => {
                if address.part(part).is_empty() {
                    address.set(part, value);
                } else {
                    address.rest.push_str(&value);
                }
                (last, rest) = (Some(part), after);
            }
            None => {
                rest = remainder(&mut address, rest, last);
            }
        }
    }
    address
}

/// A number with what it counts: 3组, 十二号, a栋.
fn numbered(text: &str) -> Option<(String, Part, &str)> {
    let text = text.strip_prefix('第').unwrap_or(text);
    let is_digit = |c: char| c.is_ascii_alphanumeric() || c == '-' || digit(c).is_some();
    let end = text.find(|c: char| !is_digit(c)).unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    if number.is_empty() {
        return None;
    }
    NUMBERED.iter().find_map(|(ending, part)| Some((arabic(number), *part, rest.strip_prefix(ending)?)))
}

/// The text behind a floor, which the number of the room repeats. 楼 is a floor once the building is known.
fn floor(text: &str, has_building: bool) -> Option<&str> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || digit(c).is_some());
    let ended = rest.strip_prefix('层').or(if has_building { rest.strip_prefix('楼') } else { None });
    ended.filter(|_| rest.len() < text.len())
}

/// The place a text begins with. A part as large as the last one, or larger, is part of a name.
fn place(text: &str, last: Option<Part>) -> Option<(&str, Part, &str)> {
    for (at, _) in text.char_indices().skip(1).take(12) {
        let Some((ending, part)) = PLACES.iter().find(|(ending, _)| text[at..].starts_with(ending)) else {
            continue;
        };
        let part = match (*part, last) {
            (Part::City, Some(Part::City)) => Part::County,
            (part, _) => part,
        };
        let (name, after) = text.split_at(at + ending.len());
        if last.is_some_and(|last| part <= last) || is_inside_name(after) {
            continue;
        }
        return Some((name, part, after));
    }
    None
}

/// 大路村, 城市镇: the ending found belongs to a longer name.
fn is_inside_name(after: &str) -> bool {
    let goes_on = after.starts_with(['村', '镇', '乡', '县', '路', '街']);
    goes_on && !BODIES.iter().any(|body| after.starts_with(body))
}

/// What follows no rule: digits divided by hyphens at the end are building, unit and room, and one number behind a street or
/// the group of a village is that of the house; the rest stays the rest.
fn remainder<'a>(address: &mut Address, text: &'a str, last: Option<Part>) -> &'a str {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(text.len());
    if !text[..end].contains(|c: char| c.is_ascii_digit()) {
        let first = if end > 0 { end } else { text.chars().next().map_or(text.len(), char::len_utf8) };
        address.rest.push_str(&text[..first]);
        return &text[first..];
    }
    let in_street = matches!(last, Some(Part::Village | Part::Group | Part::Road));
    if in_street && !text[..end].contains('-') {
        address.set(Part::Number, text[..end].to_owned());
        return &text[end..];
    }
    let mut parts = [Part::Room, Part::Unit, Part::Building].into_iter();
    for number in text[..end].rsplit('-').filter(|number| !number.is_empty()) {
        match parts.next().filter(|part| address.part(*part).is_empty()) {
            Some(part) => address.set(part, number.to_owned()),
            None => address.rest.push_str(number),
        }
    }
    &text[end..]
}

/// A number in Han or Arabic digits as Arabic digits.
fn arabic(number: &str) -> String {
    if !number.chars().any(|c| digit(c).is_some()) {
        return number.to_owned();
    }
    if !number.contains(['十', '百']) {
        return number.chars().map(|c| digit(c).map_or(c, |value| char::from(b'0' + value))).collect();
    }
    let (mut sum, mut last) = (0_u32, 0);
    for c in number.chars() {
        match c {
            '十' | '百' => {
                sum += last.max(1) * if c == '十' { 10 } else { 100 };
                last = 0;
            }
            c => last = c.to_digit(10).or(digit(c).map(u32::from)).unwrap_or(0),
        }
    }
    (sum + last).to_string()
}

/// The value of a Han digit; tens and hundreds are 0 here.
fn digit(c: char) -> Option<u8> {
    match c {
        '十' | '百' => Some(0),
        '〇' => Some(0),
        '两' => Some(2),
        c => "零一二三四五六七八九".chars().position(|digit| digit == c).map(|value| value as u8),
    }
}
