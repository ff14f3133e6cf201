//! Checks of object files.

use crate::{
    catalogue::Library,
    column::ColumnType,
    dataset::{Dataset, DatasetKind, Sensitivity},
    object::ObjectFile,
    problem::Problem,
};

pub(super) fn object(library: &Library, object: &ObjectFile, problems: &mut Vec<Problem>) {
    let Some(file) = library.source(&object.source_name()) else { return };
    let mut say = |keys: &[&str], text: String| problems.push(Problem::new(file, file.span(keys), text));
    let Some(dataset) = library.datasets.get(&object.dataset) else {
        return say(&["dataset"], format!("there is no dataset {}", object.dataset));
    };
    if dataset.kind != DatasetKind::Source {
        say(&["dataset"], format!("{} is a reference dataset, expected a source", object.dataset));
    }
    let term = object.term.as_ref();
    let named: [(&[&str], Option<&String>); 8] = [
        (&["key"], Some(&object.key)),
        (&["name"], object.name.as_ref()),
        (&["place"], object.place.as_ref()),
        (&["term", "post"], term.map(|term| &term.post)),
        (&["term", "unit"], term.and_then(|term| term.unit.as_ref())),
        (&["term", "held_in"], term.and_then(|term| term.held_in.as_ref())),
        (&["term", "from"], term.map(|term| &term.from)),
        (&["term", "until"], term.and_then(|term| term.until.as_ref())),
    ];
    for (keys, name) in named {
        let Some(name) = name else { continue };
        match dataset.column(name) {
            None => say(keys, format!("{} has no column {name}", dataset.key)),
            Some(column) if !takes(object, keys, column.ty) => {
                say(keys, format!("{name} cannot be the {} of the kind {}", keys.join("'s "), object.kind));
            }
            Some(_) => {}
        }
    }
    if !object.seat.is_empty() && object.place.is_none() {
        say(&["seat"], "a seat of offices needs a place".to_owned());
    }
    for (name, word) in &object.seat {
        if dataset.column(name).is_none_or(|column| !column.values.iter().any(|(known, _)| known == word)) {
            say(&["seat", name], format!("{} has no column {name} with the word {word}", dataset.key));
        }
    }
    for (at, name) in object.show.iter().enumerate() {
        if let Some(fault) = unshowable(dataset, name) {
            say(&["show", &at.to_string()], fault);
        }
    }
}

/// Whether the column of a role may have this type.
fn takes(object: &ObjectFile, keys: &[&str], ty: ColumnType) -> bool {
    use ColumnType as T;
    match keys {
        ["key"] => object.kind.fits(ty),
        ["name"] => matches!(ty, T::Name | T::PartyName | T::Text),
        ["place"] => ty == T::Region,
        ["term", "from" | "until"] => ty == T::Date,
        ["term", "held_in"] => ty == T::Uscc,
        ["term", "unit"] => matches!(ty, T::Text | T::Region),
        _ => matches!(ty, T::Text | T::Enum),
    }
}

