//! Declared rows reach the models: each complete declaration is one delivery of typed rows, and so is the day of each
//! publication. A row corrects the earlier one of the same natural key; what a change leaves out has ended.

use std::collections::{BTreeMap, BTreeSet};

use gnomon_domain::{Actor, local_day};
use gnomon_kernel::{BatchId, Code, Day, KinshipId, Masked, PublicationId};
use gnomon_store::{Declaration, Relative, Tx};

use crate::{App, Error, Result, TypedRow, TypedRows, kinship::DATASET};

/// The columns that make two rows the same fact.
const KEY: [&str; 5] = ["disclosure_no", "kin_id", "matter_type", "program_code", "contract_no"];

impl App {
    /// Takes the rows of a complete declaration in, once.
    pub(super) async fn take_declaration(&self, id: &KinshipId) -> Result<()> {
        let tx = self.parts.store.read().await?;
        let declaration = tx.declaration(id).await?.ok_or(Error::NotFound(Code::NotFound))?;
        if declaration.batch.is_some() || !declaration.matter.state.is_complete() {
            return Ok(());
        }
        let mut rows = self.rows_of_known(&tx, &declaration, None).await?;
        let stay: BTreeSet<Vec<&str>> = rows.iter().map(key).collect();
        let all = tx.declarations_of(declaration.official.reveal()).await?;
        let earlier = all.iter().filter(|one| one.disclosure_no == declaration.disclosure_no);
        let mut ended: Vec<TypedRow> = Vec::new();
        if let Some(last) = earlier.filter(|one| one.batch.is_some()).max_by_key(|one| one.opened_at) {
            let before = self.rows_of_known(&tx, last, None).await?;
            ended = before.into_iter().filter(|row| !stay.contains(&key(row))).collect();
        }
        drop(tx);
        rows.extend(ended.into_iter().map(|row| TypedRow { ends: true, ..row }));
        let reason = format!("{} 亲属涉权事项申报 / declaration of relatives' matters", declaration.number);
        let batch = self.take_rows(&reason, rows).await?;
        let tx = self.parts.store.write().await?;
        let declaration = tx.declaration(id).await?.ok_or(Error::NotFound(Code::NotFound))?;
        tx.update_declaration(&Declaration { batch, ..declaration }).await?;
        Ok(tx.commit().await?)
    }

    /// Takes the rows of a released publication in again, with the day of their publication.
    pub(super) async fn take_publication(&self, id: &PublicationId) -> Result<()> {
        let tx = self.parts.store.read().await?;
        let publication = tx.publication(id).await?.ok_or(Error::NotFound(Code::NotFound))?;
        let published = publication.answered_at.map(local_day);
        let of: BTreeSet<&KinshipId> = publication.lines.iter().map(|line| &line.declaration).collect();
        let mut rows = Vec::new();
        for id in of {
            let Some(declaration) = tx.declaration(id).await? else { continue };
            rows.extend(self.rows_of_known(&tx, &declaration, published).await?);
        }
        drop(tx);
        let reason = format!("{} 亲属涉权事项公示 / publication of relatives' matters", publication.number);
        self.take_rows(&reason, rows).await.map(drop)
    }

    /// The rows of a declaration, without persons who were erased since.
    async fn rows_of_known(
        &self,
        tx: &Tx,
        declaration: &Declaration,
        published: Option<Day>,
    ) -> Result<Vec<TypedRow>> {
        let is_known = |number: &Masked<String>| self.parts.analytics.person_number(number.reveal()).is_ok();
        if !is_known(&declaration.official) {
            return Ok(Vec::new());
        }
        let relatives = tx.relatives(&declaration.id).await?.into_iter();
        let relatives: Vec<Relative> =
            relatives.filter(|one| one.kin.as_ref().is_none_or(&is_known)).collect();
        Ok(rows_of(declaration, &relatives, published))
    }

