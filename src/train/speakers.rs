//! Trains the ranker of speakers: a log-linear model over the answers to "who says this?", judged by
//! cross-validation over the reference articles.
//!
//! It learns from the reference articles and the further readings, with their readers' actors and with the engine's.

use super::{readings, reference};
use crate::actors;
use crate::annotation::{Actor, ActorId, Gender, Quote};
use crate::page::Article;
use crate::quotes::training::{Answer, Attribution, Class, Reading, Speaker, Speakers, Weights, quotations};
use crate::tagger::{Analyser, GivenNames};
use crate::text::{Document, Span};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

/// The number of parts that cross-validation leaves out in turn.
const FOLDS: usize = 10;

/// Strength of the penalty on the weights that all classes share, and on what each class adds to them.
const PENALTY: f32 = 5.0;

/// How much an example counts: each article is seen twice, with the reference's actors and with the engine's.
const WEIGHT: f32 = 0.5;

/// How much it counts when the same is asked as if the source had not been found, which happens more often than that
/// there is none.
const LOST: f32 = 0.05;

/// What training found.
pub struct Trained {
    /// `src/quotes/speaker/weights.rs`, whole.
    pub source: String,
    /// Cross-validation's figures, for a person to read.
    pub report: String,
}

/// Who speaks, as a corpus has it: an actor, or someone without a name.
type Gold = Option<ActorId>;

/// An article with its actors, and attributions in text order with who speaks; `None` where that isn't known.
struct Scene {
    article: Article,
    actors: Vec<Actor>,
    attributions: Vec<(Attribution, Option<Gold>)>,
}

/// A question with its answers, of which one is right.
struct Example {
    class: usize,
    /// The features of each answer: the number of a row of weights, and a value.
    answers: Vec<Vec<(usize, f32)>>,
    right: usize,
    weight: f32,
}

/// Where weights begin and what the penalty draws them to: what hand-made rules take for granted (a source agrees in
/// gender, is near, has just spoken, is described in the same words), for pronouns and quotations without a source,
/// and for descriptions. The articles are too few to learn that from nothing.
const PRIOR: &[(&str, [f32; 2])] = &[
    ("same sentence", [1.25, 0.5]),
    ("one sentence back", [1.0, 0.25]),
    ("two sentences back", [0.65, 0.15]),
    ("three sentences back", [0.5, 0.1]),
    ("four to six sentences back", [0.3, 0.1]),
    ("further back", [-0.5, 0.0]),
    ("named only later", [-0.75, 0.0]),
    ("in what leads to a colon", [1.0, 0.0]),
    ("place that doesn't", [-1.0, -1.0]),
    ("fits", [0.5, 0.5]),
    ("subject", [0.5, 0.0]),
    ("in another's quotation", [-1.0, 0.0]),
    ("spoke last, same paragraph", [1.0, 0.35]),
    ("spoke last, paragraph before", [1.0, 0.35]),
    ("spoke last, two paragraphs before", [0.75, 0.0]),
    ("gender agrees", [0.35, 0.35]),
    ("gender conflicts", [-2.0, -2.0]),
    ("described by the noun", [0.0, 1.5]),
    ("described by a like noun", [0.0, 0.5]),
    ("named by the noun", [0.0, 1.5]),
    ("an earlier source had the noun", [0.0, 0.5]),
    ("an earlier source had the noun, definite", [0.0, 1.0]),
    ("described by a narrower noun", [0.0, 0.5]),
    ("named by a narrower noun", [0.0, 0.5]),
    ("named by a narrower noun, definite", [0.0, 0.5]),
    ("adjectives that describe it", [0.0, 1.0]),
    ("adjectives that don't", [0.0, -0.35]),
    ("proper adjectives that describe it", [0.0, 1.0]),
    ("proper adjectives that don't", [0.0, -2.25]),
    ("any body, definite", [0.0, 0.75]),
    ("any body, definite, in many mentions", [0.0, 0.3]),
    ("wrote this document", [0.0, 1.0]),
    ("another suits, definite", [0.0, -1.0]),
    ("nobody named", [0.0, 1.5]),
    ("the, one person", [0.0, -2.0]),
    ("a", [0.0, 2.0]),
    ("somebody's", [0.0, 0.5]),
    ("plural", [0.0, 1.0]),
    ("no determiner", [0.0, 0.5]),
    ("noun of an earlier source without a name", [0.0, 1.0]),
    ("nobody fits", [1.0, 0.5]),
    ("a cue of its own", [0.5, 0.0]),
];

/// Columns: one for each class, and one that all share.
const COLUMNS: usize = Class::ALL.len() + 1;

