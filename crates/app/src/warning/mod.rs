//! One warning with everything that leads to it and follows from it.

pub(crate) mod assign;
pub(crate) mod dashboard;
pub(crate) mod evidence;
pub(crate) mod handling;
pub(crate) mod inbox;
pub(crate) mod raise;
pub(crate) mod shown;

use std::collections::BTreeMap;

use gnomon_domain::{Action, Actor, Step, TimelineEntry, Verdict, may};
use gnomon_kernel::{Code, Day, Instant, Money, Month, RunId, WarningId, Words};
use gnomon_library::param::ParamValue;
use gnomon_store::{ModelRecord, Recovery, Tx, Warning};

use crate::{
    App, Cell, ChainNode, Error, EvidenceRow, KinshipNote, Party, Result, WarningItem, warning::shown::Places,
};

/// A warning for the person who looks at it.
#[derive(Debug, Clone)]
pub struct WarningView {
    /// As in the inbox.
    pub item: WarningItem,
    /// What verification found.
    pub verdict: Option<Verdict>,
    /// Money to come back, once set.
    pub to_recover: Option<Money>,
    /// Money that came back so far.
    pub recovered: Money,
    /// When the facts happened.
    pub happened_on: Option<Day>,
    /// When its review ended.
    pub closed_at: Option<Instant>,
    /// What the model matched.
    pub cells: Vec<Cell>,
    /// The chain that the model draws; may be empty.
    pub chain: Vec<ChainNode>,
    /// Whom it speaks of.
    pub parties: Vec<Party>,
    /// Declarations of the officials among them after which a recusal or an exit was arranged.
    pub arranged: Vec<KinshipNote>,
    /// What happened, oldest first.
    pub timeline: Vec<TimelineEntry>,
    /// Money that came back, entry by entry.
    pub recoveries: Vec<Recovery>,
    /// What this person may do now.
    pub steps: Vec<Step>,
    /// The run that last found it with these facts.
    pub run: RunId,
    /// The day that run took for today.
    pub as_of: Option<Day>,
    /// Revision of the model in that run.
    pub revision: u32,
    /// Fingerprint of the model's logic in that run.
    pub fingerprint: String,
    /// Parameter values in that run.
    pub params: BTreeMap<String, ParamValue>,
    /// Tables read in that run, with their versions.
    pub versions: Vec<(String, u64)>,
    /// How well the model does.
    pub record: Option<ModelRecord>,
}

/// The source rows of a warning.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// The rows that are kept, as they stand in their tables now.
    pub rows: Vec<EvidenceRow>,
    /// How many there were before the cut.
    pub row_count: u64,
    /// The amounts by month of the dataset that has most of them.
    pub trend: Option<Trend>,
}

/// What the rows of one dataset amount to by month. Amounts of different datasets are different things.
#[derive(Debug, Clone, PartialEq)]
pub struct Trend {
    /// Title of the dataset.
    pub title: Words,
    /// Sums, oldest first.
    pub sums: Vec<(Month, Money)>,
}

impl App {
    /// One warning. For a handler, another person's warning does not exist.
    pub async fn warning(&self, actor: &Actor, id: &WarningId) -> Result<WarningView> {
        let tx = self.parts.store.read().await?;
        let warning = self.visible(&tx, actor, Action::ViewWarning, id).await?;
        let finding = self.finding_of(&tx, &warning).await?;
        let places = Places::load(&tx, self.codes_in(&finding).into_iter()).await?;
        let cells = self.cells(&finding, &places);
        let model = self.library().models.get(&warning.model);
        let run = tx.run(&warning.run).await?;
        let ran = tx.run_models(&warning.run).await?.into_iter().find(|row| row.model == warning.model);
        let (fingerprint, params, versions) =
            ran.map(|row| (row.fingerprint, row.params, row.versions)).unwrap_or_default();
        Ok(WarningView {
            item: self.item(&warning, Some(&finding), &places),
            verdict: warning.matter.verdict,
            to_recover: warning.matter.to_recover,
            recovered: warning.matter.recovered,
            happened_on: warning.happened_on,
            closed_at: warning.closed_at,
            chain: model.map(|model| self.chain(model, &finding, &cells)).unwrap_or_default(),
            parties: self.parties(&finding, &cells),
            cells,
            arranged: self.arranged_about(&tx, &finding).await?,
            timeline: tx.timeline(id).await?,
            recoveries: tx.recoveries(id).await?,
            steps: steps_of(actor, &warning),
            run: warning.run,
            as_of: run.map(|run| run.as_of),
            revision: warning.revision,
            fingerprint,
            params: serde_json::from_value(params).unwrap_or_default(),
            versions,
            record: tx.model_records(Some(&warning.model)).await?.into_iter().next(),
        })
    }

    /// A warning that this person may do that with; the first line of every verb about one warning.
    pub(crate) async fn visible(
        &self,
        tx: &Tx,
        actor: &Actor,
        action: Action,
        id: &WarningId,
    ) -> Result<Warning> {
        let warning = tx.warning(id).await?.ok_or(Error::NotFound(Code::NotFound))?;
        may(actor, action, &warning.matter.relation()).map_err(Error::refused)?;
        Ok(warning)
    }

    /// The full number and name behind a key of [`WarningView::parties`].
    pub(crate) fn party_in(
        &self,
        finding: &gnomon_store::Finding,
        key: &str,
    ) -> Option<(Option<String>, String)> {
        if key == "subject" {
            return Some((finding.subject_name.clone(), finding.subject.clone()));
        }
        let (_, value) = finding.evidence.iter().find(|(name, _)| name == key)?;
        let name = evidence::name_beside(key, finding).map(str::to_owned);
        Some((name, value.as_str()?.to_owned()))
    }
}

/// The buttons: what the state allows and the policy grants.
fn steps_of(actor: &Actor, warning: &Warning) -> Vec<Step> {
    let relation = warning.matter.relation();
    let granted = |step: &Step| action_of(*step).is_some_and(|action| may(actor, action, &relation).is_ok());
    warning.matter.possible().into_iter().filter(granted).collect()
}

/// What a person asks for who takes this step; `None` for steps that only runs take.
fn action_of(step: Step) -> Option<Action> {
    Some(match step {
        Step::Assign => Action::Assign,
        Step::Verify => Action::Verify,
        Step::Dispose => Action::Dispose,
        Step::Recover => Action::Recover,
        Step::Submit => Action::Submit,
        Step::Accept | Step::ReturnToVerify | Step::ReturnToDispose => Action::Review,
        Step::Reveal => Action::Reveal,
        Step::Raise | Step::Refresh | Step::ChangeLevel | Step::Vanish | Step::LoseSource => return None,
    })
}
