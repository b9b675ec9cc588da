//! Trains the two models of names.

use super::corpora::{self, Labelled};
use super::crf::{self, Options, Sequence};
use super::readings;
use super::reference::{self, Example};
use crate::actors::names::{Evidence, KINDS, Known, LABELS, Name, Tagger, View, first_pass};
use crate::annotation::Kind;
use crate::page::Article;
use crate::tagger::{Model, Pos, PosTagger, Words};
use crate::text::{Document, Span};
use std::collections::{BTreeSet, HashSet};
use std::path::Path;

/// One article to learn from, with the kind of its corpus.
struct Text {
    labelled: Labelled,
    pos: Vec<Pos>,
    corpus: u64,
    weight: f32,
}

/// Our own articles, CoNLL-2003, and PolNeAR as CoreNLP tagged it.
const OWN: u64 = 0;
const CONLL: u64 = 1;
const CORENLP: u64 = 2;

/// As many sentences of each article are also given as headlines.
const HEADLINES: usize = 2;

/// The corpora, read and tagged.
pub struct Corpora {
    texts: Vec<Text>,
    /// Our own articles without headlines made up, in the order in which they begin `texts`.
    own: Vec<Text>,
    /// So many of them are the reference's, before the further readings.
    reference: usize,
    words: Words<'static>,
    known: Known,
}

/// The two models' files.
pub struct Trained {
    /// The first pass.
    pub first: Vec<u8>,
    /// The second.
    pub second: Vec<u8>,
}

/// Counts of names by kind: found and right, found, there.
#[derive(Clone, Copy, Debug, Default)]
pub struct Score {
    /// By kind, as in [`KINDS`].
    pub kinds: [[u32; 3]; KINDS.len()],
}

impl Score {
    /// F1 of one kind.
    pub fn f1(&self, kind: usize) -> f64 {
        f1(self.kinds[kind])
    }

    /// F1 of all kinds together.
    pub fn all(&self) -> f64 {
        let mut sum = [0; 3];
        for counts in self.kinds {
            sum.iter_mut().zip(counts).for_each(|(s, c)| *s += c);
        }
        f1(sum)
    }

    fn add(&mut self, want: &BTreeSet<(Span, Kind)>, got: &BTreeSet<(Span, Kind)>) {
        for (counts, kind) in self.kinds.iter_mut().zip(KINDS) {
            counts[0] += want.intersection(got).filter(|(_, k)| *k == kind).count() as u32;
            counts[1] += got.iter().filter(|(_, k)| *k == kind).count() as u32;
            counts[2] += want.iter().filter(|(_, k)| *k == kind).count() as u32;
        }
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "F1 {:.4}: person {:.3}, organisation {:.3}, place {:.3}, group {:.3}",
            self.all(),
            self.f1(0),
            self.f1(1),
            self.f1(2),
            self.f1(3)
        )
    }
}

fn f1([hit, got, want]: [u32; 3]) -> f64 {
    if got + want == 0 { 0.0 } else { 2.0 * f64::from(hit) / f64::from(got + want) }
}

