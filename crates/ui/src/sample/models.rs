use gnomon_kernel::{Code, Level};

use super::warning_more::advice;
use super::{Setting, at};
use crate::pages::{
    CaseRow, InputRow, ModelPage, ModelRow, ModelRunRow, ModelsPage, Outcome, Pack, Parameter, Speech, Status,
};
use crate::shell::Section;
use crate::sql::spans;

const SQL: &str = "\
-- people who are paid after the month of their death
select p.person_id as subject, p.program_code as dedupe,
       sum(p.amount) as fen, count(*) as months,
       min(d.death_date) as death_date,
       array_agg(p._row order by p.month) as payment_rows
from v_benefit_payment p
join v_death d on d.person_id = p.person_id
where p.month > $grace_months + date_part('month', d.death_date)
  and p.amount >= $least
  and not d.conflict
group by p.person_id, p.program_code
having sum(p.amount) between $least and 100000000";

/// The list of models: all, only the silent ones, none.
pub fn model_lists(setting: &Setting) -> Vec<(&'static str, ModelsPage)> {
    let all = ModelsPage {
        shell: setting.shell(Section::Models, "/models"),
        only_silent: false,
        speaking: 22,
        silent: 2,
        packs: packs(setting),
    };
    let mut silent = ModelsPage { only_silent: true, ..all.clone() };
    for pack in &mut silent.packs {
        pack.models.retain(|model| model.speech != Speech::CanSpeak);
    }
    silent.packs.retain(|pack| !pack.models.is_empty());
    let none = ModelsPage { packs: Vec::new(), silent: 0, ..silent.clone() };
    vec![("all", all), ("silent", silent), ("none", none)]
}

fn packs(setting: &Setting) -> Vec<Pack> {
    let model = |id: &str, zh, en, level, status, speech, numbers: [u64; 4]| ModelRow {
        id: id.to_owned(),
        title: setting.words(zh, en),
        level,
        status,
        revision: 3,
        cases: 5,
        speech,
        findings: (numbers[1] > 0).then_some(numbers[1]),
        verified: numbers[2],
        found_true: numbers[3],
    };
    let missing = Speech::CannotTell(
        setting.lines(&["车辆登记", "公务出行派车单"], &["Vehicle register", "Trip sheets"]),
    );
    vec![
        Pack {
            title: setting.words("惠民惠农补贴", "Benefits for people"),
            models: vec![
                model(
                    "BF-GEN-001",
                    "死亡后仍发放",
                    "Benefit paid after death",
                    Level::Yellow,
                    Status::Stable,
                    Speech::CanSpeak,
                    [5, 214, 201, 188],
                ),
                model(
                    "BF-OLD-002",
                    "高龄津贴应享未享",
                    "Old-age allowance entitled and not drawn",
                    Level::Blue,
                    Status::Trial,
                    Speech::CanSpeak,
                    [4, 96, 0, 0],
                ),
            ],
        },
        Pack {
            title: setting.words("三公经费", "Travel, meals and cars"),
            models: vec![model(
                "TC-CAR-001",
                "公务车辆节假日行驶时间与派车单、维修保养记录不一致",
                "Trips of official cars on days off that no trip sheet or workshop record explains",
                Level::Yellow,
                Status::Stable,
                missing,
                [5, 0, 0, 0],
            )],
        },
    ]
}

/// A model: that can speak, and one that cannot and has a failing case.
pub fn models(setting: &Setting) -> Vec<(&'static str, ModelPage)> {
    let speaking = speaking(setting);
    let mut silent = speaking.clone();
    silent.speech = Speech::CannotTell(setting.lines(&["死亡医学证明"], &["Death certificates"]));
    silent.inputs[1].is_missing = true;
    silent.status = Status::Draft;
    silent.open = 0;
    silent.verified = 0;
    silent.found_true = 0;
    silent.runs.clear();
    silent.cases[0].failure = Some(setting.words(
        "应有 1 条发现，实际 0 条：870121********0017 未出现。",
        "1 finding expected, 0 found: 870121********0017 is missing.",
    ));
    vec![("speaking", speaking), ("silent", silent)]
}

