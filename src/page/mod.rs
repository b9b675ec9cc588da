//! A page's snapshot in, a verdict and an article out.
//!
//! The browser's content script and the command line's HTML parser both make a [`Snapshot`]; everything after
//! it is one reader. Knows nothing of names, quotes or claims.

mod address;
mod article;
mod compose;
mod facts;
mod further;
mod headline;
#[cfg(feature = "cli")]
pub mod html;
pub mod language;
mod links;
mod meta;
mod notices;
#[cfg(all(test, feature = "cli"))]
mod oddities;
mod punycode;
mod read;
mod select;
mod signs;
mod snapshot;
#[cfg(all(test, feature = "cli"))]
mod tests;
#[cfg(feature = "train")]
pub mod training;
mod tree;
mod verdict;
mod weights;
mod wording;

pub use article::{Article, Link, Paragraph, Part, Piece};
pub use read::{Reading, Verdict, read};
pub use snapshot::{Attr, Node, Snapshot};
pub use verdict::{Reason, Speaks, Why};
