//! An article's tokens as this layer's networks, judge and rules see them: words, parts of speech, clusters, the tree,
//! and where each token stands to the quotation marks around.

use super::cues;
use super::marks::Quotation;
use crate::tagger::parse::{Arc, Relation};
use crate::tagger::{Analysis, Pos, hash};
use crate::text::{Document, fold_into};
use std::ops::Range;

/// Whose conventions to follow: corpora differ in what they hold to be a quote and where it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Convention {
    /// The product's own.
    Own = 1,
    /// Another corpus's, to learn from.
    #[cfg(feature = "train")]
    Other = 0,
}

/// A token as the models see it.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    /// The hash of the word without case.
    pub word: u64,
    /// The hash of its last letters.
    pub suffix: u64,
    /// Its part of speech.
    pub pos: Pos,
    /// Its cluster among 255, and among 1,023.
    pub middle: u64,
    pub fine: u64,
    /// The class of a cue of the lexicon, from 1 on; 0 for any other word.
    pub class: u64,
    /// Where it stands to the quotation marks around: [`INSIDE`] and so on.
    pub marks: u64,
    /// The number of its outermost quotation, from 1 on; 0 outside.
    pub quotation: u32,
}

/// Inside a quotation.
pub const INSIDE: u64 = 1;
/// Opens one.
const FIRST: u64 = 2;
/// Closes one.
const LAST: u64 = 4;
/// Follows a closing mark.
const AFTER: u64 = 8;
/// Stands before an opening mark.
const BEFORE: u64 = 16;
/// Is inside a nested one.
const NESTED: u64 = 32;

/// An article's tokens as the models see them.
pub struct View<'a> {
    /// The article.
    pub document: &'a Document<'a>,
    seen: Vec<Seen>,
    arcs: &'a [Arc],
    /// Which tokens begin a sentence.
    first: Vec<bool>,
}

/// Stands for what lies beyond a sentence.
const OUTSIDE: Seen =
    Seen { word: 1, suffix: 1, pos: Pos::X, middle: 0, fine: 0, class: 0, marks: 0, quotation: 0 };

impl<'a> View<'a> {
    /// Looks at every token once.
    pub fn new(analysis: &'a Analysis<'a>, quotations: &[Quotation]) -> Self {
        let (document, arcs) = (analysis.document, &analysis.arcs);
        let mut folded = String::new();
        let mut seen: Vec<Seen> = document
            .tokens
            .iter()
            .enumerate()
            .map(|(at, token)| {
                folded.clear();
                fold_into(token.span.of(document.text()), &mut folded);
                let word = hash(&folded);
                let tail = folded.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
                let cluster = analysis.words.cluster(word);
                let pos = analysis.tags.get(at).copied().unwrap_or(Pos::X);
                let verbal = matches!(pos, Pos::Verb | Pos::Noun | Pos::Aux);
                Seen {
                    word,
                    suffix: hash(folded.get(tail..).unwrap_or("")),
                    pos,
                    middle: u64::from(cluster.middle),
                    fine: u64::from(cluster.fine),
                    class: if verbal { cues::verb(&folded).map_or(0, |c| c as u64 + 1) } else { 0 },
                    marks: 0,
                    quotation: 0,
                }
            })
            .collect();
        let mut number = 0;
        for q in quotations {
            let outer = q.depth == 0;
            number += u32::from(outer);
            // Nested quotations cost their length once a level; deeper levels add nothing.
            if q.depth > 1 {
                continue;
            }
            for token in seen.iter_mut().take(q.tokens.end).skip(q.tokens.start) {
                if outer {
                    token.marks |= INSIDE;
                    token.quotation = number;
                } else {
                    token.marks |= NESTED;
                }
            }
            if outer {
                let mut set = |at: Option<usize>, bit: u64| {
                    if let Some(token) = at.and_then(|at| seen.get_mut(at)) {
                        token.marks |= bit;
                    }
                };
                set(Some(q.tokens.start), FIRST);
                set(q.tokens.end.checked_sub(1), LAST);
                set(Some(q.tokens.end), AFTER);
                set(q.tokens.start.checked_sub(1), BEFORE);
            }
        }
        let mut first = vec![false; document.tokens.len()];
        for sentence in &document.sentences {
            if let Some(first) = first.get_mut(sentence.start) {
                *first = true;
            }
        }
        Self { document, seen, arcs, first }
    }

