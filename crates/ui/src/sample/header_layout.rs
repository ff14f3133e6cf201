use gnomon_kernel::Code;

use super::Setting;
use crate::form::{Choice, Filled};
use crate::kinds::column_kind;
use crate::pages::{Basis, LayoutCell, LayoutPage, LayoutSheet};
use crate::shell::Section;

/// A proposal for two headers; the form that came back; a file without a header.
pub fn header_layouts(setting: &Setting) -> Vec<(&'static str, LayoutPage)> {
    let proposed = proposed(setting);
    let mut sent = Filled { form: "layout".to_owned(), ..Filled::default() };
    sent.values.insert("column-0-1".to_owned(), "amount".to_owned());
    sent.values.insert("unit-0-2".to_owned(), "wan".to_owned());
    let title = setting.words("发放金额", "Amount");
    let twice = crate::error_text(setting.lang, Code::HeaderTwice, "领款人 | 实发", &title);
    sent.errors.insert("column-0-1".to_owned(), twice.into_owned());
    let id = setting.words("身份证号", "Resident ID number");
    let missing = crate::error_text(setting.lang, Code::ColumnMissing, "领款人 | 证件 | 实发", &id);
    sent.summary = Some(missing.into_owned());
    let came_back = LayoutPage { filled: sent, ..proposed.clone() };
    let mut bare = proposed.clone();
    bare.sheets.truncate(1);
    for sheet in &mut bare.sheets {
        (sheet.names, sheet.line) = (String::new(), None);
        sheet.cells.iter_mut().for_each(|cell| cell.header.clear());
    }
    vec![("proposed", proposed), ("came-back", came_back), ("no-header", bare)]
}

fn proposed(setting: &Setting) -> LayoutPage {
    let cell = |header: &str, samples: &[&str], column: &str, title: String, basis, asks_unit| LayoutCell {
        header: header.to_owned(),
        samples: samples.iter().map(|sample| (*sample).to_owned()).collect(),
        column: column.to_owned(),
        title,
        confidence: if column.is_empty() { 0 } else { 82 },
        basis,
        asks_unit,
    };
    let none = String::new;
    let id = || setting.words("身份证号", "Resident ID number");
    let sheet = LayoutSheet {
        names: "一月、二月、三月".to_owned(),
        line: Some(3),
        cells: vec![
            cell(
                "证件",
                &["870182********4216", "870182********1027"],
                "person_id",
                id(),
                Basis::Values(98),
                false,
            ),
            cell("领款人", &["张**", "李*"], "", none(), Basis::Nothing, false),
            cell("实发", &["300.00", "600.00", "300.00"], "amount", none(), Basis::Alike, true),
            cell("月份", &["2024-12"], "month", none(), Basis::Words, false),
            cell("日期一", &["2024-12-01"], "", none(), Basis::Several, false),
            cell("", &[], "", none(), Basis::NoValues, false),
        ],
    };
    let known = LayoutSheet {
        names: "更正".to_owned(),
        line: Some(1),
        cells: vec![cell("号码", &["870182********4216"], "person_id", id(), Basis::Confirmed, false)],
    };
    let choice = |value: &str, zh, en, kind: &str| {
        Choice::new(value, format!("{} · {}", setting.words(zh, en), column_kind(setting.lang, kind)))
    };
    LayoutPage {
        shell: setting.shell(Section::Data, "/data/batches/bat_01JD0000000000000000000041/layout"),
        id: "bat_01JD0000000000000000000041".to_owned(),
        number: 41,
        file: "高龄补助.xlsx".to_owned(),
        key: "elderly_allowance_payment".to_owned(),
        dataset: setting.words("高龄津贴发放", "Old-age allowance payments"),
        sheets: vec![sheet, known],
        choices: vec![
            choice("person_id", "身份证号", "Resident ID number", "idno"),
            choice("month", "发放月份", "Month", "month"),
            choice("amount", "发放金额", "Amount", "money"),
        ],
        filled: Filled::default(),
    }
}
