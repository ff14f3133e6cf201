use anyhow::Context;
use gnomon_app::{Sharing, Store};

use crate::{
    builtin,
    cli::Global,
    config,
    deployment::{self, Deployment},
    failure::{self, Said},
    output::Listing,
};

/// `gnomon migrate`: opening the store brings it up to date.
pub async fn migrate(global: &Global) -> anyhow::Result<()> {
    std::fs::create_dir_all(&global.dir).with_context(|| format!("making {}", global.dir.display()))?;
    let (config, _) = config::read(&global.dir)?;
    let url = deployment::store_url(&global.dir, &config)?;
    Store::open(&url).await.map_err(gnomon_app::Error::from)?;
    eprintln!("the data directory {} is at the version of this program", global.dir.display());
    Ok(())
}

/// `gnomon doctor`: examines everything once and says what is wrong.
pub async fn doctor(global: &Global) -> anyhow::Result<()> {
    let mut list = Listing::new(&["check", "ok", "detail"]);
    let mut sick = false;
    let mut say = |check: &str, result: Result<String, String>| {
        sick |= result.is_err();
        let ok = result.is_ok();
        let detail = result.unwrap_or_else(|error| error);
        list.push(vec![check.into(), ok.into(), detail.into()]);
    };
    say(
        "configuration",
        config::read(&global.dir)
            .map(|(_, origins)| format!("{} keys", origins.len()))
            .map_err(|e| format!("{e:#}")),
    );
    say(
        "library",
        builtin::load(&global.library)
            .map(|library| format!("{} models, {} datasets", library.models.len(), library.datasets.len()))
            .map_err(|e| format!("{e:#}")),
    );
    say("data directory", writable(global).map_err(|e| format!("{e:#}")));
    let islands = if gnomon_ui::HAS_ISLANDS {
        "charts and graphs are built in"
    } else {
        "built without Node: tables stand in place of charts"
    };
    say("islands", Ok(islands.to_owned()));
    match Deployment::open(global).await {
        Err(error) => say("store and lake", Err(failure::line(&error, failure::language(global.lang)))),
        Ok(deployment) => {
            let app = &deployment.app;
            let sentence =
                |error: gnomon_app::Error| failure::sentence(&error, failure::language(global.lang));
            say(
                "store",
                app.users(&deployment.actor())
                    .await
                    .map(|users| format!("{} users", users.len()))
                    .map_err(sentence),
            );
            let (sharing, agreed) = (app.needs_agreements(), app.agreements(&deployment.actor()).await);
            let agreed = agreed.map(|view| {
                let in_force = view.by_dataset.values().filter(|note| note.is_in_force).count();
                match sharing {
                    Sharing::Required => format!("links need an agreement; {in_force} datasets have one in force"),
                    Sharing::Free => format!(
                        "links carry data without an agreement (sharing.agreement = \"free\"); {in_force} datasets have one in force"
                    ),
                }
            });
            say("sharing", agreed.map_err(sentence));
            let recovered = app
                .recover()
                .await
                .map(|batches| format!("{} interrupted deliveries settled", batches.len()));
            say("deliveries", recovered.map_err(sentence));
            let rows = app.tables(&deployment.actor()).await;
            let rows = rows.map(|all| {
                format!(
                    "{} datasets hold data, {} rows",
                    all.len(),
                    all.iter().map(|table| table.rows).sum::<u64>()
                )
            });
            say("lake", rows.map_err(sentence));
        }
    }
    list.print(global.format)?;
    if sick { Err(Said.into()) } else { Ok(()) }
}

fn writable(global: &Global) -> anyhow::Result<String> {
    std::fs::create_dir_all(&global.dir)?;
    let probe = tempfile::NamedTempFile::new_in(&global.dir).context("writing a file")?;
    drop(probe);
    Ok(format!("{} can be written", global.dir.display()))
}
