//! Attributions by rules: a lexicon of cues, and where English puts source and content beside them.
//!
//! `CONTENT, SOURCE said` · `CONTENT, said SOURCE` · `SOURCE said (that) CONTENT` · `according to SOURCE, CONTENT`.
//! Knows no grammar but the order of words.

use super::attribution::Attribution;
use super::cues::{self, Cue};
use super::marks::{self, Quotation};
use crate::text::{Document, Shape};
use std::ops::Range;

/// How far, in tokens, a source may reach.
const LONGEST_SOURCE: usize = 12;

/// Every attribution of the article that the rules see, in order of their cues.
pub fn find(document: &Document, quotations: &[Quotation]) -> Vec<Attribution> {
    let outer: Vec<&Quotation> = quotations.iter().filter(|q| q.depth == 0).collect();
    let mut inside = vec![false; document.tokens.len()];
    for q in &outer {
        inside.iter_mut().take(q.tokens.end).skip(q.tokens.start).for_each(|i| *i = true);
    }
    let mut out: Vec<Attribution> = Vec::new();
    for sentence in &document.sentences {
        let reader = Reader { document, sentence: sentence.clone(), inside: &inside, outer: &outer };
        let mut from = sentence.start;
        let mut at = sentence.start;
        while at < sentence.end {
            let found = if inside[at] { None } else { reader.attribution(at, from) };
            at += 1;
            if let Some(found) = found {
                from = found.content.iter().map(|c| c.end).max().unwrap_or(at).min(sentence.end).max(at);
                at = at.max(found.cue.end);
                out.push(found);
            }
        }
    }
    out
}

struct Reader<'a> {
    document: &'a Document<'a>,
    sentence: Range<usize>,
    inside: &'a [bool],
    outer: &'a [&'a Quotation],
}

