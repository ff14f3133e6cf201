//! Data requests and their timelines.

use chrono::Datelike as _;
use gnomon_domain::{DataEnd, DataRequest, LinkKind, RequestEntry, RequestState, RequestStep};
use gnomon_kernel::{Day, Instant, RequestId, UserId};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, SimpleExpr},
};

use crate::{
    Error, Result, Tx,
    entity::{data_request, request_event},
    error::readable,
};

/// One department asked to share one dataset, and what was agreed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Identifier.
    pub id: RequestId,
    /// What people call it.
    pub number: String,
    /// Counts its changes.
    pub version: i32,
    /// Key of the dataset.
    pub dataset: String,
    /// What the data are for.
    pub purpose: String,
    /// The law or rule on which it rests.
    pub basis: String,
    /// Names of the columns asked for.
    pub columns: Vec<String>,
    /// Ids of the models that it is for.
    pub models: Vec<String>,
    /// How often the data are to come, as the library writes it.
    pub cadence: Option<String>,
    /// Name of who asked last; empty for the command line.
    pub asked_by_name: String,
    /// When it was asked last.
    pub asked_at: Instant,
    /// When it was agreed.
    pub agreed_at: Option<Instant>,
    /// Who agreed; empty before.
    pub agreed_by_name: String,
    /// What was taken out of use after its end.
    pub cleared: Option<Cleared>,
    /// The part that the rules read and write.
    pub matter: DataRequest,
}

/// What was taken out of use after the end of an agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cleared {
    /// Deliveries.
    pub batches: u64,
    /// Their rows.
    pub rows: u64,
    /// When.
    pub at: Instant,
}

impl Tx {
    /// The next number of the year, as people read it.
    pub async fn take_request_number(&self, day: Day) -> Result<String> {
        let year = day.year().rem_euclid(100);
        let number = self.take_numbers(&format!("request-{year:02}"), 1).await?;
        Ok(format!("D-{year:02}-{number:04}"))
    }

