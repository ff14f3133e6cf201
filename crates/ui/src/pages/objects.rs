use askama::Template;

use super::EvidenceCell;
use crate::form::{Choice, Filled};
use crate::object_query::{ObjectFilter, ObjectKind};
use crate::page::{Page as _, page};
use crate::shell::Shell;

/// Supervised objects of one kind, by name.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/objects.html")]
pub struct ObjectsPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// What is shown.
    pub filter: ObjectFilter,
    /// How many the same words find, by kind.
    pub counts: Vec<(ObjectKind, u64)>,
    /// Townships to choose from.
    pub places: Vec<Choice>,
    /// The objects.
    pub rows: Vec<ObjectRow>,
    /// How many stand on one page.
    pub most: usize,
}

/// Why a person's page is opened.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/object_ask.html")]
pub struct ObjectAskPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// The kind.
    pub kind: ObjectKind,
    /// What its page is asked for by.
    pub address: String,
    /// The form that came back.
    pub filled: Filled,
}

page!(ObjectsPage, ObjectAskPage);

/// One object of the list.
#[derive(Debug, Clone)]
pub struct ObjectRow {
    /// What its page is asked for by.
    pub address: String,
    /// Name, masked where it is a person's; the number where there is none.
    pub name: String,
    /// Number, masked where it is a person's.
    pub number: String,
    /// Township and village.
    pub place: String,
    /// What else is known of it.
    pub cells: Vec<EvidenceCell>,
}

/// A kind to choose.
struct Tab {
    href: String,
    /// Locale key of its name.
    title: &'static str,
    count: u64,
    is_current: bool,
}

impl ObjectsPage {
    fn tabs(&self) -> Vec<Tab> {
        let tab = |(kind, count): &(ObjectKind, u64)| Tab {
            href: self.filter.with_kind(*kind).href(),
            title: kind.title(),
            count: *count,
            is_current: self.filter.kind == *kind,
        };
        self.counts.iter().map(tab).collect()
    }

    fn total(&self) -> u64 {
        let own = self.counts.iter().find(|(kind, _)| *kind == self.filter.kind);
        own.map_or(0, |(_, count)| *count)
    }

    fn previous(&self) -> Option<ObjectFilter> {
        (self.filter.from > 0).then(|| self.filter.from(self.filter.from.saturating_sub(self.most)))
    }

    fn next(&self) -> Option<ObjectFilter> {
        let next = self.filter.from + self.most;
        (next < usize::try_from(self.total()).unwrap_or(usize::MAX)).then(|| self.filter.from(next))
    }

    /// `51–80`.
    fn range(&self) -> String {
        format!("{}–{}", self.filter.from + 1, self.filter.from + self.rows.len())
    }
}
