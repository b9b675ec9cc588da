//! Speakers: which actor a source stands for.
//!
//! A source that ends in a name is that name's actor. Any other, a pronoun or a description ("the Syrian
//! president"), and a quotation without a source, asks a question: who of the actors around is meant, or is it
//! someone without a name? A log-linear model ranks the answers, as mention-ranking models of coreference do
//! (Denis and Baldridge 2008, "Specialized models and ranking for coreference resolution"; Durrett and Klein 2013,
//! "Easy victories and uphill battles in coreference resolution"), over few named [`features`]; its weights are a
//! table in the source. What names nobody is reported in the article's own words.
//!
//! Looks at a bounded number of mentions for each quote, so that the time stays in proportion to the text.

mod features;
mod source;
mod weights;

use super::attribution::Attribution;
use super::nouns::describe;
use crate::annotation::{Actor, ActorId, Gender, Kind};
use crate::tagger::parse::Relation;
use crate::tagger::{Analysis, GivenNames, Pos, hash};
use crate::text::{Document, fold};
pub(crate) use features::Answer;
pub(crate) use source::Class;
use source::Source;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// How many mentions before a source are looked at.
const MEMORY: usize = 80;

/// How many mentions after a source are looked at.
const AHEAD: usize = 12;

/// How many words of description an actor has at most.
const WORDS: usize = 60;

/// Weights of named features, one for each class of source.
pub(crate) type Rows<'a> = &'a [(&'a str, [f32; Class::ALL.len()])];

/// The model: what speaks for an actor, and what for someone without a name.
#[derive(Clone, Copy)]
pub(crate) struct Weights<'a> {
    pub actor: Rows<'a>,
    pub unnamed: Rows<'a>,
}

impl Weights<'static> {
    /// The weights that the engine holds.
    pub const BUNDLED: Self = Self { actor: weights::ACTOR, unnamed: weights::UNNAMED };
}

/// Resolves sources in text order; remembers who spoke.
pub struct Speakers<'a> {
    analysis: &'a Analysis<'a>,
    document: &'a Document<'a>,
    actors: &'a [Actor],
    weights: Weights<'a>,
    mentions: Vec<Seen>,
    /// Words that describe each actor, in lower case, each with its fine cluster: its role, and what stands before
    /// and after its names.
    described: Vec<Vec<(String, u16)>>,
    /// Actors by the last word of their names; none where several share it.
    by_last_word: HashMap<&'a str, Option<ActorId>>,
    quoted: &'a [bool],
    /// The gender of each: what the article shows, else what the given name tells.
    genders: Vec<Option<Gender>>,
    /// How many quotes each actor has so far.
    spoken: Vec<u32>,
    /// Who spoke last, and who before.
    last: Option<Last>,
    before_last: Option<ActorId>,
    /// The nouns of earlier sources, with who each was last.
    nouns: BTreeMap<String, Option<ActorId>>,
}

/// A mention of an actor.
struct Seen {
    tokens: Range<usize>,
    actor: ActorId,
    sentence: usize,
    paragraph: usize,
    /// How its noun hangs in the sentence.
    relation: Relation,
    /// It stands in quotation marks.
    quoted: bool,
    acting: bool,
}

#[derive(Clone)]
struct Last {
    speaker: Speaker,
    /// Where the quote stood.
    paragraph: usize,
    sentence: usize,
    /// The last token of its source or cue.
    token: usize,
}

/// Who speaks: an actor, or the words for someone who isn't named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Speaker {
    /// The actor.
    pub actor: Option<ActorId>,
    /// The descriptor of a source without a name.
    pub unnamed: Option<String>,
}

/// What a source tells by itself.
pub(crate) enum Reading {
    /// Who speaks.
    Plain(Speaker),
    /// Who may speak, each with the features that speak for it.
    Open(Class, Vec<Answer>),
}

