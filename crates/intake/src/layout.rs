//! Finding the header of a sheet and what its columns are.

use std::{collections::BTreeMap, ops::Range};

use gnomon_kernel::Code;
use gnomon_library::{
    analytics::Refusal,
    column::{ColumnType, MoneyUnit},
    dataset::{Dataset, Delivery},
    header::{OwnColumn, header_word},
    layout::{HeaderLayout, OPERATION, layout_words},
};

/// How many rows may stand above and in a header.
pub const HEADER_ROWS: usize = 30;

/// Header words of the column that says what a row of a change file does.
const OPERATION_WORDS: [&str; 8] =
    ["操作类型", "操作标志", "操作", "变更类型", "变更标志", "变动类型", "operation", OPERATION];

/// Which column of a dataset each cell of a row belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// Header words as delivered, one per cell.
    pub header: Vec<String>,
    /// Index into the dataset's columns, per cell.
    pub columns: Vec<Option<usize>>,
    /// Cells whose header says ten thousand yuan.
    pub wan: Vec<bool>,
    /// The cell that says what a row of a change file does.
    pub operation: Option<usize>,
    /// The cell that names the refused row which a row mends.
    pub reference: Option<usize>,
    /// Rows from the top of the sheet down to the header, inclusive.
    pub rows: usize,
}

impl Layout {
    /// Looks for the header in the first rows of a sheet: a row, or two rows merged, that a person has confirmed wins
    /// outright; else the one that names most of the dataset's columns. The error tells what is missing.
    pub fn find(dataset: &Dataset, layouts: &[HeaderLayout], top: &[Vec<String>]) -> Result<Layout, Refusal> {
        let words = Words::new(dataset);
        let mut best: Option<(usize, Layout)> = None;
        for (header, lines) in candidates(top) {
            let rows = lines.end;
            if let Some(confirmed) = confirmed(layouts, &header) {
                return Self::as_confirmed(dataset, confirmed, header, rows).checked(dataset);
            }
            let layout = words.lay_out(dataset, header, rows);
            let score = layout.known();
            if best.as_ref().is_none_or(|(other, _)| score > *other) {
                best = Some((score, layout));
            }
        }
        match best {
            Some((score, layout)) if score >= 2.min(dataset.columns.len()) => layout.checked(dataset),
            _ => {
                let found = top.iter().find(|row| row.iter().any(|cell| !cell.is_empty()));
                let found = found.map(|row| row.join(" | ")).unwrap_or_default();
                Err(Refusal::new(Code::HeaderUnknown, found, names(dataset, |_| true)))
            }
        }
    }

    /// A word for a column that the dataset has no more means nothing; the others keep their meaning.
    fn as_confirmed(dataset: &Dataset, layout: &HeaderLayout, header: Vec<String>, rows: usize) -> Layout {
        let meaning = |cell: usize| layout.columns.get(cell).and_then(Option::as_ref);
        let place = |name: &str| dataset.columns.iter().position(|column| column.name == name);
        let columns: Vec<Option<usize>> =
            (0..header.len()).map(|cell| meaning(cell).and_then(|meaning| place(&meaning.column))).collect();
        let unit = |cell: usize| meaning(cell).and_then(|meaning| meaning.unit);
        let wan = wan_cells(dataset, &header, &columns, unit);
        let is_operation = |cell: &usize| meaning(*cell).is_some_and(|meaning| meaning.column == OPERATION);
        let is_change = dataset.delivery == Delivery::Change;
        let operation = (0..header.len()).find(is_operation).filter(|_| is_change);
        let reference = reference_of(&header, &columns);
        Layout { header, columns, wan, operation, reference, rows }
    }

