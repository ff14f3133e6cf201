use gnomon_kernel::{Code, Instant, Measure, MeasureKind};

use super::{Setting, at, day, freshness::delayed};
use crate::data_query::DataFilter;
use crate::form::{Choice, Filled};
use crate::kinds::column_kind;
use crate::pages::{
    Adding, AgreementNote, BatchRow, Cadence, ColumnRow, DataPage, DatasetPage, DatasetRow, DeliveryOrigin,
    DeliveryState, Department, Fresh, LastBatch, LayoutRow, ModelUse, RejectRow, RequestState, Sensitivity,
    Standing,
};
use crate::quality::Measured;
use crate::shell::Section;

/// The catalogue: with data, narrowed to nothing, and before the first delivery.
pub fn data_pages(setting: &Setting) -> Vec<(&'static str, DataPage)> {
    let dataset = |key: &str, zh, en, sensitivity, counts: [u64; 4], at: Option<Instant>| DatasetRow {
        key: key.to_owned(),
        title: setting.words(zh, en),
        sensitivity,
        fresh: at.map(|_| Fresh { standing: Standing::OnTime, due: Some(day(2026, 12, 21)), is_late: false }),
        rows: counts[0],
        batches: counts[1],
        last: at.map(|at| LastBatch {
            id: format!("bat_01JD{:022}", counts[1]),
            at,
            has_gaps: counts[2] > 0,
        }),
        rejected: counts[2],
        models: counts[3],
    };
    let department = |zh, en, datasets| Department { name: setting.words(zh, en), datasets };
    let full = DataPage {
        shell: setting.shell(Section::Data, "/data"),
        filter: DataFilter::default(),
        can_erase: true,
        known: 3,
        with_data: 2,
        owners: vec![
            Choice::new("公安局", setting.words("公安局", "Public Security Bureau")),
            Choice::new("民政局", setting.words("民政局", "Civil Affairs Bureau")),
        ],
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
    };
    let filter = DataFilter {
        q: "<b>&".to_owned(),
        department: "民政局".to_owned(),
        models: "2".to_owned(),
        ..DataFilter::with_data()
    };
    let narrowed = DataPage { departments: Vec::new(), filter, ..full.clone() };
    let empty = DataPage { known: 0, with_data: 0, filter: DataFilter::default(), ..narrowed.clone() };
    vec![("full", full), ("narrowed", narrowed), ("empty", empty)]
}

/// A dataset: with deliveries and rows kept back, one that comes whole each time, and before the first delivery.
pub fn dataset_pages(setting: &Setting) -> Vec<(&'static str, DatasetPage)> {
    let full = DatasetPage {
        shell: setting.shell(Section::Data, "/data/elderly_allowance_payment"),
        key: "elderly_allowance_payment".to_owned(),
        title: setting.words("高龄津贴发放", "Old-age allowance payments"),
        department: setting.words("民政局", "Civil Affairs Bureau"),
        sensitivity: Sensitivity::Personal,
        cadence: Some(Cadence::Monthly),
        fresh: Some(Fresh { standing: Standing::OnTime, due: Some(day(2026, 12, 21)), is_late: false }),
        delayed: None,
        adding: Adding::Append,
        rows: 182_404,
        natural_key: setting.lines(&["身份证号", "发放月份"], &["Resident ID number", "Month"]),
        columns: columns(setting),
        batches: batches(),
        measured: measured(),
        unknown: setting.lines(&["备注", "经办人"], &["备注", "经办人"]),
        rejects: rejects(setting),
        layouts: layouts(setting),
        agreement: Some(AgreementNote {
            id: "req_01JD0000000000000000000003".to_owned(),
            number: "D-26-0003".to_owned(),
            state: RequestState::Live,
        }),
        is_held_up: false,
        can_ask: true,
        not_agreed: setting.lines(&["银行账号"], &["银行账号"]),
        models: vec![ModelUse {
            id: "BF-GEN-001".to_owned(),
            title: setting.words("死亡后仍发放", "Benefit paid after death"),
        }],
        can_upload: true,
        can_download: true,
        can_retire: true,
        filled: Filled::default(),
    };
    let columns = setting.lines(&["单位代码"], &["Organisation"]);
    let whole = DatasetPage {
        fresh: Some(Fresh { standing: Standing::Degraded, due: Some(day(2026, 9, 21)), is_late: true }),
        delayed: delayed(setting).into_iter().next(),
        adding: Adding::Snapshot(columns),
        can_download: false,
        can_retire: false,
        ..full.clone()
    };
    let sentence = crate::error_text(setting.lang, Code::MostlyUnfit, "35/40", "发放金额 money").into_owned();
    let refused = Filled {
        form: "upload".to_owned(),
        errors: [("file".to_owned(), sentence)].into(),
        can_confirm: true,
        ..Filled::default()
    };
    let unfit = DatasetPage { filled: refused, ..full.clone() };
    let mut empty = DatasetPage { adding: Adding::Change, cadence: None, fresh: None, ..full.clone() };
    empty.rows = 0;
    (empty.agreement, empty.is_held_up) = (None, true);
    empty.not_agreed.clear();
    empty.batches.clear();
    empty.measured.clear();
    empty.unknown.clear();
    empty.rejects.clear();
    empty.layouts.clear();
    empty.models.clear();
    empty.can_upload = false;
    vec![("full", full), ("whole", whole), ("unfit", unfit), ("empty", empty)]
}

