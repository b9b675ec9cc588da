//! Trains the networks of cues and of their arguments, and measures them.

use super::judge;
use super::pair::{Arguments, Lesson, learn};
use super::polnear::{self, Attributed};
use super::{readings, reference};
use crate::annotation::Quote;
use crate::page::Article;
pub use crate::quotes::training::Convention;
use crate::quotes::training::{
    Judge, Models, View, argument_fields, attributions, clip, quotations, stretches, token_fields,
};
use crate::tagger::{Analyser, Model, Network};
use crate::text::{Document, Span};
use std::collections::{BTreeSet, HashSet};
use std::ops::Range;
use std::path::Path;

/// The weights of both networks and the judge.
pub struct Trained {
    /// The network of cues.
    pub cues: Vec<u8>,
    /// That of sources and contents.
    pub arguments: Vec<u8>,
    /// The judge.
    pub judge: Vec<u8>,
}

/// An article to learn from or to measure on.
pub struct Example {
    pub(super) article: Article,
    pub(super) attributions: Vec<Attributed>,
    pub(super) convention: Convention,
}

/// PolNeAR's articles of a part.
///
/// # Errors
/// A folder or file that can't be read.
pub fn polnear(corpora: &Path, part: &str) -> Result<Vec<Example>, String> {
    let articles = polnear::read(&corpora.join("polnear").join(part))?;
    Ok(articles
        .into_iter()
        .map(|(article, attributions)| Example { article, attributions, convention: Convention::Other })
        .collect())
}

/// Articles read by our guidelines.
pub fn own(examples: Vec<reference::Example>) -> Vec<Example> {
    let attributed = |q: &Quote| Attributed {
        cue: q.cue.into_iter().collect(),
        source: q.source.into_iter().collect(),
        content: q.spans.clone(),
    };
    let own = |e: reference::Example| Example {
        attributions: e.reference.quotes.iter().map(attributed).collect(),
        article: e.article,
        convention: Convention::Own,
    };
    examples.into_iter().map(own).collect()
}

/// Leaves out of `others` the articles that are also in `own`.
pub fn without(others: &mut Vec<Example>, own: &[Example]) {
    let known: HashSet<String> = own.iter().map(|e| readings::plain(&e.article)).collect();
    others.retain(|e| !known.contains(&readings::plain(&e.article)));
}

/// Trains both networks on `examples`, to find what `target` holds to be a quote; the judge is trained apart, on what
/// they find.
///
/// # Errors
/// Weights of the layers below that can't be read.
pub fn train(examples: &[&Example], target: Convention) -> Result<Trained, String> {
    let analyser = Analyser::bundled().map_err(|e| e.to_string())?;
    let mut lessons = Vec::new();
    for example in examples {
        let document = Document::new(&example.article);
        let analysis = analyser.analyse(&document);
        let view = View::new(&analysis, &quotations(&document));
        collect(example, target, &document, &view, &mut lessons);
    }
    let pair = learn(&lessons);
    Ok(Trained { cues: pair.cues.write(), arguments: pair.arguments.write(), judge: Vec::new() })
}

/// Trains both networks on `examples`, and the judge on what networks of each half find in the other.
///
/// # Errors
/// Weights of the layers below that can't be read.
pub fn train_all(examples: &[&Example]) -> Result<Trained, String> {
    let half = |half: usize| examples.iter().skip(half).step_by(2).copied().collect::<Vec<_>>();
    let own = Convention::Own;
    let mut trained = train(examples, own)?;
    let halves = [train(&half(0), own)?, train(&half(1), own)?];
    let readers = [halves[1].models(own)?, halves[0].models(own)?];
    let pairs: Vec<_> = examples.iter().copied().zip(readers.iter().cycle()).collect();
    trained.judge = judge::train(&pairs)?;
    Ok(trained)
}

impl Trained {
    fn models(&self, convention: Convention) -> Result<Models<'_>, String> {
        let load = |bytes| Network::load(bytes).map_err(|e| e.to_string());
        let models = Models::new(load(&self.cues)?, load(&self.arguments)?).map_err(|e| e.to_string())?;
        Ok(models.following(convention))
    }
}

/// What the judge should find.
pub(super) fn golds(document: &Document, attributions: &[Attributed]) -> Vec<judge::Gold> {
    attributions
        .iter()
        .filter_map(|a| {
            if let Some(gold) = gold(document, a, Convention::Own) {
                return Some(judge::Gold { cue: Some(gold.cue), content: gold.content, source: gold.source });
            }
            let ranges = |spans: &[Span]| -> Vec<Range<usize>> {
                spans.iter().map(|s| document.tokens_in(*s)).filter(|r| !r.is_empty()).collect()
            };
            let (content, source) = (ranges(&a.content), ranges(&a.source));
            (!content.is_empty()).then_some(judge::Gold { cue: None, content, source })
        })
        .collect()
}

