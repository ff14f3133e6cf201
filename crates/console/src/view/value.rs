//! Values in words.

use gnomon_app::{Cell, Shown, WarningItem};
use gnomon_kernel::Lang;
use gnomon_library::column::ColumnType;
use gnomon_ui::{Span, comma, fill, format, yes_no};

/// A value as people read it.
pub fn words(lang: Lang, value: &Shown) -> String {
    match value {
        Shown::Empty => String::new(),
        Shown::Text(text) => text.clone(),
        Shown::Place { code, name } => name.clone().unwrap_or_else(|| code.clone()),
        Shown::Money(money) => money.to_string(),
        Shown::Day(day) => day.to_string(),
        Shown::Month(month) => month.to_string(),
        Shown::Int(number) => format::count(*number),
        Shown::Number(number) => plain_number(*number),
        Shown::Percent(number) => format!("{}%", plain_number(*number)),
        Shown::Bool(yes) => yes_no(lang, *yes).into_owned(),
        Shown::List(items) => items.join(&comma(lang)),
        Shown::Named(words) => {
            let words: Vec<&str> = words.iter().map(|one| one.get(lang)).collect();
            words.join(&comma(lang))
        }
    }
}

/// A cell as people read it; a year is a number without separators.
pub fn cell(lang: Lang, cell: &Cell) -> String {
    match (cell.ty, &cell.value) {
        (Some(ColumnType::Year), Shown::Int(year)) => year.to_string(),
        (_, value) => words(lang, value),
    }
}

/// The finding in one sentence, its values marked.
pub fn sentence(lang: Lang, item: &WarningItem) -> Vec<Span> {
    fill(item.message.get(lang), |name| item.fact(name).map(|value| words(lang, value)))
}

/// At most two decimals, and none where they are zero.
pub fn plain_number(number: f64) -> String {
    let text = format!("{number:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_carry_no_needless_zeros() {
        assert_eq!(plain_number(12.5), "12.5");
        assert_eq!(plain_number(100.0), "100");
        assert_eq!(plain_number(0.333), "0.33");
    }

    #[test]
    fn values_read_like_people_write_them() {
        assert_eq!(words(Lang::Zh, &Shown::Int(12_345)), "12,345");
        assert_eq!(words(Lang::En, &Shown::Bool(true)), "yes");
        assert_eq!(words(Lang::Zh, &Shown::List(vec!["甲".into(), "乙".into()])), "甲、乙");
        let place = Shown::Place { code: "870121001007".into(), name: None };
        assert_eq!(words(Lang::Zh, &place), "870121001007");
    }
}
