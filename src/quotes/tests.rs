//! Constructions, one a line: text in, quotes out. And what holds for any text.

use super::*;
use crate::annotation::{Gender, Kind, Mention};
use crate::page::Article;
use crate::tagger::ANALYSER;
use proptest::prelude::*;
use std::sync::LazyLock;

fn found(document: &Document, actors: &[Actor]) -> Vec<Quote> {
    static FINDER: LazyLock<Finder> = LazyLock::new(|| Finder::bundled().expect("the bundled weights load"));
    FINDER.find(&ANALYSER.analyse(document), actors)
}

/// `source | cue | content + content`, quotes parted by ` ; `.
fn quotes(text: &str) -> String {
    let article = Article::from_text(text);
    let document = Document::new(&article);
    let words = |span: Option<Span>| span.map_or("", |s| s.of(text)).to_owned();
    let lines: Vec<String> = found(&document, &[])
        .iter()
        .map(|q| {
            let content: Vec<&str> = q.spans.iter().map(|s| s.of(text)).collect();
            format!("{} | {} | {}", words(q.source), words(q.cue), content.join(" + "))
        })
        .collect();
    lines.join(" ; ")
}

#[test]
fn constructions() {
    for (text, want) in [
        // Marks, and the attribution before, behind and between.
        ("“We won,” Ann Lee said.", "Ann Lee | said | “We won,”"),
        ("“We won,” said Ann Lee.", "Ann Lee | said | “We won,”"),
        ("\"We won,\" said Ann Lee.", "Ann Lee | said | \"We won,\""),
        ("‘We won,’ said Ann Lee.", "Ann Lee | said | ‘We won,’"),
        ("''We won,'' said Ann Lee.", "Ann Lee | said | ''We won,''"),
        ("Ann Lee said: “We won.”", "Ann Lee | said | “We won.”"),
        ("“We won,” she said. “They lost.”", "she | said | “We won,” + “They lost.”"),
        ("“We won,” she said, “and they lost.”", "she | said | “We won,” + “and they lost.”"),
        (
            "Ann Lee said that the roof had never been safe. “Nobody has complained about it in years.”",
            "Ann Lee | said | the roof had never been safe ; Ann Lee |  | “Nobody has complained about it in years.”",
        ),
        // Reported clauses, with and without a complementiser.
        ("Ann Lee said that the team won.", "Ann Lee | said | the team won"),
        ("Ann Lee said the team won on Monday.", "Ann Lee | said | the team won on Monday"),
        ("Ann Lee denied that the team had lost.", "Ann Lee | denied | the team had lost"),
        ("Ann Lee believes that prices will rise.", "Ann Lee | believes | prices will rise"),
        ("The mayor urged residents to leave the town.", "The mayor | urged | to leave the town"),
        ("Ann Lee vowed to strike back.", "Ann Lee | vowed | to strike back"),
        ("The team won the cup, Ann Lee said.", "Ann Lee | said | The team won the cup"),
        ("The team won the cup, said Ann Lee.", "Ann Lee | said | The team won the cup"),
        ("The team won the cup, according to Ann Lee.", "Ann Lee | according to | The team won the cup"),
        ("According to Ann Lee, the team won the cup.", "Ann Lee | According to | the team won the cup"),
        ("Bank to cut rates this year, Powell says", "Powell | says | Bank to cut rates this year"),
        ("‘Rates will fall’: Bank of Peru", "Bank of Peru |  | ‘Rates will fall’"),
        ("Bank cuts rates\n\n‘A surprise’: economists react", "economists react |  | ‘A surprise’"),
        ("‘Partygate’: what we know so far", ""),
        ("Talks go on\n\n‘Partygate’: Ann Lee on what comes next.", ""),
        // Clauses with quoted words, and quoted words alone.
        ("He said the cup was “a dream” for all.", "He | said | the cup was “a dream” for all"),
        ("She called the plan “impossible”.", "She | called | “impossible”"),
        // Whom it is said to, a dateline and a word that ties are no content.
        ("Peru urged the rebels and their allies to lay down arms.", "Peru | urged | to lay down arms"),
        ("Ann Lee accused the firm of hiding its losses.", "Ann Lee | accused | hiding its losses"),
        ("LIMA (AP) — Prices fell in May, the bank said.", "the bank | said | Prices fell in May"),
        ("But prices fell again in May, Ann Lee said.", "Ann Lee | said | prices fell again in May"),
        ("She called the plan “a gamble” in a letter.", "She | called | “a gamble”"),
        // What one hand opened another closed.
        ("\"We won,” said Ann Lee. Then she left.", "Ann Lee | said | \"We won,”"),
        // A reporting clause whose verb is rare.
        ("“We won the cup at last,” quips the mayor.", "the mayor | quips | “We won the cup at last,”"),
        ("“We won the cup at last,” one fan deadpanned.", "one fan | deadpanned | “We won the cup at last,”"),
        (
            "“Did we win the cup at last?” gasps Ann Lee as she sits down.",
            "Ann Lee | gasps | “Did we win the cup at last?”",
        ),
        ("“Where the Sea Wall Once Stood,” sung by Ann Lee, sold well.", ""),
        ("“Where the Sea Wall Once Stood,” a novel, sold well.", ""),
        // The source is who answers, not who asks.
        ("Asked whether prices would rise, Ann Lee said they would not.", "Ann Lee | said | they would not"),
        (
            "Asked why the plan had failed, the economist replies, “It was too expensive for us all.”",
            "the economist | replies | “It was too expensive for us all.”",
        ),
        (
            "Asked by Bob Low whether prices would rise, Ann Lee said they would fall in May.",
            "Ann Lee | said | they would fall in May",
        ),
        ("When asked if he would resign, the mayor said he would stay.", "the mayor | said | he would stay"),
        // Of two words that may attribute the likelier does.
        ("He described the attack as “barbaric” on Friday.", "He | described | “barbaric”"),
        ("Ann Lee dismissed the claim as “nonsense”.", "Ann Lee | dismissed | “nonsense”"),
        // Attitudes put into words.
        (
            "Ann Lee met him, expressing a willingness to talk.",
            "Ann Lee | expressing | a willingness to talk",
        ),
        ("Ann Lee has expressed a readiness to talk.", "Ann Lee | expressed | a readiness to talk"),
        ("Ann Lee reiterated a pledge to cut prices.", "Ann Lee | reiterated | a pledge to cut prices"),
        ("Ann Lee voiced hope that prices would fall.", "Ann Lee | voiced hope | prices would fall"),
        // Subheads name who speaks.
        ("‘No surprise’: BMO", "BMO |  | ‘No surprise’"),
        (
            "“Rates will fall,” Ann Lee said.\n\n‘Prices are high, but nobody here is afraid of that’: BMO",
            "Ann Lee | said | “Rates will fall,” ; BMO |  | ‘Prices are high, but nobody here is afraid of that’",
        ),
        // Nobody is quoted.
        ("The so-called “big bang” of 1986 changed London.", ""),
        ("Her novel “The Sea Wall” sold well.", ""),
        ("Nothing was said.", ""),
        ("She spoke to reporters on Friday.", ""),
        (
            "The rates will fall, according to a report that the bank published on Friday.",
            "a report | according to | The rates will fall",
        ),
        ("A senior official, who asked not to be named, spoke in Rome.", ""),
    ] {
        assert_eq!(quotes(text), want, "{text}");
    }
}

