//! The statements of one reading. Cells come as text, made by the source itself: a decimal loses no digit.

/// What the query is called in statements. The watermark is named with it: a bare name in `order by` would mean the text
/// that was made of the column, and texts have another order than numbers.
const ROWS: &str = "gnomon_rows";

/// How the rows of a query are asked for.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    /// The query, as a part of others.
    pub query: String,
    /// Names of its columns.
    pub names: Vec<String>,
    /// Each column as text.
    pub cells: Vec<String>,
    /// The watermark.
    pub mark: Option<Mark>,
}

/// The watermark in statements.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    /// The column.
    pub column: String,
    /// The column as the text from which `place` makes the very same value.
    pub text: String,
    /// The place for a value.
    pub place: String,
}

impl Plan {
    /// All rows.
    pub fn all(&self) -> String {
        self.select("")
    }

    /// Some rows, the lowest first where there is an order.
    pub fn first(&self, limit: u32) -> String {
        match &self.mark {
            Some(Mark { column, .. }) => self.select(&format!(
                " where {ROWS}.{column} is not null order by {ROWS}.{column} limit {limit}"
            )),
            None => self.select(&format!(" limit {limit}")),
        }
    }

    /// The lowest rows above a value.
    pub fn after(&self, mark: &Mark, limit: u32) -> String {
        let Mark { column, place, .. } = mark;
        self.select(&format!(" where {ROWS}.{column} > {place} order by {ROWS}.{column} limit {limit}"))
    }

    /// The rows that have a value.
    pub fn at(&self, mark: &Mark) -> String {
        let Mark { column, place, .. } = mark;
        self.select(&format!(" where {ROWS}.{column} = {place}"))
    }

    /// Counts the rows that have no watermark; `None` where there is none to have.
    pub fn unmarked(&self) -> Option<String> {
        let column = &self.mark.as_ref()?.column;
        Some(format!("select count(*) from {} where {ROWS}.{column} is null", self.source()))
    }

    fn select(&self, rest: &str) -> String {
        let mark = self.mark.as_ref().map_or("null", |mark| &mark.text);
        format!("select {mark}, {} from {}{rest}", self.cells.join(", "), self.source())
    }

    /// A comment at the end of the query ends with its line.
    fn source(&self) -> String {
        format!("({}\n) {ROWS}", self.query)
    }
}

/// A name in quotes, as the standard has it.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
