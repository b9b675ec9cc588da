//! Attributions by trained models: first the cues of each sentence, then, seen from each cue, its source and
//! content.

use super::attribution::Attribution;
use super::features::{Convention, View};
use super::judge::{Candidate, Share};
use crate::tagger::{Model, ModelError};
use crate::text::Document;
use std::ops::Range;

/// Labels of the model of cues.
pub const CUE_LABELS: [&str; 3] = ["O", "B-cue", "I-cue"];
/// Labels of the model of arguments.
pub const ARGUMENT_LABELS: [&str; 5] = ["O", "B-source", "I-source", "B-content", "I-content"];

/// A cue is looked at from this probability on; the judge has the last word.
const THRESHOLD: f32 = 0.2;

/// A score that no label survives.
const NEVER: f32 = -1e4;

/// How many tokens are looked at from cues for each token of an article, at most. Prose takes far fewer; what is
/// made of nothing but cues and marks is given up.
const EFFORT: usize = 12;

/// How much likelier content is made at a time.
const PUSH: f32 = 1.2;

/// The two models.
pub struct Models<'a> {
    cues: Model<'a>,
    arguments: Model<'a>,
    convention: Convention,
}

impl Models<'static> {
    /// The models that the engine holds.
    ///
    /// # Errors
    /// Where their weights are damaged.
    pub fn bundled() -> Result<Self, ModelError> {
        Models::new(
            Model::load(include_bytes!("../../models/quotes-cues.bin"))?,
            Model::load(include_bytes!("../../models/quotes-arguments.bin"))?,
        )
    }
}

impl<'a> Models<'a> {
    /// These models.
    ///
    /// # Errors
    /// Where a model's labels are others.
    pub fn new(cues: Model<'a>, arguments: Model<'a>) -> Result<Self, ModelError> {
        if cues.labels() != CUE_LABELS || arguments.labels() != ARGUMENT_LABELS {
            return Err(ModelError::Content);
        }
        Ok(Self { cues, arguments, convention: Convention::Own })
    }

    /// The same models in another convention.
    #[cfg(feature = "train")]
    #[must_use]
    pub fn following(self, convention: Convention) -> Self {
        Self { convention, ..self }
    }

    /// Every attribution of the article, in order of its cue.
    pub fn find(&self, document: &Document, view: &View) -> Vec<Candidate> {
        let cues = self.cues(document, view);
        let mut is_cue = vec![false; document.tokens.len()];
        for (cue, _) in &cues {
            is_cue.iter_mut().take(cue.end).skip(cue.start).for_each(|c| *c = true);
        }
        let mut budget = EFFORT * document.tokens.len() + 1000;
        let affordable = cues.into_iter().map_while(|(cue, chance)| {
            let window = view.window(&cue);
            budget = budget.checked_sub(window.len())?;
            Some((cue, chance, window))
        });
        affordable
            .filter_map(|(cue, chance, window)| {
                let (attribution, shares) = self.arguments(document, view, cue, &window, &is_cue)?;
                Some(Candidate { attribution, chance, window, shares })
            })
            .collect()
    }

    /// The cues, with their probabilities.
    fn cues(&self, document: &Document, view: &View) -> Vec<(Range<usize>, f32)> {
        let mut cues: Vec<(Range<usize>, f32)> = Vec::new();
        let (mut features, mut emissions) = (Vec::with_capacity(64), Vec::new());
        for sentence in &document.sentences {
            emissions.clear();
            for at in sentence.clone() {
                features.clear();
                view.cue_features(sentence, at, self.convention, &mut features);
                self.cues.emit(&features, &mut emissions);
            }
            let chances = self.cues.marginals(&emissions);
            let mut open = false;
            for (at, chance) in sentence.clone().zip(chances.chunks_exact(CUE_LABELS.len())) {
                let (begins, inside) = (chance[1], chance[2]);
                if begins >= THRESHOLD && begins >= inside {
                    cues.push((at..at + 1, begins));
                    open = true;
                } else if open && inside > chance[0] && inside > begins {
                    if let Some((cue, _)) = cues.last_mut() {
                        cue.end = at + 1;
                    }
                } else {
                    open = false;
                }
            }
        }
        cues
    }

