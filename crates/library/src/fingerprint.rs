//! What makes a model the same model: the parts that change its result, and nothing else.

use std::{collections::BTreeMap, fmt::Write};

use gnomon_kernel::Tier;
use sha2::{Digest, Sha256};

use crate::{catalogue::Library, model::Model};

/// The fingerprint of every model's logic, by id.
pub fn of_all(library: &Library) -> BTreeMap<String, String> {
    library.models.values().map(|model| (model.id.clone(), of(library, model))).collect()
}

/// SHA-256 over the query, the parameters without their words, the level, the certainty where it is a lesser one, and the queries of the views it reads.
/// Titles, translations and cases do not change it; layout and comments of the SQL do not either.
fn of(library: &Library, model: &Model) -> String {
    let mut text = String::new();
    let query = |name: &str| library.query(name).map(|parsed| parsed.query.to_string()).unwrap_or_default();
    // Writing to a String cannot fail.
    let _ = writeln!(text, "query {}", query(&model.id));
    let _ = writeln!(text, "level {}", model.level);
    if model.certainty < Tier::Certain {
        let _ = writeln!(text, "certainty {}", model.certainty.as_str());
    }
    for (name, param) in &model.params {
        let bound = |value: &Option<toml::Value>| value.as_ref().map(ToString::to_string).unwrap_or_default();
        let (ty, min, max) = (param.ty.as_str(), bound(&param.min), bound(&param.max));
        let _ = writeln!(text, "param {name} {ty} {} {min} {max}", param.default);
    }
    for view in library.views_below(model.reads.iter().chain(&model.reads_any)) {
        let _ = writeln!(text, "view {} {}", view.key, query(&view.key));
    }
    hex(&Sha256::digest(text.as_bytes()))
}

/// Lower-case hex.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
