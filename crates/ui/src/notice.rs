//! What was just done, carried from the page that did it to the page that says so.

use std::fmt;

use gnomon_kernel::Lang;

use crate::{
    shell::Tone,
    tr::{self, Argument as _},
};

/// Something that was just done. Its text form fits into a cookie and holds no person's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// Warnings were given to a handler.
    Assigned {
        /// So many were.
        done: u64,
        /// So many were not, because they changed meanwhile.
        failed: u64,
    },
    /// A verdict was written down.
    Verified,
    /// The money to recover was set.
    Disposed,
    /// Money that came back was entered.
    Recovered,
    /// Handed over for review.
    Submitted,
    /// Accepted and closed.
    Closed,
    /// Returned to the handler.
    Returned,
    /// A run was asked for.
    RunAsked,
    /// A connection is to pull out of turn.
    PullAsked,
    /// A file was taken out again.
    Withdrawn,
    /// A layout counts no more.
    LayoutRetired,
    /// Somebody is to be erased.
    ErasureAsked,
    /// A second person agreed.
    ErasureAgreed,
    /// A second person did not.
    ErasureDeclined,
    /// A person's page was opened for a reason.
    ObjectOpened,
    /// A department was asked for data.
    RequestAsked,
    /// A step of a data request was taken.
    RequestStepped,
    /// A ruling about a pair is in force, or no longer.
    PairRuled,
    /// A ruling, or its undoing, waits for a second person.
    PairProposed,
    /// A second person declined.
    PairKept,
    /// A year's declarations were made due.
    KinshipOpened,
    /// A declaration was written down.
    KinshipSaved,
    /// A step of a declaration was taken.
    KinshipStepped,
    /// A unit is to be compared with the registers.
    KinshipCheckAsked,
    /// A unit's list was put together.
    ListAsked,
    /// A list was released.
    ListReleased,
    /// A list was sent back.
    ListReturned,
    /// A file was taken in.
    TakenIn {
        /// Rows taken.
        accepted: u64,
        /// Rows kept back.
        rejected: u64,
    },
}

impl Notice {
    /// Reads the text form back.
    pub fn parse(text: &str) -> Option<Notice> {
        let mut parts = text.split('.');
        let word = parts.next()?;
        let mut number = || parts.next().and_then(|part| part.parse().ok()).unwrap_or_default();
        Some(match word {
            "assigned" => Notice::Assigned { done: number(), failed: number() },
            "verified" => Notice::Verified,
            "disposed" => Notice::Disposed,
            "recovered" => Notice::Recovered,
            "submitted" => Notice::Submitted,
            "closed" => Notice::Closed,
            "returned" => Notice::Returned,
            "run-asked" => Notice::RunAsked,
            "pull-asked" => Notice::PullAsked,
            "withdrawn" => Notice::Withdrawn,
            "layout-retired" => Notice::LayoutRetired,
            "erasure-asked" => Notice::ErasureAsked,
            "erasure-agreed" => Notice::ErasureAgreed,
            "erasure-declined" => Notice::ErasureDeclined,
            "object-opened" => Notice::ObjectOpened,
            "request-asked" => Notice::RequestAsked,
            "request-stepped" => Notice::RequestStepped,
            "pair-ruled" => Notice::PairRuled,
            "pair-proposed" => Notice::PairProposed,
            "pair-kept" => Notice::PairKept,
            "kinship-opened" => Notice::KinshipOpened,
            "kinship-saved" => Notice::KinshipSaved,
            "kinship-stepped" => Notice::KinshipStepped,
            "kinship-check-asked" => Notice::KinshipCheckAsked,
            "list-asked" => Notice::ListAsked,
            "list-released" => Notice::ListReleased,
            "list-returned" => Notice::ListReturned,
            "taken-in" => Notice::TakenIn { accepted: number(), rejected: number() },
            _ => return None,
        })
    }

    /// How it is meant.
    pub fn tone(&self) -> Tone {
        match self {
            Notice::Assigned { failed: 1.., .. } | Notice::TakenIn { rejected: 1.., .. } => Tone::Info,
            _ => Tone::Done,
        }
    }

