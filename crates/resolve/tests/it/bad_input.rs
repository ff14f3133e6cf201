use crate::{linked, mapped, sheet, strangers};
use gnomon_resolve::{Error, Mapping};

#[test]
fn files_that_cannot_be_linked_say_what_to_do() {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<String>>();
    assert!(matches!(linked(&lines("a,b")), Err(Error::Empty { .. })));
    assert!(matches!(sheet(&lines("a\nx")), Err(Error::OneColumn { .. })));
    assert!(matches!(sheet(&lines("a,b,a\nx,y,z")), Err(Error::DuplicateHeader { .. })));
    let ragged = sheet(&lines("a,b\nx,y\nx,y,z")).unwrap_err();
    assert!(matches!(ragged, Error::Ragged { line: 3, found: 3, expected: 2, .. }), "{ragged}");
    assert!(matches!(linked(&lines("name,phone\n无,不详\n*,N/A")), Err(Error::NothingToCompare)));
    let mapping = Mapping(vec![("name".to_owned(), "nobody".to_owned())]);
    assert!(matches!(mapped(&lines("a,b\nx,y"), mapping), Err(Error::UnknownColumn { .. })));
}

#[test]
fn one_row_is_one_entity() {
    let (_, linked) = linked(&["name,phone".to_owned(), "李明,16900000001".to_owned()]).unwrap();
    assert_eq!(linked.rows.len(), 1);
}

#[test]
fn one_phone_of_ten_thousand_and_names_that_say_nothing_merge_nobody() {
    let mut lines = strangers(5000);
    for line in &mut lines[1..] {
        let cells: Vec<&str> = line.split(',').collect();
        *line = format!("{},{},{},{},16912345678,{}", cells[0], cells[1], cells[2], cells[3], cells[5]);
    }
    let start = lines.len() - 1;
    for n in 0..60 {
        lines.push(format!("{},不详,无,,16912345678,", 20_000 + n));
    }
    let (_, linked) = linked(&lines).unwrap();
    for (n, row) in linked.rows.iter().enumerate().skip(start) {
        assert_eq!(row.entity as usize, n);
    }
    let found = linked.rows[..start].chunks(2).filter(|pair| pair[0].entity == pair[1].entity).count();
    assert!(found > 4900, "{found}");
}

#[test]
fn one_number_on_fifty_people_merges_none_of_them() {
    let mut lines = strangers(400);
    lines[0].push_str(",id_no");
    for (n, line) in lines.iter_mut().enumerate().skip(1) {
        let number = if n > 700 { 4_242_424 } else { 1_000_003 + n / 2 * 7919 };
        line.push_str(&format!(",{number}"));
    }
    let kept: Vec<String> =
        lines.iter().enumerate().filter(|(n, _)| *n <= 700 || n % 2 == 1).map(|(_, l)| l.clone()).collect();
    let (_, linked) = linked(&kept).unwrap();
    let mut last: Vec<u32> = linked.rows[700..].iter().map(|row| row.entity).collect();
    last.dedup();
    assert_eq!(last.len(), 50);
}

#[test]
fn columns_mapped_wrongly_do_no_harm() {
    let wrong = [("birth_date", "surname"), ("sex", "address"), ("id_no", "row_id")];
    let wrong = wrong.map(|(role, column)| (role.to_owned(), column.to_owned())).to_vec();
    let (roster, linked) = mapped(&strangers(300), Mapping(wrong)).unwrap();
    let warned: Vec<&str> = roster.warnings().iter().map(|warning| warning.column.as_str()).collect();
    assert_eq!(warned, ["surname", "address"]);
    assert!(roster.warnings().iter().all(|warning| warning.share < 0.5));
    let found = linked.rows.chunks(2).filter(|pair| pair[0].entity == pair[1].entity).count();
    let entities: std::collections::HashSet<u32> = linked.rows.iter().map(|row| row.entity).collect();
    assert!(found >= 290 && entities.len() >= 295, "{found} {}", entities.len());
}