fn columns(setting: &Setting) -> Vec<ColumnRow> {
    let column = |name: &str, zh, en, kind: &str, is_required, headers: &[&str]| ColumnRow {
        name: name.to_owned(),
        title: setting.words(zh, en),
        kind: column_kind(setting.lang, kind).into_owned(),
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

fn layouts(setting: &Setting) -> Vec<LayoutRow> {
    let word = |header: &str, zh, en| (header.to_owned(), setting.words(zh, en));
    let layout = |number: u32, by: Option<String>, day| LayoutRow {
        id: format!("lay_01JD{number:022}"),
        words: vec![
            word("证件", "身份证号", "Resident ID number"),
            word("实发", "发放金额", "Amount"),
            word("说明", "", ""),
        ],
        by,
        at: at(day, 9, 12),
    };
    vec![layout(2, Some(setting.words("陈立", "Chen Li")), 21), layout(1, None, 14)]
}

fn batches() -> Vec<BatchRow> {
    let batch = |number: u64, file: &str, state, rows, rejected, received| BatchRow {
        id: format!("bat_01JD{number:022}"),
        number,
        file: file.to_owned(),
        bytes: rows * 94,
        state,
        origin: if number == 35 { DeliveryOrigin::Hand } else { DeliveryOrigin::File },
        received,
        rows,
        accepted: rows - rejected,
        rejected,
        has_gaps: rejected > 3,
    };
    vec![
        batch(37, "高龄津贴发放表.docx", DeliveryState::Refused, 0, 0, at(21, 7, 30)),
        batch(36, "高龄津贴发放表_2024年12月.xlsx", DeliveryState::Accepted, 5_120, 38, at(21, 6, 2)),
        batch(35, "高龄津贴发放表_2024年11月（更正）.csv", DeliveryState::Accepted, 5_098, 0, at(14, 6, 1)),
        batch(34, "高龄津贴发放表_2024年11月.csv", DeliveryState::Withdrawn, 5_101, 3, at(13, 6, 1)),
    ]
}

/// Two years of months, one of them with many wrong numbers.
fn measured() -> Vec<Measured> {
    let delivery = |month: u64| {
        let wrong = if month == 17 { 81 } else { 20 + month % 5 };
        let measures = [
            Measure {
                kind: MeasureKind::NumbersValid,
                part: 5_000 - wrong,
                whole: 5_000,
                limit: 9_900,
                kept: wrong <= 50,
            },
            Measure { kind: MeasureKind::Duplicates, part: month % 3, whole: 5_000, limit: 10, kept: true },
            Measure {
                kind: MeasureKind::RowCount,
                part: 9_600 + month * 40,
                whole: 10_000,
                limit: 3_000,
                kept: true,
            },
        ];
        // The first deliveries have nothing to be compared with.
        let measures = measures.into_iter().take(if month < 4 { 2 } else { 3 }).collect();
        Measured {
            id: format!("bat_01JD{month:022}"),
            number: month,
            received: at(21, 6, 2) - chrono::TimeDelta::days(30 * (25 - month as i64)),
            measures,
        }
    };
    (1..=24).map(delivery).collect()
}

pub(super) fn rejects(setting: &Setting) -> Vec<RejectRow> {
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
