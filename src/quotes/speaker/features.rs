//! What speaks for each answer to "who says this?": named numbers, the same for any topic.

use super::description::Suits;
use super::source::{Class, Determiner, Source};
use super::{AHEAD, AHEAD_EARLY, Attribution, Last, MEMORY, Rows, Seen, Speakers, Weights};
use crate::annotation::{Actor, ActorId, Gender, Kind};
use crate::page::Part;
use crate::quotes::nouns::is_any_body;
use crate::tagger::parse::Relation;
use std::collections::HashMap;
use std::ops::Range;

/// One who may speak, and what speaks for it.
pub(crate) struct Answer {
    /// The actor; `None` for someone without a name.
    pub actor: Option<ActorId>,
    /// Names and values, in the order of the weights.
    pub features: Vec<(&'static str, f32)>,
}

impl Answer {
    /// The sum of its weighted features.
    pub fn score(&self, class: Class, weights: Weights) -> f32 {
        let rows: Rows = if self.actor.is_some() { weights.actor } else { weights.unnamed };
        let column = class as usize;
        let weight = |row: &[f32; Class::ALL.len()]| row.get(column).copied().unwrap_or(0.0);
        self.features.iter().zip(rows).map(|((_, value), (_, row))| value * weight(row)).sum()
    }
}

/// An actor that is mentioned near a source.
pub(super) struct Candidate {
    pub actor: ActorId,
    /// The nearest mention before the source and outside the content.
    pub before: Option<usize>,
    /// The first mention after it.
    pub after: Option<usize>,
    /// A mention inside the source.
    pub inside: Option<usize>,
    /// It is named in the content.
    pub content: bool,
    /// The actor is of the sort that the source speaks of.
    pub fits: bool,
    /// How the source's noun suits what the article calls the actor.
    pub suits: Suits,
    /// Where the actor wrote a document of the sort that the source speaks of: before it at the latest, else after.
    pub wrote: Option<usize>,
    /// The source's own words name it as the writer.
    pub wrote_this: bool,
}

/// What all answers to one question share.
pub(super) struct Question<'q> {
    pub class: Class,
    pub source: Option<&'q Source>,
    pub attribution: &'q Attribution,
    /// The token from which "before" is told from "after".
    pub at: usize,
    pub sentence: usize,
    pub paragraph: usize,
    /// The content stands in quotation marks.
    pub direct: bool,
    /// The content speaks of "I", of "we".
    pub first_person: [bool; 2],
}

/// From how many sentences back a pronoun may mean someone.
const RECENT: usize = 12;

/// How many tokens of the content are looked through.
const CONTENT: usize = 80;

