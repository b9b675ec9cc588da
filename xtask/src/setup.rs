//! Sets up what a machine lacks, or says in one line what to install.

use crate::browser::Kind;
use crate::command::{cargo, command, found, long, output};
use crate::{root, target};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};

const GECKODRIVER: &str = "0.37.1";

/// The oldest Node that the checkers run on.
const NODE: u32 = 20;

/// Rust's standard library for WebAssembly.
pub fn wasm_target() -> Result<()> {
    let library = output(&mut command("rustc", "--print target-libdir --target wasm32-unknown-unknown"))?;
    if Path::new(library.trim()).exists() {
        return Ok(());
    }
    long("adding Rust's WebAssembly target", &mut command("rustup", "target add wasm32-unknown-unknown"))
        .context("install Rust by rustup, or its wasm32-unknown-unknown target by other means")
}

/// A browser that takes an unpacked extension, and the program that drives it by WebDriver.
pub fn browser(kind: Kind) -> Result<(PathBuf, PathBuf)> {
    match kind {
        // Google's own Chrome no longer takes an unpacked extension from its command line; Chromium does.
        Kind::Chrome => Ok((
            program(&["chromium", "chromium-browser"], &["chromium", "fonts-liberation"])?,
            program(&["chromedriver"], &["chromium-driver"])?,
        )),
        Kind::Firefox => Ok((program(&["firefox-esr", "firefox"], &["firefox-esr"])?, geckodriver()?)),
    }
}

/// The first of these programs that is here, or else comes with these Debian packages.
fn program(names: &[&str], packages: &[&str]) -> Result<PathBuf> {
    let here = || names.iter().find(|name| found(name)).map(PathBuf::from);
    if let Some(program) = here() {
        return Ok(program);
    }
    let say = || format!("install {} (Debian: apt-get install {})", names[0], packages.join(" "));
    apt_get(packages).with_context(say)?;
    here().with_context(say)
}

fn apt_get(packages: &[&str]) -> Result<()> {
    if !found("apt-get") {
        bail!("there is no apt-get to install it with");
    }
    let is_root = is_root();
    if !is_root && !command("sudo", "-n true").output().is_ok_and(|done| done.status.success()) {
        bail!("installing it takes the rights of root");
    }
    let apt_get = |arguments: &str| {
        let rights = if is_root { "" } else { "-n env" };
        let program = if is_root { "env" } else { "sudo" };
        command(program, &format!("{rights} DEBIAN_FRONTEND=noninteractive apt-get {arguments}"))
    };
    let packages = packages.join(" ");
    long("updating the list of packages", &mut apt_get("update"))?;
    let install = format!("install --yes --no-install-recommends {packages}");
    long(&format!("installing {packages}"), &mut apt_get(&install))
}

/// This program has the rights of root.
pub fn is_root() -> bool {
    output(&mut command("id", "-u")).is_ok_and(|id| id.trim() == "0")
}

/// Debian doesn't pack geckodriver; cargo builds it.
fn geckodriver() -> Result<PathBuf> {
    if found("geckodriver") {
        return Ok("geckodriver".into());
    }
    cargo_tool("geckodriver", GECKODRIVER)
}

/// A tool that `cargo install` builds, kept under `target/tools`.
pub fn cargo_tool(name: &str, version: &str) -> Result<PathBuf> {
    let tools = target().join("tools");
    let tool = tools.join("bin").join(name);
    if !found(&tool) {
        let mut install = cargo(&format!("install {name} --version {version} --locked --root"));
        long(&format!("building {name} {version}"), install.arg(&tools))?;
    }
    Ok(tool)
}

/// The checkers of `package.json`, as its lock file says.
pub fn node_modules() -> Result<()> {
    if !found("node") || !found("npm") {
        bail!("install Node {NODE} or later, with npm");
    }
    let version = output(&mut command("node", "--version"))?;
    let major = version.trim().trim_start_matches('v').split('.').next().and_then(|n| n.parse::<u32>().ok());
    if major.is_none_or(|major| major < NODE) {
        bail!("install Node {NODE} or later: this is {}", version.trim());
    }
    let changed = |file: &str| fs::metadata(root().join(file)).and_then(|file| file.modified()).ok();
    let (locked, installed) = (changed("package-lock.json"), changed("node_modules/.package-lock.json"));
    if installed.is_some() && installed >= locked {
        return Ok(());
    }
    long("installing TypeScript, addons-linter and axe-core", &mut command("npm", "ci --no-audit --no-fund"))
}
