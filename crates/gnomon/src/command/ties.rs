use gnomon_app::{TieFact, TieInquiry, TieParty, TieRecord, TiesView};

use crate::{
    cli::Ties,
    deployment::Deployment,
    failure::{Said, sentence},
    output::Listing,
};

/// `gnomon ties`: one line for each tie of each way, and of each deal beside them, which is on no way; persons masked.
pub async fn ties(deployment: &Deployment, order: &Ties) -> anyhow::Result<()> {
    let actor = deployment.actor_for(Some(&order.actor)).await?;
    let on = match order.on {
        Some(day) => day,
        None => deployment.app.data_today().await?,
    };
    let inquiry = TieInquiry {
        warning: None,
        from: order.from.clone(),
        to: order.to.clone(),
        on,
        through_many: order.through_many,
    };
    match deployment.app.ties(&actor, &inquiry, &order.reason).await {
        Ok(view) => list(deployment, &view),
        Err(error) => {
            eprintln!("{}", sentence(&error, deployment.lang));
            Err(Said.into())
        }
    }
}

fn list(deployment: &Deployment, view: &TiesView) -> anyhow::Result<()> {
    let columns = [
        "way",
        "step",
        "first",
        "kind",
        "second",
        "share",
        "from",
        "until",
        "holds",
        "certainty",
        "many",
        "project",
        "records",
    ];
    let mut list = Listing::new(&columns);
    let lang = deployment.lang;
    let party = |place: usize| view.parties.get(place).map_or_else(String::new, label);
    let record = |record: &TieRecord| format!("{} {}", record.title.get(lang), record.row.label());
    let ways = view.ways.iter().zip(1_u64..).map(|(way, number)| (Some(number), &way.legs));
    for (number, legs) in ways.chain([(None, &view.deals)]) {
        for (leg, step) in legs.iter().zip(1_u64..) {
            for tie in &leg.ties {
                let TieFact { share, from, until, .. } = tie;
                list.push(vec![
                    number.into(),
                    step.into(),
                    party(tie.first).into(),
                    gnomon_ui::tie_kind(lang, tie.kind).into(),
                    party(tie.second).into(),
                    (*share).into(),
                    from.map(|day| day.to_string()).into(),
                    until.map(|day| day.to_string()).into(),
                    tie.holds.into(),
                    tie.tier.as_str().into(),
                    tie.many.into(),
                    tie.project.clone().into(),
                    tie.records.iter().map(record).collect::<Vec<String>>().into(),
                ]);
            }
        }
    }
    list.print(deployment.global.format)
}

fn label(party: &TieParty) -> String {
    let name = party.name.as_deref().unwrap_or_default();
    format!("{name} {}", party.number).trim().to_owned()
}
