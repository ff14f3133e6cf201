//! Layouts: a header that nobody knew is proposed, confirmed once by a person, kept, and read without asking from then on.

use std::{collections::BTreeMap, path::Path};

use gnomon_domain::{Action, Actor, BatchState};
use gnomon_kernel::{BatchId, Code, Instant, LayoutId, mask_name};
use gnomon_library::{
    analytics::{IngestProgress, Received},
    dataset::Dataset,
    layout::{CellMeaning, CellProposal, HeaderLayout, SheetProposal},
};
use gnomon_store::{Batch, Layout, Tx};

use crate::{
    App, Error, Result,
    app::permit,
    intake::{
        Arrival,
        layout_check::{problems, with_units_of_money},
    },
    lock,
    warning::shown::{mask, mask_numbers},
};

/// What a person may be asked about a header.
pub(crate) const UNKNOWN_HEADER: [Code; 3] = [Code::HeaderUnknown, Code::ColumnMissing, Code::HeaderTwice];

/// A layout in force, and who confirmed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptLayout {
    /// Identifier.
    pub id: LayoutId,
    /// Key of the dataset.
    pub dataset: String,
    /// The header and what it means.
    pub layout: HeaderLayout,
    /// Name of the person; empty for the command line.
    pub by_name: String,
    /// When it was confirmed.
    pub at: Instant,
}

/// What a refused delivery's headers may mean.
#[derive(Debug, Clone)]
pub struct HeaderProposal<'a> {
    /// The delivery.
    pub batch: Batch,
    /// Its dataset.
    pub dataset: &'a Dataset,
    /// One per header, values masked.
    pub sheets: Vec<SheetProposal>,
}

/// Whether a delivery was refused for a header that a person can explain.
pub(crate) fn is_for_its_header(batch: &Batch) -> bool {
    let code = batch.refusal.as_ref().map(|refusal| refusal.code);
    batch.state == BatchState::Refused && code.is_some_and(|code| UNKNOWN_HEADER.contains(&code))
}

impl App {
    /// The layouts of a dataset that are in force, the newest first.
    pub async fn layouts(&self, actor: &Actor, dataset: &str) -> Result<Vec<KeptLayout>> {
        permit(actor, Action::ViewData)?;
        let kept = self.parts.store.read().await?.layouts_at(Some(dataset), self.now()).await?;
        kept.into_iter().map(kept_layout).collect()
    }

    /// All layouts in force, by dataset.
    pub(crate) async fn layouts_in_force(&self) -> Result<BTreeMap<String, Vec<HeaderLayout>>> {
        let mut by_dataset: BTreeMap<String, Vec<HeaderLayout>> = BTreeMap::new();
        for kept in self.parts.store.read().await?.layouts_at(None, self.now()).await? {
            by_dataset.entry(kept.dataset.clone()).or_default().push(header_layout(&kept)?);
        }
        Ok(by_dataset)
    }

