//! Who says what: content, cue, source, speaker.
//!
//! [`marks`] pairs quotation marks, [`model`] finds cues with their sources and contents, [`judge`] mends and sifts
//! what was found, [`expressed`] adds attitudes put into words, and [`speaker`] ties each source to an actor. Of the
//! quotations that no cue claims some go on with the one before; the judge says which others are speech, and which
//! titles, nicknames or scare quotes.

mod attribution;
mod conventions;
mod cues;
mod expressed;
mod fields;
mod judge;
mod marks;
mod model;
mod nouns;
mod reporting;
mod sources;
mod speaker;
#[cfg(test)]
mod tests;
mod view;

use crate::annotation::{Actor, Form, Quote};
use crate::tagger::{Analysis, GivenNames, ModelError, Pos};
use crate::text::{Document, Span};
use attribution::Attribution;
use judge::{Bare, Candidate, Judge};
use marks::Quotation;
use model::Models;
use speaker::Speakers;
use std::collections::HashMap;
use std::ops::Range;
use view::View;

/// What finds quotes: the weights, read and checked.
pub struct Finder {
    models: Models<'static>,
    judge: Judge<'static>,
    given: GivenNames<'static>,
}

impl Finder {
    /// The weights that the engine holds.
    ///
    /// # Errors
    /// Where they are damaged.
    pub fn bundled() -> Result<Self, ModelError> {
        let (models, judge) = (Models::bundled()?, Judge::bundled()?);
        Ok(Self { models, judge, given: GivenNames::bundled()? })
    }

    /// Every quote of an English article, in text order, with its speaker where one can be told.
    pub fn find(&self, analysis: &Analysis, actors: &[Actor]) -> Vec<Quote> {
        let document = analysis.document;
        let quotations = marks::quotations(document);
        let found = attributions(analysis, &self.models, &self.judge, &quotations);
        let outer: Vec<&Quotation> = quotations.iter().filter(|q| q.depth == 0).collect();
        let mut quoted = vec![false; document.tokens.len()];
        for q in &outer {
            quoted[q.tokens.clone()].iter_mut().for_each(|i| *i = true);
        }
        let mut speakers = Speakers::new(analysis, &self.given, actors, &quoted);
        found.iter().filter_map(|a| quote(document, a, &outer, &mut speakers)).collect()
    }
}

/// Every attribution of the article, in the order of the contents.
pub(crate) fn attributions(
    analysis: &Analysis,
    models: &Models,
    judge: &Judge,
    quotations: &[Quotation],
) -> Vec<Attribution> {
    let document = analysis.document;
    let outer: Vec<&Quotation> = quotations.iter().filter(|q| q.depth == 0).collect();
    let view = View::new(analysis, quotations);
    let mut accepted = candidates(&view, models, Some(judge), &outer);
    accepted
        .retain(|candidate| judge.accepts(&view, candidate, form(&candidate.attribution.content, &outer)));
    let mut found = likeliest(accepted);
    found.sort_by_key(|a| a.cue.start);
    for attribution in &mut found {
        let Attribution { cue, source, content } = attribution;
        let outside = |s: &Range<usize>| content.iter().all(|c| s.end <= c.start || s.start >= c.end);
        // Nobody is named as the source in what they say: the cue's subject is.
        if source.as_ref().is_some_and(|s| !outside(s)) {
            *source = view.subject_of(view.cue_head(cue)).filter(outside);
        }
        if let Some(source) = source {
            conventions::leave_relative(&view, source);
        }
    }
    let expressed = expressed::attitudes(&view, &mut found);
    found.extend(expressed);
    found.sort_by_key(|a| a.cue.start);
    arrange(document, &mut found);
    go_round(&view, &outer, &mut found, |bare| judge.accepts_bare(&view, bare));
    found.sort_by_key(Attribution::start);
    go_on(document, &outer, &mut found);
    part(document, &outer, &mut found);
    found
}

