//! Makes the file of [`Words`]: clusters word vectors by k-means, and packs clusters and lists of names.

use crate::tagger::{GivenNames, Lists, ModelError, Words, hash, join, words};
use crate::text::fold;
use indicatif::ProgressBar;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

fn read(folder: &Path, name: &str) -> Result<String, String> {
    let path = folder.join(name);
    fs::read_to_string(&path)
        .map_err(|e| format!("{}: {e}; xtask/word_lists.py makes it, see models/README.md", path.display()))
}

/// Reads `genders.tsv` of `folder`, which `xtask/word_lists.py` wrote, and returns the file of given names.
///
/// # Errors
/// A file that can't be read, or a line in it that isn't what it should be.
pub fn given(folder: &Path) -> Result<Vec<u8>, String> {
    let mut values = BTreeMap::new();
    for line in read(folder, "genders.tsv")?.lines() {
        let value = match line.split_once('\t') {
            Some(("female", name)) => (name_hash(name), 1),
            Some(("male", name)) => (name_hash(name), 2),
            _ => return Err(format!("genders.tsv: {line:?}")),
        };
        values.insert(value.0, value.1);
    }
    let mut out = Vec::new();
    pack(&values, GivenNames::BITS, &mut out);
    Ok(words::file(GivenNames::MAGIC, &out))
}

/// Reads `vectors.txt` and `lists.tsv` of `folder`, which `xtask/word_lists.py` wrote, and returns the file.
///
/// # Errors
/// A file that can't be read, or a line in it that isn't what it should be.
pub fn build(folder: &Path) -> Result<Vec<u8>, String> {
    let text = read(folder, "vectors.txt")?;
    let (words, vectors) = parse_vectors(&text)?;
    let fine = cluster(&vectors, Words::FINE - 1, 12);
    // Coarser clusters are clusters of the finer ones' centres, so that they nest.
    let middle = cluster(&fine.centres, 255, 30);
    let coarse = cluster(&fine.centres, 63, 30);

    let mut out = vec![0, 0];
    for at in 0..Words::FINE - 1 {
        out.push(middle.of.get(at).map_or(0, |c| *c as u8 + 1));
        out.push(coarse.of.get(at).map_or(0, |c| *c as u8 + 1));
    }
    let mut clusters = BTreeMap::new();
    for (word, cluster) in words.iter().zip(&fine.of) {
        // The commonest of the words that fold alike comes first.
        clusters.entry(hash(&fold(word))).or_insert(*cluster as u16 + 1);
    }
    pack(&clusters, Words::CLUSTER_BITS, &mut out);
    pack(&parse_lists(&read(folder, "lists.tsv")?)?, Words::LIST_BITS, &mut out);
    let out = words::file(Words::MAGIC, &out);
    Words::load(&out).map_err(|e: ModelError| e.to_string())?;
    Ok(out)
}

/// The hash of a name as [`Words::lists`] takes it.
fn name_hash(name: &str) -> u64 {
    fold(name).split(' ').filter(|w| !w.is_empty()).map(hash).reduce(join).unwrap_or(0)
}

fn parse_lists(text: &str) -> Result<BTreeMap<u64, u16>, String> {
    let mut lists: BTreeMap<u64, u16> = BTreeMap::new();
    for line in text.lines() {
        let (list, name) = line.split_once('\t').ok_or_else(|| format!("lists.tsv: {line:?}"))?;
        let bit = Lists::NAMES.iter().position(|n| *n == list).ok_or_else(|| format!("no list {list:?}"))?;
        *lists.entry(name_hash(&name.replace('-', " - "))).or_default() |= 1 << bit;
    }
    Ok(lists)
}

/// As many numbers as a vector has.
const WIDTH: usize = 50;
type Vector = [f32; WIDTH];

fn parse_vectors(text: &str) -> Result<(Vec<&str>, Vec<Vector>), String> {
    let mut words = Vec::new();
    let mut vectors = Vec::new();
    for line in text.lines() {
        let mut parts = line.split(' ');
        words.push(parts.next().unwrap_or(""));
        let mut vector = [0.0; WIDTH];
        for x in &mut vector {
            *x = parts.next().and_then(|n| n.parse().ok()).ok_or_else(|| format!("vectors.txt: {line:?}"))?;
        }
        normalise(&mut vector);
        vectors.push(vector);
    }
    Ok((words, vectors))
}

fn normalise(vector: &mut Vector) {
    let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
    if length > 0.0 {
        vector.iter_mut().for_each(|x| *x /= length);
    }
}

struct Clusters {
    /// The cluster of each vector.
    of: Vec<usize>,
    centres: Vec<Vector>,
}

