//! From a snapshot to a verdict and an article.

use super::address::Address;
use super::compose::Composer;
use super::headline::{likeness, words};
use super::meta::Meta;
use super::select::{Selection, select};
use super::tree::Tree;
use super::verdict::{self, Judgement, Reason};
use super::{Article, Part, Snapshot, language, links};
use serde::{Deserialize, Serialize};

/// What a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    /// What told most of it, the strongest first.
    pub reasons: Vec<Reason>,
    /// What its reader reads; may hold no paragraph.
    pub article: Article,
    /// The articles that it goes on with, as pages that scroll without end do, in page order; the verdict isn't on them.
    pub further: Vec<Article>,
}

impl Reading {
    /// All its articles, in page order.
    pub fn articles(&self) -> Vec<&Article> {
        let mut all: Vec<_> = std::iter::once(&self.article).chain(&self.further).collect();
        all.sort_by_key(|article| article.pieces.first().map(|piece| piece.node));
        all
    }
}

/// Reads a page.
pub fn read(snapshot: &Snapshot) -> Reading {
    let tree = Tree::new(snapshot);
    let meta = Meta::new(snapshot);
    let (selection, further) = select(&tree, &meta);
    let mut article = compose(&tree, &meta, &selection);
    article.published = article.published.or_else(|| Address::new(&meta.url).date());
    let further = further.iter().map(|(selection, meta)| compose(&tree, meta, selection)).collect();
    let Judgement { verdict, score, reasons } = verdict::judge(&tree, &meta, &selection, &article);
    Reading { verdict, score, reasons, article, further }
}

/// The features that the verdict rests on, in the order of their weights; nothing for a page without running text.
#[cfg(feature = "train")]
pub fn features(snapshot: &Snapshot) -> Option<Vec<Option<f32>>> {
    let tree = Tree::new(snapshot);
    let meta = Meta::new(snapshot);
    let (selection, _) = select(&tree, &meta);
    verdict::values(&tree, &meta, &selection, &compose(&tree, &meta, &selection))
}

/// The chosen blocks as an article.
fn compose(tree: &Tree, meta: &Meta, selection: &Selection) -> Article {
    let mut composer = Composer::new(tree);
    for (index, part) in &selection.parts {
        composer.push(&tree.blocks[*index], *part);
    }
    let mut article = composer.finish();
    article.links = links::of_article(tree, &meta.url, &article);
    let first = |part| article.paragraphs.iter().find(|p| p.part == part).map(|p| p.span.of(&article.text));
    let inside = || selection.scope..tree.elements.get(selection.scope).map_or(0, |e| e.end);
    let time = || inside().map(|e| tree.attr(e, "datetime")).find(|t| !t.is_empty());
    let title = title(first(Part::Headline), meta).to_owned();
    let byline = Some(meta.author.as_str()).filter(|a| !a.is_empty()).or_else(|| first(Part::Byline));
    let byline = byline.map(str::to_owned);
    let published = Some(meta.published.as_str()).filter(|p| !p.is_empty()).or_else(time).map(str::to_owned);
    // Where the words tell nothing, the page's own word counts.
    let language = match language::guess(&article.text) {
        "und" => language::declared(&tree.snapshot.lang),
        told => told.to_owned(),
    };
    (article.title, article.byline, article.published, article.language) =
        (title, byline, published, language);
    article
}

/// The headline: the one that is displayed, or a form of it that the page declares and that isn't cut short.
fn title<'a>(displayed: Option<&'a str>, meta: &'a Meta) -> &'a str {
    let Some(displayed) = displayed else { return &meta.headline };
    let [one, other] = [displayed, &meta.declared].map(|t| words(t).collect());
    let cut = displayed.starts_with(&meta.declared) || meta.declared.ends_with(['…', '.']);
    if likeness(&one, &other) >= 0.5 && !cut { &meta.declared } else { displayed }
}
