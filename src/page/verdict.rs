//! What a page is: a logistic model over features that a person can check.
//!
//! Each feature is a number from 0 to 1, from the page's own word for itself, its address, its layout or its words.
//! Pages lie about themselves (section fronts marked as articles, shops marked `NewsArticle`), so that no feature
//! decides alone. Two scores come of them: that the page is news, and that it is one article of any sort.
//!
//! The [weights](super::weights) are fitted by `cargo xtask train page`, which also says how good they are on pages
//! that they never saw.

use super::address::OTHER_PLACES;
use super::article::{Article, Part};
use super::facts::Facts;
use super::meta::Meta;
use super::read::Verdict;
use super::select::Selection;
use super::tree::Tree;
use super::weights::{self, WEIGHTS, Weight};
use serde::{Deserialize, Serialize};

/// What a page is, how sure that is, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// What it is.
    pub verdict: Verdict,
    /// How sure that is, in `[0, 1]`.
    pub score: f32,
    /// What told most, the strongest first.
    pub reasons: Vec<Reason>,
}

/// Something that told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// What was looked at.
    pub why: Why,
    /// Which way it told.
    pub speaks: Speaks,
}

/// Which way something tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Speaks {
    /// For a news article; of a page taken for no article at all, for any article.
    For,
    /// Against it.
    Against,
}

/// What can be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Why {
    /// What the page marks itself as.
    Markup,
    /// It says when it was published.
    Date,
    /// It names its author.
    Author,
    /// The site presents itself as a news outlet.
    Outlet,
    /// Its address.
    Address,
    /// How much running text it holds.
    Text,
    /// Its words are those of reports: who said what, and when.
    Report,
    /// It consists of many items: posts, dates, linked headings.
    Links,
    /// It is made as guides are: lists, subheads, paid links, words to the reader.
    Guide,
}

impl Why {
    /// All of them.
    const ALL: [Self; 9] = [
        Self::Markup,
        Self::Date,
        Self::Author,
        Self::Outlet,
        Self::Address,
        Self::Text,
        Self::Report,
        Self::Links,
        Self::Guide,
    ];
}

/// Reasons that a reader is given, at most.
const REASONS: usize = 3;

/// What adds less than this to the log-odds is no reason.
const TELLING: f32 = 0.25;

/// Cut-off counting: from 0 for none to 1 for `full` or more.
fn up_to(full: f32, count: usize) -> f32 {
    (count as f32 / full).min(1.0)
}

fn yes(is: bool) -> f32 {
    f32::from(u8::from(is))
}

/// Endings of schema.org types that are news.
const NEWS: &[&str] = &["NewsArticle", "LiveBlogPosting"];
/// Of those that are articles.
const ARTICLES: &[&str] = &["Article", "BlogPosting", "LiveBlogPosting", "Report"];
/// Of those that are none.
#[rustfmt::skip]
const NO_ARTICLES: &[&str] = &["Product", "CollectionPage", "ItemList", "QAPage", "DiscussionForumPosting", "SearchResultsPage",
    "ProfilePage", "SoftwareSourceCode", "VideoObject", "WebSite"];
/// Names of `meta` elements by which outlets speak to news aggregators.
#[rustfmt::skip]
const NEWS_META: &[&str] = &["news_keywords", "syndication-source", "original-source", "article:opinion", "article:content_tier", "googlebot-news"];
/// Names of `meta` elements that name a section.
const SECTION_META: &[&str] = &["article:section", "section", "parsely-section", "article:tag"];
/// Names of `meta` elements that publishers have.
const PUBLISHER_META: &[&str] =
    &["fb:pages", "article:publisher", "fb:app_id", "twitter:site", "apple-itunes-app"];
