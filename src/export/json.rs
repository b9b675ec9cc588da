//! The JSON of `ascribe annotate` and `ascribe page`. Offsets are Unicode code points of `text`, end exclusive,
//! as W3C's [TextPositionSelector](https://www.w3.org/TR/annotation-model/#text-position-selector) asks.
//!
//! The command line writes these with `serde_json`; the browser gets the very same structures as JavaScript
//! objects.

use crate::annotation::{Annotations, ClaimKind, Form, Kind, Voice};
use crate::overlay::thousandths;
use crate::page::{Article, Part, Reading, Reason, Verdict};
use crate::text::{Offsets, Span, Unit};
use serde::Serialize;

#[derive(Serialize)]
struct Range {
    start: usize,
    end: usize,
}

/// One article and what was found in it.
#[derive(Serialize)]
pub struct AnnotatedText<'a> {
    text: &'a str,
    language: &'a str,
    actors: Vec<Actor<'a>>,
    quotes: Vec<Quote<'a>>,
    claims: Vec<Claim<'a>>,
}

#[derive(Serialize)]
struct Actor<'a> {
    name: &'a str,
    kind: Kind,
    role: Option<&'a str>,
    mentions: Vec<Mention>,
}

#[derive(Serialize)]
struct Mention {
    #[serde(flatten)]
    range: Range,
    acting: bool,
}

#[derive(Serialize)]
struct Quote<'a> {
    form: Form,
    spans: Vec<Range>,
    source: Option<Range>,
    cue: Option<Range>,
    speaker: Option<usize>,
    unnamed: Option<&'a str>,
}

#[derive(Serialize)]
struct Claim<'a> {
    #[serde(flatten)]
    range: Range,
    voice: Voice,
    claimant: Option<usize>,
    kind: ClaimKind,
    hedged: bool,
    hedge: Option<Range>,
    evidence: Evidence<'a>,
    score: f64,
}

#[derive(Serialize)]
struct Evidence<'a> {
    source: Option<Range>,
    link: Option<Link<'a>>,
}

#[derive(Serialize)]
struct Link<'a> {
    #[serde(flatten)]
    range: Range,
    host: &'a str,
}

impl<'a> AnnotatedText<'a> {
    /// What was found in `article`.
    pub fn new(article: &'a Article, annotations: &'a Annotations) -> Self {
        let offsets = Offsets::new(&article.text, Unit::CodePoint);
        let range = |span: Span| Range { start: offsets.at(span.start), end: offsets.at(span.end) };
        let actor = |a: &'a crate::annotation::Actor| Actor {
            name: &a.name,
            kind: a.kind,
            role: a.role.as_deref(),
            mentions: a.mentions.iter().map(|m| Mention { range: range(m.span), acting: m.acting }).collect(),
        };
        let quote = |q: &'a crate::annotation::Quote| Quote {
            form: q.form,
            spans: q.spans.iter().map(|s| range(*s)).collect(),
            source: q.source.map(range),
            cue: q.cue.map(range),
            speaker: q.speaker,
            unnamed: q.unnamed.as_deref(),
        };
        let link = |l: &'a crate::page::Link| Link { range: range(l.span), host: &l.host };
        let claim = |c: &'a crate::annotation::Claim| Claim {
            range: range(c.span),
            voice: c.voice,
            claimant: c.claimant,
            kind: c.kind,
            hedged: c.hedged,
            hedge: c.hedge.map(range),
            evidence: Evidence {
                source: c.evidence.source.map(range),
                link: c.evidence.link.as_ref().map(link),
            },
            score: thousandths(c.score),
        };
        Self {
            text: &article.text,
            language: &article.language,
            actors: annotations.actors.iter().map(actor).collect(),
            quotes: annotations.quotes.iter().map(quote).collect(),
            claims: annotations.claims.iter().map(claim).collect(),
        }
    }
}

/// What was read from a page: the verdict, and the article's body in paragraphs, the standfirst and subheads
/// among them.
#[derive(Serialize)]
pub struct PageReport<'a> {
    verdict: Verdict,
    score: f64,
    reasons: &'a [Reason],
    #[serde(flatten)]
    article: ArticleReport<'a>,
    /// The articles that the page goes on with.
    further: Vec<ArticleReport<'a>>,
}

#[derive(Serialize)]
struct ArticleReport<'a> {
    language: &'a str,
    title: &'a str,
    byline: Option<&'a str>,
    published: Option<&'a str>,
    paragraphs: Vec<&'a str>,
}

impl<'a> PageReport<'a> {
    /// What `reading` says.
    pub fn new(reading: &'a Reading) -> Self {
        Self {
            verdict: reading.verdict,
            score: thousandths(reading.score),
            reasons: &reading.reasons,
            article: ArticleReport::new(&reading.article),
            further: reading.further.iter().map(ArticleReport::new).collect(),
        }
    }
}

impl<'a> ArticleReport<'a> {
    fn new(article: &'a Article) -> Self {
        Self {
            language: &article.language,
            title: &article.title,
            byline: article.byline.as_deref(),
            published: article.published.as_deref(),
            paragraphs: article
                .paragraphs
                .iter()
                .filter(|p| matches!(p.part, Part::Standfirst | Part::Subhead | Part::Body))
                .map(|p| p.span.of(&article.text))
                .collect(),
        }
    }
}

/// The annotations of `article` as one line of JSON.
#[cfg(feature = "cli")]
pub fn json(article: &Article, annotations: &Annotations) -> String {
    serde_json::to_string(&AnnotatedText::new(article, annotations)).unwrap_or_default()
}

/// What was read from a page, as one line of JSON.
#[cfg(feature = "cli")]
pub fn page_json(reading: &Reading) -> String {
    serde_json::to_string(&PageReport::new(reading)).unwrap_or_default()
}
