//! The steps of a data request that persons take.

use gnomon_domain::{Action, Actor, DataEnd, RequestEvent, RequestState, RequestStep, Rule, may};
use gnomon_kernel::{Code, JobId, RequestId};
use gnomon_store::{Request, Tx};

use crate::{App, Error, Result, requests::CLEAR_JOB};

/// What a person must be allowed to do for a step; `None` for steps that only the program takes, or that another verb takes.
pub(crate) fn action_of(step: RequestStep) -> Option<Action> {
    match step {
        RequestStep::Agree | RequestStep::Refuse | RequestStep::Return => Some(Action::AnswerRequest),
        RequestStep::Change | RequestStep::Connect | RequestStep::AskEnd => Some(Action::AskForData),
        RequestStep::KeepOn | RequestStep::End => Some(Action::ConfirmEnd),
        RequestStep::Ask | RequestStep::GoLive | RequestStep::Clear => None,
    }
}

/// Whoever may never do that learns nothing of what there is.
pub(crate) fn permit_some(actor: &Actor, action: Action) -> Result<()> {
    match action.rule(actor.role) {
        Rule::No => Err(Error::Forbidden(Code::Forbidden)),
        _ => Ok(()),
    }
}

impl App {
    /// Takes a step. With a version, it is refused as a conflict when somebody was faster. A change of what is asked for is
    /// [`App::change_request`]; that data come is seen by the program itself.
    ///
    /// The end of an agreement counts at once; where its data are to be archived or erased, a worker takes them out of use.
    pub async fn step_request(
        &self,
        actor: &Actor,
        id: &RequestId,
        version: Option<i32>,
        event: RequestEvent,
    ) -> Result<Request> {
        let step = event.step();
        let action = action_of(step).filter(|_| step != RequestStep::Change);
        let action = action.ok_or(Error::Forbidden(Code::Forbidden))?;
        permit_some(actor, action)?;
        let tx = self.parts.store.write().await?;
        let request = self.request_seen(&tx, id, version).await?;
        let owns = self.owns(&tx, actor, &request.dataset).await?;
        may(actor, action, &request.matter.relation(owns)).map_err(Error::refused)?;
        let after = self.move_on(&tx, actor, action, &request, event).await?;
        if after.matter.state == RequestState::Ended
            && after.matter.data_end.is_some_and(|end| end != DataEnd::Keep)
        {
            let payload = serde_json::json!({ "request": id.as_str() });
            tx.enqueue(&JobId::new(self.ids()), CLEAR_JOB, payload, self.now()).await?;
        }
        tx.commit().await?;
        Ok(after)
    }

    /// A request, at the version that a person saw.
    pub(crate) async fn request_seen(
        &self,
        tx: &Tx,
        id: &RequestId,
        version: Option<i32>,
    ) -> Result<Request> {
        let request = tx.request(id).await?.ok_or(Error::NotFound(Code::NotFound))?;
        match version.is_none_or(|version| version == request.version) {
            true => Ok(request),
            false => Err(Error::Conflict { code: Code::Conflict, found: request.number }),
        }
    }

    /// Whether the actor's department owns a dataset.
    pub(crate) async fn owns(&self, tx: &Tx, actor: &Actor, dataset: &str) -> Result<bool> {
        let owner = self.library().datasets.get(dataset).map(|dataset| dataset.owner.zh.as_str());
        let department = self.department_of(tx, actor).await?;
        Ok(owner.is_some() && department.as_deref() == owner)
    }

    /// The department that the actor belongs to.
    pub(crate) async fn department_of(&self, tx: &Tx, actor: &Actor) -> Result<Option<String>> {
        let Some(id) = &actor.user else { return Ok(None) };
        Ok(tx.user(id).await?.and_then(|user| user.department))
    }

    /// Takes a step without asking who may: the request afterwards, with timeline and audit line.
    pub(crate) async fn move_on(
        &self,
        tx: &Tx,
        actor: &Actor,
        action: Action,
        request: &Request,
        event: RequestEvent,
    ) -> Result<Request> {
        let now = self.now();
        let (matter, entry) = request.matter.apply(event, actor, now, |day| self.is_working(day))?;
        let mut after = Request { matter, ..request.clone() };
        if entry.step == RequestStep::Agree {
            after.agreed_at = Some(now);
            after.agreed_by_name.clone_from(&actor.name);
        }
        tx.update_request(&after).await?;
        tx.add_request_event(&after.id, &entry).await?;
        self.audit(tx, actor, action, after.id.as_str(), entry.step.as_str()).await?;
        after.version += 1;
        Ok(after)
    }
}
