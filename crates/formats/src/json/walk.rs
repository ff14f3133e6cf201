//! Goes through the elements of a JSON array, or of each array in an object, without keeping any.

use std::{cell::Cell, fmt, io, rc::Rc};

use gnomon_kernel::Code;
use gnomon_library::analytics::Refusal;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::{Text, header::Header};
use crate::{READABLE, fault};

/// Whether to go on.
pub(super) enum Flow {
    On,
    Over,
}

/// What the elements of one array are.
#[derive(Default)]
pub(super) struct Member {
    pub objects: u64,
    pub others: u64,
}

/// Gets the member's index, one of its elements, and the bytes consumed.
pub(super) type Take<'t> = &'t mut dyn FnMut(usize, &RawValue, u64) -> Result<Flow, Refusal>;

/// The arrays that were found.
#[derive(Default)]
pub(super) struct Found {
    /// Names of the members, empty for an array that is the whole file.
    pub names: Vec<String>,
    /// Which members are arrays.
    pub arrays: Vec<usize>,
}

/// Gives every element of every array at the first level.
pub(super) fn walk(text: Text, take: Take<'_>) -> Result<Found, Refusal> {
    let mut outcome: Result<Flow, Refusal> = Ok(Flow::On);
    let mut found = Found::default();
    let (since_record, consumed) = (text.since_record, text.consumed);
    let mut json = serde_json::Deserializer::from_reader(text.reader);
    let state = State { take, outcome: &mut outcome, found: &mut found, since_record, consumed };
    let parsed = Top(state).deserialize(&mut json).and_then(|()| json.end());
    match (outcome?, parsed) {
        (Flow::Over, _) | (Flow::On, Ok(())) => Ok(found),
        (Flow::On, Err(error)) => Err(broken(error)),
    }
}

fn broken(error: serde_json::Error) -> Refusal {
    let place = format!("line {} column {}", error.line(), error.column());
    match error.classify() {
        serde_json::error::Category::Io => fault::refusal(io::Error::from(error)),
        serde_json::error::Category::Eof => Refusal::new(
            Code::FileUnreadable,
            format!("JSON that ends too early at {place}"),
            "a complete file",
        ),
        _ => Refusal::new(Code::FileFormat, format!("no JSON at {place}"), "an array of objects"),
    }
}

/// The one array of objects.
pub(super) fn choose(members: &[(Member, Header)], found: &Found) -> Result<usize, Refusal> {
    let expected = "an array of objects, or an object with exactly one";
    let of_objects = |(member, _): &(Member, Header)| member.objects > 0 && member.others == 0;
    let chosen: Vec<usize> = (0..members.len()).filter(|index| of_objects(&members[*index])).collect();
    let name = |index: &usize| found.names.get(*index).map(String::as_str).unwrap_or_default();
    match chosen.as_slice() {
        [one] => Ok(*one),
        [] if members.is_empty() && !found.arrays.is_empty() => {
            Err(Refusal::new(Code::FileEmpty, "an array without objects", READABLE))
        }
        [] => Err(Refusal::new(Code::FileFormat, "JSON without an array of objects", expected)),
        several => {
            let names: Vec<&str> = several.iter().map(name).collect();
            let found = format!("several arrays of objects: {}", names.join(", "));
            Err(Refusal::new(Code::FileFormat, found, expected))
        }
    }
}

struct State<'t> {
    take: Take<'t>,
    outcome: &'t mut Result<Flow, Refusal>,
    found: &'t mut Found,
    since_record: Rc<Cell<usize>>,
    consumed: Rc<Cell<u64>>,
}

impl State<'_> {
    fn elements<'de, A: SeqAccess<'de>>(&mut self, member: usize, mut list: A) -> Result<(), A::Error> {
        self.found.arrays.push(member);
        while let Some(element) = list.next_element::<Box<RawValue>>()? {
            self.since_record.set(0);
            *self.outcome = (self.take)(member, &element, self.consumed.get());
            if !matches!(self.outcome, Ok(Flow::On)) {
                return Err(A::Error::custom("enough"));
            }
        }
        Ok(())
    }
}

/// The whole file.
struct Top<'t>(State<'t>);

impl<'de> DeserializeSeed<'de> for Top<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Top<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array or an object")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, list: A) -> Result<(), A::Error> {
        self.0.elements(0, list)
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            self.0.found.names.push(name);
            map.next_value_seed(Value(&mut self.0))?;
        }
        Ok(())
    }
}

/// One member of the object that is the whole file.
struct Value<'s, 't>(&'s mut State<'t>);

impl<'de> DeserializeSeed<'de> for Value<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Value<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<(), A::Error> {
        let member = self.0.found.names.len() - 1;
        self.0.elements(member, list)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}