fn unshowable(dataset: &Dataset, name: &str) -> Option<String> {
    match dataset.column(name) {
        None => Some(format!("{} has no column {name}", dataset.key)),
        Some(column) if dataset.sensitivity_of(column) == Sensitivity::Sensitive => {
            Some(format!("{name} is sensitive and shown to nobody in a list"))
        }
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::{Library, SourceFile, object::ObjectKind};

    const ROSTER: &str = r#"
key = "roster"
title = { zh = "名册", en = "Roster" }
owner = { zh = "甲", en = "A" }
kind = "source"
sensitivity = "personal"
column = [
  { name = "person_id", type = "idno", title = { zh = "号", en = "Number" } },
  { name = "org_id", type = "uscc", title = { zh = "单位", en = "Unit" } },
  { name = "post", type = "text", title = { zh = "职务", en = "Post" } },
  { name = "place", type = "region", title = { zh = "地", en = "Place" } },
  { name = "level", type = "enum", title = { zh = "级", en = "Level" }, values = { village = [], group = [] } },
  { name = "illness", type = "text", title = { zh = "病", en = "Illness" }, sensitivity = "sensitive" },
  { name = "since", type = "date", title = { zh = "自", en = "Since" } },
]
"#;

    /// What is said of an object file beside the roster, as `line:column message`.
    fn said(text: &str) -> Vec<String> {
        let file = |path: &str, text: &str| SourceFile { path: path.into(), text: text.into() };
        let files = vec![file("datasets/a/roster.toml", ROSTER), file("objects/one.toml", text)];
        let problems = Library::load(files).map(|_| Vec::new()).unwrap_or_else(|problems| problems.0);
        let place = |problem: &crate::Problem| {
            let (line, column) = problem.position();
            format!("{line}:{column} {problem}")
        };
        problems.iter().map(place).collect()
    }

    #[test]
    fn faults_are_named_at_their_place() {
        let good = "kind = \"official\"\ndataset = \"roster\"\nkey = \"person_id\"\nshow = [\"post\"]\n\
                    term = { post = \"post\", from = \"since\" }\n";
        assert_eq!(said(good), Vec::<String>::new());
        for (from, to, expected) in [
            ("\"roster\"", "\"rooster\"", "2:11 there is no dataset rooster"),
            ("\"person_id\"", "\"number\"", "3:7 roster has no column number"),
            ("\"person_id\"", "\"org_id\"", "3:7 org_id cannot be the key of the kind official"),
            ("[\"post\"]", "[\"post\", \"rank\"]", "4:17 roster has no column rank"),
            ("[\"post\"]", "[\"illness\"]", "4:9 illness is sensitive and shown to nobody in a list"),
            (
                "from =",
                "held_in = \"post\", from =",
                "5:35 post cannot be the term's held_in of the kind official",
            ),
            ("\"since\"", "\"post\"", "5:32 post cannot be the term's from of the kind official"),
            ("show", "seat = { level = \"village\" }\nshow", "4:8 a seat of offices needs a place"),
            (
                "show",
                "place = \"place\"\nseat = { level = \"town\" }\nshow",
                "5:18 roster has no column level with the word town",
            ),
        ] {
            assert_eq!(said(&good.replacen(from, to, 1)), [expected]);
        }
        assert!(
            said(&good.replacen("official", "citizen", 1))[0].starts_with("1:8 unknown variant `citizen`")
        );
        assert!(said(&good.replacen("show", "shows", 1))[0].contains("unknown field `shows`"));
    }

    #[test]
    fn one_column_makes_objects_of_a_kind_once() {
        let text = "kind = \"unit\"\ndataset = \"roster\"\nkey = \"org_id\"\n";
        let file = |path: &str, text: &str| SourceFile { path: path.into(), text: text.into() };
        let twice = vec![
            file("datasets/a/r.toml", ROSTER),
            file("objects/a.toml", text),
            file("objects/b.toml", text),
        ];
        let problems = Library::load(twice).unwrap_err().0;
        assert_eq!(
            problems[0].to_string(),
            "object unit roster.org_id is already described in objects/a.toml"
        );
    }

    #[test]
    fn the_built_in_objects_stand_on_the_built_in_datasets() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../library");
        let mut files = SourceFile::read_dir(&root).unwrap();
        files.retain(|file| matches!(file.kind(), "datasets" | "objects"));
        let library = Library::load(files).unwrap_or_else(|problems| panic!("{:?}", problems.0));
        for kind in ObjectKind::ALL {
            assert!(library.object_files(kind).next().is_some(), "{kind}");
        }
        let about = library.columns_about(ObjectKind::Project);
        let keys: Vec<&str> = about.iter().map(|(dataset, _)| dataset.key.as_str()).collect();
        let expected =
            ["construction_project", "migrant_wage_account", "project_approval", "revitalisation_project"];
        assert_eq!(keys, expected);
    }
}
