//! One cell as a value of its column's type, or the fault that keeps its row out.

use std::borrow::Cow;

use chrono::{Datelike as _, NaiveDate, NaiveDateTime};
use gnomon_kernel::{Code, Day, Month};
use gnomon_library::column::{Column, ColumnType};
use gnomon_link as link;
use rust_decimal::{Decimal, RoundingStrategy, prelude::ToPrimitive};

/// The longest text a cell may hold, in characters.
pub const MAX_TEXT: usize = 10_000;

/// A checked cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing.
    Null,
    /// Text, canonical for its type.
    Text(String),
    /// A whole number: a count, a year, `YYYYMM`, fen.
    Whole(i64),
    /// A number.
    Number(f64),
    /// Days since 1970-01-01.
    Day(i32),
    /// Microseconds since 1970-01-01, local time.
    Micros(i64),
    /// Yes or no.
    Bool(bool),
    /// Several texts.
    List(Vec<String>),
}

/// Why a cell is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub code: Code,
    /// What was expected, where the code alone does not say.
    pub expected: String,
}

impl From<Code> for Fault {
    fn from(code: Code) -> Self {
        Self { code, expected: String::new() }
    }
}

/// Reads one cell. `wan` says that money is in ten thousand yuan; `today` bounds birthdays and days.
pub fn read(column: &Column, text: &str, wan: bool, today: Day) -> Result<Value, Fault> {
    let text = trimmed(text);
    if is_nothing(text) {
        return if column.required { Err(Code::Empty.into()) } else { Ok(Value::Null) };
    }
    if text.len() > MAX_TEXT && text.chars().count() > MAX_TEXT {
        return Err(Fault { code: Code::TextLength, expected: format!("at most {MAX_TEXT} characters") });
    }
    let owned = |result: Result<String, Code>| result.map(Value::Text).map_err(Fault::from);
    match column.ty {
        ColumnType::Idno => owned(link::idno::canonical(text, today)),
        ColumnType::Uscc => owned(link::orgcode::of_organisation(text)),
        ColumnType::Party => owned(link::party::canonical(text, today)),
        ColumnType::Name => Ok(Value::Text(link::name::canonical(text))),
        ColumnType::Region => owned(link::region::canonical(text)),
        ColumnType::Phone => owned(link::phone::canonical(text)),
        ColumnType::Bankacct => owned(link::account::canonical(text)),
        ColumnType::Plate => owned(link::plate::canonical(text)),
        ColumnType::Code => Ok(Value::Text(link::fold_code(text).into_owned())),
        ColumnType::Text | ColumnType::PartyName => Ok(Value::Text(text.to_owned())),
        ColumnType::Hash => hash(text),
        ColumnType::Geo => geo(text),
        ColumnType::Date => day(text, today).map(|day| Value::Day(day_number(day))),
        ColumnType::Datetime => datetime(text, today),
        ColumnType::Month => month(text).map(|month| Value::Whole(i64::from(month.number()))),
        ColumnType::Year => whole(text).and_then(|year| within(year, 1880, 2100)),
        ColumnType::Int => whole(text).map(Value::Whole),
        ColumnType::Dec => number(text).map(Value::Number),
        ColumnType::Pct => percent(text),
        ColumnType::Money => money(column, text, wan).map(Value::Whole),
        ColumnType::Bool => yes_or_no(text),
        ColumnType::List => {
            let items = text.split(['|', '、', ';', '；']).map(str::trim).filter(|item| !item.is_empty());
            Ok(Value::List(items.map(|item| list_item(item, today)).collect()))
        }
        ColumnType::Enum => word(column, text),
    }
}

fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200D}' | '\u{FEFF}'))
}

/// An empty cell, or what departments write for "nothing".
pub(crate) fn is_nothing(text: &str) -> bool {
    matches!(
        trimmed(text),
        "" | "-" | "--" | "—" | "——" | "/" | "\\" | "无" | "NULL" | "null" | "N/A" | "#N/A"
    )
}

/// Lists hold numbers of persons, codes of organisations, or words; what is a valid number is made canonical.
fn list_item(item: &str, today: Day) -> String {
    let number = link::idno::canonical(item, today).or_else(|_| link::uscc::canonical(item));
    number.unwrap_or_else(|_| link::fold_code(item).into_owned())
}

fn hash(text: &str) -> Result<Value, Fault> {
    let lower = text.to_ascii_lowercase();
    let hex = lower.len() == 64 && lower.bytes().all(|b| b.is_ascii_hexdigit());
    if hex {
        Ok(Value::Text(lower))
    } else {
        Err(Fault { code: Code::Invalid, expected: "SHA-256".to_owned() })
    }
}

