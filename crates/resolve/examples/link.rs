//! Links CSV files: `link OUT FILE...`.
use gnomon_resolve::{EntityKind, Mapping, Roster, Sheet, link};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let mut kind = EntityKind::Person;
    let mut mapping = Mapping::default();
    while args[0].starts_with("--") {
        let (flag, value) = (args.remove(0), args.remove(0));
        match flag.as_str() {
            "--entity" => kind = if value == "org" { EntityKind::Organisation } else { EntityKind::Person },
            _ => {
                mapping.0.push(value.split_once('=').map(|(a, b)| (a.to_owned(), b.to_owned())).ok_or("map")?)
            }
        }
    }
    let begun = std::time::Instant::now();
    let mut roster = Roster::new(kind, mapping);
    for file in &args[1..] {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(file)?;
        let header: Vec<String> = reader.headers()?.iter().map(str::to_owned).collect();
        let mut sheet = Sheet::new(file, &header)?;
        for (n, record) in reader.records().enumerate() {
            let cells: Vec<String> = record?.iter().map(str::to_owned).collect();
            sheet.push(n as u32 + 2, &cells, true)?;
        }
        roster.add(sheet)?;
    }
    roster.ready()?;
    eprintln!("{:?}", roster.roles().map(|r| format!("{}:{:?}", r.word, r.part)).collect::<Vec<_>>());
    eprintln!("read {:?}", begun.elapsed());
    let linked = link(&roster);
    eprintln!("linked {:?}", begun.elapsed());
    if std::env::var("SHOW").is_ok() {
        eprintln!("{:#?}", linked.model);
    }
    let mut out = csv::Writer::from_path(&args[0])?;
    out.write_record(["row_id", "entity_id", "household_id", "confidence"])?;
    for (row, found) in linked.rows.iter().enumerate() {
        let home = found.household.map(|h| h.to_string()).unwrap_or_default();
        out.write_record([
            roster.row_id(row),
            found.entity.to_string(),
            home,
            format!("{:.4}", found.confidence),
        ])?;
    }
    Ok(())
}
