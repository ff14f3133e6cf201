use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    str::FromStr,
};

use gnomon_app::Override;
use gnomon_kernel::{Day, Tier};
use gnomon_library::{Library, Lock, SourceFile, model::Model, param::ParamValues};
use serde_json::{Value, json};

use crate::{
    builtin,
    cli::{Format, Global, Model as Order},
    deployment::Deployment,
    failure::{self, Said, Usage},
    output::Listing,
};

/// `gnomon model`.
pub async fn model(global: &Global, order: &Order) -> anyhow::Result<()> {
    match order {
        Order::List => list(&Deployment::open(global).await?).await,
        Order::Show { id } => show(&builtin::load(&global.library)?, global, id),
        Order::Check { files } => check(global, files).await,
        Order::Test { id, pack, .. } => test(global, id.as_deref(), pack.as_deref()).await,
        Order::Given { id } => given(global, id.as_deref()),
        Order::Sql { id, as_of, set } => sql(&Deployment::open(global).await?, id, *as_of, set).await,
        Order::Lock { root } => lock(root),
    }
}

fn find<'l>(library: &'l Library, id: &str) -> anyhow::Result<&'l Model> {
    library
        .models
        .get(id)
        .ok_or_else(|| Usage(format!("there is no model {id}; `gnomon model list` shows all")).into())
}

async fn list(deployment: &Deployment) -> anyhow::Result<()> {
    let columns = ["id", "revision", "status", "level", "title", "pack", "speaks", "missing"];
    let mut list = Listing::new(&columns);
    for row in deployment.app.models(&deployment.actor()).await? {
        let model = row.model;
        list.push(vec![
            model.id.as_str().into(),
            model.revision.into(),
            model.status.as_str().into(),
            model.level.as_str().into(),
            model.title.get(deployment.lang).into(),
            model.pack().into(),
            row.missing.is_empty().into(),
            row.missing.clone().into(),
        ]);
    }
    list.print(deployment.global.format)
}

fn show(library: &Library, global: &Global, id: &str) -> anyhow::Result<()> {
    let model = find(library, id)?;
    let lang = failure::language(global.lang);
    let mut list = Listing::new(&["key", "value"]);
    let mut say = |key: &str, value: Value| list.push(vec![key.into(), value]);
    say("id", model.id.as_str().into());
    say("revision", model.revision.into());
    say("fingerprint", library.fingerprints.get(id).cloned().into());
    say("status", model.status.as_str().into());
    say("level", model.level.as_str().into());
    say("title", model.title.get(lang).into());
    say("why", model.why.get(lang).into());
    say("basis", model.basis.get(lang).into());
    say("reads", model.reads.iter().chain(&model.reads_any).cloned().collect::<Vec<_>>().into());
    for (name, param) in &model.params {
        let text = format!("{} = {} ({})", param.label.get(lang), param.default, param.expectation());
        say(&format!("param.{name}"), text.into());
    }
    for (number, text) in model.verify.get(lang).iter().enumerate() {
        say(&format!("verify.{}", number + 1), text.as_str().into());
    }
    for (number, text) in model.innocent.get(lang).iter().enumerate() {
        say(&format!("innocent.{}", number + 1), text.as_str().into());
    }
    say("cases", model.cases.iter().map(|case| case.name.clone()).collect::<Vec<_>>().into());
    list.print(global.format)
}

/// Reads and plans the whole library, with the named files added where they are not in it, and reports on those files or,
/// when none is named, on all.
async fn check(global: &Global, named: &[PathBuf]) -> anyhow::Result<()> {
    let mut files = builtin::files();
    for root in &global.library {
        files.extend(SourceFile::read_dir(root)?);
    }
    let mut checked = Vec::new();
    for path in named {
        let text =
            std::fs::read_to_string(path).map_err(|error| anyhow::anyhow!("{}: {error}", path.display()))?;
        match files.iter().find(|file| file.text == text) {
            Some(known) => checked.push(known.path.clone()),
            None => {
                // A file on its own is taken for a model, which is what people write first.
                let name =
                    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                let kind = ["datasets", "views", "lists", "objects"]
                    .into_iter()
                    .find(|kind| path.iter().any(|part| part == *kind));
                let place = format!("{}/{name}", kind.unwrap_or("models"));
                checked.push(place.clone());
                files.push(SourceFile { path: place, text });
            }
        }
    }
    let problems = match Library::load(files) {
        Err(problems) => problems.0,
        Ok(library) => gnomon_engine::check(&library, None).await,
    };
    let mine: Vec<_> = problems
        .into_iter()
        .filter(|problem| checked.is_empty() || checked.contains(&problem.file))
        .collect();
    failure::problems_of(&mine);
    if mine.is_empty() {
        eprintln!("no error");
        Ok(())
    } else {
        eprintln!("{} errors", mine.len());
        Err(Said.into())
    }
}

