//! The library of supervised objects: persons in public office, units, collectives, projects, suppliers. Which rows make
//! one is content, read from `objects/*.toml`.

mod book;
mod reader;

use std::collections::BTreeMap;

use gnomon_kernel::{Day, RowRef, is_organisation_code};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    analytics::TableRow,
    catalogue::Library,
    column::{Column, ColumnType},
    dataset::Dataset,
};

pub use book::ObjectBook;
pub use reader::ObjectReader;

/// What is supervised. Citizens are not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ObjectKind {
    /// A person in public office, by resident number.
    Official,
    /// A unit that spends public money, by credit code.
    Unit,
    /// A collective economic organisation of a village or town, by credit code.
    Collective,
    /// A construction or support project, by project code.
    Project,
    /// An organisation that public bodies buy from, by credit code.
    Supplier,
}

impl ObjectKind {
    /// All of them, in the order of lists.
    pub const ALL: [ObjectKind; 5] =
        [Self::Official, Self::Unit, Self::Collective, Self::Project, Self::Supplier];

    /// The word in files, addresses and locale keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::Unit => "unit",
            Self::Collective => "collective",
            Self::Project => "project",
            Self::Supplier => "supplier",
        }
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// Whether an object is a natural person, whose page opens for a recorded reason only.
    pub fn is_person(self) -> bool {
        self == Self::Official
    }

    /// Whether a key can be that of such an object. Among suppliers stand private sellers under their resident number: they
    /// are nobody's object.
    pub fn accepts(self, key: &str) -> bool {
        match self {
            Self::Official => !key.is_empty() && !is_organisation_code(key),
            Self::Unit | Self::Collective | Self::Supplier => is_organisation_code(key),
            Self::Project => !key.is_empty(),
        }
    }

    /// Whether a key column of a file may have this type.
    pub(crate) fn fits(self, ty: ColumnType) -> bool {
        match self {
            Self::Official => ty == ColumnType::Idno,
            Self::Unit | Self::Collective | Self::Supplier => {
                matches!(ty, ColumnType::Uscc | ColumnType::Party)
            }
            Self::Project => ty == ColumnType::Code,
        }
    }

    /// Whether a column of this type may hold the number of such an object, whatever the column is called.
    fn is_named_by(self, ty: ColumnType) -> bool {
        match self {
            Self::Official => matches!(ty, ColumnType::Idno | ColumnType::Party),
            Self::Unit | Self::Collective | Self::Supplier => self.fits(ty),
            Self::Project => false,
        }
    }
}

impl std::fmt::Display for ObjectKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An object file: whose rows make objects of a kind.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ObjectFile {
    /// The kind.
    pub kind: ObjectKind,
    /// Key of the dataset.
    pub dataset: String,
    /// Column of the number or code.
    pub key: String,
    /// Column of the name.
    pub name: Option<String>,
    /// Column of the place.
    pub place: Option<String>,
    /// Further columns that are shown, in this order.
    #[serde(default)]
    pub show: Vec<String>,
    /// Words by column: a row with them is the seat of those who hold office for its place. An empty cell says nothing
    /// against it.
    #[serde(default)]
    pub seat: BTreeMap<String, String>,
    /// Columns of a term of office, where a row is one.
    pub term: Option<TermColumns>,
}

/// The columns of a term of office.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TermColumns {
    /// Column of the post.
    pub post: String,
    /// Column of the unit, or of the place that the office is held for: then the page of its seat lists the term too.
    pub unit: Option<String>,
    /// Column of the unit's credit code, where there is one: the page of the unit lists the term too.
    pub held_in: Option<String>,
    /// Column of its first day.
    pub from: String,
    /// Column of its last day.
    pub until: Option<String>,
}

impl ObjectFile {
    /// Under which name the library keeps its source.
    pub(crate) fn source_name(&self) -> String {
        format!("object {} {}.{}", self.kind, self.dataset, self.key)
    }
}

/// Which objects to list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectSearch {
    /// The kind.
    pub kind: ObjectKind,
    /// Part of a name, or a whole key; empty: all.
    pub text: String,
    /// Beginning of the division code; empty: everywhere.
    pub place: String,
    /// How many to pass over.
    pub from: usize,
    /// How many to return at most.
    pub most: usize,
}

/// One object as its rows describe it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ObjectEntry {
    /// The kind.
    pub kind: ObjectKind,
    /// Number or code, in full.
    pub key: String,
    /// The name delivered last.
    pub name: Option<String>,
    /// The division code delivered last.
    pub place: Option<String>,
    /// Key of the dataset whose row describes it last.
    pub dataset: String,
    /// That row.
    pub row: RowRef,
    /// Name and value of the columns of that row that are shown.
    pub more: Vec<(String, Value)>,
}

/// One object with what the tables say of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ObjectRecord {
    /// What it is.
    pub entry: ObjectEntry,
    /// Which rows name it, by dataset and column.
    pub about: Vec<AboutDataset>,
    /// Terms of office, the latest first: a person's own, or all that were held in a unit.
    pub terms: Vec<Term>,
}

/// The rows of a dataset that name an object in one column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AboutDataset {
    /// Key of the dataset.
    pub dataset: String,
    /// The column.
    pub column: String,
    /// How many.
    pub rows: u64,
    /// How many of each year, oldest first; rows without a time are left out, and so is everything where the dataset has no
    /// column of time.
    pub years: Vec<(i32, u64)>,
    /// The newest of them, at most [`AboutDataset::SAMPLE`].
    pub sample: Vec<TableRow>,
}

impl AboutDataset {
    /// The most rows that are looked at one by one.
    pub const SAMPLE: usize = 20;
}

/// A term of office, as delivered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// Key of the dataset.
    pub dataset: String,
    /// Who held it, on the page of a unit; the number where no name was delivered.
    pub holder: Option<String>,
    /// The post, as stored.
    pub post: Option<String>,
    /// The unit or the division code, as stored.
    pub unit: Option<String>,
    /// Its first day.
    pub from: Option<Day>,
    /// Its last day; none while it goes on.
    pub until: Option<Day>,
    /// Where it stands.
    pub row: RowRef,
}

impl Library {
    /// The files that make objects of a kind.
    pub fn object_files(&self, kind: ObjectKind) -> impl Iterator<Item = &ObjectFile> {
        self.objects.iter().filter(move |file| file.kind == kind)
    }

    /// The columns in which an object of a kind may be named, by dataset: those of numbers of its sort, and for what has a
    /// code of its own the columns called like that of its files.
    pub fn columns_about(&self, kind: ObjectKind) -> Vec<(&Dataset, Vec<&Column>)> {
        let own: Vec<&str> = self.object_files(kind).map(|file| file.key.as_str()).collect();
        let names_it = |column: &&Column| {
            kind.is_named_by(column.ty) || (kind.fits(column.ty) && own.contains(&column.name.as_str()))
        };
        let mut about = Vec::new();
        for dataset in self.datasets.values() {
            let columns: Vec<&Column> = dataset.columns.iter().filter(names_it).collect();
            if !columns.is_empty() {
                about.push((dataset, columns));
            }
        }
        about
    }

    /// The files whose terms of office are held for a place, each with its dataset and the column of the place.
    pub fn offices_of_places(&self) -> impl Iterator<Item = (&ObjectFile, &Dataset, &Column)> {
        self.objects.iter().filter_map(|file| {
            let dataset = self.datasets.get(&file.dataset)?;
            let place = dataset.column(file.term.as_ref()?.unit.as_deref()?)?;
            (place.ty == ColumnType::Region).then_some((file, dataset, place))
        })
    }
}