/// The tokens of one attribution.
struct Gold {
    cue: Range<usize>,
    source: Vec<Range<usize>>,
    content: Vec<Range<usize>>,
}

/// `attributed` with the ends that `target` gives it.
fn gold(document: &Document, attributed: &Attributed, target: Convention) -> Option<Gold> {
    let ranges = |spans: &[Span]| -> Vec<Range<usize>> {
        spans.iter().map(|s| document.tokens_in(*s)).filter(|r| !r.is_empty()).collect()
    };
    let mut content = ranges(&attributed.content);
    for piece in content.iter_mut().filter(|_| target == Convention::Own) {
        // The complementiser is left out.
        if document.word(piece.start) == "that" && piece.len() > 2 {
            piece.start += 1;
        }
    }
    // "accused the firm of lying": what it is accused of is the content, and whom is not.
    if let (Some(cue), Some(piece)) = (attributed.cue.first(), content.first_mut())
        && target == Convention::Own
        && cue.of(document.text()).to_lowercase().contains("accus")
        && let Some(of) = (piece.start..piece.end.saturating_sub(1)).find(|&i| document.word(i) == "of")
        && document.word(of + 1).ends_with("ing")
    {
        piece.start = of + 1;
    }
    let colon = || {
        let start = content.first()?.start;
        (start.saturating_sub(2)..start).rev().find(|&i| document.word(i) == ":").map(|i| i..i + 1)
    };
    let cue = ranges(&attributed.cue).into_iter().next().or_else(colon)?;
    let source = ranges(&attributed.source);
    let one_sentence = document.sentence_of(cue.start) == document.sentence_of(cue.end - 1);
    (one_sentence && !content.is_empty()).then_some(Gold { cue, source, content })
}

/// The lessons of one article.
fn collect(
    example: &Example,
    target: Convention,
    document: &Document,
    view: &View,
    lessons: &mut Vec<Lesson>,
) {
    let found: Vec<Gold> = example.attributions.iter().filter_map(|a| gold(document, a, target)).collect();
    let mut labels = vec![0_u8; document.tokens.len()];
    for gold in &found {
        mark(&mut labels, &gold.cue, 0, 1);
    }
    let is_cue: Vec<bool> = labels.iter().map(|l| *l != 0).collect();
    for stretch in stretches(document) {
        let here = |gold: &&Gold| stretch.contains(&gold.cue.start);
        let arguments =
            found.iter().filter(here).filter_map(|gold| arguments(gold, view, &stretch, &is_cue)).collect();
        let mut cues = labels[stretch.clone()].to_vec();
        // A cue's end, where its beginning is in the stretch before.
        cues.iter_mut().take_while(|label| **label == 2).for_each(|label| *label = 0);
        lessons.push(Lesson {
            tokens: stretch.flat_map(|at| token_fields(view, at, example.convention)).collect(),
            cues,
            arguments,
        });
    }
}

fn arguments(gold: &Gold, view: &View, stretch: &Range<usize>, is_cue: &[bool]) -> Option<Arguments> {
    let window = clip(&view.window(&gold.cue), stretch);
    let mut labels = vec![0_u8; window.len()];
    gold.source.iter().for_each(|s| mark(&mut labels, s, window.start, 1));
    gold.content.iter().for_each(|c| mark(&mut labels, c, window.start, 3));
    for at in gold.cue.clone().filter(|at| window.contains(at)) {
        labels[at - window.start] = 0;
    }
    // What the cue parts begins anew behind it.
    for at in 0..labels.len() {
        let before = at.checked_sub(1).map_or(0, |b| labels[b]);
        if matches!(labels[at], 2 | 4) && before != labels[at] && before + 1 != labels[at] {
            labels[at] -= 1;
        }
    }
    let fields = argument_fields(view, &gold.cue, &window, is_cue);
    let window = window.start - stretch.start..window.end - stretch.start;
    labels.contains(&3).then_some(Arguments { window, fields, labels })
}

/// Labels `range` with `begin` and `begin + 1`, as far as it lies in `labels`, whose first token is `from`.
fn mark(labels: &mut [u8], range: &Range<usize>, from: usize, begin: u8) {
    for at in range.clone() {
        if let Some(label) = at.checked_sub(from).and_then(|i| labels.get_mut(i)) {
            *label = if at == range.start { begin } else { begin + 1 };
        }
    }
}

/// Hits, what was found, what was there.
#[derive(Clone, Copy, Debug, Default)]
pub struct Count {
    hit: usize,
    found: usize,
    there: usize,
}

