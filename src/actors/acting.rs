//! Which names of places stand for a government or people that acts: "Turkey signalled readiness", "ties with
//! Damascus", but not "in Moscow" or "US troops".
//!
//! Logistic regression over the words around: a linear-chain model whose chains have one token.

use super::names::Name;
use crate::annotation::Kind;
use crate::tagger::parse::Relation;
use crate::tagger::{Analysis, ByHash, Feature, Lists, Model, Pos, hash, join};
use crate::text::{fold, fold_into};
use std::ops::Range;

/// The model's labels.
pub const LABELS: [&str; 2] = ["location", "acting"];

/// An article and how it speaks of its places.
pub struct Scene<'a> {
    analysis: &'a Analysis<'a>,
    /// For each place by name, its mentions, and how many of them are subjects.
    places: ByHash<(u32, u32)>,
    /// The same of all places together: an article about what governments do has many subjects among them.
    all: (u32, u32),
}

/// How a name hangs in its sentence's tree: across "and", what it is of what.
struct Role {
    relation: Relation,
    governor: Option<usize>,
    /// Its preposition, shared across "and".
    case: Option<usize>,
}

impl<'a> Scene<'a> {
    /// Looks at all places among `names`.
    pub fn new(analysis: &'a Analysis<'a>, names: &[Name]) -> Self {
        let mut scene = Self { analysis, places: ByHash::default(), all: (0, 0) };
        for name in names.iter().filter(|n| n.kind == Kind::Place) {
            let subject = u32::from(scene.role(name).relation == Relation::Subject);
            let key = scene.key(name);
            for (times, subjects) in [scene.places.entry(key).or_default(), &mut scene.all] {
                *times += 1;
                *subjects += subject;
            }
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
        let marks = |i: &usize| arc(*i).is_some_and(|a| a.head == Some(at) && a.relation == Relation::Case);
        let case = (at.saturating_sub(5)..at).rev().find(marks);
        arc(at).map_or(Role { relation: Relation::Other, governor: None, case }, |a| Role {
            relation: a.relation,
            governor: a.head,
            case,
        })
    }

    /// Appends the features of the place `name`, which stands in the row of joined places `row`.
    pub fn features(&self, name: &Name, row: &Range<usize>, out: &mut Vec<Feature>) {
        let Analysis { document, tags: pos, words, .. } = self.analysis;
        let Some(sentence) = document.sentences.get(document.sentence_of(name.tokens.start)) else { return };
        let (start, end) = (row.start, row.end);
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
        add(5, (part(before[1]) << 5 | part(b)) << 10 | part(a) << 5 | part(after[1]));
        add(6, middle(a1));
        add(7, join(b1, middle(b2)));
        add(8, join(a1, part(after[1])));
        add(9, join(part(a), middle(a2)));
        add(10, coarse(a1));
        // What it is: a country, a capital, a street.
        let text = fold(document.span(&name.tokens).of(document.text()));
        let whole = self.key(name);
        let lists = words.lists(whole);
        add(11, u64::from(lists.0));
        add(12, whole);
        add(13, middle(hash(&text)));
        // The nearest verb after it, and the words that govern it across "the" and adjectives.
        let verb =
            (end..sentence.end.min(end + 6)).find(|&i| matches!(pos.get(i), Some(Pos::Verb | Pos::Aux)));
        add(14, key(verb));
        add(15, verb.map_or(9, |v| (v - end) as u64) << 5 | part(b));
        let governor = (sentence.start.max(start.saturating_sub(6))..start).rev().find(|&i| {
            matches!(pos.get(i), Some(Pos::Adp | Pos::Verb | Pos::Noun | Pos::Sconj | Pos::Aux | Pos::Punct))
        });
        add(16, key(governor));
        let above = governor.and_then(|g| {
            (sentence.start.max(g.saturating_sub(3))..g)
                .rev()
                .find(|&i| matches!(pos.get(i), Some(Pos::Noun | Pos::Verb | Pos::Propn | Pos::Adj)))
        });
        let (g, up) = (key(governor), key(above));
        add(17, join(g, middle(up)));
        add(18, up);
        add(19, join(g, part(a)));
        add(20, u64::from(start == sentence.start) << 5 | part(a));
        add(21, u64::from(sentence.start == 0) << 5 | part(a));
        // Its part in the sentence's tree.
        let role = self.role(name);
        let relation = role.relation as u64;
        let governor = role.governor;
        let of = key(governor);
        let preposition = before.iter().flatten().find(|&&i| pos.get(i) == Some(&Pos::Adp)).copied();
        let case = key(preposition);
        add(22, join(of, relation));
        add(23, middle(of) << 5 | relation);
        add(24, join(case, middle(of)));
        add(25, join(case, relation << 5 | part(governor)));
        let above = governor.and_then(|g| self.analysis.arcs.get(g)).map_or(31, |a| a.relation as u64);
        add(26, above << 5 | relation);
        add(27, (above << 5 | relation) << 5 | part(a));
        let country = u64::from(lists.any(Lists::COUNTRY));
        add(28, relation << 1 | country);
        add(29, join(key(role.case), country));
        // What the article does with it elsewhere.
        let (times, subjects) = self.places.get(&whole).copied().unwrap_or_default();
        let own = u32::from(role.relation == Relation::Subject);
        let share = |times: u32, subjects: u32, steps: u64| {
            let (times, subjects) = (times.saturating_sub(1), subjects.saturating_sub(own));
            (u64::from(subjects) * steps).checked_div(u64::from(times)).unwrap_or(9)
        };
        add(30, share(times, subjects, 4));
        add(31, share(self.all.0, self.all.1, 6));
        add(32, u64::from(times.min(7)) << 1 | country);
    }

    /// Whether the places of a row can't act: they are only modifiers, "US troops", or where somebody goes, "left Syria".
    pub fn rests(&self, row: &Range<usize>) -> bool {
        let document = self.analysis.document;
        let mut before = (row.start.saturating_sub(2)..row.start).rev();
        let verb = before.find(|&at| !matches!(document.word(at), "the" | "The"));
        let goes = verb.is_some_and(|at| {
            self.analysis.tags.get(at) == Some(&Pos::Verb) && is_motion(&document.word(at).to_lowercase())
        });
        goes || self.analysis.tags.get(row.end) == Some(&Pos::Noun)
    }

    /// For each name whether it is a place that is joined to the name before it, a place too: "India and Pakistan",
    /// "Doha, Qatar". Not in "In Russia, Ukraine is a topic".
    pub fn joined(&self, names: &[Name]) -> Vec<bool> {
        let document = self.analysis.document;
        let word = |at: usize| document.word(at);
        let joined = |before: &Name, name: &Name| {
            let mut at = before.tokens.end;
            let comma = word(at) == ",";
            at += usize::from(comma);
            let and = matches!(word(at), "and" | "or");
            at += usize::from(and);
            at += usize::from(word(at) == "the");
            let Some(sentence) = document.sentences.get(document.sentence_of(name.tokens.start)) else {
                return false;
            };
            let opens = !and
                && before.tokens.start <= sentence.start + 2
                && self.analysis.tags.get(sentence.start) == Some(&Pos::Adp);
            let places = before.kind == Kind::Place && name.kind == Kind::Place;
            places
                && (comma || and)
                && !opens
                && at == name.tokens.start
                && sentence.contains(&before.tokens.start)
        };
        let pairs = names.iter().zip(names.iter().skip(1)).map(|(before, name)| joined(before, name));
        names.iter().take(1).map(|_| false).chain(pairs).collect()
    }

    /// How likely it is that the place `name` acts.
    fn probability(&self, model: &Model, name: &Name, row: &Range<usize>) -> f32 {
        if name.kind != Kind::Place || self.rests(row) {
            return 0.0;
        }
        let (mut seen, mut scores) = (Vec::new(), Vec::new());
        self.features(name, row, &mut seen);
        model.emit(&seen, &mut scores);
        model.marginals(&scores).get(1).copied().unwrap_or(0.0)
    }

    /// For each of `names` whether it is a place that acts.
    pub fn acting(&self, model: &Model, names: &[Name]) -> Vec<bool> {
        let joined = self.joined(names);
        let rows = rows(names, &joined);
        let probabilities: Vec<f32> =
            names.iter().zip(&rows).map(|(name, row)| self.probability(model, name, row)).collect();
        decide(&probabilities, &joined)
    }
}

/// For each name the tokens of the row that it is joined in, all that stands between among them.
pub fn rows(names: &[Name], joined: &[bool]) -> Vec<Range<usize>> {
    let mut rows: Vec<Range<usize>> = Vec::with_capacity(names.len());
    for (at, name) in names.iter().enumerate() {
        let start = match rows.last() {
            Some(row) if joined.get(at) == Some(&true) => row.start,
            _ => name.tokens.start,
        };
        rows.push(start..name.tokens.end);
    }
    for at in (1..rows.len()).rev() {
        if joined.get(at) == Some(&true) {
            rows[at - 1].end = rows[at].end;
        }
    }
    rows
}

/// Places that are joined act together or not at all: by the mean of their probabilities, and not where one can't.
pub fn decide(probabilities: &[f32], joined: &[bool]) -> Vec<bool> {
    let mut acting = Vec::with_capacity(probabilities.len());
    while let Some(rest) = probabilities.get(acting.len()..).filter(|rest| !rest.is_empty()) {
        let more = joined.get(acting.len() + 1..).unwrap_or_default();
        let length = 1 + more.iter().take_while(|joined| **joined).count();
        let group = rest.get(..length).unwrap_or(rest);
        let mean = group.iter().sum::<f32>() / group.len() as f32;
        let acts = mean > 0.5 && group.iter().all(|p| *p > 0.0);
        acting.extend(group.iter().map(|_| acts));
    }
    acting
}

/// What one does to a place by going there or away.
fn is_motion(verb: &str) -> bool {
    matches!(
        verb,
        "leave"
            | "leaves"
            | "leaving"
            | "left"
            | "flee"
            | "flees"
            | "fleeing"
            | "fled"
            | "enter"
            | "enters"
            | "entering"
            | "entered"
            | "re-enter"
            | "re-entered"
            | "visit"
            | "visits"
            | "visiting"
            | "visited"
            | "tour"
            | "tours"
            | "touring"
            | "toured"
            | "reach"
            | "reaches"
            | "reaching"
            | "reached"
            | "quit"
            | "quits"
            | "quitting"
            | "exit"
            | "exits"
            | "exiting"
            | "exited"
            | "cross"
            | "crosses"
            | "crossing"
            | "crossed"
            | "escape"
            | "escapes"
            | "escaping"
            | "escaped"
            | "approach"
            | "approaches"
            | "approaching"
            | "approached"
            | "depart"
            | "departs"
            | "departing"
            | "departed"
            | "roam"
            | "roamed"
            | "roaming"
    )
}

#[cfg(test)]
mod tests {
    use super::decide;

    #[test]
    fn joined_places_act_together() {
        for (probabilities, joined, want) in [
            (&[][..], &[][..], &[][..]),
            (&[0.9, 0.2], &[false, false], &[true, false]),
            (&[0.9, 0.3], &[false, true], &[true, true]),
            (&[0.9, 0.0, 0.9], &[false, true, false], &[false, false, true]),
            (&[0.4, 0.5, 0.9, 0.1], &[false, true, true, false], &[true, true, true, false]),
        ] {
            assert_eq!(decide(probabilities, joined), want, "{probabilities:?} {joined:?}");
        }
    }
}
