//! Trains the tagger of parts of speech.

use super::corpora::{self, Labelled};
use super::crf::{self, Options, Sequence};
use crate::tagger::{Model, Pos, PosTagger, Words, pos};
use crate::text::Document;
use std::path::Path;

/// What training ends with.
pub struct Trained {
    /// The model's file.
    pub bytes: Vec<u8>,
    /// Accuracy on GUM's development part, all genres but Reddit.
    pub gum: f64,
    /// Agreement with CoreNLP on PolNeAR's development part.
    pub corenlp: f64,
}

/// Trains on GUM's training part and on PolNeAR as CoreNLP tagged it, which counts less.
///
/// # Errors
/// A corpus that can't be read.
pub fn train(corpora: &Path, words: &Words<'_>) -> Result<Trained, String> {
    let silver = |part: &str| {
        let folder = corpora.join("polnear");
        corpora::corenlp(&folder.join(part).join("text"), &folder.join(format!("{part}.corenlp.tsv.gz")))
    };
    let (gum_train, gum_dev): (Vec<_>, Vec<_>) =
        corpora::gum(&corpora.join("gum"))?.into_iter().partition(|(_, held_back)| !held_back);
    let mut sequences = Vec::new();
    gum_train.iter().for_each(|(l, _)| collect(l, words, 1.0, &mut sequences));
    silver("train")?.iter().for_each(|l| collect(l, words, 0.3, &mut sequences));
    let options = Options { epochs: 8, l1: 1.0, min_count: 3, max_rows: 19_000, ..Options::default() };
    let bytes = crf::train("parts of speech", &Pos::NAMES, &sequences, &options, |_, _| true);
    let model = Model::load(&bytes).map_err(|e| e.to_string())?;
    let tagger = PosTagger::new(model, *words).map_err(|e| e.to_string())?;
    let gum = accuracy(&tagger, gum_dev.iter().map(|(l, _)| l));
    let corenlp = accuracy(&tagger, silver("dev")?.iter());
    Ok(Trained { bytes, gum, corenlp })
}

/// The corpus's tag of each of our tokens that is also one of the corpus's.
fn gold(labelled: &Labelled, document: &Document) -> Vec<Option<Pos>> {
    let mut tags = labelled.pos.iter().peekable();
    document
        .tokens
        .iter()
        .map(|token| {
            while tags.next_if(|(span, _)| span.start < token.span.start).is_some() {}
            tags.peek().filter(|(span, _)| *span == token.span).map(|(_, pos)| *pos)
        })
        .collect()
}

fn collect(labelled: &Labelled, words: &Words, weight: f32, out: &mut Vec<Sequence>) {
    let document = Document::new(&labelled.article);
    let gold = gold(labelled, &document);
    let known = pos::Known::of(&document, words);
    for sentence in &document.sentences {
        // A sentence that the corpus cuts up differently has no labels for some of our tokens.
        let Some(labels) = gold[sentence.clone()].iter().copied().collect::<Option<Vec<_>>>() else {
            continue;
        };
        let features = sentence
            .clone()
            .map(|at| {
                let mut features = Vec::new();
                known.features(&document, sentence.start, sentence.end, at, &mut features);
                features
            })
            .collect();
        let gold = labels.iter().map(|p| *p as u8).collect();
        out.push(Sequence { features, gold, weight, ..Sequence::default() });
    }
}

fn accuracy<'a>(tagger: &PosTagger, articles: impl Iterator<Item = &'a Labelled>) -> f64 {
    let (mut right, mut all) = (0_u32, 0_u32);
    for labelled in articles {
        let document = Document::new(&labelled.article);
        for (want, got) in gold(labelled, &document).iter().zip(tagger.tag(&document)) {
            if let Some(want) = want {
                all += 1;
                right += u32::from(*want == got);
            }
        }
    }
    f64::from(right) / f64::from(all.max(1))
}
