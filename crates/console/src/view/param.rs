//! Parameters and their values in words.

use gnomon_kernel::{Lang, Money};
use gnomon_library::param::{Param, ParamType, ParamValue};
use gnomon_ui::{comma, format, yes_no};

use super::value::plain_number;

/// A value with the type it belongs to.
#[derive(Clone, Copy)]
pub struct Value<'a> {
    ty: ParamType,
    value: &'a ParamValue,
}

impl<'a> Value<'a> {
    /// A value of a parameter.
    pub fn of(param: &Param, value: &'a ParamValue) -> Value<'a> {
        Value { ty: param.ty, value }
    }
}

/// A value as people read it.
pub fn words(value: Value<'_>, lang: Lang) -> String {
    match (value.ty, value.value) {
        (ParamType::Money, ParamValue::Int(fen)) => Money(*fen).to_string(),
        (ParamType::Time, ParamValue::Int(hhmm)) => format!("{:02}:{:02}", hhmm / 100, hhmm % 100),
        (ParamType::Pct, ParamValue::Dec(number)) => format!("{}%", plain_number(*number)),
        (_, ParamValue::Bool(yes)) => yes_no(lang, *yes).into_owned(),
        (_, ParamValue::Int(number)) => format::count(*number),
        (_, ParamValue::Dec(number)) => plain_number(*number),
        (_, ParamValue::Text(text)) => text.clone(),
        (_, ParamValue::List(items)) => items.join(&comma(lang)),
    }
}

/// The value with its unit, where it has one.
pub fn with_unit(param: &Param, value: String, lang: Lang) -> String {
    match &param.unit {
        Some(unit) => format!("{value} {}", unit.get(lang)),
        None => value,
    }
}

/// Least and greatest value, where there are both.
pub fn bounds(name: &str, param: &Param, lang: Lang) -> Option<(String, String)> {
    let (least, most) = (param.min.as_ref()?, param.max.as_ref()?);
    let bound = |given| {
        let value = param.check(name, given).ok()?;
        Some(words(Value::of(param, &value), lang))
    };
    Some((bound(least)?, bound(most)?))
}
