//! What a page says about itself: `meta` elements and JSON-LD.
//!
//! JSON-LD is read with a small scanner that looks for a few keys and takes anything: pages hold broken JSON,
//! and the engine has no JSON parser in WebAssembly.

use super::Snapshot;
use super::headline::{likeness, words};
use std::collections::BTreeSet;

/// What a page says about itself; empty strings where it says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    /// The headline, or the nearest thing to one, without the site's name.
    pub headline: String,
    /// The headline that its JSON-LD gives the article.
    pub declared: String,
    /// Its address: the one that it gives itself, which saved and served copies keep.
    pub url: String,
    /// The name of its site.
    pub site: String,
    /// The names of its `meta` elements.
    pub keys: BTreeSet<String>,
    /// What it is about, as told to search engines.
    pub description: String,
    /// When it was published.
    pub published: String,
    /// Who wrote it.
    pub author: String,
    /// `og:type`, lower case.
    pub og_type: String,
    /// Every `@type` in JSON-LD, with how deep inside its script's JSON it stands, and what was found beside it.
    pub things: Vec<Thing>,
}

/// One JSON-LD object that has a type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Thing {
    /// Its type: `NewsArticle`. Of several, each in turn with a space between.
    pub kind: String,
    /// Objects and lists around it.
    pub depth: usize,
    /// Its headline.
    pub headline: String,
    /// When it was published.
    pub published: String,
    /// Its name, for people.
    pub name: String,
    /// The key of the object above that holds it: "author".
    pub key: String,
}

impl Meta {
    /// Reads what the page says.
    pub fn new(page: &Snapshot) -> Self {
        let of = |names: &[&str]| {
            names
                .iter()
                .find_map(|name| page.meta.iter().find(|(n, v)| n == name && !v.trim().is_empty()))
                .map(|(_, value)| value.trim().to_owned())
        };
        let things: Vec<Thing> = page.json_ld.iter().flat_map(|json| scan(json)).collect();
        let article = things.iter().find(|t| t.is_article() && !t.headline.is_empty());
        let declared = unescape(article.map_or("", |t| &t.headline));
        let headline = of(&["og:title", "twitter:title"])
            .or_else(|| Some(declared.clone()).filter(|d| !d.is_empty()))
            .unwrap_or_else(|| page.title.clone());
        let published = things
            .iter()
            .find(|t| t.is_article() && !t.published.is_empty())
            .map(|t| t.published.clone())
            .or_else(|| {
                of(&[
                    "article:published_time",
                    "datepublished",
                    "og:published_time",
                    "parsely-pub-date",
                    "sailthru.date",
                    "date",
                    "dc.date",
                    "dc.date.issued",
                    "pubdate",
                    "publishdate",
                ])
            })
            .unwrap_or_default();
        let author = things
            .iter()
            .find(|t| t.key == "author" && !t.name.is_empty())
            .map(|t| t.name.clone())
            .or_else(|| of(&["author", "article:author", "parsely-author", "byl", "dc.creator"]))
            .filter(|name| !name.starts_with("http"))
            .unwrap_or_default();
        let og_type = of(&["og:type"]).unwrap_or_default().to_lowercase();
        let description = unescape(&of(&["og:description", "description"]).unwrap_or_default());
        let url =
            of(&["canonical", "og:url"]).filter(|url| url.contains("//")).unwrap_or_else(|| page.url.clone());
        let keys = page.meta.iter().filter(|(_, v)| !v.is_empty()).map(|(k, _)| k.clone()).collect();
        Self {
            url,
            keys,
            site: of(&["og:site_name", "application-name"]).unwrap_or_default(),
            description,
            headline: unescape(&headline),
            declared,
            published,
            author: unescape(&author),
            og_type,
            things,
        }
    }

    /// What the page says about a further article of its own, which has a headline of these words.
    pub fn of_further(&self, headline: &BTreeSet<String>) -> Self {
        let thing = self.article_called(headline);
        let say = |field: fn(&Thing) -> &String| thing.map_or_else(String::new, |t| unescape(field(t)));
        Self {
            url: self.url.clone(),
            declared: say(|t| &t.headline),
            published: say(|t| &t.published),
            ..Self::default()
        }
    }

    /// The article in its JSON-LD that has nearly this headline.
    pub fn article_called(&self, headline: &BTreeSet<String>) -> Option<&Thing> {
        /// More of them are a list. Each headline of a page is compared with each.
        const MOST: usize = 100;
        let is = |thing: &&Thing| likeness(&words(&thing.headline).collect(), headline) >= 0.8;
        self.things.iter().filter(|thing| thing.is_article()).take(MOST).find(is)
    }
}

impl Thing {
    /// An article of some kind.
    pub fn is_article(&self) -> bool {
        self.kind.contains("Article") || self.kind.contains("BlogPosting") || self.kind.contains("Report")
    }
}

