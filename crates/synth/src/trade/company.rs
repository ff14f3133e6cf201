use gnomon_kernel::Day;

use crate::{
    base::{Account, Code18, Rng, account::Holder, time},
    people::{People, PersonIx, role},
    place::{COUNTY, Place},
};

/// What a company does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    Building,
    Trading,
    Office,
    Culture,
    Software,
    Catering,
    Farming,
    Cars,
    Cleaning,
    Hardware,
}

const LINES: [(Line, &str, &str, &str); 10] = [
    (Line::Building, "建筑工程", "房屋建筑工程、市政公用工程施工；建筑劳务分包。", "4710"),
    (Line::Trading, "商贸", "日用百货、食品、农副产品批发零售。", "5211"),
    (Line::Office, "办公用品", "办公用品、文具、打印耗材销售及维修服务。", "5248"),
    (Line::Culture, "文化传媒", "广告设计、制作、发布；会议及展览服务。", "7251"),
    (Line::Software, "信息科技", "软件开发；信息系统集成；计算机维修。", "6513"),
    (Line::Catering, "餐饮管理", "餐饮服务；食堂承包经营。", "6210"),
    (Line::Farming, "农业发展", "农作物种植；农产品初加工；农机服务。", "0190"),
    (Line::Cars, "汽车服务", "汽车维修、保养；汽车配件销售。", "8111"),
    (Line::Cleaning, "物业服务", "物业管理；保洁服务；园林绿化养护。", "7020"),
    (Line::Hardware, "建材", "建筑材料、五金交电、管材销售。", "5265"),
];
const BRAND_ONE: &str = "恒鼎瑞远启盛嘉隆汇诚博翔森润景泓卓融凯晟";
const BRAND_TWO: &str = "源达通和信丰茂昌泽宏悦拓曜腾弘屹锐稔曦沣";

/// A role in a company, apart from ownership.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    LegalRep,
    Director,
    Supervisor,
    Manager,
    Finance,
}

impl Role {
    /// The word in the register.
    pub fn word(self) -> &'static str {
        match self {
            Role::LegalRep => "法定代表人",
            Role::Director => "执行董事",
            Role::Supervisor => "监事",
            Role::Manager => "总经理",
            Role::Finance => "财务负责人",
        }
    }
}

/// Somebody in a role.
#[derive(Debug, Clone, Copy)]
pub struct Stake {
    /// Who.
    pub person: PersonIx,
    /// As what.
    pub role: Role,
    /// Since.
    pub from: Day,
    /// Until; none while in the role.
    pub to: Option<Day>,
}

/// A share.
#[derive(Debug, Clone, Copy)]
pub struct Share {
    /// Who.
    pub person: PersonIx,
    /// Hundredths of a percent of the capital.
    pub basis_points: i64,
    /// Since.
    pub from: Day,
    /// Until; none while held.
    pub to: Option<Day>,
}

/// A company.
#[derive(Debug, Clone)]
pub struct Company {
    /// Credit code.
    pub code: Code18,
    /// Name.
    pub name: String,
    /// What it does.
    pub line: Line,
    /// Whether it sells to units and villages. Only people without relatives in office have a role in such a company,
    /// unless a problem is planted.
    pub supplier: bool,
    /// Village of its address.
    pub village: usize,
    /// Capital in 10,000 yuan.
    pub capital: i64,
    /// Founded.
    pub established: Day,
    /// Struck off.
    pub cancelled: Option<Day>,
    /// Roles.
    pub stakes: Vec<Stake>,
    /// Shares.
    pub shares: Vec<Share>,
}

impl Company {
    /// The account of the company with that index.
    pub fn account(index: usize) -> Account {
        Account::of(Holder::Company, index as u32)
    }

    /// The legal representative.
    pub fn legal_rep(&self) -> Option<PersonIx> {
        self.stakes.iter().find(|stake| stake.role == Role::LegalRep).map(|stake| stake.person)
    }

