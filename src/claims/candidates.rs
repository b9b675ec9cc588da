//! Candidates: every stretch of text that could be one claim.
//!
//! A sentence is first parted into units: what each quote holds of it, and what is left to the article's own
//! voice once the quotes and the clauses that attribute them are taken away. Each unit is then cut at clause
//! boundaries, and every run of neighbouring clauses is a candidate, the unit as a whole among them.

use super::cues::{Cue, Cues};
use crate::annotation::Quote;
use crate::text::{Document, Shape, Span};
use std::ops::Range;

/// Who says a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A whole sentence, in the article's voice.
    Sentence,
    /// What is left of a sentence beside its quotes.
    Rest,
    /// The content of the quote with this index.
    Quote(usize),
}

/// A stretch of tokens that could be one claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Its tokens; never empty, and inside one sentence.
    pub tokens: Range<usize>,
    /// The unit that it was cut from.
    pub unit: Range<usize>,
    /// Who says it.
    pub origin: Origin,
    /// The sentence it lies in.
    pub sentence: usize,
    /// The quote that holds most of it: whoever speaks there vouches for it.
    pub quote: Option<usize>,
}

/// A unit is cut at this many places at most, so that the candidates grow in proportion to the text.
const CUTS: usize = 5;

/// A sentence of which less than this share is quoted may be a claim as a whole: the quoted words are a part of
/// what it says.
const QUOTED: f32 = 0.7;

/// The shortest claim, in tokens: subject, verb, and what is said.
const SHORTEST: usize = 4;

/// The candidates of one sentence, of which `quotes` are those that touch it.
pub fn of_sentence(
    document: &Document,
    cues: &[Cues],
    quotes: &[(usize, &Quote)],
    sentence: usize,
    out: &mut Vec<Candidate>,
) {
    let words = Words { document, cues };
    let Some(whole) = document.sentences.get(sentence).cloned() else { return };
    let inside = |span: Span| {
        let tokens = document.tokens_in(span);
        tokens.start.max(whole.start)..tokens.end.min(whole.end)
    };
    let mut owner = vec![None; whole.len()];
    for (index, quote) in quotes {
        for span in &quote.spans {
            let content = inside(*span);
            for at in content.clone() {
                owner[at - whole.start] = Some(*index);
            }
            words.cut(content, Origin::Quote(*index), sentence, false, out);
        }
    }
    let share = owner.iter().flatten().count() as f32 / whole.len().max(1) as f32;
    let attributes = |at: usize| {
        let holds = |cue: Span| inside(cue).contains(&at);
        quotes.iter().any(|(_, quote)| quote.cue.is_some_and(holds))
    };
    if share < QUOTED {
        let mut of = Vec::new();
        words.cut(whole.clone(), Origin::Sentence, sentence, false, &mut of);
        // A sentence may keep its attribution; a part of it that holds one was cut in the wrong place.
        of.retain(|candidate| {
            candidate.tokens == candidate.unit || !candidate.tokens.clone().any(attributes)
        });
        for candidate in &mut of {
            let place = candidate.tokens.start - whole.start..candidate.tokens.end - whole.start;
            let owners = owner.get(place).unwrap_or_default();
            let most =
                |index: &usize| owners.iter().filter(|q| **q == Some(*index)).count() * 2 > owners.len();
            candidate.quote = quotes.iter().map(|(index, _)| *index).find(most);
        }
        out.append(&mut of);
    }
    if share > 0.0 {
        let mut from = whole.start;
        while from < whole.end {
            let is_quoted = |at: &usize| owner[at - whole.start].is_some();
            let start = (from..whole.end).find(|at| !is_quoted(at)).unwrap_or(whole.end);
            let end = (start..whole.end).find(is_quoted).unwrap_or(whole.end);
            // The clause that attributes the quote goes, and the clauses beside it stay.
            let mut kept = start;
            for part in words.clauses(start..end, true) {
                if part.clone().any(attributes) {
                    words.cut(kept..part.start, Origin::Rest, sentence, true, out);
                    kept = part.end;
                }
            }
            words.cut(kept..end, Origin::Rest, sentence, true, out);
            from = end;
        }
    }
}

/// A document's tokens with their cues.
struct Words<'a> {
    document: &'a Document<'a>,
    cues: &'a [Cues],
}

