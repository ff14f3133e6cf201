//! Declarations compared with the registers, by a worker or from the command line.

use std::collections::BTreeMap;

use gnomon_domain::{Action, Actor, KinshipEvent, KinshipState, KinshipStep};
use gnomon_kernel::{Code, KinshipId, Masked, PublicationId};
use gnomon_library::office::KinMatter;
use gnomon_store::{Declaration, Difference, Job, Relative, Tx};

use crate::{
    App, Error, Result,
    app::permit,
    kinship::compare::{differences, with_answers},
};

/// Years whose declarations are looked at each day: the running one, and the one before for whoever has not declared yet.
const YEARS: usize = 2;
/// So many officials are asked for at once.
const AT_ONCE: usize = 500;

impl App {
    /// Compares one declaration with the registers now. One that was handed in is complete when nothing differs; one that
    /// was published shows a matter when something new differs. A declaration that nobody has handed in, or that waits for
    /// something else, is an [`Error::Conflict`] with [`Code::State`].
    pub async fn check_declaration(&self, actor: &Actor, id: &KinshipId) -> Result<Declaration> {
        permit(actor, Action::CheckKinship)?;
        let declaration = self.parts.store.read().await?.declaration(id).await?;
        let declaration = declaration.ok_or(Error::NotFound(Code::NotFound))?;
        match can_be_compared(&declaration) {
            true => {
                let known = self.known_matters(std::slice::from_ref(&declaration)).await?;
                let known = known.get(declaration.official.reveal()).map_or(&[][..], Vec::as_slice);
                self.compare(actor, &declaration, known).await
            }
            false => Err(Error::Conflict { code: Code::State, found: declaration.number }),
        }
    }

    /// Has a worker compare all declarations of a unit and year.
    pub async fn ask_comparison(&self, actor: &Actor, unit: &str, year: i32) -> Result<()> {
        permit(actor, Action::CheckKinship)?;
        let tx = self.parts.store.write().await?;
        if tx.declarations(year, Some(unit)).await?.is_empty() {
            return Err(Error::NotFound(Code::NotFound));
        }
        self.enqueue_kinship(&tx, serde_json::json!({ "unit": unit, "year": year })).await?;
        self.audit(&tx, actor, Action::CheckKinship, unit, &year.to_string()).await?;
        Ok(tx.commit().await?)
    }

    /// Performs a job about declarations. It may be begun again at any moment.
    pub(crate) async fn compare_as_asked(&self, job: &Job) -> Result<()> {
        let text = |name: &str| job.payload.get(name).and_then(serde_json::Value::as_str);
        let id = |name: &str| text(name).and_then(KinshipId::parse);
        let year = job.payload.get("year").and_then(serde_json::Value::as_i64);
        if let Some(id) = id("take") {
            return self.take_declaration(&id).await;
        }
        if let Some(id) = text("published").and_then(PublicationId::parse) {
            return self.take_publication(&id).await;
        }
        if text("day").is_some() {
            self.renew_year().await?;
            return self.compare_all(self.running_declarations().await?, true).await;
        }
        let tx = self.parts.store.read().await?;
        let asked = match (id("compare"), text("unit"), year.and_then(|year| i32::try_from(year).ok())) {
            (Some(id), ..) => tx.declaration(&id).await?.into_iter().collect(),
            (None, Some(unit), Some(year)) => tx.declarations(year, Some(unit)).await?,
            _ => return Err(Error::internal("a job without its declarations")),
        };
        drop(tx);
        self.compare_all(asked, false).await
    }

    /// The declaration of each official that the registers are to be held against: the newest that can be compared. One that
    /// waits for something else has the one before it looked at.
    async fn running_declarations(&self) -> Result<Vec<Declaration>> {
        let tx = self.parts.store.read().await?;
        let mut newest: BTreeMap<Masked<String>, Declaration> = BTreeMap::new();
        for year in tx.kinship_years().await?.into_iter().take(YEARS) {
            let mut all = tx.declarations(year, None).await?;
            all.retain(can_be_compared);
            all.sort_by_key(|one| std::cmp::Reverse(one.opened_at));
            for one in all {
                newest.entry(one.official.clone()).or_insert(one);
            }
        }
        Ok(newest.into_values().collect())
    }

