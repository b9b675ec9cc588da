//! Small pages, each with something that once misled the reader, or easily would.

use super::{Part, Reading, html, read};

const LEAD: &str =
    "The mayor of Port Alma, Joanna Reyes, said on Monday that the talks about the harbour had failed.";
const MIDDLE: &str = "The company answered that it had offered more than it could afford to, twice over, and would not do so again.";
const END: &str =
    "A court will hear both sides in September, said the city's lawyer, Tom Abara, on Thursday.";

/// A page with this head and body.
fn page(head: &str, body: &str) -> Reading {
    read(&html::snapshot(&format!("<html lang=en><head>{head}</head><body>{body}</body></html>")))
}

/// The texts of an article's paragraphs of one part.
fn texts(reading: &Reading, part: Part) -> Vec<&str> {
    let article = &reading.article;
    let paragraphs = article.paragraphs.iter().filter(|p| p.part == part);
    paragraphs.map(|p| p.span.of(&article.text)).collect()
}

/// An article of a few paragraphs under this headline, each marked with `name`.
fn article(headline: &str, name: &str) -> String {
    let paragraph = |text: &str| format!("<p>{name}: {text}</p>");
    let body: String = [LEAD, MIDDLE, END, LEAD, MIDDLE, END, LEAD, MIDDLE].map(paragraph).concat();
    format!("<article class=story><h1>{headline}</h1><div class=body>{body}</div></article>")
}

#[test]
fn a_second_article_is_left_out() {
    let (one, two) = ("Harbour talks end without a deal", "City library opens again after the flood");
    let both = article(one, "One") + &article(two, "Two") + &article("A third story for the day", "Three");
    // The metadata is the first article's; the title follows what is on the screen.
    for (title, headline, name) in [(one, one, "One"), (two, two, "Two")] {
        let head =
            format!("<title>{title} - The Test Herald</title><meta property=og:title content='{one}'>");
        let reading = page(&head, &format!("<main>{both}</main>"));
        assert_eq!(texts(&reading, Part::Headline), [headline]);
        let body = texts(&reading, Part::Body);
        assert_eq!(body.len(), 8, "{body:?}");
        assert!(body.iter().all(|text| text.starts_with(name)), "{body:?}");
    }
}

#[test]
fn subheads_marked_as_headlines_stay() {
    let body = format!("<p>{LEAD}</p><h1>What now?</h1><p>{MIDDLE}</p><p>{END}</p>").repeat(4);
    let reading =
        page("<title>The harbour</title>", &format!("<h1>The harbour</h1><div class=post>{body}</div>"));
    assert_eq!(texts(&reading, Part::Body).len(), 12);
    assert_eq!(texts(&reading, Part::Subhead).len(), 4);
}

#[test]
fn the_lead_of_a_live_blog_belongs_to_it() {
    let post = format!("<div class=entry><h3>14:05</h3><p>{MIDDLE}</p><p>{END}</p></div>").repeat(6);
    let reading = page(
        "",
        &format!(
            "<main><h1>Harbour talks: live</h1><div class=share>Share</div><div class=share>Send</div>
            <div class=lead><p>{LEAD}</p></div><div class=posts>{post}</div></main>"
        ),
    );
    let body = texts(&reading, Part::Body);
    assert_eq!((body.len(), body.first().copied()), (13, Some(LEAD)));
}

#[test]
fn what_style_sheets_make_a_line_break_parts_words() {
    let reading = page(
        "",
        &format!(
            "<h1>T</h1><div>{MIDDLE}<span class='x br'></span>{END}<span class=br></span><span class=br></span>{LEAD}</div>"
        ),
    );
    assert_eq!(texts(&reading, Part::Body), [MIDDLE, END, LEAD]);
}

#[test]
fn notices_are_no_part_of_the_article() {
    for notice in [
        "<p>Subscribe to continue reading</p>",
        "<p>Already a subscriber? <a href=/in>Log in</a> to read on.</p>",
        "<p><b>Read more:</b> <a href=/a>The harbour's owners and their friends</a></p>",
        "<p>Sign up for our newsletter and get the day's stories in your inbox every morning.</p>",
        "<div class=whatsapp-group><p>Our members are treated to offers from us and from others.</p></div>",
        "<h2>Related stories</h2><ul><li><a href=/1>Another story about the harbour</a></li></ul>",
        "<aside><p>The harbour was built in 1890 and has been rebuilt three times since then.</p></aside>",
        "<div class=author-bio><p>Ann Lee has covered the harbour for The Test Herald since 2011.</p></div>",
        "<div id=comments><p>What a mess this is, and I for one have always said that it would be.</p></div>",
        "<p class=sr-only>This sentence is read out to those who cannot see the picture above it.</p>",
        "<p>Reporting by Ann Lee in Port Alma; Editing by Tom Body</p>",
    ] {
        let reading = page(
            "",
            &format!("<article><h1>T</h1><p>{LEAD}</p><p>{MIDDLE}</p>{notice}<p>{END}</p></article>"),
        );
        assert_eq!(texts(&reading, Part::Body), [LEAD, MIDDLE, END], "{notice}");
        assert!(texts(&reading, Part::Subhead).is_empty(), "{notice}");
    }
}

