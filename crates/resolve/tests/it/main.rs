//! Rows in, entities out: what must hold for any data.

mod bad_input;
mod families;
mod growth;
mod households;
mod numbers;
mod rulings;

use gnomon_resolve::{EntityKind, Error, Linked, Mapping, Roster, Sheet, link};

/// A sheet of lines of cells with commas between them, the header first.
pub fn sheet(lines: &[String]) -> Result<Sheet, Error> {
    let cells = |line: &String| line.split(',').map(str::to_owned).collect::<Vec<String>>();
    let mut sheet = Sheet::new("people.csv", &cells(&lines[0]))?;
    for (n, line) in lines[1..].iter().enumerate() {
        sheet.push(n as u32 + 2, &cells(line), true)?;
    }
    Ok(sheet)
}

/// Links one sheet without any mapping.
pub fn linked(lines: &[String]) -> Result<(Roster, Linked), Error> {
    mapped(lines, Mapping::default())
}

/// Links one sheet.
pub fn mapped(lines: &[String], mapping: Mapping) -> Result<(Roster, Linked), Error> {
    let roster = roster(lines, mapping)?;
    let linked = link(&roster);
    Ok((roster, linked))
}

/// The roster of one sheet, ready to be linked.
pub fn roster(lines: &[String], mapping: Mapping) -> Result<Roster, Error> {
    let mut roster = Roster::new(EntityKind::Person, mapping);
    roster.add(sheet(lines)?)?;
    roster.ready()?;
    Ok(roster)
}

/// Strangers, two records each, with names of sounds made of their number.
pub fn strangers(count: usize) -> Vec<String> {
    let word = |n: usize| {
        let parts = ["ba", "ko", "ri", "mel", "tan", "vos", "gul", "pet", "nar", "fi", "dso", "we"];
        format!("{}{}{}", parts[n % 12], parts[n / 12 % 12], parts[n / 144 % 12])
    };
    let mut lines = vec!["row_id,given_name,surname,birth_date,phone,address".to_owned()];
    for n in 0..count {
        let (given, surname) = (word(n * 7 + 3), word(n * 31 + 11));
        let born = format!("{}-{:02}-{:02}", 1940 + n * 13 % 60, n % 12 + 1, n * 5 % 28 + 1);
        for _ in 0..2 {
            let row = lines.len();
            lines.push(format!(
                "{row},{given},{surname},{born},169{:08},{} {} road",
                n * 7919,
                n % 97,
                word(n * 3)
            ));
        }
    }
    lines
}