    fn checked(self, dataset: &Dataset) -> Result<Layout, Refusal> {
        for (index, column) in dataset.columns.iter().enumerate() {
            let cells: Vec<&str> = self.cells_of(index).map(|cell| self.header[cell].as_str()).collect();
            if cells.len() > 1 {
                return Err(Refusal::new(Code::HeaderTwice, cells.join(" | "), column.title.zh.clone()));
            }
        }
        let absent = |index: &usize| self.cells_of(*index).next().is_none();
        let missing: Vec<&str> = (0..dataset.columns.len())
            .filter(|index| dataset.columns[*index].required && absent(index))
            .map(|index| dataset.columns[index].title.zh.as_str())
            .collect();
        if missing.is_empty() {
            Ok(self)
        } else {
            Err(Refusal::new(Code::ColumnMissing, self.header.join(" | "), missing.join("、")))
        }
    }

    fn cells_of(&self, column: usize) -> impl Iterator<Item = usize> + '_ {
        self.columns
            .iter()
            .enumerate()
            .filter(move |(_, known)| **known == Some(column))
            .map(|(cell, _)| cell)
    }

    /// Header words that name no column of the dataset.
    pub fn unknown(&self) -> impl Iterator<Item = String> + '_ {
        let words = self.header.iter().zip(&self.columns).enumerate();
        let is_own = |word: &str| self.reference.is_some() && OwnColumn::of(word).is_some();
        let unknown = words.filter(move |(cell, (word, column))| {
            let is_said = !word.trim().is_empty() && !is_own(word);
            column.is_none() && Some(*cell) != self.operation && is_said
        });
        unknown.map(|(_, (word, _))| word.trim().to_owned())
    }

    /// Leaves out the columns that an agreement does not include; their cells come back. `agreed`: names of those that it
    /// includes.
    pub fn leave_out(&mut self, dataset: &Dataset, agreed: &[String]) -> Vec<usize> {
        let mut left_out = Vec::new();
        for (cell, known) in self.columns.iter_mut().enumerate() {
            let column = known.and_then(|index| dataset.columns.get(index));
            if column.is_some_and(|column| !agreed.contains(&column.name) && !dataset.is_of_its_form(column))
            {
                *known = None;
                self.wan[cell] = false;
                left_out.push(cell);
            }
        }
        left_out
    }

    /// How many cells have a known meaning.
    pub fn known(&self) -> usize {
        self.columns.iter().flatten().count()
    }
}

fn names(dataset: &Dataset, pick: impl Fn(bool) -> bool) -> String {
    let picked = dataset.columns.iter().filter(|column| pick(column.required));
    picked.map(|column| column.title.zh.as_str()).collect::<Vec<_>>().join("、")
}

/// Every row that may be the header, and every two rows merged, with the rows they are made of; from above.
pub(crate) fn candidates(top: &[Vec<String>]) -> impl Iterator<Item = (Vec<String>, Range<usize>)> + '_ {
    (0..top.len()).flat_map(|index| {
        let two = top.get(index + 1).map(|below| (merged(&top[index], below), index..index + 2));
        [Some((top[index].clone(), index..index + 1)), two].into_iter().flatten()
    })
}

/// The first layout that is of this very header.
pub(crate) fn confirmed<'l>(layouts: &'l [HeaderLayout], header: &[String]) -> Option<&'l HeaderLayout> {
    if layouts.is_empty() {
        return None;
    }
    let words = layout_words(header);
    layouts.iter().find(|layout| !words.is_empty() && layout.header == words)
}

/// The cell that names the refused row which a row mends, as in our own file of refused rows.
fn reference_of(header: &[String], columns: &[Option<usize>]) -> Option<usize> {
    let is_reference = |cell: &String| OwnColumn::of(cell) == Some(OwnColumn::Reference);
    header.iter().position(is_reference).filter(|cell| columns[*cell].is_none())
}

/// Whether a header word names the column that says what a row of a change file does.
pub(crate) fn is_operation_word(cell: &str) -> bool {
    OPERATION_WORDS.contains(&header_word(cell).as_str())
}

/// Two header rows as one: a group's word over several columns gives way to the words below it; a word over one column
/// that reaches down stands for itself.
fn merged(upper: &[String], lower: &[String]) -> Vec<String> {
    let width = upper.len().max(lower.len());
    let at =
        |row: &[String], index: usize| row.get(index).map(|cell| cell.trim().to_owned()).unwrap_or_default();
    (0..width)
        .map(|index| match at(lower, index) {
            below if below.is_empty() => at(upper, index),
            below => below,
        })
        .collect()
}

