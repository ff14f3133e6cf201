use gnomon_app::{Cell, ObjectData, ObjectItem, ObjectView, Opening, Shown};
use gnomon_domain::Actor;
use gnomon_kernel::{Code, Day, Lang};
use gnomon_library::object::{ObjectKind, ObjectSearch};
use serde_json::Value;

use crate::{
    cli::{Object, ObjectOrder},
    deployment::Deployment,
    failure::{Said, sentence},
    output::Listing,
};

/// `gnomon object`.
pub async fn object(deployment: &Deployment, order: &Object) -> anyhow::Result<()> {
    let actor = deployment.actor_for(order.actor.as_deref()).await?;
    match &order.order {
        ObjectOrder::List { kind, search, place } => list(deployment, &actor, *kind, search, place).await,
        ObjectOrder::Show { kind, key, reason } => show(deployment, &actor, *kind, key, reason).await,
    }
}

async fn list(
    deployment: &Deployment,
    actor: &Actor,
    kind: ObjectKind,
    search: &str,
    place: &str,
) -> anyhow::Result<()> {
    let search =
        ObjectSearch { kind, text: search.to_owned(), place: place.to_owned(), from: 0, most: usize::MAX };
    let found = match deployment.app.objects(actor, &search).await {
        Ok(found) => found,
        Err(error) => return said(deployment, &error),
    };
    let mut list = Listing::new(&["address", "number", "name", "place", "more"]);
    for item in &found.items {
        list.push(vec![
            item.address.as_str().into(),
            item.number.as_str().into(),
            text(item.name.as_deref()),
            text(item.place.as_deref()),
            more(item, deployment.lang).into(),
        ]);
    }
    list.print(deployment.global.format)
}

async fn show(
    deployment: &Deployment,
    actor: &Actor,
    kind: ObjectKind,
    key: &str,
    reason: &str,
) -> anyhow::Result<()> {
    match deployment.app.object(actor, kind, key, Opening::Reason(reason)).await {
        Ok(Some(view)) => sheet(deployment, &view).print(deployment.global.format),
        Ok(None) => said(deployment, &gnomon_app::Error::NotFound(Code::NotFound)),
        Err(error) => said(deployment, &error),
    }
}

fn said(deployment: &Deployment, error: &gnomon_app::Error) -> anyhow::Result<()> {
    eprintln!("{}", sentence(error, deployment.lang));
    Err(Said.into())
}

/// What it is, then terms of office, data by dataset, and warnings with their state.
fn sheet(deployment: &Deployment, view: &ObjectView) -> Listing {
    let (lang, item) = (deployment.lang, &view.item);
    let mut list = Listing::new(&["what", "value", "detail", "row"]);
    list.push(vec![
        item.kind.as_str().into(),
        item.number.as_str().into(),
        text(item.name.as_deref()),
        item.row.to_string().into(),
    ]);
    for cell in &item.cells {
        list.push(vec![cell.name.as_str().into(), words(cell, lang).into(), Value::Null, Value::Null]);
    }
    for term in &view.terms {
        let beside = term.holder.clone().unwrap_or_else(|| shown(&term.unit, lang));
        let value = [shown(&term.post, lang), beside].join(" ");
        let time = format!("{}..{}", day(term.from), day(term.until));
        list.push(vec!["term".into(), value.into(), time.into(), term.row.to_string().into()]);
    }
    for data in &view.about {
        list.push(vec!["data".into(), data.dataset.as_str().into(), told(data, lang).into(), Value::Null]);
    }
    for warning in &view.warnings {
        let state = match warning.verdict {
            Some(verdict) => format!("{} {}", warning.item.state, verdict),
            None => warning.item.state.to_string(),
        };
        let title = format!("{} {}", warning.item.number, warning.item.title.get(lang));
        list.push(vec!["warning".into(), title.into(), state.into(), Value::Null]);
    }
    for finding in &view.findings {
        let title = finding.title.get(lang);
        list.push(vec!["finding".into(), title.into(), finding.as_of.to_string().into(), Value::Null]);
    }
    list
}

fn told(data: &ObjectData, lang: Lang) -> String {
    let years = data.years.iter().map(|(year, rows)| format!("{year}: {rows}"));
    let years = years.collect::<Vec<_>>().join(", ");
    format!("{}: {} rows {years}", data.role.get(lang), data.count).trim_end().to_owned()
}

fn more(item: &ObjectItem, lang: Lang) -> String {
    let cells = item.cells.iter().map(|cell| format!("{} {}", cell.title.get(lang), words(cell, lang)));
    cells.collect::<Vec<_>>().join(", ")
}

fn words(cell: &Cell, lang: Lang) -> String {
    shown(&cell.value, lang)
}

fn shown(value: &Shown, lang: Lang) -> String {
    match value {
        Shown::Empty => String::new(),
        Shown::Text(text) => text.clone(),
        Shown::Place { code, name } => name.clone().unwrap_or_else(|| code.clone()),
        Shown::Money(money) => money.to_string(),
        Shown::Day(day) => day.to_string(),
        Shown::Month(month) => month.to_string(),
        Shown::Int(number) => number.to_string(),
        Shown::Number(number) => number.to_string(),
        Shown::Percent(number) => format!("{number}%"),
        Shown::Bool(yes) => yes.to_string(),
        Shown::List(items) => items.join(", "),
        Shown::Named(words) => words.iter().map(|one| one.get(lang)).collect::<Vec<_>>().join(", "),
    }
}

fn day(day: Option<Day>) -> String {
    day.map_or_else(String::new, |day| day.to_string())
}

fn text(text: Option<&str>) -> Value {
    text.map_or(Value::Null, Value::from)
}
