//! From findings to warnings: what one model said in one run, in one transaction.
//!
//! - A finding whose model, subject and dedupe have an open warning belongs to it: with other facts the warning is
//!   refreshed, with the same facts nothing is written.
//! - A finding that a review settled is suppressed: after "explained" as long as its level is no higher than the
//!   reviewed one, after another verdict as long as its facts are the same. Otherwise it is raised anew.
//! - An open warning that is no longer found vanishes: withdrawn where nobody acted on it, noted on its timeline
//!   otherwise. That takes a run that could have found it: with all parameters at their defaults, and for no earlier day
//!   than the model has spoken for before. Any other run raises and refreshes, and withdraws nothing.
//! - Models on trial and drafts raise nothing; their findings stay with the run.

use std::collections::{BTreeSet, HashMap, HashSet};

use gnomon_domain::{Action, Actor, Event, Matter, State, TimelineEntry, Verdict};
use gnomon_kernel::{Money, WarningId};
use gnomon_library::{analytics, hex, model::Model};
use gnomon_store::{Finding, Run, RunModel, Settled, Tx, Warning};
use sha2::{Digest, Sha256};

use crate::{App, Error, Result};

type Key = (String, String);

/// One model's findings on their way to becoming warnings.
struct Raising<'a> {
    app: &'a App,
    tx: &'a Tx,
    run: &'a Run,
    model: &'a Model,
    row: &'a mut RunModel,
    events: Vec<(WarningId, TimelineEntry)>,
}

impl App {
    pub(crate) async fn raise(
        &self,
        run: &Run,
        mut row: RunModel,
        model: &Model,
        findings: Vec<analytics::Finding>,
    ) -> Result<()> {
        let tx = self.parts.store.write().await?;
        let spoken = tx.last_day_of_model(&model.id).await?;
        let may_withdraw = !row.overridden && spoken.is_none_or(|last| run.as_of >= last);
        let mut findings: Vec<Finding> =
            findings.into_iter().map(|finding| stored(run, model, finding)).collect();
        row.counts.found = findings.len() as u64;
        let first = tx.add_findings(&findings).await?;
        for (finding, id) in findings.iter_mut().zip(first..) {
            finding.id = id;
        }
        if row.raises {
            let mut raising = Raising { app: self, tx: &tx, run, model, row: &mut row, events: Vec::new() };
            raising.compare(findings, may_withdraw).await?;
        }
        tx.update_run_model(&row).await?;
        let counts = row.counts;
        let detail = format!(
            "{}: {} found, {} raised, {} refreshed, {} withdrawn",
            model.id, counts.found, counts.raised, counts.refreshed, counts.withdrawn
        );
        self.audit(&tx, &Actor::system(), Action::RunModels, run.id.as_str(), &detail).await?;
        Ok(tx.commit().await?)
    }
}

impl App {
    /// A stored finding as a warning that nobody has touched.
    pub(crate) fn fresh_warning(
        &self,
        finding: Finding,
        (pack, revision): (&str, u32),
        number: String,
        matter: Matter,
    ) -> Result<Warning> {
        Ok(Warning {
            content: content_hash(&finding)?,
            id: WarningId::new(self.ids()),
            number,
            version: 0,
            model: finding.model,
            pack: pack.to_owned(),
            revision,
            run: finding.run,
            finding: finding.id,
            subject: finding.subject,
            dedupe: finding.dedupe,
            subject_name: finding.subject_name,
            money: finding.money,
            happened_on: finding.happened_on,
            region_code: finding.region_code,
            raised_at: self.now(),
            closed_at: None,
            assignee_name: None,
            matter,
        })
    }
}

