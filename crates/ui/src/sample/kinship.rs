use gnomon_kernel::{Code, Instant};

use super::{Setting, at, day};
use crate::form::{Choice, Filled};
use crate::pages::{
    DeclarationPage, KinArrangement, KinContent, KinCounts, KinDecision, KinDifference, KinDifferenceKind,
    KinEvent, KinEventKind, KinFormRow, KinList, KinNote, KinPerson, KinRelative, KinRights, KinRow,
    KinState, KinTold, KinUnit, KinUnitPage, KinshipPage, ListState, PublicLine, PublicationPage,
    matter_title, relation_title,
};
use crate::shell::{Role, Section, Shell, User};
use crate::words::Due;

const ID: &str = "kin_01JD0000000000000000000003";
const UNIT: &str = "11870121008710103B";

/// Somebody who has come since the year was made due.
fn person(setting: &Setting) -> KinPerson {
    KinPerson {
        official: setting.words("卓*", "Z**"),
        person: "870121********0229".to_owned(),
        post: setting.words("副局长", "Deputy director"),
    }
}

/// Declarations as an official's page and a warning mention them: one with a recusal and an exit, one without.
pub fn kinship_notes(setting: &Setting) -> Vec<KinNote> {
    let today = day(2026, 11, 21);
    let arrangement = |is_exit, proof: bool| KinArrangement {
        is_exit,
        record: String::new(),
        due: is_exit.then(|| Due::new(day(2026, 11, 20), today)),
        by: (setting.words("吴敏", "Wu Min"), at(18, 9, 30)),
        proof: proof.then(|| (String::new(), at(20, 9, 30))),
    };
    let note = |number: &str, year, state, arrangements| KinNote {
        href: Some(format!("/kinship/{ID}")),
        number: number.to_owned(),
        year,
        unit: setting.words("砚溪县民政局", "Civil Affairs Bureau"),
        state,
        due: None,
        arrangements,
    };
    let followed = vec![arrangement(false, false), arrangement(true, false), arrangement(true, true)];
    vec![
        KinNote { href: None, ..note("K-26-00004", 2026, KinState::ExitAsked, followed) },
        note("K-25-00011", 2025, KinState::Compared, Vec::new()),
    ]
}

/// Who of a unit has declared.
pub fn kinship_told(setting: &Setting) -> KinTold {
    let rows = kinship_units(setting).into_iter().next().map(|(_, page)| page.rows).unwrap_or_default();
    KinTold {
        href: format!("/kinship/units/{UNIT}?year=2026"),
        year: 2026,
        rows,
        without: vec![person(setting)],
    }
}

/// A year: 107 units and 57 townships and villages, as in the county; one that was never made due; a liaison's.
pub fn kinship_years(setting: &Setting) -> Vec<(&'static str, KinshipPage)> {
    let unit = |n: u64| {
        let counts = KinCounts {
            due: (n * 7) % 40,
            checked: n % 5,
            completed: n % 9,
            settled: (n * 3) % 60,
            found: u64::from(n.is_multiple_of(11)) * (n % 3 + 1),
            late: u64::from(n.is_multiple_of(6)) * (n % 7),
        };
        let name = match n {
            ..107 => setting.words(&format!("第{n}单位"), &format!("Unit {n}")),
            _ => setting.words(&format!("第{n}村"), &format!("Village {n}")),
        };
        KinUnit { code: format!("U{n:03}"), name, counts }
    };
    let whole = KinshipPage {
        shell: setting.shell(Section::Kinship, "/kinship"),
        year: Some(2026),
        years: vec![2026, 2025],
        units: (0..164).map(unit).collect(),
        opens: Some(2026),
        filled: Filled::default(),
    };
    let none = KinshipPage { year: None, years: Vec::new(), units: Vec::new(), ..whole.clone() };
    let own = KinshipPage {
        shell: liaison(setting, "/kinship"),
        units: vec![unit(12)],
        opens: None,
        ..whole.clone()
    };
    vec![("whole", whole), ("none", none), ("own", own)]
}

fn liaison(setting: &Setting, here: &str) -> Shell {
    Shell {
        user: Some(User { name: setting.words("何静", "He Jing"), role: Role::Department }),
        sections: vec![Section::Requests, Section::Kinship],
        open_warnings: 0,
        ..setting.shell(Section::Kinship, here)
    }
}

