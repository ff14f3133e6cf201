//! Data requests as they are shown.

use std::collections::BTreeMap;

use gnomon_domain::{Action, Actor, Freshness, RequestEntry, RequestState, RequestStep, Role, Standing, may};
use gnomon_kernel::{Code, RequestId};
use gnomon_library::dataset::Dataset;
use gnomon_store::{Request, Tx};

use crate::{
    App, Error, Result,
    app::permit,
    requests::steps::{action_of, permit_some},
};

/// A data request in the list.
#[derive(Debug, Clone)]
pub struct RequestRow<'a> {
    /// The request.
    pub request: Request,
    /// Its dataset; `None` when it has left the library.
    pub dataset: Option<&'a Dataset>,
    /// Whether it is live and what comes is late by more than a cadence, or below the limits of quality.
    pub is_degraded: bool,
}

/// A data request with all that belongs to it.
#[derive(Debug, Clone)]
pub struct RequestView<'a> {
    /// As in the list.
    pub row: RequestRow<'a>,
    /// Where its dataset stands between two deliveries.
    pub freshness: Option<Freshness>,
    /// What happened, oldest first.
    pub timeline: Vec<RequestEntry>,
    /// Steps that this person may take now.
    pub steps: Vec<RequestStep>,
    /// Deliveries that came under it and are in.
    pub batches: u64,
    /// Their rows.
    pub rows: u64,
}

impl App {
    /// Data requests, the newest first. A department sees those about its own datasets.
    pub async fn requests(&self, actor: &Actor) -> Result<Vec<RequestRow<'_>>> {
        permit(actor, Action::ViewRequests)?;
        let tx = self.parts.store.read().await?;
        let department = self.department_of(&tx, actor).await?;
        let standings = self.standings(&tx).await?;
        let rows = tx.requests(None).await?.into_iter().map(|request| self.request_row(request, &standings));
        let is_own = |row: &RequestRow<'_>| {
            let owner = row.dataset.map(|dataset| dataset.owner.zh.as_str());
            actor.role != Role::Department || owner.is_some() && owner == department.as_deref()
        };
        Ok(rows.filter(is_own).collect())
    }

    /// One data request.
    pub async fn request(&self, actor: &Actor, id: &RequestId) -> Result<RequestView<'_>> {
        permit_some(actor, Action::ViewRequest)?;
        let tx = self.parts.store.read().await?;
        let request = tx.request(id).await?.ok_or(Error::NotFound(Code::NotFound))?;
        let owns = self.owns(&tx, actor, &request.dataset).await?;
        let relation = request.matter.relation(owns);
        may(actor, Action::ViewRequest, &relation).map_err(Error::refused)?;
        let is_possible = |step: &RequestStep| {
            let action = action_of(*step).filter(|_| request.matter.can(*step));
            action.is_some_and(|action| may(actor, action, &relation).is_ok())
        };
        let steps = RequestStep::ALL.iter().copied().filter(is_possible).collect();
        let standings = self.standings(&tx).await?;
        let came = tx.batches_under(id).await?;
        let is_in = came.iter().filter(|batch| batch.state == gnomon_domain::BatchState::Accepted);
        let (batches, rows) = is_in.fold((0, 0), |(n, rows), batch| (n + 1, rows + batch.counts.accepted));
        Ok(RequestView {
            freshness: standings.get(request.dataset.as_str()).copied(),
            timeline: tx.request_timeline(id).await?,
            steps,
            batches,
            rows,
            row: self.request_row(request, &standings),
        })
    }

    /// A request by its identifier or its number.
    pub async fn find_request(&self, actor: &Actor, name: &str) -> Result<RequestId> {
        let rows = self.requests(actor).await?;
        let found = rows.into_iter().map(|row| row.request);
        let mut found = found.filter(|request| request.id.as_str() == name || request.number == name);
        found.next().map(|request| request.id).ok_or(Error::NotFound(Code::NotFound))
    }

    async fn standings(&self, tx: &Tx) -> Result<BTreeMap<&str, Freshness>> {
        let stands = self.stands(tx, None).await?.into_iter();
        Ok(stands.map(|stand| (stand.dataset.key.as_str(), stand.freshness)).collect())
    }

    fn request_row(&self, request: Request, standings: &BTreeMap<&str, Freshness>) -> RequestRow<'_> {
        let standing = standings.get(request.dataset.as_str()).map(|fresh| fresh.standing);
        let is_degraded = request.matter.state == RequestState::Live && standing == Some(Standing::Degraded);
        RequestRow { dataset: self.library().datasets.get(&request.dataset), request, is_degraded }
    }
}
