//! The engine as a WebAssembly module: `engine/ascribe.js` and `engine/ascribe_bg.wasm`.

use crate::command::{cargo, run};
use crate::{setup, target};
use anyhow::{Context, Result};
use std::path::Path;
use wasm_bindgen_cli_support::Bindgen;

/// Compiles the engine and writes its module and JavaScript into `folder`, its TypeScript declarations
/// (which only `tsc` reads) into `types`.
pub fn build(folder: &Path, types: &Path) -> Result<()> {
    setup::wasm_target()?;
    run(&mut cargo(
        "build --quiet --lib --profile wasm --target wasm32-unknown-unknown --no-default-features --features web",
    ))?;
    let module = target().join("wasm32-unknown-unknown/wasm/ascribe.wasm");
    Bindgen::new()
        .input_path(module)
        .remove_name_section(true)
        .remove_producers_section(true)
        .web(true)
        .and_then(|bindgen| bindgen.typescript(true).generate(folder))
        .context("wasm-bindgen can't make the engine's JavaScript")?;
    std::fs::create_dir_all(types)?;
    std::fs::rename(folder.join("ascribe.d.ts"), types.join("ascribe.d.ts"))?;
    std::fs::remove_file(folder.join("ascribe_bg.wasm.d.ts"))?;
    Ok(())
}
