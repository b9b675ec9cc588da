//! The lowest layer: an article's text as paragraphs, sentences and tokens, and the arithmetic of offsets.
//!
//! Knows nothing of names, quotes or claims. [`Document`] is what every layer above reads.

mod fold;
mod sentence;
mod span;
mod token;

pub use fold::{fold, fold_into};
pub use span::{Offsets, Span, Unit};
pub use token::{Shape, Token, is_apostrophe, is_hyphen};

use crate::page::Article;
use std::ops::Range;

/// An article cut into tokens, sentences and paragraphs.
///
/// Ranges are of indexes into [`tokens`](Self::tokens). A sentence lies inside one paragraph; a paragraph may
/// hold no token.
pub struct Document<'a> {
    /// The article.
    pub article: &'a Article,
    /// Every token, in text order.
    pub tokens: Vec<Token>,
    /// Every sentence, as a range of tokens; never empty.
    pub sentences: Vec<Range<usize>>,
    /// Every paragraph of the article, as a range of sentences.
    pub paragraphs: Vec<Range<usize>>,
}

impl<'a> Document<'a> {
    /// Cuts `article` up; linear in its length.
    pub fn new(article: &'a Article) -> Self {
        let mut document =
            Self { article, tokens: Vec::new(), sentences: Vec::new(), paragraphs: Vec::new() };
        for paragraph in &article.paragraphs {
            let first_token = document.tokens.len();
            let first_sentence = document.sentences.len();
            let text = paragraph.span.of(&article.text);
            token::tokenize(text, paragraph.span.start, &mut document.tokens);
            sentence::split(&article.text, &document.tokens, first_token, &mut document.sentences);
            document.paragraphs.push(first_sentence..document.sentences.len());
        }
        document
    }

    /// The whole text.
    pub fn text(&self) -> &'a str {
        &self.article.text
    }

    /// The words of one token; empty where there is no such token.
    pub fn word(&self, token: usize) -> &'a str {
        self.tokens.get(token).map_or("", |t| t.span.of(self.text()))
    }

    /// The bytes from the first to the last token of a range of tokens.
    pub fn span(&self, tokens: &Range<usize>) -> Span {
        match (self.tokens.get(tokens.start), tokens.end.checked_sub(1).and_then(|at| self.tokens.get(at))) {
            (Some(first), Some(last)) if !tokens.is_empty() => Span::new(first.span.start, last.span.end),
            _ => Span::new(0, 0),
        }
    }

    /// The tokens that lie wholly inside `span`.
    pub fn tokens_in(&self, span: Span) -> Range<usize> {
        let from = self.tokens.partition_point(|t| t.span.start < span.start);
        let to = self.tokens.partition_point(|t| t.span.end <= span.end);
        from..to.max(from)
    }

    /// Index of the sentence that holds `token`; where there is none, the number of sentences.
    pub fn sentence_of(&self, token: usize) -> usize {
        self.sentences.partition_point(|s| s.end <= token)
    }

    /// Index of the paragraph that holds `sentence`; where there is none, the number of paragraphs.
    pub fn paragraph_of(&self, sentence: usize) -> usize {
        self.paragraphs.partition_point(|p| p.end <= sentence)
    }
}
