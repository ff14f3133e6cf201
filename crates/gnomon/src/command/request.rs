use gnomon_app::{NewRequest, RequestRow, RequestView};
use gnomon_domain::{Actor, DataEnd, LinkKind, RequestEvent, RequestState};
use gnomon_kernel::Day;
use serde_json::Value;

use crate::{
    cli::{AskOrder, Request, RequestOrder},
    deployment::Deployment,
    failure::{Said, sentence},
    output::Listing,
};

/// `gnomon request`.
pub async fn request(deployment: &Deployment, order: &Request) -> anyhow::Result<()> {
    let actor = deployment.actor_for(order.actor.as_deref()).await?;
    let (id, event) = match &order.order {
        RequestOrder::List => return list(deployment, &deployment.app.requests(&actor).await?),
        RequestOrder::Show { id } => {
            let id = deployment.app.find_request(&actor, id).await?;
            return show(deployment, &deployment.app.request(&actor, &id).await?);
        }
        RequestOrder::Ask(order) => return ask(deployment, &actor, order).await,
        RequestOrder::Agree { id, note } => (id, RequestEvent::Agree { note: note.clone() }),
        RequestOrder::Refuse { id, reason } => (id, RequestEvent::Refuse { reason: reason.clone() }),
        RequestOrder::Return { id, reason } => (id, RequestEvent::Return { reason: reason.clone() }),
        RequestOrder::Connect { id, link } => (id, RequestEvent::Connect { link: *link }),
        RequestOrder::End { id, reason, data } => {
            (id, RequestEvent::AskEnd { data: *data, reason: reason.clone() })
        }
        RequestOrder::ConfirmEnd { id, note } => (id, RequestEvent::End { note: note.clone() }),
        RequestOrder::KeepOn { id, reason } => (id, RequestEvent::KeepOn { reason: reason.clone() }),
    };
    let id = deployment.app.find_request(&actor, id).await?;
    match deployment.app.step_request(&actor, &id, None, event).await {
        Ok(request) => {
            eprintln!("{} is {} now", request.number, request.matter.state);
            let is_to_go = request.matter.data_end.is_some_and(|end| end != DataEnd::Keep);
            if is_to_go && request.matter.state == RequestState::Ended {
                eprintln!("a worker takes what came under it out of use: `gnomon serve` or `gnomon work`");
            }
            Ok(())
        }
        Err(error) => said(deployment, &error),
    }
}

async fn ask(deployment: &Deployment, actor: &Actor, order: &AskOrder) -> anyhow::Result<()> {
    let new = NewRequest {
        dataset: order.dataset.clone(),
        purpose: order.purpose.clone(),
        basis: order.basis.clone(),
        columns: order.columns.clone(),
        models: order.model.clone(),
        cadence: None,
        from: order.from,
        until: order.to,
    };
    match deployment.app.ask_for_data(actor, &new).await {
        Ok(request) => {
            eprintln!("{} was asked for: {}", request.dataset, request.columns.join(", "));
            println!("{}", request.number);
            Ok(())
        }
        Err(error) => said(deployment, &error),
    }
}

fn said(deployment: &Deployment, error: &gnomon_app::Error) -> anyhow::Result<()> {
    eprintln!("{}", sentence(error, deployment.lang));
    Err(Said.into())
}

fn list(deployment: &Deployment, rows: &[RequestRow<'_>]) -> anyhow::Result<()> {
    let mut list = Listing::new(&[
        "number",
        "id",
        "dataset",
        "owner",
        "state",
        "degraded",
        "due",
        "asked_by",
        "asked",
        "agreed_by",
        "agreed",
    ]);
    for row in rows {
        let request = &row.request;
        list.push(vec![
            request.number.as_str().into(),
            request.id.as_str().into(),
            request.dataset.as_str().into(),
            row.dataset.map_or(Value::Null, |dataset| dataset.owner.get(deployment.lang).into()),
            request.matter.state.as_str().into(),
            row.is_degraded.into(),
            day(request.matter.due),
            text(&request.asked_by_name),
            request.asked_at.to_rfc3339().into(),
            text(&request.agreed_by_name),
            request.agreed_at.map_or(Value::Null, |at| at.to_rfc3339().into()),
        ]);
    }
    list.print(deployment.global.format)
}

/// The agreement line by line, then what happened.
fn show(deployment: &Deployment, view: &RequestView<'_>) -> anyhow::Result<()> {
    let (request, matter) = (&view.row.request, &view.row.request.matter);
    let mut list = Listing::new(&["what", "value", "by", "at"]);
    let facts: [(&str, Value); 13] = [
        ("number", request.number.as_str().into()),
        ("dataset", request.dataset.as_str().into()),
        ("state", matter.state.as_str().into()),
        ("due", day(matter.due)),
        ("purpose", request.purpose.as_str().into()),
        ("basis", request.basis.as_str().into()),
        ("columns", request.columns.clone().into()),
        ("models", request.models.clone().into()),
        ("from", day(matter.from)),
        ("to", day(matter.until)),
        ("link", matter.link.map_or(Value::Null, |link: LinkKind| link.as_str().into())),
        ("data", matter.data_end.map_or(Value::Null, |end: DataEnd| end.as_str().into())),
        ("batches", view.batches.into()),
    ];
    for (what, value) in facts {
        list.push(vec![what.into(), value, Value::Null, Value::Null]);
    }
    if let Some(cleared) = request.cleared {
        let value = format!("{} batches, {} rows", cleared.batches, cleared.rows);
        list.push(vec!["cleared".into(), value.into(), Value::Null, cleared.at.to_rfc3339().into()]);
    }
    for entry in &view.timeline {
        let by = text(&entry.by_name);
        list.push(vec![entry.step.as_str().into(), text(&entry.note), by, entry.at.to_rfc3339().into()]);
    }
    list.print(deployment.global.format)
}

fn day(day: Option<Day>) -> Value {
    day.map_or(Value::Null, |day| day.to_string().into())
}

fn text(text: &str) -> Value {
    if text.is_empty() { Value::Null } else { text.into() }
}
