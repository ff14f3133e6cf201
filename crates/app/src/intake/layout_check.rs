//! What is wrong with a layout before it is kept.

use gnomon_kernel::Code;
use gnomon_library::{
    column::ColumnType,
    dataset::{Dataset, Delivery},
    layout::{CellMeaning, HeaderLayout, OPERATION},
};

use crate::Problem;

/// All that is wrong with what one header is said to mean. Fields are `column-<sheet>-<cell>`, or `layout` for the whole.
pub(crate) fn problems(dataset: &Dataset, sheet: usize, layout: &HeaderLayout) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut first: Vec<(&str, usize)> = Vec::new();
    for (cell, meaning) in meanings(layout) {
        let name = meaning.column.as_str();
        let field = format!("column-{sheet}-{cell}");
        let Some(title) = title(dataset, name) else {
            problems.push(Problem {
                field,
                code: Code::Invalid,
                found: name.into(),
                expected: String::new(),
            });
            continue;
        };
        match first.iter().find(|(known, _)| *known == name) {
            Some((_, earlier)) => {
                let found = format!("{} | {}", word(layout, *earlier), word(layout, cell));
                problems.push(Problem { field, code: Code::HeaderTwice, found, expected: title.to_owned() });
            }
            None => first.push((name, cell)),
        }
    }
    let is_meant = |name: &str| first.iter().any(|(known, _)| *known == name);
    let required = dataset.columns.iter().filter(|column| column.required && !is_meant(&column.name));
    let missing: Vec<&str> = required.map(|column| column.title.zh.as_str()).collect();
    if !missing.is_empty() {
        let (field, found) = ("layout".to_owned(), layout.header.join(" | "));
        problems.push(Problem { field, code: Code::ColumnMissing, found, expected: missing.join("、") });
    }
    problems
}

fn meanings(layout: &HeaderLayout) -> impl Iterator<Item = (usize, &CellMeaning)> {
    layout.columns.iter().enumerate().filter_map(|(cell, meaning)| Some((cell, meaning.as_ref()?)))
}

fn title<'a>(dataset: &'a Dataset, name: &str) -> Option<&'a str> {
    if name == OPERATION {
        return (dataset.delivery == Delivery::Change).then_some(OPERATION);
    }
    dataset.column(name).map(|column| column.title.zh.as_str())
}

/// The header's word, or its place where it is empty.
fn word(layout: &HeaderLayout, cell: usize) -> String {
    let word = layout.header.get(cell).filter(|word| !word.is_empty());
    word.cloned().unwrap_or_else(|| format!("#{}", cell + 1))
}

/// Drops units from columns that hold no money.
pub(crate) fn with_units_of_money(dataset: &Dataset, mut layout: HeaderLayout) -> HeaderLayout {
    for meaning in layout.columns.iter_mut().flatten() {
        let ty = dataset.column(&meaning.column).map(|column| column.ty);
        meaning.unit = meaning.unit.filter(|_| ty == Some(ColumnType::Money));
    }
    layout
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dataset() -> Dataset {
        toml::from_str(
            r#"
            key = "t"
            title = { zh = "表", en = "Table" }
            owner = { zh = "甲", en = "A" }
            kind = "source"
            sensitivity = "internal"
            [[column]]
            name = "person_id"
            type = "idno"
            title = { zh = "身份证号", en = "Resident ID" }
            required = true
            [[column]]
            name = "amount"
            type = "money"
            title = { zh = "金额", en = "Amount" }
            required = true
            "#,
        )
        .unwrap()
    }

    fn found(columns: &[&str]) -> Vec<(String, Code, String, String)> {
        let meaning = |name: &&str| (!name.is_empty()).then(|| CellMeaning::of(*name));
        let layout = HeaderLayout {
            header: ["号", "", "数"].map(str::to_owned).to_vec(),
            columns: columns.iter().map(meaning).collect(),
        };
        let problems = problems(&dataset(), 2, &layout).into_iter();
        problems.map(|problem| (problem.field, problem.code, problem.found, problem.expected)).collect()
    }

    #[test]
    fn names_both_headers_that_mean_one_column() {
        assert_eq!(found(&["person_id", "", "amount"]), []);
        let twice =
            ("column-2-2".to_owned(), Code::HeaderTwice, "# | 数".replace('#', "#2"), "金额".to_owned());
        assert_eq!(found(&["person_id", "amount", "amount"]), [twice]);
    }

    #[test]
    fn names_what_is_missing_and_what_is_not_there() {
        let missing = ("layout".to_owned(), Code::ColumnMissing, "号 |  | 数".to_owned(), "金额".to_owned());
        assert_eq!(found(&["person_id", "", ""]), [missing]);
        let codes = found(&["person_id", OPERATION, "amount"]).into_iter().map(|problem| problem.1);
        assert_eq!(codes.collect::<Vec<_>>(), [Code::Invalid]);
    }
}
