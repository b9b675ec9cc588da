//! A trained model: its file, and how it labels a sentence.
//!
//! The file is read in place; loading checks its length, header and checksum, and copies only the transitions.
//! All numbers are little-endian.
//!
//! | part | size | holds |
//! | --- | --- | --- |
//! | magic | 4 | `ASCR` |
//! | version | 2 | [`VERSION`] |
//! | L | 2 | how many labels |
//! | bucket bits | 4 | a feature is found in one of `2^bits` buckets, by the high bits of its hash |
//! | rows | 4 | how many features have weights |
//! | scale | 4 | `f32`: what a weight of 1 stands for |
//! | length | 4 | of the whole file |
//! | checksum | 8 | FNV-1a of everything after it |
//! | names | | for each label, a byte of length and its name |
//! | transitions | 4·(L + L·L) | `f32`: from the start to each label, then from each label to each |
//! | buckets | 4·(2^bits + 1) | where each bucket's rows begin |
//! | fingerprints | 2·rows | the low 16 bits of each feature's hash |
//! | weights | L·rows | `i8` |
//!
//! Sums of emissions are integers and `exp` is `libm`'s, so that every machine gives the same answer.

use super::Feature;
use super::chain::Chain;
use std::fmt;
use wide::{i8x16, i16x16};

const MAGIC: &[u8; 4] = b"ASCR";
const VERSION: u16 = 1;
#[cfg(feature = "train")]
const HEADER: usize = 32;

/// Why bytes are no model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModelError {
    /// They don't begin as a model does.
    Magic,
    /// Another version of the format.
    Version(u16),
    /// They are shorter or longer than the header says, or end inside a part.
    Length,
    /// They were changed: the checksum differs.
    Checksum,
    /// A part holds what it can't: no label, a bucket out of order, a number that isn't finite.
    Content,
}

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Magic => f.write_str("not a model file"),
            Self::Version(v) => {
                write!(f, "a model of format {v}; this engine reads {VERSION}: train it again")
            }
            Self::Length => f.write_str("the model file is cut short or too long"),
            Self::Checksum => f.write_str("the model file is damaged"),
            Self::Content => f.write_str("the model file contradicts itself"),
        }
    }
}

impl std::error::Error for ModelError {}

/// How many features are looked up at a time. The sum of so many weights fits 16 bits.
const CHUNK: usize = 64;

/// A linear-chain model over a file's bytes.
pub struct Model<'a> {
    labels: Vec<&'a str>,
    chain: Chain,
    scale: f32,
    bits: u32,
    buckets: &'a [u8],
    /// And what follows them, so that a vector of them can be read anywhere.
    fingerprints: &'a [u8],
    weights: &'a [u8],
}

/// Reads a file's parts one after the other.
pub(super) struct Reader<'a>(pub &'a [u8]);

impl<'a> Reader<'a> {
    pub(super) fn take(&mut self, n: usize) -> Result<&'a [u8], ModelError> {
        let (head, rest) = self.0.split_at_checked(n).ok_or(ModelError::Length)?;
        self.0 = rest;
        Ok(head)
    }

    pub(super) fn bytes<const N: usize>(&mut self) -> Result<[u8; N], ModelError> {
        let (head, rest) = self.0.split_first_chunk().ok_or(ModelError::Length)?;
        self.0 = rest;
        Ok(*head)
    }

    fn u32(&mut self) -> Result<u32, ModelError> {
        Ok(u32::from_le_bytes(self.bytes()?))
    }

    fn u16(&mut self) -> Result<u16, ModelError> {
        Ok(u16::from_le_bytes(self.bytes()?))
    }

    pub(super) fn f32(&mut self) -> Result<f32, ModelError> {
        let x = f32::from_le_bytes(self.bytes()?);
        if x.is_finite() { Ok(x) } else { Err(ModelError::Content) }
    }

    /// So many numbers.
    pub(super) fn floats(&mut self, n: usize) -> Result<Vec<f32>, ModelError> {
        (0..n).map(|_| self.f32()).collect()
    }
}

