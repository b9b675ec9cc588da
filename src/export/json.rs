//! The JSON of `ascribe annotate`. Offsets are Unicode code points of `text`, end exclusive, as W3C's
//! [TextPositionSelector](https://www.w3.org/TR/annotation-model/#text-position-selector) asks.

use crate::annotation::{Annotations, ClaimKind, Form, Kind, Voice};
use crate::page::{Article, Part};
use crate::text::{Offsets, Span, Unit};
use serde::Serialize;

#[derive(Serialize)]
struct Range {
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct Out<'a> {
    text: &'a str,
    language: &'a str,
    actors: Vec<Actor<'a>>,
    quotes: Vec<Quote<'a>>,
    claims: Vec<Claim>,
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
struct Claim {
    #[serde(flatten)]
    range: Range,
    voice: Voice,
    claimant: Option<usize>,
    kind: ClaimKind,
    hedged: bool,
    score: f32,
}

/// The annotations of `article` as one line of JSON.
pub fn json(article: &Article, annotations: &Annotations) -> String {
    let offsets = Offsets::new(&article.text, Unit::CodePoint);
    let range = |span: Span| Range { start: offsets.at(span.start), end: offsets.at(span.end) };
    let out = Out {
        text: &article.text,
        language: &article.language,
        actors: annotations
            .actors
            .iter()
            .map(|a| Actor {
                name: &a.name,
                kind: a.kind,
                role: a.role.as_deref(),
                mentions: a
                    .mentions
                    .iter()
                    .map(|m| Mention { range: range(m.span), acting: m.acting })
                    .collect(),
            })
            .collect(),
        quotes: annotations
            .quotes
            .iter()
            .map(|q| Quote {
                form: q.form,
                spans: q.spans.iter().map(|s| range(*s)).collect(),
                source: q.source.map(range),
                cue: q.cue.map(range),
                speaker: q.speaker,
                unnamed: q.unnamed.as_deref(),
            })
            .collect(),
        claims: annotations
            .claims
            .iter()
            .map(|c| Claim {
                range: range(c.span),
                voice: c.voice,
                claimant: c.claimant,
                kind: c.kind,
                hedged: c.hedged,
                score: c.score,
            })
            .collect(),
    };
    serde_json::to_string(&out).unwrap_or_default()
}

/// What was read from a page, as one line of JSON: the verdict, and the article's body in paragraphs, the
/// standfirst and subheads among them.
pub fn page_json(reading: &crate::page::Reading) -> String {
    #[derive(Serialize)]
    struct Page<'a> {
        verdict: crate::page::Verdict,
        score: f32,
        language: &'a str,
        title: &'a str,
        byline: Option<&'a str>,
        published: Option<&'a str>,
        paragraphs: Vec<&'a str>,
    }
    let article = &reading.article;
    let page = Page {
        verdict: reading.verdict,
        score: reading.score,
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
    };
    serde_json::to_string(&page).unwrap_or_default()
}
