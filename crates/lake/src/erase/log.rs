//! The log of a table whose data files got other names. It is rewritten entry by entry, in an order in which every version
//! can be read at each moment: first each removal of a file names its successor too, then the successors are added.

use std::{
    collections::BTreeMap,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use serde_json::Value;

use super::Failure;
use crate::{raw::sync_folder, table::datafile::NewFile};

/// Puts the new files in the place of the old ones in all versions. Whether the log had been summed up: a summary names old
/// files and is gone.
pub(super) fn rename(folder: &Path, renamed: &BTreeMap<String, NewFile>) -> Result<bool, Failure> {
    if renamed.is_empty() {
        return Ok(false);
    }
    let log = folder.join("_delta_log");
    let (mut entries, mut summed_up) = (Vec::new(), false);
    for entry in fs::read_dir(&log)? {
        let path = entry?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if name == "_last_checkpoint" || name.contains(".checkpoint.") {
            fs::remove_file(&path)?;
            summed_up = true;
        } else if name.ends_with(".json") && !name.starts_with('.') {
            entries.push(path);
        }
    }
    sync_folder(&log)?;
    entries.sort();
    for entry in &entries {
        change(entry, |action| remove_both(action, renamed))?;
    }
    for entry in &entries {
        change(entry, |action| vec![add_new(action, renamed)].into_iter().flatten().collect())?;
    }
    sync_folder(&log)?;
    Ok(summed_up)
}

/// Rewrites one entry of the log, all of it or nothing.
fn change(path: &PathBuf, change: impl Fn(Value) -> Vec<Value>) -> Result<(), Failure> {
    let before = fs::read_to_string(path)?;
    let mut after = Vec::new();
    for line in before.lines() {
        let action: Value = serde_json::from_str(line)?;
        let changed = change(action.clone());
        if changed == [action] {
            after.extend_from_slice(line.as_bytes());
            after.push(b'\n');
            continue;
        }
        for action in changed {
            serde_json::to_writer(&mut after, &action)?;
            after.push(b'\n');
        }
    }
    if after == before.as_bytes() || after.strip_suffix(b"\n") == Some(before.as_bytes()) {
        return Ok(());
    }
    let aside = path.with_extension("json.erase");
    let mut file = fs::File::create(&aside)?;
    file.write_all(&after)?;
    file.sync_all()?;
    Ok(fs::rename(&aside, path)?)
}

fn path_in<'a>(action: &'a Value, kind: &str) -> Option<&'a str> {
    action.pointer(kind).and_then(Value::as_str)
}

fn remove_both(action: Value, renamed: &BTreeMap<String, NewFile>) -> Vec<Value> {
    let Some(new) = path_in(&action, "/remove/path").and_then(|old| renamed.get(old)) else {
        return vec![action];
    };
    let mut second = action.clone();
    second["remove"]["path"] = Value::from(new.name.as_str());
    vec![action, second]
}

/// `None` for what removes an old file: nothing adds it any more.
fn add_new(action: Value, renamed: &BTreeMap<String, NewFile>) -> Option<Value> {
    if path_in(&action, "/remove/path").is_some_and(|old| renamed.contains_key(old)) {
        return None;
    }
    let Some(new) = path_in(&action, "/add/path").and_then(|old| renamed.get(old)) else {
        return Some(action);
    };
    let mut action = action;
    action["add"]["path"] = Value::from(new.name.as_str());
    action["add"]["size"] = Value::from(new.bytes);
    action["add"]["stats"] = Value::from(format!("{{\"numRecords\":{}}}", new.rows));
    Some(action)
}
