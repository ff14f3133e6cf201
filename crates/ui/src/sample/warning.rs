use gnomon_kernel::{Code, Level, RowRef};

use super::kinship::kinship_notes;
use super::warning_more::{advice, graph, origin, parties, sources_of, timeline, trend};
use super::{Setting, at, day, yuan};
use crate::form::Filled;
use crate::mark::fill;
use crate::pages::{
    Action, EvidenceCell, LedHere, SourceCell, SourceLine, SourcePage, Tied, WarningPage, WarningView,
};
use crate::shell::{Flash, Role, Section, Tone, User};
use crate::words::{Due, State, Verdict, proposed_limit};

/// A warning at every step of the loop, with a form that came back, and for somebody who may only look.
pub fn warnings(setting: &Setting) -> Vec<(&'static str, WarningPage)> {
    let today = day(2026, 11, 22);
    let base = base(setting);
    let at_state = |state, verdict, actions| {
        let mut page = base.clone();
        page.warning.state = state;
        page.warning.verdict = verdict;
        page.actions = actions;
        page
    };
    let assign = Action::Assign { assignees: super::inbox::assignees(setting), due: proposed_limit(today) };
    let mut new = at_state(State::New, None, vec![assign.clone()]);
    new.warning.owner = None;
    new.warning.due = None;
    let verify = at_state(State::Assigned, None, vec![Action::Verify, assign]);
    let mut returned = verify.clone();
    returned.filled = came_back(setting);
    let dispose = Action::Dispose { to_recover: yuan(1_324_600) };
    let recover = Action::Recover { left: yuan(824_600), today };
    let mut disposing =
        at_state(State::Disposing, Some(Verdict::True), vec![recover, dispose, Action::Submit]);
    disposing.warning.to_recover = Some(yuan(1_324_600));
    disposing.warning.recovered = Some(yuan(500_000));
    let judge = Action::Review { may_ask_for_money: true };
    disposing.warning.vanished = true;
    let mut review = at_state(State::InReview, Some(Verdict::True), vec![judge]);
    review.shell.user = Some(User { name: setting.words("周宁", "Zhou Ning"), role: Role::Leader });
    let mut onlooker = at_state(State::Assigned, None, Vec::new());
    onlooker.shell.user = Some(User { name: setting.words("周宁", "Zhou Ning"), role: Role::Leader });
    let mut withdrawn = at_state(State::Withdrawn, None, Vec::new());
    withdrawn.warning.due = None;
    withdrawn.shell.flashes.push(Flash {
        tone: Tone::Info,
        text: setting.words(
            "数据更正后此发现不再成立，已通知承办人。",
            "Corrected data made this finding vanish; its handler has been told.",
        ),
    });
    vec![
        ("new", new),
        ("verify", verify),
        ("returned", returned),
        ("disposing", disposing),
        ("review", review),
        ("onlooker", onlooker),
        ("withdrawn", withdrawn),
        ("bare", bare(setting)),
    ]
}

fn base(setting: &Setting) -> WarningPage {
    let message = setting.words(
        "{who} 任石塘村支部书记期间，村集体将 {count} 个项目（合计 {sum} 元）发包给 {firm}；该企业 {span} 为其缴纳社保，其配偶 {kin} 持股 {share}。",
        "While {who} was secretary of Shitang Village, the village gave {count} projects (CNY {sum} in all) to {firm}; that firm paid insurance for {who} from {span}, and the spouse {kin} holds {share} of it.",
    );
    let value = |name: &str| {
        Some(match name {
            "who" => setting.words("李**", "Li **"),
            "count" => "5".to_owned(),
            "sum" => "1,324,600.00".to_owned(),
            "firm" => setting.words("澜禾建设工程有限公司", "Lanhe Construction Ltd"),
            "span" => setting.words("2015-04 至 2017-10", "2015-04 to 2017-10"),
            "kin" => setting.words("方**", "Fang **"),
            "share" => "35%".to_owned(),
            _ => return None,
        })
    };
    let (innocent, verify) = advice(setting);
    let cell = |zh, en, value: &str| EvidenceCell { title: setting.words(zh, en), value: value.to_owned() };
    WarningPage {
        shell: setting.shell(Section::Warnings, "/warnings/wrn_01JD0000000000000000104417"),
        warning: WarningView {
            id: "wrn_01JD0000000000000000104417".to_owned(),
            number: "W-26-104417".to_owned(),
            version: 3,
            level: Level::Red,
            title: setting.words("曾任职企业承揽村级项目", "Contract to a former employer"),
            why: fill(&message, value),
            state: State::Assigned,
            vanished: false,
            verdict: None,
            fen: Some(yuan(1_324_600)),
            region: setting.words("青禾镇 石塘村", "Qinghe · Shitang"),
            happened_on: Some(day(2018, 12, 4)),
            owner: Some(setting.words("吴敏", "Wu Min")),
            due: Some(Due::new(day(2026, 11, 23), day(2026, 11, 22))),
            to_recover: None,
            recovered: None,
        },
        cells: vec![
            cell("合同数", "Contracts", "5"),
            cell("首次签订", "First signed", "2017-11-06"),
            cell("社保重叠月数", "Months of overlap", "13"),
            cell("配偶持股", "Share of the spouse", "35%"),
        ],
        sources: sources_of(setting),
        more_sources: 6,
        graph: Some(graph(setting)),
        trend: Some(trend(setting)),
        parties: parties(setting),
        tied: Some(tied(setting)),
        arranged: kinship_notes(setting).into_iter().take(1).collect(),
        innocent,
        verify,
        origin: origin(setting),
        actions: Vec::new(),
        filled: Filled::default(),
        timeline: timeline(setting),
    }
}