/// A unit: in every state, and as its liaison sees it.
pub fn kinship_units(setting: &Setting) -> Vec<(&'static str, KinUnitPage)> {
    let today = day(2026, 11, 21);
    let row = |n: u32, state, due: Option<u32>| KinRow {
        id: ID.to_owned(),
        number: format!("K-26-{n:05}"),
        official: setting.words("温*", "W**"),
        person: "870121********0210".to_owned(),
        post: setting.words("科员", "Clerk"),
        is_change: n == 3,
        state,
        due: due.map(|on| Due::new(day(2026, 11, on), today)),
        open: u64::from(n % 3),
    };
    let whole = KinUnitPage {
        shell: setting.shell(Section::Kinship, &format!("/kinship/units/{UNIT}?year=2026")),
        code: UNIT.to_owned(),
        name: setting.words("砚溪县民政局", "Civil Affairs Bureau"),
        year: 2026,
        rows: vec![
            row(1, KinState::Due, Some(20)),
            row(2, KinState::Declared, None),
            row(3, KinState::Checked, Some(28)),
            row(4, KinState::Completed, Some(30)),
            row(5, KinState::Published, None),
            row(6, KinState::Compared, None),
            row(7, KinState::MatterFound, None),
            row(8, KinState::Explained, None),
            row(9, KinState::RecusalArranged, None),
            row(10, KinState::ExitAsked, Some(22)),
            row(11, KinState::Exited, None),
            row(12, KinState::Clue, None),
        ],
        without: vec![person(setting)],
        lists: Vec::new(),
        can_publish: false,
        can_check: true,
    };
    let list = |state| KinList { id: PUBLICATION.to_owned(), number: "P-26-0001".to_owned(), state };
    let own = KinUnitPage {
        shell: liaison(setting, &format!("/kinship/units/{UNIT}?year=2026")),
        lists: vec![
            list(ListState::Asked),
            list(ListState::Shown),
            list(ListState::Over),
            list(ListState::Returned),
        ],
        can_publish: true,
        can_check: false,
        ..whole.clone()
    };
    vec![("whole", whole), ("own", own)]
}

/// A declaration: to be written, with errors, to be completed, counts only, a handler's matter, settled.
pub fn declarations(setting: &Setting) -> Vec<(&'static str, DeclarationPage)> {
    let today = day(2026, 11, 21);
    let due = DeclarationPage {
        shell: liaison(setting, &format!("/kinship/{ID}")),
        id: ID.to_owned(),
        version: 2,
        number: "K-26-00001".to_owned(),
        year: 2026,
        changed_on: None,
        official: setting.words("温竹", "Wen Zhu"),
        person: "870121********0210".to_owned(),
        post: setting.words("局长", "Director"),
        unit: (UNIT.to_owned(), setting.words("砚溪县民政局", "Civil Affairs Bureau")),
        state: KinState::Due,
        due: Some(Due::new(day(2026, 11, 20), today)),
        declared: None,
        handler: None,
        list: None,
        relative_count: 1,
        difference_count: 0,
        content: Some(KinContent { relatives: vec![relative(setting)], ..KinContent::default() }),
        timeline: timeline(setting, 1),
        can: writes(setting),
        filled: as_stored(setting),
    };
    let sentence = crate::error_text(setting.lang, Code::IdCheck, "870121197001010211", "").into_owned();
    let mut wrong = DeclarationPage { filled: as_stored(setting), ..due.clone() };
    wrong.filled.form = "declare".to_owned();
    wrong.filled.values.insert("r0-kin".to_owned(), "870121197001010211".to_owned());
    wrong.filled.errors.insert("r0-kin".to_owned(), sentence);
    let declared = Some((setting.words("何静", "He Jing"), at(9, 9, 30)));
    let answers = KinRights { answer: Some(true), submit: false, ..writes(setting) };
    let checked = DeclarationPage {
        state: KinState::Checked,
        due: Some(Due::new(day(2026, 11, 30), today)),
        declared: declared.clone(),
        difference_count: 3,
        content: Some(content(setting, false)),
        timeline: timeline(setting, 3),
        can: answers,
        ..due.clone()
    };
    let counts = DeclarationPage {
        shell: setting.shell(Section::Kinship, &format!("/kinship/{ID}")),
        official: setting.words("温*", "W**"),
        content: None,
        can: KinRights { handlers: vec![Choice::new("usr_1", setting.words("李明", "Li Ming"))], ..none() },
        state: KinState::MatterFound,
        due: None,
        timeline: timeline(setting, 6),
        ..checked.clone()
    };
    let decisions =
        vec![KinDecision::Explain, KinDecision::Recuse, KinDecision::AskExit, KinDecision::ToClue];
    let item = DeclarationPage {
        content: Some(content(setting, true)),
        handler: Some(setting.words("李明", "Li Ming")),
        list: Some(PUBLICATION.to_owned()),
        timeline: timeline(setting, 7),
        can: KinRights { settle: decisions, ..none() },
        ..counts.clone()
    };
    let exited = DeclarationPage {
        changed_on: Some(day(2026, 5, 4)),
        state: KinState::Exited,
        timeline: timeline(setting, 9),
        can: KinRights { change: true, ..none() },
        shell: liaison(setting, &format!("/kinship/{ID}")),
        ..item.clone()
    };
    vec![
        ("due", due),
        ("wrong", wrong),
        ("checked", checked),
        ("counts", counts),
        ("item", item),
        ("exited", exited),
    ]
}

