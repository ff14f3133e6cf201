use super::*;

fn level(one: &str, other: &str) -> Level {
    let (one, other) = (parse(one), parse(other));
    let there = likeness(&one, &other);
    assert_eq!(there, likeness(&other, &one), "{} {}", one.text, other.text);
    there.level
}

fn parts(text: &str) -> Vec<(Part, String)> {
    let address = parse(text);
    let all = Part::ALL.into_iter().map(|part| (part, address.part(part).to_owned()));
    all.filter(|(_, value)| !value.is_empty()).collect()
}

fn expected(parts: &[(Part, &str)]) -> Vec<(Part, String)> {
    parts.iter().map(|(part, value)| (*part, (*value).to_owned())).collect()
}

#[test]
fn han_parts() {
    use Part::*;
    for (text, wanted) in [
        (
            "澜川省云汀市砚溪县云岫镇听雨村3组12号",
            &[
                (Province, "澜川省"),
                (City, "云汀市"),
                (County, "砚溪县"),
                (Township, "云岫镇"),
                (Village, "听雨村"),
                (Group, "3"),
                (Number, "12"),
            ][..],
        ),
        (
            "砚溪縣雲岫鎮聽雨村村民委员会三组",
            &[(County, "砚溪县"), (Township, "云岫镇"), (Village, "听雨村"), (Group, "3")],
        ),
        (
            "云汀市麓沅市大路村十二号",
            &[(City, "云汀市"), (County, "麓沅市"), (Village, "大路村"), (Number, "12")],
        ),
        (
            "星渚区砚城街道墨渚社区文昌路12号3幢2单元501室",
            &[
                (County, "星渚区"),
                (Township, "砚城街道"),
                (Village, "墨渚社区"),
                (Road, "文昌路"),
                (Number, "12"),
                (Building, "3"),
                (Unit, "2"),
                (Room, "501"),
            ],
        ),
        (
            "文昌路12号3-2-501",
            &[(Road, "文昌路"), (Number, "12"), (Building, "3"), (Unit, "2"), (Room, "501")],
        ),
        ("听雨村委会2社14号", &[(Village, "听雨村"), (Group, "2"), (Number, "14")]),
        (
            "文昌路88号soho现代城2栋二单元3楼301",
            &[(Road, "文昌路"), (Number, "88"), (Building, "2"), (Unit, "2"), (Room, "301")],
        ),
        ("听雨村3组12", &[(Village, "听雨村"), (Group, "3"), (Number, "12")]),
        ("文昌路12", &[(Road, "文昌路"), (Number, "12")]),
        ("墨渚社区5-1-401", &[(Village, "墨渚社区"), (Building, "5"), (Unit, "1"), (Room, "401")]),
        ("云汀市市辖区星渚区云岫镇镇政府", &[(City, "云汀市"), (County, "星渚区"), (Township, "云岫镇")]),
        ("云锦小区5号楼1单元302", &[(Estate, "云锦小区"), (Building, "5"), (Unit, "1"), (Room, "302")]),
    ] {
        assert_eq!(parts(text), expected(wanted), "{text}");
    }
}

#[test]
fn latin_parts() {
    use Part::*;
    for (text, wanted) in [
        (
            "Unit 3, 12 Smith St, Mapleton VIC 3999",
            &[
                (Province, "vic"),
                (Township, "mapleton"),
                (Road, "smith street"),
                (Number, "12"),
                (Room, "3"),
                (Postcode, "3999"),
            ][..],
        ),
        (
            "3/12 Smith Street Mapleton",
            &[(Township, "mapleton"), (Road, "smith street"), (Number, "12"), (Room, "3")],
        ),
        ("10 high street, st ives", &[(Township, "st ives"), (Road, "high street"), (Number, "10")]),
        ("10 park view rd mapleton", &[(Township, "mapleton"), (Road, "park view road"), (Number, "10")]),
        ("rose cottage, oldham", &[(Township, "oldham"), (Road, "rose cottage")]),
    ] {
        assert_eq!(parts(text), expected(wanted), "{text}");
    }
}

#[test]
fn likenesses() {
    for (one, other, wanted) in [
        ("听雨村3组12号", "听雨村 三组 12 号", Level::Same),
        ("文昌路12号3幢2单元501室", "文昌路12号3-2-501", Level::Same),
        ("12 Smith St, Mapleton", "12 smith street mapleton", Level::Same),
        ("云岫镇听雨村三组12号", "听雨村3组12", Level::Contained),
        ("听雨村3组12号", "听语村3组12号", Level::Slip),
        ("12 Smith Street, Mapleton", "12 Smith Street, Mapelton", Level::Slip),
        ("砚溪县云岫镇听雨村3组12号", "听雨村3组", Level::Contained),
        ("文昌路12号3幢2单元501室", "文昌路12号3幢1单元102室", Level::SameBuilding),
        ("文昌路12号", "文昌路14号", Level::SameRoad),
        ("听雨村3组12号", "听雨村3组15号", Level::SameRoad),
        ("听雨村3组12号", "听雨村4组12号", Level::SameVillage),
        ("云岫镇听雨村3组", "云岫镇折柳村3组", Level::SameTownship),
        ("云岫镇听雨村3组", "岚汀镇观岚村3组", Level::Different),
        ("12 Smith Street, Mapleton", "8 King Road, Oldham", Level::Different),
        ("不详", "听雨村3组", Level::Unknown),
    ] {
        assert_eq!(level(one, other), wanted, "{one} {other}");
    }
}
