//! Finds the uses of locale keys in templates and Rust source.
//!
//! `t("key")`, `t1("key", "name", value)` up to `t3` name a key together with its arguments; `key("key")` marks a
//! text without arguments that is looked up later; every other equal string literal only counts as a mention.

use std::collections::BTreeSet;

/// One call that names a key and its arguments.
#[derive(Debug, PartialEq, Eq)]
pub struct Use {
    /// File and line.
    pub place: String,
    /// The key.
    pub key: String,
    /// Names of the arguments given.
    pub arguments: BTreeSet<String>,
}

/// All uses.
#[derive(Debug, Default)]
pub struct Uses {
    /// Calls with a literal key.
    pub calls: Vec<Use>,
    literals: BTreeSet<String>,
}

impl Uses {
    /// Whether any literal says this key.
    pub fn mentions(&self, key: &str) -> bool {
        self.literals.contains(key)
    }

    /// Takes one file in.
    pub fn scan(&mut self, name: &str, text: &str) {
        self.literals.extend(text.split('"').map(str::to_owned));
        for function in ["t", "t1", "t2", "t3", "key"] {
            for (at, _) in text.match_indices(&format!("{function}(")) {
                let standing_alone = !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
                if standing_alone {
                    self.call(name, text, at, &text[at + function.len() + 1..]);
                }
            }
        }
    }

    fn call(&mut self, name: &str, text: &str, at: usize, rest: &str) {
        let arguments = split(rest);
        let literal = |text: &str| text.trim().strip_prefix('"')?.strip_suffix('"').map(str::to_owned);
        let Some(key) = arguments.first().and_then(|first| literal(first)) else { return };
        let line = text[..at].matches('\n').count() + 1;
        self.calls.push(Use {
            place: format!("{name}:{line}"),
            key,
            arguments: arguments.iter().skip(1).step_by(2).filter_map(|one| literal(one)).collect(),
        });
    }
}

/// The arguments of a call, from behind its opening bracket to the closing one.
fn split(text: &str) -> Vec<&str> {
    let (mut depth, mut quoted, mut from) = (0_usize, false, 0);
    let mut parts = Vec::new();
    for (at, letter) in text.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            _ if quoted => {}
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth > 0 => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&text[from..at]);
                from = at + 1;
            }
            ')' => {
                parts.push(&text[from..at]);
                return parts;
            }
            _ => {}
        }
    }
    parts
}
