//! The engine as a WebAssembly module: `engine/ascribe.js` and `engine/ascribe_bg.wasm`.

use crate::command::{cargo, run};
use crate::{root, setup, target};
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use wasm_bindgen_cli_support::Bindgen;

/// Compiles the engine and writes its module and JavaScript into `folder`, its TypeScript declarations
/// (which only `tsc` reads) into `types`.
pub fn build(folder: &Path, types: &Path) -> Result<()> {
    setup::wasm_target()?;
    let mut build = cargo(
        "build --quiet --lib --profile wasm --target wasm32-unknown-unknown --no-default-features --features web",
    );
    // Panics name source files: not where they stood on this machine. Cargo parts encoded flags by this character.
    let flags = own_paths()?.map(|path| format!("--remap-path-prefix={}=.", path.display()));
    // Vector instructions: in Chrome since 91, in Firefox since 89.
    let flags = [&["-Ctarget-feature=+simd128".into()], &flags[..]].concat();
    run(build.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}")))?;
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

/// Folders of this machine under which the engine's sources stand, which no reader's copy should name: the
/// repository's and cargo's.
pub fn own_paths() -> Result<[PathBuf; 2]> {
    let cargo_home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let cargo_home = cargo_home.or_else(|| Some(std::env::home_dir()?.join(".cargo")));
    Ok([root().to_owned(), cargo_home.context("neither CARGO_HOME nor HOME is set")?])
}
