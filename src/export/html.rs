//! The annotated article as one HTML page that stands alone: no script, no request, nothing but the text, the
//! overlays drawn in place, and the lists of who acts, who says what and what is claimed.
//!
//! Overlays overlap freely and HTML's elements nest, so a paragraph is cut into runs at every edge of a span,
//! and each run is one element that carries all of its layers. The links between the text and the lists are
//! plain fragments; what is pointed at lights up by CSS alone.

use crate::annotation::{Actor, Annotations, Claim, ClaimKind, Form, Kind, Quote, Voice};
use crate::page::{Article, Part};
use crate::text::Span;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Nothing may be fetched or run, whatever the page's text says.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// The annotations of `article` as a page.
pub fn html(article: &Article, annotations: &Annotations) -> String {
    let page = Page::new(article, annotations);
    let title = escape(if article.title.is_empty() { "Annotated article" } else { &article.title });
    let language = escape(&article.language);
    let Annotations { actors, quotes, claims, .. } = annotations;
    let lit = page.lit();
    let (text, cast, sayings, ranking) = (page.text(), page.cast(), page.sayings(), page.ranking());
    format!(
        r#"<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
{style}{lit}</style>
</head>
<body>
<div class="page">
<main>
<form class="legend" aria-label="What is shown">
<label><input type="checkbox" id="actors" checked> <span class="actor person">actors</span> {actors}</label>
<label><input type="checkbox" id="quotes" checked> <span class="quote">quotes</span> {quotes}</label>
<label><input type="checkbox" id="claims" checked> <span class="claim">key claims</span> {claims}</label>
</form>
<article>
{text}</article>
</main>
<aside>
<section aria-label="Cast"><h2>Cast <span>{actors}</span></h2>{cast}</section>
<section aria-label="Key claims"><h2>Key claims <span>{claims}</span></h2>{ranking}</section>
<section aria-label="Quotes"><h2>Quotes <span>{quotes}</span></h2>{sayings}</section>
</aside>
<footer>Annotated by Ascribe, by machine: check before you rely on it. The text belongs to its publisher.</footer>
</div>
</body>
</html>"#,
        style = include_str!("html.css"),
        actors = actors.len(),
        quotes = quotes.len(),
        claims = claims.len(),
    )
}

/// Text made safe for an HTML text node or a quoted attribute value.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}

/// What a stretch of text is part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    Quote(usize),
    Claim(usize),
    Source(usize),
    Cue(usize),
    Actor(usize),
}

/// One article being written.
struct Page<'a> {
    article: &'a Article,
    annotations: &'a Annotations,
    /// The place of each claim, the highest score first.
    ranks: Vec<usize>,
    /// What is quoted, each piece with its quote, in text order.
    said: Vec<(Span, &'a Quote)>,
}

/// The place of each claim when the highest score comes first.
fn ranks(claims: &[Claim]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..claims.len()).collect();
    order.sort_by(|a, b| claims[*b].score.total_cmp(&claims[*a].score));
    let mut ranks = vec![0; claims.len()];
    for (rank, claim) in order.into_iter().enumerate() {
        ranks[claim] = rank;
    }
    ranks
}

impl<'a> Page<'a> {
    fn new(article: &'a Article, annotations: &'a Annotations) -> Self {
        let pieces = |quote: &'a Quote| quote.spans.iter().map(move |span| (*span, quote));
        let mut said: Vec<_> = annotations.quotes.iter().flat_map(pieces).collect();
        said.sort_by_key(|(span, _)| *span);
        Self { article, annotations, ranks: ranks(&annotations.claims), said }
    }

