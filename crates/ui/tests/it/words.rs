//! The check of the locales finds what it is there to find.

use gnomon_kernel::{Code, Lang};

#[path = "../../build/locales.rs"]
#[expect(dead_code, reason = "writing source is the build's part")]
mod locales;
#[path = "../../build/uses.rs"]
mod uses;

use locales::{Locale, compare};
use uses::Uses;

fn problems(zh: &str, en: &str, source: &str) -> Vec<String> {
    let locale = |text| {
        let mut locale = Locale::default();
        locale.add("test.ftl", text).unwrap();
        locale
    };
    let mut uses = Uses::default();
    uses.scan("page.html", source);
    compare(&locale(zh), &locale(en), &uses)
}

#[test]
fn what_fits_is_silent() {
    let page = r#"{{ t("hello") }} {{ t2("both", "name", row.name(1, "x"), "count", n) }}"#;
    let both = "hello = a\nboth = { $name } has { $count ->\n    [one] one\n   *[other] { $count }\n}";
    assert_eq!(problems(both, both, page), Vec::<String>::new());
}

#[test]
fn missing_unknown_unused_and_misused_keys_are_found() {
    let find = |zh, en, page: &str| problems(zh, en, page).join("; ");
    assert!(find("a = x", "", r#"t("a")"#).contains("missing"));
    assert!(find("a = x", "a = x", r#"t("a") t("b")"#).contains("not defined"));
    assert!(find("a = x", "a = x", "").contains("nowhere"));
    assert!(find("a = { $n }", "a = x", r#"t1("a", "n", 1)"#).contains("other arguments"));
    assert!(find("a = { $n }", "a = { $n }", r#"t("a")"#).contains("takes"));
    assert!(find("a = { $n }", "a = { $n }", r#"t1("a", "m", 1)"#).contains("takes"));
}

#[test]
fn broken_files_are_found() {
    let mut locale = Locale::default();
    assert!(locale.add("test.ftl", "a = { $n").is_err());
    assert!(locale.add("test.ftl", "b = x\nb = y").is_err());
}

#[test]
fn every_error_code_has_a_sentence_in_both_languages() {
    for code in Code::ALL {
        assert!(gnomon_ui::is_defined(&format!("error-{}", code.word())), "{code}");
        for lang in Lang::ALL {
            let sentence = gnomon_ui::error_text(lang, *code, "FOUND", "EXPECTED");
            assert!(!sentence.contains('{') && !sentence.contains('$'), "{lang:?} {code}: {sentence}");
            assert!(sentence.chars().count() > 5, "{lang:?} {code}: {sentence}");
        }
    }
}