#[test]
fn four_hundred_in_a_dormitory_are_no_household() {
    let mut lines = strangers(600);
    for line in lines.iter_mut().skip(401).take(400) {
        let cells: Vec<&str> = line.split(',').collect();
        *line = format!("{},{},{},{},,1 school yard", cells[0], cells[1], cells[2], cells[3]);
    }
    let (_, linked) = linked(&lines).unwrap();
    assert!(linked.rows[400..800].iter().all(|row| row.household.is_none()));
    let found = linked.rows[400..800].chunks(2).filter(|pair| pair[0].entity == pair[1].entity).count();
    assert!(found >= 195, "{found}");
}

#[test]
fn a_column_mapped_to_what_it_is_not_is_named_with_how_little_of_it_fits() {
    let mut lines = strangers(100);
    lines[0] = lines[0].replace("phone", "remark");
    for (n, line) in lines.iter_mut().enumerate().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let remark = if n % 40 == 0 { cells[4].to_owned() } else { format!("seen twice in spring {n}") };
        *line = format!("{},{},{},{},{remark},{}", cells[0], cells[1], cells[2], cells[3], cells[5]);
    }
    let (roster, _) = mapped(&lines, Mapping(vec![("phone".to_owned(), "remark".to_owned())])).unwrap();
    let [warning] = roster.warnings() else { panic!("{:?}", roster.warnings()) };
    assert_eq!((warning.column.as_str(), warning.role.as_str()), ("remark", "phone"));
    assert!(warning.share > 0.0 && warning.share < 0.5, "{}", warning.share);
    assert!(linked(&strangers(20)).unwrap().0.warnings().is_empty());
}

#[test]
fn a_column_of_deaths_before_births_is_only_compared() {
    let mut lines = strangers(200);
    lines[0].push_str(",death_date");
    for line in lines.iter_mut().skip(1) {
        let born: Vec<&str> = line.split(',').nth(3).unwrap_or_default().split('-').collect();
        let year: u32 = born[0].parse().unwrap_or(1900);
        *line = format!("{line},{}-{}-{}", year - 30, born[1], born[2]);
    }
    let (_, linked) = linked(&lines).unwrap();
    let found = linked.rows.chunks(2).filter(|pair| pair[0].entity == pair[1].entity).count();
    let entities: std::collections::HashSet<u32> = linked.rows.iter().map(|row| row.entity).collect();
    assert!(found >= 198 && entities.len() >= 200, "{found} {}", entities.len());
}

#[test]
fn names_of_one_latin_word_are_compared() {
    let lines: Vec<String> = strangers(300)
        .iter()
        .enumerate()
        .map(|(n, line)| {
            let cells: Vec<&str> = line.split(',').collect();
            if n == 0 {
                "row_id,name,birth_date".to_owned()
            } else {
                format!("{n},{},{}", cells[1], cells[3])
            }
        })
        .collect();
    let (_, linked) = linked(&lines).unwrap();
    let found = linked.rows.chunks(2).filter(|pair| pair[0].entity == pair[1].entity).count();
    assert!(found >= 290, "{found}");
}

/// People of whom nothing but a birthday and a place is told, under words that are no names.
#[test]
fn words_that_are_no_names_make_nobody_one() {
    let mut lines = strangers(300);
    let start = lines.len() - 1;
    for n in 0..90 {
        let row = lines.len();
        let nobody = ["无", "不详", "*", "**", "N/A", "-"][n % 6];
        let born = format!("{}-{:02}-{:02}", 1950 + n / 6, n % 12 + 1, n % 28 + 1);
        lines.push(format!("{row},{nobody},{nobody},{born},,{} willow road", n / 6));
    }
    let (_, linked) = linked(&lines).unwrap();
    for (n, row) in linked.rows.iter().enumerate().skip(start) {
        assert_eq!(row.entity as usize, n);
    }
}

/// Fifty people whom somebody gave one right number in a file without telephones, birthdays or addresses.
#[test]
fn names_and_one_number_for_all_are_as_many_people_as_names() {
    let mut lines = vec!["row_id,name,id_no".to_owned()];
    let (surnames, given) = ("王李张刘陈杨黄赵吴周", "伟芳娜敏静");
    for surname in surnames.chars() {
        for name in given.chars() {
            lines.push(format!("{},{surname}{name},870121198506143216", lines.len()));
        }
    }
    let (_, linked) = linked(&lines).unwrap();
    let entities: std::collections::HashSet<u32> = linked.rows.iter().map(|row| row.entity).collect();
    assert_eq!(entities.len(), 50);
}