impl Raising<'_> {
    async fn compare(&mut self, findings: Vec<Finding>, may_withdraw: bool) -> Result<()> {
        // Two workers that raise at the same time would both find no open warning.
        self.tx.take_numbers("raise", 1).await?;
        let open = self.tx.open_warnings_of(&self.model.id).await?;
        let mut open: HashMap<Key, Warning> = open
            .into_iter()
            .map(|warning| ((warning.subject.clone(), warning.dedupe.clone()), warning))
            .collect();
        let settled = self.tx.settled(&self.model.id).await?;
        let settled: HashMap<Key, Settled> =
            settled.into_iter().map(|one| ((one.subject.clone(), one.dedupe.clone()), one)).collect();
        let mut seen: HashSet<Key> = HashSet::with_capacity(findings.len());
        let mut fresh = Vec::new();
        for finding in findings {
            let key = (finding.subject.clone(), finding.dedupe.clone());
            if !seen.insert(key.clone()) {
                continue;
            }
            match (open.remove(&key), settled.get(&key)) {
                (Some(warning), _) => self.refresh(warning, finding).await?,
                (None, Some(settled)) if still_holds(settled, &finding) => self.row.counts.suppressed += 1,
                (None, _) => fresh.push(finding),
            }
        }
        if may_withdraw {
            let mut gone: Vec<Warning> = open.into_values().collect();
            gone.sort_by(|a, b| a.id.cmp(&b.id));
            for warning in gone {
                self.vanish(warning).await?;
            }
        }
        self.raise_new(fresh).await?;
        Ok(self.tx.add_events(&self.events).await?)
    }

    async fn refresh(&mut self, mut warning: Warning, finding: Finding) -> Result<()> {
        let content = content_hash(&finding)?;
        if warning.content == content && !warning.matter.vanished {
            self.row.counts.unchanged += 1;
            return Ok(());
        }
        self.apply(&mut warning, Event::Refresh { level: finding.level })?;
        let sources = sources(&finding);
        warning.revision = self.model.revision;
        warning.run = self.run.id.clone();
        warning.finding = finding.id;
        warning.content = content;
        warning.subject_name = finding.subject_name;
        warning.money = finding.money;
        warning.happened_on = finding.happened_on;
        warning.region_code = finding.region_code;
        self.tx.update_warning(&warning).await?;
        self.tx.set_sources(&warning.id, &sources).await?;
        self.row.counts.refreshed += 1;
        Ok(())
    }

    async fn vanish(&mut self, mut warning: Warning) -> Result<()> {
        if warning.matter.vanished {
            return Ok(());
        }
        self.apply(&mut warning, Event::Vanish)?;
        if warning.matter.state == State::Withdrawn {
            self.row.counts.withdrawn += 1;
        }
        Ok(self.tx.update_warning(&warning).await?)
    }

    fn apply(&mut self, warning: &mut Warning, event: Event) -> Result<()> {
        let (matter, entry) = warning.matter.apply(event, &Actor::system(), self.app.now())?;
        warning.matter = matter;
        self.events.push((warning.id.clone(), entry));
        Ok(())
    }

    async fn raise_new(&mut self, findings: Vec<Finding>) -> Result<()> {
        if findings.is_empty() {
            return Ok(());
        }
        let (now, today) = (self.app.now(), self.app.today());
        let numbers = self.tx.take_warning_numbers(today, findings.len()).await?;
        let mut warnings = Vec::with_capacity(findings.len());
        let mut cited = Vec::with_capacity(findings.len());
        for (finding, number) in findings.into_iter().zip(numbers) {
            let (matter, entry) = Matter::raise(finding.level, self.app.due(finding.level), now);
            let cites = sources(&finding);
            let pack = self.model.pack();
            let warning = self.app.fresh_warning(finding, (pack, self.model.revision), number, matter)?;
            self.events.push((warning.id.clone(), entry));
            cited.push((warning.id.clone(), cites));
            warnings.push(warning);
        }
        self.row.counts.raised = warnings.len() as u64;
        self.tx.add_warnings(&warnings).await?;
        Ok(self.tx.add_sources(&cited).await?)
    }
}

fn stored(run: &Run, model: &Model, finding: analytics::Finding) -> Finding {
    Finding {
        id: 0,
        run: run.id.clone(),
        model: model.id.clone(),
        subject: finding.subject,
        dedupe: finding.dedupe,
        subject_name: finding.subject_name,
        level: finding.level,
        money: finding.fen.map(Money),
        happened_on: finding.happened_on,
        region_code: finding.region_code,
        evidence: finding.evidence,
        rows: finding.rows,
        row_count: finding.row_count,
    }
}

/// Numbers of the deliveries that its rows came in.
pub(crate) fn sources(finding: &Finding) -> Vec<u32> {
    finding.rows.iter().map(|row| row.batch).collect::<BTreeSet<u32>>().into_iter().collect()
}

fn still_holds(settled: &Settled, finding: &Finding) -> bool {
    match settled.verdict {
        Verdict::Explained => finding.level <= settled.level,
        Verdict::True | Verdict::CannotTell => facts_hash(finding).is_ok_and(|facts| facts == settled.facts),
    }
}

/// All that a warning's page shows of a finding, the source rows included.
fn content_hash(finding: &Finding) -> Result<String> {
    let rows: Vec<i64> = finding.rows.iter().map(|row| row.pack()).collect();
    Ok(hex(&Sha256::digest(format!("{}{rows:?}{}", facts(finding)?, finding.row_count))))
}

/// The facts alone: a new delivery of the same facts is nothing new to somebody who has reviewed them.
pub(crate) fn facts_hash(finding: &Finding) -> Result<String> {
    Ok(hex(&Sha256::digest(facts(finding)?)))
}

fn facts(finding: &Finding) -> Result<String> {
    let parts = (
        finding.level,
        finding.money,
        finding.happened_on,
        &finding.region_code,
        &finding.subject_name,
        &finding.evidence,
    );
    serde_json::to_string(&parts).map_err(Error::internal)
}
