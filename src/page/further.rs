//! The articles that a page goes on with: pages that scroll without end put one under the other.
//!
//! Much else stands under a heading of its own: teasers, posts of a live blog, sponsored stories, threads. What is
//! read as a further article has a headline unlike those of the other articles, paragraphs of running text, and an
//! element of its own: one made after the pattern of the page's own article, or one that nothing calls an aside and
//! that says who wrote it or when.

use super::headline::{self, Other, is_prose, likeness};
use super::meta::Meta;
use super::signs::Signs;
use super::tree::Tree;
use std::collections::BTreeSet;

/// An article has at least so many paragraphs of running text.
const PARAGRAPHS: usize = 3;

/// A page that holds more than so many is a list, and none of them is read.
const MOST: usize = 24;

/// Two headlines this much alike are of one article, which the page holds twice.
const SAME: f32 = 0.8;

/// Those of the `others` that are articles to be read for themselves, in order.
pub fn further<'a>(tree: &Tree, meta: &Meta, headline: Option<usize>, others: &'a [Other]) -> Vec<&'a Other> {
    let mut known: Vec<BTreeSet<String>> =
        headline.map(|h| headline::block_words(tree, h)).into_iter().collect();
    let mut found = Vec::new();
    for other in others {
        let words = headline::block_words(tree, other.headline);
        let repeated = known.iter().any(|known| likeness(known, &words) >= SAME);
        let own = other.alike || !is_aside(tree, headline, other) && is_signed(tree, meta, other, &words);
        if repeated || !own || !has_paragraphs(tree, other) {
            continue;
        }
        if found.len() == MOST {
            return Vec::new();
        }
        known.push(words);
        found.push(other);
    }
    found
}

/// Something around it that isn't around the page's headline too is for other things than articles.
fn is_aside(tree: &Tree, headline: Option<usize>, other: &Other) -> bool {
    tree.ancestors(other.element)
        .map(|e| &tree.elements[e])
        .take_while(|e| !headline.is_some_and(|h| e.blocks.contains(&h)))
        .any(|e| e.signs.any(Signs::ASIDE))
}

fn has_paragraphs(tree: &Tree, other: &Other) -> bool {
    let blocks = &tree.blocks[other.headline..tree.elements[other.element].blocks.end];
    blocks.iter().filter(|block| is_prose(block)).count() >= PARAGRAPHS
}

/// It says who wrote it or when, in its element or in the page's JSON-LD.
fn is_signed(tree: &Tree, meta: &Meta, other: &Other, words: &BTreeSet<String>) -> bool {
    let signed = |index: usize| {
        let element = &tree.elements[index];
        element.tag == "time"
            || element.signs.any(Signs::BYLINE.and(Signs::DATE))
            || tree.attr(index, "rel").contains("author")
            || matches!(tree.attr(index, "itemprop"), "author" | "datePublished")
    };
    let element = &tree.elements[other.element];
    let blocks = &tree.blocks[other.headline..element.blocks.end];
    (other.element..element.end).any(signed)
        || blocks.iter().any(|block| block.len < 100 && tree.words(block).starts_with("By "))
        || meta.article_called(words).is_some()
}

#[cfg(all(test, feature = "cli"))]
mod tests {
    use crate::page::{Reading, html, read};

    /// Paragraphs of running text about somebody.
    fn body(name: &str) -> String {
        format!(
            "<p>{name} said on Monday that the talks had failed, and that nobody should be surprised by it, as both \
             sides had asked for more than the other could ever have given them.</p>
             <p>The company, which owns both of the town's bridges, answered on Tuesday evening that it had offered more than it could afford to, twice over, and {name} knew of \
             it. It will not do so again, it said, whatever the council may think of that.</p>
             <p>A court will hear both sides in September, said the city's lawyer. {name} will be there, and with \
             {name} the whole of the council, which has paid for the lawyers of one side since the spring.</p>
             <p>Until then the bridges stay shut to everybody but those who live on the far side of the river, who may \
             cross them on foot in the mornings.</p>"
        )
    }

