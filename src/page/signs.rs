//! What tags, classes, ids and roles say an element is for.
//!
//! Sites name their parts in much the same words. A name is cut into its words ("ArticleBody__related-links"
//! is article, body, related, links), and each word is looked up in one table.

use super::Snapshot;

/// A set of signs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signs(u32);

impl Signs {
    /// Navigation, menus, site headers and footers.
    pub const NAVIGATION: Self = Self(1);
    /// Links to other articles.
    pub const RELATED: Self = Self(1 << 1);
    /// Readers' comments.
    pub const COMMENTS: Self = Self(1 << 2);
    /// Advertisements and sponsored content.
    pub const ADVERT: Self = Self(1 << 3);
    /// Newsletter, subscription and paywall boxes, consent banners.
    pub const PROMPT: Self = Self(1 << 4);
    /// Share buttons, tools, ratings.
    pub const TOOLS: Self = Self(1 << 5);
    /// Captions and credits.
    pub const CAPTION: Self = Self(1 << 6);
    /// Who wrote it.
    pub const BYLINE: Self = Self(1 << 7);
    /// When.
    pub const DATE: Self = Self(1 << 8);
    /// A summary under the headline.
    pub const STANDFIRST: Self = Self(1 << 9);
    /// The article or its body.
    pub const CONTENT: Self = Self(1 << 10);
    /// The headline.
    pub const HEADLINE: Self = Self(1 << 11);
    /// Taken out of the accessibility tree.
    pub const ARIA_HIDDEN: Self = Self(1 << 12);

    /// Nothing that belongs to an article's text.
    pub const ASIDE: Self = Self(
        Self::NAVIGATION.0
            | Self::RELATED.0
            | Self::COMMENTS.0
            | Self::ADVERT.0
            | Self::PROMPT.0
            | Self::TOOLS.0,
    );

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
    (
        Signs::NAVIGATION,
        &[
            "nav",
            "navbar",
            "navigation",
            "menu",
            "breadcrumb",
            "breadcrumbs",
            "footer",
            "sitemap",
            "pagination",
            "pager",
            "masthead",
            "skip",
        ],
    ),
    (
        Signs::RELATED,
        &[
            "related",
            "recommended",
            "recommendations",
            "recirc",
            "recirculation",
            "readmore",
            "trending",
            "popular",
            "sidebar",
            "rail",
            "outbrain",
            "taboola",
            "zergnet",
            "teaser",
            "teasers",
            "upnext",
            "mostread",
            "widget",
        ],
    ),
    (Signs::COMMENTS, &["comment", "comments", "disqus", "respond", "replies", "viafoura", "coral"]),
    (
        Signs::ADVERT,
        &[
            "ad",
            "ads",
            "advert",
            "adverts",
            "advertisement",
            "advertising",
            "dfp",
            "sponsor",
            "sponsored",
            "adslot",
            "adunit",
            "mpu",
            "promo",
            "promos",
            "promotion",
        ],
    ),
    (
        Signs::PROMPT,
        &[
            "newsletter",
            "newsletters",
            "signup",
            "subscribe",
            "subscription",
            "paywall",
            "regwall",
            "cookie",
            "cookies",
            "consent",
            "gdpr",
            "modal",
            "popup",
            "overlay",
            "donate",
            "donation",
            "login",
            "signin",
            "piano",
        ],
    ),
    (
        Signs::TOOLS,
        &[
            "share",
            "sharing",
            "social",
            "toolbar",
            "tools",
            "tags",
            "taglist",
            "rating",
            "print",
            "addthis",
            "sharedaddy",
            "player",
        ],
    ),
    (Signs::CAPTION, &["caption", "figcaption", "credit", "credits", "photocredit", "imagecaption"]),
    (Signs::BYLINE, &["byline", "author", "authors", "bylines"]),
    (Signs::DATE, &["date", "dateline", "timestamp", "published", "pubdate", "datetime", "updated"]),
    (
        Signs::STANDFIRST,
        &["standfirst", "dek", "subtitle", "subheadline", "subhead", "excerpt", "sub", "deck", "lede"],
    ),
    (Signs::CONTENT, &["article", "articlebody", "story", "storybody", "post", "entry", "content", "body"]),
    (Signs::HEADLINE, &["headline", "title", "hed"]),
];

/// Reads signs; remembers what each string of the snapshot says.
pub struct Reader<'a> {
    snapshot: &'a Snapshot,
    known: Vec<Option<Signs>>,
}

impl<'a> Reader<'a> {
    /// Knows nothing yet.
    pub fn new(snapshot: &'a Snapshot) -> Self {
        Self { snapshot, known: vec![None; snapshot.strings.len()] }
    }

    /// The signs of one element.
    pub fn of(&mut self, tag: &str, attrs: &[i32]) -> Signs {
        let mut signs = match tag {
            "nav" | "footer" | "menu" => Signs::NAVIGATION,
            "aside" => Signs::RELATED,
            "button" | "input" | "form" | "dialog" | "audio" | "video" => Signs::TOOLS,
            "figcaption" => Signs::CAPTION,
            "time" => Signs::DATE,
            _ => Signs::default(),
        };
        for pair in attrs.chunks_exact(2) {
            let value = self.snapshot.string(pair[1]);
            match self.snapshot.string(pair[0]) {
                "class" | "id" | "itemprop" | "rel" | "data-testid" | "data-component" => {
                    signs = signs.and(self.name(pair[1], value));
                }
                "role" if matches!(value, "navigation" | "banner" | "contentinfo" | "search" | "menu") => {
                    signs = signs.and(Signs::NAVIGATION);
                }
                "role"
                    if matches!(value, "complementary" | "dialog" | "alertdialog" | "toolbar" | "button") =>
                {
                    signs = signs.and(Signs::TOOLS);
                }
                "aria-hidden" if value == "true" => signs = signs.and(Signs::ARIA_HIDDEN),
                _ => {}
            }
        }
        signs
    }

    fn name(&mut self, index: i32, value: &str) -> Signs {
        let known = usize::try_from(index).ok().and_then(|i| self.known.get_mut(i));
        match known {
            Some(known) => *known.get_or_insert_with(|| named(value)),
            None => Signs::default(),
        }
    }
}

/// The signs of a class list or id.
fn named(value: &str) -> Signs {
    let mut signs = Signs::default();
    for word in value.split(|c: char| !c.is_ascii_alphanumeric()) {
        // Words run together are parted by capitals.
        let mut start = 0;
        let bytes = word.as_bytes();
        for at in 1..=bytes.len() {
            let ends =
                at == bytes.len() || bytes[at].is_ascii_uppercase() && !bytes[at - 1].is_ascii_uppercase();
            if ends {
                let part = &word[start..at];
                for (sign, words) in WORDS {
                    if words.iter().any(|w| w.eq_ignore_ascii_case(part)) {
                        signs = signs.and(*sign);
                    }
                }
                start = at;
            }
        }
        for (sign, words) in WORDS {
            if words.iter().any(|w| w.eq_ignore_ascii_case(word)) {
                signs = signs.and(*sign);
            }
        }
    }
    signs
}
