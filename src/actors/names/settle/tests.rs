//! What is settled, by examples.

use super::*;
use crate::actors::names::Known;
use crate::page::Article;
use crate::tagger::ANALYSER;
use crate::text::Document;

use Kind::{Group, Organisation, Person, Place};

/// What becomes of names as a model may give them, each the first that is so written.
fn settled(text: &str, found: &[(&str, Kind)]) -> Vec<(String, Kind)> {
    let article = Article::from_text(text);
    let document = Document::new(&article);
    let analysis = ANALYSER.analyse(&document);
    let view = View::new(&document, &analysis.tags, &analysis.words, &Known::new());
    let mut names: Vec<Name> = found
        .iter()
        .map(|(words, kind)| {
            let start = text.find(words).expect("the words are in the text");
            let span = crate::text::Span::new(start, start + words.len());
            Name { tokens: document.tokens_in(span), kind: *kind }
        })
        .collect();
    settle(&view, &mut names);
    names.iter().map(|n| (document.span(&n.tokens).of(text).to_owned(), n.kind)).collect()
}

#[test]
fn mends() {
    type Case<'a> = (&'a str, &'a [(&'a str, Kind)], &'a [(&'a str, Kind)]);
    let cases: &[Case] = &[
        // Owners, laws, adjectives, and parts of hyphenated words.
        (
            "It was Russia's Defence Ministry that spoke.",
            &[("Russia's Defence Ministry", Organisation)],
            &[("Russia", Place), ("Defence Ministry", Organisation)],
        ),
        (
            "It went to NASA’s Science Directorate today.",
            &[("NASA’s Science Directorate", Organisation)],
            &[("NASA", Organisation), ("Science Directorate", Organisation)],
        ),
        (
            "The Children's Hospital has closed.",
            &[("Children's Hospital", Organisation)],
            &[("Children's Hospital", Organisation)],
        ),
        (
            "It broke the Lesotho Constitution twice.",
            &[("Lesotho Constitution", Organisation)],
            &[("Lesotho", Place)],
        ),
        ("The First Amendment protects it.", &[("First Amendment", Organisation)], &[]),
        (
            "The Norwegian and Swedish governments agreed.",
            &[("Norwegian", Organisation), ("Swedish", Organisation)],
            &[],
        ),
        (
            "He called the French Ministry of Tourism again.",
            &[("French Ministry of Tourism", Organisation)],
            &[("Ministry of Tourism", Organisation)],
        ),
        ("They spoke of an India-Pakistan war.", &[("India", Place), ("Pakistan", Place)], &[]),
        // Bodies and the abbreviations behind them; what has a company's name is no person.
        (
            "Then the Alternative for Germany (AfD) left, and the Social Democrats (SPD) stayed.",
            &[("Germany", Place), ("AfD", Organisation), ("Democrats", Group), ("SPD", Organisation)],
            &[
                ("Alternative for Germany", Organisation),
                ("AfD", Organisation),
                ("Social Democrats", Organisation),
                ("SPD", Organisation),
            ],
        ),
        (
            "LAKE CITY (AP) — It rained.",
            &[("LAKE CITY", Place), ("AP", Organisation)],
            &[("LAKE CITY", Place), ("AP", Organisation)],
        ),
        (
            "As Seaton sells less, shares of Seaton Inc. fell.",
            &[("Seaton", Person), ("Seaton Inc.", Organisation)],
            &[("Seaton", Organisation), ("Seaton Inc.", Organisation)],
        ),
        (
            "As Zeltron sells less, shares of Zeltron Green Energy fell.",
            &[("Zeltron", Place), ("Zeltron Green Energy", Organisation)],
            &[("Zeltron", Organisation), ("Zeltron Green Energy", Organisation)],
        ),
        (
            "As Texas warmed, Texas Green Energy grew.",
            &[("Texas", Place), ("Texas Green Energy", Organisation)],
            &[("Texas", Place), ("Texas Green Energy", Organisation)],
        ),
        (
            "As Okafor left, Ann Okafor spoke.",
            &[("Okafor", Organisation), ("Ann Okafor", Person)],
            &[("Okafor", Person), ("Ann Okafor", Person)],
        ),
        (
            "As Okafor grew, Ann Okafor left Okafor Green Club.",
            &[("Okafor", Organisation), ("Ann Okafor", Person), ("Okafor Green Club", Organisation)],
            &[("Okafor", Organisation), ("Ann Okafor", Person), ("Okafor Green Club", Organisation)],
        ),
        ("It uses AI for that.", &[("AI", Place)], &[]),
        ("A fire in east Leeds went out.", &[("Leeds", Organisation)], &[("Leeds", Place)]),
        ("As Hurricane Ida neared, Ida slowed.", &[("Ida", Person)], &[]),
        ("The Data Protection Rules hold.", &[("Data Protection Rules", Organisation)], &[]),
        (
            "There Sheikh Omar bin Salem Al Nur met Water UK.",
            &[("Omar", Person), ("Al Nur", Person), ("UK", Place)],
            &[("Omar bin Salem Al Nur", Person), ("Water UK", Organisation)],
        ),
        ("It praised Victoria Atkins again.", &[("Victoria Atkins", Place)], &[("Victoria Atkins", Person)]),
        (
            "Hillary Clinton met Tim Kaine, and the Clinton-Kaine ticket won for Democrat Clinton.",
            &[
                ("Hillary Clinton", Person),
                ("Tim Kaine", Person),
                ("Clinton-Kaine", Person),
                ("Democrat Clinton", Person),
            ],
            &[("Hillary Clinton", Person), ("Tim Kaine", Person), ("Clinton", Person)],
        ),
        // Titles and offices.
        ("So Adv Tsosane argues.", &[("Adv Tsosane", Organisation)], &[("Tsosane", Person)]),
        (
            "The Senate Leader, Ann Lee, left.",
            &[("Senate Leader", Organisation), ("Ann Lee", Person)],
            &[("Senate", Organisation), ("Ann Lee", Person)],
        ),
        (
            "The paper is the Argus Leader.",
            &[("Argus Leader", Organisation)],
            &[("Argus Leader", Organisation)],
        ),
        (
            "He was CEO of Nova Media Group then.",
            &[("CEO of Nova Media Group", Organisation)],
            &[("Nova Media Group", Organisation)],
        ),
        (
            "©2024 Nova L.P. All Rights Reserved",
            &[("Nova L.P. All Rights Reserved", Organisation)],
            &[("Nova L.P.", Organisation)],
        ),
        ("The Minister of Justice left.", &[("Minister of Justice", Organisation)], &[]),
        (
            "So MEC Thandi Mokoena argues.",
            &[("MEC Thandi Mokoena", Organisation)],
            &[("Thandi Mokoena", Person)],
        ),
        ("He saw Tan Sri Lim Wei Han.", &[("Tan Sri Lim Wei Han", Person)], &[("Lim Wei Han", Person)]),
        ("There DA Larry Penn spoke.", &[("DA Larry Penn", Person)], &[("Larry Penn", Person)]),
        ("There MK Dana Lev spoke.", &[("MK Dana Lev", Person)], &[("Dana Lev", Person)]),
        ("There MK Stalin spoke.", &[("MK Stalin", Person)], &[("MK Stalin", Person)]),
        ("He left TD Cowen then.", &[("TD Cowen", Organisation)], &[("TD Cowen", Organisation)]),
        (
            "The Minister for Health and Social Services, Jane Doering, left.",
            &[("Health", Organisation), ("Social Services", Organisation), ("Jane Doering", Person)],
            &[("Jane Doering", Person)],
        ),
        ("The MEC for Transport left.", &[("MEC for Transport", Organisation)], &[]),
        ("The super PAC met after Brexit.", &[("PAC", Organisation), ("Brexit", Organisation)], &[]),
        ("It broke the Geneva Convention.", &[("Geneva Convention", Organisation)], &[]),
        ("He took to Twitter.", &[("Twitter", Organisation)], &[]),
        (
            "The dominant Republican in the race spoke to every American.",
            &[],
            &[("Republican", Group), ("American", Group)],
        ),
        ("One of the MPs left.", &[("MPs", Organisation)], &[]),
        (
            "The secretary of the Teachers Union left.",
            &[("Teachers Union", Organisation)],
            &[("Teachers Union", Organisation)],
        ),
        // Bodies called after offices, whatever was found of them.
        (
            "The Leeds Magistrates' Court closed.",
            &[("Leeds", Place), ("Court", Organisation)],
            &[("Leeds Magistrates' Court", Organisation)],
        ),
        (
            "The Prime Minister’s Office in London declined.",
            &[("Office", Organisation), ("London", Place)],
            &[("Prime Minister’s Office", Organisation), ("London", Place)],
        ),
        (
            "It went from the Prime Minister's Office of the Mayor's Office there.",
            &[],
            &[("Prime Minister's Office of the Mayor's Office", Organisation)],
        ),
        (
            "Ask the U.S. Attorney’s Office for the District of Maine about it.",
            &[("U.S. Attorney", Organisation), ("District of Maine", Place)],
            &[("U.S. Attorney’s Office for the District of Maine", Organisation)],
        ),
        // What everybody knows.
        ("There al-Qaeda took part.", &[("Qaeda", Place)], &[("al-Qaeda", Organisation)]),
        ("Then flydubai cut its fares.", &[], &[("flydubai", Organisation)]),
        (
            "They met Boeing and Airbus there.",
            &[("Boeing and Airbus", Organisation)],
            &[("Boeing", Organisation), ("Airbus", Organisation)],
        ),
        (
            "They asked the Reuters Institute there.",
            &[("Reuters Institute", Organisation)],
            &[("Reuters Institute", Organisation)],
        ),
        ("The Boeing 737 was old.", &[("Boeing", Organisation)], &[]),
        // Services that act, and that people write on.
        ("It was Twitter that banned him.", &[], &[("Twitter", Organisation)]),
        ("He wrote it on Twitter.", &[("Twitter", Organisation)], &[]),
        ("He saw a Facebook post.", &[("Facebook", Organisation)], &[]),
        // Ships.
        ("He saw the tanker Meridian there.", &[("Meridian", Organisation)], &[]),
        ("He sailed on HMS Diamond then.", &[("HMS Diamond", Organisation)], &[]),
        // Peoples and families.
        ("Thousands of Ukrainians left.", &[("Ukrainians", Organisation)], &[("Ukrainians", Group)]),
        ("The French protested.", &[], &[("French", Group)]),
        ("The French government fell.", &[], &[]),
        ("The French and German governments fell.", &[], &[]),
        ("They met an American and a Texan there.", &[], &[("American", Group), ("Texan", Group)]),
        ("They met an American singer there.", &[], &[]),
        (
            "They are Americans, British and French, mostly.",
            &[],
            &[("Americans", Group), ("British", Group), ("French", Group)],
        ),
        ("He is a popular Democrat in Ohio.", &[("Ohio", Place)], &[("Democrat", Group), ("Ohio", Place)]),
        (
            "He saw Ann Okafor when the Okafors met.",
            &[("Ann Okafor", Person), ("Okafors", Organisation)],
            &[("Ann Okafor", Person), ("Okafors", Group)],
        ),
        // Names found in part.
        ("We saw James Kennedy Jr. there.", &[("James Kennedy", Person)], &[("James Kennedy Jr.", Person)]),
        ("He met Eva-Marie Persson there.", &[("Marie Persson", Person)], &[("Eva-Marie Persson", Person)]),
        ("He left PG&E last year.", &[("PG", Organisation)], &[("PG&E", Organisation)]),
        (
            "Then Pacific Electric Co. closed it.",
            &[("Pacific Electric", Organisation)],
            &[("Pacific Electric Co.", Organisation)],
        ),
        (
            "Ask the Office for Budget Control.",
            &[("Budget Control", Organisation)],
            &[("Office for Budget Control", Organisation)],
        ),
        ("It is in Washington, D.C. today.", &[("Washington", Place)], &[("Washington, D.C.", Place)]),
        (
            "It was the Montana Legislature that voted.",
            &[("Montana", Place)],
            &[("Montana Legislature", Organisation)],
        ),
        // Kinds.
        (
            "A new USA TODAY/Suffolk University Poll is out, and a CNN/ORC poll.",
            &[("USA TODAY/Suffolk University Poll", Organisation), ("CNN/ORC", Organisation)],
            &[("USA TODAY", Organisation), ("Suffolk University", Organisation), ("CNN/ORC", Organisation)],
        ),
        (
            "The Museum of Modern Dance and the Okafor Museum lent it to Veltrix Materials.",
            &[("Museum of Modern Dance", Place), ("Okafor Museum", Place), ("Veltrix Materials", Person)],
            &[
                ("Museum of Modern Dance", Organisation),
                ("Okafor Museum", Organisation),
                ("Veltrix Materials", Organisation),
            ],
        ),
        (
            "It gave the Okafor Foundation a floor of Okafor Tower in Leeds.",
            &[("Okafor", Person), ("Okafor Tower", Organisation), ("Leeds", Organisation)],
            &[("Okafor Foundation", Organisation), ("Okafor Tower", Place), ("Leeds", Place)],
        ),
        (
            "He left Amazon to live by the Amazon.",
            &[("Amazon", Place), ("the Amazon", Place)],
            &[("Amazon", Organisation), ("the Amazon", Place)],
        ),
        ("They live in the West Bank now.", &[("West Bank", Place)], &[("West Bank", Place)]),
        ("It was Pakistan that asked.", &[("Pakistan", Organisation)], &[("Pakistan", Place)]),
        ("There the Taliban swapped hostages.", &[], &[("Taliban", Organisation)]),
    ];
    for (text, found, want) in cases {
        let want: Vec<_> = want.iter().map(|(name, kind)| ((*name).to_owned(), *kind)).collect();
        assert_eq!(settled(text, found), want, "{text}");
    }
}

#[test]
fn names_of_two_kinds_agree() {
    let text = "Rasheed Voss sang. Then Rasheed Voss left, and Rasheed Voss slept.";
    let article = Article::from_text(text);
    let document = Document::new(&article);
    let analysis = ANALYSER.analyse(&document);
    let view = View::new(&document, &analysis.tags, &analysis.words, &Known::new());
    let name = |start: usize, kind: Kind| {
        let tokens = document.tokens_in(crate::text::Span::new(start, start + "Rasheed Voss".len()));
        Name { tokens, kind }
    };
    let mut names = vec![name(0, Person), name(24, Place), name(47, Person)];
    settle(&view, &mut names);
    assert!(names.iter().all(|name| name.kind == Person), "{names:?}");
}