/// Entities that pages leave in their JSON-LD.
fn unescape(text: &str) -> String {
    let mut out = text.to_owned();
    for (entity, c) in [("&quot;", "\""), ("&#39;", "'"), ("&#039;", "'"), ("&#x27;", "'"), ("&amp;", "&")] {
        if out.contains(entity) {
            out = out.replace(entity, c);
        }
    }
    out
}

/// Every object with a type, in the order they begin.
fn scan(json: &str) -> Vec<Thing> {
    const DEEPEST: usize = 64;
    const LONGEST_KEY: usize = 64;
    let mut things: Vec<Thing> = Vec::new();
    // Open objects and lists: the thing each is, and for a list the key that holds it.
    let mut open: Vec<(usize, bool)> = Vec::new();
    let mut key = String::new();
    let mut rest = json;
    while let Some(at) = rest.find(['{', '}', '[', ']', '"']) {
        let mark = rest.as_bytes()[at];
        rest = &rest[at + 1..];
        match mark {
            b'{' => {
                if open.len() >= DEEPEST {
                    break;
                }
                things.push(Thing { depth: open.len(), key: key.clone(), ..Thing::default() });
                open.push((things.len() - 1, true));
            }
            b'[' => {
                if open.len() >= DEEPEST {
                    break;
                }
                let above = open.last().map_or(usize::MAX, |o| o.0);
                open.push((above, false));
            }
            b'}' | b']' => {
                open.pop();
            }
            _ => {
                let (value, tail) = string(rest);
                rest = tail;
                let in_object = open.last().is_some_and(|o| o.1);
                if in_object && let Some(after) = rest.trim_start().strip_prefix(':') {
                    rest = after;
                    // No key that matters is long, and each object inside keeps a copy.
                    key = if value.len() <= LONGEST_KEY { value } else { String::new() };
                    continue;
                }
                let Some(thing) = open.last().and_then(|o| things.get_mut(o.0)) else { continue };
                let field = match key.as_str() {
                    "@type" => &mut thing.kind,
                    "headline" => &mut thing.headline,
                    "datePublished" => &mut thing.published,
                    "name" => &mut thing.name,
                    "author" => {
                        // The author as a bare string.
                        things.push(Thing { key: "author".into(), name: value, ..Thing::default() });
                        continue;
                    }
                    _ => continue,
                };
                if !field.is_empty() {
                    field.push(' ');
                }
                field.push_str(value.trim());
            }
        }
    }
    things.retain(|t| !t.kind.is_empty() || t.key == "author");
    things
}

/// A JSON string from after its opening quotation mark, and what follows it.
fn string(rest: &str) -> (String, &str) {
    let mut out = String::new();
    let mut chars = rest.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return (out, &rest[at + 1..]),
            '\\' => match chars.next().map(|(_, c)| c) {
                Some('n' | 't' | 'r') => out.push(' '),
                Some('u') => {
                    let digits: String = chars.by_ref().take(4).map(|(_, c)| c).collect();
                    let unit = u16::from_str_radix(&digits, 16).unwrap_or(0xfffd);
                    // Characters beyond the basic plane come as two; they tell nothing here.
                    out.push(char::from_u32(u32::from(unit)).unwrap_or('\u{fffd}'));
                }
                Some(c) => out.push(c),
                None => break,
            },
            c => out.push(c),
        }
    }
    (out, "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn json_ld() {
        let json = r#"{"@graph":[{"@type":["NewsArticle","Thing"],"headline":"A \"b\" \u00e9","datePublished":"2024-07-25",
            "author":[{"@type":"Person","name":"Ann Lee"}],"publisher":{"@type":"Organization","name":"X"}},]}"#;
        let page = Snapshot { json_ld: vec![json.into()], ..Snapshot::default() };
        let meta = Meta::new(&page);
        assert_eq!((meta.headline.as_str(), meta.author.as_str()), ("A \"b\" é", "Ann Lee"));
        assert_eq!(meta.published, "2024-07-25");
        let kinds: Vec<_> = meta.things.iter().map(|t| t.kind.as_str()).collect();
        assert_eq!(kinds, ["NewsArticle Thing", "Person", "Organization"]);
    }

    #[test]
    fn objects_under_a_long_key_hold_no_copies_of_it() {
        let json = format!(r#"{{"{}":[{}]}}"#, "k".repeat(10_000), r#"{"@type":"T"},"#.repeat(100));
        let things = scan(&json);
        assert_eq!(things.len(), 100);
        assert!(things.iter().map(|t| t.key.len()).sum::<usize>() < json.len());
    }

    proptest! {
        #[test]
        fn anything_scans(json in "[{}\\[\\]\":,\\\\a@éu0-9]{0,200}") {
            scan(&json);
        }
    }
}
