//! A page's snapshot in, a verdict and an article out.
//!
//! The browser's content script and the command line's HTML parser both make a [`Snapshot`]; everything after
//! it is one reader. Knows nothing of names, quotes or claims.

mod article;
mod compose;
#[cfg(feature = "cli")]
pub mod html;
pub mod language;
mod meta;
mod read;
mod signs;
mod snapshot;
mod tree;

pub use article::{Article, Paragraph, Part, Piece};
pub use read::{Reading, Verdict, read};
pub use snapshot::{Attr, Node, Snapshot};