/// A feature: its name, which its weight has too; what a reader is told where it decides; and its value, nothing where
/// that can't be known, which then tells nothing.
pub type Feature = (&'static str, Why, fn(&Facts) -> Option<f32>);

/// The features, in the order of the weights. Few and strong: of some forty, these were left by taking away, one by
/// one, what pages left out did better without.
#[rustfmt::skip]
pub const FEATURES: &[Feature] = &[
    ("marked as news", Why::Markup, |f| Some(yes(f.kind(NEWS) || f.count(NEWS_META) > 0))),
    ("marked as no article", Why::Markup, |f| Some(yes(f.kind(NO_ARTICLES) && !f.kind(ARTICLES)))),
    ("og:type something else", Why::Markup, |f| Some(yes(!matches!(f.meta.og_type.as_str(), "" | "article")))),
    ("section named", Why::Markup, |f| Some(yes(f.count(SECTION_META) > 0))),
    ("publisher's marks", Why::Outlet, |f| Some(up_to(3.0, f.count(PUBLISHER_META)))),
    ("outlet's name", Why::Outlet, |f| Some(yes(f.outlet))),
    ("published", Why::Date, |f| Some(yes(!f.meta.published.is_empty()))),
    ("signed", Why::Author, |f| Some(yes(f.has_byline || !f.meta.author.is_empty()))),
    ("long slug", Why::Address, |f| Some(up_to(6.0, f.address.slug_hyphens()))),
    ("number", Why::Address, |f| Some(yes(f.address.has_number()))),
    ("front", Why::Address, |f| Some(yes(f.address.is_front()))),
    ("place of other things", Why::Address, |f| Some(yes(f.address.names(OTHER_PLACES)))),
    ("guide's slug", Why::Address, |f| Some(yes(f.address.is_guide()))),
    ("words", Why::Text, |f| Some(up_to(600.0, f.words))),
    ("saying", Why::Report, |f| f.rates.map(|r| (r.saying * 60.0).min(1.0))),
    ("days of the week", Why::Report, |f| f.rates.map(|r| (r.days * 200.0).min(1.0))),
    ("capitals", Why::Report, |f| f.capitals.map(|c| (c * 8.0).min(1.0))),
    ("many items", Why::Links, |f| Some(f.items())),
    ("speaks to the reader", Why::Guide, |f| f.rates.map(|r| (r.reader * 40.0).min(1.0))),
    ("lists, tables, code", Why::Guide, |f| Some(f.listed)),
    ("subheads", Why::Guide, |f| Some(up_to(f.paragraphs.max(1) as f32 / 3.0, f.subheads))),
    ("sponsored links", Why::Guide, |f| Some(up_to(3.0, f.sponsored))),
];

/// The values of a page's features, in their order; nothing for a page without running text.
pub fn values(
    tree: &Tree,
    meta: &Meta,
    selection: &Selection,
    article: &Article,
) -> Option<Vec<Option<f32>>> {
    article.paragraphs.iter().any(|p| p.part == Part::Body).then(|| {
        let facts = Facts::new(tree, meta, selection, article);
        FEATURES.iter().map(|(_, _, value)| value(&facts)).collect()
    })
}

/// What the page is, and how sure that is.
pub fn judge(tree: &Tree, meta: &Meta, selection: &Selection, article: &Article) -> Judgement {
    let Some(values) = values(tree, meta, selection, article) else {
        let reasons = vec![Reason { why: Why::Text, speaks: Speaks::Against }];
        return Judgement { verdict: Verdict::Other, score: 1.0, reasons };
    };
    let likely = |weight: fn(&Weight) -> f32, bias: f32| {
        let sum: f32 = told(&values, weight).map(|(_, told)| told).sum();
        1.0 / (1.0 + libm::expf(-sum - bias))
    };
    let news = likely(|w| w.2, weights::BIAS.0);
    let one = likely(|w| w.3, weights::BIAS.1);
    if news >= 0.5 {
        let reasons = reasons(&values, |w| w.2, Speaks::For);
        Judgement { verdict: Verdict::News, score: news, reasons }
    } else if one >= 0.5 {
        let reasons = reasons(&values, |w| w.2, Speaks::Against);
        Judgement { verdict: Verdict::Article, score: one.min(1.0 - news), reasons }
    } else {
        let reasons = reasons(&values, |w| w.3, Speaks::Against);
        Judgement { verdict: Verdict::Other, score: 1.0 - one, reasons }
    }
}

/// What each feature adds to the log-odds of the average page.
fn told(values: &[Option<f32>], weight: fn(&Weight) -> f32) -> impl Iterator<Item = (Why, f32)> {
    let known = FEATURES.iter().zip(WEIGHTS).zip(values);
    known.map(move |(((_, why, _), w), value)| (*why, value.map_or(0.0, |v| weight(w) * (v - w.1))))
}

/// What speaks most, the strongest first.
fn reasons(values: &[Option<f32>], weight: fn(&Weight) -> f32, speaks: Speaks) -> Vec<Reason> {
    let sign = if speaks == Speaks::For { 1.0 } else { -1.0 };
    let sum = |why: Why| -> f32 {
        told(values, weight).filter(|(w, _)| *w == why).map(|(_, told)| told * sign).sum()
    };
    let mut sums: Vec<(Why, f32)> = Why::ALL.into_iter().map(|why| (why, sum(why))).collect();
    sums.retain(|(_, sum)| *sum >= TELLING);
    sums.sort_by(|a, b| b.1.total_cmp(&a.1));
    sums.into_iter().take(REASONS).map(|(why, _)| Reason { why, speaks }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_has_its_weight() {
        let names: Vec<_> = FEATURES.iter().map(|f| f.0).collect();
        assert_eq!(names, WEIGHTS.iter().map(|w| w.0).collect::<Vec<_>>());
    }
}
