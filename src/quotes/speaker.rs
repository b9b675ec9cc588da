//! Speakers: which actor a source stands for.
//!
//! A source that ends in a name is that name's actor. A pronoun goes to an actor of its gender or number that is
//! near, a subject, or has just spoken: the preferences of Lappin and Leass (1994), in small. A description
//! ("the Syrian president") goes to the actor whom the article describes in the same words. What is left names
//! nobody, and is reported in the article's own words.
//!
//! Looks at a bounded number of mentions for each quote, so that the time stays in proportion to the text.

use super::attribution::Attribution;
use super::nouns::{NounKind, describe, is_any_body, is_document, noun_kind};
use crate::annotation::{Actor, ActorId, Gender, Kind};
use crate::text::Document;
use std::collections::HashMap;
use std::ops::Range;

/// How many mentions before a source are looked at.
const MEMORY: usize = 80;

/// For how many sentences who spoke last is remembered where a pronoun may mean them.
const RECENT: usize = 12;

/// Resolves sources in text order; remembers who spoke last.
pub struct Speakers<'a> {
    document: &'a Document<'a>,
    actors: &'a [Actor],
    mentions: Vec<Seen>,
    /// Words that describe each actor, in lower case: its role, and what stands before and after its names.
    described: HashMap<ActorId, Vec<String>>,
    /// Actors by the last word of their names; none where several share it.
    by_last_word: HashMap<&'a str, Option<ActorId>>,
    /// Who spoke last, where the quote stood, and what the source was where nobody was named.
    last: Option<Last>,
}

struct Seen {
    tokens: Range<usize>,
    actor: ActorId,
    sentence: usize,
    /// It opens its sentence, or all but: most likely the subject.
    subject: bool,
    quoted: bool,
}

#[derive(Clone)]
struct Last {
    speaker: Option<ActorId>,
    unnamed: Option<String>,
    paragraph: usize,
    sentence: usize,
}

/// Who speaks: an actor, or the words for someone who isn't named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Speaker {
    /// The actor.
    pub actor: Option<ActorId>,
    /// The descriptor of a source without a name.
    pub unnamed: Option<String>,
}

impl<'a> Speakers<'a> {
    /// Prepares the mentions of `actors`; `quoted` says which tokens stand in quotation marks.
    pub fn new(document: &'a Document<'a>, actors: &'a [Actor], quoted: &[bool]) -> Self {
        let mut mentions: Vec<Seen> = actors
            .iter()
            .enumerate()
            .flat_map(|(actor, a)| a.mentions.iter().map(move |m| (m.span, actor)))
            .map(|(span, actor)| {
                let tokens = document.tokens_in(span);
                let sentence = document.sentence_of(tokens.start);
                let first = document.sentences.get(sentence).map_or(0, |s| s.start);
                let quoted = quoted.get(tokens.start).copied().unwrap_or(false);
                Seen { actor, sentence, subject: tokens.start <= first + 4, quoted, tokens }
            })
            .collect();
        mentions.sort_by_key(|m| m.tokens.start);
        let mut described: HashMap<ActorId, Vec<String>> = HashMap::new();
        for (id, actor) in actors.iter().enumerate() {
            let role = actor.role.as_deref().unwrap_or("");
            described.entry(id).or_default().extend(role.split_whitespace().map(str::to_lowercase));
        }
        let mut before = 0;
        for mention in &mentions {
            let words = described.entry(mention.actor).or_default();
            if words.len() < 60 {
                describe(document, &mention.tokens, before, words);
            }
            before = mention.tokens.end;
        }
        let mut by_last_word: HashMap<&str, Option<ActorId>> = HashMap::new();
        for (id, actor) in actors.iter().enumerate() {
            if let Some(word) = actor.name.split_whitespace().last().filter(|_| actor.kind == Kind::Person) {
                by_last_word.entry(word).and_modify(|known| *known = None).or_insert(Some(id));
            }
        }
        Self { document, actors, mentions, described, by_last_word, last: None }
    }

    /// Who speaks in the quote that an attribution makes, whose content stands in `paragraph`.
    pub fn resolve(&mut self, attribution: &Attribution, paragraph: usize) -> Speaker {
        let cue = Some(&attribution.cue).filter(|c| !c.is_empty());
        let sentence = self.document.sentence_of(cue.map_or(attribution.start(), |c| c.start));
        let speaker = match &attribution.source {
            Some(source) => self.of_source(source),
            // "…, she said, adding that …" has the speaker of its sentence; any other cue has one of its own, which
            // wasn't found.
            None if cue.is_some() && self.last.as_ref().is_none_or(|l| l.sentence != sentence) => {
                Speaker::default()
            }
            None => self.running(paragraph),
        };
        let Speaker { actor, unnamed } = speaker.clone();
        self.last = Some(Last { speaker: actor, unnamed, paragraph, sentence });
        speaker
    }

