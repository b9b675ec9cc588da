//! Trains the dependency parser: an averaged perceptron (Collins 2002) that explores its own mistakes with the
//! arc-hybrid system's dynamic oracle (Goldberg and Nivre 2013, "Training deterministic parsers with
//! non-deterministic oracles").
//!
//! Trained twice: first with every feature, then from nothing with the heaviest alone, so that a small file
//! loses little.

use super::trees::Tree;
use crate::tagger::parse::{Move, Parser, Relation, State};
use crate::tagger::{Feature, write};
use indicatif::ProgressBar;
use std::collections::{HashMap, HashSet};

/// A perceptron whose answer is the average of all its states.
struct Perceptron {
    labels: usize,
    rows: HashMap<Feature, usize>,
    /// For each row and label: weight, sum of weights over time, and when the sum was last brought up to date.
    cells: Vec<(f32, f64, u32)>,
    clock: u32,
    only: Option<HashSet<Feature>>,
}

impl Perceptron {
    fn new(labels: usize, only: Option<HashSet<Feature>>) -> Self {
        Self { labels, rows: HashMap::new(), cells: Vec::new(), clock: 0, only }
    }

    fn score(&self, features: &[Feature]) -> Vec<f32> {
        let mut scores = vec![0.0; self.labels];
        for row in features.iter().filter_map(|f| self.rows.get(f)) {
            let cells = &self.cells[row * self.labels..(row + 1) * self.labels];
            scores.iter_mut().zip(cells).for_each(|(s, c)| *s += c.0);
        }
        scores
    }

    fn update(&mut self, features: &[Feature], right: usize, wrong: usize) {
        for feature in features {
            if self.only.as_ref().is_some_and(|only| !only.contains(feature)) {
                continue;
            }
            let next = self.rows.len();
            let row = *self.rows.entry(*feature).or_insert(next);
            if row == next {
                self.cells.resize((next + 1) * self.labels, (0.0, 0.0, self.clock));
            }
            for (label, change) in [(right, 1.0), (wrong, -1.0)] {
                let cell = &mut self.cells[row * self.labels + label];
                cell.1 += f64::from(cell.0) * f64::from(self.clock - cell.2);
                cell.2 = self.clock;
                cell.0 += change;
            }
        }
    }

    /// The averaged weights of the `most` heaviest features.
    fn averaged(&self, most: usize) -> Vec<(Feature, Vec<f32>)> {
        let clock = f64::from(self.clock.max(1));
        let mut out: Vec<(Feature, Vec<f32>)> = self
            .rows
            .iter()
            .map(|(feature, row)| {
                let cells = &self.cells[row * self.labels..(row + 1) * self.labels];
                let average = |c: &(f32, f64, u32)| {
                    ((c.1 + f64::from(c.0) * f64::from(self.clock - c.2)) / clock) as f32
                };
                (*feature, cells.iter().map(average).collect())
            })
            .collect();
        let size = |row: &[f32]| row.iter().map(|w| w * w).sum::<f32>();
        out.sort_by(|a, b| size(&b.1).total_cmp(&size(&a.1)).then(a.0.cmp(&b.0)));
        out.truncate(most);
        out
    }
}

/// How large the models may be, in features.
#[derive(Clone, Copy, Debug)]
pub struct Sizes {
    /// Of the model of steps.
    pub steps: usize,
    /// Of the model of relations.
    pub relations: usize,
}

