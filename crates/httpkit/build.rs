//! Lists the browser's files, and embeds them into release builds. A folder that nobody has built is served empty.

use std::{
    env,
    error::Error,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let ui = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../ui");
    let embed = env::var("PROFILE")? == "release";
    let mut code = String::from("[");
    for folder in ["static", "dist"] {
        fs::create_dir_all(ui.join(folder))?;
        let path = ui.join(folder).canonicalize()?;
        println!("cargo::rerun-if-changed={}", path.display());
        let files = memory_serve::assets_to_code(folder, &path, &out, embed, |_| {});
        write!(code, "(\"/{folder}\", {files}),")?;
    }
    code.push(']');
    fs::write(out.join("assets.rs"), code)?;
    Ok(())
}
