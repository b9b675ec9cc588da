//! The overlay: annotations anchored in the page that they were read from.
//!
//! An annotation's span counts bytes of the article's text; a browser paints from one text node and UTF-16 unit
//! to another. [`Article::pieces`] says which run of which node each run of the article came from, so anchoring
//! is a look-up and never a search: the words under a mark are the annotation's own words.
//!
//! Where the page holds words between two pieces that the article left out (a footnote, a hidden "advertisement"),
//! a span becomes two marks, so that no mark covers what the annotation does not say.

use crate::annotation::{ActorId, Annotations, Claim, ClaimKind, Form, Kind, Quote, Voice};
use crate::page::{Article, Reading, Reason, Snapshot, Verdict};
use crate::text::{Offsets, Span, Unit};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// What the page, the panel and the popup get to know of one page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Overlay {
    /// What the page is.
    pub verdict: Verdict,
    /// How sure that is, in `[0, 1]`, to three decimals.
    pub score: f64,
    /// BCP 47 primary language subtag: "en"; "und" where it can't be told.
    pub language: String,
    /// What told most of the verdict, the strongest first.
    pub reasons: Vec<Reason>,
    /// Annotations were made: the page is news, or the reader asked.
    pub annotated: bool,
    /// The headline of the article that the page is about; may be empty.
    pub title: String,
    /// The articles on the page, in its order: one, or none where nothing was annotated, or several where the page goes
    /// on with others. Nobody in one article is the same as somebody in another.
    pub articles: Vec<ArticleItem>,
    /// Who acts, article by article, in the order of first mention.
    pub actors: Vec<ActorItem>,
    /// Who says what, article by article, in text order.
    pub quotes: Vec<QuoteItem>,
    /// What is claimed, key claims and others, article by article, in text order.
    pub claims: Vec<ClaimItem>,
    /// What to paint, article by article, in text order; of two that begin together, the longer first.
    pub marks: Vec<Mark>,
}

/// One article of a page: its items are those from where they begin to where the next article's do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ArticleItem {
    /// The headline; may be empty.
    pub title: String,
    /// Where its actors begin in [`Overlay::actors`].
    pub actors: usize,
    /// Where its quotes begin in [`Overlay::quotes`].
    pub quotes: usize,
    /// Where its claims begin in [`Overlay::claims`].
    pub claims: usize,
}

/// One actor, as a reader wants to know it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ActorItem {
    /// The fullest name.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// What the article says it is.
    pub role: Option<String>,
    /// How often it is named.
    pub mentions: usize,
    /// How often it is quoted.
    pub quotes: usize,
    /// The colour that ties a speaker to its quotes: 1 to [`HUES`] for the most quoted, 0 for everybody else.
    pub hue: usize,
}

/// One quote.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuoteItem {
    /// How the content is given.
    pub form: Form,
    /// Index of the speaker in [`Overlay::actors`].
    pub speaker: Option<ActorId>,
    /// For a source without a name, the words that describe it.
    pub unnamed: Option<String>,
    /// The words that name who speaks.
    pub source: Option<String>,
    /// The words that attribute.
    pub cue: Option<String>,
    /// The content; its parts are joined by " … ".
    pub text: String,
}

/// One claim.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClaimItem {
    /// Who vouches for it.
    pub voice: Voice,
    /// Index of the claimant in [`Overlay::actors`].
    pub claimant: Option<ActorId>,
    /// What sort of statement it is.
    pub kind: ClaimKind,
    /// It is qualified.
    pub hedged: bool,
    /// The words that qualify it.
    pub hedge: Option<String>,
    /// The words that name its source.
    pub source: Option<String>,
    /// The host of a page that the article links to beside it; empty where that is a page of the same site.
    pub link: Option<String>,
    /// How much it wants checking, in `[0, 1]`, to three decimals.
    pub score: f64,
    /// How many claims a reader must ask for to see it: 0, the few foremost, to [`ALL`]; the key claims are those up
    /// to [`KEY`].
    pub level: usize,
    /// The claim.
    pub text: String,
}

