use gnomon_kernel::{Code, Level, Measure, MeasureKind};

use super::{Setting, at, data::rejects, yuan};
use crate::form::Filled;
use crate::pages::{
    CitingRow, DeliveryOrigin, DeliveryPage, DeliveryState, MenderRow, Refusal, RowCounts, SkippedSheet,
    TraceRow, Withdrawal,
};
use crate::query::{InboxFilter, StateFilter};
use crate::shell::Section;

/// A delivery: in, with a form that came back; being read; refused; withdrawn; replaced.
pub fn deliveries(setting: &Setting) -> Vec<(&'static str, DeliveryPage)> {
    let accepted = accepted(setting);
    let mut sent = Filled { form: "withdraw".to_owned(), ..Filled::default() };
    let missing = crate::error_text(setting.lang, Code::Missing, &setting.words("理由", "Reason"), "");
    sent.errors.insert("reason".to_owned(), missing.into_owned());
    let came_back = DeliveryPage { filled: sent, citing_count: 214, ..accepted.clone() };
    let checking = DeliveryPage {
        state: DeliveryState::Checking,
        by: None,
        finished: None,
        version: 0,
        counts: RowCounts::default(),
        erased: 0,
        measures: Vec::new(),
        menders: Vec::new(),
        unknown: Vec::new(),
        not_agreed: Vec::new(),
        rejects: Vec::new(),
        traces: Vec::new(),
        citing: Vec::new(),
        citing_count: 0,
        can_withdraw: false,
        ..accepted.clone()
    };
    let interrupted = DeliveryPage { state: DeliveryState::Interrupted, ..checking.clone() };
    let because =
        Refusal { code: Code::FileNotSpreadsheet, found: "HTML".to_owned(), expected: String::new() };
    let refused = DeliveryPage { state: DeliveryState::Refused, refusal: Some(because), ..checking.clone() };
    let unknown = Refusal {
        code: Code::HeaderUnknown,
        found: "领款人 | 证件 | 实发".to_owned(),
        expected: "身份证号、发放金额".to_owned(),
    };
    let asks = DeliveryPage { refusal: Some(unknown), can_lay_out: true, ..refused.clone() };
    let again = DeliveryPage {
        can_lay_out: false,
        taken_in_as: Some("bat_01JD0000000000000000000042".to_owned()),
        ..asks.clone()
    };
    let reason = setting.words("部门报错了月份。", "The department sent the wrong month.");
    let taken_out = Withdrawal { at: at(22, 9, 5), reason, replaced_by: None };
    let withdrawn = DeliveryPage {
        state: DeliveryState::Withdrawn,
        withdrawal: Some(taken_out.clone()),
        counts: accepted.counts,
        finished: accepted.finished,
        ..checking.clone()
    };
    let other = Some("bat_01JD0000000000000000000041".to_owned());
    let replacement =
        Withdrawal {
            reason: "高龄津贴发放表_更正.xlsx".to_owned(), replaced_by: other, ..taken_out
        };
    let replaced = DeliveryPage { withdrawal: Some(replacement), ..withdrawn.clone() };
    let mut typed = DeliveryPage {
        file: "hand-elderly_allowance_payment-20261121T060200.csv".to_owned(),
        origin: DeliveryOrigin::Hand,
        note: setting.words("纸质凭证 2026-117", "Paper voucher 2026-117"),
        ..accepted.clone()
    };
    (typed.measures, typed.traces) = (Vec::new(), Vec::new());
    let sheet = SkippedSheet { sheet: 2, found: "证件 | 领款人 | 实发".to_owned() };
    let skipping = DeliveryPage { skipped: vec![sheet], ..accepted.clone() };
    vec![
        ("accepted", accepted),
        ("typed", typed),
        ("sheet-skipped", skipping),
        ("came-back", came_back),
        ("checking", checking),
        ("interrupted", interrupted),
        ("refused", refused),
        ("asks-for-layout", asks),
        ("taken-in-again", again),
        ("withdrawn", withdrawn),
        ("replaced", replaced),
    ]
}

fn measure(kind: MeasureKind, part: u64, limit: u32, kept: bool) -> Measure {
    Measure { kind, part, whole: 5_120, limit, kept }
}

fn accepted(setting: &Setting) -> DeliveryPage {
    let citing = |number: u32, level, zh, en, fen| CitingRow {
        id: format!("wrn_01JD{number:022}"),
        number: format!("W-26-{number:06}"),
        level,
        title: setting.words(zh, en),
        region: setting.words("青禾镇 石塘村", "Qinghe, Shitang"),
        fen,
    };
    DeliveryPage {
        shell: setting.shell(Section::Data, "/data/batches/bat_01JD0000000000000000000036"),
        id: "bat_01JD0000000000000000000036".to_owned(),
        number: 36,
        file: "高龄津贴发放表_2024年12月.xlsx".to_owned(),
        key: "elderly_allowance_payment".to_owned(),
        dataset: setting.words("高龄津贴发放", "Old-age allowance payments"),
        department: setting.words("民政局", "Civil Affairs Bureau"),
        state: DeliveryState::Accepted,
        by: Some(setting.words("陈立", "Chen Li")),
        origin: DeliveryOrigin::File,
        note: String::new(),
        received: at(21, 6, 2),
        finished: Some(at(21, 6, 3)),
        bytes: 481_280,
        sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_owned(),
        version: 36,
        erased: 2,
        counts: RowCounts {
            rows: 5_120,
            accepted: 5_082,
            written: 5_080,
            corrected: 61,
            ended: 2,
            rejected: 38,
        },
        measures: vec![
            measure(MeasureKind::KeysFilled, 5_120, 9_950, true),
            measure(MeasureKind::NumbersValid, 5_054, 9_900, false),
            measure(MeasureKind::TimeInPeriod, 5_112, 9_990, false),
            measure(MeasureKind::Duplicates, 0, 10, true),
            Measure { kind: MeasureKind::RowCount, part: 10_240, whole: 10_002, limit: 3_000, kept: true },
        ],
        menders: vec![MenderRow {
            id: "bat_01JD0000000000000000000038".to_owned(),
            file: "rejected-elderly_allowance_payment-36.xlsx".to_owned(),
            number: 38,
            rows: 11,
        }],
        refusal: None,
        withdrawal: None,
        unknown: setting.lines(&["备注"], &["备注"]),
        not_agreed: setting.lines(&["银行账号"], &["银行账号"]),
        skipped: Vec::new(),
        rejects: rejects(setting),
        traces: traces(setting),
        citing: vec![
            citing(417, Level::Red, "死亡后仍发放", "Benefit paid after death", Some(yuan(12_400))),
            citing(416, Level::Blue, "同月重复发放", "Paid twice in a month", None),
        ],
        citing_count: 2,
        can_download: true,
        can_lay_out: false,
        taken_in_as: None,
        can_withdraw: true,
        filled: Filled::default(),
    }
}

fn traces(setting: &Setting) -> Vec<TraceRow> {
    let row = |model: &str, zh, en, counts: [u64; 3]| TraceRow {
        model: model.to_owned(),
        title: setting.words(zh, en),
        findings: counts[0],
        warnings: counts[1],
        open: counts[2],
        filter: InboxFilter {
            model: model.to_owned(),
            batch: "36".to_owned(),
            state: StateFilter::All,
            ..InboxFilter::default()
        },
    };
    vec![
        row("BF-GEN-001", "死亡后仍发放", "Benefit paid after death", [4, 3, 1]),
        row("BF-GEN-003", "同月重复发放", "Paid twice in a month", [2, 0, 0]),
    ]
}