/// The `index`th number of a list of them; 0 beyond its end.
fn le_u32(bytes: &[u8], index: usize) -> u32 {
    bytes.get(4 * index..4 * index + 4).map_or(0, |b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}

impl<'a> Model<'a> {
    /// Reads a model in place.
    ///
    /// # Errors
    /// Where the bytes are not a whole, undamaged model of this version.
    pub fn load(bytes: &'a [u8]) -> Result<Self, ModelError> {
        let mut reader = Reader(bytes);
        if reader.take(4)? != MAGIC {
            return Err(ModelError::Magic);
        }
        let version = reader.u16()?;
        if version != VERSION {
            return Err(ModelError::Version(version));
        }
        let count = usize::from(reader.u16()?);
        let bits = reader.u32()?;
        let rows = reader.u32()? as usize;
        let scale = reader.f32()?;
        if reader.u32()? as usize != bytes.len() {
            return Err(ModelError::Length);
        }
        let checksum = reader.take(8)?;
        if checksum != fnv(reader.0).to_le_bytes() {
            return Err(ModelError::Checksum);
        }
        if count == 0 || count > 255 || bits == 0 || bits > 24 || rows > bytes.len() {
            return Err(ModelError::Content);
        }
        let mut labels = Vec::with_capacity(count);
        for _ in 0..count {
            let length = usize::from(reader.take(1)?[0]);
            labels.push(std::str::from_utf8(reader.take(length)?).map_err(|_| ModelError::Content)?);
        }
        let chain = Chain::new(reader.floats(count)?, reader.floats(count * count)?);
        let buckets = reader.take(4 * ((1 << bits) + 1))?;
        let fingerprints = reader.0;
        reader.take(2 * rows)?;
        let weights = reader.take(count * rows)?;
        let ordered = (0..1 << bits).all(|b| le_u32(buckets, b) <= le_u32(buckets, b + 1));
        if !ordered || le_u32(buckets, 1 << bits) as usize != rows {
            return Err(ModelError::Content);
        }
        if !reader.0.is_empty() {
            return Err(ModelError::Length);
        }
        Ok(Self { labels, chain, scale, bits, buckets, fingerprints, weights })
    }

    /// The labels' names; everything else counts labels by their place here.
    pub fn labels(&self) -> &[&'a str] {
        &self.labels
    }

    /// Scores one token: appends to `emissions` a score for each label.
    pub fn emit(&self, features: &[Feature], emissions: &mut Vec<f32>) {
        // Sums of a fixed length are vectors, and need no loop.
        match self.labels.len() {
            0..=8 => self.sum::<8>(features, emissions),
            9..=24 => self.sum::<24>(features, emissions),
            _ => self.sum::<256>(features, emissions),
        }
    }

    /// [`emit`](Self::emit) for at most `N` labels. A row is read as if it had `N` weights; what stands behind it
    /// is summed up too, and left out in the end.
    fn sum<const N: usize>(&self, features: &[Feature], emissions: &mut Vec<f32>) {
        let count = self.labels.len();
        let mut sums = [0_i32; N];
        for features in features.chunks(CHUNK) {
            let mut rows = [0; CHUNK];
            let found = self.rows(features, &mut rows);
            let mut part = [0_i16; N];
            for row in rows.iter().take(found) {
                let weights = self.weights.get(row * count..).unwrap_or_default();
                let mut padded = [0; N];
                let weights = weights.first_chunk().unwrap_or_else(|| {
                    padded.iter_mut().zip(weights).for_each(|(padded, weight)| *padded = *weight);
                    &padded
                });
                for (sum, weight) in part.iter_mut().zip(weights) {
                    *sum += i16::from(weight.cast_signed());
                }
            }
            sums.iter_mut().zip(part).for_each(|(sum, part)| *sum += i32::from(part));
        }
        emissions.extend(sums.iter().take(count).map(|s| *s as f32 * self.scale));
    }

    /// Puts the rows of the features that have one into `rows`, in order, and says how many. No branch hangs on
    /// whether there is one: no processor could foresee it.
    fn rows(&self, features: &[Feature], rows: &mut [usize; CHUNK]) -> usize {
        let mut found = 0;
        for feature in features {
            let key = feature.key();
            let bucket = (key >> (64 - self.bits)) as usize;
            let Some(ends) = self.buckets.get(4 * bucket..4 * bucket + 8) else { continue };
            let (from, to) = (le_u32(ends, 0) as usize, le_u32(ends, 1) as usize);
            let row = self.find(key as u16, from, to);
            rows[found % CHUNK] = row;
            found += usize::from(row < to);
        }
        found
    }

    /// The first row between `from` and `to` with this fingerprint; where there is none, one from `to` on.
    fn find(&self, print: u16, from: usize, to: usize) -> usize {
        let near = self.fingerprints.get(2 * from..).and_then(<[u8]>::first_chunk::<32>);
        if let Some(near) = near.filter(|_| to - from <= 16) {
            let equal = bytemuck::cast::<_, i16x16>(*near).simd_eq(i16x16::splat(print.to_le() as i16));
            let equal = i8x16::from_i16x16_saturate(equal).to_bitmask();
            return from + (equal | 1 << 16).trailing_zeros() as usize;
        }
        let prints = self.fingerprints.get(2 * from..2 * to).unwrap_or_default();
        from + prints.chunks_exact(2).take_while(|p| **p != print.to_le_bytes()).count()
    }

    /// The best sequence of labels for one sentence's emissions.
    pub fn decode(&self, emissions: &[f32]) -> Vec<u8> {
        self.chain.decode(emissions)
    }

    /// For each token of one sentence, the probability of each label.
    pub fn marginals(&self, emissions: &[f32]) -> Vec<f32> {
        self.chain.marginals(emissions)
    }
}

/// The FNV-1a hash of bytes.
pub(super) fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3))
}

