//! What the networks of cues and of arguments see of a token: one value for each field.
//!
//! The first network reads every token for itself; its states know the words around. The second reads the window of
//! one cue, as semantic role labelling looks for a predicate's arguments (Màrquez et al. 2008): it gets those states,
//! and where each token stands to the cue.

use super::view::{Convention, View};
use crate::tagger::Pos;
use crate::text::Shape;
use std::ops::Range;

/// How many fields a token has.
pub const TOKEN_FIELDS: usize = 12;
/// How many it has more, as seen from a cue.
pub const ARGUMENT_FIELDS: usize = 5;

/// How many values each field has; 0 for hashes.
#[cfg(feature = "train")]
pub const TOKEN_VALUES: [usize; TOKEN_FIELDS] = [0, 0, 18, 1024, 8, 64, 32, 18, 1024, 8, 2, 3];
/// The same of what is seen from a cue.
#[cfg(feature = "train")]
pub const ARGUMENT_VALUES: [usize; ARGUMENT_FIELDS] = [24, 192, 10, 0, 8];

/// What stands for a head where there is none.
const NONE: u32 = Pos::NAMES.len() as u32;

/// A hash in 32 bits.
fn key(hash: u64) -> u32 {
    (hash ^ hash >> 32) as u32
}

/// The fields of a token: its word, its ending, its part of speech, its cluster, its class as a cue, the quotation
/// marks around it, how it hangs on its head, that head's part of speech and cluster, what it looks like, whose
/// conventions are followed, and on which side its head is.
pub fn token_fields(view: &View, at: usize, convention: Convention) -> [u32; TOKEN_FIELDS] {
    let seen = view.at(at);
    let head = view.head(at);
    let above = head.map(|head| view.at(head));
    let document = view.document;
    let token = document.tokens.get(at);
    let capital = document.word(at).starts_with(char::is_uppercase);
    let number = token.is_some_and(|token| token.shape == Shape::Number);
    let look = u32::from(capital) | u32::from(view.begins(at)) << 1 | u32::from(number) << 2;
    let side = head.map_or(0, |head| if head < at { 1 } else { 2 });
    [
        key(seen.word),
        key(seen.suffix),
        seen.pos as u32,
        seen.fine as u32,
        seen.class as u32,
        seen.marks as u32,
        view.relation(at).min(31) as u32,
        above.map_or(NONE, |above| above.pos as u32),
        above.map_or(0, |above| above.fine) as u32,
        look,
        convention as u32,
        side,
    ]
}

/// The fields of every token of `window` as seen from the cue: how far it is and on which side, how its branch of
/// the tree meets the cue's, which quotation it is in and whether it is a cue too, and the cue's word and class.
pub fn argument_fields(view: &View, cue: &Range<usize>, window: &Range<usize>, is_cue: &[bool]) -> Vec<u32> {
    let head = view.cue_head(cue);
    let verb = view.at(head);
    let above: Vec<usize> = view.upwards(head).collect();
    let quotation = |at: usize| Some(view.at(at).quotation).filter(|q| *q != 0);
    let left = (window.start..cue.start).rev().find_map(quotation).unwrap_or(0);
    let right = (cue.end..window.end).find_map(quotation).unwrap_or(0);
    let inside = view.at(cue.start).quotation;
    let mut out = Vec::with_capacity(window.len() * ARGUMENT_FIELDS);
    for at in window.clone() {
        let place = if at < cue.start {
            bucket(cue.start - at)
        } else if at < cue.end {
            11
        } else {
            12 + bucket(at + 1 - cue.end)
        };
        let quotation = view.at(at).quotation;
        let order = match quotation {
            0 => 0,
            q if q == inside => 4,
            q => 1 + if at < cue.start { left } else { right }.abs_diff(q).min(2),
        };
        let here = u32::from(is_cue.get(at).copied().unwrap_or(false));
        let branch = view.branch(at, &above) as u32;
        out.extend([place, branch, order * 2 + here, key(verb.word), verb.class as u32]);
    }
    out
}

/// Distances in tokens: 1 to 4, then ever wider.
fn bucket(distance: usize) -> u32 {
    match distance {
        0..=4 => distance as u32,
        5..=6 => 5,
        7..=9 => 6,
        10..=14 => 7,
        15..=24 => 8,
        25..=45 => 9,
        _ => 10,
    }
}