impl Words<'_> {
    fn has(&self, at: usize, cue: Cue) -> bool {
        self.cues.get(at).is_some_and(|c| c.has(cue))
    }

    /// Appends every run of neighbouring clauses of `unit`.
    fn cut(&self, unit: Range<usize>, origin: Origin, sentence: usize, rest: bool, out: &mut Vec<Candidate>) {
        let unit = self.trimmed(unit);
        let clauses = self.clauses(unit.clone(), rest);
        for first in 0..clauses.len() {
            for last in first..clauses.len() {
                let tokens = self.trimmed(clauses[first].start..clauses[last].end);
                if tokens.len() >= SHORTEST && self.says_something(&tokens) && !self.overruns(&tokens) {
                    let quote = if let Origin::Quote(index) = origin { Some(index) } else { None };
                    out.push(Candidate { tokens, unit: unit.clone(), origin, sentence, quote });
                }
            }
        }
    }

    /// Holds two plain words: a date, a byline or a list of names holds none.
    fn says_something(&self, tokens: &Range<usize>) -> bool {
        let plain = |at: &usize| {
            let word = self.document.word(*at);
            word.len() > 1 && word.starts_with(char::is_lowercase) && !self.has(*at, Cue::Month)
        };
        tokens.clone().filter(plain).count() > 1
    }

    /// Begins in a relative clause and runs on past its end: ", who won in May, has resigned".
    fn overruns(&self, tokens: &Range<usize>) -> bool {
        self.has(tokens.start, Cue::Relative) && tokens.clone().any(|at| self.document.word(at) == ",")
    }

    /// Parts a range at clause boundaries; at most [`CUTS`] of them.
    ///
    /// With `commas` a plain comma is a boundary too.
    fn clauses(&self, range: Range<usize>, commas: bool) -> Vec<Range<usize>> {
        let mut clauses = Vec::new();
        let mut start = range.start;
        for at in range.clone() {
            if clauses.len() >= CUTS {
                break;
            }
            if at > start && self.is_boundary(at, commas) && at + 1 < range.end {
                clauses.push(start..at);
                start = at;
            }
        }
        if start < range.end {
            clauses.push(start..range.end);
        }
        clauses
    }

    /// A dash that parts, not a hyphen that joins.
    fn is_dash(&self, at: usize) -> bool {
        match self.document.word(at) {
            "—" | "–" | "--" => true,
            "-" => self.document.tokens.get(at).is_some_and(|token| !token.glued),
            _ => false,
        }
    }

    /// A clause may begin at this token.
    fn is_boundary(&self, at: usize, commas: bool) -> bool {
        let word = self.document.word(at);
        match word {
            _ if self.is_dash(at) => true,
            ";" | "(" | ")" | ":" => true,
            "," => {
                let next = at + 1;
                commas
                    || self.has(next, Cue::Conjunction)
                    || self.has(next, Cue::Subordinator)
                    || self.has(next, Cue::Relative)
                    || self.document.word(next).ends_with("ing")
            }
            "while" | "although" | "though" | "whereas" | "because" | "but" | "yet" | "after" | "when" => {
                self.document.word(at.wrapping_sub(1)) != ","
            }
            _ => false,
        }
    }

    /// Without the marks and joining words at either end.
    fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let Range { mut start, mut end } = range;
        while start < end && self.is_edge(start, start, end) {
            start += 1;
        }
        while start < end && self.is_edge(end - 1, start, end) {
            end -= 1;
        }
        start..end
    }

    /// Belongs to no claim where it stands at an end of `start..end`.
    fn is_edge(&self, at: usize, start: usize, end: usize) -> bool {
        let word = self.document.word(at);
        let Some(token) = self.document.tokens.get(at) else { return true };
        if token.shape == Shape::Mark {
            let keeps = match word {
                "%" | "…" => true,
                "$" | "£" | "€" | "¥" | "₹" | "#" | "+" => at == start,
                ")" => at != start && (start..end).any(|i| self.document.word(i) == "("),
                "(" => at == start && (start..end).any(|i| self.document.word(i) == ")") && at + 1 < end,
                "”" | "’" => {
                    at != start && (start..end).any(|i| matches!(self.document.word(i), "“" | "‘"))
                }
                "“" | "‘" => {
                    at == start && (start..at.max(end)).any(|i| matches!(self.document.word(i), "”" | "’"))
                }
                _ => false,
            };
            return !keeps;
        }
        if at == start {
            return matches!(
                word,
                "and"
                    | "but"
                    | "yet"
                    | "so"
                    | "or"
                    | "that"
                    | "while"
                    | "although"
                    | "though"
                    | "whereas"
                    | "when"
                    | "And"
                    | "But"
                    | "Yet"
                    | "So"
                    | "While"
                    | "Although"
                    | "Though"
                    | "because"
                    | "as"
                    | "after"
            );
        }
        matches!(word, "and" | "but" | "that" | "while" | "as")
    }
}

/// The quotes that touch each sentence, by sentence.
pub fn quotes_of_sentences<'q>(document: &Document, quotes: &'q [Quote]) -> Vec<Vec<(usize, &'q Quote)>> {
    let mut of = vec![Vec::new(); document.sentences.len()];
    for (index, quote) in quotes.iter().enumerate() {
        for span in &quote.spans {
            let tokens = document.tokens_in(*span);
            if tokens.is_empty() {
                continue;
            }
            let sentences = document.sentence_of(tokens.start)..=document.sentence_of(tokens.end - 1);
            for sentence in sentences {
                if let Some(list) = of.get_mut(sentence)
                    && list.last().is_none_or(|(last, _)| *last != index)
                {
                    list.push((index, quote));
                }
            }
        }
    }
    of
}