    /// The sentence.
    pub fn text(&self, lang: Lang) -> String {
        let plain = |key| tr::text(lang, key, &[]);
        let sentence = match self {
            Notice::Assigned { done, failed: 0 } => {
                tr::text(lang, "notice-assigned", &[("count", done.value())])
            }
            Notice::Assigned { done, failed } => tr::text(
                lang,
                "notice-assigned-partly",
                &[("done", done.value()), ("failed", failed.value())],
            ),
            Notice::Verified => plain("notice-verified"),
            Notice::Disposed => plain("notice-disposed"),
            Notice::Recovered => plain("notice-recovered"),
            Notice::Submitted => plain("notice-submitted"),
            Notice::Closed => plain("notice-closed"),
            Notice::Returned => plain("notice-returned"),
            Notice::RunAsked => plain("notice-run-asked"),
            Notice::PullAsked => plain("notice-pull-asked"),
            Notice::Withdrawn => plain("notice-withdrawn"),
            Notice::LayoutRetired => plain("notice-layout-retired"),
            Notice::ErasureAsked => plain("notice-erasure-asked"),
            Notice::ErasureAgreed => plain("notice-erasure-agreed"),
            Notice::ErasureDeclined => plain("notice-erasure-declined"),
            Notice::ObjectOpened => plain("notice-object-opened"),
            Notice::RequestAsked => plain("notice-request-asked"),
            Notice::RequestStepped => plain("notice-request-stepped"),
            Notice::PairRuled => plain("notice-pair-ruled"),
            Notice::PairProposed => plain("notice-pair-proposed"),
            Notice::PairKept => plain("notice-pair-kept"),
            Notice::KinshipOpened => plain("notice-kinship-opened"),
            Notice::KinshipSaved => plain("notice-kinship-saved"),
            Notice::KinshipStepped => plain("notice-kinship-stepped"),
            Notice::KinshipCheckAsked => plain("notice-kinship-check-asked"),
            Notice::ListAsked => plain("notice-list-asked"),
            Notice::ListReleased => plain("notice-list-released"),
            Notice::ListReturned => plain("notice-list-returned"),
            Notice::TakenIn { accepted, rejected: 0 } => {
                tr::text(lang, "notice-taken-in", &[("count", accepted.value())])
            }
            Notice::TakenIn { accepted, rejected } => tr::text(
                lang,
                "notice-taken-in-partly",
                &[("accepted", accepted.value()), ("rejected", rejected.value())],
            ),
        };
        sentence.into_owned()
    }
}

/// `assigned.3.1`.
impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Notice::Assigned { done, failed } => write!(f, "assigned.{done}.{failed}"),
            Notice::Verified => f.write_str("verified"),
            Notice::Disposed => f.write_str("disposed"),
            Notice::Recovered => f.write_str("recovered"),
            Notice::Submitted => f.write_str("submitted"),
            Notice::Closed => f.write_str("closed"),
            Notice::Returned => f.write_str("returned"),
            Notice::RunAsked => f.write_str("run-asked"),
            Notice::PullAsked => f.write_str("pull-asked"),
            Notice::Withdrawn => f.write_str("withdrawn"),
            Notice::LayoutRetired => f.write_str("layout-retired"),
            Notice::ErasureAsked => f.write_str("erasure-asked"),
            Notice::ErasureAgreed => f.write_str("erasure-agreed"),
            Notice::ErasureDeclined => f.write_str("erasure-declined"),
            Notice::ObjectOpened => f.write_str("object-opened"),
            Notice::RequestAsked => f.write_str("request-asked"),
            Notice::RequestStepped => f.write_str("request-stepped"),
            Notice::PairRuled => f.write_str("pair-ruled"),
            Notice::PairProposed => f.write_str("pair-proposed"),
            Notice::PairKept => f.write_str("pair-kept"),
            Notice::KinshipOpened => f.write_str("kinship-opened"),
            Notice::KinshipSaved => f.write_str("kinship-saved"),
            Notice::KinshipStepped => f.write_str("kinship-stepped"),
            Notice::KinshipCheckAsked => f.write_str("kinship-check-asked"),
            Notice::ListAsked => f.write_str("list-asked"),
            Notice::ListReleased => f.write_str("list-released"),
            Notice::ListReturned => f.write_str("list-returned"),
            Notice::TakenIn { accepted, rejected } => write!(f, "taken-in.{accepted}.{rejected}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back_and_has_words() {
        let all = [
            Notice::Assigned { done: 3, failed: 0 },
            Notice::Assigned { done: 3, failed: 1 },
            Notice::Verified,
            Notice::Disposed,
            Notice::Recovered,
            Notice::Submitted,
            Notice::Closed,
            Notice::Returned,
            Notice::RunAsked,
            Notice::PullAsked,
            Notice::Withdrawn,
            Notice::LayoutRetired,
            Notice::ErasureAgreed,
            Notice::ErasureAsked,
            Notice::ErasureDeclined,
            Notice::ObjectOpened,
            Notice::RequestAsked,
            Notice::RequestStepped,
            Notice::KinshipCheckAsked,
            Notice::KinshipOpened,
            Notice::KinshipSaved,
            Notice::KinshipStepped,
            Notice::ListAsked,
            Notice::ListReleased,
            Notice::ListReturned,
            Notice::PairKept,
            Notice::PairProposed,
            Notice::PairRuled,
            Notice::TakenIn { accepted: 5_000, rejected: 0 },
            Notice::TakenIn { accepted: 5_000, rejected: 38 },
        ];
        for notice in all {
            assert_eq!(Notice::parse(&notice.to_string()), Some(notice));
            for lang in Lang::ALL {
                let text = notice.text(lang);
                assert!(!text.starts_with("notice-") && !text.contains('$'), "{text}");
            }
        }
        assert_eq!(Notice::parse("<b>"), None);
    }
}
