use gnomon_app::{BatchRefusal, ConnectionRow};
use gnomon_connect::{Definition, Fault, Listed, Pulled};
use gnomon_kernel::Instant;
use serde_json::Value;

use crate::{
    cli::Connection,
    deployment::Deployment,
    failure::{Said, words},
    output::Listing,
};

/// `gnomon connection`.
pub async fn connection(deployment: &Deployment, order: &Connection) -> anyhow::Result<()> {
    match order {
        Connection::List => list(deployment).await,
        Connection::Check { name } => check(deployment, name.as_deref()).await,
        Connection::Pull { name, full } => pull(deployment, name, *full).await,
    }
}

async fn list(deployment: &Deployment) -> anyhow::Result<()> {
    let states = deployment.app.connections(&deployment.actor()).await?;
    let listed = deployment.connections().list().await.map_err(|fault| said(deployment, "", &fault))?;
    let mut list = Listing::new(&[
        "name",
        "kind",
        "dataset",
        "enabled",
        "schedule",
        "state",
        "last_success",
        "next_due",
        "last_batch",
        "failures",
        "unmarked",
    ]);
    for Listed { name, definition } in listed {
        let known = states.iter().find(|known| known.state.name == name);
        list.push(row(deployment, name, definition, known));
    }
    list.print(deployment.global.format)
}

fn row(
    deployment: &Deployment,
    name: String,
    definition: Result<Definition, Fault>,
    known: Option<&ConnectionRow>,
) -> Vec<Value> {
    let state = known.map(|known| &known.state);
    let moment = |at: Option<Instant>| at.map_or(Value::Null, |at| at.to_rfc3339().into());
    let reason = match &definition {
        Err(fault) => Some(fault.reason()),
        Ok(_) => state.and_then(|state| state.last_error.clone()),
    };
    let stands = match (reason, state.and_then(|state| state.last_success_at)) {
        (Some(reason), _) => sentence(deployment, &reason),
        (None, Some(_)) => "fine".to_owned(),
        (None, None) => "not pulled yet".to_owned(),
    };
    let definition = definition.ok();
    let text =
        |part: fn(&Definition) -> String| definition.as_ref().map_or(Value::Null, |one| part(one).into());
    vec![
        name.into(),
        text(|one| one.kind.as_str().to_owned()),
        text(|one| one.dataset.clone()),
        definition.as_ref().map_or(Value::Null, |one| one.enabled.into()),
        text(|one| one.schedule.text().to_owned()),
        stands.into(),
        moment(state.and_then(|state| state.last_success_at)),
        moment(state.and_then(|state| state.next_due_at)),
        state.and_then(|state| state.last_batch.as_ref()).map_or(Value::Null, |id| id.as_str().into()),
        state.map_or(0, |state| state.failures).into(),
        state.map_or(0, |state| state.unmarked).into(),
    ]
}

/// Reads the files, and asks each source for a first row.
async fn check(deployment: &Deployment, name: Option<&str>) -> anyhow::Result<()> {
    let connections = deployment.connections();
    let mut listed = connections.list().await.map_err(|fault| said(deployment, "", &fault))?;
    if let Some(name) = name {
        let definition = connections.find(name).await;
        listed = vec![Listed { name: name.to_owned(), definition }];
    }
    let mut faults = 0;
    for Listed { name, definition } in listed {
        let checked = match definition {
            Ok(definition) => connections.check(&definition).await,
            Err(fault) => Err(fault),
        };
        match checked {
            Ok(()) => eprintln!("{name}: fine"),
            Err(fault) => {
                faults += 1;
                said(deployment, &name, &fault);
            }
        }
    }
    if faults == 0 { Ok(()) } else { Err(Said.into()) }
}

async fn pull(deployment: &Deployment, name: &str, full: bool) -> anyhow::Result<()> {
    let connections = deployment.connections();
    let result = match connections.find(name).await {
        Ok(definition) => connections.pull(&definition, full).await,
        Err(fault) => Err(fault),
    };
    let pulled = result.map_err(|fault| said(deployment, name, &fault))?;
    let Pulled { batches, rows, refused, unmarked } = pulled;
    eprintln!("{name}: {batches} deliveries, {rows} rows");
    if refused > 0 {
        eprintln!("{name}: {refused} files were refused");
    }
    if unmarked > 0 {
        eprintln!("{name}: {unmarked} rows have no watermark and were not taken");
    }
    Ok(())
}

/// Tells a fault, in the language of the command line.
fn said(deployment: &Deployment, name: &str, fault: &Fault) -> Said {
    let before = if name.is_empty() { String::new() } else { format!("{name}: ") };
    eprintln!("{before}{}", sentence(deployment, &fault.reason()));
    Said
}

fn sentence(deployment: &Deployment, reason: &BatchRefusal) -> String {
    words(deployment.lang, reason.code, &reason.found, &reason.expected)
}
