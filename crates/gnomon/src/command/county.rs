use std::path::Path;

use gnomon_synth::{CountySpec, KeyDirt, Summary};

use crate::{
    cli::{County, ListDirt},
    progress::Step,
};

/// `gnomon county`.
pub fn county(order: &County) -> anyhow::Result<()> {
    let spec = CountySpec { people: order.people, seed: order.seed };
    if let Some(dirt) = order.lists {
        return lists(&spec, dirt, &order.out);
    }
    let summary = write(&spec, &order.out)?;
    for file in &summary.files {
        println!("{}\t{}\t{}", file.dataset, file.rows, order.out.join(&file.file).display());
    }
    Ok(())
}

/// Writes a fictional county with a progress bar.
pub fn write(spec: &CountySpec, out: &Path) -> anyhow::Result<Summary> {
    let step = Step::counted("Making a fictional county", 0);
    let summary = gnomon_synth::write_county(spec, out, &mut |progress| {
        step.total(progress.total);
        step.at(progress.done);
        step.on(progress.what);
    })?;
    let rows: u64 = summary.files.iter().map(|file| file.rows).sum();
    step.done(&format!(
        "{} people, {} files, {rows} rows; {} problems and {} look-alikes planted",
        spec.people,
        summary.files.len(),
        summary.planted,
        summary.look_alikes
    ));
    Ok(summary)
}

fn lists(spec: &CountySpec, dirt: ListDirt, out: &Path) -> anyhow::Result<()> {
    let dirt = match dirt {
        ListDirt::Clean => KeyDirt::Clean,
        ListDirt::Dirty => KeyDirt::Dirty,
        ListDirt::VeryDirty => KeyDirt::VeryDirty,
    };
    for list in gnomon_synth::write_lists(spec, dirt, out)? {
        println!("{}\t{}", list.rows, out.join(&list.file).display());
    }
    Ok(())
}
