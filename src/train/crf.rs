//! Trains a linear-chain conditional random field (Lafferty, McCallum and Pereira 2001) by stochastic gradient
//! descent with the FTRL-proximal rule (McMahan et al. 2013, "Ad click prediction: a view from the trenches"),
//! whose L1 term leaves most features without a weight and so the file small.

use super::random::Random;
use crate::tagger::{ByHash, Factors, Feature, Tables, marginals, write};
use indicatif::{ProgressBar, ProgressStyle};

/// One sentence to learn from.
#[derive(Clone, Default)]
pub struct Sequence {
    /// The features of each token.
    pub features: Vec<Vec<Feature>>,
    /// The right label of each token.
    pub gold: Vec<u8>,
    /// How much the sentence counts; 1 for gold data.
    pub weight: f32,
    /// Which corpus it is from, where that isn't the kind of text or annotation that the model is for: its features
    /// then have weights of that corpus's own as well, which are forgotten in the end, so that the shared ones need
    /// not learn its peculiarities (Daumé 2007, "Frustratingly easy domain adaptation"). 0: the right kind.
    pub corpus: u64,
    /// Scores of another model that this one adds to, a row of one score a label for each token; or nothing.
    pub base: Vec<f32>,
}

/// How to train.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Passes over the sentences.
    pub epochs: usize,
    /// Learning rate.
    pub alpha: f32,
    /// What shrinks weights to nothing.
    pub l1: f32,
    /// What shrinks weights.
    pub l2: f32,
    /// Features seen on fewer tokens are left out.
    pub min_count: u32,
    /// Keep at most so many features: those with the largest weights.
    pub max_rows: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { epochs: 8, alpha: 0.1, l1: 0.3, l2: 1e-4, min_count: 2, max_rows: 120_000 }
    }
}

/// One weight as FTRL-proximal holds it, and what it amounts to.
#[derive(Clone, Copy, Default)]
struct Cell {
    z: f32,
    /// The root of the sum of squared gradients.
    root: f32,
    weight: f32,
}

impl Cell {
    fn update(&mut self, gradient: f32, o: &Options, l1: f32) {
        let root = (self.root * self.root + gradient * gradient).sqrt();
        self.z += gradient - (root - self.root) / o.alpha * self.weight;
        self.root = root;
        self.weight = if self.z.abs() <= l1 {
            0.0
        } else {
            -(self.z - self.z.signum() * l1) / ((1.0 + root) / o.alpha + o.l2)
        };
    }
}

/// What forbidden transitions weigh; `exp` of it is 0.
const NEVER: f32 = -1e4;