fn tied(setting: &Setting) -> Tied {
    Tied {
        keys: ["subject".to_owned(), "org_id".to_owned()],
        names: [
            setting.words("李**", "Li **"),
            setting.words("澜禾建设工程有限公司", "Lanhe Construction Ltd"),
        ],
    }
}

fn came_back(setting: &Setting) -> Filled {
    let mut filled = Filled {
        form: "verify".to_owned(),
        summary: Some(
            crate::error_text(setting.lang, Code::Missing, &setting.words("理由", "reason"), "").into_owned(),
        ),
        ..Filled::default()
    };
    filled.values.insert("verdict".to_owned(), "explained".to_owned());
    filled.errors.insert("reason".to_owned(), setting.words("请写明理由。", "Please give the reason."));
    filled
}

/// As little as a warning can have.
fn bare(setting: &Setting) -> WarningPage {
    let mut page = base(setting);
    page.warning.level = Level::Blue;
    page.warning.title = setting.words("高龄津贴应享未享", "Old-age allowance not drawn");
    page.warning.why = fill(
        &setting.words("年满 {age} 周岁，未见申领记录。", "Aged {age}, no application on record."),
        |_| Some("80".to_owned()),
    );
    page.warning.fen = None;
    page.warning.happened_on = None;
    page.cells.clear();
    page.sources.clear();
    page.more_sources = 0;
    page.graph = None;
    page.trend = None;
    page.parties.clear();
    page.tied = None;
    page.arranged.clear();
    page.origin.run = None;
    page.innocent.clear();
    page.verify.clear();
    page.timeline.truncate(1);
    page.origin.verified = 0;
    page.origin.found_true = 0;
    page
}

/// A source line: reached from a warning, corrected later, kept back.
pub fn sources(setting: &Setting) -> Vec<(&'static str, SourcePage)> {
    let cell = |header: &str, original: &str, stored: &str, is_hit| SourceCell {
        header: header.to_owned(),
        original: original.to_owned(),
        stored: stored.to_owned(),
        is_hit,
    };
    let row = RowRef { batch: 17, sheet: 1, line: 2_846 };
    let line = SourceLine {
        row,
        dataset: "village_contract".to_owned(),
        title: setting.words("村级合同台账", "Village contracts"),
        department: setting.words("农业农村局", "Agriculture and Rural Affairs Bureau"),
        file: "青禾镇村级合同台账（2018年度）最终版.xlsx".to_owned(),
        sheet: Some("石塘村".to_owned()),
        batch: "bat_01JD0000000000000000000017".to_owned(),
        received: at(19, 9, 15),
        cells: vec![
            cell("合同编号", "HT-2018-0112", "HT-2018-0112", true),
            cell("承包方", "澜禾建设工程有限公司", "澜禾建设工程有限公司", true),
            cell("统一社会信用代码", "91870182******6A1K", "91870182******6A1K", false),
            cell("合同金额(元)", "３８２,０００.００", "382000.00", true),
            cell("签订日期", "2018年3月6日", "2018-03-06", true),
            cell("备注", "", "", false),
        ],
        is_current: true,
        rejected: None,
    };
    let corrected = SourceLine { is_current: false, ..line.clone() };
    let reason = crate::error_text(setting.lang, Code::Date, "2018-02-30", "").into_owned();
    let rejected = SourceLine { rejected: Some((Code::Date, reason)), ..line.clone() };
    let page =
        |line, from| SourcePage { shell: setting.shell(Section::Warnings, "/source/17:1:2846"), line, from };
    let warning = LedHere::Warning("wrn_01JD0000000000000000104417".to_owned(), "W-26-104417".to_owned());
    let of_a_pair = SourcePage {
        shell: setting.shell(Section::Identities, "/data/identities/17/source/17:1:2846"),
        ..page(line.clone(), Some(LedHere::Pair(17)))
    };
    let object =
        LedHere::Object("/objects/official/17:1:2846".to_owned(), setting.words("公职人员", "Officials"));
    vec![
        ("of-object", page(line.clone(), Some(object))),
        ("of-a-pair", of_a_pair),
        ("line", page(line, Some(warning))),
        ("corrected", page(corrected, None)),
        ("rejected", page(rejected, None)),
    ]
}
