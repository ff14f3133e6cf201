//! What the views of kin, posts, offices, links and deals say of ties.

use gnomon_kernel::{TieKind, Tier, is_organisation_code};
use gnomon_library::tie::{DEALS, KIN, LINKS, OFFICES, POSTS};
use gnomon_link::idno;

/// A view that tells ties. The query returns, in this order: first and second number, the word for what ties them, what
/// else decides what it means, first and last day, percent held, whether many share it, two records, and what it is about.
pub(crate) struct Source {
    pub(crate) view: &'static str,
    pub(crate) sql: &'static str,
    pub(crate) meaning: fn(&Told<'_>) -> Option<Meaning>,
}

pub(crate) static SOURCES: [Source; 5] = [
    Source {
        view: KIN,
        // Each pair stands there twice.
        sql: "select person_id, kin_id, relation, source, valid_from, valid_to, cast(null as double), false, kin_row, via_row, \
              '' as about from v_kin where person_id < kin_id",
        meaning: of_kin,
    },
    Source {
        view: POSTS,
        sql: "select person_id, org_id, role, '' as remark, from_date, to_date, share_pct, false, role_row, \
              cast(null as bigint), '' as about from v_person_org",
        meaning: of_post,
    },
    Source {
        view: OFFICES,
        sql: "select person_id, org_id, 'office', '' as remark, from_date, to_date, cast(null as double), false, office_row, \
              via_row, '' as about from v_office",
        meaning: of_post,
    },
    Source {
        view: LINKS,
        sql: "select org_a, org_b, link_type, link_value, valid_from, valid_to, cast(null as double), agency, a_row, b_row, \
              '' as about from v_org_link",
        meaning: of_link,
    },
    Source {
        view: DEALS,
        sql: "select supplier_id, buyer_id, deal_type, '' as remark, valid_from, valid_to, cast(null as double), false, deal_row, \
              via_row, project from v_deal",
        meaning: of_deal,
    },
];

/// What a row says of two parties.
pub(crate) struct Told<'t> {
    pub(crate) first: &'t str,
    pub(crate) second: &'t str,
    pub(crate) word: &'t str,
    pub(crate) remark: &'t str,
    /// Whether it rests on two records.
    pub(crate) is_derived: bool,
}

/// What a row means.
pub(crate) struct Meaning {
    pub(crate) kind: TieKind,
    pub(crate) tier: Tier,
    /// Whether it is told the other way round.
    pub(crate) is_turned: bool,
}

/// `second` is the `word` of `first`. What registers say is certain; what a person declares waits for a register; a
/// household book that calls somebody an in-law does not say of which generation.
fn of_kin(told: &Told<'_>) -> Option<Meaning> {
    let (kind, is_turned) = match told.word {
        "spouse" => (TieKind::Spouse, false),
        "parent" => (TieKind::Parent, false),
        "child" => (TieKind::Parent, true),
        "sibling" => (TieKind::Sibling, false),
        "spouse_parent" => (TieKind::SpouseParent, false),
        "child_spouse" => (TieKind::SpouseParent, true),
        "sibling_spouse" => (TieKind::SiblingSpouse, false),
        "spouse_sibling" => (TieKind::SiblingSpouse, true),
        "grandparent" => (TieKind::Grandparent, false),
        "grandchild" => (TieKind::Grandparent, true),
        "other" if told.remark == "household" => (TieKind::Household, false),
        "other" => (TieKind::Kin, false),
        _ => return None,
    };
    let by_age = kind == TieKind::SpouseParent && told.remark == "household" && !told.is_derived;
    let tier = match told.remark {
        "marriage" | "birth" => Tier::Certain,
        "household" if !by_age => Tier::Certain,
        "household" | "disclosure" => Tier::Probable,
        _ => Tier::Possible,
    };
    Some(Meaning { kind, tier, is_turned })
}

/// The words are those of the kinds.
fn of_post(told: &Told<'_>) -> Option<Meaning> {
    Some(Meaning { kind: TieKind::parse(told.word)?, tier: Tier::Certain, is_turned: false })
}

