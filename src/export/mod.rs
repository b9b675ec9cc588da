//! Annotations as files: JSON, and a standalone HTML page.

#[cfg(feature = "cli")]
mod html;
mod json;

#[cfg(feature = "cli")]
pub use html::html;
pub use json::{AnnotatedText, PageReport};
#[cfg(feature = "cli")]
pub use json::{json, page_json};
