//! Ascribe reads a news article and says who acts in it, who says what, and what it claims.
//!
//! The engine is a pure function: a page's [snapshot](page::Snapshot) or a plain text in, [annotations](Annotations)
//! out. No clock, no input or output, no global state, no panic on any input; the same bytes give the same
//! answer natively and in WebAssembly.
//!
//! A layer knows the layers below it and none above: text → tagger → actors → quotes → claims.

pub mod actors;
pub mod annotation;
pub mod claims;
pub mod export;
pub mod overlay;
pub mod page;
pub mod quotes;
pub mod tagger;
pub mod text;
#[cfg(feature = "train")]
pub mod train;
#[cfg(any(test, feature = "web"))]
pub mod view;
#[cfg(feature = "web")]
pub mod web;

pub use annotation::Annotations;
use page::Article;
use std::sync::LazyLock;
use tagger::{Memory, ModelError};
use text::Document;

/// The weights of every layer, read and checked.
pub struct Engine {
    analyser: tagger::Analyser,
    actors: actors::Finder,
    quotes: quotes::Finder,
}

impl Engine {
    /// Reads the weights that are compiled in.
    ///
    /// # Errors
    /// Where they are damaged.
    pub fn new() -> Result<Self, ModelError> {
        Ok(Self {
            analyser: tagger::Analyser::bundled()?,
            actors: actors::Finder::bundled()?,
            quotes: quotes::Finder::bundled()?,
        })
    }

    /// Annotates one article: the whole pipeline.
    ///
    /// For a language that the engine doesn't know, only direct quotes by their marks are found, without
    /// speakers. What `memory` holds of paragraphs that were read before saves time, and changes no answer.
    pub fn annotate(&self, article: &Article, memory: &mut Memory) -> Annotations {
        let document = Document::new(article);
        if article.language != "en" {
            return Annotations { quotes: quotes::marked(&document), ..Annotations::default() };
        }
        let analysis = self.analyser.analyse_with(&document, memory);
        let actors = self.actors.find(&analysis);
        let quotes = self.quotes.find(&analysis, &actors);
        let claims = claims::find(&document, &analysis.words, &actors, &quotes);
        Annotations { actors, quotes, claims: claims.key, further: claims.further }
    }
}

/// Annotates one article with an engine that is made once and never changes.
///
/// # Errors
/// Where the weights are damaged.
pub fn annotate(article: &Article) -> Result<Annotations, ModelError> {
    annotate_again(article, &mut Memory::default())
}

/// The same, sooner where `memory` holds some of its paragraphs, as it then does of all.
///
/// # Errors
/// Where the weights are damaged.
pub fn annotate_again(article: &Article, memory: &mut Memory) -> Result<Annotations, ModelError> {
    static ENGINE: LazyLock<Result<Engine, ModelError>> = LazyLock::new(Engine::new);
    ENGINE.as_ref().map(|engine| engine.annotate(article, memory)).map_err(|error| *error)
}
