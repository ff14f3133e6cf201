//! Ties in words: what a kind is called, and the sentence that it makes of two parties.

use std::borrow::Cow;

use fluent_bundle::FluentValue;
use gnomon_kernel::{Day, Lang, TieKind, Tier};

use crate::tr;

/// Locale keys of a kind: its name, and its sentence of `first` and `second`.
fn keys(kind: TieKind) -> [&'static str; 2] {
    match kind {
        TieKind::Spouse => ["tie-kind-spouse", "tie-said-spouse"],
        TieKind::Parent => ["tie-kind-parent", "tie-said-parent"],
        TieKind::Sibling => ["tie-kind-sibling", "tie-said-sibling"],
        TieKind::SpouseParent => ["tie-kind-spouse-parent", "tie-said-spouse-parent"],
        TieKind::SiblingSpouse => ["tie-kind-sibling-spouse", "tie-said-sibling-spouse"],
        TieKind::Grandparent => ["tie-kind-grandparent", "tie-said-grandparent"],
        TieKind::Kin => ["tie-kind-kin", "tie-said-kin"],
        TieKind::Household => ["tie-kind-household", "tie-said-household"],
        TieKind::LegalRep => ["tie-kind-legal-rep", "tie-said-legal-rep"],
        TieKind::Shareholder => ["tie-kind-shareholder", "tie-said-shareholder"],
        TieKind::Director => ["tie-kind-director", "tie-said-director"],
        TieKind::Supervisor => ["tie-kind-supervisor", "tie-said-supervisor"],
        TieKind::Manager => ["tie-kind-manager", "tie-said-manager"],
        TieKind::Operator => ["tie-kind-operator", "tie-said-operator"],
        TieKind::Employee => ["tie-kind-employee", "tie-said-employee"],
        TieKind::Office => ["tie-kind-office", "tie-said-office"],
        TieKind::FinanceContact => ["tie-kind-finance-contact", "tie-said-finance-contact"],
        TieKind::Undertaking => ["tie-kind-undertaking", "tie-said-contract"],
        TieKind::Holding => ["tie-kind-holding", "tie-said-holding"],
        TieKind::SharedHolder => ["tie-kind-shared-holder", "tie-said-shared-holder"],
        TieKind::SharedPerson => ["tie-kind-shared-person", "tie-said-shared-person"],
        TieKind::SharedFinanceContact => {
            ["tie-kind-shared-finance-contact", "tie-said-shared-finance-contact"]
        }
        TieKind::SharedAccount => ["tie-kind-shared-account", "tie-said-shared-account"],
        TieKind::SharedPhone => ["tie-kind-shared-phone", "tie-said-shared-phone"],
        TieKind::SharedEmail => ["tie-kind-shared-email", "tie-said-shared-email"],
        TieKind::SharedAddress => ["tie-kind-shared-address", "tie-said-shared-address"],
        TieKind::Award => ["tie-kind-award", "tie-said-award"],
        TieKind::Contract => ["tie-kind-contract", "tie-said-contract"],
    }
}

/// What a kind of tie is called, `shareholder`.
pub fn tie_kind(lang: Lang, kind: TieKind) -> Cow<'static, str> {
    tr::text(lang, keys(kind)[0], &[])
}

/// The sentence of a tie, `A is a shareholder of B`, without what remarks add.
pub(crate) fn said(lang: Lang, kind: TieKind, first: &str, second: &str) -> Cow<'static, str> {
    let parties = [("first", FluentValue::from(first)), ("second", FluentValue::from(second))];
    tr::text(lang, keys(kind)[1], &parties)
}

/// The sentence of a deal, `A won the project “X” of B on 2025-03-04`.
pub(crate) fn deal_said(
    lang: Lang,
    kind: TieKind,
    [first, second]: [&str; 2],
    project: Option<&str>,
    day: Day,
) -> Cow<'static, str> {
    let key = if kind == TieKind::Award { "tie-dated-award" } else { "tie-dated-contract" };
    let project = match project {
        Some(title) => tr::text(lang, "tie-project", &[("title", title.into())]),
        None => tr::text(lang, "tie-some-project", &[]),
    };
    let said = [
        ("first", FluentValue::from(first)),
        ("second", second.into()),
        ("project", project.into()),
        ("day", day.to_string().into()),
    ];
    tr::text(lang, key, &said)
}

/// When a tie holds, `2021-03-01 to 2024-06-30`; nothing where neither day is known.
pub fn tie_period(lang: Lang, from: Option<Day>, until: Option<Day>) -> String {
    let from = from.map(|day| day.to_string());
    let until = until.map(|day| day.to_string());
    let text = match (&from, &until) {
        (Some(from), Some(until)) => {
            let days = [("from", from.as_str().into()), ("until", until.as_str().into())];
            tr::text(lang, "tie-during", &days)
        }
        (Some(from), None) => tr::text(lang, "tie-since", &[("from", from.as_str().into())]),
        (None, Some(until)) => tr::text(lang, "tie-until", &[("until", until.as_str().into())]),
        (None, None) => Cow::Borrowed(""),
    };
    text.into_owned()
}

/// How certain a tie is.
pub fn tie_tier(lang: Lang, tier: Tier) -> Cow<'static, str> {
    let key = match tier {
        Tier::Certain => "tie-certain",
        Tier::Probable => "tie-probable",
        Tier::Possible => "tie-possible",
    };
    tr::text(lang, key, &[])
}

/// A share, `40 %`.
pub(crate) fn percent(lang: Lang, share: f64) -> Cow<'static, str> {
    let share = format!("{share:.2}");
    let share = share.trim_end_matches('0').trim_end_matches('.');
    tr::text(lang, "tie-percent", &[("share", share.into())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_name_and_a_sentence_in_both_languages() {
        for kind in TieKind::ALL {
            assert!(keys(*kind).into_iter().all(tr::is_defined), "{kind:?}");
            for lang in Lang::ALL {
                let sentence = said(lang, *kind, "FIRST", "SECOND");
                assert!(sentence.contains("FIRST") && sentence.contains("SECOND"), "{sentence}");
            }
        }
    }

    #[test]
    fn a_deal_is_told_with_its_day_and_its_project() {
        let day = "2025-03-04".parse().unwrap();
        let said = |lang, kind, project| deal_said(lang, kind, ["A", "B"], project, day);
        let english = "A won the project “X” of B on 2025-03-04";
        assert_eq!(said(Lang::En, TieKind::Award, Some("X")), english);
        assert_eq!(said(Lang::Zh, TieKind::Award, Some("X")), "A 于 2025-03-04 中标 B 的“X”");
        assert_eq!(said(Lang::Zh, TieKind::Contract, None), "A 于 2025-03-04 承接 B 的项目");
    }

    #[test]
    fn shares_and_periods_are_short() {
        let day = |text: &str| text.parse().ok();
        assert_eq!(percent(Lang::En, 40.0), "40 %");
        assert_eq!(percent(Lang::En, 33.33), "33.33 %");
        assert_eq!(tie_period(Lang::En, day("2021-03-01"), None), "since 2021-03-01");
        assert_eq!(tie_period(Lang::Zh, day("2021-03-01"), day("2024-06-30")), "2021-03-01 至 2024-06-30");
        assert_eq!(tie_period(Lang::Zh, None, None), "");
    }
}