#[test]
fn a_quotation_goes_on_in_the_next_paragraph() {
    assert_eq!(
        quotes("“One is here,” Ann Lee said. “Two is there.\n\n“Three is away.”"),
        "Ann Lee | said | “One is here,” + “Two is there. + “Three is away.”"
    );
}

#[test]
fn a_colon_announces_the_next_paragraph() {
    for (text, want) in [
        ("The firm wrote:\n\n“Prices will rise in May.”", "The firm | wrote | “Prices will rise in May.”"),
        (
            "The firm wrote:\n\n“Prices will rise.\n\n“Wages will too.”",
            "The firm | wrote | “Prices will rise. + “Wages will too.”",
        ),
        ("Prices were these:\n\n“The Sea Wall” cost ten dollars, and “Dunes” cost twelve.", ""),
    ] {
        assert_eq!(quotes(text), want, "{text}");
    }
}

#[test]
fn a_clause_goes_on_in_the_quotation_of_the_next_paragraph() {
    assert_eq!(
        quotes("Ann Lee said the deal “gives us hope for peace.\n\n“We will see it through.”"),
        "Ann Lee | said | the deal “gives us hope for peace. + “We will see it through.”"
    );
}

#[test]
fn marks_alone() {
    let article = Article::from_text("Er sagte: „Wir haben heute endlich gewonnen.“ Ein „Sieg“.");
    let document = Document::new(&article);
    let found: Vec<&str> = marked(&document).iter().map(|q| q.spans[0].of(&article.text)).collect();
    assert_eq!(found, ["„Wir haben heute endlich gewonnen.“"]);
    let article =
        Article::from_text("市長は「ほかの方法はすべて検討した」と述べた。「港」という。「残念だ」");
    let document = Document::new(&article);
    let found: Vec<&str> = marked(&document).iter().map(|q| q.spans[0].of(&article.text)).collect();
    assert_eq!(found, ["「ほかの方法はすべて検討した」"]);
    let article = Article::from_text("»Eins ist hier, und zwei ist da.\n\n»Drei ist weg, und vier auch.«");
    let found = marked(&Document::new(&article));
    assert_eq!(found.len(), 1, "a speech over two paragraphs is one quote");
    assert_eq!(found[0].spans.len(), 2);
}

