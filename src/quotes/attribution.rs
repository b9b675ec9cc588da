//! Attributions: a cue, its source and its content, as ranges of tokens.

use super::marks::Quotation;
use crate::text::{Document, Shape};
use std::ops::Range;

/// Content that some words attribute to a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// The words that attribute.
    pub cue: Range<usize>,
    /// Who speaks.
    pub source: Option<Range<usize>>,
    /// What is said, one range for each unbroken piece, in text order.
    pub content: Vec<Range<usize>>,
}

impl Attribution {
    /// Cuts content where a sentence ends outside quotation marks: reported speech takes one sentence. Of an
    /// unquoted piece's parts the one nearest to the cue is kept.
    fn cut(&mut self, document: &Document, outer: &[&Quotation]) {
        let quoted = |at: usize| {
            let q = outer.partition_point(|q| q.tokens.end <= at);
            outer.get(q).is_some_and(|q| q.tokens.start < at && at < q.tokens.end)
        };
        let mut out = Vec::new();
        for piece in self.content.drain(..) {
            let from = document.sentence_of(piece.start);
            let to = document.sentence_of(piece.end.saturating_sub(1));
            let mut parts = Vec::new();
            let mut start = piece.start;
            for sentence in document.sentences.get(from..to).unwrap_or_default() {
                if !quoted(sentence.end) {
                    parts.push(start..sentence.end);
                    start = sentence.end;
                }
            }
            parts.push(start..piece.end);
            let whole = |p: &Range<usize>| {
                let q = outer.partition_point(|q| q.tokens.end <= p.start);
                outer.get(q).is_some_and(|q| q.tokens.start <= p.start && p.end <= q.tokens.end)
            };
            let far = |p: &Range<usize>| {
                p.start.saturating_sub(self.cue.end) + self.cue.start.saturating_sub(p.end)
            };
            let nearest = parts.iter().map(far).min();
            out.extend(parts.iter().filter(|p| whole(p) || Some(far(p)) == nearest).cloned());
        }
        self.content = out;
    }

    /// Brings the content to the boundaries that readers expect: whole quotations rather than most of one, no
    /// complementiser, no comma that parts it from its cue, no full stop outside quotation marks.
    pub fn tidy(&mut self, document: &Document, outer: &[&Quotation]) {
        self.cut(document, outer);
        for piece in &mut self.content {
            for index in [piece.start, piece.end.saturating_sub(1)] {
                let q = outer.partition_point(|q| q.tokens.end <= index);
                let Some(q) = outer.get(q).filter(|q| q.tokens.contains(&index)) else { continue };
                let both = q.tokens.end.min(piece.end).saturating_sub(q.tokens.start.max(piece.start));
                if 2 * both >= q.tokens.len() {
                    piece.start = piece.start.min(q.tokens.start);
                    piece.end = piece.end.max(q.tokens.end);
                }
            }
            *piece = trim(document, piece.clone(), outer);
        }
        self.content.retain(|c| !c.is_empty());
        self.content.sort_by_key(|c| c.start);
        // Pieces that grew into each other are one.
        let mut joined: Vec<Range<usize>> = Vec::new();
        for piece in self.content.drain(..) {
            match joined.last_mut().filter(|last| last.end >= piece.start) {
                Some(last) => last.end = last.end.max(piece.end),
                None => joined.push(piece),
            }
        }
        self.content = joined;
    }
}

/// A piece of content without the marks at its ends that don't belong to a quotation, and without "that".
fn trim(document: &Document, piece: Range<usize>, outer: &[&Quotation]) -> Range<usize> {
    let quoted = |at: usize| {
        let q = outer.partition_point(|q| q.tokens.end <= at);
        outer.get(q).is_some_and(|q| q.tokens.contains(&at))
    };
    let loose = |at: usize| {
        !quoted(at)
            && document.tokens.get(at).is_none_or(|t| t.shape == Shape::Mark)
            && !matches!(document.word(at), "$" | "£" | "€" | "#" | "%" | ")" | "(" | "[" | "]" | "+")
    };
    let (mut start, mut end) = (piece.start, piece.end);
    while start < end && (loose(start) || (document.word(start) == "that" && start + 2 < end)) {
        start += 1;
    }
    while start < end && loose(end - 1) {
        end -= 1;
    }
    start..end
}
