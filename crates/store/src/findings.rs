//! Findings as the models returned them.

use std::collections::BTreeSet;

use gnomon_kernel::{Day, Level, Money, RowRef, RunId};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::Value as Json;

use crate::{
    Error, Result, Tx,
    bulk::insert_all,
    entity::{finding, finding_source},
    error::readable,
    level::{from_number, to_number},
};

/// Series of the findings' numbers.
const SERIES: &str = "finding";

/// One finding of one model in one run.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Number, in the order they were stored; 0 before that.
    pub id: i64,
    /// The run.
    pub run: RunId,
    /// The model.
    pub model: String,
    /// What it is about.
    pub subject: String,
    /// Makes it unique within its model together with `subject`.
    pub dedupe: String,
    /// Name of the subject.
    pub subject_name: Option<String>,
    /// How strong.
    pub level: Level,
    /// Money concerned.
    pub money: Option<Money>,
    /// When the facts happened.
    pub happened_on: Option<Day>,
    /// Division code, 12 digits.
    pub region_code: Option<String>,
    /// Column name and value, in order.
    pub evidence: Vec<(String, Json)>,
    /// Source rows.
    pub rows: Vec<RowRef>,
    /// How many source rows there were before the cut.
    pub row_count: u64,
}

/// Which findings of a run to list.
#[derive(Debug, Clone, Default)]
pub struct FindingsOf<'a> {
    /// Only one model's.
    pub model: Option<&'a str>,
    /// Only those numbered after this one.
    pub after: i64,
    /// At most this many.
    pub limit: u64,
}

impl Tx {
    /// Stores findings and returns the number of the first; the others follow in order.
    pub async fn add_findings(&self, findings: &[Finding]) -> Result<i64> {
        let first = self.take_numbers(SERIES, findings.len() as i64).await?;
        let numbered: Vec<(&Finding, i64)> = findings.iter().zip(first..).collect();
        insert_all(&self.db, &numbered, to_row).await?;
        let sources: BTreeSet<(i64, u32)> = numbered
            .iter()
            .flat_map(|(finding, id)| finding.rows.iter().map(|row| (*id, row.batch)))
            .collect();
        let sources: Vec<(i64, u32)> = sources.into_iter().collect();
        insert_all(&self.db, &sources, |(finding, batch)| finding_source::ActiveModel {
            finding_id: Set(*finding),
            batch: Set(*batch as i32),
        })
        .await?;
        Ok(first)
    }

    /// Findings of a run, by number.
    pub async fn findings(&self, run: &RunId, which: &FindingsOf<'_>) -> Result<Vec<Finding>> {
        let mut query = finding::Entity::find()
            .filter(finding::Column::RunId.eq(run.as_str()))
            .filter(finding::Column::Id.gt(which.after))
            .order_by_asc(finding::Column::Id)
            .limit(which.limit);
        if let Some(model) = which.model {
            query = query.filter(finding::Column::ModelId.eq(model));
        }
        query.all(&self.db).await?.into_iter().map(into_finding).collect()
    }

    /// Some findings by number, by number.
    pub async fn findings_numbered(&self, ids: &[i64]) -> Result<Vec<Finding>> {
        let wanted = finding::Entity::find().filter(finding::Column::Id.is_in(ids.iter().copied()));
        let rows = wanted.order_by_asc(finding::Column::Id).all(&self.db).await?;
        rows.into_iter().map(into_finding).collect()
    }
}

fn to_row((finding, id): &(&Finding, i64)) -> finding::ActiveModel {
    let rows: Vec<i64> = finding.rows.iter().map(|row| row.pack()).collect();
    finding::ActiveModel {
        id: Set(*id),
        run_id: Set(finding.run.to_string()),
        model_id: Set(finding.model.clone()),
        subject: Set(finding.subject.clone()),
        dedupe: Set(finding.dedupe.clone()),
        subject_name: Set(finding.subject_name.clone()),
        level: Set(to_number(finding.level)),
        fen: Set(finding.money.map(Money::fen)),
        happened_on: Set(finding.happened_on),
        region_code: Set(finding.region_code.clone()),
        evidence: Set(serde_json::json!(finding.evidence)),
        rows: Set(Json::from(rows)),
        row_count: Set(finding.row_count as i64),
    }
}

fn into_finding(row: finding::Model) -> Result<Finding> {
    let rows: Vec<i64> = serde_json::from_value(row.rows).map_err(|_| Error::Corrupt("finding"))?;
    Ok(Finding {
        id: row.id,
        run: readable(RunId::parse(&row.run_id), "run id")?,
        model: row.model_id,
        subject: row.subject,
        dedupe: row.dedupe,
        subject_name: row.subject_name,
        level: from_number(row.level)?,
        money: row.fen.map(Money),
        happened_on: row.happened_on,
        region_code: row.region_code,
        evidence: serde_json::from_value(row.evidence).map_err(|_| Error::Corrupt("finding"))?,
        rows: rows.into_iter().map(RowRef::unpack).collect(),
        row_count: row.row_count as u64,
    })
}
