//! What tags, roles, classes and ids say an element is for.
//!
//! Sites name their parts in much the same words. A name is cut into its words (`ArticleBody__related-links`
//! is article, body, related, links), and each word is looked up in one table. Words mislead: an article may
//! stand in a `paywall-article` or consist of `widget`s, so whoever uses signs weighs how much text they
//! would take away.

use super::Snapshot;

/// A set of signs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signs(u16);

impl Signs {
    /// Navigation, menus, site headers and footers.
    pub const NAVIGATION: Self = Self(1);
    /// Links to other articles.
    pub const RELATED: Self = Self(1 << 1);
    /// Readers' comments.
    pub const COMMENTS: Self = Self(1 << 2);
    /// Advertisements and sponsored content.
    pub const ADVERT: Self = Self(1 << 3);
    /// Newsletter and subscription boxes, consent banners. Not what is called "paywall": Google's guidelines
    /// for paywalled content have sites name the article's own text so.
    pub const PROMPT: Self = Self(1 << 4);
    /// Share buttons, forms, ratings, players.
    pub const TOOLS: Self = Self(1 << 5);
    /// Out of sight by a class that style sheets give such a meaning, or for screen readers alone.
    pub const UNSEEN: Self = Self(1 << 6);
    /// Captions and credits.
    pub const CAPTION: Self = Self(1 << 7);
    /// Who wrote it.
    pub const BYLINE: Self = Self(1 << 8);
    /// When.
    pub const DATE: Self = Self(1 << 9);
    /// A summary under the headline.
    pub const STANDFIRST: Self = Self(1 << 10);
    /// The article or its body.
    pub const CONTENT: Self = Self(1 << 11);

    /// Nothing that belongs to an article's text.
    pub const ASIDE: Self = Self(0b111_1111);

    /// Has any of `signs`.
    pub const fn any(self, signs: Self) -> bool {
        self.0 & signs.0 != 0
    }

