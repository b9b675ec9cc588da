//! Which blocks are the article, and what each of them is.
//!
//! First the *root*: the innermost element that holds most of the page's running text, weighed by what the
//! elements around it say they are for. Then, inside the root and up to the headline, every block is kept
//! unless something says that it isn't the article's.

use super::article::Part;
use super::further::further;
use super::headline::{self, is_prose, kind};
use super::meta::Meta;
use super::notices::{self, is_notice};
use super::signs::{self, Signs};
use super::tree::{Block, Tree, ends_sentence};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The article's place in a page.
#[derive(Debug, Default)]
pub struct Selection {
    /// The element that holds it whole, and nothing of another.
    pub scope: usize,
    /// The innermost element that holds the body.
    pub root: usize,
    /// Every block of the article, as its index, in reading order.
    pub parts: Vec<(usize, Part)>,
}

/// A name, or an element, that holds more than this share of the text says nothing about what to leave out.
const COMMON: f32 = 0.4;

/// Chooses the blocks of the page's own article, and of the further ones that it goes on with, in page order.
pub fn select(tree: &Tree, meta: &Meta) -> (Selection, Vec<(Selection, Meta)>) {
    let headline = headline::headline(tree, meta);
    let others = headline::others(tree, meta, headline);
    let further = further(tree, meta, headline, &others).into_iter().map(|other| {
        let meta = meta.of_further(&headline::block_words(tree, other.headline));
        (select_in(tree, &meta, other.element, Some(other.headline), &[]), meta)
    });
    let left_out: Vec<_> = others.iter().map(|other| other.blocks.clone()).collect();
    (select_in(tree, meta, 0, headline, &left_out), further.collect())
}

/// Chooses an article's blocks among those of the element `scope`.
fn select_in(
    tree: &Tree,
    meta: &Meta,
    scope: usize,
    headline: Option<usize>,
    others: &[Range<usize>],
) -> Selection {
    if tree.blocks.is_empty() {
        return Selection::default();
    }
    let weights = weights(tree, scope, headline, others);
    let root = root(tree, scope, &weights);
    let headline = headline.filter(|&h| h < tree.elements[root].blocks.end);
    let top = headline.map_or(root, |block| common_ancestor(tree, root, tree.blocks[block].element));
    let telling = telling_signs(tree, &weights, root, top);
    let parts = parts(tree, meta, root, headline, &telling, others);
    Selection { scope, root, parts }
}

/// For `scope` and each element inside it, the sum over the blocks inside that element.
fn sums(tree: &Tree, scope: usize, value: impl Fn(usize, &Block) -> f32) -> Vec<f32> {
    let mut sums = vec![0.0; tree.elements.len()];
    for index in tree.elements[scope].blocks.clone() {
        let block = &tree.blocks[index];
        sums[block.element] += value(index, block);
    }
    for index in (scope + 1..tree.elements[scope].end).rev() {
        sums[tree.elements[index].parent] += sums[index];
    }
    sums
}

/// For each of the snapshot's strings, the prose in the elements that bear it as a name.
fn held_by_names(tree: &Tree, held: &[f32], scope: usize) -> Vec<f32> {
    let mut by_name = vec![0.0; tree.snapshot.strings.len()];
    for (index, held) in held.iter().enumerate().take(tree.elements[scope].end).skip(scope) {
        for name in names(tree, index) {
            by_name[name] += held;
        }
    }
    by_name
}

/// The strings that name an element, as indexes.
fn names(tree: &Tree, element: usize) -> impl Iterator<Item = usize> {
    tree.elements[element]
        .attrs
        .chunks_exact(2)
        .filter(|pair| signs::is_naming(tree.snapshot.string(pair[0])))
        .filter_map(|pair| usize::try_from(pair[1]).ok())
        .filter(|&name| name < tree.snapshot.strings.len())
}

