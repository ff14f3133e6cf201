//! Supervised objects as the program shows them.

use crate::bench::Bench;

const VILLAGE: &str = "N2870121MF0X000050";

/// A village's committee is named by the division code, its collective by a credit code.
#[test]
fn the_committee_of_a_village_is_on_the_page_of_its_collective_and_not_on_those_of_its_groups() {
    let bench = Bench::plain();
    let group = "N2870121MF0X00013T";
    let collectives = format!(
        "信用代码,组织名称,行政区划代码,组织层级\n{VILLAGE},听雨村股份经济合作社,870121101201,村级\n{group},听雨村一组,870121101201,组级\n"
    );
    let committee = "身份证号码,人员姓名,行政区划代码,现任职务,任职时间,离任时间\n\
                     870121197203030236,温竹青,870121101201,村委会主任,2021-01-01,\n\
                     870121198506140322,祁澜,870121101201,村会计,2018-01-01,2020-12-31\n\
                     870121197807070255,阮岫,870121101202,村委会主任,2021-01-01,\n";
    for (dataset, text) in [("collective_org", collectives.as_str()), ("village_committee_roster", committee)]
    {
        let file = bench.file(&format!("{dataset}.csv"), text);
        assert_eq!(bench.run(&["intake", dataset, &file]).with_status(0).row()["rejected"], 0);
    }
    let terms = |key: &str| -> Vec<String> {
        let shown = bench.run(&["object", "show", "collective", key]).with_status(0).rows();
        let text = |row: &serde_json::Value, cell: &str| row[cell].as_str().unwrap_or_default().to_owned();
        let terms = shown.iter().filter(|row| row["what"] == "term");
        terms.map(|row| format!("{} {}", text(row, "value"), text(row, "detail"))).collect()
    };
    assert_eq!(terms(VILLAGE), ["director 温** 2021-01-01..", "accountant 祁* 2018-01-01..2020-12-31"]);
    assert!(terms(group).is_empty());
}