/// Trains a model of `labels` on `sequences` and returns its file. `allowed(from, to)` says which labels may
/// follow each other; `from` is `None` at the start of a sentence. `name` is what the progress bar shows.
pub fn train(
    name: &str,
    labels: &[&str],
    sequences: &[Sequence],
    options: &Options,
    allowed: impl Fn(Option<usize>, usize) -> bool,
) -> Vec<u8> {
    let count = labels.len();
    let (features, coded) = intern(sequences, options.min_count);
    let mut cells = vec![Cell::default(); features.len() * count];
    let mut start = vec![Cell::default(); count];
    let mut steps = vec![Cell::default(); count * count];
    let start_of = |start: &[Cell]| -> Vec<f32> {
        (0..count).map(|to| if allowed(None, to) { start[to].weight } else { NEVER }).collect()
    };
    let steps_of = |steps: &[Cell]| -> Vec<f32> {
        (0..count * count)
            .map(|i| if allowed(Some(i / count), i % count) { steps[i].weight } else { NEVER })
            .collect()
    };
    let mut order: Vec<usize> = (0..sequences.len()).collect();
    let mut random = Random::new(0);
    let bar = progress(options.epochs * sequences.len());
    bar.set_message(name.to_owned());
    for _ in 0..options.epochs {
        random.shuffle(&mut order);
        for &index in &order {
            bar.inc(1);
            let (sequence, rows) = (&sequences[index], &coded[index]);
            if rows.is_empty() {
                continue;
            }
            let mut emissions = vec![0.0_f32; rows.len() * count];
            emissions.iter_mut().zip(&sequence.base).for_each(|(e, b)| *e = *b);
            for (at, row) in rows.iter().enumerate() {
                for &feature in row {
                    let cells = &cells[feature as usize * count..(feature as usize + 1) * count];
                    emissions[at * count..].iter_mut().zip(cells).for_each(|(e, c)| *e += c.weight);
                }
            }
            let (from_start, between) = (start_of(&start), steps_of(&steps));
            let factors = Factors::new(&from_start, &between);
            let (mut error, chain) = marginals(&factors, &emissions);
            // Transitions: expected minus observed counts.
            let mut expected = vec![0.0_f32; count * count];
            for at in 1..rows.len() {
                pairs(&chain, &factors, at, count, &mut expected);
                expected[usize::from(sequence.gold[at - 1]) * count + usize::from(sequence.gold[at])] -= 1.0;
            }
            for (at, gold) in sequence.gold.iter().enumerate() {
                error[at * count + usize::from(*gold)] -= 1.0;
            }
            for (i, gradient) in expected.iter().enumerate() {
                if between[i] > NEVER && gradient.abs() > 1e-6 {
                    steps[i].update(gradient * sequence.weight, options, 0.0);
                }
            }
            for label in 0..count {
                if from_start[label] > NEVER {
                    start[label].update(error[label] * sequence.weight, options, 0.0);
                }
            }
            for (at, row) in rows.iter().enumerate() {
                let gradients = &error[at * count..(at + 1) * count];
                if gradients.iter().all(|g| g.abs() <= 1e-5) {
                    continue;
                }
                for &feature in row {
                    let cells = &mut cells[feature as usize * count..(feature as usize + 1) * count];
                    for (cell, gradient) in cells.iter_mut().zip(gradients) {
                        if gradient.abs() > 1e-5 {
                            cell.update(gradient * sequence.weight, options, options.l1);
                        }
                    }
                }
            }
        }
    }
    bar.finish_and_clear();
    let mut rows: Vec<(Feature, Vec<f32>)> = features
        .iter()
        .enumerate()
        .filter(|(_, (_, corpus))| *corpus == 0)
        .map(|(i, (feature, _))| {
            let row = &cells[i * count..(i + 1) * count];
            (*feature, row.iter().map(|c| c.weight).collect::<Vec<_>>())
        })
        .filter(|(_, row)| row.iter().any(|w| *w != 0.0))
        .collect();
    let size = |row: &[f32]| row.iter().map(|w| w.abs()).fold(0.0, f32::max);
    rows.sort_by(|a, b| size(&b.1).total_cmp(&size(&a.1)).then(a.0.cmp(&b.0)));
    rows.truncate(options.max_rows);
    write(labels, &start_of(&start), &steps_of(&steps), &rows)
}

/// A bar of so many steps, to show how far training is.
pub(super) fn progress(steps: usize) -> ProgressBar {
    ProgressBar::new(steps as u64).with_style(
        ProgressStyle::with_template("{msg} {wide_bar} {percent}% {eta}")
            .unwrap_or_else(|_| ProgressStyle::default_bar()),
    )
}

/// Adds the probability of each pair of labels at `at - 1` and `at`.
pub(super) fn pairs(tables: &Tables, factors: &Factors, at: usize, count: usize, expected: &mut [f32]) {
    let before = &tables.forward[(at - 1) * count..at * count];
    let here = at * count..(at + 1) * count;
    let (potentials, backward) = (&tables.potentials[here.clone()], &tables.backward[here]);
    let mut joint = vec![0.0_f32; count * count];
    let mut sum = 0.0;
    for from in 0..count {
        for to in 0..count {
            let p = before[from] * factors.steps[from * count + to] * potentials[to] * backward[to];
            joint[from * count + to] = p;
            sum += p;
        }
    }
    if sum > 0.0 {
        expected.iter_mut().zip(&joint).for_each(|(e, p)| *e += p / sum);
    }
}

