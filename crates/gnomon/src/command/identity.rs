use gnomon_app::{DoubtView, PairFilter, PairsShown, Piece, SeenPair};
use gnomon_domain::{Actor, PairState};
use serde_json::Value;

use crate::{
    cli::{Identity, IdentityOrder, PairList, PairsListed},
    deployment::Deployment,
    failure::{Said, sentence},
    output::Listing,
};

/// `gnomon identity`.
pub async fn identity(deployment: &Deployment, order: &Identity) -> anyhow::Result<()> {
    let actor = deployment.actor_for(order.actor.as_deref()).await?;
    let app = &deployment.app;
    let (pair, result) = match &order.order {
        IdentityOrder::List(order) => return list(deployment, &actor, order).await,
        IdentityOrder::Show { pair } => return show(deployment, &app.doubt(&actor, *pair).await?),
        IdentityOrder::Rule { pair, ruling, note } => {
            (*pair, app.rule(&actor, SeenPair::any(*pair), ruling.is_same(), note).await)
        }
        IdentityOrder::Confirm { pair, note } => {
            (*pair, app.confirm_ruling(&actor, SeenPair::any(*pair), note).await)
        }
        IdentityOrder::Decline { pair, reason } => {
            (*pair, app.decline_ruling(&actor, SeenPair::any(*pair), reason).await)
        }
        IdentityOrder::Undo { pair, note } => (*pair, app.undo(&actor, SeenPair::any(*pair), note).await),
    };
    match result {
        Ok(state) => {
            eprintln!("pair {pair} is {state} now");
            if state.waits() {
                eprintln!("an open warning is touched: another person confirms or declines it");
            } else if matches!(order.order, IdentityOrder::Rule { .. }) || state == PairState::Open {
                eprintln!("a worker links anew: `gnomon serve` or `gnomon work`");
            }
            Ok(())
        }
        Err(error) => {
            eprintln!("{}", sentence(&error, deployment.lang));
            Err(Said.into())
        }
    }
}

async fn list(deployment: &Deployment, actor: &Actor, order: &PairList) -> anyhow::Result<()> {
    let filter = PairFilter {
        shown: match order.show {
            PairsListed::ToDo => PairsShown::ToDo,
            PairsListed::Ruled => PairsShown::Ruled,
            PairsListed::All => PairsShown::All,
        },
        kind: order.kind,
        tier: order.tier,
        touched: order.touched.then_some(true),
        text: order.text.clone(),
    };
    let desk = deployment.app.doubts(actor, &filter, order.page - 1).await?;
    let mut list = Listing::new(&[
        "pair",
        "kind",
        "one",
        "other",
        "tier",
        "probability",
        "together",
        "agree",
        "differ",
        "touched",
        "state",
        "found",
        "first_seen",
    ]);
    for row in &desk.rows {
        let [one, other] = &row.names;
        list.push(vec![
            row.number.into(),
            row.kind.as_str().into(),
            one.as_str().into(),
            other.as_str().into(),
            row.tier.as_str().into(),
            rounded(row.probability),
            row.together.into(),
            row.agree.into(),
            row.differ.into(),
            row.is_touched.into(),
            row.state.as_str().into(),
            row.is_found.into(),
            row.first_seen.to_rfc3339().into(),
        ]);
    }
    eprintln!("{} of {} pairs", list.len(), desk.count);
    list.print(deployment.global.format)
}

/// The pair line by line: fields, places, open warnings, then what happened.
fn show(deployment: &Deployment, view: &DoubtView<'_>) -> anyhow::Result<()> {
    let mut list = Listing::new(&["what", "one", "other", "level", "bits", "household"]);
    let plain = |what: &str, one: Value, other: Value| {
        vec![what.into(), one, other, Value::Null, Value::Null, Value::Null]
    };
    list.push(plain("state", view.state.as_str().into(), view.kind.as_str().into()));
    list.push(plain("tier", view.tier.as_str().into(), rounded(view.probability)));
    list.push(plain("name", view.sides[0].name.as_str().into(), view.sides[1].name.as_str().into()));
    for field in &view.fields {
        let level = field.level.as_deref();
        let bits = |bits: f32| if level.is_some() { rounded(bits) } else { Value::Null };
        list.push(vec![
            field.field.as_str().into(),
            value(&field.values[0]),
            value(&field.values[1]),
            level.map_or(Value::Null, Value::from),
            bits(field.weight),
            bits(field.household),
        ]);
    }
    for (at, side) in view.sides.iter().enumerate() {
        for place in &side.places {
            let told: Value = format!("{} rows, e.g. {}", place.rows, place.sample).into();
            let (one, other) = if at == 0 { (told, Value::Null) } else { (Value::Null, told) };
            list.push(plain(&place.key, one, other));
        }
    }
    for warning in &view.warnings {
        list.push(plain(
            "open warning",
            warning.number.as_str().into(),
            warning.title.get(deployment.lang).into(),
        ));
    }
    for entry in &view.timeline {
        let told = format!("{} {}", entry.at.to_rfc3339(), entry.by_name);
        list.push(plain(entry.step.as_str(), told.into(), entry.note.as_str().into()));
    }
    list.print(deployment.global.format)
}

fn value(pieces: &[Piece]) -> Value {
    pieces.iter().map(|piece| piece.text.as_str()).collect::<String>().into()
}

/// Three decimals are enough to read.
fn rounded(number: f32) -> Value {
    ((f64::from(number) * 1000.0).round() / 1000.0).into()
}
