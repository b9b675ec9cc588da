//! Names: which tokens are names, and of what kind.
//!
//! A linear-chain model looks at every stretch of tokens that could hold a name (a stretch begins and ends with a
//! capital, so most of a text is never looked at), twice. The first time it sees the words around; the second time
//! also what the first made of the same words elsewhere in the article (after Krishnan and Manning 2006, "An
//! effective two-stage model for exploiting non-local dependencies in named entity recognition"), so that a name
//! once seen in full decides its later surname, in the headline too.

mod evidence;
mod features;
mod known;
mod recall;
mod settle;
mod sift;

pub(crate) use evidence::Evidence;
pub(crate) use features::View;
pub(crate) use known::Known;

use super::lexicon;
use crate::annotation::Kind;
use crate::tagger::{Model, ModelError, Pos, Words};
use crate::text::{Document, is_hyphen};
use std::ops::Range;

/// A name in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// What it names.
    pub kind: Kind,
}

impl Name {
    /// A body's abbreviation in brackets of its own: "(SPD)".
    pub fn is_bracketed(&self, document: &Document) -> bool {
        let capitals = document.word(self.tokens.start).chars().filter(|c| c.is_uppercase()).count();
        let mark = |at: Option<usize>| at.map_or("", |at| document.word(at));
        let brackets = (mark(self.tokens.start.checked_sub(1)), mark(Some(self.tokens.end)));
        self.kind == Kind::Organisation && self.tokens.len() == 1 && capitals > 1 && brackets == ("(", ")")
    }
}

/// The models' labels: outside, and the beginning and inside of each kind.
pub const LABELS: [&str; 9] = [
    "O",
    "B-person",
    "I-person",
    "B-organisation",
    "I-organisation",
    "B-place",
    "I-place",
    "B-group",
    "I-group",
];

/// The kinds in the order of [`LABELS`].
pub const KINDS: [Kind; 4] = [Kind::Person, Kind::Organisation, Kind::Place, Kind::Group];

/// Finds names.
pub struct Tagger<'a> {
    first: Model<'a>,
    second: Model<'a>,
    words: Words<'a>,
    known: Known,
}

impl Tagger<'static> {
    /// The tagger that the engine holds.
    ///
    /// # Errors
    /// Where its weights are damaged.
    pub fn bundled() -> Result<Self, ModelError> {
        Self::new(
            Model::load(include_bytes!("../../../models/names.bin"))?,
            Model::load(include_bytes!("../../../models/names2.bin"))?,
            Words::bundled()?,
        )
    }
}

impl<'a> Tagger<'a> {
    /// A tagger of these weights.
    ///
    /// # Errors
    /// Where a model's labels aren't [`LABELS`].
    pub fn new(first: Model<'a>, second: Model<'a>, words: Words<'a>) -> Result<Self, ModelError> {
        if first.labels() == LABELS && second.labels() == LABELS {
            Ok(Self { first, second, words, known: Known::new() })
        } else {
            Err(ModelError::Content)
        }
    }

    /// What everybody knows.
    pub fn known(&self) -> &Known {
        &self.known
    }

    /// What the first model alone finds; for measuring.
    #[cfg(feature = "train")]
    pub(crate) fn find_once(&self, document: &Document, pos: &[Pos]) -> Vec<Name> {
        let view = View::new(document, pos, &self.words, &self.known);
        let mut out = Vec::new();
        for (stretch, emissions) in view.stretches.iter().zip(first_pass(&self.first, &view)) {
            names(&self.first.decode(&emissions), stretch.start, &mut out);
        }
        out
    }

    /// Every name of `document`, in text order; `pos` is the part of speech of each token.
    pub fn find(&self, document: &Document, pos: &[Pos]) -> Vec<Name> {
        let view = View::new(document, pos, &self.words, &self.known);
        let emissions = first_pass(&self.first, &view);
        let marginals: Vec<_> = emissions.iter().map(|e| self.first.marginals(e)).collect();
        let evidence = Evidence::gather(&view, &marginals);
        let mut out = Vec::new();
        let (mut features, mut scores) = (Vec::new(), Vec::new());
        for (index, stretch) in view.stretches.iter().enumerate() {
            scores.clear();
            for at in stretch.clone() {
                features.clear();
                evidence.features(&view, index, at, &mut features);
                self.second.emit(&features, &mut scores);
            }
            scores.iter_mut().zip(&emissions[index]).for_each(|(s, e)| *s += e);
            names(&self.second.decode(&scores), stretch.start, &mut out);
        }
        settle::settle(&view, &mut out);
        out
    }
}

/// Part of a hyphenated word that is no name: "Hamas-led", "pro-Kremlin", "India-Pakistan".
fn in_compound(document: &Document, name: &Range<usize>) -> bool {
    let glued = |at: usize| document.tokens.get(at).is_some_and(|t| t.glued);
    let hyphen = |at: usize| document.word(at).chars().next().is_some_and(is_hyphen);
    let after = hyphen(name.end) && glued(name.end) && glued(name.end + 1);
    let before = name.start.checked_sub(2).is_some_and(|at| {
        hyphen(at + 1)
            && glued(at + 1)
            && glued(name.start)
            && !lexicon::is_particle(&document.word(at).to_lowercase())
    });
    after || before
}

/// The first model's scores for each stretch of the view.
pub(crate) fn first_pass(model: &Model, view: &View) -> Vec<Vec<f32>> {
    let mut features = Vec::new();
    view.stretches
        .iter()
        .map(|stretch| {
            let mut emissions = Vec::with_capacity(stretch.len() * LABELS.len());
            for at in stretch.clone() {
                features.clear();
                view.features(at, &mut features);
                model.emit(&features, &mut emissions);
            }
            emissions
        })
        .collect()
}

/// Reads the names off the labels of the tokens from `start` on.
pub(crate) fn names(labels: &[u8], start: usize, out: &mut Vec<Name>) {
    let mut open = false;
    for (at, &label) in (start..).zip(labels) {
        let begins = label % 2 == 1;
        match (label.checked_sub(1).and_then(|l| KINDS.get(usize::from(l / 2))), out.last_mut()) {
            (Some(&kind), Some(name)) if open && !begins && name.kind == kind => name.tokens.end = at + 1,
            (Some(&kind), _) => out.push(Name { tokens: at..at + 1, kind }),
            (None, _) => {}
        }
        open = label != 0;
    }
}
