use std::collections::BTreeMap;

use gnomon_kernel::{Day, RowRef};
use serde_json::Value;

use super::{
    AboutDataset, ObjectEntry, ObjectFile, ObjectKind, ObjectRecord, Term, TermColumns, book::keep_newest,
};
use crate::{analytics::TableRow, catalogue::Library, column::Column, dataset::Dataset};

/// The most terms of office that are given; a roster that says more of one person is wrong, and of a unit the latest will do.
const MOST_TERMS: usize = 200;

/// What the tables say of one object, in the making: rows that name it in, its record out.
pub struct ObjectReader<'l> {
    library: &'l Library,
    kind: ObjectKind,
    key: String,
    described: Option<Described<'l>>,
    name: Option<(RowRef, String)>,
    place: Option<(RowRef, String)>,
    about: BTreeMap<(&'l str, &'l str), About>,
    terms: Vec<Term>,
}

/// The newest row that describes it.
struct Described<'l> {
    file: &'l ObjectFile,
    row: RowRef,
    more: Vec<(String, Value)>,
    /// Whether it is the seat of those who hold office for its place.
    is_seat: bool,
}

/// Rows that name it in one column. The newest have the largest time, and of the same time the largest reference.
#[derive(Default)]
struct About {
    rows: u64,
    years: BTreeMap<i32, u64>,
    newest: BTreeMap<(Option<String>, RowRef), TableRow>,
}

impl<'l> ObjectReader<'l> {
    /// Nothing is known yet.
    pub fn new(library: &'l Library, kind: ObjectKind, key: &str) -> Self {
        Self {
            library,
            kind,
            key: key.to_owned(),
            described: None,
            name: None,
            place: None,
            about: BTreeMap::new(),
            terms: Vec::new(),
        }
    }

    /// Takes in a row of a dataset that names it in one of the `columns`; `cell` gives the row's value by column name.
    pub fn see(
        &mut self,
        dataset: &'l Dataset,
        columns: &[&'l Column],
        row: RowRef,
        cell: &dyn Fn(&str) -> Value,
    ) {
        let when = dataset.time.as_deref().and_then(|name| when(&cell(name)));
        for column in columns.iter().filter(|column| cell(&column.name).as_str() == Some(&self.key)) {
            let about = self.about.entry((dataset.key.as_str(), column.name.as_str())).or_default();
            about.rows += 1;
            if let Some((year, _)) = &when {
                *about.years.entry(*year).or_default() += 1;
            }
            about.keep(when.as_ref().map(|(_, text)| text.clone()), row, || table_row(dataset, row, cell));
        }
        for file in self.library.objects.iter().filter(|file| file.dataset == dataset.key) {
            let is_here = |name: &str| cell(name).as_str() == Some(&self.key);
            let term = file.term.as_ref();
            if file.kind == self.kind && is_here(&file.key) {
                self.describe(file, row, cell);
                self.terms
                    .extend(term.map(|columns| Term { holder: None, ..read_term(file, columns, row, cell) }));
            } else if term.and_then(|columns| columns.held_in.as_deref()).is_some_and(is_here) {
                self.terms.extend(term.map(|columns| read_term(file, columns, row, cell)));
            }
        }
    }

    /// The place for which those hold office who sit here.
    pub fn seat_of(&self) -> Option<&str> {
        let is_seat = self.described.as_ref().is_some_and(|described| described.is_seat);
        self.place.as_ref().filter(|_| is_seat).map(|(_, place)| place.as_str())
    }

    /// Takes in a row of a file whose offices are held for the place it is the seat of.
    pub fn see_office(&mut self, file: &ObjectFile, row: RowRef, cell: &dyn Fn(&str) -> Value) {
        self.terms.extend(file.term.as_ref().map(|columns| read_term(file, columns, row, cell)));
    }

    fn describe(&mut self, file: &'l ObjectFile, row: RowRef, cell: &dyn Fn(&str) -> Value) {
        let text = |name: &Option<String>| name.as_ref().and_then(|name| text_of(cell(name)));
        keep_newest(&mut self.name, row, text(&file.name).as_deref());
        keep_newest(&mut self.place, row, text(&file.place).as_deref());
        if self.described.as_ref().is_none_or(|known| row > known.row) {
            let more = file.show.iter().map(|name| (name.clone(), cell(name))).collect();
            let has =
                |(name, word): (&String, &String)| text_of(cell(name)).is_none_or(|found| found == *word);
            let is_seat = !file.seat.is_empty() && file.seat.iter().all(has);
            self.described = Some(Described { file, row, more, is_seat });
        }
    }

    /// Whether a row of the kind's own files has described it. What nothing describes is no object of the kind.
    pub fn is_described(&self) -> bool {
        self.described.is_some()
    }

    /// What is known; nothing where no row describes it.
    pub fn finish(mut self) -> Option<ObjectRecord> {
        let Described { file, row, more, .. } = self.described?;
        let entry = ObjectEntry {
            kind: self.kind,
            key: self.key,
            name: self.name.map(|(_, name)| name),
            place: self.place.map(|(_, place)| place),
            dataset: file.dataset.clone(),
            row,
            more,
        };
        self.terms.sort_by_key(|term| std::cmp::Reverse((term.from, term.until.is_none(), term.row)));
        self.terms.truncate(MOST_TERMS);
        let about = self.about.into_iter().map(|((dataset, column), about)| about.finish(dataset, column));
        Some(ObjectRecord { entry, about: about.collect(), terms: self.terms })
    }
}

impl About {
    fn keep(&mut self, when: Option<String>, row: RowRef, read: impl FnOnce() -> TableRow) {
        let place = (when, row);
        let is_full = self.newest.len() >= AboutDataset::SAMPLE;
        if is_full && self.newest.first_key_value().is_some_and(|(oldest, _)| place < *oldest) {
            return;
        }
        self.newest.insert(place, read());
        if is_full {
            self.newest.pop_first();
        }
    }

