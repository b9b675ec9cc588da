//! A small recurrent network that reads a stretch of text in both directions and labels its tokens.
//!
//! A token is a row of *fields*: its word, its part of speech, how it hangs in the tree. Each field has a table of
//! vectors; a token's input is their sum. Layers of minimal gated recurrent units (Feng et al. 2024, "Were RNNs All
//! We Needed?") add to it what they carry along, half of each layer from the left and half from the right: of every
//! token a layer takes in a share `z` of something new, `state = state + z · (new − state)`, where both come from that
//! token alone, so that the products of matrices need no order. A last product scores the labels, which hang together
//! in a [`Chain`]. What the layers made of each token (its *state*) can be carried into another network.
//!
//! Weights have 8 bits; products of matrices are sums of integers, and of floating-point numbers only sums, products,
//! quotients and square roots are used, each in a fixed order, so that every machine gives the same answer.
//!
//! The file, all numbers little-endian: [`Network::MAGIC`]; the checksum of what follows (8 bytes, FNV-1a); five
//! bytes: how wide a state is, how many layers, labels and fields there are, and whether states are carried in; for
//! each label a byte of length and its name; the chain's scores (`f32`: L for the start, L·L for steps); the
//! scale of the tables (`f32`); for each field how many rows and how many keys it has (4 bytes each), its keys (4
//! bytes each, ascending) and its rows (`i8`); then the matrices (that for carried states, if any; one for each layer;
//! that for the labels), each a scale (`f32`), a bias for each output (`f32`) and its weights (`i8`, input by input).

use super::ModelError;
use super::chain::Chain;
use super::model::Reader;
use super::words::checked;
use bytemuck::cast;
use wide::{f32x8, i16x8, i32x4, i32x8};

/// Numbers that are worked on at a time.
const LANES: usize = 8;

/// Outputs of a matrix that are summed up at a time.
const BLOCK: usize = 32;

/// What a state of 1 is among the integers that are multiplied.
const ONE: f32 = 512.0;

/// The largest input of a product.
const MOST: f32 = 32_767.0;

/// Wider than any state, whose width is a byte. Sums of so many products fit 32 bits.
const WIDEST: usize = 256;

/// A network, with its weights.
pub struct Network<'a> {
    labels: Vec<&'a str>,
    chain: Chain,
    width: usize,
    scale: f32,
    fields: Vec<Field<'a>>,
    carried: Option<Matrix>,
    layers: Vec<Matrix>,
    head: Matrix,
}

/// The table of one field.
struct Field<'a> {
    /// The values that have rows, ascending; the first row is for all others. Without keys a value is its row.
    keys: Vec<u32>,
    rows: &'a [u8],
}

/// A matrix of weights of 8 bits, with what is added to its products.
struct Matrix {
    scale: f32,
    bias: Vec<f32>,
    /// How many pairs of inputs there are.
    pairs: usize,
    /// For each block of outputs and each pair of inputs the pair's weights, output by output.
    weights: Vec<i16x8>,
}

impl<'a> Reader<'a> {
    fn field(&mut self, width: usize) -> Result<Field<'a>, ModelError> {
        let [rows, keys] =
            [u32::from_le_bytes(self.bytes()?) as usize, u32::from_le_bytes(self.bytes()?) as usize];
        let bytes = self.take(keys.checked_mul(4).ok_or(ModelError::Length)?)?;
        let keys: Vec<u32> = bytes.as_chunks().0.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect();
        let rows = self.take(rows.checked_mul(width).ok_or(ModelError::Length)?)?;
        if rows.is_empty() || (!keys.is_empty() && rows.len() != (keys.len() + 1) * width) {
            return Err(ModelError::Content);
        }
        if keys.is_sorted_by(|a, b| a < b) { Ok(Field { keys, rows }) } else { Err(ModelError::Content) }
    }

    fn matrix(&mut self, inputs: usize, outputs: usize) -> Result<Matrix, ModelError> {
        let scale = self.f32()?;
        let bias = self.floats(outputs)?;
        let bytes = self.take(inputs * outputs)?;
        let weight = |input: usize, output: usize| {
            let byte = if output < outputs { bytes.get(input * outputs + output).copied() } else { None };
            i16::from(byte.unwrap_or(0).cast_signed())
        };
        let mut weights = Vec::with_capacity(inputs * outputs.next_multiple_of(BLOCK) / 8);
        for block in (0..outputs).step_by(BLOCK) {
            for input in (0..inputs).step_by(2) {
                weights.extend((block..block + BLOCK).step_by(4).map(|output| {
                    i16x8::new(std::array::from_fn(|i| weight(input + i % 2, output + i / 2)))
                }));
            }
        }
        Ok(Matrix { scale, bias, pairs: inputs / 2, weights })
    }
}

