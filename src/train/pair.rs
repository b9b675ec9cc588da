//! Trains the two networks of quotes together: the first reads a stretch of text, the second looks from each of its cues
//! for source and content, and what the second learns goes back through the first.

use super::crf::progress;
use super::network::{Adam, Dropout, Field, Learner, Plan};
use super::random::Random;
use crate::quotes::training::{ARGUMENT_LABELS, ARGUMENT_VALUES, CUE_LABELS, TOKEN_VALUES};
use std::collections::BTreeMap;
use std::ops::Range;

/// How wide the networks' states are.
const WIDTH: usize = 64;
/// How many layers each has.
const LAYERS: usize = 2;
/// Passes over the articles.
const EPOCHS: usize = 10;
/// Adam's rate at its highest.
const RATE: f32 = 3e-3;
/// What is dropped.
const DROPOUT: Dropout = Dropout(0.2);
/// How many tokens make a step.
const BATCH: usize = 1600;
/// How many threads share one. With another number sums come in another order, and weights differ a little.
const WORKERS: usize = 2;

/// A stretch of text, with all that is to be learnt of it.
pub struct Lesson {
    /// The fields of its tokens.
    pub tokens: Vec<u32>,
    /// Its cues.
    pub cues: Vec<u8>,
    /// What is to be learnt of each.
    pub arguments: Vec<Arguments>,
}

/// One cue's arguments.
pub struct Arguments {
    /// The window, in tokens from the lesson's first.
    pub window: Range<usize>,
    /// The fields of its tokens, as seen from the cue.
    pub fields: Vec<u32>,
    /// Its source and content.
    pub labels: Vec<u8>,
}

/// The two networks, learning.
pub struct Pair {
    /// That of cues.
    pub cues: Learner,
    /// That of their arguments.
    pub arguments: Learner,
}

/// The fields that lists of values make: those that are hashes keep the commonest values, at most so many, each seen
/// as often as said.
fn fields<'a>(
    values: &[usize],
    rows: &(impl Iterator<Item = &'a [u32]> + Clone),
    most: usize,
    least: u32,
) -> Vec<Field> {
    let common = |at: usize| {
        let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
        rows.clone().for_each(|row| *counts.entry(row[at]).or_default() += 1);
        let mut counts: Vec<(u32, u32)> = counts.into_iter().filter(|(_, n)| *n >= least).collect();
        counts.sort_by_key(|(value, n)| (std::cmp::Reverse(*n), *value));
        counts.into_iter().take(most).map(|(value, _)| value).collect()
    };
    let field = |(at, n): (usize, &usize)| if *n == 0 { Field::keyed(common(at)) } else { Field::direct(*n) };
    values.iter().enumerate().map(field).collect()
}

