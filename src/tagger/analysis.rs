//! What the layers read of a document beside its text: parts of speech, dependency trees, clusters of words.
//! Made once for an article, and read by every layer.

use super::parse::{Arc, Parser};
use super::{ModelError, Pos, PosTagger, Words};
use crate::text::Document;

/// Makes analyses, with the weights that the engine holds.
pub struct Analyser {
    tagger: PosTagger<'static>,
    parser: Parser<'static>,
    words: Words<'static>,
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
}
