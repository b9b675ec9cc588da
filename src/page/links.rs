//! Links: which words of an article lead to which host.

use super::address::Address;
use super::punycode::label;
use super::tree::Tree;
use super::{Article, Link};
use crate::text::Span;

/// What a snapshot keeps of a link's address: its host, or `/` where it leads to a page of the same site.
/// `extension/snapshot.js` has the same function.
#[cfg(feature = "cli")]
pub fn kept(address: &str) -> Option<&str> {
    let address = address.trim();
    // Browsers read past these; whoever writes them has something to hide.
    if address.is_empty() || address.contains(['\t', '\n', '\r']) || address.starts_with('#') {
        return None;
    }
    let (scheme, rest) = match address.split_once(':') {
        Some((scheme, rest)) if !scheme.contains(['/', '\\', '?', '#']) => (scheme, rest),
        _ => ("", address),
    };
    if !["", "http", "https"].iter().any(|known| known.eq_ignore_ascii_case(scheme)) {
        return None;
    }
    let host = rest.trim_start_matches(['/', '\\']);
    if rest.len() < host.len() + 2 {
        return scheme.is_empty().then_some("/");
    }
    host.split(['/', '\\', '?', '#']).next().filter(|host| !host.is_empty())
}

/// The links in the text of an article at `url`, each from its first to its last word.
pub fn of_article(tree: &Tree, url: &str, article: &Article) -> Vec<Link> {
    let own = host(Address::new(url).host).unwrap_or_default();
    let mut links: Vec<Link> = Vec::new();
    let mut last = None;
    for piece in &article.pieces {
        let at = tree.linked.binary_search_by_key(&piece.node, |(node, _)| *node);
        let element = at.ok().map(|at| tree.linked[at].1);
        if let (Some(link), true) = (links.last_mut(), element.is_some() && element == last) {
            link.span = Span::new(link.span.start, piece.span.end);
            continue;
        }
        last = None;
        let Some(address) = element.map(|element| tree.attr(element, "href")) else { continue };
        let host = if address == "/" { Some(String::new()) } else { host(address) };
        if let Some(host) = host {
            let host = if host == own { String::new() } else { host };
            links.push(Link { span: piece.span, host });
            last = element;
        }
    }
    links.retain_mut(|link| {
        link.span = link.span.trimmed(&article.text);
        !link.span.is_empty()
    });
    links
}

/// A host as a person knows it: lower case, without name and password, port and `www.`; nothing where it holds what no
/// host does. A label in other letters than those of Latin script is given as DNS has it: many of them look like Latin
/// ones, and "аpple.example" with a Cyrillic а would pass for what it isn't.
fn host(address: &str) -> Option<String> {
    let host = address.rsplit('@').next().unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default().trim_end_matches('.').to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let plain = !host.is_empty() && host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'));
    if !plain {
        return None;
    }
    let labels =
        host.split('.').map(|part| if part.chars().all(latin) { Some(part.to_owned()) } else { label(part) });
    Some(labels.collect::<Option<Vec<_>>>()?.join("."))
}

/// ASCII and the letters of Latin-1 and Latin Extended-A, but for ı, which looks like i.
fn latin(c: char) -> bool {
    c.is_ascii() || matches!(c, 'à'..='ž' if c != 'ı')
}

#[cfg(all(test, feature = "cli"))]
mod tests {
    use super::*;

    #[test]
    fn of_an_address_the_host_is_kept() {
        for (address, want) in [
            ("https://www.gov.uk/report?x#y", Some("www.gov.uk")),
            ("//a.example", Some("a.example")),
            ("HTTP://a.example:80\\@b.example", Some("a.example:80")),
            ("\\\\a.example/x", Some("a.example")),
            (" /report", Some("/")),
            ("report.html?to=https://a.example", Some("/")),
            ("?page=2", Some("/")),
            ("#notes", None),
            ("", None),
            ("mailto:ann@a.example", None),
            ("javascript:void(0)", None),
            ("https:report", None),
            ("https://", None),
            ("/\n/a.example", None),
        ] {
            assert_eq!(kept(address), want, "{address:?}");
        }
    }

    #[test]
    fn a_host_is_what_it_says() {
        for (address, want) in [
            ("www.GOV.uk:443", Some("gov.uk")),
            ("gov.uk@a.example.", Some("a.example")),
            ("bücher.example", Some("bücher.example")),
            ("www.Аpple.example", Some("xn--pple-43d.example")),
            ("shop.аррӏе.example:8080", Some("shop.xn--80ak6aa92e.example")),
            ("lınk.example", Some("xn--lnk-jua.example")),
            ("a.example gov.uk", None),
            ("%61.example", None),
            ("[::1]", None),
        ] {
            assert_eq!(host(address).as_deref(), want, "{address:?}");
        }
    }

    #[test]
    fn links_of_a_page() {
        let snapshot = crate::page::html::snapshot(
            "<body><p>See <a href='https://www.gov.uk/x'>the <b>long</b>\n report </a>and <a href='//www.a.example/y'>more</a>\
             <a href='/z'>.</a> <a href='#n'>1</a> <a name=x>here</a></p>",
        );
        let tree = Tree::new(&snapshot);
        let mut composer = super::super::compose::Composer::new(&tree);
        composer.push(&tree.blocks[0], super::super::Part::Body);
        let article = composer.finish();
        let links: Vec<_> = of_article(&tree, "https://a.example/", &article)
            .into_iter()
            .map(|l| (l.span.of(&article.text).to_owned(), l.host))
            .collect();
        let want = [("the long report", "gov.uk"), ("more", ""), (".", "")];
        assert_eq!(links, want.map(|(words, host)| (words.to_owned(), host.to_owned())));
    }
}
