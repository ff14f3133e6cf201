use gnomon_kernel::Code;

use super::{Setting, at, day};
use crate::pages::{Outcome, OutcomeRow, RunPage, RunRow, RunsPage};
use crate::shell::Section;

/// The list of runs: the newest, older ones, none.
pub fn run_lists(setting: &Setting) -> Vec<(&'static str, RunsPage)> {
    let row = |number: u32, day_of_month, milliseconds, actor, counts: [u64; 5]| RunRow {
        id: format!("run_01JD{number:022}"),
        began: at(day_of_month, 16, 40),
        milliseconds,
        as_of: day(2025, 1, 1),
        actor,
        models: counts[0],
        findings: counts[1],
        new: counts[2],
        silent: counts[3],
        failed: counts[4],
    };
    let some = RunsPage {
        shell: setting.shell(Section::Runs, "/runs"),
        can_run: true,
        rows: vec![
            row(89, 22, None, Some(setting.words("陈立", "Chen Li")), [24, 0, 0, 0, 0]),
            row(88, 21, Some(8_412), None, [24, 1_306, 41, 2, 0]),
            row(87, 14, Some(96_004), None, [24, 1_265, 1_265, 2, 1]),
        ],
        is_first: true,
        older: Some("1763107200000000".to_owned()),
    };
    let older = RunsPage { is_first: false, older: None, ..some.clone() };
    let none = RunsPage { can_run: false, rows: Vec::new(), older: None, ..some.clone() };
    vec![("some", some), ("older", older), ("none", none)]
}

/// A run: with every outcome, and one that is still going.
pub fn runs(setting: &Setting) -> Vec<(&'static str, RunPage)> {
    let row = |model: &str, zh, en, outcome, new, withdrawn, milliseconds| OutcomeRow {
        model: model.to_owned(),
        title: setting.words(zh, en),
        revision: 3,
        outcome,
        new,
        withdrawn,
        milliseconds,
    };
    let failed =
        Outcome::Failed { code: Code::ModelRows, found: String::new(), expected: "100,000".to_owned() };
    let missing = Outcome::CannotTell(setting.lines(&["车辆登记"], &["Vehicle register"]));
    let done = RunPage {
        shell: setting.shell(Section::Runs, "/runs/run_01JD0000000000000000000088"),
        id: "run_01JD0000000000000000000088".to_owned(),
        began: at(21, 16, 40),
        milliseconds: Some(8_412),
        as_of: day(2025, 1, 1),
        known_at: None,
        actor: None,
        outcomes: vec![
            row("PP-SPL-001", "短期内多次采购", "Split purchases", failed, 0, 0, 1_204),
            row("TC-CAR-001", "公务车辆节假日行驶", "Official cars on days off", missing, 0, 0, 2),
            row("BF-GEN-001", "死亡后仍发放", "Benefit paid after death", Outcome::Findings(214), 12, 3, 412),
            row("MI-OUT-001", "次均费用离群", "Per-head cost outlier", Outcome::Findings(1), 0, 0, 88),
            row(
                "KR-DIB-002",
                "干部亲属享受低保",
                "Official's relative on allowance",
                Outcome::Findings(0),
                0,
                0,
                96,
            ),
        ],
    };
    let mut running = done.clone();
    running.milliseconds = None;
    running.known_at = Some(at(20, 16, 0));
    running.actor = Some(setting.words("陈立", "Chen Li"));
    running.outcomes.iter_mut().for_each(|row| row.outcome = Outcome::Pending);
    vec![("done", done), ("running", running)]
}
