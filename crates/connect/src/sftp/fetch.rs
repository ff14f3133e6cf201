//! From the host to this machine.

use std::path::PathBuf;

use gnomon_kernel::Code;

use super::{Entry, Session, command};
use crate::{Fault, Result};

/// What came, with the first fault of a file that could not be had.
type Fetched = (Vec<(Entry, PathBuf)>, Option<Fault>);

/// Fetches files. That one has come is known from the program's going on to the next; its length alone proves nothing, for
/// parts of a file may come in any order. One that is gone meanwhile is left, one that cannot be read is told.
pub(super) async fn fetch(session: &Session<'_>, path: &str, entries: &[Entry]) -> Result<Fetched> {
    let (mut fetched, mut fault) = (Vec::new(), None);
    let mut from = 0;
    while from < entries.len() {
        let rest: Vec<(String, &Entry)> = entries.iter().enumerate().skip(from).map(named).collect();
        let mut commands = vec![command::go(path)];
        commands.extend(rest.iter().map(|(local, entry)| command::fetch(&entry.name, local)));
        let ran = session.run(&commands).await?;
        // The folder comes first; whichever was begun last is the one that failed.
        let come = match (&ran.failed, ran.begun()) {
            (None, _) => rest.len(),
            (Some(_), 0 | 1) => return Err(Fault::new(Code::ConnectionPath, path, "")),
            (Some(_), begun) => begun - 2,
        };
        fetched.extend(rest.iter().take(come).map(|(local, entry)| ((*entry).clone(), session.local(local))));
        if let Some(reason) = ran.failed.filter(|reason| !is_gone(reason)) {
            fault = fault.or(Some(Fault::answer(reason, "get")));
        }
        from += come + 1;
    }
    Ok((fetched, fault))
}

fn named((at, entry): (usize, &Entry)) -> (String, &Entry) {
    (at.to_string(), entry)
}

fn is_gone(reason: &str) -> bool {
    reason.ends_with("\" not found.") || reason.contains(": No such file")
}
