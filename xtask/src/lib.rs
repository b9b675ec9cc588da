//! The only build system: sets up what a machine lacks, then builds, runs, tests and packages.
//!
//! It is a library too, so that the integration tests use the same browser sessions and the same server.

pub mod browser;
pub mod bundle;
pub mod check;
pub mod command;
pub mod engine;
pub mod evaluate;
pub mod licences;
pub mod package;
pub mod run;
pub mod serve;
pub mod setup;

use std::path::{Path, PathBuf};

/// The repository's root.
pub fn root() -> &'static Path {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask)
}

/// Cargo's target folder, which also holds everything else that is built.
pub fn target() -> PathBuf {
    root().join(std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()))
}
