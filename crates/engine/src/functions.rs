//! Our SQL functions. Their meaning is written in `library/README.md`; the oracle has them a second time.

use std::sync::Arc;

use chrono::Datelike;
use datafusion::{
    arrow::{
        array::{Array, ArrayRef, AsArray, BooleanArray, Int64Array, StringArray},
        compute::cast,
        datatypes::{DataType, Date32Type, Field},
        temporal_conversions::date32_to_datetime,
    },
    common::{Result, ScalarValue, exec_err},
    logical_expr::{
        ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility, create_udf,
    },
};

/// All functions, ready to register.
pub(crate) fn all() -> Vec<ScalarUDF> {
    let days = |name, function: fn(i32, i32) -> Option<i64>| {
        create_udf(
            name,
            vec![DataType::Date32, DataType::Date32],
            DataType::Int64,
            Volatility::Immutable,
            Arc::new(move |args: &[ColumnarValue]| on_days(args, function)),
        )
    };
    let texts = |name, function: fn(&str) -> String| {
        create_udf(
            name,
            vec![DataType::Utf8],
            DataType::Utf8,
            Volatility::Immutable,
            Arc::new(move |args: &[ColumnarValue]| on_text(args, function)),
        )
    };
    vec![
        days("date_diff_days", |from, to| Some(i64::from(to) - i64::from(from))),
        days("age_years", age_years),
        texts("norm_text", gnomon_link::fold_text),
        texts("norm_name", gnomon_link::name::canonical),
        ScalarUDF::from(Keywords::new()),
    ]
}

fn on_days(args: &[ColumnarValue], function: fn(i32, i32) -> Option<i64>) -> Result<ColumnarValue> {
    let arrays = ColumnarValue::values_to_arrays(args)?;
    let (from, to) = (arrays[0].as_primitive::<Date32Type>(), arrays[1].as_primitive::<Date32Type>());
    let values = from.iter().zip(to).map(|pair| match pair {
        (Some(from), Some(to)) => function(from, to),
        _ => None,
    });
    Ok(ColumnarValue::Array(Arc::new(values.collect::<Int64Array>())))
}

/// Full years at a day. Who was born on 29 February turns on 1 March in common years.
fn age_years(birth: i32, on: i32) -> Option<i64> {
    let (birth, on) = (date32_to_datetime(birth)?, date32_to_datetime(on)?);
    let turned = (on.month(), on.day()) >= (birth.month(), birth.day());
    Some(i64::from(on.year() - birth.year()) - i64::from(!turned))
}

fn on_text(args: &[ColumnarValue], function: fn(&str) -> String) -> Result<ColumnarValue> {
    let arrays = ColumnarValue::values_to_arrays(args)?;
    let values = arrays[0].as_string::<i32>().iter().map(|text| text.map(function));
    Ok(ColumnarValue::Array(Arc::new(values.collect::<StringArray>())))
}

/// `kw(text, words, excluded)`: the normalised text contains one of the words, and none of the excluded ones. Words and
/// excluded words are a text or a list of texts; null counts as none.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Keywords {
    signature: Signature,
}

impl Keywords {
    fn new() -> Self {
        Self { signature: Signature::any(3, Volatility::Immutable) }
    }
}

impl ScalarUDFImpl for Keywords {
    fn name(&self) -> &str {
        "kw"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, types: &[DataType]) -> Result<DataType> {
        let texts = |ty: &DataType| {
            matches!(ty, DataType::Utf8 | DataType::Utf8View | DataType::LargeUtf8 | DataType::Null)
        };
        let lists = |ty: &DataType| {
            matches!(ty, DataType::List(_) | DataType::LargeList(_) | DataType::FixedSizeList(..))
        };
        if texts(&types[0]) && types[1..].iter().all(|ty| texts(ty) || lists(ty)) {
            Ok(DataType::Boolean)
        } else {
            exec_err!("kw takes a text, words and excluded words, found {types:?}")
        }
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let rows = args.number_rows;
        let texts = cast(&args.args[0].to_array(rows)?, &DataType::Utf8)?;
        let texts = texts.as_string::<i32>();
        let words = WordSets::new(&args.args[1], rows)?;
        let excluded = WordSets::new(&args.args[2], rows)?;
        let hit = |row: usize| {
            if texts.is_null(row) {
                return false;
            }
            let text = gnomon_link::fold_text(texts.value(row));
            let contains = |set: &[String]| set.iter().any(|word| text.contains(word.as_str()));
            contains(words.at(row)) && !contains(excluded.at(row))
        };
        let hits: BooleanArray = (0..rows).map(|row| Some(hit(row))).collect();
        Ok(ColumnarValue::Array(Arc::new(hits)))
    }
}

/// Normalised words per row; a literal is normalised once for all rows.
struct WordSets(Vec<Vec<String>>);

impl WordSets {
    fn new(value: &ColumnarValue, rows: usize) -> Result<Self> {
        Ok(Self(match value {
            ColumnarValue::Scalar(ScalarValue::Null) => vec![Vec::new()],
            ColumnarValue::Scalar(scalar) => Self::read(&scalar.to_array()?)?,
            ColumnarValue::Array(array) => {
                let sets = Self::read(array)?;
                if sets.len() == rows {
                    sets
                } else {
                    return exec_err!("kw: found {} word sets for {rows} rows", sets.len());
                }
            }
        }))
    }

    fn read(array: &ArrayRef) -> Result<Vec<Vec<String>>> {
        if array.data_type() == &DataType::Null {
            return Ok(vec![Vec::new(); array.len()]);
        }
        if !matches!(
            array.data_type(),
            DataType::List(_) | DataType::LargeList(_) | DataType::FixedSizeList(..)
        ) {
            let texts = cast(array, &DataType::Utf8)?;
            return Ok(texts.as_string::<i32>().iter().map(|text| fold_all(text.into_iter())).collect());
        }
        let list = DataType::List(Arc::new(Field::new("element", DataType::Utf8, true)));
        let lists = cast(array, &list)?;
        let read = |inner: Option<ArrayRef>| match inner {
            Some(inner) => fold_all(inner.as_string::<i32>().iter().flatten()),
            None => Vec::new(),
        };
        Ok(lists.as_list::<i32>().iter().map(read).collect())
    }

    fn at(&self, row: usize) -> &[String] {
        if self.0.len() == 1 { &self.0[0] } else { &self.0[row] }
    }
}

fn fold_all<'a>(words: impl Iterator<Item = &'a str>) -> Vec<String> {
    words.map(gnomon_link::fold_text).filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> i32 {
        let day = chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").unwrap();
        day.signed_duration_since(chrono::NaiveDate::default()).num_days() as i32
    }

    #[test]
    fn a_leap_day_child_turns_on_the_first_of_march() {
        let birth = day("2000-02-29");
        assert_eq!(age_years(birth, day("2026-02-28")), Some(25));
        assert_eq!(age_years(birth, day("2026-03-01")), Some(26));
        assert_eq!(age_years(birth, day("2024-02-29")), Some(24));
    }
}
