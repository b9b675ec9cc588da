//! Chosen blocks into an article's text, with every character's place in the page kept.
//!
//! White space collapses as it does on the screen (CSS Text, "White Space Processing"). Soft hyphens and
//! zero-width spaces, which no reader sees, are dropped; so is nothing else. A [`Piece`] ends where that makes
//! the text differ from the node's.

use super::tree::{Block, Run, Tree};
use super::{Article, Paragraph, Part, Piece};
use crate::text::Span;

/// White space between words.
#[derive(Clone, Copy)]
enum Space {
    /// A space that stands in a text node, at so many UTF-16 units.
    Page(u32, u32),
    /// Any other white space, or a line break.
    Ours,
}

/// Writes paragraphs into an article, one after the other.
pub struct Composer<'a, 'b> {
    tree: &'b Tree<'a>,
    article: Article,
    /// White space that has been read and not yet written.
    space: Option<Space>,
    /// Where the last piece ends in its node, in UTF-16 units.
    next: u32,
}

impl<'a, 'b> Composer<'a, 'b> {
    /// Begins an empty article.
    pub fn new(tree: &'b Tree<'a>) -> Self {
        Self { tree, article: Article::default(), space: None, next: 0 }
    }

    /// Adds a paragraph.
    pub fn push(&mut self, block: &Block, part: Part) {
        let (mark, pieces) = (self.article.text.len(), self.article.pieces.len());
        if mark > 0 {
            self.article.text.push_str("\n\n");
        }
        let start = self.article.text.len();
        self.space = None;
        for run in self.tree.runs.get(block.runs.clone()).unwrap_or_default() {
            match run {
                Run::Break => self.space = Some(Space::Ours),
                Run::Text(node) => self.text(*node, start),
            }
        }
        let span = Span::new(start, self.article.text.len()).trimmed(&self.article.text);
        if span.is_empty() {
            self.article.pieces.truncate(pieces);
            self.article.text.truncate(mark);
        } else {
            self.article.paragraphs.push(Paragraph { span, part });
        }
    }

    /// The article so far.
    pub fn finish(self) -> Article {
        self.article
    }

    fn text(&mut self, node: u32, start: usize) {
        let mut at = 0;
        for c in self.tree.text(node).chars() {
            match c {
                ' ' | '\t' | '\n' | '\r' | '\x0c' => {
                    self.space.get_or_insert(if c == ' ' { Space::Page(node, at) } else { Space::Ours });
                }
                '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => {}
                _ => {
                    match self.space.take().filter(|_| self.article.text.len() > start) {
                        None => {}
                        Some(Space::Page(node, at)) => self.push_char(' ', node, at),
                        Some(Space::Ours) => self.article.text.push(' '),
                    }
                    self.push_char(c, node, at);
                }
            }
            at += c.len_utf16() as u32;
        }
    }

    /// Adds a character that stands in the page; it joins the last piece where it follows it in both texts.
    fn push_char(&mut self, c: char, node: u32, at: u32) {
        let start = self.article.text.len();
        self.article.text.push(c);
        let end = self.article.text.len();
        if let Some(last) = self.article.pieces.last_mut()
            && last.node == node
            && last.span.end == start
            && self.next == at
        {
            last.span.end = end;
        } else {
            self.article.pieces.push(Piece { span: Span::new(start, end), node, at });
        }
        self.next = at + c.len_utf16() as u32;
    }
}
