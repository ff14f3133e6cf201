//! What the values of a column look like.

use gnomon_kernel::Day;
use gnomon_library::column::{Column, ColumnType};
use gnomon_link as link;

use crate::cell;

/// How values stand to a column of a dataset; parts from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Likeness {
    /// The part that can be read as the column's type at all.
    pub reads: f64,
    /// The part that looks like the type and not merely passes for it.
    pub looks: f64,
    /// How much it says when values look like this type.
    pub weight: f64,
}

impl Likeness {
    /// Of values none of which is empty; without any, nothing speaks against the column and nothing for it.
    pub(crate) fn of(column: &Column, values: &[&str], today: Day) -> Likeness {
        if values.is_empty() {
            return Likeness { reads: 1.0, looks: 0.0, weight: 0.0 };
        }
        let (mut reads, mut looks) = (0, 0);
        for value in values {
            if cell::read(column, value, false, today).is_ok() {
                reads += 1;
                looks += usize::from(looks_like(column.ty, value));
            }
        }
        let part = |count: usize| count as f64 / values.len() as f64;
        Likeness { reads: part(reads), looks: part(looks), weight: weight(column.ty, values) }
    }

    /// What the values alone say for the column, from 0 to 1.
    pub(crate) fn evidence(&self) -> f64 {
        self.weight * self.looks
    }
}

/// A number with a check character is hardly ever anything else; a short whole number may be everything.
fn weight(ty: ColumnType, values: &[&str]) -> f64 {
    use ColumnType as T;
    match ty {
        T::Idno | T::Uscc => 1.0,
        T::Party => 0.95,
        T::Hash | T::Plate | T::Geo => 0.9,
        T::Phone => 0.85,
        T::Enum | T::Date | T::Datetime => 0.8,
        T::Month | T::Bankacct => 0.75,
        T::Region => 0.7,
        T::Name => 0.6,
        T::Year => 0.55,
        T::Money if values.iter().any(|value| value.contains(['.', '¥', '￥', '元'])) => 0.6,
        T::Pct | T::Bool => 0.3,
        T::Money | T::Dec | T::Int => 0.25,
        T::Code | T::PartyName | T::List | T::Text => 0.05,
    }
}

/// Stricter than reading: one's doubts about a cell go to its advantage when its column is known, and against it here.
fn looks_like(ty: ColumnType, text: &str) -> bool {
    use ColumnType as T;
    let text = text.trim();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    match ty {
        T::Name => is_like_name(text),
        T::Phone => digits == 11 || text.starts_with('0') && digits >= 10,
        T::Bankacct => digits >= 12,
        T::Date => !text.contains(':') && digits != 5 || text.ends_with("00:00:00"),
        T::Datetime => text.contains(':') || digits == 14,
        T::Month => digits <= 6,
        T::Year => digits == 4,
        _ => true,
    }
}

/// Two to four Chinese characters, or some with a dot between them.
fn is_like_name(text: &str) -> bool {
    let name = link::name::canonical(text);
    let is_han = |c: char| matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{323AF}');
    let letters = name.chars().count();
    let is_short = (2..=4).contains(&letters);
    name.chars().all(|c| is_han(c) || c == '·') && (is_short || letters > 4 && name.contains('·'))
}

/// Whether any of the values tells who a person is: names, numbers, phones, accounts.
pub(crate) fn tell_persons(values: &[&str], today: Day) -> bool {
    let tells = |value: &&str| {
        link::idno::canonical(value, today).is_ok()
            || link::account::canonical(value).is_ok_and(|account| account.len() >= 11)
            || is_like_name(value)
    };
    values.iter().any(tells)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(ty: &str, values: &[&str]) -> Likeness {
        let column: Column =
            toml::from_str(&format!("name = \"c\"\ntype = \"{ty}\"\ntitle = {{ zh = \"列\", en = \"C\" }}"))
                .unwrap();
        Likeness::of(&column, values, Day::from_ymd_opt(2025, 6, 30).unwrap())
    }

    #[test]
    fn dates_accounts_and_months_are_told_apart() {
        let days = ["2024-03-05", "20240306"];
        assert_eq!(likeness("date", &days).looks, 1.0);
        assert_eq!(likeness("month", &days).looks, 0.0);
        assert_eq!(likeness("bankacct", &days).looks, 0.0);
        assert_eq!(likeness("phone", &days).looks, 0.0);
        assert_eq!(likeness("datetime", &days).looks, 0.0);
        let amounts = ["12345", "8000"];
        assert_eq!(likeness("date", &amounts).looks, 0.0);
        assert!(likeness("money", &["1,234.50"]).evidence() > likeness("money", &amounts).evidence());
    }

    #[test]
    fn persons_are_seen_in_names_and_numbers() {
        let today = Day::from_ymd_opt(2025, 6, 30).unwrap();
        assert!(tell_persons(&["张三", "欧阳小明", "李"], today));
        assert!(tell_persons(&["1200.00", "2024-03-05", "张三"], today), "one is enough");
        assert!(tell_persons(&["87010219791105028X"], today));
        assert!(tell_persons(&["16900000001"], today));
        assert!(!tell_persons(&["2024-03-05", "1200.00"], today));
        assert!(!tell_persons(&[], today));
    }
}