fn speaking(setting: &Setting) -> ModelPage {
    let (innocent, verify) = advice(setting);
    let value = |name: &str| match name {
        "grace_months" => Some("1".to_owned()),
        "least" => Some("10000".to_owned()),
        _ => None,
    };
    ModelPage {
        shell: setting.shell(Section::Models, "/models/BF-GEN-001"),
        id: "BF-GEN-001".to_owned(),
        title: setting.words("死亡后仍发放", "Benefit paid after death"),
        pack: setting.words("惠民惠农补贴", "Benefits for people"),
        revision: 3,
        status: Status::Stable,
        level: Level::Yellow,
        why: setting.words(
            "补贴自死亡次月起停发。死亡信息分散在三个部门，停发往往滞后。",
            "A benefit ends with the month after death. News of a death is spread over three departments and arrives late.",
        ),
        basis: setting.words("《澜禾县惠民补贴发放办法》第九条", "Lanhe County rules on benefits, article 9"),
        speech: Speech::CanSpeak,
        inputs: inputs(setting),
        parameters: parameters(setting),
        sql: spans(SQL, value),
        cases: cases(setting),
        innocent,
        verify,
        runs: last_runs(setting),
        open: 214,
        verified: 201,
        found_true: 188,
    }
}

fn inputs(setting: &Setting) -> Vec<InputRow> {
    let input = |key: &str, zh, en, is_dataset, rows| InputRow {
        key: key.to_owned(),
        title: setting.words(zh, en),
        is_dataset,
        rows,
        is_missing: false,
    };
    vec![
        input("v_benefit_payment", "补贴发放", "Benefit payments", false, None),
        input("death_certificate", "死亡医学证明", "Death certificates", true, Some(3_218)),
        input("subsidy_program", "补贴项目", "Benefit programmes", true, Some(10)),
    ]
}

fn parameters(setting: &Setting) -> Vec<Parameter> {
    let bounds = |least: &str, most: &str| Some((least.to_owned(), most.to_owned()));
    vec![
        Parameter {
            name: "grace_months".to_owned(),
            label: setting.words("宽限月数", "Grace period"),
            value: "1".to_owned(),
            default: "1".to_owned(),
            unit: setting.words("月", "months"),
            bounds: bounds("0", "6"),
        },
        Parameter {
            name: "least".to_owned(),
            label: setting.words("合计金额不低于", "Total at least"),
            value: "100.00".to_owned(),
            default: "50.00".to_owned(),
            unit: setting.words("元", "CNY"),
            bounds: bounds("0.00", "100,000.00"),
        },
    ]
}

fn cases(setting: &Setting) -> Vec<CaseRow> {
    let case = |zh, en, expected, is_look_alike| CaseRow {
        name: setting.words(zh, en),
        expected,
        is_look_alike,
        failure: None,
    };
    vec![
        case("死亡后发放两个月：黄色", "paid two months after death: yellow", 1, false),
        case("死亡当月发放：不提示", "died in the payment month: silent", 0, true),
        case("同名不同人：不提示", "same name, other person: silent", 0, true),
        case("死亡日期各部门不一致：不提示", "dates of death differ: silent", 0, false),
    ]
}

fn last_runs(setting: &Setting) -> Vec<ModelRunRow> {
    let run = |number: u32, day, revision, outcome, milliseconds| ModelRunRow {
        run: format!("run_01JD{number:022}"),
        at: at(day, 16, 40),
        revision,
        outcome,
        milliseconds,
    };
    let failed =
        Outcome::Failed { code: Code::ModelMemory, found: String::new(), expected: "512 MB".to_owned() };
    let missing = Outcome::CannotTell(setting.lines(&["死亡医学证明"], &["Death certificates"]));
    vec![
        run(88, 21, 3, Outcome::Findings(214), 412),
        run(87, 14, 3, failed, 64_210),
        run(86, 7, 2, missing, 3),
    ]
}