impl<'a> Network<'a> {
    /// What the file begins with: its kind and its version.
    pub const MAGIC: [u8; 8] = *b"ASCRNET1";

    /// Reads a network; its tables in place.
    ///
    /// # Errors
    /// Where the bytes are not a whole, undamaged network of this version.
    pub fn load(bytes: &'a [u8]) -> Result<Self, ModelError> {
        let mut reader = Reader(checked(bytes, Self::MAGIC)?);
        let [width, layers, labels, fields, carried] = reader.bytes()?.map(usize::from);
        if width == 0 || width % (2 * LANES) != 0 || labels == 0 || carried > 1 {
            return Err(ModelError::Content);
        }
        let labels = (0..labels)
            .map(|_| {
                let [length] = reader.bytes()?;
                std::str::from_utf8(reader.take(usize::from(length))?).map_err(|_| ModelError::Content)
            })
            .collect::<Result<Vec<_>, _>>()?;
        let chain = Chain::new(reader.floats(labels.len())?, reader.floats(labels.len() * labels.len())?);
        let scale = reader.f32()?;
        let fields = (0..fields).map(|_| reader.field(width)).collect::<Result<Vec<_>, _>>()?;
        let carried = if carried == 1 { Some(reader.matrix(width, width)?) } else { None };
        let layers = (0..layers).map(|_| reader.matrix(width, 2 * width)).collect::<Result<Vec<_>, _>>()?;
        let head = reader.matrix(width, labels.len())?;
        if !reader.0.is_empty() {
            return Err(ModelError::Length);
        }
        Ok(Self { labels, chain, width, scale, fields, carried, layers, head })
    }

    /// The labels' names; everything else counts labels by their place here.
    pub fn labels(&self) -> &[&'a str] {
        &self.labels
    }

    /// How the labels hang together.
    pub fn chain(&self) -> &Chain {
        &self.chain
    }

    /// How many numbers a state has.
    pub fn width(&self) -> usize {
        self.width
    }

    /// How many fields a token has, and whether states are carried in.
    pub fn takes(&self) -> (usize, bool) {
        (self.fields.len(), self.carried.is_some())
    }

    /// Reads a stretch: of its `tokens`, a value for each field, it makes a state for each. `carried` are another
    /// network's states of the same tokens, where this one was made to take them.
    pub fn read(&self, tokens: &[u32], carried: &[f32]) -> Vec<f32> {
        let mut states = self.inputs(tokens, carried);
        let mut products = vec![0.0; 2 * states.len()];
        let mut input = Input::new();
        for layer in &self.layers {
            for (state, product) in
                states.chunks_exact(self.width).zip(products.chunks_exact_mut(2 * self.width))
            {
                input.take(state);
                layer.multiply(&input, product);
            }
            pass(&mut states, &products, self.width);
        }
        states
    }

    /// Scores the labels of every token from its state: a row of one score a label for each.
    pub fn score(&self, states: &[f32]) -> Vec<f32> {
        let mut scores = vec![0.0; states.len() / self.width * self.labels.len()];
        let mut input = Input::new();
        for (state, row) in states.chunks_exact(self.width).zip(scores.chunks_exact_mut(self.labels.len())) {
            input.take(state);
            self.head.multiply(&input, row);
        }
        scores
    }

