//! The command line: annotates files, and says what a saved page is.

use ascribe::page::{self, Article};
use ascribe::{annotate, export};
use clap::{Parser, Subcommand, ValueEnum};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Who acts, who says what, what is claimed: annotates news articles on this machine.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Annotates plain texts (.txt: paragraphs parted by blank lines, the first is the headline) and saved
    /// pages (.html).
    Annotate {
        /// What to write.
        #[arg(long, value_enum, default_value_t = Format::Json)]
        format: Format,
        /// Where to write, a file for each input; without it, one file goes to standard output.
        #[arg(long)]
        out: Option<PathBuf>,
        /// The files; `-` is standard input, as plain text or HTML.
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Says what a saved page is, and prints its article, as JSON.
    Page {
        /// The file; `-` is standard input.
        file: PathBuf,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// One line of JSON, offsets in code points.
    Json,
    /// A page that stands alone, the overlays drawn.
    Html,
}

impl Format {
    const fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Html => "html",
        }
    }
}

fn main() -> ExitCode {
    match Cli::parse().command {
        Command::Annotate { format, out, files } => annotate_files(format, out.as_deref(), &files),
        Command::Page { file } => report(&file, page_json(&file).and_then(|json| print(&json))),
    }
}

/// Annotates each file; one that fails gets its line on standard error, and the others are still done.
fn annotate_files(format: Format, out: Option<&Path>, files: &[PathBuf]) -> ExitCode {
    if out.is_none() && files.len() > 1 {
        eprintln!("ascribe: several files need --out DIR, the folder to write to");
        return ExitCode::FAILURE;
    }
    let mut code = ExitCode::SUCCESS;
    for file in files {
        let done = annotate_file(format, out, file);
        if done.is_err() {
            code = ExitCode::FAILURE;
        }
        report(file, done);
    }
    code
}

fn report(file: &Path, done: Result<(), String>) -> ExitCode {
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("ascribe: {}: {why}", file.display());
            ExitCode::FAILURE
        }
    }
}

fn annotate_file(format: Format, out: Option<&Path>, file: &Path) -> Result<(), String> {
    let article = article(file)?;
    let annotations = annotate(&article).map_err(|e| e.to_string())?;
    let written = match format {
        Format::Json => export::json(&article, &annotations),
        Format::Html => export::html(&article, &annotations),
    };
    let Some(folder) = out else { return print(&written) };
    let name = file.file_stem().filter(|_| file != Path::new("-")).unwrap_or("stdin".as_ref());
    let path = folder.join(name).with_added_extension(format.extension());
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(&path, written + "\n"))
        .map_err(|e| format!("can't write {}: {e}", path.display()))
}

/// Reads one input: a saved page where the name or the first characters say so, else plain text.
fn article(file: &Path) -> Result<Article, String> {
    let text = read(file)?;
    let article = if is_html(file, &text) {
        page::read(&page::html::snapshot(&text)).article
    } else {
        Article::from_text(&text)
    };
    if article.paragraphs.is_empty() {
        return Err("there is no article in it".into());
    }
    Ok(article)
}

fn is_html(file: &Path, text: &str) -> bool {
    match file.extension().and_then(|e| e.to_str()) {
        Some("html" | "htm" | "xhtml") => true,
        Some(_) => false,
        None => text.trim_start().starts_with('<'),
    }
}

fn page_json(file: &Path) -> Result<String, String> {
    let reading = page::read(&page::html::snapshot(&read(file)?));
    Ok(export::page_json(&reading))
}

fn read(file: &Path) -> Result<String, String> {
    let mut bytes = Vec::new();
    if file == Path::new("-") {
        std::io::stdin().read_to_end(&mut bytes).map_err(|e| format!("can't be read: {e}"))?;
    } else {
        bytes = std::fs::read(file).map_err(|e| format!("can't be read: {e}"))?;
    }
    let text = String::from_utf8(bytes).map_err(|_| "isn't UTF-8 text".to_owned())?;
    if text.contains('\0') {
        return Err("is a binary file, not text".into());
    }
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

fn print(text: &str) -> Result<(), String> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{text}").map_err(|e| format!("can't write to standard output: {e}"))
}
