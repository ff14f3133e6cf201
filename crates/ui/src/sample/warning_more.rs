//! The longer parts of a sample warning.

use gnomon_kernel::{Level, RowRef};

use super::{Setting, at, day, yuan};
use crate::chart::{Series, SeriesKind, Trend};
use crate::graph::{Edge, Graph, Node, NodeKind};
use crate::pages::{Event, EventKind, Origin, Party, PartyKind, SourceRow};
use crate::words::Verdict;

pub(super) fn advice(setting: &Setting) -> (Vec<String>, Vec<String>) {
    let innocent = setting.lines(
        &[
            "项目依法公开招标，投标人不少于三家，本人未参与评标。",
            "社保由原单位误缴，任职前已书面更正。",
            "同名企业或企业更名，与现承包方不是同一主体。",
        ],
        &[
            "The projects were put out to open tender with three bidders and the person took no part in the award.",
            "Insurance was paid by mistake and corrected in writing before the term began.",
            "Another firm of the same name, or one renamed since.",
        ],
    );
    let verify = setting.lines(
        &["调取五份合同原件和会议记录。", "向人社局核对参保单位与起止月份。", "听取本人说明并记录。"],
        &[
            "Obtain the five contracts and the minutes of the meetings.",
            "Check employer and months with the social security bureau.",
            "Hear the person and write it down.",
        ],
    );
    (innocent, verify)
}

pub(super) fn sources_of(setting: &Setting) -> Vec<SourceRow> {
    let row = |dataset: [&str; 2], department: [&str; 2], when: &str, content: [&str; 2], line| SourceRow {
        dataset: setting.words(dataset[0], dataset[1]),
        department: setting.words(department[0], department[1]),
        when: when.to_owned(),
        content: setting.words(content[0], content[1]),
        file: format!("{}.xlsx", dataset[0]),
        row: RowRef { batch: 17, sheet: 0, line },
    };
    vec![
        row(
            ["社保缴纳", "Social insurance"],
            ["人社局", "Social Security"],
            "2015-04 → 2017-10",
            ["参保单位：澜禾建设工程有限公司", "Employer: Lanhe Construction Ltd"],
            10_482,
        ),
        row(
            ["工商登记", "Company register"],
            ["市场监管局", "Market Regulation"],
            "2014-09-18",
            ["股东：方**，35%", "Shareholder: Fang **, 35%"],
            377,
        ),
        row(
            ["婚姻登记", "Marriages"],
            ["民政局", "Civil Affairs"],
            "2009-05-01",
            ["李** ⇄ 方**", "Li ** ⇄ Fang **"],
            21_904,
        ),
        row(
            ["村级合同", "Village contracts"],
            ["农业农村局", "Agriculture"],
            "2018-03-06",
            ["村道硬化，382,000.00 元", "Road surfacing, CNY 382,000.00"],
            2_846,
        ),
        row(
            ["任职信息", "Terms of office"],
            ["组织部", "Organisation Dept"],
            "2016-12 →",
            ["石塘村党支部书记", "Secretary of Shitang Village"],
            58,
        ),
    ]
}

pub(super) fn graph(setting: &Setting) -> Graph {
    let node = |id: &str, zh, en, kind| Node { id: id.to_owned(), label: setting.words(zh, en), kind };
    let edge = |from: &str, to: &str, zh, en, is_key| Edge {
        from: from.to_owned(),
        to: to.to_owned(),
        label: setting.words(zh, en),
        is_key,
    };
    Graph {
        nodes: vec![
            node("p1", "李**\n支部书记", "Li **\nsecretary", NodeKind::Person),
            node("p2", "方**\n配偶", "Fang **\nspouse", NodeKind::Relative),
            node("o1", "澜禾建设工程有限公司", "Lanhe Construction Ltd", NodeKind::Org),
            node("c1", "村道硬化 382,000 元", "Road 382,000", NodeKind::Record),
            node("c2", "文化礼堂 415,600 元", "Hall 415,600", NodeKind::Record),
            node("c3", "沟渠整治 527,000 元", "Ditches 527,000", NodeKind::Record),
            node("u1", "石塘村经济合作社", "Shitang Cooperative", NodeKind::Unit),
            node("p3", "李**\n父亲", "Li **\nfather", NodeKind::Relative),
        ],
        edges: vec![
            edge("p1", "p2", "配偶", "spouse", true),
            edge("p2", "o1", "持股 35%", "holds 35%", true),
            edge("p1", "o1", "曾任职", "worked for", true),
            edge("o1", "c1", "承揽", "awarded", true),
            edge("o1", "c2", "承揽", "awarded", true),
            edge("o1", "c3", "承揽", "awarded", true),
            edge("u1", "c1", "发包", "ordered", false),
            edge("u1", "c2", "发包", "ordered", false),
            edge("u1", "c3", "发包", "ordered", false),
            edge("p1", "p3", "父子", "father", false),
        ],
    }
}

