use crate::{
    base::Code18,
    people::PersonIx,
    place::{COUNTY, COUNTY_NAME, Place, RegionCode},
};

/// The sort of a budget unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitKind {
    Party,
    Government,
    Institution,
    School,
    Hospital,
    Township,
}

impl UnitKind {
    /// The word on the finance bureau's list.
    pub fn word(self) -> &'static str {
        match self {
            UnitKind::Party => "党委部门",
            UnitKind::Government => "政府部门",
            UnitKind::Institution => "事业单位",
            UnitKind::School => "学校",
            UnitKind::Hospital => "医院",
            UnitKind::Township => "乡镇街道",
        }
    }

    fn class(self) -> &'static [u8; 2] {
        match self {
            UnitKind::Party | UnitKind::Government | UnitKind::Township => b"11",
            UnitKind::Institution | UnitKind::School | UnitKind::Hospital => b"12",
        }
    }

    /// How its staff compares with that of other units.
    pub fn weight(self) -> u32 {
        match self {
            UnitKind::Party => 14,
            UnitKind::Government => 24,
            UnitKind::Institution => 16,
            UnitKind::School => 60,
            UnitKind::Hospital => 55,
            UnitKind::Township => 42,
        }
    }
}

/// A unit that spends public money.
#[derive(Debug, Clone)]
pub struct Unit {
    /// Credit code.
    pub code: Code18,
    /// Name.
    pub name: String,
    /// Sort.
    pub kind: UnitKind,
    /// Code of its area: the county or a township.
    pub region: RegionCode,
    /// Its township, when it belongs to one.
    pub township: Option<usize>,
    /// Programmes it handles, separated by `|`.
    pub domains: &'static str,
    /// Its head.
    pub head: Option<PersonIx>,
    /// How many work there.
    pub staff: u32,
}

const COUNTY_UNITS: [(&str, UnitKind, &str); 40] = [
    ("委办公室", UnitKind::Party, ""),
    ("委组织部", UnitKind::Party, ""),
    ("委宣传部", UnitKind::Party, ""),
    ("委统战部", UnitKind::Party, ""),
    ("委政法委员会", UnitKind::Party, ""),
    ("委党校", UnitKind::Party, ""),
    ("纪委监委", UnitKind::Party, ""),
    ("总工会", UnitKind::Party, ""),
    ("人民政府办公室", UnitKind::Government, ""),
    ("发展和改革局", UnitKind::Government, ""),
    ("教育局", UnitKind::Government, ""),
    ("科学技术和工业信息化局", UnitKind::Government, ""),
    ("公安局", UnitKind::Government, ""),
    ("民政局", UnitKind::Government, "dibao|extreme_poverty|elderly|living_subsidy|nursing_subsidy|orphan"),
    ("司法局", UnitKind::Government, ""),
    ("财政局", UnitKind::Government, "land_fertility"),
    ("人力资源和社会保障局", UnitKind::Government, "resident_pension|employee_pension|public_post"),
    ("自然资源局", UnitKind::Government, ""),
    ("住房和城乡建设局", UnitKind::Government, ""),
    ("交通运输局", UnitKind::Government, ""),
    ("水利局", UnitKind::Government, ""),
    ("农业农村局", UnitKind::Government, "land_fertility"),
    ("商务局", UnitKind::Government, ""),
    ("文化和旅游局", UnitKind::Government, ""),
    ("卫生健康委", UnitKind::Government, ""),
    ("应急管理局", UnitKind::Government, ""),
    ("审计局", UnitKind::Government, ""),
    ("市场监督管理局", UnitKind::Government, ""),
    ("统计局", UnitKind::Government, ""),
    ("医疗保障局", UnitKind::Government, ""),
    ("林业局", UnitKind::Government, ""),
    ("机关事务管理局", UnitKind::Government, ""),
    ("公共资源交易中心", UnitKind::Institution, ""),
    ("融媒体中心", UnitKind::Institution, ""),
    ("图书馆", UnitKind::Institution, ""),
    ("疾病预防控制中心", UnitKind::Institution, ""),
    ("公路事务中心", UnitKind::Institution, ""),
    ("第一中学", UnitKind::School, ""),
    ("职业中等专业学校", UnitKind::School, ""),
    ("人民医院", UnitKind::Hospital, ""),
];

const TOWNSHIP_UNITS: [(&str, UnitKind, &str); 4] = [
    ("人民政府", UnitKind::Township, "dibao|extreme_poverty|elderly"),
    ("中心小学", UnitKind::School, ""),
    ("初级中学", UnitKind::School, ""),
    ("卫生院", UnitKind::Hospital, ""),
];

/// The budget units of the county: its bureaus, then those of each township.
pub fn found(place: &Place) -> Vec<Unit> {
    let mut units = Vec::new();
    for (name, kind, domains) in COUNTY_UNITS {
        let full =
            if name.starts_with('委') { format!("砚溪县{name}") } else { format!("{COUNTY_NAME}{name}") };
        add(&mut units, full, kind, domains, (Place::county_code(), None));
    }
    for (index, township) in place.townships.iter().enumerate() {
        for (name, kind, domains) in TOWNSHIP_UNITS {
            let office = name == "人民政府" && township.name.ends_with("街道");
            let name = if office { "办事处" } else { name };
            add(
                &mut units,
                format!("{COUNTY_NAME}{}{name}", township.name),
                kind,
                domains,
                (township.code, Some(index)),
            );
        }
    }
    units
}

fn add(
    units: &mut Vec<Unit>,
    name: String,
    kind: UnitKind,
    domains: &'static str,
    at: (RegionCode, Option<usize>),
) {
    let code = Code18::credit(kind.class(), COUNTY, 1_000 + units.len() as u32 * 37);
    units.push(Unit { code, name, kind, region: at.0, township: at.1, domains, head: None, staff: 0 });
}
