use gnomon_kernel::{Code, Instant};

use super::{Setting, at, day};
use crate::form::{Choice, Filled};
use crate::pages::{
    AskPage, AskedColumn, Cadence, ChangedRequest, Cleared, ColumnChoice, DataEnd, LinkKind, ModelChoice,
    ModelUse, RequestEvent, RequestEventKind, RequestForm, RequestPage, RequestRow, RequestSheet,
    RequestState, RequestsPage, Sensitivity,
};
use crate::shell::{Role, Section, Shell, User};
use crate::words::Due;

const ID: &str = "req_01JD0000000000000000000003";

/// The list: in every state, as a department sees it where none is needed, and empty.
pub fn request_lists(setting: &Setting) -> Vec<(&'static str, RequestsPage)> {
    let today = day(2026, 11, 21);
    let row = |number: &str, state, due: Option<u32>| RequestRow {
        id: ID.to_owned(),
        number: number.to_owned(),
        dataset: setting.words("高龄津贴发放", "Old-age allowance payments"),
        department: setting.words("民政局", "Civil Affairs Bureau"),
        state,
        due: due.map(|on| Due::new(day(2026, 11, on), today)),
        asked_by: Some(setting.words("陈立", "Chen Li")),
        asked: at(9, 9, 30),
    };
    let some = RequestsPage {
        shell: setting.shell(Section::Data, "/data/requests"),
        is_required: true,
        rows: vec![
            row("D-26-0009", RequestState::Requested, Some(20)),
            RequestRow { asked_by: None, ..row("D-26-0008", RequestState::Returned, None) },
            row("D-26-0007", RequestState::Agreed, Some(22)),
            row("D-26-0006", RequestState::Connecting, Some(28)),
            row("D-26-0005", RequestState::Degraded, None),
            row("D-26-0004", RequestState::Ending, Some(27)),
            row("D-26-0003", RequestState::Live, None),
            row("D-26-0002", RequestState::Refused, None),
            row("D-26-0001", RequestState::Ended, None),
        ],
    };
    let department = RequestsPage {
        shell: liaison(setting, "/data/requests"),
        is_required: false,
        rows: some.rows[..1].to_vec(),
    };
    let none = RequestsPage { rows: Vec::new(), ..some.clone() };
    vec![("some", some), ("department", department), ("none", none)]
}

fn liaison(setting: &Setting, here: &str) -> Shell {
    Shell {
        user: Some(User { name: setting.words("何静", "He Jing"), role: Role::Department }),
        sections: vec![Section::Requests],
        open_warnings: 0,
        ..setting.shell(Section::Requests, here)
    }
}

/// One request: to be answered, live, to be changed, its end to be confirmed, erased.
pub fn request_pages(setting: &Setting) -> Vec<(&'static str, RequestPage)> {
    let asked = RequestPage {
        shell: liaison(setting, &format!("/data/requests/{ID}")),
        id: ID.to_owned(),
        version: 1,
        number: "D-26-0003".to_owned(),
        state: RequestState::Requested,
        due: Some(Due::new(day(2026, 11, 20), day(2026, 11, 21))),
        sheet: sheet(setting),
        batches: 0,
        rows: 0,
        data_end: None,
        cleared: None,
        timeline: timeline(setting, 1),
        forms: vec![RequestForm::Answer],
        filled: Filled::default(),
    };
    let sentence = crate::error_text(setting.lang, Code::Missing, "…", "").into_owned();
    let came_back = Filled {
        form: "answer".to_owned(),
        values: [("decision".to_owned(), "refuse".to_owned()), ("reason".to_owned(), String::new())].into(),
        errors: [("reason".to_owned(), sentence)].into(),
        ..Filled::default()
    };
    let unanswered = RequestPage { filled: came_back, ..asked.clone() };
    let agreed = Some((setting.words("何静", "He Jing"), at(10, 15, 5)));
    let live = RequestPage {
        shell: setting.shell(Section::Data, &format!("/data/requests/{ID}")),
        state: RequestState::Live,
        due: None,
        sheet: RequestSheet { agreed, link: Some(LinkKind::Line), ..asked.sheet.clone() },
        batches: 12,
        rows: 182_404,
        timeline: timeline(setting, 4),
        forms: vec![RequestForm::Connect, RequestForm::AskEnd],
        ..asked.clone()
    };
    let returned = RequestPage {
        state: RequestState::Returned,
        sheet: asked.sheet.clone(),
        forms: vec![RequestForm::Change],
        ..live.clone()
    };
    let ending = RequestPage {
        state: RequestState::Ending,
        data_end: Some(DataEnd::Erase),
        timeline: timeline(setting, 5),
        forms: vec![RequestForm::ConfirmEnd],
        ..live.clone()
    };
    let clearing = RequestPage {
        state: RequestState::Ended,
        timeline: timeline(setting, 6),
        forms: Vec::new(),
        ..ending.clone()
    };
    let erased = RequestPage {
        batches: 0,
        rows: 0,
        cleared: Some(Cleared { batches: 12, rows: 182_404, at: at(21, 17, 40) }),
        timeline: timeline(setting, 7),
        ..clearing.clone()
    };
    vec![
        ("asked", asked),
        ("unanswered", unanswered),
        ("live", live),
        ("returned", returned),
        ("ending", ending),
        ("clearing", clearing),
        ("erased", erased),
    ]
}

