//! The layer as a whole, with the weights that the engine holds.

use super::*;
use crate::annotation::{Gender, Kind};
use crate::page::Article;
use crate::tagger::{ANALYSER, Words};
use crate::text::Document;
use proptest::prelude::*;
use std::sync::LazyLock;

fn found(document: &Document) -> Vec<Actor> {
    static FINDER: LazyLock<Finder> = LazyLock::new(|| Finder::bundled().expect("the bundled weights load"));
    FINDER.find(&ANALYSER.analyse(document))
}

fn actors(text: &str) -> (String, Vec<Actor>) {
    let article = Article::from_text(text);
    let found = found(&Document::new(&article));
    (article.text, found)
}

/// Every mention of a text in order, "name/kind"; an acting place has a plus sign.
fn mentions(text: &str) -> String {
    let (text, actors) = actors(text);
    let mut all: Vec<_> =
        actors.iter().flat_map(|a| a.mentions.iter().map(|m| (m.span, a.kind, m.acting))).collect();
    all.sort();
    let kind = |k| match k {
        Kind::Person => "person",
        Kind::Organisation => "organisation",
        Kind::Place => "place",
        Kind::Group => "group",
    };
    let one = |(span, k, acting): &(crate::text::Span, Kind, bool)| {
        format!("{}/{}{}", span.of(&text), kind(*k), if *acting { "+" } else { "" })
    };
    all.iter().map(one).collect::<Vec<_>>().join(" ")
}

#[test]
fn what_the_guidelines_mark() {
    for (text, want) in [
        (
            "President Emmanuel Macron met Mr Dlamini in Paris.",
            "Emmanuel Macron/person Dlamini/person Paris/place",
        ),
        ("The Federal Reserve said on Monday that prices rose.", "Federal Reserve/organisation"),
        ("He studied at the University of Cape Town.", "University of Cape Town/organisation"),
        ("She was born in Phoenix, Arizona.", "Phoenix/place Arizona/place"),
        ("US troops stayed in Syria on Friday.", "US/place Syria/place"),
        ("The Russian leader spoke to Moscow-based reporters.", ""),
        ("A summary came from the Portuguese energy ministry on Tuesday.", ""),
        ("The Hamas-led government fell.", ""),
        ("Syria’s civil war began in 2011.", "Syria/place"),
        ("Turkey signalled its readiness to talk.", "Turkey/place+"),
        ("Thousands of people fled Sudan last year.", "Sudan/place"),
        ("He entered France on Friday.", "France/place"),
        ("Portugal and Morocco signed a treaty on Monday.", "Portugal/place+ Morocco/place+"),
        ("The talks went on in Doha, Qatar, until Friday.", "Doha/place Qatar/place"),
        ("The Kremlin said Vladimir Putin would attend.", "Kremlin/organisation Vladimir Putin/person"),
        ("Republicans and Democrats voted against the bill.", "Republicans/group Democrats/group"),
        ("Leaders feared an India-Pakistan war.", ""),
        (
            "James P. Kennedy Jr., a lawyer at PG&E, spoke in Boston.",
            "James P. Kennedy Jr./person PG&E/organisation Boston/place",
        ),
        ("She moved to Washington, D.C., last year.", "Washington, D.C./place"),
        ("He cited the First Amendment on Monday.", ""),
    ] {
        assert_eq!(mentions(text), want, "{text}");
    }
}

#[test]
fn one_actor_under_all_its_names() {
    let (text, actors) = actors(
        "Erdogan Meets Sanchez in Geneva to Talk About Trade\n\n\
         Turkish President Recep Tayyip Erdoğan met Maria Sanchez, the head of the World Trade Organization, for talks about lower tariffs and cheaper grain on Monday. \
         Mrs Sanchez said she was glad. Erdogan said the WTO had helped.",
    );
    let names: Vec<_> = actors
        .iter()
        .map(|a| {
            let words: Vec<_> = a.mentions.iter().map(|m| m.span.of(&text)).collect();
            (a.name.as_str(), words.join("|"))
        })
        .collect();
    assert_eq!(
        names,
        [
            ("Recep Tayyip Erdoğan", "Erdogan|Recep Tayyip Erdoğan|Erdogan".to_owned()),
            ("Maria Sanchez", "Sanchez|Maria Sanchez|Sanchez".to_owned()),
            ("Geneva", "Geneva".to_owned()),
            ("World Trade Organization", "World Trade Organization|WTO".to_owned()),
        ]
    );
    assert_eq!(actors[0].role.as_deref(), Some("Turkish President"));
    assert_eq!(actors[1].role.as_deref(), Some("the head of the World Trade Organization"));
    assert_eq!(actors[1].gender, Some(Gender::Female));
}

