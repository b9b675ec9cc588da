//! What the layers read of a document beside its text: parts of speech, dependency trees, clusters of words.
//! Made once for an article, and read by every layer.
//!
//! All of it is found sentence by sentence, and a paragraph's text alone says what its sentences are: what was found of
//! a paragraph holds wherever the same text stands. A [`Memory`] keeps that for pages that are read again and again.

use super::parse::{Arc, Parser};
use super::{ModelError, Pos, PosTagger, Words};
use crate::text::Document;
use std::collections::HashMap;
use std::ops::Range;

/// Makes analyses, with the weights that the engine holds.
pub struct Analyser {
    tagger: PosTagger<'static>,
    parser: Parser<'static>,
    words: Words<'static>,
}

/// What was found of paragraphs before, by their text. It saves time and changes no answer.
#[derive(Default)]
pub struct Memory {
    /// Heads are counted from the paragraph's first token.
    paragraphs: HashMap<Box<str>, Box<[(Pos, Arc)]>>,
    /// Bytes of text in it.
    bytes: usize,
}

impl Memory {
    /// Bytes of paragraphs that it holds at most: a few long articles.
    const MOST: usize = 1 << 20;

    /// Keeps what was found of a paragraph; where that would be too much, forgets all else.
    fn keep(&mut self, text: &str, found: Box<[(Pos, Arc)]>) {
        if self.bytes + text.len() > Self::MOST {
            *self = Self::default();
        }
        if text.len() <= Self::MOST && self.paragraphs.insert(text.into(), found).is_none() {
            self.bytes += text.len();
        }
    }
}

/// One document, analysed.
pub struct Analysis<'a> {
    /// The document.
    pub document: &'a Document<'a>,
    /// The part of speech of every token.
    pub tags: Vec<Pos>,
    /// How every token hangs together with the others of its sentence; heads are tokens of the document.
    pub arcs: Vec<Arc>,
    /// Clusters and lists, to look its words up in.
    pub words: Words<'static>,
}

impl Analyser {
    /// The analyser that the engine holds.
    ///
    /// # Errors
    /// Where its weights are damaged.
    pub fn bundled() -> Result<Self, ModelError> {
        let tagger = PosTagger::bundled()?;
        Ok(Self { words: tagger.words, tagger, parser: Parser::bundled()? })
    }

    /// Analyses `document`; linear in its length.
    pub fn analyse<'a>(&self, document: &'a Document<'a>) -> Analysis<'a> {
        let tags = self.tagger.tag(document);
        let arcs = self.parser.parse_all(document, &tags, &self.words);
        Analysis { document, tags, arcs, words: self.words }
    }

    /// The same, with what `memory` knows of the document's paragraphs; the others' are kept in it.
    pub fn analyse_with<'a>(&self, document: &'a Document<'a>, memory: &mut Memory) -> Analysis<'a> {
        let article = document.article;
        let text =
            |paragraph: usize| article.paragraphs.get(paragraph).map_or("", |p| p.span.of(&article.text));
        let paragraphs = || document.paragraphs.iter().enumerate();
        // A document of the unknown paragraphs alone.
        let mut rest =
            Document { article, tokens: Vec::new(), sentences: Vec::new(), paragraphs: Vec::new() };
        for (_, sentences) in paragraphs().filter(|(index, _)| !memory.paragraphs.contains_key(text(*index)))
        {
            let tokens = tokens_of(document, sentences);
            let (from, first) = (rest.tokens.len(), rest.sentences.len());
            rest.tokens.extend_from_slice(document.tokens.get(tokens.clone()).unwrap_or_default());
            let moved = |s: &Range<usize>| from + s.start - tokens.start..from + s.end - tokens.start;
            rest.sentences
                .extend(document.sentences.get(sentences.clone()).unwrap_or_default().iter().map(moved));
            rest.paragraphs.push(first..rest.sentences.len());
        }
        let Analysis { tags, arcs, .. } = self.analyse(&rest);
        let mut fresh = rest.paragraphs.iter().map(|sentences| {
            let tokens = tokens_of(&rest, sentences);
            let back = |arc: &Arc| Arc { head: arc.head.map(|head| head - tokens.start), ..*arc };
            let tags = tags.get(tokens.clone()).unwrap_or_default().iter().copied();
            let arcs = arcs.get(tokens.clone()).unwrap_or_default().iter().map(back);
            tags.zip(arcs).collect::<Box<[_]>>()
        });
        let mut analysis = Analysis { document, tags: Vec::new(), arcs: Vec::new(), words: self.words };
        let mut new = Vec::new();
        for (index, sentences) in paragraphs() {
            let start = tokens_of(document, sentences).start;
            let known = memory.paragraphs.get(text(index));
            let made = if known.is_none() { fresh.next() } else { None };
            for (tag, arc) in known.or(made.as_ref()).into_iter().flatten() {
                analysis.tags.push(*tag);
                analysis.arcs.push(Arc { head: arc.head.map(|head| head + start), ..*arc });
            }
            new.extend(made.map(|found| (text(index), found)));
        }
        for (text, found) in new {
            memory.keep(text, found);
        }
        analysis
    }
}

/// The tokens of a paragraph given as a range of sentences.
fn tokens_of(document: &Document, sentences: &Range<usize>) -> Range<usize> {
    let sentences = document.sentences.get(sentences.clone()).unwrap_or_default();
    sentences.first().map_or(0, |s| s.start)..sentences.last().map_or(0, |s| s.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Article;
    use crate::tagger::ANALYSER;
    use proptest::prelude::*;

    proptest! {
        /// Whatever was read before, and however often: the answer is the one that it would be without.
        #[test]
        fn memory_changes_no_answer(
            pool in prop::collection::vec("([A-Za-z“”,.—\u{a0} ]{1,9} ){0,12}", 1..6),
            edits in prop::collection::vec(prop::collection::vec(0..6_usize, 0..8), 1..5),
        ) {
            let mut memory = Memory::default();
            for edit in edits {
                let texts: Vec<_> = edit.iter().filter_map(|&at| pool.get(at)).map(String::as_str).collect();
                let article = Article::from_text(&texts.join("\n\n"));
                let document = Document::new(&article);
                let [want, got] = [ANALYSER.analyse(&document), ANALYSER.analyse_with(&document, &mut memory)];
                prop_assert_eq!((want.tags, want.arcs), (got.tags, got.arcs));
            }
        }
    }

    #[test]
    fn memory_has_an_end() {
        let mut memory = Memory::default();
        for n in 0..200 {
            memory.keep(&format!("{n} {}", "x".repeat(20_000)), Box::default());
            assert!(memory.bytes <= Memory::MOST);
            assert_eq!(memory.bytes, memory.paragraphs.keys().map(|text| text.len()).sum::<usize>());
        }
        memory.keep(&"x".repeat(Memory::MOST + 1), Box::default());
        assert!(memory.paragraphs.is_empty());
    }
}
