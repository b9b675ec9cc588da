//! The specification of kinds and hedges, and what always holds.

use super::*;
use crate::annotation::{ClaimKind, Form, Kind, Mention};
use crate::page::{Article, Link};
use crate::text::Span;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn words() -> Words<'static> {
    Words::bundled().expect("the bundled words load")
}

/// The kind and the hedge of a whole sentence in the article's voice.
fn told(text: &str) -> (ClaimKind, String) {
    let article = Article::from_text(text);
    let document = Document::new(&article);
    let cues = cues::mark(&document);
    let tokens = 0..document.tokens.len();
    let hedge = kind::hedge(&document, &cues, &tokens, None);
    let words = hedge.map_or(String::new(), |tokens| document.span(&tokens).of(text).to_owned());
    (kind::kind(&document, &cues, &tokens, None), words)
}

#[test]
fn kinds() {
    use ClaimKind::{Accusation, Cause, Comparison, Event, Finding, Prediction, Quantity};
    for (kind, sentences) in [
        (
            Quantity,
            &[
                "The country has about 900 troops in the north",
                "Two million people fled their homes",
                "Inflation stood at 6.85% in March",
                "The plant will employ 300 people",
                // Neither a place in a row nor "at least" sets one thing above the others.
                "The first phase of the harbour cost 620 million crowns",
                "At least 12 people drowned when the ferry sank",
                "So far the council has only rehoused 40 families",
                "A ticket costs more than $300",
            ][..],
        ),
        (
            Comparison,
            &[
                "The river is the longest in the country",
                "Wages are lower than in neighbouring states",
                "It was the largest protest in 20 years",
                "A loaf is twice as dear as a year ago",
                "It is the first time that a woman leads the bank",
                "The country ranks behind its neighbours",
            ],
        ),
        (
            Cause,
            &[
                "The drought led to crop losses across the valley",
                "The road was closed because of the flood",
                "His remarks sparked a backlash",
            ],
        ),
        (
            Accusation,
            &[
                "The mayor is accused of taking bribes",
                "The minister lied to parliament",
                "She was charged with fraud on Tuesday",
            ],
        ),
        (
            Prediction,
            &[
                "The bridge will open in spring",
                "A deal could be reached in August",
                "The party is set to choose a leader",
                "The two sides are expected to sign in the coming weeks",
            ],
        ),
        (Finding, &["The inquiry found no survivors", "The survey shows that voters are tired"]),
        (
            Event,
            &[
                "The army withdrew from the village",
                "The company moved its office to Leeds",
                "Parliament was dissolved before the vote for the first chair",
            ],
        ),
    ] {
        for sentence in sentences {
            assert_eq!(told(sentence).0, kind, "{sentence}");
        }
    }
}

#[test]
fn hedges() {
    for (sentence, hedge) in [
        ("A deal could be reached in August", "could"),
        ("Prices may rise", "may"),
        ("The firm reportedly laid off 60 people", "reportedly"),
        ("The minister is expected to resign", "expected"),
        ("He is about to resign", "about to"),
        ("The ship appears to have sunk", "appears"),
        ("The law is set to change", "set to"),
        ("She died of suspected poisoning", "suspected"),
        // No hedges.
        ("About 900 troops are in the north", ""),
        ("The talks begin in May", ""),
        ("He could not recall the meeting", ""),
        ("The bridge will open in spring", ""),
        ("Nearly half of them left", ""),
        ("Mothers are far more likely to leave a job", ""),
        ("Prices rose faster than expected", ""),
        ("Mothers are likely to leave the job", "likely"),
    ] {
        assert_eq!(told(sentence).1, hedge, "{sentence}");
    }
}

#[test]
fn a_cue_that_doubts_is_a_hedge() {
    for (text, cue, hedged) in [
        ("Polls suggest he trails by ten points.", "suggest", true),
        ("The report alleged he trails by ten points.", "alleged", false),
        ("The aide reportedly said he trails by ten points.", "said", true),
        ("The aide said he trails by ten points.", "said", false),
    ] {
        let article = Article::from_text(text);
        let document = Document::new(&article);
        let cues = cues::mark(&document);
        let at = |words: &str| {
            let start = text.find(words).unwrap_or(0);
            Span::new(start, start + words.len())
        };
        let content = at("he trails by ten points");
        let quote = Quote {
            form: Form::Indirect,
            spans: vec![content],
            source: None,
            cue: Some(at(cue)),
            speaker: None,
            unnamed: None,
        };
        let hedge = kind::hedge(&document, &cues, &document.tokens_in(content), Some(&quote));
        assert_eq!(hedge.is_some(), hedged, "{text}");
    }
}

#[test]
fn a_quantity_is_a_claim_in_the_voice_of_whoever_gives_it() {
    let text = "Storm hits the coast\n\nThe storm killed 31 people and destroyed 400 homes, the worst toll in two \
                decades. It was a long night. \n\nDamage will cost $2 billion, said Ann Lee.";
    let article = Article::from_text(text);
    let document = Document::new(&article);
    let content = Span::new(text.find("Damage").unwrap_or(0), text.find(", said").unwrap_or(0));
    let quote = Quote {
        form: Form::Indirect,
        spans: vec![content],
        source: Some(Span::new(text.len() - 8, text.len() - 1)),
        cue: Some(Span::new(content.end + 2, content.end + 6)),
        speaker: Some(0),
        unnamed: None,
    };
    let Claims { key, further } = find(&document, &words(), &[], &[quote]);
    let told = |words: &str| key.iter().chain(&further).find(|c| c.span.of(text).contains(words));
    assert!(
        key.iter().any(|c| c.span.of(text).contains("31 people") && c.voice == Voice::Article),
        "{key:?}"
    );
    let damage = told("$2 billion").expect("a figure is a claim");
    assert_eq!(damage.span.of(text), "Damage will cost $2 billion");
    assert_eq!((damage.voice, damage.claimant), (Voice::Attributed, Some(0)));
    let night = told("long night").map_or(0.0, |c| c.score);
    assert!(damage.score > 1.5 * night && !key.iter().any(|c| c.score <= night), "{night}, {damage:?}");
}