pub(super) fn trend(setting: &Setting) -> Trend {
    let paid = [0.0, 0.0, 168.0, 96.5, 0.0, 214.0, 149.0, 0.0, 187.0, 92.0, 145.0, 0.0, 179.0, 101.0];
    let peers = [23.0, 19.0, 30.0, 26.0, 20.0, 33.0, 29.0, 25.0, 32.0, 27.0, 24.0, 30.0, 28.0, 22.0];
    Trend {
        title: setting.words("付款趋势（千元）", "Payments (CNY thousand)"),
        x: (0..14)
            .map(|month| format!("{}-{:02}", 2017 + (month + 10) / 12, (month + 10) % 12 + 1))
            .collect(),
        series: vec![
            Series {
                name: setting.words("石塘村付给该企业", "Shitang to this firm"),
                kind: SeriesKind::Bar,
                data: paid.iter().map(|value| Some(*value)).collect(),
            },
            Series {
                name: setting.words("同类村中位数", "median of like villages"),
                kind: SeriesKind::Line,
                data: peers.iter().map(|value| Some(*value)).collect(),
            },
        ],
    }
}

pub(super) fn parties(setting: &Setting) -> Vec<Party> {
    let party = |key: &str, kind, name: [&str; 2], role: [&str; 2], number: &str| Party {
        key: key.to_owned(),
        kind,
        name: setting.words(name[0], name[1]),
        role: setting.words(role[0], role[1]),
        number: number.to_owned(),
        is_revealed: false,
        can_reveal: kind == PartyKind::Person,
    };
    let mut shown = party(
        "kin",
        PartyKind::Person,
        ["方小禾", "Fang Xiaohe"],
        ["配偶 · 股东", "spouse, shareholder"],
        "870182198407235523",
    );
    shown.is_revealed = true;
    vec![
        party(
            "subject",
            PartyKind::Person,
            ["李**", "Li **"],
            ["支部书记", "secretary"],
            "870182********4215",
        ),
        shown,
        party(
            "firm",
            PartyKind::Org,
            ["澜禾建设工程有限公司", "Lanhe Construction Ltd"],
            ["供应商", "supplier"],
            "91870182******6A1K",
        ),
    ]
}

pub(super) fn origin(setting: &Setting) -> Origin {
    Origin {
        model: "VP-CON-004".to_owned(),
        revision: 7,
        verified: 37,
        found_true: 30,
        why: setting.words(
            "村级项目不得发包给村主要负责人任职前后三十六个月内任职、或其近亲属持股的企业而不作回避。",
            "A village may not give work to a firm that employed its head within thirty-six months, or that close relatives own, without recusal.",
        ),
        basis: setting.words("《澜禾县村级工程管理办法》第十二条", "Lanhe County rules on village works, article 12"),
        parameters: vec![
            (setting.words("离职后回看月数", "Look-back after leaving"), setting.words("36 月", "36 months")),
            (setting.words("合计金额不低于", "Total at least"), setting.words("100,000.00 元", "CNY 100,000.00")),
        ],
        run: Some(("run_01JD0000000000000000000088".to_owned(), day(2025, 1, 1))),
    }
}

pub(super) fn timeline(setting: &Setting) -> Vec<Event> {
    let wu = || Some(setting.words("吴敏", "Wu Min"));
    let chen = || Some(setting.words("陈立", "Chen Li"));
    let event = |moment, actor, kind| Event { at: moment, actor, kind, note: None };
    let raised = EventKind::Raised { model: "VP-CON-004".to_owned(), revision: 7 };
    let assigned = EventKind::Assigned { to: setting.words("吴敏", "Wu Min"), due: day(2026, 11, 23) };
    let disposed = EventKind::Disposed { to_recover: yuan(1_324_600) };
    let recovered = EventKind::Recovered { amount: yuan(500_000), day: day(2026, 11, 22) };
    let note = setting.words(
        "已调取合同原件 5 份，会议记录缺 2018 年 3 月。\n请补充说明。",
        "Five contracts obtained; minutes of March 2018 are missing.\nPlease explain.",
    );
    let mut events = vec![
        event(at(22, 9, 12), chen(), EventKind::Returned),
        event(at(22, 8, 58), wu(), EventKind::Submitted),
        event(at(22, 8, 40), wu(), recovered),
        event(at(22, 8, 30), wu(), disposed),
        event(at(22, 8, 20), wu(), EventKind::Verified(Verdict::True)),
        event(at(22, 8, 14), wu(), EventKind::Revealed { party: setting.words("方**", "Fang **") }),
        event(at(21, 17, 5), chen(), assigned),
        event(at(21, 16, 55), None, EventKind::NotFoundAgain),
        event(at(21, 16, 50), None, EventKind::Changed),
        event(at(21, 16, 43), None, EventKind::Relevelled(Level::Red)),
        event(at(21, 16, 42), None, raised),
    ];
    events[0].note = Some(note);
    events
}
