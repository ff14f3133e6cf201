//! Addresses with queries.

use std::fmt::Write as _;

use gnomon_kernel::Level;

use crate::words::State;

/// Percent-encodes a text for a query.
pub fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                encoded.push(char::from(byte))
            }
            _ => {
                let _ = write!(encoded, "%{byte:02X}");
            }
        }
    }
    encoded
}

/// What the inbox shows. The fields are the query parameters of `/warnings`; empty means "all".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InboxFilter {
    /// Only this level.
    pub level: Option<Level>,
    /// Only these states; see [`StateFilter`].
    pub state: StateFilter,
    /// Only models of this pack.
    pub pack: String,
    /// Only this model.
    pub model: String,
    /// Only this region and what lies below it.
    pub region: String,
    /// Only warnings of this person; `none` = of nobody.
    pub handler: String,
    /// Only amounts from this many yuan.
    pub min: String,
    /// Number, subject or last four characters of an identity number.
    pub q: String,
    /// Number of a delivery that the evidence cites.
    pub batch: String,
    /// Where the page begins: what the store gave as the end of the page before.
    pub after: String,
}

/// Which states the inbox shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum StateFilter {
    /// Everything that is neither closed nor withdrawn.
    #[default]
    Open,
    /// Everything.
    All,
    /// One state.
    One(State),
}

impl StateFilter {
    /// All choices, as the filter lists them.
    pub fn all() -> impl Iterator<Item = StateFilter> {
        [StateFilter::Open, StateFilter::All].into_iter().chain(State::ALL.map(StateFilter::One))
    }

    /// The word in the query.
    pub fn as_str(self) -> &'static str {
        match self {
            StateFilter::Open => "open",
            StateFilter::All => "all",
            StateFilter::One(state) => state.as_str(),
        }
    }

    /// Reads the word back; anything else is "open".
    pub fn parse(word: &str) -> StateFilter {
        StateFilter::all().find(|filter| filter.as_str() == word).unwrap_or_default()
    }

    /// Locale key of its name.
    pub fn title(self) -> &'static str {
        match self {
            StateFilter::Open => crate::tr::key("filter-open"),
            StateFilter::All => crate::tr::key("filter-all"),
            StateFilter::One(state) => state.title(),
        }
    }
}

impl InboxFilter {
    /// The same filter for another level, from the first page.
    pub fn with_level(&self, level: Option<Level>) -> InboxFilter {
        InboxFilter { level, after: String::new(), ..self.clone() }
    }

    /// The same filter from behind this row.
    pub fn from(&self, after: &str) -> InboxFilter {
        InboxFilter { after: after.to_owned(), ..self.clone() }
    }

    /// Whether anything but the level is chosen.
    pub fn is_narrowed(&self) -> bool {
        self.with_level(None) != InboxFilter::default()
    }

    /// The address of the inbox with this filter.
    pub fn href(&self) -> String {
        let level = self.level.map_or("", Level::as_str);
        let state = if self.state == StateFilter::Open { "" } else { self.state.as_str() };
        let fields = [
            ("level", level),
            ("state", state),
            ("pack", self.pack.as_str()),
            ("model", &self.model),
            ("region", &self.region),
            ("handler", &self.handler),
            ("min", &self.min),
            ("q", &self.q),
            ("batch", &self.batch),
            ("after", &self.after),
        ];
        address("/warnings", fields)
    }
}

/// What the page of freshness shows. The fields are the query parameters of `/data/freshness`; empty means "all".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FreshnessFilter {
    /// Only datasets of this department, by its Chinese name.
    pub department: String,
    /// Only datasets that are late.
    pub late: bool,
}

impl FreshnessFilter {
    /// The word that `late` takes in the query.
    pub const LATE: &str = "only";

    /// The same department, with what is late or with all.
    pub fn with_late(&self, late: bool) -> FreshnessFilter {
        FreshnessFilter { late, ..self.clone() }
    }

    /// Whether anything is left out.
    pub fn is_narrowed(&self) -> bool {
        *self != FreshnessFilter::default()
    }

    /// The address of the page with this filter.
    pub fn href(&self) -> String {
        let late = if self.late { FreshnessFilter::LATE } else { "" };
        address("/data/freshness", [("department", self.department.as_str()), ("late", late)])
    }
}

/// A path with those fields that are not empty.
pub(crate) fn address<'a>(path: &str, fields: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut href = path.to_owned();
    for (name, value) in fields.into_iter().filter(|(_, value)| !value.is_empty()) {
        href.push(if href.contains('?') { '&' } else { '?' });
        let _ = write!(href, "{name}={}", encode(value));
    }
    href
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_filter_is_the_plain_address() {
        assert_eq!(InboxFilter::default().href(), "/warnings");
        assert!(!InboxFilter::default().with_level(Some(Level::Red)).is_narrowed());
    }

    #[test]
    fn values_are_encoded() {
        let filter = InboxFilter {
            level: Some(Level::Red),
            q: "李 & co".to_owned(),
            state: StateFilter::One(State::InReview),
            ..InboxFilter::default()
        };
        assert_eq!(filter.href(), "/warnings?level=red&state=in_review&q=%E6%9D%8E%20%26%20co");
        assert!(filter.is_narrowed());
    }

    #[test]
    fn the_department_is_kept_when_only_the_late_are_shown() {
        let filter = FreshnessFilter { department: "民政局".to_owned(), late: false };
        assert_eq!(
            filter.with_late(true).href(),
            "/data/freshness?department=%E6%B0%91%E6%94%BF%E5%B1%80&late=only"
        );
        assert_eq!(FreshnessFilter::default().href(), "/data/freshness");
        assert!(filter.is_narrowed() && !FreshnessFilter::default().is_narrowed());
    }

    #[test]
    fn another_level_starts_from_the_first_page() {
        let filter = InboxFilter::default().from("20261121-9");
        assert_eq!(filter.with_level(Some(Level::Blue)).href(), "/warnings?level=blue");
    }
}
