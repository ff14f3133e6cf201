//! Who opens a person's page, why, and for how long.

use chrono::TimeDelta;
use gnomon_domain::{Action, Actor, ErasureState};
use gnomon_kernel::{Code, Instant, Masked, RowRef, mask_id, mask_name};
use gnomon_library::{
    hex,
    object::{ObjectEntry, ObjectKind, ObjectSearch},
};
use sha2::{Digest, Sha256};

use super::ObjectView;
use crate::{
    App, Error, Identity, Result, SourceView, Token, app::permit, data::source::SourceCell, erasure::said,
};

/// So long a reason holds for the same page in the same session.
const HOLDS: TimeDelta = TimeDelta::minutes(30);

/// What opens a person's page; the other kinds need nothing.
#[derive(Debug, Clone, Copy)]
pub enum Opening<'a> {
    /// A reason that was given in this session before.
    Session(&'a Token),
    /// A reason for this once.
    Reason(&'a str),
}

impl App {
    /// One supervised object by the address that lists give it, or by its key. `None` for a person's page for which this
    /// session has given no reason in the last half an hour.
    pub async fn object(
        &self,
        actor: &Actor,
        kind: ObjectKind,
        address: &str,
        opening: Opening<'_>,
    ) -> Result<Option<ObjectView>> {
        permit_object(actor, kind)?;
        let key = self.object_key(kind, address).await?;
        let until = match opening {
            _ if !kind.is_person() => None,
            Opening::Reason(reason) => {
                self.record_opening(actor, kind, &key, reason, None).await?;
                None
            }
            Opening::Session(session) => match self.open_until(kind, &key, session).await? {
                Some(until) => Some(until),
                None => return Ok(None),
            },
        };
        self.object_view(kind, &key, until).await.map(Some)
    }

    /// Opens a person's page in a session, for a reason that goes to the audit trail.
    pub async fn open_object(
        &self,
        actor: &Actor,
        kind: ObjectKind,
        address: &str,
        session: &Token,
        reason: &str,
    ) -> Result<()> {
        permit_object(actor, kind)?;
        permit(actor, Action::OpenPerson)?;
        let key = self.object_key(kind, address).await?;
        self.record_opening(actor, kind, &key, reason, Some(session)).await
    }

    /// Shows the full name and number of a person whose page is open. The reason goes to the audit trail.
    pub async fn reveal_object(
        &self,
        actor: &Actor,
        kind: ObjectKind,
        address: &str,
        session: &Token,
        reason: &str,
    ) -> Result<Identity> {
        permit_object(actor, kind)?;
        permit(actor, Action::Reveal)?;
        let reason = said(reason, "reason")?;
        let key = self.object_key(kind, address).await?;
        let is_open = kind.is_person() && self.open_until(kind, &key, session).await?.is_some();
        let entry = if is_open { self.object_entry(kind, &key).await? } else { None };
        let entry = entry.ok_or(Error::NotFound(Code::NotFound))?;
        let tx = self.parts.store.write().await?;
        self.audit(&tx, actor, Action::Reveal, &trail_name(&entry), &unnamed(reason, &entry)).await?;
        tx.commit().await?;
        Ok(Identity { name: entry.name.map(Masked::new), number: Masked::new(entry.key) })
    }

    /// The delivered line behind a row that names an object. Lines of other rows do not exist here, and what is sensitive is
    /// left out.
    pub async fn object_line(
        &self,
        actor: &Actor,
        kind: ObjectKind,
        address: &str,
        session: &Token,
        row: RowRef,
    ) -> Result<SourceView> {
        permit_object(actor, kind)?;
        let missing = || Error::NotFound(Code::NotFound);
        let key = self.object_key(kind, address).await?;
        if kind.is_person() && self.open_until(kind, &key, session).await?.is_none() {
            return Err(missing());
        }
        let tx = self.parts.store.read().await?;
        let batch = tx.batches_numbered(&[row.batch]).await?.into_iter().next().ok_or_else(missing)?;
        let about = self.library().columns_about(kind);
        let (dataset, columns) =
            about.into_iter().find(|(dataset, _)| dataset.key == batch.dataset).ok_or_else(missing)?;
        let stored = self.parts.analytics.rows(&[(batch.dataset.clone(), row)]).await?;
        let names_it = stored.iter().flat_map(|row| &row.cells).any(|(name, value)| {
            value.as_str() == Some(&key) && columns.iter().any(|column| column.name == *name)
        });
        if !names_it && !self.is_sample_of(kind, &key, row).await? {
            return Err(missing());
        }
        let mut line = self.line_of(&tx, row).await?;
        let is_known = |cell: &SourceCell| {
            let column = dataset.column(&cell.column);
            column.is_some_and(|column| !super::record::is_sensitive(dataset, column))
        };
        line.cells.retain(is_known);
        Ok(line)
    }

    /// Whether a row is shown on the page of an object, though it was delivered under another number of the same person.
    async fn is_sample_of(&self, kind: ObjectKind, key: &str, row: RowRef) -> Result<bool> {
        let record = self.parts.analytics.object(kind, key).await?;
        let shown = record.iter().flat_map(|record| &record.about).flat_map(|about| &about.sample);
        Ok(shown.into_iter().any(|known| known.row == row))
    }

    /// The key behind an address. A person who is to be erased is nobody's object any more.
    pub(crate) async fn object_key(&self, kind: ObjectKind, address: &str) -> Result<String> {
        let missing = || Error::NotFound(Code::NotFound);
        if !kind.is_person() {
            return Ok(address.to_owned());
        }
        let tx = self.parts.store.read().await?;
        let key = match address.parse::<RowRef>() {
            Ok(row) => self.key_in(&tx, kind, row).await?.ok_or_else(missing)?,
            Err(()) => self.parts.analytics.person_number(address).map_err(|_| missing())?,
        };
        let erasure = tx.open_erasure_of(&key).await?;
        let is_going = |state| matches!(state, ErasureState::Agreed | ErasureState::Erasing);
        if erasure.is_some_and(|erasure| is_going(erasure.state)) { Err(missing()) } else { Ok(key) }
    }

    async fn key_in(&self, tx: &gnomon_store::Tx, kind: ObjectKind, row: RowRef) -> Result<Option<String>> {
        let Some(batch) = tx.batches_numbered(&[row.batch]).await?.into_iter().next() else {
            return Ok(None);
        };
        let file = self.library().object_files(kind).find(|file| file.dataset == batch.dataset);
        let Some(file) = file else { return Ok(None) };
        let rows = self.parts.analytics.rows(&[(batch.dataset, row)]).await?;
        let cell = rows.iter().flat_map(|row| &row.cells).find(|(name, _)| *name == file.key);
        Ok(cell.and_then(|(_, value)| value.as_str()).map(str::to_owned))
    }

    pub(crate) async fn object_entry(&self, kind: ObjectKind, key: &str) -> Result<Option<ObjectEntry>> {
        let search = ObjectSearch { kind, text: key.to_owned(), place: String::new(), from: 0, most: 1 };
        let (found, _) = self.parts.analytics.objects(&search).await?;
        Ok(found.into_iter().find(|entry| entry.key == key))
    }

    async fn record_opening(
        &self,
        actor: &Actor,
        kind: ObjectKind,
        key: &str,
        reason: &str,
        session: Option<&Token>,
    ) -> Result<()> {
        let reason = said(reason, "reason")?;
        let entry = self.object_entry(kind, key).await?.ok_or(Error::NotFound(Code::NotFound))?;
        let now = self.now();
        let tx = self.parts.store.write().await?;
        if let Some(session) = session {
            tx.add_opening(&seal(session, kind, key), now, now - HOLDS).await?;
        }
        self.audit(&tx, actor, Action::OpenPerson, &trail_name(&entry), &unnamed(reason, &entry)).await?;
        Ok(tx.commit().await?)
    }

    async fn open_until(&self, kind: ObjectKind, key: &str, session: &Token) -> Result<Option<Instant>> {
        let opened = self.parts.store.read().await?.opening(&seal(session, kind, key)).await?;
        Ok(opened.map(|at| at + HOLDS).filter(|until| self.now() < *until))
    }
}

fn permit_object(actor: &Actor, kind: ObjectKind) -> Result<()> {
    permit(actor, Action::ViewObjects)?;
    if kind.is_person() { permit(actor, Action::OpenPerson) } else { Ok(()) }
}

/// How the audit trail calls an object: by the row that describes it, which says nothing once that row is erased.
fn trail_name(entry: &ObjectEntry) -> String {
    format!("{} {}", entry.kind, entry.row)
}

/// A reason without the number and name of the person it is about.
fn unnamed(reason: &str, entry: &ObjectEntry) -> String {
    let reason = reason.replace(&entry.key, &mask_id(&entry.key));
    match entry.name.as_deref().filter(|name| !name.is_empty()) {
        Some(name) => reason.replace(name, &mask_name(name)),
        None => reason,
    }
}

/// Whoever knows both session and person can make it; from it neither can be read.
fn seal(session: &Token, kind: ObjectKind, key: &str) -> String {
    hex(&Sha256::digest(format!("{} {kind} {key}", session.secret())))
}