    /// The token at `at`.
    pub fn at(&self, at: usize) -> Seen {
        self.seen.get(at).copied().unwrap_or(OUTSIDE)
    }

    /// How `at` depends on its head.
    pub fn relation(&self, at: usize) -> u64 {
        self.arcs.get(at).map_or(99, |a| a.relation as u64)
    }

    /// What `at` depends on.
    pub fn head(&self, at: usize) -> Option<usize> {
        self.arcs.get(at)?.head
    }

    /// The verb of a cue of several words: "has also said", "said in a statement".
    pub fn cue_head(&self, cue: &Range<usize>) -> usize {
        let verb = |i: &usize| self.at(*i).pos == Pos::Verb;
        let listed = cue.clone().filter(verb).find(|&i| self.at(i).class != 0);
        listed.or_else(|| cue.clone().find(verb)).unwrap_or(cue.start)
    }

    /// The subject of a verb with what hangs on it, near the verb.
    pub fn subject_of(&self, verb: usize) -> Option<Range<usize>> {
        let subject = (verb.saturating_sub(30)..verb + 12)
            .find(|&i| self.head(i) == Some(verb) && self.relation(i) == Relation::Subject as u64)?;
        let under =
            |i: usize| i != verb && self.at(i).pos != Pos::Punct && self.upwards(i).any(|up| up == subject);
        let mut range = subject..subject + 1;
        while range.start + 12 > subject && range.start > 0 && under(range.start - 1) {
            range.start -= 1;
        }
        while range.end < subject + 8 && under(range.end) {
            range.end += 1;
        }
        Some(range)
    }

    /// The tokens from `at` up to the root, itself first; bounded.
    pub fn upwards(&self, at: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(at), |&i| self.arcs.get(i)?.head).take(24)
    }

    /// How `at` hangs together with a cue whose ancestors are `above`: how many steps over the cue the two paths
    /// meet, and the relation by which the token's path comes in there.
    pub fn branch(&self, at: usize, above: &[usize]) -> u64 {
        let mut relation = 31;
        for i in self.upwards(at) {
            if let Some(steps) = above.iter().position(|&a| a == i) {
                return 1 + (steps.min(4) as u64) * 32 + relation;
            }
            relation = self.relation(i);
        }
        0
    }

    /// The window in which a cue's source and content are looked for: its sentence, and the sentences around as
    /// long as each holds quoted words; bounded.
    pub fn window(&self, cue: &Range<usize>) -> Range<usize> {
        let quoted = |s: &Range<usize>| s.clone().take(REACH).any(|i| self.at(i).marks & INSIDE != 0);
        let home = self.document.sentence_of(cue.start);
        let paragraph = self.document.paragraphs.get(self.document.paragraph_of(home)).cloned();
        let (Some(paragraph), Some(sentence)) = (paragraph, self.document.sentences.get(home)) else {
            return cue.clone();
        };
        let mut window = sentence.clone();
        for at in (paragraph.start..home).rev().take(8) {
            match self.document.sentences.get(at).filter(|s| quoted(s)) {
                Some(s) => window.start = s.start,
                None => break,
            }
        }
        for at in (home + 1..paragraph.end).take(8) {
            match self.document.sentences.get(at).filter(|s| quoted(s)) {
                Some(s) => window.end = s.end,
                None => break,
            }
        }
        let reach = |i: usize| i.clamp(cue.start.saturating_sub(REACH), cue.end + REACH);
        reach(window.start)..reach(window.end)
    }

    /// `token` begins a sentence.
    pub fn begins(&self, token: usize) -> bool {
        self.first.get(token).copied().unwrap_or(true)
    }
}

/// How far a window reaches from its cue, in tokens.
const REACH: usize = 220;