/// A stretch of the page that belongs to one item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mark {
    /// Which list the item is in.
    pub layer: Layer,
    /// Index of the item in its list.
    pub item: usize,
    /// What the words are to the item.
    pub part: MarkPart,
    /// A mention of an actor that acts; false only for places that are mere settings.
    pub acting: bool,
    /// Where it begins: index of the text node in [`Snapshot::texts`], and UTF-16 units into it.
    pub start: (u32, u32),
    /// Where it ends, exclusive, in the same terms.
    pub end: (u32, u32),
    /// The words under it, white space collapsed.
    pub text: String,
}

/// The three layers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Layer {
    /// [`Overlay::actors`]
    Actor,
    /// [`Overlay::quotes`]
    Quote,
    /// [`Overlay::claims`]
    Claim,
}

/// What the words of a mark are to its item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MarkPart {
    /// An actor's name.
    Mention,
    /// What is quoted.
    Content,
    /// The words that name who speaks.
    Source,
    /// The words that attribute.
    Cue,
    /// What is claimed.
    Claim,
}

/// How many speakers get a colour of their own.
pub const HUES: usize = 6;

impl Overlay {
    /// Anchors the annotations of a page's articles in its text nodes; without any, says only what the page is.
    ///
    /// `reading` is of `snapshot`, and the articles are the reading's, in page order. Time is linear in the page and
    /// in the length of all spans together.
    pub fn new(snapshot: &Snapshot, reading: &Reading, annotated: &[(&Article, &Annotations)]) -> Self {
        let mut overlay = Self {
            verdict: reading.verdict,
            score: thousandths(reading.score),
            language: reading.article.language.clone(),
            reasons: reading.reasons.clone(),
            annotated: !annotated.is_empty(),
            title: collapse(&reading.article.title),
            articles: Vec::new(),
            actors: Vec::new(),
            quotes: Vec::new(),
            claims: Vec::new(),
            marks: Vec::new(),
        };
        for (article, annotations) in annotated {
            overlay.push(snapshot, article, annotations);
        }
        overlay
    }

    /// Adds an article.
    fn push(&mut self, snapshot: &Snapshot, article: &Article, annotations: &Annotations) {
        let Annotations { actors, quotes, .. } = annotations;
        let claims = levels(annotations);
        let words = |span: Span| collapse(span.of(&article.text));
        let first = ArticleItem {
            title: collapse(&article.title),
            actors: self.actors.len(),
            quotes: self.quotes.len(),
            claims: self.claims.len(),
        };

        let mut items: Vec<_> = actors
            .iter()
            .map(|actor| ActorItem {
                name: actor.name.clone(),
                kind: actor.kind,
                role: actor.role.clone(),
                mentions: actor.mentions.len(),
                quotes: 0,
                hue: 0,
            })
            .collect();
        for speaker in quotes.iter().filter_map(|q| q.speaker) {
            if let Some(item) = items.get_mut(speaker) {
                item.quotes += 1;
            }
        }
        colour(&mut items);
        let quote = |quote: &Quote| QuoteItem {
            form: quote.form,
            speaker: quote.speaker.map(|id| first.actors + id),
            unnamed: quote.unnamed.clone(),
            source: quote.source.map(words),
            cue: quote.cue.map(words),
            text: quote.spans.iter().map(|s| words(*s)).collect::<Vec<_>>().join(" … "),
        };
        let claim = |(claim, level): &(&Claim, usize)| ClaimItem {
            voice: claim.voice,
            claimant: claim.claimant.map(|id| first.actors + id),
            kind: claim.kind,
            hedged: claim.hedged,
            hedge: claim.hedge.map(words),
            source: claim.evidence.source.map(words),
            link: claim.evidence.link.as_ref().map(|link| link.host.clone()),
            score: thousandths(claim.score),
            level: *level,
            text: words(claim.span),
        };
        let marks = marks(&Anchors::new(snapshot, article), actors, quotes, &claims);
        self.marks.extend(marks.into_iter().map(|mark| {
            let before = match mark.layer {
                Layer::Actor => first.actors,
                Layer::Quote => first.quotes,
                Layer::Claim => first.claims,
            };
            Mark { item: before + mark.item, ..mark }
        }));
        self.actors.extend(items);
        self.quotes.extend(quotes.iter().map(quote));
        self.claims.extend(claims.iter().map(claim));
        self.articles.push(first);
    }
}