fn none() -> KinRights {
    KinRights::default()
}

fn writes(setting: &Setting) -> KinRights {
    let choices = |words: &[&str], title: fn(&str) -> &'static str| {
        let choice = |word: &&str| Choice::new(*word, crate::text(setting.lang, title(word), &[]));
        words.iter().map(choice).collect()
    };
    KinRights {
        rows: vec![
            KinFormRow { at: 0, was: "7".to_owned(), known: Some("870121********0349".to_owned()) },
            KinFormRow { at: 1, ..KinFormRow::default() },
        ],
        relations: choices(&["spouse", "child", "parent", "sibling", "other"], relation_title),
        matters: choices(&["none", "company", "position", "benefit"], matter_title),
        submit: true,
        grow: true,
        ..KinRights::default()
    }
}

fn as_stored(setting: &Setting) -> Filled {
    let values = [
        ("r0-kin_name", setting.words("温苗", "Wen Miao")),
        ("r0-relation", "child".to_owned()),
        ("r0-matter", "company".to_owned()),
        ("r0-org_name", setting.words("砚溪青禾建材有限公司", "Qinghe Building Materials")),
    ];
    let values = values.into_iter().map(|(name, text)| (name.to_owned(), text)).collect();
    Filled { values, ..Filled::default() }
}

fn relative(setting: &Setting) -> KinRelative {
    KinRelative {
        name: setting.words("温苗", "Wen Miao"),
        person: Some("870121********0349".to_owned()),
        relation: "child".to_owned(),
        employer: String::new(),
        matter: "company".to_owned(),
        detail: setting.words("持股三成", "Holds three tenths"),
        org: setting.words("砚溪青禾建材有限公司", "Qinghe Building Materials"),
        org_code: Some("91870121MA0X000157".to_owned()),
    }
}

fn content(setting: &Setting, is_answered: bool) -> KinContent {
    let org = (
        setting.words("砚溪远岫市政有限公司", "Yuanxiu Municipal Works"),
        "91870121MA0X000232".to_owned(),
        "legal_rep".to_owned(),
    );
    let said = setting.words("已于去年转让，尚未变更登记", "Sold last year; the register is behind");
    let answer = is_answered.then(|| (said.clone(), setting.words("何静", "He Jing"), at(12, 10, 0)));
    let missing = KinDifference {
        id: 11,
        kind: KinDifferenceKind::RelativeMissing,
        name: setting.words("卓*", "Z**"),
        person: "870121********0229".to_owned(),
        relation: "spouse".to_owned(),
        declared: None,
        org: None,
        source: "marriage".to_owned(),
        rows: vec!["4:0:18".to_owned()],
        answer: answer.clone(),
    };
    let matter = KinDifference {
        id: 12,
        kind: KinDifferenceKind::MatterMissing,
        org: Some(org),
        rows: vec!["4:0:18".to_owned(), "9:0:204".to_owned()],
        ..missing.clone()
    };
    let other = KinDifference {
        id: 13,
        kind: KinDifferenceKind::RelationOther,
        declared: Some("sibling".to_owned()),
        source: "household".to_owned(),
        ..missing.clone()
    };
    let by = (setting.words("李明", "Li Ming"), at(16, 9, 0));
    let arrangements = vec![
        KinArrangement {
            is_exit: false,
            record: setting.words("不参与建材采购，由副局长负责", "Takes no part in buying; the deputy does"),
            due: None,
            by: by.clone(),
            proof: None,
        },
        KinArrangement {
            is_exit: true,
            record: setting.words("退出所持股份", "To give up the share"),
            due: Some(Due::new(day(2027, 5, 15), day(2026, 11, 21))),
            by,
            proof: Some((setting.words("变更登记通知书", "Notice of the register"), at(20, 9, 0))),
        },
    ];
    KinContent {
        relatives: vec![relative(setting)],
        differences: vec![missing, matter, other],
        arrangements: if is_answered { arrangements } else { Vec::new() },
    }
}

