//! Reading whole pages: what holds for any page, and a small one from end to end.

use super::{Article, Node, Part, Reading, Reason, Snapshot, Speaks, Verdict, Why, html, read};
use proptest::prelude::*;

fn read_html(html: &str) -> Reading {
    read(&html::snapshot(html))
}

/// Each paragraph's part and words.
fn parts(article: &Article) -> Vec<(Part, &str)> {
    article.paragraphs.iter().map(|p| (p.part, p.span.of(&article.text))).collect()
}

/// Every piece is, unit for unit, what its text node holds; what lies outside pieces is white space.
fn check_pieces(snapshot: &Snapshot, article: &Article) {
    let mut end = 0;
    for piece in &article.pieces {
        assert!(end <= piece.span.start, "pieces in order");
        assert_eq!(article.text[end..piece.span.start].trim(), "", "text that no node holds");
        let units: Vec<u16> = piece.span.of(&article.text).encode_utf16().collect();
        let node: Vec<u16> = snapshot.texts[piece.node as usize].encode_utf16().collect();
        assert_eq!(node[piece.at as usize..][..units.len()], units[..]);
        end = piece.span.end;
    }
    assert_eq!(article.text[end..].trim(), "");
    let mut end = 0;
    for paragraph in &article.paragraphs {
        assert!(end <= paragraph.span.start && !paragraph.span.is_empty());
        assert_eq!(article.text[end..paragraph.span.start].trim(), "");
        end = paragraph.span.end;
    }
}

const PAGE: &str = r#"<html lang=en><head><title>Harbour talks end without a deal - The Test Herald</title>
<meta property="og:type" content="article"><meta property="og:title" content="Harbour talks end without a deal">
<meta property="article:published_time" content="2024-07-25T12:14:00+02:00">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"Harbour talks end without a deal",
"author":{"@type":"Person","name":"Ann Lee"}}</script></head><body>
<nav><a href=/>Home</a><a href=/world>World</a></nav>
<main><article><h1>Harbour talks end <em>without</em> a deal</h1>
<p class="standfirst">Both sides say that they will meet again in the autumn.</p>
<div class="byline">By <a rel=author href=/ann>Ann Lee</a></div><time datetime=2024-07-25>25 July 2024</time>
<figure><img src=x><figcaption>The harbour on Monday. Photograph: A. Body</figcaption></figure>
<div class="content"><p>PORT ALMA &mdash; The mayor, <b>Jo&shy;anna Reyes</b>, said that the talks had failed,
   and that “nobody should be&nbsp;surprised” by it.</p>
<p>The company answered that it had offered more than it could afford to, twice over, and would not do so again.</p>
<div class="newsletter"><p>Sign up to our newsletter and get the day's most important stories in your inbox.</p></div>
<h2>What comes next</h2><p>A court will hear both sides in September, said the city's lawyer, Tom Abara, on Thursday.</p>
<p style="display:none">This paragraph is not on the screen, and so it must not be in the article.</p>
</div><h3>Read more</h3><ul><li><a href=/1>Another story about the harbour and its owners</a></li></ul></article>
<section id=comments><p>What a mess this is, and I for one have always said that it would end so. Shame on them!</p></section></main>
<footer><p>The Test Herald is published every day but Sunday. All rights reserved, whatever that may mean.</p></footer>"#;

#[test]
fn a_small_page() {
    let snapshot = html::snapshot(PAGE);
    let reading = read(&snapshot);
    let article = &reading.article;
    check_pieces(&snapshot, article);
    assert_eq!(
        parts(article),
        [
            (Part::Headline, "Harbour talks end without a deal"),
            (Part::Standfirst, "Both sides say that they will meet again in the autumn."),
            (Part::Byline, "By Ann Lee"),
            (Part::Date, "25 July 2024"),
            (Part::Caption, "The harbour on Monday. Photograph: A. Body"),
            (
                Part::Body,
                "PORT ALMA — The mayor, Joanna Reyes, said that the talks had failed, and that “nobody should \
                 be\u{a0}surprised” by it."
            ),
            (
                Part::Body,
                "The company answered that it had offered more than it could afford to, twice over, and would not do \
                 so again."
            ),
            (Part::Subhead, "What comes next"),
            (
                Part::Body,
                "A court will hear both sides in September, said the city's lawyer, Tom Abara, on Thursday."
            ),
        ]
    );
    assert_eq!(reading.verdict, Verdict::News, "{}", reading.score);
    assert!(!reading.reasons.is_empty() && reading.reasons.len() <= 3, "{:?}", reading.reasons);
    assert!(reading.reasons.iter().all(|r| r.speaks == Speaks::For), "{:?}", reading.reasons);
    assert_eq!(article.language, "en");
    assert_eq!(article.byline.as_deref(), Some("Ann Lee"));
    assert_eq!(article.published.as_deref(), Some("2024-07-25T12:14:00+02:00"));
}

