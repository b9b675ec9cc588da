//! A list as plain text, for readers who take it with them: what stands on the screen, and the speakers' roles.

use super::{Line, groups};
use crate::annotation::ActorId;
use crate::overlay::{Layer, Overlay};

/// The list of one layer under the article's title and the page's address, claims up to the level `amount`.
#[must_use]
pub fn plain(overlay: &Overlay, layer: Layer, amount: usize, address: &str) -> String {
    let name = match layer {
        Layer::Actor => "Actors",
        Layer::Quote => "Quotes",
        Layer::Claim => "Claims",
    };
    let mut parts = vec![
        lines([overlay.title.as_str(), address].map(spaced)),
        format!("{name}, found automatically by Ascribe"),
    ];
    for group in groups(overlay, layer) {
        parts.extend(group.article.map(|(_, title)| spaced(&title)));
        let shown = group.lines.iter().filter(|line| layer != Layer::Claim || line.level <= amount);
        if layer == Layer::Actor {
            let heading = group.heading.map(str::to_owned);
            parts.push(lines(heading.into_iter().chain(shown.map(actor))));
        } else {
            parts.extend(shown.map(|line| cited(line, role(overlay, layer, line.item))));
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n") + "\n"
}

/// "Ada Ames, mayor: named twice, quoted once"
fn actor(line: &Line) -> String {
    let role = line.text.as_ref().map(|role| format!(", {role}"));
    spaced(format!("{}{}: {}", line.name, role.unwrap_or_default(), line.note))
}

/// What was said or claimed, and under it who says so.
fn cited(line: &Line, role: Option<&str>) -> String {
    let role = role.map(|role| format!(", {role}")).unwrap_or_default();
    let who = format!("— {}{role} ({})", line.name, line.note);
    lines([line.text.as_deref().unwrap_or_default(), &who].map(spaced))
}

/// The role of whoever says an item.
fn role(overlay: &Overlay, layer: Layer, item: usize) -> Option<&str> {
    let actor: Option<ActorId> = match layer {
        Layer::Actor => None,
        Layer::Quote => overlay.quotes.get(item)?.speaker,
        Layer::Claim => overlay.claims.get(item)?.claimant,
    };
    overlay.actors.get(actor?)?.role.as_deref()
}

/// On one line.
fn spaced(text: impl AsRef<str>) -> String {
    text.as_ref().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn lines(all: impl IntoIterator<Item = String>) -> String {
    all.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}