    /// Every overlay's span, by where it begins.
    fn marks(&self) -> Vec<(Span, Mark)> {
        let Annotations { actors, quotes, claims, .. } = self.annotations;
        let mut marks = Vec::new();
        for (i, actor) in actors.iter().enumerate() {
            marks.extend(actor.mentions.iter().map(|m| (m.span, Mark::Actor(i))));
        }
        for (i, quote) in quotes.iter().enumerate() {
            marks.extend(quote.spans.iter().map(|span| (*span, Mark::Quote(i))));
            marks.extend(quote.source.map(|span| (span, Mark::Source(i))));
            marks.extend(quote.cue.map(|span| (span, Mark::Cue(i))));
        }
        marks.extend(claims.iter().enumerate().map(|(i, claim)| (claim.span, Mark::Claim(i))));
        marks.retain(|(span, _)| !span.is_empty());
        marks.sort_unstable();
        marks
    }

    /// The article's paragraphs, overlays drawn.
    fn text(&self) -> String {
        let marks = self.marks();
        let mut out = String::new();
        let mut begun = BTreeSet::new();
        for paragraph in &self.article.paragraphs {
            let (open, close) = match paragraph.part {
                Part::Headline => ("<h1", "</h1>"),
                Part::Subhead => ("<h2", "</h2>"),
                Part::Standfirst => ("<p class=\"standfirst\"", "</p>"),
                Part::Byline | Part::Date => ("<p class=\"meta\"", "</p>"),
                Part::Caption => ("<p class=\"caption\"", "</p>"),
                Part::Body => ("<p", "</p>"),
            };
            let _ = write!(out, "{open} dir=\"auto\">");
            // Every span lies inside one paragraph.
            let from = marks.partition_point(|(span, _)| span.start < paragraph.span.start);
            let to = marks.partition_point(|(span, _)| span.start < paragraph.span.end);
            self.runs(paragraph.span, marks.get(from..to).unwrap_or_default(), &mut begun, &mut out);
            let _ = writeln!(out, "{close}");
        }
        out
    }

    /// One paragraph, cut at every edge of the marks that touch it; `begun` holds the marks that have had their
    /// anchor.
    fn runs(&self, whole: Span, marks: &[(Span, Mark)], begun: &mut BTreeSet<Mark>, out: &mut String) {
        let mut edges: Vec<usize> = marks
            .iter()
            .flat_map(|(span, _)| [span.start, span.end])
            .chain([whole.start, whole.end])
            .filter(|at| (whole.start..=whole.end).contains(at))
            .collect();
        edges.sort_unstable();
        edges.dedup();
        let mut coming = marks.iter().peekable();
        let mut live: Vec<(Span, Mark)> = Vec::new();
        for pair in edges.windows(2) {
            let &[start, end] = pair else { continue };
            live.retain(|(span, _)| span.end > start);
            while let Some((span, mark)) = coming.next_if(|(span, _)| span.start <= start) {
                if !matches!(mark, Mark::Source(_) | Mark::Cue(_)) && begun.insert(*mark) {
                    let _ = write!(out, "<a id=\"{}\"></a>", id(*mark));
                }
                live.push((*span, *mark));
            }
            self.run(Span::new(start, end), &live, out);
            for (span, mark) in &live {
                if span.end == end {
                    self.reference(*mark, *span, out);
                }
            }
        }
    }

    /// One run of text under the same marks.
    fn run(&self, span: Span, live: &[(Span, Mark)], out: &mut String) {
        let text = escape(span.of(&self.article.text));
        if live.is_empty() {
            out.push_str(&text);
            return;
        }
        let mut classes = Vec::new();
        let mut titles = Vec::new();
        for (_, mark) in live {
            classes.push(id(*mark));
            let (class, title) = self.describe(*mark);
            classes.push(class.into());
            titles.extend(title);
        }
        classes.sort();
        classes.dedup();
        let _ = write!(out, "<span class=\"{}\"", classes.join(" "));
        if !titles.is_empty() {
            let _ = write!(out, " title=\"{}\"", escape(&titles.join("\n")));
        }
        let _ = write!(out, ">{text}</span>");
    }

