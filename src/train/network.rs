//! Trains a recurrent network by stochastic gradient descent: back-propagation through its layers, Adam (Kingma and
//! Ba 2015), dropout (Srivastava et al. 2014).
//!
//! What a network computes stands in `crate::tagger::Network`; here it is done with 32-bit weights, and what each
//! step needs for its gradient is kept. What is made small is the negative log-likelihood of the right labels of the
//! chain. Everything is done in a fixed order, so that the same inputs give the same bytes on the same machine.

use super::crf::pairs;
use super::random::Random;
use crate::tagger::{Factors, Network, marginals};

/// What forbidden steps weigh; `exp` of it is 0.
const NEVER: f32 = -1e4;

/// One field of a token.
pub struct Field {
    /// The values that have rows of their own, ascending; none where values are rows.
    pub keys: Vec<u32>,
    /// How many rows it has.
    pub rows: usize,
}

impl Field {
    /// A field whose values are rows, from 0 to below `rows`.
    pub fn direct(rows: usize) -> Self {
        Self { keys: Vec::new(), rows }
    }

    /// A field of such values; all others share a row.
    pub fn keyed(mut keys: Vec<u32>) -> Self {
        keys.sort_unstable();
        keys.dedup();
        Self { rows: keys.len() + 1, keys }
    }

    fn row(&self, value: u32) -> usize {
        if self.keys.is_empty() {
            if (value as usize) < self.rows { value as usize } else { 0 }
        } else {
            self.keys.binary_search(&value).map_or(0, |at| at + 1)
        }
    }
}

/// The shape of a network.
pub struct Plan {
    /// How wide a state is.
    pub width: usize,
    /// How many layers there are.
    pub layers: usize,
    /// The labels; "I-x" follows "B-x" or "I-x" alone.
    pub labels: &'static [&'static str],
    /// The fields of a token.
    pub fields: Vec<Field>,
    /// Whether another network's states are carried in.
    pub carries: bool,
}

/// A matrix's place among the weights: input by input, then its bias.
#[derive(Clone, Copy)]
struct Place {
    at: usize,
    inputs: usize,
    outputs: usize,
}

impl Place {
    fn matrix(self, weights: &[f32]) -> &[f32] {
        &weights[self.at..self.at + self.inputs * self.outputs]
    }

    fn bias(self) -> std::ops::Range<usize> {
        let at = self.at + self.inputs * self.outputs;
        at..at + self.outputs
    }

    /// The products of every row of `input`.
    fn multiply(self, weights: &[f32], input: &[f32]) -> Vec<f32> {
        let matrix = self.matrix(weights);
        let mut output = weights[self.bias()].repeat(input.len() / self.inputs);
        for (row, out) in input.chunks_exact(self.inputs).zip(output.chunks_exact_mut(self.outputs)) {
            for (x, weights) in row.iter().zip(matrix.chunks_exact(self.outputs)) {
                if *x != 0.0 {
                    add(out, *x, weights);
                }
            }
        }
        output
    }

    /// Adds to the weights' gradients what those of the outputs mean; returns those of the inputs that aren't 0.
    fn back(self, weights: &[f32], input: &[f32], output: &[f32], gradients: &mut [f32]) -> Vec<f32> {
        let mut back = vec![0.0; input.len()];
        let matrix = self.matrix(weights);
        for (row, out) in input.chunks_exact(self.inputs).zip(output.chunks_exact(self.outputs)).rev() {
            add(&mut gradients[self.bias()], 1.0, out);
            let matrix = &mut gradients[self.at..self.at + self.inputs * self.outputs];
            for (x, gradient) in row.iter().zip(matrix.chunks_exact_mut(self.outputs)) {
                if *x != 0.0 {
                    add(gradient, *x, out);
                }
            }
        }
        for ((row, back), out) in input
            .chunks_exact(self.inputs)
            .zip(back.chunks_exact_mut(self.inputs))
            .zip(output.chunks_exact(self.outputs))
        {
            for ((x, back), weights) in row.iter().zip(back).zip(matrix.chunks_exact(self.outputs)) {
                if *x != 0.0 {
                    *back = dot(weights, out);
                }
            }
        }
        back
    }
}

/// Adds `x` times `row` to `sum`.
fn add(sum: &mut [f32], x: f32, row: &[f32]) {
    sum.iter_mut().zip(row).for_each(|(sum, value)| *sum += x * value);
}