/// Which cells hold amounts in ten thousand yuan: the header's own word first, then what a person said, then the dataset.
fn wan_cells(
    dataset: &Dataset,
    header: &[String],
    columns: &[Option<usize>],
    said: impl Fn(usize) -> Option<MoneyUnit>,
) -> Vec<bool> {
    let unit = |cell: usize| {
        let column = &dataset.columns[columns[cell]?];
        let unit = MoneyUnit::said_by(&header[cell]).or_else(|| said(cell)).unwrap_or(column.unit);
        (column.ty == ColumnType::Money).then_some(unit)
    };
    (0..header.len()).map(|cell| unit(cell) == Some(MoneyUnit::Wan)).collect()
}

pub(crate) struct Words(BTreeMap<String, usize>);

impl Words {
    pub(crate) fn new(dataset: &Dataset) -> Self {
        let words =
            dataset.columns.iter().enumerate().flat_map(|(index, column)| {
                column.header_words().map(move |word| (header_word(&word), index))
            });
        Self(words.collect())
    }

    /// Index of the column that has exactly this header word.
    pub(crate) fn column(&self, cell: &str) -> Option<usize> {
        self.0.get(&header_word(cell)).copied()
    }

    fn lay_out(&self, dataset: &Dataset, header: Vec<String>, rows: usize) -> Layout {
        let columns: Vec<Option<usize>> = header.iter().map(|cell| self.column(cell)).collect();
        let wan = wan_cells(dataset, &header, &columns, |_| None);
        let operation = match dataset.delivery {
            Delivery::Change => {
                (0..header.len()).find(|cell| columns[*cell].is_none() && is_operation_word(&header[*cell]))
            }
            Delivery::Append | Delivery::Snapshot => None,
        };
        let reference = reference_of(&header, &columns);
        Layout { wan, columns, header, rows, operation, reference }
    }
}