    /// The speaker of the paragraph before, who goes on.
    fn running(&self, paragraph: usize) -> Speaker {
        match &self.last {
            Some(last) if last.paragraph + 2 >= paragraph => {
                Speaker { actor: last.speaker, unnamed: last.unnamed.clone() }
            }
            _ => Speaker::default(),
        }
    }

    fn of_source(&self, source: &Range<usize>) -> Speaker {
        let named = |actor| Speaker { actor: Some(actor), unnamed: None };
        let head = self.head(source);
        if let Some(actor) = self.name_at_end(&head).or_else(|| self.name_in_apposition(source, &head)) {
            return named(actor);
        }
        let first = self.document.word(head.start).to_lowercase();
        if head.len() == 1 {
            let found = match first.as_str() {
                "he" | "him" | "his" => self.pronoun(source.start, Some(Gender::Male)),
                "she" | "her" | "hers" => self.pronoun(source.start, Some(Gender::Female)),
                "who" => self.antecedent(source.start),
                "it" | "its" | "which" | "that" => {
                    self.nearest(source.start, &[Kind::Organisation, Kind::Place])
                }
                "they" | "their" | "them" => {
                    // Most often those who were just quoted, and they have no name.
                    if let Some(Last { speaker: None, unnamed: Some(words), .. }) = self.recent(source.start)
                    {
                        return Speaker { actor: None, unnamed: Some(words.clone()) };
                    }
                    self.nearest(source.start, &[Kind::Group, Kind::Organisation])
                }
                "i" | "we" | "my" | "our" | "me" | "us" | "you" | "one" => return Speaker::default(),
                _ => None,
            };
            if let Some(actor) = found {
                return named(actor);
            }
        }
        if let Some(actor) = self
            .writer(source, &head)
            .or_else(|| self.surname(&head))
            .or_else(|| self.description(&head, &first))
        {
            return named(actor);
        }
        let words = self.document.span(&self.short(source, &head)).of(self.document.text());
        Speaker { actor: None, unnamed: (!words.is_empty()).then(|| words.to_owned()) }
    }

