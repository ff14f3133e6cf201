//! The whole library in memory.

use std::collections::{BTreeMap, BTreeSet};

use gnomon_kernel::{Day, Words};
use sqlparser::ast::Query;

use crate::{
    case::TextTable,
    column::{Column, ColumnType},
    dataset::Dataset,
    model::{Model, Pack},
    object::ObjectFile,
    param::ParamValues,
    source::SourceFile,
    sql::{Literals, ParsedQuery, SqlError, parse_query, with_queries},
    view::View,
};

/// Rows of a reference dataset, from one list file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// Key of the reference dataset.
    pub dataset: String,
    /// The rows.
    pub rows: TextTable,
}

/// All datasets, views, lists, objects and models, checked together by [`Library::load`].
#[derive(Debug, Default)]
pub struct Library {
    /// By key.
    pub datasets: BTreeMap<String, Dataset>,
    /// By key.
    pub views: BTreeMap<String, View>,
    /// In the order of their files.
    pub lists: Vec<List>,
    /// What makes supervised objects, in the order of their files.
    pub objects: Vec<ObjectFile>,
    /// By id.
    pub models: BTreeMap<String, Model>,
    /// By key. A pack without a file of its own is named by its key.
    pub packs: BTreeMap<String, Pack>,
    /// Fingerprint of each model's logic, by id: SHA-256 in lower-case hex.
    pub fingerprints: BTreeMap<String, String>,
    pub(crate) queries: BTreeMap<String, ParsedQuery>,
    pub(crate) sources: BTreeMap<String, SourceFile>,
}

/// What a model or view would have to read from, given what has data.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Supply {
    /// Tables without data that are needed. Empty: it can speak.
    pub missing: BTreeSet<String>,
    /// Tables without data that it can do without.
    pub without: BTreeSet<String>,
}

impl Library {
    /// The columns of a dataset or view.
    pub fn columns_of(&self, table: &str) -> Option<&[Column]> {
        let dataset = self.datasets.get(table).map(|dataset| dataset.columns.as_slice());
        dataset.or_else(|| self.views.get(table).map(|view| view.columns.as_slice()))
    }

    /// The word for a dataset or view.
    pub fn table_title(&self, table: &str) -> Option<&Words> {
        let dataset = self.datasets.get(table).map(|dataset| &dataset.title);
        dataset.or_else(|| self.views.get(table).map(|view| &view.title))
    }

    /// The parsed query of a model (by id) or view (by key).
    pub fn query(&self, name: &str) -> Option<&ParsedQuery> {
        self.queries.get(name)
    }

    /// The file a model (by id), view or dataset (by key) was read from.
    pub fn source(&self, name: &str) -> Option<&SourceFile> {
        self.sources.get(name)
    }

    /// The list rows of a reference dataset.
    pub fn list_rows(&self, dataset: &str) -> impl Iterator<Item = &TextTable> {
        self.lists.iter().filter(move |list| list.dataset == dataset).map(|list| &list.rows)
    }

    /// The datasets that `tables` read in the end, through all views.
    pub fn datasets_below<'a>(&'a self, tables: impl IntoIterator<Item = &'a String>) -> BTreeSet<&'a str> {
        let mut below = BTreeSet::new();
        let mut open: Vec<&str> = tables.into_iter().map(String::as_str).collect();
        while let Some(table) = open.pop() {
            match self.views.get(table) {
                Some(view) => open.extend(view.reads.iter().chain(&view.reads_any).map(String::as_str)),
                None => {
                    below.insert(table);
                }
            }
        }
        below
    }

    /// Whether a model's query, or that of a view below it, names a column of a dataset.
    pub fn reads_column(&self, model: &Model, dataset: &str, column: &str) -> bool {
        let views = self.views_below(model.reads.iter().chain(&model.reads_any));
        let mut queries = views.into_iter().map(|view| view.sql.as_str()).chain([model.query.sql.as_str()]);
        queries.any(|sql| parse_query(sql).is_ok_and(|query| query.names_column(dataset, column)))
    }

    /// The views that `tables` read, those that others build on first.
    pub fn views_below<'a>(&'a self, tables: impl IntoIterator<Item = &'a String>) -> Vec<&'a View> {
        let mut ordered: Vec<&View> = Vec::new();
        for table in tables {
            let Some(view) = self.views.get(table) else { continue };
            let inner = self.views_below(view.reads.iter().chain(&view.reads_any));
            for view in inner.into_iter().chain([view]) {
                if !ordered.iter().any(|known| known.key == view.key) {
                    ordered.push(view);
                }
            }
        }
        ordered
    }

