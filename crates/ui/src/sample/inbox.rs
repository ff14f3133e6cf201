use gnomon_kernel::{Day, Level};

use super::{Setting, at, day, yuan};
use crate::form::Choice;
use crate::pages::{Assignee, Bulk, InboxPage, InboxRow, LevelCounts};
use crate::query::{InboxFilter, StateFilter};
use crate::shell::{Flash, Role, Section, Tone, User};
use crate::words::{Due, State, proposed_limit};

type Row =
    (Level, [&'static str; 2], [&'static str; 2], [&'static str; 2], &'static str, i64, [&'static str; 2]);

const ROWS: [Row; 8] = [
    (
        Level::Red,
        ["曾任职企业承揽村级项目", "Contract to a former employer"],
        ["青禾镇 石塘村", "Qinghe · Shitang"],
        ["李**", "Li **"],
        "870182********4215",
        1_324_600,
        ["5 份合同；社保缴纳重叠 13 个月", "5 contracts; 13 months of overlapping insurance"],
    ),
    (
        Level::Red,
        ["死亡后仍发放养老金", "Pension paid after death"],
        ["云溪镇 前山村", "Yunxi · Qianshan"],
        ["周**", "Zhou **"],
        "870182********0023",
        28_640,
        ["死亡登记 2023-03-02，此后发放 19 笔", "Death registered 2023-03-02, 19 payments after it"],
    ),
    (
        Level::Yellow,
        ["短期内多次向同一供应商采购", "Split purchases"],
        ["青禾镇 石塘村", "Qinghe · Shitang"],
        ["石塘村经济合作社", "Shitang Village Cooperative"],
        "N387018********18X",
        486_000,
        ["同一供应商 30 天内 6 笔，每笔 8.1 万元", "6 orders of CNY 81,000 to one supplier in 30 days"],
    ),
    (
        Level::Blue,
        ["高龄津贴应享未享", "Old-age allowance not drawn"],
        ["南溪乡", "Nanxi"],
        ["孙**", "Sun **"],
        "870182********1908",
        0,
        ["年满 80 周岁，未见申领记录", "Aged 80, no application on record"],
    ),
    (
        Level::Yellow,
        ["同一账户领取多人补贴", "Many recipients on one account"],
        ["北埠镇", "Beibu"],
        ["账户 999999*********5670", "Account 999999*********5670"],
        "999999*********5670",
        50_400,
        ["7 人，其中 2 人不同户", "7 people, 2 of them of another household"],
    ),
    (
        Level::Red,
        ["次均费用离群", "Per-head cost outlier"],
        ["云溪镇", "Yunxi"],
        ["康宁护理院", "Kangning Nursing Home"],
        "91870182******6A1K",
        264_890,
        ["次均 8,920 元，同级中位数 3,140 元", "CNY 8,920 per head, median of its grade 3,140"],
    ),
    (
        Level::Yellow,
        ["合同到期后仍在使用", "Expired contract still used"],
        ["北埠镇 后黄村", "Beibu · Houhuang"],
        ["后黄村荒山四十二亩承包经营权及附属设施租赁", "Houhuang hillside, 42 mu, lease with outbuildings"],
        "HT-2019-0417",
        50_000,
        ["到期 214 天，仍有付款", "Expired 214 days ago, still paid"],
    ),
    (
        Level::Blue,
        ["一卡通账户长期未动", "Benefit account long unused"],
        ["永陵镇 头道村", "Yongling · Toudao"],
        ["欧阳**", "Ouyang **"],
        "870182********3317",
        7_200,
        ["24 个月只存未取", "24 months of deposits, none drawn"],
    ),
];

/// The inbox: full, for somebody who may not assign, filtered to nothing, empty.
pub fn inboxes(setting: &Setting) -> Vec<(&'static str, InboxPage)> {
    let full = full(setting);
    let mut reader = full.clone();
    reader.bulk = None;
    reader.shell.user = Some(User { name: setting.words("周宁", "Zhou Ning"), role: Role::Leader });
    reader.filter = InboxFilter {
        level: Some(Level::Red),
        state: StateFilter::One(State::InReview),
        ..InboxFilter::default()
    };
    reader.rows.retain(|row| row.level == Level::Red);
    reader.next = None;
    let mut nothing = full.clone();
    nothing.rows.clear();
    nothing.next = None;
    nothing.counts = LevelCounts::default();
    nothing.filter.q = "6642".to_owned();
    let mut empty = nothing.clone();
    empty.filter = InboxFilter::default();
    empty.shell.open_warnings = 0;
    vec![("full", full), ("reader", reader), ("nothing-fits", nothing), ("empty", empty)]
}

fn full(setting: &Setting) -> InboxPage {
    let today = day(2026, 11, 22);
    let mut shell = setting.shell(Section::Warnings, "/warnings?after=20261121-104420");
    shell.flashes.push(Flash {
        tone: Tone::Done,
        text: setting.words("已指派 3 条预警给吴敏。", "3 warnings were assigned to Wu Min."),
    });
    let choice = |value: &str, zh: &str, en: &str| Choice::new(value, setting.words(zh, en));
    InboxPage {
        shell,
        filter: InboxFilter::default().from("20261121-104420"),
        counts: LevelCounts { red: 86, yellow: 412, blue: 786 },
        models: vec![
            choice("BF-GEN-001", "死亡后仍发放", "Benefit paid after death"),
            choice("VP-CON-004", "曾任职企业承揽村级项目", "Contract to a former employer"),
        ],
        packs: vec![choice("BF", "惠民补贴", "Benefits"), choice("VP", "村级项目", "Village works")],
        regions: vec![
            choice("870182101000", "青禾镇", "Qinghe Town"),
            choice("870182102000", "云溪镇", "Yunxi Town"),
        ],
        handlers: vec![choice("none", "未指派", "nobody"), choice("usr_01", "吴敏", "Wu Min")],
        bulk: Some(Bulk { assignees: assignees(setting), due: proposed_limit(today) }),
        rows: (0..48).map(|at| row(setting, at, today)).collect(),
        next: Some("20261118-104251".to_owned()),
    }
}

pub(super) fn assignees(setting: &Setting) -> Vec<Assignee> {
    let one = |id: &str, zh, en, open| Assignee { id: id.to_owned(), name: setting.words(zh, en), open };
    vec![one("usr_01", "吴敏", "Wu Min", 6), one("usr_02", "赵伟", "Zhao Wei", 11)]
}

fn row(setting: &Setting, index: usize, today: Day) -> InboxRow {
    let (level, title, region, subject, subject_no, fen, evidence) = ROWS[index % ROWS.len()];
    let state = State::ALL[index * 5 % State::ALL.len()];
    let ahead = [1, 3, -2, 5, 12, 2, 8][index % 7];
    let due = today + chrono::TimeDelta::days(ahead);
    InboxRow {
        id: format!("wrn_01JD{index:022}"),
        number: format!("W-26-{:06}", 104_420 - index),
        version: 1,
        level,
        title: setting.words(title[0], title[1]),
        region: setting.words(region[0], region[1]),
        subject: setting.words(subject[0], subject[1]),
        subject_no: subject_no.to_owned(),
        fen: (fen > 0).then(|| yuan(fen)),
        evidence: setting.words(evidence[0], evidence[1]),
        state,
        owner: (state != State::New).then(|| setting.words("吴敏", "Wu Min")),
        due: state.is_open().then(|| Due::new(due, today)),
        raised: at(21, 16, 42) - chrono::TimeDelta::hours(i64::try_from(index).unwrap_or(0) * 3),
    }
}