    /// The class of a mark, and what hovering over it tells.
    fn describe(&self, mark: Mark) -> (&'static str, Option<String>) {
        let Annotations { actors, quotes, claims, .. } = self.annotations;
        match mark {
            Mark::Actor(i) => {
                let Some(actor) = actors.get(i) else { return ("", None) };
                let role = actor.role.as_ref().map_or(String::new(), |role| format!(", {role}"));
                let class = match actor.kind {
                    Kind::Person => "actor person",
                    Kind::Organisation => "actor organisation",
                    Kind::Place => "actor place",
                    Kind::Group => "actor group",
                };
                (class, Some(format!("{} ({}{role})", actor.name, kind(actor.kind))))
            }
            Mark::Quote(i) => ("quote", quotes.get(i).map(|q| format!("Said by {}", self.speaker(q)))),
            Mark::Claim(i) => ("claim", claims.get(i).map(|c| self.vouched(c))),
            Mark::Source(_) => ("source", None),
            Mark::Cue(_) => ("cue", None),
        }
    }

    /// The small link at the end of a quote or a claim to its place in the list.
    fn reference(&self, mark: Mark, span: Span, out: &mut String) {
        let Annotations { quotes, claims, .. } = self.annotations;
        match mark {
            Mark::Quote(i) => {
                let last = quotes.get(i).is_some_and(|q| q.spans.last() == Some(&span));
                if last {
                    let who = quotes.get(i).map_or(String::new(), |q| escape(&self.speaker(q)));
                    let n = i + 1;
                    let _ = write!(
                        out,
                        "<sup><a class=\"to-quote\" href=\"#list-q{i}\" aria-label=\"Quote {n}, said by {who}\" title=\"Said by {who}\">{n}</a></sup>"
                    );
                }
            }
            Mark::Claim(i) => {
                let what = claims.get(i).map_or(String::new(), |c| escape(&self.vouched(c)));
                let rank = self.ranks.get(i).map_or(0, |rank| rank + 1);
                let _ = write!(
                    out,
                    "<sup><a class=\"to-claim\" href=\"#list-c{i}\" aria-label=\"{what}\" title=\"{what}\">{rank}</a></sup>"
                );
            }
            Mark::Actor(_) | Mark::Source(_) | Mark::Cue(_) => {}
        }
    }

    fn actor(&self, id: Option<usize>) -> Option<&Actor> {
        self.annotations.actors.get(id?)
    }

    /// Who says a quote, as well as the article tells.
    fn speaker(&self, quote: &Quote) -> String {
        let named = self.actor(quote.speaker).map(|a| a.name.clone());
        named
            .or_else(|| quote.unnamed.clone())
            .or_else(|| quote.source.map(|span| span.of(&self.article.text).to_owned()))
            .unwrap_or_else(|| "someone not named".into())
    }

    /// Who makes a claim, in words.
    fn claimant(&self, claim: &Claim) -> String {
        match claim.voice {
            Voice::Article => "the article itself".into(),
            Voice::Attributed => {
                let name = self.actor(claim.claimant).map(|a| a.name.clone());
                // The last quote that begins no later than the claim ends holds it, or nearly always.
                let to = self.said.partition_point(|(span, _)| span.start < claim.span.end);
                let quote =
                    self.said.iter().take(to).next_back().filter(|(span, _)| span.overlaps(claim.span));
                name.or_else(|| quote.map(|(_, quote)| self.speaker(quote)))
                    .unwrap_or_else(|| "a source without a name".into())
            }
        }
    }

    fn vouched(&self, claim: &Claim) -> String {
        let hedge =
            claim.hedge.map_or(String::new(), |h| format!(", hedged by “{}”", h.of(&self.article.text)));
        format!("Claim by {}: {}{hedge}", self.claimant(claim), claim_kind(claim.kind))
    }

    /// What the article gives for a claim, in words; not that it bears the claim out.
    fn evidence(claim: &Claim) -> String {
        let link = claim.evidence.link.as_ref().map(|link| match &*link.host {
            "" => "another page of this site, linked".to_owned(),
            host => format!("a linked document ({host})"),
        });
        let source = match (claim.claimant, claim.evidence.source) {
            (Some(_), _) => Some("a named source".to_owned()),
            (None, Some(_)) => Some("a source without a name".to_owned()),
            (None, None) => None,
        };
        let given: Vec<_> = [link, source].into_iter().flatten().collect();
        if given.is_empty() { "none".to_owned() } else { given.join("; ") }
    }

