//! Whole names as surname and given name.

use gnomon_kernel::compound_surname;

/// Titles before a Latin name.
const TITLES: [&str; 12] =
    ["mr", "mrs", "ms", "miss", "dr", "sir", "dame", "lord", "lady", "prof", "rev", "mx"];

/// Surname and given name of a name in its compared form. `reversed` tells that the name was written with a comma, surname
/// first. A single Latin word is a surname.
pub(crate) fn split(name: &str, reversed: bool) -> (&str, &str) {
    if !name.is_ascii() && !name.contains(' ') {
        let long = compound_surname(name);
        let end = long.map_or_else(|| name.chars().next().map_or(0, char::len_utf8), str::len);
        return name.split_at(end);
    }
    let name = untitled(name);
    let cut = if reversed { name.find(' ') } else { name.rfind(' ') };
    match cut {
        None => (name, ""),
        Some(at) if reversed => (&name[..at], &name[at + 1..]),
        Some(at) => (&name[at + 1..], &name[..at]),
    }
}

fn untitled(name: &str) -> &str {
    match name.split_once(' ') {
        Some((first, rest)) if TITLES.contains(&first) => rest,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn surnames() {
        assert_eq!(split("张三丰", false), ("张", "三丰"));
        assert_eq!(split("欧阳修", false), ("欧阳", "修"));
        assert_eq!(split("anna maria li", false), ("li", "anna maria"));
        assert_eq!(split("li anna", true), ("li", "anna"));
        assert_eq!(split("sir john smith", false), ("smith", "john"));
        assert_eq!(split("plato", false), ("plato", ""));
    }
}
