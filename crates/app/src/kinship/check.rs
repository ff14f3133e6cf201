//! Declarations compared with the registers, by a worker or from the command line.

use gnomon_domain::{Action, Actor, KinshipEvent, KinshipStep};
use gnomon_kernel::{Code, KinshipId, PublicationId};
use gnomon_store::{Declaration, Job, Relative, Tx};

use crate::{
    App, Error, Result,
    app::permit,
    kinship::compare::{differences, with_answers},
};

impl App {
    /// Compares one declaration with the registers now. One that was handed in is complete when nothing differs; one that
    /// was published shows a matter when something new differs. A declaration that nobody has handed in, or that waits for
    /// something else, is an [`Error::Conflict`] with [`Code::State`].
    pub async fn check_declaration(&self, actor: &Actor, id: &KinshipId) -> Result<Declaration> {
        permit(actor, Action::CheckKinship)?;
        let declaration = self.parts.store.read().await?.declaration(id).await?;
        let declaration = declaration.ok_or(Error::NotFound(Code::NotFound))?;
        match can_be_compared(&declaration) {
            true => self.compare(actor, &declaration).await,
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
        let tx = self.parts.store.read().await?;
        let asked = match (id("compare"), text("unit"), year.and_then(|year| i32::try_from(year).ok())) {
            (Some(id), ..) => tx.declaration(&id).await?.into_iter().collect(),
            (None, Some(unit), Some(year)) => tx.declarations(year, Some(unit)).await?,
            _ => return Err(Error::internal("a job without its declarations")),
        };
        drop(tx);
        for declaration in asked.iter().filter(|declaration| can_be_compared(declaration)) {
            self.compare(&Actor::system(), declaration).await?;
        }
        Ok(())
    }

    async fn compare(&self, actor: &Actor, declaration: &Declaration) -> Result<Declaration> {
        let known = self.parts.analytics.kin_matters(declaration.official.reveal()).await?;
        let tx = self.parts.store.write().await?;
        // It may have gone on meanwhile.
        let now = tx.declaration(&declaration.id).await?.ok_or(Error::NotFound(Code::NotFound))?;
        if !can_be_compared(&now) {
            return Ok(now);
        }
        let (relatives, before) = (self.declared_by_now(&tx, &now).await?, tx.differences(&now.id).await?);
        let found = with_answers(differences(&relatives, &known, self.now()), &before);
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
