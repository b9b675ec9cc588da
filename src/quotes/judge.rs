//! A second look at what the models found: where each piece of content begins and ends, and whether the whole is
//! a quote at all.
//!
//! The network of arguments labels token by token; here whole candidates are compared, as rerankers of parses do
//! (Charniak and Johnson 2005, "Coarse-to-fine n-best parsing and MaxEnt discriminative reranking"): the places
//! where a piece may begin or end, by what stands on either side, by the arcs of the tree that a cut there would
//! break, and by how sure the network of arguments was. One logistic regression answers all the questions; it learns
//! from what models of the other half of the texts found.

use super::attribution::Attribution;
use super::marks::Quotation;
use super::nouns;
use super::sources;
use super::view::{INSIDE, View};
use crate::annotation::Form;
use crate::page::Part;
use crate::tagger::parse::Relation;
use crate::tagger::{Feature, Model, ModelError, Pos};
use crate::text::Shape;
use std::ops::Range;

/// Labels of the model of judgements.
pub const JUDGE_LABELS: [&str; 2] = ["no", "yes"];

/// From which probability on an attribution is a quote.
const ACCEPTED: f32 = 0.35;

/// The same for quotation marks that no cue claims.
const ACCEPTED_BARE: f32 = 0.5;

/// How many tokens on either side of an edge are asked for their heads.
const NEAR: usize = 25;

/// How many edges are compared, at most.
const EDGES: usize = 24;

/// How many marks at a sentence's end are looked past for its last word.
const MARKS: usize = 40;

/// An attribution that was found, and how sure the models were of it.
pub struct Candidate {
    /// The attribution.
    pub attribution: Attribution,
    /// The probability of its cue.
    pub chance: f32,
    /// The tokens that were looked at.
    pub window: Range<usize>,
    /// What the network of arguments makes of each of them.
    pub shares: Vec<Share>,
}

/// How likely it is that content or the source begins with a token, and that it is part of it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Share {
    /// Of content.
    pub content: [f32; 2],
    /// Of the source.
    pub source: [f32; 2],
}

impl Candidate {
    pub(super) fn share(&self, at: usize) -> Share {
        at.checked_sub(self.window.start).and_then(|i| self.shares.get(i)).copied().unwrap_or_default()
    }
}

/// The side of a piece that an edge is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Where it begins.
    Start = 0,
    /// Where it ends.
    End = 1,
}

/// What judges candidates.
pub struct Judge<'a>(Model<'a>);

impl Judge<'static> {
    /// The judge that the engine holds.
    ///
    /// # Errors
    /// Where its weights are damaged.
    pub fn bundled() -> Result<Self, ModelError> {
        Judge::new(Model::load(include_bytes!("../../models/quotes-judge.bin"))?)
    }
}

impl<'a> Judge<'a> {
    /// A judge with this model.
    ///
    /// # Errors
    /// Where the model's labels are others.
    pub fn new(model: Model<'a>) -> Result<Self, ModelError> {
        if model.labels() == JUDGE_LABELS { Ok(Self(model)) } else { Err(ModelError::Content) }
    }

    fn chance(&self, features: &[Feature], emissions: &mut Vec<f32>) -> f32 {
        emissions.clear();
        self.0.emit(features, emissions);
        self.0.marginals(emissions).get(1).copied().unwrap_or(0.0)
    }

    /// Moves the ends of each piece of content to where they are likeliest.
    pub fn settle(&self, view: &View, candidate: &mut Candidate) {
        let (mut features, mut emissions) = (Vec::with_capacity(64), Vec::new());
        for piece in 0..candidate.attribution.content.len() {
            for side in [Side::End, Side::Start] {
                let mut best = (0.0, None);
                let mut now = 0.0;
                for (at, current) in edges(view, candidate, piece, side) {
                    features.clear();
                    edge_features(view, candidate, piece, side, at, &mut features);
                    let chance = self.chance(&features, &mut emissions);
                    if current {
                        now = chance;
                    }
                    if chance > best.0 || best.1.is_none() {
                        best = (chance, Some(at));
                    }
                }
                let (chance, Some(at)) = best else { continue };
                if let Some(piece) = candidate.attribution.content.get_mut(piece)
                    && chance > now
                {
                    match side {
                        Side::Start => piece.start = at,
                        Side::End => piece.end = at,
                    }
                }
            }
        }
    }

