//! `cargo xtask`: the only build system.

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::path::Path;
use xtask::{bundle, package, root, target};

/// Builds, runs, tests and packages Ascribe; sets up what it needs.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Builds the extension into target/extension and the playground into target/www.
    Build,
    /// Packs the extension into target/package, for Chrome and for Firefox.
    Package,
}

fn main() -> Result<()> {
    match Cli::parse().command {
        Command::Build => {
            let bundle = bundle::build()?;
            println!("extension  {}", shown(&bundle.extension));
            println!("playground {}", shown(&bundle.www));
        }
        Command::Package => {
            for package in package::package(&bundle::build()?.extension, &target().join("package"))? {
                println!("{} {} bytes", shown(&package), package.metadata()?.len());
            }
        }
    }
    Ok(())
}

/// A path as the reader would type it in the repository's root.
fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}
