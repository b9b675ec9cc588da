//! Trains the judge of quotes on what models that never saw an article find in it.

use super::crf::{self, Options, Sequence};
use super::quotes::{Example, golds};
use crate::quotes::training::{
    Attribution, Bare, Convention, JUDGE_LABELS, Judge, Models, Side, View, arrange, bare_features,
    candidates, edge_features, edges, form, go_round, quotations, source_features, sources, whole_features,
};
use crate::tagger::{Analyser, Feature, Model};
use crate::text::{Document, Shape};
use std::ops::Range;

/// Trains the judge on pairs of an article and the models to read it with, which must not have learned from it.
///
/// # Errors
/// Weights of the layers below that can't be read.
pub fn train(examples: &[(&Example, &Models)]) -> Result<Vec<u8>, String> {
    let analyser = Analyser::bundled().map_err(|e| e.to_string())?;
    let options = Options { epochs: 8, l1: 0.5, min_count: 3, max_rows: 40_000, ..Options::default() };
    let learn = |rows: &[Sequence]| crf::train("judge", &JUDGE_LABELS, rows, &options, |_, _| true);
    let mut rows = Vec::new();
    for (example, models) in examples {
        let document = Document::new(&example.article);
        let analysis = analyser.analyse(&document);
        let quotations = quotations(&document);
        let outer: Vec<_> = quotations.iter().filter(|q| q.depth == 0).collect();
        let view = View::new(&analysis, &quotations);
        let golds = golds(&document, &example.attributions);
        for candidate in candidates(&view, models, None, &outer) {
            let Some(gold) = partner(&candidate.attribution, &golds) else { continue };
            let right =
                |source: &Option<Range<usize>>| is_source(&document, source.as_ref(), &golds[gold].source);
            let choice = sources(&view, &candidate);
            if choice.iter().any(right) {
                for source in &choice {
                    let mut features = Vec::new();
                    source_features(&view, &candidate, source.as_ref(), &mut features);
                    rows.push(row(features, right(source), example));
                }
            }
            for piece in 0..candidate.attribution.content.len() {
                for side in [Side::Start, Side::End] {
                    let right = |at: usize| golds[gold].content.iter().any(|g| same(&document, g, side, at));
                    let places = edges(&view, &candidate, piece, side);
                    if !places.iter().any(|(at, _)| right(*at)) {
                        continue;
                    }
                    for (at, _) in places {
                        let mut features = Vec::new();
                        edge_features(&view, &candidate, piece, side, at, &mut features);
                        rows.push(row(features, right(at), example));
                    }
                }
            }
        }
    }
    let bytes = learn(&rows);
    let first = Judge::new(Model::load(&bytes).map_err(|e| e.to_string())?).map_err(|e| e.to_string())?;
    for (example, models) in examples {
        let document = Document::new(&example.article);
        let analysis = analyser.analyse(&document);
        let quotations = quotations(&document);
        let outer: Vec<_> = quotations.iter().filter(|q| q.depth == 0).collect();
        let view = View::new(&analysis, &quotations);
        let golds = golds(&document, &example.attributions);
        let found = candidates(&view, models, Some(&first), &outer);
        // Each gold quote makes one candidate right: the one with its cue, or the nearest.
        let mut pairs = Vec::new();
        for (i, candidate) in found.iter().enumerate() {
            for (j, gold) in golds.iter().enumerate() {
                let share = overlap(&candidate.attribution.content, &gold.content);
                if share >= 0.5 {
                    let cue = gold.cue.as_ref().is_some_and(|c| meets(c, &candidate.attribution.cue));
                    pairs.push((cue, share, i, j));
                }
            }
        }
        pairs.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.total_cmp(&a.1)));
        let (mut right, mut taken) = (vec![false; found.len()], vec![false; golds.len()]);
        for (_, _, i, j) in pairs {
            if !right[i] && !taken[j] {
                (right[i], taken[j]) = (true, true);
            }
        }
        for (candidate, right) in found.iter().zip(&right) {
            let mut features = Vec::new();
            whole_features(&view, candidate, form(&candidate.attribution.content, &outer), &mut features);
            rows.push(row(features, *right, example));
        }
        let mut accepted: Vec<Attribution> = found
            .into_iter()
            .zip(right)
            .filter(|(c, r)| *r || c.chance > 0.5)
            .map(|(c, _)| c.attribution)
            .collect();
        arrange(&document, &mut accepted);
        go_round(&view, &outer, &mut accepted, |bare: &Bare| {
            let content = [bare.tokens.clone()];
            let right = golds.iter().any(|g| {
                overlap(&content, &g.content) >= 0.5
                    || g.content.iter().any(|c| overlap(&content, std::slice::from_ref(c)) >= 0.8)
            });
            let mut features = Vec::new();
            bare_features(&view, bare, &mut features);
            rows.push(row(features, right, example));
            false
        });
    }
    Ok(learn(&rows))
}

fn row(features: Vec<Feature>, right: bool, example: &Example) -> Sequence {
    Sequence {
        features: vec![features],
        gold: vec![u8::from(right)],
        weight: 1.0,
        corpus: u64::from(example.convention != Convention::Own),
        ..Sequence::default()
    }
}

/// A quote as it should be found.
pub struct Gold {
    /// Its cue.
    pub cue: Option<Range<usize>>,
    /// Its content.
    pub content: Vec<Range<usize>>,
    /// Its source.
    pub source: Vec<Range<usize>>,
}

fn meets(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Intersection over union, in tokens.
fn overlap(a: &[Range<usize>], b: &[Range<usize>]) -> f32 {
    let both: usize = a
        .iter()
        .flat_map(|x| b.iter().map(move |y| x.end.min(y.end).saturating_sub(x.start.max(y.start))))
        .sum();
    let size = |list: &[Range<usize>]| list.iter().map(ExactSizeIterator::len).sum::<usize>();
    both as f32 / (size(a) + size(b) - both).max(1) as f32
}

/// The quote that an attribution is meant for: that with its cue, or the one with most of its content.
fn partner(attribution: &Attribution, golds: &[Gold]) -> Option<usize> {
    let share = |i: &usize| overlap(&attribution.content, &golds[*i].content);
    let with_cue = (0..golds.len())
        .filter(|&i| golds[i].cue.as_ref().is_some_and(|c| meets(c, &attribution.cue)))
        .max_by(|a, b| share(a).total_cmp(&share(b)));
    with_cue
        .filter(|i| share(i) > 0.0)
        .or_else(|| (0..golds.len()).filter(|i| share(i) >= 0.5).max_by(|a, b| share(a).total_cmp(&share(b))))
}

/// The gold piece has its edge at `at`, marks aside.
fn same(document: &Document, gold: &Range<usize>, side: Side, at: usize) -> bool {
    let word = |i: &usize| document.tokens.get(*i).is_some_and(|t| t.shape != Shape::Mark);
    match side {
        Side::Start => gold.clone().find(word) == (at..gold.end.max(at)).find(word) && at < gold.end,
        Side::End => {
            gold.clone().rev().find(word) == (gold.start.min(at)..at).rev().find(word) && at > gold.start
        }
    }
}

/// The source is one of the gold ones, marks aside, or there is none where none should be.
fn is_source(document: &Document, source: Option<&Range<usize>>, golds: &[Range<usize>]) -> bool {
    match source {
        Some(s) => golds
            .iter()
            .any(|g| same(document, g, Side::Start, s.start) && same(document, g, Side::End, s.end)),
        None => golds.is_empty(),
    }
}
