//! Annotations as files: JSON, and a standalone HTML page.

mod json;

pub use json::{AnnotatedText, PageReport};
#[cfg(feature = "cli")]
pub use json::{json, page_json};
