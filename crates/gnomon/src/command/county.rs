use std::path::Path;

use gnomon_synth::{CountySpec, Summary};

use crate::{cli::County, progress::Step};

/// `gnomon county`.
pub fn county(order: &County) -> anyhow::Result<()> {
    let spec = CountySpec { people: order.people, seed: order.seed };
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
