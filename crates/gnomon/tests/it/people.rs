//! Fictional people: identity numbers of the province that does not exist.

/// A valid number; each `n` below a million gives another.
pub fn id(n: u32) -> String {
    let (day, sequence) = (n / 1000, n % 1000);
    let body = format!("870121{}{:02}{:02}{sequence:03}", 1950 + day / 336, day / 28 % 12 + 1, day % 28 + 1);
    format!("{body}{}", check(&body))
}

/// The check character of 17 digits, by GB 11643: the weight of a place is 2 to the power of its distance from the end.
pub fn check(body: &str) -> char {
    let weighted =
        body.bytes().enumerate().map(|(at, digit)| u32::from(digit - b'0') * ((1_u32 << (17 - at)) % 11));
    ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'][(weighted.sum::<u32>() % 11) as usize]
}

/// The number with a check character that is wrong.
pub fn wrong_check(id: &str) -> String {
    let wrong = if id.ends_with('0') { '1' } else { '0' };
    format!("{}{wrong}", &id[..17])
}

/// The old form of a number: no century, no check.
pub fn fifteen(id: &str) -> String {
    format!("{}{}", &id[..6], &id[8..17])
}

/// One line of `grant`.
pub fn grant(n: u32, month: &str, yuan: &str) -> String {
    format!("{},某甲,{month},{yuan},2024-03-05,", id(n))
}
