//! What no register should hold and some delivery does: each must be read in the blink of an eye and do no harm.

use std::time::{Duration, Instant};

use gnomon_kernel::Day;
use gnomon_link::{account, address, document, idno, masked, name, org, phone, plate, region, uscc};

fn corpus() -> Vec<String> {
    let long = |piece: &str, bytes: usize| piece.repeat(bytes / piece.len());
    vec![
        String::new(),
        "\0".to_owned(),
        "🙂🙂🙂".to_owned(),
        "张🙂三".to_owned(),
        "👨‍👩‍👧‍👦".to_owned(),
        "\u{202E}丰三张".to_owned(),
        "张\u{200B}\u{200D}\u{FEFF}三".to_owned(),
        "a\u{301}".repeat(5000),
        "\u{FDFA}".repeat(5000),
        "((((((((".repeat(1000),
        "张".repeat(200_000),
        "' OR 1=1 --".to_owned(),
        "=cmd|' /C calc'!A0".to_owned(),
        "<script>alert(1)</script>".to_owned(),
        "\u{10FFFF}\u{E000}\u{FFFD}".to_owned(),
        "١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦٧٨".to_owned(),
        "９".repeat(18),
        long("9", 10_000_000),
        long("*", 1_000_000),
        long("张三,", 10_000_000),
        long("1单元", 1_000_000),
        long("有限公司", 1_000_000),
    ]
}

#[test]
fn nothing_hangs_or_panics() {
    let today = Day::from_ymd_opt(2026, 11, 22).unwrap();
    for text in corpus() {
        let start = Instant::now();
        let (one, two, three) = (name::parse(&text), org::parse(&text), address::parse(&text));
        name::likeness(&one, &name::parse("张三丰"));
        org::likeness(&two, &org::parse("森和建设有限公司"));
        address::likeness(&three, &address::parse("听雨村3组12号"));
        name::canonical(&text);
        org::canonical(&text);
        masked::compare(masked::Kind::Text, &text, "8701**");
        let refused = [
            idno::canonical(&text, today).is_err(),
            uscc::canonical(&text).is_err(),
            plate::canonical(&text).is_err(),
            region::canonical(&text).is_err(),
            phone::canonical(&text).is_err(),
            document::read(&text, today).is_err(),
        ];
        assert_eq!(refused, [true; 6], "{}", text.chars().take(20).collect::<String>());
        assert!(account::canonical(&text).is_err() || text.chars().count() == 18);
        assert!(start.elapsed() < Duration::from_secs(20), "{}", text.chars().take(20).collect::<String>());
    }
}

#[test]
fn invisible_characters_make_no_other_name() {
    for text in ["张\u{200B}三\u{FEFF}", "\u{202E}张三", "张三\u{200E}", "\u{2067}张三\u{2069}"] {
        let likeness = name::likeness(&name::parse(text), &name::parse("张三"));
        assert_eq!(likeness.level, name::Level::Same, "{}", text.escape_unicode());
    }
}
