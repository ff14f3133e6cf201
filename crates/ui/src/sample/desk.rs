use gnomon_kernel::Code;

use super::{Setting, at};
use crate::data_query::HeldFilter;
use crate::form::{Choice, Filled};
use crate::kinds::column_kind;
use crate::pages::{
    DeliveryOrigin, HandColumn, HandInput, HandPage, HandRow, HeldDeliveryRow, HeldFileRow, HeldFiles,
    HeldGroupRow, HeldPushRow, IntakePage, IntakePhase, IntakeState, QuarantinePage, Refusal,
};
use crate::shell::Section;

const KEY: &str = "elderly_allowance_payment";

fn title(setting: &Setting) -> String {
    setting.words("高龄津贴发放", "Old-age allowance payments")
}

fn department(setting: &Setting) -> String {
    setting.words("民政局", "Civil Affairs Bureau")
}

/// What was kept back: of every sort, for somebody who may only look, and nothing.
pub fn desks(setting: &Setting) -> Vec<(&'static str, QuarantinePage)> {
    let refusal = |code, found: &str, expected: &str| Refusal {
        code,
        found: found.to_owned(),
        expected: expected.to_owned(),
    };
    let file = |number: u64, file: &str, refusal| HeldFileRow {
        id: format!("bat_01JD{number:022}"),
        file: file.to_owned(),
        key: KEY.to_owned(),
        title: title(setting),
        department: department(setting),
        received: at(20, 6, 0),
        refusal,
    };
    let unknown = refusal(Code::HeaderUnknown, "证件 | 领款人 | 实发", "身份证号、发放月份、发放金额");
    let full = QuarantinePage {
        shell: setting.shell(Section::Quarantine, "/data/quarantine"),
        filter: HeldFilter::default(),
        datasets: vec![Choice::new(KEY, title(setting))],
        departments: vec![Choice::new("民政局", department(setting))],
        reasons: vec![Choice::new("id-check", crate::bare_error_text(setting.lang, Code::IdCheck))],
        groups: groups(setting),
        deliveries: deliveries(setting),
        layouts: HeldFiles { shown: vec![file(41, "高龄补助.xlsx", Some(unknown))], count: 1 },
        files: HeldFiles {
            shown: vec![
                file(40, "高龄津贴_202411.xlsx", Some(refusal(Code::FileNotSpreadsheet, "HTML", "xlsx"))),
                file(39, "高龄津贴_202410.csv", None),
            ],
            count: 2,
        },
        pushes: vec![HeldPushRow {
            receipt: "rcp_01JD0000000000000000000007".to_owned(),
            sender: department(setting),
            key: KEY.to_owned(),
            title: title(setting),
            at: at(19, 23, 40),
            refusal: refusal(Code::ColumnMissing, "身份证号 | 金额", "发放月份"),
        }],
        pushes_count: 1,
        can_download: true,
        can_upload: true,
        can_lay_out: true,
    };
    let looking =
        QuarantinePage { can_download: false, can_upload: false, can_lay_out: false, ..full.clone() };
    let empty = QuarantinePage {
        groups: Vec::new(),
        deliveries: Vec::new(),
        layouts: HeldFiles::default(),
        files: HeldFiles::default(),
        pushes: Vec::new(),
        pushes_count: 0,
        ..full.clone()
    };
    let filter = HeldFilter { reason: "id-check".to_owned(), days: "30".to_owned(), ..HeldFilter::default() };
    let narrowed = QuarantinePage { filter, ..empty.clone() };
    vec![("full", full), ("looking", looking), ("narrowed", narrowed), ("empty", empty)]
}

fn groups(setting: &Setting) -> Vec<HeldGroupRow> {
    let group = |column: String, code: Code, counts: [u64; 4]| HeldGroupRow {
        key: KEY.to_owned(),
        title: title(setting),
        department: department(setting),
        column,
        code,
        rows: counts[0],
        mended: counts[1],
        deliveries: counts[2],
        oldest: "bat_01JD0000000000000000000036".to_owned(),
        days: counts[3],
        filter: HeldFilter {
            dataset: KEY.to_owned(),
            reason: code.word().to_owned(),
            ..HeldFilter::default()
        },
    };
    vec![
        group(setting.words("身份证号", "Resident ID number"), Code::IdCheck, [38, 11, 3, 41]),
        group(String::new(), Code::Contradiction, [4, 0, 1, 1]),
    ]
}

