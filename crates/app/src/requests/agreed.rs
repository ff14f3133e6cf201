//! What agreements mean for deliveries: whether one may come, and which of its columns.

use std::{collections::BTreeMap, sync::Arc};

use gnomon_domain::{Action, Actor, RequestEvent, RequestState, RequestStep};
use gnomon_kernel::{Code, RequestId};
use gnomon_store::{Batch, Request, Tx};

use crate::{App, Error, Result, app::permit};

/// Whether links may carry data that nobody has agreed to share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sharing {
    /// Connections and pushes need an agreement in force.
    Required,
    /// They do not.
    Free,
}

/// What agreements there are, for pages about datasets and connections.
#[derive(Debug, Clone)]
pub struct SharingView {
    /// Whether links need one.
    pub sharing: Sharing,
    /// The request that counts, by dataset: the one in force, else the newest.
    pub by_dataset: BTreeMap<String, AgreementNote>,
}

/// A data request in few words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreementNote {
    /// Identifier.
    pub id: RequestId,
    /// What people call it.
    pub number: String,
    /// Where it stands.
    pub state: RequestState,
    /// Whether data may come under it today.
    pub is_in_force: bool,
}

impl SharingView {
    /// Whether a link of this dataset is held up today.
    pub fn holds_up(&self, dataset: &str) -> bool {
        let note = self.by_dataset.get(dataset);
        self.sharing == Sharing::Required && !note.is_some_and(|note| note.is_in_force)
    }
}

impl App {
    /// Whether this deployment needs agreements for what comes by links.
    pub fn needs_agreements(&self) -> Sharing {
        self.parts.sharing
    }

    /// The agreements of all datasets.
    pub async fn agreements(&self, actor: &Actor) -> Result<SharingView> {
        permit(actor, Action::ViewData)?;
        let today = self.today();
        let mut by_dataset: BTreeMap<String, AgreementNote> = BTreeMap::new();
        let tx = self.parts.store.read().await?;
        let agreed = tx.agreed_requests(None).await?;
        let in_force = agreed.into_iter().filter(|request| request.matter.is_in_force(today));
        for request in in_force.chain(tx.requests(None).await?) {
            let is_in_force = request.matter.is_in_force(today);
            let Request { id, number, dataset, matter, .. } = request;
            let note = AgreementNote { id, number, state: matter.state, is_in_force };
            by_dataset.entry(dataset).or_insert(note);
        }
        Ok(SharingView { sharing: self.parts.sharing, by_dataset })
    }

    /// Whether a link may carry data of this dataset now; [`Code::NotAgreed`] when it may not.
    pub async fn check_agreement(&self, dataset: &str) -> Result<()> {
        let tx = self.parts.store.read().await?;
        match self.parts.sharing == Sharing::Free || self.agreement_of(&tx, dataset).await?.is_some() {
            true => Ok(()),
            false => Err(Error::Conflict { code: Code::NotAgreed, found: dataset.to_owned() }),
        }
    }

    /// The agreement under which a delivery of this dataset comes today: the last one agreed of those in force.
    pub(crate) async fn agreement_of(&self, tx: &Tx, dataset: &str) -> Result<Option<RequestId>> {
        let today = self.today();
        let agreed = tx.agreed_requests(Some(dataset)).await?;
        Ok(agreed.into_iter().find(|request| request.matter.is_in_force(today)).map(|request| request.id))
    }

    /// The first delivery under an agreement is in: it is live.
    pub(crate) async fn go_live(&self, tx: &Tx, batch: &Batch) -> Result<()> {
        let Some(id) = &batch.request else { return Ok(()) };
        let request = tx.request(id).await?.ok_or(Error::NotFound(Code::NotFound))?;
        if request.matter.can(RequestStep::GoLive) {
            let event = RequestEvent::GoLive { file: batch.name.clone() };
            self.move_on(tx, &Actor::system(), Action::UploadData, &request, event).await?;
        }
        Ok(())
    }
}

/// The columns that may be taken of a delivery; all of them when it came under no agreement.
pub(crate) async fn agreed_columns(tx: &Tx, batch: &Batch) -> Result<Option<Arc<[String]>>> {
    let Some(id) = &batch.request else { return Ok(None) };
    let request = tx.request(id).await?.ok_or(Error::NotFound(Code::NotFound))?;
    Ok(Some(request.columns.into()))
}