    /// Whose document speaks: "the Labor Department study", "her own research", "a survey by the Times".
    fn writer(&self, source: &Range<usize>, head: &Range<usize>) -> Option<ActorId> {
        let noun = self.document.word(head.end.checked_sub(1)?).to_lowercase();
        if !is_document(&noun) {
            return None;
        }
        match self.document.word(source.start).to_lowercase().as_str() {
            "his" => return self.pronoun(source.start, Some(Gender::Male)),
            "her" => return self.pronoun(source.start, Some(Gender::Female)),
            _ => {}
        }
        let writes = |m: &&Seen| {
            self.actors.get(m.actor).is_some_and(|a| matches!(a.kind, Kind::Person | Kind::Organisation))
        };
        source.clone().find_map(|at| self.mention_at(at).filter(writes)).map(|m| m.actor)
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
    fn head(&self, source: &Range<usize>) -> Range<usize> {
        let mut at = source.start;
        while at < source.end {
            if let Some(mention) = self.mention_at(at) {
                at = mention.tokens.end.max(at + 1);
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
                    | "familiar"
                    | "living"
            );
            // A part of a hyphenated word: "editor-in-chief".
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
    fn short(&self, source: &Range<usize>, head: &Range<usize>) -> Range<usize> {
        let comma = source.clone().find(|&i| matches!(self.document.word(i), "," | "(" | "—"));
        let end = comma.unwrap_or(source.end).max(head.end).min(head.start + 12);
        source.start..end
    }

    fn mention_at(&self, token: usize) -> Option<&Seen> {
        let index = self.mentions.partition_point(|m| m.tokens.end <= token);
        self.mentions.get(index).filter(|m| m.tokens.contains(&token))
    }

    fn name_at_end(&self, head: &Range<usize>) -> Option<ActorId> {
        self.mention_at(head.end.checked_sub(1)?).map(|m| m.actor)
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

    /// The mentions that end before `token`, nearest first.
    fn before(&self, token: usize) -> impl Iterator<Item = &Seen> {
        let count = self.mentions.partition_point(|m| m.tokens.end <= token);
        self.mentions[..count].iter().rev().take(MEMORY)
    }

    fn pronoun(&self, token: usize, gender: Option<Gender>) -> Option<ActorId> {
        let sentence = self.document.sentence_of(token);
        let paragraph = self.document.paragraph_of(sentence);
        let last = self.last.as_ref();
        let mut best: Option<(f32, ActorId)> = None;
        let mut weight: HashMap<ActorId, f32> = HashMap::new();
        for mention in self.before(token) {
            let Some(actor) = self.actors.get(mention.actor) else { continue };
            let fits = actor.kind == Kind::Person
                && (actor.gender.is_none() || gender.is_none() || actor.gender == gender);
            let far = sentence.saturating_sub(mention.sentence);
            if !fits || far > 12 {
                continue;
            }
            let mut score = 4.0 / (1.0 + far as f32);
            score += if mention.subject { 1.5 / (1.0 + 0.3 * far as f32) } else { 0.0 };
            score -= if mention.quoted { 2.0 } else { 0.0 };
            score -= if far == 0 { 1.0 } else { 0.0 };
            score += if actor.gender.is_some() { 0.7 } else { 0.0 };
            if last.is_some_and(|l| l.speaker == Some(mention.actor) && l.paragraph + 2 >= paragraph) {
                score += 2.5;
            }
            let total = weight.entry(mention.actor).or_insert(0.0);
            let score = score + *total;
            *total += 0.2;
            if best.is_none_or(|(b, _)| score > b) {
                best = Some((score, mention.actor));
            }
        }
        best.map(|(_, actor)| actor)
    }

    /// The noun before a relative pronoun.
    fn antecedent(&self, token: usize) -> Option<ActorId> {
        let mention = self.before(token).next()?;
        (mention.tokens.end + 2 > token).then_some(mention.actor)
    }

    /// Who spoke last, if that was not long before `token`.
    fn recent(&self, token: usize) -> Option<&Last> {
        let sentence = self.document.sentence_of(token);
        self.last.as_ref().filter(|l| sentence.saturating_sub(l.sentence) <= RECENT)
    }

    fn nearest(&self, token: usize, kinds: &[Kind]) -> Option<ActorId> {
        let sentence = self.document.sentence_of(token);
        let fits = |m: &&Seen| {
            !m.quoted
                && sentence.saturating_sub(m.sentence) <= 4
                && self.actors.get(m.actor).is_some_and(|a| kinds.contains(&a.kind))
        };
        let last = self.recent(token).and_then(|l| l.speaker);
        let spoke = last.filter(|l| self.actors.get(*l).is_some_and(|a| kinds.contains(&a.kind)));
        spoke
            .or_else(|| self.before(token).filter(fits).find(|m| m.subject).map(|m| m.actor))
            .or_else(|| self.before(token).find(fits).map(|m| m.actor))
    }

    /// The actor whom the article describes with the words of the definite description `head`.
    fn description(&self, head: &Range<usize>, first: &str) -> Option<ActorId> {
        let noun = self.document.word(head.end.checked_sub(1)?).to_lowercase();
        let definite = matches!(first, "the" | "this" | "that");
        // Headlines leave the article out: "Moscow-based expert says".
        let bare = !definite
            && noun_kind(&noun) == Some(NounKind::Person)
            && !matches!(first, "a" | "an" | "one" | "another" | "his" | "her" | "their" | "its" | "some");
        if !definite && !bare {
            return None;
        }
        let from = head.start + usize::from(definite);
        let adjectives: Vec<(String, bool)> = (from..head.end - 1)
            .map(|i| self.document.word(i))
            .filter(|w| *w != "-")
            .map(|w| (w.to_lowercase(), definite && w.starts_with(char::is_uppercase)))
            .collect();
        let wanted = match noun_kind(&noun) {
            Some(kind) => kind,
            None if noun.ends_with('s') => return None,
            None => NounKind::Unknown,
        };
        let sentence = self.document.sentence_of(head.start);
        let mut best: Option<(f32, ActorId)> = None;
        let after = self.mentions.partition_point(|m| m.tokens.start < head.end);
        let after = self.mentions.iter().skip(after).take(if bare { MEMORY } else { 0 });
        for mention in self.before(head.start).chain(after) {
            let Some(actor) = self.actors.get(mention.actor) else { continue };
            let kind_fits = match wanted {
                NounKind::Person => actor.kind == Kind::Person,
                NounKind::Body => actor.kind == Kind::Organisation,
                NounKind::Unknown => actor.kind != Kind::Place,
            };
            if !kind_fits {
                continue;
            }
            let words = self.described.get(&mention.actor).map_or(&[][..], Vec::as_slice);
            let same = |word: &str| words.iter().any(|w| w == word);
            let named = actor.name.to_lowercase().split_whitespace().any(|w| w == noun);
            let mut score: f32 = 0.0;
            score += if same(&noun) || named { 3.0 } else { 0.0 };
            for (adjective, proper) in &adjectives {
                // Somebody else's nationality rules an actor out.
                score += match (same(adjective), proper) {
                    (true, _) => 2.0,
                    (false, true) => -3.0,
                    (false, false) => -0.7,
                };
            }
            if wanted == NounKind::Body && is_any_body(&noun) {
                score += 1.3 + 0.4 * libm::log2f(actor.mentions.len() as f32);
            }
            let spoke = self.last.as_ref().is_some_and(|l| l.speaker == Some(mention.actor));
            score += if spoke { 0.7 } else { 0.0 };
            if score < if bare { 2.5 } else { 1.3 } {
                continue;
            }
            score += 1.0 / (1.0 + sentence.abs_diff(mention.sentence) as f32);
            if best.is_none_or(|(b, _)| score > b) {
                best = Some((score, mention.actor));
            }
        }
        best.map(|(_, actor)| actor)
    }
}