    fn finish(self, dataset: &str, column: &str) -> AboutDataset {
        AboutDataset {
            dataset: dataset.to_owned(),
            column: column.to_owned(),
            rows: self.rows,
            years: self.years.into_iter().collect(),
            sample: self.newest.into_values().rev().collect(),
        }
    }
}

fn table_row(dataset: &Dataset, row: RowRef, cell: &dyn Fn(&str) -> Value) -> TableRow {
    let cells = dataset.columns.iter().map(|column| (column.name.clone(), cell(&column.name)));
    TableRow { row, dataset: dataset.key.clone(), cells: cells.collect() }
}

fn read_term(file: &ObjectFile, columns: &TermColumns, row: RowRef, cell: &dyn Fn(&str) -> Value) -> Term {
    let text = |name: &str| text_of(cell(name));
    let day = |name: &str| text(name).and_then(|text| text.parse::<Day>().ok());
    Term {
        dataset: file.dataset.clone(),
        holder: file.name.as_deref().and_then(text).or_else(|| text(&file.key)),
        post: text(&columns.post),
        unit: columns.unit.as_deref().and_then(text),
        from: day(&columns.from),
        until: columns.until.as_deref().and_then(day),
        row,
    }
}

fn text_of(value: Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text),
        _ => None,
    }
}