/// The sum of products, eight sums at a time.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0_f32; 8];
    let (a, rest_a) = a.as_chunks::<8>();
    let (b, rest_b) = b.as_chunks::<8>();
    for (a, b) in a.iter().zip(b) {
        for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
            *sum += a * b;
        }
    }
    sums.iter().sum::<f32>() + rest_a.iter().zip(rest_b).map(|(a, b)| a * b).sum::<f32>()
}

/// A network that learns.
pub struct Learner {
    plan: Plan,
    /// Where each field's rows begin.
    tables: Vec<usize>,
    carried: Option<Place>,
    layers: Vec<Place>,
    head: Place,
    /// Where the chain's scores begin.
    chain: usize,
    /// All weights.
    pub weights: Vec<f32>,
}

/// What a stretch was read as, and what its gradient needs.
pub struct Trace {
    rows: Vec<usize>,
    /// What was carried in, as the product took it.
    carried: Vec<f32>,
    /// The sum of what goes in.
    sums: Vec<f32>,
    /// What goes into the first layer; 0 where it was dropped.
    inputs: Vec<f32>,
    layers: Vec<Pass>,
    /// The states after the last layer.
    pub states: Vec<f32>,
    /// As the head took them.
    active: Vec<f32>,
    scores: Vec<f32>,
}

/// What one layer did.
struct Pass {
    input: Vec<f32>,
    products: Vec<f32>,
    memory: Vec<f32>,
}

/// How much is dropped before the first layer and the head; in the layers half as much.
#[derive(Clone, Copy)]
pub struct Dropout(pub f32);

impl Dropout {
    fn apply(self, share: f32, values: &mut [f32], random: &mut Random) {
        let rate = self.0 * share;
        if rate > 0.0 {
            let kept = 1.0 / (1.0 - rate);
            values.iter_mut().for_each(|x| *x *= if random.unit() < rate { 0.0 } else { kept });
        }
    }

    /// By how much a kept value was raised.
    fn kept(self, share: f32) -> f32 {
        1.0 / (1.0 - self.0 * share)
    }
}

impl Learner {
    /// A network of this shape with random weights.
    pub fn new(plan: Plan, seed: u64) -> Self {
        let mut at = 0;
        let mut take = |n: usize| {
            at += n;
            at - n
        };
        let tables = plan.fields.iter().map(|field| take(field.rows * plan.width)).collect();
        let mut place =
            |inputs: usize, outputs: usize| Place { at: take((inputs + 1) * outputs), inputs, outputs };
        let carried = plan.carries.then(|| place(plan.width, plan.width));
        let layers: Vec<Place> = (0..plan.layers).map(|_| place(plan.width, 2 * plan.width)).collect();
        let head = place(plan.width, plan.labels.len());
        let chain = take(plan.labels.len() * (plan.labels.len() + 1));
        let mut random = Random::new(seed);
        // Twelve uniform numbers add up to nearly a normal one.
        let mut normal = || (0..12).map(|_| random.unit()).sum::<f32>() - 6.0;
        let mut weights = vec![0.0; at];
        let first = carried.map_or_else(|| layers.first().map_or(head.at, |l| l.at), |p| p.at);
        weights[..first].iter_mut().for_each(|w| *w = 0.15 * normal());
        for place in carried.iter().chain(&layers).chain([&head]) {
            let size = 0.6 / (place.inputs as f32).sqrt();
            weights[place.at..place.bias().start].iter_mut().for_each(|w| *w = size * normal());
        }
        for place in &layers {
            // Gates begin rather shut.
            weights[place.bias()].iter_mut().take(plan.width).for_each(|w| *w = -0.5);
        }
        Self { plan, tables, carried, layers, head, chain, weights }
    }

    /// The scores of the chain, with what may not be.
    fn chain(&self) -> (Vec<f32>, Vec<f32>) {
        let labels = self.plan.labels;
        let count = labels.len();
        let scores = &self.weights[self.chain..];
        let allowed = |from: Option<usize>, to: usize, score: f32| {
            if super::crf::bio(labels, from, to) { score } else { NEVER }
        };
        let start = (0..count).map(|to| allowed(None, to, scores[to])).collect();
        let steps =
            (0..count * count).map(|i| allowed(Some(i / count), i % count, scores[count + i])).collect();
        (start, steps)
    }