/// Trains both networks on `lessons`.
pub fn learn(lessons: &[Lesson]) -> Pair {
    let rows = lessons.iter().flat_map(|l| l.tokens.chunks_exact(TOKEN_VALUES.len()));
    let plan = Plan {
        width: WIDTH,
        layers: LAYERS,
        labels: &CUE_LABELS,
        fields: fields(&TOKEN_VALUES, &rows, 4000, 10),
        carries: false,
    };
    let cues = Learner::new(plan, 1);
    // Once for each cue.
    let rows =
        lessons.iter().flat_map(|l| &l.arguments).filter_map(|a| a.fields.get(..ARGUMENT_VALUES.len()));
    let plan = Plan {
        width: WIDTH,
        layers: LAYERS,
        labels: &ARGUMENT_LABELS,
        fields: fields(&ARGUMENT_VALUES, &rows, 1500, 2),
        carries: true,
    };
    let mut pair = Pair { cues, arguments: Learner::new(plan, 2) };
    let size = |l: &Lesson| l.cues.len() + l.arguments.iter().map(|a| a.labels.len()).sum::<usize>();
    let all: usize = lessons.iter().map(size).sum();
    let bar = progress(EPOCHS * all);
    let zeros = |pair: &Pair| [vec![0.0; pair.cues.weights.len()], vec![0.0; pair.arguments.weights.len()]];
    let mut work: Vec<[Vec<f32>; 2]> = (0..WORKERS).map(|_| zeros(&pair)).collect();
    let mut adam = [Adam::new(pair.cues.weights.len()), Adam::new(pair.arguments.weights.len())];
    let mut order: Vec<usize> = (0..lessons.len()).collect();
    let mut random = Random::new(7);
    let (mut done, mut step) = (0, 0.0_f32);
    for epoch in 0..EPOCHS {
        random.shuffle(&mut order);
        let mut loss = [0.0; 2];
        let mut rest = &order[..];
        while !rest.is_empty() {
            let mut tokens = 0;
            let fits = |index: &&usize| {
                let fits = tokens < BATCH;
                tokens += size(&lessons[**index]);
                fits
            };
            let count = rest.iter().take_while(fits).count();
            let (batch, after) = rest.split_at(count);
            rest = after;
            std::thread::scope(|scope| {
                let pair = &pair;
                let threads: Vec<_> = work
                    .iter_mut()
                    .enumerate()
                    .map(|(worker, gradients)| {
                        scope.spawn(move || {
                            gradients.iter_mut().for_each(|g| g.fill(0.0));
                            let mut loss = [0.0; 2];
                            for index in batch.iter().skip(worker).step_by(WORKERS) {
                                let mut random = Random::new((epoch * lessons.len() + index) as u64);
                                let more = pair.gradients(&lessons[*index], gradients, &mut random);
                                loss.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
                            }
                            loss
                        })
                    })
                    .collect();
                for thread in threads {
                    let more = thread.join().expect("a worker ends");
                    loss.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
                }
            });
            let (first, others) = work.split_at_mut(1);
            for other in others {
                for (sum, more) in first[0].iter_mut().zip(other) {
                    sum.iter_mut().zip(more).for_each(|(sum, more)| *sum += *more);
                }
            }
            step += 1.0;
            let tokens: usize = batch.iter().map(|index| size(&lessons[*index])).sum();
            let rate = RATE * (step / 200.0).min(1.0) * (1.0 - done as f32 / (EPOCHS * all) as f32).max(0.02);
            adam[0].step(&mut pair.cues.weights, &work[0][0], rate);
            adam[1].step(&mut pair.arguments.weights, &work[0][1], rate);
            done += tokens;
            bar.inc(tokens as u64);
        }
        bar.set_message(format!("epoch {}: loss {:.0}, {:.0}", epoch + 1, loss[0], loss[1]));
    }
    bar.finish_and_clear();
    pair
}

impl Pair {
    /// Adds the gradients of a lesson, and returns its losses.
    fn gradients(&self, lesson: &Lesson, gradients: &mut [Vec<f32>; 2], random: &mut Random) -> [f32; 2] {
        let [of_cues, of_arguments] = gradients;
        let read = self.cues.read(&lesson.tokens, &[], DROPOUT, random);
        let (cue_loss, scores) = self.cues.loss(&read, &lesson.cues, of_cues);
        let mut states = vec![0.0; read.states.len()];
        let mut loss = 0.0;
        for Arguments { window, fields, labels } in &lesson.arguments {
            let range = window.start * WIDTH..window.end * WIDTH;
            let trace = self.arguments.read(fields, &read.states[range.clone()], DROPOUT, random);
            let (more, scores) = self.arguments.loss(&trace, labels, of_arguments);
            let back = self.arguments.back(&trace, &scores, None, DROPOUT, of_arguments);
            states[range].iter_mut().zip(back).for_each(|(sum, more)| *sum += more);
            loss += more;
        }
        self.cues.back(&read, &scores, Some(&states), DROPOUT, of_cues);
        [cue_loss, loss]
    }
}
