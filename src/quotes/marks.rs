//! Quotation marks: which of them open, which close, and what stands between.
//!
//! Newsrooms use “…” ‘…’ "…" '…' «…» „…“ ''…'' 「…」 and nest them; the marks that look like apostrophes often are.
//! A pair is matched inside its paragraph with a stack. A quotation that is opened anew in the next paragraph
//! may stay open to its paragraph's end: of a speech over several paragraphs only the last is closed (Chicago
//! Manual of Style 13.32). An opening mark that nothing closes reaches no further than its paragraph.
//!
//! Linear: each token is pushed once and popped once.

use crate::text::{Document, Shape};
use std::ops::Range;

/// Words between quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// Its tokens, the marks included.
    pub tokens: Range<usize>,
    /// How many quotations it stands in.
    pub depth: usize,
    /// The closing mark is there.
    pub closed: bool,
}

/// The families of marks; an opening mark is closed by one of its own family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    Double,
    Single,
    StraightDouble,
    StraightSingle,
    /// '' or `` typed for a double mark.
    Pair,
    Guillemet,
    /// ‹›, within guillemets or alone.
    SingleGuillemet,
    /// 「」 of Japanese and Chinese.
    Corner,
    /// 『』, within these or alone.
    WhiteCorner,
}

#[derive(Clone, Copy)]
struct Open {
    family: Family,
    token: usize,
}

/// What a mark can do where it stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    Opens,
    Closes,
    Either,
    Neither,
}

/// Every quotation of the article, in order of its opening mark.
pub fn quotations(document: &Document) -> Vec<Quotation> {
    matched(document).0
}

/// The quotations, and how many steps it took to match their marks.
fn matched(document: &Document) -> (Vec<Quotation>, usize) {
    let mut steps = 0;
    let mut out = Vec::new();
    let mut dangling = Vec::new();
    for (index, sentences) in document.paragraphs.iter().enumerate() {
        let tokens = paragraph_tokens(document, sentences);
        if let Some(token) = paragraph(document, &tokens, &mut out, &mut steps) {
            dangling.push((index, token));
        }
    }
    for (index, token) in dangling {
        if let Some(end) = dangling_end(document, index, token) {
            out.push(Quotation { tokens: token..end, depth: 0, closed: false });
        }
    }
    out.sort_by_key(|q| (q.tokens.start, usize::MAX - q.tokens.end));
    nest(&mut out);
    (out, steps)
}

/// The tokens of a paragraph given as a range of sentences.
pub fn paragraph_tokens(document: &Document, sentences: &Range<usize>) -> Range<usize> {
    let inside = document.sentences.get(sentences.clone()).unwrap_or_default();
    match (inside.first(), inside.last()) {
        (Some(first), Some(last)) => first.start..last.end,
        _ => 0..0,
    }
}

/// Sets the depth of each quotation and drops those that cross another; they are in order of their start.
fn nest(quotations: &mut Vec<Quotation>) {
    let mut ends: Vec<usize> = Vec::new();
    quotations.retain_mut(|q| {
        while ends.last().is_some_and(|end| *end <= q.tokens.start) {
            ends.pop();
        }
        let crosses = ends.last().is_some_and(|end| *end < q.tokens.end);
        if !crosses {
            q.depth = ends.len();
            ends.push(q.tokens.end);
        }
        !crosses
    });
}

/// Where a quotation ends whose mark nothing closes: with the paragraph where the mark opens it or the next
/// paragraph opens with a mark too, else with its sentence.
fn dangling_end(document: &Document, paragraph: usize, token: usize) -> Option<usize> {
    let here = paragraph_tokens(document, document.paragraphs.get(paragraph)?);
    let next = document
        .paragraphs
        .get(paragraph + 1)
        .map(|p| paragraph_tokens(document, p))
        .is_some_and(|p| !p.is_empty() && document.word(p.start) == document.word(token));
    if next || token == here.start {
        return Some(here.end);
    }
    let sentence = document.sentences.get(document.sentence_of(token))?;
    (sentence.end > token + 2).then_some(sentence.end)
}

