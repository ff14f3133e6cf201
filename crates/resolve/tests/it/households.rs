use crate::{linked, sheet};
use gnomon_resolve::{Crowd, EntityKind, Error, Mapping, Roster, RowResult, link};

const HEADER: &str = "row_id,姓名,出生日期,联系电话,家庭住址,户籍地址,单位地址,户号,邮编,配偶身份证号";

/// A list of neighbours who share nothing, two records each, to which the rows of a case are added.
struct List(Vec<String>);

/// Cells of a case that are often left empty.
#[derive(Default, Clone, Copy)]
struct Also<'a> {
    registered: &'a str,
    work: &'a str,
    number: &'a str,
    postcode: &'a str,
    spouse: &'a str,
}

impl List {
    fn new() -> List {
        let mut lines = vec![HEADER.to_owned()];
        let sign = |text: &str, n: usize| text.chars().nth(n % text.chars().count()).unwrap_or_default();
        for n in 0..300 {
            let surname = sign("唐宋韩冯邓曹彭曾萧田董袁潘于蒋蔡余杜叶程", n * 7);
            let given = [
                sign("伟芳娜敏静磊洋勇艳杰娟涛明超秀霞刚桂英华", n),
                sign("玉兰建国志文红梅春燕海波丹云龙", n / 20),
            ];
            let born = format!("{}-{:02}-{:02}", 1940 + n * 13 % 60, n % 12 + 1, n * 5 % 28 + 1);
            let at = format!("砚溪县云岫镇望舒村{}组{}号", n / 30 + 1, n % 30 + 1);
            for _ in 0..2 {
                let row = lines.len();
                lines.push(format!(
                    "{row},{surname}{}{},{born},169{:08},{at},,,,,",
                    given[0],
                    given[1],
                    n * 7919
                ));
            }
        }
        List(lines)
    }

    /// Adds somebody with an address; gives the row.
    fn add(&mut self, name: &str, born: &str, phone: &str, address: &str) -> usize {
        self.also(name, born, phone, address, Also::default())
    }

    fn also(&mut self, name: &str, born: &str, phone: &str, address: &str, also: Also<'_>) -> usize {
        let row = self.0.len();
        let Also { registered, work, number, postcode, spouse } = also;
        self.0.push(format!(
            "{row},{name},{born},{phone},{address},{registered},{work},{number},{postcode},{spouse}"
        ));
        row - 1
    }

    fn homes(&self) -> Result<Answer, Error> {
        let (_, found) = linked(&self.0)?;
        Ok(Answer { rows: found.rows, crowds: found.crowds })
    }
}

struct Answer {
    rows: Vec<RowResult>,
    crowds: Vec<Crowd>,
}

impl Answer {
    fn home(&self, row: usize) -> Option<u32> {
        self.rows[row].household
    }

    fn are_one(&self, rows: &[usize]) -> bool {
        let home = self.home(rows[0]);
        home.is_some() && rows.iter().all(|row| self.home(*row) == home)
    }
}

#[test]
fn a_wife_with_her_own_surname_and_telephone_is_of_the_household_of_her_door() {
    let mut list = List::new();
    let door = "砚溪县云岫镇折柳村七组12号";
    let man = list.add("尹伟", "1959-05-20", "16900463112", door);
    let wife = list.add("钟莲菊", "1958-03-29", "16900463999", door);
    let next = list.add("尹强", "1985-01-02", "16900111222", "砚溪县云岫镇折柳村七组13号");
    let homes = list.homes().unwrap();
    assert!(homes.are_one(&[man, wife]));
    assert_eq!(homes.home(next), None, "who lives alone is no household, and next door is another home");
    assert_ne!(homes.rows[man].entity, homes.rows[wife].entity);
}

