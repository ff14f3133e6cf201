//! Rows that somebody types: from the form to the verb, and back.

use std::collections::BTreeMap;

use gnomon_app::{Error, MOST_TYPED, Problem, Typed, TypedRow, TypedRows, typed_field};
use gnomon_httpkit::Fields;
use gnomon_kernel::{Code, Lang, RowRef};
use gnomon_library::{
    column::{Column, ColumnType, MoneyUnit},
    dataset::{Dataset, Delivery},
};
use gnomon_ui::{Choice, Filled, HandColumn, HandInput, HandPage, HandRow, Shell, error_text, yes_no};

use super::{data::kind, form};

/// What the form is filled with.
#[derive(Default)]
pub struct Sent {
    rows: Vec<HandRow>,
    taken: Option<(String, u64)>,
    filled: Filled,
}

/// The form.
pub fn page(shell: Shell, dataset: &Dataset, sent: Sent) -> HandPage {
    let lang = shell.lang;
    HandPage {
        shell,
        key: dataset.key.clone(),
        title: dataset.title.get(lang).to_owned(),
        department: dataset.owner.get(lang).to_owned(),
        columns: dataset.columns.iter().map(|one| column(one, lang)).collect(),
        can_grow: sent.rows.len() < MOST_TYPED,
        rows: sent.rows,
        is_snapshot: dataset.delivery == Delivery::Snapshot,
        taken: sent.taken,
        filled: sent.filled,
    }
}

fn column(column: &Column, lang: Lang) -> HandColumn {
    HandColumn {
        name: column.name.clone(),
        title: column.title.get(lang).to_owned(),
        kind: kind(column, lang),
        is_required: column.required,
        input: input(column, lang),
    }
}

fn input(column: &Column, lang: Lang) -> HandInput {
    use ColumnType as T;
    match column.ty {
        T::Date => HandInput::Day,
        T::Month => HandInput::Month,
        T::Datetime => HandInput::Moment,
        T::Int | T::Dec | T::Pct | T::Year => HandInput::Number,
        T::Money => {
            let unit = MoneyUnit::said_by(&column.title.zh).unwrap_or(column.unit);
            HandInput::Money(unit == MoneyUnit::Wan)
        }
        // As departments write it, whatever the language of the page.
        T::Bool => HandInput::Choice(
            [("是", true), ("否", false)].map(|(word, yes)| Choice::new(word, yes_no(lang, yes))).to_vec(),
        ),
        T::Enum => HandInput::Choice(column.values.keys().map(|key| choice(column, key, lang)).collect()),
        _ => HandInput::Text,
    }
}

fn choice(column: &Column, key: &str, lang: Lang) -> Choice {
    match column.choice(key) {
        Some(words) => Choice::new(&words.zh, words.get(lang)),
        None => Choice::new(key, key),
    }
}

/// The rows as they were typed, blank ones too.
pub fn typed(fields: &Fields, dataset: &Dataset) -> TypedRows {
    let sent = fields.typed();
    let places =
        sent.keys().filter_map(|name| name.strip_prefix('c')?.split_once('-')?.0.parse::<usize>().ok());
    // One more than may be is enough to be told so.
    let count = places.max().map_or(1, |last| last.min(MOST_TYPED) + 1);
    let row = |at: usize| {
        let cell = |column: &Column| {
            let text = fields.get(&typed_field(at, &column.name));
            let text =
                if column.ty == ColumnType::Datetime { text.replace('T', " ") } else { text.to_owned() };
            (column.name.clone(), text)
        };
        let mends = RowRef::from_label(fields.get(&format!("mends{at}")));
        TypedRow { cells: dataset.columns.iter().map(cell).collect(), mends, ends: false }
    };
    TypedRows {
        dataset: dataset.key.clone(),
        reason: fields.get("reason").to_owned(),
        rows: (0..count).map(row).collect(),
    }
}

impl Sent {
    /// One empty row.
    pub fn empty() -> Sent {
        Sent { rows: vec![HandRow::default()], ..Sent::default() }
    }

    /// What was typed, with one row more.
    pub fn grown(fields: &Fields, typed: &TypedRows) -> Sent {
        let mut sent = Sent::of(fields, typed);
        if sent.rows.len() < MOST_TYPED {
            sent.rows.push(HandRow::default());
        }
        sent
    }

    /// What was typed, with what it lacks. Nothing of it is in.
    pub fn lacking(fields: &Fields, typed: &TypedRows, error: &Error, dataset: &Dataset, lang: Lang) -> Sent {
        let named = |problem: &Problem| {
            let column = problem.field.split_once('-').and_then(|(_, name)| dataset.column(name));
            match column.filter(|_| problem.code == Code::Missing) {
                Some(column) => Problem { found: column.title.get(lang).to_owned(), ..problem.clone() },
                None => problem.clone(),
            }
        };
        let error = Error::Invalid(error.problems().iter().map(named).collect());
        Sent { filled: form::came_back("hand", fields, &error, lang), ..Sent::of(fields, typed) }
    }

    /// What was typed and cannot be taken in as a whole.
    pub fn known(fields: &Fields, typed: &TypedRows, error: &Error, lang: Lang) -> Sent {
        let mut sent = Sent::of(fields, typed);
        let sentence = error_text(lang, error.code(), error.found(), error.expected());
        sent.filled.summary = Some(sentence.into_owned());
        sent
    }

    /// The rows that were kept apart, each with what is wrong with it; the others are in.
    pub fn came_back(typed: &TypedRows, done: &Typed, lang: Lang) -> Sent {
        let mut sent =
            Sent { taken: Some((done.batch.id.to_string(), done.batch.counts.accepted)), ..Sent::default() };
        let mut values: BTreeMap<String, String> = [("reason".to_owned(), typed.reason.clone())].into();
        for fault in &done.faults {
            let Some(row) = typed.rows.get(fault.row) else { continue };
            let at = sent.rows.len();
            values.extend(row.cells.iter().map(|(name, text)| (typed_field(at, name), text.clone())));
            let sentence = error_text(lang, fault.code, &fault.found, &fault.expected).into_owned();
            let is_of_cell = row.cells.contains_key(&fault.column);
            if is_of_cell {
                sent.filled.errors.insert(typed_field(at, &fault.column), sentence.clone());
            }
            let error = (!is_of_cell).then_some(sentence);
            sent.rows.push(HandRow { error, mends: Some(fault.kept_as.label()) });
        }
        (sent.filled.form, sent.filled.values) = ("hand".to_owned(), values);
        sent
    }

    fn of(fields: &Fields, typed: &TypedRows) -> Sent {
        let row = |row: &TypedRow| HandRow { error: None, mends: row.mends.map(RowRef::label) };
        let filled = Filled { form: "hand".to_owned(), values: fields.typed(), ..Filled::default() };
        Sent { rows: typed.rows.iter().take(MOST_TYPED).map(row).collect(), taken: None, filled }
    }
}
