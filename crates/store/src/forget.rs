//! A person's number and name taken out of findings, closed warnings, declarations and what was written about them.

use std::collections::BTreeSet;

use gnomon_kernel::RowRef;
use sea_orm::FromQueryResult;
use serde_json::Value as Json;

use crate::{Error, Result, Tx, warnings::tail};

/// Stands where a name or number was.
pub(crate) const NOTHING: &str = "—";

#[derive(FromQueryResult)]
struct Held {
    number: String,
    subject: String,
    evidence: Json,
    rows: Json,
}

#[derive(FromQueryResult)]
struct FindingText {
    id: i64,
    subject: String,
    dedupe: String,
    subject_name: Option<String>,
    evidence: Json,
    rows: Json,
}

#[derive(FromQueryResult)]
struct EventText {
    id: i64,
    note: String,
}

impl Tx {
    /// Numbers of the open warnings that are about a person, name them in their evidence, or rest on one of the rows.
    pub async fn open_warnings_on(&self, subject: &str, rows: &BTreeSet<RowRef>) -> Result<Vec<String>> {
        let sql = "select w.number, w.subject, f.evidence, f.rows from warning w \
                   join finding f on f.id = w.finding_id where w.open order by w.number";
        let open: Vec<Held> = self.select(sql, Vec::new()).await?;
        let rests_on = |held: &Held| {
            held.subject == subject
                || held.evidence.to_string().contains(subject)
                || rows_of(&held.rows).is_ok_and(|cited| cited.iter().any(|row| rows.contains(row)))
        };
        Ok(open.into_iter().filter(rests_on).map(|held| held.number).collect())
    }

    /// Puts `label` in the place of a person's number, and nothing in the place of their name, in findings, in closed
    /// warnings with their timelines, and in what reviews settled; pairs of mentions that name them go. Findings about them no longer refer to rows that go.
    /// warnings with their timelines, in what reviews settled, and in declarations. Findings about them no longer refer to rows that go.
    pub async fn forget_subject(&self, subject: &str, label: &str, rows: &BTreeSet<RowRef>) -> Result<()> {
        let names = self.names_of(subject).await?;
        let hidden = |text: &str| hide(text, subject, &names, label);
        let sql = "select id, subject, dedupe, subject_name, evidence, rows from finding \
                   where subject = $1 or dedupe like $2 or cast(evidence as text) like $2";
        let naming = vec![subject.into(), format!("%{subject}%").into()];
        for finding in self.select::<FindingText>(sql, naming).await? {
            let cited = rows_of(&finding.rows)?;
            let kept: Vec<i64> =
                cited.iter().filter(|row| !rows.contains(row)).map(|row| row.pack()).collect();
            let about = finding.subject == subject;
            let sql = "update finding set subject = $2, dedupe = $3, subject_name = $4, evidence = $5, rows = $6 \
                       where id = $1";
            let values = vec![
                finding.id.into(),
                hidden(&finding.subject).into(),
                hidden(&finding.dedupe).into(),
                finding.subject_name.filter(|_| !about).into(),
                hide_in(finding.evidence, &hidden).into(),
                Json::from(kept).into(),
            ];
            self.change(sql, values).await?;
        }
        self.forget_in_notes(subject, &hidden).await?;
        self.forget_pairs(subject, rows).await?;
        let sql =
            "update warning set subject = $2, subject_tail = $3, subject_name = null where subject = $1";
        self.change(sql, vec![subject.into(), label.into(), tail(label).into()]).await?;
        for table in ["warning", "exception"] {
            let sql = format!("update {table} set dedupe = replace(dedupe, $1, $2) where dedupe like $3");
            self.change(&sql, vec![subject.into(), label.into(), format!("%{subject}%").into()]).await?;
        }
        let sql = "update exception set subject = $2 where subject = $1";
        self.change(sql, vec![subject.into(), label.into()]).await?;
        self.forget_in_declarations(subject, label).await
    }

    /// Notes of warnings about the person, and whatever else names the number.
    async fn forget_in_notes(&self, subject: &str, hidden: &impl Fn(&str) -> String) -> Result<()> {
        for table in ["warning_event", "recovery"] {
            let sql = format!(
                "select e.id, e.note from {table} e join warning w on w.id = e.warning_id \
                 where w.subject = $1 or e.note like $2"
            );
            let found: Vec<EventText> =
                self.select(&sql, vec![subject.into(), format!("%{subject}%").into()]).await?;
            for event in found {
                let note = hidden(&event.note);
                if note != event.note {
                    let sql = format!("update {table} set note = $2 where id = $1");
                    self.change(&sql, vec![event.id.into(), note.into()]).await?;
                }
            }
        }
        Ok(())
    }

    /// The names that findings and warnings know a person by.
    async fn names_of(&self, subject: &str) -> Result<BTreeSet<String>> {
        #[derive(FromQueryResult)]
        struct Name {
            subject_name: String,
        }
        let sql = "select subject_name from finding where subject = $1 and subject_name is not null \
                   union select subject_name from warning where subject = $1 and subject_name is not null";
        let found: Vec<Name> = self.select(sql, vec![subject.into()]).await?;
        Ok(found.into_iter().map(|name| name.subject_name).filter(|name| !name.is_empty()).collect())
    }
}

fn rows_of(rows: &Json) -> Result<Vec<RowRef>> {
    let rows: Vec<i64> = serde_json::from_value(rows.clone()).map_err(|_| Error::Corrupt("finding"))?;
    Ok(rows.into_iter().map(RowRef::unpack).collect())
}

pub(crate) fn hide(text: &str, subject: &str, names: &BTreeSet<String>, label: &str) -> String {
    let text = text.replace(subject, label);
    names.iter().fold(text, |text, name| text.replace(name.as_str(), NOTHING))
}

/// Hides in every text of a value, however deep.
pub(crate) fn hide_in(value: Json, hidden: &impl Fn(&str) -> String) -> Json {
    match value {
        Json::String(text) => Json::String(hidden(&text)),
        Json::Array(items) => Json::Array(items.into_iter().map(|item| hide_in(item, hidden)).collect()),
        Json::Object(members) => {
            Json::Object(members.into_iter().map(|(key, value)| (key, hide_in(value, hidden))).collect())
        }
        other => other,
    }
}
