//! The address of the browser's files: one hash over all of them, so that they can be cached for ever.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

const ISLANDS: [&str; 5] = [
    "htmx.esm.min.js",
    "fonts/inter-latin.woff2",
    "islands/graph.js",
    "islands/stack.js",
    "islands/trend.js",
];

/// Rust source with `ASSETS` and `HAS_ISLANDS`. Makes an empty `dist` where nobody has built the islands, so that
/// whoever embeds the folder finds one.
pub fn source(root: &Path) -> Result<String, Box<dyn Error>> {
    let dist = root.join("dist");
    fs::create_dir_all(&dist)?;
    let has_islands = ISLANDS.iter().all(|file| dist.join(file).is_file());
    if !has_islands {
        println!("cargo::warning=islands are not built: pages show tables in place of charts");
    }
    let mut hash = Sha256::new();
    for folder in [root.join("static"), dist] {
        for file in crate::files(&folder)? {
            let name = file.strip_prefix(root)?.to_string_lossy().replace('\\', "/");
            hash.update(name.as_bytes());
            hash.update([0]);
            hash.update(fs::read(&file)?);
        }
    }
    let mut hex = String::new();
    for byte in &hash.finalize()[..6] {
        write!(hex, "{byte:02x}")?;
    }
    Ok(format!(
        "/// The path under which `static` and `dist` of this crate are served; changes with their content.\n\
         pub const ASSETS: &str = \"/a/{hex}\";\n\
         /// Whether charts, graphs, htmx and the Latin font were built into `dist`. Without them pages show tables.\n\
         pub const HAS_ISLANDS: bool = {has_islands};\n"
    ))
}
