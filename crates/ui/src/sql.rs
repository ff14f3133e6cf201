//! A model's SQL as it is shown: keywords told apart, parameters replaced by their marked values.

/// What a piece of SQL is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SqlKind {
    /// Names, signs, blanks, literals.
    Plain,
    /// A reserved word.
    Keyword,
    /// A comment.
    Comment,
    /// The value of a parameter.
    Value,
}

/// A piece of SQL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SqlSpan {
    /// What it is.
    pub kind: SqlKind,
    /// The text to show.
    pub text: String,
    /// The parameter's name, for a value.
    pub parameter: Option<String>,
}

const KEYWORDS: &[&str] = &[
    "and",
    "as",
    "asc",
    "between",
    "by",
    "case",
    "cast",
    "coalesce",
    "count",
    "cross",
    "date",
    "desc",
    "distinct",
    "else",
    "end",
    "except",
    "exists",
    "false",
    "filter",
    "from",
    "full",
    "group",
    "having",
    "in",
    "inner",
    "intersect",
    "interval",
    "is",
    "join",
    "lateral",
    "left",
    "like",
    "limit",
    "max",
    "min",
    "not",
    "null",
    "on",
    "or",
    "order",
    "outer",
    "over",
    "partition",
    "right",
    "select",
    "sum",
    "then",
    "true",
    "union",
    "unnest",
    "using",
    "values",
    "when",
    "where",
    "with",
    "within",
];

/// Cuts the SQL of a model file into pieces. `value` gives what stands for `$name`; a parameter without a value stays
/// as it is written.
pub fn spans(sql: &str, value: impl Fn(&str) -> Option<String>) -> Vec<SqlSpan> {
    let mut spans: Vec<SqlSpan> = Vec::new();
    let mut rest = sql.trim_end();
    while let Some(first) = rest.chars().next() {
        let (kind, length) = piece(rest, first);
        let (text, behind) = rest.split_at(length);
        rest = behind;
        let bound = text.strip_prefix('$').and_then(|name| Some((name, value(name)?)));
        match (bound, spans.last_mut()) {
            (Some((name, text)), _) => {
                spans.push(SqlSpan { kind: SqlKind::Value, text, parameter: Some(name.to_owned()) });
            }
            (None, Some(last)) if last.kind == SqlKind::Plain && kind == SqlKind::Plain => {
                last.text.push_str(text)
            }
            (None, _) => spans.push(SqlSpan { kind, text: text.to_owned(), parameter: None }),
        }
    }
    spans
}

/// Kind and length in bytes of the piece at the beginning of `rest`.
fn piece(rest: &str, first: char) -> (SqlKind, usize) {
    let run = |from: usize, inside: fn(char) -> bool| {
        from + rest[from..].find(|letter| !inside(letter)).unwrap_or(rest.len() - from)
    };
    let word = |letter: char| letter.is_alphanumeric() || letter == '_';
    match first {
        '-' if rest.starts_with("--") => (SqlKind::Comment, rest.find('\n').unwrap_or(rest.len())),
        '\'' => (SqlKind::Plain, rest[1..].find('\'').map_or(rest.len(), |end| end + 2)),
        '$' => (SqlKind::Plain, run(1, word)),
        letter if word(letter) => {
            let length = run(0, word);
            let known = KEYWORDS.binary_search(&rest[..length].to_ascii_lowercase().as_str()).is_ok();
            (if known { SqlKind::Keyword } else { SqlKind::Plain }, length)
        }
        letter => (SqlKind::Plain, letter.len_utf8()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_are_sorted() {
        assert!(KEYWORDS.is_sorted());
    }

    #[test]
    fn parameters_become_marked_values() {
        let spans =
            spans("select x from t where m > $months", |name| (name == "months").then(|| "36".to_owned()));
        let last = spans.last().unwrap();
        assert_eq!((last.kind, last.text.as_str()), (SqlKind::Value, "36"));
        assert_eq!(last.parameter.as_deref(), Some("months"));
        assert_eq!(spans[0], SqlSpan { kind: SqlKind::Keyword, text: "select".to_owned(), parameter: None });
    }

    #[test]
    fn nothing_is_lost_and_literals_hold_no_keywords() {
        let sql = "select '从 select $x' as 标题 -- from $x\nfrom t where $unknown";
        let shown: String = spans(sql, |_| None).into_iter().map(|span| span.text).collect();
        assert_eq!(shown, sql);
        let keywords: Vec<_> = spans(sql, |_| Some("1".to_owned()))
            .into_iter()
            .filter(|span| span.kind == SqlKind::Keyword)
            .map(|span| span.text)
            .collect();
        assert_eq!(keywords, ["select", "as", "from", "where"]);
    }
}