    /// What the headers of a delivery may mean that was refused for them.
    pub async fn propose_layout(&self, actor: &Actor, id: &BatchId) -> Result<HeaderProposal<'_>> {
        permit(actor, Action::ManageLayouts)?;
        let batch = self.refused_for_its_header(id).await?;
        let path = self.parts.analytics.raw_path(&batch.sha256);
        let (dataset, sheets) = self.proposals(&batch.dataset, &path).await?;
        let mut sheets = masked(dataset, sheets);
        // What was taken for a header may be a row of data.
        for cell in sheets.iter_mut().flat_map(|sheet| &mut sheet.cells) {
            cell.header = mask_numbers(&cell.header);
        }
        Ok(HeaderProposal { batch, dataset, sheets })
    }

    /// What the headers of a file may mean that is not taken in yet; values masked.
    pub async fn propose_layout_of_file(
        &self,
        actor: &Actor,
        dataset: &str,
        path: &Path,
    ) -> Result<Vec<SheetProposal>> {
        permit(actor, Action::ManageLayouts)?;
        let (dataset, sheets) = self.proposals(dataset, path).await?;
        Ok(masked(dataset, sheets))
    }

    async fn proposals(&self, dataset: &str, path: &Path) -> Result<(&Dataset, Vec<SheetProposal>)> {
        let known = self.library().datasets.get(dataset).ok_or(Error::NotFound(Code::DatasetUnknown))?;
        let mut layouts = self.layouts_in_force().await?;
        let layouts = layouts.remove(dataset).unwrap_or_default();
        Ok((known, self.parts.analytics.propose(dataset, path, &layouts).await?))
    }

    async fn refused_for_its_header(&self, id: &BatchId) -> Result<Batch> {
        let batch = self.parts.store.read().await?.batch(id).await?.ok_or(Error::NotFound(Code::NotFound))?;
        match is_for_its_header(&batch) {
            true => Ok(batch),
            false => Err(Error::Conflict { code: Code::State, found: batch.name }),
        }
    }

    /// Keeps what the headers of a refused delivery mean and takes the same bytes in again, as a new delivery: in the
    /// place of the one that the refused one was to replace, if it was. `meanings` has one list for each sheet of the
    /// proposal; a sheet none of whose cells means anything is left out.
    ///
    /// Two headers for one column and a required column without a header are an [`Error::Invalid`], and nothing has
    /// changed. Where the file is refused for something else, the layout stays.
    pub async fn confirm_layout(
        &self,
        actor: &Actor,
        id: &BatchId,
        meanings: &[Vec<Option<CellMeaning>>],
        progress: &(dyn Fn(IngestProgress) + Send + Sync),
    ) -> Result<Batch> {
        permit(actor, Action::ManageLayouts)?;
        permit(actor, Action::UploadData)?;
        let refused = self.refused_for_its_header(id).await?;
        let path = self.parts.analytics.raw_path(&refused.sha256);
        let (_, sheets) = self.proposals(&refused.dataset, &path).await?;
        let layouts: Vec<HeaderLayout> =
            sheets.iter().zip(meanings).map(|(sheet, columns)| sheet.layout_of(columns.clone())).collect();
        self.keep_layouts(actor, &refused.dataset, layouts).await?;
        let _lock = lock::wait_for_intake(self.parts.dir.clone()).await?;
        self.recover_locked().await?;
        let replaces = self.parts.store.read().await?.rebuild_with(id).await?.and_then(|one| one.without);
        let earlier = match replaces {
            Some(id) => Some(self.replaceable(actor, &refused.dataset, &id).await?),
            None => None,
        };
        let arrival = Arrival {
            dataset: &refused.dataset,
            name: &refused.name,
            received: Received { sha256: refused.sha256.clone(), bytes: refused.bytes },
            confirmed: false,
            gathered: refused.gathered,
            origin: refused.origin,
            note: &refused.note,
        };
        self.take_in(actor, &arrival, earlier.as_ref(), progress).await
    }

    /// Keeps what headers of a dataset mean, each in the place of an earlier layout of the same header. Those in which
    /// nothing means anything are left out; errors as in [`App::confirm_layout`].
    pub async fn keep_layouts(
        &self,
        actor: &Actor,
        dataset: &str,
        layouts: Vec<HeaderLayout>,
    ) -> Result<Vec<KeptLayout>> {
        permit(actor, Action::ManageLayouts)?;
        let known = self.library().datasets.get(dataset).ok_or(Error::NotFound(Code::DatasetUnknown))?;
        let meant =
            layouts.into_iter().enumerate().filter(|(_, one)| one.columns.iter().any(Option::is_some));
        let meant: Vec<(usize, HeaderLayout)> = meant.collect();
        let wrong: Vec<_> = meant.iter().flat_map(|(sheet, one)| problems(known, *sheet, one)).collect();
        if !wrong.is_empty() {
            return Err(Error::Invalid(wrong));
        }
        if meant.is_empty() {
            return Err(Error::field("layout", Code::Missing));
        }
        let tx = self.parts.store.write().await?;
        let mut kept = Vec::with_capacity(meant.len());
        for (_, layout) in meant {
            kept.push(self.keep_layout(&tx, actor, dataset, with_units_of_money(known, layout)).await?);
        }
        tx.commit().await?;
        Ok(kept)
    }

    async fn keep_layout(
        &self,
        tx: &Tx,
        actor: &Actor,
        dataset: &str,
        layout: HeaderLayout,
    ) -> Result<KeptLayout> {
        let now = self.now();
        for earlier in tx.layouts_at(Some(dataset), now).await? {
            if earlier.header == layout.header {
                tx.retire_layout(&earlier.id, now).await?;
                self.audit(tx, actor, Action::ManageLayouts, earlier.id.as_str(), "retired").await?;
            }
        }
        let new = Layout {
            id: LayoutId::new(self.ids()),
            dataset: dataset.to_owned(),
            header: layout.header,
            columns: serde_json::to_value(&layout.columns).map_err(Error::internal)?,
            confirmed_by: actor.user.clone(),
            confirmed_by_name: actor.name.clone(),
            confirmed_at: now,
            retired_at: None,
        };
        tx.add_layout(&new).await?;
        let detail = format!("{dataset}: {}", mask_numbers(&new.header.join(" | ")));
        self.audit(tx, actor, Action::ManageLayouts, new.id.as_str(), &detail).await?;
        kept_layout(new)
    }

    /// Retires a layout: what comes from now on is not read by it, what came before still is. Returns the key of its
    /// dataset.
    pub async fn retire_layout(&self, actor: &Actor, id: &LayoutId) -> Result<String> {
        permit(actor, Action::ManageLayouts)?;
        let tx = self.parts.store.write().await?;
        let layout = tx.layout(id).await?.ok_or(Error::NotFound(Code::NotFound))?;
        if !tx.retire_layout(id, self.now()).await? {
            return Err(Error::Conflict { code: Code::State, found: layout.header.join(" | ") });
        }
        self.audit(&tx, actor, Action::ManageLayouts, id.as_str(), "retired").await?;
        tx.commit().await?;
        Ok(layout.dataset)
    }
}

/// The part of a kept layout that readers of files need.
pub(crate) fn header_layout(kept: &Layout) -> Result<HeaderLayout> {
    let columns = serde_json::from_value(kept.columns.clone()).map_err(Error::internal)?;
    Ok(HeaderLayout { header: kept.header.clone(), columns })
}

fn kept_layout(kept: Layout) -> Result<KeptLayout> {
    let layout = header_layout(&kept)?;
    let Layout { id, dataset, confirmed_by_name, confirmed_at, .. } = kept;
    Ok(KeptLayout { id, dataset, layout, by_name: confirmed_by_name, at: confirmed_at })
}

fn masked(dataset: &Dataset, mut sheets: Vec<SheetProposal>) -> Vec<SheetProposal> {
    for cell in sheets.iter_mut().flat_map(|sheet| &mut sheet.cells) {
        let samples = cell.samples.iter().map(|text| masked_sample(dataset, cell, text));
        cell.samples = samples.collect();
    }
    sheets
}

fn masked_sample(dataset: &Dataset, cell: &CellProposal, text: &str) -> String {
    let ty = cell.column.as_deref().and_then(|name| dataset.column(name)).map(|column| column.ty);
    match ty.filter(|ty| ty.is_personal()) {
        Some(ty) => mask(ty, text.trim()),
        None if cell.is_personal && !text.contains(char::is_numeric) => mask_name(text.trim()),
        None => mask_numbers(text),
    }
}
