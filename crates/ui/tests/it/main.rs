//! All tests of the crate that look at finished pages, in one program.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod contrast;
mod gallery;
mod pages;
mod speed;
mod words;

use gnomon_kernel::Lang;
use gnomon_ui::sample::{Sample, Setting, all};

/// Every sample in one language.
fn samples(lang: Lang) -> Vec<Sample> {
    all(&Setting { lang, assets: "/a/test".to_owned() }).unwrap()
}