/// Spherical k-means (Dhillon and Modha 2001), begun from vectors spread evenly through the list.
fn cluster(vectors: &[Vector], k: usize, rounds: usize) -> Clusters {
    let mut centres: Vec<Vector> =
        (0..k.min(vectors.len())).map(|i| vectors[seed(i, k, vectors.len())]).collect();
    let mut of = vec![0; vectors.len()];
    let bar = ProgressBar::new((rounds * vectors.len()) as u64).with_message("clusters");
    for _ in 0..rounds {
        let mut sums = vec![[0.0_f32; WIDTH]; centres.len()];
        for (vector, of) in vectors.iter().zip(&mut of) {
            *of = nearest(&centres, vector);
            sums[*of].iter_mut().zip(vector).for_each(|(s, x)| *s += x);
        }
        bar.inc(vectors.len() as u64);
        for (centre, mut sum) in centres.iter_mut().zip(sums) {
            if sum.iter().any(|x| *x != 0.0) {
                normalise(&mut sum);
                *centre = sum;
            }
        }
    }
    bar.finish_and_clear();
    Clusters { of, centres }
}

/// Commoner words have better vectors and are more in need of fine distinctions, so seeds are denser there.
fn seed(i: usize, k: usize, n: usize) -> usize {
    let x = i as f64 / k as f64;
    ((x * x * n as f64) as usize + i).min(n - 1)
}

fn nearest(centres: &[Vector], vector: &Vector) -> usize {
    let mut best = (f32::NEG_INFINITY, 0);
    for (at, centre) in centres.iter().enumerate() {
        // Eight sums side by side, which the compiler turns into vector instructions.
        let mut lanes = [0.0_f32; 8];
        let (a, a_rest) = centre.as_chunks::<8>();
        let (b, b_rest) = vector.as_chunks::<8>();
        for (a, b) in a.iter().zip(b) {
            for i in 0..8 {
                lanes[i] += a[i] * b[i];
            }
        }
        let dot = lanes.iter().sum::<f32>() + a_rest.iter().zip(b_rest).map(|(x, y)| x * y).sum::<f32>();
        if dot > best.0 {
            best = (dot, at);
        }
    }
    best.1
}

/// Appends a table of the static function `values` to `out`, by peeling: a key that alone uses a cell is put aside
/// and decides that cell last.
fn pack(values: &BTreeMap<u64, u16>, bits: u32, out: &mut Vec<u8>) {
    let keys: Vec<(u64, u16)> = values.iter().map(|(k, v)| (*k, *v)).collect();
    let mut block = (keys.len() * 123 / 300 + 32) as u32;
    for salt in 0.. {
        if salt % 16 == 15 {
            block += block / 50 + 1;
        }
        let Some(table) = peel(&keys, bits, salt, block) else { continue };
        out.extend_from_slice(&salt.to_le_bytes());
        out.extend_from_slice(&block.to_le_bytes());
        table.iter().for_each(|cell| out.extend_from_slice(&cell.to_le_bytes()));
        return;
    }
}

fn peel(keys: &[(u64, u16)], bits: u32, salt: u32, block: u32) -> Option<Vec<u16>> {
    let size = block as usize * 3;
    let (mut count, mut mixed) = (vec![0_u32; size], vec![0_usize; size]);
    for (index, (key, _)) in keys.iter().enumerate() {
        for at in words::cells(*key, salt, block).0 {
            count[at] += 1;
            mixed[at] ^= index;
        }
    }
    let mut alone: Vec<usize> = (0..size).filter(|&at| count[at] == 1).collect();
    let mut order = Vec::with_capacity(keys.len());
    while let Some(at) = alone.pop() {
        if count[at] != 1 {
            continue;
        }
        let index = mixed[at];
        order.push((index, at));
        for other in words::cells(keys[index].0, salt, block).0 {
            count[other] -= 1;
            mixed[other] ^= index;
            if count[other] == 1 {
                alone.push(other);
            }
        }
    }
    if order.len() < keys.len() {
        return None;
    }
    let mut table = vec![0_u16; size];
    for (index, at) in order.into_iter().rev() {
        let (key, value) = keys[index];
        let (places, check) = words::cells(key, salt, block);
        let others = places.iter().filter(|&&p| p != at).fold(0, |x, &p| x ^ table[p]);
        table[at] = others ^ (check & !((1 << bits) - 1)) ^ value;
    }
    Some(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_lists_answer_for_every_name_and_hardly_for_others() {
        let text: String =
            (0..3000).map(|i| format!("{}\tname{i} of {}\n", Lists::NAMES[i % 6], i / 7)).collect();
        let values = parse_lists(&text).unwrap();
        let mut out = vec![0; 2 * Words::FINE];
        pack(&BTreeMap::from([(hash("one"), 1023), (hash("two"), 1)]), Words::CLUSTER_BITS, &mut out);
        pack(&values, Words::LIST_BITS, &mut out);
        let mut out = words::file(Words::MAGIC, &out);
        let words = Words::load(&out).unwrap();
        assert_eq!((words.cluster(hash("one")).fine, words.cluster(hash("two")).fine), (1023, 1));
        for i in 0..3000 {
            let name = format!("Name{i} of {}", i / 7);
            assert!(words.lists(name_hash(&name)).any(1 << (i % 6)), "{name}");
        }
        let wrong = (0..20_000).filter(|i| words.lists(hash(&format!("other{i}"))).0 != 0).count();
        assert!(wrong < 160, "{wrong} of 20,000 unknown names pass; one in 256 should");
        for cut in [0, 7, 8, 100, out.len() - 1] {
            assert!(Words::load(&out[..cut]).is_err());
        }
        out.push(0);
        assert!(Words::load(&out).is_err());
    }
}
