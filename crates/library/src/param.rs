//! Parameters: declared once, and from the declaration come the form, the check, the binding and the words.

use std::collections::BTreeMap;

use gnomon_kernel::{Code, Money, Words};
use serde::{Deserialize, Serialize};

/// What a parameter holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ParamType {
    /// Whole number.
    Int,
    /// Number.
    Dec,
    /// Yuan outside, fen in SQL.
    Money,
    /// Percent, 0 to 100.
    Pct,
    /// Yes or no.
    Bool,
    /// Text.
    Text,
    /// Several texts.
    List,
    /// Time of day as `HHMM`.
    Time,
    /// Interval of months.
    Months,
    /// Interval of days.
    Days,
}

impl ParamType {
    /// The word in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Int => "int",
            Self::Dec => "dec",
            Self::Money => "money",
            Self::Pct => "pct",
            Self::Bool => "bool",
            Self::Text => "text",
            Self::List => "list",
            Self::Time => "time",
            Self::Months => "months",
            Self::Days => "days",
        }
    }

    /// Whether `min` and `max` mean anything for it.
    pub fn has_bounds(self) -> bool {
        !matches!(self, Self::Bool | Self::Text | Self::List)
    }
}

/// The declaration of one parameter.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Param {
    /// What it holds.
    #[serde(rename = "type")]
    pub ty: ParamType,
    /// Value when nobody sets another.
    pub default: toml::Value,
    /// Least value allowed; numbers only.
    pub min: Option<toml::Value>,
    /// Greatest value allowed.
    pub max: Option<toml::Value>,
    /// Unit, in words.
    pub unit: Option<Words>,
    /// Word for people.
    pub label: Words,
}

/// A checked value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ParamValue {
    /// `bool`.
    Bool(bool),
    /// `int`, `time` (`HHMM`), `months`, `days`, and `money` (in fen).
    Int(i64),
    /// `dec`, `pct`.
    Dec(f64),
    /// `text`.
    Text(String),
    /// `list`.
    List(Vec<String>),
}

/// All values of one model's parameters, by name.
pub type ParamValues = BTreeMap<String, ParamValue>;

/// A value that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{name}: found {found}, expected {expected}")]
pub struct ParamError {
    /// `ParameterUnknown`, `Invalid` or `ParameterBounds`.
    pub code: Code,
    /// Name of the parameter.
    pub name: String,
    /// What was given.
    pub found: String,
    /// What can be taken.
    pub expected: String,
}

/// A model's parameters with their defaults and checks.
#[derive(Debug, Clone, Copy)]
pub struct ParamSet<'a> {
    declared: &'a BTreeMap<String, Param>,
}

impl<'a> ParamSet<'a> {
    /// Over the declarations of one model.
    pub fn new(declared: &'a BTreeMap<String, Param>) -> Self {
        Self { declared }
    }

    /// The defaults.
    pub fn defaults(self) -> Result<ParamValues, ParamError> {
        self.with_toml(&BTreeMap::new())
    }

    /// The defaults with overrides as a case or file gives them.
    pub fn with_toml(self, overrides: &BTreeMap<String, toml::Value>) -> Result<ParamValues, ParamError> {
        if let Some(name) = overrides.keys().find(|name| !self.declared.contains_key(*name)) {
            return Err(self.unknown(name));
        }
        let value = |(name, param): (&String, &Param)| {
            let given = overrides.get(name).unwrap_or(&param.default);
            let value = param.check(name, given)?;
            Ok((name.clone(), value))
        };
        self.declared.iter().map(value).collect()
    }

    /// The defaults with overrides as a command line or form gives them: text; list items separated by `,` or `/`.
    pub fn with_text(self, overrides: &BTreeMap<String, String>) -> Result<ParamValues, ParamError> {
        let mut typed = BTreeMap::new();
        for (name, text) in overrides {
            let param = self.declared.get(name).ok_or_else(|| self.unknown(name))?;
            typed.insert(name.clone(), param.read_text(name, text)?);
        }
        self.with_toml(&typed)
    }

    fn unknown(self, name: &str) -> ParamError {
        let known: Vec<&str> = self.declared.keys().map(String::as_str).collect();
        ParamError {
            code: Code::ParameterUnknown,
            name: name.to_owned(),
            found: name.to_owned(),
            expected: known.join(", "),
        }
    }
}

impl Param {
    /// Checks type and bounds of a value.
    pub fn check(&self, name: &str, given: &toml::Value) -> Result<ParamValue, ParamError> {
        let value = self.read(given).ok_or_else(|| self.refuse(Code::Invalid, name, given))?;
        for (bound, too_far) in [(&self.min, -1.0), (&self.max, 1.0)] {
            let Some(limit) = bound.as_ref().and_then(|bound| self.read(bound)) else { continue };
            let beyond = match (number(&value), number(&limit)) {
                (Some(value), Some(limit)) => (value - limit) * too_far > 0.0,
                _ => false,
            };
            if beyond {
                return Err(self.refuse(Code::ParameterBounds, name, given));
            }
        }
        Ok(value)
    }

    /// What values can be taken, in short: `int, 0 to 6`.
    pub fn expectation(&self) -> String {
        match (&self.min, &self.max) {
            (Some(min), Some(max)) => format!("{}, {} to {}", self.ty.as_str(), show(min), show(max)),
            (Some(min), None) => format!("{}, from {}", self.ty.as_str(), show(min)),
            (None, Some(max)) => format!("{}, up to {}", self.ty.as_str(), show(max)),
            (None, None) => self.ty.as_str().to_owned(),
        }
    }

