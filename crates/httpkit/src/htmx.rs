//! How htmx 4 asks.

use axum::http::HeaderMap;

/// What the browser will do with the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Htmx {
    /// Show it as a page of its own. Also when it goes back in its history, whatever else the headers say.
    #[default]
    Page,
    /// Put it into a part of the page that is there.
    Part,
}

impl Htmx {
    /// Reads the request's headers.
    pub(crate) fn of(headers: &HeaderMap) -> Htmx {
        let says = |name: &str, word: &str| headers.get(name).is_some_and(|value| value == word);
        let is_part = says("hx-request", "true")
            && !says("hx-request-type", "full")
            && !says("hx-history-restore-request", "true");
        if is_part { Htmx::Part } else { Htmx::Page }
    }

    /// Whether only a part of a page is wanted.
    pub fn is_part(self) -> bool {
        self == Htmx::Part
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(pairs: &[(&'static str, &'static str)]) -> Htmx {
        let pairs = pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
        Htmx::of(&pairs.collect())
    }

    #[test]
    fn only_a_swap_gets_a_part() {
        assert_eq!(asked(&[]), Htmx::Page);
        assert_eq!(asked(&[("hx-request", "true"), ("hx-request-type", "partial")]), Htmx::Part);
        assert_eq!(asked(&[("hx-request", "true"), ("hx-request-type", "full")]), Htmx::Page);
        assert_eq!(asked(&[("hx-request", "true"), ("hx-history-restore-request", "true")]), Htmx::Page);
    }
}
