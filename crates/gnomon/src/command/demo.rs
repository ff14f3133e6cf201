//! The main job on a fictional county, from department files to the console.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use gnomon_app::{Delivered, Error, Filter, Known, NewUser, RunOrder, Selection};
use gnomon_domain::Role;
use gnomon_kernel::{Code, Day, Level};
use gnomon_synth::{CountySpec, Summary};
use gnomon_ui::DemoLogin;
use serde::{Deserialize, Serialize};

use super::{county, run, serve};
use crate::{
    cli::{Demo, Global},
    deployment::Deployment,
    progress::Step,
};

/// Written when everything is in; a demo that finds it starts at once.
const MARK: &str = "demo.json";
/// Log-ins of the demo. They guard fictional data on this machine's own address and are no secret.
const PEOPLE: [(&str, &str, Role, &str); 6] = [
    ("duty", "顾知行", Role::DutyOfficer, "gnomon-duty"),
    ("handler", "沈怀瑾", Role::Handler, "gnomon-handler"),
    ("handler2", "陆望舒", Role::Handler, "gnomon-handler"),
    ("leader", "裴清远", Role::Leader, "gnomon-leader"),
    ("civil", "何静姝", Role::Department, "gnomon-civil"),
    ("security", "宋安澜", Role::Security, "gnomon-security"),
];
/// The department for which the demo's liaison speaks.
const DEPARTMENT: &str = "民政局";

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Mark {
    people: u32,
    seed: u64,
}

/// `gnomon demo`.
pub async fn demo(global: &Global, order: &Demo) -> anyhow::Result<()> {
    let wanted = Mark { people: order.people, seed: order.seed };
    let mark = global.dir.join(MARK);
    match read(&mark)? {
        Some(found) if found == wanted => {
            eprintln!("The county of {} people is there already.", found.people)
        }
        Some(found) => bail!(
            "{} holds another county ({} people, seed {}); remove it (make demo-clean) or name another --dir",
            global.dir.display(),
            found.people,
            found.seed
        ),
        None => {
            build(global, &wanted).await?;
            std::fs::write(&mark, serde_json::to_string(&wanted)?)?;
        }
    }
    let deployment = Deployment::open(global).await?;
    let listen = order.listen.as_deref().unwrap_or(&deployment.config.server.listen).to_owned();
    welcome(&deployment, &listen).await?;
    if order.no_serve { Ok(()) } else { serve::serve(&deployment, Some(&listen)).await }
}

/// Whether a data directory holds a demo.
pub fn is_demo(dir: &Path) -> bool {
    dir.join(MARK).exists()
}

/// The demo's log-ins, for the page that asks for them.
pub fn logins() -> Vec<DemoLogin> {
    let role = |role: Role| gnomon_ui::Role::parse(role.as_str());
    let login = |(login, _, who, password): &(&str, &str, Role, &str)| {
        Some(DemoLogin { name: (*login).to_owned(), password: (*password).to_owned(), role: role(*who)? })
    };
    PEOPLE.iter().filter_map(login).collect()
}

fn read(mark: &Path) -> anyhow::Result<Option<Mark>> {
    match std::fs::read_to_string(mark) {
        Ok(text) => {
            Ok(Some(serde_json::from_str(&text).with_context(|| format!("reading {}", mark.display()))?))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Files, intake, identities, models. What an interrupted demo has done already is not done again.
async fn build(global: &Global, wanted: &Mark) -> anyhow::Result<()> {
    let out = global.dir.join("county");
    std::fs::create_dir_all(&global.dir)?;
    let spec = CountySpec { people: wanted.people, seed: wanted.seed };
    let summary = tokio::task::block_in_place(|| county::write(&spec, &out))?;
    live_in(global, summary.today).await?;
    let deployment = Deployment::open(global).await?;
    take_in(&deployment, &out, &summary).await?;
    let step = Step::counted("Resolving identities", 0);
    let known = deployment.app.link(&deployment.actor()).await?;
    step.done(&format!(
        "{} people, {} organisations; {} numbers came with more than one name",
        known.persons, known.organisations, known.name_conflicts
    ));
    let step = Step::counted("Running models", 0);
    let order =
        RunOrder { selection: Selection::All, as_of: None, known: Known::default(), overrides: Vec::new() };
    let id = run::perform(&deployment, &order).await?;
    let (_, models) = deployment.app.run(&deployment.actor(), &id).await?;
    let findings: u64 = models.iter().map(|row| row.counts.found).sum();
    step.done(&format!("{} models, {findings} findings", models.len()));
    for (login, name, role, password) in PEOPLE {
        let department = (role == Role::Department).then(|| DEPARTMENT.to_owned());
        let (login, name, password) = (login.to_owned(), name.to_owned(), password.to_owned());
        let new = NewUser { login, name, role, department, password };
        match deployment.app.add_user(&deployment.actor(), &new).await {
            Ok(_) | Err(Error::Conflict { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// The county has its own day, so that it looks the same next year. The lake reads it when it opens.
async fn live_in(global: &Global, today: Day) -> anyhow::Result<()> {
    let deployment = Deployment::open(global).await?;
    Ok(deployment.app.set_county_today(&deployment.actor(), today).await?)
}

async fn take_in(deployment: &Deployment, folder: &Path, summary: &Summary) -> anyhow::Result<()> {
    let size = |path: &PathBuf| std::fs::metadata(path).map(|data| data.len()).unwrap_or_default();
    let total: u64 = summary.files.iter().map(|file| size(&folder.join(&file.file))).sum();
    let step = Step::bytes("Taking the files in", total);
    let (mut done, mut rows, mut rejected, mut corrected) = (0, 0, 0, 0);
    for file in &summary.files {
        let path = folder.join(&file.file);
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        step.on(&name);
        let taken = deployment
            .app
            .intake(&deployment.actor(), &Delivered::new(file.dataset, &path, &name), &|progress| {
                step.at(done + progress.bytes)
            })
            .await;
        match taken {
            Ok(batch) => {
                rows += batch.counts.rows;
                rejected += batch.counts.rejected;
                corrected += batch.counts.corrected;
            }
            Err(error) if error.code() == Code::FileKnown => {}
            Err(error) => return Err(anyhow::Error::from(error).context(format!("taking in {name}"))),
        }
        done += size(&path);
        step.at(done);
    }
    let files = summary.files.len();
    step.done(&format!(
        "{files} files, {rows} rows, {rejected} of them refused with reason, {corrected} corrections"
    ));
    Ok(())
}

/// Log-ins, and three things worth opening first.
async fn welcome(deployment: &Deployment, listen: &str) -> anyhow::Result<()> {
    let base = format!("http://{listen}");
    println!("Everything in this county is fictional: people, places, numbers, names.\n");
    println!("Log in at {base}/");
    for (login, name, role, password) in PEOPLE {
        println!("  {login:<9} {password:<15} {name} ({role})");
    }
    println!("\nWorth opening first:");
    for (model, why) in [
        ("VP-PRJ-001", "works awarded to a village cadre's former employer: the chain is drawn"),
        ("BF-GEN-001", "benefits paid after death: every payment leads back to its file and line"),
    ] {
        let filter = Filter { model: Some(model.to_owned()), level: Some(Level::Red), ..Filter::default() };
        let page = deployment.app.inbox(&deployment.actor(), &filter, None, 1).await?;
        if let Some(item) = page.items.first() {
            println!("  {base}/warnings/{}  {why}", item.id);
        }
    }
    println!("  {base}/data  what the departments delivered, and what was refused and why\n");
    Ok(())
}
