//! Attributions: a cue, its source and its content, as ranges of tokens.

use std::ops::Range;

/// Content that some words attribute to a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// The words that attribute.
    pub cue: Range<usize>,
    /// Who speaks.
    pub source: Option<Range<usize>>,
    /// What is said, one range for each unbroken piece, in text order.
    pub content: Vec<Range<usize>>,
}