    /// Gives the candidate the source that is likeliest.
    pub fn name_source(&self, view: &View, candidate: &mut Candidate) {
        let (mut features, mut emissions) = (Vec::with_capacity(64), Vec::new());
        let mut best: Option<(f32, Option<Range<usize>>)> = None;
        // The first is the source as it is, which stays where nothing is better.
        for source in sources::sources(view, candidate) {
            features.clear();
            sources::features(view, candidate, source.as_ref(), &mut features);
            let chance = self.chance(&features, &mut emissions);
            if best.as_ref().is_none_or(|(most, _)| chance > *most) {
                best = Some((chance, source));
            }
        }
        if let Some((_, source)) = best {
            candidate.attribution.source = source;
        }
    }

    /// Whether the candidate is a quote.
    pub fn accepts(&self, view: &View, candidate: &Candidate, form: Form) -> bool {
        let mut features = Vec::with_capacity(80);
        whole_features(view, candidate, form, &mut features);
        self.chance(&features, &mut Vec::new()) >= ACCEPTED
    }

    /// Whether words in quotation marks that no cue claims are a quote.
    pub fn accepts_bare(&self, view: &View, bare: &Bare) -> bool {
        let mut features = Vec::with_capacity(80);
        bare_features(view, bare, &mut features);
        self.chance(&features, &mut Vec::new()) >= ACCEPTED_BARE
    }
}

/// Where a piece of content may begin or end, and which of these is where it does now. What is found lies in one
/// sentence, on one side of the cue, and doesn't reach the next piece.
pub fn edges(view: &View, candidate: &Candidate, piece: usize, side: Side) -> Vec<(usize, bool)> {
    let document = view.document;
    let Attribution { cue, source, content } = &candidate.attribution;
    let Some(here) = content.get(piece) else { return Vec::new() };
    let before = piece.checked_sub(1).and_then(|i| content.get(i)).map_or(0, |p| p.end);
    let after = content.get(piece + 1).map_or(usize::MAX, |p| p.start);
    let now = match side {
        Side::Start => here.start,
        Side::End => here.end,
    };
    let inner = match side {
        Side::Start => here.start,
        Side::End => here.end.saturating_sub(1),
    };
    let Some(sentence) = document.sentences.get(document.sentence_of(inner)) else { return Vec::new() };
    let stop = words_end(view, sentence).unwrap_or(sentence.end);
    let (mut low, mut high) = (sentence.start.max(before), stop.min(after));
    for part in [Some(cue), source.as_ref()].into_iter().flatten().filter(|p| !p.is_empty()) {
        if part.end <= here.start {
            low = low.max(part.end);
        } else if part.start >= here.end {
            high = high.min(part.start);
        }
    }
    let mut out: Vec<usize> = match side {
        Side::Start => (low.max(now.saturating_sub(40))..here.end.min(now + 40))
            .filter(|&at| begins(view, candidate, low, at))
            .collect(),
        Side::End => (now.saturating_sub(40).max(here.start + 1)..=high.min(now + 60))
            .filter(|&at| ends(view, candidate, high, at))
            .collect(),
    };
    // The nearest to where it is now.
    out.retain(|&at| at != now);
    out.sort_by_key(|&at| at.abs_diff(now));
    out.truncate(EDGES - 1);
    out.push(now);
    out.sort_unstable();
    out.into_iter().map(|at| (at, at == now)).collect()
}

/// A mark that no quotation holds and no number needs.
pub(super) fn is_loose(view: &View, at: usize) -> bool {
    view.at(at).marks & INSIDE == 0
        && view.document.tokens.get(at).is_none_or(|t| t.shape == Shape::Mark)
        && !matches!(view.document.word(at), "$" | "£" | "€" | "#" | "%" | ")" | "(" | "[" | "]" | "+")
}

/// Where a sentence's last word ends; nothing where too many marks follow it.
fn words_end(view: &View, sentence: &Range<usize>) -> Option<usize> {
    sentence.clone().rev().take(MARKS).find(|&i| !is_loose(view, i)).map(|i| i + 1)
}

