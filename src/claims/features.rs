//! What the ranker sees of a candidate: named numbers that mean the same on any topic.

use super::candidates::{Candidate, Origin};
use super::cues::{CLASSES, Cue, Cues};
use super::topics::Topics;
use crate::annotation::{Actor, Form, Kind, Quote};
use crate::page::Part;
use crate::tagger::Words;
use crate::text::{Document, Shape, Span};
use std::cell::OnceCell;
use std::collections::BTreeSet;

/// One article as the ranker sees it: what is worth finding once.
pub struct Context<'a> {
    document: &'a Document<'a>,
    quotes: &'a [Quote],
    actors: &'a [Actor],
    cues: &'a [Cues],
    /// What the article is about.
    pub topics: Topics,
    /// The kind of actor that begins at each token, where one does.
    mentions: Vec<Option<Kind>>,
    /// The token is quoted.
    spoken: Vec<bool>,
    /// The token attributes a quote.
    attributes: Vec<bool>,
    /// What the speaker of each quote is.
    roles: Vec<Role>,
    /// The headline's words of four letters or more, lower case.
    headline: BTreeSet<String>,
    /// Where the two features of each pair of [`BOTH`] stand among a candidate's.
    pairs: OnceCell<Vec<[Option<usize>; 2]>>,
}

impl<'a> Context<'a> {
    /// Prepares an article.
    pub fn new(
        document: &'a Document<'a>,
        words: &Words,
        actors: &'a [Actor],
        quotes: &'a [Quote],
        cues: &'a [Cues],
    ) -> Self {
        let mut mentions = vec![None; document.tokens.len()];
        for actor in actors {
            for mention in &actor.mentions {
                if let Some(slot) = mentions.get_mut(document.tokens_in(mention.span).start) {
                    *slot = Some(actor.kind);
                }
            }
        }
        let mut spoken = vec![false; document.tokens.len()];
        let mut attributes = vec![false; document.tokens.len()];
        for quote in quotes {
            for span in &quote.spans {
                spoken[document.tokens_in(*span)].fill(true);
            }
            let cue = quote.cue.map(|span| document.tokens_in(span)).unwrap_or_default();
            attributes[cue].fill(true);
        }
        let headline = document
            .paragraphs
            .iter()
            .zip(&document.article.paragraphs)
            .filter(|(_, p)| p.part == Part::Headline)
            .flat_map(|(sentences, _)| sentences.clone())
            .filter_map(|sentence| document.sentences.get(sentence))
            .flat_map(Clone::clone)
            .filter_map(|at| content_word(document.word(at)))
            .collect();
        Self {
            document,
            quotes,
            actors,
            cues,
            topics: Topics::new(document, words),
            mentions,
            spoken,
            attributes,
            roles: quotes.iter().map(|quote| Role::new(document, actors, quote)).collect(),
            headline,
            pairs: OnceCell::new(),
        }
    }

    /// The features of one candidate, always the same names in the same order.
    pub fn features(&self, candidate: &Candidate) -> Vec<(&'static str, f32)> {
        let mut out = Vec::with_capacity(128);
        self.position(candidate, &mut out);
        self.shape(candidate, &mut out);
        self.voice(candidate, &mut out);
        self.words(candidate, &mut out);
        let place = |name: &str| out.iter().position(|(n, _)| *n == name);
        let pairs = self.pairs.get_or_init(|| BOTH.iter().map(|(_, a, b)| [place(a), place(b)]).collect());
        for ((name, ..), pair) in BOTH.iter().zip(pairs) {
            let [one, other] = pair.map(|at| at.and_then(|at| out.get(at)).map_or(0.0, |(_, value)| *value));
            out.push((name, one * other));
        }
        out
    }

