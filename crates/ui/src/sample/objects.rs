use gnomon_kernel::{Level, RowRef};

use super::kinship::{kinship_notes, kinship_told};
use super::{Setting, at, day};
use crate::form::{Choice, Filled};
use crate::object_query::{ObjectFilter, ObjectKind};
use crate::pages::{
    AboutLine, AboutRow, EvidenceCell, ObjectAskPage, ObjectDelivery, ObjectFindingRow, ObjectHead,
    ObjectPage, ObjectRow, ObjectWarningRow, ObjectsPage, TermRow,
};
use crate::shell::Section;
use crate::words::{State, Verdict};

const ROW: RowRef = RowRef { batch: 12, sheet: 0, line: 345 };

fn cell(setting: &Setting, title: (&str, &str), value: (&str, &str)) -> EvidenceCell {
    EvidenceCell { title: setting.words(title.0, title.1), value: setting.words(value.0, value.1) }
}

/// Officials, a page in the middle of suppliers, nothing found, nothing there.
pub fn object_lists(setting: &Setting) -> Vec<(&'static str, ObjectsPage)> {
    let official = |line: u32, name: (&str, &str), number: &str| ObjectRow {
        address: RowRef { line, ..ROW }.to_string(),
        name: setting.words(name.0, name.1),
        number: number.to_owned(),
        place: setting.words("云岫镇", "Yunxiu"),
        cells: vec![
            cell(setting, ("所在单位", "Unit"), ("云岫镇政府", "Yunxiu town government")),
            cell(setting, ("职务", "Post"), ("民政办主任", "head of civil affairs")),
        ],
    };
    let officials = ObjectsPage {
        shell: setting.shell(Section::Objects, "/objects"),
        filter: ObjectFilter::default(),
        counts: ObjectKind::ALL.into_iter().zip([214, 57, 107, 31, 466]).collect(),
        places: vec![Choice::new("870121100", setting.words("云岫镇", "Yunxiu"))],
        rows: vec![
            official(345, ("温**", "W**"), "870121********0210"),
            official(346, ("闻**", "W**"), "870121********0268"),
        ],
        most: 50,
    };
    let filter = ObjectFilter { kind: ObjectKind::Supplier, from: 50, ..ObjectFilter::default() };
    let supplier = ObjectRow {
        address: "91870121MA0X000157".to_owned(),
        name: setting.words("澜禾建设工程有限公司", "Lanhe Construction Co."),
        number: "91870121MA0X000157".to_owned(),
        place: String::new(),
        cells: vec![cell(setting, ("采购人", "Buyer"), ("云岫镇政府", "Yunxiu town government"))],
    };
    let suppliers = ObjectsPage { filter, rows: vec![supplier; 50], ..officials.clone() };
    let none = ObjectsPage {
        counts: ObjectKind::ALL.map(|kind| (kind, 0)).to_vec(),
        rows: Vec::new(),
        ..officials.clone()
    };
    let filter = ObjectFilter { q: setting.words("无此人", "nobody"), ..ObjectFilter::default() };
    let no_match = ObjectsPage { filter, ..none.clone() };
    vec![("officials", officials), ("suppliers", suppliers), ("none", none), ("no-match", no_match)]
}

/// The question why, and its form that came back.
pub fn object_asks(setting: &Setting) -> Vec<(&'static str, ObjectAskPage)> {
    let ask = ObjectAskPage {
        shell: setting.shell(Section::Objects, "/objects/official/12:0:345"),
        kind: ObjectKind::Official,
        address: ROW.to_string(),
        filled: Filled::default(),
    };
    let mut filled = Filled { form: "open".to_owned(), ..Filled::default() };
    filled.errors.insert("reason".to_owned(), setting.words("请填写理由", "Give a reason"));
    let missing = ObjectAskPage { filled, ..ask.clone() };
    vec![("first", ask), ("missing", missing)]
}