    /// Scope of business and industry code.
    pub fn scope(&self) -> (&'static str, &'static str) {
        LINES
            .iter()
            .find(|(line, ..)| *line == self.line)
            .map_or(("", ""), |(_, _, scope, code)| (*scope, *code))
    }
}

/// Founds the companies: one for twenty people, every twelfth a supplier of units and villages.
pub fn found(people: &mut People, place: &Place, wanted: u32, seed: u64) -> Vec<Company> {
    let mut rng = Rng::new(seed, "companies");
    let free = |person: &crate::people::Person| {
        person.alive()
            && (24..62).contains(&person.age())
            && !person.has(role::PAYROLL | role::CADRE | role::AWAY)
    };
    let mut clean: Vec<PersonIx> = Vec::new();
    let mut other: Vec<PersonIx> = Vec::new();
    for (ix, person) in people.iter().filter(|(_, person)| free(person)) {
        if person.has(role::KIN | role::PAYROLL_KIN) { other.push(ix) } else { clean.push(ix) }
    }
    rng.shuffle(&mut clean);
    rng.shuffle(&mut other);
    let count = (wanted / 20).max(200) as usize;
    let mut companies = Vec::with_capacity(count);
    for index in 0..count {
        let supplier = index % 12 < 2 || index < 80;
        let pool = if supplier || index % 3 == 0 { &mut clean } else { &mut other };
        let owners: Vec<PersonIx> = (0..2).filter_map(|_| pool.pop()).collect();
        let [first, second] = owners[..] else { break };
        let company = establish(index, supplier, (first, second), place, &mut rng);
        people.assign(first, role::BUSINESS);
        people.assign(second, role::BUSINESS);
        companies.push(company);
    }
    companies
}

fn establish(
    index: usize,
    supplier: bool,
    owners: (PersonIx, PersonIx),
    place: &Place,
    rng: &mut Rng,
) -> Company {
    let (line, word, ..) = LINES[index % LINES.len()];
    let established = time::plus(time::day(2009, 3, 1), rng.range(0, if supplier { 3_600 } else { 5_600 }));
    let life = rng.range(300, 4_000);
    let cancelled =
        Some(time::plus(established, life)).filter(|day| !supplier && life < 1_100 && *day <= time::today());
    let to = cancelled;
    let major = rng.range(51, 90) * 100;
    let shares = [(owners.0, major), (owners.1, 10_000 - major)].map(|(person, basis_points)| Share {
        person,
        basis_points,
        from: established,
        to,
    });
    let stakes = [
        (owners.0, Role::LegalRep),
        (owners.0, Role::Director),
        (owners.0, Role::Manager),
        (owners.1, Role::Supervisor),
        (owners.1, Role::Finance),
    ];
    Company {
        code: Code18::credit(b"91", COUNTY, 40_000_000 + index as u32 * 997),
        name: company_name(index, word),
        line,
        supplier,
        village: rng.index(place.villages.len()),
        capital: [10, 50, 100, 200, 300, 500, 1_000][rng.index(7)],
        established,
        cancelled,
        stakes: stakes.map(|(person, role)| Stake { person, role, from: established, to }).to_vec(),
        shares: shares.to_vec(),
    }
}

/// Brands run through all pairs of characters before a third one is added, so that names differ.
fn company_name(index: usize, word: &str) -> String {
    let (one, two): (Vec<char>, Vec<char>) = (BRAND_ONE.chars().collect(), BRAND_TWO.chars().collect());
    let rank = index / LINES.len();
    let pairs = one.len() * two.len();
    let mut brand: String = [one[rank % one.len()], two[rank / one.len() % two.len()]].iter().collect();
    for extra in
        std::iter::successors(Some(rank / pairs), |rest| Some(rest / one.len())).take_while(|rest| *rest > 0)
    {
        brand.push(one[extra % one.len()]);
    }
    format!("砚溪县{brand}{word}有限公司")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn company_names_differ() {
        let names: std::collections::BTreeSet<String> =
            (0..60_000).map(|index| company_name(index, LINES[index % LINES.len()].1)).collect();
        assert_eq!(names.len(), 60_000);
    }
}
