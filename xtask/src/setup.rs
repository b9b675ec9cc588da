//! Sets up what a machine lacks, or says in one line what to install.

use crate::command::{command, long, output};
use anyhow::{Context, Result};
use std::path::Path;

const WASM: &str = "wasm32-unknown-unknown";

/// Rust's standard library for WebAssembly.
pub fn wasm_target() -> Result<()> {
    let library = output(&mut command("rustc", &["--print", "target-libdir", "--target", WASM]))?;
    if Path::new(library.trim()).exists() {
        return Ok(());
    }
    long("adding Rust's WebAssembly target", &mut command("rustup", &["target", "add", WASM]))
        .context("install Rust by rustup, or its wasm32-unknown-unknown target by other means")
}
