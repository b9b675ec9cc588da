//! The panel of the popup and of the playground: cast, quotes and claims as lists.
//!
//! [`groups`] says what stands in a list, as plain data; `draw` puts it on the screen with web-sys, through text
//! nodes alone, and [`plain()`] makes a text of it. The panel holds no listener of its own: what can be clicked carries `data-` attributes, and
//! whoever embeds the panel listens (`extension/panel.js`).

#[cfg(feature = "web")]
mod draw;
mod plain;

#[cfg(feature = "web")]
pub use draw::draw;
pub use plain::plain;

use crate::annotation::{ActorId, ClaimKind, Form, Kind, Voice};
use crate::overlay::{ActorItem, ArticleItem, Layer, Overlay};
use std::cmp::Reverse;
use std::ops::Range;

/// Lines under a heading.
#[derive(Debug, PartialEq)]
pub struct Group {
    /// With the first group of each article, where the page holds several: its index and its headline.
    pub article: Option<(usize, String)>,
    /// What the lines have in common; `None` where the list is one.
    pub heading: Option<&'static str>,
    /// In the order of the screen.
    pub lines: Vec<Line>,
}

/// One item of a list.
#[derive(Debug, PartialEq)]
pub struct Line {
    /// Index of the item in its layer's list.
    pub item: usize,
    /// Colour of the speaker: see [`ActorItem::hue`].
    pub hue: usize,
    /// Who.
    pub name: String,
    /// An actor's role; what was said or claimed.
    pub text: Option<String>,
    /// The small print.
    pub note: String,
    /// For claims: see [`ClaimItem::level`](crate::overlay::ClaimItem::level).
    pub level: usize,
}

/// The list of one layer, article by article: actors by kind, the most prominent first; quotes in text order; claims,
/// the most worth checking first.
pub fn groups(overlay: &Overlay, layer: Layer) -> Vec<Group> {
    let articles = &overlay.articles;
    let mut all = Vec::new();
    for (index, article) in articles.iter().enumerate() {
        let next = articles.get(index + 1);
        let range =
            |count: usize, of: fn(&ArticleItem) -> usize| of(article)..next.map_or(count, of).min(count);
        let mut groups = match layer {
            Layer::Actor => cast(overlay, &range(overlay.actors.len(), |a| a.actors)),
            Layer::Quote => one_group(quotes(overlay, range(overlay.quotes.len(), |a| a.quotes))),
            Layer::Claim => one_group(claims(overlay, range(overlay.claims.len(), |a| a.claims))),
        };
        if let Some(first) = groups.first_mut().filter(|_| articles.len() > 1) {
            first.article = Some((index, article.title.clone()));
        }
        all.extend(groups);
    }
    all
}

fn one_group(lines: Vec<Line>) -> Vec<Group> {
    if lines.is_empty() { Vec::new() } else { vec![Group { article: None, heading: None, lines }] }
}

fn cast(overlay: &Overlay, actors: &Range<ActorId>) -> Vec<Group> {
    let mut acting: Vec<_> = overlay.actors.iter().map(|a| a.quotes > 0).collect();
    for mark in overlay.marks.iter().filter(|m| m.layer == Layer::Actor && m.acting) {
        if let Some(acts) = acting.get_mut(mark.item) {
            *acts = true;
        }
    }
    let group = |heading, wanted: &dyn Fn(ActorId, &ActorItem) -> bool| {
        let mut ids: Vec<_> = actors.clone().filter(|id| wanted(*id, &overlay.actors[*id])).collect();
        ids.sort_by_key(|id| Reverse((overlay.actors[*id].quotes, overlay.actors[*id].mentions)));
        let lines = ids.into_iter().map(|id| actor(overlay, id)).collect();
        Group { article: None, heading: Some(heading), lines }
    };
    let groups = [
        group("People", &|_, a| a.kind == Kind::Person),
        group("Organisations", &|_, a| a.kind == Kind::Organisation),
        group("Groups", &|_, a| a.kind == Kind::Group),
        group("Places that act", &|id, a| a.kind == Kind::Place && acting[id]),
        group("Where it happens", &|id, a| a.kind == Kind::Place && !acting[id]),
    ];
    groups.into_iter().filter(|g| !g.lines.is_empty()).collect()
}

fn actor(overlay: &Overlay, id: ActorId) -> Line {
    let actor = &overlay.actors[id];
    let mut note = times("named", actor.mentions);
    if actor.quotes > 0 {
        note = format!("{note}, {}", times("quoted", actor.quotes));
    }
    Line { item: id, hue: actor.hue, name: actor.name.clone(), text: actor.role.clone(), note, level: 0 }
}