/// Departments write one home in columns of other names, from the county or from the village down, in their own signs.
#[test]
fn one_flat_is_one_home_in_whatever_column_and_form() {
    let mut list = List::new();
    let registered =
        Also { registered: "砚溪县砚城街道墨渚社区11幢2单元301室", ..Also::default() };
    let rows = [
        list.also("吴睿", "1982-08-24", "", "", registered),
        list.add("何芳", "1983-06-20", "16900278770", "砚城街道墨渚社区11栋2单元301"),
        list.add("吴平", "2011-04-27", "16900278771", "墨渚社区11-2-301"),
        list.add("蒋贞", "1952-12-13", "16900278772", "墨渚社区十一号楼二单元三零一室"),
    ];
    let other = list.add("江晨", "1992-06-12", "16900823500", "墨渚社区11-1-301");
    let homes = list.homes().unwrap();
    assert!(homes.are_one(&rows), "{:?}", rows.map(|row| homes.home(row)));
    assert_eq!(homes.home(other), None, "other stairs");
}

#[test]
fn groups_of_villages_are_written_in_old_ways_too() {
    let mut list = List::new();
    let rows = [
        list.add("林欣", "1975-03-11", "16900531249", "砚溪县云岫镇听雨村三组9号"),
        list.add("丁银", "1976-02-17", "16900531250", "云岫镇听雨村村民委员会3小组9号"),
        list.add("林淑", "2004-11-03", "16900531251", "听雨村3组9"),
        list.add("林贞", "2007-11-03", "16900531252", "听雨村第三生产队九号"),
    ];
    let other = list.add("王娟", "1959-04-22", "16900531253", "听雨村9组3");
    let homes = list.homes().unwrap();
    assert!(homes.are_one(&rows), "{:?}", rows.map(|row| homes.home(row)));
    assert_eq!(homes.home(other), None);
}

#[test]
fn a_village_of_a_name_that_two_townships_have_is_no_door_without_its_township() {
    let mut list = List::new();
    let family = [
        list.add("林欣", "1975-03-11", "16900531249", "云岫镇小庄村3组9号"),
        list.add("丁银", "1976-02-17", "16900531250", "云岫镇小庄村3组9号"),
    ];
    let others = [
        list.add("贺颖", "1980-03-11", "16900641249", "泠泉乡小庄村3组9号"),
        list.add("顾山", "1981-02-17", "16900641250", "泠泉乡小庄村3组9号"),
    ];
    let unclear = [
        list.add("毛莉", "2001-02-17", "16900751250", "小庄村3组9号"),
        list.add("阎宁", "1966-09-01", "16900751251", "小庄村3组9号"),
    ];
    let homes = list.homes().unwrap();
    assert!(homes.are_one(&family) && homes.are_one(&others));
    assert_ne!(homes.home(family[0]), homes.home(others[0]));
    assert!(unclear.iter().all(|row| homes.home(*row).is_none()));
}

#[test]
fn without_the_room_a_house_of_flats_is_nobodys_door() {
    let mut list = List::new();
    let flat = "砚溪县砚城街道文昌路12号3幢1单元102室";
    let family = [
        list.add("程雪", "1965-06-22", "16900182390", flat),
        list.add("龙山", "1964-01-13", "16900182391", flat),
        list.add("龙川", "1990-01-13", "16900182392", "砚溪县砚城街道文昌路12号3-1-102"),
    ];
    let roomless = [
        list.add("贺颖", "1980-03-11", "16900641249", "砚溪县砚城街道文昌路12号"),
        list.add("毛莉", "2001-02-17", "16900751250", "砚溪县砚城街道文昌路12号"),
        list.add("向海", "1977-07-07", "16900751251", "砚溪县砚城街道文昌路12号3幢"),
        list.add("郝丹", "1978-08-07", "16900751252", "砚溪县砚城街道文昌路12号3幢"),
    ];
    let homes = list.homes().unwrap();
    assert!(homes.are_one(&family));
    assert!(
        roomless.iter().all(|row| homes.home(*row).is_none()),
        "{:?}",
        roomless.map(|row| homes.home(row))
    );
}

