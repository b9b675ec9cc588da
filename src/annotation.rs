//! What the engine returns: actors, quotes and claims over one article's text.
//!
//! Every span here is in bytes of [`Article::text`](crate::page::Article). The borders turn them into what
//! each consumer needs: [`export`](crate::export) into Unicode code points, the `web` module into
//! text nodes and UTF-16 units.

use crate::page::Link;
use crate::text::Span;
use serde::{Deserialize, Serialize};

/// Everything that was found in one article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Annotations {
    /// Who acts, in the order of first mention.
    pub actors: Vec<Actor>,
    /// Who says what, in text order.
    pub quotes: Vec<Quote>,
    /// The key claims, in text order; each has a score to rank by.
    pub claims: Vec<Claim>,
    /// What else is claimed, in text order, for a reader who wants to see more than the key claims. Of these and the
    /// key claims no two overlap.
    pub further: Vec<Claim>,
}

/// Index of an actor in [`Annotations::actors`].
pub type ActorId = usize;

/// One participant under all its names.
#[derive(Clone, Debug, PartialEq)]
pub struct Actor {
    /// The fullest name that the article gives.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// What the article says it is: "Ukrainian President".
    pub role: Option<String>,
    /// For people: what titles and pronouns show. `None` where nothing does.
    pub gender: Option<Gender>,
    /// Every mention by name, in text order; mentions of all actors never overlap.
    pub mentions: Vec<Mention>,
}

/// The four kinds of actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A named individual.
    Person,
    /// A named body: company, agency, party, court, team, outlet.
    Organisation,
    /// A named country, state, city, region or other location.
    Place,
    /// A noun naming people by nation, party, faith or ethnicity.
    Group,
}

/// Grammatical gender of a person's pronouns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gender {
    /// she, her, Mrs, Ms
    Female,
    /// he, him, Mr
    Male,
}

/// One mention of an actor by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The name alone: no title, article or possessive.
    pub span: Span,
    /// For places: the name stands for a government or people that acts or is acted on.
    pub acting: bool,
}

/// How a quote gives its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// All of the content stands in quotation marks.
    Direct,
    /// None of it does.
    Indirect,
    /// A reported clause with quoted words inside.
    Mixed,
}

/// Content that the article attributes to a source.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// How the content is given.
    pub form: Form,
    /// The content, one span for each unbroken piece, in text order and never empty. A direct span holds its
    /// quotation marks.
    pub spans: Vec<Span>,
    /// The words that name who speaks: "the Syrian president", "he".
    pub source: Option<Span>,
    /// The words that attribute: "said", "according to".
    pub cue: Option<Span>,
    /// The actor who speaks, once pronouns and descriptions are resolved.
    pub speaker: Option<ActorId>,
    /// For a source without a name, the words that describe it: "a senior official".
    pub unnamed: Option<String>,
}

/// A claim: something that evidence could show true or false.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// The claim at clause length, without its attribution.
    pub span: Span,
    /// Who vouches for it.
    pub voice: Voice,
    /// The actor who makes it, where one does.
    pub claimant: Option<ActorId>,
    /// What sort of statement it is.
    pub kind: ClaimKind,
    /// It is qualified: may, reportedly, is expected to.
    pub hedged: bool,
    /// The words that qualify it.
    pub hedge: Option<Span>,
    /// What the article gives for it.
    pub evidence: Evidence,
    /// How much it wants checking, in `[0, 1]`: finite, and comparable within one article.
    pub score: f32,
}

/// What the article gives for a claim: a source, a linked document, both or neither. That it is given is all that
/// this says, not that it bears the claim out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// The words that name the source.
    pub source: Option<Span>,
    /// What the article links to beside the claim.
    pub link: Option<Link>,
}

/// Who vouches for a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Voice {
    /// The article states it itself.
    Article,
    /// The article says that somebody states it.
    Attributed,
}

/// What sort of statement a claim is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ClaimKind {
    /// A number or statistic.
    Quantity,
    /// A comparison or ranking.
    Comparison,
    /// A cause or effect.
    Cause,
    /// A disputed or surprising event or fact.
    Event,
    /// An accusation or a denial.
    Accusation,
    /// What will or may happen.
    Prediction,
    /// What a law, report, study or court found.
    Finding,
}