impl Reader<'_> {
    fn lower(&self, at: usize) -> String {
        self.document.word(at).to_lowercase()
    }

    /// The attribution whose cue begins at `at`; its content begins no earlier than `from` unless quoted.
    fn attribution(&self, at: usize, from: usize) -> Option<Attribution> {
        let word = self.lower(at);
        if word == "according" && self.lower(at + 1) == "to" {
            let source = self.right_source(at + 2)?;
            let content = self.content(at, source.end, from)?;
            return Some(Attribution { cue: at..at + 2, source: Some(source), content });
        }
        let class = cues::verb(&word)?;
        if self.is_noun(at) {
            return None;
        }
        let inverted = at > self.sentence.start
            && (self.document.word(at - 1) == "," || self.inside[at - 1])
            && class == Cue::Speech;
        let right = if inverted { self.right_source(at + 1) } else { None };
        let source = right.or_else(|| self.left_source(at))?;
        let (start, end) = (source.start.min(at), source.end.max(at + 1));
        let content =
            if class == Cue::Speech { self.content(start, end, from)? } else { self.after(at + 1, class)? };
        Some(Attribution { cue: at..at + 1, source: Some(source), content })
    }

    fn is_noun(&self, at: usize) -> bool {
        at > self.sentence.start
            && matches!(
                self.lower(at - 1).as_str(),
                "the"
                    | "a"
                    | "an"
                    | "his"
                    | "her"
                    | "their"
                    | "its"
                    | "this"
                    | "of"
                    | "in"
                    | "no"
                    | "any"
                    | "some"
                    | "-"
                    | "’s"
                    | "'s"
                    | "my"
                    | "our"
            )
    }

    /// The noun phrase that begins at `at`.
    fn right_source(&self, at: usize) -> Option<Range<usize>> {
        let limit = self.sentence.end.min(at + LONGEST_SOURCE);
        let first = self.document.word(at);
        let nominal = first.starts_with(char::is_uppercase)
            || is_pronoun(&self.lower(at))
            || is_determiner(&self.lower(at))
            || first.ends_with('s');
        if !nominal || at >= limit {
            return None;
        }
        let mut end = at;
        while end < limit && !self.inside[end] && !self.ends_source(end) {
            end += 1;
        }
        (end > at).then_some(at..end)
    }

    fn ends_source(&self, at: usize) -> bool {
        let word = self.lower(at);
        let mark = self.document.tokens[at].shape == Shape::Mark && !matches!(word.as_str(), "-" | "&");
        mark || matches!(
            word.as_str(),
            "in" | "on"
                | "at"
                | "during"
                | "who"
                | "which"
                | "that"
                | "after"
                | "before"
                | "when"
                | "while"
                | "as"
                | "by"
                | "to"
                | "last"
                | "earlier"
                | "this"
                | "monday"
                | "tuesday"
                | "wednesday"
                | "thursday"
                | "friday"
                | "saturday"
                | "sunday"
                | "because"
                | "if"
                | "but"
                | "with"
                | "about"
        )
    }

    /// The noun phrase that ends before the verb at `at`.
    fn left_source(&self, at: usize) -> Option<Range<usize>> {
        let mut end = at;
        while end > self.sentence.start && is_between(&self.lower(end - 1)) {
            end -= 1;
        }
        // An apposition between commas: "Suponina, an expert based in Moscow, said".
        if end > self.sentence.start && self.document.word(end - 1) == "," {
            let floor = self.sentence.start.max(end.saturating_sub(20));
            let comma = (floor..end - 1).rev().find(|&i| self.document.word(i) == "," || self.inside[i])?;
            if self.inside[comma] {
                return None;
            }
            end = comma;
        }
        let floor = self.sentence.start.max(end.saturating_sub(LONGEST_SOURCE));
        let mut start = end;
        while start > floor && !self.inside[start - 1] {
            let word = self.lower(start - 1);
            let mark = self.document.tokens[start - 1].shape == Shape::Mark && word != "-" && word != "&";
            let stop = mark
                || cues::verb(&word).is_some_and(|_| !self.is_noun(start - 1))
                || matches!(
                    word.as_str(),
                    "that"
                        | "but"
                        | "because"
                        | "when"
                        | "while"
                        | "after"
                        | "as"
                        | "if"
                        | "who"
                        | "which"
                        | "although"
                        | "though"
                        | "where"
                        | "whether"
                        | "is"
                        | "was"
                        | "are"
                        | "were"
                );
            if stop {
                break;
            }
            start -= 1;
            if is_pronoun(&word) {
                break;
            }
        }
        (start < end).then_some(start..end)
    }

    /// The content beside the cue and source that take `start..end`.
    fn content(&self, start: usize, end: usize, from: usize) -> Option<Vec<Range<usize>>> {
        let mut content = Vec::new();
        let comma = |i: usize| matches!(self.document.word(i), "," | "—" | "–");
        let Some(before) = start.checked_sub(1).filter(|&b| b >= from) else {
            return self.after(end, Cue::Speech);
        };
        if self.inside[before] || (comma(before) && before > from && self.inside[before - 1]) {
            let quoted = if self.inside[before] { before } else { before - 1 };
            content.extend(self.quotation_at(quoted));
            // The same sentence or the next may go on with what was said.
            let mut after = end;
            while after < self.paragraph_end() && after < end + 12 && !self.inside[after] {
                after += 1;
            }
            content.extend(
                self.quotation_at(after).filter(|q| q.start >= end && q.start < self.paragraph_end()),
            );
            return Some(content);
        }
        if comma(before) && before > from + 2 {
            content.push(from..before);
            return Some(content);
        }
        self.after(end, Cue::Speech)
    }

    /// The content that begins at `at` or soon after.
    fn after(&self, at: usize, class: Cue) -> Option<Vec<Range<usize>>> {
        let mut at = at;
        let limit = self.sentence.end.min(at + 10);
        let that = (at..limit).find(|&i| self.lower(i) == "that");
        let quoted = (at..limit).find(|&i| self.inside[i]);
        if let Some(that) = that.filter(|t| quoted.is_none_or(|q| *t < q)) {
            at = that + 1;
        } else if let Some(quoted) = quoted {
            let lead = quoted.checked_sub(1).map_or("", |b| self.document.word(b));
            if quoted == at || matches!(lead, "," | ":") {
                return self.quotation_at(quoted).map(|q| vec![q]);
            }
        } else if class == Cue::Demand {
            at = (at..limit).find(|&i| self.lower(i) == "to")?;
        }
        while at < self.sentence.end && matches!(self.document.word(at), "," | ":") {
            at += 1;
        }
        let mut end = self.sentence.end;
        while end > at && !self.inside[end - 1] && matches!(self.document.word(end - 1), "." | "!" | "?") {
            end -= 1;
        }
        (end > at + 1).then(|| std::iter::once(at..end).collect())
    }

    fn paragraph_end(&self) -> usize {
        let paragraph = self.document.paragraph_of(self.document.sentence_of(self.sentence.start));
        let sentences = self.document.paragraphs.get(paragraph);
        sentences.map_or(self.sentence.end, |p| marks::paragraph_tokens(self.document, p).end)
    }

    fn quotation_at(&self, at: usize) -> Option<Range<usize>> {
        let index = self.outer.partition_point(|q| q.tokens.end <= at);
        self.outer.get(index).filter(|q| q.tokens.contains(&at)).map(|q| q.tokens.clone())
    }
}

/// Adverbs and auxiliaries between a subject and its verb.
fn is_between(word: &str) -> bool {
    word.len() > 4 && word.ends_with("ly")
        || matches!(
            word,
            "also"
                | "has"
                | "have"
                | "had"
                | "would"
                | "will"
                | "later"
                | "then"
                | "now"
                | "never"
                | "did"
                | "does"
                | "do"
                | "not"
                | "n't"
                | "n’t"
                | "was"
                | "is"
                | "are"
                | "were"
                | "be"
                | "been"
                | "could"
                | "may"
                | "might"
                | "’s"
                | "'s"
                | "once"
                | "often"
                | "once-"
                | "previously"
                | "always"
                | "still"
        )
}

fn is_pronoun(word: &str) -> bool {
    matches!(word, "he" | "she" | "they" | "it" | "i" | "we" | "you" | "who")
}

fn is_determiner(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "a"
            | "an"
            | "his"
            | "her"
            | "their"
            | "its"
            | "one"
            | "some"
            | "many"
            | "several"
            | "two"
            | "three"
            | "another"
            | "other"
            | "all"
            | "most"
            | "both"
    )
}
