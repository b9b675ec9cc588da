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
    /// The first token of the content.
    pub fn start(&self) -> usize {
        self.content.first().map_or(self.cue.start, |c| c.start)
    }

    /// The tokens from the first to the last of content, cue and source.
    pub fn reach(&self) -> Range<usize> {
        let parts =
            self.content.iter().chain(&self.source).chain((!self.cue.is_empty()).then_some(&self.cue));
        let (start, end) = parts.fold((usize::MAX, 0), |(a, b), r| (a.min(r.start), b.max(r.end)));
        start.min(end)..end
    }

    /// Has the same content as `other`, give or take a fifth of it.
    pub fn repeats(&self, other: &Self) -> bool {
        let both: usize = (self.content.iter())
            .flat_map(|a| {
                other.content.iter().map(move |b| a.end.min(b.end).saturating_sub(a.start.max(b.start)))
            })
            .sum();
        let size = |a: &Self| a.content.iter().map(ExactSizeIterator::len).sum::<usize>();
        5 * both >= 4 * size(self).max(size(other))
    }

    /// What to keep of two that have the same content: the lesser.
    pub fn worth(&self) -> (bool, usize) {
        let far =
            |c: &Range<usize>| c.start.saturating_sub(self.cue.end) + self.cue.start.saturating_sub(c.end);
        (self.source.is_none(), self.content.iter().map(far).min().unwrap_or(0))
    }

    /// Is made inside quotation marks by whoever is quoted: "I said no" in a speech.
    pub fn is_nested(&self, document: &Document, outer: &[&Quotation]) -> bool {
        let q = outer.partition_point(|q| q.tokens.end <= self.cue.start);
        let inside = outer.get(q).is_some_and(|q| q.tokens.contains(&self.cue.start));
        let first = self.source.as_ref().map_or("", |s| document.word(s.start));
        inside && matches!(first, "" | "I" | "we" | "We" | "my" | "My" | "our" | "Our")
    }

    /// Cuts content where a sentence ends outside quotation marks: reported speech takes one sentence. Of an
    /// unquoted piece's parts the one nearest to the cue is kept.
    fn cut(&mut self, document: &Document, outer: &[&Quotation]) {
        let quoted = |at: usize| {
            let q = outer.partition_point(|q| q.tokens.end <= at);
            outer.get(q).is_some_and(|q| q.tokens.start < at && at < q.tokens.end)
        };
        let whole = |p: &Range<usize>| {
            let q = outer.partition_point(|q| q.tokens.end <= p.start);
            outer.get(q).is_some_and(|q| q.tokens.start <= p.start && p.end <= q.tokens.end)
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
            let far = |p: &Range<usize>| {
                p.start.saturating_sub(self.cue.end) + self.cue.start.saturating_sub(p.end)
            };
            let nearest = parts.iter().map(far).min();
            let speech = parts.iter().all(|p| Some(far(p)) != nearest || whole(p));
            out.extend(parts.iter().filter(|p| Some(far(p)) == nearest || (speech && whole(p))).cloned());
        }
        // Beside a quotation, words without any are the report's own.
        let holds = |p: &Range<usize>| {
            let q = outer.partition_point(|q| q.tokens.end <= p.start);
            outer.get(q).is_some_and(|q| q.tokens.start < p.end)
        };
        if out.first().is_some_and(whole) {
            out.retain(holds);
        }
        self.content = out;
    }

    /// Of what somebody is said to call something only the name in quotation marks is theirs: called it “a farce”
    /// in a letter.
    fn name_only(&mut self, document: &Document, outer: &[&Quotation]) {
        let names = self.cue.clone().any(|at| {
            let word = document.word(at).to_lowercase();
            ["call", "dub", "label", "brand", "describ", "deem"].iter().any(|stem| word.starts_with(stem))
        });
        if let (true, [piece]) = (names, self.content.as_mut_slice()) {
            let q = outer.partition_point(|q| q.tokens.start < piece.start);
            let alone = outer.get(q + 1).is_none_or(|next| next.tokens.start >= piece.end);
            let ends = |q: &&&Quotation| {
                let circumstance = matches!(
                    document.word(q.tokens.end),
                    "after" | "at" | "by" | "during" | "for" | "in" | "of" | "on" | "to" | "when" | "within"
                );
                q.tokens.end == piece.end || (q.tokens.end < piece.end && circumstance)
            };
            if let Some(q) = outer.get(q).filter(ends).filter(|_| alone) {
                *piece = q.tokens.clone();
            }
        }
    }

    /// Takes out what describes the source behind its cue: "according to a summary that the ministry published".
    fn leave_description(&mut self, document: &Document) {
        let Some(source) = self.source.clone().filter(|s| s.start >= self.cue.end) else { return };
        let relative = matches!(document.word(source.end), "that" | "which" | "who" | "whose");
        if relative && self.content.iter().any(|piece| piece.end <= self.cue.start) {
            self.content.retain(|piece| piece.start != source.end + 1 && piece.start != source.end);
        }
    }

    /// Asks for no more than not to be named: "who asked not to be identified".
    pub fn is_anonymity(&self, document: &Document) -> bool {
        let words: Vec<_> =
            self.content.iter().cloned().flatten().take(9).map(|at| document.word(at)).collect();
        let hides = |word: &&str| matches!(*word, "named" | "identified" | "anonymous" | "anonymity");
        words.len() < 9
            && words.iter().any(hides)
            && words.iter().any(|w| matches!(*w, "not" | "to" | "remain"))
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
        self.name_only(document, outer);
        self.content.retain(|c| !c.is_empty());
        self.leave_description(document);
        self.content.sort_by_key(|c| c.start);
        // Pieces that grew into each other are one.
        let mut joined: Vec<Range<usize>> = Vec::new();
        for piece in self.content.drain(..) {
            match joined.last_mut().filter(|last| last.end > piece.start) {
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
