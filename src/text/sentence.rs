//! Sentences: where one ends inside a paragraph.
//!
//! A sentence ends at `.`, `!`, `?` or `…`, with the closing marks that follow, where what comes next can begin
//! one: a capital, a digit, an opening mark. Abbreviations carry their full stop inside the token, so a lone
//! full stop nearly always ends a sentence. A dateline ("MEXICO CITY (AP) —") is a sentence of its own: what follows
//! is said of no city.

use super::token::{Shape, Token};
use std::ops::Range;

/// Appends the sentences of `tokens[from..]`, which are one paragraph's, to `out`.
pub fn split(text: &str, tokens: &[Token], from: usize, out: &mut Vec<Range<usize>>) {
    let mut start = from;
    let mut at = from;
    if let Some(end) = dateline(text, tokens, from) {
        out.push(start..end);
        (start, at) = (end, end);
    }
    while at < tokens.len() {
        let mut end = at + 1;
        if ends_sentence(text, tokens, at) {
            while end < tokens.len() && tokens[end].glued && is_closing(tokens[end].span.of(text)) {
                end += 1;
            }
            if end >= tokens.len() || can_begin(text, tokens, end) {
                out.push(start..end);
                start = end;
            }
        }
        at = end;
    }
    if start < tokens.len() {
        out.push(start..tokens.len());
    }
}

/// Where the dateline that opens a paragraph ends, behind its dash: no word before that is in lower case, and what
/// comes next begins with a capital.
fn dateline(text: &str, tokens: &[Token], from: usize) -> Option<usize> {
    const LONGEST: usize = 12;
    let word = |at: usize| tokens.get(at).map_or("", |t| t.span.of(text));
    let lower = |at: usize| word(at).starts_with(char::is_lowercase);
    let dash = (from + 1..tokens.len().min(from + LONGEST))
        .take_while(|&at| !lower(at))
        .find(|&at| matches!(word(at), "—" | "–" | "-" | "--") && !tokens[at].glued)?;
    let next = dash + 1;
    let named = word(from).starts_with(char::is_uppercase);
    (named && tokens.len() > next && word(next).starts_with(char::is_uppercase)).then_some(next)
}

/// The token may close a sentence.
fn ends_sentence(text: &str, tokens: &[Token], at: usize) -> bool {
    let word = tokens[at].span.of(text);
    if tokens[at].shape == Shape::Mark {
        return matches!(word, "." | "!" | "?" | "…" | "..." | "....");
    }
    // An abbreviation closes one too where the next word is one that begins sentences and hardly a name.
    let next = tokens.get(at + 1).map_or("", |t| t.span.of(text));
    word.ends_with('.') && !is_title(word) && STARTERS.contains(&next)
}

/// What may follow the stop and still belong to the sentence.
fn is_closing(word: &str) -> bool {
    matches!(word, "\"" | "'" | "”" | "’" | "»" | ")" | "]" | "." | "!" | "?" | "…")
}

/// The token may open a sentence; it stands after white space, or opens with a capital.
fn can_begin(text: &str, tokens: &[Token], at: usize) -> bool {
    let word = tokens[at].span.of(text);
    let first = word.chars().next().unwrap_or(' ');
    if tokens[at].glued {
        return first.is_uppercase() && tokens[at].span.len() > 1;
    }
    !first.is_lowercase()
}

/// Abbreviations before a name.
fn is_title(word: &str) -> bool {
    matches!(
        word,
        "Mr."
            | "Mrs."
            | "Ms."
            | "Dr."
            | "Prof."
            | "Gen."
            | "Sen."
            | "Rep."
            | "Gov."
            | "Lt."
            | "Col."
            | "Sgt."
            | "Capt."
            | "Rev."
            | "St."
            | "vs."
            | "Hon."
            | "Maj."
            | "Adm."
    )
}

/// Words that begin sentences far more often than they begin names.
const STARTERS: &[&str] = &[
    "The",
    "A",
    "An",
    "In",
    "It",
    "He",
    "She",
    "They",
    "We",
    "I",
    "But",
    "And",
    "This",
    "That",
    "These",
    "Those",
    "On",
    "At",
    "For",
    "As",
    "If",
    "When",
    "While",
    "After",
    "Before",
    "His",
    "Her",
    "Their",
    "Its",
    "There",
    "However",
    "Meanwhile",
    "What",
    "Who",
    "Why",
    "How",
    "Some",
    "Many",
    "Most",
    "One",
    "Since",
    "You",
];

#[cfg(test)]
mod tests {
    use crate::{page::Article, text::Document};

    #[test]
    fn table() {
        for (text, want) in [
            ("He left. She stayed.", "He left.|She stayed."),
            ("“We won.” She smiled.", "“We won.”|She smiled."),
            ("“We won?” he asked. Yes.", "“We won?” he asked.|Yes."),
            (
                "Mr. Smith met Gen. Lee in the U.S. The talks failed.",
                "Mr. Smith met Gen. Lee in the U.S.|The talks failed.",
            ),
            ("It rose 1.5 percent. Then fell.", "It rose 1.5 percent.|Then fell."),
            ("Is it \"impossible.\" The two fell out", "Is it \"impossible.\"|The two fell out"),
            ("Apple Inc. shares fell", "Apple Inc. shares fell"),
            ("one line", "one line"),
            ("LIMA (Reuters) - Peru has agreed.", "LIMA (Reuters) -|Peru has agreed."),
            ("Delhi, Nov 3 – Police said so.", "Delhi, Nov 3 –|Police said so."),
            ("Peru – which agreed – left.", "Peru – which agreed – left."),
        ] {
            let article = Article::from_text(text);
            let document = Document::new(&article);
            let got: Vec<_> = document.sentences.iter().map(|s| document.span(s).of(text)).collect();
            assert_eq!(got.join("|"), want);
        }
    }
}