/// Numbers the features that occur on at least `min_count` tokens, in order of first sight; a corpus's own copies
/// are features with its number.
#[expect(clippy::type_complexity)]
fn intern(sequences: &[Sequence], min_count: u32) -> (Vec<(Feature, u64)>, Vec<Vec<Vec<u32>>>) {
    let copies = |corpus: u64| [0, corpus].into_iter().take(1 + usize::from(corpus != 0));
    let key = |feature: Feature, corpus: u64| feature.with(corpus).key();
    // By hash: how often it occurs, and its number once it has one.
    let mut seen: ByHash<(u32, u32)> = ByHash::default();
    for sequence in sequences {
        for feature in sequence.features.iter().flatten() {
            copies(sequence.corpus).for_each(|c| seen.entry(key(*feature, c)).or_default().0 += 1);
        }
    }
    let mut features = Vec::new();
    let mut number = |feature: Feature, corpus: u64| {
        let (count, number) = seen.get_mut(&key(feature, corpus))?;
        if *count < min_count {
            return None;
        }
        if *number == 0 {
            features.push((feature, corpus));
            *number = features.len() as u32;
        }
        Some(*number - 1)
    };
    let mut coded = Vec::with_capacity(sequences.len());
    for s in sequences {
        let mut rows = Vec::with_capacity(s.features.len());
        for row in &s.features {
            let mut numbers = Vec::with_capacity(row.len() * 2);
            numbers.extend(
                row.iter().flat_map(|f| copies(s.corpus).map(|c| (*f, c))).filter_map(|(f, c)| number(f, c)),
            );
            rows.push(numbers);
        }
        coded.push(rows);
    }
    (features, coded)
}

/// BIO: an inside label follows only the beginning or inside of its own kind. Labels are "O", "B-x", "I-x".
pub fn bio(labels: &[&str], from: Option<usize>, to: usize) -> bool {
    let Some(kind) = labels[to].strip_prefix("I-") else { return true };
    from.is_some_and(|from| labels[from].get(2..) == Some(kind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tagger::{Model, ModelError, hash};

    /// A toy language: the word after "Mr" is a name, and so is the word after that if it has a capital.
    fn toy() -> Vec<Sequence> {
        let sentence = |words: &str, gold: &[u8]| {
            let words: Vec<&str> = words.split(' ').collect();
            let features = (0..words.len())
                .map(|i| {
                    let before = if i == 0 { "" } else { words[i - 1] };
                    let capital = words[i].starts_with(char::is_uppercase);
                    vec![
                        Feature::new(0),
                        Feature::new(1).with(hash(before)),
                        Feature::new(2).with(u64::from(capital)),
                    ]
                })
                .collect();
            Sequence { features, gold: gold.to_vec(), weight: 1.0, ..Sequence::default() }
        };
        vec![
            sentence("then Mr Ali Bey spoke", &[0, 0, 1, 2, 0]),
            sentence("Then Mr Low spoke", &[0, 0, 1, 0]),
            sentence("he saw Mr Tan Kim", &[0, 0, 0, 1, 2]),
            sentence("Then Rome slept", &[0, 0, 0]),
        ]
    }

    const LABELS: [&str; 3] = ["O", "B-per", "I-per"];

    fn model() -> Vec<u8> {
        let options = Options { epochs: 60, l1: 0.0, min_count: 1, ..Options::default() };
        train("toy", &LABELS, &toy(), &options, |a, b| bio(&LABELS, a, b))
    }

    #[test]
    fn learns_and_keeps_to_bio() {
        let bytes = model();
        let model = Model::load(&bytes).unwrap();
        assert_eq!(model.labels(), LABELS);
        for sequence in toy() {
            let mut emissions = Vec::new();
            sequence.features.iter().for_each(|f| model.emit(f, &mut emissions));
            assert_eq!(model.decode(&emissions), sequence.gold);
            for row in model.marginals(&emissions).chunks(3) {
                assert!((row.iter().sum::<f32>() - 1.0).abs() < 1e-5);
            }
        }
        assert_eq!(bytes, self::model(), "the same input gives the same bytes");
    }

    #[test]
    fn damaged_files_are_errors() {
        let good = model();
        assert_eq!(Model::load(&[]).err(), Some(ModelError::Length));
        assert_eq!(Model::load(b"GIF89a, not a model").err(), Some(ModelError::Magic));
        assert_eq!(Model::load(&good[..good.len() - 1]).err(), Some(ModelError::Length));
        for at in 0..good.len() {
            let mut bad = good.clone();
            bad[at] ^= 0x55;
            // The scale stands before the checksum: any finite one is a model, though not this one.
            assert!((16..20).contains(&at) || Model::load(&bad).is_err(), "byte {at}");
        }
    }
}
