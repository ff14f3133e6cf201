//! Addresses of the catalogue, of the desk of what was kept back and of the desk of identities.

use crate::query::address;
use crate::tr::key;

/// What the catalogue shows. The fields are the query parameters of `/data`; empty means "all".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DataFilter {
    /// Words of key, title or department; all of them must be found.
    pub q: String,
    /// Only datasets of this department, by its Chinese name.
    pub department: String,
    /// Only datasets that are handled so carefully, by the word of dataset files.
    pub sensitivity: String,
    /// Only datasets that stand there, by the word of [`crate::Standing`].
    pub freshness: String,
    /// Only datasets with at least so many rows.
    pub rows: String,
    /// Only datasets that at least so many models read.
    pub models: String,
}

impl DataFilter {
    /// The choices of rows.
    pub const ROWS: [u64; 4] = [1, 10_000, 100_000, 1_000_000];
    /// The choices of models.
    pub const MODELS: [u64; 4] = [1, 2, 5, 10];

    /// Only what has data.
    pub fn with_data() -> DataFilter {
        DataFilter { rows: DataFilter::ROWS[0].to_string(), ..DataFilter::default() }
    }

    /// Whether anything is left out.
    pub fn is_narrowed(&self) -> bool {
        *self != DataFilter::default()
    }

    /// The address of the catalogue with this filter.
    pub fn href(&self) -> String {
        let fields = [
            ("q", self.q.as_str()),
            ("department", &self.department),
            ("sensitivity", &self.sensitivity),
            ("freshness", &self.freshness),
            ("rows", &self.rows),
            ("models", &self.models),
        ];
        address("/data", fields)
    }
}

/// What the desk shows. The fields are the query parameters of `/data/quarantine`; empty means "all".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HeldFilter {
    /// Only this dataset, by its key.
    pub dataset: String,
    /// Only datasets of this department, by its Chinese name.
    pub department: String,
    /// Only this reason, by its word.
    pub reason: String,
    /// Only what came at least so many days ago.
    pub days: String,
}

impl HeldFilter {
    /// The choices of days.
    pub const DAYS: [u64; 4] = [3, 7, 30, 90];

    /// Whether anything is left out.
    pub fn is_narrowed(&self) -> bool {
        *self != HeldFilter::default()
    }

    /// The address of the desk with this filter.
    pub fn href(&self) -> String {
        let fields = [
            ("dataset", self.dataset.as_str()),
            ("department", &self.department),
            ("reason", &self.reason),
            ("days", &self.days),
        ];
        address("/data/quarantine", fields)
    }
}

/// What the desk of identities shows. The fields are the query parameters of `/data/identities`; empty means "all", and for
/// `shown` "what is to be looked at".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IdentityFilter {
    /// Which pairs, by the word of [`IdentityFilter::SHOWN`].
    pub shown: String,
    /// Persons or organisations only.
    pub kind: String,
    /// Only one tier.
    pub tier: String,
    /// Only pairs that touch an open warning, or only those that touch none.
    pub touched: String,
    /// Beginning of a name, or a number.
    pub q: String,
    /// The page, counted from 0.
    pub page: u64,
}

impl IdentityFilter {
    /// Which pairs can be shown: word and locale key.
    pub const SHOWN: [(&str, &str); 3] = [
        ("", key("identity-shown-to-do")),
        (IdentityFilter::RULED, key("identity-shown-ruled")),
        (IdentityFilter::ALL, key("filter-all")),
    ];
    /// The word for those with a ruling in force.
    pub const RULED: &str = "ruled";
    /// The word for all.
    pub const ALL: &str = "all";
    /// The word for those that touch an open warning.
    pub const TOUCHED: &str = "yes";
    /// The word for those that touch none.
    pub const UNTOUCHED: &str = "no";

    /// The same filter for other pairs, from the first page.
    pub fn with_shown(&self, shown: &str) -> IdentityFilter {
        IdentityFilter { shown: shown.to_owned(), page: 0, ..self.clone() }
    }

    /// Another page.
    pub fn with_page(&self, page: u64) -> IdentityFilter {
        IdentityFilter { page, ..self.clone() }
    }

    /// The same pairs, nothing left out.
    pub fn plain(&self) -> IdentityFilter {
        IdentityFilter { shown: self.shown.clone(), ..IdentityFilter::default() }
    }

    /// Whether anything but which pairs is chosen.
    pub fn is_narrowed(&self) -> bool {
        self.with_page(0) != self.plain()
    }

    /// The address of the desk with this filter.
    pub fn href(&self) -> String {
        let page = if self.page == 0 { String::new() } else { self.page.to_string() };
        let fields = [
            ("shown", self.shown.as_str()),
            ("kind", &self.kind),
            ("tier", &self.tier),
            ("touched", &self.touched),
            ("q", &self.q),
            ("page", &page),
        ];
        address("/data/identities", fields)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_are_their_addresses() {
        let filter =
            DataFilter { q: "民政 death".to_owned(), models: "2".to_owned(), ..DataFilter::with_data() };
        assert_eq!(filter.href(), "/data?q=%E6%B0%91%E6%94%BF%20death&rows=1&models=2");
        assert_eq!(DataFilter::default().href(), "/data");
        assert!(filter.is_narrowed() && !DataFilter::default().is_narrowed());
        let held =
            HeldFilter { reason: "id-check".to_owned(), days: "7".to_owned(), ..HeldFilter::default() };
        assert_eq!(held.href(), "/data/quarantine?reason=id-check&days=7");
        assert!(held.is_narrowed() && !HeldFilter::default().is_narrowed());
        let pairs = IdentityFilter { tier: "probable".to_owned(), ..IdentityFilter::default() };
        assert_eq!(pairs.with_page(2).href(), "/data/identities?tier=probable&page=2");
        assert_eq!(pairs.with_page(2).with_shown("all").href(), "/data/identities?shown=all&tier=probable");
        assert_eq!(pairs.with_shown("all").plain().href(), "/data/identities?shown=all");
        assert!(pairs.is_narrowed() && !pairs.plain().with_page(3).is_narrowed());
    }
}
