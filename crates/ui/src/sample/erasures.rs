use super::{Setting, at};
use crate::form::Filled;
use crate::pages::{ErasureExtent, ErasureRow, ErasureStanding, ErasuresPage};
use crate::shell::Section;

/// Erasures in every state, none, and a form that came back.
pub fn erasure_pages(setting: &Setting) -> Vec<(&'static str, ErasuresPage)> {
    let extent = ErasureExtent {
        rows: vec![
            (setting.words("人口信息", "Population register"), 1),
            (setting.words("养老金发放", "Pension payments"), 36),
        ],
        files: 14,
        lines: 37,
    };
    let row = |number, state| ErasureRow {
        number,
        state,
        person: None,
        ground: setting.words("本人撤回同意，依法应予删除", "Consent withdrawn; the law asks for deletion"),
        declined_because: None,
        held_by: Vec::new(),
        extent: Some(extent.clone()),
        asked_by: setting.words("周岚", "Zhou Lan"),
        asked: at(19, 9, 12),
        answered: Some((setting.words("陆沅", "Lu Yuan"), at(20, 10, 5))),
        done: None,
        can_answer: false,
    };
    let asked = |number| ErasureRow {
        person: Some("870121********002X".to_owned()),
        answered: None,
        can_answer: true,
        ..row(number, ErasureStanding::Asked)
    };
    let some = ErasuresPage {
        shell: setting.shell(Section::Data, "/data/erasures"),
        filled: Filled::default(),
        rows: vec![
            ErasureRow { extent: None, ..asked(6) },
            ErasureRow { held_by: vec!["W-25-000123".to_owned(), "W-25-000140".to_owned()], ..asked(5) },
            asked(4),
            row(3, ErasureStanding::Working),
            ErasureRow {
                declined_because: Some(setting.words("仍在保存期内", "Still within the time of keeping")),
                ..row(2, ErasureStanding::Declined)
            },
            ErasureRow { done: Some(at(20, 10, 9)), ..row(1, ErasureStanding::Done) },
        ],
    };
    let mut filled = Filled { form: "4".to_owned(), ..Filled::default() };
    filled.values.insert("number".to_owned(), "8701".to_owned());
    for (field, zh, en) in [
        ("number", "身份证号应为 18 位或 15 位", "An ID number has 18 or 15 characters"),
        ("reason", "请填写理由", "Give a reason"),
    ] {
        filled.errors.insert(field.to_owned(), setting.words(zh, en));
    }
    let wrong = ErasuresPage { filled, ..some.clone() };
    let none = ErasuresPage { rows: Vec::new(), ..some.clone() };
    vec![("some", some), ("wrong", wrong), ("none", none)]
}
