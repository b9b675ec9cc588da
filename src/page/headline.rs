//! The page's headline, and the articles that stand under other headlines.
//!
//! Pages that scroll without end append a second article, then a third, each under a headline of its own. Each is an
//! article for itself: the reader reads the one that the page is about, and the others are left out whole.

use super::meta::Meta;
use super::signs::Signs;
use super::tree::{Block, Tree};
use std::collections::BTreeSet;
use std::ops::Range;

/// What is longer, in bytes, is no headline.
const LONGEST: usize = 400;

/// An article has at least so many bytes of running text.
const ARTICLE: usize = 600;

/// The block that is the headline: of the top headings the one most like what the page says its title is; where there
/// is none, the first block that is nearly that.
///
/// A page that goes on to another article changes its title, and often forgets its metadata: of several top headings,
/// the one that the title repeats is the page's.
pub fn headline(tree: &Tree, meta: &Meta) -> Option<usize> {
    let end = tree.blocks.len();
    let tops: Vec<usize> = (0..end).filter(|&b| tree.elements[tree.blocks[b].element].tag == "h1").collect();
    let title: BTreeSet<String> = words(&tree.snapshot.title).collect();
    let mut titled = tops.iter().copied().filter(|&b| is_title(&block_words(tree, b), &title));
    if let (Some(only), None) = (titled.next(), titled.next()) {
        return Some(only);
    }
    let wanted: BTreeSet<String> = words(&meta.headline).collect();
    let likeness = |block: usize| likeness(&block_words(tree, block), &wanted);
    let best = tops.iter().copied().max_by(|&a, &b| likeness(a).total_cmp(&likeness(b)).then(b.cmp(&a)));
    if let Some(best) = best.filter(|&b| likeness(b) >= 0.3) {
        return Some(best);
    }
    let titled = (0..end).find(|&b| likeness(b) > 0.7);
    titled.or_else(|| tops.into_iter().find(|&b| tree.blocks[b].len < LONGEST))
}

/// The blocks of each article under another top heading than `headline`, in order.
///
/// Such an article has an element of its own that holds its heading and, after it, running text; what is left for
/// the headline is an article too. Subheads marked as top headings stand beside their text, and have no element that
/// holds both alone.
pub fn others(tree: &Tree, headline: Option<usize>) -> Vec<Range<usize>> {
    let Some(headline) = headline else { return Vec::new() };
    // For each element, the widest around it (or itself) that isn't around the headline, and whether one of these
    // is an article.
    let mut apart: Vec<Option<(usize, bool)>> = Vec::with_capacity(tree.elements.len());
    for (index, element) in tree.elements.iter().enumerate() {
        let holds = element.blocks.contains(&headline) || index == 0;
        let above = apart.get(element.parent).copied().flatten();
        let is_article = element.tag == "article" || above.is_none() && element.signs.any(Signs::CONTENT);
        let widest = above.map_or((index, is_article), |(widest, above)| (widest, above || is_article));
        apart.push((!holds).then_some(widest));
    }
    // How much running text stands before each block.
    let mut before = vec![0];
    for block in &tree.blocks {
        before.push(before.last().unwrap_or(&0) + if is_prose(block) { block.len } else { 0 });
    }
    let prose = |range: Range<usize>| before[range.end] - before[range.start];

    let mut found: Vec<Range<usize>> = Vec::new();
    for (index, block) in tree.blocks.iter().enumerate() {
        let covered = found.last().is_some_and(|r| index < r.end);
        if covered || tree.elements[block.element].tag != "h1" {
            continue;
        }
        let Some((widest, true)) = apart[block.element] else { continue };
        let blocks = tree.elements[widest].blocks.clone();
        if prose(blocks.start..index) == 0 && prose(index..blocks.end) >= ARTICLE {
            found.push(blocks);
        }
    }
    let left = prose(0..tree.blocks.len()) - found.iter().map(|r| prose(r.clone())).sum::<usize>();
    if left >= ARTICLE { found } else { Vec::new() }
}

/// Running text: long enough, and not made of links.
pub fn is_prose(block: &Block) -> bool {
    block.len >= 60 && block.link_density() < 0.4
}

fn block_words(tree: &Tree, block: usize) -> BTreeSet<String> {
    let block = &tree.blocks[block];
    if block.len > LONGEST { BTreeSet::new() } else { words(&tree.words(block)).collect() }
}

/// The page's title holds the headline, and little else but the site's name.
fn is_title(headline: &BTreeSet<String>, title: &BTreeSet<String>) -> bool {
    let both = headline.intersection(title).count();
    headline.len() >= 3 && both * 10 >= headline.len() * 9 && likeness(headline, title) >= 0.5
}

/// How much two headlines have in common: Dice's coefficient of their words, from 0 to 1.
pub fn likeness(one: &BTreeSet<String>, other: &BTreeSet<String>) -> f32 {
    one.intersection(other).count() as f32 * 2.0 / (one.len() + other.len()).max(1) as f32
}

/// The words of a headline, in lower case.
pub fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase)
}