    fn refuse(&self, code: Code, name: &str, given: &toml::Value) -> ParamError {
        ParamError { code, name: name.to_owned(), found: show(given), expected: self.expectation() }
    }

    /// Reads a value of this type, without looking at bounds.
    fn read(&self, given: &toml::Value) -> Option<ParamValue> {
        use toml::Value as V;
        Some(match (self.ty, given) {
            (ParamType::Int | ParamType::Months | ParamType::Days, V::Integer(n)) => ParamValue::Int(*n),
            (ParamType::Dec | ParamType::Pct, V::Integer(n)) => ParamValue::Dec(*n as f64),
            (ParamType::Dec | ParamType::Pct, V::Float(x)) if x.is_finite() => ParamValue::Dec(*x),
            (ParamType::Money, V::Integer(yuan)) => ParamValue::Int(yuan.checked_mul(100)?),
            (ParamType::Money, V::Float(yuan)) => {
                ParamValue::Int(Money::parse_yuan(&format!("{yuan}")).ok()?.fen())
            }
            (ParamType::Money, V::String(yuan)) => ParamValue::Int(Money::parse_yuan(yuan).ok()?.fen()),
            (ParamType::Bool, V::Boolean(b)) => ParamValue::Bool(*b),
            (ParamType::Text, V::String(text)) => ParamValue::Text(text.clone()),
            (ParamType::List, V::Array(items)) => ParamValue::List(
                items.iter().map(|item| item.as_str().map(str::to_owned)).collect::<Option<_>>()?,
            ),
            (ParamType::Time, V::String(text)) => ParamValue::Int(time_of_day(text)?),
            (ParamType::Time, V::Integer(hhmm)) => ParamValue::Int(time_of_day(&format!("{hhmm:04}"))?),
            _ => return None,
        })
    }

    fn read_text(&self, name: &str, text: &str) -> Result<toml::Value, ParamError> {
        let text = text.trim();
        let as_text = || toml::Value::String(text.to_owned());
        let wrong = || self.refuse(Code::Invalid, name, &toml::Value::String(text.to_owned()));
        Ok(match self.ty {
            ParamType::Int | ParamType::Months | ParamType::Days => {
                toml::Value::Integer(text.parse().map_err(|_| wrong())?)
            }
            ParamType::Dec | ParamType::Pct => toml::Value::Float(text.parse().map_err(|_| wrong())?),
            ParamType::Bool => toml::Value::Boolean(text.parse().map_err(|_| wrong())?),
            ParamType::Money | ParamType::Text | ParamType::Time => as_text(),
            ParamType::List => {
                let items = text.split([',', '/', '、']).map(str::trim).filter(|item| !item.is_empty());
                toml::Value::Array(items.map(|item| toml::Value::String(item.to_owned())).collect())
            }
        })
    }
}

/// A value as a person writes it, without quotes.
fn show(value: &toml::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn number(value: &ParamValue) -> Option<f64> {
    match value {
        ParamValue::Int(n) => Some(*n as f64),
        ParamValue::Dec(x) => Some(*x),
        _ => None,
    }
}

/// `2200` or `22:00` as the number 2200.
fn time_of_day(text: &str) -> Option<i64> {
    let digits: String = text.chars().filter(|c| *c != ':').collect();
    let hhmm: i64 = digits.parse().ok()?;
    (digits.len() == 4 && hhmm / 100 < 24 && hhmm % 100 < 60).then_some(hhmm)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn param(text: &str) -> Param {
        toml::from_str(&format!("label = {{ zh = \"x\", en = \"x\" }}\n{text}")).unwrap()
    }

    #[test]
    fn money_is_given_in_yuan_and_bound_in_fen() {
        let money = param("type = \"money\"\ndefault = \"2000.50\"\nmin = 1\nmax = 5000");
        assert_eq!(money.check("m", &money.default), Ok(ParamValue::Int(200_050)));
        let error = money.check("m", &toml::Value::Integer(5001)).unwrap_err();
        assert_eq!(error.code, Code::ParameterBounds);
        assert_eq!(error.expected, "money, 1 to 5000");
    }

    #[test]
    fn text_from_a_command_line_is_typed() {
        let declared = BTreeMap::from([
            ("n".to_owned(), param("type = \"int\"\ndefault = 1\nmin = 0\nmax = 6")),
            ("l".to_owned(), param("type = \"list\"\ndefault = [\"a\"]")),
        ]);
        let set = ParamSet::new(&declared);
        let given = BTreeMap::from([("n".to_owned(), "3".to_owned()), ("l".to_owned(), "x/y".to_owned())]);
        let values = set.with_text(&given).unwrap();
        assert_eq!(values["n"], ParamValue::Int(3));
        assert_eq!(values["l"], ParamValue::List(vec!["x".into(), "y".into()]));
        let unknown = BTreeMap::from([("z".to_owned(), "3".to_owned())]);
        assert_eq!(set.with_text(&unknown).unwrap_err().code, Code::ParameterUnknown);
        let wrong = BTreeMap::from([("n".to_owned(), "many".to_owned())]);
        assert_eq!(set.with_text(&wrong).unwrap_err().code, Code::Invalid);
    }
}