/// Inside one quotation are both the token and the one before it.
fn splits_quotation(view: &View, at: usize) -> bool {
    let (b, t) = (view.at(at.wrapping_sub(1)), view.at(at));
    t.quotation != 0 && b.quotation == t.quotation
}

fn begins(view: &View, candidate: &Candidate, low: usize, at: usize) -> bool {
    if is_loose(view, at) || view.document.word(at) == "that" || splits_quotation(view, at) {
        return false;
    }
    let before = at.wrapping_sub(1);
    at == low
        || is_loose(view, before)
        || view.document.word(at) == "to"
        || view.at(at).quotation != 0
        || matches!(view.at(before).pos, Pos::Sconj | Pos::Cconj | Pos::Adp)
        || matches!(view.document.word(before), "that" | "to")
        || view.head(at).is_some_and(|h| candidate.attribution.cue.contains(&h))
}

fn ends(view: &View, candidate: &Candidate, high: usize, at: usize) -> bool {
    if is_loose(view, at - 1) || splits_quotation(view, at) {
        return false;
    }
    at == high
        || is_loose(view, at)
        || view.at(at - 1).quotation != view.at(at).quotation
        || matches!(view.at(at).pos, Pos::Sconj | Pos::Cconj)
        || matches!(view.document.word(at), "who" | "which" | "that" | "whose" | "(")
        || view.head(at).is_some_and(|h| candidate.attribution.cue.contains(&h))
}

/// How likely, in eight steps.
pub(super) fn level(p: f32) -> u64 {
    [0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.98].iter().filter(|&&step| p >= step).count() as u64
}

/// What sort of word names a source: a pronoun, a name, people or bodies, a document, another noun, another word.
pub(super) fn sort_of_source(view: &View, at: usize) -> u64 {
    let word = view.document.word(at).to_lowercase();
    let singular = word.strip_suffix('s').unwrap_or(&word);
    match view.at(at).pos {
        Pos::Pron => 1,
        Pos::Propn => 2,
        _ if nouns::noun_kind(&word).or_else(|| nouns::noun_kind(singular)).is_some() => 3,
        _ if nouns::is_document(&word) => 4,
        Pos::Noun => 5,
        _ => 6,
    }
}

pub(super) fn count(n: usize) -> u64 {
    match n {
        0..=3 => n as u64,
        4..=5 => 4,
        6..=8 => 5,
        9..=14 => 6,
        15..=25 => 7,
        _ => 8,
    }
}

