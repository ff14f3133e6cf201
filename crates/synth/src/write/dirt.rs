//! What is wrong with the rows of real files. Everything here either still means the same (blanks, full-width digits,
//! another form of a date) or is an *extra* row that cannot be read, written just before its right version; so no
//! honest fact is ever lost to dirt.

use super::{
    column::{Column, Kind},
    row::{Cell, Raw, Row},
    style::{self, Style},
};
use crate::base::Rng;

/// How dirty a file is, in cases of ten thousand rows.
#[derive(Debug, Clone, Copy)]
pub struct Dirt {
    /// Rows with an oddity that changes nothing.
    pub odd: u32,
    /// Extra rows that cannot be read.
    pub broken: u32,
    /// Rows written twice.
    pub twice: u32,
    /// Rows written again with a slightly different name or amount.
    pub near: u32,
    /// Identity numbers in the old form of 15 digits.
    pub old_ids: u32,
}

impl Dirt {
    /// What monthly lists look like.
    pub const USUAL: Dirt = Dirt { odd: 60, broken: 12, twice: 8, near: 0, old_ids: 0 };
    /// Payment lists, which are typed together from several sources.
    pub const PAYMENTS: Dirt = Dirt { near: 6, ..Dirt::USUAL };
    /// Registers kept since the days of paper.
    pub const OLD: Dirt = Dirt { old_ids: 150, ..Dirt::USUAL };
    /// Exports of systems that check what is typed.
    pub const MACHINE: Dirt = Dirt { odd: 25, broken: 4, twice: 5, near: 0, old_ids: 0 };
    /// Small tables that somebody looked through.
    pub const TIDY: Dirt = Dirt { odd: 40, broken: 0, twice: 0, near: 0, old_ids: 0 };

    pub fn total(self) -> u32 {
        self.odd + self.broken + self.twice + self.near + self.old_ids
    }
}

/// Changes the look of one cell, not its meaning.
pub fn make_odd(row: &mut Row, columns: &[Column], style: &Style, rng: &mut Rng) {
    let index = rng.index(columns.len());
    let cell = row.cell_mut(index);
    if cell.text.is_empty() {
        return;
    }
    match columns[index].kind {
        Kind::Id => odd_id(cell, rng),
        Kind::Name => spread_name(cell, rng),
        Kind::Note => annotate(cell, rng),
        Kind::Text | Kind::Word | Kind::Code | Kind::Account | Kind::Phone => pad(cell, rng),
        Kind::Money => odd_money(cell, rng),
        Kind::Date => odd_date(cell, style, rng),
        Kind::Moment | Kind::Month | Kind::Number => {}
    }
}

fn odd_id(cell: &mut Cell, rng: &mut Rng) {
    match rng.below(4) {
        0 if cell.text.ends_with('X') => cell.text = cell.text.to_lowercase(),
        1 => cell.text = full_width(&cell.text),
        2 => cell.text.insert(6, ' '),
        _ => pad(cell, rng),
    }
}

/// The digits of a text in full width.
pub fn full_width(text: &str) -> String {
    let wide = |c: char| if c.is_ascii_digit() { char::from_u32(c as u32 + 0xFEE0).unwrap_or(c) } else { c };
    text.chars().map(wide).collect()
}

fn spread_name(cell: &mut Cell, rng: &mut Rng) {
    let chars: Vec<char> = cell.text.chars().collect();
    if let (2, true) = (chars.len(), rng.per_mille(700)) {
        cell.text = format!("{}\u{3000}{}", chars[0], chars[1]);
    } else {
        pad(cell, rng);
    }
}

fn annotate(cell: &mut Cell, rng: &mut Rng) {
    let tail = rng.pick(&["，详见附件", ", 已核对", "（\"补\"录）", "\n经手人已签字", "，\"第2联\"，存档"]);
    cell.text.push_str(tail);
}

fn pad(cell: &mut Cell, rng: &mut Rng) {
    match rng.below(4) {
        0 => cell.text.push(' '),
        1 => cell.text.insert(0, ' '),
        2 => cell.text.push('\t'),
        _ => cell.text.push('\u{3000}'),
    }
}

