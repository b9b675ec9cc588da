//! Attributions by two networks: the first reads a stretch of text and finds its cues, the second looks from each
//! cue for its source and content.

use super::attribution::Attribution;
use super::fields::{ARGUMENT_FIELDS, TOKEN_FIELDS, argument_fields, token_fields};
use super::judge::{Candidate, Share};
use super::view::{Convention, View};
use crate::tagger::{ModelError, Network};
use crate::text::Document;
use std::ops::Range;

/// Labels of the network of cues.
pub const CUE_LABELS: [&str; 3] = ["O", "B-cue", "I-cue"];
/// Labels of the network of arguments.
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

/// How many tokens are read as one stretch, at most. Paragraphs of news are shorter.
const STRETCH: usize = 400;

/// The two networks.
pub struct Models<'a> {
    cues: Network<'a>,
    arguments: Network<'a>,
    convention: Convention,
}

impl Models<'static> {
    /// The models that the engine holds.
    ///
    /// # Errors
    /// Where their weights are damaged.
    pub fn bundled() -> Result<Self, ModelError> {
        Models::new(
            Network::load(include_bytes!("../../models/quotes-cues.bin"))?,
            Network::load(include_bytes!("../../models/quotes-arguments.bin"))?,
        )
    }
}

impl<'a> Models<'a> {
    /// These models.
    ///
    /// # Errors
    /// Where a network's labels or fields are others, or they don't fit each other.
    pub fn new(cues: Network<'a>, arguments: Network<'a>) -> Result<Self, ModelError> {
        let labels = cues.labels() == CUE_LABELS && arguments.labels() == ARGUMENT_LABELS;
        let fields = cues.takes() == (TOKEN_FIELDS, false) && arguments.takes() == (ARGUMENT_FIELDS, true);
        if !labels || !fields || cues.width() != arguments.width() {
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
        let mut is_cue = vec![false; document.tokens.len()];
        let mut budget = EFFORT * document.tokens.len() + 1000;
        let mut found = Vec::new();
        for stretch in stretches(document) {
            let fields: Vec<u32> =
                stretch.clone().flat_map(|at| token_fields(view, at, self.convention)).collect();
            let states = self.cues.read(&fields, &[]);
            let cues = self.mark(document, &stretch, &self.cues.score(&states));
            for (cue, _) in &cues {
                is_cue.iter_mut().take(cue.end).skip(cue.start).for_each(|c| *c = true);
            }
            for (cue, chance) in cues {
                let window = clip(&view.window(&cue), &stretch);
                let Some(rest) = budget.checked_sub(window.len()) else { return found };
                budget = rest;
                let width = self.cues.width();
                let range = |at: usize| (at - stretch.start) * width;
                let states = states.get(range(window.start)..range(window.end)).unwrap_or_default();
                if let Some((attribution, shares)) =
                    self.arguments(document, view, cue, &window, states, &is_cue)
                {
                    found.push(Candidate { attribution, chance, window, shares });
                }
            }
        }
        found
    }

    /// The cues of a stretch, with their probabilities. None reaches over a sentence's end.
    fn mark(&self, document: &Document, stretch: &Range<usize>, scores: &[f32]) -> Vec<(Range<usize>, f32)> {
        let mut cues: Vec<(Range<usize>, f32)> = Vec::new();
        let chances = self.cues.chain().marginals(scores);
        let mut open = false;
        for (at, chance) in stretch.clone().zip(chances.chunks_exact(CUE_LABELS.len())) {
            let (begins, inside) = (chance[1], chance[2]);
            if begins >= THRESHOLD && begins >= inside {
                cues.push((at..at + 1, begins));
                open = true;
            } else if open && inside > chance[0] && inside > begins {
                if let Some((cue, _)) = cues
                    .last_mut()
                    .filter(|(cue, _)| document.sentence_of(cue.start) == document.sentence_of(at))
                {
                    cue.end = at + 1;
                }
            } else {
                open = false;
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
        states: &[f32],
        is_cue: &[bool],
    ) -> Option<(Attribution, Vec<Share>)> {
        let fields = argument_fields(view, &cue, window, is_cue);
        let mut emissions = self.arguments.score(&self.arguments.read(&fields, states));
        // A cue's own words are neither source nor content.
        for at in cue.clone().filter(|at| window.contains(at)) {
            let row = (at - window.start) * ARGUMENT_LABELS.len();
            emissions.iter_mut().take(row + ARGUMENT_LABELS.len()).skip(row + 1).for_each(|e| *e = NEVER);
        }
        let (mut sources, mut content) = pieces(window, &self.arguments.chain().decode(&emissions));
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
            let pushed = pieces(window, &self.arguments.chain().decode(&emissions));
            if content.is_empty() || !pushed.1.is_empty() {
                (sources, content) = pushed;
            }
        }
        if content.is_empty() {
            return None;
        }
        let source = subject(document, &cue, &sources);
        let shares = self.arguments.chain().marginals(&emissions);
        let shares = (shares.chunks_exact(ARGUMENT_LABELS.len()))
            .map(|row| Share { content: [row[3], row[3] + row[4]], source: [row[1], row[1] + row[2]] })
            .collect();
        Some((Attribution { cue, source, content }, shares))
    }
}

/// What is read at a time: paragraphs, and of longer ones as many sentences as fit.
pub fn stretches(document: &Document) -> Vec<Range<usize>> {
    let mut stretches: Vec<Range<usize>> = Vec::new();
    for paragraph in &document.paragraphs {
        let mut open = false;
        for sentence in document.sentences.get(paragraph.clone()).unwrap_or_default() {
            match stretches.last_mut() {
                Some(last) if open && sentence.end - last.start <= STRETCH => last.end = sentence.end,
                _ => stretches
                    .extend((sentence.clone().step_by(STRETCH)).map(|at| at..sentence.end.min(at + STRETCH))),
            }
            open = true;
        }
    }
    stretches
}

/// What of `window` lies in `stretch`.
pub fn clip(window: &Range<usize>, stretch: &Range<usize>) -> Range<usize> {
    let clip = |at: usize| at.clamp(stretch.start, stretch.end);
    clip(window.start)..clip(window.end)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Article;
    use proptest::prelude::*;

    proptest! {
        /// Every token is in one stretch, in order, and none is too long.
        #[test]
        fn stretches_hold_every_token_once(
            words in prop::collection::vec(prop::sample::select(vec!["rain", "fell.", "“so", "it” ", "\n\n"]), 0..3000),
        ) {
            let article = Article::from_text(&words.join(" "));
            let document = Document::new(&article);
            let mut at = 0;
            for stretch in stretches(&document) {
                prop_assert!(stretch.start == at && stretch.end > at && stretch.len() <= STRETCH);
                at = stretch.end;
            }
            prop_assert_eq!(at, document.tokens.len());
        }
    }
}