/// A score as every border gives it: three decimals, the same natively and in JavaScript.
pub fn thousandths(score: f32) -> f64 {
    (f64::from(score) * 1000.0).round() / 1000.0
}

/// The [level](ClaimItem::level) that shows the key claims and no others.
pub const KEY: usize = 2;

/// The [level](ClaimItem::level) that shows every claim.
pub const ALL: usize = 6;

/// All claims in text order, each with its level: the levels up to [`KEY`] part the key claims by their rank, those
/// above it the others.
fn levels(annotations: &Annotations) -> Vec<(&Claim, usize)> {
    let mut claims = Vec::new();
    for (of, steps, from) in [(&annotations.claims, KEY + 1, 0), (&annotations.further, ALL - KEY, KEY + 1)] {
        let mut ranked: Vec<_> = of.iter().collect();
        ranked.sort_by(|a, b| b.score.total_cmp(&a.score));
        let count = ranked.len();
        claims
            .extend(ranked.into_iter().enumerate().map(|(rank, claim)| (claim, from + rank * steps / count)));
    }
    claims.sort_by_key(|(claim, _)| claim.span);
    claims
}

/// Gives the most quoted actors a hue each; of two quoted equally, the one named first comes first.
fn colour(actors: &mut [ActorItem]) {
    let mut speakers: Vec<_> = actors.iter_mut().filter(|a| a.quotes > 0).collect();
    speakers.sort_by_key(|a| Reverse(a.quotes));
    for (rank, actor) in speakers.into_iter().take(HUES).enumerate() {
        actor.hue = rank + 1;
    }
}

fn marks(
    anchors: &Anchors,
    actors: &[crate::annotation::Actor],
    quotes: &[Quote],
    claims: &[(&Claim, usize)],
) -> Vec<Mark> {
    use {Layer as L, MarkPart as P};
    let mut spans: Vec<(Span, L, usize, P, bool)> = Vec::new();
    for (item, actor) in actors.iter().enumerate() {
        let place = actor.kind == Kind::Place;
        spans.extend(actor.mentions.iter().map(|m| (m.span, L::Actor, item, P::Mention, m.acting || !place)));
    }
    for (item, quote) in quotes.iter().enumerate() {
        spans.extend(quote.spans.iter().map(|s| (*s, L::Quote, item, P::Content, true)));
        spans.extend(quote.source.map(|s| (s, L::Quote, item, P::Source, true)));
        spans.extend(quote.cue.map(|s| (s, L::Quote, item, P::Cue, true)));
    }
    spans.extend(claims.iter().enumerate().map(|(item, (c, _))| (c.span, L::Claim, item, P::Claim, true)));
    spans.sort_by_key(|(span, ..)| (span.start, Reverse(span.end)));
    spans
        .into_iter()
        .flat_map(|(span, layer, item, part, acting)| {
            anchors.locate(span).into_iter().map(move |run| Mark {
                layer,
                item,
                part,
                acting,
                start: run.start,
                end: run.end,
                text: collapse(run.span.of(&anchors.article.text)),
            })
        })
        .collect()
}

/// An unbroken stretch of the page.
struct Run {
    start: (u32, u32),
    end: (u32, u32),
    span: Span,
}

/// Finds where spans of an article stand in its page.
struct Anchors<'a> {
    article: &'a Article,
    units: Offsets<'a>,
    /// For each piece: the page holds no word between the piece before and this one.
    joined: Vec<bool>,
}