#[cfg(test)]
mod tests {
    use gnomon_library::layout::CellMeaning;

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
            name = "person_name"
            type = "name"
            title = { zh = "姓名", en = "Name" }
            [[column]]
            name = "amount"
            type = "money"
            title = { zh = "金额", en = "Amount" }
            required = true
            "#,
        )
        .unwrap()
    }

    fn rows(text: &str) -> Vec<Vec<String>> {
        text.lines().map(|line| line.split(',').map(|cell| cell.trim().to_owned()).collect()).collect()
    }

    #[test]
    fn finds_a_merged_header_below_a_title() {
        let layout = Layout::find(
            &dataset(),
            &[],
            &rows("某县发放表\n领取人,,金额（万元）,备注\n姓名,身份证号\n张三,87,1"),
        )
        .unwrap();
        assert_eq!(layout.columns, [Some(1), Some(0), Some(2), None]);
        assert_eq!(layout.rows, 3);
        assert_eq!(layout.wan, [false, false, true, false]);
        assert_eq!(layout.unknown().collect::<Vec<_>>(), ["备注"]);
    }

    #[test]
    fn what_is_not_agreed_is_left_out_and_what_makes_the_record_stays() {
        let mut found = Layout::find(&dataset(), &[], &rows("姓名,身份证号,金额（万元）,备注")).unwrap();
        let agreed = ["person_name".to_owned()];
        assert_eq!(found.leave_out(&dataset(), &agreed), [0; 0]);
        assert_eq!(found.leave_out(&dataset(), &[]), [0]);
        assert_eq!((&found.columns[..], found.wan[2]), (&[None, Some(0), Some(2), None][..], true));
    }

    #[test]
    fn columns_of_our_own_are_known_only_where_a_reference_is() {
        let own = "姓名,身份证号,金额,圭表行号,圭表退回原因,Gnomon expected";
        let found = Layout::find(&dataset(), &[], &rows(own)).unwrap();
        assert_eq!((found.reference, found.unknown().count()), (Some(3), 0));
        let found = Layout::find(&dataset(), &[], &rows("姓名,身份证号,金额,圭表应为")).unwrap();
        assert_eq!((found.reference, found.unknown().count()), (None, 1));
    }

    #[test]
    fn a_confirmed_header_is_known_with_columns_of_our_own_behind_it() {
        let confirmed = [layout("领款人,号,数", &["person_name", "person_id", "amount"])];
        let top = rows("领款人,号,数,圭表行号,圭表退回原因,圭表应为\n张三,87,1,1-0-2,,");
        let found = Layout::find(&dataset(), &confirmed, &top).unwrap();
        assert_eq!((&found.columns[..3], found.reference), (&[Some(1), Some(0), Some(2)][..], Some(3)));
    }

    #[test]
    fn says_what_is_missing() {
        let refusal = Layout::find(&dataset(), &[], &rows("姓名,身份证号\n张三,1")).unwrap_err();
        assert_eq!((refusal.code, refusal.expected.as_str()), (Code::ColumnMissing, "金额"));
        let refusal = Layout::find(&dataset(), &[], &rows("甲,乙\n1,2")).unwrap_err();
        assert_eq!(refusal.code, Code::HeaderUnknown);
        let refusal = Layout::find(&dataset(), &[], &rows("姓名,身份证号,金额,金额(元)\n")).unwrap_err();
        assert_eq!(refusal.code, Code::HeaderTwice);
    }

    fn layout(header: &str, columns: &[&str]) -> HeaderLayout {
        let meaning = |name: &&str| match name.split_once(':') {
            Some((name, _)) => Some(CellMeaning { column: name.into(), unit: Some(MoneyUnit::Wan) }),
            None => (!name.is_empty()).then(|| CellMeaning::of(*name)),
        };
        HeaderLayout {
            header: layout_words(&rows(header)[0]),
            columns: columns.iter().map(meaning).collect(),
        }
    }

    #[test]
    fn a_confirmed_header_wins_outright() {
        let confirmed = [layout("领款人,号,数,备", &["person_name", "person_id", "amount:wan", ""])];
        let top = rows("某县,姓名,身份证号,金额\n领款人,号,数,备,,\n张三,87,1,");
        let found = Layout::find(&dataset(), &confirmed, &top).unwrap();
        assert_eq!(found.columns, [Some(1), Some(0), Some(2), None, None, None]);
        assert_eq!((found.rows, &found.wan[..3]), (2, &[false, false, true][..]));
        // Other words, or the same in another order, are another header.
        let refusal = Layout::find(&dataset(), &confirmed, &rows("号,领款人,数,备\n1,2,3,4")).unwrap_err();
        assert_eq!(refusal.code, Code::HeaderUnknown);
    }

    #[test]
    fn the_header_says_the_unit_before_the_layout_does() {
        let confirmed = [layout("号,数（元）", &["person_id", "amount:wan"])];
        let found = Layout::find(&dataset(), &confirmed, &rows("号,数（元）\n1,2")).unwrap();
        assert_eq!(found.wan, [false, false]);
        let found = Layout::find(&dataset(), &confirmed, &rows("号,数\n1,2")).unwrap();
        assert_eq!(found.wan, [false, true]);
    }

    #[test]
    fn a_layout_of_a_changed_dataset_holds_as_far_as_it_goes() {
        let confirmed = [layout("号,数,村", &["person_id", "amount", "village"])];
        let found = Layout::find(&dataset(), &confirmed, &rows("号,数,村\n1,2,3")).unwrap();
        assert_eq!(found.columns, [Some(0), Some(2), None]);
        let gone = [layout("号,数", &["person_id", "sum"])];
        let refusal = Layout::find(&dataset(), &gone, &rows("号,数\n1,2")).unwrap_err();
        assert_eq!((refusal.code, refusal.expected.as_str()), (Code::ColumnMissing, "金额"));
    }
}
