//! Trains the ranker: a [logistic regression](crate::train::logistic), judged by five-fold cross-validation over
//! articles.

use super::candidates::Candidate;
use super::cues::{self, Cues};
use super::topics::CLUSTERS;
use super::{Context, best, candidates, claim};
use crate::annotation::{Claim, Quote, Voice};
use crate::tagger::{ModelError, Words};
use crate::text::{Document, Span};
use crate::train::logistic::{self, Row, probability};
use crate::train::reference::Example;
use std::fmt::Write;

/// The strength of the penalty: the inverse variance of the weights' normal prior.
const PENALTY: f64 = 24.0;

/// The number of parts that cross-validation leaves out in turn.
const FOLDS: usize = 5;

/// In how many ways the articles are parted, so that the figures don't hang on one of them.
const DIVISIONS: usize = 3;

/// Of thresholds whose F1 differs by less, the lowest is taken: it gives the reader more to choose from.
const AS_GOOD: f32 = 0.002;

/// What training found.
pub struct Trained {
    /// `src/claims/weights.rs`, whole.
    pub source: String,
    /// Cross-validation's figures, for a person to read.
    pub report: String,
}

/// One article under one set of actors and quotes: its candidates, each with its features and how well it matches a
/// key claim.
struct View<'a> {
    example: &'a Example,
    document: &'a Document<'a>,
    cues: Vec<Cues>,
    quotes: Vec<Quote>,
    candidates: Vec<Candidate>,
    features: Vec<Vec<f32>>,
    /// The overlap with a key claim of the reference, 0 where it is less than a match.
    labels: Vec<f64>,
    same_actors: bool,
}

impl<'a> View<'a> {
    fn new(example: &'a Example, document: &'a Document<'a>, words: &Words, engine: bool) -> Self {
        let (actors, quotes) = if engine {
            let found = crate::annotate(&example.article).unwrap_or_default();
            (found.actors, found.quotes)
        } else {
            (example.reference.actors.clone(), example.reference.quotes.clone())
        };
        let cues = cues::mark(document);
        let candidates = candidates(document, &cues, &quotes);
        let context = Context::new(document, words, &actors, &quotes, &cues);
        let values = |c: &Candidate| {
            context
                .features(c)
                .into_iter()
                .map(|(_, value)| value)
                .chain(context.topics.of(&c.tokens))
                .collect()
        };
        let features = candidates.iter().map(values).collect();
        let label = |c: &Candidate| {
            let span = document.span(&c.tokens);
            let best =
                example.reference.claims.iter().map(|claim| overlap(claim.span, span)).fold(0.0, f32::max);
            if best >= 0.5 { f64::from(best) } else { 0.0 }
        };
        let labels = candidates.iter().map(label).collect();
        Self { example, document, cues, quotes, candidates, features, labels, same_actors: !engine }
    }

    fn scored(&self, weights: &[f64]) -> Vec<(f32, Candidate)> {
        let score = |features: &Vec<f32>| probability(weights, features) as f32;
        self.features.iter().map(score).zip(self.candidates.iter().cloned()).collect()
    }

    fn judge(&self, scored: Vec<(f32, Candidate)>, threshold: f32, score: &mut Score) {
        let found: Vec<Claim> = best(scored)
            .into_iter()
            .filter(|(s, _)| *s >= threshold)
            .map(|(s, c)| claim(self.document, &self.cues, &self.quotes, &c, s))
            .collect();
        score.add(&self.example.reference.claims, &found, self.same_actors);
    }
}

