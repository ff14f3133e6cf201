use super::*;

fn level(one: &str, other: &str) -> Level {
    let (one, other) = (parse(one), parse(other));
    let there = likeness(&one, &other);
    assert_eq!(there, likeness(&other, &one), "{} {}", one.text, other.text);
    there.level
}

#[test]
fn parts_of_a_name() {
    let parts = |text: &str| {
        let org = parse(text);
        (org.place.clone(), org.word.clone(), org.industry.clone(), org.form, org.is_group, org.branch)
    };
    let company = |place: &str, word: &str, industry: &str| {
        (place.to_owned(), word.to_owned(), industry.to_owned(), Some(Form::Limited), false, None)
    };
    assert_eq!(parts("砚溪县森和建筑工程有限公司"), company("砚溪", "森和", "建筑工程"));
    assert_eq!(parts("澜川省云汀市森和建筑工程有限责任公司"), company("云汀", "森和", "建筑工程"));
    assert_eq!(parts("森和建筑工程（砚溪）有限公司"), company("砚溪", "森和", "建筑工程"));
    assert_eq!(parts("森和【砚溪县】商贸有限公司"), company("砚溪", "森和", "商贸"));
    assert!(parse("森和建设集团有限公司").is_group && parse("森和建设(集团)有限公司").is_group);
    assert_eq!(parse("森和建设有限公司砚溪分公司").branch.as_deref(), Some("砚溪分公司"));
    assert_eq!(parse("砚溪县听雨村村民委员会").form, Some(Form::Village));
    assert_eq!(parse("听雨茶叶专业合作社").form, Some(Form::Cooperative));
    assert_eq!(parse("星渚区张记小吃店（个体工商户）").form, Some(Form::Individual));
    assert_eq!(parse("Lanchuan Trading Co., Ltd.").form, Some(Form::Limited));
    assert!(parse("无").is_empty() && parse("***").is_empty() && parse("N/A").is_empty());
}

#[test]
fn what_may_be_one() {
    for (one, other, expected) in [
        ("澜川华夏建设有限公司", "澜川华夏建设有限公司 ", Level::Same),
        ("澜川华夏建设有限公司", "澜川华夏建设有限责任公司", Level::SameForm),
        ("森和（砚溪）建设有限公司", "砚溪县森和建设有限公司", Level::SameForm),
        ("澜川華夏建設有限公司", "澜川华夏建设有限公司", Level::SameForm),
        ("砚溪县森和建设有限公司", "森和建设有限公司", Level::SamePlaceLeftOut),
        ("砚溪县森禾建设有限公司", "砚溪县森和建设有限公司", Level::Slip),
        ("Acme Trading Ltd", "ACME Trading Limited", Level::SameForm),
        ("Johnson Motors Ltd", "Jonson Motors Ltd", Level::Slip),
        ("华夏建设", "澜川华夏建设有限公司", Level::Abbreviation),
        ("森和建设", "砚溪县森和建设有限公司", Level::Abbreviation),
    ] {
        assert_eq!(level(one, other), expected, "{one} {other}");
        assert!(likeness(&parse(one), &parse(other)).may_be_same());
    }
}

#[test]
fn what_must_not_be_merged() {
    for (one, other, expected) in [
        ("澜川华夏建设有限公司", "澜川华夏建设集团有限公司", Level::Group),
        ("森和建设有限公司", "森和建设有限公司砚溪分公司", Level::Branch),
        ("森和建设有限公司霁川分公司", "森和建设有限公司砚溪分公司", Level::Branch),
        ("砚溪县森和建设有限公司", "棠岭县森和建设有限公司", Level::TradeWord),
        ("森和建设有限公司", "森和商贸有限公司", Level::TradeWord),
        ("森和建设有限公司", "森和建设合作社", Level::TradeWord),
        ("砚溪县第一小学", "砚溪县第二小学", Level::Different),
        ("砚溪县城东小学", "砚溪县城西小学", Level::Different),
        ("森和建设有限公司", "听雨商贸有限公司", Level::Different),
        ("Unit 12 Holdings Ltd", "Unit 13 Holdings Ltd", Level::Different),
        ("无", "森和建设有限公司", Level::Unknown),
    ] {
        assert_eq!(level(one, other), expected, "{one} {other}");
        assert!(!likeness(&parse(one), &parse(other)).may_be_same());
    }
}
