//! What is claimed, and who vouches for it.

use crate::annotation::{Actor, Claim, Quote};
use crate::text::Document;

/// The key claims of an English article, in text order, each with a score to rank by.
pub fn find(_document: &Document, _actors: &[Actor], _quotes: &[Quote]) -> Vec<Claim> {
    Vec::new()
}
