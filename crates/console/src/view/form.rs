//! Forms: reading what was typed, and saying what is wrong with it.

use gnomon_app::{Error, Problem};
use gnomon_httpkit::Fields;
use gnomon_kernel::{Code, Day, Lang, Money};
use gnomon_ui::{Filled, error_text, field_expectation, field_label};

/// A day; none when the field is empty.
pub fn day(fields: &Fields, name: &str) -> Result<Option<Day>, Error> {
    match fields.get(name) {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| Error::field(name, Code::Invalid)),
    }
}

/// An amount in yuan.
pub fn money(fields: &Fields, name: &str) -> Result<Money, Error> {
    match fields.get(name) {
        "" => Err(Error::field(name, Code::Missing)),
        text => Money::parse_yuan(text).map_err(|_| Error::field(name, Code::Invalid)),
    }
}

/// The form as it was sent, with what is wrong beside the fields.
pub fn came_back(form: &str, fields: &Fields, error: &Error, lang: Lang) -> Filled {
    let mut filled = Filled { form: form.to_owned(), values: fields.typed(), ..Filled::default() };
    for problem in error.problems() {
        let said = worded(problem, fields, lang);
        let sentence = error_text(lang, said.code, &said.found, &said.expected).into_owned();
        let name = if problem.field == "to" { "assignee" } else { problem.field.as_str() };
        let is_choice = ["assignee", "decision", "verdict"].contains(&name);
        if is_choice || filled.values.contains_key(name) {
            filled.errors.insert(name.to_owned(), sentence);
        } else {
            filled.summary = Some(sentence);
        }
    }
    filled
}

/// A file that was refused as a whole.
pub fn refused_file(error: &Error, lang: Lang) -> Filled {
    let found = match error.code() {
        Code::Missing => field_label(lang, "file").into_owned(),
        _ => error.found().to_owned(),
    };
    let sentence = error_text(lang, error.code(), &found, error.expected()).into_owned();
    Filled {
        form: "upload".to_owned(),
        errors: [("file".to_owned(), sentence)].into(),
        can_confirm: error.code() == Code::MostlyUnfit,
        ..Filled::default()
    }
}

/// The error with the words that its sentence needs.
pub fn said(error: Error, fields: &Fields, lang: Lang) -> Error {
    match error {
        Error::Invalid(problems) => {
            Error::Invalid(problems.iter().map(|problem| worded(problem, fields, lang)).collect())
        }
        other => other,
    }
}

/// A rule knows the field at fault, not what it is called or what was typed.
fn worded(problem: &Problem, fields: &Fields, lang: Lang) -> Problem {
    let Problem { field, code, found, expected } = problem.clone();
    let typed = fields.get(if field == "to" { "assignee" } else { &field });
    let or = |given: String, words: &str| if given.is_empty() { words.to_owned() } else { given };
    let (found, expected) = match code {
        Code::Missing => (or(found, &field_label(lang, &field)), expected),
        _ => (or(found, typed), or(expected, &field_expectation(lang, &field))),
    };
    Problem { field, code, found, expected }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_and_days_are_read_or_named() {
        let fields = Fields::parse(b"sum=1%2C200.50&bad=x&day=2025-11-21&when=yesterday");
        assert_eq!(money(&fields, "sum").unwrap(), Money(120_050));
        assert_eq!(money(&fields, "bad").unwrap_err().code(), Code::Invalid);
        assert_eq!(money(&fields, "none").unwrap_err().code(), Code::Missing);
        assert_eq!(day(&fields, "day").unwrap().unwrap().to_string(), "2025-11-21");
        assert_eq!(day(&fields, "none").unwrap(), None);
        assert_eq!(day(&fields, "when").unwrap_err().problems()[0].field, "when");
    }

    #[test]
    fn a_form_comes_back_with_what_was_typed_and_what_is_wrong() {
        let fields = Fields::parse("to_recover=viel&note=x&csrf=secret".as_bytes());
        let filled = came_back("dispose", &fields, &Error::field("to_recover", Code::Invalid), Lang::En);
        assert_eq!(filled.value("to_recover"), "viel");
        assert!(filled.error("to_recover").unwrap().contains("“viel” cannot be used, an amount"));
        assert_eq!(filled.value("csrf"), "");
        let filled = came_back("submit", &fields, &Error::field("elsewhere", Code::Missing), Lang::En);
        assert!(filled.summary.is_some());
    }
}