/// Trains and judges.
///
/// # Errors
/// A corpus that can't be read, or weights of the layers below.
pub fn train(shared: &Path) -> Result<Trained, String> {
    let analyser = Analyser::bundled().map_err(|e| e.to_string())?;
    let finder = actors::Finder::bundled().map_err(|e| e.to_string())?;
    let given = &GivenNames::bundled().map_err(|e| e.to_string())?;
    let (mut ideal, mut real) = (Vec::new(), Vec::new());
    let reference = reference::read(&shared.join("reference/train"))?;
    let judged = reference.len();
    for example in reference.into_iter().chain(readings::read(shared)?) {
        let [a, b] = scenes(&example, &analyser, &finder);
        ideal.push(a);
        real.push(b);
    }
    let names = Names::of(&ideal, &analyser, given);
    let mut own: Vec<Vec<Example>> = Vec::new();
    for (a, b) in ideal.iter().zip(&real) {
        own.push([a, b].iter().flat_map(|scene| examples(scene, &analyser, given, &names)).collect());
    }
    let mut report = String::new();
    let count: usize = own.iter().map(Vec::len).sum();
    let _ = writeln!(report, "{} articles, {count} examples, {} features", own.len(), names.len());
    let learn = |held: &dyn Fn(usize) -> bool| {
        let seen = own.iter().enumerate().filter(|(index, _)| !held(*index));
        Table::of(&names, &fit(&seen.flat_map(|(_, examples)| examples).collect::<Vec<_>>(), &names))
    };
    let mut scores: [[Score; 2]; 2] = Default::default();
    for fold in 0..FOLDS {
        let held = |index: usize| index % FOLDS == fold;
        let table = learn(&held);
        for index in (0..own.len()).filter(|index| held(*index)) {
            for (scene, score) in
                [&ideal[index], &real[index]].into_iter().zip(&mut scores[usize::from(index >= judged)])
            {
                score.add(scene, &analyser, given, &table);
            }
        }
    }
    for (of, scores) in ["reference", "further readings"].iter().zip(&scores) {
        for (what, score) in ["their own actors", "the engine's actors"].iter().zip(scores) {
            let _ = writeln!(report, "{FOLDS} folds, {of}, quotes as read, {what}:\n{score}");
        }
    }
    Ok(Trained { source: learn(&|_| false).source(), report })
}

/// A reference article with the reference's actors, and with the engine's.
fn scenes(example: &reference::Example, analyser: &Analyser, finder: &actors::Finder) -> [Scene; 2] {
    let document = Document::new(&example.article);
    let analysis = analyser.analyse(&document);
    let found = finder.find(&analysis);
    let reference = &example.reference;
    // For each of the engine's actors the one of the reference that it shares most ends of mentions with: "The Times"
    // and "Times" are one.
    let mut owner: BTreeMap<usize, ActorId> = BTreeMap::new();
    for (id, actor) in reference.actors.iter().enumerate() {
        owner.extend(actor.mentions.iter().map(|m| (m.span.end, id)));
    }
    let same: Vec<Option<ActorId>> = found
        .iter()
        .map(|a| most(a.mentions.iter().filter_map(|m| owner.get(&m.span.end).copied())))
        .collect();
    let mut ideal = reference.actors.clone();
    for (id, actor) in ideal.iter_mut().enumerate() {
        let genders = found.iter().zip(&same).filter(|(_, s)| **s == Some(id)).filter_map(|(a, _)| a.gender);
        actor.gender = most(genders.map(|g| g == Gender::Female))
            .map(|female| if female { Gender::Female } else { Gender::Male });
    }
    let tokens = |span: Option<Span>| span.map(|s| document.tokens_in(s));
    let attribution = |q: &Quote| Attribution {
        cue: tokens(q.cue).unwrap_or(0..0),
        source: tokens(q.source),
        content: q.spans.iter().map(|s| document.tokens_in(*s)).collect(),
    };
    let attributed = |gold: &dyn Fn(ActorId) -> Option<ActorId>| -> Vec<(Attribution, Option<Gold>)> {
        let gold = |q: &Quote| match q.speaker {
            // The engine may know no such actor: then no answer is right.
            Some(speaker) => gold(speaker).map(Some),
            None => Some(None),
        };
        reference.quotes.iter().map(|q| (attribution(q), gold(q))).collect()
    };
    let mine = |id: ActorId| {
        let mentions = |at: &usize| found.get(*at).map_or(0, |a| a.mentions.len());
        (0..found.len()).filter(|at| same[*at] == Some(id)).max_by_key(mentions)
    };
    [
        Scene { attributions: attributed(&Some), article: example.article.clone(), actors: ideal },
        Scene { attributions: attributed(&mine), article: example.article.clone(), actors: found },
    ]
}