/// Trains on both views of each article, that of the reference's quotes and that of the engine's, so that the
/// weights hold as the engine's quotes get better; judges on the engine's of `examples`, and learns from `more` too.
///
/// # Errors
/// Where the clusters of words are damaged.
pub fn train(examples: &[Example], more: &[Example]) -> Result<Trained, ModelError> {
    let words = Words::bundled()?;
    let documents: Vec<_> = examples.iter().chain(more).map(|e| Document::new(&e.article)).collect();
    let views = |engine: bool| -> Vec<View> {
        let all = examples.iter().chain(more).zip(&documents);
        all.map(|(e, d)| View::new(e, d, &words, engine)).collect()
    };
    let (mut ideal, mut real) = (views(false), views(true));
    let (more_ideal, more_real) = (ideal.split_off(examples.len()), real.split_off(examples.len()));
    let more: Vec<&View> = more_ideal.iter().chain(&more_real).collect();
    let names = names(&words);
    let size = names.len() + CLUSTERS;
    let mut report = String::new();
    let total: usize = real.iter().map(|r| r.candidates.len()).sum();
    let _ = writeln!(
        report,
        "{} articles, {total} candidates, {size} features, {} more articles",
        real.len(),
        more_real.len()
    );

    // Each article scored by weights that never saw it, under several ways to part the articles.
    let fold_of =
        |division: usize, index: usize| (index * (2 * division + 1)) % examples.len().max(1) % FOLDS;
    let folds: Vec<Vec<Vec<f64>>> = (0..DIVISIONS)
        .map(|division| {
            let weights = |fold: usize| {
                let seen = (0..real.len()).filter(|index| fold_of(division, *index) != fold);
                let seen = seen.flat_map(|index| [&ideal[index], &real[index]]);
                fit(&seen.chain(more.iter().copied()).collect::<Vec<_>>(), size)
            };
            (0..FOLDS).map(weights).collect()
        })
        .collect();
    let held_out = |views: &[View], threshold: f32| {
        let mut score = Score::default();
        for (division, weights) in folds.iter().enumerate() {
            for (index, view) in views.iter().enumerate() {
                view.judge(view.scored(&weights[fold_of(division, index)]), threshold, &mut score);
            }
        }
        score
    };
    let tried: Vec<_> = (10..50).map(|t| t as f32 / 100.0).map(|t| (t, held_out(&real, t).f1())).collect();
    let best = tried.iter().map(|(_, f1)| *f1).fold(0.0, f32::max);
    let threshold = tried.iter().find(|(_, f1)| *f1 >= best - AS_GOOD).map_or(0.25, |(t, _)| *t);
    for t in [-0.06, -0.03, 0.0, 0.03, 0.06] {
        let line = held_out(&real, threshold + t).line();
        let _ = writeln!(report, "cross-validation, threshold {:.2}: {line}", threshold + t);
    }
    let line = held_out(&ideal, threshold).line();
    let _ = writeln!(report, "with the reference's quotes:      {line}");
    let _ = writeln!(report, "every candidate's recall at most: {:.3}", ceiling(&real));

    let weights = fit(&ideal.iter().chain(&real).chain(more).collect::<Vec<_>>(), size);
    let mut score = Score::default();
    for view in &real {
        view.judge(view.scored(&weights), threshold, &mut score);
    }
    let _ = writeln!(report, "on what it was trained on:        {}", score.line());
    Ok(Trained { source: source(&names, &weights, threshold), report })
}

/// The names of the features, in order.
fn names(words: &Words) -> Vec<&'static str> {
    let article = crate::page::Article::from_text("Prices rose again last year.");
    let document = Document::new(&article);
    let cues = cues::mark(&document);
    let context = Context::new(&document, words, &[], &[], &cues);
    let first = candidates(&document, &cues, &[]).first().map(|c| context.features(c));
    first.into_iter().flatten().map(|(name, _)| name).collect()
}

/// The share of reference claims that some candidate matches.
fn ceiling(views: &[View]) -> f32 {
    let (mut found, mut all) = (0, 0);
    for view in views {
        for claim in &view.example.reference.claims {
            all += 1;
            let hit = |c: &Candidate| overlap(view.document.span(&c.tokens), claim.span) >= 0.5;
            found += usize::from(view.candidates.iter().any(hit));
        }
    }
    found as f32 / all.max(1) as f32
}

