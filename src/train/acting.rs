//! Trains what tells acting places from others.

use super::crf::{self, Options, Sequence};
use super::reference::{self, Example};
use crate::actors::acting::{LABELS, Scene};
use crate::actors::names::Name;
use crate::annotation::Kind;
use crate::tagger::{Analyser, Model};
use crate::text::Document;
use std::path::Path;

/// Trains on our own articles; returns the model's file, and how often models of parts of the articles were right on
/// the rest, in `folds` parts.
///
/// # Errors
/// Articles that can't be read.
pub fn train(shared: &Path, folds: usize) -> Result<(Vec<u8>, f64), String> {
    let analyser = Analyser::bundled().map_err(|e| e.to_string())?;
    let examples = reference::read(&shared.join("reference/train"))?;
    let seen: Vec<_> = examples.iter().map(|e| read(e, &analyser)).collect();
    let of = |fold: usize, held_back: bool| {
        seen.iter().enumerate().filter(move |(i, _)| (i % folds == fold) == held_back).flat_map(|(_, s)| s)
    };
    let (mut right, mut all) = (0_u32, 0_u32);
    for fold in 0..folds {
        let bytes = model(&of(fold, false).cloned().collect::<Vec<_>>());
        let model = Model::load(&bytes).map_err(|e| e.to_string())?;
        for place in of(fold, true) {
            let mut scores = Vec::new();
            model.emit(&place.features[0], &mut scores);
            all += 1;
            right += u32::from(model.decode(&scores) == place.gold);
        }
    }
    let sequences: Vec<_> = seen.into_iter().flatten().collect();
    Ok((model(&sequences), f64::from(right) / f64::from(all.max(1))))
}

fn model(sequences: &[Sequence]) -> Vec<u8> {
    let options =
        Options { epochs: 15, alpha: 0.03, l1: 0.3, min_count: 3, max_rows: 4_000, ..Options::default() };
    crf::train("acting", &LABELS, sequences, &options, |_, _| true)
}

/// The places of an article, each a sequence of one token.
fn read(example: &Example, analyser: &Analyser) -> Vec<Sequence> {
    let document = Document::new(&example.article);
    let analysis = analyser.analyse(&document);
    let actors = example.reference.actors.iter().filter(|a| a.kind == Kind::Place);
    let mentions = actors.flat_map(|a| &a.mentions);
    let (names, acting): (Vec<_>, Vec<_>) =
        mentions.map(|m| (Name { tokens: document.tokens_in(m.span), kind: Kind::Place }, m.acting)).unzip();
    let scene = Scene::new(&analysis, &names);
    let one = |(name, acting): (&Name, bool)| {
        let mut seen = Vec::new();
        scene.features(name, &mut seen);
        Sequence { features: vec![seen], gold: vec![u8::from(acting)], weight: 1.0, ..Sequence::default() }
    };
    names.iter().zip(acting).map(one).collect()
}
