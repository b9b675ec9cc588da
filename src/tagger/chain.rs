//! The chain of labels of a sentence: how likely each is to follow each, the best sequence of them, and the
//! probability of each.
//!
//! Whatever scores single tokens ("emissions", a row of one score a label for each token), the labels of a
//! sentence hang together so: a linear-chain conditional random field (Lafferty, McCallum and Pereira 2001). `exp` is
//! `libm`'s, so that every machine gives the same answer.

/// How labels follow each other.
pub struct Chain {
    start: Vec<f32>,
    /// `steps[from * L + to]`
    steps: Vec<f32>,
    factors: Factors,
}

impl Chain {
    /// The scores of each label at the start, and of each (`from * L + to`) after each.
    pub fn new(start: Vec<f32>, steps: Vec<f32>) -> Self {
        let factors = Factors::new(&start, &steps);
        Self { start, steps, factors }
    }

    /// The best sequence of labels for one sentence's emissions (Viterbi 1967).
    pub fn decode(&self, emissions: &[f32]) -> Vec<u8> {
        let count = self.start.len();
        let length = emissions.len() / count;
        if length == 0 {
            return Vec::new();
        }
        let mut best: Vec<f32> = self.start.iter().zip(emissions).map(|(a, b)| a + b).collect();
        let mut next = vec![0.0; count];
        let mut back = vec![0_u8; length * count];
        let mut origin = vec![0_u32; count];
        for (row, back) in emissions.chunks_exact(count).zip(back.chunks_exact_mut(count)).skip(1) {
            next.fill(f32::NEG_INFINITY);
            origin.fill(0);
            for (from, (score, steps)) in (0_u32..).zip(best.iter().zip(self.steps.chunks_exact(count))) {
                for ((top, origin), step) in next.iter_mut().zip(&mut origin).zip(steps) {
                    let score = score + step;
                    *origin = if score > *top { from } else { *origin };
                    *top = if score > *top { score } else { *top };
                }
            }
            next.iter_mut().zip(row).for_each(|(next, emission)| *next += emission);
            back.iter_mut().zip(&origin).for_each(|(back, origin)| *back = *origin as u8);
            std::mem::swap(&mut best, &mut next);
        }
        let mut label = argmax(&best);
        let mut out = vec![0; length];
        for at in (0..length).rev() {
            out[at] = label as u8;
            label = usize::from(back[at * count + label]);
        }
        out
    }

    /// For each token of one sentence, the probability of each label (forward and backward, scaled as in
    /// Rabiner 1989, section V.A).
    pub fn marginals(&self, emissions: &[f32]) -> Vec<f32> {
        marginals(&self.factors, emissions).0
    }
}

fn argmax(scores: &[f32]) -> usize {
    let mut best = 0;
    for (at, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = at;
        }
    }
    best
}

/// What forward and backward leave behind, each row scaled to sum to 1; training needs it.
pub(crate) struct Tables {
    /// Forward scores.
    pub forward: Vec<f32>,
    /// Backward scores.
    pub backward: Vec<f32>,
    /// `exp` of the emissions, less each token's best.
    pub potentials: Vec<f32>,
}

/// `exp` of what is the same for every sentence.
pub(crate) struct Factors {
    /// From the start to each label.
    start: Vec<f32>,
    /// From each label to each.
    pub steps: Vec<f32>,
}

impl Factors {
    pub(crate) fn new(start: &[f32], transitions: &[f32]) -> Self {
        let exp = |weights: &[f32]| weights.iter().map(|w| libm::expf(*w)).collect();
        Self { start: exp(start), steps: exp(transitions) }
    }
}

/// The marginals of a chain, and the tables that they come from.
pub(crate) fn marginals(factors: &Factors, emissions: &[f32]) -> (Vec<f32>, Tables) {
    let count = factors.start.len();
    let length = emissions.len() / count;
    let mut tables = Tables {
        forward: vec![0.0; emissions.len()],
        backward: vec![0.0; emissions.len()],
        potentials: vec![0.0; emissions.len()],
    };
    for (row, out) in emissions.chunks_exact(count).zip(tables.potentials.chunks_exact_mut(count)) {
        let top = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        for (o, e) in out.iter_mut().zip(row) {
            *o = libm::expf(e - top);
        }
    }
    for at in 0..length {
        let (done, rest) = tables.forward.split_at_mut(at * count);
        let here = &mut rest[..count];
        if at == 0 {
            here.copy_from_slice(&factors.start);
        } else {
            let before = &done[(at - 1) * count..];
            for (before, steps) in before.iter().zip(factors.steps.chunks_exact(count)) {
                here.iter_mut().zip(steps).for_each(|(here, step)| *here += before * step);
            }
        }
        here.iter_mut()
            .zip(&tables.potentials[at * count..])
            .for_each(|(here, potential)| *here *= potential);
        scale(here);
    }
    for at in (0..length).rev() {
        let (rest, done) = tables.backward.split_at_mut((at + 1) * count);
        let here = &mut rest[at * count..];
        if at + 1 == length {
            here.fill(1.0 / count as f32);
            continue;
        }
        let potentials = &tables.potentials[(at + 1) * count..];
        for (from, out) in here.iter_mut().enumerate() {
            *out = (0..count).map(|to| factors.steps[from * count + to] * potentials[to] * done[to]).sum();
        }
        scale(here);
    }
    let mut out: Vec<f32> = tables.forward.iter().zip(&tables.backward).map(|(a, b)| a * b).collect();
    out.chunks_exact_mut(count).for_each(scale);
    (out, tables)
}

fn scale(row: &mut [f32]) {
    let sum: f32 = row.iter().sum();
    if sum > 0.0 {
        row.iter_mut().for_each(|x| *x /= sum);
    } else {
        let even = 1.0 / row.len() as f32;
        row.fill(even);
    }
}
