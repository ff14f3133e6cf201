//! Lists of the same people from several departments, under keys as clean or dirty as asked for, with the truth of who is
//! who: for measuring how well records are linked.

mod address;
mod clerk;
mod glyphs;
mod list;
mod rates;

use std::{fs, path::Path};

use crate::{
    CountySpec, SynthError,
    base::Rng,
    people::{self, People, PersonIx, role},
    place::Place,
    summary::check,
    write::{CsvFile, Encoding, Raw, Row},
};

use address::Homes;
use clerk::Clerk;
use list::{LISTS, List};
use rates::Rates;

const TRUTH: &str = "truth.csv";
const TRUTH_HEADER: [&str; 4] = ["row_id", "person", "household", "twin"];
/// Rows in a thousand that a list has a second time, written by another hand.
const TWICE: u32 = 10;

/// How far from right the keys in the lists are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyDirt {
    /// A slip here and there.
    Clean,
    /// One in four without a number, a few in a hundred cells wrong.
    Dirty,
    /// More than half without a number, every cell doubtful.
    VeryDirty,
}

/// A list that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListSummary {
    /// Its name below the folder.
    pub file: String,
    /// Rows of data.
    pub rows: u64,
}

/// Writes lists of the county's people below a folder, and `truth.csv` with the person, the household and, of a twin, the
/// older one's number for every row of every list. The same spec and dirt give the same bytes.
///
/// # Errors
/// When the county is too small or too large, or a file cannot be written.
pub fn write_lists(spec: &CountySpec, dirt: KeyDirt, out: &Path) -> Result<Vec<ListSummary>, SynthError> {
    check(spec)?;
    fs::create_dir_all(out).map_err(SynthError::io(out))?;
    let place = Place::lay_out(spec.people, spec.seed);
    let people = people::raise(&place, spec.people, spec.seed);
    let homes = Homes::of(&people, &place);
    let mut truth = CsvFile::create(&out.join(TRUTH), Encoding::Utf8)?;
    truth.header(&TRUTH_HEADER)?;
    let mut written = Vec::with_capacity(LISTS.len());
    for list in &LISTS {
        let rows = mentioned(list, &people, spec.seed);
        let rng = Rng::new(spec.seed, &format!("clerk of {}", list.file));
        let mut clerk = Clerk::new(&people, &homes, Rates::of(dirt), rng);
        write_list(list, &rows, &mut clerk, out, &mut truth)?;
        written.push(ListSummary { file: list.file.to_owned(), rows: rows.len() as u64 });
    }
    truth.finish()?;
    Ok(written)
}

/// Who stands in a list, row by row, in any order.
fn mentioned(list: &List, people: &People, seed: u64) -> Vec<PersonIx> {
    let mut rng = Rng::new(seed, list.file);
    let mut rows = Vec::new();
    for (ix, person) in people.iter() {
        let resident = person.alive() && !person.has(role::AWAY);
        if resident && person.age() >= list.youngest && rng.per_mille(list.per_mille) {
            rows.push(ix);
            if rng.per_mille(TWICE) {
                rows.push(ix);
            }
        }
    }
    rng.shuffle(&mut rows);
    rows
}

fn write_list(
    list: &List,
    rows: &[PersonIx],
    clerk: &mut Clerk<'_>,
    out: &Path,
    truth: &mut CsvFile,
) -> Result<(), SynthError> {
    let mut file = CsvFile::create(&out.join(list.file), list.encoding)?;
    file.header(list.header)?;
    let (mut row, mut answer) = (Row::new(list.keys.len()), Row::new(TRUTH_HEADER.len()));
    for (number, ix) in rows.iter().enumerate() {
        let id = format!("{}{:07}", list.letter, number + 1);
        row.restart();
        for key in list.keys {
            clerk.write(*key, list, &id, *ix, row.next(Raw::Words));
        }
        file.row(row.cells())?;
        answer.restart();
        answer.next(Raw::Words).push_str(&id);
        answer.next(Raw::Words).push_str(&ix.index().to_string());
        answer.next(Raw::Words).push_str(&clerk.household(*ix).to_string());
        let twin = clerk.older_twin(*ix).map(|older| older.index().to_string());
        answer.next(Raw::Words).push_str(&twin.unwrap_or_default());
        truth.row(answer.cells())?;
    }
    file.finish()
}
