use chrono::{Datelike, Timelike};
use gnomon_kernel::Day;

use crate::base::{Rng, time};

/// How one file writes its dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateForm {
    /// 2024-03-05
    Dashes,
    /// 2024/3/5
    Slashes,
    /// 20240305
    Compact,
    /// 2024年3月5日
    Han,
}

/// How one file writes its amounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoneyForm {
    /// 1234.50
    Plain,
    /// 1,234.50
    Grouped,
    /// ￥1,234.50
    Sign,
    /// 1234.50元
    Yuan,
}

/// The habits of whoever exported one file.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Dates.
    pub date: DateForm,
    /// Months: 2024-03, 202403, 2024年3月.
    pub month: DateForm,
    /// Amounts.
    pub money: MoneyForm,
}

const DATES: [DateForm; 4] = [DateForm::Dashes, DateForm::Slashes, DateForm::Compact, DateForm::Han];
const MONTHS: [DateForm; 3] = [DateForm::Dashes, DateForm::Compact, DateForm::Han];
const MONEYS: [MoneyForm; 6] = [
    MoneyForm::Plain,
    MoneyForm::Plain,
    MoneyForm::Plain,
    MoneyForm::Grouped,
    MoneyForm::Sign,
    MoneyForm::Yuan,
];

impl Style {
    /// Draws the habits of one file.
    pub fn draw(rng: &mut Rng) -> Style {
        Style {
            date: DATES[rng.index(DATES.len())],
            month: MONTHS[rng.index(MONTHS.len())],
            money: MONEYS[rng.index(MONEYS.len())],
        }
    }

    /// Another form of dates than this file's.
    pub fn other_date(&self, rng: &mut Rng) -> DateForm {
        let other = DATES[rng.index(DATES.len())];
        if other == self.date { DateForm::Dashes } else { other }
    }
}

/// Appends a day.
pub fn push_day(out: &mut String, form: DateForm, day: Day) {
    let (year, month, date) = (day.year() as u64, u64::from(day.month()), u64::from(day.day()));
    push_number(out, year, 4);
    let (between, after, width) = match form {
        DateForm::Dashes => ("-", "", 2),
        DateForm::Slashes => ("/", "", 1),
        DateForm::Compact => ("", "", 2),
        DateForm::Han => ("年", "日", 1),
    };
    out.push_str(between);
    push_number(out, month, width);
    out.push_str(if form == DateForm::Han { "月" } else { between });
    push_number(out, date, width);
    out.push_str(after);
}

/// Appends a day and a time to the second (to the minute with slashes, as a spreadsheet shows it).
pub fn push_moment(out: &mut String, form: DateForm, moment: chrono::NaiveDateTime) {
    push_day(out, if form == DateForm::Slashes { form } else { DateForm::Dashes }, moment.date());
    out.push(' ');
    push_number(out, u64::from(moment.hour()), 2);
    out.push(':');
    push_number(out, u64::from(moment.minute()), 2);
    if form != DateForm::Slashes {
        out.push(':');
        push_number(out, u64::from(moment.second()), 2);
    }
}

/// Appends the month with that index.
pub fn push_month(out: &mut String, form: DateForm, month: i32) {
    let number = time::yyyymm(month) as u64;
    push_number(out, number / 100, 4);
    match form {
        DateForm::Han => {
            out.push('年');
            push_number(out, number % 100, 1);
            out.push('月');
        }
        DateForm::Compact => push_number(out, number % 100, 2),
        DateForm::Dashes | DateForm::Slashes => {
            out.push('-');
            push_number(out, number % 100, 2);
        }
    }
}

/// Appends an amount given in fen.
pub fn push_money(out: &mut String, form: MoneyForm, fen: i64) {
    if form == MoneyForm::Sign {
        out.push('￥');
    }
    if fen < 0 {
        out.push('-');
    }
    let fen = fen.unsigned_abs();
    match form {
        MoneyForm::Plain | MoneyForm::Yuan => push_number(out, fen / 100, 1),
        MoneyForm::Grouped | MoneyForm::Sign => push_grouped(out, fen / 100),
    }
    out.push('.');
    push_number(out, fen % 100, 2);
    if form == MoneyForm::Yuan {
        out.push('元');
    }
}

/// Appends a number with leading zeros up to a width.
pub fn push_number(out: &mut String, number: u64, width: usize) {
    let mut buffer = [b'0'; 20];
    let mut place = buffer.len();
    let mut rest = number;
    while rest > 0 || buffer.len() - place < width.max(1) {
        place -= 1;
        buffer[place] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    out.push_str(std::str::from_utf8(&buffer[place..]).unwrap_or_default());
}

fn push_grouped(out: &mut String, number: u64) {
    if number < 1000 {
        push_number(out, number, 1);
    } else {
        push_grouped(out, number / 1000);
        out.push(',');
        push_number(out, number % 1000, 3);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::time::day;

    #[test]
    fn dates_and_amounts_come_in_their_forms() {
        let forms = DATES.map(|form| {
            let mut out = String::new();
            push_day(&mut out, form, day(2024, 3, 5));
            out
        });
        assert_eq!(forms, ["2024-03-05", "2024/3/5", "20240305", "2024年3月5日"]);
        let amounts = [MoneyForm::Plain, MoneyForm::Grouped, MoneyForm::Sign, MoneyForm::Yuan].map(|form| {
            let mut out = String::new();
            push_money(&mut out, form, 123_456_705);
            out
        });
        assert_eq!(amounts, ["1234567.05", "1,234,567.05", "￥1,234,567.05", "1234567.05元"]);
    }
}