fn source(names: &[&str], weights: &[f64], threshold: f32) -> String {
    let mut out = String::from(
        "//! The ranker's weights: made by `cargo xtask train`, never by hand.\n\n\
         /// Log-odds that each feature adds, in the order of the features.\n\
         pub const WEIGHTS: &[(&str, f32)] = &[\n",
    );
    for (name, weight) in names.iter().zip(weights) {
        let _ = writeln!(out, "    ({name:?}, {weight:.3}),");
    }
    let _ = writeln!(
        out,
        "];\n\n/// Log-odds that each cluster of words adds, where it stands out.\n\
         #[rustfmt::skip]\npub const TOPICS: &[f32] = &[\n"
    );
    for line in weights.get(names.len()..).unwrap_or_default().chunks(16) {
        let line: Vec<_> = line.iter().map(|weight| format!("{weight:.3}")).collect();
        let _ = writeln!(out, "    {},", line.join(", "));
    }
    let _ = writeln!(
        out,
        "];\n\n/// Candidates that score less are not returned: what gave the best F1 in cross-validation, or next to it.\n\
         pub const THRESHOLD: f32 = {threshold:.2};"
    );
    out
}

/// The weights that tell key claims from the other candidates.
fn fit(views: &[&View], size: usize) -> Vec<f64> {
    let rows = views.iter().flat_map(|view| view.features.iter().zip(&view.labels));
    let rows: Vec<Row> = rows.map(|(features, share)| Row { features, share: *share, weight: 1.0 }).collect();
    logistic::fit(&rows.iter().copied(), size, PENALTY)
}

/// Intersection over union, in bytes.
fn overlap(a: Span, b: Span) -> f32 {
    let both = a.end.min(b.end).saturating_sub(a.start.max(b.start));
    both as f32 / (a.len() + b.len() - both).max(1) as f32
}

/// Counts as `score.py` of the reference set counts.
#[derive(Default)]
struct Score {
    hits: usize,
    found: usize,
    wanted: usize,
    claimant: usize,
    hedged: usize,
    kind: usize,
    ranked: Vec<(f32, bool)>,
}

impl Score {
    fn add(&mut self, reference: &[Claim], found: &[Claim], same_actors: bool) {
        let mut pairs = Vec::new();
        for (i, want) in reference.iter().enumerate() {
            for (j, got) in found.iter().enumerate() {
                let share = overlap(want.span, got.span);
                if share >= 0.5 {
                    pairs.push((share, i, j));
                }
            }
        }
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
        let (mut used, mut hit) = (vec![false; reference.len()], vec![false; found.len()]);
        for (_, i, j) in pairs {
            if used[i] || hit[j] {
                continue;
            }
            (used[i], hit[j]) = (true, true);
            let (want, got) = (&reference[i], &found[j]);
            let who = if same_actors {
                want.claimant == got.claimant
            } else {
                want.claimant.is_some() == got.claimant.is_some()
            };
            self.claimant += usize::from(want.voice == got.voice && (want.voice == Voice::Article || who));
            self.hedged += usize::from(want.hedged == got.hedged);
            self.kind += usize::from(want.kind == got.kind);
        }
        self.hits += hit.iter().filter(|h| **h).count();
        self.found += found.len();
        self.wanted += reference.len();
        self.ranked.extend(found.iter().zip(&hit).map(|(c, h)| (c.score, *h)));
    }

    fn f1(&self) -> f32 {
        2.0 * self.hits as f32 / (self.found + self.wanted).max(1) as f32
    }

    fn line(&self) -> String {
        let mut ranked = self.ranked.clone();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
        let (mut hits, mut ap) = (0, 0.0);
        for (rank, (_, hit)) in ranked.iter().enumerate() {
            if *hit {
                hits += 1;
                ap += hits as f32 / (rank + 1) as f32;
            }
        }
        let of = |n: usize| n as f32 / self.hits.max(1) as f32;
        format!(
            "P {:.3} R {:.3} F1 {:.3}, average precision {:.3}, claimant {:.3}, hedged {:.3}, kind {:.3}",
            self.hits as f32 / self.found.max(1) as f32,
            self.hits as f32 / self.wanted.max(1) as f32,
            self.f1(),
            ap / self.wanted.max(1) as f32,
            of(self.claimant),
            of(self.hedged),
            of(self.kind)
        )
    }
}