#[test]
fn who_spoke_long_ago_is_no_antecedent() {
    for (gap, want) in [(1, Some(0)), (20, None)] {
        let text = format!(
            "Acme said that talks went well. {}It said that prices would rise.",
            "Rain fell. ".repeat(gap)
        );
        let article = Article::from_text(&text);
        let document = Document::new(&article);
        let found = found(&document, &[actor("Acme", Kind::Organisation, None, &text)]);
        let speakers: Vec<_> = found.iter().map(|q| q.speaker).collect();
        assert_eq!(speakers, [Some(0), want], "{gap} sentences between");
    }
}

fn actor(name: &str, kind: Kind, gender: Option<Gender>, text: &str) -> Actor {
    let mentions = text
        .match_indices(name)
        .map(|(at, _)| Mention { span: Span::new(at, at + name.len()), acting: false })
        .collect();
    Actor { name: name.to_owned(), kind, role: None, gender, mentions }
}

#[test]
fn speakers() {
    for (text, want) in [
        ("Ann met Bob Low. “We won,” he said.", "Bob"),
        ("Ann met Bob Low. “We won,” she said.", "Ann"),
        ("Ann met Bob Low. “We won,” said Ann, a farmer.", "Ann"),
        ("The Peruvian minister Ann met Bob. The Peruvian minister said that talks went well.", "Ann"),
        ("Ann met Bob. “We won,” said a lawyer for Ann.", "“a lawyer for Ann”"),
        ("Ann met Bob. Her lawyer said that talks went well.", "“Her lawyer”"),
        ("Ann said that talks went well. “I am glad that it is over now,” she added.", "Ann, Ann"),
        ("“We won the cup today,” said Ann.\n\n“And we will win it again.”", "Ann"),
        ("Ann said that talks went well.\n\n“I am glad that it is over now, and you should be.”", "Ann, Ann"),
    ] {
        let article = Article::from_text(text);
        let document = Document::new(&article);
        let actors = [
            actor("Ann", Kind::Person, Some(Gender::Female), text),
            actor("Bob", Kind::Person, Some(Gender::Male), text),
        ];
        let speakers: Vec<String> = found(&document, &actors)
            .iter()
            .map(|q| match (q.speaker, &q.unnamed) {
                (Some(at), _) => actors[at].name.clone(),
                (None, Some(words)) => format!("“{words}”"),
                _ => String::new(),
            })
            .collect();
        assert_eq!(speakers.join(", "), want, "{text}");
    }
}