    /// What goes into the first layer.
    fn inputs(&self, tokens: &[u32], carried: &[f32]) -> Vec<f32> {
        let count = tokens.len() / self.fields.len().max(1);
        let mut inputs = vec![0.0; count * self.width];
        let mut sum = vec![0_i16; self.width];
        let mut input = Input::new();
        let mut product = vec![0.0; self.width];
        let mut carried = carried.chunks_exact(self.width);
        for (token, out) in
            tokens.chunks_exact(self.fields.len().max(1)).zip(inputs.chunks_exact_mut(self.width))
        {
            sum.fill(0);
            for (field, value) in self.fields.iter().zip(token) {
                let row = field.row(*value, self.width);
                sum.iter_mut().zip(row).for_each(|(sum, weight)| *sum += i16::from(weight.cast_signed()));
            }
            if let (Some(matrix), Some(state)) = (&self.carried, carried.next()) {
                input.take(state);
                matrix.multiply(&input, &mut product);
            }
            for ((out, sum), product) in out.iter_mut().zip(&sum).zip(&product) {
                let x = f32::from(*sum) * self.scale + product;
                *out = x / (1.0 + x.abs());
            }
        }
        inputs
    }
}

impl Field<'_> {
    fn row(&self, value: u32, width: usize) -> &[u8] {
        let row = if self.keys.is_empty() {
            value as usize
        } else {
            self.keys.binary_search(&value).map_or(0, |at| at + 1)
        };
        self.rows.chunks_exact(width).nth(row).or_else(|| self.rows.get(..width)).unwrap_or_default()
    }
}

impl Matrix {
    /// The product with `input`.
    fn multiply(&self, input: &Input, output: &mut [f32]) {
        let scale = f32x8::splat(self.scale / ONE);
        let blocks = self.weights.chunks_exact((BLOCK / 4 * self.pairs).max(1));
        for ((weights, output), bias) in blocks.zip(output.chunks_mut(BLOCK)).zip(self.bias.chunks(BLOCK)) {
            let weights = weights.as_chunks::<{ BLOCK / 4 }>().0;
            let mut sums = [i32x4::ZERO; BLOCK / 4];
            for (at, pair) in input.pairs.iter().take(input.count) {
                let Some(weights) = weights.get(*at as usize) else { continue };
                let pair: i16x8 = cast(i32x4::splat(*pair));
                for (sum, weights) in sums.iter_mut().zip(weights) {
                    *sum += pair.dot(*weights);
                }
            }
            let sums: [i32x8; BLOCK / LANES] = cast(sums);
            let sums: [f32; BLOCK] = cast(sums.map(|sum| f32x8::from_i32x8(sum) * scale));
            for ((output, sum), bias) in output.iter_mut().zip(sums).zip(bias) {
                *output = sum + bias;
            }
        }
    }
}

/// What of a state goes into a product: what is above 0, as integers, two at a time. Where both are 0 there is nothing to
/// add up, which is often so.
struct Input {
    /// Each with its place.
    pairs: [(u32, i32); WIDEST / 2],
    count: usize,
}

impl Input {
    fn new() -> Self {
        Self { pairs: [(0, 0); WIDEST / 2], count: 0 }
    }

    fn take(&mut self, state: &[f32]) {
        self.count = 0;
        for (at, lanes) in (0..).step_by(LANES / 2).zip(state.as_chunks::<LANES>().0) {
            let scaled = f32x8::from(*lanes) * f32x8::splat(ONE);
            let bounded = scaled.fast_max(f32x8::ZERO).fast_min(f32x8::splat(MOST));
            let pairs: [i32; LANES / 2] = cast(i16x8::from_i32x8_saturate(bounded.fast_round_int()));
            for (at, pair) in (at..).zip(pairs) {
                // Without a branch: no processor could foresee it.
                self.pairs[self.count % (WIDEST / 2)] = (at, pair);
                self.count += usize::from(pair != 0);
            }
        }
    }
}

