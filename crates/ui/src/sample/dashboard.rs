use super::{Setting, at, freshness::delayed, yuan};
use crate::chart::Week;
use crate::pages::{DashboardPage, Freshness, Heat, HeatCell, HeatRow, Kpis, ModelPrecision};
use crate::query::InboxFilter;
use crate::shell::Section;

const WEEKS: [(u64, u64, u64); 12] = [
    (31, 120, 160),
    (28, 118, 190),
    (36, 130, 170),
    (27, 104, 178),
    (30, 122, 206),
    (22, 110, 188),
    (24, 98, 196),
    (19, 102, 210),
    (28, 112, 202),
    (21, 95, 180),
    (18, 100, 189),
    (20, 107, 212),
];

const HEAT: [(&str, &str, [u64; 7]); 8] = [
    ("青禾镇", "Qinghe Town", [31, 44, 18, 22, 3, 4, 9]),
    ("云溪镇", "Yunxi Town", [22, 12, 7, 15, 27, 9, 3]),
    ("北埠镇", "Beibu Town", [18, 9, 25, 8, 2, 3, 6]),
    ("永陵镇", "Yongling Town", [35, 14, 6, 5, 1, 2, 2]),
    ("南溪乡", "Nanxi Township", [12, 5, 9, 3, 0, 6, 4]),
    ("白岭乡", "Bailing Township", [6, 3, 11, 2, 0, 1, 1]),
    ("湖口街道", "Hukou Street", [9, 7, 2, 18, 12, 11, 2]),
    ("东关街道", "Dongguan Street", [4, 6, 1, 13, 16, 14, 1]),
];

const PACKS: [(&str, &str); 7] = [
    ("惠民补贴", "Benefits"),
    ("村级项目", "Village works"),
    ("采购", "Purchasing"),
    ("医保", "Health fund"),
    ("三公经费", "Travel and meals"),
    ("亲属关联", "Relatives"),
    ("合同", "Contracts"),
];

/// The dashboard: in full swing, and on the first day.
pub fn dashboards(setting: &Setting) -> Vec<(&'static str, DashboardPage)> {
    let full = DashboardPage {
        shell: setting.shell(Section::Dashboard, "/"),
        kpis: Kpis {
            red: 86,
            yellow: 412,
            blue: 786,
            unassigned: [7, 63, 214],
            verified: 614,
            found_true: 492,
            to_recover: yuan(8_204_300),
            recovered: yuan(5_747_200),
            overdue: 23,
            closed: 571,
        },
        weeks: (36..)
            .zip(WEEKS)
            .map(|(week, (red, yellow, blue))| Week { label: format!("W{week}"), red, yellow, blue })
            .collect(),
        heat: heat(setting),
        precision: precision(setting),
        freshness: freshness(setting),
        silent: 21,
        delayed: delayed(setting),
    };
    let mut first = DashboardPage {
        shell: setting.shell(Section::Dashboard, "/"),
        kpis: Kpis::default(),
        weeks: Vec::new(),
        heat: Heat::default(),
        precision: Vec::new(),
        freshness: Vec::new(),
        silent: 0,
        delayed: Vec::new(),
    };
    first.shell.open_warnings = 0;
    first.shell.my_warnings = 0;
    first.shell.synthetic = false;
    let many = [delayed(setting), delayed(setting), delayed(setting), delayed(setting)].concat();
    let late = DashboardPage { delayed: many, ..full.clone() };
    vec![("full", full), ("late", late), ("first-day", first)]
}

fn heat(setting: &Setting) -> Heat {
    let row = |(at, (zh, en, counts)): (usize, &(&str, &str, [u64; 7]))| HeatRow {
        region: setting.words(zh, en),
        cells: counts
            .iter()
            .enumerate()
            .map(|(pack, count)| HeatCell {
                count: *count,
                filter: InboxFilter {
                    region: format!("87012110{at}000"),
                    pack: format!("P{pack}"),
                    ..InboxFilter::default()
                },
            })
            .collect(),
    };
    Heat {
        packs: PACKS.iter().map(|(zh, en)| setting.words(zh, en)).collect(),
        rows: HEAT.iter().enumerate().map(row).collect(),
    }
}

fn precision(setting: &Setting) -> Vec<ModelPrecision> {
    let row = |id: &str, zh, en, pack: usize, counts: [u64; 3], recovered| ModelPrecision {
        id: id.to_owned(),
        title: setting.words(zh, en),
        pack: setting.words(PACKS[pack].0, PACKS[pack].1),
        raised: counts[0],
        verified: counts[1],
        found_true: counts[2],
        recovered: yuan(recovered),
    };
    vec![
        row("BF-GEN-001", "死亡后仍发放", "Benefit paid after death", 0, [214, 201, 188], 318_420),
        row(
            "VP-CON-004",
            "曾任职企业承揽村级项目",
            "Contract to a former employer",
            1,
            [41, 37, 30],
            1_946_000,
        ),
        row("KR-DIB-002", "干部亲属享受低保", "Official's relative on allowance", 5, [96, 88, 63], 204_880),
        row("PP-SPL-001", "拆分采购", "Split purchases", 2, [153, 120, 71], 86_300),
        row(
            "TC-TRV-003",
            "公务出行时间与地点待核实",
            "Travel by keyword and date",
            4,
            [322, 260, 83],
            12_640,
        ),
        row("MI-OUT-001", "次均费用离群", "Per-head cost outlier", 3, [18, 0, 0], 0),
    ]
}

fn freshness(setting: &Setting) -> Vec<Freshness> {
    let row = |zh, en, filled, datasets, last, rejected| Freshness {
        department: setting.words(zh, en),
        filled,
        datasets,
        last,
        rejected,
    };
    vec![
        row("民政局", "Civil Affairs Bureau", 9, 9, Some(at(21, 6, 2)), 41),
        row(
            "人力资源和社会保障局",
            "Human Resources and Social Security Bureau",
            5,
            6,
            Some(at(20, 22, 40)),
            7,
        ),
        row("市场监督管理局", "Market Regulation Bureau", 3, 3, Some(at(19, 9, 15)), 0),
        row("医疗保障局", "Healthcare Security Bureau", 4, 4, Some(at(21, 5, 58)), 128),
    ]
}
