use std::collections::BTreeMap;

use gnomon_kernel::RowRef;

use super::{ObjectEntry, ObjectFile, ObjectKind, ObjectSearch};

/// A list of objects in the making: rows in, each object once out.
pub struct ObjectBook<'f> {
    kind: ObjectKind,
    seen: BTreeMap<String, Seen<'f>>,
}

/// What is known of one key. Name and place may come from an older row than the newest, which need not have them.
struct Seen<'f> {
    file: &'f ObjectFile,
    row: RowRef,
    name: Option<(RowRef, String)>,
    place: Option<(RowRef, String)>,
}

impl<'f> ObjectBook<'f> {
    /// An empty list.
    pub fn new(kind: ObjectKind) -> Self {
        Self { kind, seen: BTreeMap::new() }
    }

    /// Takes a row of a file's dataset in.
    pub fn see(
        &mut self,
        file: &'f ObjectFile,
        row: RowRef,
        key: &str,
        name: Option<&str>,
        place: Option<&str>,
    ) {
        if !self.kind.accepts(key) {
            return;
        }
        let unknown = Seen { file, row, name: None, place: None };
        let known = self.seen.entry(key.to_owned()).or_insert(unknown);
        if row > known.row {
            (known.file, known.row) = (file, row);
        }
        keep_newest(&mut known.name, row, name);
        keep_newest(&mut known.place, row, place);
    }

    /// The keys that came without a name.
    pub fn nameless(&self) -> impl Iterator<Item = &str> {
        self.seen.iter().filter(|(_, seen)| seen.name.is_none()).map(|(key, _)| key.as_str())
    }

    /// Names what came without a name.
    pub fn name(&mut self, key: &str, name: String) {
        if let Some(seen) = self.seen.get_mut(key) {
            seen.name.get_or_insert((seen.row, name));
        }
    }

    /// The objects that are looked for, by name and key, and how many there are before the cut. Their further columns are
    /// not filled in.
    pub fn find(self, search: &ObjectSearch) -> (Vec<ObjectEntry>, u64) {
        let text = search.text.trim();
        let key = text.to_uppercase();
        let is_meant = |(known, seen): &(String, Seen<'_>)| {
            let name = seen.name.as_ref().map_or("", |(_, name)| name);
            let place = seen.place.as_ref().map_or("", |(_, place)| place);
            (text.is_empty() || *known == key || name.contains(text)) && place.starts_with(&search.place)
        };
        let mut found: Vec<(String, Seen<'_>)> = self.seen.into_iter().filter(is_meant).collect();
        let total = found.len() as u64;
        found.sort_by_cached_key(|(key, seen)| {
            let name = seen.name.as_ref().map(|(_, name)| name.clone());
            (name.is_none(), name, key.clone())
        });
        let kind = self.kind;
        let entry = |(key, seen): (String, Seen<'_>)| ObjectEntry {
            kind,
            key,
            name: seen.name.map(|(_, name)| name),
            place: seen.place.map(|(_, place)| place),
            dataset: seen.file.dataset.clone(),
            row: seen.row,
            more: Vec::new(),
        };
        (found.into_iter().skip(search.from).take(search.most).map(entry).collect(), total)
    }
}

/// Keeps what the newest row with a value says.
pub(super) fn keep_newest(known: &mut Option<(RowRef, String)>, row: RowRef, value: Option<&str>) {
    let Some(value) = value.filter(|value| !value.is_empty()) else { return };
    if known.as_ref().is_none_or(|(since, _)| row > *since) {
        *known = Some((row, value.to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNITS: [(&str, &str, &str); 4] = [
        ("11870121008710103B", "砚溪县民政局", "870121000000"),
        ("11870121008720109M", "云岫镇政府", "870121100000"),
        ("11870121008710103B", "", "870121000000"),
        ("870121198506143216", "张三", "870121000000"),
    ];

    fn search(text: &str, place: &str, from: usize, most: usize) -> ObjectSearch {
        ObjectSearch { kind: ObjectKind::Unit, text: text.into(), place: place.into(), from, most }
    }

    fn found(search: &ObjectSearch) -> (Vec<String>, u64) {
        let file: ObjectFile =
            toml::from_str("kind = \"unit\"\ndataset = \"budget_unit\"\nkey = \"org_id\"").unwrap();
        let mut book = ObjectBook::new(ObjectKind::Unit);
        for (line, (key, name, place)) in UNITS.into_iter().enumerate() {
            let row = RowRef { batch: 1, sheet: 0, line: line as u32 + 2 };
            book.see(&file, row, key, Some(name), Some(place));
        }
        let (entries, total) = book.find(search);
        (entries.into_iter().map(|entry| format!("{} {}", entry.name.unwrap(), entry.row)).collect(), total)
    }

    #[test]
    fn each_object_stands_once_by_its_newest_row_and_last_name() {
        // The empty name of the last row does not take the earlier one away. A private seller is no object.
        let all = vec!["云岫镇政府 1:0:3".to_owned(), "砚溪县民政局 1:0:4".to_owned()];
        assert_eq!(found(&search("", "", 0, 10)), (all, 2));
    }

    #[test]
    fn one_looks_by_name_by_whole_key_and_by_place() {
        assert_eq!(found(&search("民政", "", 0, 10)).0, ["砚溪县民政局 1:0:4"]);
        assert_eq!(found(&search("11870121008720109m", "", 0, 10)).0, ["云岫镇政府 1:0:3"]);
        assert_eq!(found(&search("1187012100", "", 0, 10)).1, 0, "part of a key finds nothing");
        assert_eq!(found(&search("", "8701211", 0, 10)).0, ["云岫镇政府 1:0:3"]);
        assert_eq!(found(&search("", "", 1, 1)), (vec!["砚溪县民政局 1:0:4".to_owned()], 2));
        assert_eq!(found(&search("", "", 0, 0)), (vec![], 2));
    }
}
