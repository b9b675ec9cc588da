//! What the second model sees: what the first made of the same words elsewhere in the article.

use super::features::View;
use super::{KINDS, LABELS};
use crate::tagger::{ByHash, Feature, join};

/// What an article as a whole shows of its words.
pub(crate) struct Evidence<'m> {
    /// The first model's probabilities, for each stretch.
    marginals: &'m [Vec<f32>],
    /// For each folded word and for each pair of neighbours, the sums over their occurrences.
    words: ByHash<Sum>,
    pairs: ByHash<Sum>,
    /// For each token of a stretch the likeliest of none and the kinds, and how likely; see [`NONE`].
    tops: Vec<u8>,
}

/// Where nothing is known.
const NONE: u8 = 63;

/// Sums over the occurrences of a word or pair.
#[derive(Clone, Copy, Default)]
struct Sum {
    times: f32,
    /// Probability of none and of each kind.
    kinds: [f32; 1 + KINDS.len()],
    /// Probability of being inside a name and not its beginning.
    inside: f32,
    /// The highest probability of each kind.
    best: [f32; KINDS.len()],
}

impl Sum {
    fn of(row: &[f32]) -> Self {
        let mut sum = Self { times: 1.0, ..Self::default() };
        sum.kinds[0] = row.first().copied().unwrap_or(0.0);
        for (kind, pair) in row.get(1..).unwrap_or_default().chunks_exact(2).enumerate().take(KINDS.len()) {
            sum.kinds[1 + kind] = pair[0] + pair[1];
            sum.inside += pair[1];
        }
        sum
    }

    fn add(&mut self, other: &Self) {
        self.times += other.times;
        self.inside += other.inside;
        for (a, b) in self.kinds.iter_mut().zip(other.kinds) {
            *a += b;
        }
        for (a, b) in self.best.iter_mut().zip(other.kinds.iter().skip(1)) {
            *a = a.max(*b);
        }
    }

    /// The mean over all occurrences but one; `None` where there is no other.
    fn without(&self, one: &Self) -> Option<Self> {
        let times = self.times - one.times;
        if times < 0.5 {
            return None;
        }
        let mut mean = Self { times, inside: (self.inside - one.inside) / times, ..*self };
        for (a, b) in mean.kinds.iter_mut().zip(one.kinds) {
            *a = (*a - b) / times;
        }
        Some(mean)
    }

    /// The likeliest of none and the kinds, and its probability.
    fn top(&self) -> (usize, f32) {
        let mut best = (0, 0.0);
        for (at, p) in self.kinds.iter().enumerate() {
            if *p > best.1 {
                best = (at, *p);
            }
        }
        best
    }
}

/// A probability as one of six.
fn bucket(p: f32) -> u64 {
    [0.05, 0.2, 0.5, 0.8, 0.95].iter().filter(|edge| p > **edge).count() as u64
}

impl<'m> Evidence<'m> {
    /// Sums the first model's probabilities up.
    pub(crate) fn gather(view: &View, marginals: &'m [Vec<f32>]) -> Self {
        let mut evidence = Self {
            marginals,
            words: ByHash::default(),
            pairs: ByHash::default(),
            tops: vec![NONE; view.words.len()],
        };
        for (stretch, rows) in view.stretches.iter().zip(marginals) {
            let rows = rows.chunks_exact(LABELS.len());
            for (at, row) in stretch.clone().zip(rows) {
                let Some(word) = view.words.get(at).filter(|w| w.capital) else { continue };
                let sum = Sum::of(row);
                if let Some(slot) = evidence.tops.get_mut(at) {
                    let (top, p) = sum.top();
                    *slot = (top as u8) << 3 | bucket(p) as u8;
                }
                evidence.words.entry(word.fold).or_default().add(&sum);
                if let Some(before) = at.checked_sub(1).filter(|_| at > stretch.start) {
                    evidence.pairs.entry(pair(view, before)).or_default().add(&sum);
                }
            }
        }
        evidence
    }

