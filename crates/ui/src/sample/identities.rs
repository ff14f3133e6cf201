use gnomon_kernel::{EntityKind, Level, RowRef, Tier};

use super::{Setting, at};
use crate::data_query::IdentityFilter;
use crate::form::Filled;
use crate::labels::identity_field;
use crate::pages::{
    FieldLevel, FieldRow, IdentitiesPage, IdentityPage, Likely, MoveRow, PairEvent, PairEventKind, PairForm,
    PairRow, PairStanding, PlaceRow, TouchedWarning, ValuePiece,
};
use crate::shell::Section;

/// The desk: full, narrowed to nothing, empty, a later page.
pub fn identity_lists(setting: &Setting) -> Vec<(&'static str, IdentitiesPage)> {
    let row = |number, standing, probability: f32| PairRow {
        number,
        kind: EntityKind::Person,
        names: names(setting),
        likely: Likely { tier: Tier::of(probability), probability, together: probability > 0.9 },
        agree: 4,
        differ: 1,
        is_touched: number % 3 == 1,
        standing,
        first_seen: at(19, 9, 12),
    };
    let organisation = PairRow {
        kind: EntityKind::Organisation,
        names: [
            setting.words("砚溪县森和建筑工程有限公司", "Senhe Construction Co. Ltd."),
            setting.words("森和建筑", "Senhe Construction"),
        ],
        ..row(6, PairStanding::Gone, 0.52)
    };
    let moved = |is_merge, kind, entities| MoveRow { at: at(20, 2, 31), kind, is_merge, entities };
    let full = IdentitiesPage {
        shell: setting.shell(Section::Identities, "/data/identities"),
        filter: IdentityFilter::default(),
        rows: vec![
            row(1, PairStanding::Proposed, 0.9994),
            row(4, PairStanding::UndoProposed, 0.93),
            row(2, PairStanding::Open, 0.981),
            row(3, PairStanding::Same, 0.74),
            row(5, PairStanding::NotSame, 0.61),
            organisation,
        ],
        count: 131,
        has_more: true,
        moves: vec![
            moved(true, EntityKind::Person, 12),
            moved(false, EntityKind::Person, 1),
            moved(true, EntityKind::Organisation, 2),
        ],
    };
    let empty = IdentitiesPage { rows: vec![], count: 0, has_more: false, moves: vec![], ..full.clone() };
    let q = setting.words("王", "W");
    let narrowed = IdentitiesPage {
        filter: IdentityFilter { q, shown: IdentityFilter::ALL.to_owned(), ..IdentityFilter::default() },
        ..empty.clone()
    };
    let later = IdentitiesPage {
        filter: IdentityFilter {
            page: 2,
            tier: Tier::Probable.as_str().to_owned(),
            ..IdentityFilter::default()
        },
        has_more: false,
        ..full.clone()
    };
    vec![("full", full), ("empty", empty), ("narrowed", narrowed), ("later", later)]
}

fn names(setting: &Setting) -> [String; 2] {
    [setting.words("张**", "Z**"), setting.words("张**", "Z**")]
}

/// A pair: open, with a form that came back, waiting for this person, waiting for another, ruled, with its values shown.
pub fn identity_pages(setting: &Setting) -> Vec<(&'static str, IdentityPage)> {
    let open = page(setting);
    let mut wrong = Filled { form: "reveal".to_owned(), ..Filled::default() };
    wrong.errors.insert("reason".to_owned(), setting.words("请填写理由", "Give a reason"));
    let wrong = IdentityPage { filled: wrong, ..open.clone() };
    let to_answer = IdentityPage {
        standing: PairStanding::Proposed,
        offered: Some(PairForm::Answer),
        timeline: vec![event(setting, PairEventKind::Proposed), event(setting, PairEventKind::Revealed)],
        ..open.clone()
    };
    let waiting = IdentityPage { offered: None, ..to_answer.clone() };
    let ruled = IdentityPage {
        standing: PairStanding::Same,
        offered: Some(PairForm::Undo),
        timeline: EVENTS.iter().map(|kind| event(setting, *kind)).collect(),
        warnings: vec![],
        ..open.clone()
    };
    let to_split = IdentityPage { splits: true, ..to_answer.clone() };
    let undoing = IdentityPage {
        standing: PairStanding::UndoProposed,
        offered: Some(PairForm::Answer),
        ..to_answer.clone()
    };
    let shown = IdentityPage {
        is_revealed: true,
        names: [setting.words("张三丰", "Zhang Sanfeng"), setting.words("张三峰", "Zhang Sanfong")],
        ..open.clone()
    };
    let onlooker = IdentityPage { offered: None, can_reveal: false, ..open.clone() };
    vec![
        ("open", open),
        ("wrong", wrong),
        ("to-answer", to_answer),
        ("to-split", to_split),
        ("waiting", waiting),
        ("ruled", ruled),
        ("undoing", undoing),
        ("shown", shown),
        ("onlooker", onlooker),
    ]
}

