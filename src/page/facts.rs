//! What can be counted of a page and its article: what the verdict's features are made of.

use super::address::{Address, OUTLETS};
use super::article::{Article, Part};
use super::meta::{Meta, Thing};
use super::select::Selection;
use super::signs::Signs;
use super::tree::Tree;
use super::wording::{self, Rates};

/// What the features look at.
pub struct Facts<'a> {
    /// What the page says about itself.
    pub meta: &'a Meta,
    /// Its address, taken apart.
    pub address: Address<'a>,
    /// The schema.org types that JSON-LD gives the page's main thing.
    pub kinds: Vec<&'a str>,
    /// The host's or the site's name is one that outlets give themselves.
    pub outlet: bool,
    /// Body paragraphs.
    pub paragraphs: usize,
    /// Words of body text.
    pub words: usize,
    /// What the body's words tell of its kind; nothing where its language is not known.
    pub rates: Option<Rates>,
    /// Share of capitalised words among those that begin no sentence; nothing where they don't stand for names.
    pub capitals: Option<f32>,
    /// Share of body text in lists, tables and code.
    pub listed: f32,
    /// Subheads of the body.
    pub subheads: usize,
    /// There is a byline above the body.
    pub has_byline: bool,
    /// Links in the body's element that are marked as paid for.
    pub sponsored: usize,
    /// Authors named inside the body's element: posts of a thread.
    posts: usize,
    /// Dates inside it.
    dates: usize,
    /// Linked headings inside it.
    headings: usize,
}

impl<'a> Facts<'a> {
    /// One of the types ends so.
    pub fn kind(&self, endings: &[&str]) -> bool {
        self.kinds.iter().any(|kind| endings.iter().any(|e| kind.ends_with(e)))
    }

    /// How many of these `meta` names the page has.
    pub fn count(&self, keys: &[&str]) -> usize {
        keys.iter().filter(|key| self.meta.keys.contains(**key)).count()
    }

    /// Counts; one pass over the page and one over the article.
    pub fn new(tree: &'a Tree, meta: &'a Meta, selection: &Selection, article: &Article) -> Self {
        let body =
            || article.paragraphs.iter().filter(|p| p.part == Part::Body).map(|p| p.span.of(&article.text));
        let rates = wording::rates(&article.language, body());
        let mut facts = Self {
            meta,
            address: Address::new(&meta.url),
            kinds: kinds(meta),
            outlet: is_outlet(tree, meta),
            paragraphs: body().count(),
            words: body().map(|text| text.split_whitespace().count()).sum(),
            rates,
            // In German every noun has one.
            capitals: rates.filter(|_| article.language != "de").map(|_| capitals(body())),
            listed: listed(tree, selection),
            subheads: article.paragraphs.iter().filter(|p| p.part == Part::Subhead).count(),
            has_byline: article.paragraphs.iter().any(|p| p.part == Part::Byline),
            sponsored: 0,
            posts: 0,
            dates: 0,
            headings: 0,
        };
        facts.count_elements(tree, selection.root);
        facts
    }

    /// How much the body looks like many items rather than one text: from 0 to 1 for ten posts, eight dates or
    /// eight linked headings.
    pub fn items(&self) -> f32 {
        (self.posts as f32 / 10.0).max(self.dates as f32 / 8.0).max(self.headings as f32 / 8.0).min(1.0)
    }

    fn count_elements(&mut self, tree: &Tree, root: usize) {
        let end = tree.elements.get(root).map_or(root, |e| e.end);
        for (index, element) in tree.elements.iter().enumerate().take(end).skip(root) {
            match element.tag {
                "a" => self.sponsored += usize::from(tree.attr(index, "rel").contains("sponsored")),
                "h1" | "h2" | "h3" | "h4" => {
                    let blocks = tree.blocks.get(element.blocks.clone()).unwrap_or_default();
                    self.headings += usize::from(blocks.iter().any(|b| b.link_density() > 0.5));
                }
                _ => {}
            }
            let outermost = |sign| element.signs.any(sign) && !tree.elements[element.parent].signs.any(sign);
            self.posts += usize::from(outermost(Signs::BYLINE));
            self.dates += usize::from(outermost(Signs::DATE));
        }
    }
}

/// The share of body text in lists, tables and code.
fn listed(tree: &Tree, selection: &Selection) -> f32 {
    let (mut body, mut listed) = (0, 0);
    for (index, _) in selection.parts.iter().filter(|(_, part)| *part == Part::Body) {
        let block = &tree.blocks[*index];
        let tag = tree.elements[block.element].tag;
        body += block.len;
        listed += if matches!(tag, "li" | "td" | "th" | "pre" | "dd" | "dt") { block.len } else { 0 };
    }
    share(listed, body)
}

fn share(part: usize, whole: usize) -> f32 {
    part as f32 / whole.max(1) as f32
}

/// The types of what JSON-LD describes, but for things that merely belong to it. An outlet always counts.
fn kinds(meta: &Meta) -> Vec<&str> {
    const BELONGING: &[&str] =
        &["author", "publisher", "isPartOf", "image", "itemListElement", "video", "about", "mentions"];
    let main = |t: &&Thing| {
        t.kind == "NewsMediaOrganization" || t.depth <= 4 && !BELONGING.contains(&t.key.as_str())
    };
    meta.things.iter().filter(main).flat_map(|t| t.kind.split(' ')).collect()
}

/// The share of capitalised words among those that begin no sentence.
fn capitals<'a>(paragraphs: impl Iterator<Item = &'a str>) -> f32 {
    let (mut inner, mut capitals) = (0, 0);
    for text in paragraphs {
        let mut begins = true;
        for word in text.split_whitespace() {
            if !begins && word.len() > 1 {
                inner += 1;
                capitals += usize::from(word.starts_with(char::is_uppercase));
            }
            begins = !word.ends_with(char::is_alphanumeric) && !word.ends_with(',');
        }
    }
    share(capitals, inner)
}

/// The host, the site's name, or what the page's title ends with.
fn is_outlet(tree: &Tree, meta: &Meta) -> bool {
    let title = &tree.snapshot.title;
    let site = title.rsplit(['|', '-', '–', '—', ':']).next().unwrap_or("");
    let words = site.split_whitespace().chain(meta.site.split_whitespace()).map(str::to_lowercase);
    Address::new(&meta.url).is_outlet() || words.into_iter().any(|w| OUTLETS.contains(&w.as_str()))
}