#[test]
fn line_breaks_part_paragraphs_only_in_pairs() {
    let long = "This is a sentence that is long enough to be taken for running text by anyone who reads it";
    let reading = read_html(&format!("<h1>T</h1><div>{long}<br>\n<br>{long}<br>and on.<br>{long}</div>"));
    let bodies: Vec<_> = parts(&reading.article).into_iter().map(|(_, text)| text.to_owned()).collect();
    assert_eq!(bodies, ["T", long, &format!("{long} and on. {long}")]);
}

#[test]
fn pages_without_an_article() {
    for html in [
        "",
        "<p>",
        "<html><body>\u{0}\u{1}\u{fffd}",
        "<h1>Title</h1>",
        "<a href=x>one</a> <a>two</a>",
        "<frameset>",
    ] {
        let reading = read_html(html);
        assert_eq!(reading.verdict, Verdict::Other, "{html}");
        assert_eq!(reading.reasons, [Reason { why: Why::Text, speaks: Speaks::Against }], "{html}");
    }
}

#[test]
fn deep_and_broad_pages_take_linear_time() {
    let prose =
        "<p>A sentence that is long enough to be taken for running text, and a second half of it.</p>";
    let nested = format!("{}{prose}", "<div class='article related'>".repeat(20_000));
    let broad = format!("<article>{}", prose.repeat(20_000));
    let breaks = format!("<div>{}", "word<br>".repeat(50_000));
    let spans = format!("<p>{}", "<span>a</span> ".repeat(50_000));
    let headed = format!("<article><h1>A headline</h1>{prose}</article>").repeat(10_000);
    let heads = format!("<main>{}", format!("<h1>A headline</h1>{prose}").repeat(10_000));
    for html in [nested, broad, breaks, spans, headed, heads] {
        let snapshot = html::snapshot(&html);
        check_pieces(&snapshot, &read(&snapshot).article);
    }
    // Deeper than the parser lets pages nest: a snapshot from a live page may be.
    let mut nodes = Vec::new();
    for _ in 0..100_000 {
        nodes.extend([1, 0, 0]);
    }
    nodes.push(0);
    let text = "A sentence that is long enough to be taken for running text. ".repeat(9);
    let deep = Snapshot { strings: vec!["div".into()], nodes, texts: vec![text], ..Snapshot::default() };
    assert_eq!(read(&deep).article.pieces.len(), 1);
}

/// HTML of ordinary and odd parts, in any order.
fn any_html() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        "[a-zA-Z.,“”é\u{5e9}\u{ad}\u{200b}\u{a0} \n\t]{0,120}",
        "<(p|div|h1|h2|b|a href=x|span|ul|li|figure|article|main class=post|aside|br|td|pre|time)>",
        "</(p|div|h1|h2|b|a|span|ul|li|figure|article|main|aside|pre)>",
        "<(p hidden|div class=comments|div class=byline|p class=standfirst)>",
        "&(shy|nbsp|amp|zwj|#x1F600|#xD800|lt|bogus);?",
        "👩‍👩‍👧[\u{202e}\u{200f}]?",
    ];
    prop::collection::vec(part, 0..60).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn every_character_knows_its_node(html in any_html()) {
        let snapshot = html::snapshot(&html);
        check_pieces(&snapshot, &read(&snapshot).article);
    }

    #[test]
    fn malformed_snapshots_are_read(
        nodes in prop::collection::vec(prop_oneof![-2..6_i32, any::<i32>()], 0..200),
        texts in prop::collection::vec("[a-z .]{0,90}", 0..8),
    ) {
        let strings = ["p", "class", "h1", "comments", "a"].map(str::to_owned).to_vec();
        let snapshot = Snapshot { strings, nodes, texts, ..Snapshot::default() };
        let _ = snapshot.walk().filter(|n| matches!(n, Node::Close)).count();
        check_pieces(&snapshot, &read(&snapshot).article);
    }
}