/// Adds to `states` what a layer carries along, in its first half from the left, in the other from the right.
fn pass(states: &mut [f32], products: &[f32], width: usize) {
    let half = width / 2;
    let mut memory = vec![0.0; half];
    for (state, product) in states.chunks_exact_mut(width).zip(products.chunks_exact(2 * width)) {
        step(&mut memory, &product[..half], &product[width..width + half], &mut state[..half]);
    }
    memory.fill(0.0);
    for (state, product) in states.chunks_exact_mut(width).zip(products.chunks_exact(2 * width)).rev() {
        step(&mut memory, &product[half..width], &product[width + half..], &mut state[half..]);
    }
}

/// Takes a share of something new into the memory, and adds the memory to the state.
fn step(memory: &mut [f32], gate: &[f32], new: &[f32], state: &mut [f32]) {
    for (((memory, gate), new), state) in (memory.as_chunks_mut::<LANES>().0.iter_mut())
        .zip(gate.as_chunks::<LANES>().0)
        .zip(new.as_chunks::<LANES>().0)
        .zip(state.as_chunks_mut::<LANES>().0)
    {
        let before = f32x8::from(*memory);
        let after = before + share(f32x8::from(*gate)) * (f32x8::from(*new) - before);
        *memory = after.to_array();
        *state = (f32x8::from(*state) + after).to_array();
    }
}

/// A share between 0 and 1: an algebraic sigmoid, `(1 + x / √(1 + x²)) / 2`.
fn share(x: f32x8) -> f32x8 {
    let half = f32x8::splat(0.5);
    half + half * x / (f32x8::ONE + x * x).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn network() -> Network<'static> {
        Network::load(include_bytes!("../../models/quotes-cues.bin")).unwrap()
    }

    proptest! {
        /// Whatever the fields hold, every token has a state of ordinary numbers.
        #[test]
        fn any_fields_are_read(fields in prop::collection::vec(any::<u32>(), 0..400)) {
            let network = network();
            let tokens = fields.len() / network.fields.len();
            let states = network.read(&fields, &[]);
            prop_assert_eq!(states.len(), tokens * network.width());
            prop_assert!(states.iter().all(|x| x.is_finite()));
            prop_assert_eq!(network.score(&states).len(), tokens * network.labels().len());
        }

        /// A product of integers is what a plain sum gives.
        #[test]
        fn products_are_sums(state in prop::collection::vec(-2.0_f32..2.0, 16), weights in prop::collection::vec(any::<i8>(), 16 * 40)) {
            let mut bytes = 0.25_f32.to_le_bytes().to_vec();
            (0..40).for_each(|i| bytes.extend((i as f32).to_le_bytes()));
            bytes.extend(weights.iter().map(|w| w.cast_unsigned()));
            let matrix = Reader(&bytes).matrix(16, 40).unwrap();
            let mut input = Input::new();
            input.take(&state);
            let mut product = [0.0; 40];
            matrix.multiply(&input, &mut product);
            for (output, got) in product.iter().enumerate() {
                let sum: i32 = (0..16)
                    .map(|i| (state[i].max(0.0) * ONE).round_ties_even() as i32 * i32::from(weights[i * 40 + output]))
                    .sum();
                let want = sum as f32 * (0.25 / ONE) + output as f32;
                prop_assert!((got - want).abs() <= 1e-3 * want.abs().max(1.0), "{} for {}", got, want);
            }
        }
    }

    #[test]
    fn what_was_never_seen_has_a_row() {
        let field = Field { keys: vec![3, 8], rows: &[0, 1, 2] };
        assert_eq!([3, 8, 5, u32::MAX].map(|value| field.row(value, 1)), [&[1], &[2], &[0], &[0]]);
        let field = Field { keys: Vec::new(), rows: &[7, 8] };
        assert_eq!([0, 1, 2, u32::MAX].map(|value| field.row(value, 1)), [&[7], &[8], &[7], &[7]]);
    }
}
