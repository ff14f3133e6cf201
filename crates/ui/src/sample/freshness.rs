use gnomon_kernel::Month;

use super::{Setting, day};
use crate::form::Choice;
use crate::months::Months;
use crate::pages::{
    CoverageCell, CoveragePage, CoverageRow, DelayKind, Delayed, Fresh, FreshGroup, FreshRow, FreshnessPage,
    MonthCell, Standing, Volume,
};
use crate::query::FreshnessFilter;
use crate::shell::Section;

/// Two years that end with a month.
fn months(last: i32) -> Months {
    let last = Month::new(last);
    Months((0..24).rev().filter_map(|back| Some(last?.plus(-back))).collect())
}

/// Volumes as the numbers are written below.
fn volume(rows: u64, usual: u64) -> Volume {
    match rows * 10 {
        0 => Volume::Nothing,
        rows if rows < usual * 5 => Volume::Scarce,
        rows if rows < usual * 7 => Volume::Fewer,
        rows if rows <= usual * 13 => Volume::Usual,
        _ => Volume::More,
    }
}

/// Datasets that are late: two degraded, one to be reminded of.
pub fn delayed(setting: &Setting) -> Vec<Delayed> {
    let delayed = |key: &str, zh, en, due_on, kind, models| Delayed {
        key: key.to_owned(),
        title: setting.words(zh, en),
        due_on,
        kind,
        models,
    };
    let (october, november, december) = (day(2026, 9, 21), day(2026, 11, 20), day(2026, 12, 18));
    vec![
        delayed("cremation_record", "火化记录", "Cremation records", october, DelayKind::Overdue, 6),
        delayed("payroll", "工资发放", "Payroll", december, DelayKind::BelowLimits, 4),
        delayed(
            "dibao_recipient",
            "最低生活保障对象",
            "People on subsistence allowance",
            november,
            DelayKind::Reminder,
            1,
        ),
    ]
}

/// The table of freshness: all, only what is late, and before the first delivery.
pub fn freshness_pages(setting: &Setting) -> Vec<(&'static str, FreshnessPage)> {
    let groups = groups(setting);
    let civil = setting.words("民政局", "Civil Affairs Bureau");
    let full = FreshnessPage {
        shell: setting.shell(Section::Data, "/data/freshness"),
        filter: FreshnessFilter::default(),
        departments: vec![Choice::new("civil", &civil)],
        known: 5,
        late: 2,
        months: months(202_611),
        groups,
    };
    let filter = FreshnessFilter { department: "<b>&".to_owned(), late: true };
    let late = FreshnessPage { groups: full.groups[..1].to_vec(), filter: filter.clone(), ..full.clone() };
    let none = FreshnessPage { groups: Vec::new(), filter, ..full.clone() };
    vec![("full", full), ("late", late), ("none", none)]
}

fn groups(setting: &Setting) -> Vec<FreshGroup> {
    let row = |key: &str, zh, en, standing, due, is_late, usual: u64, tenths: [u64; 24]| FreshRow {
        key: key.to_owned(),
        title: setting.words(zh, en),
        fresh: Fresh { standing, due, is_late },
        usual,
        cells: tenths
            .iter()
            .map(|tenth| usual * tenth / 10)
            .enumerate()
            .map(|(at, rows)| MonthCell { rows: (at > 3).then_some(rows), volume: volume(rows, usual) })
            .collect(),
    };
    let steady = [10, 10, 9, 10, 11, 10, 10, 9, 10, 12, 10, 10, 10, 9, 10, 10, 11, 10, 10, 10, 9, 10, 10, 10];
    let fading = [10, 10, 9, 10, 11, 10, 10, 9, 10, 12, 10, 10, 10, 9, 10, 10, 6, 4, 10, 15, 9, 0, 0, 0];
    let never = FreshRow {
        cells: Vec::new(),
        usual: 0,
        ..row("vehicle", "机动车登记", "Vehicle register", Standing::Never, None, false, 1, [0; 24])
    };
    let on = |month, of_month| Some(day(2026, month, of_month));
    let group = |zh, en, rows| FreshGroup { name: setting.words(zh, en), rows };
    vec![
        group(
            "民政局",
            "Civil Affairs Bureau",
            vec![
                row(
                    "cremation_record",
                    "火化记录",
                    "Cremation records",
                    Standing::Degraded,
                    on(9, 21),
                    true,
                    312,
                    fading,
                ),
                row(
                    "dibao_recipient",
                    "最低生活保障对象",
                    "People on subsistence allowance",
                    Standing::Due,
                    on(11, 20),
                    true,
                    4_120,
                    steady,
                ),
                row(
                    "elderly_allowance_payment",
                    "高龄津贴发放",
                    "Old-age allowance payments",
                    Standing::OnTime,
                    on(12, 21),
                    false,
                    15_120,
                    steady,
                ),
            ],
        ),
        group(
            "公安局",
            "Public Security Bureau",
            vec![
                row("household", "户籍", "Households", Standing::NotExpected, None, false, 1_284_000, steady),
                never,
            ],
        ),
    ]
}

/// Rows by place and month: with a township that fell silent, before the first row, and where nothing can be counted.
pub fn coverages(setting: &Setting) -> Vec<(&'static str, CoveragePage)> {
    let cell = |rows, is_gap| CoverageCell { rows, volume: volume(rows, 640), is_gap };
    let row = |place: Option<(&str, &str)>, cells: Vec<CoverageCell>| CoverageRow {
        place: place.map(|(zh, en)| setting.words(zh, en)),
        usual: 640,
        cells,
    };
    let steady = || (0..24).map(|n| cell(600 + n * 5, false)).collect();
    let silent = (0..24).map(|n| if n < 20 { cell(640, false) } else { cell(0, true) }).collect();
    let full = CoveragePage {
        shell: setting.shell(Section::Data, "/data/elderly_allowance_payment/coverage"),
        key: "elderly_allowance_payment".to_owned(),
        title: setting.words("高龄津贴发放", "Old-age allowance payments"),
        is_countable: true,
        months: months(202_611),
        rows: vec![
            row(Some(("青禾镇", "Qinghe Town")), steady()),
            row(Some(("云溪镇", "Yunxi Town")), silent),
            row(Some(("北埠镇", "Beibu Town")), steady()),
            row(None, (0..24).map(|n| cell(n % 3, false)).collect()),
        ],
    };
    let empty = CoveragePage { months: Months::default(), rows: Vec::new(), ..full.clone() };
    let never = CoveragePage { is_countable: false, ..empty.clone() };
    vec![("full", full), ("empty", empty), ("not-countable", never)]
}