fn quotes(overlay: &Overlay, items: Range<usize>) -> Vec<Line> {
    // Of other languages only the quotation marks are understood.
    let nobody = if overlay.language == "en" { "Speaker not found" } else { "In quotation marks" };
    let line = |item: usize| {
        let quote = &overlay.quotes[item];
        let speaker = quote.speaker.and_then(|id| overlay.actors.get(id));
        let form = match quote.form {
            Form::Direct => "word for word",
            Form::Indirect => "reported",
            Form::Mixed => "reported, in part word for word",
        };
        Line {
            item,
            hue: speaker.map_or(0, |s| s.hue),
            name: speaker
                .map(|s| s.name.clone())
                .or_else(|| quote.unnamed.as_deref().map(capital))
                .unwrap_or_else(|| nobody.to_owned()),
            text: Some(quote.text.clone()),
            note: form.to_owned(),
            level: 0,
        }
    };
    items.map(line).collect()
}

fn claims(overlay: &Overlay, items: Range<usize>) -> Vec<Line> {
    let mut order: Vec<_> = items.collect();
    order.sort_by(|&a, &b| overlay.claims[b].score.total_cmp(&overlay.claims[a].score));
    let line = |item: usize| {
        let claim = &overlay.claims[item];
        let claimant = claim.claimant.and_then(|id| overlay.actors.get(id));
        let kind = match claim.kind {
            ClaimKind::Quantity => "number",
            ClaimKind::Comparison => "comparison",
            ClaimKind::Cause => "cause or effect",
            ClaimKind::Event => "event",
            ClaimKind::Accusation => "accusation or denial",
            ClaimKind::Prediction => "prediction",
            ClaimKind::Finding => "finding",
        };
        let qualified = claim.hedged.then(|| "qualified".to_owned());
        let link = claim.link.as_ref().map(|host| match host.as_str() {
            "" => "linked to another page".to_owned(),
            _ => format!("linked to {host}"),
        });
        let name = match claim.voice {
            Voice::Article => "The article itself".to_owned(),
            Voice::Attributed => claimant
                .map(|c| c.name.clone())
                .or_else(|| claim.source.as_deref().map(capital))
                .unwrap_or_else(|| "A source without a name".to_owned()),
        };
        Line {
            item,
            hue: claimant.map_or(0, |c| c.hue),
            name,
            text: Some(claim.text.clone()),
            note: [Some(kind.to_owned()), qualified, link]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(", "),
            level: claim.level,
        }
    };
    order.into_iter().map(line).collect()
}

fn times(verb: &str, count: usize) -> String {
    match count {
        1 => format!("{verb} once"),
        2 => format!("{verb} twice"),
        _ => format!("{verb} {count} times"),
    }
}

