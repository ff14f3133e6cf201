//! The test vectors of the field's standards, each recomputed here. Amounts as departments write them (`12.3万元`) are
//! read by crate `intake`, whose tests hold their vectors.
//!
//! All numbers are synthetic but one: 91350100M000100Y4 is the worked example printed with GB 32100.

use gnomon_kernel::{Code, Day, Money, capital, mask_account, mask_id, mask_name, mask_phone, publish_id};
use gnomon_link::{account, document, idno, name, orgcode, phone, plate, pseudonym, region, uscc};

const VECTORS: &str = "\
id18,870121198506143216,VALID 1985-06-14 M 870121
id18,87010219791105028X,VALID 1979-11-05 F 870102
id18,87010219791105028x,VALID 1979-11-05 F 870102
id18,870121194012311015,VALID 1940-12-31 M 870121
id18,870121201608300045,VALID 2016-08-30 F 870121
id18,870121198506142316,INVALID CHECK
id18,870121199002301254,INVALID DATE
id18,87012119850614321,INVALID LEN
id15to18,870121640229123,870121196402291231
id15to18,870181980101997,870181189801019973
foreign18,987999198808080121,VALID 1988-08-08 F 87 999
age,870221200002290488 2026-02-28,25
age,870221200002290488 2026-03-01,26
uscc,91870121MA0X7K2Q5R,VALID 870121 MA0X7K2Q5
uscc,N2870121MF3T9A1BX4,VALID 870121 MF3T9A1BX
uscc,128701004001234564,VALID 870100 400123456
uscc,11870000002000178G,VALID 870000 002000178
uscc,52870102MJ05C2D83G,VALID 870102 MJ05C2D83
uscc,91870121MA0XK72Q5R,INVALID CHECK
uscc,91350100M000100Y43,VALID 350100 M000100Y4
uscc,91350100M000100Y4Z,INVALID CHAR
org9,87000008X,VALID
org9,870000020,VALID
org9,A12345674,VALID
org9,A12345675,INVALID
luhn,9999990000000006,VALID
luhn,9999990000012345670,VALID
luhn,9999990000012345607,INVALID
mobile,+86 169-0000-0001,16900000001
mobile,１６９００００００１２,16900000012
mobile,12000000001,INVALID
plate,澜A·8K6P2,澜A8K6P2
plate,澜ad12345,澜AD12345
plate,澜I12345,INVALID
name,张　三丰,张三丰
name,阿依古丽•买买提,阿依古丽·买买提
name,李四(已故),李四
maskname,张三,张*
maskname,张三丰,张**
maskname,欧阳明月,欧阳**
maskname,阿依古丽·买买提,阿**
maskid,870121198506143216,870121********3216
pubid,870121198506143216,8701************16
maskacct,9999990000012345670,999999*********5670
maskphone,16900000001,169****0001
capital,123456789,壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分
capital,1000500,壹万零伍元整
capital,100000,壹仟元整
capital,105,壹元零伍分
hmac16,demo-key 16900000001,39b90116bff32a6b
discert,87010219791105028X43,VALID physical 3
region,870121100201,village 870121100000
region,870121,county 870100
level,870000000000,province";

fn today() -> Day {
    Day::from_ymd_opt(2026, 11, 22).unwrap()
}

#[test]
fn every_vector_passes() {
    assert_eq!(VECTORS.lines().count(), 54);
    for line in VECTORS.lines() {
        let mut fields = line.splitn(3, ',');
        let (kind, input, wanted) = (fields.next().unwrap(), fields.next().unwrap(), fields.next().unwrap());
        assert_eq!(answer(kind, input), wanted, "{line}");
    }
}

fn answer(kind: &str, input: &str) -> String {
    let text = |result: Result<String, Code>| result.unwrap_or_else(|_| "INVALID".to_owned());
    let valid = |valid: bool| if valid { "VALID" } else { "INVALID" }.to_owned();
    match kind {
        "id18" => resident(input),
        "id15to18" => text(idno::canonical(input, today())),
        "foreign18" => foreigner(input),
        "age" => age(input),
        "uscc" => credit_code(input),
        "org9" => valid(orgcode::canonical(input).is_ok()),
        "luhn" => valid(account::card(input).is_ok()),
        "mobile" => text(phone::canonical(input)),
        "plate" => text(plate::canonical(input)),
        "name" => name::canonical(input),
        "maskname" => mask_name(input),
        "maskid" => mask_id(input),
        "pubid" => publish_id(input),
        "maskacct" => mask_account(input),
        "maskphone" => mask_phone(input),
        "capital" => capital(Money(input.parse().unwrap())),
        "hmac16" => {
            let (key, value) = input.split_once(' ').unwrap();
            pseudonym(key.as_bytes(), value)
        }
        "discert" => disability(input),
        "region" | "level" => division(kind, input),
        other => panic!("no such kind of vector: {other}"),
    }
}

fn resident(input: &str) -> String {
    match idno::canonical(input, today()) {
        Ok(number) => format!("VALID {} {} {}", idno::birth(&number).unwrap(), sex(&number), &number[..6]),
        Err(Code::IdLength) => "INVALID LEN".to_owned(),
        Err(Code::IdDate) => "INVALID DATE".to_owned(),
        Err(Code::IdCheck) => "INVALID CHECK".to_owned(),
        Err(other) => other.to_string(),
    }
}

fn sex(number: &str) -> &'static str {
    match idno::sex(number) {
        Some(idno::Sex::Male) => "M",
        Some(idno::Sex::Female) => "F",
        None => "-",
    }
}

fn foreigner(input: &str) -> String {
    let found = document::read(input, today()).unwrap();
    assert_eq!(found.kind, document::Kind::PermanentResidence);
    let number = found.number;
    format!("VALID {} {} {} {}", idno::birth(&number).unwrap(), sex(&number), &number[1..3], &number[3..6])
}

fn age(input: &str) -> String {
    let (number, day) = input.split_once(' ').unwrap();
    idno::age(idno::birth(number).unwrap(), day.parse().unwrap()).to_string()
}

fn credit_code(input: &str) -> String {
    match uscc::canonical(input) {
        Ok(code) => {
            format!("VALID {} {}", uscc::region(&code).unwrap(), uscc::organisation_code(&code).unwrap())
        }
        Err(Code::OrgChar) => "INVALID CHAR".to_owned(),
        Err(Code::OrgCheck) => "INVALID CHECK".to_owned(),
        Err(other) => other.to_string(),
    }
}

fn disability(input: &str) -> String {
    let (_, category, level) = document::disability(input, today()).unwrap();
    let words = ["visual", "hearing", "speech", "physical", "intellectual", "mental", "multiple"];
    format!("VALID {} {level}", words[usize::from(category) - 1])
}

fn division(kind: &str, input: &str) -> String {
    let level = format!("{:?}", region::level(input)).to_lowercase();
    if kind == "level" {
        return level;
    }
    let parent = region::parent(input).unwrap();
    let width = if parent.len() > 6 { 12 } else { 6 };
    format!("{level} {parent:0<width$}")
}
