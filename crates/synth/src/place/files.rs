//! The division table of the statistics bureau.

use super::{COUNTY_NAME, Place, RegionCode, as_text};
use crate::{
    SynthError,
    base::time,
    county::County,
    write::{
        Column, Dept, Dirt, FileSpec,
        Kind::{Code, Date, Text, Word},
        Office, Table, col, req,
    },
};

const DIVISIONS: &[Column] = &[
    req(Code, &["统计用区划代码"]),
    req(Text, &["区划名称"]),
    req(Word, &["区划级别"]),
    col(Code, &["上级区划代码"]),
    col(Code, &["城乡分类代码"]),
    col(Date, &["启用日期"]),
    col(Date, &["停用日期"]),
    col(Code, &["变更后代码"]),
];

const ABOVE: [(&str, &str, &str, &str); 10] = [
    ("870000000000", "澜川省", "省级", ""),
    ("870100000000", "云汀市", "地级", "870000000000"),
    ("870101000000", "市辖区", "县级", "870100000000"),
    ("870102000000", "星渚区", "县级", "870100000000"),
    ("870103000000", "松涧区", "县级", "870100000000"),
    ("870181000000", "麓沅市", "县级", "870100000000"),
    ("870200000000", "霁川市", "地级", "870000000000"),
    ("870202000000", "梧汐区", "县级", "870200000000"),
    ("870221000000", "棠岭县", "县级", "870200000000"),
    ("870121000000", COUNTY_NAME, "县级", "870100000000"),
];

/// Writes the divisions, with those that were merged.
pub fn write(county: &County, office: &mut Office) -> Result<(), SynthError> {
    let spec = FileSpec::csv("region_code_table", Dept::Statistics, "行政区划代码表", DIVISIONS)
        .dirt(Dirt { odd: 0, ..Dirt::TIDY });
    let mut table = office.begin(spec)?;
    for (code, name, level, parent) in ABOVE {
        table.code(code).text(name).text(level).code(parent).empty();
        table.date(time::day(2000, 1, 1)).empty().empty().end_row()?;
    }
    let place = &county.place;
    for (index, township) in place.townships.iter().enumerate() {
        division(&mut table, &township.code, &township.name, "乡级", &Place::county_code(), "")?;
        for village in &place.villages[township.villages.clone()] {
            let class = match (village.urban, index) {
                (true, 0) => "111",
                (true, _) => "121",
                _ => "220",
            };
            division(&mut table, &village.code, &village.name, "村级", &township.code, class)?;
        }
    }
    for old in &place.abolished {
        let successor = &place.villages[old.successor];
        table.code(as_text(&old.code)).text(&old.name).text("村级");
        table
            .code(as_text(&place.townships[successor.township].code))
            .code("220")
            .date(time::day(2000, 1, 1));
        table.date(time::day(2023, 12, 31)).code(as_text(&successor.code)).end_row()?;
    }
    office.end(table)
}

fn division(
    table: &mut Table,
    code: &RegionCode,
    name: &str,
    level: &str,
    parent: &RegionCode,
    class: &str,
) -> Result<(), SynthError> {
    table.code(as_text(code)).text(name).text(level).code(as_text(parent)).code(class);
    table.date(time::day(2000, 1, 1)).empty().empty().end_row()
}