    /// Reads a stretch as [`Network::read`] does, and scores it.
    pub fn read(&self, tokens: &[u32], carried: &[f32], dropout: Dropout, random: &mut Random) -> Trace {
        let Plan { width, fields, .. } = &self.plan;
        let width = *width;
        let values =
            tokens.chunks_exact(fields.len()).flat_map(|token| fields.iter().zip(token).zip(&self.tables));
        let rows: Vec<usize> = values.map(|((f, value), at)| at + f.row(*value) * width).collect();
        let carried: Vec<f32> = carried.iter().map(|x| x.max(0.0)).collect();
        let mut sums = match self.carried {
            Some(place) => place.multiply(&self.weights, &carried),
            None => vec![0.0; rows.len() / fields.len() * width],
        };
        for (rows, sum) in rows.chunks_exact(fields.len()).zip(sums.chunks_exact_mut(width)) {
            for row in rows {
                add(sum, 1.0, &self.weights[*row..row + width]);
            }
        }
        let mut inputs: Vec<f32> = sums.iter().map(|x| x / (1.0 + x.abs())).collect();
        dropout.apply(1.0, &mut inputs, random);
        let mut states = inputs.clone();
        let mut layers = Vec::with_capacity(self.layers.len());
        for place in &self.layers {
            let mut input: Vec<f32> = states.iter().map(|x| x.max(0.0)).collect();
            dropout.apply(0.5, &mut input, random);
            let products = place.multiply(&self.weights, &input);
            let memory = remember(&products, width);
            add(&mut states, 1.0, &memory);
            layers.push(Pass { input, products, memory });
        }
        let mut active: Vec<f32> = states.iter().map(|x| x.max(0.0)).collect();
        dropout.apply(1.0, &mut active, random);
        let scores = self.head.multiply(&self.weights, &active);
        Trace { rows, carried, sums, inputs, layers, states, active, scores }
    }

    /// Adds to `gradients` the chain's for what was read, whose right labels are `gold`, and returns the scores'. With
    /// it, to be shown, how unlikely the right label of each token is (the sum of −log).
    pub fn loss(&self, trace: &Trace, gold: &[u8], gradients: &mut [f32]) -> (f32, Vec<f32>) {
        let count = self.plan.labels.len();
        let (start, steps) = self.chain();
        let factors = Factors::new(&start, &steps);
        let (mut error, tables) = marginals(&factors, &trace.scores);
        let mut loss = 0.0;
        let mut expected = vec![0.0_f32; count * count];
        for at in 1..gold.len() {
            pairs(&tables, &factors, at, count, &mut expected);
            expected[usize::from(gold[at - 1]) * count + usize::from(gold[at])] -= 1.0;
        }
        for (row, gold) in error.chunks_exact_mut(count).zip(gold) {
            loss -= row[usize::from(*gold)].max(1e-9).ln();
            row[usize::from(*gold)] -= 1.0;
        }
        // What may not be stays so.
        let first = error.get(..count).unwrap_or_default();
        let chain = gradients[self.chain..].iter_mut().zip(start.iter().chain(&steps));
        for ((gradient, score), more) in chain.zip(first.iter().chain(&expected)) {
            *gradient += if *score > NEVER { *more } else { 0.0 };
        }
        (loss, error)
    }

    /// Adds to `gradients` those of the weights, and returns those of the states that were carried in; `scores` and
    /// `states` are those of what was read.
    pub fn back(
        &self,
        trace: &Trace,
        scores: &[f32],
        states: Option<&[f32]>,
        dropout: Dropout,
        gradients: &mut [f32],
    ) -> Vec<f32> {
        let width = self.plan.width;
        let mut back = self.head.back(&self.weights, &trace.active, scores, gradients);
        back.iter_mut().for_each(|x| *x *= dropout.kept(1.0));
        states.into_iter().for_each(|states| add(&mut back, 1.0, states));
        for (place, pass) in self.layers.iter().zip(&trace.layers).rev() {
            let products = forget(pass, &back, width);
            let input = place.back(&self.weights, &pass.input, &products, gradients);
            add(&mut back, dropout.kept(0.5), &input);
        }
        for ((back, x), input) in back.iter_mut().zip(&trace.sums).zip(&trace.inputs) {
            let slope = 1.0 / ((1.0 + x.abs()) * (1.0 + x.abs()));
            *back *= if *input == 0.0 { 0.0 } else { slope * dropout.kept(1.0) };
        }
        for (rows, back) in trace.rows.chunks_exact(self.plan.fields.len()).zip(back.chunks_exact(width)) {
            for row in rows {
                add(&mut gradients[*row..row + width], 1.0, back);
            }
        }
        self.carried
            .map_or_else(Vec::new, |place| place.back(&self.weights, &trace.carried, &back, gradients))
    }

