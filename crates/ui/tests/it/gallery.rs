//! Writes every sample as a file that a browser can open, beside the browser's own files.

use std::fs;
use std::path::Path;

use gnomon_kernel::Lang;
use gnomon_ui::sample::{Setting, all};

#[test]
fn every_sample_is_written_out() {
    let gallery = Path::new(env!("CARGO_TARGET_TMPDIR")).join("gallery");
    let crate_root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["static", "dist"] {
        copy(&crate_root.join(folder), &gallery.join("assets").join(folder));
    }
    for lang in Lang::ALL {
        let setting = Setting { lang, assets: "assets".to_owned() };
        for sample in all(&setting).unwrap() {
            fs::write(gallery.join(format!("{}.{}.html", sample.name, lang.tag())), sample.html).unwrap();
        }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => copy(&entry.path(), &target),
            false => drop(fs::copy(entry.path(), target).unwrap()),
        }
    }
}
