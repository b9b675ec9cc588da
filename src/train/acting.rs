//! Trains what tells acting places from others.

use super::crf::{self, Options, Sequence};
use super::random::Random;
use super::reference::{self, Example};
use crate::actors::acting::{LABELS, Scene, decide, rows};
use crate::actors::names::Name;
use crate::annotation::{Kind, Mention};
use crate::tagger::{Analyser, ByHash, Model};
use crate::text::Document;
use std::ops::Range;
use std::path::Path;

/// How often models of parts of the articles were right on the rest.
pub struct Accuracy {
    /// The mean over several divisions of the articles.
    pub mean: f64,
    /// The standard deviation of one division.
    pub spread: f64,
}

/// How many divisions of the articles are tried.
const DIVISIONS: u32 = 24;

/// A place of an article.
#[derive(Clone)]
struct Place {
    sequence: Sequence,
    /// Whether the model isn't asked, as it can't act.
    rests: bool,
    /// Whether it is joined to the place before it.
    joined: bool,
}

/// Trains on our own articles; returns the model's file and what cross-validation in `folds` parts makes of it.
///
/// # Errors
/// Articles that can't be read.
pub fn train(shared: &Path, folds: usize) -> Result<(Vec<u8>, Accuracy), String> {
    let analyser = Analyser::bundled().map_err(|e| e.to_string())?;
    let examples = reference::read(&shared.join("reference/train"))?;
    let seen: Vec<_> = examples.iter().map(|e| read(e, &analyser)).collect();
    let mut articles: Vec<&[Place]> = seen.iter().map(Vec::as_slice).collect();
    let mut random = Random::new(0);
    let mut means = Vec::new();
    for _ in 0..DIVISIONS {
        random.shuffle(&mut articles);
        means.push(validate(&articles, folds)?);
    }
    let mean = means.iter().sum::<f64>() / f64::from(DIVISIONS);
    let variance = means.iter().map(|m| (m - mean).powi(2)).sum::<f64>() / f64::from(DIVISIONS);
    let all: Vec<_> = seen.iter().map(Vec::as_slice).collect();
    Ok((model(&all), Accuracy { mean, spread: variance.sqrt() }))
}

/// The share of places that are right in one division.
fn validate(articles: &[&[Place]], folds: usize) -> Result<f64, String> {
    let of = |fold: usize, held_back: bool| {
        let wanted = move |(i, _): &(usize, &&[Place])| (i % folds == fold) == held_back;
        articles.iter().enumerate().filter(wanted).map(|(_, a)| *a)
    };
    let (mut right, mut all) = (0_u32, 0_u32);
    for fold in 0..folds {
        let bytes = model(&of(fold, false).collect::<Vec<_>>());
        let model = Model::load(&bytes).map_err(|e| e.to_string())?;
        for places in of(fold, true) {
            let probability = |place: &Place| {
                let mut scores = Vec::new();
                model.emit(&place.sequence.features[0], &mut scores);
                if place.rests { 0.0 } else { model.marginals(&scores)[1] }
            };
            let probabilities: Vec<f32> = places.iter().map(probability).collect();
            let joined: Vec<bool> = places.iter().map(|p| p.joined).collect();
            for (place, acts) in places.iter().zip(decide(&probabilities, &joined)) {
                all += 1;
                right += u32::from(acts == (place.sequence.gold == [1]));
            }
        }
    }
    Ok(f64::from(right) / f64::from(all.max(1)))
}

/// A model of what these articles share: features that only one of them has are left out.
fn model(articles: &[&[Place]]) -> Vec<u8> {
    // By hash: the last article that has the feature, and whether another had it before.
    let mut shared: ByHash<(usize, bool)> = ByHash::default();
    for (article, places) in articles.iter().enumerate() {
        for feature in places.iter().flat_map(|p| &p.sequence.features[0]) {
            let entry = shared.entry(feature.key()).or_insert((article, false));
            *entry = (article, entry.1 || entry.0 != article);
        }
    }
    let mut sequences: Vec<_> =
        articles.iter().copied().flatten().filter(|p| !p.rests).map(|p| p.sequence.clone()).collect();
    for sequence in &mut sequences {
        sequence.features[0].retain(|f| shared.get(&f.key()).is_some_and(|(_, twice)| *twice));
    }
    let options =
        Options { epochs: 15, alpha: 0.03, l1: 0.3, min_count: 3, max_rows: 4_000, ..Options::default() };
    crf::train("acting", &LABELS, &sequences, &options, |_, _| true)
}

/// The places of an article, each a sequence of one token.
fn read(example: &Example, analyser: &Analyser) -> Vec<Place> {
    let document = Document::new(&example.article);
    let analysis = analyser.analyse(&document);
    let actors = example.reference.actors.iter().filter(|a| a.kind == Kind::Place);
    let mentions = actors.flat_map(|a| &a.mentions);
    let mut mentions: Vec<_> = mentions.collect();
    mentions.sort_by_key(|m| m.span);
    let names: Vec<_> =
        mentions.iter().map(|m| Name { tokens: document.tokens_in(m.span), kind: Kind::Place }).collect();
    let scene = Scene::new(&analysis, &names);
    let joined = scene.joined(&names);
    let rows = rows(&names, &joined);
    let one = |(((name, mention), joined), row): (((&Name, &&Mention), &bool), &Range<usize>)| {
        let mut seen = Vec::new();
        scene.features(name, row, &mut seen);
        let gold = vec![u8::from(mention.acting)];
        Place {
            sequence: Sequence { features: vec![seen], gold, weight: 1.0, ..Sequence::default() },
            rests: scene.rests(row),
            joined: *joined,
        }
    };
    names.iter().zip(&mentions).zip(&joined).zip(&rows).map(one).collect()
}
