//! How the source's words fit an actor: what the article calls it, how it stands in the source, what it wrote.

use super::features::{Candidate, Question, flag, is_pronoun};
use super::narrower::narrower;
use super::source::{Class, Determiner};
use super::written::Written;
use super::{Seen, Speakers};
use crate::annotation::{Actor, ActorId, Kind};
use crate::quotes::nouns::is_any_body;
use crate::tagger::hash;
use crate::text::fold;

/// So many of an actor's documents are looked at on either side of a source.
const DOCUMENTS: usize = 40;

/// How a noun suits what an article calls an actor.
#[derive(Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a feature of its own")]
pub(super) struct Suits {
    /// It stands beside the name, or in the role.
    same: bool,
    /// A word of its cluster does.
    similar: bool,
    /// It is part of the name.
    named: bool,
    /// A word of its cluster is.
    like: bool,
    /// A narrower word stands beside the name.
    narrower: bool,
    /// A narrower word is part of the name.
    narrower_name: bool,
}

impl Suits {
    /// By more than a cluster.
    pub(super) const fn well(self) -> bool {
        self.same || self.named || self.narrower || self.narrower_name
    }
}

impl Speakers<'_> {
    pub(super) fn suits(&self, question: &Question, id: ActorId, actor: &Actor) -> Suits {
        let Some(source) = question.source.filter(|s| !is_pronoun(s.class)) else { return Suits::default() };
        let words = self.described.get(id).map_or(&[][..], Vec::as_slice);
        let name = actor.name.to_lowercase();
        let in_name = |suits: &dyn Fn(&str) -> bool| name.split_whitespace().any(suits);
        let cluster = |word: &str| self.analysis.words.cluster(hash(&fold(word))).fine;
        // "Russia's foreign ministry" is not the Foreign Office, "the Syrian president" not Russia's.
        let known = |word: &str| words.iter().any(|(w, _)| alike(w, word)) || in_name(&|w| alike(w, word));
        let other = source.modifiers.iter().any(|(word, proper)| *proper && !known(word));
        if other {
            return Suits::default();
        }
        Suits {
            same: words.iter().any(|(w, _)| alike(w, &source.noun)),
            similar: source.cluster != 0 && words.iter().any(|(_, c)| *c == source.cluster),
            named: in_name(&|w| alike(w, &source.noun)),
            like: source.cluster != 0 && in_name(&|w| cluster(w) == source.cluster),
            narrower: narrower(&source.noun).any(|n| words.iter().any(|(w, _)| w == n)),
            narrower_name: narrower(&source.noun).any(|n| in_name(&|w| w == n)),
        }
    }

    /// The nations that the source's words tell: "the Chilean minister".
    pub(super) fn nations<'q>(&self, question: &Question<'q>) -> Vec<&'q str> {
        let words = question.source.map_or(&[][..], |s| s.modifiers.as_slice());
        words
            .iter()
            .map(|(word, _)| word.as_str())
            .filter(|word| self.analysis.words.is_demonym(word))
            .collect()
    }

    /// The actor is of other nations than these: "the Chilean minister" is not the Peruvian one.
    pub(super) fn is_of_another_nation(&self, nations: &[&str], id: ActorId) -> bool {
        let words = self.described.get(id).filter(|_| !nations.is_empty()).map_or(&[][..], Vec::as_slice);
        let mut theirs =
            words.iter().map(|(word, _)| word).filter(|word| self.analysis.words.is_demonym(word)).peekable();
        theirs.peek().is_some() && theirs.all(|word| nations.iter().all(|nation| !alike(word, nation)))
    }

    /// Where the actor wrote a document of the source's sort.
    pub(super) fn wrote(&self, question: &Question, id: ActorId) -> Option<usize> {
        let source = question.source.filter(|s| s.class == Class::Writing)?;
        let documents = self.written.get(id)?;
        let (before, after) = documents.split_at(documents.partition_point(|w| w.token < question.at));
        let such = |w: &&Written| w.sort == source.sort && !source.tokens.contains(&w.token);
        let nearest = before.iter().rev().take(DOCUMENTS).find(such);
        nearest.or_else(|| after.iter().take(DOCUMENTS).find(such)).map(|w| w.token)
    }

    /// The source says that the actor wrote what speaks.
    pub(super) fn wrote_this(&self, question: &Question, id: ActorId) -> bool {
        let tokens = question.source.filter(|s| s.class == Class::Writing).map(|s| &s.tokens);
        let documents = self.written.get(id).map_or(&[][..], Vec::as_slice);
        tokens.is_some_and(|tokens| {
            let next = documents.partition_point(|w| w.token < tokens.start);
            documents.get(next).is_some_and(|w| tokens.contains(&w.token))
        })
    }

    /// Another name is joined to the mention: "Acme/Blue Airways", "Acme and Blue Airways".
    fn is_joined(&self, mention: &Seen) -> bool {
        let before = self.document.word(mention.tokens.start.wrapping_sub(1));
        matches!(self.document.word(mention.tokens.end), "/" | "and" | "-")
            || matches!(before, "/" | "and" | "-")
    }

    /// How well the source's words describe the actor, and how it stands in the source.
    pub(super) fn description(
        &self,
        question: &Question,
        candidate: &Candidate,
        actor: &Actor,
        out: &mut Vec<(&'static str, f32)>,
    ) {
        let words = self.described.get(candidate.actor).map_or(&[][..], Vec::as_slice);
        let described = |word: &str| words.iter().any(|(w, _)| alike(w, word));
        let noun = question.source.filter(|s| !is_pronoun(s.class));
        let definite = noun.is_some_and(|s| s.determiner == Determiner::Definite);
        let Suits { same, similar, named, like, narrower: sort, narrower_name: sort_name } = candidate.suits;
        let tail = noun.map_or(0..0, |s| s.head.end..s.tokens.end.min(s.head.end + 12));
        let tail = tail.map(|at| self.document.word(at).to_lowercase()).filter(|w| w.len() > 3);
        let (told, untold) =
            tail.fold((0, 0), |(yes, no), word| if described(&word) { (yes + 1, no) } else { (yes, no + 1) });
        let earlier = noun.is_some_and(|s| self.nouns.get(&s.sort) == Some(&Some(candidate.actor)));
        let spoke = self.last.as_ref().is_some_and(|l| l.speaker.actor == Some(candidate.actor));
        let modifiers = noun.map_or(&[][..], |s| s.modifiers.as_slice());
        let in_name = |word: &str| actor.name.split_whitespace().any(|w| alike(&w.to_lowercase(), word));
        let count = |wanted: bool, capital: bool| {
            let suits = |word: &str| described(word) || in_name(word);
            modifiers.iter().filter(|(w, c)| *c == capital && suits(w) == wanted).count().min(3) as f32
        };
        let any_body = noun.is_some_and(|s| is_any_body(&s.noun)) && actor.kind == Kind::Organisation;
        let inside = candidate.inside.and_then(|i| self.mentions.get(i)).zip(question.source);
        let owner =
            inside.is_some_and(|(m, _)| matches!(self.document.word(m.tokens.end), "'s" | "’s" | "'" | "’"));
        let in_head = inside.is_some_and(|(m, s)| m.tokens.end <= s.head.end);
        let preposition = inside.map_or("", |(m, s)| {
            let before = (s.tokens.start..m.tokens.start).rev().map(|at| self.document.word(at));
            before
                .take(4)
                .find(|w| matches!(*w, "of" | "for" | "at" | "from" | "by" | "with" | "in"))
                .unwrap_or("")
        });
        out.extend([
            ("described by the noun", flag(same)),
            ("described by the noun, definite", flag(same && definite)),
            ("described by a like noun", flag(similar && !same)),
            ("described by a like noun, definite", flag(similar && !same && definite)),
            ("named by the noun", flag(named)),
            ("named by the noun, definite", flag(named && definite)),
            ("named by a like noun, definite", flag(like && !named && definite)),
            ("an earlier source had the noun", flag(earlier)),
            ("an earlier source had the noun, definite", flag(earlier && definite)),
            ("spoke last, definite", flag(spoke && definite)),
            ("in many mentions, definite", flag(definite) * libm::logf(actor.mentions.len() as f32)),
            ("described by nothing like the noun", flag(noun.is_some() && !same && !similar && !named)),
            ("adjectives that describe it", count(true, false)),
            ("adjectives that don't", count(false, false)),
            ("proper adjectives that describe it", count(true, true)),
            ("proper adjectives that don't", count(false, true)),
            ("words after the noun that describe it", told.min(3) as f32),
            ("words after the noun that don't", untold.min(3) as f32),
            ("described by a narrower noun", flag(sort && !same)),
            ("described by a narrower noun, definite", flag(sort && !same && definite)),
            ("named by a narrower noun", flag(sort_name && !named)),
            ("named by a narrower noun, definite", flag(sort_name && !named && definite)),
            ("any body, definite", flag(any_body && definite)),
            (
                "any body, definite, in many mentions",
                flag(any_body && definite) * libm::logf(actor.mentions.len() as f32),
            ),
            ("in the source, owner", flag(owner)),
            ("in the source, before the noun", flag(in_head && !owner)),
            ("in the source, after of", flag(!in_head && preposition == "of")),
            (
                "in the source, after for or at",
                flag(!in_head && matches!(preposition, "for" | "at" | "from")),
            ),
            ("in the source, after by", flag(!in_head && preposition == "by")),
            (
                "in the source, otherwise",
                flag(inside.is_some() && !owner && !in_head && preposition.is_empty()),
            ),
        ]);
    }

    /// How the actor stands among those whom the source's words suit.
    pub(super) fn choice(
        &self,
        question: &Question,
        candidates: &[Candidate],
        index: usize,
        out: &mut Vec<(&'static str, f32)>,
    ) {
        let Some(candidate) = candidates.get(index) else { return };
        let determiner = question.source.map(|s| s.determiner);
        let suits = candidate.suits.well();
        let nearer = candidates.get(..index).unwrap_or_default();
        let nearest = suits && !nearer.iter().any(|c| c.suits.well());
        let only = suits && candidates.iter().filter(|c| c.suits.well()).count() == 1;
        let another = !suits && candidates.iter().any(|c| c.suits.well());
        let later = candidate.before.is_none() && candidate.inside.is_none();
        let mentions = self.actors.get(candidate.actor).map_or(0, |a| a.mentions.len());
        let early = question.paragraph < 3;
        let lately = |c: &Candidate| c.wrote.filter(|at| *at < question.at);
        let last = candidate.wrote.is_some() && candidates.iter().all(|c| lately(c) <= lately(candidate));
        let inside = candidates.iter().filter(|c| c.inside.is_some()).count();
        let joined = candidate.inside.and_then(|i| self.mentions.get(i)).is_some_and(|m| self.is_joined(m));
        let writers = candidates.iter().filter(|c| c.wrote.is_some()).count();
        out.extend([
            ("nearest that suits", flag(nearest)),
            ("only one that suits", flag(only)),
            ("another suits", flag(another)),
            ("another suits, definite", flag(another && determiner == Some(Determiner::Definite))),
            ("suits, in many mentions", flag(suits) * libm::logf(mentions as f32)),
            ("suits, a", flag(suits && determiner == Some(Determiner::Indefinite))),
            ("suits, no determiner", flag(suits && determiner == Some(Determiner::Bare))),
            ("suits, named only later", flag(suits && later)),
            ("suits, named only later, early", flag(suits && later && early)),
            ("wrote such a document", flag(candidate.wrote.is_some())),
            ("wrote such a document before", flag(lately(candidate).is_some())),
            ("wrote the last such document", flag(last)),
            ("only one that wrote such", flag(candidate.wrote.is_some() && writers == 1)),
            ("wrote this document", flag(candidate.wrote_this)),
            ("wrote this document with another", flag(candidate.wrote_this && joined)),
            (
                "first in the source",
                flag(
                    question.class == Class::Writing
                        && candidate.inside.is_some()
                        && nearer.iter().all(|c| c.inside.is_none()),
                ),
            ),
            ("in the source with another", flag(candidate.inside.is_some() && inside > 1)),
        ]);
    }
}

/// The same word, forms of one ("Israel" and "Israeli"), or a compound of it ("newspaper" and "paper").
fn alike(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short == long
        || (short.len() >= 4 && long.len() <= short.len() + 3 && long.starts_with(short))
        || (short.len() >= 5 && long.len() >= short.len() + 3 && long.ends_with(short))
}