impl Corpora {
    /// Reads everything under `shared`.
    ///
    /// # Errors
    /// A corpus that can't be read.
    pub fn read(shared: &Path) -> Result<Self, String> {
        let words = Words::bundled().map_err(|e| e.to_string())?;
        let tagger = PosTagger::bundled().map_err(|e| e.to_string())?;
        let text = |labelled: Labelled, corpus: u64, weight: f32| {
            let pos = tagger.tag(&Document::new(&labelled.article));
            Text { labelled, pos, corpus, weight }
        };
        let mut texts = Vec::new();
        let mut plain = Vec::new();
        let examples = reference::read(&shared.join("reference/train"))?;
        let reference = examples.len();
        for labelled in examples.into_iter().chain(readings::read(shared)?).map(own) {
            texts.push(text(with_headlines(&labelled, HEADLINES), OWN, 3.0));
            plain.push(text(labelled, OWN, 1.0));
        }
        let known: HashSet<&str> = plain.iter().map(|t| t.labelled.article.text.as_str()).collect();
        let is_new = |labelled: &Labelled| !known.contains(&*readings::plain(&labelled.article));
        let corpora = shared.join("corpora");
        for labelled in corpora::conll(&corpora.join("conll2003/train.txt"))?.into_iter().filter(is_new) {
            texts.push(text(with_headlines(&labelled, HEADLINES), CONLL, 1.0));
        }
        let folder = corpora.join("polnear/train/text");
        let corenlp = corpora::corenlp(&folder, &corpora.join("polnear/train.corenlp.tsv.gz"))?;
        for labelled in corenlp.into_iter().filter(is_new) {
            texts.push(text(with_headlines(&labelled, HEADLINES), CORENLP, 0.3));
        }
        Ok(Self { texts, own: plain, reference, words, known: Known::new() })
    }

    /// Trains on everything.
    ///
    /// # Errors
    /// Where a model doesn't read back.
    pub fn train(&self) -> Result<Trained, String> {
        self.train_on(&self.texts.iter().collect::<Vec<_>>())
    }

    /// Trains on all but a part of our own articles and scores on that part, for each of `folds` parts: both passes
    /// on the reference's articles, then on the further readings.
    ///
    /// # Errors
    /// Where a model doesn't read back.
    pub fn cross_validate(&self, folds: usize, errors: &mut Vec<String>) -> Result<[[Score; 2]; 2], String> {
        let mut scores = [[Score::default(); 2]; 2];
        for fold in 0..folds {
            let held_back = |at: usize| at < self.own.len() && at % folds == fold;
            let texts = self.texts.iter().enumerate().filter(|(i, _)| !held_back(*i)).map(|(_, t)| t);
            let trained = self.train_on(&texts.collect::<Vec<_>>())?;
            for (scores, part) in scores.iter_mut().zip([0..self.reference, self.reference..self.own.len()]) {
                let test: Vec<&Text> = part.filter(|at| held_back(*at)).map(|at| &self.own[at]).collect();
                let (first, second) = trained.evaluate(&test, self.words, errors)?;
                for (sum, score) in scores.iter_mut().zip([first, second]) {
                    for (a, b) in sum.kinds.iter_mut().zip(score.kinds) {
                        a.iter_mut().zip(b).for_each(|(a, b)| *a += b);
                    }
                }
            }
        }
        Ok(scores)
    }

    fn train_on(&self, texts: &[&Text]) -> Result<Trained, String> {
        let sequences: Vec<Vec<Sequence>> = texts.iter().map(|t| self.sequences(t)).collect();
        let first = first_model(sequences.iter().flatten());
        // The second model learns from what the first says of texts that it hasn't seen: two halves, each read by a
        // model of the other.
        let mut second = Vec::new();
        for half in 0..2 {
            let other = sequences.iter().enumerate().filter(|(i, _)| i % 2 != half).flat_map(|(_, s)| s);
            let bytes = first_model(other);
            let model = Model::load(&bytes).map_err(|e| e.to_string())?;
            for (text, sequences) in texts.iter().zip(&sequences).skip(half).step_by(2) {
                self.second_sequences(text, sequences, &model, &mut second);
            }
        }
        let options = Options { epochs: 8, l1: 0.3, min_count: 3, max_rows: 12_000, ..Options::default() };
        let second =
            crf::train("names, second pass", &LABELS, &second, &options, |a, b| crf::bio(&LABELS, a, b));
        Ok(Trained { first, second })
    }