#[test]
fn what_the_article_says_they_are() {
    for (text, want) in [
        ("The visit of Russian President Vladimir Putin ended.", Some("Russian President")),
        ("Its president, Ana Torres, said so.", Some("president")),
        ("Then the ministry’s spokesman, Ken Sato, left.", Some("ministry’s spokesman")),
        ("The rescuers met 27-year-old teacher Dewi Marsh there.", Some("teacher")),
        ("They had warned Ana Torres, a spokesman said.", None),
        ("Prof Ana Torres of the University of Kiel, a geneticist, left.", Some("a geneticist")),
    ] {
        let role = actors(text).1.first().and_then(|a| a.role.clone());
        assert_eq!(role.as_deref(), want, "{text}");
    }
}

/// Pieces that texts for the properties are made of.
const PIECES: [&str; 24] = [
    "Vladimir Putin",
    "Putin",
    "the Kremlin",
    "said",
    "in",
    "Syria",
    "-",
    "al-Assad",
    "U.S.",
    "US",
    "’s",
    ",",
    ".",
    "\n\n",
    "University of",
    "“",
    "”",
    "Zoe\u{308}",
    "👩‍👩‍👧",
    "a\u{301}",
    "DATUK SERI",
    "3,000",
    "(",
    "Ltd",
];

fn text() -> impl Strategy<Value = String> {
    let piece =
        prop_oneof![4 => proptest::sample::select(&PIECES[..]).prop_map(str::to_owned), 1 => "\\PC{0,8}"];
    proptest::collection::vec((piece, prop_oneof![Just(" "), Just("")]), 0..40)
        .prop_map(|pieces| pieces.iter().map(|(piece, space)| format!("{piece}{space}")).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn mentions_are_whole_tokens_apart_from_each_other(text in text()) {
        let article = Article::from_text(&text);
        let document = Document::new(&article);
        let actors = found(&document);
        prop_assert_eq!(&actors, &found(&document), "the same text gives the same actors");
        let mut spans: Vec<_> = actors.iter().flat_map(|a| a.mentions.iter().map(|m| m.span)).collect();
        prop_assert!(actors.iter().all(|a| !a.mentions.is_empty() && !a.name.is_empty()));
        spans.sort();
        for span in &spans {
            prop_assert!(!span.is_empty() && span.end <= article.text.len());
            prop_assert!(document.tokens.iter().any(|t| t.span.start == span.start));
            prop_assert!(document.tokens.iter().any(|t| t.span.end == span.end));
            prop_assert!(document.sentences.iter().any(|s| document.span(s).contains(*span)));
        }
        prop_assert!(spans.windows(2).all(|pair| !pair[0].overlaps(pair[1])));
    }
}

#[test]
fn a_megabyte() {
    // One name over and over, ever new names, and no name at all. A quadratic step would take hours.
    let new: String = (0..40_000).map(|i| format!("Anna Sm{i}x met Bob Sm{i}x. ")).collect();
    for text in [
        "Anna Smith met Smith of Smith Ltd. ".repeat(15_000),
        new,
        "a".repeat(1_000_000),
        "A".repeat(1_000_000),
    ] {
        let article = Article::from_text(&text);
        let mentions = found(&Document::new(&article)).iter().map(|a| a.mentions.len()).sum::<usize>();
        assert_eq!(mentions > 10_000, text.contains("Anna"), "{mentions} in {}", &text[..30]);
    }
}

#[test]
fn damaged_weights_are_errors() {
    let good: &'static [u8] = include_bytes!("../../models/names.bin");
    for cut in [0, 4, 31, good.len() / 2, good.len() - 1] {
        assert!(Model::load(&good[..cut]).is_err(), "{cut} bytes");
    }
    let words = Words::bundled().expect("the bundled words load");
    let acting = || Model::load(include_bytes!("../../models/acting.bin")).expect("the bundled model loads");
    assert!(names::Tagger::new(acting(), acting(), words).is_err(), "a model of other labels");
}