/// The first events of a declaration's life, the newest first.
fn timeline(setting: &Setting, count: usize) -> Vec<KinEvent> {
    let event = |kind: KinEventKind, at: Instant, actor: Option<(&str, &str)>, note: Option<String>| {
        KinEvent { title: kind.title(), at, actor: actor.map(|(zh, en)| setting.words(zh, en)), note }
    };
    let (own, handler) = (Some(("何静", "He Jing")), Some(("李明", "Li Ming")));
    let mut events = vec![
        event(KinEventKind::Opened, at(1, 9, 0), None, None),
        event(KinEventKind::Submitted, at(9, 9, 30), own, None),
        event(KinEventKind::Checked, at(9, 9, 31), None, None),
        event(KinEventKind::Completed, at(12, 10, 0), own, None),
        event(KinEventKind::Published, at(13, 10, 0), None, Some("P-26-0001".to_owned())),
        event(KinEventKind::Found, at(14, 2, 0), None, None),
        event(KinEventKind::Assigned, at(14, 9, 0), None, Some(setting.words("李明", "Li Ming"))),
        event(KinEventKind::Settled(KinDecision::AskExit), at(16, 9, 0), handler, None),
        event(KinEventKind::Settled(KinDecision::ProveExit), at(20, 9, 0), handler, None),
    ];
    events.truncate(count);
    events.reverse();
    events
}

const PUBLICATION: &str = "pub_01JD0000000000000000000004";

/// A list: as a second person looks at it, shown, sent back.
pub fn publications(setting: &Setting) -> Vec<(&'static str, PublicationPage)> {
    let line = |relation: Option<&str>, matter: &str| PublicLine {
        official: setting.words("温竹", "Wen Zhu"),
        post: setting.words("局长", "Director"),
        relation: relation.map(str::to_owned),
        kin: setting.words("温*", "W**"),
        matter: matter.to_owned(),
        org: setting.words("砚溪青禾建材有限公司", "Qinghe Building Materials"),
        detail: setting.words("持股三成", "Holds three tenths"),
    };
    let asked = PublicationPage {
        shell: Shell {
            user: Some(User { name: setting.words("宋岚", "Song Lan"), role: Role::Leader }),
            ..setting.shell(Section::Kinship, &format!("/kinship/publications/{PUBLICATION}"))
        },
        id: PUBLICATION.to_owned(),
        number: "P-26-0001".to_owned(),
        unit: (UNIT.to_owned(), setting.words("砚溪县民政局", "Civil Affairs Bureau")),
        year: 2026,
        state: ListState::Asked,
        lines: vec![line(Some("child"), "company"), line(None, "none")],
        asked: (setting.words("何静", "He Jing"), at(13, 9, 0)),
        answered: None,
        remark: String::new(),
        shown_until: None,
        can_release: true,
        filled: Filled::default(),
    };
    let answered = Some((setting.words("宋岚", "Song Lan"), at(13, 10, 0)));
    let shown = PublicationPage {
        state: ListState::Shown,
        answered: answered.clone(),
        shown_until: Some(day(2026, 11, 20)),
        can_release: false,
        ..asked.clone()
    };
    let returned = PublicationPage {
        state: ListState::Returned,
        answered,
        remark: setting.words("第二行说明过细，请概括", "The second line says too much"),
        can_release: false,
        ..asked.clone()
    };
    vec![("asked", asked), ("shown", shown), ("returned", returned)]
}