impl<'a> Anchors<'a> {
    fn new(snapshot: &'a Snapshot, article: &'a Article) -> Self {
        let mut anchors =
            Self { article, units: Offsets::new(&article.text, Unit::Utf16), joined: Vec::new() };
        let mut gaps = Gaps { texts: &snapshot.texts, node: 0, unit: 0, byte: 0 };
        let mut last = None;
        for index in 0..article.pieces.len() {
            let from = anchors.place(index, article.pieces[index].span.start);
            anchors.joined.push(last.is_some_and(|last| gaps.blank(last, from)));
            last = Some(anchors.place(index, article.pieces[index].span.end));
        }
        anchors
    }

    /// The text node and unit of a byte of the article inside one piece.
    fn place(&self, piece: usize, byte: usize) -> (u32, u32) {
        let piece = &self.article.pieces[piece];
        let units = self.units.at(byte).saturating_sub(self.units.at(piece.span.start));
        (piece.node, piece.at.saturating_add(units as u32))
    }

    /// The stretches of the page under `span`, white space at their ends left out.
    fn locate(&self, span: Span) -> Vec<Run> {
        let pieces = &self.article.pieces;
        let first = pieces.partition_point(|p| p.span.end <= span.start);
        let mut runs: Vec<Run> = Vec::new();
        let mut broken = true;
        for (index, piece) in pieces.iter().enumerate().skip(first) {
            if piece.span.start >= span.end {
                break;
            }
            broken |= !self.joined[index];
            let part = Span::new(piece.span.start.max(span.start), piece.span.end.min(span.end))
                .trimmed(&self.article.text);
            if part.is_empty() {
                continue;
            }
            let end = self.place(index, part.end);
            match runs.last_mut().filter(|_| !broken) {
                Some(run) => (run.end, run.span.end) = (end, part.end),
                None => runs.push(Run { start: self.place(index, part.start), end, span: part }),
            }
            broken = false;
        }
        runs
    }
}

/// Looks at what a page holds between two places. Remembers where it was, so that looking at one gap after
/// the other reads each text node once.
struct Gaps<'a> {
    texts: &'a [String],
    node: u32,
    unit: u32,
    byte: usize,
}

impl Gaps<'_> {
    /// There is nothing but white space from `from` to `to`; false where `to` comes first.
    fn blank(&mut self, from: (u32, u32), to: (u32, u32)) -> bool {
        if to < from {
            return false;
        }
        if self.node != from.0 || self.unit > from.1 {
            (self.node, self.unit, self.byte) = (from.0, 0, 0);
        }
        loop {
            let text = self.texts.get(self.node as usize).map_or("", String::as_str);
            for c in text.get(self.byte..).unwrap_or("").chars() {
                if (self.node, self.unit) >= to {
                    return true;
                }
                if (self.node, self.unit) >= from && !invisible(c) {
                    return false;
                }
                self.byte += c.len_utf8();
                self.unit += c.len_utf16() as u32;
            }
            if self.node >= to.0 || self.node as usize >= self.texts.len() {
                return true;
            }
            (self.node, self.unit, self.byte) = (self.node + 1, 0, 0);
        }
    }
}

