//! Who acts: mentions, their kinds, who is who, roles, and which places act.

use crate::annotation::Actor;
use crate::text::Document;

/// Every actor of the article, in the order of first mention.
pub fn find(_document: &Document) -> Vec<Actor> {
    Vec::new()
}
