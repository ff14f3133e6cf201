//! A form as it was sent, with what is wrong with it.

use std::collections::BTreeMap;

/// Values and errors of a form that comes back to the person who sent it. Empty for a form not yet sent.
#[derive(Debug, Clone, Default)]
pub struct Filled {
    /// Which form of the page: the last part of its address.
    pub form: String,
    /// Field → what was typed.
    pub values: BTreeMap<String, String>,
    /// Field → what is wrong, in the person's language.
    pub errors: BTreeMap<String, String>,
    /// What is wrong with the form as a whole.
    pub summary: Option<String>,
    /// Whether the same can be sent again with a confirmation.
    pub can_confirm: bool,
}

impl Filled {
    /// A form not yet sent.
    pub(crate) const EMPTY: Filled = Filled {
        form: String::new(),
        values: BTreeMap::new(),
        errors: BTreeMap::new(),
        summary: None,
        can_confirm: false,
    };

    /// What was typed, or nothing.
    pub fn value(&self, field: &str) -> &str {
        self.values.get(field).map_or("", String::as_str)
    }

    /// What was typed, or what is proposed.
    pub fn value_or<'a>(&'a self, field: &str, proposed: &'a str) -> &'a str {
        self.values.get(field).map_or(proposed, String::as_str)
    }

    /// What is wrong with a field.
    pub fn error(&self, field: &str) -> Option<&str> {
        self.errors.get(field).map(String::as_str)
    }
}

/// One choice of a list.
#[derive(Debug, Clone)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is shown.
    pub label: String,
}

impl Choice {
    /// A choice.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Choice {
        Choice { value: value.into(), label: label.into() }
    }
}
