//! The licences of every crate that any of ours depends on, against the list in `deny.toml`.
//!
//! `cargo-deny` reads the same file and checks more, but takes minutes to build.

use crate::command::{cargo, output};
use crate::root;
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use spdx::{Expression, ParseMode};

/// Fails where a crate's licence expression can't be met by the allowed licences.
pub fn check() -> Result<()> {
    let list = std::fs::read_to_string(root().join("deny.toml")).context("can't read deny.toml")?;
    let list: toml::Table = list.parse().context("deny.toml")?;
    let allowed = list["licenses"]["allow"].as_array().context("deny.toml has no licenses.allow")?;
    let allowed: Vec<_> = allowed.iter().filter_map(toml::Value::as_str).collect();
    let metadata = output(&mut cargo("metadata --format-version 1 --locked"))?;
    let metadata: Value = serde_json::from_str(&metadata)?;
    let packages = metadata["packages"].as_array().context("cargo metadata has no packages")?;
    let refused: Vec<_> = packages
        .iter()
        .filter(|package| !package["license"].as_str().is_some_and(|licence| is_met(licence, &allowed)))
        .map(|package| format!("{} {}: {}", package["name"], package["version"], package["license"]))
        .collect();
    ensure!(refused.is_empty(), "not among deny.toml's licences: {}", refused.join(", "));
    Ok(())
}

/// Whether the allowed licences meet an SPDX expression; crates from before SPDX write "MIT/Apache-2.0".
fn is_met(expression: &str, allowed: &[&str]) -> bool {
    let parsed = Expression::parse_mode(expression, ParseMode::LAX);
    parsed.is_ok_and(|expression| {
        expression.evaluate(|requirement| allowed.contains(&requirement.to_string().as_str()))
    })
}

#[cfg(test)]
mod tests {
    use super::is_met;

    #[test]
    fn expressions_are_met_by_the_allowed() {
        let allowed = ["MIT", "Apache-2.0 WITH LLVM-exception", "Unicode-3.0"];
        for (expression, met) in [
            ("MIT", true),
            ("MIT/Apache-2.0", true),
            ("GPL-3.0-only OR MIT", true),
            ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
            ("Apache-2.0 WITH LLVM-exception", true),
            ("MIT AND Apache-2.0", false),
            ("Apache-2.0", false),
            ("GPL-3.0", false),
            ("no licence at all", false),
        ] {
            assert_eq!(is_met(expression, &allowed), met, "{expression}");
        }
    }
}