/// A person may take on works, of a village above all. Who is neither by the number stays with whoever reads the record.
fn of_deal(told: &Told<'_>) -> Option<Meaning> {
    let kind = match TieKind::parse(told.word)? {
        TieKind::Contract if idno::birth(told.first).is_some() => TieKind::Undertaking,
        kind => Some(kind).filter(|kind| kind.is_deal() && is_organisation_code(told.first))?,
    };
    Some(Meaning { kind, tier: Tier::Certain, is_turned: false })
}

/// A shared number, mail or address may also be a clerk's mistake, or a neighbour's.
fn of_link(told: &Told<'_>) -> Option<Meaning> {
    let (kind, tier) = match told.word {
        "same_person" => (TieKind::SharedPerson, Tier::Certain),
        "same_finance_contact" => (TieKind::SharedFinanceContact, Tier::Certain),
        "shareholding" if [told.first, told.second].contains(&told.remark) => {
            (TieKind::Holding, Tier::Certain)
        }
        "shareholding" => (TieKind::SharedHolder, Tier::Certain),
        "same_account" => (TieKind::SharedAccount, Tier::Probable),
        "same_phone" => (TieKind::SharedPhone, Tier::Probable),
        "same_email" => (TieKind::SharedEmail, Tier::Probable),
        "same_address" => (TieKind::SharedAddress, Tier::Probable),
        _ => return None,
    };
    let is_turned = kind == TieKind::Holding && told.remark == told.second;
    Some(Meaning { kind, tier, is_turned })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told<'t>(word: &'t str, remark: &'t str) -> Told<'t> {
        Told { first: "a", second: "b", word, remark, is_derived: false }
    }

    /// The words are those that the views declare.
    #[test]
    fn every_word_of_the_views_has_a_meaning() {
        let kin = "spouse child parent sibling spouse_parent child_spouse sibling_spouse spouse_sibling grandparent \
                   grandchild other";
        let posts = "legal_rep shareholder director supervisor manager operator employee finance_contact";
        let links =
            "same_person same_phone same_address same_email same_account shareholding same_finance_contact";
        for (source, words) in SOURCES.iter().zip([kin, posts, "office", links, "award contract"]) {
            for word in words.split_whitespace() {
                let told = Told { first: "91870121MA0X01018P", ..told(word, "household") };
                assert!((source.meaning)(&told).is_some(), "{}: {word}", source.view);
            }
        }
    }

    #[test]
    fn what_is_told_the_other_way_round_is_turned() {
        let turned = |meaning: Option<Meaning>| meaning.map(|meaning| (meaning.kind, meaning.is_turned));
        assert_eq!(turned(of_kin(&told("child", "birth"))), Some((TieKind::Parent, true)));
        assert_eq!(turned(of_kin(&told("other", "household"))), Some((TieKind::Household, false)));
        assert_eq!(turned(of_link(&told("shareholding", "a"))), Some((TieKind::Holding, false)));
        assert_eq!(turned(of_link(&told("shareholding", "b"))), Some((TieKind::Holding, true)));
        assert_eq!(turned(of_link(&told("shareholding", "c"))), Some((TieKind::SharedHolder, false)));
        assert!(of_kin(&told("friend", "birth")).is_none());
    }

    #[test]
    fn a_contractor_is_an_organisation_or_a_person_or_left_out() {
        let kind = |first, word| of_deal(&Told { first, ..told(word, "") }).map(|meaning| meaning.kind);
        assert_eq!(kind("91870121MA0X01018P", "contract"), Some(TieKind::Contract));
        assert_eq!(kind("870121198506140322", "contract"), Some(TieKind::Undertaking));
        assert_eq!(kind("870121198506140322", "award"), None, "tenders are won by organisations");
        assert_eq!(kind("MA0X01018", "contract"), None, "an old code of an organisation is no person");
    }

    #[test]
    fn only_registers_are_certain() {
        let tier = |word, remark| of_kin(&told(word, remark)).map(|meaning| meaning.tier);
        assert_eq!(tier("spouse", "marriage"), Some(Tier::Certain));
        assert_eq!(tier("spouse", "disclosure"), Some(Tier::Probable));
        assert_eq!(tier("spouse_parent", "household"), Some(Tier::Probable));
        assert_eq!(tier("spouse", "report"), Some(Tier::Possible));
        assert_eq!(of_link(&told("same_phone", "1")).map(|meaning| meaning.tier), Some(Tier::Probable));
    }
}
