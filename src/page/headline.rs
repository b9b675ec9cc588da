//! The page's headline, and the articles that stand under other headlines.
//!
//! Pages that scroll without end append a second article, then a third, each under a headline of its own. Each is an
//! article for itself, and none of it joins the one that the page is about. [`others`] says what to leave out of that
//! one, on slight evidence; `further.rs` what to read beside it, on strong evidence.

use super::meta::Meta;
use super::signs::Signs;
use super::tree::{Block, Element, Tree};
use std::collections::BTreeSet;
use std::ops::Range;

/// What is longer, in bytes, is no headline.
const LONGEST: usize = 400;

/// What is shorter is no headline of a further article, but the name of a section.
const SHORTEST: usize = 8;

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

/// An article under another headline than the page's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Other {
    /// Its headline's block.
    pub headline: usize,
    /// The blocks of the widest element around it that isn't around the page's own headline, less those that the one
    /// before has: nothing of these is the page's own article.
    pub blocks: Range<usize>,
    /// The innermost element that holds it whole.
    pub element: usize,
    /// That element is made after the pattern of the page's own article.
    pub alike: bool,
}

/// The articles under other headlines than `headline`, in order.
///
/// Such an article has an element of its own that holds its heading and, after it, running text; what is left for
/// the headline is an article too. That element is marked as an article, or is of the kind of one around the headline:
/// sites make all articles of a page after one pattern, and may give those after the first a heading of the second
/// rank. Subheads marked as top headings stand beside their text, and have no element that holds both alone.
pub fn others(tree: &Tree, meta: &Meta, headline: Option<usize>) -> Vec<Other> {
    let Some(headline) = headline else { return Vec::new() };
    // Its posts have headings, and are its own.
    let live = meta.things.iter().any(|thing| thing.kind.contains("LiveBlogPosting"));
    // How much running text stands before each block.
    let mut before = vec![0];
    for block in &tree.blocks {
        before.push(before.last().unwrap_or(&0) + if is_prose(block) { block.len } else { 0 });
    }
    let prose = |range: Range<usize>| before[range.end].saturating_sub(before[range.start]);

    let pattern = pattern(tree, headline, |element| prose(element.blocks.clone()));
    // For each element that isn't around the headline: the widest such around it (or itself), whether one of these is
    // an article's, and the innermost that is and is long enough for one.
    let mut apart: Vec<Option<(usize, bool, Option<usize>)>> = Vec::with_capacity(tree.elements.len());
    for (index, element) in tree.elements.iter().enumerate() {
        let holds = element.blocks.contains(&headline) || index == 0;
        let above = apart.get(element.parent).copied().flatten();
        let content = element.signs.any(Signs::CONTENT);
        let (widest, marked, inner) = above.unwrap_or((index, content, None));
        let is_article = element.tag == "article" || pattern.contains(&kind(tree, element));
        let long = (is_article || content) && prose(element.blocks.clone()) >= ARTICLE;
        apart.push((!holds).then_some((
            widest,
            marked || is_article,
            if long { Some(index) } else { inner },
        )));
    }

    let mut found: Vec<Other> = Vec::new();
    let mut end = 0;
    for (index, block) in tree.blocks.iter().enumerate() {
        let Some((widest, true, inner)) = apart[block.element] else { continue };
        let element = inner.unwrap_or(widest);
        let own = &tree.elements[element];
        let is_heading = match tree.elements[block.element].tag {
            "h1" if !live => true,
            "h1" | "h2" => pattern.contains(&kind(tree, own)),
            _ => false,
        };
        let covered = found.last().is_some_and(|last| index < tree.elements[last.element].blocks.end);
        // A caption or a summary may stand above it.
        let heads = |blocks: &Range<usize>| {
            let (above, below) = (prose(blocks.start..index), prose(index..blocks.end));
            below >= ARTICLE && above * 8 <= below
        };
        let around = &tree.elements[widest].blocks;
        let blocks = if heads(around) { around } else { &own.blocks };
        if is_heading && block.len >= SHORTEST && !covered && heads(blocks) {
            let blocks = blocks.start.max(end)..blocks.end.max(end);
            end = blocks.end;
            let alike = pattern.contains(&kind(tree, own));
            found.push(Other { headline: index, blocks, element, alike });
        }
    }
    let left =
        prose(0..tree.blocks.len()) - found.iter().map(|other| prose(other.blocks.clone())).sum::<usize>();
    if left >= ARTICLE { found } else { Vec::new() }
}

/// The kinds of those elements around the page's headline that hold an article's text too and have a class.
fn pattern<'a>(
    tree: &Tree<'a>,
    headline: usize,
    prose: impl Fn(&Element) -> usize,
) -> BTreeSet<(&'a str, Option<i32>)> {
    let around = tree.ancestors(tree.blocks.get(headline).map_or(0, |block| block.element));
    let around = around.map(|index| &tree.elements[index]).filter(|element| prose(element) >= ARTICLE);
    around.map(|element| kind(tree, element)).filter(|(_, class)| class.is_some()).collect()
}

/// An element's tag and the index of its class: what a page makes after one pattern has the same.
pub fn kind<'a>(tree: &Tree<'a>, element: &Element<'a>) -> (&'a str, Option<i32>) {
    let class = element.attrs.chunks_exact(2).find(|pair| tree.snapshot.string(pair[0]) == "class");
    (element.tag, class.map(|pair| pair[1]))
}

/// Running text: long enough, and not made of links.
pub fn is_prose(block: &Block) -> bool {
    block.len >= 60 && block.link_density() < 0.4
}

/// The words of a block's text; none where it is too long for a headline.
pub fn block_words(tree: &Tree, block: usize) -> BTreeSet<String> {
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