/// The commonest item; of equals the greatest.
fn most<T: Ord>(items: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    for item in items {
        *counts.entry(item).or_insert(0) += 1;
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(item, _)| item)
}

/// The questions of a scene whose right answer is among those found.
fn examples(scene: &Scene, analyser: &Analyser, given: &GivenNames, names: &Names) -> Vec<Example> {
    let mut out = Vec::new();
    let mut add = |reading: &Reading, gold: &Option<Gold>, weight: f32| {
        let (Reading::Open(class, answers), Some(gold)) = (reading, gold) else { return };
        let Some(right) = answers.iter().position(|a| a.actor == *gold) else { return };
        let sparse = |answer: &Answer| -> Vec<(usize, f32)> {
            let from = if answer.actor.is_some() { 0 } else { names.actor.len() };
            let features = answer.features.iter().enumerate().filter(|(_, f)| f.1 != 0.0);
            features.map(|(at, f)| (from + at, f.1)).collect()
        };
        let answers = answers.iter().map(sparse).collect();
        out.push(Example { class: *class as usize, answers, right, weight });
    };
    walk(scene, analyser, given, None, |reading, gold, visited| match visited {
        Visited::Answered(_) => add(reading, gold, WEIGHT),
        Visited::Lost => add(reading, gold, LOST),
    });
    out
}

/// What is asked about an attribution.
enum Visited {
    /// Who speaks, with the answer.
    Answered(Speaker),
    /// The same, as if it had no source.
    Lost,
}

/// Goes through a scene's attributions in order: with weights each is answered by them, without by what is known, and
/// also asked without its source.
fn walk(
    scene: &Scene,
    analyser: &Analyser,
    given: &GivenNames,
    weights: Option<Weights>,
    mut visit: impl FnMut(&Reading, &Option<Gold>, &Visited),
) {
    let document = Document::new(&scene.article);
    let analysis = analyser.analyse(&document);
    let mut quoted = vec![false; document.tokens.len()];
    for q in quotations(&document).iter().filter(|q| q.depth == 0) {
        quoted[q.tokens.clone()].fill(true);
    }
    let mut speakers = Speakers::new(&analysis, given, &scene.actors, &quoted);
    if let Some(weights) = weights {
        speakers = speakers.with_weights(weights);
    }
    for (attribution, gold) in &scene.attributions {
        if weights.is_none() && attribution.source.is_some() {
            let lost = Attribution { source: None, ..attribution.clone() };
            visit(&speakers.read(&lost), gold, &Visited::Lost);
        }
        let reading = speakers.read(attribution);
        let speaker = match (weights, gold, &reading) {
            (None, Some(gold), Reading::Open(..)) => {
                let speaker = speakers.speaker(attribution, *gold);
                speakers.remember(attribution, speaker.clone());
                speaker
            }
            _ => speakers.resolve(attribution),
        };
        visit(&reading, gold, &Visited::Answered(speaker));
    }
}

/// The names of the features: those of actors, then those of nobody.
struct Names {
    actor: Vec<&'static str>,
    unnamed: Vec<&'static str>,
}

impl Names {
    fn of(scenes: &[Scene], analyser: &Analyser, given: &GivenNames) -> Self {
        let mut names = Self { actor: Vec::new(), unnamed: Vec::new() };
        for scene in scenes {
            walk(scene, analyser, given, None, |reading, _, _| {
                let Reading::Open(_, answers) = reading else { return };
                for answer in answers {
                    let list = if answer.actor.is_some() { &mut names.actor } else { &mut names.unnamed };
                    *list = answer.features.iter().map(|(name, _)| *name).collect();
                }
            });
            if !names.actor.is_empty() {
                break;
            }
        }
        names
    }

    /// The prior as rows of weights.
    fn prior(&self) -> Vec<[f32; COLUMNS]> {
        let row = |name: &&str| {
            let [pronoun, description] = PRIOR.iter().find(|(n, _)| n == name).map_or([0.0; 2], |(_, p)| *p);
            let mut row = [0.0; COLUMNS];
            for class in Class::ALL {
                let described = !matches!(class, Class::HeShe | Class::It | Class::Nothing);
                row[class as usize] = if described { description } else { pronoun };
            }
            row
        };
        self.actor.iter().chain(&self.unnamed).map(row).collect()
    }

    fn len(&self) -> usize {
        self.actor.len() + self.unnamed.len()
    }
}

