//! No input may panic, what is canonical stays as it is, and likeness is the same both ways round.

use gnomon_kernel::Day;
use gnomon_link::{
    account, address, document, fold, fold_code, fold_text, idno, masked, name, org, orgcode, phone, plate, region, uscc,
};
use proptest::prelude::*;

fn today() -> Day {
    Day::from_ymd_opt(2026, 11, 22).unwrap()
}

/// Texts near to what departments write: pieces of names, numbers, addresses, masks and rubbish in any order.
fn near() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "张", "三丰", "欧阳", "陳", "喆", "弓长", "金宏", "·", "•", ".", "*", "＊", "x", "某", "□", "?", "(已故)", "户主",
        "代", "已故", "（", "）", "[", "]", "+", "-", " ", "\u{3000}", "\u{200B}", "\u{202E}", "\u{E81E}", "\u{F900}",
        "\u{301}", "Li", "LI,", "Ming", "J.", "Dr", "jr", "é", "ß", "İ", "ﬃ", "Ⅹ", "🙂", "870121", "19850614", "3216",
        "169", "0001", "２", "十二", "3", "号", "组", "村", "镇", "县", "市", "省", "路", "室", "单元", "建设", "有限公司",
        "集团", "分公司", "Ltd", "Street", "St", "/", ",", "\n", "0",
    ]);
    prop::collection::vec(pieces, 0..9).prop_map(|pieces| pieces.concat())
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![near(), ".{0,40}", "[0-9X*-]{0,20}"]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn canonical_forms_stay(text in any_text()) {
        let again = |read: &dyn Fn(&str) -> Option<String>| {
            if let Some(once) = read(&text) {
                assert_eq!(read(&once).as_deref(), Some(once.as_str()));
            }
        };
        again(&|text| Some(name::canonical(text)));
        again(&|text| Some(org::canonical(text)));
        again(&|text| Some(fold(text).into_owned()));
        again(&|text| Some(fold_code(text).into_owned()));
        again(&|text| idno::canonical(text, today()).ok());
        again(&|text| uscc::canonical(text).ok());
        again(&|text| orgcode::canonical(text).ok());
        again(&|text| orgcode::registration(text).ok());
        again(&|text| account::canonical(text).ok());
        again(&|text| account::card(text).ok());
        again(&|text| phone::canonical(text).ok());
        again(&|text| plate::canonical(text).ok());
        again(&|text| region::canonical(text).ok());
        again(&|text| document::read(text, today()).ok().map(|document| document.number));
    }

    #[test]
    fn nothing_panics(text in any_text()) {
        fold_text(&text);
        name::parse(&text).sound_key();
        idno::birth(&text);
        idno::sex(&text);
        idno::downgraded(&text);
        uscc::aliases(&text);
        account::is_rounded(&text);
        account::luhn(&text);
        phone::kind(&text);
        phone::is_placeholder(&text);
        region::significant(&text);
        masked::is_masked(&text);
        document::disability(&text, today());
        let _ = orgcode::tax_number(&text, today());
        if let Ok(found) = document::read(&text, today()) {
            prop_assert!(document::aliases(&found).contains(&found.number));
        }
    }

    #[test]
    fn likeness_of_names(one in any_text(), other in any_text()) {
        let (one, other) = (name::parse(&one), name::parse(&other));
        let there = name::likeness(&one, &other);
        prop_assert_eq!(there, name::likeness(&other, &one));
        prop_assert!((0.0..=1.0).contains(&there.score));
        let itself = name::likeness(&one, &one).level;
        prop_assert!(itself <= name::Level::Masked || itself == name::Level::Unknown, "{:?} {:?}", one, itself);
    }

    #[test]
    fn likeness_of_organisations(one in any_text(), other in any_text()) {
        let (one, other) = (org::parse(&one), org::parse(&other));
        let there = org::likeness(&one, &other);
        prop_assert_eq!(there, org::likeness(&other, &one));
        prop_assert!((0.0..=1.0).contains(&there.score));
    }

    #[test]
    fn likeness_of_addresses(one in any_text(), other in any_text()) {
        let (one, other) = (address::parse(&one), address::parse(&other));
        let there = address::likeness(&one, &other);
        prop_assert_eq!(there, address::likeness(&other, &one));
        prop_assert!((0.0..=1.0).contains(&there.score));
    }

    #[test]
    fn masked_verdicts(one in any_text(), other in any_text()) {
        for kind in [masked::Kind::Id, masked::Kind::Phone, masked::Kind::Text] {
            prop_assert_eq!(masked::compare(kind, &one, &other), masked::compare(kind, &other, &one));
            let itself = masked::compare(kind, &one, &one);
            let possible = matches!(itself, masked::Verdict::Possible { .. });
            prop_assert!(possible);
        }
    }

    #[test]
    fn a_number_may_be_what_it_was_masked_from(body in "8701(19|20)[0-9]{11}[0-9X]", hidden in prop::collection::vec(any::<bool>(), 18)) {
        let masked: String = body.chars().zip(&hidden).map(|(c, hide)| if *hide { '*' } else { c }).collect();
        let verdict = masked::compare(masked::Kind::Id, &masked, &body);
        let known = hidden.iter().filter(|hide| !**hide).count();
        prop_assert_eq!(verdict, masked::Verdict::Possible { known });
    }
}