    /// Both sets together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Words of names and what they are signs of.
#[rustfmt::skip]
const WORDS: &[(Signs, &[&str])] = &[
    (Signs::NAVIGATION, &["nav", "navbar", "navigation", "menu", "breadcrumb", "breadcrumbs", "footer", "sitemap",
        "pagination", "pager", "masthead", "skip"]),
    (Signs::RELATED, &["related", "recommended", "recommendations", "recirc", "recirculation", "readmore", "trending",
        "popular", "sidebar", "rail", "outbrain", "taboola", "zergnet", "teaser", "teasers", "upnext", "mostread",
        "widget", "widgets", "carousel", "morefrom", "seealso", "infobox", "bio", "biography"]),
    (Signs::COMMENTS, &["comment", "comments", "disqus", "respond", "replies", "viafoura", "coral"]),
    (Signs::ADVERT, &["ad", "ads", "advert", "adverts", "advertisement", "advertising", "dfp", "sponsor", "sponsored",
        "adslot", "adunit", "mpu", "promo", "promos", "promotion"]),
    (Signs::PROMPT, &["newsletter", "newsletters", "signup", "subscribe", "subscription", "cookie",
        "cookies", "consent", "gdpr", "modal", "popup", "overlay", "donate", "donation", "donations", "login", "signin", "piano",
        "onetrust", "cta"]),
    (Signs::TOOLS, &["share", "sharing", "social", "toolbar", "tools", "tags", "taglist", "rating", "print", "addthis",
        "sharedaddy", "whatsapp", "player", "correction", "corrections", "disclaimer"]),
    (Signs::CAPTION, &["caption", "figcaption", "credit", "credits", "photocredit", "imagecaption"]),
    (Signs::BYLINE, &["byline", "author", "authors", "bylines"]),
    (Signs::DATE, &["date", "dateline", "timestamp", "published", "pubdate", "datetime", "updated"]),
    (Signs::STANDFIRST, &["standfirst", "dek", "subtitle", "subheadline", "subheading", "excerpt", "deck", "lede", "description", "intro"]),
    (Signs::CONTENT, &["article", "articlebody", "story", "storybody", "post", "entry", "content", "body"]),
];

/// Classes that hide, each as a whole.
#[rustfmt::skip]
const UNSEEN: &[&str] = &["hidden", "hide", "is-hidden", "d-none", "sr-only", "visually-hidden", "visuallyhidden",
    "screen-reader-text", "u-hidden", "noprint-hidden", "offscreen"];

/// What one string says, be it a class list, an id, a role or a tag.
pub fn of_string(value: &str) -> Signs {
    let mut signs = Signs::default();
    for name in value.split_ascii_whitespace() {
        // "md:block" beside "hidden" shows the element on wider screens.
        if UNSEEN.contains(&name) && !value.contains(":block") && !value.contains(":flex") {
            signs = signs.and(Signs::UNSEEN);
        }
        for word in name.split(|c: char| !c.is_ascii_alphanumeric()) {
            signs = signs.and(of_word(word));
            // Words run together are parted by capitals.
            let mut start = 0;
            let bytes = word.as_bytes();
            for at in 1..bytes.len() {
                if bytes[at].is_ascii_uppercase() && !bytes[at - 1].is_ascii_uppercase() {
                    signs = signs.and(of_word(&word[start..at]));
                    start = at;
                }
            }
            if start > 0 {
                signs = signs.and(of_word(&word[start..]));
            }
        }
    }
    signs
}

fn of_word(word: &str) -> Signs {
    let found = WORDS.iter().filter(|(_, words)| words.iter().any(|w| w.eq_ignore_ascii_case(word)));
    found.fold(Signs::default(), |all, (signs, _)| all.and(*signs))
}

/// What an element's tag and role say.
pub fn of_tag(tag: &str, role: &str) -> Signs {
    let by_tag = match tag {
        "nav" | "footer" | "menu" => Signs::NAVIGATION,
        "aside" => Signs::RELATED,
        "button" | "input" | "form" | "audio" | "video" => Signs::TOOLS,
        "dialog" => Signs::PROMPT,
        "figure" | "figcaption" => Signs::CAPTION,
        "time" => Signs::DATE,
        _ => Signs::default(),
    };
    let by_role = match role {
        "navigation" | "banner" | "contentinfo" | "search" | "menu" => Signs::NAVIGATION,
        "complementary" => Signs::RELATED,
        "toolbar" | "button" => Signs::TOOLS,
        "dialog" | "alertdialog" => Signs::PROMPT,
        _ => Signs::default(),
    };
    by_tag.and(by_role)
}

/// The attributes whose values name an element's purpose.
pub fn is_naming(attribute: &str) -> bool {
    matches!(attribute, "class" | "id" | "itemprop" | "rel" | "data-testid" | "data-component" | "aria-label")
}

/// The signs of every string of a snapshot that names an element's purpose, each read once.
pub struct Names<'a> {
    snapshot: &'a Snapshot,
    known: Vec<Option<Signs>>,
}

impl<'a> Names<'a> {
    /// Knows nothing yet.
    pub fn new(snapshot: &'a Snapshot) -> Self {
        Self { snapshot, known: vec![None; snapshot.strings.len()] }
    }

    /// The signs of an element: its tag, role and names.
    pub fn of_element(&mut self, tag: &str, attrs: &[i32]) -> Signs {
        let mut signs = of_tag(tag, self.snapshot.attr(attrs, "role").unwrap_or(""));
        for pair in attrs.chunks_exact(2).filter(|pair| is_naming(self.snapshot.string(pair[0]))) {
            signs = signs.and(self.of(pair[1]));
        }
        signs
    }

    /// The signs of the string of this index, where an element of that name was read before.
    pub fn known(&self, index: usize) -> Signs {
        self.known.get(index).copied().flatten().unwrap_or_default()
    }

    /// The signs of the string of this index.
    fn of(&mut self, index: i32) -> Signs {
        let value = self.snapshot.string(index);
        let known = usize::try_from(index).ok().and_then(|i| self.known.get_mut(i));
        known.map_or(Signs::default(), |known| *known.get_or_insert_with(|| of_string(value)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table() {
        for (value, want) in [
            ("ArticleBody__related-links", Signs::CONTENT.and(Signs::RELATED)),
            ("shadow headliner", Signs::default()),
            ("adBox", Signs::ADVERT),
            ("photoCaption", Signs::CAPTION),
            ("hidden md:block", Signs::default()),
            ("x hidden", Signs::UNSEEN),
            ("", Signs::default()),
        ] {
            assert_eq!(of_string(value), want, "{value}");
        }
    }
}
