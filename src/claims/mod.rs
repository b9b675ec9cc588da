//! What is claimed, and who vouches for it.
//!
//! Nearly every sentence of news claims something; a reader needs the few that a fact-checker would check first.
//! Every clause is a [candidate](candidates), a logistic regression over [named features](features) that carry
//! over to any topic, and over how its [words](topics) stand out from the article's, scores it, and of candidates
//! that overlap the best is kept.

mod candidates;
mod cues;
mod evidence;
mod features;
mod kind;
mod topics;
#[cfg(feature = "train")]
pub mod training;
#[allow(clippy::approx_constant, reason = "a weight that looks like a constant is none")]
mod weights;

use crate::annotation::{Actor, Claim, Evidence, Quote, Voice};
use crate::page::Part;
use crate::tagger::Words;
use crate::text::Document;
use candidates::Candidate;
use cues::Cues;
use features::Context;

/// Sentences of more tokens than this are no prose, and hold no claim.
const LONGEST_SENTENCE: usize = 160;

/// The claims of an article; no two overlap.
#[derive(Clone, Debug, PartialEq)]
pub struct Claims {
    /// Those to check first, in text order.
    pub key: Vec<Claim>,
    /// The others, in text order.
    pub further: Vec<Claim>,
}

/// The claims of an English article, each with a score to rank by.
pub fn find(document: &Document, words: &Words, actors: &[Actor], quotes: &[Quote]) -> Claims {
    let cues = cues::mark(document);
    let context = Context::new(document, words, actors, quotes, &cues);
    let scored = candidates(document, &cues, quotes)
        .into_iter()
        .map(|candidate| (score(&context, &candidate), candidate))
        .collect();
    let links = evidence::Links::new(document, actors);
    let claims = best(scored).into_iter().map(|(score, candidate)| {
        let claim = claim(document, &cues, quotes, &candidate, score);
        let sentence = document.sentences.get(candidate.sentence).map(|tokens| document.span(tokens));
        let link = sentence.and_then(|sentence| links.beside(claim.span, sentence)).cloned();
        Claim { evidence: Evidence { link, ..claim.evidence }, ..claim }
    });
    let (key, further) = claims.partition(|claim| claim.score >= weights::THRESHOLD);
    Claims { key, further }
}

/// Everything in the article that could be one claim.
fn candidates(document: &Document, cues: &[Cues], quotes: &[Quote]) -> Vec<Candidate> {
    let mut out = Vec::new();
    let quotes = candidates::quotes_of_sentences(document, quotes);
    for (paragraph, sentences) in document.article.paragraphs.iter().zip(&document.paragraphs) {
        if matches!(paragraph.part, Part::Byline | Part::Date | Part::Subhead | Part::Caption) {
            continue;
        }
        for sentence in sentences.clone() {
            let short = document.sentences.get(sentence).is_some_and(|s| s.len() <= LONGEST_SENTENCE);
            if let (true, Some(quotes)) = (short, quotes.get(sentence)) {
                candidates::of_sentence(document, cues, quotes, sentence, &mut out);
            }
        }
    }
    out
}

/// The probability that a candidate is a key claim: the logistic function of its weighted features.
fn score(context: &Context, candidate: &Candidate) -> f32 {
    let features = context.features(candidate);
    let named: f32 =
        features.iter().zip(weights::WEIGHTS).map(|((_, value), (_, weight))| value * weight).sum();
    let topics = context.topics.of(&candidate.tokens);
    let topics: f32 = topics.iter().zip(weights::TOPICS).map(|(value, weight)| value * weight).sum();
    1.0 / (1.0 + libm::expf(-named - topics))
}

/// Of candidates that overlap the best scored one, the best of all first; in text order.
fn best(mut scored: Vec<(f32, Candidate)>) -> Vec<(f32, Candidate)> {
    // A stable sort: of equal scores the earlier and longer-standing candidate wins, always the same.
    scored.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    let end = scored.iter().map(|(_, c)| c.tokens.end).max().unwrap_or(0);
    let mut taken = vec![false; end];
    scored.retain(|(_, candidate)| {
        let place = &mut taken[candidate.tokens.clone()];
        let free = !place.contains(&true);
        if free {
            place.fill(true);
        }
        free
    });
    scored.sort_by_key(|(_, candidate)| candidate.tokens.start);
    scored
}

/// Says about a candidate what a claim tells.
fn claim(document: &Document, cues: &[Cues], quotes: &[Quote], candidate: &Candidate, score: f32) -> Claim {
    let quote = candidate.quote.and_then(|index| quotes.get(index));
    let hedge = kind::hedge(document, cues, &candidate.tokens, quote);
    Claim {
        span: document.span(&candidate.tokens),
        voice: if quote.is_some() { Voice::Attributed } else { Voice::Article },
        claimant: quote.and_then(|q| q.speaker),
        kind: kind::kind(document, cues, &candidate.tokens, quote),
        hedged: hedge.is_some(),
        hedge: hedge.map(|tokens| document.span(&tokens)),
        evidence: Evidence { source: quote.and_then(|q| q.source), link: None },
        score,
    }
}

#[cfg(test)]
mod tests;
