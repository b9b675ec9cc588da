//! The packages that readers install: `ascribe-chrome.zip` and `ascribe-firefox.xpi`.
//!
//! Entries are sorted and carry one fixed time, so that the same files make the same bytes.

use crate::bundle::files;
use anyhow::{Context, Result};
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Packs the unpacked extension for both browsers into `out`.
pub fn package(extension: &Path, out: &Path) -> Result<[PathBuf; 2]> {
    fs::create_dir_all(out)?;
    let packages = [out.join("ascribe-chrome.zip"), out.join("ascribe-firefox.xpi")];
    for package in &packages {
        archive(extension, package).with_context(|| format!("can't write {}", package.display()))?;
    }
    Ok(packages)
}

/// Packs a folder.
pub fn archive(folder: &Path, to: &Path) -> Result<()> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(9))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(File::create(to)?);
    for file in files(folder)? {
        archive.start_file_from_path(&file, options)?;
        archive.write_all(&fs::read(folder.join(&file))?)?;
    }
    archive.finish()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two folders with the same files, written in a different order, make the same bytes.
    #[test]
    fn packages_are_reproducible() {
        let made = [["b.js", "a/c.css"], ["a/c.css", "b.js"]].map(|names| {
            let folder = tempfile::tempdir().unwrap();
            fs::create_dir(folder.path().join("a")).unwrap();
            for name in names {
                fs::write(folder.path().join(name), name).unwrap();
            }
            let out = tempfile::tempdir().unwrap();
            package(folder.path(), out.path()).unwrap().map(|package| fs::read(package).unwrap())
        });
        assert_eq!(made[0], made[1]);
        assert_eq!(made[0][0], made[0][1], "one source for both browsers");
        assert!(!made[0][0].is_empty());
    }
}
