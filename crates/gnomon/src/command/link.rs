use std::path::{Path, PathBuf};

use gnomon_formats::{Next, RawRow};
use gnomon_kernel::Lang;
use gnomon_library::analytics::Refusal;
use gnomon_resolve::{Apart, Class, EntityKind, Error, Explanation, Linked, Mapping, Roster, Sheet};
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
    eprintln!("{}", decision(&explanation, language(global.lang)));
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

/// The decision and its reason in a sentence.
fn decision(explanation: &Explanation, lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    let apart = explanation.apart.map(|apart| match (apart, zh) {
        (Apart::OnlyTheHousehold, true) => "除一户共有的内容外，没有本人的内容相符",
        (Apart::OnlyTheHousehold, false) => "nothing agrees but what a household shares",
        (Apart::OtherName, true) => "名字不同，且数据太少，不能判断是不是误写",
        (Apart::OtherName, false) => {
            "the given names are others, and there are too few rows to take that for an error"
        }
    });
    let likeliest = match (explanation.likeliest, zh) {
        (Class::Same, true) => "各项比对合起来更像同一主体",
        (Class::Same, false) => "the comparisons together look most like one entity",
        (Class::Household, true) => "更像同一户的两个人",
        (Class::Household, false) => "they look most like two members of one household",
        (Class::Twins, true) => "更像同一户同日出生的两个人",
        (Class::Twins, false) => "they look most like twins of one household",
        (Class::Namesakes, true) => "更像同一户同名的两个人",
        (Class::Namesakes, false) => "they look most like two members of one household with one name",
        (Class::Strangers, true) => "没有足够的相同之处",
        (Class::Strangers, false) => "too little agrees",
    };
    let why = apart.unwrap_or(likeliest);
    let decided = match (explanation.together, zh) {
        (true, true) => "归为同一主体",
        (true, false) => "one entity",
        (false, true) => "不归为同一主体",
        (false, false) => "not one entity",
    };
    let (prior, total, chance) = (explanation.prior, explanation.total, explanation.probability);
    if zh {
        format!("先验 {prior:.2} 比特，合计 {total:.2} 比特，概率 {chance:.4}：{decided}；{why}。")
    } else {
        format!("prior {prior:.2} bits, total {total:.2} bits, probability {chance:.4}: {decided}; {why}.")
    }
}
