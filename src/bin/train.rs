//! Trains the weights in `models/` from corpora that lie beside the project.

use ascribe::claims::training;
use ascribe::tagger::parse::Parser;
use ascribe::tagger::{Model, PosTagger, Words};
use ascribe::train::parser::{self, Sizes};
use ascribe::train::quotes::Convention;
use ascribe::train::trees::{self, Tools, Tree};
use ascribe::train::{acting, names, pos, quotes, readings, reference, speakers, words};
use clap::{Parser as _, Subcommand};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Trains the models; each command prints how well it did.
#[derive(clap::Parser)]
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
    /// Dependency trees.
    Parser,
    /// Names, in two passes.
    Names {
        /// Also trains on parts of our own articles and scores on the rest, so many times.
        #[arg(long, default_value_t = 0)]
        folds: usize,
        /// Only that.
        #[arg(long)]
        dry: bool,
        /// Also list what was wrong.
        #[arg(long)]
        errors: bool,
    },
    /// Which places act.
    Acting,
    /// Quotes: cues, sources and contents.
    Quotes {
        /// Measure by cross-validation over the reference articles, in so many folds, and save nothing.
        #[arg(long)]
        folds: Option<usize>,
        /// Follow PolNeAR's convention instead of ours, measure on its development part, and save nothing.
        #[arg(long)]
        polnear: bool,
    },
    /// Trains the ranker of speakers, and writes src/quotes/speaker/weights.rs.
    Speakers {
        /// Only measure it, by cross-validation.
        #[arg(long)]
        dry: bool,
    },
    /// Trains the ranker of claims, and writes src/claims/weights.rs.
    Claims,
    /// Fits what tells news articles from other pages, and writes src/page/weights.rs.
    Page,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = match cli.command {
        Command::Check => check(&cli.shared),
        Command::Words { lists } => words::given(&lists)
            .and_then(|bytes| save("given", &bytes))
            .and_then(|()| words::build(&lists))
            .and_then(|bytes| save("words", &bytes)),
        Command::Pos => train_pos(&cli.shared),
        Command::Quotes { folds, polnear } => train_quotes(&cli.shared, folds, polnear),
        Command::Speakers { dry } => train_speakers(&cli.shared, dry),
        Command::Claims => claims(&cli.shared),
        Command::Acting => acting::train(&cli.shared, 10).and_then(|(bytes, accuracy)| {
            println!("acting, 10 folds: {:.4} ± {:.4} a division", accuracy.mean, accuracy.spread);
            save("acting", &bytes)
        }),
        Command::Names { folds, dry, errors } => train_names(&cli.shared, folds, dry, errors),
        Command::Parser => train_parser(&cli.shared),
        Command::Page => page(&cli.shared),
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

fn train_quotes(shared: &Path, folds: Option<usize>, polnear_only: bool) -> Result<(), String> {
    let mut polnear = quotes::polnear(&shared.join("corpora"), "train")?;
    let others = quotes::polnear(&shared.join("corpora"), "dev")?;
    let show = |what: &str, score: quotes::Score| {
        for (part, count) in [
            ("quotes", score.quotes),
            ("source", score.source),
            ("cue", score.cue),
            ("content", score.content),
        ] {
            let (p, r, f) = count.ratios();
            println!("{what} {part:8} P {p:.3} R {r:.3} F1 {f:.3}");
        }
    };
    let own = quotes::own(reference::read(&shared.join("reference/train"))?);
    let more = quotes::own(readings::read(shared)?);
    if polnear_only {
        let all: Vec<_> = polnear.iter().chain(&own).chain(&more).collect();
        let trained = quotes::train(&all, Convention::Other)?;
        show("PolNeAR dev, its own convention", quotes::measure(&trained, others.iter(), Convention::Other)?);
        return Ok(());
    }
    quotes::without(&mut polnear, &more);
    let all: Vec<_> = polnear.iter().chain(&own).chain(&more).collect();
    let Some(folds) = folds else {
        let trained = quotes::train_all(&all)?;
        show("PolNeAR dev", quotes::measure(&trained, others.iter(), Convention::Own)?);
        save("quotes-cues", &trained.cues)?;
        save("quotes-arguments", &trained.arguments)?;
        return save("quotes-judge", &trained.judge);
    };
    let mut sums = [quotes::Score::default(), quotes::Score::default()];
    for fold in 0..folds {
        let parts = [&own, &more].map(|articles| {
            let (held, kept): (Vec<_>, Vec<_>) =
                articles.iter().enumerate().partition(|(at, _)| at % folds == fold);
            [held, kept].map(|part| part.into_iter().map(|(_, example)| example))
        });
        let [[held, kept], [more_held, more_kept]] = parts;
        let part: Vec<_> = polnear.iter().chain(kept).chain(more_kept).collect();
        let trained = quotes::train_all(&part)?;
        for (sum, held) in sums.iter_mut().zip([held, more_held]) {
            sum.add(quotes::measure(&trained, held, Convention::Own)?);
        }
        if fold == 0 {
            show("PolNeAR dev", quotes::measure(&trained, others.iter(), Convention::Own)?);
        }
    }
    for (of, sum) in ["reference", "further readings"].iter().zip(sums) {
        show(&format!("{of}, {folds} folds"), sum);
    }
    Ok(())
}

fn train_names(shared: &Path, folds: usize, dry: bool, errors: bool) -> Result<(), String> {
    let corpora = names::Corpora::read(shared)?;
    if folds > 1 {
        let mut list = Vec::new();
        let scores = corpora.cross_validate(folds, &mut list)?;
        if errors {
            list.iter().for_each(|line| println!("{line}"));
        }
        for (of, [first, second]) in ["reference", "further readings"].iter().zip(scores) {
            println!("{of}, {folds} folds, first pass:  {first}\n{of}, {folds} folds, second pass: {second}");
        }
    }
    if dry {
        return Ok(());
    }
    let trained = corpora.train()?;
    let words = Words::bundled().map_err(|e| e.to_string())?;
    let (first, second) = trained.conll(&shared.join("corpora/conll2003/valid.txt"), words)?;
    println!("CoNLL-2003 valid, first pass:  {first}\nCoNLL-2003 valid, second pass: {second}");
    save("names", &trained.first)?;
    save("names2", &trained.second)
}

/// GUM's genres that are written to be read.
const WRITTEN: [&str; 8] = ["academic", "bio", "essay", "interview", "news", "speech", "textbook", "voyage"];

fn train_parser(shared: &Path) -> Result<(), String> {
    let tagger = PosTagger::bundled().map_err(|e| e.to_string())?;
    let tools = Tools { tagger, clusters: Words::bundled().map_err(|e| e.to_string())? };
    let (gum, polnear) = (shared.join("corpora/gum"), shared.join("corpora/polnear"));
    let splits =
        std::fs::read_to_string(gum.join("splits.md")).map_err(|e| format!("GUM's splits.md: {e}"))?;
    // The file lists dev first.
    let held = splits.split("## test").next().unwrap_or("");
    let written = |name: &str| WRITTEN.iter().any(|genre| name.starts_with(&format!("GUM_{genre}")));
    let gold = trees::gum(&gum, |name| written(name) && !held.contains(name), &tools)?;
    let gold_dev = trees::gum(&gum, |name| written(name) && held.contains(name), &tools)?;
    let silver = trees::silver(&polnear, "train", &tools)?;
    let silver_dev = trees::silver(&polnear, "dev", &tools)?;
    // Gold trees are few and right, so they count three times.
    let sentences: Vec<&Tree> = silver.iter().chain(&gold).chain(&gold).chain(&gold).flatten().collect();
    let (steps, relations) = parser::train(&sentences, 5, Sizes { steps: 120_000, relations: 14_000 });
    let load = |bytes| Model::load(bytes).map_err(|e| e.to_string());
    let parser = Parser::new(load(&steps)?, load(&relations)?);
    for (name, trees) in [("GUM dev", &gold_dev), ("CoreNLP's on PolNeAR dev", &silver_dev)] {
        let trees: Vec<&Tree> = trees.iter().flatten().collect();
        let (heads, both) = parser::accuracy(&parser, &trees);
        println!("trees, {name}: attachment {heads:.4}, with the relation {both:.4}");
    }
    save("parser-steps", &steps)?;
    save("parser-relations", &relations)
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
    let trained = training::train(&examples, &readings::read(shared)?).map_err(|e| e.to_string())?;
    print!("{}", trained.report);
    std::fs::write("src/claims/weights.rs", trained.source).map_err(|e| format!("src/claims/weights.rs: {e}"))
}

fn page(shared: &Path) -> Result<(), String> {
    let trained = ascribe::page::training::train(&shared.join("pages"))?;
    print!("{}", trained.report);
    std::fs::write("src/page/weights.rs", trained.source).map_err(|e| format!("src/page/weights.rs: {e}"))
}

fn train_speakers(shared: &Path, dry: bool) -> Result<(), String> {
    let trained = speakers::train(shared)?;
    print!("{}", trained.report);
    let path = "src/quotes/speaker/weights.rs";
    if dry { Ok(()) } else { std::fs::write(path, trained.source).map_err(|e| format!("{path}: {e}")) }
}