/// Sources that only the article's course resolves, one a line.
#[test]
fn sources_that_are_no_names() {
    let cast = [
        ("Ann Lee", Kind::Person, Some(Gender::Female), Some("Peruvian minister")),
        ("Bob Low", Kind::Person, Some(Gender::Male), Some("former governor of Utah")),
        ("Acme", Kind::Organisation, None, None),
        ("Red Union", Kind::Organisation, None, None),
    ];
    for (text, want) in [
        // Pronouns: by gender, by who speaks already, by number.
        ("Ann Lee met Bob Low in Lima. He said that talks went well.", "Bob Low"),
        ("Ann Lee said that talks went well. Later, she said that prices would rise.", "Ann Lee, Ann Lee"),
        ("Acme cut jobs on Monday. It said that prices had fallen.", "Acme"),
        ("Residents said that the river rose. They said that nobody came.", "“Residents”, “Residents”"),
        // Descriptions: by role, by nationality, by what kind of body it is.
        ("Ann Lee met Bob Low. The minister said that talks went well.", "Ann Lee"),
        ("Ann Lee met Bob Low. The former governor said that talks went well.", "Bob Low"),
        (
            "Ann Lee met with envoys. The Chilean minister said that talks went well.",
            "“The Chilean minister”",
        ),
        (
            "Ann Lee met her Chilean counterpart Bob Low. The Chilean minister said that talks went well.",
            "Bob Low",
        ),
        ("Ann Lee joined Acme. The company said that talks went well.", "Acme"),
        ("The Red Union met Ann Lee. The union said that talks went well.", "Red Union"),
        // Somebody else.
        ("Ann Lee met Bob Low. A minister said that talks went well.", "“A minister”"),
        ("Ann Lee met Bob Low. Two officials said that talks went well.", "“Two officials”"),
        (
            "Acme cut jobs. A spokesman for the mayor said that talks went well.",
            "“A spokesman for the mayor”",
        ),
        // What a body writes is its word.
        ("An Acme report said that prices had fallen.", "Acme"),
    ] {
        let article = Article::from_text(text);
        let document = Document::new(&article);
        let actors: Vec<Actor> = (cast.iter())
            .map(|(name, kind, gender, role)| Actor {
                role: role.map(str::to_owned),
                ..actor(name, *kind, *gender, text)
            })
            .collect();
        let speakers: Vec<String> = (found(&document, &actors).iter())
            .map(|q| match (q.speaker, &q.unnamed) {
                (Some(at), _) => actors[at].name.clone(),
                (None, Some(words)) => format!("“{words}”"),
                _ => String::new(),
            })
            .collect();
        assert_eq!(speakers.join(", "), want, "{text}");
    }
}

#[test]
fn a_given_name_tells_a_gender() {
    let text = "Alan Roe met Mary Poe in Lima. “We won,” she said.";
    let article = Article::from_text(text);
    let document = Document::new(&article);
    let actors = ["Alan Roe", "Mary Poe"].map(|name| actor(name, Kind::Person, None, text));
    assert_eq!(found(&document, &actors).first().and_then(|q| q.speaker), Some(1));
}

/// Each of them would else hold all that follow it, and so many take quadratic time.
#[test]
fn attitudes_without_a_full_stop_are_bounded() {
    let text = "expressing a willingness to ".repeat(400);
    let article = Article::from_text(&text);
    let quotes = found(&Document::new(&article), &[]);
    let longest = quotes.iter().flat_map(|q| &q.spans).map(|s| s.of(&text).split(' ').count()).max();
    assert!(longest.is_some_and(|words| words <= 220), "{longest:?} words");
}

/// What holds for the quotes of any text.
fn check(text: &str) -> Result<(), TestCaseError> {
    let article = Article::from_text(text);
    let document = Document::new(&article);
    for found in [found(&document, &[]), marked(&document)] {
        for quote in &found {
            prop_assert!(!quote.spans.is_empty());
            let mut reach = 0;
            for span in &quote.spans {
                prop_assert!(!span.is_empty() && span.start >= reach, "{quote:?}");
                prop_assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end));
                prop_assert!(span.end <= text.len());
                reach = span.end;
            }
        }
    }
    for q in marks::quotations(&document) {
        let words = document.span(&q.tokens).of(text);
        let opening = words.chars().next().unwrap_or(' ');
        prop_assert!(!opening.is_alphanumeric(), "{words}");
        if q.closed {
            prop_assert!(!words.ends_with(|c: char| c.is_alphanumeric()), "{words}");
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_text(text in "\\PC{0,200}") {
        check(&text)?;
    }

    #[test]
    fn any_marks(text in "([“”‘’\"'«»„‟`]|said|[Hh]e|Ann| |,|\\.|\n\n|that|: |according to|told){0,60}") {
        check(&text)?;
    }
}