    /// The cast, those named most first.
    fn cast(&self) -> String {
        let mut spoken = vec![0; self.annotations.actors.len()];
        for speaker in self.annotations.quotes.iter().filter_map(|q| q.speaker) {
            if let Some(count) = spoken.get_mut(speaker) {
                *count += 1;
            }
        }
        let mut cast: Vec<_> = self.annotations.actors.iter().zip(spoken).enumerate().collect();
        cast.sort_by_key(|(_, (actor, spoken))| std::cmp::Reverse(actor.mentions.len() + 2 * spoken));
        let mut out = String::from("<ul>");
        let leads =
            cast.iter().take_while(|(_, (actor, spoken))| actor.mentions.len() + 2 * spoken > 1).count();
        let rest = cast.len() - leads;
        for (at, (i, (actor, spoken))) in cast.into_iter().enumerate() {
            if at == leads && leads > 0 {
                let _ = write!(out, "</ul><details class=\"more\"><summary>named once: {rest}</summary><ul>");
            }
            let glyph = match actor.kind {
                Kind::Person => "●",
                Kind::Organisation => "■",
                Kind::Place => "◆",
                Kind::Group => "▲",
            };
            let kind = kind(actor.kind);
            let name = escape(&actor.name);
            let role = actor.role.as_ref().map_or(String::new(), |role| format!("<br>{}", escape(role)));
            let mentions = counted(actor.mentions.len(), "mention");
            let quotes = if spoken == 0 { String::new() } else { format!(", {}", counted(spoken, "quote")) };
            let _ = write!(
                out,
                "<li class=\"entry\"><span class=\"glyph {kind}\" title=\"{kind}\">{glyph}</span>\
                 <span><a class=\"name\" href=\"#a{i}\">{name}</a>{role}<br><small>{kind}, {mentions}{quotes}</small></span></li>"
            );
        }
        out + if leads > 0 && rest > 0 { "</ul></details>" } else { "</ul>" }
    }

    /// The quotes under their speakers, in the order that these first speak.
    fn sayings(&self) -> String {
        let mut speakers: Vec<(String, Vec<usize>)> = Vec::new();
        let mut place = BTreeMap::new();
        for (i, quote) in self.annotations.quotes.iter().enumerate() {
            let speaker = self.speaker(quote);
            let at = *place.entry((quote.speaker, speaker.clone())).or_insert(speakers.len());
            match speakers.get_mut(at) {
                Some((_, list)) => list.push(i),
                None => speakers.push((speaker, vec![i])),
            }
        }
        let mut out = String::new();
        for (speaker, list) in speakers {
            let _ = write!(out, "<details open><summary>{}</summary><ul>", escape(&speaker));
            for i in list {
                let Some(quote) = self.annotations.quotes.get(i) else { continue };
                let words: Vec<_> = quote.spans.iter().map(|s| s.of(&self.article.text)).collect();
                let form = match quote.form {
                    Form::Direct => "direct",
                    Form::Indirect => "indirect",
                    Form::Mixed => "mixed",
                };
                let cue =
                    quote.cue.map_or(String::new(), |c| format!(", “{}”", escape(c.of(&self.article.text))));
                let _ = write!(
                    out,
                    "<li id=\"list-q{i}\"><a href=\"#q{i}\">{}</a><br><small>{}, {form}{cue}</small></li>",
                    escape(&clipped(&words.join(" … "))),
                    i + 1,
                );
            }
            out.push_str("</ul></details>");
        }
        out
    }

