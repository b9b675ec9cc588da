//! What the models of cues and of arguments see of a token.
//!
//! A cue is found in its sentence from words, tags, word clusters and the marks around. Its source and content
//! are then found as the arguments of a predicate are in semantic role labelling (Màrquez et al. 2008): each token
//! is seen from the cue, with what stands between.

use super::cues;
use super::marks::Quotation;
use crate::tagger::parse::{Arc, Relation};
use crate::tagger::{Analysis, Feature, Pos, hash};
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
    /// For each token the relations of its dependents, a bit each.
    below: Vec<u64>,
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
        let mut below = vec![0; arcs.len()];
        for arc in arcs {
            if let Some(bits) = arc.head.and_then(|h| below.get_mut(h)) {
                *bits |= 1 << arc.relation as u64;
            }
        }
        let mut first = vec![false; document.tokens.len()];
        for sentence in &document.sentences {
            if let Some(first) = first.get_mut(sentence.start) {
                *first = true;
            }
        }
        Self { document, seen, arcs, below, first }
    }

    /// The token at `at`.
    pub fn at(&self, at: usize) -> Seen {
        self.seen.get(at).copied().unwrap_or(OUTSIDE)
    }

    fn near(&self, at: usize, offset: isize, within: &Range<usize>) -> Seen {
        at.checked_add_signed(offset).filter(|i| within.contains(i)).map_or(OUTSIDE, |i| self.at(i))
    }

    /// The features of the token `at` of `sentence` for finding cues.
    pub fn cue_features(
        &self,
        sentence: &Range<usize>,
        at: usize,
        convention: Convention,
        out: &mut Vec<Feature>,
    ) {
        let near = |offset| self.near(at, offset, sentence);
        let (b2, b, t, a, a2) = (near(-2), near(-1), self.at(at), near(1), near(2));
        let pos = |s: Seen| s.pos as u64;
        let mut add = |template: u32, value: u64| out.push(Feature::new(template).with(value));
        add(1, t.word);
        add(2, t.suffix ^ pos(t));
        add(3, t.fine << 5 | pos(t));
        add(4, t.middle << 5 | pos(t));
        add(5, t.class << 5 | pos(t));
        add(6, b.word);
        add(7, a.word);
        add(8, b2.word);
        add(9, a2.word);
        add(10, b.word.rotate_left(7) ^ t.word);
        add(11, a.word.rotate_left(7) ^ t.word);
        add(12, pos(b) << 10 | pos(t) << 5 | pos(a));
        add(13, pos(b2) << 15 | pos(b) << 10 | pos(t) << 5 | pos(a));
        add(14, pos(b) << 20 | pos(t) << 15 | pos(a) << 10 | pos(a2) << 5 | t.class);
        add(15, t.word.rotate_left(9) ^ (pos(b) << 5 | pos(a)));
        add(16, t.word.rotate_left(9) ^ (pos(a) << 5 | pos(a2)) ^ 0x4d);
        add(17, t.middle << 10 | pos(b) << 5 | pos(a));
        add(18, b.middle << 8 | t.middle);
        add(19, t.middle << 8 | a.middle);
        add(20, t.marks);
        add(21, t.marks << 18 | b.marks << 12 | a.marks << 6 | t.class);
        add(22, t.marks << 8 | a.marks << 16 | t.middle);
        add(23, (b2.marks | b.marks) << 12 | (a.marks | a2.marks) << 6 | pos(t));
        // What follows soon: a complementiser, an infinitive, a colon, an opening mark.
        let ahead = self.ahead(sentence, at);
        add(24, ahead << 8 | t.class << 5 | pos(t));
        add(25, t.word.rotate_left(3) ^ ahead);
        add(26, ahead << 12 | t.middle);
        // Words before, without adverbs and auxiliaries: the subject, where there is one.
        let subject = self.subject(sentence, at);
        add(27, pos(subject) << 8 | pos(t) << 3 | t.class);
        add(28, subject.middle << 12 | t.middle);
        add(29, subject.word ^ (t.class << 5 | pos(t)));
        let first = u64::from(at == sentence.start) | u64::from(at + 1 == sentence.end) << 1;
        add(30, first << 5 | pos(t));
        let earlier = (sentence.start.max(at.saturating_sub(30))..at)
            .filter(|&i| self.at(i).class == 1 && self.at(i).pos == Pos::Verb)
            .count()
            .min(3) as u64;
        add(31, earlier << 8 | t.class << 5 | pos(t));
        add(32, near(-3).word ^ pos(t));
        add(33, near(3).word ^ pos(t));
        let below = self.below.get(at).copied().unwrap_or(0);
        let has = |r: Relation| below >> r as u64 & 1;
        let clausal = has(Relation::Complement)
            | has(Relation::OpenComplement) << 1
            | has(Relation::Parataxis) << 2
            | has(Relation::Subject) << 3
            | has(Relation::Object) << 4;
        add(50, self.relation(at) << 5 | pos(t));
        add(51, below);
        add(52, clausal << 5 | t.class);
        add(53, t.word ^ clausal << 3);
        add(54, t.middle << 6 | clausal);
        add(55, self.relation(at) << 10 | clausal << 5 | pos(t));
        let own = convention as u64;
        add(34, own);
        add(35, own << 8 | t.class << 5 | pos(t));
        if convention == Convention::Own {
            add(36, t.word);
            add(37, t.middle << 5 | pos(t));
            add(38, pos(b) << 10 | pos(t) << 5 | pos(a));
            add(39, ahead << 8 | t.class << 5 | pos(t));
            add(40, t.fine << 5 | pos(t));
            add(41, t.suffix ^ pos(t));
            add(42, t.marks << 18 | b.marks << 12 | a.marks << 6 | t.class);
        }
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
    fn branch(&self, at: usize, above: &[usize]) -> u64 {
        let mut relation = 31;
        for i in self.upwards(at) {
            if let Some(steps) = above.iter().position(|&a| a == i) {
                return 1 + (steps.min(4) as u64) * 32 + relation;
            }
            relation = self.relation(i);
        }
        0
    }

    /// Signs of content among the next tokens, as bits.
    fn ahead(&self, sentence: &Range<usize>, at: usize) -> u64 {
        let mut signs = 0;
        for i in at + 1..sentence.end.min(at + 7) {
            let far = u64::from(i > at + 2);
            signs |= match self.document.word(i) {
                "that" => 1 << far,
                "to" => 4 << far,
                ":" => 16,
                "," => 32,
                _ if self.at(i).marks & FIRST != 0 => 64 << far,
                _ if i == at + 1 && self.at(i).pos == Pos::Pron => 256,
                _ => 0,
            };
            if self.at(i).pos == Pos::Verb {
                signs |= 512;
                break;
            }
        }
        signs
    }

    /// The nearest word before that is no adverb, auxiliary or negation.
    fn subject(&self, sentence: &Range<usize>, at: usize) -> Seen {
        (sentence.start.max(at.saturating_sub(6))..at)
            .rev()
            .map(|i| self.at(i))
            .find(|s| !matches!(s.pos, Pos::Adv | Pos::Aux | Pos::Part))
            .unwrap_or(OUTSIDE)
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

    /// Calls `each` with the features of every token of `window`, in order, as seen from the cue. `other` says
    /// which tokens are cues.
    pub fn argument_features(
        &self,
        cue: &Range<usize>,
        window: &Range<usize>,
        other: &[bool],
        convention: Convention,
        mut each: impl FnMut(&[Feature]),
    ) {
        let frame = Frame::new(self, cue, window);
        let mut between = vec![Between::default(); window.len()];
        let mut state = Between::default();
        for at in (window.start..cue.start).rev() {
            between[at - window.start] = state;
            state.pass(self, at, other);
        }
        state = Between::default();
        for at in cue.end..window.end {
            between[at - window.start] = state;
            state.pass(self, at, other);
        }
        let mut features = Vec::with_capacity(64);
        let above: Vec<usize> = self.upwards(frame.head).collect();
        let branches: Vec<u64> = window.clone().map(|at| self.branch(at, &above)).collect();
        for (at, between) in window.clone().zip(&between) {
            features.clear();
            self.argument(&frame, at, *between, other, convention, &mut features);
            if !cue.contains(&at) {
                let side = u64::from(at >= cue.end);
                let here = at - window.start;
                let branch = |i: Option<usize>| i.and_then(|i| branches.get(i)).copied().unwrap_or(999);
                let (b, t, a) = (branch(here.checked_sub(1)), branch(Some(here)), branch(Some(here + 1)));
                let mut add = |template: u32, value: u64| features.push(Feature::new(template).with(value));
                let pos = self.at(at).pos as u64;
                add(160, t << 1 | side);
                add(161, b << 11 | t << 1 | side);
                add(162, t << 11 | a << 1 | side);
                add(163, frame.word ^ (t << 1 | side));
                add(164, t << 6 | pos << 1 | side);
                add(165, b << 17 | t << 7 | pos << 1 | side);
                add(166, t << 8 | frame.before << 4 | side);
                add(167, t << 8 | frame.after << 4 | side);
                add(168, t << 8 | self.relation(at) << 1 | side);
                add(169, t << 8 | frame.kind >> 5 << 1 | side);
                add(170, t << 20 | b << 10 | a);
                if convention == Convention::Own {
                    add(171, t << 1 | side);
                    add(172, b << 11 | t << 1 | side);
                    add(173, t << 11 | a << 1 | side);
                }
            }
            each(&features);
        }
    }

    fn argument(
        &self,
        frame: &Frame,
        at: usize,
        between: Between,
        other: &[bool],
        convention: Convention,
        out: &mut Vec<Feature>,
    ) {
        let near = |offset| self.near(at, offset, &frame.window);
        let (b2, b, t, a, a2) = (near(-2), near(-1), self.at(at), near(1), near(2));
        let pos = |s: Seen| s.pos as u64;
        let side: u64 = if at < frame.cue.start {
            0
        } else if at < frame.cue.end {
            // A cue's own words are neither source nor content.
            out.push(Feature::new(100));
            return;
        } else {
            1
        };
        let distance = if side == 0 { frame.cue.start - at } else { at + 1 - frame.cue.end };
        let far = bucket(distance) << 1 | side;
        let mut add = |template: u32, value: u64| out.push(Feature::new(template).with(value));
        add(101, far);
        add(102, far << 5 | pos(t));
        add(103, t.word ^ side);
        add(104, pos(b) << 11 | pos(t) << 6 | pos(a) << 1 | side);
        add(105, pos(b2) << 11 | pos(b) << 6 | pos(t) << 1 | side);
        add(106, pos(t) << 11 | pos(a) << 6 | pos(a2) << 1 | side);
        add(107, b.word ^ side);
        add(108, a.word ^ side);
        add(109, t.word.rotate_left(7) ^ a.word ^ side);
        add(110, b.word.rotate_left(7) ^ t.word ^ side);
        add(111, frame.word ^ side);
        add(112, frame.word ^ far);
        add(113, frame.kind << 11 | pos(b) << 6 | pos(t) << 1 | side);
        add(114, frame.word ^ (pos(t) << 1 | side));
        add(115, frame.after << 8 | far);
        add(116, frame.before << 8 | far);
        add(117, frame.after << 8 | frame.before << 4 | side);
        add(118, frame.after << 16 | frame.before << 8 | pos(t) << 1 | side);
        let Between { commas, verbs, cues, that, stops, others, .. } = between;
        add(119, commas << 1 | side);
        add(120, verbs << 1 | side);
        add(121, commas << 12 | verbs << 8 | bucket(distance) << 1 | side);
        add(122, cues << 4 | others << 2 | side);
        add(123, that << 8 | stops << 4 | side);
        // Quotations: inside which, counted from the cue.
        let order = Self::quotation_order(frame, t, side);
        add(124, t.marks << 1 | side);
        add(125, t.marks << 4 | order << 1 | side);
        add(126, (t.marks << 12 | b.marks << 6 | a.marks) << 6 | pos(t) << 1 | side);
        add(127, order << 8 | frame.before << 4 | side);
        add(128, order << 8 | frame.after << 4 | side);
        add(129, order << 16 | frame.before << 12 | t.marks << 4 | stops << 1 | side);
        // The tags between, where there are few.
        add(130, between.path ^ side);
        add(131, between.path ^ frame.word ^ side);
        let first = self.first_in_sentence(at);
        let last = self.first_in_sentence(at + 1);
        let end = u64::from(first) | u64::from(last) << 1 | u64::from(self.first_in_sentence(at + 2)) << 2;
        add(132, end << 1 | side);
        add(133, end << 12 | frame.before << 8 | commas << 4 | side);
        add(134, end << 12 | frame.after << 8 | verbs << 4 | side);
        // One noun phrase reaches from here to the cue.
        add(135, between.nominal << 8 | pos(t) << 1 | side);
        add(136, between.nominal << 16 | pos(b) << 8 | pos(t) << 1 | side);
        add(137, t.middle << 1 | side);
        add(138, t.middle << 8 | far);
        add(139, frame.middle << 8 | far);
        add(140, frame.middle << 16 | frame.after << 8 | pos(t) << 1 | side);
        if matches!(t.pos, Pos::Punct | Pos::Sconj | Pos::Cconj | Pos::Adp | Pos::Adv) {
            add(141, t.word ^ (frame.after << 8 | side));
            add(142, t.word ^ (frame.before << 8 | pos(a) << 1 | side));
            add(143, t.word ^ (verbs << 8 | commas << 4 | side));
            add(144, t.word ^ a.word.rotate_left(9) ^ (verbs << 1 | side));
        }
        let comma = u64::from(self.document.word(at) == ",")
            | u64::from(self.document.word(at.wrapping_sub(1)) == ",") << 1;
        if comma != 0 {
            add(145, comma << 16 | pos(t) << 11 | pos(a) << 6 | verbs << 2 | side);
            add(146, comma << 16 | pos(a) << 11 | pos(a2) << 6 | cues << 2 | side);
            add(147, comma << 16 | frame.before << 8 | frame.after << 4 | commas << 1 | side);
        }
        let here = u64::from(other.get(at).copied().unwrap_or(false));
        add(148, here << 8 | others << 4 | side);
        add(149, others << 8 | frame.before << 4 | side);
        let own = convention as u64;
        add(150, own << 8 | far);
        if convention == Convention::Own {
            add(151, pos(b) << 6 | pos(t) << 1 | side);
            add(152, t.word ^ side);
            add(153, comma << 8 | end << 4 | side);
            add(154, t.marks << 6 | order << 1 | side);
            add(155, frame.kind << 8 | far);
            add(156, between.nominal << 8 | pos(t) << 1 | side);
            add(157, frame.after << 8 | frame.before << 4 | side);
        }
    }

    /// 0 outside quotations, 1 in the nearest to the cue on its side, 2 in the next, 3 in a further one, 4 in one
    /// that holds the cue.
    fn quotation_order(frame: &Frame, token: Seen, side: u64) -> u64 {
        if token.quotation == 0 {
            return 0;
        }
        if token.quotation == frame.inside {
            return 4;
        }
        let nearest = if side == 0 { frame.left } else { frame.right };
        1 + u64::from(nearest.abs_diff(token.quotation)).min(2)
    }

    fn first_in_sentence(&self, token: usize) -> bool {
        self.first.get(token).copied().unwrap_or(true)
    }
}

/// How far a window reaches from its cue, in tokens.
const REACH: usize = 220;

/// What is the same for every token that is seen from one cue.
struct Frame {
    head: usize,
    cue: Range<usize>,
    window: Range<usize>,
    word: u64,
    middle: u64,
    kind: u64,
    /// What stands before and after the cue.
    before: u64,
    after: u64,
    /// The nearest quotations, by number, and the one that holds the cue.
    left: u32,
    right: u32,
    inside: u32,
}

impl Frame {
    fn new(view: &View, cue: &Range<usize>, window: &Range<usize>) -> Self {
        let head = view.cue_head(cue);
        let seen = view.at(head);
        let sentence = view
            .document
            .sentences
            .get(view.document.sentence_of(cue.start))
            .cloned()
            .unwrap_or_else(|| cue.clone());
        let quotation = |mut at: Box<dyn Iterator<Item = usize>>| {
            at.find_map(|i| Some(view.at(i).quotation).filter(|q| *q != 0)).unwrap_or(0)
        };
        Self {
            head,
            word: seen.word,
            middle: seen.middle,
            kind: seen.class << 5 | seen.pos as u64,
            before: neighbour(view, cue.start.checked_sub(1).filter(|i| sentence.contains(i))),
            after: neighbour(view, Some(cue.end).filter(|i| sentence.contains(i))),
            left: quotation(Box::new((window.start..cue.start).rev())),
            right: quotation(Box::new(cue.end..window.end)),
            inside: seen.quotation,
            cue: cue.clone(),
            window: window.clone(),
        }
    }
}

/// What stands beside a cue, in 4 bits.
fn neighbour(view: &View, at: Option<usize>) -> u64 {
    let Some(at) = at else { return 0 };
    match view.document.word(at) {
        "," => return 1,
        ":" => return 2,
        "that" => return 3,
        "to" => return 4,
        "." | "!" | "?" | ";" => return 5,
        _ => {}
    }
    let seen = view.at(at);
    if seen.marks & (FIRST | LAST) != 0 {
        return 6;
    }
    match seen.pos {
        Pos::Pron => 7,
        Pos::Propn => 8,
        Pos::Noun | Pos::Num | Pos::Sym => 9,
        Pos::Det | Pos::Adj => 10,
        Pos::Verb => 11,
        Pos::Aux => 12,
        Pos::Adp => 13,
        Pos::Adv | Pos::Sconj | Pos::Part => 14,
        _ => 15,
    }
}

/// What was passed on the way from the cue; counts stop at 3.
#[derive(Clone, Copy)]
struct Between {
    commas: u64,
    verbs: u64,
    cues: u64,
    that: u64,
    stops: u64,
    /// Other cues that were found.
    others: u64,
    /// Nothing but a noun phrase, with its prepositions.
    nominal: u64,
    path: u64,
    length: u32,
}

impl Default for Between {
    fn default() -> Self {
        Self { commas: 0, verbs: 0, cues: 0, that: 0, stops: 0, others: 0, nominal: 2, path: 1, length: 0 }
    }
}

impl Between {
    fn pass(&mut self, view: &View, at: usize, other: &[bool]) {
        let seen = view.at(at);
        let up = |count: &mut u64, more: bool| *count = (*count + u64::from(more)).min(3);
        let word = view.document.word(at);
        up(&mut self.commas, word == ",");
        up(&mut self.verbs, matches!(seen.pos, Pos::Verb | Pos::Aux));
        up(&mut self.cues, seen.class == 1 && seen.pos == Pos::Verb);
        up(&mut self.that, matches!(word, "that" | "who" | "which"));
        up(&mut self.stops, matches!(word, "." | "!" | "?" | ";" | "—" | "–"));
        up(&mut self.others, other.get(at).copied().unwrap_or(false));
        if matches!(seen.pos, Pos::Verb | Pos::Aux | Pos::Sconj | Pos::Punct) {
            self.nominal = 0;
        } else if matches!(seen.pos, Pos::Adp | Pos::Cconj | Pos::Adv | Pos::Part) {
            self.nominal = self.nominal.min(1);
        }
        self.length += 1;
        self.path = if self.length > 6 { 0 } else { self.path << 5 | seen.pos as u64 };
    }
}

/// Distances in tokens: 1 to 4, then ever wider.
fn bucket(distance: usize) -> u64 {
    match distance {
        0..=4 => distance as u64,
        5..=6 => 5,
        7..=9 => 6,
        10..=14 => 7,
        15..=24 => 8,
        25..=45 => 9,
        _ => 10,
    }
}