/// What is seen of a piece of content that begins or ends before the token `at`.
pub fn edge_features(
    view: &View,
    candidate: &Candidate,
    piece: usize,
    side: Side,
    at: usize,
    out: &mut Vec<Feature>,
) {
    let document = view.document;
    let Attribution { cue, source, content } = &candidate.attribution;
    let Some(here) = content.get(piece) else { return };
    let head = view.cue_head(cue);
    let (b2, b, t, a) =
        (view.at(at.wrapping_sub(2)), view.at(at.wrapping_sub(1)), view.at(at), view.at(at + 1));
    let pos = |s: super::view::Seen| s.pos as u64;
    let sided = side as u64 | u64::from(here.start >= cue.end) << 1;
    let mut add = |template: u32, value: u64| out.push(Feature::new(200 + template).with(value << 2 | sided));
    let now = if side == Side::Start { here.start } else { here.end };
    let moved = match at.cmp(&now) {
        std::cmp::Ordering::Less => 1,
        std::cmp::Ordering::Equal => 0,
        std::cmp::Ordering::Greater => 2,
    };
    let ([begin, inside], [_, outside]) = match side {
        Side::Start => (candidate.share(at).content, candidate.share(at.wrapping_sub(1)).content),
        Side::End => (candidate.share(at.wrapping_sub(1)).content, candidate.share(at).content),
    };
    let sure = level(inside) << 3 | level(outside);
    add(0, 0);
    add(1, moved);
    add(2, moved << 8 | sure);
    add(3, level(begin) << 3 | level(outside));
    add(4, t.word);
    add(5, b.word);
    add(6, pos(b) << 5 | pos(t));
    add(7, pos(b2) << 10 | pos(b) << 5 | pos(t));
    add(8, pos(b) << 10 | pos(t) << 5 | pos(a));
    add(9, t.word ^ a.word.rotate_left(7));
    add(10, b.word ^ t.word.rotate_left(7));
    // Which words the cut would part from their heads, inwards and outwards.
    let (inner, outer) = match side {
        Side::Start => (at..here.end.min(at + NEAR), at.saturating_sub(NEAR).max(cue.start.min(at))..at),
        Side::End => (at.saturating_sub(NEAR).max(here.start)..at, at..at + NEAR),
    };
    let whole = match side {
        Side::Start => at..here.end,
        Side::End => here.start..at,
    };
    let plain = |i: &usize| !is_loose(view, *i) && !cue.contains(i);
    let sentence = document.sentences.get(document.sentence_of(inner.start)).cloned().unwrap_or_default();
    let hangs_in: Vec<usize> = (outer.clone())
        .filter(|i| sentence.contains(i) && plain(i))
        .filter(|&i| view.head(i).is_some_and(|h| whole.contains(&h)))
        .collect();
    let hangs_out = (inner.clone())
        .filter(|&i| view.head(i).is_some_and(|h| outer.contains(&h) && h != head && plain(&h)))
        .count();
    let relation = hangs_in.first().map_or(31, |&i| view.relation(i));
    add(11, hangs_in.len().min(3) as u64);
    add(12, relation);
    add(13, relation << 16 | pos(t) << 5 | pos(b));
    add(14, hangs_out.min(3) as u64);
    add(15, (hangs_in.len().min(3) as u64) << 8 | (hangs_out.min(3) as u64) << 4 | moved);
    add(16, relation << 6 | sure);
    // The first word on the other side, and what it hangs on.
    let first = match side {
        Side::Start => outer.clone().rev().find(plain),
        Side::End => outer.clone().filter(|i| sentence.contains(i)).find(plain),
    };
    let tie = first.map_or(0, |i| {
        1 + view.relation(i) * 4
            + match view.head(i) {
                Some(h) if h == head => 0,
                Some(h) if whole.contains(&h) => 1,
                Some(_) => 2,
                None => 3,
            }
    });
    add(17, tie);
    add(18, tie << 5 | pos(t));
    add(19, first.map_or(0, |i| view.at(i).word) ^ tie);
    add(20, tie << 6 | sure);
    let edge = match side {
        Side::Start => at,
        Side::End => at.wrapping_sub(1),
    };
    let own = 1
        + view.relation(edge) * 4
        + match view.head(edge) {
            Some(h) if h == head => 0,
            Some(h) if whole.contains(&h) => 1,
            Some(_) => 2,
            None => 3,
        };
    add(21, own);
    add(22, own << 8 | tie);
    // Places.
    let last = words_end(view, &sentence).unwrap_or(0);
    let place = u64::from(at == sentence.start)
        | u64::from(at == last) << 1
        | u64::from(at == cue.end || at + 1 == cue.start || at == cue.start) << 2
        | u64::from(source.as_ref().is_some_and(|s| at == s.end || at + 1 == s.start || at == s.start)) << 3;
    let quote = u64::from(b.quotation != 0) | u64::from(t.quotation != 0) << 1;
    add(23, place);
    add(24, place << 8 | moved << 2 | quote);
    add(25, quote << 12 | pos(b) << 5 | pos(t));
    add(26, quote << 6 | sure);
    let length = count(whole.len());
    let verbs =
        whole.clone().take(60).filter(|&i| matches!(view.at(i).pos, Pos::Verb | Pos::Aux)).count().min(3)
            as u64;
    add(27, length);
    add(28, verbs << 4 | length);
    let seen = view.at(head);
    let class = seen.class;
    add(29, verbs << 4 | class);
    add(30, seen.word ^ t.word.rotate_left(5));
    add(31, seen.word ^ b.word.rotate_left(9));
    add(32, seen.word ^ (pos(b) << 5 | pos(t)));
    add(33, class << 12 | pos(b) << 5 | pos(t));
    add(34, class << 12 | place << 4 | moved);
    // What the move takes in or leaves out.
    let between = at.min(now)..at.max(now);
    let taken =
        between.clone().take(40).filter(|&i| matches!(view.at(i).pos, Pos::Verb | Pos::Aux)).count().min(2)
            as u64;
    let commas = between.clone().take(40).filter(|&i| is_loose(view, i)).count().min(3) as u64;
    let quoted = u64::from(between.clone().take(40).any(|i| view.at(i).quotation != 0));
    add(35, moved << 8 | taken << 4 | commas);
    add(36, moved << 8 | taken << 4 | commas << 1 | quoted);
    add(37, moved << 8 | count(between.len()));
    let far = match side {
        Side::Start => at.saturating_sub(cue.end),
        Side::End => last.saturating_sub(at),
    };
    add(38, count(far));
    add(39, count(far) << 5 | pos(t));
    let leading = match side {
        Side::Start => cue.end..at,
        Side::End => at..at + 3,
    };
    let words = leading.take(3).fold(0_u64, |h, i| h.rotate_left(11) ^ view.at(i).word);
    add(40, words);
    add(
        41,
        pos(t) << 20
            | tie << 8
            | u64::from(document.word(at.wrapping_sub(1)) == ",") << 1
            | u64::from(document.word(at) == ","),
    );
    add(42, view.at(at + 1).word ^ u64::from(document.word(at) == ","));
}