#[test]
fn a_short_summary_is_the_standfirst() {
    let reading = page(
        "<meta property=og:description content='No deal, and no new date'>",
        &format!(
            "<article><h1>T</h1><div>x</div><div>y</div><div>No deal, and no new date</div><p>{LEAD}</p><p>{END}</p></article>"
        ),
    );
    assert_eq!(texts(&reading, Part::Standfirst), ["No deal, and no new date"]);
}

#[test]
fn the_title_is_the_headline_as_the_page_declares_it() {
    for (declared, want) in [
        (
            "Johannesburg fails its traders: there is a way out",
            "Johannesburg fails its traders: there is a way out",
        ),
        ("Joburg fails its traders", "Joburg fails its traders: there is a way out"),
        ("Johannesburg fails its traders: there is a …", "Joburg fails its traders: there is a way out"),
        ("The Test Herald", "Joburg fails its traders: there is a way out"),
        ("", "Joburg fails its traders: there is a way out"),
    ] {
        let head = format!(
            r#"<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{declared}"}}</script>"#
        );
        let body = format!("<h1>Joburg fails its traders: there is a way out</h1><p>{LEAD}</p><p>{END}</p>");
        let reading = page(&head, &body);
        assert_eq!(reading.article.title, want, "{declared}");
        assert_eq!(texts(&reading, Part::Headline), ["Joburg fails its traders: there is a way out"]);
    }
}

#[test]
fn accelerated_and_printed_pages() {
    let wanted = [LEAD, MIDDLE, END];
    let paragraphs = wanted.map(|text| format!("<p>{text}</p>")).concat();
    for body in [
        // AMP: elements of its own around pictures, advertisements and lists.
        format!("<article class=amp-wp-article><header><h1>T</h1></header><amp-img alt=x></amp-img><div class=amp-wp-article-content>
            {paragraphs}<amp-ad><div class=ad>An offer that nobody would ever refuse, we are told.</div></amp-ad></div></article>"),
        // Print: a bare page, or one whose name says "print".
        format!("<div id=print-view class=print><h1>T</h1>{paragraphs}</div>"),
        format!("<table><tr><td><h1>T</h1>{}</td></tr></table>", wanted.join("<br><br>")),
    ] {
        let reading = page("<title>T</title>", &body);
        assert_eq!(texts(&reading, Part::Body), wanted, "{body}");
    }
}

#[test]
fn captions_are_kept_apart() {
    let figure = "<figure><img src=x><figcaption>Joanna Reyes at the harbour on Monday. (Ann Lee)</figcaption></figure>";
    let reading =
        page("", &format!("<article><h1>T</h1><p>{LEAD}</p>{figure}<p>{MIDDLE}</p><p>{END}</p></article>"));
    assert_eq!(texts(&reading, Part::Caption), ["Joanna Reyes at the harbour on Monday. (Ann Lee)"]);
    assert_eq!(texts(&reading, Part::Body), [LEAD, MIDDLE, END]);
}

#[test]
fn the_language_is_that_of_the_words() {
    for (lang, text, want) in [
        (
            "en",
            "Die Gespräche über den Hafen sind am Montag nach drei Tagen ohne ein Ergebnis zu Ende gegangen.",
            "de",
        ),
        ("de", LEAD, "en"),
        (
            "pt-BR",
            "Porto Alma 2024 Reyes Abara Lindqvist Verhagen Calder Aronsson Osei Melverton Karlsby.",
            "pt",
        ),
        ("", "Porto Alma 2024 Reyes Abara Lindqvist Verhagen Calder Aronsson Osei Melverton Karlsby.", "und"),
    ] {
        let reading =
            read(&html::snapshot(&format!("<html lang='{lang}'><body><p>{text}</p></body></html>")));
        assert_eq!(reading.article.language, want, "{lang} {text}");
    }
}