fn odd_money(cell: &mut Cell, rng: &mut Rng) {
    let Raw::Fen(fen) = cell.raw else { return };
    if fen < 0 {
        return;
    }
    let form = [style::MoneyForm::Grouped, style::MoneyForm::Sign, style::MoneyForm::Yuan][rng.index(3)];
    cell.text.clear();
    style::push_money(&mut cell.text, form, fen);
    cell.raw = Raw::Words;
}

fn odd_date(cell: &mut Cell, style: &Style, rng: &mut Rng) {
    let Raw::Serial(serial) = cell.raw else { return };
    let day = crate::base::time::plus(crate::base::time::day(1899, 12, 30), serial as i64);
    cell.text.clear();
    style::push_day(&mut cell.text, style.other_date(rng), day);
    cell.raw = Raw::Words;
}

/// Breaks one required cell so that the row cannot be read. Gives back the cell as it was.
pub fn make_broken(row: &mut Row, columns: &[Column], rng: &mut Rng) -> Option<(usize, Cell)> {
    let required: Vec<usize> = (0..columns.len()).filter(|index| columns[*index].required).collect();
    let index = *required.get(rng.index(required.len()))?;
    let cell = row.cell_mut(index);
    let before = cell.clone();
    cell.raw = Raw::Words;
    match columns[index].kind {
        Kind::Id if rng.per_mille(700) => wrong_check(&mut cell.text, rng),
        Kind::Id if rng.per_mille(500) => _ = cell.text.pop(),
        Kind::Date => cell.text = rng.pick(&["2023-02-30", "2024-13-05", "2023年2月29日"]).to_owned(),
        Kind::Month => cell.text = rng.pick(&["2024-13", "2023年00月"]).to_owned(),
        Kind::Money => cell.text = rng.pick(&["待核", "—", "见附表"]).to_owned(),
        Kind::Moment => cell.text = "2024-02-30 09:15:00".to_owned(),
        _ => cell.text.clear(),
    }
    Some((index, before))
}

fn wrong_check(id: &mut String, rng: &mut Rng) {
    if let Some(check) = id.pop() {
        let right = if check == 'X' { 10 } else { u32::from(check) - u32::from('0') };
        let wrong = (right + 1 + rng.below(10)) % 11;
        id.push(char::from_digit(wrong, 10).unwrap_or('X'));
    }
}

/// Changes one name or amount slightly, as a list typed twice does. Gives back the cell as it was.
pub fn make_near(row: &mut Row, columns: &[Column], rng: &mut Rng) -> Option<(usize, Cell)> {
    let wanted = if rng.per_mille(500) { Kind::Name } else { Kind::Money };
    let index = columns.iter().position(|column| column.kind == wanted)?;
    let cell = row.cell_mut(index);
    let before = cell.clone();
    match cell.raw {
        Raw::Fen(fen) => {
            cell.text.clear();
            style::push_money(&mut cell.text, style::MoneyForm::Plain, fen + 50);
            cell.raw = Raw::Fen(fen + 50);
        }
        _ => {
            let last = cell.text.pop();
            cell.text.push(if last == Some('华') { '英' } else { '华' });
        }
    }
    Some((index, before))
}

/// Writes one identity number in the old form; people born before 1985 had one.
pub fn make_old(row: &mut Row, columns: &[Column]) {
    let Some(index) = columns.iter().position(|column| column.kind == Kind::Id) else { return };
    let text = &mut row.cell_mut(index).text;
    if let Some(old) = old_number(text) {
        *text = old;
    }
}

/// The form of 15 digits of an identity number, of somebody born before 1985.
pub fn old_number(number: &str) -> Option<String> {
    let born: u32 = number.get(6..10)?.parse().ok()?;
    let had_one = (1900..1985).contains(&born) && number.len() == 18;
    had_one.then(|| format!("{}{}", &number[..6], &number[8..17]))
}