    fn sequences(&self, text: &Text) -> Vec<Sequence> {
        let document = Document::new(&text.labelled.article);
        let view = View::new(&document, &text.pos, &self.words, &self.known);
        let gold = gold(&text.labelled, &document);
        view.stretches
            .iter()
            .map(|stretch| {
                let features = stretch
                    .clone()
                    .map(|at| {
                        let mut features = Vec::new();
                        view.features(at, &mut features);
                        features
                    })
                    .collect();
                // A name that began before the stretch can't go on in it.
                let mut gold = gold[stretch.clone()].to_vec();
                if let Some(first) = gold.first_mut()
                    && *first > 0
                    && *first % 2 == 0
                {
                    *first -= 1;
                }
                Sequence { features, gold, weight: text.weight, corpus: text.corpus, base: Vec::new() }
            })
            .collect()
    }

    fn second_sequences(&self, text: &Text, sequences: &[Sequence], first: &Model, out: &mut Vec<Sequence>) {
        let document = Document::new(&text.labelled.article);
        let view = View::new(&document, &text.pos, &self.words, &self.known);
        let emissions = first_pass(first, &view);
        let marginals: Vec<_> = emissions.iter().map(|e| first.marginals(e)).collect();
        let evidence = Evidence::gather(&view, &marginals);
        for (index, (sequence, base)) in sequences.iter().zip(emissions).enumerate() {
            let stretch = view.stretches[index].clone();
            let features = stretch
                .map(|at| {
                    let mut features = Vec::new();
                    evidence.features(&view, index, at, &mut features);
                    features
                })
                .collect();
            let gold = sequence.gold.clone();
            out.push(Sequence { features, gold, weight: sequence.weight, corpus: sequence.corpus, base });
        }
    }
}

fn first_model<'a>(sequences: impl Iterator<Item = &'a Sequence>) -> Vec<u8> {
    let sequences: Vec<Sequence> = sequences.cloned().collect();
    let options = Options { epochs: 8, l1: 0.5, min_count: 2, max_rows: 110_000, ..Options::default() };
    crf::train("names", &LABELS, &sequences, &options, |a, b| crf::bio(&LABELS, a, b))
}

impl Trained {
    /// Scores both passes.
    fn evaluate(
        &self,
        texts: &[&Text],
        words: Words<'static>,
        errors: &mut Vec<String>,
    ) -> Result<(Score, Score), String> {
        let load = |bytes| Model::load(bytes).map_err(|e| e.to_string());
        let tagger =
            Tagger::new(load(&self.first)?, load(&self.second)?, words).map_err(|e| e.to_string())?;
        let (mut first, mut second) = (Score::default(), Score::default());
        for text in texts {
            let document = Document::new(&text.labelled.article);
            let spans = |names: Vec<Name>| names.iter().map(|n| (document.span(&n.tokens), n.kind)).collect();
            let want: BTreeSet<(Span, Kind)> = text.labelled.names.iter().copied().collect();
            first.add(&want, &spans(tagger.find_once(&document, &text.pos)));
            let got: BTreeSet<(Span, Kind)> = spans(tagger.find(&document, &text.pos));
            second.add(&want, &got);
            list_errors(document.text(), &want, &got, errors);
        }
        Ok((first, second))
    }

    /// Scores both passes on CoNLL-2003's validation file.
    ///
    /// # Errors
    /// A file that can't be read.
    pub fn conll(&self, path: &Path, words: Words<'static>) -> Result<(Score, Score), String> {
        let tagger = PosTagger::bundled().map_err(|e| e.to_string())?;
        let texts: Vec<Text> = corpora::conll(path)?
            .into_iter()
            .map(|labelled| {
                let pos = tagger.tag(&Document::new(&labelled.article));
                Text { labelled, pos, corpus: CONLL, weight: 1.0 }
            })
            .collect();
        self.evaluate(&texts.iter().collect::<Vec<_>>(), words, &mut Vec::new())
    }
}