fn geo(text: &str) -> Result<Value, Fault> {
    let wrong = || Fault { code: Code::Number, expected: "120.123456,30.123456".to_owned() };
    let (lon, lat) = text.split_once([',', '，', ' ']).ok_or_else(wrong)?;
    let read = |part: &str| part.trim().parse::<f64>().map_err(|_| wrong());
    let (lon, lat) = (read(lon)?, read(lat)?);
    if (-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat) {
        Ok(Value::Text(format!("{lon:.6},{lat:.6}")))
    } else {
        Err(Code::NumberRange.into())
    }
}

/// Half-width digits and signs; borrows when they already are.
fn plain(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { Cow::Borrowed(text) } else { link::fold_text(text).into() }
}

/// A day in one of the forms departments write: `2024-03-05`, `2024/3/5`, `2024.3.5`, `20240305`, `2024年3月5日`, and the
/// serial number of a spreadsheet.
fn day(text: &str, today: Day) -> Result<Day, Fault> {
    let text = plain(text);
    let date = text.split([' ', 't', 'T']).next().unwrap_or_default();
    let found = calendar_day(date).ok_or(Fault { code: Code::Date, expected: "2024-03-05".to_owned() })?;
    in_range(found, today)
}

fn in_range(day: Day, today: Day) -> Result<Day, Fault> {
    // Nearly all days are; the exact end is worked out for the others only.
    if (1880..today.year() + 50).contains(&day.year()) {
        return Ok(day);
    }
    let first = Day::from_ymd_opt(1880, 1, 1).unwrap_or(Day::MIN);
    let last = today.checked_add_months(chrono::Months::new(50 * 12)).unwrap_or(Day::MAX);
    if (first..=last).contains(&day) {
        Ok(day)
    } else {
        Err(Fault { code: Code::DateRange, expected: format!("{first} – {last}") })
    }
}

fn calendar_day(date: &str) -> Option<Day> {
    if date.bytes().all(|b| b.is_ascii_digit()) {
        return match date.len() {
            8 => {
                Day::from_ymd_opt(date[..4].parse().ok()?, date[4..6].parse().ok()?, date[6..].parse().ok()?)
            }
            5 => serial_day(date.parse().ok()?),
            _ => None,
        };
    }
    let mut parts = date.split(['-', '/', '.', '年', '月', '日']).filter(|part| !part.is_empty());
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if year.len() != 4 || parts.next().is_some() {
        return None;
    }
    Day::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// Spreadsheets count days from 1900-01-01 = 1 and believe in a 29 February 1900.
fn serial_day(serial: i64) -> Option<Day> {
    let base = Day::from_ymd_opt(1899, 12, 30)?;
    base.checked_add_signed(chrono::TimeDelta::days(serial))
}

/// Days since 1970-01-01.
fn day_number(day: Day) -> i32 {
    i32::try_from(day.signed_duration_since(NaiveDate::default()).num_days()).unwrap_or(i32::MAX)
}

fn datetime(text: &str, today: Day) -> Result<Value, Fault> {
    const FORMS: [&str; 6] = [
        // A fraction of a second may follow, as databases write it.
        "%Y-%m-%d %H:%M:%S%.f",
        "%Y-%m-%dT%H:%M:%S%.f",
        "%Y/%m/%d %H:%M:%S",
        "%Y-%m-%d %H:%M",
        "%Y/%m/%d %H:%M",
        "%Y%m%d%H%M%S",
    ];
    let parsed = FORMS.iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok());
    let time = match parsed {
        Some(time) => in_range(time.date(), today).map(|_| time)?,
        None => {
            let wrong = Fault { code: Code::Date, expected: "2024-03-05 08:30:00".to_owned() };
            let midnight = day(text, today)
                .map_err(|fault| if fault.code == Code::Date { wrong.clone() } else { fault })?;
            // A clock that cannot be read is a fault, not midnight.
            if text.contains(':') {
                return Err(wrong);
            }
            midnight.and_hms_opt(0, 0, 0).ok_or(wrong)?
        }
    };
    Ok(Value::Micros(time.and_utc().timestamp_micros()))
}

