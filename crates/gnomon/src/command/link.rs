use std::path::{Path, PathBuf};

use gnomon_formats::{Next, RawRow};
use gnomon_library::analytics::Refusal;
use gnomon_resolve::{EntityKind, Error, Explanation, Linked, Mapping, Roster, Sheet};
use gnomon_ui::{LinkDecision, link_decision, link_warning};
use serde_json::Value;

use crate::{
    cli::{Global, Link, LinkExplain, LinkKind, LinkStep},
    failure::{Said, language, words},
    output::Listing,
    progress::Step,
};

/// `gnomon link`.
pub fn link(global: &Global, order: &Link) -> anyhow::Result<()> {
    if let Some(LinkStep::Explain(order)) = &order.step {
        return explain(global, order);
    }
    let about = &order.files.about;
    let (roster, linked) = linked(global, &order.files.files, about.entity, &about.map)?;
    match &order.out {
        Some(out) => write(out, &roster, &linked),
        None => Ok(()), // clap asks for it
    }
}

fn linked(
    global: &Global,
    files: &[PathBuf],
    kind: LinkKind,
    map: &[(String, String)],
) -> anyhow::Result<(Roster, Linked)> {
    let kind = match kind {
        LinkKind::Person => EntityKind::Person,
        LinkKind::Org => EntityKind::Organisation,
    };
    let mut roster = Roster::new(kind, Mapping(map.to_vec()));
    let step = Step::bytes("Reading", 0);
    for file in files {
        read(global, file, &mut roster)?;
    }
    roster.ready()?;
    for warning in roster.warnings() {
        eprintln!("{}", link_warning(language(global.lang), &warning.column, &warning.role, warning.share));
    }
    step.done(&format!("{} rows", roster.rows()));
    let step = Step::counted("Linking", 0);
    let linked = gnomon_resolve::link(&roster);
    let entities =
        linked.rows.iter().enumerate().filter(|(row, found)| found.entity as usize == *row).count();
    step.done(&format!("{entities} entities"));
    Ok((roster, linked))
}

/// Adds all sheets of a file. The first row of a sheet that says anything is its header.
fn read(global: &Global, path: &Path, roster: &mut Roster) -> anyhow::Result<()> {
    let name = path.display().to_string();
    let mut sheets: Vec<(u8, Sheet)> = Vec::new();
    let mut fault: Option<Error> = None;
    let mut visit = |row: &RawRow<'_>| -> Result<Next, Refusal> {
        let done = match sheets.last_mut() {
            Some((number, sheet)) if *number == row.sheet => sheet.push(row.line, row.cells, row.exact),
            _ if row.cells.iter().all(|cell| cell.trim().is_empty()) => Ok(()),
            _ => Sheet::new(&name, row.cells).map(|sheet| sheets.push((row.sheet, sheet))),
        };
        Ok(match done {
            Ok(()) => Next::More,
            Err(error) => {
                fault = Some(error);
                Next::Stop
            }
        })
    };
    if let Err(refusal) = gnomon_formats::read(path, &mut visit) {
        let said = words(language(global.lang), refusal.code, &refusal.found, &refusal.expected);
        eprintln!("{name}: {said}");
        return Err(Said.into());
    }
    if let Some(fault) = fault {
        return Err(fault.into());
    }
    if sheets.is_empty() {
        return Err(Error::Empty { file: name }.into());
    }
    sheets.into_iter().try_for_each(|(_, sheet)| roster.add(sheet))?;
    Ok(())
}

fn write(out: &Path, roster: &Roster, linked: &Linked) -> anyhow::Result<()> {
    let mut writer = csv::Writer::from_path(out)?;
    writer.write_record(["row_id", "entity_id", "household_id", "confidence"])?;
    for (row, found) in linked.rows.iter().enumerate() {
        let entity = entity_id(found.entity);
        let household = found.household.map(|home| format!("H{}", home + 1)).unwrap_or_default();
        writer.write_record([
            &roster.row_id(row),
            &entity,
            &household,
            &format!("{:.4}", found.confidence),
        ])?;
    }
    writer.flush()?;
    Ok(())
}

/// The id of an entity: the number of its first row, counted from 1 over all files.
fn entity_id(entity: u32) -> String {
    format!("E{}", entity + 1)
}

fn explain(global: &Global, order: &LinkExplain) -> anyhow::Result<()> {
    let files = std::slice::from_ref(&order.file);
    let (roster, linked) = linked(global, files, order.about.entity, &order.about.map)?;
    let (a, b) = (roster.row(&order.a)?, roster.row(&order.b)?);
    let explanation = gnomon_resolve::explain(&roster, &linked, a, b)?;
    comparisons(&explanation).print(global.format)?;
    let decision = LinkDecision {
        together: explanation.together,
        why: explanation.reason(),
        prior: explanation.prior,
        total: explanation.total,
        probability: explanation.probability,
    };
    eprintln!("{}", link_decision(language(global.lang), &decision));
    Ok(())
}

fn comparisons(explanation: &Explanation) -> Listing {
    let mut list = Listing::new(&["field", "group", "a", "b", "level", "m", "u", "weight", "household"]);
    let bits = |bits: f32| Value::from(format!("{bits:.2}"));
    let share = |share: f64| Value::from(format!("{share:.6}"));
    for one in &explanation.comparisons {
        let [a, b] = one.values.clone();
        list.push(vec![
            one.field.clone().into(),
            one.group.into(),
            a.into(),
            b.into(),
            one.level.into(),
            share(one.m),
            share(one.u),
            bits(one.weight),
            bits(one.household),
        ]);
    }
    list
}