const EVENTS: [PairEventKind; 7] = [
    PairEventKind::RuledSame,
    PairEventKind::UndoDeclined,
    PairEventKind::UndoProposed,
    PairEventKind::Confirmed,
    PairEventKind::Proposed,
    PairEventKind::Undone,
    PairEventKind::RuledNotSame,
];

fn event(setting: &Setting, kind: PairEventKind) -> PairEvent {
    PairEvent {
        kind,
        at: at(20, 10, 5),
        actor: Some(setting.words("周岚", "Zhou Lan")),
        note: Some(setting.words("与户籍底册核对一致", "Agrees with the household register")),
    }
}

fn page(setting: &Setting) -> IdentityPage {
    let place = |zh: &str, en: &str, department: (&str, &str), rows, line| PlaceRow {
        key: Some("population_register".to_owned()),
        title: setting.words(zh, en),
        column: setting.words("身份证号", "Resident ID number"),
        department: setting.words(department.0, department.1),
        rows,
        sample: RowRef { batch: 17, sheet: 0, line },
    };
    IdentityPage {
        shell: setting.shell(Section::Identities, "/data/identities/17"),
        number: 17,
        version: 0,
        kind: EntityKind::Person,
        names: names(setting),
        likely: Likely { tier: Tier::Probable, probability: 0.981, together: false },
        standing: PairStanding::Open,
        splits: false,
        first_seen: at(12, 2, 30),
        last_seen: at(20, 2, 31),
        fields: fields(setting),
        places: [
            vec![
                place("人口信息", "Population register", ("公安局", "Public Security"), 1, 2846),
                place("养老金发放", "Pension payments", ("人社局", "Social Security"), 36, 418),
            ],
            vec![place("高龄津贴发放", "Old-age allowance", ("民政局", "Civil Affairs"), 11, 93)],
        ],
        warnings: vec![TouchedWarning {
            id: "wrn_01JD0000000000000000104417".to_owned(),
            number: "W-26-104417".to_owned(),
            title: setting.words("高龄津贴待核实", "Old-age allowance to be verified"),
            level: Level::Yellow,
        }],
        timeline: vec![],
        offered: Some(PairForm::Rule),
        can_reveal: true,
        is_revealed: false,
        filled: Filled::default(),
    }
}

fn fields(setting: &Setting) -> Vec<FieldRow> {
    let row = |word: &str, values: [&str; 2], level, weight, household| FieldRow {
        title: identity_field(setting.lang, EntityKind::Person, word)
            .map_or_else(|| word.to_owned(), Into::into),
        values: values.map(pieces),
        level,
        weight,
        household,
    };
    let address = setting.words("青禾镇石塘村7组", "Group 7, Shitang, Qinghe");
    vec![
        row("id_no", ["870121*****[*]**3216", "870121*****[*]**3216"], Some(FieldLevel::Near), 9.4, 0.3),
        row(
            "surname",
            [&setting.words("张", "Zhang"), &setting.words("张", "Zhang")],
            Some(FieldLevel::Same),
            3.8,
            3.7,
        ),
        row("given_name", ["*[*]", "*[*]"], Some(FieldLevel::Alike), 2.2, 0.0),
        row("birth_date", ["1985-**-**", "1985-**-**"], Some(FieldLevel::Swapped), 6.8, 0.0),
        row("phone", ["[169****5678]", "[169****0001]"], Some(FieldLevel::Different), -1.4, -0.2),
        row("sex", ["", ""], Some(FieldLevel::Missing), 0.0, 0.0),
        row("address", [&address, &address], Some(FieldLevel::Same), 7.1, 6.9),
        row("mail", ["[z*****]", "[q*****]"], Some(FieldLevel::Different), -7.5, 0.0),
        row("postcode", ["870121", ""], None, 0.0, 0.0),
    ]
}

/// A value whose differing parts stand in brackets.
fn pieces(value: &str) -> Vec<ValuePiece> {
    let parts = value.split(['[', ']']).enumerate();
    let piece = |(at, text): (usize, &str)| ValuePiece { text: text.to_owned(), differs: at % 2 == 1 };
    parts.map(piece).filter(|piece| !piece.text.is_empty()).collect()
}