impl<'a> Speakers<'a> {
    /// Prepares the mentions of `actors`; `quoted` says which tokens stand in quotation marks.
    pub fn new(
        analysis: &'a Analysis<'a>,
        given: &GivenNames,
        actors: &'a [Actor],
        quoted: &'a [bool],
    ) -> Self {
        let document = analysis.document;
        let mut mentions: Vec<Seen> = actors
            .iter()
            .enumerate()
            .flat_map(|(actor, a)| a.mentions.iter().map(move |m| (m, actor)))
            .map(|(mention, actor)| {
                let tokens = document.tokens_in(mention.span);
                let sentence = document.sentence_of(tokens.start);
                let relation = tokens
                    .clone()
                    .filter_map(|at| analysis.arcs.get(at))
                    .find(|arc| arc.head.is_none_or(|head| !tokens.contains(&head)))
                    .map_or(Relation::Other, |arc| arc.relation);
                Seen {
                    actor,
                    sentence,
                    paragraph: document.paragraph_of(sentence),
                    relation,
                    quoted: quoted.get(tokens.start).copied().unwrap_or(false),
                    acting: mention.acting,
                    tokens,
                }
            })
            .collect();
        mentions.sort_by_key(|m| m.tokens.start);
        let mut described: Vec<Vec<String>> = actors
            .iter()
            .map(|a| a.role.iter().flat_map(|r| r.split_whitespace()).map(str::to_lowercase).collect())
            .collect();
        let mut before = 0;
        for mention in &mentions {
            let words = described.get_mut(mention.actor).filter(|words| words.len() < WORDS);
            if let Some(words) = words {
                describe(document, &mention.tokens, before, words);
            }
            before = mention.tokens.end;
        }
        let cluster = |word: String| {
            let cluster = analysis.words.cluster(hash(&fold(&word))).fine;
            (word, cluster)
        };
        let described = described.into_iter().map(|w| w.into_iter().map(cluster).collect()).collect();
        let by_name = |name: &str| {
            let mut words = name.split_whitespace();
            let first = words.next().filter(|_| words.next().is_some())?;
            given.gender(hash(&fold(first)))
        };
        let gender = |a: &Actor| match a.kind {
            Kind::Person => a.gender.or_else(|| by_name(&a.name)),
            _ => None,
        };
        let mut by_last_word: HashMap<&str, Option<ActorId>> = HashMap::new();
        for (id, actor) in actors.iter().enumerate() {
            // Of a body only a name of one word stands for all of it.
            let whole = |_: &&str| actor.kind == Kind::Person || !actor.name.contains(' ');
            if let Some(word) = actor.name.split_whitespace().last().filter(whole) {
                by_last_word.entry(word).and_modify(|known| *known = None).or_insert(Some(id));
            }
        }
        Self {
            analysis,
            document,
            actors,
            weights: Weights::BUNDLED,
            mentions,
            described,
            by_last_word,
            quoted,
            genders: actors.iter().map(gender).collect(),
            spoken: vec![0; actors.len()],
            last: None,
            before_last: None,
            nouns: BTreeMap::new(),
        }
    }

    /// The same with other weights.
    #[cfg(feature = "train")]
    pub fn with_weights(self, weights: Weights<'a>) -> Self {
        Self { weights, ..self }
    }

    /// Who speaks in the quote that an attribution makes.
    pub fn resolve(&mut self, attribution: &Attribution) -> Speaker {
        let speaker = match self.read(attribution) {
            Reading::Plain(speaker) => speaker,
            Reading::Open(class, answers) => {
                let best = answers.iter().map(|a| (a.score(class, self.weights), a.actor));
                // Of equals the first, which is the nearest.
                let best = best.reduce(|best, next| if next.0 > best.0 { next } else { best });
                self.speaker(attribution, best.and_then(|(_, actor)| actor))
            }
        };
        self.remember(attribution, speaker.clone());
        speaker
    }

