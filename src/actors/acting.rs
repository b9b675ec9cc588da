//! Which names of places stand for a government or people that acts: "Turkey signalled readiness", "ties with
//! Damascus", but not "in Moscow" or "US troops".
//!
//! Logistic regression over the words around: a linear-chain model whose chains have one token.

use super::names::Name;
use crate::annotation::Kind;
use crate::tagger::parse::Relation;
use crate::tagger::{Analysis, ByHash, Feature, Lists, Model, Pos, hash, join};
use crate::text::{fold, fold_into};

/// The model's labels.
pub const LABELS: [&str; 2] = ["location", "acting"];

/// An article and how it speaks of its places.
pub struct Scene<'a> {
    analysis: &'a Analysis<'a>,
    /// For each place by name, its mentions, and how many of them are subjects.
    places: ByHash<(u16, u16)>,
}

/// How a name hangs in its sentence's tree: across "and", what it is of what.
struct Role {
    relation: Relation,
    governor: Option<usize>,
}

impl<'a> Scene<'a> {
    /// Looks at all places among `names`.
    pub fn new(analysis: &'a Analysis<'a>, names: &[Name]) -> Self {
        let mut scene = Self { analysis, places: ByHash::default() };
        for name in names.iter().filter(|n| n.kind == Kind::Place) {
            let subject = scene.role(name).relation == Relation::Subject;
            let entry = scene.places.entry(scene.key(name)).or_default();
            entry.0 = entry.0.saturating_add(1);
            entry.1 = entry.1.saturating_add(u16::from(subject));
        }
        scene
    }

    /// The hash of the place's folded name.
    fn key(&self, name: &Name) -> u64 {
        let document = self.analysis.document;
        let text = fold(document.span(&name.tokens).of(document.text()));
        text.split_whitespace().map(hash).reduce(join).unwrap_or(0)
    }

    fn role(&self, name: &Name) -> Role {
        let arc = |at: usize| self.analysis.arcs.get(at);
        let outside = |at: &usize| !arc(*at).and_then(|a| a.head).is_some_and(|h| name.tokens.contains(&h));
        let mut at = name.tokens.clone().rev().find(outside).unwrap_or(name.tokens.start);
        for _ in 0..3 {
            match arc(at) {
                Some(a) if a.relation == Relation::Conjunct && a.head.is_some() => at = a.head.unwrap_or(at),
                _ => break,
            }
        }
        arc(at).map_or(Role { relation: Relation::Other, governor: None }, |a| Role {
            relation: a.relation,
            governor: a.head,
        })
    }

    /// Appends the features of the place `name`.
    pub fn features(&self, name: &Name, out: &mut Vec<Feature>) {
        let Analysis { document, tags: pos, words, .. } = self.analysis;
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
        let whole = self.key(name);
        let lists = words.lists(whole);
        add(13, u64::from(lists.0));
        add(14, u64::from(lists.any(Lists::COUNTRY)) << 10 | part(b) << 5 | part(a));
        add(15, whole);
        add(16, middle(hash(&text)));
        // The nearest verb after it, and the words that govern it across "the" and adjectives.
        let verb =
            (end..sentence.end.min(end + 6)).find(|&i| matches!(pos.get(i), Some(Pos::Verb | Pos::Aux)));
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
        // Its part in the sentence's tree.
        let role = self.role(name);
        let relation = role.relation as u64;
        let governor = role.governor;
        let of = key(governor);
        let preposition = before.iter().flatten().find(|&&i| pos.get(i) == Some(&Pos::Adp)).copied();
        let case = key(preposition);
        add(24, relation);
        add(25, join(of, relation));
        add(26, middle(of) << 5 | relation);
        add(27, part(governor) << 5 | relation);
        add(28, join(case, middle(of)));
        add(29, join(case, relation << 5 | part(governor)));
        let above = governor.and_then(|g| self.analysis.arcs.get(g)).map_or(31, |a| a.relation as u64);
        add(30, above << 5 | relation);
        add(31, (above << 5 | relation) << 5 | part(a));
        let country = u64::from(lists.any(Lists::COUNTRY));
        add(32, relation << 1 | country);
        add(33, join(b1, country));
        // What the article does with it elsewhere.
        let (times, subject) = self.places.get(&whole).copied().unwrap_or_default();
        let own = u16::from(role.relation == Relation::Subject);
        let (times, subject) = (times.saturating_sub(1), subject.saturating_sub(own));
        let share = (u64::from(subject) * 4).checked_div(u64::from(times)).unwrap_or(9);
        add(34, share);
        add(35, share << 5 | relation);
        add(36, u64::from(times.min(6)) << 1 | country);
    }

    /// Whether the place `name` acts.
    pub fn acts(&self, model: &Model, name: &Name) -> bool {
        // Only a modifier: "US troops".
        if self.analysis.tags.get(name.tokens.end) == Some(&Pos::Noun) {
            return false;
        }
        let (mut seen, mut scores) = (Vec::new(), Vec::new());
        self.features(name, &mut seen);
        model.emit(&seen, &mut scores);
        model.decode(&scores).first() == Some(&1)
    }
}