fn month(text: &str) -> Result<Month, Fault> {
    let text = plain(text);
    let wrong = || Fault { code: Code::Month, expected: "2024-03".to_owned() };
    let digits: Vec<&str> = text.split(['-', '/', '.', '年', '月']).filter(|part| !part.is_empty()).collect();
    let number = match digits.as_slice() {
        [one] if one.len() == 6 => one.parse().ok(),
        [one] if one.len() == 8 => {
            calendar_day(one).and_then(|day| day.format("%Y%m").to_string().parse().ok())
        }
        [year, month] | [year, month, _] if year.len() == 4 && month.len() <= 2 => {
            let year: Option<i32> = year.parse().ok();
            year.zip(month.parse::<i32>().ok()).map(|(year, month)| year * 100 + month)
        }
        _ => None,
    };
    number.and_then(Month::new).ok_or_else(wrong)
}

fn whole(text: &str) -> Result<i64, Fault> {
    let text = plain(text).replace(',', "");
    let text = text.strip_suffix(".0").or_else(|| text.strip_suffix(".00")).unwrap_or(&text);
    text.parse().map_err(|_| Fault { code: Code::Number, expected: "123".to_owned() })
}

fn within(n: i64, min: i64, max: i64) -> Result<Value, Fault> {
    if (min..=max).contains(&n) {
        Ok(Value::Whole(n))
    } else {
        Err(Fault { code: Code::NumberRange, expected: format!("{min} – {max}") })
    }
}

fn number(text: &str) -> Result<f64, Fault> {
    let text = plain(text).replace(',', "");
    let parsed: Option<f64> = text.parse().ok();
    parsed.filter(|x| x.is_finite()).ok_or(Fault { code: Code::Number, expected: "12.5".to_owned() })
}

fn percent(text: &str) -> Result<Value, Fault> {
    let folded = plain(text);
    let share = number(folded.strip_suffix('%').unwrap_or(&folded))?;
    if (0.0..=100.0).contains(&share) {
        Ok(Value::Number(share))
    } else {
        Err(Fault { code: Code::NumberRange, expected: "0 – 100".to_owned() })
    }
}

/// An amount in fen. Takes thousands separators, `¥`, `元`, `万元`, full width, a minus or brackets for reversals; more than
/// two decimals are rounded half away from zero.
fn money(column: &Column, text: &str, wan: bool) -> Result<i64, Fault> {
    let wrong = || Fault { code: Code::Money, expected: "1,234.56".to_owned() };
    let folded = plain(text);
    let mut digits: String = folded.chars().filter(|c| !matches!(c, ',' | '，' | '¥' | '￥' | ' ')).collect();
    let mut wan = wan;
    for (suffix, is_wan) in [("万元", true), ("万", true), ("元", false)] {
        if let Some(rest) = digits.strip_suffix(suffix) {
            wan |= is_wan;
            digits = rest.to_owned();
            break;
        }
    }
    let reversed = digits.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let (digits, sign) = match reversed {
        Some(inner) => (inner, Decimal::NEGATIVE_ONE),
        None => (digits.as_str(), Decimal::ONE),
    };
    let yuan = Decimal::from_str_exact(digits).map_err(|_| wrong())? * sign;
    let scale = if wan { Decimal::from(1_000_000) } else { Decimal::ONE_HUNDRED };
    let fen = yuan.checked_mul(scale).ok_or_else(wrong)?;
    let fen =
        fen.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero).to_i64().ok_or_else(wrong)?;
    if fen < 0 && !column.allow_negative { Err(Code::MoneyNegative.into()) } else { Ok(fen) }
}

fn yes_or_no(text: &str) -> Result<Value, Fault> {
    match plain(text).to_lowercase().as_str() {
        "1" | "y" | "yes" | "true" | "t" | "是" | "有" => Ok(Value::Bool(true)),
        "0" | "n" | "no" | "false" | "f" | "否" | "没有" => Ok(Value::Bool(false)),
        _ => Err(Fault { code: Code::Bool, expected: "是 / 否".to_owned() }),
    }
}