/// Matches the marks of one paragraph; returns the outermost opening mark that stays open.
fn paragraph(
    document: &Document,
    tokens: &Range<usize>,
    out: &mut Vec<Quotation>,
    steps: &mut usize,
) -> Option<usize> {
    let closers = later_single_closers(document, tokens);
    let mut stack: Vec<Open> = Vec::new();
    let mut open = [0_usize; 9];
    let mut at = tokens.start;
    while at < tokens.end {
        *steps += 1;
        let Some((family, width)) = mark(document, at) else {
            at += 1;
            continue;
        };
        let depth = open[family as usize];
        let turn = match turn(document, at, width, family, &stack) {
            Turn::Either if depth > 0 => Turn::Closes,
            Turn::Either => Turn::Opens,
            turn => turn,
        };
        match turn {
            Turn::Opens => {
                // The same family is never open twice: the earlier mark was one too many.
                if depth > 0 {
                    while let Some(top) = stack.pop() {
                        *steps += 1;
                        open[top.family as usize] -= 1;
                        if top.family == family {
                            break;
                        }
                    }
                }
                stack.push(Open { family, token: at });
                open[family as usize] += 1;
            }
            Turn::Closes => {
                // “It is so": what one hand opened another closed.
                let family = if depth > 0 { Some(family) } else { other_hand(family) };
                let Some(family) = family.filter(|f| open[*f as usize] > 0) else {
                    at += width;
                    continue;
                };
                let later = closers.get(at - tokens.start).copied().unwrap_or(false);
                if !(is_single(family) && later && is_possessive(document, at)) {
                    while let Some(top) = stack.pop() {
                        *steps += 1;
                        open[top.family as usize] -= 1;
                        if top.family == family {
                            if at > top.token + mark_width(document, top.token) {
                                out.push(Quotation { tokens: top.token..at + width, depth: 0, closed: true });
                            }
                            break;
                        }
                    }
                }
            }
            _ => {}
        }
        at += width;
    }
    stack.iter().find(|o| !is_single(o.family)).map(|o| o.token)
}

/// The double marks that are taken for one another.
const fn other_hand(family: Family) -> Option<Family> {
    match family {
        Family::Double => Some(Family::StraightDouble),
        Family::StraightDouble => Some(Family::Double),
        _ => None,
    }
}

const fn is_single(family: Family) -> bool {
    matches!(family, Family::Single | Family::StraightSingle)
}

/// The family of the mark at a token, and how many tokens it takes.
fn mark(document: &Document, at: usize) -> Option<(Family, usize)> {
    if document.tokens.get(at).is_none_or(|t| !matches!(t.shape, Shape::Mark | Shape::Clitic)) {
        return None;
    }
    let twin = |word| document.word(at + 1) == word && document.tokens.get(at + 1).is_some_and(|t| t.glued);
    Some(match document.word(at) {
        "“" | "”" | "„" | "‟" => (Family::Double, 1),
        "\"" | "＂" => (Family::StraightDouble, 1),
        "«" | "»" => (Family::Guillemet, 1),
        "'" if twin("'") => (Family::Pair, 2),
        "`" if twin("`") => (Family::Pair, 2),
        "‹" | "›" => (Family::SingleGuillemet, 1),
        "「" | "」" => (Family::Corner, 1),
        "『" | "』" => (Family::WhiteCorner, 1),
        "‘" | "’" | "‚" | "‛" | "`" => (Family::Single, 1),
        "'" => (Family::StraightSingle, 1),
        _ => return None,
    })
}

/// How many tokens the mark at `at` takes; 1 where there is none.
pub fn mark_width(document: &Document, at: usize) -> usize {
    mark(document, at).map_or(1, |(_, width)| width)
}

