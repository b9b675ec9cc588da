//! `cargo xtask evaluate`: how good page reading and annotating are, on the labelled pages and articles of
//! `../shared`, which are no part of this repository.

use crate::command::{cargo, command, output, run};
use crate::{root, target};
use anyhow::{Context, Result};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Measures everything that there is data for, and says what was skipped.
pub fn evaluate() -> Result<()> {
    run(&mut cargo("build --quiet --release --package ascribe"))?;
    let shared = root().join("../shared");
    let each: [(&str, &Path, fn(&Path) -> Result<()>); 3] = [
        ("saved pages", &shared.join("pages"), pages),
        ("reference articles", &shared.join("reference"), articles),
        ("PolNeAR", &shared.join("corpora/polnear/dev"), polnear),
    ];
    for (name, data, measure) in each {
        if data.is_dir() {
            println!("{name}");
            measure(data).with_context(|| format!("can't measure on {name}"))?;
        } else {
            println!("{name}: skipped, there is no ../shared");
        }
    }
    Ok(())
}

fn ascribe() -> PathBuf {
    target().join("release/ascribe")
}

/// Detection of news, bodies and headlines.
fn pages(folder: &Path) -> Result<()> {
    let labels: Vec<Value> = serde_json::from_str(&fs::read_to_string(folder.join("labels.json"))?)?;
    let mut verdicts: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut scores = Vec::new();
    let mut headlines = Vec::new();
    for label in &labels {
        let text = |key: &str| label[key].as_str().unwrap_or_default();
        let file = folder.join(text("id")).with_added_extension("html");
        let page: Value = serde_json::from_str(&output(command(ascribe(), "page").arg(&file))?)?;
        let verdict = page["verdict"].as_str().unwrap_or_default();
        *verdicts.entry((text("label").to_owned(), verdict.to_owned())).or_default() += 1;
        if (text("label") == "news") != (verdict == "news") {
            let why = page["reasons"].as_array().into_iter().flatten();
            let why = why.map(|r| format!("{} {}", r["why"], r["speaks"]).replace('"', ""));
            let (why, score) = (why.collect::<Vec<_>>().join(", "), &page["score"]);
            println!("  {} is {}, taken for {verdict} ({score:.2}): {why}", text("id"), text("label"));
        }
        if !text("body").is_empty() {
            let paragraphs = page["paragraphs"].as_array().into_iter().flatten().filter_map(Value::as_str);
            let got = paragraphs.collect::<Vec<_>>().join("\n");
            scores.push((shingle_f1(&got, text("body")), text("id").to_owned()));
        }
        let reference = ["dev", "train"].iter().find_map(|part| {
            fs::read_to_string(folder.join(format!("../reference/{part}/{}.txt", text("id")))).ok()
        });
        let headline = reference.as_deref().and_then(|text| text.lines().next()).unwrap_or_default();
        let title = page["title"].as_str().unwrap_or_default();
        if !headline.is_empty() {
            headlines.push(words(title) == words(headline));
            if words(title) != words(headline) {
                println!("  {}: the headline is “{headline}”, read “{title}”", text("id"));
            }
        }
    }
    let count = |of: fn(&(String, String)) -> bool| -> usize {
        verdicts.iter().filter(|(key, _)| of(key)).map(|(_, n)| n).sum()
    };
    let both = count(|(label, verdict)| label == "news" && verdict == "news") as f64;
    let precision = both / count(|(_, verdict)| verdict == "news") as f64;
    let recall = both / count(|(label, _)| label == "news") as f64;
    println!("  news: precision {precision:.3}, recall {recall:.3} over {} pages", labels.len());
    let missed = headlines.iter().filter(|same| !**same).count();
    println!("  headlines: {missed} of {} differ from the reference's", headlines.len());
    scores.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mean = scores.iter().map(|(score, _)| score).sum::<f64>() / scores.len() as f64;
    println!("  body: F1 of 4-word shingles {mean:.3} over {} pages; the worst:", scores.len());
    for (score, id) in scores.iter().take(5) {
        println!("    {score:.3} {id}");
    }
    Ok(())
}

/// Lower-case words, as the public benchmark of article extraction counts them.
fn words(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_alphanumeric() && c != '_');
    parts.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// F1 of the multisets of runs of four words.
fn shingle_f1(got: &str, want: &str) -> f64 {
    let shingles = |text: &str| {
        let words = words(text);
        let mut counts: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        for run in words.windows(words.len().clamp(1, 4)) {
            *counts.entry(run.to_vec()).or_default() += 1;
        }
        counts
    };
    let (got, want) = (shingles(got), shingles(want));
    let both: usize = got.iter().map(|(run, n)| want.get(run).map_or(0, |m| *n.min(m))).sum();
    let all: usize = got.values().chain(want.values()).sum();
    2.0 * both as f64 / all.max(1) as f64
}

fn articles(folder: &Path) -> Result<()> {
    let dev = folder.join("dev");
    let system = annotate(&dev)?;
    let mut score = command("python3", "");
    score.arg(folder.join("score.py")).arg("--reference").arg(dev).arg("--system").arg(system.path());
    run(&mut score)
}

fn polnear(folder: &Path) -> Result<()> {
    let system = annotate(&folder.join("text"))?;
    let mut score = command("python3", "");
    let scorer = folder.join("../../../reference/score_polnear.py");
    score.arg(scorer).arg("--corpus").arg(folder).arg("--system").arg(system.path());
    run(&mut score)
}

/// Annotates every text of a folder into a new one.
fn annotate(folder: &Path) -> Result<tempfile::TempDir> {
    let out = tempfile::tempdir()?;
    let mut files: Vec<_> = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    files.retain(|file| file.extension().is_some_and(|e| e == "txt"));
    files.sort();
    run(command(ascribe(), "annotate --out").arg(out.path()).args(files))?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::shingle_f1;

    #[test]
    fn shingles() {
        let near = |got: f64, want: f64| assert!((got - want).abs() < 1e-9, "{got} is not {want}");
        near(shingle_f1("One two three, four five.", "one two three four five"), 1.0);
        near(shingle_f1("a b c d", "a b c d e"), 2.0 / 3.0);
        near(shingle_f1("a", "a"), 1.0);
        near(shingle_f1("", "a b c d"), 0.0);
    }
}