    /// What a reader of `reads` (all needed) and `reads_any` (one needed) lacks.
    pub fn supply(&self, reads: &[String], reads_any: &[String], has_data: &dyn Fn(&str) -> bool) -> Supply {
        let mut supply = Supply::default();
        for table in reads {
            let below = self.supply_of(table, has_data);
            supply.missing.extend(below.missing);
            supply.without.extend(below.without);
        }
        let mut lacking = BTreeSet::new();
        let mut one_speaks = reads_any.is_empty();
        for table in reads_any {
            let below = self.supply_of(table, has_data);
            one_speaks |= below.missing.is_empty();
            lacking.extend(below.missing);
            supply.without.extend(below.without);
        }
        if one_speaks {
            supply.without.extend(lacking);
        } else {
            supply.missing.extend(lacking);
        }
        supply.without.retain(|table| !supply.missing.contains(table));
        supply
    }

    fn supply_of(&self, table: &str, has_data: &dyn Fn(&str) -> bool) -> Supply {
        match self.views.get(table) {
            Some(view) => self.supply(&view.reads, &view.reads_any, has_data),
            None if has_data(table) => Supply::default(),
            None => Supply { missing: BTreeSet::from([table.to_owned()]), without: BTreeSet::new() },
        }
    }

    /// The query of a model with its values put in; the views it reads stay names.
    pub fn bound(&self, model: &Model, values: &ParamValues, as_of: Day) -> Result<Query, SqlError> {
        let parsed = self
            .queries
            .get(&model.id)
            .ok_or_else(|| SqlError { message: format!("{} has no query", model.id), at: None })?;
        literals(model, values, as_of).bind(&parsed.query)
    }

    /// The query of a model with its values put in and its views in front, so that it stands alone.
    pub fn standalone(&self, model: &Model, values: &ParamValues, as_of: Day) -> Result<Query, SqlError> {
        let bound = self.bound(model, values, as_of)?;
        let views = self.views_below(model.reads.iter().chain(&model.reads_any));
        let named = views
            .into_iter()
            .filter_map(|view| Some((view.key.clone(), self.queries.get(&view.key)?.query.clone())))
            .collect();
        Ok(with_queries(bound, named))
    }

    /// The word and type of a column that a model returns: its own evidence word, else the column of that name in the
    /// tables it reads.
    pub fn evidence_word<'a>(&'a self, model: &'a Model, column: &str) -> Option<(ColumnType, &'a Words)> {
        if let Some(word) = model.evidence.get(column) {
            return Some((word.ty, &word.title));
        }
        let reads = model.reads.iter().chain(&model.reads_any);
        let direct = reads.clone().map(String::as_str);
        let below = self.datasets_below(reads);
        direct
            .chain(below)
            .filter_map(|table| self.columns_of(table))
            .flatten()
            .find(|candidate| candidate.name == column)
            .map(|found| (found.ty, &found.title))
    }

    /// The words for a code that a model returns: a choice of the column of that name in the datasets it reads, or the key
    /// of a dataset.
    pub fn code_words(&self, model: &Model, column: &str, code: &str) -> Option<Words> {
        let below = self.datasets_below(model.reads.iter().chain(&model.reads_any));
        let columns = below.into_iter().filter_map(|table| self.columns_of(table)).flatten();
        let mut named = columns.filter(|candidate| candidate.name == column);
        let choice = named.find_map(|found| found.choice(code));
        choice.or_else(|| self.datasets.get(code).map(|dataset| dataset.title.clone()))
    }

    /// The words of a pack.
    pub fn pack_title(&self, key: &str) -> Words {
        let plain = || Words { zh: key.to_owned(), en: key.to_owned() };
        self.packs.get(key).map_or_else(plain, |pack| pack.title.clone())
    }
}

/// The literal nodes of a model's values.
pub fn literals(model: &Model, values: &ParamValues, as_of: Day) -> Literals {
    let typed = values.iter().filter_map(|(name, value)| Some((name, model.params.get(name)?.ty, value)));
    Literals::new(typed, as_of)
}
