use gnomon_app::{DeclarationRow, DeclarationView, KinshipYear};
use gnomon_domain::Actor;
use gnomon_kernel::{Day, mask_id, mask_name};
use serde_json::Value;

use crate::{
    cli::{Kinship, KinshipOrder},
    deployment::Deployment,
    failure::{Said, sentence},
    output::Listing,
};

/// `gnomon kinship`.
pub async fn kinship(deployment: &Deployment, order: &Kinship) -> anyhow::Result<()> {
    let actor = deployment.actor_for(order.actor.as_deref()).await?;
    match done(deployment, &actor, &order.order).await? {
        Ok(()) => Ok(()),
        Err(error) => {
            eprintln!("{}", sentence(&error, deployment.lang));
            Err(Said.into())
        }
    }
}

/// The outer error is one of printing, the inner one a verb's.
async fn done(
    deployment: &Deployment,
    actor: &Actor,
    order: &KinshipOrder,
) -> anyhow::Result<Result<(), gnomon_app::Error>> {
    let app = &deployment.app;
    Ok(match order {
        KinshipOrder::Open { year } => app.open_year(actor, *year).await.map(|opened| {
            eprintln!("{} declarations are due now, {} were known", opened.made, opened.known);
        }),
        KinshipOrder::List { year, unit: None } => match app.kinship_year(actor, *year).await {
            Ok(year) => return list(deployment, &year).map(Ok),
            Err(error) => Err(error),
        },
        KinshipOrder::List { year, unit: Some(unit) } => {
            match app.unit_declarations(actor, unit, *year).await {
                Ok(unit) => return list_unit(deployment, &unit.rows).map(Ok),
                Err(error) => Err(error),
            }
        }
        KinshipOrder::Show { id } => match app.find_declaration(actor, id).await {
            Ok(id) => match app.declaration(actor, &id).await {
                Ok(view) => return show(deployment, &view).map(Ok),
                Err(error) => Err(error),
            },
            Err(error) => Err(error),
        },
        KinshipOrder::Check { id } => match app.find_declaration(actor, id).await {
            Ok(id) => app.check_declaration(actor, &id).await.map(|after| {
                eprintln!("{} is {} now", after.number, after.matter.state);
            }),
            Err(error) => Err(error),
        },
        KinshipOrder::Units { codes } => app.set_kinship_units(actor, codes).await,
        KinshipOrder::Account { login, unit, official } => {
            app.set_unit_account(actor, login, unit, official.as_deref()).await
        }
    })
}

fn list(deployment: &Deployment, year: &KinshipYear) -> anyhow::Result<()> {
    let columns = ["unit", "name", "total", "due", "checked", "completed", "settled", "found", "late"];
    let mut list = Listing::new(&columns);
    for unit in &year.units {
        let counts = unit.counts;
        list.push(vec![
            unit.code.as_str().into(),
            unit.name.as_str().into(),
            counts.total().into(),
            counts.due.into(),
            counts.checked.into(),
            counts.completed.into(),
            counts.settled.into(),
            counts.found.into(),
            counts.late.into(),
        ]);
    }
    list.print(deployment.global.format)
}

fn list_unit(deployment: &Deployment, rows: &[DeclarationRow]) -> anyhow::Result<()> {
    let mut list = Listing::new(&["number", "id", "official", "name", "post", "state", "due", "differences"]);
    for row in rows {
        let declaration = &row.declaration;
        list.push(vec![
            declaration.number.as_str().into(),
            declaration.id.as_str().into(),
            mask_id(declaration.official.reveal()).into(),
            mask_name(&declaration.official_name).into(),
            declaration.post.as_str().into(),
            declaration.matter.state.as_str().into(),
            day(declaration.matter.due),
            row.open_differences.into(),
        ]);
    }
    list.print(deployment.global.format)
}

/// The declaration line by line, then what happened.
fn show(deployment: &Deployment, view: &DeclarationView) -> anyhow::Result<()> {
    let declaration = &view.declaration;
    let mut list = Listing::new(&["what", "value", "by", "at"]);
    let facts: [(&str, Value); 9] = [
        ("number", declaration.number.as_str().into()),
        ("official", mask_id(declaration.official.reveal()).into()),
        ("unit", declaration.unit_name.as_str().into()),
        ("year", declaration.year.into()),
        ("changed", day(declaration.changed_on)),
        ("state", declaration.matter.state.as_str().into()),
        ("due", day(declaration.matter.due)),
        ("relatives", view.relative_count.into()),
        ("differences", view.difference_count.into()),
    ];
    for (what, value) in facts {
        list.push(vec![what.into(), value, Value::Null, Value::Null]);
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