    /// Appends the features of the token `at`, which is in the stretch `index`.
    pub(crate) fn features(&self, view: &View, index: usize, at: usize, out: &mut Vec<Feature>) {
        let (Some(stretch), Some(rows)) = (view.stretches.get(index), self.marginals.get(index)) else {
            return;
        };
        let own = |at: usize| {
            let from = at.checked_sub(stretch.start)? * LABELS.len();
            Some(Sum::of(rows.get(from..from + LABELS.len())?))
        };
        let Some(here) = own(at) else { return };
        let elsewhere = |at: usize| {
            let word = view.words.get(at).filter(|w| w.capital)?;
            self.words.get(&word.fold)?.without(&own(at)?)
        };
        let (mine, sure) = here.top();
        let mine = (mine as u64) << 3 | bucket(sure);
        let mut add = |template: u32, value: u64| out.push(Feature::new(template).with(value));
        add(100, mine);
        match elsewhere(at) {
            None => add(101, mine),
            Some(mean) => {
                let (top, p) = mean.top();
                let there = (top as u64) << 3 | bucket(p);
                add(102, there);
                add(103, there << 8 | mine);
                add(104, there << 10 | (mean.times.min(4.0) as u64) << 6 | mine >> 3);
                for (kind, p) in mean.kinds.iter().enumerate() {
                    add(105, (kind as u64) << 3 | bucket(*p));
                    add(106, ((kind as u64) << 3 | bucket(*p)) << 6 | mine);
                }
                for (kind, p) in mean.best.iter().enumerate() {
                    add(107, ((kind as u64) << 3 | bucket(*p)) << 6 | mine);
                }
                add(108, bucket(mean.inside) << 6 | bucket(here.inside) << 3 | mine >> 3);
            }
        }
        // Whether the words next to it go with it elsewhere too.
        let together = |first: usize| {
            let second = first + 1;
            if !(stretch.contains(&first) && stretch.contains(&second)) {
                return 7;
            }
            let sum = self.pairs.get(&pair(view, first));
            let mean = sum.and_then(|sum| sum.without(&own(second)?));
            mean.map_or(6, |mean| bucket(mean.inside))
        };
        let before = at.checked_sub(1).map_or(7, together);
        let after = together(at);
        add(110, before << 8 | mine);
        add(111, after << 8 | mine);
        // What the names before and after it in a list are: "Mtwara, Ruvuma and Lindi".
        let run = view.words.get(at).map_or((0, 0), |w| w.run);
        let back = |at: usize| at.checked_sub(1);
        let before = self.listed(view, back(run.0 as usize), back);
        let after = self.listed(view, Some(run.1 as usize), |at| at.checked_add(1));
        if before != NONE || after != NONE {
            add(114, u64::from(before) << 6 | mine);
            add(115, u64::from(after) << 6 | mine);
            add(116, (u64::from(before) << 6 | u64::from(after)) << 6 | mine >> 3);
        }
        // What the neighbours show.
        for (template, neighbour) in [(112, at.checked_sub(1)), (113, Some(at + 1))] {
            if let Some(neighbour) = neighbour.filter(|n| stretch.contains(n)) {
                let (top, p) = own(neighbour).unwrap_or_default().top();
                let shown = elsewhere(neighbour).map_or(63, |mean| {
                    let (top, p) = mean.top();
                    (top as u64) << 3 | bucket(p)
                });
                add(template, (shown << 6 | (top as u64) << 3 | bucket(p)) << 6 | mine);
            }
        }
    }
}

impl Evidence<'_> {
    /// What the name is that stands on the other side of a comma, an "and", or both, from the token `border` outwards.
    fn listed(&self, view: &View, border: Option<usize>, outwards: impl Fn(usize) -> Option<usize>) -> u8 {
        let link = |at: usize| matches!(view.document.word(at), "," | "and" | "or");
        let beyond = border.filter(|&at| link(at)).and_then(&outwards);
        let beyond = beyond.and_then(|at| if link(at) { outwards(at) } else { Some(at) });
        beyond.and_then(|at| self.tops.get(at)).copied().unwrap_or(NONE)
    }
}

/// The hash of the words at `first` and after it.
fn pair(view: &View, first: usize) -> u64 {
    let fold = |at: usize| view.words.get(at).map_or(0, |w| w.fold);
    join(fold(first), fold(first + 1))
}
