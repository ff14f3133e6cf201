use gnomon_kernel::Code;

use super::{Setting, at};
use crate::pages::{
    AgreementNote, ConnectionHealth, ConnectionKind, ConnectionRow, ConnectionSource, ConnectionsPage,
    PulledDelivery, Refusal, RequestState,
};
use crate::shell::Section;

/// Connections in every state, seen by somebody who may only look, and none.
pub fn connection_pages(setting: &Setting) -> Vec<(&'static str, ConnectionsPage)> {
    let source = |kind, dataset: &str, zh, en, schedule: &str| {
        let (dataset, schedule) = (dataset.to_owned(), schedule.to_owned());
        Some(ConnectionSource { kind, dataset, title: setting.words(zh, en), schedule })
    };
    let payroll = |kind, schedule| source(kind, "payroll", "工资发放", "Payroll", schedule);
    let row = |name: &str, source, health| ConnectionRow {
        name: name.to_owned(),
        source,
        health,
        last_success: Some(at(21, 2, 30)),
        next_due: Some(at(22, 2, 30)),
        last_delivery: Some(PulledDelivery { id: "bat_01JD0000000000000000000041".to_owned(), rows: 12_480 }),
        failures: 0,
        reason: None,
        unmarked: 0,
        agreement: None,
    };
    let new = |name, source, health| ConnectionRow {
        last_success: None,
        last_delivery: None,
        ..row(name, source, health)
    };
    let refusal = |code, found: &str, expected: &str| {
        Some(Refusal { code, found: found.to_owned(), expected: expected.to_owned() })
    };
    let unusable = ConnectionRow {
        next_due: None,
        reason: refusal(Code::ConnectionFile, "pasword", "path, password_file"),
        ..new("traffic", None, ConnectionHealth::Unusable)
    };
    let failing = ConnectionRow {
        failures: 3,
        reason: refusal(Code::ConnectionGone, "Connection refused (os error 111)", ""),
        ..row("finance-payroll", payroll(ConnectionKind::Postgresql, "30 2 * * *"), ConnectionHealth::Failing)
    };
    let stranger = ConnectionRow {
        failures: 1,
        reason: refusal(
            Code::ConnectionHostUnknown,
            "No ED25519 host key is known for sftp.example and you have requested strict checking.",
            "",
        ),
        ..row("tax", payroll(ConnectionKind::Sftp, "*/10 * * * *"), ConnectionHealth::Failing)
    };
    let fine = ConnectionRow {
        unmarked: 17,
        ..row("civil-affairs", payroll(ConnectionKind::Mysql, "0 3 * * *"), ConnectionHealth::Fine)
    };
    let held_up = ConnectionRow {
        agreement: Some(AgreementNote {
            id: "req_01JD0000000000000000000007".to_owned(),
            number: "D-26-0007".to_owned(),
            state: RequestState::Requested,
        }),
        next_due: None,
        ..new("health", payroll(ConnectionKind::Mysql, "0 5 * * *"), ConnectionHealth::NotAgreed)
    };
    let not_asked = ConnectionRow { agreement: None, name: "schools".to_owned(), ..held_up.clone() };
    let some = ConnectionsPage {
        shell: setting.shell(Section::Data, "/data/connections"),
        can_pull: true,
        rows: vec![
            unusable,
            failing,
            stranger,
            held_up,
            not_asked,
            row("bucket", payroll(ConnectionKind::S3, "*/30 * * * *"), ConnectionHealth::Asked),
            fine,
            new("drop", payroll(ConnectionKind::Folder, "*/5 * * * *"), ConnectionHealth::New),
            row("notices", payroll(ConnectionKind::Http, "15 6 * * 1-5"), ConnectionHealth::Fine),
            row("old-register", payroll(ConnectionKind::Sqlite, "0 4 1 * *"), ConnectionHealth::Off),
        ],
    };
    let seen = ConnectionsPage { can_pull: false, ..some.clone() };
    let none = ConnectionsPage { rows: Vec::new(), ..some.clone() };
    vec![("some", some), ("seen", seen), ("none", none)]
}