impl Speakers<'_> {
    /// Everyone who may be meant, the nearest first, and at last someone without a name.
    pub(super) fn answers(&self, attribution: &Attribution, source: Option<&Source>) -> Vec<Answer> {
        let (sentence, paragraph) = self.place(attribution);
        let start = attribution.start();
        let direct = self.quoted.get(start).copied().unwrap_or(false);
        let content = || attribution.content.iter().cloned().flatten().take(CONTENT);
        let says = |words: &[&str]| content().any(|at| words.contains(&self.document.word(at)));
        let question = Question {
            class: source.map_or(Class::Nothing, |s| s.class),
            source,
            attribution,
            at: source.map_or(start, |s| s.tokens.start),
            sentence,
            paragraph,
            direct,
            first_person: [
                direct && says(&["I", "my", "My", "me"]),
                direct && says(&["We", "we", "our", "Our", "us"]),
            ],
        };
        let candidates = self.candidates(&question);
        // "A lawyer for Lee" is not Lee.
        let own = |c: &Candidate| question.class != Class::Person || c.inside.is_none();
        let mut answers: Vec<Answer> = (0..candidates.len())
            .filter(|&index| candidates.get(index).is_some_and(own))
            .map(|index| Answer {
                actor: Some(candidates[index].actor),
                features: self.for_actor(&question, &candidates, index),
            })
            .collect();
        answers.push(Answer { actor: None, features: self.for_unnamed(&question, &candidates) });
        answers
    }

    fn candidates(&self, question: &Question) -> Vec<Candidate> {
        let mut out: Vec<Candidate> = Vec::new();
        let mut index_of: HashMap<ActorId, usize> = HashMap::new();
        let count = self.mentions.partition_point(|m| m.tokens.start < question.at);
        let headline = self.is_titled(question.paragraph);
        let ahead = match question.paragraph {
            _ if headline => MEMORY,
            ..3 => AHEAD_EARLY,
            _ => AHEAD,
        };
        let nations = self.nations(question);
        let mut barred: HashMap<ActorId, [bool; 2]> = HashMap::new();
        let order = (count.saturating_sub(MEMORY)..count).rev().chain(count..count + ahead);
        for index in order {
            let Some(mention) = self.mentions.get(index) else { break };
            let Some(actor) = self.actors.get(mention.actor) else { continue };
            if !may_be(question.class, actor.kind) || !self.in_mind(question, mention) {
                continue;
            }
            // "A minister" is none of those named before, and "her lawyer" only who was called a lawyer.
            let [other, strange] = *barred.entry(mention.actor).or_insert_with(|| {
                let strange = question.source.is_some_and(|s| match s.determiner {
                    Determiner::Indefinite => true,
                    Determiner::Possessive => !self.suits(question, mention.actor, actor).well(),
                    _ => false,
                });
                [self.is_of_another_nation(&nations, mention.actor), strange]
            });
            if other || (strange && index < count) {
                continue;
            }
            let at = *index_of.entry(mention.actor).or_insert_with(|| {
                out.push(Candidate {
                    actor: mention.actor,
                    before: None,
                    after: None,
                    inside: None,
                    content: false,
                    fits: self.fits(question, actor.kind, mention),
                    suits: self.suits(question, mention.actor, actor),
                    wrote: self.wrote(question, mention.actor),
                    wrote_this: self.wrote_this(question, mention.actor),
                });
                out.len() - 1
            });
            let Some(candidate) = out.get_mut(at) else { continue };
            let holds = |range: &Range<usize>| range.contains(&mention.tokens.start);
            let slot = if question.source.is_some_and(|s| holds(&s.tokens)) {
                &mut candidate.inside
            } else if question.attribution.content.iter().any(holds) {
                candidate.content = true;
                continue;
            } else if index < count {
                &mut candidate.before
            } else {
                &mut candidate.after
            };
            slot.get_or_insert(index);
        }
        out
    }

    /// A pronoun's reader has the actor in mind: it was named or quoted not long before.
    fn in_mind(&self, question: &Question, mention: &Seen) -> bool {
        let near = |sentence: usize| question.sentence.saturating_sub(sentence) <= RECENT;
        let spoke = |l: &Last| l.speaker.actor == Some(mention.actor) && near(l.sentence);
        !is_pronoun(question.class) || near(mention.sentence) || self.last.as_ref().is_some_and(spoke)
    }

    fn gender(&self, actor: ActorId) -> Option<Gender> {
        self.genders.get(actor).copied().flatten()
    }

    /// Whether the actor, which is of `kind`, is of the sort that the source speaks of.
    fn fits(&self, question: &Question, kind: Kind, mention: &Seen) -> bool {
        let wanted = question.source.and_then(|s| s.gender);
        match question.class {
            Class::HeShe | Class::Person => {
                let gender = self.gender(mention.actor);
                wanted.is_none() || gender.is_none() || wanted == gender
            }
            Class::It | Class::Body => kind == Kind::Organisation || (kind == Kind::Place && mention.acting),
            Class::Government => kind != Kind::Person,
            Class::They | Class::People => kind != Kind::Place || mention.acting,
            Class::Writing | Class::Other | Class::Nothing => {
                matches!(kind, Kind::Person | Kind::Organisation)
            }
        }
    }

    /// The paragraph is a headline or like one: it has no full stop.
    fn is_titled(&self, paragraph: usize) -> bool {
        let words =
            self.document.article.paragraphs.get(paragraph).map_or("", |p| p.span.of(self.document.text()));
        let ends =
            words.trim_end_matches(['"', '”', '’', '\'', ')']).ends_with(['.', '!', '?', ':', '…', ',']);
        self.part(paragraph) == Some(Part::Headline) || !ends && words.len() < 200
    }

    fn part(&self, paragraph: usize) -> Option<Part> {
        self.document.article.paragraphs.get(paragraph).map(|p| p.part)
    }

    fn for_actor(
        &self,
        question: &Question,
        candidates: &[Candidate],
        index: usize,
    ) -> Vec<(&'static str, f32)> {
        let Some(candidate) = candidates.get(index) else { return Vec::new() };
        let Some(actor) = self.actors.get(candidate.actor) else { return Vec::new() };
        let mut out = Vec::with_capacity(112);
        let before = candidate.before.and_then(|i| self.mentions.get(i));
        let far = before.map(|m| question.sentence.saturating_sub(m.sentence));
        let back = |range: Range<usize>| flag(far.is_some_and(|f| range.contains(&f)));
        let after = candidate.after.and_then(|i| self.mentions.get(i));
        let later = before.is_none() && candidate.inside.is_none();
        let rank = |fits: bool| {
            candidates[..index].iter().filter(|c| c.before.is_some() && (c.fits || !fits)).count()
        };
        let rank = if candidate.fits && before.is_some() { Some(rank(true)) } else { None };
        let fitting = candidates.iter().filter(|c| c.fits && c.before.is_some()).count();
        let definite = question.source.is_some_and(|s| s.determiner == Determiner::Definite);
        out.extend([
            ("same sentence", back(0..1)),
            ("one sentence back", back(1..2)),
            ("two sentences back", back(2..3)),
            ("three sentences back", back(3..4)),
            ("four to six sentences back", back(4..7)),
            ("seven to twelve sentences back", back(7..13)),
            ("further back", back(13..usize::MAX)),
            ("same paragraph", flag(before.is_some_and(|m| m.paragraph == question.paragraph))),
            ("paragraph before", flag(before.is_some_and(|m| m.paragraph + 1 == question.paragraph))),
            ("named only later", flag(later)),
            ("named later in the sentence", flag(after.is_some_and(|m| m.sentence == question.sentence))),
            (
                "named only later, in the paragraph",
                flag(later && after.is_some_and(|m| m.paragraph == question.paragraph)),
            ),
            ("named in direct content", flag(candidate.content && question.direct)),
            ("named in indirect content", flag(candidate.content && !question.direct)),
            ("fits", flag(candidate.fits)),
            ("nearest that fits", flag(rank == Some(0))),
            ("nearest that fits, definite", flag(definite && rank == Some(0))),
            ("second that fits", flag(rank == Some(1))),
            ("only one that fits", flag(candidate.fits && fitting == 1)),
        ]);
        self.grammar(question, candidates, index, &mut out);
        self.history(question, candidates, index, &mut out);
        self.standing(question, candidate, actor, &mut out);
        self.description(question, candidate, actor, &mut out);
        self.choice(question, candidates, index, &mut out);
        out
    }

    /// How the nearest mention stands in its sentence.
    fn grammar(
        &self,
        question: &Question,
        candidates: &[Candidate],
        index: usize,
        out: &mut Vec<(&'static str, f32)>,
    ) {
        let mention = candidates.get(index).and_then(|c| c.before).and_then(|i| self.mentions.get(i));
        let is = |relation: Relation| flag(mention.is_some_and(|m| m.relation == relation));
        let subject = |m: &Seen| m.relation == Relation::Subject;
        let first =
            |m: &Seen| self.document.sentences.get(m.sentence).is_some_and(|s| m.tokens.start <= s.start + 3);
        let nearer = candidates.get(..index).unwrap_or_default().iter();
        let rival = nearer
            .filter(|c| c.fits)
            .filter_map(|c| self.mentions.get(c.before?))
            .any(|m| subject(m) && !m.quoted);
        let leads = mention.is_some_and(|m| subject(m) && !m.quoted) && !rival;
        let near = mention.is_some_and(|m| question.sentence.saturating_sub(m.sentence) <= 1);
        let after = candidates.get(index).and_then(|c| c.after).and_then(|i| self.mentions.get(i));
        // "She said Acme had hired Lee": a name behind a pronoun is seldom the same person's.
        let wanted = question.source.filter(|s| s.class == Class::HeShe).and_then(|s| s.gender);
        let pronouns = |from: usize, to: usize| {
            let count = |at: usize| {
                let counts = self.pronouns.get(at).copied().unwrap_or_default();
                wanted.map_or(0, |g| counts[usize::from(g == Gender::Male)])
            };
            count(to).saturating_sub(count(from))
        };
        let start = |m: &Seen| self.document.sentences.get(m.sentence).map_or(0, |s| s.start);
        let since = mention.map_or(0, |m| pronouns(m.tokens.end, question.at));
        let speaker = self.last.as_ref().and_then(|l| l.speaker.actor);
        let spoke = speaker.is_some() && speaker == candidates.get(index).map(|c| c.actor);
        let later_beside = after.is_some_and(|m| Self::beside_cue(question, m));
        out.extend([
            ("subject", is(Relation::Subject)),
            ("subject, a sentence back at most", flag(near && mention.is_some_and(subject))),
            ("nearest subject that fits", flag(leads)),
            ("object", is(Relation::Object)),
            ("after a preposition", is(Relation::Nominal)),
            ("owner", is(Relation::Possessor)),
            ("noun before a noun", is(Relation::Compound)),
            ("apposition", is(Relation::Apposition)),
            ("joined by and", is(Relation::Conjunct)),
            ("beside the cue", flag(mention.is_some_and(|m| Self::beside_cue(question, m)) || later_beside)),
            ("in what leads to a colon", flag(mention.is_some_and(|m| self.announces(question, m)))),
            ("opens its sentence", flag(mention.is_some_and(first))),
            ("in another's quotation", flag(mention.is_some_and(|m| m.quoted))),
            ("in what was said before", flag(mention.is_some_and(|m| !m.quoted && self.was_said(m)))),
            (
                "a pronoun like it before in its sentence",
                flag(mention.is_some_and(|m| pronouns(start(m), m.tokens.start) > 0)),
            ),
            ("a pronoun like it since", flag(since > 0)),
            ("pronouns like it since", libm::logf(1.0 + since as f32)),
            ("a pronoun like it since, spoke last", flag(since > 0 && spoke)),
            ("subject of its sentence", flag(mention.is_some_and(|m| subject(m) && self.is_main(m)))),
            (
                "right before",
                flag(mention.is_some_and(|m| m.tokens.end <= question.at && m.tokens.end + 2 > question.at)),
            ),
        ]);
    }

    fn was_said(&self, mention: &Seen) -> bool {
        self.said.get(mention.tokens.start) == Some(&true)
    }

    /// It hangs on the head of its sentence.
    fn is_main(&self, mention: &Seen) -> bool {
        let head = |at: usize| self.analysis.arcs.get(at).and_then(|arc| arc.head);
        let outside = mention.tokens.clone().filter_map(head).find(|at| !mention.tokens.contains(at));
        outside.is_some_and(|verb| head(verb).is_none())
    }

    /// It stands next to the cue of a quote whose source wasn't found.
    fn beside_cue(question: &Question, mention: &Seen) -> bool {
        let cue = &question.attribution.cue;
        let gap =
            cue.start.saturating_sub(mention.tokens.end).max(mention.tokens.start.saturating_sub(cue.end));
        question.source.is_none() && !cue.is_empty() && gap <= 3
    }

    /// It stands in the sentence before a quotation without a source, and that ends in a colon.
    fn announces(&self, question: &Question, mention: &Seen) -> bool {
        let content = self.document.sentence_of(question.attribution.start());
        let before =
            self.document.sentences.get(mention.sentence).filter(|_| mention.sentence + 1 == content);
        let colon = before.is_some_and(|s| self.document.word(s.end.saturating_sub(1)) == ":");
        question.source.is_none() && colon
    }

    /// Who has spoken, and who has been named since.
    fn history(
        &self,
        question: &Question,
        candidates: &[Candidate],
        index: usize,
        out: &mut Vec<(&'static str, f32)>,
    ) {
        let Some(candidate) = candidates.get(index) else { return };
        let last = self.last.as_ref();
        let spoke = last.filter(|l| l.speaker.actor == Some(candidate.actor));
        let gap = spoke.map(|l| question.paragraph.saturating_sub(l.paragraph));
        let since = |c: &Candidate| {
            let token = last.map_or(0, |l| l.token);
            c.before.and_then(|i| self.mentions.get(i)).is_some_and(|m| m.tokens.start > token)
        };
        let rival = candidates.iter().any(|c| c.actor != candidate.actor && c.fits && since(c));
        let quotes = self.spoken.get(candidate.actor).copied().unwrap_or(0);
        let cue = !question.attribution.cue.is_empty();
        let at = |paragraphs: usize| flag(gap == Some(paragraphs));
        out.extend([
            ("spoke last, same paragraph", at(0)),
            ("spoke last, paragraph before", at(1)),
            ("spoke last, two paragraphs before", at(2)),
            ("spoke last, further back", flag(gap.is_some_and(|g| g > 2))),
            ("spoke last, same sentence", flag(spoke.is_some_and(|l| l.sentence == question.sentence))),
            ("spoke last, no rival named since", flag(spoke.is_some() && !rival)),
            ("spoke last, rival named since", flag(spoke.is_some() && rival)),
            ("spoke last, and there is a cue", flag(spoke.is_some() && cue)),
            ("spoke last but one", flag(self.before_last == Some(candidate.actor) && spoke.is_none())),
            ("has spoken", flag(quotes > 0)),
            ("quotes so far", libm::logf(1.0 + quotes as f32)),
            ("named since the last quote", flag(since(candidate))),
        ]);
    }

    /// What the actor is, and how much of the article is about it.
    fn standing(
        &self,
        question: &Question,
        candidate: &Candidate,
        actor: &Actor,
        out: &mut Vec<(&'static str, f32)>,
    ) {
        let acting = candidate.before.and_then(|i| self.mentions.get(i)).is_some_and(|m| m.acting);
        let wanted = question.source.and_then(|s| s.gender);
        let is = self.gender(candidate.actor);
        let gender = |same: fn(Gender, Gender) -> bool| {
            flag(wanted.zip(is).is_some_and(|(wanted, is)| same(wanted, is)))
        };
        let first = actor.mentions.first().map(|m| self.document.tokens_in(m.span).start);
        let paragraph = first.map(|at| self.document.paragraph_of(self.document.sentence_of(at)));
        let headline = paragraph.is_some_and(|p| self.part(p) == Some(Part::Headline));
        let [singular, plural] = question.first_person;
        let person = actor.kind == Kind::Person;
        out.extend([
            ("person", flag(person)),
            ("organisation", flag(actor.kind == Kind::Organisation)),
            ("place that acts", flag(actor.kind == Kind::Place && acting)),
            ("place that doesn't", flag(actor.kind == Kind::Place && !acting)),
            ("group", flag(actor.kind == Kind::Group)),
            ("gender agrees", gender(|a, b| a == b)),
            ("gender conflicts", gender(|a, b| a != b)),
            ("gender unknown", flag(wanted.is_some() && is.is_none())),
            ("mentions", libm::logf(actor.mentions.len() as f32 + 1.0)),
            ("named once", flag(actor.mentions.len() == 1)),
            ("in the headline", flag(headline)),
            ("in the first two paragraphs", flag(paragraph.is_some_and(|p| p < 3))),
            ("I in the content, and a person", flag(singular && person)),
            ("I in the content, and no person", flag(singular && !person)),
            ("we in the content, and no person", flag(plural && !person)),
        ]);
    }

    fn for_unnamed(&self, question: &Question, candidates: &[Candidate]) -> Vec<(&'static str, f32)> {
        let source = question.source;
        let noun = source.filter(|s| !is_pronoun(s.class));
        let determiner = |d: Determiner| flag(noun.is_some_and(|s| s.determiner == d));
        let writing = question.class == Class::Writing;
        let strange = noun.is_some() && !candidates.iter().any(|c| c.suits.well());
        let introduced =
            noun.is_some_and(|s| self.introduced.get(&s.sort).is_some_and(|first| *first < question.at));
        let before = |c: &Candidate| self.mentions.get(c.before?);
        let fitting = || candidates.iter().filter(|c| c.fits).filter_map(before);
        let near = |m: &Seen| question.sentence.saturating_sub(m.sentence) <= 3;
        let inside = candidates.iter().any(|c| c.inside.is_some());
        let last = self.last.as_ref();
        let quiet = last.filter(|l| l.speaker.actor.is_none());
        let gap = |l: &Last| question.paragraph.saturating_sub(l.paragraph);
        let since = last.is_some_and(|l| fitting().any(|m| m.tokens.start > l.token));
        let cue = !question.attribution.cue.is_empty();
        let headline = self.is_titled(question.paragraph);
        let own = last.is_none_or(|l| l.sentence != question.sentence);
        let opens = self.document.sentences.get(question.sentence).is_some_and(|s| s.start == question.at);
        vec![
            ("nobody named", 1.0),
            ("the", determiner(Determiner::Definite)),
            // "The minister" was named before; "the minister who left" and "the Chilean minister" need not be.
            (
                "the, one person",
                flag(noun.is_some_and(|s| {
                    let whole = s.tokens.len() <= s.head.len() + 1;
                    let plain = whole && s.modifiers.iter().all(|(_, proper)| !proper);
                    s.determiner == Determiner::Definite && s.class == Class::Person && plain
                })),
            ),
            ("a", determiner(Determiner::Indefinite)),
            ("somebody's", determiner(Determiner::Possessive)),
            // Headlines leave out articles.
            ("no determiner", if headline { 0.0 } else { determiner(Determiner::Bare) }),
            ("plural", flag(noun.is_some_and(|s| s.plural))),
            ("a name in the source", flag(inside)),
            ("words after the noun", flag(noun.is_some_and(|s| s.tokens.len() > s.head.len() + 1))),
            ("adjectives", modifiers(noun, false)),
            ("proper adjectives", modifiers(noun, true)),
            (
                "noun of an earlier source without a name",
                flag(noun.is_some_and(|s| self.nouns.get(&s.sort) == Some(&None))),
            ),
            ("a noun for any body", flag(noun.is_some_and(|s| is_any_body(&s.noun)))),
            ("nobody suits", flag(strange)),
            ("introduced without a name", flag(introduced)),
            ("introduced without a name, the", flag(introduced) * determiner(Determiner::Definite)),
            ("nobody wrote such", flag(writing && !candidates.iter().any(|c| c.wrote.is_some()))),
            ("somebody wrote this", flag(candidates.iter().any(|c| c.wrote_this))),
            ("several in the source", flag(candidates.iter().filter(|c| c.inside.is_some()).count() > 1)),
            ("nobody fits", flag(fitting().next().is_none())),
            ("nobody fits nearby", flag(!fitting().any(near))),
            ("unnamed spoke last, same paragraph", flag(quiet.is_some_and(|l| gap(l) == 0))),
            ("unnamed spoke last, paragraph before", flag(quiet.is_some_and(|l| gap(l) == 1))),
            ("unnamed spoke last, nobody named since", flag(quiet.is_some() && !since)),
            ("nobody has spoken", flag(last.is_none())),
            ("who spoke last stands far back", flag(last.is_some_and(|l| gap(l) > 2))),
            ("a cue of its own", flag(cue && own)),
            ("no cue", flag(!cue)),
            ("opens its sentence", flag(opens)),
            ("in the headline", flag(headline)),
            ("in the first two paragraphs", flag(question.paragraph < 3)),
        ]
    }
}

fn modifiers(source: Option<&Source>, proper: bool) -> f32 {
    source.map_or(0, |s| s.modifiers.iter().filter(|(_, p)| *p == proper).count().min(3)) as f32
}

pub(super) const fn is_pronoun(class: Class) -> bool {
    matches!(class, Class::HeShe | Class::They | Class::It)
}

/// Whether an actor of this kind can be meant at all.
fn may_be(class: Class, kind: Kind) -> bool {
    match class {
        Class::HeShe | Class::Person => kind == Kind::Person,
        Class::It | Class::Body | Class::Government => kind != Kind::Person,
        _ => true,
    }
}

pub(super) const fn flag(yes: bool) -> f32 {
    if yes { 1.0 } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::Mention;
    use crate::page::Article;
    use crate::tagger::{ANALYSER, GivenNames};
    use crate::text::{Document, Span};

    #[test]
    fn weights_are_of_these_features() {
        let article = Article::from_text("Ann left. She said so.");
        let document = Document::new(&article);
        let analysis = ANALYSER.analyse(&document);
        let mentions = vec![Mention { span: Span::new(0, 3), acting: false }];
        let actors = [Actor { name: "Ann".into(), kind: Kind::Person, role: None, gender: None, mentions }];
        let quoted = vec![false; document.tokens.len()];
        let given = GivenNames::bundled().expect("the bundled names load");
        let speakers = Speakers::new(&analysis, &given, &actors, &quoted);
        let attribution =
            Attribution { cue: 4..5, source: Some(3..4), content: std::iter::once(5..6).collect() };
        let source = Source::read(&analysis, 3..4, 3..4);
        let answers = speakers.answers(&attribution, Some(&source));
        let [ann, nobody] = answers.as_slice() else { panic!("{} answers", answers.len()) };
        for (answer, rows) in [(ann, Weights::BUNDLED.actor), (nobody, Weights::BUNDLED.unnamed)] {
            let names = answer.features.iter().map(|(name, _)| *name);
            assert!(names.eq(rows.iter().map(|(name, _)| *name)), "train speakers makes the table anew");
        }
    }
}
