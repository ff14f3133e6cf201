//! Reading a library: files in, one checked [`Library`] out, or every error at its place.

use serde::{Deserialize, de::DeserializeOwned};

use crate::{
    case::TextTable,
    catalogue::{Library, List},
    check,
    dataset::Dataset,
    fingerprint,
    model::{Model, Pack},
    object::ObjectFile,
    problem::{Problem, Problems},
    source::SourceFile,
    view::View,
};

/// A list file: rows of a reference dataset.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ListFile {
    dataset: String,
    rows: String,
}

impl Library {
    /// Reads and checks all files together.
    pub fn load(files: Vec<SourceFile>) -> Result<Library, Problems> {
        let mut library = Library::default();
        let mut problems = Vec::new();
        let mut list_files = Vec::new();
        for file in files {
            if let Err(problem) = library.take(file, &mut list_files) {
                problems.push(*problem);
            }
        }
        check::library(&mut library, &list_files, &mut problems);
        if problems.is_empty() {
            library.fingerprints = fingerprint::of_all(&library);
            Ok(library)
        } else {
            Err(Problems(problems))
        }
    }

    fn take(&mut self, file: SourceFile, list_files: &mut Vec<SourceFile>) -> Result<(), Box<Problem>> {
        match (file.kind(), file.slug()) {
            ("datasets", _) => {
                let dataset: Dataset = parse(&file)?;
                self.claim(&dataset.key, &file)?;
                self.datasets.insert(dataset.key.clone(), dataset);
            }
            ("views", _) => {
                let view: View = parse(&file)?;
                self.claim(&view.key, &file)?;
                self.views.insert(view.key.clone(), view);
            }
            ("lists", _) => {
                let list: ListFile = parse(&file)?;
                let rows = TextTable::parse(&list.rows).map_err(|(line, what)| {
                    Problem::new(&file, file.span_within(&["rows"], line, 1), what)
                })?;
                self.lists.push(List { dataset: list.dataset, rows });
                list_files.push(file);
            }
            ("objects", _) => {
                let object: ObjectFile = parse(&file)?;
                self.claim(&object.source_name(), &file)?;
                self.objects.push(object);
            }
            ("models", "pack") => {
                let pack: Pack = parse(&file)?;
                self.claim(&format!("pack {}", pack.key), &file)?;
                self.packs.insert(pack.key.clone(), pack);
            }
            ("models", _) => {
                let model: Model = parse(&file)?;
                self.claim(&model.id, &file)?;
                self.models.insert(model.id.clone(), model);
            }
            (other, _) => {
                let text =
                    format!("found the folder {other}, expected datasets, views, lists, objects or models");
                return Err(Box::new(Problem::new(&file, None, text)));
            }
        }
        Ok(())
    }

    /// A key or id belongs to the first file that names it.
    fn claim(&mut self, name: &str, file: &SourceFile) -> Result<(), Box<Problem>> {
        if let Some(first) = self.sources.get(name) {
            let text = format!("{name} is already described in {}", first.path);
            let span = file.span(&["key"]).or_else(|| file.span(&["id"]));
            return Err(Box::new(Problem::new(file, span, text)));
        }
        self.sources.insert(name.to_owned(), file.clone());
        Ok(())
    }
}

/// Reads one TOML file into its type; the error points at the place.
pub(crate) fn parse<T: DeserializeOwned>(file: &SourceFile) -> Result<T, Box<Problem>> {
    toml::from_str(&file.text)
        .map_err(|error| Box::new(Problem::new(file, error.span(), error.message().to_owned())))
}
