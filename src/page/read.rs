//! From a snapshot to a verdict and an article.

use super::{Article, Node, Paragraph, Part, Piece, Snapshot, language};
use crate::text::Span;
use serde::Serialize;

/// What a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// One report, analysis, interview, feature, opinion piece or live blog of an outlet: annotated by itself.
    News,
    /// One other article: annotated when the reader asks.
    Article,
    /// Anything else.
    Other,
}

/// What was read from a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// What the page is.
    pub verdict: Verdict,
    /// How sure that is, in `[0, 1]`.
    pub score: f32,
    /// What its reader reads; may hold no paragraph.
    pub article: Article,
}

/// Reads a page.
pub fn read(snapshot: &Snapshot) -> Reading {
    // First version: every rendered h1 and p with words in it.
    let mut article = Article::default();
    let mut open: Vec<&str> = Vec::new();
    let mut hidden = 0;
    let mut inside: Option<(usize, Part, usize)> = None;
    for node in snapshot.walk() {
        match node {
            Node::Open { tag, flags, .. } => {
                open.push(tag);
                if hidden > 0 || flags & Node::HIDDEN != 0 {
                    hidden += 1;
                } else if inside.is_none() && matches!(tag, "p" | "h1") {
                    let part = if tag == "h1" { Part::Headline } else { Part::Body };
                    if !article.text.is_empty() {
                        article.text.push_str("\n\n");
                    }
                    inside = Some((open.len(), part, article.text.len()));
                }
            }
            Node::Close => {
                if let Some((depth, part, start)) = inside
                    && depth == open.len()
                {
                    inside = None;
                    article.paragraphs.push(Paragraph { span: Span::new(start, article.text.len()), part });
                }
                hidden = usize::saturating_sub(hidden, 1);
                open.pop();
            }
            Node::Text(index) => {
                if inside.is_some() && hidden == 0 {
                    let start = article.text.len();
                    article.text.push_str(&snapshot.texts[index as usize]);
                    article.pieces.push(Piece {
                        span: Span::new(start, article.text.len()),
                        node: index,
                        at: 0,
                    });
                }
            }
        }
    }
    language::guess(&article.text).clone_into(&mut article.language);
    let words = article.text.split_whitespace().count();
    let verdict = if words > 150 { Verdict::News } else { Verdict::Other };
    Reading { verdict, score: 0.5, article }
}