/// What is seen of an attribution as a whole.
pub fn whole_features(view: &View, candidate: &Candidate, form: Form, out: &mut Vec<Feature>) {
    let document = view.document;
    let Attribution { cue, source, content } = &candidate.attribution;
    let head = view.cue_head(cue);
    let seen = view.at(head);
    let pos = |s: super::view::Seen| s.pos as u64;
    let mut add = |template: u32, value: u64| out.push(Feature::new(300 + template).with(value));
    let form = form as u64;
    let first = content.first().cloned().unwrap_or_default();
    let last = content.last().cloned().unwrap_or_default();
    let after = u64::from(first.start >= cue.end);
    let length: usize = content.iter().map(ExactSizeIterator::len).sum();
    let verbs =
        first.clone().take(60).filter(|&i| matches!(view.at(i).pos, Pos::Verb | Pos::Aux)).count().min(2)
            as u64;
    let gap = if after == 1 { cue.end..first.start } else { last.end..cue.start };
    let gap_words = gap.clone().take(3).fold(1_u64, |h, i| h.rotate_left(11) ^ view.at(i).word);
    let mean = content.iter().cloned().flatten().take(80).map(|i| candidate.share(i).content[1]).sum::<f32>()
        / length.clamp(1, 80) as f32;
    let chance = level(candidate.chance);
    add(0, 0);
    add(1, chance);
    add(2, chance << 4 | level(mean));
    add(3, level(mean));
    add(4, chance << 4 | form);
    add(5, seen.word);
    add(6, seen.word ^ (form << 1 | after));
    add(7, seen.fine);
    add(8, seen.middle << 2 | form);
    add(9, seen.class << 6 | pos(seen) << 1 | after);
    add(10, seen.class << 6 | form << 3 | verbs << 1 | after);
    add(11, form << 4 | count(length));
    add(12, after << 6 | verbs << 4 | count(length));
    let (c, c1) = (view.at(first.start), view.at(first.start + 1));
    add(13, c.word ^ after);
    add(14, pos(c) << 6 | pos(c1) << 1 | after);
    add(15, seen.word ^ c.word.rotate_left(7) ^ after);
    add(16, seen.word ^ (pos(c) << 5 | verbs << 1 | after));
    add(17, seen.class << 12 | pos(c) << 5 | verbs << 1 | after);
    add(18, gap_words ^ after);
    add(19, gap_words ^ seen.word.rotate_left(3));
    add(20, count(gap.len()) << 1 | after);
    add(21, seen.word ^ count(length));
    // Who.
    let who = source.as_ref().map(|s| {
        let word = (s.clone()).rev().find(|&i| matches!(view.at(i).pos, Pos::Noun | Pos::Propn | Pos::Pron));
        (s.clone(), word.unwrap_or(s.start))
    });
    let (kind, word) = who.as_ref().map_or((0, 0), |(range, at)| {
        let kind = sort_of_source(view, *at);
        (kind << 2 | u64::from(range.start >= cue.end) << 1, view.at(*at).word)
    });
    add(22, kind);
    add(23, word);
    add(24, kind << 8 | seen.class << 4 | form);
    add(25, seen.word ^ kind);
    add(26, word ^ seen.word.rotate_left(7));
    let fit = who.as_ref().map_or(0, |(_, at)| {
        1 + u64::from(view.head(*at) == Some(head))
            + u64::from(view.relation(*at) == Relation::Subject as u64) * 2
    });
    add(27, fit << 4 | after);
    add(28, fit << 8 | kind << 3 | seen.class);
    // How the cue stands in its sentence.
    let (b2, b, a) =
        (view.at(cue.start.wrapping_sub(2)), view.at(cue.start.wrapping_sub(1)), view.at(cue.end));
    add(29, b.word ^ seen.class);
    add(30, a.word ^ seen.class);
    add(31, seen.word ^ b.word.rotate_left(5));
    add(32, seen.word ^ a.word.rotate_left(9));
    add(33, pos(b2) << 15 | pos(b) << 10 | pos(seen) << 5 | pos(a));
    add(34, view.relation(head) << 4 | after);
    add(35, view.relation(head) << 8 | seen.class << 4 | kind >> 2);
    add(36, seen.suffix ^ pos(seen));
    add(37, cue.len().min(4) as u64);
    let tied = content.iter().cloned().flatten().take(80).find(|&i| view.head(i) == Some(head));
    let tie = tied.map_or(31, |i| view.relation(i));
    add(38, tie << 1 | after);
    add(39, tie << 8 | seen.class << 4 | form << 1 | after);
    add(40, seen.word ^ tie);
    // How the edges lie in the tree.
    let breaks = |inside: Range<usize>, outside: Range<usize>| {
        let cut = |i: usize, other: &Range<usize>| {
            !is_loose(view, i) && view.head(i).is_some_and(|h| h != head && other.contains(&h))
        };
        (inside.clone().filter(|&i| cut(i, &outside)).count().min(2)
            + outside.clone().filter(|&i| !cue.contains(&i) && cut(i, &inside)).count().min(2)) as u64
    };
    let sentence =
        document.sentences.get(document.sentence_of(last.end.saturating_sub(1))).cloned().unwrap_or_default();
    let right = breaks(
        last.end.saturating_sub(NEAR).max(last.start)..last.end,
        last.end..sentence.end.min(last.end + NEAR).max(last.end),
    );
    add(41, right << 1 | after);
    let paragraph = document.paragraph_of(document.sentence_of(cue.start));
    let part = document.article.paragraphs.get(paragraph).map_or(Part::Body, |p| p.part);
    let titled = u64::from(part == Part::Headline);
    add(42, titled << 4 | seen.class << 1 | after);
    add(43, titled << 10 | pos(c) << 3 | form << 1 | after);
    add(44, content.len().min(3) as u64);
    let at_end = u64::from(is_loose(view, last.end) && last.end + 1 >= sentence.end);
    add(45, at_end << 8 | view.at(last.end).pos as u64);
    add(46, u64::from(seen.marks & INSIDE != 0) << 2 | form);
}

