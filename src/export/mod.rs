//! Annotations as files: JSON, and a standalone HTML page.

mod json;

pub use json::{json, page_json};
