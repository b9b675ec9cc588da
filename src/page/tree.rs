//! A snapshot as elements and blocks: the shape that reading works on.
//!
//! A *block* is what a reader sees as one stretch of text: the text of inline elements runs on, block-level
//! elements and double line breaks part it. Block segmentation with the share of linked text is the common
//! ground of page reading since Kohlschütter et al. 2010, "Boilerplate Detection using Shallow Text Features".

use super::signs::{Names, Signs};
use super::{Node, Snapshot};
use std::ops::Range;

/// An element that isn't hidden, nor inside one that is.
#[derive(Clone, Debug)]
pub struct Element<'a> {
    /// Lower case.
    pub tag: &'a str,
    /// See [`Snapshot::attr`].
    pub attrs: &'a [i32],
    /// What its own tag, role and names say.
    pub signs: Signs,
    /// Index of its parent; the first element is its own.
    pub parent: usize,
    /// Index of the innermost block-level element that holds it or is it.
    pub container: usize,
    /// Index past its last descendant.
    pub end: usize,
    /// The blocks that begin inside it.
    pub blocks: Range<usize>,
}

/// A text node's part in a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Run {
    /// The text node of this index.
    Text(u32),
    /// A line break.
    Break,
}

/// One stretch of text.
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// Index of the innermost block-level element that holds it.
    pub element: usize,
    /// Index of the innermost element that holds its first words.
    pub first: usize,
    /// Indexes into [`Tree::runs`].
    pub runs: Range<usize>,
    /// Bytes of text, white space not counted.
    pub len: usize,
    /// Those of them inside links.
    pub linked: usize,
}

impl Block {
    /// The share of linked text.
    pub fn link_density(&self) -> f32 {
        self.linked as f32 / self.len.max(1) as f32
    }
}

/// A page's visible elements and blocks, in document order.
pub struct Tree<'a> {
    /// The page.
    pub snapshot: &'a Snapshot,
    /// The first is `body`.
    pub elements: Vec<Element<'a>>,
    /// No block is empty.
    pub blocks: Vec<Block>,
    /// What the blocks consist of.
    pub runs: Vec<Run>,
    /// The text nodes inside links, in order, each with the element that is the link.
    pub linked: Vec<(u32, usize)>,
    /// What the elements' names say, each read once.
    pub names: Names<'a>,
}

/// Elements that run on inside a line. Every other one parts blocks, but for elements that sites define
/// themselves (their names hold a hyphen), which may be either: their content decides.
fn is_inline(tag: &str) -> bool {
    matches!(
        tag,
        "a" | "abbr"
            | "acronym"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "img"
            | "ins"
            | "kbd"
            | "label"
            | "mark"
            | "picture"
            | "q"
            | "rp"
            | "rt"
            | "ruby"
            | "s"
            | "samp"
            | "small"
            | "source"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
    ) || tag.contains('-')
}

impl<'a> Tree<'a> {
    /// Reads the whole page, once.
    pub fn new(snapshot: &'a Snapshot) -> Self {
        let mut builder = Builder {
            tree: Tree {
                snapshot,
                elements: Vec::new(),
                blocks: Vec::new(),
                runs: Vec::new(),
                linked: Vec::new(),
                names: Names::new(snapshot),
            },
            open: Vec::new(),
            links: Vec::new(),
            block: Block::default(),
            line: 0,
        };
        let mut hidden = 0_usize;
        for node in snapshot.walk() {
            match node {
                Node::Open { flags, .. } if hidden > 0 || flags & Node::HIDDEN != 0 => hidden += 1,
                Node::Open { tag, attrs, .. } => builder.enter(tag, attrs),
                Node::Close if hidden > 0 => hidden -= 1,
                Node::Close => builder.leave(),
                Node::Text(index) if hidden == 0 => builder.text(index),
                Node::Text(_) => {}
            }
        }
        while !builder.open.is_empty() {
            builder.leave();
        }
        builder.tree
    }

    /// The element and its ancestors, innermost first.
    pub fn ancestors(&self, element: usize) -> impl Iterator<Item = usize> {
        let mut next = (element < self.elements.len()).then_some(element);
        std::iter::from_fn(move || {
            let this = next?;
            let parent = self.elements[this].parent;
            next = (parent < this).then_some(parent);
            Some(this)
        })
    }