#[test]
fn a_school_a_home_for_the_old_and_a_place_of_work_are_no_households() {
    let mut list = List::new();
    let surname = |n: usize| "郑梁谢阎牛樊葛邢安齐易乔伍庞".chars().nth(n % 14).unwrap();
    let pupils: Vec<usize> = (0..400)
        .map(|n| {
            let name = format!(
                "{}{}",
                surname(n),
                ["一", "二", "三", "四", "五"][n / 14 % 5].repeat(n / 70 % 2 + 1)
            );
            list.add(&name, &format!("2012-{:02}-{:02}", n % 12 + 1, n % 28 + 1), "", "砚溪县云岫镇书院路1号")
        })
        .collect();
    let old = ["1931-02-03", "1935-04-05", "1938-06-07"].map(|born| {
        list.add(
            &format!("{}松", surname(born.len() + born.as_bytes()[3] as usize)),
            born,
            "",
            "砚溪县泠泉乡敬老院3号",
        )
    });
    let colleagues = ["谢梁", "齐安", "乔伍"].map(|name| {
        let work = Also { work: "砚溪县云岫镇建设路8号", ..Also::default() };
        list.also(name, &format!("19{}-01-01", 60 + name.len()), "", "", work)
    });
    let homes = list.homes().unwrap();
    assert!(pupils.iter().chain(&old).chain(&colleagues).all(|row| homes.home(*row).is_none()));
    assert_eq!(homes.crowds.len(), 1, "{:?}", homes.crowds);
    assert_eq!(homes.crowds[0].first, homes.rows[pupils[0]].entity);
}

#[test]
fn two_families_behind_one_number_are_two_and_whoever_could_be_of_either_is_of_none() {
    let mut list = List::new();
    let house = "砚溪县云岫镇折柳村2组7号";
    let zhao = [list.add("赵强", "1973-08-15", "", house), list.add("赵鹏", "1999-08-15", "", house)];
    let qian = [
        list.add("钱山", "1971-08-15", "16900101010", house),
        list.add("钱新", "2001-08-15", "", house),
        list.add("孙银", "1972-08-15", "16900101010", house),
    ];
    let lodger = list.add("阎宁", "1988-09-01", "16900303030", house);
    // In a flat they are one family, such as one with the wife's parents.
    let flat = "砚溪县砚城街道墨渚社区5幢1单元401室";
    let together = ["马文", "马武", "牛兰", "牛青"].map(|name| {
        list.add(
            name,
            &format!("19{}-03-03", 50 + name.bytes().map(usize::from).sum::<usize>() % 49),
            "",
            flat,
        )
    });
    let homes = list.homes().unwrap();
    assert!(homes.are_one(&zhao) && homes.are_one(&qian));
    assert_ne!(homes.home(zhao[0]), homes.home(qian[0]));
    assert_eq!(homes.home(lodger), None);
    assert!(homes.are_one(&together));
}

#[test]
fn numbers_of_households_and_postcodes_part_what_one_address_holds() {
    let mut list = List::new();
    let with = |number, postcode| Also { number, postcode, ..Also::default() };
    let flat = "砚溪县砚城街道墨渚社区6幢1单元402室";
    let brothers = [
        list.also("邢文", "1960-03-03", "", flat, with("870121001", "")),
        list.also("易兰", "1961-04-03", "", flat, with("870121001", "")),
        list.also("邢武", "1963-05-03", "", flat, with("870121002", "")),
        list.also("安青", "1966-07-03", "", flat, with("870121002", "")),
    ];
    let house = "柳林镇桃源村4组27号";
    let places = [
        list.also("李华", "1954-07-04", "", house, with("", "872680")),
        list.also("庞石", "1952-09-12", "", house, with("", "872680")),
        list.also("李晶", "1990-02-21", "", house, with("", "873880")),
        list.also("樊静", "1994-02-21", "", house, with("", "873880")),
    ];
    let homes = list.homes().unwrap();
    for rows in [brothers, places] {
        assert!(
            homes.are_one(&rows[..2]) && homes.are_one(&rows[2..]),
            "{:?}",
            rows.map(|row| homes.home(row))
        );
        assert_ne!(homes.home(rows[0]), homes.home(rows[2]));
    }
}

