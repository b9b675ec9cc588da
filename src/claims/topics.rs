//! What a stretch of text is about, against what its article is about: words by their clusters.
//!
//! A sentence that kills, rules or sells where the rest of the article doesn't is worth a look, whatever the words.

use crate::tagger::{Words, hash};
use crate::text::{Document, fold_into};
use std::array;
use std::ops::Range;

/// The number of clusters, in the middle grain; see [`Cluster`](crate::tagger::words::Cluster).
pub const CLUSTERS: usize = 256;

/// The lengths of vectors, against those of the ranker's other features.
const SCALE: f32 = 2.0;

/// One article's words by their clusters.
pub struct Topics {
    /// The cluster of every token; 0 where it has none.
    clusters: Vec<u8>,
    /// The mean of the sentences' directions.
    mean: [f32; CLUSTERS],
}

impl Topics {
    /// Looks every word up.
    pub fn new(document: &Document, words: &Words) -> Self {
        let mut folded = String::new();
        let cluster = |at: usize| {
            folded.clear();
            fold_into(document.word(at), &mut folded);
            words.cluster(hash(&folded)).middle
        };
        let clusters: Vec<u8> = (0..document.tokens.len()).map(cluster).collect();
        let mut mean = [0.0; CLUSTERS];
        for sentence in &document.sentences {
            let direction = direction(clusters.get(sentence.clone()).unwrap_or_default());
            for (mean, part) in mean.iter_mut().zip(direction) {
                *mean += part / document.sentences.len() as f32;
            }
        }
        Self { clusters, mean }
    }

    /// How far the clusters of `tokens` stand out from the article's: the direction of their counts, less the mean
    /// of its sentences' directions.
    pub fn of(&self, tokens: &Range<usize>) -> [f32; CLUSTERS] {
        let direction = direction(self.clusters.get(tokens.clone()).unwrap_or_default());
        array::from_fn(|at| SCALE * (direction[at] - self.mean[at]))
    }
}

/// How often each cluster occurs, as a vector of length 1; of length 0 where none does.
fn direction(clusters: &[u8]) -> [f32; CLUSTERS] {
    let mut counts = [0.0_f32; CLUSTERS];
    for cluster in clusters.iter().filter(|cluster| **cluster > 0) {
        counts[usize::from(*cluster)] += 1.0;
    }
    let length = counts.iter().map(|count| count * count).sum::<f32>().sqrt();
    if length > 0.0 { counts.map(|count| count / length) } else { counts }
}
