//! The snapshot: what the engine gets to see of a page.
//!
//! The content script and the command line's HTML parser make the same thing, so that there is one reader and
//! not two. It is flat, because it crosses a message channel that copies JSON: strings are kept once in a
//! table, and the tree is a list of numbers in document order.
//!
//! | in `nodes` | means |
//! | --- | --- |
//! | `0` | the next text node: they are numbered in document order, and `texts` holds their data |
//! | `-1` | the innermost open element ends |
//! | `t > 0`, `flags`, `n`, then `n` pairs `name`, `value` | an element begins: its tag is `strings[t - 1]`, lower case; each pair indexes `strings` |
//!
//! `flags` is a sum of bits: [`HIDDEN`](Node::HIDDEN), the element is not rendered.
//! An open shadow root is an element with the tag `#shadow`; a same-origin frame's document one with `#frame`.
//! Elements whose text no reader sees as the page's (script, style, template, noscript, svg, math, iframe, object,
//! audio, video, canvas, select, textarea) are left out whole. Attributes are only those of [`Attr::KEPT`]; of `href`
//! only the host is kept, as the address spells it, or `/` where it names none; addresses that lead to no page (a
//! fragment, a script) are left out.

use serde::{Deserialize, Serialize};

/// A page as the content script or the HTML parser read it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Snapshot {
    /// The page's address; may be empty.
    pub url: String,
    /// The document's title.
    pub title: String,
    /// The `lang` attribute of the root element; may be empty.
    pub lang: String,
    /// Name (or property, or itemprop) and content of every `meta` element that has both, names in lower case;
    /// and `link rel=canonical` and `rel=amphtml`, as `canonical` and `amphtml`.
    pub meta: Vec<(String, String)>,
    /// The text of every `script type="application/ld+json"`.
    pub json_ld: Vec<String>,
    /// Tags, attribute names and attribute values.
    pub strings: Vec<String>,
    /// The tree; see the module's table. Begins with the `body` element.
    pub nodes: Vec<i32>,
    /// The data of every text node, in document order; white space is as in the page.
    pub texts: Vec<String>,
}

/// The attributes that a snapshot keeps.
pub struct Attr;

impl Attr {
    /// Their names. `style` is not kept: it shows as [`Node::HIDDEN`].
    pub const KEPT: &'static [&'static str] = &[
        "id",
        "class",
        "role",
        "itemprop",
        "rel",
        "aria-hidden",
        "aria-label",
        "data-testid",
        "data-component",
        "datetime",
        "href",
    ];
}

/// One step of a walk through a snapshot's tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Node<'a> {
    /// An element begins.
    Open {
        /// Its tag, lower case.
        tag: &'a str,
        /// Bits: [`Node::HIDDEN`].
        flags: i32,
        /// Pairs of indexes into [`Snapshot::strings`]; read them with [`Snapshot::attr`].
        attrs: &'a [i32],
    },
    /// The innermost open element ends.
    Close,
    /// A text node: its index in [`Snapshot::texts`].
    Text(u32),
}

impl Node<'_> {
    /// Not rendered: `display: none`, `visibility: hidden`, the `hidden` attribute, or in a closed `details`.
    pub const HIDDEN: i32 = 1;
}

impl Snapshot {
    /// Walks the tree in document order. A malformed list ends the walk early; it never panics.
    pub fn walk(&self) -> impl Iterator<Item = Node<'_>> {
        let mut at = 0;
        let mut text = 0;
        std::iter::from_fn(move || {
            let code = *self.nodes.get(at)?;
            match code {
                0 => {
                    at += 1;
                    text += 1;
                    (text as usize <= self.texts.len()).then_some(Node::Text(text - 1))
                }
                -1 => {
                    at += 1;
                    Some(Node::Close)
                }
                _ => {
                    let tag = self.string(code.checked_sub(1)?);
                    let flags = *self.nodes.get(at + 1)?;
                    let pairs = usize::try_from(*self.nodes.get(at + 2)?).ok()?;
                    let attrs = self.nodes.get(at + 3..(at + 3).checked_add(pairs.checked_mul(2)?)?)?;
                    at += 3 + attrs.len();
                    Some(Node::Open { tag, flags, attrs })
                }
            }
        })
    }

    /// The value of the attribute `name` among `attrs`.
    pub fn attr(&self, attrs: &[i32], name: &str) -> Option<&str> {
        attrs.chunks_exact(2).find(|pair| self.string(pair[0]) == name).map(|pair| self.string(pair[1]))
    }

    /// One of the strings; empty where there is no such index.
    pub fn string(&self, index: i32) -> &str {
        usize::try_from(index).ok().and_then(|i| self.strings.get(i)).map_or("", String::as_str)
    }
}