/// Words in quotation marks that no cue claims.
pub struct Bare {
    /// The quotation's tokens.
    pub tokens: Range<usize>,
    /// The word outside that governs it in the tree: the nearest verb upwards.
    pub governor: Option<usize>,
    /// The governor's subject.
    pub subject: Option<Range<usize>>,
    /// It makes up most of a paragraph, which it opens.
    pub most: bool,
    /// The sentence or paragraph before ended in a direct quote.
    pub follows: bool,
    /// How many quotations the paragraph has.
    pub others: usize,
}

impl Bare {
    /// Looks at a quotation in its tree.
    pub fn new(view: &View, quotation: &Quotation, most: bool, follows: bool, others: usize) -> Self {
        let tokens = quotation.tokens.clone();
        let outside = tokens.clone().take(80).find_map(|i| view.head(i).filter(|h| !tokens.contains(h)));
        let governor = outside.and_then(|at| {
            view.upwards(at).take(6).find(|&i| view.at(i).pos == Pos::Verb && !tokens.contains(&i))
        });
        let subject = governor
            .and_then(|governor| view.subject_of(governor))
            .filter(|s| s.end <= tokens.start || s.start >= tokens.end);
        Self { tokens, governor, subject, most, follows, others }
    }
}

/// What is seen of words in quotation marks that no cue claims.
pub fn bare_features(view: &View, bare: &Bare, out: &mut Vec<Feature>) {
    let document = view.document;
    let mut add = |template: u32, value: u64| out.push(Feature::new(400 + template).with(value));
    let tokens = &bare.tokens;
    let words = tokens.start + 1..tokens.end.saturating_sub(1).max(tokens.start + 1);
    let length = count(words.len());
    let capital = |i: &usize| document.word(*i).starts_with(char::is_uppercase);
    let long = words.clone().take(60).filter(|&i| document.word(i).len() > 3).count();
    let titled = words.clone().take(60).filter(|i| document.word(*i).len() > 3 && capital(i)).count();
    let case = u64::from(capital(&words.start)) | u64::from(long > 0 && 3 * titled >= 2 * long) << 1;
    let inside_end = document.word(words.end.saturating_sub(1));
    let stop = match inside_end {
        "." | "!" | "?" | "…" => 1,
        "," => 2,
        _ => 0,
    };
    let verbs =
        words.clone().take(60).filter(|&i| matches!(view.at(i).pos, Pos::Verb | Pos::Aux)).count().min(2)
            as u64;
    let first_person =
        u64::from(words.clone().take(60).any(|i| {
            matches!(document.word(i), "I" | "we" | "We" | "my" | "our" | "you" | "You" | "me" | "us")
        }));
    let (b2, b, a) =
        (view.at(tokens.start.wrapping_sub(2)), view.at(tokens.start.wrapping_sub(1)), view.at(tokens.end));
    let home = document.sentence_of(tokens.start);
    let sentence = document.sentences.get(home).cloned().unwrap_or_default();
    let begins = u64::from(tokens.start == sentence.start);
    let finishes = u64::from(tokens.end + 2 > sentence.end);
    let part = document.article.paragraphs.get(document.paragraph_of(home)).map_or(Part::Body, |p| p.part);
    let head = u64::from(part == Part::Headline);
    add(0, 0);
    add(1, length);
    add(2, length << 4 | case << 2 | stop);
    add(3, verbs << 4 | case << 2 | stop);
    add(4, b.word);
    add(5, b.word ^ b2.word.rotate_left(7));
    add(6, (b.pos as u64) << 10 | (b2.pos as u64) << 5 | a.pos as u64);
    add(7, a.word);
    add(8, (b.pos as u64) << 8 | length);
    add(9, begins << 1 | finishes);
    add(10, begins << 8 | finishes << 7 | length << 3 | u64::from(bare.most) << 1 | u64::from(bare.follows));
    add(11, head);
    add(12, head << 8 | length << 2 | case);
    add(13, first_person << 2 | verbs);
    add(14, u64::from(bare.most) << 4 | verbs << 2 | first_person);
    add(15, u64::from(bare.follows) << 4 | verbs << 2 | first_person);
    add(16, bare.others.min(4) as u64);
    let governor = bare.governor.map(|g| view.at(g));
    let class = governor.map_or(9, |g| g.class);
    add(17, governor.map_or(0, |g| g.word));
    add(18, class);
    add(19, governor.map_or(0, |g| g.middle));
    add(20, class << 5 | b.pos as u64);
    add(21, class << 8 | length << 2 | case);
    let outer = tokens.clone().take(80).find(|&i| view.head(i).is_some_and(|h| !tokens.contains(&h)));
    let relation = outer.map_or(31, |i| view.relation(i));
    add(22, relation);
    add(23, relation << 8 | class << 4 | case);
    let who = bare.subject.as_ref().map_or(0, |s| 1 + view.at(s.end.saturating_sub(1)).pos as u64);
    add(24, who);
    add(25, who << 8 | class);
    add(26, words.clone().next().map_or(0, |i| view.at(i).word));
    add(
        27,
        words.clone().next_back().map_or(0, |i| view.at(i).pos as u64) << 5
            | words.clone().next().map_or(0, |i| view.at(i).pos as u64),
    );
    add(28, outer.and_then(|i| view.head(i)).map_or(0, |h| view.at(h).word));
    add(29, case << 4 | (b.pos as u64) << 8 | (a.pos as u64) << 16);
}
