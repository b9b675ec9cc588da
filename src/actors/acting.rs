//! Which names of places stand for a government or people that acts: "Turkey signalled readiness", "ties with
//! Damascus", but not "in Moscow" or "US troops".
//!
//! Logistic regression over the words around: a linear-chain model whose chains have one token.

use super::names::Name;
use crate::tagger::{Feature, Lists, Model, Pos, Words, hash, join};
use crate::text::{Document, fold, fold_into};

/// The model's labels.
pub const LABELS: [&str; 2] = ["location", "acting"];

/// Appends the features of the place `name`.
pub fn features(document: &Document, pos: &[Pos], words: &Words, name: &Name, out: &mut Vec<Feature>) {
    let Some(sentence) = document.sentences.get(document.sentence_of(name.tokens.start)) else { return };
    let (start, end) = (name.tokens.start, name.tokens.end);
    let at = |at: Option<usize>| at.filter(|i| sentence.contains(i));
    let part = |i: Option<usize>| i.and_then(|i| pos.get(i)).map_or(31, |p| *p as u64);
    let mut folded = String::new();
    let mut key = |i: Option<usize>| {
        i.map_or(1, |i| {
            folded.clear();
            fold_into(document.word(i), &mut folded);
            hash(&folded)
        })
    };
    let before: Vec<_> = (1..=3).map(|back| at(start.checked_sub(back))).collect();
    let after: Vec<_> = (0..3).map(|ahead| at(Some(end + ahead))).collect();
    let mut add = |template: u32, value: u64| out.push(Feature::new(200 + template).with(value));
    add(0, 0);
    let (b, a) = (before[0], after[0]);
    let (b1, b2, a1, a2) = (key(before[0]), key(before[1]), key(after[0]), key(after[1]));
    let middle = |hash: u64| u64::from(words.cluster(hash).middle);
    let coarse = |hash: u64| u64::from(words.cluster(hash).coarse);
    add(1, b1);
    add(2, a1);
    add(3, join(b1, b2));
    add(4, join(b1, part(a)));
    add(5, part(b) << 5 | part(a));
    add(6, (part(before[1]) << 5 | part(b)) << 10 | part(a) << 5 | part(after[1]));
    add(7, middle(b2));
    add(8, middle(a1));
    add(9, join(b1, middle(b2)));
    add(10, join(a1, part(after[1])));
    add(11, join(part(a), middle(a2)));
    add(12, coarse(a1));
    // What it is: a country, a capital, a street.
    let text = fold(document.span(&name.tokens).of(document.text()));
    let whole = text.split_whitespace().map(hash).reduce(join).unwrap_or(0);
    let lists = words.lists(whole);
    add(13, u64::from(lists.0));
    add(14, u64::from(lists.any(Lists::COUNTRY)) << 10 | part(b) << 5 | part(a));
    add(15, whole);
    add(16, middle(hash(&text)));
    // The nearest verb after it, and the words that govern it across "the" and adjectives.
    let verb = (end..sentence.end.min(end + 6)).find(|&i| matches!(pos.get(i), Some(Pos::Verb | Pos::Aux)));
    add(17, key(verb));
    add(18, verb.map_or(9, |v| (v - end) as u64) << 5 | part(b));
    let governor = (sentence.start.max(start.saturating_sub(6))..start).rev().find(|&i| {
        matches!(pos.get(i), Some(Pos::Adp | Pos::Verb | Pos::Noun | Pos::Sconj | Pos::Aux | Pos::Punct))
    });
    add(19, key(governor));
    let above = governor.and_then(|g| {
        (sentence.start.max(g.saturating_sub(3))..g)
            .rev()
            .find(|&i| matches!(pos.get(i), Some(Pos::Noun | Pos::Verb | Pos::Propn | Pos::Adj)))
    });
    let (g, up) = (key(governor), key(above));
    add(20, join(g, middle(up)));
    add(21, up);
    add(22, join(g, part(a)));
    add(23, u64::from(start == sentence.start) << 5 | part(a));
}

/// Whether the place `name` acts.
pub fn acts(model: &Model, document: &Document, pos: &[Pos], words: &Words, name: &Name) -> bool {
    let (mut seen, mut scores) = (Vec::new(), Vec::new());
    features(document, pos, words, name, &mut seen);
    model.emit(&seen, &mut scores);
    model.decode(&scores).first() == Some(&1)
}
