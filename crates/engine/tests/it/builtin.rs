use gnomon_library::Lock;

use super::{builtin_files, load};

#[tokio::test]
async fn every_view_and_model_plans_against_its_datasets() {
    let library = load(builtin_files());
    let problems = gnomon_engine::check(&library, None).await;
    let texts: Vec<String> = problems
        .iter()
        .map(|problem| {
            let (line, column) = problem.position();
            format!("{}:{line}:{column} {problem}", problem.file)
        })
        .collect();
    assert!(texts.is_empty(), "{}", texts.join("\n"));
}

#[tokio::test]
async fn every_case_holds() {
    let library = load(builtin_files());
    let mut failures = Vec::new();
    let mut count = 0;
    for name in library.views.keys().chain(library.models.keys()) {
        for result in gnomon_engine::run_cases(&library, name).await {
            count += 1;
            failures.extend(result.failure.map(|failure| format!("{name} / {}: {failure}", result.name)));
        }
    }
    assert!(failures.is_empty(), "{} of {count} cases fail\n{}", failures.len(), failures.join("\n"));
    assert!(count >= 3 * library.models.len(), "every model brings at least three cases");
}

#[test]
fn file_names_are_slugs_and_folders_are_packs() {
    let library = load(builtin_files());
    for model in library.models.values() {
        let file = library.source(&model.id).expect("every model has a file");
        let folder = format!("models/{}/", model.pack().to_lowercase());
        assert!(file.path.starts_with(&folder), "{} is not in {folder}", file.path);
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        assert!(file.slug().chars().all(plain), "{} is not a slug", file.path);
    }
    for dataset in library.datasets.values() {
        let file = library.source(&dataset.key).expect("every dataset has a file");
        assert_eq!(file.slug(), dataset.key, "{}", file.path);
    }
}

/// The one place where a changed logic under an old revision is noticed.
#[test]
fn the_lock_is_current() {
    let library = load(builtin_files());
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../library/library.lock");
    let locked =
        Lock::parse(&std::fs::read_to_string(path).expect("the lock is readable")).expect("the lock is TOML");
    let now = Lock::of(&library);
    assert_eq!(locked.objections(&now), Vec::<String>::new());
    assert_eq!(locked, now, "run `gnomon model lock library`");
}
