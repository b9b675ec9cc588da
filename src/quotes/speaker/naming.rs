//! Which phrase names or describes the speaker, and whom it names by itself.
//!
//! The source that was found may be cut short ("Russia" of "Russia's foreign ministry"), stand before the name ("the
//! minister for health, Ann Lee") or be a pronoun of its clause ("farmers who say"): the phrase is what is meant.

use super::source::Determiner;
use super::{Attribution, Class, Source, Speakers};
use crate::annotation::{ActorId, Kind};
use crate::tagger::Pos;
use crate::tagger::parse::Relation;
use std::ops::Range;

/// So many mentions on either side are compared with a handle.
const HANDLES: usize = 60;

/// How many tokens stand at most between a source and the name behind it.
const ASIDE: usize = 12;

impl Speakers<'_> {
    /// The phrase that a source means: the noun before "who", or all of a phrase that was cut short.
    pub(super) fn phrase(&self, attribution: &Attribution) -> Option<Range<usize>> {
        let source = attribution.source.clone().filter(|s| !s.is_empty())?;
        if let Some(noun) = self.relative(&source) {
            return Some(noun);
        }
        let taken = |at: usize| {
            attribution.cue.contains(&at) || attribution.content.iter().any(|piece| piece.contains(&at))
        };
        let mut end = source.end;
        // "Russia" of "Russia's foreign ministry", "editor" of "editor-in-chief"
        if matches!(self.document.word(end), "'s" | "’s") && self.is_nominal(end + 1) {
            end = self.nominal_end(end + 1);
        }
        while self.document.word(end) == "-" && self.is_word(end + 1) {
            end = self.nominal_end(end + 2);
        }
        // What is owned must speak by itself: not "Lee's view".
        let class = Source::read(self.analysis, source.start..end, source.start..end).class;
        let speaks =
            matches!(class, Class::Person | Class::Body | Class::People) && self.is_nominal(source.end - 1);
        let person = |m: &super::Seen| self.actors.get(m.actor).is_some_and(|a| a.kind == Kind::Person);
        let speaks = speaks || self.mention_at(end.saturating_sub(1)).is_some_and(person);
        let whole = end > source.end && speaks && !(source.end..end).any(taken);
        Some(source.start..if whole { end } else { source.end })
    }

    /// The noun phrase that "who", "which" or "that" goes back to.
    fn relative(&self, source: &Range<usize>) -> Option<Range<usize>> {
        let pronoun =
            source.len() == 1 && matches!(self.document.word(source.start), "who" | "which" | "that");
        let verb = self.analysis.arcs.get(source.start).filter(|_| pronoun)?.head?;
        let clause = self.analysis.arcs.get(verb)?;
        let noun =
            clause.head.filter(|noun| clause.relation == Relation::Adnominal && *noun < source.start)?;
        let floor =
            noun.saturating_sub(8).max(self.document.sentences.get(self.document.sentence_of(noun))?.start);
        let part = |at: &usize| self.is_nominal(*at) || self.analysis.tags.get(*at) == Some(&Pos::Det);
        let start = (floor..noun).rev().take_while(part).last().unwrap_or(noun);
        Some(start..noun + 1)
    }

    fn is_nominal(&self, at: usize) -> bool {
        matches!(self.analysis.tags.get(at), Some(Pos::Noun | Pos::Propn | Pos::Adj | Pos::Num))
    }

    fn is_word(&self, at: usize) -> bool {
        self.document.word(at).starts_with(char::is_alphabetic)
    }

    /// The end of the nouns, adjectives and names from a token on.
    fn nominal_end(&self, from: usize) -> usize {
        (from..from + ASIDE).find(|&at| !self.is_nominal(at)).unwrap_or(from)
    }

    /// Whom a phrase names by itself.
    pub(super) fn named(&self, phrase: &Range<usize>, head: &Range<usize>) -> Option<ActorId> {
        (self.name_at_end(head))
            .or_else(|| self.name_in_apposition(phrase, head))
            .or_else(|| self.person_in_apposition(phrase, head))
            .or_else(|| self.name_cut_short(head))
            .or_else(|| self.surname(head))
            .or_else(|| self.handle(head))
    }

    /// "@realAnnLee": the actor named not far from there whose name the handle holds, the longest first.
    fn handle(&self, head: &Range<usize>) -> Option<ActorId> {
        let at = head.clone().find(|&at| self.document.word(at).starts_with('@'))?;
        let next = if self.document.word(at) == "@" { self.document.word(at + 1) } else { "" };
        let handle = [self.document.word(at), next].concat().to_lowercase();
        let here = self.mentions.partition_point(|m| m.tokens.start < at);
        let near = self.mentions.get(here.saturating_sub(HANDLES)..).unwrap_or_default();
        let found = near.iter().take(2 * HANDLES).filter_map(|m| {
            let name = self.actors.get(m.actor)?.name.to_lowercase();
            let name: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
            (name.len() > 4 && handle.contains(&name)).then_some((name.len(), m.actor))
        });
        found.max().map(|(_, actor)| actor)
    }

    /// "the minister for health, Ann Lee,": a person's name set apart behind a description of one.
    fn person_in_apposition(&self, phrase: &Range<usize>, head: &Range<usize>) -> Option<ActorId> {
        let source = Source::read(self.analysis, phrase.clone(), head.clone());
        if !matches!(source.class, Class::Person | Class::Other) || source.plural {
            return None;
        }
        let sentence = self.document.sentences.get(self.document.sentence_of(head.start))?;
        let end = (phrase.end + ASIDE).min(sentence.end);
        // Behind the phrase nothing but nouns, "of" and "and" may stand before the name.
        let goes_on = |at: &usize| {
            *at < phrase.end
                || self.is_nominal(*at)
                || self.mention_at(*at).is_some()
                || matches!(self.document.word(*at), "," | "of" | "for" | "and" | "the" | "&" | "-")
        };
        let commas = (head.end..end).take_while(goes_on).filter(|&at| self.document.word(at) == ",");
        let name = |comma: usize| {
            let titles =
                (comma + 1..comma + 4).find(|&at| self.mention_at(at).is_some() || !self.is_nominal(at))?;
            let mention = self.mention_at(titles).filter(|m| m.tokens.start == titles)?;
            let person = self.actors.get(mention.actor).is_some_and(|a| a.kind == Kind::Person);
            let closes = matches!(self.document.word(mention.tokens.end), "," | "." | ")" | "(" | ":");
            (person && (closes || mention.tokens.end == phrase.end)).then_some(mention.actor)
        };
        commas.take(3).find_map(name)
    }

    /// A person's name that goes on in capitals behind what was seen of it: "Ann Lee Wong", of which "Ann Lee" was seen.
    fn name_cut_short(&self, head: &Range<usize>) -> Option<ActorId> {
        let capital = |&at: &usize| self.document.word(at).starts_with(char::is_uppercase);
        let from = head.clone().rev().take_while(capital).find(|&at| self.mention_at(at).is_some())?;
        let mention = self.mention_at(from)?;
        let person = self.actors.get(mention.actor).is_some_and(|a| a.kind == Kind::Person);
        (person && mention.tokens.end + 2 >= head.end).then_some(mention.actor)
    }

    /// Whose document speaks: "Lee's latest budget documents".
    pub(super) fn owner(&self, source: &Source) -> Option<ActorId> {
        let writes = |m: &&super::Seen| {
            let kind = self.actors.get(m.actor).map(|a| a.kind);
            matches!(kind, Some(Kind::Person | Kind::Organisation))
                && matches!(self.document.word(m.tokens.end), "'s" | "’s" | "'" | "’")
        };
        let mut named = source.head.clone().filter(|_| source.class == Class::Writing);
        named.find_map(|at| self.mention_at(at).filter(writes)).map(|m| m.actor)
    }

    /// A name that wasn't seen as a mention: the actor, if there is only one, who ends in it.
    fn surname(&self, head: &Range<usize>) -> Option<ActorId> {
        let word = self.document.word(head.end.checked_sub(1)?);
        if !word.starts_with(char::is_uppercase) || head.len() > 3 {
            return None;
        }
        *self.by_last_word.get(word)?
    }

    /// The part of a source that names: up to the first comma, preposition or relative pronoun outside a name.
    pub(super) fn head(&self, source: &Range<usize>) -> Range<usize> {
        let mut at = source.start;
        while at < source.end {
            if let Some(mention) = self.mention_at(at) {
                at = mention.tokens.end.max(at + 1);
                continue;
            }
            // A title in quotation marks: the bureau's “Crime in Cities” report.
            if at > source.start && self.quoted.get(at) == Some(&true) {
                at += 1;
                continue;
            }
            // An abbreviation in brackets inside the noun phrase: "Harbour Alliance (HA) member Ann Lee".
            if self.document.word(at) == "(" && self.document.word(at + 2) == ")" && self.is_nominal(at + 3) {
                at += 3;
                continue;
            }
            let word = self.document.word(at).to_lowercase();
            let stops = matches!(
                word.as_str(),
                "," | "("
                    | "—"
                    | "–"
                    | "who"
                    | "which"
                    | "whose"
                    | "that"
                    | "of"
                    | "in"
                    | "at"
                    | "for"
                    | "from"
                    | "with"
                    | "on"
                    | "and"
                    | "to"
                    | "near"
                    | "outside"
                    | "as"
                    | "when"
                    | "while"
                    | "after"
                    | "by"
                    | "familiar"
                    | "living"
            );
            // A part of a hyphenated word: "editor-in-chief".
            let tag = |at: usize| self.analysis.tags.get(at).copied();
            // "a study published by": what follows the noun.
            let done = ["ed", "en", "wn"].iter().any(|end| word.ends_with(end)) || !self.is_nominal(at + 1);
            let participle = tag(at) == Some(Pos::Verb)
                && matches!(tag(at.wrapping_sub(1)), Some(Pos::Noun | Pos::Propn))
                && done;
            let stops = stops || participle;
            let joined = self.document.word(at + 1) == "-" || self.document.word(at.wrapping_sub(1)) == "-";
            if stops && !joined && at > source.start {
                // "Secretary of State Mike Pompeo": a title with a preposition in it, and then the person.
                match self.titled(source, at) {
                    Some(end) => at = end,
                    None => break,
                }
                continue;
            }
            at += 1;
        }
        let mut end = at.min(source.end);
        while end > source.start + 1
            && matches!(
                self.document.word(end - 1),
                "himself" | "herself" | "itself" | "," | "\"" | "”" | "." | "'s" | "’s"
            )
        {
            end -= 1;
        }
        source.start..end
    }

    /// The end of a person's name that ends the noun phrase which goes on at the preposition `at`, where only
    /// capitals stand between.
    fn titled(&self, source: &Range<usize>, at: usize) -> Option<usize> {
        let capital = |i: usize| self.document.word(i).starts_with(char::is_uppercase);
        let small = |i: usize| self.document.word(i).starts_with(char::is_lowercase);
        let (title, first): (&dyn Fn(usize) -> bool, bool) = match self.document.word(at) {
            "of" | "for" => (&capital, capital(source.start)),
            // "bank director and senior economist Ann Lee"
            "and" => (&small, true),
            _ => return None,
        };
        let from = (at + 1..source.end).find(|&i| self.mention_at(i).is_some() || !title(i))?;
        let mention = self.mention_at(from)?;
        let person = self.actors.get(mention.actor).is_some_and(|a| a.kind == Kind::Person);
        (person && from > at + 1 && first).then_some(mention.tokens.end.max(at + 1))
    }

    /// The words to report for a source that names nobody: the head, with a phrase of what it belongs to.
    pub(super) fn short(&self, source: &Range<usize>, head: &Range<usize>) -> Range<usize> {
        let comma = source.clone().find(|&i| matches!(self.document.word(i), "," | "(" | "—"));
        let end = comma.unwrap_or(source.end).max(head.end).min(head.start + 12);
        source.start..end
    }

    pub(super) fn mention_at(&self, token: usize) -> Option<&super::Seen> {
        let index = self.mentions.partition_point(|m| m.tokens.end <= token);
        self.mentions.get(index).filter(|m| m.tokens.contains(&token))
    }

    fn name_at_end(&self, head: &Range<usize>) -> Option<ActorId> {
        let mention = self.mention_at(head.end.checked_sub(1)?)?;
        // "the Nevada Republican" is one of them.
        let group = self.actors.get(mention.actor).is_some_and(|a| a.kind == Kind::Group);
        let one = || {
            let source = Source::read(self.analysis, head.clone(), head.clone());
            source.class == Class::Person && source.determiner != Determiner::Bare
        };
        (!group || !one()).then_some(mention.actor)
    }

    /// "One of them, UnitedHealth Group," · "his wife, Melania": a name that fills what follows the comma.
    fn name_in_apposition(&self, source: &Range<usize>, head: &Range<usize>) -> Option<ActorId> {
        if self.document.word(head.end) != "," {
            return None;
        }
        let mention = self.mention_at(head.end + 1).filter(|m| m.tokens.end <= source.end)?;
        let after = self.document.word(mention.tokens.end);
        (mention.tokens.start == head.end + 1 && (mention.tokens.end == source.end || after == ","))
            .then_some(mention.actor)
    }

    /// The noun before a relative pronoun.
    pub(super) fn antecedent(&self, token: usize) -> Option<ActorId> {
        let index = self.mentions.partition_point(|m| m.tokens.end <= token).checked_sub(1)?;
        let mention = self.mentions.get(index)?;
        let comma = mention.tokens.end + 1 == token && self.document.word(mention.tokens.end) == ",";
        (mention.tokens.end == token || comma).then_some(mention.actor)
    }
}