/// What the models find, to be judged; its edges where the judge, if there is one, would have them.
pub(crate) fn candidates(
    view: &View,
    models: &Models,
    judge: Option<&Judge>,
    outer: &[&Quotation],
) -> Vec<Candidate> {
    let document = view.document;
    let mut found = models.find(document, view);
    let silent = |a: &Attribution| a.source.is_none() && model::is_passive(document, &a.cue);
    found.retain_mut(|candidate| {
        candidate.attribution.tidy(document, outer);
        if let Some(judge) = judge {
            judge.settle(view, candidate);
            candidate.attribution.tidy(document, outer);
            judge.name_source(view, candidate);
        }
        conventions::leave_out(view, &mut candidate.attribution);
        conventions::leave_answer(view, &mut candidate.attribution);
        let a = &candidate.attribution;
        !(a.content.is_empty() || silent(a) || a.is_anonymity(document) || a.is_nested(document, outer))
    });
    found
}

/// Leaves each piece of content to one attribution, in the order of the contents.
pub(crate) fn arrange(document: &Document, found: &mut Vec<Attribution>) {
    apart(document, found);
    found.retain(|a| !a.content.is_empty());
    leave_nested(document, found);
    found.sort_by_key(Attribution::start);
    once(found);
}

/// What training needs of this layer.
#[cfg(feature = "train")]
pub(crate) mod training {
    pub(crate) use super::attribution::Attribution;
    pub(crate) use super::fields::{ARGUMENT_VALUES, TOKEN_VALUES, argument_fields, token_fields};
    pub(crate) use super::judge::{
        Bare, JUDGE_LABELS, Judge, Side, bare_features, edge_features, edges, whole_features,
    };
    pub(crate) use super::marks::quotations;
    pub(crate) use super::model::{ARGUMENT_LABELS, CUE_LABELS, Models, clip, stretches};
    pub(crate) use super::sources::{features as source_features, sources};
    pub(crate) use super::speaker::{Answer, Class, Reading, Speaker, Speakers, Weights};
    pub use super::view::Convention;
    pub(crate) use super::view::View;
    pub(crate) use super::{arrange, attributions, candidates, form, go_round};
}

/// Direct quotes by their marks alone, without speakers: for languages that the engine doesn't know.
pub fn marked(document: &Document) -> Vec<Quote> {
    let quotations = marks::quotations(document);
    let outer: Vec<&Quotation> = quotations.iter().filter(|q| q.depth == 0).collect();
    let mut found: Vec<Attribution> = outer
        .iter()
        .filter(|q| q.tokens.len() >= SPOKEN || unspaced(document.span(&q.tokens).of(document.text())))
        .map(|q| Attribution { cue: 0..0, source: None, content: vec![q.tokens.clone()] })
        .collect();
    go_on(document, &outer, &mut found);
    found
        .into_iter()
        .map(|a| Quote {
            form: Form::Direct,
            spans: a.content.iter().map(|c| document.span(c)).collect(),
            source: None,
            cue: None,
            speaker: None,
            unnamed: None,
        })
        .collect()
}

/// As long as speech in a script that parts no words by spaces: Japanese, Chinese.
fn unspaced(text: &str) -> bool {
    const SPOKEN: usize = 10;
    text.chars().filter(|c| ('\u{2e80}'..='\u{9fff}').contains(c)).count() >= SPOKEN
}

/// Words in marks are speech rather than a name or a scare quote from so many tokens on, marks included.
const SPOKEN: usize = 6;

/// What a headline names behind a colon is no longer than so many tokens.
const NAMED: usize = 8;