    /// The network's file.
    pub fn write(&self) -> Vec<u8> {
        let Plan { width, labels, fields, .. } = &self.plan;
        let mut body: Vec<u8> =
            [*width, self.layers.len(), labels.len(), fields.len(), self.carried.iter().len()]
                .map(|n| n as u8)
                .to_vec();
        for label in *labels {
            body.push(label.len() as u8);
            body.extend_from_slice(label.as_bytes());
        }
        let (start, steps) = self.chain();
        start.iter().chain(&steps).for_each(|x| body.extend_from_slice(&x.to_le_bytes()));
        let first = self.tables.first().copied().unwrap_or(0);
        let all = fields.iter().map(|f| f.rows * width).sum::<usize>();
        let scale = scale(&self.weights[first..first + all], 2000);
        body.extend_from_slice(&scale.to_le_bytes());
        for (field, at) in fields.iter().zip(&self.tables) {
            body.extend_from_slice(&(field.rows as u32).to_le_bytes());
            body.extend_from_slice(&(field.keys.len() as u32).to_le_bytes());
            field.keys.iter().for_each(|key| body.extend_from_slice(&key.to_le_bytes()));
            body.extend(self.weights[*at..at + field.rows * width].iter().map(|w| byte(*w, scale)));
        }
        for place in self.carried.iter().chain(&self.layers).chain([&self.head]) {
            let matrix = place.matrix(&self.weights);
            let scale = self::scale(matrix, usize::MAX);
            body.extend_from_slice(&scale.to_le_bytes());
            self.weights[place.bias()].iter().for_each(|b| body.extend_from_slice(&b.to_le_bytes()));
            body.extend(matrix.iter().map(|w| byte(*w, scale)));
        }
        crate::tagger::words::file(Network::MAGIC, &body)
    }
}

/// What a weight of 1 stands for in 8 bits, so that all but one in `clipped` keep their size.
fn scale(weights: &[f32], clipped: usize) -> f32 {
    let mut sizes: Vec<f32> = weights.iter().map(|w| w.abs()).collect();
    sizes.sort_by(f32::total_cmp);
    let top = sizes.get(sizes.len().saturating_sub(1 + sizes.len() / clipped)).copied().unwrap_or(1.0);
    top.max(1e-6) / 127.0
}

fn byte(weight: f32, scale: f32) -> u8 {
    ((weight / scale).round().clamp(-127.0, 127.0) as i8).cast_unsigned()
}

/// An algebraic sigmoid.
fn share(x: f32) -> f32 {
    0.5 + 0.5 * x / (1.0 + x * x).sqrt()
}

/// What a layer carries along to each token.
fn remember(products: &[f32], width: usize) -> Vec<f32> {
    let half = width / 2;
    let mut out = vec![0.0; products.len() / 2];
    let mut memory = vec![0.0_f32; half];
    let step = |memory: &mut [f32], gate: &[f32], new: &[f32], out: &mut [f32]| {
        for (((memory, gate), new), out) in memory.iter_mut().zip(gate).zip(new).zip(out) {
            *memory += share(*gate) * (new - *memory);
            *out = *memory;
        }
    };
    for (product, out) in products.chunks_exact(2 * width).zip(out.chunks_exact_mut(width)) {
        step(&mut memory, &product[..half], &product[width..width + half], &mut out[..half]);
    }
    memory.fill(0.0);
    for (product, out) in products.chunks_exact(2 * width).zip(out.chunks_exact_mut(width)).rev() {
        step(&mut memory, &product[half..width], &product[width + half..], &mut out[half..]);
    }
    out
}