/// Appends a line for each difference: what was found and what was right, in their context.
fn list_errors(
    text: &str,
    want: &BTreeSet<(Span, Kind)>,
    got: &BTreeSet<(Span, Kind)>,
    errors: &mut Vec<String>,
) {
    let mut line = |what: &str, span: Span| {
        let from = text.floor_char_boundary(span.start.saturating_sub(50));
        let to = text.ceil_char_boundary((span.end + 40).min(text.len()));
        let (before, after) = (&text[from..span.start], &text[span.end..to]);
        errors.push(format!("{what}\t{before}[{}]{after}", span.of(text)).replace('\n', " "));
    };
    for (span, kind) in want.difference(got) {
        let others: Vec<_> = got.difference(want).filter(|(s, _)| s.overlaps(*span)).collect();
        match others.as_slice() {
            [] => line(&format!("{kind:?} missed"), *span),
            [(s, other)] if s == span => line(&format!("{kind:?} taken for {other:?}"), *span),
            [(s, other), ..] => line(&format!("{kind:?} cut as {other:?} {:?}", s.of(text)), *span),
        }
    }
    for (span, kind) in got.difference(want).filter(|(s, _)| !want.iter().any(|(w, _)| w.overlaps(*s))) {
        line(&format!("{kind:?} too many"), *span);
    }
}

fn own(example: Example) -> Labelled {
    let mut names: Vec<_> = example
        .reference
        .actors
        .iter()
        .flat_map(|actor| actor.mentions.iter().map(|m| (m.span, actor.kind)))
        .collect();
    names.sort();
    Labelled { article: example.article, pos: Vec::new(), names }
}

/// The article with some of its sentences in front, written as headlines are, so that the models see many headlines
/// of known names. News corpora have few, and CoNLL-2003 has them in capitals.
fn with_headlines(labelled: &Labelled, most: usize) -> Labelled {
    let document = Document::new(&labelled.article);
    let fits = |span: &Span| labelled.names.iter().any(|(name, _)| span.contains(*name));
    let sentences: Vec<Span> = document
        .sentences
        .iter()
        .filter(|s| (6..=18).contains(&s.len()))
        .map(|s| document.span(s))
        .filter(fits)
        .collect();
    let step = (sentences.len() / (most + 1)).max(1);
    let mut text = String::new();
    let mut names = Vec::new();
    for (nth, span) in sentences.iter().step_by(step).skip(usize::from(step > 1)).take(most).enumerate() {
        let shift = |at: usize| at - span.start + text.len();
        let inside = labelled.names.iter().filter(|(name, _)| span.contains(*name));
        names.extend(inside.map(|(name, kind)| (Span::new(shift(name.start), shift(name.end)), *kind)));
        let mut new_word = true;
        for word in span
            .of(document.text())
            .trim_end_matches('.')
            .split_inclusive(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        {
            let small = word.trim_end().len() < 4 && !new_word;
            new_word = false;
            // One headline in four in capitals; only ASCII letters change, so that every offset stays.
            if nth % 4 == 3 {
                text.push_str(&word.to_ascii_uppercase());
            } else if small {
                text.push_str(word);
            } else {
                let head = word.chars().next().map_or(0, char::len_utf8);
                text.push_str(&word[..head].to_ascii_uppercase());
                text.push_str(&word[head..]);
            }
        }
        text.push_str("\n\n");
    }
    let shift = text.len();
    text.push_str(document.text());
    names.extend(labelled.names.iter().map(|(s, kind)| (Span::new(s.start + shift, s.end + shift), *kind)));
    Labelled { article: Article::from_text(&text), pos: Vec::new(), names }
}

/// The label of each token.
fn gold(labelled: &Labelled, document: &Document) -> Vec<u8> {
    let mut labels = vec![0; document.tokens.len()];
    for (span, kind) in &labelled.names {
        let kind = KINDS.iter().position(|k| k == kind).unwrap_or(0) as u8;
        for (nth, at) in document.tokens_in(*span).enumerate() {
            labels[at] = 1 + 2 * kind + u8::from(nth > 0);
        }
    }
    labels
}