/// What is said of each one's spouse is another number for each, and parts nobody.
#[test]
fn numbers_of_relatives_are_no_numbers_of_households() {
    let mut list = List::new();
    let with = |spouse| Also { spouse, ..Also::default() };
    let flat = "砚溪县砚城街道墨渚社区6幢1单元402室";
    let couple = [
        list.also("邢文", "1960-03-03", "", flat, with("870121196104030024")),
        list.also("易兰", "1961-04-03", "", flat, with("870121196003030011")),
    ];
    assert!(list.homes().unwrap().are_one(&couple));
}

#[test]
fn who_has_no_address_goes_by_other_rows_and_who_moved_by_most_of_them() {
    let mut list = List::new();
    let (before, now) = ("砚溪县云岫镇折柳村4组8号", "砚溪县砚城街道墨渚社区9幢2单元602室");
    let father = list.add("邢林", "1953-01-23", "16900770011", before);
    let mother = list.add("柏香", "1955-06-13", "16900770012", before);
    let rows = [before, now, now, ""].map(|address| list.add("邢辉川", "1981-04-13", "16900770013", address));
    let wife = list.add("季薇英", "1983-03-22", "16900770014", now);
    let homes = list.homes().unwrap();
    assert!(homes.are_one(&[father, mother]));
    assert!(homes.are_one(&[rows[0], rows[1], rows[2], rows[3], wife]));
    assert_ne!(homes.home(father), homes.home(wife));
}

/// Lists of villages have the parts of an address in columns of their own.
#[test]
fn an_address_in_pieces_names_a_door_too() {
    let mut lines = vec!["row_id,姓名,出生日期,联系电话,乡镇,村,组,门牌号".to_owned()];
    for line in &List::new().0[1..] {
        let cells: Vec<&str> = line.split(',').collect();
        let row: usize = cells[0].parse().unwrap();
        let (group, house) = ((row - 1) / 60 + 1, (row - 1) / 2 % 30 + 1);
        lines.push(format!("{},云岫镇,望舒村,{group}组,{house}号", cells[..4].join(",")));
    }
    let first = lines.len() - 1;
    for (name, house) in [("尹伟", 41), ("钟莲", 41), ("高远", 42)] {
        lines.push(format!("{},{name},19{house}-05-20,,云岫镇,望舒村,3组,{house}号", lines.len()));
    }
    let rows = linked(&lines).unwrap().1.rows;
    assert!(rows[first].household.is_some());
    assert_eq!(rows[first].household, rows[first + 1].household);
    assert_eq!(rows[first + 2].household, None);
}

#[test]
fn companies_of_one_house_are_no_household() {
    let mut lines = vec!["row_id,企业名称,注册地址".to_owned()];
    for (n, name) in
        ["澜川星河建材有限公司", "砚溪云帆物流有限公司", "云汀青禾农业开发有限公司"].iter().enumerate()
    {
        lines.push(format!("{},{name},砚溪县砚城街道文昌路{}号", n + 1, 12 + n / 2));
    }
    let mut roster = Roster::new(EntityKind::Organisation, Mapping::default());
    roster.add(sheet(&lines).unwrap()).unwrap();
    roster.ready().unwrap();
    assert!(link(&roster).rows.iter().all(|row| row.household.is_none()));
}

#[test]
fn where_there_is_no_address_a_number_of_households_is_the_door() {
    let mut list = List::new();
    let with = |number| Also { number, ..Also::default() };
    let family = [
        list.also("尹伟", "1959-05-20", "16900463112", "", with("870121003")),
        list.also("钟莲菊", "1958-03-29", "16900463999", "", with("870121003")),
    ];
    let others = [
        list.also("贺颖", "1980-03-11", "16900641249", "", with("870121004")),
        list.also("顾山", "1981-02-17", "16900641250", "", with("870121004")),
    ];
    // Numbers that run within a village say nothing without it.
    let running = [
        list.also("毛莉", "2001-02-17", "16900751250", "", with("17")),
        list.also("阎宁", "1966-09-01", "16900751251", "", with("17")),
    ];
    let homes = list.homes().unwrap();
    assert!(homes.are_one(&family) && homes.are_one(&others));
    assert_ne!(homes.home(family[0]), homes.home(others[0]));
    assert!(running.iter().all(|row| homes.home(*row).is_none()));
}
