//! `cargo xtask`: the only build system.

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use xtask::browser::Kind;
use xtask::command::{cargo, command, run};
use xtask::{bundle, check, evaluate, package, root, run as open, setup, target};

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
    /// Builds everything and opens a browser with the extension on the sample article. Without a display: prints
    /// what was annotated and takes a screenshot.
    Run {
        /// Which browser.
        #[arg(long, value_enum, default_value_t = Kind::Chrome)]
        browser: Kind,
        /// A saved page to open instead; nothing that it refers to is fetched.
        #[arg(long, value_name = "FILE.html")]
        page: Option<PathBuf>,
    },
    /// Checks everything: formatting, lints, tests, the WebAssembly engine, the extension in real browsers.
    Test,
    /// Measures page reading and annotating on the labelled data beside the repository.
    Evaluate,
    /// Packs the extension into target/package, for Chrome and for Firefox.
    Package,
    /// Trains weights from the corpora beside the repository; `cargo xtask train help` says which.
    Train {
        /// What the training program is told.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Measures speed: the layers natively, and the engine in WebAssembly beside compromise.
    Bench,
}

fn main() -> ExitCode {
    match obey(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn obey(asked: Command) -> Result<()> {
    match asked {
        Command::Build => {
            let bundle = bundle::build()?;
            println!("extension  {}", shown(&bundle.extension));
            println!("playground {}", shown(&bundle.www));
        }
        Command::Run { browser, page } => open::run(browser, page.as_deref())?,
        Command::Test => check::check()?,
        Command::Train { arguments } => {
            run(cargo("run --release --features train --bin train --").args(arguments))?;
        }
        Command::Bench => {
            setup::node_modules()?;
            let bundle = bundle::build()?;
            run(command("node", "benches/peers.mjs").arg(bundle.extension.join("engine")))?;
            run(&mut cargo("bench --bench actors --bench quotes --bench claims"))?;
        }
        Command::Evaluate => evaluate::evaluate()?,
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
