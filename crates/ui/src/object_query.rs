//! Addresses of the library of supervised objects.

use crate::query::{address, encode};
use crate::tr::key;

/// What is supervised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ObjectKind {
    /// A person in public office.
    #[default]
    Official,
    /// A unit that spends public money.
    Unit,
    /// A collective economic organisation.
    Collective,
    /// A project.
    Project,
    /// A supplier.
    Supplier,
}

impl ObjectKind {
    /// All, as tabs list them.
    pub const ALL: [ObjectKind; 5] = [
        ObjectKind::Official,
        ObjectKind::Unit,
        ObjectKind::Collective,
        ObjectKind::Project,
        ObjectKind::Supplier,
    ];

    /// The word in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            ObjectKind::Official => "official",
            ObjectKind::Unit => "unit",
            ObjectKind::Collective => "collective",
            ObjectKind::Project => "project",
            ObjectKind::Supplier => "supplier",
        }
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<ObjectKind> {
        ObjectKind::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// Locale key of its name.
    pub fn title(self) -> &'static str {
        match self {
            ObjectKind::Official => key("object-official"),
            ObjectKind::Unit => key("object-unit"),
            ObjectKind::Collective => key("object-collective"),
            ObjectKind::Project => key("object-project"),
            ObjectKind::Supplier => key("object-supplier"),
        }
    }

    /// Name of its icon.
    pub fn icon(self) -> &'static str {
        match self {
            ObjectKind::Official => "person",
            ObjectKind::Project => "file",
            ObjectKind::Unit | ObjectKind::Collective | ObjectKind::Supplier => "org",
        }
    }

    /// Whether it is a natural person.
    pub fn is_person(self) -> bool {
        self == ObjectKind::Official
    }

    /// Where all of them are listed.
    pub fn list_href(self) -> String {
        ObjectFilter::default().with_kind(self).href()
    }

    /// Where the page of one of them is.
    pub fn href(self, address: &str) -> String {
        format!("/objects/{}/{}", self.as_str(), encode(address))
    }
}

/// What the list shows. The fields are the query parameters of `/objects`; empty means "all".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ObjectFilter {
    /// The kind.
    pub kind: ObjectKind,
    /// Part of a name, or a number.
    pub q: String,
    /// Only of this township, by the beginning of its code.
    pub place: String,
    /// How many are passed over.
    pub from: usize,
}

impl ObjectFilter {
    /// The same words among another kind.
    pub fn with_kind(&self, kind: ObjectKind) -> ObjectFilter {
        ObjectFilter { kind, from: 0, ..self.clone() }
    }

    /// The same list from another place.
    pub fn from(&self, from: usize) -> ObjectFilter {
        ObjectFilter { from, ..self.clone() }
    }

    /// Whether anything but the kind is chosen.
    pub fn is_narrowed(&self) -> bool {
        !self.q.is_empty() || !self.place.is_empty()
    }

    /// The address of the list with this filter.
    pub fn href(&self) -> String {
        let kind = if self.kind == ObjectKind::default() { "" } else { self.kind.as_str() };
        let from = if self.from == 0 { String::new() } else { self.from.to_string() };
        let fields = [("kind", kind), ("q", self.q.as_str()), ("place", &self.place), ("from", &from)];
        address("/objects", fields)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_kind_keeps_the_words_and_begins_anew() {
        let filter = ObjectFilter { q: "民政".to_owned(), from: 50, ..ObjectFilter::default() };
        assert_eq!(filter.href(), "/objects?q=%E6%B0%91%E6%94%BF&from=50");
        let units = filter.with_kind(ObjectKind::Unit);
        assert_eq!(units.href(), "/objects?kind=unit&q=%E6%B0%91%E6%94%BF");
        assert_eq!(ObjectKind::Project.href("2024/01"), "/objects/project/2024%2F01");
    }
}
