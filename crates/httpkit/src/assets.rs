//! The browser's files, under one prefix that changes with their content.

use axum::Router;
use memory_serve::{CacheControl, MemoryServe};

static FOLDERS: [(&str, &[memory_serve::Asset]); 2] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// Serves `static` and `dist` of the pages under [`gnomon_ui::ASSETS`]. A release build serves what was embedded, to be
/// kept for ever; other builds read the files anew and let nobody keep them.
pub(crate) fn assets<S: Clone + Send + Sync + 'static>() -> Router<S> {
    let mut files = Router::new();
    for (route, folder) in FOLDERS {
        files = files.nest(route, served(folder));
    }
    Router::new().nest(gnomon_ui::ASSETS, files)
}

fn served<S: Clone + Send + Sync + 'static>(folder: &'static [memory_serve::Asset]) -> Router<S> {
    let is_embedded = folder.iter().all(|asset| asset.bytes.is_some());
    let keep = if is_embedded { CacheControl::Long } else { CacheControl::NoCache };
    MemoryServe::new(folder).index_file(None).cache_control(keep).into_router()
}