    /// The delivery that rows became; the one that they already are when a worker died behind them.
    async fn take_rows(&self, reason: &str, rows: Vec<TypedRow>) -> Result<Option<BatchId>> {
        if rows.is_empty() {
            return Ok(None);
        }
        let dataset = self.library().datasets.get(DATASET).ok_or(Error::NotFound(Code::DatasetUnknown))?;
        let typed = TypedRows { dataset: DATASET.to_owned(), reason: reason.to_owned(), rows };
        let system = Actor::system();
        match self.take_typed(&system, dataset, &typed).await {
            Ok(done) => {
                self.request_link(&system).await?;
                Ok(Some(done.batch.id))
            }
            Err(error) if error.code() == Code::FileKnown => {
                Ok(error.found().split(' ').next().and_then(BatchId::parse))
            }
            Err(error) => Err(error),
        }
    }
}

fn key(row: &TypedRow) -> Vec<&str> {
    KEY.iter().map(|name| row.cells.get(*name).map_or("", String::as_str)).collect()
}

/// A declaration as rows of the dataset, one for each fact. Whoever has nothing to declare has declared that.
fn rows_of(declaration: &Declaration, relatives: &[Relative], published: Option<Day>) -> Vec<TypedRow> {
    let mut rows: Vec<TypedRow> = Vec::new();
    let mut nameless = 0;
    for relative in relatives {
        if relative.kin.is_none() {
            nameless += 1;
        }
        let row = row_of(declaration, relative, nameless, published);
        match rows.iter_mut().find(|known| key(known) == key(&row)) {
            Some(known) => join_details(&mut known.cells, &row.cells),
            None => rows.push(row),
        }
    }
    if rows.is_empty() {
        let mut cells = common(declaration, published);
        cells.insert("relation".to_owned(), "other".to_owned());
        cells.insert("matter_type".to_owned(), "none".to_owned());
        rows.push(TypedRow { cells, ..TypedRow::default() });
    }
    rows
}

/// `nameless` tells relatives without a number apart, who would else be one fact.
fn row_of(
    declaration: &Declaration,
    relative: &Relative,
    nameless: usize,
    published: Option<Day>,
) -> TypedRow {
    let mut cells = common(declaration, published);
    let mut put = |name: &str, text: &str| drop(cells.insert(name.to_owned(), text.to_owned()));
    match &relative.kin {
        Some(kin) => put("kin_id", kin.reveal()),
        None => put("disclosure_no", &format!("{}-{nameless}", declaration.disclosure_no)),
    }
    put("kin_name", &relative.kin_name);
    put("relation", &relative.relation);
    put("kin_employer", &relative.employer);
    put("matter_type", &relative.matter);
    put("matter_detail", &detail(relative));
    put("program_code", relative.program_code.as_deref().unwrap_or_default());
    put("contract_no", relative.contract_no.as_deref().unwrap_or_default());
    TypedRow { cells, ..TypedRow::default() }
}

fn common(declaration: &Declaration, published: Option<Day>) -> BTreeMap<String, String> {
    let day = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let cells = [
        ("disclosure_no", declaration.disclosure_no.clone()),
        ("person_id", declaration.official.reveal().clone()),
        ("declare_date", day(declaration.declared_at.map(local_day))),
        ("publish_date", day(published)),
        ("region_code", declaration.region_code.clone().unwrap_or_default()),
    ];
    cells.into_iter().map(|(name, text)| (name.to_owned(), text)).collect()
}

/// The dataset has no column for the organisation.
fn detail(relative: &Relative) -> String {
    let code = relative.org_code.as_deref().unwrap_or_default();
    let parts = [relative.org_name.as_str(), code, relative.detail.as_str()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

/// Two matters of one kind are one fact of the dataset, told together.
fn join_details(known: &mut BTreeMap<String, String>, more: &BTreeMap<String, String>) {
    let more = more.get("matter_detail").map_or("", String::as_str);
    if let Some(known) = known.get_mut("matter_detail").filter(|_| !more.is_empty()) {
        if !known.is_empty() {
            known.push('；');
        }
        known.push_str(more);
    }
}