/// The first letter a capital.
fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::overlay::{ClaimItem, Mark, MarkPart, QuoteItem};
    use crate::page::Verdict;

    fn overlay() -> Overlay {
        let actor = |name: &str, kind, mentions, quotes| ActorItem {
            name: name.to_owned(),
            kind,
            role: None,
            mentions,
            quotes,
            hue: quotes,
        };
        let quote = |speaker, unnamed: Option<&str>| QuoteItem {
            form: Form::Direct,
            speaker,
            unnamed: unnamed.map(str::to_owned),
            source: None,
            cue: None,
            text: "“So.”".to_owned(),
        };
        let claim = |score, claimant, hedged| ClaimItem {
            voice: if claimant == Some(9) { Voice::Article } else { Voice::Attributed },
            claimant,
            kind: ClaimKind::Finding,
            hedged,
            hedge: None,
            source: None,
            link: hedged.then(|| "gov.example".to_owned()),
            score,
            level: 0,
            text: "It is so".to_owned(),
        };
        Overlay {
            verdict: Verdict::News,
            score: 1.0,
            reasons: Vec::new(),
            language: "en".to_owned(),
            annotated: true,
            title: String::new(),
            articles: vec![ArticleItem { title: String::new(), actors: 0, quotes: 0, claims: 0 }],
            actors: vec![
                actor("Oslo", Kind::Place, 2, 0),
                actor("Ada", Kind::Person, 5, 0),
                actor("Bea", Kind::Person, 1, 1),
                actor("Rome", Kind::Place, 1, 0),
            ],
            quotes: vec![quote(Some(2), None), quote(None, Some("a senior official")), quote(None, None)],
            claims: vec![claim(0.2, Some(9), false), claim(0.9, Some(1), true), claim(0.5, None, false)],
            marks: vec![Mark {
                layer: Layer::Actor,
                item: 3,
                part: MarkPart::Mention,
                acting: true,
                start: (0, 0),
                end: (0, 4),
                text: "Rome".to_owned(),
            }],
        }
    }

    #[test]
    fn lists_have_their_order() {
        let table: &[(Layer, &[(Option<&str>, &[&str])])] = &[
            (
                Layer::Actor,
                &[
                    (Some("People"), &["Bea: named once, quoted once", "Ada: named 5 times"]),
                    (Some("Places that act"), &["Rome: named once"]),
                    (Some("Where it happens"), &["Oslo: named twice"]),
                ],
            ),
            (
                Layer::Quote,
                &[(
                    None,
                    &[
                        "Bea: word for word",
                        "A senior official: word for word",
                        "Speaker not found: word for word",
                    ],
                )],
            ),
            (
                Layer::Claim,
                &[(
                    None,
                    &[
                        "Ada: finding, qualified, linked to gov.example",
                        "A source without a name: finding",
                        "The article itself: finding",
                    ],
                )],
            ),
        ];
        for (layer, want) in table {
            let groups = groups(&overlay(), *layer);
            let got: Vec<(_, Vec<_>)> = groups
                .iter()
                .map(|g| (g.heading, g.lines.iter().map(|l| format!("{}: {}", l.name, l.note)).collect()))
                .collect();
            let want: Vec<(_, Vec<_>)> =
                want.iter().map(|(h, lines)| (*h, lines.iter().map(|l| (*l).to_owned()).collect())).collect();
            assert_eq!(got, want);
        }
    }

    #[test]
    fn a_list_as_plain_text() {
        let mut overlay = overlay();
        overlay.title = "Ships\n sail".to_owned();
        overlay.actors[2].role = Some("a captain".to_owned());
        overlay.claims[2].level = 3;
        let actors = "Ships sail\nhttps://a.example/x\n\nActors, found automatically by Ascribe\n\n\
            People\nBea, a captain: named once, quoted once\nAda: named 5 times\n\n\
            Places that act\nRome: named once\n\nWhere it happens\nOslo: named twice\n";
        assert_eq!(plain(&overlay, Layer::Actor, 2, "https://a.example/x"), actors);
        overlay.articles.push(ArticleItem { title: "Two".to_owned(), actors: 4, quotes: 1, claims: 0 });
        let quotes = "Ships sail\n\nQuotes, found automatically by Ascribe\n\nOne\n\n\
            “So.”\n— Bea, a captain (word for word)\n\nTwo\n\n\
            “So.”\n— A senior official (word for word)\n\n“So.”\n— Speaker not found (word for word)\n";
        overlay.articles[0].title = "One".to_owned();
        assert_eq!(plain(&overlay, Layer::Quote, 2, ""), quotes);
        let claims = "Ships sail\n\nClaims, found automatically by Ascribe\n\nTwo\n\n\
            It is so\n— Ada (finding, qualified, linked to gov.example)\n\n\
            It is so\n— The article itself (finding)\n";
        assert_eq!(plain(&overlay, Layer::Claim, 2, ""), claims);
    }

    #[test]
    fn each_article_has_its_own_part_of_the_lists() {
        let mut overlay = overlay();
        overlay.articles = vec![
            ArticleItem { title: "One".to_owned(), actors: 0, quotes: 0, claims: 0 },
            ArticleItem { title: "Two".to_owned(), actors: 2, quotes: 3, claims: 1 },
        ];
        let parts = |layer| -> Vec<_> {
            let groups = groups(&overlay, layer);
            let items = |g: &Group| g.lines.iter().map(|l| l.item).collect::<Vec<_>>();
            groups.iter().map(|g| (g.article.clone().map(|a| a.1), items(g))).collect()
        };
        let [one, two] = ["One", "Two"].map(|title| Some(title.to_owned()));
        assert_eq!(
            parts(Layer::Actor),
            [(one.clone(), vec![1]), (None, vec![0]), (two.clone(), vec![2]), (None, vec![3])]
        );
        assert_eq!(parts(Layer::Quote), [(one.clone(), vec![0, 1, 2])]);
        assert_eq!(parts(Layer::Claim), [(one, vec![0]), (two, vec![1, 2])]);
    }
}
