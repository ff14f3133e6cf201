//! Deciding on the rows that were put off: said twice, known, a correction, the end of a fact, or new after all.

use std::{
    collections::{HashMap, HashSet, hash_map::Entry},
    sync::Arc,
};

use datafusion::arrow::{
    array::{Array, ArrayRef, AsArray, BooleanArray, Int64Array, PrimitiveArray},
    compute::filter_record_batch,
    datatypes::Int64Type,
    error::ArrowError,
    record_batch::RecordBatch,
};
use gnomon_intake::{Seen, cell::Fault};
use gnomon_kernel::{Code, RowRef};
use gnomon_library::analytics::Refusal;

use crate::{
    ingest::{held::HeldBack, writer::Writer},
    table::{
        Holds,
        columns::{HASH, KEY, PART, REPLACES, ROW},
        facts::{Fact, Keys, facts_of},
    },
};

/// Rows decided on in one round, so that memory does not follow the file.
const ROUND: u64 = 2_000_000;

/// A part of the rows put off, and what is known of their keys.
struct Round {
    keys: Arc<Keys>,
    /// What the table holds.
    facts: HashMap<i64, Fact>,
    /// The first row of this delivery for each key, among those taken.
    first: HashMap<i64, Fact>,
}

/// What a row does to the table.
enum Outcome {
    Written { replaces: Option<i64> },
    Ends { row: i64 },
    Confirms,
}

impl Writer<'_> {
    /// Decides on the rows put off, in the order they came, and writes those that say something new.
    pub(crate) fn decide(&mut self, mut held: HeldBack, seen: &mut Seen) -> Result<(), Refusal> {
        let written = self.written_so_far()?;
        let rounds = held.rows.div_ceil(ROUND);
        for turn in 0..rounds {
            let mut keys = HashSet::new();
            held.each(|batch, _| {
                let of_turn = |key: &i64| key.cast_unsigned() % rounds == turn;
                keys.extend(column(batch, KEY)?.values().iter().filter(|key| of_turn(key)));
                Ok(())
            })?;
            let keys = Arc::new(Keys::new(keys));
            let facts = facts_of(self.known, &keys)?;
            let first = facts_of(&written, &keys)?;
            self.decide_on(&mut held, Round { keys, facts, first }, seen)?;
        }
        Ok(())
    }

    fn decide_on(&mut self, held: &mut HeldBack, mut round: Round, seen: &mut Seen) -> Result<(), Refusal> {
        let mut index = 0;
        held.each(|batch, endings| {
            let marks = [ROW, KEY, HASH, PART].map(|name| column(batch, name));
            let [rows, keys, contents, parts] = marks;
            let (rows, keys, contents, parts) = (rows?, keys?, contents?, parts?);
            let (mut is_kept, mut replaces) = (Vec::new(), Vec::new());
            for at in 0..batch.num_rows() {
                let (row, content) = (rows.value(at), contents.value(at));
                let part = parts.is_valid(at).then(|| parts.value(at));
                let decided = match round.keys.contains(keys.value(at)) {
                    true => round.decide(keys.value(at), Fact { row, content, part }, endings.contains(&row)),
                    false => Ok(Outcome::Confirms),
                };
                let (keep, replaced) = match decided {
                    Ok(Outcome::Written { replaces }) => (true, replaces),
                    Ok(Outcome::Ends { row }) => {
                        self.ends.push(row);
                        (false, None)
                    }
                    Ok(Outcome::Confirms) => (false, None),
                    Err(fault) => {
                        seen.refuse(index, &fault)?;
                        (false, None)
                    }
                };
                is_kept.push(keep);
                replaces.push(replaced);
                index += 1;
            }
            self.write_kept(batch, is_kept, replaces)
        })
    }

    fn write_kept(
        &mut self,
        batch: &RecordBatch,
        is_kept: Vec<bool>,
        replaces: Vec<Option<i64>>,
    ) -> Result<(), Refusal> {
        let corrected = replaces.iter().flatten().count() as u64;
        let kept = with_replaces(batch, replaces)
            .and_then(|batch| filter_record_batch(&batch, &BooleanArray::from(is_kept)));
        let kept = kept.map_err(|error| Refusal::because(Code::Internal, error))?;
        if kept.num_rows() == 0 {
            return Ok(());
        }
        self.written += kept.num_rows() as u64;
        self.corrected += corrected;
        if corrected > 0 {
            self.holds = Holds::Corrections;
        }
        self.write(kept)
    }
}

impl Round {
    /// The very same fact again is turned down, but confirms itself in a snapshot.
    fn decide(&mut self, key: i64, said: Fact, is_end: bool) -> Result<Outcome, Fault> {
        let place = match self.first.entry(key) {
            Entry::Occupied(first) => {
                let same = first.get().content == said.content;
                let code = if same { Code::Duplicate } else { Code::Contradiction };
                let line = RowRef::unpack(first.get().row).line;
                return Err(Fault { code, expected: line.to_string() });
            }
            Entry::Vacant(place) => place,
        };
        let known = self.facts.get(&key);
        let outcome = match known {
            Some(known) if is_end => Outcome::Ends { row: known.row },
            None if is_end => return Err(Code::NothingToEnd.into()),
            Some(known) if known.content == said.content && said.part.is_none() => {
                return Err(Code::Duplicate.into());
            }
            Some(known) if known.content == said.content => Outcome::Confirms,
            known => Outcome::Written { replaces: known.map(|known| known.row) },
        };
        place.insert(said);
        Ok(outcome)
    }
}

fn column<'b>(batch: &'b RecordBatch, name: &str) -> Result<&'b PrimitiveArray<Int64Type>, Refusal> {
    let column = batch.column_by_name(name);
    let column = column.ok_or_else(|| ArrowError::SchemaError(format!("no {name} among rows put off")));
    column
        .map(|column| column.as_primitive::<Int64Type>())
        .map_err(|error| Refusal::because(Code::Internal, error))
}

fn with_replaces(batch: &RecordBatch, replaces: Vec<Option<i64>>) -> Result<RecordBatch, ArrowError> {
    let place = batch.schema().index_of(REPLACES)?;
    let mut columns: Vec<ArrayRef> = batch.columns().to_vec();
    columns[place] = Arc::new(Int64Array::from(replaces));
    RecordBatch::try_new(batch.schema(), columns)
}
