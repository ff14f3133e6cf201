//! Values as they may be shown: masked where they tell who a person is, typed so that a page can format them.

use std::collections::{BTreeMap, BTreeSet};

use gnomon_kernel::{
    Day, Money, Month, Words, is_organisation_code, is_organisation_name, mask_account, mask_id, mask_name,
};
use gnomon_library::{
    column::ColumnType,
    model::{Model, Subject},
};
use gnomon_store::Tx;
use serde_json::Value as Json;

use crate::Result;

/// A value for the screen.
#[derive(Debug, Clone, PartialEq)]
pub enum Shown {
    /// There is none.
    Empty,
    /// Text, masked where it has to be.
    Text(String),
    /// A place.
    Place {
        /// Division code.
        code: String,
        /// Township and village, where known.
        name: Option<String>,
    },
    /// An amount.
    Money(Money),
    /// A day.
    Day(Day),
    /// A month.
    Month(Month),
    /// A whole number.
    Int(i64),
    /// A number.
    Number(f64),
    /// A percentage, 0 to 100.
    Percent(f64),
    /// Yes or no.
    Bool(bool),
    /// Several texts, each masked where it has to be.
    List(Vec<String>),
    /// Codes that have words.
    Named(Vec<Words>),
}

/// Names of divisions that a page needs.
#[derive(Debug, Default)]
pub(crate) struct Places {
    names: BTreeMap<String, String>,
}

impl Places {
    /// Loads the names of these divisions and of the townships above them.
    pub(crate) async fn load<'a>(tx: &Tx, codes: impl Iterator<Item = &'a str>) -> Result<Self> {
        let mut wanted = BTreeSet::new();
        for code in codes {
            wanted.extend(township(code));
            wanted.insert(code.to_owned());
        }
        let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
        let found = tx.regions_named(&wanted).await?;
        Ok(Self { names: found.into_iter().map(|region| (region.code, region.name)).collect() })
    }

    /// Township and village; what is known of them.
    pub(crate) fn name(&self, code: &str) -> Option<String> {
        let above = township(code).filter(|above| above != code).and_then(|above| self.names.get(&above));
        let own = self.names.get(code);
        match (above, own) {
            (Some(above), Some(own)) => Some(format!("{above} {own}")),
            (above, own) => own.or(above).cloned(),
        }
    }
}

fn township(code: &str) -> Option<String> {
    code.get(..9).filter(|head| !head.ends_with("000")).map(|head| format!("{head}000"))
}

impl Shown {
    /// A cell of this type; plain text where the type is not known.
    pub(crate) fn cell(ty: Option<ColumnType>, value: &Json, places: &Places) -> Shown {
        use ColumnType as T;
        let Some(ty) = ty else { return untyped(value) };
        match (ty, value) {
            (_, Json::Null) => Shown::Empty,
            (T::Money, Json::Number(n)) => n.as_i64().map_or(Shown::Empty, |fen| Shown::Money(Money(fen))),
            (T::Month, Json::Number(n)) => month(n.as_i64()).map_or_else(|| untyped(value), Shown::Month),
            (T::Year | T::Int, Json::Number(n)) => n.as_i64().map_or_else(|| untyped(value), Shown::Int),
            (T::Pct, Json::Number(n)) => n.as_f64().map_or(Shown::Empty, Shown::Percent),
            (T::Date, Json::String(text)) => {
                text.parse().map_or_else(|_| Shown::Text(text.clone()), Shown::Day)
            }
            (T::Region, Json::String(code)) => Shown::Place { code: code.clone(), name: places.name(code) },
            (_, Json::String(text)) => Shown::Text(mask(ty, text)),
            (_, Json::Array(items)) => {
                Shown::List(items.iter().map(|item| mask(ty, &text_of(item))).collect())
            }
            _ => untyped(value),
        }
    }

    /// A code or several that all have words.
    pub(crate) fn named(value: &Json, word: impl Fn(&str) -> Option<Words>) -> Option<Shown> {
        let codes = match value {
            Json::String(code) => vec![code.as_str()],
            Json::Array(items) => items.iter().map(Json::as_str).collect::<Option<_>>()?,
            _ => return None,
        };
        let words: Vec<Words> = codes.into_iter().map(word).collect::<Option<_>>()?;
        (!words.is_empty()).then_some(Shown::Named(words))
    }

    /// The subject of a model's warning.
    pub(crate) fn subject(kind: Option<Subject>, subject: &str) -> String {
        match kind {
            Some(Subject::Org | Subject::Unit | Subject::Contract | Subject::Asset) => subject.to_owned(),
            Some(Subject::Account) => mask_account(subject),
            Some(Subject::Person) | None => mask_id(subject),
        }
    }

    /// The name of the subject of a model's warning.
    pub(crate) fn subject_name(kind: Option<Subject>, name: &str) -> String {
        match kind {
            Some(Subject::Org | Subject::Unit) => name.to_owned(),
            // What it is called, or the other party: a firm, or a person.
            Some(Subject::Contract | Subject::Asset) if !is_short(name) => name.to_owned(),
            _ => mask_name(name),
        }
    }
}

/// As short as persons' names are, or with the dot that parts some of them.
fn is_short(name: &str) -> bool {
    name.chars().count() <= 4 || name.contains('·')
}

fn untyped(value: &Json) -> Shown {
    match value {
        Json::Null => Shown::Empty,
        Json::Bool(yes) => Shown::Bool(*yes),
        Json::Number(n) => match n.as_i64() {
            Some(whole) => Shown::Int(whole),
            None => n.as_f64().map_or(Shown::Empty, Shown::Number),
        },
        Json::Array(items) => Shown::List(items.iter().map(|item| mask_numbers(&text_of(item))).collect()),
        other => Shown::Text(mask_numbers(&text_of(other))),
    }
}

