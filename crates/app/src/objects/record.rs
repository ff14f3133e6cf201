//! An object's record as it may be shown.

use std::collections::{BTreeMap, BTreeSet};

use gnomon_kernel::{Code, Instant, mask_id, mask_name};
use gnomon_library::{
    column::Column,
    dataset::{Dataset, Sensitivity},
    object::{AboutDataset, ObjectKind, ObjectRecord, Term},
};
use gnomon_store::{Batch, Tx, Unraised, Warning};
use serde_json::Value;

use super::{ObjectData, ObjectFinding, ObjectTerm, ObjectView, ObjectWarning, codes_of};
use crate::{
    App, Error, Result, Shown,
    warning::{evidence::column_cell, shown::Places},
};

/// The most warnings, and the most findings, that are listed.
const LISTED: u64 = 200;

/// Batches by number.
type Batches = BTreeMap<u32, Batch>;

impl App {
    pub(super) async fn object_view(
        &self,
        kind: ObjectKind,
        key: &str,
        open_until: Option<Instant>,
    ) -> Result<ObjectView> {
        let record = self.parts.analytics.object(kind, key).await?;
        let record = record.ok_or(Error::NotFound(Code::NotFound))?;
        // Findings and declarations know a person by the number to go by.
        let key = record.entry.key.as_str();
        let tx = self.parts.store.read().await?;
        let warnings = tx.warnings_about(key, LISTED).await?;
        let findings = tx.unraised_about(key, LISTED).await?;
        let places = self.places_of(&tx, &record, &warnings).await?;
        let batches = batches_of(&tx, &record).await?;
        let declarations = if kind.is_person() { self.kinship_notes(&tx, key).await? } else { Vec::new() };
        let mut about: Vec<ObjectData> =
            record.about.iter().filter_map(|one| self.object_data(one, &batches, &places)).collect();
        about.sort_by(|a, b| {
            (&a.owner.zh, &a.dataset, &a.role.zh).cmp(&(&b.owner.zh, &b.dataset, &b.role.zh))
        });
        Ok(ObjectView {
            item: self.object_item(&record.entry, &places),
            terms: record.terms.iter().map(|term| self.object_term(term, &places)).collect(),
            about,
            warnings: warnings.iter().map(|warning| self.object_warning(warning, &places)).collect(),
            findings: findings.into_iter().map(|finding| self.object_finding(finding)).collect(),
            declarations,
            deliveries: batches.into_values().rev().collect(),
            open_until,
        })
    }

    async fn places_of(&self, tx: &Tx, record: &ObjectRecord, warnings: &[Warning]) -> Result<Places> {
        let rows = record.about.iter().flat_map(|about| &about.sample);
        let codes = rows.flat_map(|row| self.codes_of_row(row));
        let units = record.terms.iter().filter_map(|term| term.unit.as_deref());
        let raised = warnings.iter().filter_map(|warning| warning.region_code.as_deref());
        Places::load(tx, codes.chain(units).chain(raised).chain(codes_of(&record.entry))).await
    }

    fn object_term(&self, term: &Term, places: &Places) -> ObjectTerm {
        let dataset = self.library().datasets.get(&term.dataset);
        let mut terms = self.library().objects.iter().filter(|file| file.dataset == term.dataset);
        let columns = terms.find_map(|file| file.term.as_ref());
        let shown = |text: &Option<String>, name: Option<&String>| {
            let column = dataset.zip(name).and_then(|(dataset, name)| dataset.column(name));
            let value = text.as_deref().map_or(Value::Null, Value::from);
            match column {
                Some(column) => column_cell(column, &value, places).value,
                None => Shown::cell(None, &value, places),
            }
        };
        ObjectTerm {
            holder: term.holder.as_deref().map(masked),
            post: shown(&term.post, columns.map(|columns| &columns.post)),
            unit: shown(&term.unit, columns.and_then(|columns| columns.unit.as_ref())),
            from: term.from,
            until: term.until,
            row: term.row,
        }
    }

    fn object_data(&self, about: &AboutDataset, batches: &Batches, places: &Places) -> Option<ObjectData> {
        let dataset = self.library().datasets.get(&about.dataset)?;
        let mut rows: Vec<_> = about
            .sample
            .iter()
            .filter_map(|row| self.evidence_row(row, batches.get(&row.row.batch)?, places))
            .collect();
        let is_hidden = |name: &str| {
            name != about.column && dataset.column(name).is_some_and(|column| is_sensitive(dataset, column))
        };
        let mut is_cut = false;
        for row in &mut rows {
            let before = row.cells.len();
            row.cells.retain(|cell| !is_hidden(&cell.name));
            is_cut |= row.cells.len() < before;
        }
        Some(ObjectData {
            dataset: about.dataset.clone(),
            title: dataset.title.clone(),
            owner: dataset.owner.clone(),
            role: dataset.column(&about.column)?.title.clone(),
            count: about.rows,
            years: about.years.clone(),
            rows,
            is_cut,
        })
    }

    fn object_warning(&self, warning: &Warning, places: &Places) -> ObjectWarning {
        ObjectWarning {
            item: self.item(warning, None, places),
            verdict: warning.matter.verdict,
            closed_at: warning.closed_at,
        }
    }

    fn object_finding(&self, finding: Unraised) -> ObjectFinding {
        ObjectFinding {
            title: self.model_title(&finding.model),
            level: finding.level,
            run: finding.run.clone(),
            as_of: finding.as_of,
        }
    }
}

/// Who held an office, by name or by number.
fn masked(holder: &str) -> String {
    let is_number = holder.bytes().any(|byte| byte.is_ascii_digit());
    if is_number { mask_id(holder) } else { mask_name(holder) }
}

/// Whether a column tells of health, hardship or family: nobody needs that to know an object by.
pub(super) fn is_sensitive(dataset: &Dataset, column: &Column) -> bool {
    dataset.sensitivity_of(column) == Sensitivity::Sensitive
}

/// The deliveries of the rows that are shown.
async fn batches_of(tx: &Tx, record: &ObjectRecord) -> Result<Batches> {
    let rows = record.about.iter().flat_map(|about| &about.sample);
    let numbers: BTreeSet<u32> = rows.map(|row| row.row.batch).collect();
    let batches = tx.batches_numbered(&numbers.into_iter().collect::<Vec<_>>()).await?;
    Ok(batches.into_iter().map(|batch| (batch.number, batch)).collect())
}
