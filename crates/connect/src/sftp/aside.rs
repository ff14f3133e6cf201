//! On the host: files that were dealt with go into the folders that a drop folder has too.

use std::collections::BTreeSet;

use super::{Entry, Listing, Session, command};
use crate::{
    Fault, Result,
    folder::{REFUSED, TAKEN, free_name, reason},
};

/// The folders, and what is to go there.
pub(super) struct Aside {
    path: String,
    taken: BTreeSet<String>,
    refused: BTreeSet<String>,
    waiting: Vec<(Entry, Option<Fault>)>,
}

impl Aside {
    /// Makes the folders where they are not.
    pub async fn open(session: &Session<'_>, path: &str) -> Result<Aside> {
        session.run(&[command::go(path), command::make(TAKEN), command::make(REFUSED)]).await?;
        let below = |folder: &str| format!("{}/{folder}", path.trim_end_matches('/'));
        Ok(Aside {
            path: path.to_owned(),
            taken: names(super::list(session, &below(TAKEN)).await?),
            refused: names(super::list(session, &below(REFUSED)).await?),
            waiting: Vec::new(),
        })
    }

    /// The file was taken in, or refused for a fault.
    pub fn note(&mut self, entry: Entry, refused: Option<Fault>) {
        self.waiting.push((entry, refused));
    }

    /// Moves what was noted. A file that has changed since is another one, and stays.
    pub async fn put(&mut self, session: &Session<'_>, now: &Listing) -> Result<()> {
        let mut commands = vec![command::go(&self.path)];
        for (at, (entry, refused)) in std::mem::take(&mut self.waiting).into_iter().enumerate() {
            if !now.holds(&entry) {
                continue;
            }
            let (folder, names) = match refused {
                None => (TAKEN, &mut self.taken),
                Some(_) => (REFUSED, &mut self.refused),
            };
            let free = free_name(&entry.name, |name| names.contains(name));
            if let Some(fault) = refused {
                let local = format!("reason-{at}");
                tokio::fs::write(session.local(&local), reason(&fault)).await?;
                commands.push(command::send(&local, &format!("{folder}/{free}.reason.txt")));
            }
            commands.push(command::shift(&entry.name, &format!("{folder}/{free}")));
            names.insert(free);
        }
        if commands.len() == 1 {
            return Ok(());
        }
        match session.run(&commands).await?.failed {
            None => Ok(()),
            Some(reason) => Err(Fault::answer(reason, "rename, put")),
        }
    }
}

fn names(listing: Listing) -> BTreeSet<String> {
    listing.files.into_iter().map(|entry| entry.name).collect()
}