/// Writes a model's file from real-valued weights: a row of one weight a label for each feature.
///
/// Weights are rounded to 8 bits; rows that round to nothing are left out.
#[cfg(feature = "train")]
pub(crate) fn write(
    labels: &[&str],
    start: &[f32],
    transitions: &[f32],
    rows: &[(Feature, Vec<f32>)],
) -> Vec<u8> {
    let mut sizes: Vec<f32> =
        rows.iter().flat_map(|(_, w)| w).map(|w| w.abs()).filter(|w| *w > 0.0).collect();
    sizes.sort_by(f32::total_cmp);
    // The few largest weights are clipped, so that the many others keep their precision.
    let top = sizes.get(sizes.len().saturating_sub(1 + sizes.len() / 2000)).copied().unwrap_or(1.0);
    let scale = top / 127.0;
    let mut kept: Vec<(u64, Vec<u8>)> = rows
        .iter()
        .map(|(feature, row)| {
            let bytes = row.iter().map(|w| ((w / scale).round().clamp(-127.0, 127.0) as i8).cast_unsigned());
            (feature.key(), bytes.collect::<Vec<u8>>())
        })
        .filter(|(_, row)| row.iter().any(|b| *b != 0))
        .collect();
    kept.sort();
    let bits = (kept.len() / 4).max(2).ilog2();
    let mut body = Vec::new();
    for label in labels {
        body.push(label.len() as u8);
        body.extend_from_slice(label.as_bytes());
    }
    for x in start.iter().chain(transitions) {
        body.extend_from_slice(&x.to_le_bytes());
    }
    let mut at = 0;
    for bucket in 0..=(1_u64 << bits) {
        while at < kept.len() && (kept[at].0 >> (64 - bits)) < bucket {
            at += 1;
        }
        body.extend_from_slice(&(at as u32).to_le_bytes());
    }
    for (key, _) in &kept {
        body.extend_from_slice(&(*key as u16).to_le_bytes());
    }
    for (_, row) in &kept {
        body.extend_from_slice(row);
    }
    let mut out = Vec::with_capacity(HEADER + body.len());
    out.extend_from_slice(MAGIC);
    out.extend_from_slice(&VERSION.to_le_bytes());
    out.extend_from_slice(&(labels.len() as u16).to_le_bytes());
    out.extend_from_slice(&bits.to_le_bytes());
    out.extend_from_slice(&(kept.len() as u32).to_le_bytes());
    out.extend_from_slice(&scale.to_le_bytes());
    out.extend_from_slice(&((HEADER + body.len()) as u32).to_le_bytes());
    out.extend_from_slice(&fnv(&body).to_le_bytes());
    out.extend_from_slice(&body);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_where_a_plain_search_finds_them() {
        // Buckets of up to 16 rows and longer ones, at the end of the file too.
        let model = Model::load(include_bytes!("../../models/parser-steps.bin")).unwrap();
        let prints: Vec<u16> =
            model.fingerprints.chunks_exact(2).map(|p| u16::from_le_bytes([p[0], p[1]])).collect();
        let mut longest = 0;
        for bucket in 0..1 << model.bits {
            let (from, to) = (le_u32(model.buckets, bucket), le_u32(model.buckets, bucket + 1));
            let (from, to) = (from as usize, to as usize);
            longest = longest.max(to - from);
            for wanted in (from..to).map(|row| prints[row]).chain([0, 1, u16::MAX]) {
                let want = (from..to).find(|row| prints[*row] == wanted);
                let row = model.find(wanted, from, to);
                assert_eq!((row < to).then_some(row), want, "bucket {bucket}, fingerprint {wanted}");
            }
        }
        assert!(longest > 16);
    }

    #[test]
    fn sums_have_no_limit() {
        let model = Model::load(include_bytes!("../../models/parser-steps.bin")).unwrap();
        let mut one = Vec::new();
        let feature = (0..1 << 20).map(Feature::new).find(|feature| {
            one.clear();
            model.emit(&[*feature], &mut one);
            one.iter().any(|score| score.abs() > 50.0 * model.scale)
        });
        let mut many = Vec::new();
        model.emit(&[feature.unwrap(); 1000], &mut many);
        for (many, one) in many.iter().zip(one) {
            assert!((many - 1000.0 * one).abs() < 0.01 * one.abs().max(model.scale));
        }
    }
}
