//! Finding the header of a sheet and what its columns are.

use std::collections::BTreeMap;

use gnomon_kernel::Code;
use gnomon_library::{
    analytics::Refusal,
    column::{ColumnType, MoneyUnit},
    dataset::{Dataset, Delivery},
    header::{OwnColumn, header_word},
};

/// How many rows may stand above and in a header.
pub(crate) const HEADER_ROWS: usize = 30;

/// Header words of the column that says what a row of a change file does.
const OPERATION: [&str; 8] =
    ["操作类型", "操作标志", "操作", "变更类型", "变更标志", "变动类型", "operation", "_op"];

/// Which column of a dataset each cell of a row belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Layout {
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
    /// Looks for the header in the first rows of a sheet: the row, or two rows merged, that names most of the dataset's
    /// columns. The error tells what is missing.
    pub(crate) fn find(dataset: &Dataset, top: &[Vec<String>]) -> Result<Layout, Refusal> {
        let words = Words::new(dataset);
        let mut best: Option<(usize, Layout)> = None;
        for index in 0..top.len() {
            let two = (index + 1 < top.len()).then(|| merged(&top[index], &top[index + 1]));
            for (header, rows) in [(Some(top[index].clone()), index + 1), (two, index + 2)] {
                let Some(header) = header else { continue };
                let layout = words.lay_out(dataset, header, rows);
                let score = layout.columns.iter().flatten().count();
                if best.as_ref().is_none_or(|(other, _)| score > *other) {
                    best = Some((score, layout));
                }
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
    pub(crate) fn unknown(&self) -> impl Iterator<Item = String> + '_ {
        let words = self.header.iter().zip(&self.columns).enumerate();
        let is_own = |word: &str| self.reference.is_some() && OwnColumn::of(word).is_some();
        let unknown = words.filter(move |(cell, (word, column))| {
            let is_said = !word.trim().is_empty() && !is_own(word);
            column.is_none() && Some(*cell) != self.operation && is_said
        });
        unknown.map(|(_, (word, _))| word.trim().to_owned())
    }

    /// How many cells have a known meaning.
    pub(crate) fn known(&self) -> usize {
        self.columns.iter().flatten().count()
    }
}

fn names(dataset: &Dataset, pick: impl Fn(bool) -> bool) -> String {
    let picked = dataset.columns.iter().filter(|column| pick(column.required));
    picked.map(|column| column.title.zh.as_str()).collect::<Vec<_>>().join("、")
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

struct Words(BTreeMap<String, usize>);

impl Words {
    fn new(dataset: &Dataset) -> Self {
        let words =
            dataset.columns.iter().enumerate().flat_map(|(index, column)| {
                column.header_words().map(move |word| (header_word(&word), index))
            });
        Self(words.collect())
    }

    fn lay_out(&self, dataset: &Dataset, header: Vec<String>, rows: usize) -> Layout {
        let columns: Vec<Option<usize>> =
            header.iter().map(|cell| self.0.get(&header_word(cell)).copied()).collect();
        let wan = header.iter().zip(&columns).map(|(cell, column)| {
            let column = column.map(|index| &dataset.columns[index]);
            column.is_some_and(|column| {
                let says_wan = cell.contains("万元");
                let says_yuan = cell.contains('元') && !says_wan;
                column.ty == ColumnType::Money && (says_wan || column.unit == MoneyUnit::Wan && !says_yuan)
            })
        });
        let is_operation = |cell: &String| OPERATION.contains(&header_word(cell).as_str());
        let operation = match dataset.delivery {
            Delivery::Change => {
                (0..header.len()).find(|cell| columns[*cell].is_none() && is_operation(&header[*cell]))
            }
            Delivery::Append | Delivery::Snapshot => None,
        };
        let is_reference = |cell: &String| OwnColumn::of(cell) == Some(OwnColumn::Reference);
        let reference = header.iter().position(is_reference).filter(|cell| columns[*cell].is_none());
        Layout { wan: wan.collect(), columns, header, rows, operation, reference }
    }
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
            &rows("某县发放表\n领取人,,金额（万元）,备注\n姓名,身份证号\n张三,87,1"),
        )
        .unwrap();
        assert_eq!(layout.columns, [Some(1), Some(0), Some(2), None]);
        assert_eq!(layout.rows, 3);
        assert_eq!(layout.wan, [false, false, true, false]);
        assert_eq!(layout.unknown().collect::<Vec<_>>(), ["备注"]);
    }

    #[test]
    fn columns_of_our_own_are_known_only_where_a_reference_is() {
        let own = "姓名,身份证号,金额,圭表行号,圭表退回原因,Gnomon expected";
        let layout = Layout::find(&dataset(), &rows(own)).unwrap();
        assert_eq!((layout.reference, layout.unknown().count()), (Some(3), 0));
        let layout = Layout::find(&dataset(), &rows("姓名,身份证号,金额,圭表应为")).unwrap();
        assert_eq!((layout.reference, layout.unknown().count()), (None, 1));
    }

    #[test]
    fn says_what_is_missing() {
        let refusal = Layout::find(&dataset(), &rows("姓名,身份证号\n张三,1")).unwrap_err();
        assert_eq!((refusal.code, refusal.expected.as_str()), (Code::ColumnMissing, "金额"));
        let refusal = Layout::find(&dataset(), &rows("甲,乙\n1,2")).unwrap_err();
        assert_eq!(refusal.code, Code::HeaderUnknown);
        let refusal = Layout::find(&dataset(), &rows("姓名,身份证号,金额,金额(元)\n")).unwrap_err();
        assert_eq!(refusal.code, Code::HeaderTwice);
    }
}