/// Gives the quotations that no cue claims to a speaker, where they are speech: one that follows a direct quote's
/// attribution goes on with it (“We won,” she said. “They lost.”), in the next paragraph too where it fills that; one
/// that stands before a colon in a headline is said by whoever is named behind; one that a colon announces in the paragraph
/// before, or that a reporting clause follows, is said by its subject; of the others `accepts` says which are
/// speech, and the subject of the verb that governs them in the tree speaks, or who made the report right before.
pub(crate) fn go_round(
    view: &View,
    outer: &[&Quotation],
    found: &mut Vec<Attribution>,
    mut accepts: impl FnMut(&Bare) -> bool,
) {
    let document = view.document;
    let mut claimed: Vec<Range<usize>> = found.iter().flat_map(|a| a.content.clone()).collect();
    claimed.sort_by_key(|c| c.start);
    // The direct quotes, by the end of the sentence in which they end.
    let sentence_end =
        |token: usize| document.sentences.get(document.sentence_of(token)).map_or(0, |s| s.end);
    let mut open: HashMap<usize, usize> = HashMap::new();
    // And who makes the reports that end there.
    let mut reports: HashMap<usize, Option<Range<usize>>> = HashMap::new();
    for (index, attribution) in found.iter().enumerate() {
        let last = attribution.reach().end.saturating_sub(1);
        if form(&attribution.content, outer) == Form::Direct {
            open.insert(sentence_end(last), index);
        } else {
            open.remove(&sentence_end(last));
            reports.insert(sentence_end(last), attribution.source.clone());
        }
    }
    let mut is_cue = vec![false; document.tokens.len()];
    for cue in found.iter().flat_map(|a| a.cue.clone()) {
        is_cue.get_mut(cue).into_iter().for_each(|c| *c = true);
    }
    // How far what is claimed reaches, and what of it begins with the quotation or before.
    let (mut reach, mut cover) = (0, 0);
    let mut next = claimed.iter().peekable();
    for q in outer {
        while let Some(claim) = next.next_if(|c| c.start < q.tokens.end) {
            reach = reach.max(claim.end);
            if claim.start <= q.tokens.start {
                cover = cover.max(claim.end);
            }
        }
        if cover > q.tokens.start {
            continue;
        }
        let paragraph = document.paragraph_of(document.sentence_of(q.tokens.start));
        let Some(paragraph) = document.paragraphs.get(paragraph) else { continue };
        let paragraph = marks::paragraph_tokens(document, paragraph);
        let end = sentence_end(q.tokens.end.saturating_sub(1));
        let most = paragraph.start == q.tokens.start && 4 * q.tokens.len() >= 3 * paragraph.len();
        // How headlines and subheads, which have no full stop, name who speaks: ‘Rates will fall’: Bank of Peru.
        let rest = q.tokens.end + 1..paragraph.end;
        let titled = reach <= q.tokens.start
            && paragraph.start == q.tokens.start
            && document.word(q.tokens.end) == ":"
            && !matches!(document.word(paragraph.end.saturating_sub(1)), "." | "!" | "?");
        if titled && rest.len() <= NAMED && rest.clone().any(|at| names_speaker(view, at)) {
            let content = vec![q.tokens.clone()];
            found.push(Attribution { cue: 0..0, source: Some(rest), content });
            continue;
        }
        if most
            && let Some((cue, source)) = announced(view, q.tokens.start)
            && !is_cue.get(cue).copied().unwrap_or(false)
        {
            open.insert(end, found.len());
            found.push(Attribution { cue: cue..cue + 1, source, content: vec![q.tokens.clone()] });
            continue;
        }
        let reported = (q.tokens.len() >= SPOKEN)
            .then(|| reporting::clause(view, &q.tokens))
            .flatten()
            .filter(|(cue, _)| is_cue.get(*cue) == Some(&false));
        let before = open.get(&q.tokens.start).filter(|_| most || q.tokens.start > paragraph.start);
        if let Some(index) = before.copied().filter(|_| reported.is_none()) {
            if let Some(attribution) = found.get_mut(index) {
                attribution.content.push(q.tokens.clone());
                open.insert(end, index);
            }
            continue;
        }
        if reach > q.tokens.start || is_title(document, q) {
            continue;
        }
        let others = outer.partition_point(|o| o.tokens.start < paragraph.end)
            - outer.partition_point(|o| o.tokens.start < paragraph.start);
        let bare = Bare::new(view, q, most, open.contains_key(&q.tokens.start), others);
        let spoken = accepts(&bare);
        if let Some((cue, source)) = reported {
            open.insert(sentence_end(source.end.max(cue + 1) - 1), found.len());
            let content = vec![q.tokens.clone()];
            found.push(Attribution { cue: cue..cue + 1, source: Some(source), content });
        } else if spoken {
            let governor = bare.governor.filter(|_| bare.subject.is_some());
            let cue = governor.map_or(0..0, |at| at..at + 1);
            // Speech right behind a report is of the same source.
            let report =
                || reports.get(&q.tokens.start).filter(|_| q.tokens.start > paragraph.start)?.clone();
            let source = bare.subject.or_else(report);
            found.push(Attribution { cue, source, content: vec![q.tokens.clone()] });
        }
    }
    found.sort_by_key(Attribution::start);
}

