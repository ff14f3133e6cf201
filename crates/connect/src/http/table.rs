//! A table of a page as lines of CSV. Ends that pages leave out are put in: of cells, of rows.

use html5gum::{DefaultEmitter, Token, Tokenizer};

use crate::{Fault, Result, spool::Spool};

/// The most columns that one cell may stand for.
const WIDEST: usize = 100;

/// The n-th table of a page, counted from 1 in the order in which tables begin; tables within its cells are text.
pub(super) fn rows(page: &str, nth: u32) -> Result<Vec<Vec<String>>> {
    let mut reader = Reader { wanted: nth, ..Reader::default() };
    let mut emitter = DefaultEmitter::default();
    // What stands in a script or a style is no markup.
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(page, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let span = tag
                    .attributes
                    .get(&b"colspan"[..])
                    .map(|span| String::from_utf8_lossy(span).into_owned());
                reader.start(&tag.name, span.and_then(|span| span.trim().parse().ok()).unwrap_or(1));
            }
            Token::EndTag(tag) => reader.end(&tag.name),
            Token::String(text) => reader.text(&String::from_utf8_lossy(&text)),
            _ => {}
        }
    }
    reader.end_row();
    match reader.begun >= nth {
        true => Ok(reader.rows),
        false => Err(Fault::answer(format!("table: {}", reader.begun), format!("table = {nth}"))),
    }
}

/// Adds the rows; of a further page those that are not its header. The number of rows that are data.
pub(super) fn push(rows: &[Vec<String>], is_first: bool, spool: &mut Spool) -> Result<usize> {
    let data = rows.len().saturating_sub(1);
    let mut lines = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for row in rows.iter().skip(usize::from(!is_first)) {
        lines.write_record(row).map_err(std::io::Error::from)?;
    }
    let lines = lines.into_inner().map_err(|error| std::io::Error::other(error.to_string()))?;
    spool.push_bytes(&lines)?;
    Ok(data)
}

#[derive(Default)]
struct Reader {
    wanted: u32,
    /// Tables that have begun.
    begun: u32,
    /// How many tables are open since the wanted one began; 0 outside of it.
    depth: u32,
    rows: Vec<Vec<String>>,
    row: Vec<String>,
    cell: Option<(String, usize)>,
    /// Within a script or a style.
    is_hidden: bool,
}

impl Reader {
    fn start(&mut self, name: &[u8], span: usize) {
        match name {
            b"table" => {
                self.begun += 1;
                if self.depth > 0 || self.begun == self.wanted {
                    self.depth += 1;
                }
            }
            b"script" | b"style" => self.is_hidden = true,
            b"tr" if self.depth == 1 => self.end_row(),
            b"td" | b"th" if self.depth == 1 => {
                self.end_cell();
                self.cell = Some((String::new(), span.clamp(1, WIDEST)));
            }
            b"br" | b"p" | b"div" | b"li" => self.text(" "),
            _ => {}
        }
    }

    fn end(&mut self, name: &[u8]) {
        match name {
            b"table" if self.depth > 0 => {
                if self.depth == 1 {
                    self.end_row();
                }
                self.depth -= 1;
            }
            b"script" | b"style" => self.is_hidden = false,
            b"tr" if self.depth == 1 => self.end_row(),
            b"td" | b"th" if self.depth == 1 => self.end_cell(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some((cell, _)) = self.cell.as_mut().filter(|_| !self.is_hidden) {
            cell.push_str(text);
        }
    }

    fn end_cell(&mut self) {
        if let Some((text, span)) = self.cell.take() {
            self.row.push(text.split_whitespace().collect::<Vec<_>>().join(" "));
            self.row.extend(std::iter::repeat_n(String::new(), span - 1));
        }
    }

    fn end_row(&mut self) {
        self.end_cell();
        let row = std::mem::take(&mut self.row);
        if row.iter().any(|cell| !cell.is_empty()) {
            self.rows.push(row);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(page: &str, nth: u32) -> Vec<String> {
        rows(page, nth)
            .map_or_else(|fault| vec![fault.found], |rows| rows.iter().map(|row| row.join("|")).collect())
    }

    #[test]
    fn tables_are_read_though_ends_are_left_out() {
        let page = "<table><tr><td>menu</table><table><thead><tr><th>项目<th colspan=2>金额</thead>
            <tr><td>道路&amp;桥 <b>一期</b><td>1,200.50<td>元<script>var x = '<td>';</script></tr>
            <tr><td>a<br>b<td><table><tr><td>inner</table></table>";
        assert_eq!(lines(page, 2), ["项目|金额|", "道路&桥 一期|1,200.50|元", "a b|inner"]);
        assert_eq!(lines(page, 1), ["menu"]);
        assert_eq!(lines(page, 5), ["table: 3"]);
    }
}
