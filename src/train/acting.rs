//! Trains what tells acting places from others.

use super::crf::{self, Options, Sequence};
use super::reference::{self, Example};
use crate::actors::acting::{LABELS, acts, features};
use crate::actors::names::Name;
use crate::annotation::Kind;
use crate::tagger::{Model, PosTagger, Words};
use crate::text::Document;
use std::path::Path;

/// Trains on our own articles; returns the model's file, and how often models of parts of the articles were right on
/// the rest, in `folds` parts.
///
/// # Errors
/// Articles that can't be read.
pub fn train(shared: &Path, folds: usize) -> Result<(Vec<u8>, f64), String> {
    let words = Words::bundled().map_err(|e| e.to_string())?;
    let tagger = PosTagger::bundled().map_err(|e| e.to_string())?;
    let examples = reference::read(&shared.join("reference/train"))?;
    let (mut right, mut all) = (0_u32, 0_u32);
    for fold in 0..folds {
        let of = |held_back: bool| {
            examples.iter().enumerate().filter(move |(i, _)| (i % folds == fold) == held_back)
        };
        let sequences: Vec<_> = of(false).flat_map(|(_, e)| sequences(e, &tagger, &words)).collect();
        let bytes = model(&sequences);
        let model = Model::load(&bytes).map_err(|e| e.to_string())?;
        for (_, example) in of(true) {
            let document = Document::new(&example.article);
            let pos = tagger.tag(&document);
            for (name, acting) in places(example, &document) {
                all += 1;
                right += u32::from(acts(&model, &document, &pos, &words, &name) == acting);
            }
        }
    }
    let sequences: Vec<_> = examples.iter().flat_map(|e| sequences(e, &tagger, &words)).collect();
    Ok((model(&sequences), f64::from(right) / f64::from(all.max(1))))
}

fn model(sequences: &[Sequence]) -> Vec<u8> {
    let options =
        Options { epochs: 20, alpha: 0.05, l1: 0.3, min_count: 2, max_rows: 4_000, ..Options::default() };
    crf::train("acting", &LABELS, sequences, &options, |_, _| true)
}

fn places(example: &Example, document: &Document) -> Vec<(Name, bool)> {
    let actors = example.reference.actors.iter().filter(|a| a.kind == Kind::Place);
    let mentions = actors.flat_map(|a| &a.mentions);
    mentions.map(|m| (Name { tokens: document.tokens_in(m.span), kind: Kind::Place }, m.acting)).collect()
}

fn sequences(example: &Example, tagger: &PosTagger, words: &Words) -> Vec<Sequence> {
    let document = Document::new(&example.article);
    let pos = tagger.tag(&document);
    let one = |(name, acting)| {
        let mut seen = Vec::new();
        features(&document, &pos, words, &name, &mut seen);
        Sequence { features: vec![seen], gold: vec![u8::from(acting)], weight: 1.0, ..Sequence::default() }
    };
    places(example, &document).into_iter().map(one).collect()
}
