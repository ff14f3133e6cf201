//! Sentences in which some words are marked: the values that a model matched.

/// A piece of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The words.
    pub text: String,
    /// Whether they are a matched value.
    pub is_value: bool,
}

/// Fills a message such as `{subject} was paid for {months} months` and marks what was filled in. `value` gives the
/// text of a name; a name without a value stays out. Braces that do not close are plain text.
pub fn fill(message: &str, value: impl Fn(&str) -> Option<String>) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut push = |text: &str, is_value: bool| {
        if !text.is_empty() {
            spans.push(Span { text: text.to_owned(), is_value });
        }
    };
    let mut rest = message;
    while let Some((before, behind)) = rest.split_once('{') {
        let Some((name, after)) = behind.split_once('}') else { break };
        push(before, false);
        push(&value(name).unwrap_or_default(), true);
        rest = after;
    }
    push(rest, false);
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(message: &str) -> String {
        let value = |name: &str| (name == "months").then(|| "3".to_owned());
        let mark = |span: &Span| if span.is_value { format!("[{}]", span.text) } else { span.text.clone() };
        fill(message, value).iter().map(mark).collect()
    }

    #[test]
    fn values_are_marked() {
        assert_eq!(filled("paid {months} months"), "paid [3] months");
        assert_eq!(filled("{months}{months}"), "[3][3]");
    }

    #[test]
    fn unknown_names_and_open_braces_do_no_harm() {
        assert_eq!(filled("by {nobody}."), "by .");
        assert_eq!(filled("open {months"), "open {months");
    }
}
