//! Errors as a person at a terminal reads them.

use std::process::ExitCode;

use gnomon_kernel::{Code, Lang};
use gnomon_library::Problems;

/// Wrong usage that only shows when the library is known: an unknown model, a parameter out of bounds.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Usage(pub String);

/// What went wrong was already said, line by line.
#[derive(Debug, thiserror::Error)]
#[error("failed")]
pub struct Said;

/// Prints an error and gives the exit code: 2 for wrong usage, else 1.
pub fn report(error: &anyhow::Error) -> ExitCode {
    if let Some(problems) = error.downcast_ref::<Problems>() {
        problems_of(&problems.0);
    } else if let Some(error) = error.downcast_ref::<gnomon_app::Error>() {
        eprintln!("{}", sentence(error, language(None)));
        for inner in causes(error) {
            eprintln!("  because: {inner}");
        }
    } else if let Some(error) = error.downcast_ref::<gnomon_resolve::Error>() {
        let place = error.place().map(|place| format!("{place}: ")).unwrap_or_default();
        eprintln!("{place}{}", words(language(None), error.code(), &error.found(), &error.expected()));
    } else if error.downcast_ref::<Said>().is_none() {
        eprintln!("gnomon: {error:#}");
    }
    let usage = error.downcast_ref::<Usage>().is_some()
        || error.downcast_ref::<gnomon_app::Error>().is_some_and(|error| is_usage(error.code()))
        || error.downcast_ref::<gnomon_resolve::Error>().is_some_and(|error| is_usage(error.code()));
    ExitCode::from(if usage { 2 } else { 1 })
}

/// What lies beneath an error, outermost first; what only repeats the one above is left out.
pub fn causes(error: &gnomon_app::Error) -> Vec<String> {
    let mut causes: Vec<String> = Vec::new();
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        let text = inner.to_string();
        if causes.last().is_none_or(|above| !above.ends_with(&text)) {
            causes.push(text);
        }
        source = inner.source();
    }
    causes
}

/// An error in one line, for a list.
pub fn line(error: &anyhow::Error, lang: Lang) -> String {
    match error.downcast_ref::<gnomon_app::Error>() {
        Some(error) => sentence(error, lang),
        None => format!("{error:#}"),
    }
}

fn is_usage(code: Code) -> bool {
    use Code::{
        DatasetUnknown, Invalid, LinkColumnUnknown, LinkRowUnknown, ModelUnknown, ParameterBounds,
        ParameterUnknown,
    };
    matches!(
        code,
        ModelUnknown
            | ParameterUnknown
            | ParameterBounds
            | DatasetUnknown
            | Invalid
            | LinkColumnUnknown
            | LinkRowUnknown
    )
}

/// Prints problems of library files with the place in the text.
pub fn problems_of(problems: &[gnomon_library::Problem]) {
    for problem in problems {
        eprintln!("{:?}", miette::Report::new(problem.clone()));
    }
}

/// One sentence for an error, in a language, with its code.
pub fn sentence(error: &gnomon_app::Error, lang: Lang) -> String {
    match error.problems() {
        [] => words(lang, error.code(), error.found(), error.expected()),
        problems => {
            let each =
                problems.iter().map(|problem| words(lang, problem.code, &problem.found, &problem.expected));
            each.collect::<Vec<_>>().join("\n")
        }
    }
}

/// The sentence for a code.
pub fn words(lang: Lang, code: Code, found: &str, expected: &str) -> String {
    format!("G{} {}", code.number(), gnomon_ui::error_text(lang, code, found, expected))
}

/// The language asked for, else the environment's, else English.
pub fn language(asked: Option<crate::cli::Language>) -> Lang {
    match asked {
        Some(crate::cli::Language::Zh) => Lang::Zh,
        Some(crate::cli::Language::En) => Lang::En,
        None => {
            let from = |name: &str| std::env::var(name).ok().and_then(|tag| Lang::parse(&tag));
            from("GNOMON_LANG").or_else(|| from("LC_ALL")).or_else(|| from("LANG")).unwrap_or(Lang::En)
        }
    }
}