/// The quotation is a title: all of its longer words, of which there are some, begin with a capital.
fn is_title(document: &Document, quotation: &Quotation) -> bool {
    let longer = quotation.tokens.clone().map(|at| document.word(at)).filter(|word| word.len() > 3);
    longer.clone().count() > 2 && longer.clone().all(|word| word.starts_with(char::is_uppercase))
}

/// The cue, with its subject, of a paragraph that ends in a colon before the paragraph that begins at `start`: The
/// firm wrote: ¶ “We are sorry.”
fn announced(view: &View, start: usize) -> Option<(usize, Option<Range<usize>>)> {
    let document = view.document;
    let colon = start.checked_sub(1).filter(|&at| document.word(at) == ":")?;
    let sentence = document.sentences.get(document.sentence_of(colon))?;
    let says =
        |at: &usize| view.at(*at).pos == Pos::Verb && view.at(*at).class == cues::Cue::Speech as u64 + 1;
    let cue = sentence.clone().rev().take(NAMED).find(says)?;
    Some((cue, view.subject_of(cue)))
}

/// The token is a name, or a word for people or bodies.
fn names_speaker(view: &View, at: usize) -> bool {
    let word = view.document.word(at).to_lowercase();
    let singular = word.strip_suffix('s').unwrap_or(&word);
    let acronym = word.len() > 1 && view.document.word(at).chars().all(char::is_uppercase);
    view.at(at).pos == Pos::Propn
        || acronym
        || nouns::noun_kind(&word).or_else(|| nouns::noun_kind(singular)).is_some()
}

/// Takes from each attribution the pieces in other sentences that have cues of their own.
fn apart(document: &Document, found: &mut [Attribution]) {
    let homes: Vec<usize> = found.iter().map(|a| document.sentence_of(a.cue.start)).collect();
    for (attribution, home) in found.iter_mut().zip(&homes) {
        let theirs = |piece: &Range<usize>| {
            let from = document.sentence_of(piece.start);
            let to = document.sentence_of(piece.end.saturating_sub(1));
            let next = homes.partition_point(|h| *h < from);
            !(from..=to).contains(home) && homes.get(next).is_some_and(|h| *h <= to)
        };
        if attribution.content.iter().any(|c| !theirs(c)) {
            attribution.content.retain(|c| !theirs(c));
        }
    }
}

/// Leaves out what is said without a source inside the content of another.
fn leave_nested(document: &Document, found: &mut Vec<Attribution>) {
    let mut inside = vec![false; document.tokens.len()];
    for piece in found.iter().flat_map(|a| &a.content) {
        inside.get_mut(piece.clone()).into_iter().for_each(|tokens| tokens.fill(true));
    }
    found.retain(|a| a.source.is_some() || inside.get(a.cue.start) != Some(&true));
}

/// Of candidates with the same content the one with a source stays, then the one whose cue is likelier.
fn likeliest(candidates: Vec<Candidate>) -> Vec<Attribution> {
    let worth = |c: &Candidate| (c.attribution.source.is_some(), c.chance);
    let best = single(candidates, |c| &c.attribution, |a, b| worth(a) > worth(b));
    best.into_iter().map(|candidate| candidate.attribution).collect()
}

/// Of two attributions of the same content the one with a source stays, then the one whose cue is nearer.
fn once(found: &mut Vec<Attribution>) {
    *found = single(std::mem::take(found), |a| a, |a, b| a.worth() < b.worth());
}

/// Leaves one of those that have the same content, which stand near each other: the first, or what is better.
fn single<T>(
    list: Vec<T>,
    attribution: impl Fn(&T) -> &Attribution,
    better: impl Fn(&T, &T) -> bool,
) -> Vec<T> {
    let mut out: Vec<T> = Vec::with_capacity(list.len());
    for item in list {
        let mut near = out.iter_mut().rev().take(4).rev();
        match near.find(|other| attribution(&item).repeats(attribution(other))) {
            Some(other) if better(&item, other) => *other = item,
            Some(_) => {}
            None => out.push(item),
        }
    }
    out
}