/// The gradients of a layer's products, given those of what it carried along.
fn forget(pass: &Pass, back: &[f32], width: usize) -> Vec<f32> {
    let half = width / 2;
    let length = back.len() / width;
    let mut out = vec![0.0; pass.products.len()];
    for side in [0, half] {
        let mut later = vec![0.0_f32; half];
        // The gradient goes against the way that the layer went.
        for i in 0..length {
            let at = if side == 0 { length - 1 - i } else { i };
            let before = if side == 0 { at.checked_sub(1) } else { Some(at + 1).filter(|b| *b < length) };
            for lane in 0..half {
                let (gate, new) = (at * 2 * width + side + lane, at * 2 * width + width + side + lane);
                let x = pass.products[gate];
                let z = share(x);
                let was = before.map_or(0.0, |b| pass.memory[b * width + side + lane]);
                let gradient = back[at * width + side + lane] + later[lane];
                let root = (1.0 + x * x).sqrt();
                out[gate] = gradient * (pass.products[new] - was) * 0.5 / (root * root * root);
                out[new] = gradient * z;
                later[lane] = gradient * (1.0 - z);
            }
        }
    }
    out
}

/// Adam's memory.
pub struct Adam {
    first: Vec<f32>,
    second: Vec<f32>,
    steps: i32,
}

impl Adam {
    /// One for so many weights.
    pub fn new(count: usize) -> Self {
        Self { first: vec![0.0; count], second: vec![0.0; count], steps: 0 }
    }

