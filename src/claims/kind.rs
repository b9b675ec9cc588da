//! What sort of statement a claim is, and the words that qualify it.

use super::cues::{Cue, Cues};
use crate::annotation::{ClaimKind, Quote};
use crate::text::Document;
use std::ops::Range;

/// The kind of the claim on `tokens`, made in `quote` where it is attributed.
pub fn kind(document: &Document, cues: &[Cues], tokens: &Range<usize>, quote: Option<&Quote>) -> ClaimKind {
    let count = |cue: Cue| cues.get(tokens.clone()).map_or(0, |c| c.iter().filter(|c| c.has(cue)).count());
    let verb = quote.and_then(|q| q.cue).map(|span| document.tokens_in(span)).unwrap_or_default();
    let verb_has = |cue: Cue| verb.clone().any(|at| cues.get(at).is_some_and(|c| c.has(cue)));
    let counted = count(Cue::Quantity) > 0
        || count(Cue::NumberWord) > 0 && (count(Cue::Unit) > 0 || count(Cue::Money) > 0);
    if verb_has(Cue::Denial) || verb_has(Cue::Accusation) {
        ClaimKind::Accusation
    } else if count(Cue::Prediction) > 0 || verb_has(Cue::Prediction) {
        ClaimKind::Prediction
    } else if verb_has(Cue::Finding) {
        if counted { ClaimKind::Quantity } else { ClaimKind::Finding }
    } else if count(Cue::Accusation) > 0 && !counted {
        ClaimKind::Accusation
    } else if count(Cue::Superlative) + count(Cue::Comparison) > 1 {
        ClaimKind::Comparison
    } else if counted {
        ClaimKind::Quantity
    } else if count(Cue::Cause) > 0 {
        ClaimKind::Cause
    } else if count(Cue::Superlative) + count(Cue::Comparison) > 0 {
        ClaimKind::Comparison
    } else if count(Cue::Finding) > 0 {
        ClaimKind::Finding
    } else {
        ClaimKind::Event
    }
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
    let beside = around.clone().find(is_hedge).map(|start| run(start, around.end));
    beside.or_else(|| {
        let weak = matches!(
            document.word(cue.start),
            "suggests"
                | "suggested"
                | "suggest"
                | "expects"
                | "expect"
                | "expected"
                | "alleged"
                | "alleges"
                | "alleging"
                | "speculated"
        );
        weak.then_some(cue)
    })
}
