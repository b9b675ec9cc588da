//! What the conventions leave out of content, wherever a model would draw the line: whom it is said to ("urged
//! *residents* to leave"), and a word that ties the sentence to the one before ("*But* talks go on, she said");
//! and what a source says of itself in a relative clause.

use super::attribution::Attribution;
use super::view::View;
use crate::tagger::Pos;
use std::ops::Range;

/// Stems of verbs that say to whom something is said before they say what: "to" or "that" begins it.
const ADDRESSING: &[&str] = &[
    "advis", "ask", "beg", "command", "direct", "encourag", "exhort", "implor", "instruct", "invit", "order",
    "press", "remind", "tell", "told", "urg", "warn",
];

/// An addressee takes no more tokens than this.
const ADDRESSEE: usize = 12;

/// A question that is told before its answer takes no more tokens than this.
const QUESTION: usize = 60;

/// Shortens what is found to what the conventions hold to be content.
pub fn leave_out(view: &View, attribution: &mut Attribution) {
    let cue = attribution.cue.clone();
    for piece in &mut attribution.content {
        if piece.start >= cue.end {
            leave_addressee(view, &cue, piece);
        } else {
            leave_tie(view, piece);
        }
    }
}

/// Takes a relative clause from a source: "a report *that the bank published*", "a resident, *who fled*".
pub fn leave_relative(view: &View, source: &mut Range<usize>) {
    let document = view.document;
    // "officials in that country"
    let relative = |at: &usize| {
        matches!(document.word(*at), "that" | "which" | "who" | "whom" | "whose")
            && view.at(at - 1).pos != Pos::Adp
    };
    if let Some(at) = (source.start + 1..source.end).find(relative) {
        source.end = if document.word(at - 1) == "," && at > source.start + 1 { at - 1 } else { at };
    }
}

/// Leaves of "Asked by Ann Lee if he would stay, Bob Low said no" what Ann Lee asks; nothing where nobody is said to ask.
pub fn leave_answer(view: &View, attribution: &mut Attribution) {
    let document = view.document;
    let cue = attribution.cue.clone();
    let asks = |at: usize| {
        matches!(&*document.word(at).to_lowercase(), "asked" | "pressed" | "questioned" | "quizzed")
    };
    let Some(sentence) = document.sentences.get(document.sentence_of(cue.start)) else { return };
    let comma = |from: usize| {
        (from..from + QUESTION).find(|&at| document.word(at) == "," && view.at(at).quotation == 0)
    };
    let before = cue.start.saturating_sub(1);
    let after_when = matches!(document.word(before), "When" | "when" | "If" | "if" | "once" | "Once");
    if !asks(cue.start) || !(sentence.start == cue.start || after_when) {
        // "Asked why it failed, she says it was late": what she was asked is not what she says.
        let question = asks(sentence.start).then(|| comma(sentence.start)).flatten();
        if let Some(end) = question.filter(|end| *end < cue.start) {
            attribution.content.retain(|piece| piece.start < sentence.start || piece.end > end);
        }
        return;
    }
    if document.word(cue.end) != "by" {
        attribution.content.clear();
        return;
    }
    if let Some(comma) = comma(cue.end) {
        attribution.content.retain(|piece| piece.start < comma);
        attribution.content.iter_mut().for_each(|piece| piece.end = piece.end.min(comma));
    }
}

/// Takes out whom it is said to, where that is all that stands between the cue and "to", "that" or "of".
fn leave_addressee(view: &View, cue: &Range<usize>, piece: &mut Range<usize>) {
    let document = view.document;
    let head = document.word(view.cue_head(cue)).to_lowercase();
    let accuses = head.starts_with("accus");
    if piece.start != cue.end || !(accuses || ADDRESSING.iter().any(|stem| head.starts_with(stem))) {
        return;
    }
    let last = piece.end.saturating_sub(1).min(piece.start + ADDRESSEE);
    let nominal = |at: usize| {
        let seen = view.at(at);
        seen.quotation == 0 && !matches!(seen.pos, Pos::Verb | Pos::Aux | Pos::Punct | Pos::Sconj)
    };
    let begins = |at: &usize| match document.word(*at) {
        "of" => accuses,
        "to" => !accuses && view.at(at + 1).pos == Pos::Verb,
        "that" => !accuses && view.at(*at).pos == Pos::Sconj,
        _ => false,
    };
    let Some(at) = (piece.start..last).find(begins) else { return };
    if (piece.start..at).all(nominal) {
        piece.start = if document.word(at) == "to" { at } else { at + 1 };
    }
}

/// Takes out "But", "However," and their like where they begin a sentence.
fn leave_tie(view: &View, piece: &mut Range<usize>) {
    let document = view.document;
    let opens =
        document.sentences.get(document.sentence_of(piece.start)).is_some_and(|s| s.start == piece.start);
    let width = match document.word(piece.start) {
        "But" | "However" | "Yet" | "And" | "Still" | "Moreover" | "Nevertheless" => 1,
        "In" if matches!(document.word(piece.start + 1), "sum" | "short" | "addition") => 2,
        _ => return,
    };
    let comma = usize::from(document.word(piece.start + width) == ",");
    let needs_comma = !matches!(document.word(piece.start), "But" | "And" | "Yet");
    if opens && piece.len() > width + comma + 2 && (comma == 1 || !needs_comma) {
        piece.start += width + comma;
    }
}