    /// The claims, those to check first on top.
    fn ranking(&self) -> String {
        let mut ranked: Vec<_> = self.annotations.claims.iter().zip(&self.ranks).enumerate().collect();
        ranked.sort_by_key(|(_, (_, rank))| **rank);
        let mut out = String::from("<ol>");
        for (i, (claim, rank)) in ranked {
            let hedge = claim.hedge.map_or(String::new(), |h| {
                format!(" <span class=\"tag\">qualified: <i>{}</i></span>", escape(h.of(&self.article.text)))
            });
            let _ = write!(
                out,
                "<li class=\"rank\" id=\"list-c{i}\"><span><small>{}</small><br><meter min=\"0\" max=\"1\" value=\"{:.2}\" title=\"how much it wants checking: {:.2}\"></meter></span>\
                 <span><a href=\"#c{i}\">{}</a><br><span class=\"said\">{} <span class=\"tag\">{}</span>{hedge}\
                 <br>Evidence given: {}</span></span></li>",
                rank + 1,
                claim.score,
                claim.score,
                escape(&clipped(claim.span.of(&self.article.text))),
                escape(&self.claimant(claim)),
                claim_kind(claim.kind),
                escape(&Self::evidence(claim)),
            );
        }
        out + "</ol>"
    }

    /// The rules that light up an item's text while it is pointed at from a list or by the address.
    fn lit(&self) -> String {
        // A style sheet of more rules would make a long page slow.
        const MOST: usize = 500;
        let Annotations { actors, quotes, claims, .. } = self.annotations;
        let mut out = String::new();
        if actors.len() + quotes.len() + claims.len() > MOST {
            return out;
        }
        for (letter, count) in [('a', actors.len()), ('q', quotes.len()), ('c', claims.len())] {
            for i in 0..count {
                let item = format!("{letter}{i}");
                let _ = writeln!(
                    out,
                    ":root:has(#{item}:target, [href=\"#{item}\"]:is(:hover, :focus-visible)) .{item} {{ background: var(--lit); }}"
                );
            }
        }
        out
    }
}

/// The fragment and class of a mark's item.
fn id(mark: Mark) -> String {
    match mark {
        Mark::Actor(i) => format!("a{i}"),
        Mark::Claim(i) => format!("c{i}"),
        Mark::Quote(i) | Mark::Source(i) | Mark::Cue(i) => format!("q{i}"),
    }
}

const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "person",
        Kind::Organisation => "organisation",
        Kind::Place => "place",
        Kind::Group => "group",
    }
}

const fn claim_kind(kind: ClaimKind) -> &'static str {
    match kind {
        ClaimKind::Quantity => "quantity",
        ClaimKind::Comparison => "comparison",
        ClaimKind::Cause => "cause",
        ClaimKind::Event => "event",
        ClaimKind::Accusation => "accusation or denial",
        ClaimKind::Prediction => "prediction",
        ClaimKind::Finding => "finding",
    }
}

