use gnomon_intake::{Sample, propose};
use gnomon_kernel::Day;
use gnomon_library::{dataset::Dataset, layout::SheetProposal};

pub fn today() -> Day {
    Day::from_ymd_opt(2025, 6, 30).unwrap()
}

/// A roll of payments: numbers, names, two days, an amount, a place, a kind, a remark.
pub fn dataset() -> Dataset {
    toml::from_str(
        r#"
        key = "roll"
        title = { zh = "发放表", en = "Roll" }
        owner = { zh = "民政局", en = "Civil affairs" }
        kind = "source"
        sensitivity = "personal"
        [[column]]
        name = "person_id"
        type = "idno"
        title = { zh = "身份证号", en = "Resident ID" }
        required = true
        [[column]]
        name = "person_name"
        type = "name"
        title = { zh = "姓名", en = "Name" }
        [[column]]
        name = "birth_date"
        type = "date"
        title = { zh = "出生日期", en = "Date of birth" }
        [[column]]
        name = "pay_date"
        type = "date"
        title = { zh = "发放日期", en = "Paid on" }
        [[column]]
        name = "amount"
        type = "money"
        title = { zh = "金额", en = "Amount" }
        required = true
        [[column]]
        name = "kind"
        type = "enum"
        title = { zh = "类别", en = "Kind" }
        values = { low = ["低保"], poor = ["特困"] }
        [[column]]
        name = "note"
        type = "text"
        title = { zh = "备注", en = "Note" }
        "#,
    )
    .unwrap()
}

/// Identity number number `index` of an invented province, with a right check character.
pub fn idno(index: usize) -> String {
    const WEIGHTS: [usize; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let body = format!("870102196{}0314{:03}", index % 10, index);
    let sum: usize =
        body.bytes().zip(WEIGHTS).map(|(digit, weight)| usize::from(digit - b'0') * weight).sum();
    format!("{body}{}", char::from(b"10X98765432"[sum % 11]))
}

/// A sheet of lines of cells parted by commas. `{id}` becomes a number of its own in every line.
pub fn sample(sheet: &str, text: &str) -> Sample {
    let row = |(index, line): (usize, &str)| {
        let cells = line.split(',').map(|cell| cell.trim().replace("{id}", &idno(index)));
        (index as u32 + 1, cells.collect())
    };
    Sample { sheet: sheet.to_owned(), rows: text.lines().enumerate().map(row).collect() }
}

pub fn proposed(text: &str) -> SheetProposal {
    propose(&dataset(), &[], &[sample("", text)], today()).remove(0)
}

/// What each cell is proposed to mean.
pub fn columns(proposal: &SheetProposal) -> Vec<&str> {
    proposal.cells.iter().map(|cell| cell.column.as_deref().unwrap_or("-")).collect()
}