/// How much of the page's running text each element holds, weighed by how likely the names around it make it
/// that the text is the article's. What holds the headline is judged by its tag alone.
fn weights(tree: &Tree, scope: usize, headline: Option<usize>, others: &[Range<usize>]) -> Vec<f32> {
    let mut factor = vec![1.0_f32; tree.elements.len()];
    for index in scope..tree.elements[scope].end {
        let element = &tree.elements[index];
        let holds_headline = headline.is_some_and(|h| element.blocks.contains(&h));
        let own = match element.tag {
            _ if !holds_headline && element.signs.any(Signs::ASIDE) => 0.2,
            "article" | "main" => 1.5,
            _ if tree.attr(index, "itemprop") == "articleBody" => 2.0,
            _ if element.signs.any(Signs::CONTENT) => 1.2,
            _ => 1.0,
        };
        factor[index] = (own * factor[element.parent]).clamp(0.01, 4.0);
    }
    sums(tree, scope, |index, block| {
        let counts = is_prose(block) && !within(others, index);
        if counts { block.len as f32 * factor[block.element] } else { 0.0 }
    })
}

/// One of the ranges, which are in order, holds `index`.
fn within(ranges: &[Range<usize>], index: usize) -> bool {
    ranges.get(ranges.partition_point(|r| r.end <= index)).is_some_and(|r| r.contains(&index))
}

