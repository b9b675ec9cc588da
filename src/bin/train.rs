//! Trains the weights in `models/` from corpora that lie beside the project.

use ascribe::train::reference;
use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// Trains the models; each command prints how well it did.
#[derive(Parser)]
struct Cli {
    /// The folder that holds `reference` and `corpora`.
    #[arg(long, default_value = "../shared")]
    shared: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Reads the reference articles and counts what they hold.
    Check,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = match cli.command {
        Command::Check => check(&cli.shared),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("train: {why}");
            ExitCode::FAILURE
        }
    }
}

fn check(shared: &std::path::Path) -> Result<(), String> {
    for part in ["train", "dev"] {
        let articles = reference::read(&shared.join("reference").join(part))?;
        let quotes: usize = articles.iter().map(|a| a.reference.quotes.len()).sum();
        let claims: usize = articles.iter().map(|a| a.reference.claims.len()).sum();
        println!("{part}: {} articles, {quotes} quotes, {claims} claims", articles.len());
    }
    Ok(())
}
