//! How strong a tie is: a number between 0 and 1, a judgement and not a probability. A way of several ties is as strong as
//! the product of theirs. The order of the kinds is what matters: blood and marriage before friendship of books, power over
//! a company before work in it, one account before one address.

use gnomon_kernel::{TieKind, Tier};

/// What remains of a tie that rests on a value which many share.
const SHARED_BY_MANY: f32 = 0.05;
/// What the smallest share is worth; the largest is worth [`WHOLE`].
const LEAST_SHARE: f32 = 0.4;
const WHOLE: f32 = 0.95;

/// How strong a tie of this kind is when it is certain; a shareholder's without a known percentage.
pub fn of_kind(kind: TieKind) -> f32 {
    match kind {
        TieKind::Spouse | TieKind::Operator => 0.95,
        TieKind::Parent | TieKind::LegalRep => 0.9,
        TieKind::Sibling | TieKind::SharedAccount | TieKind::Holding => 0.8,
        TieKind::Grandparent | TieKind::SpouseParent | TieKind::Manager | TieKind::SharedPerson => 0.7,
        TieKind::Shareholder | TieKind::Director => 0.65,
        TieKind::SiblingSpouse | TieKind::SharedPhone | TieKind::SharedEmail => 0.6,
        TieKind::Office | TieKind::Household | TieKind::Kin | TieKind::Supervisor | TieKind::SharedHolder => {
            0.5
        }
        TieKind::FinanceContact | TieKind::Employee => 0.4,
        TieKind::SharedAddress | TieKind::SharedFinanceContact => 0.35,
        TieKind::Award | TieKind::Contract | TieKind::Undertaking => 0.3,
    }
}

/// By how much uncertainty weakens a tie.
pub fn of_tier(tier: Tier) -> f32 {
    match tier {
        Tier::Certain => 1.0,
        Tier::Probable => 0.8,
        Tier::Possible => 0.5,
    }
}

/// The strength of one tie. `share` is in percent.
pub(crate) fn of(kind: TieKind, tier: Tier, share: Option<f64>) -> f32 {
    let by_kind = match share {
        Some(percent) => LEAST_SHARE + (WHOLE - LEAST_SHARE) * (percent.clamp(0.0, 100.0) / 100.0) as f32,
        None => of_kind(kind),
    };
    by_kind * of_tier(tier)
}

/// The strength of a tie in a way for which it is one of many, or not.
pub(crate) fn in_way(strength: f32, many: bool) -> f32 {
    strength * if many { SHARED_BY_MANY } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The search for the strongest way relies on it: a detour is never as strong as no detour.
    #[test]
    fn every_tie_weakens_a_way() {
        for kind in TieKind::ALL {
            for share in [None, Some(0.0), Some(100.0), Some(1e9)] {
                let strength = of(*kind, Tier::Certain, share);
                assert!(strength > 0.0 && strength < 1.0, "{kind:?} {strength}");
                assert!(of(*kind, Tier::Probable, share) < strength);
                assert!(in_way(strength, true) < strength);
            }
        }
        assert!(of(TieKind::Shareholder, Tier::Certain, Some(60.0)) > of_kind(TieKind::Shareholder));
    }
}