/// Trains on sentences with their trees; returns the files of the two models.
pub fn train(sentences: &[&Tree], epochs: usize, sizes: Sizes) -> (Vec<u8>, Vec<u8>) {
    let (steps, relations) = pass(sentences, epochs.div_ceil(2), None, "parser, all features");
    let heavy = |p: &Perceptron, most| Some(p.averaged(most).into_iter().map(|(f, _)| f).collect());
    let only = (heavy(&steps, sizes.steps), heavy(&relations, sizes.relations));
    drop((steps, relations));
    let (steps, relations) = pass(sentences, epochs, Some(only), "parser, the heaviest features");
    let file = |p: &Perceptron, labels: &[&str], most| {
        let zero = vec![0.0; labels.len()];
        write(labels, &zero, &zero.repeat(labels.len()), &p.averaged(most))
    };
    let names: Vec<String> = Relation::ALL.iter().map(|r| r.label()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    (file(&steps, &["Shift", "Left", "Right"], sizes.steps), file(&relations, &names, sizes.relations))
}

type Only = (Option<HashSet<Feature>>, Option<HashSet<Feature>>);

fn pass(
    sentences: &[&Tree],
    epochs: usize,
    only: Option<Only>,
    name: &'static str,
) -> (Perceptron, Perceptron) {
    let (only_steps, only_relations) = only.unwrap_or_default();
    let mut steps = Perceptron::new(Move::ALL.len(), only_steps);
    let mut relations = Perceptron::new(Relation::ALL.len(), only_relations);
    let mut random = 0x9e37_79b9_u64;
    let mut roll = |below: usize| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) as usize % below.max(1)
    };
    let bar = ProgressBar::new((epochs * sentences.len()) as u64).with_message(name);
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    for epoch in 0..epochs {
        for at in (1..order.len()).rev() {
            order.swap(at, roll(at + 1));
        }
        for &index in &order {
            bar.inc(1);
            let tree = sentences[index];
            let mut state = State::new(&tree.words);
            while !state.done() {
                let features = state.features();
                let scores = steps.score(&features);
                let best = |filter: &dyn Fn(usize) -> bool| {
                    (0..Move::ALL.len())
                        .filter(|&m| state.allows(Move::ALL[m]) && filter(m))
                        .reduce(|a, b| if scores[b] > scores[a] { b } else { a })
                };
                let costs: Vec<usize> = Move::ALL.iter().map(|m| cost(&state, tree, *m)).collect();
                let least =
                    (0..3).filter(|&m| state.allows(Move::ALL[m])).map(|m| costs[m]).min().unwrap_or(0);
                let (Some(guess), Some(right)) = (best(&|_| true), best(&|m| costs[m] == least)) else {
                    break;
                };
                steps.clock += 1;
                if guess != right && costs[guess] != least {
                    steps.update(&features, right, guess);
                }
                // After the first pass, mostly go where the parser itself would go.
                let step = Move::ALL[if epoch > 0 && roll(10) > 0 { guess } else { right }];
                let mut relation = Relation::Other;
                if let Some((head, dependent)) = state.arc_of(step) {
                    let features = state.arc_features(head, dependent);
                    let scores = relations.score(&features);
                    let guess = (1..scores.len())
                        .reduce(|a, b| if scores[b] > scores[a] { b } else { a })
                        .unwrap_or(1);
                    relation = Relation::ALL[guess];
                    if tree.heads[dependent] == Some(head) {
                        relations.clock += 1;
                        let right = tree.relations[dependent] as usize;
                        if right != guess && right != 0 {
                            relations.update(&features, right, guess);
                        }
                        relation = tree.relations[dependent];
                    }
                }
                state.take(step, relation);
            }
        }
    }
    bar.finish_and_clear();
    (steps, relations)
}

/// How many right arcs can no longer be made once `step` is taken.
fn cost(state: &State, tree: &Tree, step: Move) -> usize {
    let n = tree.heads.len();
    let Some(&top) = state.stack.last() else { return 0 };
    let buffered_children = || (state.front..n).filter(|&d| tree.heads[d] == Some(top)).count();
    let head = tree.heads[top];
    match step {
        Move::Shift => {
            let front = state.front;
            if front >= n {
                return 0;
            }
            let lost_head =
                tree.heads[front].is_some_and(|h| state.stack[..state.stack.len() - 1].contains(&h));
            let lost_children = state.stack.iter().filter(|&&d| tree.heads[d] == Some(front)).count();
            usize::from(lost_head) + lost_children
        }
        Move::Left => {
            let under = state.stack.len().checked_sub(2).map(|i| state.stack[i]);
            let lost = head.is_none_or(|h| Some(h) == under || h > state.front);
            usize::from(lost) + buffered_children()
        }
        Move::Right => {
            let lost = head.is_none_or(|h| h >= state.front);
            usize::from(lost) + buffered_children()
        }
    }
}

/// Attachment scores against `trees`, marks left out: unlabelled, labelled.
pub fn accuracy(parser: &Parser, trees: &[&Tree]) -> (f64, f64) {
    let (mut all, mut heads, mut both) = (0_u32, 0_usize, 0_usize);
    for tree in trees {
        for (at, arc) in parser.parse(&tree.words).iter().enumerate() {
            if tree.relations[at] != Relation::Punctuation {
                let right = arc.head == tree.heads[at];
                all += 1;
                heads += usize::from(right);
                both += usize::from(right && arc.relation == tree.relations[at]);
            }
        }
    }
    let all = f64::from(all.max(1));
    (f64::from(heads as u32) / all, f64::from(both as u32) / all)
}