fn sheet(setting: &Setting) -> RequestSheet {
    let column = |name: &str, zh, en, sensitivity| AskedColumn {
        name: name.to_owned(),
        title: setting.words(zh, en),
        sensitivity,
    };
    RequestSheet {
        key: "elderly_allowance_payment".to_owned(),
        dataset: setting.words("高龄津贴发放", "Old-age allowance payments"),
        department: setting.words("民政局", "Civil Affairs Bureau"),
        purpose: setting
            .words("核对死亡后仍发放的高龄津贴", "To compare old-age allowances with dates of death"),
        basis: setting
            .words("《某某县数据共享办法》第八条", "Rules of data sharing of the county, article 8"),
        columns: vec![
            column("person_id", "身份证号", "Resident ID number", Sensitivity::Personal),
            column("month", "发放月份", "Month", Sensitivity::Internal),
            column("health", "健康状况", "State of health", Sensitivity::Sensitive),
        ],
        models: vec![ModelUse {
            id: "BF-GEN-001".to_owned(),
            title: setting.words("死亡后仍发放", "Benefit paid after death"),
        }],
        cadence: Some(Cadence::Monthly),
        from: Some(day(2026, 1, 1)),
        until: None,
        link: None,
        asked_by: Some(setting.words("陈立", "Chen Li")),
        asked: at(9, 9, 30),
        agreed: None,
    }
}

/// The first events of a request's life, the newest first.
fn timeline(setting: &Setting, count: usize) -> Vec<RequestEvent> {
    let event = |kind, at: Instant, actor: Option<(&str, &str)>, note: Option<String>| RequestEvent {
        kind,
        at,
        actor: actor.map(|(zh, en)| setting.words(zh, en)),
        note,
    };
    let (steward, owner) = (Some(("陈立", "Chen Li")), Some(("何静", "He Jing")));
    let security = Some(("宋安", "Song An"));
    let reason = setting.words("专项工作已结束", "The special work is over");
    let mut events = vec![
        event(RequestEventKind::Asked, at(9, 9, 30), steward, None),
        event(RequestEventKind::Agreed, at(10, 15, 5), owner, None),
        event(RequestEventKind::Connecting(LinkKind::Line), at(11, 10, 0), steward, None),
        event(RequestEventKind::Live, at(12, 2, 31), None, Some("elderly-2026-10.csv".to_owned())),
        event(RequestEventKind::EndAsked(DataEnd::Erase), at(20, 9, 0), steward, Some(reason)),
        event(RequestEventKind::Ended, at(21, 17, 30), security, None),
        event(RequestEventKind::Cleared, at(21, 17, 40), None, None),
    ];
    events.truncate(count);
    events.reverse();
    events
}

/// The form: new, and changed with a column that no model reads.
pub fn asks(setting: &Setting) -> Vec<(&'static str, AskPage)> {
    let column = |name: &str, zh, en, sensitivity, is_needed, is_ticked| ColumnChoice {
        name: name.to_owned(),
        title: setting.words(zh, en),
        sensitivity,
        is_needed,
        is_ticked,
    };
    let new = AskPage {
        shell: setting.shell(Section::Data, "/data/requests/new?dataset=elderly_allowance_payment"),
        key: "elderly_allowance_payment".to_owned(),
        dataset: setting.words("高龄津贴发放", "Old-age allowance payments"),
        department: setting.words("民政局", "Civil Affairs Bureau"),
        sensitivity: Sensitivity::Sensitive,
        changes: None,
        columns: vec![
            column("person_id", "身份证号", "Resident ID number", Sensitivity::Personal, true, true),
            column("month", "发放月份", "Month", Sensitivity::Internal, false, true),
            column("health", "健康状况", "State of health", Sensitivity::Sensitive, false, false),
        ],
        models: vec![ModelChoice {
            id: "BF-GEN-001".to_owned(),
            title: setting.words("死亡后仍发放", "Benefit paid after death"),
            is_ticked: false,
        }],
        cadences: vec![
            Choice::new("monthly", setting.words("每月", "every month")),
            Choice::new("yearly", setting.words("每年", "every year")),
        ],
        filled: Filled { values: [("cadence".to_owned(), "monthly".to_owned())].into(), ..Filled::default() },
    };
    let found = setting.words("健康状况 (health)", "health");
    let sentence = crate::error_text(setting.lang, Code::ColumnUnread, &found, "").into_owned();
    let mut refused = new.clone();
    refused.changes = Some(ChangedRequest { id: ID.to_owned(), number: "D-26-0003".to_owned(), version: 2 });
    refused.columns[2].is_ticked = true;
    refused.filled.errors.insert("columns".to_owned(), sentence);
    let plain = AskPage { models: Vec::new(), ..new.clone() };
    vec![("new", new), ("refused", refused), ("plain", plain)]
}
