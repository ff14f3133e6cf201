//! What the linker decided, in words.

use fluent_bundle::FluentValue;
use gnomon_kernel::Lang;

use crate::tr::{self, key};

/// What was decided about a pair of rows.
#[derive(Debug, Clone, Copy)]
pub struct LinkDecision<'a> {
    /// Whether they are one.
    pub together: bool,
    /// The word of the reason, as the linker gives it.
    pub why: &'a str,
    /// Bits before anything is compared.
    pub prior: f32,
    /// Bits of all together.
    pub total: f32,
    /// The probability that they are one.
    pub probability: f32,
}

/// The decision and its reason in a sentence.
pub fn link_decision(lang: Lang, decision: &LinkDecision<'_>) -> String {
    let bits = |bits: f32| FluentValue::from(format!("{bits:.2}"));
    let arguments = [
        ("prior", bits(decision.prior)),
        ("total", bits(decision.total)),
        ("probability", FluentValue::from(format!("{:.4}", decision.probability))),
        ("why", FluentValue::from(tr::text(lang, reason(decision.why), &[]))),
    ];
    tr::text(lang, if decision.together { "linking-same" } else { "linking-apart" }, &arguments).into_owned()
}

/// That a column was mapped to a role which few of its values look like; `share` is of 1.
pub fn link_warning(lang: Lang, column: &str, role: &str, share: f64) -> String {
    let percent = format!("{:.0}%", share * 100.0);
    let arguments = [
        ("column", FluentValue::from(column)),
        ("role", FluentValue::from(role)),
        ("share", FluentValue::from(percent)),
    ];
    tr::text(lang, "linking-warning", &arguments).into_owned()
}

fn reason(word: &str) -> &'static str {
    match word {
        "ruled" => key("linking-why-ruled"),
        "one-number" => key("linking-why-one-number"),
        "probable-number" => key("linking-why-probable-number"),
        "only-the-household" => key("linking-why-only-the-household"),
        "other-name" => key("linking-why-other-name"),
        "shared-number" => key("linking-why-shared-number"),
        "other-number" => key("linking-why-other-number"),
        "branch" => key("linking-why-branch"),
        "same" => key("linking-why-same"),
        "household" => key("linking-why-household"),
        "twins" => key("linking-why-twins"),
        "namesakes" => key("linking-why-namesakes"),
        _ => key("linking-why-strangers"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_is_a_sentence_in_both_languages() {
        let decision =
            LinkDecision { together: false, why: "twins", prior: -12.0, total: -3.456, probability: 0.08351 };
        let english = link_decision(Lang::En, &decision);
        assert_eq!(
            english,
            "prior -12.00 bits, total -3.46 bits, probability 0.0835: not one; they look most like twins of one household."
        );
        assert!(link_decision(Lang::Zh, &decision).contains("更像同一户同日出生的两个人"));
        assert!(link_warning(Lang::En, "home", "phone", 0.031).contains("only 3% of"));
    }
}