    /// The actor as a speaker; without one, the source's words.
    pub(crate) fn speaker(&self, attribution: &Attribution, actor: Option<ActorId>) -> Speaker {
        if actor.is_some() {
            return Speaker { actor, unnamed: None };
        }
        // "they", or nothing: who spoke last had no name.
        let last = self.last.as_ref().filter(|l| l.speaker.unnamed.is_some());
        let unnamed = match &attribution.source {
            None => last
                .filter(|l| l.paragraph + 2 >= self.place(attribution).1)
                .and_then(|l| l.speaker.unnamed.clone()),
            Some(source) => {
                let head = self.head(source);
                let read = Source::read(self.analysis, source.clone(), head.clone());
                let pronoun = matches!(read.class, Class::They | Class::HeShe | Class::It);
                let words = || self.document.span(&self.short(source, &head)).of(self.document.text());
                let near = last.filter(|l| pronoun && l.paragraph + 2 >= self.place(attribution).1);
                near.and_then(|l| l.speaker.unnamed.clone()).or_else(|| Some(words().to_owned()))
            }
        };
        Speaker { actor: None, unnamed: unnamed.filter(|words| !words.is_empty()) }
    }

    /// Takes note of who spoke.
    pub(crate) fn remember(&mut self, attribution: &Attribution, speaker: Speaker) {
        let (sentence, paragraph) = self.place(attribution);
        if let Some(count) = speaker.actor.and_then(|actor| self.spoken.get_mut(actor)) {
            *count += 1;
        }
        if let Some(source) = &attribution.source {
            let source = Source::read(self.analysis, source.clone(), self.head(source));
            self.nouns.insert(source.noun, speaker.actor);
        }
        let named = self.last.as_ref().and_then(|l| l.speaker.actor);
        if named.is_some() && named != speaker.actor {
            self.before_last = named;
        }
        let token =
            attribution.source.as_ref().map_or(attribution.cue.end, |s| s.end).max(attribution.start());
        self.last = Some(Last { speaker, paragraph, sentence, token });
    }

    /// The sentence and the paragraph where a quote is attributed.
    fn place(&self, attribution: &Attribution) -> (usize, usize) {
        let cue = Some(&attribution.cue).filter(|c| !c.is_empty());
        let at = cue.or(attribution.source.as_ref()).map_or(attribution.start(), |c| c.start);
        let sentence = self.document.sentence_of(at);
        (sentence, self.document.paragraph_of(sentence))
    }

    /// What the source says of who speaks.
    pub(crate) fn read(&self, attribution: &Attribution) -> Reading {
        let named = |actor| Reading::Plain(Speaker { actor: Some(actor), unnamed: None });
        let Some(tokens) = attribution.source.clone().filter(|s| !s.is_empty()) else {
            return Reading::Open(Class::Nothing, self.answers(attribution, None));
        };
        let head = self.head(&tokens);
        let actor = (self.name_at_end(&head)).or_else(|| self.name_in_apposition(&tokens, &head));
        if let Some(actor) = actor {
            return named(actor);
        }
        if head.len() == 1 {
            match self.document.word(head.start).to_lowercase().as_str() {
                "who" => {
                    if let Some(actor) = self.antecedent(tokens.start) {
                        return named(actor);
                    }
                }
                "i" | "we" | "my" | "our" | "me" | "us" | "you" | "one" => {
                    return Reading::Plain(Speaker::default());
                }
                _ => {}
            }
        }
        if let Some(actor) = self.surname(&head) {
            return named(actor);
        }
        let source = Source::read(self.analysis, tokens, head);
        if let Some(actor) = self.writer(&source) {
            return named(actor);
        }
        Reading::Open(source.class, self.answers(attribution, Some(&source)))
    }

    /// Whose document speaks: "the Labor Department study", "a survey by the Times".
    fn writer(&self, source: &Source) -> Option<ActorId> {
        let writes = |m: &&Seen| {
            self.actors.get(m.actor).is_some_and(|a| matches!(a.kind, Kind::Person | Kind::Organisation))
        };
        let mut named = source.tokens.clone().filter(|_| source.class == Class::Writing);
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
            let participle =
                tag(at) == Some(Pos::Verb) && matches!(tag(at.wrapping_sub(1)), Some(Pos::Noun | Pos::Propn));
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

    /// The noun before a relative pronoun.
    fn antecedent(&self, token: usize) -> Option<ActorId> {
        let index = self.mentions.partition_point(|m| m.tokens.end <= token).checked_sub(1)?;
        let mention = self.mentions.get(index)?;
        (mention.tokens.end + 2 > token).then_some(mention.actor)
    }
}