    /// Changes `weights` against `gradients`, whose size is bounded first.
    pub fn step(&mut self, weights: &mut [f32], gradients: &[f32], rate: f32) {
        const LARGEST: f32 = 50.0;
        let size = dot(gradients, gradients).sqrt();
        let shrink = if size > LARGEST { LARGEST / size } else { 1.0 };
        self.steps += 1;
        let rate = rate * (1.0 - 0.999_f32.powi(self.steps)).sqrt() / (1.0 - 0.9_f32.powi(self.steps));
        for (((weight, gradient), first), second) in
            weights.iter_mut().zip(gradients).zip(&mut self.first).zip(&mut self.second)
        {
            let gradient = gradient * shrink;
            *first += 0.1 * (gradient - *first);
            *second += 0.001 * (gradient * gradient - *second);
            *weight -= rate * *first / (second.sqrt() + 1e-7);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn learner(carries: bool) -> Learner {
        let plan = Plan {
            width: 16,
            layers: 2,
            labels: &["O", "B-x", "I-x"],
            fields: vec![Field::direct(5), Field::keyed(vec![9, 40, 77])],
            carries,
        };
        let mut learner = Learner::new(plan, 3);
        // Steps of the chain that are learnt, and not all alike.
        let chain = learner.chain;
        learner.weights[chain..].iter_mut().enumerate().for_each(|(i, w)| *w = 0.1 * i as f32);
        learner
    }

    const TOKENS: [u32; 10] = [0, 9, 3, 40, 4, 1, 2, 77, 1, 9];
    /// With the same random numbers the same values are dropped.
    const DROPOUT: Dropout = Dropout(0.3);
    const GOLD: [u8; 5] = [0, 1, 2, 0, 1];

    fn carried() -> Vec<f32> {
        (0..80).map(|i| (i as f32 * 0.37).sin()).collect()
    }

    /// The chain's whole loss: the log of the sum over all sequences, less the right one's score.
    fn loss(learner: &Learner, carried: &[f32]) -> f64 {
        likelihood(learner, &learner.read(&TOKENS, carried, DROPOUT, &mut Random::new(1)))
    }

    fn likelihood(learner: &Learner, trace: &Trace) -> f64 {
        let (start, steps) = learner.chain();
        let score = |labels: &[usize]| -> f64 {
            let mut sum = f64::from(start[labels[0]]);
            for (at, label) in labels.iter().enumerate() {
                sum += f64::from(trace.scores[at * 3 + label]);
                sum += if at > 0 { f64::from(steps[labels[at - 1] * 3 + label]) } else { 0.0 };
            }
            sum
        };
        let all = (0..243_usize).map(|n| score(&[n % 3, n / 3 % 3, n / 9 % 3, n / 27 % 3, n / 81]).exp());
        all.sum::<f64>().ln() - score(&GOLD.map(usize::from))
    }

    #[test]
    fn gradients_are_those_of_the_loss() {
        for carries in [false, true] {
            let mut learner = learner(carries);
            let mut input = if carries { carried() } else { Vec::new() };
            let trace = learner.read(&TOKENS, &input, DROPOUT, &mut Random::new(1));
            let mut gradients = vec![0.0; learner.weights.len()];
            let (_, scores) = learner.loss(&trace, &GOLD, &mut gradients);
            let back = learner.back(&trace, &scores, None, DROPOUT, &mut gradients);
            let mut wrong = Vec::new();
            let mut check = |what: String, got: f32, around: [f64; 2]| {
                let want = (around[0] - around[1]) / 0.004;
                if (f64::from(got) - want).abs() > 2e-3 + 0.02 * want.abs() {
                    wrong.push(format!("{what}: {got} for {want}"));
                }
            };
            for (at, gradient) in gradients.iter().enumerate() {
                let kept = learner.weights[at];
                let around = [0.002, -0.002].map(|by| {
                    learner.weights[at] = kept + by;
                    loss(&learner, &input)
                });
                learner.weights[at] = kept;
                let what = if at < learner.chain { "weight" } else { "chain" };
                check(format!("{what} {at}"), *gradient, around);
            }
            for at in 0..back.len() {
                let kept = input[at];
                let around = [0.002, -0.002].map(|by| {
                    input[at] = kept + by;
                    loss(&learner, &input)
                });
                input[at] = kept;
                check(format!("carried {at}"), back[at], around);
            }
            // A state near 0 has one slope on either side; the chain has none.
            assert!(
                wrong.len() < 40 && wrong.iter().all(|w| !w.starts_with("chain")),
                "{} of {}: {wrong:?}",
                wrong.len(),
                gradients.len()
            );
        }
    }

    #[test]
    fn the_file_computes_what_was_learnt() {
        let learner = learner(true);
        let bytes = learner.write();
        let network = Network::load(&bytes).unwrap();
        let trace = learner.read(&TOKENS, &carried(), Dropout(0.0), &mut Random::new(1));
        let states = network.read(&TOKENS, &carried());
        let scores = network.score(&states);
        for (got, want) in states.iter().zip(&trace.states).chain(scores.iter().zip(&trace.scores)) {
            assert!((got - want).abs() < 0.05, "{got} for {want}");
        }
        // A damaged file is refused; one that was made so and looks whole is read without harm.
        let header = Network::MAGIC.len() + 8;
        for at in 0..bytes.len() {
            let mut bad = bytes.clone();
            bad[at] ^= 0x55;
            assert!(Network::load(&bad).is_err(), "byte {at}");
            assert!(Network::load(&bytes[..at]).is_err());
            let bad = crate::tagger::words::file(Network::MAGIC, bad.get(header..).unwrap_or_default());
            if let Ok(network) = Network::load(&bad) {
                network.score(&network.read(&TOKENS, &carried()));
            }
        }
    }

    #[test]
    fn gradients_go_back_through_what_was_carried() {
        let (mut first, second) = (learner(false), learner(true));
        let both = |first: &Learner| {
            let read = first.read(&TOKENS, &[], Dropout(0.0), &mut Random::new(1));
            let trace = second.read(&TOKENS, &read.states, Dropout(0.0), &mut Random::new(1));
            (read, trace)
        };
        let (read, trace) = both(&first);
        let (mut of_first, mut of_second) = (vec![0.0; first.weights.len()], vec![0.0; second.weights.len()]);
        let (_, scores) = second.loss(&trace, &GOLD, &mut of_second);
        let states = second.back(&trace, &scores, None, Dropout(0.0), &mut of_second);
        first.back(&read, &[0.0; 15], Some(&states), Dropout(0.0), &mut of_first);
        let mut wrong = 0;
        for (at, gradient) in of_first.iter().enumerate() {
            let kept = first.weights[at];
            let around = [0.002, -0.002].map(|by| {
                first.weights[at] = kept + by;
                likelihood(&second, &both(&first).1)
            });
            first.weights[at] = kept;
            let want = (around[0] - around[1]) / 0.004;
            wrong += usize::from((f64::from(*gradient) - want).abs() > 2e-3 + 0.02 * want.abs());
        }
        assert!(wrong < 40, "{wrong} of {}", of_first.len());
        assert!(of_first.iter().any(|gradient| gradient.abs() > 0.01));
    }
}
