//! What a page is: a logistic model over features that a person can check.
//!
//! Each feature is a number from 0 to 1, from the page's own word for itself, its address or its body; of the
//! body's language none knows anything. Pages lie about themselves (section fronts marked as articles, shops
//! marked `NewsArticle`), so that no feature decides alone. Two scores come of them: that the page is one
//! article, and that it is news.
//!
//! The weights come of logistic regression with an L2 penalty (C = 1.5), over what `train page-features`
//! prints of 127 labelled pages. Over ten rounds of ten-fold cross-validation, news came out at
//! precision 0.966 and recall 0.966; on the pages themselves, at 1.000 and 0.966.

use super::address::{NEWS_PLACES, OTHER_PLACES};
use super::article::{Article, Part};
use super::facts::Facts;
use super::meta::Meta;
use super::read::Verdict;
use super::select::Selection;
use super::tree::Tree;

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
/// Of those that are a certain other sort of article.
const GUIDES: &[&str] =
    &["BlogPosting", "HowTo", "Recipe", "Review", "TechArticle", "MedicalWebPage", "ScholarlyArticle"];
/// Of those that are none.
#[rustfmt::skip]
const NO_ARTICLES: &[&str] = &["Product", "CollectionPage", "ItemList", "QAPage", "DiscussionForumPosting", "SearchResultsPage",
    "ProfilePage", "SoftwareSourceCode", "VideoObject", "WebSite"];

/// A feature's name and value, and what it weighs: for news against everything else, and for one article against
/// everything that is none.
type Feature = (&'static str, fn(&Facts) -> f32, f32, f32);

/// The features, and their weights: `cargo xtask evaluate` says how well they do.
#[rustfmt::skip]
const FEATURES: &[Feature] = &[
    ("always", |_| 1.0, -5.34, -2.61),
    ("JSON-LD: news", |f| yes(f.kind(NEWS)), 1.04, 0.04),
    ("JSON-LD: other article", |f| yes(f.kind(ARTICLES) && !f.kind(NEWS)), 0.09, 0.12),
    ("JSON-LD: blog, how-to, recipe, review", |f| yes(f.kind(GUIDES)), -0.09, 0.06),
    ("JSON-LD: no article", |f| yes(f.kind(NO_ARTICLES) && !f.kind(ARTICLES)), -0.51, -0.78),
    ("JSON-LD: outlet", |f| yes(f.kind(&["NewsMediaOrganization"])), 0.31, -0.29),
    ("og:type article", |f| yes(f.meta.og_type == "article"), 0.29, 0.83),
    ("og:type something else", |f| yes(!matches!(f.meta.og_type.as_str(), "" | "article")), -0.56, -0.52),
    ("published", |f| yes(!f.meta.published.is_empty()), 0.92, 1.80),
    ("author named", |f| yes(!f.meta.author.is_empty()), 0.63, 1.07),
    ("meta: section", |f| yes(f.count(&["article:section", "section", "parsely-section", "article:tag"]) > 0), 0.45, 0.34),
    ("meta: news", |f| yes(f.count(&["news_keywords", "syndication-source", "original-source", "article:opinion", "article:content_tier", "googlebot-news"]) > 0), 0.23, -0.13),
    ("meta: publisher", |f| up_to(3.0, f.count(&["fb:pages", "article:publisher", "fb:app_id", "twitter:site", "apple-itunes-app"])), 1.26, 0.17),
    ("meta: none", |f| yes(f.meta.og_type.is_empty() && f.meta.things.is_empty()), 0.26, -0.30),
    ("meta: card", |f| up_to(3.0, f.count(&["twitter:card", "og:image", "og:description"])), 0.14, 0.92),
    ("meta: AMP version", |f| yes(f.count(&["amphtml"]) > 0), 0.69, 0.82),
    ("address: date", |f| yes(f.address.has_date()), 0.64, -0.01),
    ("address: long slug", |f| up_to(6.0, f.address.slug_hyphens()), 0.62, 0.92),
    ("address: number", |f| yes(f.address.has_number()), 0.90, -0.60),
    ("address: front", |f| yes(f.address.is_front()), -0.64, -0.31),
    ("address: news", |f| yes(f.address.names(NEWS_PLACES)), 0.49, 0.78),
    ("address: no news", |f| yes(f.address.names(OTHER_PLACES)), -1.42, 0.12),
    ("address: how-to", |f| yes(f.address.is_guide()), -0.66, 0.15),
    ("sponsored links", |f| up_to(3.0, f.sponsored), -0.62, 0.04),
    ("words", |f| up_to(600.0, f.words), 0.16, 1.05),
    ("paragraphs", |f| up_to(15.0, f.paragraphs), 0.37, 0.88),
    ("quotation marks", |f| (f.marks as f32 / f.words.max(1) as f32 * 25.0).min(1.0), 0.60, 0.29),
    ("lists, tables, code", |f| f.listed, -0.66, 0.35),
    ("code", |f| up_to(3.0, f.code), -0.56, 0.23),
    ("links", |f| f.linked, 0.10, -0.60),
    ("links in the body", |f| (f.body_linked * 4.0).min(1.0), -0.31, -0.08),
    ("body's share", |f| f.chosen, -0.15, 0.65),
    ("linked headings", |f| up_to(20.0, f.linked_headings), 0.33, -0.47),
    ("subheads", |f| (f.subheads as f32 / f.paragraphs.max(1) as f32 * 3.0).min(1.0), -0.91, 0.96),
    ("byline", |f| yes(f.has_byline), 0.85, 0.45),
    ("posts", |f| up_to(10.0, f.posts), -0.54, -0.77),
    ("dates", |f| up_to(8.0, f.dates), -0.39, -0.56),
    ("linked headings in the body", |f| up_to(8.0, f.inner_headings), -0.23, -0.53),
    ("capitals", |f| (f.capitals * 8.0).min(1.0), 1.11, -0.02),
    ("outlet's name", |f| yes(f.outlet), 2.02, 0.73),
    ("dateline", |f| yes(f.dateline), 1.02, 0.76),
    ("controls", |f| up_to(40.0, f.controls), 0.42, -0.47),
];

/// What the page is, and how sure that is.
pub fn judge(tree: &Tree, meta: &Meta, selection: &Selection, article: &Article) -> (Verdict, f32) {
    if article.paragraphs.iter().all(|p| p.part != Part::Body) {
        return (Verdict::Other, 1.0);
    }
    let facts = Facts::new(tree, meta, selection, article);
    let (news, one) = FEATURES.iter().fold((0.0, 0.0), |(news, one), (_, value, for_news, for_one)| {
        let value = value(&facts);
        (news + value * for_news, one + value * for_one)
    });
    let likely = |score: f32| 1.0 / (1.0 + libm::expf(-score));
    let (news, one) = (likely(news), likely(one));
    if news >= 0.5 {
        (Verdict::News, news)
    } else if one >= 0.5 {
        (Verdict::Article, one.min(1.0 - news))
    } else {
        (Verdict::Other, 1.0 - one)
    }
}

/// Every feature of a page by its name, for fitting.
pub fn features(
    tree: &Tree,
    meta: &Meta,
    selection: &Selection,
    article: &Article,
) -> Vec<(&'static str, f32)> {
    let facts = Facts::new(tree, meta, selection, article);
    FEATURES.iter().map(|(name, value, ..)| (*name, value(&facts))).collect()
}