    /// The value of an element's attribute; empty where it has none.
    pub fn attr(&self, element: usize, name: &str) -> &'a str {
        self.elements.get(element).and_then(|e| self.snapshot.attr(e.attrs, name)).unwrap_or("")
    }

    /// The words of a block, white space collapsed.
    pub fn words(&self, block: &Block) -> String {
        let mut out = String::new();
        for run in &self.runs[block.runs.clone()] {
            match run {
                Run::Text(node) => {
                    for (at, word) in self.text(*node).split_ascii_whitespace().enumerate() {
                        if at > 0 || self.text(*node).starts_with(|c: char| c.is_ascii_whitespace()) {
                            out.push(' ');
                        }
                        out.push_str(word);
                    }
                    if self.text(*node).ends_with(|c: char| c.is_ascii_whitespace()) {
                        out.push(' ');
                    }
                }
                Run::Break => out.push(' '),
            }
        }
        out.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The data of a text node.
    pub fn text(&self, node: u32) -> &'a str {
        self.snapshot.texts.get(node as usize).map_or("", String::as_str)
    }
}

struct Builder<'a> {
    tree: Tree<'a>,
    /// Open elements.
    open: Vec<usize>,
    /// Those of them that are links.
    links: Vec<usize>,
    /// The block that text goes to.
    block: Block,
    /// Its length where its last line begins.
    line: usize,
}

/// The last character but for closing marks ends sentences, in whatever script.
pub fn ends_sentence(text: &str) -> bool {
    let end = text.trim_end().trim_end_matches(['"', '\'', '”', '’', '»', '“', ')', ']']);
    end.ends_with(['.', '!', '?', '…', '。', '।', '؟', ';', ':'])
}

impl<'a> Builder<'a> {
    fn enter(&mut self, tag: &'a str, attrs: &'a [i32]) {
        let signs = self.tree.names.of_element(tag, attrs);
        if tag == "br" || tag == "span" && self.is_break(attrs) {
            self.line_break();
        } else if !is_inline(tag) {
            self.finish_block();
        }
        let index = self.tree.elements.len();
        let blocks = self.tree.blocks.len();
        let parent = self.open.last().copied().unwrap_or(index);
        let container = self.tree.elements.get(parent).map_or(index, |p| p.container);
        self.tree.elements.push(Element {
            tag,
            attrs,
            signs,
            parent,
            container: if is_inline(tag) { container } else { index },
            end: index + 1,
            blocks: blocks..blocks,
        });
        self.open.push(index);
        if tag == "a" {
            self.links.push(index);
        }
    }

    /// Some pages have style sheets make line breaks of elements that they call so.
    fn is_break(&self, attrs: &[i32]) -> bool {
        let class = self.tree.snapshot.attr(attrs, "class").unwrap_or("");
        class.split_ascii_whitespace().any(|name| matches!(name, "br" | "break" | "line-break"))
    }

    /// A double line break parts blocks, and so does a single one after a long line that ends a sentence.
    fn line_break(&mut self) {
        const LONG: usize = 80;
        let double =
            self.tree.runs.len() > self.block.runs.start && self.tree.runs.last() == Some(&Run::Break);
        let last = match self.tree.runs.last() {
            Some(Run::Text(node)) => self.tree.text(*node),
            _ => "",
        };
        if double || self.block.len >= self.line + LONG && ends_sentence(last) {
            self.finish_block();
        } else if self.block.len > 0 {
            self.tree.runs.push(Run::Break);
            self.line = self.block.len;
        }
    }

    fn leave(&mut self) {
        let Some(index) = self.open.pop() else { return };
        let tag = self.tree.elements[index].tag;
        if !is_inline(tag) && tag != "br" {
            self.finish_block();
        }
        if tag == "a" {
            self.links.pop();
        }
        let element = &mut self.tree.elements[index];
        element.blocks.end = self.tree.blocks.len().max(element.blocks.start);
        let end = self.tree.elements.len();
        self.tree.elements[index].end = end;
    }

    fn text(&mut self, node: u32) {
        let Some(&element) = self.open.last() else { return };
        let text = self.tree.text(node);
        let len: usize = text.split_whitespace().map(str::len).sum();
        if len == 0 && self.block.len == 0 {
            return;
        }
        if self.block.len == 0 {
            self.block.first = element;
        }
        // Only white space between two line breaks leaves them a double one.
        if len == 0 && self.tree.runs.last() == Some(&Run::Break) {
            return;
        }
        self.tree.runs.push(Run::Text(node));
        self.block.len += len;
        if let Some(link) = self.links.last() {
            self.tree.linked.push((node, *link));
            self.block.linked += len;
        }
    }

    fn finish_block(&mut self) {
        self.line = 0;
        let end = self.tree.runs.len();
        let mut block = std::mem::take(&mut self.block);
        self.block.runs = end..end;
        if block.len == 0 {
            return;
        }
        block.runs.end = end;
        block.element = self.tree.elements[block.first].container;
        self.tree.blocks.push(block);
    }
}
