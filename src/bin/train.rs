//! Trains the weights in `models/` from corpora that lie beside the project.

use ascribe::claims::training;
use ascribe::tagger::Words;
use ascribe::train::{pos, reference, words};
use clap::{Parser, Subcommand};
use std::path::{Path, PathBuf};
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
    /// Clusters of words and lists of names, from what xtask/word_lists.py made.
    Words {
        /// The folder that holds vectors.txt and lists.tsv.
        lists: PathBuf,
    },
    /// Parts of speech.
    Pos,
    /// Trains the ranker of claims, and writes src/claims/weights.rs.
    Claims,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = match cli.command {
        Command::Check => check(&cli.shared),
        Command::Words { lists } => words::build(&lists).and_then(|bytes| save("words", &bytes)),
        Command::Pos => train_pos(&cli.shared),
        Command::Claims => claims(&cli.shared),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("train: {why}");
            ExitCode::FAILURE
        }
    }
}

fn check(shared: &Path) -> Result<(), String> {
    for part in ["train", "dev"] {
        let articles = reference::read(&shared.join("reference").join(part))?;
        let quotes: usize = articles.iter().map(|a| a.reference.quotes.len()).sum();
        let claims: usize = articles.iter().map(|a| a.reference.claims.len()).sum();
        println!("{part}: {} articles, {quotes} quotes, {claims} claims", articles.len());
    }
    Ok(())
}

fn train_pos(shared: &Path) -> Result<(), String> {
    let file = read("words")?;
    let words = Words::load(&file).map_err(|e| e.to_string())?;
    let trained = pos::train(&shared.join("corpora"), &words)?;
    println!("parts of speech: GUM dev {:.4}, CoreNLP on PolNeAR dev {:.4}", trained.gum, trained.corenlp);
    save("pos", &trained.bytes)
}

/// Where a model's file lies, from the project's root.
fn path(model: &str) -> PathBuf {
    Path::new("models").join(model).with_extension("bin")
}

fn read(model: &str) -> Result<Vec<u8>, String> {
    let path = path(model);
    std::fs::read(&path)
        .map_err(|e| format!("{}: {e}; train it first, from the project's root", path.display()))
}

fn save(model: &str, bytes: &[u8]) -> Result<(), String> {
    let path = path(model);
    std::fs::write(&path, bytes).map_err(|e| format!("{}: {e}", path.display()))?;
    println!("{}: {} bytes", path.display(), bytes.len());
    Ok(())
}

fn claims(shared: &Path) -> Result<(), String> {
    let examples = reference::read(&shared.join("reference/train"))?;
    let trained = training::train(&examples);
    print!("{}", trained.report);
    std::fs::write("src/claims/weights.rs", trained.source).map_err(|e| format!("src/claims/weights.rs: {e}"))
}
