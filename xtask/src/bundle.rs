//! The extension and the playground as folders that a browser can load: `target/extension`, `target/www`.

use crate::{engine, root, target};
use anyhow::{Context, Result};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

/// What was built.
pub struct Bundle {
    /// The unpacked extension, for every browser.
    pub extension: PathBuf,
    /// The playground, to be served on loopback.
    pub www: PathBuf,
}

/// Builds both from the engine, `extension/` and `www/`.
pub fn build() -> Result<Bundle> {
    let bundle = Bundle { extension: target().join("extension"), www: target().join("www") };
    let engine = target().join("engine");
    engine::build(&engine, &target().join("types/engine"))?;
    for folder in [&bundle.extension, &bundle.www] {
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
        copy(&engine, &folder.join("engine"), &|_| true)?;
    }
    copy(&root().join("extension"), &bundle.extension, &is_shipped)?;
    // The playground paints with the extension's own scripts and style sheets.
    copy(&root().join("extension"), &bundle.www, &|path| has_extension(path, &["js", "css"]))?;
    copy(&root().join("www"), &bundle.www, &is_shipped)?;
    Ok(bundle)
}

fn is_shipped(path: &Path) -> bool {
    !has_extension(path, &["md", "ts"]) && path.file_name() != Some("tsconfig.json".as_ref())
}

fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    path.extension().and_then(OsStr::to_str).is_some_and(|e| extensions.contains(&e))
}

/// Copies the files that `keep` keeps, with the folders that hold them.
fn copy(from: &Path, to: &Path, keep: &dyn Fn(&Path) -> bool) -> Result<()> {
    for file in files(from)?.iter().filter(|file| keep(file)) {
        let copied = to.join(file);
        fs::create_dir_all(copied.parent().unwrap_or(to))?;
        fs::copy(from.join(file), &copied).with_context(|| format!("can't write {}", copied.display()))?;
    }
    Ok(())
}

/// Every file under a folder, sorted, by its path inside it; none that is hidden.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![PathBuf::new()];
    while let Some(inside) = open.pop() {
        let here = folder.join(&inside);
        for entry in fs::read_dir(&here).with_context(|| format!("can't read {}", here.display()))? {
            let entry = entry?;
            let path = inside.join(entry.file_name());
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            if entry.file_type()?.is_dir() {
                open.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}
