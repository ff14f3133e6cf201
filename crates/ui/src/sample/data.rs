use gnomon_kernel::Code;

use super::{Setting, at};
use crate::form::Filled;
use crate::pages::{
    BatchRow, ColumnRow, DataPage, DatasetPage, DatasetRow, Department, ModelUse, RefusedFile, RejectRow,
    Sensitivity,
};
use crate::shell::Section;

/// The catalogue: with data and refused files, and before the first delivery.
pub fn data_pages(setting: &Setting) -> Vec<(&'static str, DataPage)> {
    let dataset = |key: &str, zh, en, sensitivity, counts: [u64; 4], last| DatasetRow {
        key: key.to_owned(),
        title: setting.words(zh, en),
        sensitivity,
        rows: counts[0],
        batches: counts[1],
        last,
        rejected: counts[2],
        models: counts[3],
    };
    let department = |zh, en, datasets| Department { name: setting.words(zh, en), datasets };
    let refused = |file: &str, code, found: &str, expected: &str| RefusedFile {
        file: file.to_owned(),
        at: at(21, 6, 0),
        code,
        found: found.to_owned(),
        expected: expected.to_owned(),
    };
    let full = DataPage {
        shell: setting.shell(Section::Data, "/data"),
        departments: vec![
            department(
                "民政局",
                "Civil Affairs Bureau",
                vec![
                    dataset(
                        "elderly_allowance_payment",
                        "高龄津贴发放",
                        "Old-age allowance payments",
                        Sensitivity::Personal,
                        [182_404, 36, 41, 3],
                        Some(at(21, 6, 2)),
                    ),
                    dataset(
                        "dibao_recipient",
                        "最低生活保障对象",
                        "People on subsistence allowance",
                        Sensitivity::Sensitive,
                        [4_120, 12, 0, 6],
                        Some(at(20, 6, 2)),
                    ),
                ],
            ),
            department(
                "公安局",
                "Public Security Bureau",
                vec![dataset(
                    "vehicle",
                    "机动车登记",
                    "Vehicle register",
                    Sensitivity::Personal,
                    [0, 0, 0, 4],
                    None,
                )],
            ),
        ],
        refused: vec![
            refused("卫健局_死亡证明_202411.xlsx", Code::FileNotSpreadsheet, "HTML", "xlsx"),
            refused(
                "新建 Microsoft Excel 工作表 (3).csv",
                Code::FileUnclear,
                "dibao_recipient、tekun_recipient",
                "",
            ),
            refused("城乡居民医保结算明细（含异地）.csv", Code::ColumnMissing, "", "结算日期"),
        ],
    };
    let empty = DataPage { departments: Vec::new(), refused: Vec::new(), ..full.clone() };
    vec![("full", full), ("empty", empty)]
}

/// A dataset: with deliveries and rows kept back, and before the first delivery.
pub fn dataset_pages(setting: &Setting) -> Vec<(&'static str, DatasetPage)> {
    let full = DatasetPage {
        shell: setting.shell(Section::Data, "/data/elderly_allowance_payment"),
        key: "elderly_allowance_payment".to_owned(),
        title: setting.words("高龄津贴发放", "Old-age allowance payments"),
        department: setting.words("民政局", "Civil Affairs Bureau"),
        sensitivity: Sensitivity::Personal,
        rows: 182_404,
        natural_key: setting.lines(&["身份证号", "发放月份"], &["Resident ID number", "Month"]),
        columns: columns(setting),
        batches: batches(),
        rejects: rejects(setting),
        models: vec![ModelUse {
            id: "BF-GEN-001".to_owned(),
            title: setting.words("死亡后仍发放", "Benefit paid after death"),
        }],
        can_upload: true,
        filled: Filled::default(),
    };
    let mut empty = full.clone();
    empty.rows = 0;
    empty.batches.clear();
    empty.rejects.clear();
    empty.models.clear();
    empty.can_upload = false;
    vec![("full", full), ("empty", empty)]
}

fn columns(setting: &Setting) -> Vec<ColumnRow> {
    let column = |name: &str, zh, en, kind: &str, is_required, headers: &[&str]| ColumnRow {
        name: name.to_owned(),
        title: setting.words(zh, en),
        kind: kind.to_owned(),
        is_required,
        headers: headers.iter().map(|header| (*header).to_owned()).collect(),
    };
    vec![
        column("person_id", "身份证号", "Resident ID number", "idno", true, &["身份证号码", "公民身份号码"]),
        column("month", "发放月份", "Month", "month", true, &["月份", "所属期"]),
        column("amount", "发放金额", "Amount", "money", true, &["金额(元)", "实发金额"]),
        column("region_code", "行政区划", "Region", "region", false, &[]),
    ]
}

fn batches() -> Vec<BatchRow> {
    let batch = |number: u64, file: &str, rows, rejected, received| BatchRow {
        id: format!("bat_01JD{number:022}"),
        number,
        file: file.to_owned(),
        bytes: rows * 94,
        received,
        rows,
        accepted: rows - rejected,
        rejected,
    };
    vec![
        batch(36, "高龄津贴发放表_2024年12月.xlsx", 5_120, 38, at(21, 6, 2)),
        batch(35, "高龄津贴发放表_2024年11月（更正）.csv", 5_098, 0, at(14, 6, 1)),
        batch(34, "高龄津贴发放表_2024年11月.csv", 5_101, 3, at(13, 6, 1)),
    ]
}

fn rejects(setting: &Setting) -> Vec<RejectRow> {
    let reject = |zh, en, code, rows, found: &str, expected: &str| RejectRow {
        column: setting.words(zh, en),
        code,
        rows,
        found: found.to_owned(),
        expected: expected.to_owned(),
    };
    vec![
        reject("身份证号", "Resident ID number", Code::IdCheck, 29, "870182********421x", ""),
        reject("发放月份", "Month", Code::Month, 8, "2024年13月", ""),
        reject("发放金额", "Amount", Code::MoneyNegative, 4, "-300.00", ""),
    ]
}
