//! From a snapshot to a verdict and an article.

use super::compose::Composer;
use super::meta::Meta;
use super::signs::Signs;
use super::tree::Tree;
use super::{Article, Part, Snapshot, language};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// One report, analysis, interview, feature, opinion piece or live blog of an outlet: annotated by itself.
    News,
    /// One other article: annotated when the reader asks.
    Article,
    /// Anything else.
    Other,
}

/// What was read from a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// What the page is.
    pub verdict: Verdict,
    /// How sure that is, in `[0, 1]`.
    pub score: f32,
    /// What its reader reads; may hold no paragraph.
    pub article: Article,
}

/// Reads a page.
pub fn read(snapshot: &Snapshot) -> Reading {
    let tree = Tree::new(snapshot);
    let meta = Meta::new(snapshot);
    let mut composer = Composer::new(&tree);
    for (index, part) in choose(&tree, &meta) {
        composer.push(&tree.blocks[index], part);
    }
    let mut article = composer.finish();
    article.title = article
        .paragraphs
        .iter()
        .find(|p| p.part == Part::Headline)
        .map_or(meta.headline.as_str(), |p| p.span.of(&article.text))
        .to_owned();
    article.byline = Some(meta.author).filter(|a| !a.is_empty());
    let time = (0..tree.elements.len()).map(|e| tree.attr(e, "datetime")).find(|t| !t.is_empty());
    let published =
        if meta.published.is_empty() { time.unwrap_or_default().to_owned() } else { meta.published };
    article.published = Some(published).filter(|p| !p.is_empty());
    language::guess(&article.text).clone_into(&mut article.language);
    let words = article.text.split_whitespace().count();
    let verdict = if words > 150 { Verdict::News } else { Verdict::Other };
    Reading { verdict, score: 0.5, article }
}

/// The blocks that a reader of the article reads, in order.
fn choose(tree: &Tree, meta: &Meta) -> Vec<(usize, Part)> {
    // Running text, wherever it stands; an element that holds most of it is no aside, whatever its name says.
    let everywhere = weigh(tree, &vec![false; tree.elements.len()]);
    let mut aside = vec![false; tree.elements.len()];
    for (index, element) in tree.elements.iter().enumerate() {
        let signed = element.signs.any(Signs::ASIDE) && everywhere[index] * 10 < everywhere[0] * 4;
        aside[index] = signed || element.parent < index && aside[element.parent];
    }
    let weight = weigh(tree, &aside);
    // Down from the body to the innermost element that holds most of it.
    let mut root = 0;
    while let Some(child) = children(tree, root).max_by_key(|&c| weight[c])
        && weight[child] * 10 >= weight[0] * 7
    {
        root = child;
    }
    let Some(article) = tree.elements.get(root) else { return Vec::new() };
    let mut out = Vec::new();
    let headline = (0..article.blocks.end)
        .filter(|&b| tree.elements[tree.blocks[b].element].tag == "h1")
        .max_by_key(|&b| shared_words(&tree.words(&tree.blocks[b]), &meta.headline));
    out.extend(headline.map(|h| (h, Part::Headline)));
    for index in article.blocks.clone() {
        let block = &tree.blocks[index];
        let tag = tree.elements[block.element].tag;
        if headline == Some(index) || aside[block.element] || block.link_density() > 0.5 {
            continue;
        }
        let captions = tree.ancestors(block.element).any(|e| tree.elements[e].signs.any(Signs::CAPTION));
        let part = match tag {
            _ if captions => Part::Caption,
            "h2" | "h3" | "h4" | "h5" | "h6" => Part::Subhead,
            "p" | "blockquote" | "li" => Part::Body,
            _ if block.len > 80 => Part::Body,
            _ => continue,
        };
        out.push((index, part));
    }
    out
}

/// How many of `text`'s words stand in `other` too.
fn shared_words(text: &str, other: &str) -> usize {
    let other: BTreeSet<_> = other.split_whitespace().collect();
    text.split_whitespace().filter(|word| other.contains(word)).count()
}

fn children(tree: &Tree, parent: usize) -> impl Iterator<Item = usize> {
    let end = tree.elements.get(parent).map_or(0, |e| e.end);
    let mut next = parent + 1;
    std::iter::from_fn(move || {
        let this = next;
        next = tree.elements.get(this)?.end;
        (this < end).then_some(this)
    })
}

/// Bytes of running text in each element, but for those marked.
fn weigh(tree: &Tree, aside: &[bool]) -> Vec<usize> {
    let mut weight = vec![0_usize; tree.elements.len()];
    for block in &tree.blocks {
        if !aside[block.element] && block.len >= 60 && block.link_density() < 0.4 {
            weight[block.element] += block.len;
        }
    }
    for index in (1..tree.elements.len()).rev() {
        weight[tree.elements[index].parent] += weight[index];
    }
    weight
}