fn text_of(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn month(number: Option<i64>) -> Option<Month> {
    Month::new(i32::try_from(number?).ok()?)
}

/// A text of this type as it may be shown.
pub(crate) fn mask(ty: ColumnType, text: &str) -> String {
    match ty {
        // Names and codes of organisations are nobody's secret.
        ColumnType::Name if is_organisation_name(text) => text.to_owned(),
        ColumnType::Party if is_organisation_code(text) => text.to_owned(),
        ColumnType::PartyName if !is_short(text) => text.to_owned(),
        ColumnType::Name | ColumnType::PartyName => mask_name(text),
        ColumnType::Bankacct => mask_account(text),
        personal if personal.is_personal() => mask_id(text),
        // Whoever writes free text writes numbers into it.
        ColumnType::Text | ColumnType::List => mask_numbers(text),
        _ => text.to_owned(),
    }
}

/// A text of unknown type: whatever is long enough to be a personal number is masked.
pub(crate) fn mask_numbers(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut run = String::new();
    let flush = |run: &mut String, shown: &mut String| {
        let masked = if run.chars().count() >= 11 { mask_id(run) } else { run.clone() };
        shown.push_str(&masked);
        run.clear();
    };
    for c in text.chars() {
        let in_number = c.is_numeric() || (!run.is_empty() && matches!(c, 'x' | 'X' | 'Ｘ' | 'ｘ'));
        if in_number {
            run.push(c);
        } else {
            flush(&mut run, &mut shown);
            shown.push(c);
        }
    }
    flush(&mut run, &mut shown);
    shown
}

/// What a model's warnings are about, where the library still has it.
pub(crate) fn subject_kind(model: Option<&Model>) -> Option<Subject> {
    model.map(|model| model.subject)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_named_when_all_of_them_have_words() {
        let word = |code: &str| {
            (code != "other").then(|| Words { zh: format!("《{code}》"), en: code.to_owned() })
        };
        let named = Shown::named(&Json::from(vec!["a", "b"]), word);
        assert!(matches!(named, Some(Shown::Named(words)) if words.len() == 2));
        assert_eq!(Shown::named(&Json::from(vec!["a", "other"]), word), None);
        assert_eq!(Shown::named(&Json::from(Vec::<String>::new()), word), None);
        assert_eq!(Shown::named(&Json::from(7), word), None);
    }

    #[test]
    fn personal_cells_are_masked_by_their_type() {
        let places = Places::default();
        let text = |ty, value: &str| Shown::cell(Some(ty), &Json::from(value), &places);
        assert_eq!(text(ColumnType::Idno, "870121198506143216"), Shown::Text("870121********3216".into()));
        assert_eq!(text(ColumnType::Name, "张三丰"), Shown::Text("张**".into()));
        assert_eq!(text(ColumnType::PartyName, "张三丰"), Shown::Text("张**".into()));
        assert_eq!(text(ColumnType::PartyName, "石塘建材经营部"), Shown::Text("石塘建材经营部".into()));
        assert_eq!(text(ColumnType::Phone, "16912345678"), Shown::Text("1**********".into()));
        assert_eq!(text(ColumnType::Party, "91870121MA0X7K2Q5R"), Shown::Text("91870121MA0X7K2Q5R".into()));
        assert_eq!(text(ColumnType::Party, "870121198506143216"), Shown::Text("870121********3216".into()));
        assert_eq!(text(ColumnType::Code, "870121198506143216"), Shown::Text("870121198506143216".into()));
        assert_eq!(text(ColumnType::Date, "2024-03-10"), Shown::Day("2024-03-10".parse().unwrap()));
        let list = Json::from(vec!["870121198506143216"]);
        assert_eq!(
            Shown::cell(Some(ColumnType::Idno), &list, &places),
            Shown::List(vec!["870121********3216".into()])
        );
    }

    #[test]
    fn a_contract_with_a_person_does_not_name_them() {
        let shown = |name| Shown::subject_name(Some(Subject::Contract), name);
        assert_eq!(shown("张三丰"), "张**");
        assert_eq!(shown("青禾县石塘水产养殖有限公司"), "青禾县石塘水产养殖有限公司");
        assert_eq!(shown("石塘村进村道路硬化工程"), "石塘村进村道路硬化工程");
    }

    #[test]
    fn numbers_are_masked_where_nothing_is_known() {
        assert_eq!(mask_numbers("李四87012119850614321X，第3页"), "李四870121********321X，第3页");
        assert_eq!(mask_numbers("共 12 户 2024-01-01"), "共 12 户 2024-01-01");
        assert_eq!(
            Shown::cell(None, &Json::from("870121198506143216"), &Places::default()),
            Shown::Text("870121********3216".into())
        );
    }

    #[test]
    fn places_are_named_from_the_township_down() {
        let names = [("870121001000", "青禾镇"), ("870121001007", "石塘村")];
        let places = Places { names: names.map(|(code, name)| (code.into(), name.into())).into() };
        assert_eq!(places.name("870121001007").as_deref(), Some("青禾镇 石塘村"));
        assert_eq!(places.name("870121001099").as_deref(), Some("青禾镇"));
        assert_eq!(places.name("870121001000").as_deref(), Some("青禾镇"));
        assert_eq!(places.name("870121002000"), None);
    }
}
