//! One object as named cells. Values are taken from the text as written: a number of 18 digits loses none.

use std::{borrow::Cow, fmt};

use gnomon_kernel::Code;
use gnomon_library::analytics::Refusal;
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::value::RawValue;

/// Members of an object in their order, values as written.
pub(super) struct Members<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl Members<'_> {
    /// How many members are arrays that hold objects only, or nothing.
    pub(super) fn lists_of_objects(&self) -> usize {
        let objects_only = |text: &str| {
            let elements: Option<Vec<&RawValue>> = serde_json::from_str(text).ok();
            elements.is_some_and(|elements| elements.iter().all(|element| element.get().starts_with('{')))
        };
        let arrays = self.0.iter().map(|(_, value)| value.get()).filter(|text| text.starts_with('['));
        arrays.filter(|text| objects_only(text)).count()
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(Key(key)) = map.next_key()? {
                    members.push((key, map.next_value()?));
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Object)
    }
}

/// A key, borrowed unless it holds escapes.
#[derive(Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

/// Gives each cell of an object as key and value: a nested object as `outer.inner`, deeper ones as they are written.
pub(super) fn flatten(
    object: &RawValue,
    take: &mut dyn FnMut(&str, &RawValue) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let Members(members) = serde_json::from_str(object.get()).map_err(not_an_object)?;
    for (key, value) in members {
        if value.get().starts_with('{') {
            let Members(inner) = serde_json::from_str(value.get()).map_err(not_an_object)?;
            for (name, value) in inner {
                take(&format!("{key}.{name}"), value)?;
            }
        } else {
            take(&key, value)?;
        }
    }
    Ok(())
}

/// A value as text: lists joined with `|`, null as nothing.
pub(super) fn text(value: &RawValue) -> Result<Cow<'_, str>, Refusal> {
    match value.get().as_bytes().first() {
        Some(b'"') => {
            let Key(text) = serde_json::from_str(value.get()).map_err(not_an_object)?;
            Ok(text)
        }
        Some(b'[') => {
            let elements: Vec<&RawValue> = serde_json::from_str(value.get()).map_err(not_an_object)?;
            let texts: Result<Vec<_>, _> = elements.into_iter().map(inner_text).collect();
            Ok(Cow::Owned(texts?.join("|")))
        }
        _ if value.get() == "null" => Ok(Cow::Borrowed("")),
        _ => Ok(Cow::Borrowed(value.get())),
    }
}

/// A list within a list stays as it is written, so that no depth is too deep.
fn inner_text(value: &RawValue) -> Result<Cow<'_, str>, Refusal> {
    if value.get().starts_with('[') { Ok(Cow::Borrowed(value.get())) } else { text(value) }
}

/// What was accepted as a raw value may still hold an escape that is no character.
fn not_an_object(error: serde_json::Error) -> Refusal {
    let found = format!("a record that is no text (column {})", error.column());
    Refusal::new(Code::FileFormat, found, "objects of plain values")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_become_text_as_written() {
        let written = r#"{"id": 870123199001011234, "a": {"b": -1.50e3, "c": {"d": [1, 2]}}, "k\u0065y": "x\n\"y\"",
            "list": ["甲", 2, null, {"e": 1}, [3]], "no": null, "yes": true}"#;
        let mut cells = Vec::new();
        flatten(&RawValue::from_string(written.to_owned()).unwrap(), &mut |key, value| {
            cells.push(format!("{key}={}", text(value)?));
            Ok(())
        })
        .unwrap();
        assert_eq!(
            cells,
            [
                "id=870123199001011234",
                "a.b=-1.50e3",
                r#"a.c={"d": [1, 2]}"#,
                "key=x\n\"y\"",
                r#"list=甲|2||{"e": 1}|[3]"#,
                "no=",
                "yes=true",
            ]
        );
    }
}