impl Count {
    /// Precision, recall and F1.
    pub fn ratios(self) -> (f64, f64, f64) {
        let ratio = |of: usize| if of == 0 { 0.0 } else { self.hit as f64 / of as f64 };
        let (p, r) = (ratio(self.found), ratio(self.there));
        (p, r, if self.hit == 0 { 0.0 } else { 2.0 * p * r / (p + r) })
    }
}

/// How well quotes were found.
#[derive(Clone, Copy, Debug, Default)]
pub struct Score {
    /// Contents paired one-to-one at half overlap.
    pub quotes: Count,
    /// Sources that match exactly, but for what is no letter or digit at their ends.
    pub source: Count,
    /// Cues that do.
    pub cue: Count,
    /// Pieces of content that do.
    pub content: Count,
}

impl Score {
    /// Adds another part's counts.
    pub fn add(&mut self, other: Self) {
        for (sum, more) in [
            (&mut self.quotes, other.quotes),
            (&mut self.source, other.source),
            (&mut self.cue, other.cue),
            (&mut self.content, other.content),
        ] {
            sum.hit += more.hit;
            sum.found += more.found;
            sum.there += more.there;
        }
    }
}

/// Measures what is found in `examples`: by the networks with the judge and the product's conventions, or, where
/// another convention is followed, by the networks alone.
///
/// # Errors
/// Weights that can't be read.
pub fn measure<'a>(
    trained: &Trained,
    examples: impl Iterator<Item = &'a Example>,
    convention: Convention,
) -> Result<Score, String> {
    let analyser = Analyser::bundled().map_err(|e| e.to_string())?;
    let models = trained.models(convention)?;
    let judge = match convention {
        Convention::Own => Some(Model::load(&trained.judge).and_then(Judge::new).map_err(|e| e.to_string())?),
        Convention::Other => None,
    };
    let mut score = Score::default();
    for example in examples {
        let document = Document::new(&example.article);
        let text = document.text();
        let analysis = analyser.analyse(&document);
        let quotations = quotations(&document);
        let found = match &judge {
            Some(judge) => attributions(&analysis, &models, judge, &quotations),
            None => (models.find(&document, &View::new(&analysis, &quotations)).into_iter())
                .filter(|candidate| candidate.chance >= 0.5)
                .map(|candidate| candidate.attribution)
                .collect(),
        };
        let spans = |ranges: &[Range<usize>]| ranges.iter().map(|r| document.span(r)).collect::<Vec<_>>();
        let mine: Vec<Attributed> = found
            .iter()
            .map(|a| Attributed {
                cue: spans(std::slice::from_ref(&a.cue)),
                source: spans(a.source.as_slice()),
                content: spans(&a.content),
            })
            .collect();
        for (count, part) in [
            (&mut score.source, (|a: &Attributed| &a.source) as fn(&Attributed) -> &Vec<Span>),
            (&mut score.cue, |a| &a.cue),
            (&mut score.content, |a| &a.content),
        ] {
            let set = |list: &[Attributed]| -> BTreeSet<Span> {
                list.iter().flat_map(part).map(|s| trimmed(*s, text)).filter(|s| !s.is_empty()).collect()
            };
            let (got, want) = (set(&mine), set(&example.attributions));
            count.hit += got.intersection(&want).count();
            count.found += got.len();
            count.there += want.len();
        }
        score.quotes.hit += paired(&mine, &example.attributions);
        score.quotes.found += mine.len();
        score.quotes.there += example.attributions.len();
    }
    Ok(score)
}

fn trimmed(span: Span, text: &str) -> Span {
    let words = span.of(text);
    let mark = |c: char| !c.is_alphanumeric();
    let start = span.start + words.len() - words.trim_start_matches(mark).len();
    Span::new(start, start + words.trim_matches(mark).len())
}

/// How many contents pair at half overlap, counted in bytes.
fn paired(mine: &[Attributed], theirs: &[Attributed]) -> usize {
    let size = |a: &Attributed| a.content.iter().map(|s| s.len()).sum::<usize>();
    let mut pairs = Vec::new();
    for (i, a) in mine.iter().enumerate() {
        for (j, b) in theirs.iter().enumerate() {
            let both: usize = a
                .content
                .iter()
                .flat_map(|x| {
                    b.content.iter().map(move |y| x.end.min(y.end).saturating_sub(x.start.max(y.start)))
                })
                .sum();
            let all = size(a) + size(b) - both;
            if 2 * both >= all && both > 0 {
                pairs.push((both as f64 / all as f64, i, j));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut used, mut taken) = (BTreeSet::new(), BTreeSet::new());
    pairs
        .iter()
        .filter(|(_, i, j)| !used.contains(i) && !taken.contains(j) && used.insert(*i) && taken.insert(*j))
        .count()
}
