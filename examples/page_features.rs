//! Prints the features that a page's verdict rests on: one line of JSON for each saved page. The weights in
//! `src/page/verdict.rs` were fitted on such lines.

use ascribe::page::{features, html};

fn main() -> std::io::Result<()> {
    for file in std::env::args().skip(1) {
        let values: serde_json::Map<_, _> = features(&html::snapshot(&std::fs::read_to_string(&file)?))
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.into()))
            .collect();
        println!("{}", serde_json::json!({ "file": file, "features": values }));
    }
    Ok(())
}
