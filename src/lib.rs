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
use text::Document;

/// Annotates one article: the whole pipeline.
///
/// For a language that the engine doesn't know, only direct quotes by their marks are found, without speakers.
pub fn annotate(article: &Article) -> Annotations {
    let document = Document::new(article);
    if article.language != "en" {
        return Annotations { quotes: quotes::marked(&document), ..Annotations::default() };
    }
    let actors = actors::find(&document);
    let quotes = quotes::find(&document, &actors);
    let claims = claims::find(&document, &actors, &quotes);
    Annotations { actors, quotes, claims }
}
