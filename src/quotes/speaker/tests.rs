//! Sources whose phrase says who is meant, one a line.

use super::{Attribution, Speakers};
use crate::annotation::{Actor, Kind, Mention};
use crate::page::Article;
use crate::tagger::{ANALYSER, GivenNames};
use crate::text::{Document, Span};

/// The source in `text` stands in brackets; what follows it, or before it, is said.
fn speaker(text: &str) -> String {
    let (before, rest) = text.split_once('[').expect("a source");
    let (source, after) = rest.split_once(']').expect("its end");
    let plain = format!("{before}{source}{after}");
    let article = Article::from_text(&plain);
    let document = Document::new(&article);
    let analysis = ANALYSER.analyse(&document);
    let cast = [
        ("Ann Lee", Kind::Person, Some("Peruvian prime minister")),
        ("Bob Low", Kind::Person, Some("striker")),
        ("Peru", Kind::Place, None),
        ("Blue Airways", Kind::Organisation, None),
        ("Acme", Kind::Organisation, None),
        ("Harbour Alliance", Kind::Organisation, None),
        ("Texan", Kind::Group, None),
    ];
    let actors = cast.map(|(name, kind, role)| Actor {
        name: name.to_owned(),
        kind,
        role: role.map(str::to_owned),
        gender: None,
        mentions: (plain.match_indices(name))
            .map(|(at, _)| Mention { span: Span::new(at, at + name.len()), acting: false })
            .collect(),
    });
    let quoted: Vec<bool> = (0..document.tokens.len()).map(|_| false).collect();
    let given = GivenNames::bundled().expect("the bundled names load");
    let mut speakers = Speakers::new(&analysis, &given, &actors, &quoted);
    let at = |part: &str| plain.rfind(part).map(|at| document.tokens_in(Span::new(at, at + part.len())));
    let cue = at("said").expect("a cue");
    let found = document.tokens_in(Span::new(before.len(), before.len() + source.len()));
    let content = at("talks went well").expect("a content");
    let said = speakers.resolve(&Attribution { cue, source: Some(found), content: vec![content] });
    match (said.actor, said.unnamed) {
        (Some(actor), _) => actors[actor].name.clone(),
        (None, words) => format!("“{}”", words.unwrap_or_default()),
    }
}

#[test]
fn phrases() {
    for (text, want) in [
        // A name set apart behind a title that holds prepositions.
        ("[Minister for Health and Social Affairs, Ann Lee], said talks went well.", "Ann Lee"),
        ("[Regional minister for Health], Ann Lee, said talks went well.", "Ann Lee"),
        ("[The lawyer for Bob Low], Ann Lee, said talks went well.", "Ann Lee"),
        ("[A lawyer for Bob Low] said talks went well.", "“A lawyer for Bob Low”"),
        // A source that was cut short.
        ("[Peru]'s foreign ministry said talks went well.", "“Peru's foreign ministry”"),
        ("[Acme editor]-in-chief Ann Lee said talks went well.", "Ann Lee"),
        ("[Ann Lee Wong] said talks went well.", "Ann Lee"),
        // Who: the noun before, a name or not.
        ("Farmers met Ann Lee, [who] said talks went well.", "Ann Lee"),
        ("It was criticised by five Peru villages [who] said talks went well.", "“five Peru villages”"),
        // Descriptions: by what stands beside a name, by what names of such bodies hold, by offices.
        ("The group, Harbour Alliance, met Acme. [The group] said talks went well.", "Harbour Alliance"),
        ("Blue Airways met Acme and others. [The airline] said talks went well.", "Blue Airways"),
        ("Ann Lee met Bob Low in Lima. [The premier] said talks went well.", "Ann Lee"),
        ("Ann Lee met Bob Low in Lima. [The player] said talks went well.", "Bob Low"),
        // A name behind an abbreviation in brackets, and behind a participle that is no clause.
        ("[Harbour Alliance (HA) member Ann Lee] said talks went well.", "Ann Lee"),
        ("[Acme ranking director Ann Lee] said talks went well.", "Ann Lee"),
        ("Ann Lee won. [@realAnnLee] said talks went well.", "Ann Lee"),
        // One of a group is a person.
        ("Ann Lee met Acme in Lima. [The Texan] said talks went well.", "Ann Lee"),
        // Documents: whose they are said to be, under whatever name.
        ("[A poll by Acme] said talks went well.", "Acme"),
        ("Acme met Bob Low. [Ann Lee's latest budget documents] said talks went well.", "Ann Lee"),
    ] {
        assert_eq!(speaker(text), want, "{text}");
    }
}