#[test]
fn weights_belong_to_the_features() {
    let article = Article::from_text("Prices rose again last year.");
    let document = Document::new(&article);
    let cues = cues::mark(&document);
    let context = Context::new(&document, &words(), &[], &[], &cues);
    let candidates = candidates(&document, &cues, &[]);
    let names: Vec<_> = context.features(&candidates[0]).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, weights::WEIGHTS.iter().map(|(name, _)| *name).collect::<Vec<_>>(), "train again");
    assert_eq!(names.len(), names.iter().collect::<BTreeSet<_>>().len(), "every name is of one feature");
    assert_eq!(weights::TOPICS.len(), topics::CLUSTERS, "train again");
    let mut all = weights::WEIGHTS.iter().map(|(_, weight)| weight).chain(weights::TOPICS);
    assert!(all.all(|weight| weight.is_finite()));
}

/// Each sentence holds one claim; what the article gives for it is a link's host, and a source.
#[test]
fn evidence() {
    let text = "Port\n\nThe quays cost 48 million euros last year. Traffic fell by 62 percent, Ann Lee said. The port of Oslo \
                lost 300 ships in May.";
    let mut article = Article::from_text(text);
    let at = |words: &str| {
        let start = text.find(words).unwrap_or(0);
        Span::new(start, start + words.len())
    };
    for (words, host) in [
        ("quays", ""),
        ("last year", "gov.example"),
        ("euros", "other.example"),
        ("said", ""),
        ("Oslo", "oslo.example"),
    ] {
        article.links.push(Link { span: at(words), host: host.to_owned() });
    }
    article.links.sort_by_key(|link| link.span);
    let document = Document::new(&article);
    let oslo = Actor {
        name: "Oslo".to_owned(),
        kind: Kind::Place,
        role: None,
        gender: None,
        mentions: vec![Mention { span: at("Oslo"), acting: false }],
    };
    let quote = Quote {
        form: Form::Indirect,
        spans: vec![at("Traffic fell by 62 percent")],
        source: Some(at("Ann Lee")),
        cue: Some(at("said")),
        speaker: None,
        unnamed: None,
    };
    let Claims { key, further } = find(&document, &words(), &[oslo], &[quote]);
    for (words, host, source) in [
        ("48 million", Some("other.example"), None),
        ("62 percent", Some(""), Some("Ann Lee")),
        // A link on a name leads to whoever bears it.
        ("300 ships", None, None),
    ] {
        let claim = key.iter().chain(&further).find(|c| c.span.of(text).contains(words));
        let evidence = claim.map(|c| c.evidence.clone()).unwrap_or_default();
        assert_eq!(evidence.link.as_ref().map(|link| &*link.host), host, "{words}");
        assert_eq!(evidence.source.map(|span| span.of(text)), source, "{words}");
    }
}

const PROSE: &str =
    "([A-Z][a-z]{1,6}( [a-z]{1,8}| [0-9]{1,4}|, but| —| “| ”|% | \\(|\\)|é| 👩‍👧| may){0,12}[.?] |\n\n){0,12}";

proptest! {
    #[test]
    fn claims_stand_in_the_text(text in PROSE, cuts in prop::collection::vec((0..400_usize, 1..80_usize), 0..6)) {
        let article = Article::from_text(&text);
        let document = Document::new(&article);
        let boundary = |at: usize| (at..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
        let quotes: Vec<_> = cuts
            .into_iter()
            .map(|(start, length)| Span::new(boundary(start), boundary(start + length)))
            .filter(|span| !span.is_empty())
            .map(|span| Quote {
                form: Form::Indirect,
                spans: vec![span],
                source: None,
                cue: Some(Span::new(boundary(span.end), boundary(span.end + 5))),
                speaker: None,
                unnamed: None,
            })
            .collect();
        let Claims { key, further } = find(&document, &words(), &[], &quotes);
        let mut claims: Vec<_> = key.iter().chain(&further).collect();
        claims.sort_by_key(|claim| claim.span);
        for claim in &claims {
            prop_assert!(text.get(claim.span.start..claim.span.end).is_some_and(|t| !t.is_empty()));
            prop_assert!((0.0..=1.0).contains(&claim.score));
            prop_assert_eq!(claim.hedged, claim.hedge.is_some());
            prop_assert!(claim.voice == Voice::Attributed || claim.evidence.source.is_none());
        }
        prop_assert!(claims.windows(2).all(|w| w[0].span.end <= w[1].span.start));
        let least = key.iter().map(|c| c.score).fold(1.0, f32::min);
        prop_assert!(further.iter().all(|c| c.score < least));
        prop_assert!(key.is_sorted_by_key(|c| c.span) && further.is_sorted_by_key(|c| c.span));
        prop_assert_eq!(find(&document, &words(), &[], &quotes), Claims { key, further });
    }
}
