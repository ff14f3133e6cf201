//! What came of a delivery: findings that rest on its rows, and the warnings raised from them.

use std::collections::BTreeMap;

use sea_orm::FromQueryResult;

use crate::{Result, Tx};

/// What one model made of a delivery.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trace {
    /// Id of the model.
    pub model: String,
    /// Findings that rest on rows of it, each once however many runs have found it.
    pub findings: u64,
    /// Warnings whose evidence cites it.
    pub warnings: u64,
    /// Of these, open.
    pub open: u64,
}

impl Tx {
    /// What the models made of a delivery, by model.
    pub async fn traces(&self, batch: u32) -> Result<Vec<Trace>> {
        #[derive(FromQueryResult)]
        struct Found {
            model_id: String,
            findings: i64,
        }
        #[derive(FromQueryResult)]
        struct Raised {
            model_id: String,
            warnings: i64,
            still_open: i64,
        }
        let number = batch as i32;
        let found = "select model_id, count(*) as findings from (select distinct f.model_id, f.subject, f.dedupe \
                     from finding_source s join finding f on f.id = s.finding_id where s.batch = $1) one \
                     group by model_id";
        let raised = "select w.model_id, count(*) as warnings, \
                      cast(sum(case when w.open then 1 else 0 end) as bigint) as still_open \
                      from warning_source s join warning w on w.id = s.warning_id where s.batch = $1 \
                      group by w.model_id";
        let mut traces: BTreeMap<String, Trace> = BTreeMap::new();
        for row in self.select::<Found>(found, vec![number.into()]).await? {
            traces.entry(row.model_id).or_default().findings = row.findings as u64;
        }
        for row in self.select::<Raised>(raised, vec![number.into()]).await? {
            let trace = traces.entry(row.model_id).or_default();
            (trace.warnings, trace.open) = (row.warnings as u64, row.still_open as u64);
        }
        Ok(traces.into_iter().map(|(model, trace)| Trace { model, ..trace }).collect())
    }
}
