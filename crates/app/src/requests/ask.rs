//! What is asked for, and what cannot be.

use std::collections::BTreeSet;

use gnomon_domain::{Action, Actor, DataRequest, RequestEvent};
use gnomon_kernel::{Cadence, Code, Day, RequestId};
use gnomon_library::{
    Library,
    dataset::{Dataset, Sensitivity},
    model::Model,
};
use gnomon_store::Request;

use crate::{App, Error, Problem, Result, app::permit};

/// The longest purpose, basis or remark, in characters.
const TEXT: usize = 2_000;

/// What a department is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewRequest {
    /// Key of the dataset.
    pub dataset: String,
    /// What the data are for.
    pub purpose: String,
    /// The law or rule on which it rests.
    pub basis: String,
    /// Names of columns; those that make up the record always belong. When absent: all but sensitive ones that none of the
    /// models reads.
    pub columns: Option<Vec<String>>,
    /// Ids of the models that it is for; may be empty.
    pub models: Vec<String>,
    /// How often the data are to come; as the dataset says when absent.
    pub cadence: Option<Cadence>,
    /// The first day on which data may come; open when absent.
    pub from: Option<Day>,
    /// The last day on which data may come; open when absent.
    pub until: Option<Day>,
}

/// A request whose parts have been looked at.
struct Checked<'a> {
    dataset: &'a Dataset,
    columns: Vec<String>,
    models: Vec<String>,
    cadence: Option<Cadence>,
}

impl App {
    /// Asks the department that owns a dataset to share it. A sensitive column that none of the named models reads is an
    /// [`Error::Invalid`] with [`Code::ColumnUnread`] that names it.
    pub async fn ask_for_data(&self, actor: &Actor, new: &NewRequest) -> Result<Request> {
        permit(actor, Action::AskForData)?;
        let checked = checked(self.library(), new)?;
        let now = self.now();
        let (matter, entry) = DataRequest::ask((new.from, new.until), actor, now, |day| self.is_working(day));
        let tx = self.parts.store.write().await?;
        let request = Request {
            id: RequestId::new(self.ids()),
            number: tx.take_request_number(self.today()).await?,
            version: 0,
            dataset: checked.dataset.key.clone(),
            purpose: new.purpose.trim().to_owned(),
            basis: new.basis.trim().to_owned(),
            columns: checked.columns,
            models: checked.models,
            cadence: checked.cadence.map(|cadence| cadence.as_str().to_owned()),
            asked_by_name: actor.name.clone(),
            asked_at: now,
            agreed_at: None,
            agreed_by_name: String::new(),
            cleared: None,
            matter,
        };
        tx.add_request(&request).await?;
        tx.add_request_event(&request.id, &entry).await?;
        self.audit(&tx, actor, Action::AskForData, request.id.as_str(), &request.dataset).await?;
        tx.commit().await?;
        Ok(request)
    }

    /// Changes a request that the department has sent back, and asks again. `new` names the same dataset.
    pub async fn change_request(
        &self,
        actor: &Actor,
        id: &RequestId,
        version: Option<i32>,
        new: &NewRequest,
        note: &str,
    ) -> Result<Request> {
        permit(actor, Action::AskForData)?;
        let tx = self.parts.store.write().await?;
        let before = self.request_seen(&tx, id, version).await?;
        if before.dataset != new.dataset {
            return Err(Error::field("dataset", Code::Invalid));
        }
        let checked = checked(self.library(), new)?;
        let mut request = Request {
            purpose: new.purpose.trim().to_owned(),
            basis: new.basis.trim().to_owned(),
            columns: checked.columns,
            models: checked.models,
            cadence: checked.cadence.map(|cadence| cadence.as_str().to_owned()),
            asked_by_name: actor.name.clone(),
            asked_at: self.now(),
            ..before
        };
        (request.matter.from, request.matter.until) = (new.from, new.until);
        let event = RequestEvent::Change { note: note.trim().to_owned() };
        let changed = self.move_on(&tx, actor, Action::AskForData, &request, event).await?;
        tx.commit().await?;
        Ok(changed)
    }
}

fn checked<'a>(library: &'a Library, new: &NewRequest) -> Result<Checked<'a>> {
    let dataset = library.datasets.get(&new.dataset).ok_or(Error::NotFound(Code::DatasetUnknown))?;
    let mut problems: Vec<Problem> = [("purpose", &new.purpose), ("basis", &new.basis)]
        .into_iter()
        .filter_map(|(field, text)| Problem::of_text(field, text, TEXT))
        .collect();
    let mut models: Vec<&Model> = Vec::new();
    for id in &new.models {
        match library.models.get(id) {
            Some(model) if models.iter().any(|known| known.id == model.id) => {}
            Some(model) => models.push(model),
            None => problems.push(problem("models", Code::ModelUnknown, id, "")),
        }
    }
    if let (Some(from), Some(until)) = (new.from, new.until)
        && until < from
    {
        problems.push(problem("until", Code::Invalid, &until.to_string(), &format!("≥ {from}")));
    }
    let columns = columns(library, dataset, &models, new.columns.as_deref(), &mut problems);
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    Ok(Checked {
        dataset,
        columns,
        models: models.into_iter().map(|model| model.id.clone()).collect(),
        cadence: new.cadence.or(dataset.cadence),
    })
}

fn problem(field: &str, code: Code, found: &str, expected: &str) -> Problem {
    Problem { field: field.to_owned(), code, found: found.to_owned(), expected: expected.to_owned() }
}

/// The columns that are asked for, in the dataset's order.
fn columns(
    library: &Library,
    dataset: &Dataset,
    models: &[&Model],
    asked: Option<&[String]>,
    problems: &mut Vec<Problem>,
) -> Vec<String> {
    let asked: Option<BTreeSet<&str>> = asked.map(|names| names.iter().map(String::as_str).collect());
    for name in asked.iter().flatten().filter(|name| dataset.column(name).is_none()) {
        problems.push(problem("columns", Code::Invalid, name, &dataset.key));
    }
    let mut columns = Vec::new();
    for column in &dataset.columns {
        let is_sensitive = dataset.sensitivity_of(column) == Sensitivity::Sensitive;
        let is_read = || models.iter().any(|model| library.reads_column(model, &dataset.key, &column.name));
        let is_unread = is_sensitive && !is_read();
        let is_asked = match &asked {
            Some(asked) => asked.contains(column.name.as_str()),
            None => !is_unread,
        };
        if !is_asked && !dataset.is_of_its_form(column) {
            continue;
        }
        if is_unread {
            let found = format!("{} ({})", column.title.zh, column.name);
            problems.push(problem("columns", Code::ColumnUnread, &found, ""));
        }
        columns.push(column.name.clone());
    }
    columns
}