    fn position(&self, candidate: &Candidate, out: &mut Vec<(&'static str, f32)>) {
        let document = self.document;
        let paragraph = document.paragraph_of(candidate.sentence);
        let part = document.article.paragraphs.get(paragraph).map_or(Part::Body, |p| p.part);
        let sentences = document.sentences.len().max(1);
        let first = document.paragraphs.get(paragraph).is_some_and(|p| p.start == candidate.sentence);
        let last = document.sentences.get(candidate.sentence).map_or("", |s| document.word(s.end - 1));
        let stopped = last.ends_with(['.', '!', '…', '”', '"', '?', '’', ')']);
        out.extend([
            ("bias", 1.0),
            ("article length", libm::logf(sentences as f32) - 3.4),
            ("headline", flag(part == Part::Headline)),
            ("standfirst or first paragraph", flag(part == Part::Standfirst || paragraph == 1)),
            ("second paragraph", flag(paragraph == 2)),
            ("how far down", candidate.sentence as f32 / sentences as f32),
            ("opens its paragraph", flag(first)),
            ("sentence has no full stop", flag(!stopped)),
            ("question", flag(last == "?")),
        ]);
    }

    fn shape(&self, candidate: &Candidate, out: &mut Vec<(&'static str, f32)>) {
        let Candidate { tokens, unit, .. } = candidate;
        let length = tokens.len();
        let share = length as f32 / unit.len().max(1) as f32;
        let bytes = self.document.span(tokens).len().max(1);
        let whole = tokens == unit;
        let initial = tokens.start == unit.start;
        let number = |at: &usize| self.cues.get(*at).is_some_and(|c| c.has(Cue::Quantity));
        let numbers_outside = unit.clone().filter(number).count() > tokens.clone().filter(number).count();
        let before = self.document.word(tokens.start.wrapping_sub(1)).to_lowercase();
        let opener = self.cues.get(tokens.start).copied().unwrap_or_default();
        out.extend([
            ("whole unit", flag(whole)),
            ("whole unit of over 20 words", flag(whole && length > 20)),
            ("whole unit of over 30 words", flag(whole && length > 30)),
            ("cut at its start", flag(!whole && !initial)),
            ("cut at its end", flag(!whole && tokens.end != unit.end)),
            ("share of its unit", if whole { 0.0 } else { share }),
            ("leaves a number out", flag(numbers_outside)),
            ("after a comma", flag(before == ",")),
            ("after a dash or semicolon", flag(matches!(&*before, "—" | "–" | "-" | "--" | ";"))),
            ("after a conjunction", flag(matches!(&*before, "but" | "and" | "yet" | "while" | "although"))),
            ("opens with a relative", flag(opener.has(Cue::Relative))),
            ("opens with a participle", flag(self.document.word(tokens.start).ends_with("ing"))),
            ("opens with to", flag(self.document.word(tokens.start) == "to")),
            ("opens with a pronoun", flag(opener.has(Cue::Pronoun) || opener.has(Cue::FirstPerson))),
            ("length", libm::logf(bytes as f32) - 4.5),
            ("under 7 words", flag(length < 7)),
            ("7 to 10 words", flag((7..11).contains(&length))),
            ("over 20 words", flag(length > 20)),
            ("over 30 words", flag(length > 30)),
            ("over 40 words", flag(length > 40)),
        ]);
    }

    fn voice(&self, candidate: &Candidate, out: &mut Vec<(&'static str, f32)>) {
        let quote = match candidate.origin {
            Origin::Quote(index) => self.quotes.get(index),
            _ => None,
        };
        let form = quote.map(|q| q.form);
        let speaker = quote.and_then(|q| q.speaker).and_then(|id| self.actors.get(id)).map(|a| a.kind);
        let cue = quote.and_then(|q| q.cue).map(|span| self.document.tokens_in(span)).unwrap_or_default();
        let cue_has = |class: Cue| cue.clone().any(|at| self.cues.get(at).is_some_and(|c| c.has(class)));
        let sentence = |span: Span| self.document.sentence_of(self.document.tokens_in(span).start);
        let own = candidate.tokens.clone();
        let quoted = own.clone().filter(|at| quote.is_none() && self.spoken[*at]).count();
        let attributed = own.clone().any(|at| self.attributes[at]);
        let later = quote.and_then(|q| q.spans.first()).is_some_and(|s| sentence(*s) < candidate.sentence);
        out.extend([
            ("beside a quote", flag(candidate.origin == Origin::Rest)),
            ("share that is quoted", quoted as f32 / own.len().max(1) as f32),
            ("holds an attribution", flag(attributed && quote.is_none())),
            ("attributes in turn", flag(attributed && quote.is_some())),
            ("direct quote", flag(form == Some(Form::Direct))),
            ("indirect quote", flag(form == Some(Form::Indirect))),
            ("mixed quote", flag(form == Some(Form::Mixed))),
            ("said by a person", flag(speaker == Some(Kind::Person))),
            ("said by an organisation", flag(speaker == Some(Kind::Organisation))),
            ("said by a source without a name", flag(quote.is_some_and(|q| q.speaker.is_none()))),
            ("said by nobody told", flag(quote.is_some_and(|q| q.source.is_none()))),
            ("later sentence of a quote", flag(later)),
            ("cue accuses", flag(cue_has(Cue::Accusation))),
            ("cue denies", flag(cue_has(Cue::Denial))),
            ("cue finds", flag(cue_has(Cue::Finding))),
            ("cue predicts", flag(cue_has(Cue::Prediction))),
            ("cue asks or urges", flag(cue_has(Cue::Advice))),
            ("cue is an opinion", flag(cue_has(Cue::Opinion))),
        ]);
        let role = candidate.quote.and_then(|index| self.roles.get(index)).copied().unwrap_or_default();
        out.extend([
            ("said by an official", flag(role.official)),
            ("said by an expert", flag(role.expert)),
            ("said by a group", flag(role.kind == Some(Kind::Group))),
            ("said by a place", flag(role.kind == Some(Kind::Place))),
            ("said by whom isn't known", flag(role.unknown)),
        ]);
    }

    fn words(&self, candidate: &Candidate, out: &mut Vec<(&'static str, f32)>) {
        let document = self.document;
        let mut counts = [0_u32; CLASSES];
        let (mut names, mut people, mut repeats, mut content, mut capitals) = (0, 0, 0, 0, 0);
        let mut past = false;
        for at in candidate.tokens.clone() {
            for class in self.cues.get(at).into_iter().flat_map(|c| c.classes()) {
                counts[class] += 1;
            }
            if let Some(kind) = self.mentions.get(at).copied().flatten() {
                names += 1;
                people += u32::from(kind == Kind::Person);
            }
            let word = document.word(at);
            past |= word.len() > 4 && word.ends_with("ed");
            capitals += u32::from(at > candidate.tokens.start && word.starts_with(char::is_uppercase));
            if document.tokens.get(at).is_some_and(|t| t.shape == Shape::Word)
                && let Some(word) = content_word(word)
            {
                content += 1;
                repeats += u32::from(self.headline.contains(&word));
            }
        }
        let count = |cue: Cue| counts[cue as usize];
        let any = |cue: Cue| flag(count(cue) > 0);
        let numeric = count(Cue::Quantity) > 0;
        let counted = numeric || (count(Cue::NumberWord) > 0 && count(Cue::Unit) > 0);
        out.extend([
            ("a quantity", flag(numeric)),
            ("two quantities", flag(count(Cue::Quantity) > 1)),
            ("four quantities", flag(count(Cue::Quantity) > 3)),
            ("a counted unit", flag(counted)),
            ("a quantity of money", flag(numeric && count(Cue::Money) > 0)),
            ("a share", any(Cue::Share)),
            ("a number word", any(Cue::NumberWord)),
            ("a unit", any(Cue::Unit)),
            ("money", any(Cue::Money)),
            ("an approximation", flag(counted && count(Cue::Approximate) > 0)),
            ("a year", any(Cue::Year)),
            ("a date", any(Cue::Month)),
            ("an ordinal", any(Cue::Ordinal)),
            ("a comparison", any(Cue::Comparison)),
            ("two comparisons", flag(count(Cue::Comparison) > 1)),
            ("a superlative", any(Cue::Superlative)),
            ("two superlatives", flag(count(Cue::Superlative) > 1)),
            ("a change", any(Cue::Change)),
            ("a quantity that changes", flag(counted && count(Cue::Change) > 0)),
            ("a cause", any(Cue::Cause)),
            ("two causes", flag(count(Cue::Cause) > 1)),
            ("an accusation", any(Cue::Accusation)),
            ("two accusations", flag(count(Cue::Accusation) > 1)),
            ("a denial", any(Cue::Denial)),
            ("harm", any(Cue::Harm)),
            ("harm counted", flag(counted && count(Cue::Harm) > 0)),
            ("a finding", any(Cue::Finding)),
            ("the law", any(Cue::Law)),
            ("two words of law", flag(count(Cue::Law) > 1)),
            ("a prediction", any(Cue::Prediction)),
            ("a hedge", any(Cue::Hedge)),
            ("a negation", any(Cue::Negation)),
            ("an opinion", any(Cue::Opinion)),
            ("two opinions", flag(count(Cue::Opinion) > 1)),
            ("advice", any(Cue::Advice)),
            ("scene-setting", any(Cue::Scene)),
            ("first person", any(Cue::FirstPerson)),
            ("second person", any(Cue::SecondPerson)),
            ("to be", any(Cue::Copula)),
            ("to have", any(Cue::Auxiliary)),
            ("a past tense", flag(past)),
            ("a name", flag(names > 0)),
            ("two names", flag(names > 1)),
            ("four names", flag(names > 3)),
            ("a person", flag(people > 0)),
            ("capitals", capitals as f32 / candidate.tokens.len().max(1) as f32),
            ("repeats the headline", repeats as f32 / (content.max(4)) as f32),
        ]);
    }
}

/// What the speaker of a quote is, as far as the article tells.
#[derive(Clone, Copy, Default)]
struct Role {
    official: bool,
    expert: bool,
    kind: Option<Kind>,
    unknown: bool,
}

impl Role {
    fn new(document: &Document, actors: &[Actor], quote: &Quote) -> Self {
        let speaker = quote.speaker.and_then(|id| actors.get(id));
        let source = quote.source.map_or("", |span| span.of(document.text()));
        let unnamed = quote.unnamed.as_deref().unwrap_or_default();
        let role = speaker.and_then(|s| s.role.as_deref()).unwrap_or_default();
        let told = format!("{source} {unnamed} {role}").to_lowercase();
        let one_of = |parts: &[&str]| parts.iter().any(|part| told.contains(part));
        Self {
            official: one_of(OFFICIALS),
            expert: one_of(EXPERTS),
            kind: speaker.map(|s| s.kind),
            unknown: quote.speaker.is_none() && quote.unnamed.is_none(),
        }
    }
}

/// Parts of words for people and bodies that speak by their office.
const OFFICIALS: &[&str] = &[
    "minister",
    "president",
    "official",
    "spokes",
    "police",
    "governor",
    "mayor",
    "secretary",
    "government",
    "ministry",
    "department",
    "agency",
    "commission",
    "army",
    "court",
    "judge",
    "prosecutor",
    "senator",
    "attorney",
    "chief",
    "director",
];

/// Parts of words for those who speak by what they know.
const EXPERTS: &[&str] = &[
    "professor",
    "analyst",
    "researcher",
    "expert",
    "scientist",
    "economist",
    "author",
    "study",
    "report",
    "survey",
    "university",
    "institute",
];

/// Features that say more together than apart: a person's opinion in direct speech is no claim, a number in it is.
const BOTH: &[(&str, &str, &str)] = &[
    ("indirect quote of a person", "indirect quote", "said by a person"),
    ("indirect quote with a quantity", "indirect quote", "a quantity"),
    ("indirect quote with an accusation", "indirect quote", "an accusation"),
    ("indirect quote with a cause", "indirect quote", "a cause"),
    ("indirect quote of what to do", "indirect quote", "opens with to"),
    ("direct quote with a quantity", "direct quote", "a quantity"),
    ("direct quote with an opinion", "direct quote", "an opinion"),
    ("direct quote in the first person", "direct quote", "first person"),
    ("whole unit with a quantity", "whole unit", "a quantity"),
    ("whole unit of a direct quote", "whole unit", "direct quote"),
    ("whole unit of an indirect quote", "whole unit", "indirect quote"),
    ("headline with a quantity", "headline", "a quantity"),
    ("superlative with a quantity", "a superlative", "a quantity"),
    ("past tense with a name", "a past tense", "a name"),
    ("quantity that leaves one out", "leaves a number out", "a quantity"),
];

/// A word that carries meaning, lower case.
fn content_word(word: &str) -> Option<String> {
    (word.len() > 3).then(|| word.to_lowercase())
}

const fn flag(yes: bool) -> f32 {
    if yes { 1.0 } else { 0.0 }
}
