use gnomon_app::{Filter, States};

use crate::{cli::Warnings, deployment::Deployment, output::Listing};

const PAGE: u64 = 500;

/// `gnomon warnings`: numbers and names are masked as on screen.
pub async fn warnings(deployment: &Deployment, order: &Warnings) -> anyhow::Result<()> {
    let states = order.state.map_or(States::Open, |state| States::These(vec![state]));
    let filter = Filter { level: order.level, states, ..Filter::default() };
    let columns = [
        "number", "id", "level", "state", "model", "title", "subject", "name", "fen", "place", "assignee",
        "due",
    ];
    let mut list = Listing::new(&columns);
    let mut after = None;
    loop {
        let page = deployment.app.inbox(&deployment.actor(), &filter, after.as_ref(), PAGE).await?;
        for item in page.items {
            list.push(vec![
                item.number.into(),
                item.id.as_str().into(),
                item.level.as_str().into(),
                item.state.as_str().into(),
                item.model.into(),
                item.title.get(deployment.lang).into(),
                item.subject.into(),
                item.subject_name.into(),
                item.money.map(|money| money.fen()).into(),
                item.place.into(),
                item.assignee_name.into(),
                item.due.to_string().into(),
            ]);
        }
        after = page.next;
        if after.is_none() {
            return list.print(deployment.global.format);
        }
    }
}
