//! Saved HTML into a snapshot, with html5ever: what the content script does to a live page.
//!
//! html5ever parses as browsers do (the HTML standard's "Parsing HTML documents"), here into a flat list of
//! nodes with links between them. No script runs and no style sheet is read, so only what the markup itself
//! hides is hidden.

use super::{Attr, Node, Snapshot};
use html5ever::interface::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer};
use html5ever::tree_builder::TreeBuilder;
use html5ever::{Attribute, LocalName, Namespace, QualName, TokenizerResult};
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;

/// Parses `html`; like a browser, takes anything.
pub fn snapshot(html: &str) -> Snapshot {
    let builder = TreeBuilder::new(Dom::new(), html5ever::tree_builder::TreeBuilderOpts::default());
    let tokenizer = Tokenizer::new(Shallow { builder, open: Cell::new(0) }, <_>::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    tokenizer.end();
    Writer::new(&tokenizer.sink.builder.sink.nodes.borrow()).document()
}

/// Elements left out whole: no reader sees their text as part of the page.
const LEFT_OUT: &[&str] = &[
    "script", "style", "template", "noscript", "svg", "math", "iframe", "object", "audio", "video", "canvas",
    "select", "textarea",
];

/// How deep elements may nest, as in Chromium. The parser looks through all open elements at each tag, so
/// that without a limit deep nesting would take quadratic time.
const DEEPEST: usize = 512;

/// Passes tokens on to the tree builder, but for the tags of elements too deep inside others.
struct Shallow {
    builder: TreeBuilder<usize, Dom>,
    /// Start tags without their end tag so far; of those elements that need one.
    open: Cell<usize>,
}

impl Shallow {
    fn too_deep(&self, tag: &Tag) -> bool {
        #[rustfmt::skip]
        const UNCOUNTED: &[&str] = &[
            // Never nest in themselves, or end by themselves.
            "html", "head", "body", "p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "caption",
            "colgroup", "option", "optgroup", "rb", "rt", "rp", "rtc",
            // Have no content.
            "area", "base", "br", "col", "embed", "frame", "hr", "image", "img", "input", "keygen", "link", "meta",
            "param", "source", "track", "wbr",
            // Hold text alone.
            "iframe", "noembed", "noframes", "noscript", "plaintext", "script", "style", "textarea", "title", "xmp",
        ];
        if UNCOUNTED.contains(&&*tag.name)
            || tag.self_closing && self.builder.adjusted_current_node_present_but_not_in_html_namespace()
        {
            return false;
        }
        let open = self.open.get();
        if tag.kind == TagKind::StartTag {
            self.open.set(open + 1);
            return open >= DEEPEST;
        }
        self.open.set(open.saturating_sub(1));
        open > DEEPEST
    }
}

impl TokenSink for Shallow {
    type Handle = usize;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<usize> {
        match &token {
            Token::TagToken(tag) if self.too_deep(tag) => TokenSinkResult::Continue,
            _ => self.builder.process_token(token, line),
        }
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// What a node is. Comments and the like are kept too, since they part text nodes.
enum Data {
    Document,
    Element(QualName, Vec<Attribute>),
    Text(StrTendril),
    Comment,
}

/// A node and its place among the others, as indexes.
struct Item {
    data: Data,
    parent: Option<usize>,
    previous: Option<usize>,
    next: Option<usize>,
    first: Option<usize>,
    last: Option<usize>,
    /// For a `template`: the node that holds its content.
    content: Option<usize>,
}

/// What the parser builds: every node, the document first.
struct Dom {
    nodes: RefCell<Vec<Item>>,
}

impl Dom {
    fn new() -> Self {
        let dom = Self { nodes: RefCell::default() };
        dom.create(Data::Document);
        dom
    }

    fn create(&self, data: Data) -> usize {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Item {
            data,
            parent: None,
            previous: None,
            next: None,
            first: None,
            last: None,
            content: None,
        });
        nodes.len() - 1
    }

    /// Puts `child` under `parent`, before its child `next` or as the last; text joins the text beside it.
    fn insert(&self, parent: usize, next: Option<usize>, child: NodeOrText<usize>) {
        let previous = match next {
            Some(next) => self.nodes.borrow()[next].previous,
            None => self.nodes.borrow()[parent].last,
        };
        let node = match child {
            NodeOrText::AppendNode(node) => {
                self.remove_from_parent(&node);
                node
            }
            NodeOrText::AppendText(text) => {
                if let Some(previous) = previous
                    && let Data::Text(before) = &mut self.nodes.borrow_mut()[previous].data
                {
                    before.push_tendril(&text);
                    return;
                }
                self.create(Data::Text(text))
            }
        };
        let mut nodes = self.nodes.borrow_mut();
        nodes[node].parent = Some(parent);
        nodes[node].previous = previous;
        nodes[node].next = next;
        match previous {
            Some(previous) => nodes[previous].next = Some(node),
            None => nodes[parent].first = Some(node),
        }
        match next {
            Some(next) => nodes[next].previous = Some(node),
            None => nodes[parent].last = Some(node),
        }
    }
}

/// An element's name as the parser asks for it.
#[derive(Debug)]
struct Name(QualName);

impl ElemName for Name {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }
    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

impl TreeSink for Dom {
    type Handle = usize;
    type Output = ();
    type ElemName<'a> = Name;

    fn finish(self) {}
    fn parse_error(&self, _: Cow<'static, str>) {}
    fn set_quirks_mode(&self, _: QuirksMode) {}
    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_document(&self) -> usize {
        0
    }

    fn elem_name(&self, node: &usize) -> Name {
        match &self.nodes.borrow()[*node].data {
            Data::Element(name, _) => Name(name.clone()),
            _ => Name(QualName::new(None, Namespace::default(), LocalName::default())),
        }
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, flags: ElementFlags) -> usize {
        let node = self.create(Data::Element(name, attrs));
        if flags.template {
            let content = self.create(Data::Document);
            self.nodes.borrow_mut()[node].content = Some(content);
        }
        node
    }

    fn create_comment(&self, _: StrTendril) -> usize {
        self.create(Data::Comment)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> usize {
        self.create(Data::Comment)
    }

    fn append(&self, parent: &usize, child: NodeOrText<usize>) {
        self.insert(*parent, None, child);
    }

    fn append_based_on_parent_node(&self, table: &usize, above: &usize, child: NodeOrText<usize>) {
        let parent = self.nodes.borrow()[*table].parent;
        match parent {
            Some(parent) => self.insert(parent, Some(*table), child),
            None => self.insert(*above, None, child),
        }
    }

    fn append_before_sibling(&self, sibling: &usize, child: NodeOrText<usize>) {
        let parent = self.nodes.borrow()[*sibling].parent;
        if let Some(parent) = parent {
            self.insert(parent, Some(*sibling), child);
        }
    }

    fn get_template_contents(&self, template: &usize) -> usize {
        self.nodes.borrow()[*template].content.unwrap_or(*template)
    }

    fn same_node(&self, one: &usize, other: &usize) -> bool {
        one == other
    }

    fn add_attrs_if_missing(&self, node: &usize, attrs: Vec<Attribute>) {
        if let Data::Element(_, have) = &mut self.nodes.borrow_mut()[*node].data {
            for attr in attrs {
                if have.iter().all(|a| a.name != attr.name) {
                    have.push(attr);
                }
            }
        }
    }

    fn remove_from_parent(&self, node: &usize) {
        let mut nodes = self.nodes.borrow_mut();
        let Some(parent) = nodes[*node].parent.take() else { return };
        let (previous, next) = (nodes[*node].previous.take(), nodes[*node].next.take());
        match previous {
            Some(previous) => nodes[previous].next = next,
            None => nodes[parent].first = next,
        }
        match next {
            Some(next) => nodes[next].previous = previous,
            None => nodes[parent].last = previous,
        }
    }

    fn reparent_children(&self, node: &usize, parent: &usize) {
        loop {
            let Some(child) = self.nodes.borrow()[*node].first else { break };
            self.insert(*parent, None, NodeOrText::AppendNode(child));
        }
    }
}

/// Writes the parsed nodes down as a snapshot.
struct Writer<'a> {
    nodes: &'a [Item],
    out: Snapshot,
    /// Where each of the snapshot's strings stands.
    known: HashMap<&'a str, i32>,
}

/// What to do next, kept on a stack of our own: pages nest deeper than a thread's stack may.
enum Step {
    Enter(usize),
    Close,
}

impl<'a> Writer<'a> {
    fn new(nodes: &'a [Item]) -> Self {
        Self { nodes, out: Snapshot::default(), known: HashMap::new() }
    }

    fn document(mut self) -> Snapshot {
        let mut body = None;
        let mut title = None;
        let mut links = Vec::new();
        let mut todo = vec![0];
        while let Some(node) = todo.pop() {
            todo.extend(self.nodes[node].next);
            todo.extend(self.nodes[node].first);
            match self.tag(node) {
                Some("html") => self.attr(node, "lang").unwrap_or_default().clone_into(&mut self.out.lang),
                Some("title") if title.is_none() => title = Some(self.text_of(node)),
                Some("body") if body.is_none() => body = Some(node),
                Some("meta") => {
                    let name = ["property", "name", "itemprop"].iter().find_map(|name| self.attr(node, name));
                    if let (Some(name), Some(content)) = (name, self.attr(node, "content")) {
                        self.out.meta.push((name.to_lowercase(), content.to_owned()));
                    }
                }
                Some("link") => {
                    let rel = self.attr(node, "rel").unwrap_or_default().to_lowercase();
                    if let ("canonical" | "amphtml", Some(href)) = (rel.as_str(), self.attr(node, "href")) {
                        links.push((rel, href.to_owned()));
                    }
                }
                Some("script") if self.attr(node, "type").is_some_and(is_json_ld) => {
                    let text = self.text_of(node);
                    self.out.json_ld.push(text);
                }
                _ => {}
            }
        }
        self.out.meta.append(&mut links);
        self.out.title = title.unwrap_or_default().split_ascii_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(body) = body {
            self.tree(body);
        }
        self.out
    }

    fn tree(&mut self, root: usize) {
        let mut todo = vec![Step::Enter(root)];
        while let Some(step) = todo.pop() {
            let Step::Enter(node) = step else {
                self.out.nodes.push(-1);
                continue;
            };
            let item = &self.nodes[node];
            if node != root {
                todo.extend(item.next.map(Step::Enter));
            }
            match &item.data {
                Data::Text(text) => {
                    self.out.nodes.push(0);
                    self.out.texts.push(text.to_string());
                }
                Data::Element(name, attrs) => {
                    let mut tag = &*name.local;
                    let mut first = item.first;
                    if tag == "template" && self.attr(node, "shadowrootmode") == Some("open") {
                        tag = "#shadow";
                        first = item.content.and_then(|content| self.nodes[content].first);
                    }
                    if !LEFT_OUT.contains(&tag) {
                        let hidden = attrs.iter().any(hides) || self.is_folded(node);
                        self.open(tag, attrs, hidden && node != root);
                        todo.push(Step::Close);
                        todo.extend(first.map(Step::Enter));
                    }
                }
                Data::Document | Data::Comment => {}
            }
        }
    }

    /// It stands in a `details` element that is closed, and isn't its summary.
    fn is_folded(&self, node: usize) -> bool {
        let details = self.nodes[node].parent.filter(|&parent| self.tag(parent) == Some("details"));
        details.is_some_and(|details| self.attr(details, "open").is_none())
            && self.tag(node) != Some("summary")
    }

    fn open(&mut self, tag: &'a str, attrs: &'a [Attribute], hidden: bool) {
        let tag = self.intern(tag);
        let flags = if hidden { Node::HIDDEN } else { 0 };
        let at = self.out.nodes.len();
        self.out.nodes.extend([tag + 1, flags, 0]);
        for attr in attrs.iter().filter(|a| Attr::KEPT.contains(&&*a.name.local)) {
            let value = if &*attr.name.local == "href" {
                super::links::kept(&attr.value)
            } else {
                Some(&*attr.value)
            };
            let Some(value) = value else { continue };
            let pair = [self.intern(&attr.name.local), self.intern(value)];
            self.out.nodes.extend(pair);
            self.out.nodes[at + 2] += 1;
        }
    }

    fn intern(&mut self, string: &'a str) -> i32 {
        *self.known.entry(string).or_insert_with(|| {
            self.out.strings.push(string.to_owned());
            self.out.strings.len() as i32 - 1
        })
    }

    /// An HTML element's tag.
    fn tag(&self, node: usize) -> Option<&'a str> {
        match &self.nodes[node].data {
            Data::Element(name, _) if name.ns == html5ever::ns!(html) => Some(&name.local),
            _ => None,
        }
    }

    fn attr(&self, node: usize, name: &str) -> Option<&'a str> {
        match &self.nodes[node].data {
            Data::Element(_, attrs) => attrs.iter().find(|a| &*a.name.local == name).map(|a| &*a.value),
            _ => None,
        }
    }

    /// The text of an element that holds nothing but text.
    fn text_of(&self, node: usize) -> String {
        let child = self.nodes[node].first.map(|first| &self.nodes[first].data);
        if let Some(Data::Text(text)) = child { text.to_string() } else { String::new() }
    }
}

fn is_json_ld(kind: &str) -> bool {
    kind.trim().to_ascii_lowercase().starts_with("application/ld+json")
}

/// The attribute takes its element out of sight.
fn hides(attr: &Attribute) -> bool {
    match &*attr.name.local {
        "hidden" => true,
        "style" => attr.value.split(';').filter_map(|rule| rule.split_once(':')).any(|(name, value)| {
            let value = value.trim().to_ascii_lowercase();
            match name.trim().to_ascii_lowercase().as_str() {
                "display" => value.starts_with("none"),
                "visibility" => value.starts_with("hidden"),
                _ => false,
            }
        }),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::snapshot;
    use crate::page::{Node, Snapshot};

    /// The tree as a line: `<tag name=value …` (`!` where hidden), `>`, texts quoted.
    fn line(snapshot: &Snapshot) -> String {
        let mut out = String::new();
        let of = |i: i32| snapshot.strings[i as usize].as_str();
        for node in snapshot.walk() {
            match node {
                Node::Open { tag, flags, attrs } => {
                    out.extend(["<", tag, if flags & Node::HIDDEN != 0 { "!" } else { "" }]);
                    for pair in attrs.chunks_exact(2) {
                        out.extend([" ", of(pair[0]), "=", of(pair[1])]);
                    }
                    out.push(' ');
                }
                Node::Close => out.push('>'),
                Node::Text(index) => out.extend(["\"", &snapshot.texts[index as usize], "\""]),
            }
        }
        out
    }

    #[test]
    fn table() {
        for (html, want) in [
            ("", "<body >"),
            ("Hi <b>you", r#"<body "Hi "<b "you">>"#),
            ("<p class=x style='color:red'>a<p>b", r#"<body <p class=x "a"><p "b">>"#),
            ("<p hidden>a<p style='Display : NONE'>b", r#"<body <p! "a"><p! "b">>"#),
            (
                "<details><summary>a</summary><p>b</details><details open><p>c",
                r#"<body <details <summary "a"><p! "b">><details <p "c">>>"#,
            ),
            ("<audio>a</audio>b<video>c</video><canvas>d</canvas>", r#"<body "b">"#),
            ("<body style='display:none'>a<!-- b -->c", r#"<body "a""c">"#),
            ("<script>x</script>a<svg><text>b</text></svg><noscript><p>c</p></noscript>", r#"<body "a">"#),
            ("a<template><p>b</template><textarea>c</textarea>d", r#"<body "a""d">"#),
            ("<i><template shadowrootmode=open><p>b</template>c</i>", r#"<body <i <#shadow <p "b">>"c">>"#),
            ("<table>a<tr><td>b", r#"<body "a"<table <tbody <tr <td "b">>>>>"#),
            ("<b>a<p>b</b>c", r#"<body <b "a"><p <b "b">"c">>"#),
            ("&#xd800;&#0;\u{202e}x", "<body \"\u{fffd}\u{fffd}\u{202e}x\">"),
        ] {
            assert_eq!(line(&snapshot(html)), want, "{html}");
        }
    }

    #[test]
    fn the_head() {
        let page = snapshot(
            "<html lang=en-GB><head><title> A \n B</title><meta property=OG:Type content=article>\
             <link rel=canonical href=/x><meta charset=utf-8>\
             <script type='application/ld+json'>{\"a\":1}</script></head><body><svg><title>C</title></svg>",
        );
        assert_eq!((page.title.as_str(), page.lang.as_str()), ("A B", "en-GB"));
        let meta: Vec<_> = page.meta.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        assert_eq!(meta, [("og:type", "article"), ("canonical", "/x")]);
        assert_eq!(page.json_ld, ["{\"a\":1}"]);
    }

    #[test]
    fn deep_nesting_stays_linear() {
        for (open, close) in
            [("<div>", "</div>"), ("<b>", ""), ("<div/>", ""), ("<ul><li>", ""), ("<a b=c>", "")]
        {
            let html = format!("{}text{}", open.repeat(5_000), close.repeat(5_000)) + "<p>after";
            let page = snapshot(&html);
            assert_eq!(page.texts, ["text", "after"], "{open}");
        }
    }
}
