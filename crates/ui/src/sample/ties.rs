//! Relations: asked for, found, at other days, not found, with one person opened, from a warning, with errors.

use gnomon_kernel::{RowRef, TieKind, Tier};

use super::{Setting, day};
use crate::form::Filled;
use crate::pages::{PartyKind, TieFact, TieLeg, TieWay, TiedParty, TiesAnswer, TiesPage};
use crate::shell::Section;

fn tie(ends: [usize; 2], kind: TieKind, records: &[(u32, String)]) -> TieFact {
    let record = |(line, title): &(u32, String)| (RowRef { batch: 17, sheet: 0, line: *line }, title.clone());
    TieFact {
        first: ends[0],
        second: ends[1],
        kind,
        tier: Tier::Certain,
        from: None,
        until: None,
        share: None,
        many: false,
        holds: true,
        project: None,
        records: records.iter().map(record).collect(),
    }
}

fn parties(setting: &Setting) -> Vec<TiedParty> {
    let party = |kind, zh: &str, en: &str, number: &str| TiedParty {
        kind,
        name: setting.words(zh, en),
        number: number.to_owned(),
        is_revealed: false,
    };
    vec![
        party(PartyKind::Person, "李**", "Li **", "870121********0132"),
        party(
            PartyKind::Org,
            "澜禾建设工程有限公司",
            "Lanhe Construction and Engineering Ltd",
            "91870121MA0X01018P",
        ),
        party(PartyKind::Person, "方**", "Fang **", "870121********0349"),
        party(PartyKind::Person, "方*", "Fang *", "870121********0331"),
        TiedParty { name: String::new(), ..party(PartyKind::Org, "", "", "91870121MA0X0100XP") },
        party(PartyKind::Org, "砚溪县交通运输局", "Yanxi Transport Bureau", "11870121008720109M"),
    ]
}

fn ways(setting: &Setting) -> Vec<TieWay> {
    let marriages = setting.words("婚姻登记", "Marriages");
    let shares = setting.words("企业股东", "Shareholders");
    let register = setting.words("企业登记", "Company register");
    let declared = setting.words("亲属申报", "Declared relatives");
    let married = TieFact { from: Some(day(2011, 5, 1)), ..tie([0, 2], TieKind::Spouse, &[(12, marriages)]) };
    let holds = TieFact {
        from: Some(day(2021, 3, 1)),
        share: Some(40.0),
        ..tie([2, 1], TieKind::Shareholder, &[(377, shares)])
    };
    let managed = TieFact {
        until: Some(day(2020, 12, 31)),
        holds: false,
        ..tie([2, 1], TieKind::Manager, &[(378, register.clone())])
    };
    let sister = TieFact { tier: Tier::Probable, ..tie([0, 3], TieKind::Sibling, &[(9, declared)]) };
    let heads = tie([3, 4], TieKind::LegalRep, &[(51, register.clone())]);
    let phone = TieFact {
        many: true,
        ..tie([1, 4], TieKind::SharedPhone, &[(51, register.clone()), (52, register)])
    };
    let leg = |from, to, ties| TieLeg { from, to, ties };
    let way =
        |legs, is_shortest, through_many| TieWay { legs, is_shortest, is_strongest: true, through_many };
    vec![
        way(vec![leg(0, 2, vec![married]), leg(2, 1, vec![holds, managed])], true, false),
        way(vec![leg(0, 3, vec![sister]), leg(3, 4, vec![heads]), leg(4, 1, vec![phone])], false, true),
    ]
}

/// The company has won a tender of the official's own unit.
fn deals(setting: &Setting) -> Vec<TieLeg> {
    let bids = setting.words("投标文件与报价", "Bids");
    let award = TieFact {
        from: Some(day(2022, 3, 4)),
        until: Some(day(2022, 12, 31)),
        project: Some(setting.words("青禾路改造工程", "Qinghe Road works")),
        ..tie([1, 5], TieKind::Award, &[(31, bids)])
    };
    vec![TieLeg { from: 1, to: 5, ties: vec![award] }]
}

/// The page in its states.
pub fn ties_pages(setting: &Setting) -> Vec<(&'static str, TiesPage)> {
    let on = day(2022, 6, 1);
    let ask = TiesPage {
        shell: setting.shell(Section::Ties, "/ties"),
        filled: Filled::default(),
        warning: None,
        ends: [None, None],
        on: on.to_string(),
        answer: None,
    };
    let answer = TiesAnswer {
        parties: parties(setting),
        unknown: Vec::new(),
        on,
        ways: ways(setting),
        more: true,
        deals: deals(setting),
        on_other_days: false,
        opens_records: true,
    };
    let warning = Some(("wrn_01JD0000000000000000104417".to_owned(), "W-26-104417".to_owned()));
    let end = |key: &str, at: usize| Some((key.to_owned(), answer.parties[at].name.clone()));
    let ends = [end("subject", 0), end("org_id", 1)];
    let from_warning = TiesPage { warning, ends, ..ask.clone() };
    let found = TiesPage { answer: Some(answer.clone()), ..from_warning.clone() };
    let mut opened = found.clone();
    if let Some(party) = opened.answer.as_mut().and_then(|answer| answer.parties.get_mut(2)) {
        party.name = setting.words("方小雨", "Fang Xiaoyu");
        party.number = "870121199009090349".to_owned();
        party.is_revealed = true;
    }
    let mut other_days = answer.clone();
    other_days.ways.truncate(1);
    for tie in other_days.ways.iter_mut().flat_map(|way| &mut way.legs).flat_map(|leg| &mut leg.ties) {
        tie.holds = false;
    }
    let other_days = TiesAnswer { more: false, on_other_days: true, opens_records: false, ..other_days };
    let nothing = TiesAnswer {
        ways: Vec::new(),
        parties: parties(setting)[..2].to_vec(),
        more: false,
        deals: Vec::new(),
        ..answer
    };
    let unknown =
        TiesAnswer { parties: Vec::new(), unknown: vec!["870121********0132".to_owned()], ..nothing.clone() };
    let mut filled = Filled { form: "ask".to_owned(), ..Filled::default() };
    filled.values.insert("from".to_owned(), "8701".to_owned());
    for (field, zh, en) in [
        ("from", "身份证号应为 18 位或 15 位", "An ID number has 18 or 15 characters"),
        ("reason", "请填写理由", "Give a reason"),
    ] {
        filled.errors.insert(field.to_owned(), setting.words(zh, en));
    }
    vec![
        ("found", found),
        ("opened", opened),
        ("other-days", TiesPage { answer: Some(other_days), ..ask.clone() }),
        ("nothing", TiesPage { answer: Some(nothing), ..ask.clone() }),
        ("unknown", TiesPage { answer: Some(unknown), ..ask.clone() }),
        ("from-warning", from_warning),
        ("wrong", TiesPage { filled, ..ask.clone() }),
        ("ask", ask),
    ]
}