fn word(column: &Column, text: &str) -> Result<Value, Fault> {
    let folded = link::fold_text(text);
    let known = column.values.iter().find(|(word, spellings)| {
        word.to_lowercase() == folded
            || spellings.iter().any(|spelling| spelling == text || link::fold_text(spelling) == folded)
    });
    match known {
        Some((word, _)) => Ok(Value::Text(word.clone())),
        None => {
            let words =
                column.values.iter().map(|(word, spellings)| spellings.first().unwrap_or(word).as_str());
            Err(Fault { code: Code::Enum, expected: words.collect::<Vec<_>>().join(" / ") })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(ty: &str, more: &str) -> Column {
        toml::from_str(&format!(
            "name = \"c\"\ntype = \"{ty}\"\ntitle = {{ zh = \"列\", en = \"C\" }}\n{more}"
        ))
        .unwrap()
    }

    fn today() -> Day {
        Day::from_ymd_opt(2025, 6, 30).unwrap()
    }

    fn ok(ty: &str, text: &str) -> Value {
        read(&column(ty, ""), text, false, today()).unwrap()
    }

    fn code(ty: &str, text: &str) -> Code {
        read(&column(ty, ""), text, false, today()).unwrap_err().code
    }

    #[test]
    fn days_in_all_their_forms() {
        for text in [
            "2024-01-05",
            "2024/1/5",
            "20240105",
            "2024年1月5日",
            "45296",
            "２０２４-０１-０５",
            "2024.1.5",
            "2024-01-05 00:00:00",
        ] {
            assert_eq!(ok("date", text), Value::Day(19_727), "{text}");
        }
        assert_eq!(code("date", "2023-02-30"), Code::Date);
        assert_eq!(code("date", "1799-01-01"), Code::DateRange);
        assert_eq!(code("date", "soon"), Code::Date);
        assert_eq!(code("date", "2024-01"), Code::Date);
    }

    #[test]
    fn months_in_all_their_forms() {
        for text in ["2024-03", "202403", "2024年3月", "2024/3", "2024.03", "２０２４年３月", "2024-03-01"]
        {
            assert_eq!(ok("month", text), Value::Whole(202_403), "{text}");
        }
        assert_eq!(code("month", "2024-13"), Code::Month);
        assert_eq!(code("month", "3"), Code::Month);
    }

    #[test]
    fn money_in_all_its_forms() {
        for (text, fen) in [
            ("¥1,234.56", 123_456),
            ("12.3万元", 12_300_000),
            ("１００元", 10_000),
            ("￥1，200", 120_000),
            ("0.005", 1),
            ("1234", 123_400),
        ] {
            assert_eq!(ok("money", text), Value::Whole(fen), "{text}");
        }
        assert_eq!(code("money", "-1"), Code::MoneyNegative);
        assert_eq!(code("money", "(3.20)"), Code::MoneyNegative);
        assert_eq!(
            read(&column("money", "allow_negative = true"), "(3.20)", false, today()),
            Ok(Value::Whole(-320))
        );
        assert_eq!(read(&column("money", ""), "1.5", true, today()), Ok(Value::Whole(1_500_000)));
        assert_eq!(code("money", "壹佰"), Code::Money);
        assert_eq!(code("money", "9".repeat(40).as_str()), Code::Money);
    }

    #[test]
    fn words_and_their_spellings() {
        let sex = column("enum", "values = { M = [\"男\"], F = [\"女\"] }");
        assert_eq!(read(&sex, " 男 ", false, today()), Ok(Value::Text("M".into())));
        assert_eq!(read(&sex, "f", false, today()), Ok(Value::Text("F".into())));
        let fault = read(&sex, "未知", false, today()).unwrap_err();
        assert_eq!((fault.code, fault.expected.as_str()), (Code::Enum, "女 / 男"));
        assert_eq!(ok("bool", "是"), Value::Bool(true));
        assert_eq!(code("bool", "maybe"), Code::Bool);
    }

    #[test]
    fn empty_cells() {
        assert_eq!(ok("date", " — "), Value::Null);
        assert_eq!(
            read(&column("date", "required = true"), "  ", false, today()).unwrap_err().code,
            Code::Empty
        );
        assert_eq!(code("text", "长".repeat(1_000_000).as_str()), Code::TextLength);
    }

    #[test]
    fn older_numbers_of_organisations_stay_as_delivered() {
        for ty in ["uscc", "party"] {
            assert_eq!(ok(ty, "91870121ma0x7k2q5r"), Value::Text("91870121MA0X7K2Q5R".into()));
            assert_eq!(ok(ty, "MA0X7K2Q-5"), Value::Text("MA0X7K2Q5".into()));
            assert_eq!(code(ty, "MA0X7K2Q6"), Code::OrgNumber);
        }
    }

    #[test]
    fn times() {
        assert_eq!(ok("datetime", "1970-01-01 00:00:01"), Value::Micros(1_000_000));
        assert_eq!(ok("datetime", "1970-01-02"), Value::Micros(86_400_000_000));
        assert_eq!(code("datetime", "2024-03-05 25:00:00"), Code::Date);
    }
}