    async fn compare_all(&self, asked: Vec<Declaration>, is_daily: bool) -> Result<()> {
        let asked: Vec<Declaration> = asked.into_iter().filter(can_be_compared).collect();
        for some in asked.chunks(AT_ONCE) {
            let known = self.known_matters(some).await?;
            for one in some {
                let known = known.get(one.official.reveal()).map_or(&[][..], Vec::as_slice);
                if !is_daily || self.says_something_new(one, known).await? {
                    self.compare(&Actor::system(), one, known).await?;
                }
            }
        }
        Ok(())
    }

    async fn known_matters(&self, of: &[Declaration]) -> Result<BTreeMap<String, Vec<KinMatter>>> {
        let officials = of.iter().map(|one| one.official.reveal().as_str()).collect();
        Ok(self.parts.analytics.kin_matters(&officials).await?)
    }

    /// Whether a comparison would change anything. A day on which it would not leaves no line on the timeline.
    async fn says_something_new(&self, declaration: &Declaration, known: &[KinMatter]) -> Result<bool> {
        use KinshipState as S;
        if matches!(declaration.matter.state, S::Declared | S::Published) {
            return Ok(true);
        }
        let tx = self.parts.store.read().await?;
        let relatives = self.declared_by_now(&tx, declaration).await?;
        let before = tx.differences(&declaration.id).await?;
        let found = differences(&relatives, known, self.now());
        let is_known = |one: &Difference| before.iter().any(|known| known.key() == one.key());
        Ok(found.len() != before.len() || !found.iter().all(is_known))
    }

    async fn compare(
        &self,
        actor: &Actor,
        declaration: &Declaration,
        known: &[KinMatter],
    ) -> Result<Declaration> {
        let tx = self.parts.store.write().await?;
        // It may have gone on meanwhile.
        let now = tx.declaration(&declaration.id).await?.ok_or(Error::NotFound(Code::NotFound))?;
        if !can_be_compared(&now) {
            return Ok(now);
        }
        let (relatives, before) = (self.declared_by_now(&tx, &now).await?, tx.differences(&now.id).await?);
        let found = with_answers(differences(&relatives, known, self.now()), &before);
        let is_open = found.iter().any(|one| one.answered_at.is_none());
        tx.replace_differences(&now.id, &found).await?;
        let action = Action::CheckKinship;
        let event = match now.matter.can(KinshipStep::Check) {
            true => KinshipEvent::Check,
            false if is_open => KinshipEvent::FindMatter,
            false => KinshipEvent::Compare,
        };
        let mut after = self.step_declaration(&tx, actor, action, &now, event).await?;
        if !is_open && after.matter.can(KinshipStep::Complete) {
            // Nothing differs: nobody is asked to complete anything.
            after = self.step_declaration(&tx, actor, action, &after, KinshipEvent::Complete).await?;
            self.enqueue_kinship(&tx, serde_json::json!({ "take": after.id.as_str() })).await?;
        }
        tx.commit().await?;
        Ok(after)
    }
}

impl App {
    /// What is declared by now: after a change has been completed, what that says.
    async fn declared_by_now(&self, tx: &Tx, declaration: &Declaration) -> Result<Vec<Relative>> {
        let all = tx.declarations_of(declaration.official.reveal()).await?;
        let changes = all.into_iter().filter(|one| {
            one.disclosure_no == declaration.disclosure_no
                && one.opened_at > declaration.opened_at
                && one.matter.state.is_complete()
        });
        let last = changes.max_by_key(|one| one.opened_at);
        Ok(tx.relatives(last.as_ref().map_or(&declaration.id, |last| &last.id)).await?)
    }
}

fn can_be_compared(declaration: &Declaration) -> bool {
    [KinshipStep::Check, KinshipStep::Compare].into_iter().any(|step| declaration.matter.can(step))
}
