//! Compares two parsed names.

use super::{Form, Likeness, Name, spelled};

/// How alike two names are; the same both ways round.
pub fn likeness(one: &Name, other: &Name) -> Likeness {
    match (&one.form, &other.form) {
        (Form::Nothing, _) | (_, Form::Nothing) => Likeness::UNKNOWN,
        (Form::Han(one), Form::Han(other)) => one.likeness(other),
        (Form::Words(one), Form::Words(other)) => one.likeness(other),
        (Form::Han(letters), Form::Words(words)) | (Form::Words(words), Form::Han(letters)) => {
            spelled::likeness(letters, words)
        }
    }
}
