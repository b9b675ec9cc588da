//! What an article gives for a claim, beside the source that it names: the links near it.

use crate::annotation::Actor;
use crate::page::Link;
use crate::text::{Document, Span};

/// The links of an article that can be evidence, in text order.
pub struct Links<'a>(Vec<&'a Link>);

impl<'a> Links<'a> {
    /// All links but those on nothing but a name, which lead to whoever bears it or to all that is known of them.
    pub fn new(document: &'a Document, actors: &[Actor]) -> Self {
        let mut names: Vec<Span> =
            actors.iter().flat_map(|actor| actor.mentions.iter().map(|m| m.span)).collect();
        names.sort_unstable();
        let is_name = |link: &Link| {
            let before = names.partition_point(|name| name.start <= link.span.start);
            before.checked_sub(1).is_some_and(|at| link.span.end <= names[at].end)
        };
        Self(document.article.links.iter().filter(|link| !is_name(link)).collect())
    }

    /// The link that stands in the sentence of a claim: rather one to another site than one inside the own, and
    /// then rather one in the claim's own words than one beside them.
    pub fn beside(&self, claim: Span, sentence: Span) -> Option<&'a Link> {
        let from = self.0.partition_point(|link| link.span.end <= sentence.start);
        let to = self.0.partition_point(|link| link.span.start < sentence.end);
        let near = self.0.get(from..to).unwrap_or_default();
        near.iter().copied().min_by_key(|link| (link.host.is_empty(), !link.span.overlaps(claim)))
    }
}
