//! Words that a site needs outside of its pages.

use std::borrow::Cow;

use gnomon_kernel::{EntityKind, Lang};

use crate::tr;

/// Yes or no.
pub fn yes_no(lang: Lang, yes: bool) -> Cow<'static, str> {
    tr::text(lang, if yes { "value-yes" } else { "value-no" }, &[])
}

/// What stands between the items of a list.
pub fn comma(lang: Lang) -> Cow<'static, str> {
    tr::text(lang, "comma", &[])
}

/// Headings of the file with rows that were kept back: sheet, line, column, reason, found, expected.
pub fn rejected_headings(lang: Lang) -> [Cow<'static, str>; 6] {
    ["sheet", "rejected-line", "column", "reason", "rejected-found", "rejected-expected"]
        .map(|key| tr::text(lang, key, &[]))
}

/// What a field of a form is called.
pub fn field_label(lang: Lang, field: &str) -> Cow<'static, str> {
    // Fields of a declaration's rows carry the row, those of answers the difference.
    let what = field.split_once('-').map_or(field, |(row, what)| if row == "answer" { row } else { what });
    let key = match what {
        "kin" => "kin-person",
        "kin_name" => "kin-name",
        "relation" => "kin-relation",
        "employer" => "kin-employer",
        "matter" => "kin-matter",
        "detail" => "kin-detail",
        "org_code" => "kin-org-code",
        "org_name" => "kin-org",
        "program_code" => "kin-program",
        "contract_no" => "kin-contract",
        "answer" => "kin-answer",
        "year" => "kin-year",
        "changed_on" => "kin-changed-on",
        "to" | "assignee" => "assign-to",
        "due" => "due",
        "verdict" => "verdict",
        "decision" => "decision",
        "to_recover" => "to-recover-yuan",
        "amount" => "recovered-yuan",
        "day" => "recovered-on",
        "note" => "measure",
        "party" => "parties",
        "file" => "upload-file",
        "w" => "warning",
        "layout" => "layout",
        "purpose" => "request-purpose",
        "basis" => "basis",
        "columns" => "request-columns",
        "models" => "request-models",
        "from" => "request-from",
        "until" => "request-until",
        "link" => "request-link",
        "data" => "data-end",
        "rows" => "hand-rows",
        _ => "reason",
    };
    tr::text(lang, key, &[])
}

/// What a field of a mention is called; `None` for a word that only its dataset knows.
pub fn identity_field(lang: Lang, kind: EntityKind, field: &str) -> Option<Cow<'static, str>> {
    let is_person = kind == EntityKind::Person;
    let key = match field {
        "name" if is_person => "identity-field-name",
        "name" => "identity-field-org-name",
        "given_name" => "identity-field-given-name",
        "surname" => "identity-field-surname",
        "birth_date" => "identity-field-birth-date",
        "sex" => "identity-field-sex",
        "id_no" if is_person => "identity-field-id-no",
        "id_no" => "identity-field-org-no",
        "phone" => "identity-field-phone",
        "mail" => "identity-field-mail",
        "address" => "identity-field-address",
        "postcode" => "identity-field-postcode",
        "household" => "identity-field-household",
        _ => return None,
    };
    Some(tr::text(lang, key, &[]))
}

/// A sex in words, whether it came as a word or as a digit of the national standard; `None` for any other value.
pub fn identity_value(lang: Lang, field: &str, value: &str) -> Option<Cow<'static, str>> {
    let key = match (field, value.to_lowercase().as_str()) {
        ("sex", "male" | "m" | "男" | "1") => "identity-male",
        ("sex", "female" | "f" | "女" | "2") => "identity-female",
        _ => return None,
    };
    Some(tr::text(lang, key, &[]))
}

/// What a field of a form can take; empty where anything goes.
pub fn field_expectation(lang: Lang, field: &str) -> Cow<'static, str> {
    let key = match field {
        "to" | "assignee" | "verdict" | "decision" | "w" | "link" | "data" | "columns" => "expect-choice",
        "due" => "expect-day-to-come",
        "day" => "expect-day-past",
        "from" | "until" => "expect-day",
        "changed_on" => "expect-day-past",
        "to_recover" => "expect-money",
        "amount" => "expect-some-money",
        _ => return Cow::Borrowed(""),
    };
    tr::text(lang, key, &[])
}

/// The column that says what a row of a change file does.
pub fn operation_column(lang: Lang) -> Cow<'static, str> {
    tr::text(lang, "layout-operation", &[])
}

/// Heading and measure of the chart of a warning's amounts by month.
pub fn amounts_by_month(lang: Lang) -> (Cow<'static, str>, Cow<'static, str>) {
    (tr::text(lang, "amounts-by-month", &[]), tr::text(lang, "amount-yuan", &[]))
}
