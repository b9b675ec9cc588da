//! What can be counted of a page and its article: what the verdict's features are made of.

use super::address::{Address, OUTLETS};
use super::article::{Article, Part};
use super::meta::{Meta, Thing};
use super::select::Selection;
use super::signs::Signs;
use super::tree::Tree;

/// What the features look at.
pub struct Facts<'a> {
    /// What the page says about itself.
    pub meta: &'a Meta,
    /// Its address, taken apart.
    pub address: Address<'a>,
    /// The schema.org types that JSON-LD gives the page's main thing.
    pub kinds: Vec<&'a str>,
    /// Body paragraphs.
    pub paragraphs: usize,
    /// Words of body text.
    pub words: usize,
    /// Quotation marks in body text.
    pub marks: usize,
    /// Share of body text in lists, tables and code.
    pub listed: f32,
    /// Share of the page's text that is linked.
    pub linked: f32,
    /// Share of the body's text that is linked.
    pub body_linked: f32,
    /// Share of the page's text that is the body.
    pub chosen: f32,
    /// Headings that are links.
    pub linked_headings: usize,
    /// Subheads of the body.
    pub subheads: usize,
    /// There is a byline above the body.
    pub has_byline: bool,
    /// Elements that mark an author or date inside the body: posts of a thread.
    pub posts: usize,
    /// `code` and `pre` elements in the body's element.
    pub code: usize,
    /// Links in the body's element that are marked as paid for.
    pub sponsored: usize,
    /// Dates inside the body's element.
    pub dates: usize,
    /// Linked headings inside the body's element.
    pub inner_headings: usize,
    /// The host's or the site's name is one that outlets give themselves.
    pub outlet: bool,
    /// The body begins with a place or an agency and a dash: "KABUL, Afghanistan (AP) --".
    pub dateline: bool,
    /// Share of capitalised words among those that begin no sentence.
    pub capitals: f32,
    /// Inputs and buttons.
    pub controls: usize,
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
        let mut facts = Self {
            meta,
            address: Address::new(&meta.url),
            kinds: kinds(meta),
            outlet: is_outlet(tree, meta),
            dateline: body().next().is_some_and(has_dateline),
            paragraphs: body().count(),
            words: body().map(|text| text.split_whitespace().count()).sum(),
            marks: body().map(|text| text.chars().filter(|&c| is_quotation_mark(c)).count()).sum(),
            capitals: capitals(body()),
            listed: 0.0,
            linked: 0.0,
            body_linked: 0.0,
            chosen: 0.0,
            linked_headings: 0,
            inner_headings: 0,
            subheads: 0,
            has_byline: false,
            posts: 0,
            code: 0,
            sponsored: 0,
            dates: 0,
            controls: 0,
        };
        facts.count_blocks(tree, selection);
        facts.count_elements(tree, selection.root);
        facts
    }

    fn count_blocks(&mut self, tree: &Tree, selection: &Selection) {
        let (mut body, mut listed, mut body_linked) = (0, 0, 0);
        for &(index, part) in &selection.parts {
            let block = &tree.blocks[index];
            match part {
                Part::Body => {
                    body += block.len;
                    body_linked += block.linked;
                    let tag = tree.elements[block.element].tag;
                    let in_list = matches!(tag, "li" | "td" | "th" | "pre" | "dd" | "dt");
                    listed += if in_list { block.len } else { 0 };
                }
                Part::Subhead => self.subheads += 1,
                Part::Byline => self.has_byline = true,
                _ => {}
            }
        }
        let (all, linked) =
            tree.blocks.iter().fold((0, 0), |(len, linked), b| (len + b.len, linked + b.linked));
        self.listed = share(listed, body);
        self.linked = share(linked, all);
        self.body_linked = share(body_linked, body);
        self.chosen = share(body, all);
    }

    fn count_elements(&mut self, tree: &Tree, root: usize) {
        let root = tree.elements.get(root).map_or(0..0, |e| root..e.end);
        for (index, element) in tree.elements.iter().enumerate() {
            let inside = root.contains(&index);
            match element.tag {
                "code" | "pre" if inside => self.code += 1,
                "a" if inside => self.sponsored += usize::from(tree.attr(index, "rel").contains("sponsored")),
                "h1" | "h2" | "h3" | "h4" => {
                    let blocks = tree.blocks.get(element.blocks.clone()).unwrap_or_default();
                    let linked = usize::from(blocks.iter().any(|b| b.link_density() > 0.5));
                    self.linked_headings += linked;
                    self.inner_headings += if inside { linked } else { 0 };
                }
                "input" | "button" => self.controls += 1,
                _ => {}
            }
            let outermost =
                |sign| inside && element.signs.any(sign) && !tree.elements[element.parent].signs.any(sign);
            self.posts += usize::from(outermost(Signs::BYLINE));
            self.dates += usize::from(outermost(Signs::DATE));
        }
    }
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

fn is_quotation_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '「' | '」')
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
    let host = Address::new(&meta.url).host;
    OUTLETS.iter().any(|o| host.contains(o)) || words.into_iter().any(|w| OUTLETS.contains(&w.as_str()))
}

/// Capitalised words up to a dash: where a report was filed, and who filed it.
fn has_dateline(text: &str) -> bool {
    let head: String = text.chars().take(70).collect();
    let Some((before, _)) = [" — ", " – ", " -- ", " - ", "— ", ") "]
        .iter()
        .filter_map(|dash| head.split_once(dash))
        .min_by_key(|(b, _)| b.len())
    else {
        return false;
    };
    let mut words = before.split_whitespace().filter(|w| w.chars().any(char::is_alphabetic));
    let capital = |w: &str| w.trim_start_matches(['(', '[', '"']).starts_with(char::is_uppercase);
    before.len() > 2 && words.clone().count() <= 8 && words.all(capital)
}

#[cfg(test)]
mod tests {
    use super::has_dateline;

    #[test]
    fn datelines() {
        for (text, want) in [
            ("KABUL, Afghanistan (AP) -- The father came.", true),
            ("PARIS — Le ministre a dit.", true),
            ("Essequibo News – Police are trying.", true),
            ("The father came to the U.S. – and left.", false),
            ("Nothing of the sort.", false),
            ("", false),
        ] {
            assert_eq!(has_dateline(text), want, "{text}");
        }
    }
}
