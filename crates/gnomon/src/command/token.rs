use gnomon_app::{ApiToken, NewToken};
use gnomon_kernel::Instant;
use serde_json::Value;

use crate::{cli::Token, deployment::Deployment, output::Listing};

/// `gnomon token`.
pub async fn token(deployment: &Deployment, order: &Token) -> anyhow::Result<()> {
    let (app, actor) = (&deployment.app, deployment.actor());
    match order {
        Token::Add { label, dataset, days } => {
            let new = NewToken { label: label.clone(), datasets: dataset.clone(), days: *days };
            let issued = app.add_token(&actor, &new).await?;
            let ends = issued.token.expires_at.to_rfc3339();
            eprintln!("token {} ends {ends}; it is shown once:", issued.token.id);
            println!("{}", issued.secret.reveal());
            Ok(())
        }
        Token::List => {
            let tokens = app.tokens(&actor).await?;
            list(&tokens, app.now()).print(deployment.global.format)
        }
        Token::Revoke { id } => {
            app.revoke_token(&actor, id).await?;
            eprintln!("token {id} is revoked");
            Ok(())
        }
    }
}

fn list(tokens: &[ApiToken], now: Instant) -> Listing {
    let mut list =
        Listing::new(&["id", "label", "datasets", "in_force", "created", "ends", "revoked", "last_used"]);
    let moment = |at: Option<Instant>| at.map_or(Value::Null, |at| at.to_rfc3339().into());
    for token in tokens {
        list.push(vec![
            token.id.as_str().into(),
            token.label.as_str().into(),
            token.datasets.clone().into(),
            token.is_in_force(now).into(),
            moment(Some(token.created_at)),
            moment(Some(token.expires_at)),
            moment(token.revoked_at),
            moment(token.last_used_at),
        ]);
    }
    list
}
