//! What sort of statement a claim is, and the words that qualify it.

use super::cues::{Cue, Cues};
use crate::annotation::{ClaimKind, Quote};
use crate::text::Document;
use std::ops::Range;

/// The kind of the claim on `tokens`, made in `quote` where it is attributed.
pub fn kind(document: &Document, cues: &[Cues], tokens: &Range<usize>, quote: Option<&Quote>) -> ClaimKind {
    let has = |cue: Cue| cues.get(tokens.clone()).is_some_and(|c| c.iter().any(|c| c.has(cue)));
    let verb = quote.and_then(|q| q.cue).map(|span| document.tokens_in(span)).unwrap_or_default();
    let verb_has = |cue: Cue| verb.clone().any(|at| cues.get(at).is_some_and(|c| c.has(cue)));
    let told = |at: usize| document.word(at).to_lowercase();
    let ranks = tokens.clone().any(|at| {
        let is_superlative = cues.get(at).is_some_and(|c| c.has(Cue::Superlative));
        is_superlative && ranks(&told(at.wrapping_sub(1)), &told(at), &told(at + 1))
    });
    let figure = has(Cue::Quantity);
    let counted = figure || has(Cue::NumberWord) && (has(Cue::Unit) || has(Cue::Money));
    let compares =
        || tokens.clone().any(|at| COMPARES.contains(&&*told(at)) || !counted && told(at) == "than");
    if verb_has(Cue::Denial) || verb_has(Cue::Accusation) {
        ClaimKind::Accusation
    } else if figure && !ranks {
        ClaimKind::Quantity
    } else if has(Cue::Prediction) || hedges_what_will_be(document, cues, tokens) {
        ClaimKind::Prediction
    } else if has(Cue::Accusation) && !figure {
        ClaimKind::Accusation
    } else if ranks || compares() {
        ClaimKind::Comparison
    } else if counted {
        ClaimKind::Quantity
    } else if has(Cue::Cause) {
        ClaimKind::Cause
    } else if has(Cue::Finding) || verb_has(Cue::Finding) && !is_according_to(document, &verb) {
        ClaimKind::Finding
    } else {
        ClaimKind::Event
    }
}

/// Sets one thing above all others: "the largest", "the first time", but not "at least" or "the first phase".
fn ranks(before: &str, word: &str, next: &str) -> bool {
    match word {
        "least" => before != "at",
        "first" | "never" => matches!(next, "time" | "before"),
        "last" | "latest" | "only" | "one" | "of" | "no." | "in" | "no" => false,
        _ => true,
    }
}

/// Words that set one thing against another. "Than" does so too, but not in "more than 300".
const COMPARES: &[&str] = &[
    "compared",
    "compares",
    "versus",
    "double",
    "twice",
    "triple",
    "ahead",
    "behind",
    "outperformed",
    "tops",
    "rank",
    "ranks",
    "ranked",
    "consecutive",
];

/// "Could be reached" looks ahead; "may have been reached" looks back.
fn hedges_what_will_be(document: &Document, cues: &[Cues], tokens: &Range<usize>) -> bool {
    tokens.clone().any(|at| {
        let modal = matches!(document.word(at), "may" | "might" | "could");
        modal && cues.get(at).is_some_and(|c| c.has(Cue::Hedge)) && document.word(at + 1) != "have"
    })
}

/// The preposition attributes what anybody says, not only what was found.
fn is_according_to(document: &Document, verb: &Range<usize>) -> bool {
    matches!(document.word(verb.start), "according" | "According")
}

/// The first words that qualify the claim on `tokens`: inside it, or beside the word that attributes it
/// ("reportedly believes", "suggests").
pub fn hedge(
    document: &Document,
    cues: &[Cues],
    tokens: &Range<usize>,
    quote: Option<&Quote>,
) -> Option<Range<usize>> {
    let is_hedge = |at: &usize| cues.get(*at).is_some_and(|c| c.has(Cue::Hedge));
    let run = |from: usize, limit: usize| from..(from..limit).find(|at| !is_hedge(at)).unwrap_or(limit);
    if let Some(start) = tokens.clone().find(is_hedge) {
        return Some(run(start, tokens.end));
    }
    let cue = document.tokens_in(quote?.cue?);
    let around = cue.start.saturating_sub(1)..(cue.end + 1).min(document.tokens.len());
    let is_adverb = |at: &usize| is_hedge(at) && document.word(*at).ends_with("ly");
    let weak = WEAK.contains(&document.word(cue.start));
    around.clone().find(is_adverb).map(|start| start..start + 1).or_else(|| weak.then_some(cue))
}

/// Cues that qualify what they attribute. To allege is to accuse, in one's own full voice.
const WEAK: &[&str] = &[
    "suggests",
    "suggest",
    "expects",
    "expect",
    "expected",
    "speculated",
    "estimates",
    "estimated",
    "predicts",
];