/// What the mark can do where it stands, judged by the white space around it.
fn turn(document: &Document, at: usize, width: usize, family: Family, stack: &[Open]) -> Turn {
    let before = before(document, at);
    let touches_after = document.tokens.get(at + width).is_some_and(|t| t.glued);
    let next = document.word(at + width);
    let word_after = touches_after && next.starts_with(|c: char| c.is_alphanumeric());
    let opens = before != Before::Word && touches_after;
    let closes = before != Before::Space && !word_after;
    let by_space = match (opens, closes) {
        (true, false) => Turn::Opens,
        (false, true) => Turn::Closes,
        _ => Turn::Either,
    };
    let low = stack.last().is_some_and(|o| o.family == family && matches!(document.word(o.token), "„" | "‚"));
    match document.word(at) {
        // “ closes what „ opened, and closes by mistake too.
        "“" if low || (!opens && closes && before == Before::Word) => Turn::Closes,
        "“" | "„" | "‟" | "‚" | "‛" | "「" | "『" => Turn::Opens,
        // A full stop or a bracket may follow a closing mark, and so may nothing at all.
        "”" if opens && !closes && stack.iter().rev().take(3).all(|o| o.family != family) => Turn::Opens,
        "”" | "」" | "』" => Turn::Closes,
        // French sets them off by spaces, « ainsi », and German turns them, »so«.
        "«" | "»" | "‹" | "›" => {
            let leads = touches_after && !matches!(next, "," | "." | ";" | ":" | "!" | "?" | ")" | "…");
            let inner = before != Before::Space && stack.last().is_some_and(|o| o.token + 1 == at);
            match before {
                _ if inner && leads => Turn::Opens,
                Before::Space | Before::Opening if leads => Turn::Opens,
                Before::Word if !leads || matches!(next, "«" | "»" | "‹" | "›") => Turn::Closes,
                _ if matches!(document.word(at), "«" | "‹") => Turn::Opens,
                _ => Turn::Closes,
            }
        }
        "‘" if low => Turn::Closes,
        "‘" | "`" if opens && !elided(next) => Turn::Opens,
        "’" | "`" if closes => Turn::Closes,
        "‘" | "’" => Turn::Neither,
        "'" if family == Family::StraightSingle => match by_space {
            Turn::Opens if elided(next) => Turn::Neither,
            Turn::Either if before == Before::Space || word_after => Turn::Neither,
            turn => turn,
        },
        // Inches and seconds: 5'10".
        "\"" if before == Before::Word
            && document.word(at - 1).ends_with(|c: char| c.is_ascii_digit())
            && stack.iter().rev().take(3).all(|o| o.family != family) =>
        {
            Turn::Neither
        }
        _ => by_space,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// White space or the paragraph's start.
    Space,
    /// An opening bracket, a dash or another mark.
    Opening,
    /// A word, or what ends one.
    Word,
}

fn before(document: &Document, at: usize) -> Before {
    if !document.tokens.get(at).is_some_and(|t| t.glued) {
        return Before::Space;
    }
    match document.word(at.wrapping_sub(1)) {
        "(" | "[" | "{" | "“" | "‘" | "«" | "„" | "‚" | "/" | ":" | "-" => Before::Opening,
        dash if dash.starts_with(['—', '–', '-']) => Before::Opening,
        "\"" | "'" | "`" if at >= 2 && !document.tokens.get(at - 1).is_some_and(|t| t.glued) => {
            Before::Opening
        }
        _ => Before::Word,
    }
}

/// Words that lose their first letter: ’90s, ’em, ’cause.
fn elided(next: &str) -> bool {
    next.starts_with(|c: char| c.is_ascii_digit()) && next.ends_with('s')
        || ["em", "til", "till", "cause", "tis", "twas", "n", "bout", "round", "neath"]
            .iter()
            .any(|word| next.eq_ignore_ascii_case(word))
}

/// For each token of the paragraph: a mark that closes single quotations follows before the next opening one.
fn later_single_closers(document: &Document, tokens: &Range<usize>) -> Vec<bool> {
    let mut later = false;
    let mut out = vec![false; tokens.len()];
    for at in tokens.clone().rev() {
        if let Some(slot) = out.get_mut(at - tokens.start) {
            *slot = later;
        }
        if let Some((Family::Single | Family::StraightSingle, _)) = mark(document, at) {
            let before = before(document, at);
            let touches = document.tokens.get(at + 1).is_some_and(|t| t.glued);
            let opens = touches && before != Before::Word;
            later = !opens && before == Before::Word && (later || !is_possessive(document, at));
        }
    }
    out
}

/// The single mark may be the apostrophe of a plural: "the workers’ union".
fn is_possessive(document: &Document, at: usize) -> bool {
    let owner = document.word(at.wrapping_sub(1));
    let next = document.tokens.get(at + 1);
    owner.ends_with(['s', 'z', 'x'])
        && next.is_some_and(|t| !t.glued && matches!(t.shape, Shape::Word | Shape::Number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Article;

    fn found(text: &str) -> Vec<String> {
        let article = Article::from_text(text);
        let document = Document::new(&article);
        quotations(&document)
            .iter()
            .map(|q| format!("{}{}", ">".repeat(q.depth), document.span(&q.tokens).of(text)))
            .collect()
    }

    #[test]
    fn no_pattern_of_marks_takes_more_than_linear_work() {
        for pattern in ["“", "”", "“ ‘", "‘ ’ “", "\" '", "« “ ‘ \" '", "“a ‘b ", "“x’ ", "'s ’s ‘s ", "„“ "]
        {
            let text = pattern.repeat(20_000);
            let article = Article::from_text(&text);
            let document = Document::new(&article);
            let (_, steps) = matched(&document);
            assert!(steps <= 2 * document.tokens.len(), "{pattern}: {steps} steps");
        }
    }

    #[test]
    fn table() {
        for (text, want) in [
            ("He said “we won” today.", "“we won”"),
            ("\"We won,\" he said. \"They lost.\"", "\"We won,\"|\"They lost.\""),
            ("‘We won’t go,’ he said.", "‘We won’t go,’"),
            ("‘The workers’ union won,’ he said.", "‘The workers’ union won,’"),
            ("The workers’ union and the firms’ lawyers.", ""),
            ("'It's a horrible idea,' she said", "'It's a horrible idea,'"),
            ("the ’90s and the '80s, rock ’n’ roll", ""),
            ("''We won,'' he said of the '90s.", "''We won,''"),
            ("``We won,'' he said.", "``We won,''"),
            ("«We won», he said.", "«We won»"),
            ("»Wir siegten«, he said.", "»Wir siegten«"),
            ("Er sagte ›nein, nie‹ und ging.", "›nein, nie‹"),
            ("»Er rief ›nein‹«, sagte sie.", "»Er rief ›nein‹«|>›nein‹"),
            ("»›Nein‹ rief er«, sagte sie.", "»›Nein‹ rief er«|>›Nein‹"),
            ("Il a dit ‹oui, c’est vrai› hier.", "‹oui, c’est vrai›"),
            ("« Nous avons gagné », dit-il. « Oui. »", "« Nous avons gagné »|« Oui. »"),
            ("Il dit : « Oui », puis « non ».", "« Oui »|« non »"),
            ("„We won“, he said. “Oh.”", "„We won“|“Oh.”"),
            (
                "市長は「港を閉める」と述べ、「『古い』港だ」と語った。",
                "「港を閉める」|「『古い』港だ」|>『古い』",
            ),
            ("部长表示“谈判仍在继续”，并说“不会”。", "“谈判仍在继续”|“不会”"),
            ("“He told me ‘go’ twice,” she said.", "“He told me ‘go’ twice,”|>‘go’"),
            ("\"He told me 'go' twice,\" she said.", "\"He told me 'go' twice,\"|>'go'"),
            ("“We won”—“no”", "“We won”|“no”"),
            ("He is 5'10\" and 6'2\" tall, \"big\" they say.", "\"big\""),
            ("An “open mark. And “a pair” here.", "“a pair”"),
            ("“One.\n\n“Two,” he said.", "“One.|“Two,”"),
            ("“One. Two.\n\nThree.", "“One. Two."),
            ("He said “one two. Three.\n\nFour.", "“one two."),
            ("A stray ” and another ’ here.", ""),
            ("\"We won,” she said.", "\"We won,”"),
            ("“We won,\" she said. \"They lost.\"", "“We won,\"|\"They lost.\""),
            ("“”", ""),
        ] {
            assert_eq!(found(text).join("|"), want, "{text}");
        }
    }
}
