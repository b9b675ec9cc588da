//! Fits the verdict's weights: two [logistic regressions](crate::train::logistic) over the same features, judged by
//! ten-fold cross-validation over pages.

use super::read::features;
use super::verdict::FEATURES;
use super::{Snapshot, html};
use crate::train::logistic::{Row, fit, probability};
use serde::Deserialize;
use std::fmt::Write;
use std::path::Path;

/// The strength of the penalty: the inverse variance of the weights' normal prior.
const PENALTY: f64 = 0.25;

/// What a page counts that was robbed of its own word for itself.
const ROBBED: f64 = 0.1;

/// The number of parts that cross-validation leaves out in turn.
const FOLDS: usize = 10;

/// In how many ways the pages are parted, so that the figures don't hang on one of them.
const DIVISIONS: usize = 5;

/// What training found.
pub struct Trained {
    /// `src/page/weights.rs`, whole.
    pub source: String,
    /// Cross-validation's figures, for a person to read.
    pub report: String,
}

/// One line of `labels.json`.
#[derive(Deserialize)]
struct Label {
    id: String,
    label: String,
}

/// A saved page's values; those of the same page as if it said nothing about itself; and what it is.
struct Page {
    label: Label,
    own: Vec<Option<f32>>,
    robbed: Vec<Option<f32>>,
}

impl Page {
    fn read(folder: &Path, label: Label) -> Result<Option<Self>, String> {
        let file = folder.join(&label.id).with_added_extension("html");
        let html = std::fs::read_to_string(&file).map_err(|e| format!("{}: {e}", file.display()))?;
        let snapshot = html::snapshot(&html);
        let robbed = Snapshot { meta: Vec::new(), json_ld: Vec::new(), ..snapshot.clone() };
        let values = features(&snapshot).zip(features(&robbed));
        Ok(values.map(|(own, robbed)| Self { label, own, robbed }))
    }

    fn is_news(&self) -> bool {
        self.label.label == "news"
    }

    fn is_one(&self) -> bool {
        self.label.label != "other"
    }
}

/// Fits on the saved pages in `folder`, and says how good that is on pages left out.
///
/// # Errors
/// Where a page or its label can't be read.
pub fn train(folder: &Path) -> Result<Trained, String> {
    let labels = folder.join("labels.json");
    let text = std::fs::read_to_string(&labels).map_err(|e| format!("{}: {e}", labels.display()))?;
    let labels: Vec<Label> = serde_json::from_str(&text).map_err(|e| format!("{}: {e}", labels.display()))?;
    let pages = labels.into_iter().map(|label| Page::read(folder, label));
    let pages: Vec<Page> = pages.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();

    let mut report = String::new();
    let _ = writeln!(report, "{} pages with running text, {} features", pages.len(), FEATURES.len());
    for (name, is) in [("news", Page::is_news as fn(&Page) -> bool), ("one article", Page::is_one)] {
        judge(&pages, name, is, &mut report);
    }
    let all: Vec<&Page> = pages.iter().collect();
    let fitted = Fitted::new(&all, Page::is_news);
    let one = Fitted::new(&all, Page::is_one);
    Ok(Trained { source: source(&fitted, &one), report })
}

/// A model and the means of its features.
struct Fitted {
    means: Vec<f32>,
    weights: Vec<f64>,
}

impl Fitted {
    fn new(pages: &[&Page], is: fn(&Page) -> bool) -> Self {
        let means: Vec<f32> = (0..FEATURES.len())
            .map(|i| {
                let known: Vec<f32> = pages.iter().filter_map(|p| p.own[i]).collect();
                known.iter().sum::<f32>() / known.len().max(1) as f32
            })
            .collect();
        let rows: Vec<(Vec<f32>, bool, f64)> = pages
            .iter()
            .flat_map(|p| [(&p.own, is(p), 1.0), (&p.robbed, is(p), ROBBED)])
            .map(|(values, label, weight)| (centred(values, &means), label, weight))
            .collect();
        let rows = rows.iter().map(|(features, label, weight)| Row {
            features,
            share: f64::from(u8::from(*label)),
            weight: *weight,
        });
        let weights = fit(&rows, FEATURES.len() + 1, PENALTY);
        Self { means, weights }
    }
}