/// An official with everything, the same in full, one of whom nothing is known, and a project.
pub fn object_pages(setting: &Setting) -> Vec<(&'static str, ObjectPage)> {
    let head = ObjectHead {
        kind: ObjectKind::Official,
        address: ROW.to_string(),
        name: setting.words("温**", "W**"),
        number: "870121********0210".to_owned(),
        is_revealed: false,
        place: setting.words("澜禾县", "Lanhe County"),
        cells: vec![cell(setting, ("所在单位", "Unit"), ("县民政局", "Civil Affairs Bureau"))],
    };
    let official = ObjectPage {
        shell: setting.shell(Section::Objects, "/objects/official/12:0:345"),
        terms: terms(setting),
        today: day(2025, 1, 1),
        about: about(setting),
        warnings: warnings(setting),
        findings: vec![ObjectFindingRow {
            title: setting.words("加油频次偏高", "Fuel bought often"),
            level: Level::Blue,
            run: "run_01JD0000000000000000000001".to_owned(),
            as_of: day(2024, 12, 31),
        }],
        deliveries: vec![ObjectDelivery {
            id: "bat_01JD0000000000000000000012".to_owned(),
            number: 12,
            file: "roster_202412.xlsx".to_owned(),
            dataset: setting.words("公职人员名册", "Roster of public officials"),
            received: at(20, 6, 0),
        }],
        declarations: kinship_notes(setting),
        told: None,
        open_until: Some(at(21, 10, 42)),
        filled: Filled::default(),
        head,
    };
    let head = ObjectHead {
        name: setting.words("温竹", "Wen Zhu"),
        number: "870121197001010210".to_owned(),
        is_revealed: true,
        ..official.head.clone()
    };
    let revealed = ObjectPage { head, ..official.clone() };
    let bare = ObjectPage {
        terms: Vec::new(),
        about: Vec::new(),
        warnings: Vec::new(),
        findings: Vec::new(),
        deliveries: Vec::new(),
        declarations: Vec::new(),
        ..official.clone()
    };
    let head = ObjectHead {
        kind: ObjectKind::Project,
        address: "2024-870121-01-001".to_owned(),
        name: setting.words("石塘村进村道路硬化工程", "Road to Shitang village"),
        number: "2024-870121-01-001".to_owned(),
        ..official.head.clone()
    };
    let nobody = ObjectPage { declarations: Vec::new(), open_until: None, ..official.clone() };
    let project = ObjectPage { head, terms: Vec::new(), ..nobody.clone() };
    let head = ObjectHead {
        kind: ObjectKind::Unit,
        address: "11870121008710103B".to_owned(),
        name: setting.words("砚溪县民政局", "Civil Affairs Bureau"),
        number: "11870121008710103B".to_owned(),
        ..official.head.clone()
    };
    let holder = setting.words("温**", "Wen *");
    let held = terms(setting).into_iter().map(|term| TermRow { holder: Some(holder.clone()), ..term });
    let unit = ObjectPage { head, terms: held.collect(), told: Some(kinship_told(setting)), ..nobody };
    vec![("official", official), ("revealed", revealed), ("bare", bare), ("project", project), ("unit", unit)]
}

fn terms(setting: &Setting) -> Vec<TermRow> {
    let term = |post: (&str, &str), unit: (&str, &str), from, until, line| TermRow {
        holder: None,
        post: setting.words(post.0, post.1),
        unit: setting.words(unit.0, unit.1),
        from,
        until,
        row: RowRef { line, ..ROW },
    };
    let bureau = ("县民政局", "Civil Affairs Bureau");
    vec![
        term(("局长", "director"), bureau, Some(day(2021, 3, 1)), None, 345),
        term(("副局长", "deputy director"), bureau, Some(day(2016, 5, 1)), Some(day(2021, 2, 28)), 344),
        term(("科员", "clerk"), ("云岫镇政府", "Yunxiu town government"), None, Some(day(2016, 4, 30)), 343),
    ]
}

fn about(setting: &Setting) -> Vec<AboutRow> {
    let line = |when: &str, line| AboutLine {
        when: when.to_owned(),
        content: setting.words("实发工资 6,240.00", "Net pay 6,240.00"),
        file: "payroll_202412.xlsx".to_owned(),
        row: RowRef { batch: 31, line, ..ROW },
    };
    let payroll = AboutRow {
        dataset: "payroll".to_owned(),
        title: setting.words("工资发放", "Payroll"),
        department: setting.words("财政局", "Finance Bureau"),
        role: setting.words("身份证号", "Resident ID number"),
        count: 36,
        years: vec![(2022, 12), (2023, 12), (2024, 12)],
        rows: vec![line("2024-12", 201), line("2024-11", 201)],
        is_cut: false,
    };
    let sensitive = AboutRow {
        dataset: "kinship_disclosure".to_owned(),
        title: setting.words("党员干部亲属涉权事项公开", "Declared relatives and matters"),
        department: setting.words("纪委监委", "Inspectorate"),
        count: 1,
        years: Vec::new(),
        rows: vec![line("2024-03-01", 17)],
        is_cut: true,
        ..payroll.clone()
    };
    vec![payroll, sensitive]
}

fn warnings(setting: &Setting) -> Vec<ObjectWarningRow> {
    let warning = |number: u32, state, verdict| ObjectWarningRow {
        id: format!("wrn_01JD{number:022}"),
        number: format!("W-26-{number:06}"),
        level: Level::Yellow,
        title: setting.words("亲属承揽本单位工程", "A relative was awarded a contract of the unit"),
        state,
        verdict,
        raised: at(18, 9, 30),
        closed: (state == State::Closed).then(|| at(20, 17, 5)),
    };
    vec![
        warning(417, State::Assigned, None),
        warning(388, State::Closed, Some(Verdict::Explained)),
        warning(231, State::Closed, Some(Verdict::True)),
        warning(154, State::Withdrawn, None),
    ]
}
