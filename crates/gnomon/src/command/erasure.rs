use gnomon_app::{Actor, Answer};
use serde_json::Value;

use crate::{
    cli::{Erasure, ErasureOrder},
    deployment::Deployment,
    failure::{Said, sentence},
    output::Listing,
};

/// `gnomon erasure`. What is asked for or agreed to is worked on at once, not left to a worker.
pub async fn erasure(deployment: &Deployment, order: &Erasure) -> anyhow::Result<()> {
    let actor = deployment.actor_for(order.actor.as_deref()).await?;
    match carry_out(deployment, &actor, &order.order).await {
        Ok(()) => list(deployment, &actor).await,
        Err(error) => {
            eprintln!("{}", sentence(&error, deployment.lang));
            Err(Said.into())
        }
    }
}

async fn carry_out(
    deployment: &Deployment,
    actor: &Actor,
    order: &ErasureOrder,
) -> Result<(), gnomon_app::Error> {
    let app = &deployment.app;
    let number = match order {
        ErasureOrder::List => return Ok(()),
        ErasureOrder::Ask { number, ground } => app.ask_erasure(actor, number, ground).await?,
        ErasureOrder::Agree { erasure } => {
            app.answer_erasure(actor, *erasure, &Answer::Agree).await?;
            *erasure
        }
        ErasureOrder::Resume { erasure } => *erasure,
        ErasureOrder::Decline { erasure, reason } => {
            let answer = Answer::Decline(reason.clone());
            return app.answer_erasure(actor, *erasure, &answer).await;
        }
    };
    app.work_on_erasure(actor, number).await
}

async fn list(deployment: &Deployment, actor: &Actor) -> anyhow::Result<()> {
    let mut list = Listing::new(&[
        "erasure",
        "state",
        "person",
        "rows",
        "files",
        "lines",
        "asked_by",
        "asked",
        "answered_by",
        "done",
        "remark",
    ]);
    for erasure in deployment.app.erasures(actor).await? {
        let counts = erasure.counts.as_ref();
        let rows = counts.map(|counts| counts.rows.iter().map(|(_, rows)| rows).sum::<u64>());
        list.push(vec![
            erasure.number.into(),
            erasure.state.as_str().into(),
            erasure.subject.map_or(Value::Null, |subject| subject.to_string().into()),
            rows.into(),
            counts.map(|counts| counts.files).into(),
            counts.map(|counts| counts.lines).into(),
            erasure.asked_name.into(),
            erasure.asked_at.to_rfc3339().into(),
            erasure.answered_name.into(),
            erasure.done_at.map_or(Value::Null, |at| at.to_rfc3339().into()),
            erasure.remark.into(),
        ]);
    }
    list.print(deployment.global.format)
}