/// The year of a day, a moment, a month or a year, and a text that orders values of the same column.
fn when(value: &Value) -> Option<(i32, String)> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    let year: i32 = text.get(..4)?.parse().ok()?;
    Some((year, text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::object::AboutDataset;

    const OFFICIAL: &str = "870121197001010210";

    fn library() -> Library {
        let mut library = Library::default();
        for text in [
            "key = \"roster\"\nperson = \"person_id\"\ntime = \"from\"\n\
             column = [{ name = \"person_id\", type = \"idno\" }, { name = \"name\", type = \"name\" }, \
             { name = \"unit_id\", type = \"uscc\" }, { name = \"post\", type = \"text\" }, { name = \"from\", type = \"date\" }]",
            "key = \"wages\"\ntime = \"month\"\n\
             column = [{ name = \"payee\", type = \"party\" }, { name = \"signer\", type = \"idno\" }, \
             { name = \"month\", type = \"month\" }]",
            "key = \"unit\"\ncolumn = [{ name = \"unit_id\", type = \"uscc\" }]",
            "key = \"coop\"\ncolumn = [{ name = \"coop_id\", type = \"uscc\" }, { name = \"place\", type = \"region\" }, \
             { name = \"level\", type = \"enum\" }]",
            "key = \"committee\"\ncolumn = [{ name = \"member\", type = \"idno\" }, { name = \"village\", type = \"region\" }, \
             { name = \"post\", type = \"text\" }, { name = \"since\", type = \"date\" }]",
            "key = \"weather\"\ncolumn = [{ name = \"note\", type = \"text\" }]",
        ] {
            let title = "title = { zh = \"甲\", en = \"A\" }";
            let text = text.replace("type =", &format!("{title}, type ="));
            let head = format!(
                "{title}\nowner = {{ zh = \"甲\", en = \"A\" }}\nkind = \"source\"\n\
                                sensitivity = \"internal\"\n{text}"
            );
            let dataset: Dataset = toml::from_str(&head).unwrap();
            library.datasets.insert(dataset.key.clone(), dataset);
        }
        library.objects.push(
            toml::from_str(
                "kind = \"official\"\ndataset = \"roster\"\nkey = \"person_id\"\nname = \"name\"\n\
                 show = [\"post\"]\nterm = { post = \"post\", held_in = \"unit_id\", from = \"from\" }",
            )
            .unwrap(),
        );
        for text in [
            "kind = \"collective\"\ndataset = \"coop\"\nkey = \"coop_id\"\nplace = \"place\"\nseat = { level = \"village\" }",
            "kind = \"official\"\ndataset = \"committee\"\nkey = \"member\"\n\
             term = { post = \"post\", unit = \"village\", from = \"since\" }",
        ] {
            library.objects.push(toml::from_str(text).unwrap());
        }
        let unit = "kind = \"unit\"\ndataset = \"unit\"\nkey = \"unit_id\"";
        library.objects.push(toml::from_str(unit).unwrap());
        library
    }

    fn read(reader: &mut ObjectReader<'_>, library: &'static Library, key: &str, rows: &[(u32, &str)]) {
        read_of(reader, library, ObjectKind::Official, key, rows);
    }

    fn read_of(
        reader: &mut ObjectReader<'_>,
        library: &'static Library,
        kind: ObjectKind,
        key: &str,
        rows: &[(u32, &str)],
    ) {
        let about = library.columns_about(kind);
        let (dataset, columns) = about.into_iter().find(|(dataset, _)| dataset.key == key).unwrap();
        for (line, cells) in rows {
            let cells: serde_json::Map<String, Value> = serde_json::from_str(cells).unwrap();
            let cell = |name: &str| cells.get(name).cloned().unwrap_or_default();
            reader.see(dataset, &columns, RowRef { batch: 1, sheet: 0, line: *line }, &cell);
        }
    }

    fn leaked() -> &'static Library {
        Box::leak(Box::new(library()))
    }

    #[test]
    fn terms_and_rows_by_column_and_year_are_gathered() {
        let library = leaked();
        let mut reader = ObjectReader::new(library, ObjectKind::Official, OFFICIAL);
        assert!(!reader.is_described());
        let term = |post: &str, from: &str| {
            format!(
                "{{\"person_id\":\"{OFFICIAL}\",\"name\":\"温竹\",\"post\":\"{post}\",\"from\":\"{from}\"}}"
            )
        };
        read(
            &mut reader,
            library,
            "roster",
            &[(2, &term("局长", "2021-03-01")), (3, &term("科长", "2016-05-01"))],
        );
        assert!(reader.is_described());
        let wage =
            |month: u32| format!("{{\"payee\":\"{OFFICIAL}\",\"signer\":\"{OFFICIAL}\",\"month\":{month}}}");
        let other = r#"{"payee":"91870121MA0X000157","signer":null,"month":202401}"#;
        read(&mut reader, library, "wages", &[(2, &wage(202_312)), (3, &wage(202_401)), (4, other)]);
        let record = reader.finish().unwrap();
        let terms: Vec<_> = record.terms.iter().map(|term| term.post.as_deref().unwrap()).collect();
        assert_eq!(terms, ["局长", "科长"], "the latest first");
        assert!(record.terms.iter().all(|term| term.holder.is_none()), "they are this person's own");
        assert_eq!(record.entry.name.as_deref(), Some("温竹"));
        assert_eq!(record.entry.more, [("post".to_owned(), Value::from("科长"))], "as the newest row says");
        let about: Vec<_> =
            record.about.iter().map(|one| (one.dataset.as_str(), one.column.as_str(), one.rows)).collect();
        assert_eq!(about, [("roster", "person_id", 2), ("wages", "payee", 2), ("wages", "signer", 2)]);
        assert_eq!(record.about[1].years, [(2023, 1), (2024, 1)]);
        assert_eq!(record.about[1].sample[0].row.line, 3, "the newest first");
    }

    #[test]
    fn a_unit_has_the_terms_of_those_who_held_office_in_it() {
        const UNIT: &str = "11870121008710103B";
        let library = leaked();
        let mut reader = ObjectReader::new(library, ObjectKind::Unit, UNIT);
        let unit = format!("{{\"unit_id\":\"{UNIT}\"}}");
        let term = |who: &str, unit: &str, from: &str| {
            format!(
                "{{\"person_id\":\"{OFFICIAL}\",{who}\"unit_id\":\"{unit}\",\"post\":\"局长\",\"from\":\"{from}\"}}"
            )
        };
        let before = term("\"name\":\"温竹\",", UNIT, "2019-03-01");
        let elsewhere = term("\"name\":\"温竹\",", "11870121008720109M", "2020-03-01");
        let nameless = term("", UNIT, "2021-03-01");
        read_of(&mut reader, library, ObjectKind::Unit, "unit", &[(2, &unit)]);
        let roster = [(2, before.as_str()), (3, &elsewhere), (4, &nameless)];
        read_of(&mut reader, library, ObjectKind::Unit, "roster", &roster);
        let record = reader.finish().unwrap();
        let terms: Vec<_> = record.terms.iter().map(|term| (term.row.line, term.holder.as_deref())).collect();
        assert_eq!(terms, [(4, Some(OFFICIAL)), (2, Some("温竹"))], "the latest first");
    }

    #[test]
    fn the_seat_of_a_place_has_the_terms_held_for_it() {
        const COLLECTIVE: &str = "N2870121MA0X00015Y";
        let library = leaked();
        let read_as = |level: &str| {
            let mut reader = ObjectReader::new(library, ObjectKind::Collective, COLLECTIVE);
            let row =
                format!("{{\"coop_id\":\"{COLLECTIVE}\",\"place\":\"870121101201\",\"level\":{level}}}");
            read_of(&mut reader, library, ObjectKind::Collective, "coop", &[(2, &row)]);
            reader
        };
        assert!(read_as("\"group\"").seat_of().is_none());
        for level in ["\"village\"", "null"] {
            let mut reader = read_as(level);
            assert_eq!(reader.seat_of(), Some("870121101201"));
            let offices: Vec<_> = library.offices_of_places().collect();
            let [(file, dataset, column)] = offices.as_slice() else { panic!("{offices:?}") };
            assert_eq!((dataset.key.as_str(), column.name.as_str()), ("committee", "village"));
            let row = [("member", OFFICIAL), ("post", "director"), ("since", "2021-01-01")];
            let cell = |name: &str| {
                row.iter().find(|(known, _)| *known == name).map_or(Value::Null, |(_, it)| (*it).into())
            };
            reader.see_office(file, RowRef { batch: 2, sheet: 0, line: 5 }, &cell);
            let [term] = reader.finish().unwrap().terms.try_into().unwrap();
            assert_eq!(
                (term.holder.as_deref(), term.post.as_deref(), term.row.line),
                (Some(OFFICIAL), Some("director"), 5)
            );
        }
    }

    #[test]
    fn the_newest_rows_are_kept_whatever_order_they_come_in() {
        let library = leaked();
        let mut reader = ObjectReader::new(library, ObjectKind::Official, OFFICIAL);
        let rows: Vec<(u32, String)> = (0..40)
            .map(|n| (n + 2, format!("{{\"payee\":\"{OFFICIAL}\",\"month\":{}}}", 202_401 + (n * 7) % 40)))
            .collect();
        let rows: Vec<(u32, &str)> = rows.iter().map(|(line, text)| (*line, text.as_str())).collect();
        read(&mut reader, library, "wages", &rows);
        let about = &reader.about[&("wages", "payee")];
        let months: Vec<i64> =
            about.newest.values().rev().map(|row| row.cells[2].1.as_i64().unwrap()).collect();
        let expected: Vec<i64> = (0..AboutDataset::SAMPLE as i64).map(|n| 202_440 - n).collect();
        assert_eq!(months, expected);
        assert!(reader.finish().is_none(), "whom no roster names is no official");
    }

    #[test]
    fn only_columns_of_numbers_of_the_kind_are_looked_at() {
        let library = library();
        let names = |kind| -> Vec<String> {
            let about = library.columns_about(kind);
            let column = |dataset: &Dataset, column: &Column| format!("{}.{}", dataset.key, column.name);
            about.iter().flat_map(|(one, columns)| columns.iter().map(|it| column(one, it))).collect()
        };
        let persons = ["committee.member", "roster.person_id", "wages.payee", "wages.signer"];
        assert_eq!(names(ObjectKind::Official), persons);
        let organisations = ["coop.coop_id", "roster.unit_id", "unit.unit_id", "wages.payee"];
        assert_eq!(names(ObjectKind::Supplier), organisations);
        assert!(names(ObjectKind::Project).is_empty());
    }
}