/// Joins a quotation to the one that was left open in the paragraph before it.
fn go_on(document: &Document, outer: &[&Quotation], found: &mut Vec<Attribution>) {
    let mut out: Vec<Attribution> = Vec::with_capacity(found.len());
    for attribution in found.drain(..) {
        let opens = attribution.content.first().map(|c| c.start);
        let joined = out.last_mut().filter(|before| {
            let (Some(open), Some(end)) = (opens, before.content.last()) else { return false };
            let paragraph = |token| document.paragraph_of(document.sentence_of(token));
            let quotation = outer.partition_point(|q| q.tokens.end < end.end);
            let left_open = outer.get(quotation).is_some_and(|q| {
                q.tokens.end == end.end && !q.closed && document.word(q.tokens.start) == document.word(open)
            });
            attribution.source.is_none()
                && left_open
                && paragraph(open) == paragraph(end.start) + 1
                && document
                    .paragraphs
                    .get(paragraph(open))
                    .is_some_and(|p| marks::paragraph_tokens(document, p).start == open)
        });
        match joined {
            Some(before) => before.content.extend(attribution.content),
            None => out.push(attribution),
        }
    }
    *found = out;
}

/// Parts a report without quotation marks from the speech that follows it in sentences of its own: He admits that it
/// hung upside down. “Nobody complained.” They are two quotes of one source.
fn part(document: &Document, outer: &[&Quotation], found: &mut Vec<Attribution>) {
    let quotation = |piece: &Range<usize>| outer.get(outer.partition_point(|q| q.tokens.end <= piece.start));
    let report = |piece: &Range<usize>| quotation(piece).is_none_or(|q| q.tokens.start >= piece.end);
    let speech =
        |piece: &Range<usize>| piece.len() >= SPOKEN && quotation(piece).is_some_and(|q| q.tokens == *piece);
    let mut speeches = Vec::new();
    for attribution in &mut *found {
        let Some(last) = attribution.content.iter().rfind(|piece| report(piece)) else { continue };
        let end = document.sentences.get(document.sentence_of(last.start)).map_or(0, |s| s.end);
        let is_after = |piece: &Range<usize>| piece.start >= end && speech(piece);
        let content: Vec<_> = attribution.content.extract_if(.., |piece| is_after(piece)).collect();
        if !content.is_empty() {
            speeches.push(Attribution { cue: 0..0, source: attribution.source.clone(), content });
        }
    }
    found.append(&mut speeches);
    found.sort_by_key(Attribution::start);
}

/// The quote that an attribution makes; none where no content is left.
fn quote(
    document: &Document,
    attribution: &Attribution,
    outer: &[&Quotation],
    speakers: &mut Speakers,
) -> Option<Quote> {
    let spans: Vec<Span> =
        attribution.content.iter().map(|c| document.span(c)).filter(|s| !s.is_empty()).collect();
    let speaker = speakers.resolve(attribution);
    // A colon attributes too, but is no word.
    let cue = Some(document.span(&attribution.cue))
        .filter(|cue| cue.of(document.text()).contains(char::is_alphanumeric));
    (!spans.is_empty()).then(|| Quote {
        form: form(&attribution.content, outer),
        spans,
        source: attribution.source.as_ref().map(|s| document.span(s)).filter(|s| !s.is_empty()),
        cue,
        speaker: speaker.actor,
        unnamed: speaker.unnamed,
    })
}

/// Direct where quotations hold all of the content, indirect where they hold none of it.
pub(crate) fn form(content: &[Range<usize>], outer: &[&Quotation]) -> Form {
    let (mut any, mut all) = (false, true);
    for piece in content {
        let index = outer.partition_point(|q| q.tokens.end <= piece.start);
        let holds = outer.get(index);
        any |= holds.is_some_and(|q| q.tokens.start < piece.end);
        all &= holds.is_some_and(|q| q.tokens.start <= piece.start && piece.end <= q.tokens.end);
    }
    match (any, all) {
        (true, true) => Form::Direct,
        (false, _) => Form::Indirect,
        _ => Form::Mixed,
    }
}