/// The innermost element in `scope` that holds most of its weight.
fn root(tree: &Tree, scope: usize, weights: &[f32]) -> usize {
    let mut root = scope;
    while let Some(child) = children(tree, root).max_by(|&a, &b| weights[a].total_cmp(&weights[b]))
        && weights[child] >= weights[scope] * 0.7
        && weights[child] > 0.0
    {
        root = child;
    }
    root
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

fn common_ancestor(tree: &Tree, one: usize, other: usize) -> usize {
    tree.ancestors(one).find(|&e| e <= other && other < tree.elements[e].end).unwrap_or(0)
}

/// What the names of each element inside `scope`, and of those around it, tell of it. A name or an element that
/// holds a good part of the article's text tells nothing.
fn telling_signs(tree: &Tree, weights: &[f32], root: usize, scope: usize) -> Vec<Signs> {
    let by_name = held_by_names(tree, weights, root);
    let common = weights[root] * COMMON;
    let mut telling = vec![Signs::default(); tree.elements.len()];
    for index in scope..tree.elements[scope].end {
        let element = &tree.elements[index];
        if index <= root && root < element.end {
            continue;
        }
        let mut signs = telling[element.parent];
        if weights[index] <= common {
            signs = signs.and(signs::of_tag(element.tag, tree.attr(index, "role")));
            // Icons and the like; but pages also mark the paragraphs behind a paywall so.
            if element.tag != "p" && tree.attr(index, "aria-hidden") == "true" {
                signs = signs.and(Signs::UNSEEN);
            }
        }
        if element.signs != Signs::default() {
            for name in names(tree, index).filter(|&name| by_name[name] <= common) {
                signs = signs.and(tree.names.known(name));
            }
        }
        telling[index] = signs;
    }
    telling
}

fn parts(
    tree: &Tree,
    meta: &Meta,
    root: usize,
    headline: Option<usize>,
    telling: &[Signs],
    others: &[Range<usize>],
) -> Vec<(usize, Part)> {
    let inside = tree.elements[root].blocks.clone();
    let mut out: Vec<(usize, Part)> = Vec::new();
    out.extend(headline.map(|h| (h, Part::Headline)));
    let kin = kin(tree, root, telling);
    let prose = |range: std::ops::Range<usize>| -> usize {
        tree.blocks[range].iter().filter(|b| is_prose(b)).map(|b| b.len).sum()
    };
    // What stands above the headline isn't the article's, unless most of the text does.
    let from = match headline {
        Some(h) if h < inside.start || prose(inside.start..h) * 2 < prose(h..inside.end) => h + 1,
        _ => inside.start,
    };
    let mut begun = false;
    for index in from..inside.end {
        let block = &tree.blocks[index];
        let element = &tree.elements[block.element];
        let signs = telling[block.element];
        if signs.any(Signs::ASIDE) || headline == Some(index) || within(others, index) {
            continue;
        }
        let heading = matches!(element.tag, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
        let part = if telling[block.first].any(Signs::CAPTION) {
            Part::Caption
        } else if !begun && telling[block.first].any(Signs::BYLINE) && block.len < 150 {
            Part::Byline
        } else if !begun && telling[block.first].any(Signs::DATE) && block.len < 100 {
            Part::Date
        } else if !begun
            && block.link_density() < 0.4
            && (is_description(tree, meta, block)
                || block.len >= 30 && signs.any(Signs::STANDFIRST)
                || block.len >= 30
                    && headline.is_some_and(|h| h < index && index < h + 3)
                    && (heading || element.tag == "p" && !inside.contains(&index)))
        {
            Part::Standfirst
        } else if !inside.contains(&index) {
            // Paragraphs between the headline and the element that holds most of the body.
            if element.tag != "p" || !is_prose(block) || !ends_sentence(&tree.words(block)) {
                continue;
            }
            Part::Body
        } else if heading {
            if !begun || block.link_density() > 0.5 {
                continue;
            }
            Part::Subhead
        } else if made_of_links(tree, block) || begun && signs.any(Signs::BYLINE) {
            continue;
        } else if matches!(element.tag, "p" | "blockquote" | "pre" | "dd")
            || element.tag == "li" && (block.len > 50 || ends_sentence(&tree.words(block)))
            || block.len > 80
            || kin.contains(&kind(tree, element))
        {
            Part::Body
        } else {
            continue;
        };
        if part != Part::Caption && block.len <= notices::LONGEST && is_notice(&tree.words(block)) {
            continue;
        }
        begun |= part == Part::Body && is_prose(block);
        out.push((index, part));
    }
    // A subhead that no text follows heads something that was left out.
    let mut followed = false;
    let mut kept: Vec<_> = out
        .into_iter()
        .rev()
        .filter(|(_, part)| match part {
            Part::Subhead => std::mem::replace(&mut followed, false),
            Part::Body => {
                followed = true;
                true
            }
            _ => true,
        })
        .collect();
    kept.reverse();
    kept
}

/// The kinds of element that hold a good part of the root's running text: short blocks of theirs are text too.
fn kin<'a>(tree: &Tree<'a>, root: usize, telling: &[Signs]) -> BTreeSet<(&'a str, Option<i32>)> {
    let mut held: BTreeMap<(&str, Option<i32>), usize> = BTreeMap::new();
    let mut whole = 0;
    for block in &tree.blocks[tree.elements[root].blocks.clone()] {
        if is_prose(block) && !telling[block.element].any(Signs::ASIDE) {
            *held.entry(kind(tree, &tree.elements[block.element])).or_default() += block.len;
            whole += block.len;
        }
    }
    held.into_iter().filter(|(_, len)| len * 4 > whole).map(|(kind, _)| kind).collect()
}

/// Links, with at most a few words between them. A sentence may hold many links, and still says something.
fn made_of_links(tree: &Tree, block: &Block) -> bool {
    let own = block.len - block.linked;
    block.link_density() > 0.5 && (own < 40 || !ends_sentence(&tree.words(block)))
}

/// The block is what the page's `description` says; a short one, word for word.
fn is_description(tree: &Tree, meta: &Meta, block: &Block) -> bool {
    let description = &meta.description;
    if block.len < 12 || block.len > 2 * description.len() || block.len * 2 < description.len() {
        return false;
    }
    let text = tree.words(block);
    text == *description || description.len() >= 40 && text.chars().take(40).eq(description.chars().take(40))
}