/// A bias, and how far each value is from the average page's; what isn't known is as on the average page.
fn centred(values: &[Option<f32>], means: &[f32]) -> Vec<f32> {
    let values = values.iter().zip(means).map(|(value, mean)| value.map_or(0.0, |v| v - mean));
    std::iter::once(1.0).chain(values).collect()
}

/// Cross-validation, in words.
fn judge(pages: &[Page], name: &str, is: fn(&Page) -> bool, report: &mut String) {
    let mut sums = vec![[0.0; 2]; pages.len()];
    for division in 0..DIVISIONS {
        // Multiplying by a number prime to the modulus parts the pages anew.
        let fold_of = |index: usize| (index * (2 * division + 1)) % pages.len().max(1) % FOLDS;
        for fold in 0..FOLDS {
            let seen: Vec<&Page> =
                pages.iter().enumerate().filter(|(i, _)| fold_of(*i) != fold).map(|(_, p)| p).collect();
            let fitted = Fitted::new(&seen, is);
            for (index, page) in pages.iter().enumerate().filter(|(i, _)| fold_of(*i) == fold) {
                for (sum, values) in sums[index].iter_mut().zip([&page.own, &page.robbed]) {
                    *sum += probability(&fitted.weights, &centred(values, &fitted.means)) / DIVISIONS as f64;
                }
            }
        }
    }
    for (which, what) in ["as they are", "without their own word"].into_iter().enumerate() {
        let (mut hits, mut found, mut wanted, mut loss) = (0_usize, 0_usize, 0_usize, 0.0);
        for (page, p) in pages.iter().zip(sums.iter().map(|s| s[which])) {
            hits += usize::from(p >= 0.5 && is(page));
            found += usize::from(p >= 0.5);
            wanted += usize::from(is(page));
            loss -= if is(page) { p } else { 1.0 - p }.max(1e-9).ln() / pages.len() as f64;
        }
        let _ = writeln!(
            report,
            "{name}, {FOLDS} folds, pages {what}: precision {:.3}, recall {:.3}, log loss {loss:.4}",
            hits as f64 / found.max(1) as f64,
            hits as f64 / wanted.max(1) as f64,
        );
    }
    for (page, p) in pages.iter().zip(sums.iter().map(|s| s[0])) {
        if (p >= 0.5) != is(page) {
            let _ = writeln!(report, "  {} is {}, {name} at {p:.2}", page.label.id, page.label.label);
        }
    }
}

fn source(news: &Fitted, one: &Fitted) -> String {
    let mut out = String::from(
        "//! The verdict's weights: made by `cargo xtask train page`, never by hand.\n\n\
         /// A feature's name, its value on the average page, and what it weighs in log-odds: for news against\n\
         /// everything else, and for one article against everything that is none.\n\
         pub type Weight = (&'static str, f32, f32, f32);\n\n",
    );
    let _ = writeln!(
        out,
        "/// The log-odds of the average page, for news and for one article.\n\
         pub const BIAS: (f32, f32) = ({:.3}, {:.3});\n\n\
         /// In the order of the features.\n\
         pub const WEIGHTS: &[Weight] = &[",
        news.weights[0], one.weights[0]
    );
    for (i, (name, ..)) in FEATURES.iter().enumerate() {
        let mean = news.means[i];
        let _ = writeln!(
            out,
            "    ({name:?}, {mean:.3}, {:.3}, {:.3}),",
            news.weights[i + 1],
            one.weights[i + 1]
        );
    }
    out.push_str("];\n");
    out
}
