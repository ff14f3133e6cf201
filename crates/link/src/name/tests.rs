use super::*;

fn level(one: &str, other: &str) -> Level {
    let (one, other) = (parse(one), parse(other));
    let there = likeness(&one, &other);
    assert_eq!(there, likeness(&other, &one), "{} {}", one.text, other.text);
    there.level
}

#[test]
fn parts_of_a_name() {
    for (text, surname, given, note) in [
        ("张三丰", "张", "三丰", None),
        ("歐陽明月", "歐陽", "明月", None),
        ("欧阳", "欧", "阳", None),
        ("阿依古丽•买买提", "买买提", "阿依古丽", None),
        ("李四(已故)", "李", "四", Some("已故")),
        ("李四已故", "李", "四", Some("已故")),
        ("王(金宏)", "王", "𬭎", None),
        ("王金+宏", "王", "𬭎", None),
        ("LI, Ming", "li", "ming", None),
        ("Ming LI", "li", "ming", None),
        ("Dr. John A. Smith Jr.", "smith", "john a", Some("jr")),
    ] {
        let name = parse(text);
        assert_eq!((name.surname.as_str(), name.given.as_str()), (surname, given), "{text}");
        assert_eq!(name.note.as_deref(), note, "{text}");
        assert!(!name.uncertain, "{text}");
    }
}

#[test]
fn no_names_and_uncertain_ones() {
    for text in ["无", "不详", "*", "", "N/A", "12345", "🙂", "(已故)"] {
        assert!(parse(text).is_empty(), "{text}");
        assert_eq!(level(text, "张三"), Level::Unknown);
    }
    for text in ["张□", "张?丰", "张\u{E000}", "张xiao明", "张*"] {
        assert!(parse(text).uncertain, "{text}");
    }
}

#[test]
fn han_names() {
    for (one, other, expected) in [
        ("张　三丰", "张三丰", Level::Same),
        ("陳建國", "陈建国", Level::Variant),
        ("王喆", "王哲", Level::Variant),
        ("阿依古丽买买提", "阿依古丽·买买提", Level::Variant),
        ("张己", "张已", Level::LookAlike),
        ("弓长明", "张明", Level::LookAlike),
        ("王金宏", "王𬭎", Level::LookAlike),
        ("张伟", "章玮", Level::Homophone(0)),
        ("张伟", "张威", Level::Homophone(1)),
        ("陈明", "程明", Level::Homophone(2)),
        ("张小明", "张明小", Level::Slip),
        ("张*", "张三", Level::Masked),
        ("张*", "张三丰", Level::Masked),
        ("*三丰", "张三丰", Level::Masked),
        ("张**", "张三", Level::Masked),
        ("张*丰", "李四丰", Level::Partial(Part::Given)),
        ("张建国", "张建军", Level::Partial(Part::Most)),
        ("张明", "张小明", Level::Partial(Part::Most)),
        ("张国强", "李国强", Level::Partial(Part::Given)),
        ("小明", "张小明", Level::Partial(Part::Given)),
        ("张丽", "张强", Level::Partial(Part::Surname)),
        ("阿依古丽", "阿依古丽·买买提", Level::Partial(Part::Given)),
        ("张三", "李四", Level::Different),
        ("李*", "张三", Level::Different),
    ] {
        assert_eq!(level(one, other), expected, "{one} {other}");
    }
}

#[test]
fn latin_names() {
    for (one, other, expected) in [
        ("Li Ming", "LI, Ming", Level::Same),
        ("Li Ming", "Ming Li", Level::Variant),
        ("Li-Ming", "Ming Li", Level::Variant),
        ("Li Xiaoming", "Xiao Ming Li", Level::Variant),
        ("José García", "Jose Garcia", Level::Variant),
        ("Jonathan Smith", "Johnathan Smyth", Level::Slip),
        ("J. Smith", "John Smith", Level::Initials),
        ("John Smith", "John Andrew Smith", Level::Initials),
        ("John Smith", "Mary Smith", Level::Partial(Part::Surname)),
        ("John Smith", "John Brown", Level::Partial(Part::Given)),
        ("John Smith Jr", "John Smith Sr", Level::Partial(Part::Most)),
        ("John Smith", "Mary Brown", Level::Different),
    ] {
        assert_eq!(level(one, other), expected, "{one} {other}");
    }
}

#[test]
fn han_against_latin() {
    for (one, other, expected) in [
        ("张三丰", "Zhang Sanfeng", Level::Homophone(1)),
        ("张三丰", "San-Feng ZHANG", Level::Homophone(1)),
        ("吕明", "Lyu Ming", Level::Homophone(1)),
        ("吕明", "LV MING", Level::Homophone(1)),
        ("单小红", "Shan Xiaohong", Level::Homophone(1)),
        ("张三丰", "Zhang S.F.", Level::Initials),
        ("张三丰", "Michael Zhang", Level::Partial(Part::Surname)),
        ("张三丰", "John Smith", Level::Different),
    ] {
        assert_eq!(level(one, other), expected, "{one} {other}");
    }
}

#[test]
fn keys_fall_together() {
    for (one, other) in
        [("陈明", "程敏"), ("张伟", "章玮"), ("Li Ming", "Ming Li"), ("Phillip Smyth", "Filip Smith")]
    {
        assert_eq!(parse(one).sound_key(), parse(other).sound_key(), "{one} {other}");
    }
    assert_ne!(parse("陈明").sound_key(), parse("王明").sound_key());
}

#[test]
fn closer_is_less() {
    assert!(Level::Same < Level::Variant && Level::Homophone(0) < Level::Homophone(2));
    assert!(Level::Partial(Part::Most) < Level::Different);
    let alike = |one: &str, other: &str| likeness(&parse(one), &parse(other)).may_be_same();
    assert!(alike("张伟", "张威"));
    assert!(!alike("张建国", "张建军"));
}