/// "1 quote", "2 quotes".
fn counted(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

/// At most about 180 characters, cut between words.
fn clipped(text: &str) -> String {
    const LONGEST: usize = 180;
    let Some((end, _)) = text.char_indices().nth(LONGEST) else { return text.to_owned() };
    let head = text.get(..end).unwrap_or(text);
    let cut = head.rfind(char::is_whitespace).filter(|at| *at > 0).unwrap_or(end);
    format!("{}…", head.get(..cut).unwrap_or(head).trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Evidence, Gender, Mention};
    use crate::page::Link;
    use proptest::prelude::*;

    #[test]
    fn escaping() {
        for (text, want) in [
            ("plain “text”", "plain “text”"),
            ("<script>alert('x')</script>", "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"),
            ("a\" onload=\"b", "a&quot; onload=&quot;b"),
            ("R&D &amp;", "R&amp;D &amp;amp;"),
        ] {
            assert_eq!(escape(text), want);
        }
    }

    #[test]
    fn overlapping_spans_become_runs() {
        let article = Article::from_text("Head\n\nAnn said <b> 9 died.");
        let at = |words: &str| {
            let start = article.text.find(words).unwrap_or(0);
            Span::new(start, start + words.len())
        };
        let annotations = Annotations {
            actors: vec![Actor {
                name: "Ann <Lee>".into(),
                kind: Kind::Person,
                role: None,
                gender: Some(Gender::Female),
                mentions: vec![Mention { span: at("Ann"), acting: false }],
            }],
            quotes: vec![Quote {
                form: Form::Indirect,
                spans: vec![at("<b> 9 died")],
                source: Some(at("Ann")),
                cue: Some(at("said")),
                speaker: Some(0),
                unnamed: None,
            }],
            claims: vec![Claim {
                span: at("9 died"),
                voice: Voice::Attributed,
                claimant: Some(0),
                kind: ClaimKind::Quantity,
                hedged: false,
                hedge: None,
                evidence: Evidence::default(),
                score: 0.5,
            }],
            further: Vec::new(),
        };
        let page = html(&article, &annotations);
        for want in [
            "<span class=\"a0 actor person q0 source\" title=\"Ann &lt;Lee&gt; (person)\">Ann</span>",
            "<span class=\"cue q0\">said</span>",
            "<span class=\"q0 quote\" title=\"Said by Ann &lt;Lee&gt;\">&lt;b&gt; </span>",
            "<span class=\"c0 claim q0 quote\" title=\"Said by Ann &lt;Lee&gt;&#10;",
        ] {
            assert!(page.contains(&want.replace("&#10;", "\n")), "{want}\n{page}");
        }
        assert!(!page.contains("<b>") && !page.contains("<script"));
    }

    #[test]
    fn a_claim_tells_its_hedge_and_its_evidence() {
        let article = Article::from_text("Head\n\nUp to 9 <b> may have died.");
        let at = |words: &str| {
            let start = article.text.find(words).unwrap_or(0);
            Span::new(start, start + words.len())
        };
        let link = |host: &str| Some(Link { span: at("died"), host: host.to_owned() });
        for (claimant, source, link, want) in [
            (None, None, None, "none"),
            (None, None, link(""), "another page of this site, linked"),
            (None, Some(at("Up")), None, "a source without a name"),
            (Some(0), None, link("a&b.example"), "a linked document (a&amp;b.example); a named source"),
        ] {
            let claim = Claim {
                span: at("9 <b> may have died"),
                voice: if claimant.is_some() { Voice::Attributed } else { Voice::Article },
                claimant,
                kind: ClaimKind::Quantity,
                hedged: true,
                hedge: Some(at("<b> may")),
                evidence: Evidence { source, link },
                score: 0.5,
            };
            let page = html(&article, &Annotations { claims: vec![claim], ..Annotations::default() });
            assert!(page.contains(&format!("Evidence given: {want}</span>")), "{want}\n{page}");
            assert!(page.contains("qualified: <i>&lt;b&gt; may</i>"), "{page}");
        }
    }

    /// What a reader sees of an element: its text, tags and numbers of references taken away.
    fn visible(html: &str) -> String {
        let mut out = String::new();
        let (mut tag, mut sup) = (false, false);
        for (at, c) in html.char_indices() {
            if html[at..].starts_with("<sup>") {
                sup = true;
            } else if html[at..].starts_with("</sup>") {
                sup = false;
            }
            match c {
                '<' => tag = true,
                '>' => tag = false,
                _ if !tag && !sup => out.push(c),
                _ => {}
            }
        }
        let out = out.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
        out.replace("&amp;", "&")
    }

    proptest! {
        #[test]
        fn the_text_is_all_there(text in "([A-Z][a-z]{1,6}( [A-Za-z<&]{1,8}| said| [0-9]{1,3}| “|,”| é👩‍👧){0,9}[.] |\n\n){1,9}") {
            let article = Article::from_text(&text);
            let annotations = crate::annotate(&Article { language: "en".into(), ..article.clone() }).unwrap();
            let page = Page::new(&article, &annotations);
            let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            prop_assert_eq!(words(&visible(&page.text())), words(&text));
        }
    }
}