/// Maximises the penalised likelihood of the right answers by gradient ascent over all examples, each weight with
/// a step of its own (Duchi, Hazan and Singer 2011, "Adaptive subgradient methods"). Weights are in rows of
/// [`COLUMNS`], those of actors first.
fn fit(examples: &[&Example], names: &Names) -> Vec<[f32; COLUMNS]> {
    let prior = names.prior();
    let size = names.len();
    let mut weights = prior.clone();
    let mut squares = vec![[1e-6_f32; COLUMNS]; size];
    for _ in 0..ROUNDS {
        let mut gradient = vec![[0.0_f32; COLUMNS]; size];
        for example in examples {
            let scores: Vec<f32> = example
                .answers
                .iter()
                .map(|features| {
                    let of = |(at, value): &(usize, f32)| {
                        let row = &weights[*at];
                        (row[example.class] + row[COLUMNS - 1]) * value
                    };
                    features.iter().map(of).sum()
                })
                .collect();
            let top = scores.iter().copied().fold(f32::MIN, f32::max);
            let sum: f32 = scores.iter().map(|s| (s - top).exp()).sum();
            for (index, (features, score)) in example.answers.iter().zip(&scores).enumerate() {
                let wanted = if index == example.right { 1.0 } else { 0.0 };
                let error = example.weight * (wanted - (score - top).exp() / sum);
                for (at, value) in features {
                    let row = &mut gradient[*at];
                    row[example.class] += error * value;
                    row[COLUMNS - 1] += error * value;
                }
            }
        }
        for (((weight, square), gradient), prior) in
            weights.iter_mut().zip(&mut squares).zip(&gradient).zip(&prior)
        {
            for column in 0..COLUMNS {
                let step = gradient[column] - PENALTY * (weight[column] - prior[column]);
                square[column] += step * step;
                weight[column] += RATE * step / square[column].sqrt();
            }
        }
    }
    weights
}

/// How often all weights are mended.
const ROUNDS: usize = 150;

/// The first step of a weight.
const RATE: f32 = 0.2;

/// Weights as the engine reads them: the sum of what is shared and what each class adds.
struct Table {
    actor: Vec<(&'static str, [f32; Class::ALL.len()])>,
    unnamed: Vec<(&'static str, [f32; Class::ALL.len()])>,
}

impl Table {
    fn of(names: &Names, weights: &[[f32; COLUMNS]]) -> Self {
        let row = |w: &[f32; COLUMNS]| {
            // As many digits as the source will have.
            std::array::from_fn(|class| ((w[class] + w[COLUMNS - 1]) * 100.0).round() / 100.0)
        };
        let rows: Vec<[f32; Class::ALL.len()]> = weights.iter().map(row).collect();
        let (actor, unnamed) = rows.split_at(names.actor.len());
        Self {
            actor: names.actor.iter().copied().zip(actor.iter().copied()).collect(),
            unnamed: names.unnamed.iter().copied().zip(unnamed.iter().copied()).collect(),
        }
    }

    fn weights(&self) -> Weights<'_> {
        Weights { actor: &self.actor, unnamed: &self.unnamed }
    }

    fn source(&self) -> String {
        let mut out = String::from(
            "//! The ranker's weights: made by `cargo xtask train speakers`, never by hand.\n\nuse super::Rows;\n",
        );
        let classes: Vec<String> = Class::ALL.iter().map(|c| format!("{c:?}")).collect();
        for (name, what, rows) in [
            ("ACTOR", "speaks for an actor", &self.actor),
            ("UNNAMED", "speaks for someone without a name", &self.unnamed),
        ] {
            let _ = writeln!(
                out,
                "\n/// What {what}, for sources of each class: {}.\npub const {name}: Rows = &[",
                classes.join(", ")
            );
            for (name, row) in rows {
                let row: Vec<String> = row.iter().map(|w| format!("{w:.2}")).collect();
                let _ = writeln!(out, "    ({name:?}, [{}]),", row.join(", "));
            }
            out.push_str("];\n");
        }
        out
    }
}

/// Right speakers among quotes, by the class of their source; named sources have a row of their own.
#[derive(Default)]
struct Score(BTreeMap<String, (usize, usize)>);

impl Score {
    fn add(&mut self, scene: &Scene, analyser: &Analyser, given: &GivenNames, table: &Table) {
        walk(scene, analyser, given, Some(table.weights()), |reading, gold, visited| {
            let Visited::Answered(speaker) = visited else { return };
            let class = match reading {
                Reading::Open(class, _) => format!("{class:?}"),
                Reading::Plain(_) => "plain".to_owned(),
            };
            let right = gold.is_some_and(|gold| gold == speaker.actor);
            for key in [class.clone(), "all".to_owned()] {
                let row = self.0.entry(key).or_default();
                row.0 += usize::from(right);
                row.1 += 1;
            }
        });
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        for (class, (right, all)) in &self.0 {
            writeln!(f, "  {class:10} {right:4} of {all:4}, {:.3}", *right as f32 / (*all).max(1) as f32)?;
        }
        Ok(())
    }
}