/// White space, and what takes no room: soft hyphen, zero-width characters, the byte-order mark.
const fn invisible(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// One space for every run of white space, none at the ends.
fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Actor, Mention};
    use crate::page::Piece;
    use proptest::prelude::*;

    /// An article of the given parts: words with the node and unit that they came from, or inserted white space.
    fn article(parts: &[(&str, Option<(u32, u32)>)]) -> Article {
        let mut article = Article::default();
        for (words, from) in parts {
            let start = article.text.len();
            article.text.push_str(words);
            let span = Span::new(start, article.text.len());
            article.pieces.extend(from.map(|(node, at)| Piece { span, node, at }));
        }
        article
    }

    /// What the page holds from `start` to `end`.
    fn reread(texts: &[String], start: (u32, u32), end: (u32, u32)) -> String {
        let units: Vec<u16> = (start.0..=end.0)
            .flat_map(|node| {
                let all: Vec<u16> = texts[node as usize].encode_utf16().collect();
                let from = if node == start.0 { start.1 as usize } else { 0 };
                let to = if node == end.0 { end.1 as usize } else { all.len() };
                all[from..to].to_vec()
            })
            .collect();
        String::from_utf16(&units).unwrap()
    }

    fn bare(text: &str) -> String {
        text.chars().filter(|c| !invisible(*c)).collect()
    }

    fn texts(texts: &[&str]) -> Snapshot {
        Snapshot { texts: texts.iter().map(|t| (*t).to_owned()).collect(), ..Snapshot::default() }
    }

    type Place = (u32, u32);

    #[test]
    fn spans_find_their_text_nodes() {
        let page = texts(&["  Mr ", "Oli", "[1]", "😀 said", "hidden", " so.\n"]);
        let article = article(&[
            ("Mr ", Some((0, 2))),
            ("Oli", Some((1, 0))),
            ("😀 said", Some((3, 0))),
            (" so.", Some((5, 0))),
            ("\n\n", None),
        ]);
        let anchors = Anchors::new(&page, &article);
        let table: &[(&str, &[(Place, Place, &str)])] = &[
            ("Oli", &[((1, 0), (1, 3), "Oli")]),
            ("Mr Oli", &[((0, 2), (1, 3), "Mr Oli")]),
            ("Oli😀", &[((1, 0), (1, 3), "Oli"), ((3, 0), (3, 2), "😀")]),
            ("said so", &[((3, 3), (3, 7), "said"), ((5, 1), (5, 3), "so")]),
            (" so.\n", &[((5, 1), (5, 4), "so.")]),
            ("\n", &[]),
        ];
        for (words, want) in table {
            let at = article.text.find(words).unwrap();
            let runs = anchors.locate(Span::new(at, at + words.len()));
            let got: Vec<_> =
                runs.iter().map(|r| (r.start, r.end, collapse(r.span.of(&article.text)))).collect();
            let want: Vec<_> = want.iter().map(|(s, e, t)| (*s, *e, (*t).to_owned())).collect();
            assert_eq!(got, want, "{words:?}");
        }
    }

    #[test]
    fn the_most_quoted_get_colours() {
        let mention = Mention { span: Span::new(0, 2), acting: false };
        let actors: Vec<_> = ["Mr", "Mx", "Ms"]
            .map(|name| Actor {
                name: name.to_owned(),
                kind: Kind::Place,
                role: None,
                gender: None,
                mentions: vec![mention],
            })
            .into();
        let quotes: Vec<_> = [Some(2), Some(1), None, Some(2)]
            .map(|speaker| Quote {
                form: Form::Direct,
                spans: vec![Span::new(0, 2), Span::new(3, 5)],
                source: None,
                cue: None,
                speaker,
                unnamed: None,
            })
            .into();
        let page = texts(&["Mr 12"]);
        let reading = Reading {
            verdict: Verdict::News,
            score: 0.1,
            reasons: Vec::new(),
            article: article(&[("Mr 12", Some((0, 0)))]),
            further: Vec::new(),
        };
        let annotations = Annotations { actors, quotes, ..Annotations::default() };
        let overlay = Overlay::new(&page, &reading, &[(&reading.article, &annotations)]);
        assert_eq!(overlay.actors.iter().map(|a| a.hue).collect::<Vec<_>>(), [0, 2, 1]);
        assert_eq!(overlay.quotes[0].text, "Mr … 12");
        assert!((overlay.score - 0.1).abs() < 1e-12);
        assert!(overlay.marks.iter().all(|m| m.acting == (m.layer == Layer::Quote)));
        // A second article's people are other people, in colours of their own.
        let both = [(&reading.article, &annotations); 2];
        let both = Overlay::new(&page, &reading, &both);
        assert_eq!(both.actors.iter().map(|a| a.hue).collect::<Vec<_>>(), [0, 2, 1, 0, 2, 1]);
        assert_eq!(
            both.quotes[4..].iter().map(|q| q.speaker).collect::<Vec<_>>(),
            [Some(5), Some(4), None, Some(5)]
        );
        let firsts: Vec<_> = both.articles.iter().map(|a| (a.actors, a.quotes, a.claims)).collect();
        assert_eq!(firsts, [(0, 0, 0), (3, 4, 0)]);
        let (one, two) = both.marks.split_at(overlay.marks.len());
        assert_eq!(one, overlay.marks);
        assert!(
            two.iter().zip(one).all(|(b, a)| b.item - a.item == if a.layer == Layer::Actor { 3 } else { 4 })
        );
        let none = Overlay::new(&page, &reading, &[]);
        assert!(
            !none.annotated && none.articles.is_empty() && none.marks.is_empty() && none.actors.is_empty()
        );
    }

    #[test]
    fn a_reader_who_asks_for_little_sees_the_best() {
        let claim = |at: usize, score: f32| Claim {
            span: Span::new(at, at + 1),
            voice: crate::annotation::Voice::Article,
            claimant: None,
            kind: ClaimKind::Event,
            hedged: false,
            hedge: None,
            evidence: crate::annotation::Evidence::default(),
            score,
        };
        let annotations = Annotations {
            claims: vec![claim(0, 0.5), claim(2, 0.9), claim(6, 0.4)],
            further: vec![claim(1, 0.1), claim(3, 0.2), claim(4, 0.0), claim(5, 0.15), claim(7, 0.01)],
            ..Annotations::default()
        };
        let got: Vec<_> = levels(&annotations).into_iter().map(|(c, level)| (c.span.start, level)).collect();
        assert_eq!(got, [(0, 1), (1, 4), (2, 0), (3, 3), (4, 6), (5, 3), (6, KEY), (7, 5)]);
        assert!(levels(&Annotations::default()).is_empty());
    }

    proptest! {
        /// Whatever the reader kept and left out: what stands in the page under the marks of a span is the
        /// span's text, white space aside, and no mark begins or ends on white space.
        #[test]
        fn marks_cover_their_own_words(
            nodes in prop::collection::vec(("[a-z 😀é\n]{0,8}", 0..3_u8), 1..12),
            ends in prop::collection::vec((0..200_usize, 0..200_usize), 1..8),
        ) {
            let page = Snapshot { texts: nodes.iter().map(|(t, _)| t.clone()).collect(), ..Snapshot::default() };
            let mut article = Article::default();
            for (node, (text, how)) in nodes.iter().enumerate() {
                // 0: left out; 1: kept whole; 2: kept, each run of white space as one inserted space
                if *how == 0 { continue }
                let mut from = 0;
                for word in text.split_inclusive(|c: char| *how == 2 && c.is_whitespace()) {
                    let kept = if *how == 2 { word.trim_end() } else { word };
                    let start = article.text.len();
                    article.text.push_str(kept);
                    if !kept.is_empty() {
                        article.pieces.push(Piece {
                            span: Span::new(start, article.text.len()),
                            node: node as u32,
                            at: text[..from].encode_utf16().count() as u32,
                        });
                    }
                    if kept.len() < word.len() && !article.text.ends_with(' ') { article.text.push(' ') }
                    from += word.len();
                }
            }
            let anchors = Anchors::new(&page, &article);
            let place = |n: usize| {
                let mut n = n.min(article.text.len());
                while !article.text.is_char_boundary(n) { n -= 1 }
                n
            };
            for (a, b) in ends {
                let span = Span::new(place(a.min(b)), place(a.max(b)));
                let runs = anchors.locate(span);
                let mut under = String::new();
                for run in &runs {
                    let words = reread(&page.texts, run.start, run.end);
                    prop_assert!(words.trim() == words && !words.is_empty());
                    prop_assert_eq!(bare(&words), bare(run.span.of(&article.text)));
                    under.push_str(&words);
                }
                prop_assert_eq!(bare(&under), bare(span.of(&article.text)));
            }
        }
    }
}