    fn read_page(second: &str) -> Reading {
        let first = body("Joanna Reyes");
        read(&html::snapshot(&format!(
            "<html lang=en><title>Harbour talks end without a deal</title>
             <main class=page><div class='story'><h1>Harbour talks end without a deal</h1>{first}</div>{second}</main>"
        )))
    }

    #[test]
    fn articles_that_follow() {
        let text = body("Tom Abara");
        for (second, found) in [
            // Marked as an article, and signed or dated.
            (format!("<article><h1>Library opens without books</h1><p>By Ann Lee</p>{text}</article>"), 1),
            (format!("<article><h1>Library opens without books</h1><time>2 May</time>{text}</article>"), 1),
            (format!("<article><h1>Library opens without books</h1>{text}</article>"), 0),
            // After the pattern of the first.
            (format!("<div class='story'><h1>Library opens without books</h1>{text}</div>"), 1),
            (format!("<div><a href=/x>Next</a><div class='story'><h2>Library opens without books</h2>{text}</div></div>"), 1),
            (format!("<section><h2>Library opens without books</h2>{text}</section>"), 0),
            // The same again, another's words, too little.
            (format!("<div class='story'><h1>Harbour talks end without a deal</h1>{text}</div>"), 0),
            (format!("<div class=comments><article><h1>Library opens without books</h1><p>By Ann</p>{text}</article></div>"), 0),
            (format!("<div class=related><article><h1>Library opens without books</h1><p>By Ann</p>{text}</article></div>"), 0),
            ("<article><h1>Library opens without books</h1><p>By Ann Lee</p><p>It is the first of its kind in the country, \
              and there is an argument about what a library is for.</p></article>".to_owned(), 0),
            (format!("<div class='story'><h1>Library opens without books</h1><p>{}</p></div>", "It is so. ".repeat(80)), 0),
        ] {
            let reading = read_page(&second);
            let [own, other] = ["Joanna Reyes", "Tom Abara"]
                .map(|name| reading.articles().iter().map(|a| a.text.matches(name).count()).collect::<Vec<_>>());
            let alone = if found == 0 { vec![4] } else { vec![4, 0] };
            assert_eq!((reading.further.len(), own), (found, alone), "{second}");
            assert!(found == 0 || other == [0, 4], "{second}");
        }
    }

    /// A page may change its title as the reader goes on; the order of the articles is the page's.
    #[test]
    fn the_title_says_which_is_the_pages_own() {
        let second =
            format!("<div class='story'><h1>Library opens without books</h1>{}</div>", body("Tom Abara"));
        let mut snapshot = html::snapshot(&format!(
            "<main><div class='story'><h1>Harbour talks end without a deal</h1>{}</div>{second}</main>",
            body("Joanna Reyes")
        ));
        let titles =
            |reading: &Reading| reading.articles().iter().map(|a| a.title.clone()).collect::<Vec<_>>();
        let first = read(&snapshot);
        snapshot.title = "Library opens without books – The Test Herald".into();
        let second = read(&snapshot);
        assert_eq!(first.article.title, "Harbour talks end without a deal");
        assert_eq!(second.article.title, "Library opens without books");
        assert_eq!(titles(&first), ["Harbour talks end without a deal", "Library opens without books"]);
        assert_eq!(titles(&first), titles(&second));
    }

    #[test]
    fn posts_and_lists_are_no_further_articles() {
        let text = body("Tom Abara");
        let post = format!("<article><h1>Post of the morning</h1><time>9:00</time>{text}</article>");
        let live =
            r#"<script type="application/ld+json">{"@type":"LiveBlogPosting","headline":"Talks"}</script>"#;
        let page =
            format!("{live}<main><h1>Harbour talks as they happen</h1>{}{post}</main>", body("Joanna Reyes"));
        let reading = read(&html::snapshot(&page));
        assert!(reading.further.is_empty() && reading.article.text.contains("Abara"));
        let many: String = (0..40)
            .map(|n| {
                format!(
                    "<div class='story'><h1>Library {n} opens without any book at all {n}{n}</h1>{text}</div>"
                )
            })
            .collect();
        assert!(read_page(&many).further.is_empty());
    }
}
