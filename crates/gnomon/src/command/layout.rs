use gnomon_kernel::Code;
use gnomon_library::{
    column::MoneyUnit,
    layout::{CellMeaning, CellProposal, HeaderLayout, Reason, SheetProposal},
};
use serde_json::Value;

use crate::{
    cli::{LayoutOrder, WordMeans},
    deployment::Deployment,
    failure::{Said, Usage, sentence, words},
    output::Listing,
};

/// `gnomon dataset layout`: prints per header word what it means, and keeps it when told to.
pub async fn layout(deployment: &Deployment, order: &LayoutOrder) -> anyhow::Result<()> {
    let (app, actor) = (&deployment.app, deployment.actor());
    let sheets = app.propose_layout_of_file(&actor, &order.key, &order.file).await?;
    if let Some(unknown) = order.columns.iter().find(|said| !sheets.iter().any(|sheet| has(sheet, said))) {
        let found = unknown.word.as_str();
        return Err(Usage(words(deployment.lang, Code::Invalid, found, "a header word of the file")).into());
    }
    let mut list =
        Listing::new(&["sheets", "line", "header", "column", "unit", "confidence", "reason", "samples"]);
    let mut layouts: Vec<HeaderLayout> = Vec::new();
    for sheet in &sheets {
        let meanings: Vec<_> = sheet.cells.iter().map(|cell| meaning(cell, &order.columns)).collect();
        for (cell, meaning) in sheet.cells.iter().zip(&meanings) {
            list.push(row(sheet, cell, meaning.as_ref()));
        }
        if sheet.line.is_some() {
            layouts.push(sheet.layout_of(meanings));
        }
    }
    if order.confirm && layouts.is_empty() {
        let (found, expected) = (order.file.display().to_string(), "a header");
        eprintln!("{}", words(deployment.lang, Code::HeaderUnknown, &found, expected));
        return Err(Said.into());
    }
    if order.confirm
        && let Err(error) = app.keep_layouts(&actor, &order.key, layouts).await
    {
        eprintln!("{}", sentence(&error, deployment.lang));
        return Err(Said.into());
    }
    list.print(deployment.global.format)
}

fn has(sheet: &SheetProposal, said: &WordMeans) -> bool {
    sheet.line.is_some() && sheet.cells.iter().any(|cell| is_same(cell, said))
}

fn is_same(cell: &CellProposal, said: &WordMeans) -> bool {
    cell.header.trim() == said.word.trim()
}

/// What was said of the word, the last time it was; else what is proposed.
fn meaning(cell: &CellProposal, said: &[WordMeans]) -> Option<CellMeaning> {
    match said.iter().rfind(|said| is_same(cell, said)) {
        Some(said) => said.meaning.clone(),
        None => cell.column.clone().map(CellMeaning::of),
    }
}

fn row(sheet: &SheetProposal, cell: &CellProposal, meaning: Option<&CellMeaning>) -> Vec<Value> {
    let unit = cell.unit.or_else(|| meaning.and_then(|meaning| meaning.unit)).map(|unit| match unit {
        MoneyUnit::Yuan => "yuan",
        MoneyUnit::Wan => "wan",
    });
    vec![
        sheet.sheets.clone().into(),
        sheet.line.into(),
        cell.header.as_str().into(),
        meaning.map(|meaning| meaning.column.as_str()).into(),
        unit.into(),
        cell.confidence.into(),
        reason(cell.reason).into(),
        cell.samples.clone().into(),
    ]
}

fn reason(reason: Reason) -> String {
    match reason {
        Reason::Confirmed => "confirmed before".to_owned(),
        Reason::Words => "the words match".to_owned(),
        Reason::Alike => "the words are alike".to_owned(),
        Reason::Values { percent } => format!("{percent}% of the values"),
        Reason::Several => "several fit".to_owned(),
        Reason::NoValues => "no values".to_owned(),
        Reason::Nothing => "nothing fits".to_owned(),
    }
}