async fn test(global: &Global, id: Option<&str>, pack: Option<&str>) -> anyhow::Result<()> {
    let library = builtin::load(&global.library)?;
    let names: Vec<&String> = match (id, pack) {
        (Some(id), _) => vec![
            library
                .models
                .keys()
                .chain(library.views.keys())
                .find(|name| *name == id)
                .ok_or_else(|| Usage(format!("there is no model or view {id}")))?,
        ],
        (None, Some(pack)) => {
            library.models.values().filter(|model| model.pack() == pack).map(|model| &model.id).collect()
        }
        (None, None) => library.views.keys().chain(library.models.keys()).collect(),
    };
    if names.is_empty() {
        return Err(Usage("there is no such pack".to_owned()).into());
    }
    let mut list = Listing::new(&["model", "case", "passes", "failure"]);
    let (mut count, mut failed) = (0, 0);
    for name in names {
        for result in gnomon_engine::run_cases(&library, name).await {
            count += 1;
            failed += usize::from(result.failure.is_some());
            list.push(vec![
                name.as_str().into(),
                result.name.into(),
                result.failure.is_none().into(),
                result.failure.into(),
            ]);
        }
    }
    list.print(global.format)?;
    eprintln!("{} of {count} cases hold", count - failed);
    if failed == 0 { Ok(()) } else { Err(Said.into()) }
}

fn given(global: &Global, id: Option<&str>) -> anyhow::Result<()> {
    let library = builtin::load(&global.library)?;
    let views = library.views.values().map(|view| (&view.key, Tier::Certain, &view.cases));
    let models = library.models.values().map(|model| (&model.id, model.certainty, &model.cases));
    let mut list = Listing::new(&["model", "case", "table", "columns", "rows"]);
    for (name, certainty, cases) in views.chain(models).filter(|(name, ..)| id.is_none_or(|id| *name == id)) {
        for case in cases {
            let tables = gnomon_identity::case_tables(&library, case, certainty);
            let tables = tables.map_err(|text| anyhow::anyhow!("{name}, {}: {text}", case.name))?;
            for (table, text) in tables {
                let cells = [name.as_str().into(), case.name.as_str().into(), table.into()];
                list.push(cells.into_iter().chain([text.columns.into(), json!(text.rows)]).collect());
            }
        }
    }
    list.print(global.format)
}

async fn sql(deployment: &Deployment, id: &str, as_of: Option<Day>, set: &[String]) -> anyhow::Result<()> {
    let model = find(&deployment.library, id)?;
    let as_of = match as_of {
        Some(day) => day,
        None => deployment.app.data_today().await?,
    };
    let values = values(model, set)?;
    let query = format!("{:#}", deployment.library.standalone(model, &values, as_of)?);
    if deployment.global.format == Format::Table {
        println!("{query}");
    } else {
        let whole = json!({ "id": model.id, "as_of": as_of, "params": values, "sql": query });
        println!("{whole}");
    }
    Ok(())
}

fn values(model: &Model, set: &[String]) -> anyhow::Result<ParamValues> {
    let mut texts = BTreeMap::new();
    for text in set {
        let one = Override::from_str(text)?;
        if one.model != model.id {
            return Err(Usage(format!("--set names {}, but the model is {}", one.model, model.id)).into());
        }
        texts.insert(one.param, one.value);
    }
    Ok(model.param_set().with_text(&texts).map_err(gnomon_app::Error::from)?)
}

fn lock(root: &Path) -> anyhow::Result<()> {
    let library = Library::load(SourceFile::read_dir(root)?)?;
    let path = root.join("library.lock");
    let now = Lock::of(&library);
    let was = std::fs::read_to_string(&path).unwrap_or_default();
    let objections = Lock::parse(&was)?.objections(&now);
    for objection in &objections {
        eprintln!("{objection}");
    }
    if !objections.is_empty() {
        return Err(Said.into());
    }
    std::fs::write(&path, now.render())?;
    eprintln!("{} models locked", library.models.len());
    Ok(())
}
