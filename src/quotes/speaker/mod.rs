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

mod description;
mod features;
mod naming;
mod narrower;
mod nouns;
mod source;
#[cfg(test)]
mod tests;
mod weights;
mod written;

use super::attribution::Attribution;
use super::nouns::describe;
use crate::actors::pronoun;
use crate::annotation::{Actor, ActorId, Gender, Kind};
use crate::tagger::parse::Relation;
use crate::tagger::{Analysis, GivenNames, Pos, hash};
use crate::text::{Document, fold};
pub(crate) use features::Answer;
pub(crate) use source::Class;
use source::Source;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use written::Written;

/// How many mentions before a source are looked at.
const MEMORY: usize = 80;

/// How many mentions after a source are looked at.
const AHEAD: usize = 12;

/// How many in the first paragraphs, which describe whom the article names below.
const AHEAD_EARLY: usize = 36;

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
    /// The documents that the article says each actor wrote.
    written: Vec<Vec<Written>>,
    /// Nouns that came with "a" and no name, with the token where first.
    introduced: HashMap<String, usize>,
    /// Before each token, how many pronouns of one woman and of one man stood outside quotation marks.
    pronouns: Vec<[u32; 2]>,
    /// Tokens of what was said so far.
    said: Vec<bool>,
    quoted: &'a [bool],
    /// The gender of each: what the given name tells, else what the article shows.
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
        for mention in &mentions {
            let words = described.get_mut(mention.actor).filter(|words| words.len() < WORDS);
            if let Some(words) = words {
                words.extend(aside(analysis, &mention.tokens));
            }
        }
        for (met, other) in counterparts(document, &mentions) {
            let role = actors.get(met).and_then(|a| a.role.as_deref()).unwrap_or("");
            let office = role
                .split_whitespace()
                .filter(|word| !analysis.words.is_demonym(word))
                .map(str::to_lowercase);
            if let Some(words) = described.get_mut(other).filter(|words| words.len() < WORDS) {
                words.extend(office);
            }
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
            Kind::Person => by_name(&a.name).or(a.gender),
            _ => None,
        };
        let mut by_last_word: HashMap<&str, Option<ActorId>> = HashMap::new();
        for (id, actor) in actors.iter().enumerate() {
            // Of a body only a name of one word stands for all of it.
            let whole = |_: &&str| match actor.kind {
                Kind::Person => true,
                // One of them is not the group.
                Kind::Group => false,
                Kind::Organisation | Kind::Place => !actor.name.contains(' '),
            };
            if let Some(word) = actor.name.split_whitespace().last().filter(whole) {
                by_last_word.entry(word).and_modify(|known| *known = None).or_insert(Some(id));
            }
        }
        let written = written::written(analysis, actors, &mentions);
        let introduced = written::introduced(analysis, &mentions);
        Self {
            analysis,
            document,
            actors,
            weights: Weights::BUNDLED,
            mentions,
            described,
            by_last_word,
            written,
            introduced,
            pronouns: pronouns(document, quoted),
            said: vec![false; document.tokens.len()],
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
        let unnamed = match self.phrase(attribution) {
            None => last
                .filter(|l| l.paragraph + 2 >= self.place(attribution).1)
                .and_then(|l| l.speaker.unnamed.clone()),
            Some(source) => {
                let head = self.head(&source);
                let read = Source::read(self.analysis, source.clone(), head.clone());
                let pronoun = matches!(read.class, Class::They | Class::HeShe | Class::It);
                let words = || self.document.span(&self.short(&source, &head)).of(self.document.text());
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
        if let Some(source) = self.phrase(attribution) {
            let head = self.head(&source);
            let source = Source::read(self.analysis, source, head);
            self.nouns.insert(source.sort, speaker.actor);
        }
        for piece in &attribution.content {
            if let Some(said) = self.said.get_mut(piece.clone()) {
                said.fill(true);
            }
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
        let Some(tokens) = self.phrase(attribution) else {
            return Reading::Open(Class::Nothing, self.answers(attribution, None));
        };
        let head = self.head(&tokens);
        if let Some(actor) = self.named(&tokens, &head) {
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
        let source = Source::read(self.analysis, tokens, head);
        if let Some(actor) = self.owner(&source) {
            return named(actor);
        }
        Reading::Open(source.class, self.answers(attribution, Some(&source)))
    }
}

/// Pairs of people of whom one is said to have the other's office: who has it, and who then has it too. President Putin
/// met *his Syrian counterpart* Assad.
fn counterparts(document: &Document, mentions: &[Seen]) -> Vec<(ActorId, ActorId)> {
    let pairs = mentions.windows(2).filter(|pair| {
        let name = pair[1].tokens.start;
        name > 0 && document.word(name - 1) == "counterpart" && pair[0].sentence == pair[1].sentence
    });
    pairs.map(|pair| (pair[0].actor, pair[1].actor)).collect()
}

/// Before each token, how many pronouns of one woman and of one man stood outside quotation marks.
fn pronouns(document: &Document, quoted: &[bool]) -> Vec<[u32; 2]> {
    let mut counts = [0; 2];
    let mut out = vec![counts];
    for at in 0..document.tokens.len() {
        if quoted.get(at) != Some(&true) {
            match pronoun(document.word(at)) {
                Some(Gender::Female) => counts[0] += 1,
                Some(Gender::Male) => counts[1] += 1,
                None => {}
            }
        }
        out.push(counts);
    }
    out
}

/// The words of the noun phrase that a name stands beside: "the group, Acme Alliance, said".
fn aside<'a>(analysis: &'a Analysis, name: &Range<usize>) -> impl Iterator<Item = String> + use<'a> {
    let document = analysis.document;
    let beside = name.start > 0
        && document.word(name.start - 1) == ","
        && matches!(document.word(name.end), "," | "." | ")" | ";" | "");
    let end = name.start.saturating_sub(1);
    let floor = end.saturating_sub(if beside { 8 } else { 0 });
    let nominal = |at: &usize| {
        matches!(analysis.tags.get(*at), Some(Pos::Noun | Pos::Propn | Pos::Adj | Pos::Num))
            || matches!(document.word(*at), "'s" | "’s" | "-")
    };
    let start = (floor..end).rev().take_while(nominal).last().unwrap_or(end);
    let opens = |word: &str| {
        matches!(
            word,
            "the"
                | "The"
                | "a"
                | "A"
                | "an"
                | "An"
                | "his"
                | "her"
                | "their"
                | "its"
                | "His"
                | "Her"
                | "Their"
                | "Its"
        )
    };
    let whole = start > 0 && opens(document.word(start - 1));
    let range = if whole { start..end } else { end..end };
    range.map(|at| document.word(at).to_lowercase()).filter(|w| w.len() > 2)
}