    /// Stores a new request.
    pub async fn add_request(&self, request: &Request) -> Result<()> {
        data_request::Entity::insert(new_row(request)).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// One request.
    pub async fn request(&self, id: &RequestId) -> Result<Option<Request>> {
        data_request::Entity::find_by_id(id.as_str()).one(&self.db).await?.map(into_request).transpose()
    }

    /// All requests, the newest first; of one dataset or of all.
    pub async fn requests(&self, dataset: Option<&str>) -> Result<Vec<Request>> {
        let mut query = data_request::Entity::find().order_by_desc(data_request::Column::Id);
        if let Some(dataset) = dataset {
            query = query.filter(data_request::Column::Dataset.eq(dataset));
        }
        query.all(&self.db).await?.into_iter().map(into_request).collect()
    }

    /// Requests of a dataset, or of all, that were agreed and have not ended, the last agreed first.
    pub async fn agreed_requests(&self, dataset: Option<&str>) -> Result<Vec<Request>> {
        let agreed = RequestState::ALL.iter().filter(|state| state.is_agreed()).map(|state| state.as_str());
        let mut query = data_request::Entity::find()
            .filter(data_request::Column::State.is_in(agreed))
            .order_by_desc(data_request::Column::AgreedAt)
            .order_by_desc(data_request::Column::Id);
        if let Some(dataset) = dataset {
            query = query.filter(data_request::Column::Dataset.eq(dataset));
        }
        query.all(&self.db).await?.into_iter().map(into_request).collect()
    }

    /// Writes a changed request and counts its version up; [`Error::Conflict`] when it is no longer at the version it was
    /// read at.
    pub async fn update_request(&self, request: &Request) -> Result<()> {
        let mut update = data_request::Entity::update_many()
            .filter(data_request::Column::Id.eq(request.id.as_str()))
            .filter(data_request::Column::Version.eq(request.version))
            .col_expr(data_request::Column::Version, Expr::value(request.version + 1));
        for (column, value) in changed(request) {
            update = update.col_expr(column, value);
        }
        let done = update.exec(&self.db).await?;
        if done.rows_affected == 1 { Ok(()) } else { Err(Error::Conflict) }
    }

    /// Adds a line to a request's timeline.
    pub async fn add_request_event(&self, id: &RequestId, entry: &RequestEntry) -> Result<()> {
        let row = request_event::ActiveModel {
            id: NotSet,
            request_id: Set(id.to_string()),
            step: Set(entry.step.to_string()),
            at: Set(entry.at),
            by_user: Set(entry.by.as_ref().map(UserId::to_string)),
            by_name: Set(entry.by_name.clone()),
            from_state: Set(entry.from.map(|state| state.to_string())),
            to_state: Set(entry.to.to_string()),
            note: Set(entry.note.clone()),
            link: Set(entry.link.map(|link| link.to_string())),
            data_end: Set(entry.data_end.map(|end| end.to_string())),
        };
        request_event::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// A request's timeline, oldest first.
    pub async fn request_timeline(&self, id: &RequestId) -> Result<Vec<RequestEntry>> {
        let of_request = request_event::Column::RequestId.eq(id.as_str());
        let found = request_event::Entity::find().filter(of_request).order_by_asc(request_event::Column::Id);
        found.all(&self.db).await?.into_iter().map(into_entry).collect()
    }
}

fn new_row(request: &Request) -> data_request::ActiveModel {
    let matter = &request.matter;
    let cleared = request.cleared;
    data_request::ActiveModel {
        id: Set(request.id.to_string()),
        number: Set(request.number.clone()),
        version: Set(request.version),
        dataset: Set(request.dataset.clone()),
        purpose: Set(request.purpose.clone()),
        basis: Set(request.basis.clone()),
        columns: Set(request.columns.clone().into()),
        models: Set(request.models.clone().into()),
        cadence: Set(request.cadence.clone()),
        from_day: Set(matter.from),
        until_day: Set(matter.until),
        state: Set(matter.state.to_string()),
        due: Set(matter.due),
        link: Set(matter.link.map(|link| link.to_string())),
        asked_by: Set(matter.asked_by.as_ref().map(UserId::to_string)),
        asked_by_name: Set(request.asked_by_name.clone()),
        asked_at: Set(request.asked_at),
        agreed_at: Set(request.agreed_at),
        agreed_by_name: Set(request.agreed_by_name.clone()),
        end_asked_by: Set(matter.end_asked_by.as_ref().map(UserId::to_string)),
        data_end: Set(matter.data_end.map(|end| end.to_string())),
        cleared_batches: Set(cleared.map(|cleared| cleared.batches as i64)),
        cleared_rows: Set(cleared.map(|cleared| cleared.rows as i64)),
        cleared_at: Set(cleared.map(|cleared| cleared.at)),
    }
}

/// All but what a request is: its number and its dataset.
fn changed(request: &Request) -> Vec<(data_request::Column, SimpleExpr)> {
    use data_request::Column as C;
    let matter = &request.matter;
    let user = |id: &Option<UserId>| Expr::value(id.as_ref().map(UserId::to_string));
    vec![
        (C::Purpose, Expr::value(request.purpose.as_str())),
        (C::Basis, Expr::value(request.basis.as_str())),
        (C::Columns, Expr::value(serde_json::Value::from(request.columns.clone()))),
        (C::Models, Expr::value(serde_json::Value::from(request.models.clone()))),
        (C::Cadence, Expr::value(request.cadence.clone())),
        (C::FromDay, Expr::value(matter.from)),
        (C::UntilDay, Expr::value(matter.until)),
        (C::State, Expr::value(matter.state.as_str())),
        (C::Due, Expr::value(matter.due)),
        (C::Link, Expr::value(matter.link.map(LinkKind::as_str))),
        (C::AskedBy, user(&matter.asked_by)),
        (C::AskedByName, Expr::value(request.asked_by_name.as_str())),
        (C::AskedAt, Expr::value(request.asked_at)),
        (C::AgreedAt, Expr::value(request.agreed_at)),
        (C::AgreedByName, Expr::value(request.agreed_by_name.as_str())),
        (C::EndAskedBy, user(&matter.end_asked_by)),
        (C::DataEnd, Expr::value(matter.data_end.map(DataEnd::as_str))),
        (C::ClearedBatches, Expr::value(request.cleared.map(|cleared| cleared.batches as i64))),
        (C::ClearedRows, Expr::value(request.cleared.map(|cleared| cleared.rows as i64))),
        (C::ClearedAt, Expr::value(request.cleared.map(|cleared| cleared.at))),
    ]
}

fn into_request(row: data_request::Model) -> Result<Request> {
    let user = |id: Option<String>| id.map(|id| readable(UserId::parse(&id), "user id")).transpose();
    let names = |json, what| readable(serde_json::from_value(json).ok(), what);
    let counts = row.cleared_batches.zip(row.cleared_rows).zip(row.cleared_at);
    let matter = DataRequest {
        state: readable(RequestState::parse(&row.state), "state of a request")?,
        asked_by: user(row.asked_by)?,
        from: row.from_day,
        until: row.until_day,
        due: row.due,
        link: link_of(row.link)?,
        end_asked_by: user(row.end_asked_by)?,
        data_end: data_end_of(row.data_end)?,
    };
    Ok(Request {
        id: readable(RequestId::parse(&row.id), "request id")?,
        number: row.number,
        version: row.version,
        dataset: row.dataset,
        purpose: row.purpose,
        basis: row.basis,
        columns: names(row.columns, "columns of a request")?,
        models: names(row.models, "models of a request")?,
        cadence: row.cadence,
        asked_by_name: row.asked_by_name,
        asked_at: row.asked_at,
        agreed_at: row.agreed_at,
        agreed_by_name: row.agreed_by_name,
        cleared: counts.map(|((batches, rows), at)| Cleared {
            batches: batches as u64,
            rows: rows as u64,
            at,
        }),
        matter,
    })
}

fn into_entry(row: request_event::Model) -> Result<RequestEntry> {
    let state = |word: &str| readable(RequestState::parse(word), "state of a request");
    Ok(RequestEntry {
        step: readable(RequestStep::parse(&row.step), "step of a request")?,
        at: row.at,
        by: row.by_user.map(|id| readable(UserId::parse(&id), "user id")).transpose()?,
        by_name: row.by_name,
        from: row.from_state.as_deref().map(state).transpose()?,
        to: state(&row.to_state)?,
        note: row.note,
        link: link_of(row.link)?,
        data_end: data_end_of(row.data_end)?,
    })
}

fn link_of(word: Option<String>) -> Result<Option<LinkKind>> {
    word.map(|word| readable(LinkKind::parse(&word), "link of a request")).transpose()
}

fn data_end_of(word: Option<String>) -> Result<Option<DataEnd>> {
    word.map(|word| readable(DataEnd::parse(&word), "end of a request")).transpose()
}