    fn arguments(
        &self,
        document: &Document,
        view: &View,
        cue: Range<usize>,
        window: &Range<usize>,
        is_cue: &[bool],
    ) -> Option<(Attribution, Vec<Share>)> {
        let mut emissions = Vec::with_capacity(window.len() * ARGUMENT_LABELS.len());
        view.argument_features(&cue, window, is_cue, self.convention, |features| {
            self.arguments.emit(features, &mut emissions);
        });
        // A cue's own words are neither source nor content.
        for at in cue.clone().filter(|at| window.contains(at)) {
            let row = (at - window.start) * ARGUMENT_LABELS.len();
            emissions.iter_mut().take(row + ARGUMENT_LABELS.len()).skip(row + 1).for_each(|e| *e = NEVER);
        }
        let (mut sources, mut content) = pieces(window, &self.arguments.decode(&emissions));
        // A cue attributes something to somebody: where the best labels say nothing, they are made likelier.
        let passive = is_passive(document, &cue);
        for _ in 0..2 {
            let lacks_source = sources.is_empty() && !passive;
            if !content.is_empty() && !lacks_source {
                break;
            }
            for row in emissions.chunks_exact_mut(ARGUMENT_LABELS.len()) {
                row.iter_mut().skip(3).filter(|_| content.is_empty()).for_each(|e| *e += PUSH);
                row.iter_mut().skip(1).take(2).filter(|_| lacks_source).for_each(|e| *e += PUSH);
            }
            let pushed = pieces(window, &self.arguments.decode(&emissions));
            if content.is_empty() || !pushed.1.is_empty() {
                (sources, content) = pushed;
            }
        }
        if content.is_empty() {
            return None;
        }
        let source = subject(document, &cue, &sources);
        let shares = self.arguments.marginals(&emissions);
        let shares = (shares.chunks_exact(ARGUMENT_LABELS.len()))
            .map(|row| Share { content: [row[3], row[3] + row[4]], source: [row[1], row[1] + row[2]] })
            .collect();
        Some((Attribution { cue, source, content }, shares))
    }
}

/// The cue is passive, or near a form of "be" that may make it so.
pub fn is_passive(document: &Document, cue: &Range<usize>) -> bool {
    (cue.start.saturating_sub(2)..cue.end).any(|at| {
        matches!(document.word(at), "is" | "are" | "was" | "were" | "be" | "been" | "being" | "’s" | "'s")
    })
}

/// Of several sources the one right behind the cue, else the first before it in its sentence (what stands between
/// describes it), else the nearest.
fn subject(document: &Document, cue: &Range<usize>, sources: &[Range<usize>]) -> Option<Range<usize>> {
    let sentence =
        document.sentences.get(document.sentence_of(cue.start)).cloned().unwrap_or_else(|| cue.clone());
    let behind = sources.iter().find(|s| s.start >= cue.end && s.start < cue.end + 3);
    let before = || sources.iter().find(|s| s.start >= sentence.start && s.end <= cue.start);
    let far = |s: &Range<usize>| cue.start.saturating_sub(s.end) + s.start.saturating_sub(cue.end);
    behind.or_else(before).or_else(|| sources.iter().min_by_key(|s| far(s))).cloned()
}

/// The sources and the pieces of content that `labels` mark in `window`.
fn pieces(window: &Range<usize>, labels: &[u8]) -> (Vec<Range<usize>>, Vec<Range<usize>>) {
    let (mut sources, mut content): (Vec<Range<usize>>, Vec<Range<usize>>) = (Vec::new(), Vec::new());
    for (at, label) in window.clone().zip(labels) {
        let list = match label {
            1 | 2 => &mut sources,
            3 | 4 => &mut content,
            _ => continue,
        };
        match list.last_mut().filter(|piece| piece.end == at && matches!(label, 2 | 4)) {
            Some(piece) => piece.end = at + 1,
            None => list.push(at..at + 1),
        }
    }
    (sources, content)
}