fn deliveries(setting: &Setting) -> Vec<HeldDeliveryRow> {
    let delivery = |number: u64, file: &str, by: Option<String>, origin, rows, mended| HeldDeliveryRow {
        id: format!("bat_01JD{number:022}"),
        number,
        file: file.to_owned(),
        key: KEY.to_owned(),
        title: title(setting),
        department: department(setting),
        by,
        origin,
        received: at(21, 6, 2),
        rows,
        mended,
    };
    let person = Some(setting.words("陈立", "Chen Li"));
    vec![
        delivery(36, "高龄津贴发放表_2024年12月.xlsx", person, DeliveryOrigin::File, 38, 11),
        delivery(33, "finance.csv", None, DeliveryOrigin::Link, 4, 0),
    ]
}

/// Rows to be typed: the first one, what came back, and a form that lacks something.
pub fn hands(setting: &Setting) -> Vec<(&'static str, HandPage)> {
    let column = |name: &str, zh, en, kind: &str, is_required, input| HandColumn {
        name: name.to_owned(),
        title: setting.words(zh, en),
        kind: column_kind(setting.lang, kind).into_owned(),
        is_required,
        input,
    };
    let kinds = vec![
        Choice::new("高龄津贴", setting.words("高龄津贴", "old age")),
        Choice::new("护理补贴", setting.words("护理补贴", "care")),
    ];
    let first = HandPage {
        shell: setting.shell(Section::Data, "/data/elderly_allowance_payment/rows/new"),
        key: KEY.to_owned(),
        title: title(setting),
        department: department(setting),
        columns: vec![
            column("person_id", "身份证号", "Resident ID number", "idno", true, HandInput::Text),
            column("month", "发放月份", "Month", "month", true, HandInput::Month),
            column("amount", "发放金额", "Amount", "money", true, HandInput::Money(false)),
            column("kind", "补贴种类", "Kind", "enum", false, HandInput::Choice(kinds)),
            column("paid_on", "发放日期", "Paid on", "date", false, HandInput::Day),
        ],
        rows: vec![HandRow::default()],
        is_snapshot: false,
        can_grow: true,
        taken: None,
        filled: Filled::default(),
    };
    let mut sent = Filled { form: "hand".to_owned(), ..Filled::default() };
    sent.values.insert("reason".to_owned(), setting.words("纸质凭证 2026-117", "Paper voucher 2026-117"));
    sent.values.insert("c0-amount".to_owned(), "三百".to_owned());
    let wrong = crate::error_text(setting.lang, Code::Money, "三百", "1234.56");
    sent.errors.insert("c0-amount".to_owned(), wrong.into_owned());
    let known = crate::error_text(setting.lang, Code::Duplicate, "", "");
    let came_back = HandPage {
        rows: vec![
            HandRow { error: None, mends: Some("42-1-3".to_owned()) },
            HandRow { error: Some(known.into_owned()), mends: Some("42-1-4".to_owned()) },
        ],
        is_snapshot: true,
        taken: Some(("bat_01JD0000000000000000000042".to_owned(), 3)),
        filled: sent,
        ..first.clone()
    };
    let missing = crate::error_text(setting.lang, Code::Missing, &setting.words("录入理由", "Why"), "");
    let mut lacking = Filled { form: "hand".to_owned(), ..Filled::default() };
    lacking.errors.insert("reason".to_owned(), missing.into_owned());
    lacking.summary = Some(setting.words("没有录入任何行。", "No row was typed."));
    let lacking = HandPage { can_grow: false, filled: lacking, ..first.clone() };
    vec![("first", first), ("came-back", came_back), ("lacking", lacking)]
}

/// A file that waits for its turn, and one that is being read.
pub fn intakes(setting: &Setting) -> Vec<(&'static str, IntakePage)> {
    let total = 512_000_000;
    let waiting = IntakePage {
        shell: setting.shell(Section::Data, "/data/intakes/itk_01JD0000000000000000000001"),
        id: "itk_01JD0000000000000000000001".to_owned(),
        key: KEY.to_owned(),
        title: title(setting),
        file: "高龄津贴发放表_2024年12月.csv".to_owned(),
        state: IntakeState { total, ..IntakeState::default() },
    };
    let state = IntakeState {
        phase: IntakePhase::Reading,
        rows: 1_284_096,
        bytes: 201_000_000,
        total,
        per_second: Some(48_000_000),
        seconds_left: Some(7),
    };
    vec![("waiting", waiting.clone()), ("reading", IntakePage { state, ..waiting })]
}
