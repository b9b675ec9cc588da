//! `cargo xtask test`: everything that must hold, each thing built once, the cheap checks first.

use crate::browser::Kind;
use crate::command::{cargo, command, output, run};
use crate::{bundle, engine, licences, package, root, setup, target};
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::fs;
use std::time::Instant;

type Check = fn() -> Result<()>;

const CHECKS: [(&str, Check); 14] = [
    ("formatting", formatting),
    ("licences of every dependency", licences::check),
    ("the engine's WebAssembly build depends on no command line, HTML parser or JSON", wasm_dependencies),
    ("clippy", clippy),
    ("clippy for WebAssembly", clippy_wasm),
    ("unit and integration tests", cargo_tests),
    ("the extension, the playground, the command line", build),
    ("the JavaScript's types", types),
    ("content scripts make no requests", content_scripts),
    ("what changed of a snapshot makes the snapshot", changes),
    ("packages are the same bytes when built twice, and name no folder of this machine", packages),
    ("addons-linter on the Firefox package", linter),
    ("WebAssembly answers as the command line does", wasm_is_native),
    ("the extension in Chromium and Firefox", browsers),
];

/// Runs every check; the first that fails ends it.
pub fn check() -> Result<()> {
    let started = Instant::now();
    for (n, (name, check)) in CHECKS.iter().enumerate() {
        println!("[{}/{}] {name}", n + 1, CHECKS.len());
        let begun = Instant::now();
        check().with_context(|| format!("failed: {name}"))?;
        println!("[{}/{}] passed in {:.1} s", n + 1, CHECKS.len(), begun.elapsed().as_secs_f64());
    }
    println!("all {} checks passed in {:.0} s", CHECKS.len(), started.elapsed().as_secs_f64());
    Ok(())
}

fn formatting() -> Result<()> {
    run(&mut cargo("fmt --all --check")).context("run: cargo fmt --all")
}

fn clippy() -> Result<()> {
    run(&mut cargo("clippy --quiet --workspace --all-targets --all-features -- -D warnings"))
}

fn clippy_wasm() -> Result<()> {
    setup::wasm_target()?;
    run(&mut cargo(
        "clippy --quiet --lib --target wasm32-unknown-unknown --no-default-features --features web -- -D warnings",
    ))
}

fn wasm_dependencies() -> Result<()> {
    let tree = output(&mut cargo(
        "tree --package ascribe --edges normal --prefix none --no-default-features --features web \
         --target wasm32-unknown-unknown",
    ))?;
    ensure!(tree.contains("wasm-bindgen "), "this is not the WebAssembly build's tree");
    for unwanted in ["clap", "html5ever", "serde_json"] {
        ensure!(!tree.lines().any(|line| line.split(' ').next() == Some(unwanted)), "it has {unwanted}");
    }
    Ok(())
}

fn cargo_tests() -> Result<()> {
    run(&mut cargo("test --quiet --workspace --all-features"))
}

fn build() -> Result<()> {
    bundle::build()?;
    run(&mut cargo("build --quiet --release"))
}

fn types() -> Result<()> {
    setup::node_modules()?;
    run(&mut command("node_modules/.bin/tsc", "--project extension/tsconfig.json"))
}

/// A page's policy doesn't bind content scripts, nor does the extension's own: nothing in them may ask the network.
fn content_scripts() -> Result<()> {
    let extension = root().join("extension");
    let manifest: Value = serde_json::from_slice(&fs::read(extension.join("manifest.json"))?)?;
    let entries = manifest["content_scripts"].as_array().into_iter().flatten();
    let scripts: Vec<_> =
        entries.filter_map(|entry| entry["js"].as_array()).flatten().filter_map(Value::as_str).collect();
    ensure!(scripts.contains(&"content.js"), "manifest.json doesn't name the content scripts");
    for name in scripts {
        let script = fs::read_to_string(extension.join(name))?;
        for asks in ["fetch(", "XMLHttpRequest", "WebSocket", "EventSource", "sendBeacon", "import("] {
            ensure!(!script.contains(asks), "{name} has {asks}");
        }
    }
    Ok(())
}

fn changes() -> Result<()> {
    run(&mut command("node", "--no-warnings tests/changes.mjs"))
}

fn packages() -> Result<()> {
    let folders = [target().join("package"), target().join("package/again")];
    let mut made = Vec::new();
    for folder in &folders {
        let packages = package::package(&bundle::build()?.extension, folder)?;
        made.push(packages.map(fs::read).into_iter().collect::<Result<Vec<_>, _>>()?);
    }
    ensure!(made[0] == made[1], "they differ: compare {} and {}", folders[0].display(), folders[1].display());
    let module = fs::read(target().join("extension/engine/ascribe_bg.wasm"))?;
    for path in engine::own_paths()? {
        let path = path.to_string_lossy().into_owned();
        let named = module.windows(path.len()).any(|bytes| bytes == path.as_bytes());
        ensure!(!named, "the WebAssembly module names {path}");
    }
    println!("{} bytes each", made[0][0].len());
    fs::remove_dir_all(&folders[1])?;
    Ok(())
}

/// What addons-linter warns of, and why it stays.
const EXPLAINED: [&str; 1] = [
    // One manifest serves both browsers: Chrome reads `service_worker`, Firefox reads `scripts`.
    "BACKGROUND_SERVICE_WORKER_IGNORED",
];

fn linter() -> Result<()> {
    let package = target().join("package/ascribe-firefox.xpi");
    let mut linter = command("node_modules/.bin/addons-linter", "--output json");
    // It exits 1 where it finds errors, which are in its report too.
    let report = linter.arg(package).output().context("can't run addons-linter")?;
    let report: Value = serde_json::from_slice(&report.stdout)
        .with_context(|| format!("addons-linter: {}", String::from_utf8_lossy(&report.stderr)))?;
    let found = ["errors", "warnings"].into_iter().filter_map(|list| report[list].as_array()).flatten();
    let found: Vec<_> = found
        .filter(|message| !EXPLAINED.iter().any(|code| message["code"] == *code))
        .map(|message| format!("{} {}: {}", message["code"], message["file"], message["message"]))
        .collect();
    ensure!(found.is_empty(), "{}", found.join("\n"));
    ensure!(report["count"].is_number(), "addons-linter's report is of another form");
    Ok(())
}

fn wasm_is_native() -> Result<()> {
    let out = target().join("same");
    let mut node = command("node", "tests/wasm.mjs");
    node.arg(target().join("extension/engine")).arg(target().join("release/ascribe")).arg(&out);
    let reference = root().join("../shared/reference");
    if reference.exists() {
        node.arg(reference.join("dev")).arg(reference.join("train"));
    } else {
        println!("skipped: the reference articles, ../shared isn't here");
    }
    run(&mut node)
}

fn browsers() -> Result<()> {
    for kind in [Kind::Chrome, Kind::Firefox] {
        setup::browser(kind)?;
    }
    // One at a time: the times that they report are their own.
    run(&mut cargo("test --quiet --package xtask --test browser -- --ignored --nocapture --test-threads=1"))
}
