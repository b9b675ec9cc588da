//! Reporting clauses behind a quotation, whatever their verb: “We won,” quips the mayor. “We won,” one fan tweeted.
//!
//! Newspapers part speech from who says it by a comma, in American usage inside the marks. So where no cue was
//! found, a verb with a noun phrase between such a comma and the next mark is one, though no model has met it.

use super::marks;
use super::view::View;
use crate::tagger::Pos;
use std::ops::Range;

/// A reporting clause takes no more tokens than this.
const CLAUSE: usize = 12;

/// The cue and the source of the reporting clause that follows the quotation `quoted`.
pub fn clause(view: &View, quoted: &Range<usize>) -> Option<(usize, Range<usize>)> {
    let document = view.document;
    let closing = quoted.end.checked_sub(1)?;
    let inside = closing.checked_sub(marks::mark_width(document, closing))?;
    let start = match (document.word(quoted.end), document.word(inside)) {
        (",", _) => quoted.end + 1,
        (_, "," | "?" | "!") => quoted.end,
        _ => return None,
    };
    // A question mark may have ended the sentence there: only the paragraph is sure to hold both.
    let paragraph = document.paragraphs.get(document.paragraph_of(document.sentence_of(closing)))?;
    let paragraph = marks::paragraph_tokens(document, paragraph);
    let end = (start..paragraph.end).take(CLAUSE + 1).find(|&at| ends(view, at));
    let end = end.or_else(|| Some(paragraph.end).filter(|&end| end <= start + CLAUSE))?;
    let phrase = |from: usize| from..(from..end).find(|&at| !is_nominal(view, at)).unwrap_or(end.max(from));
    // quips the mayor
    let first = view.at(start).pos == Pos::Verb || matches!(view.at(start + 1).pos, Pos::Det | Pos::Propn);
    if first && start < end && is_verb(view, start) {
        let source = phrase(start + 1);
        let circumstance = matches!(
            document.word(source.end),
            "after" | "as" | "at" | "during" | "in" | "on" | "when" | "who"
        );
        return (names(view, &source) && (source.end == end || circumstance)).then_some((start, source));
    }
    // the mayor quips
    let last = end.checked_sub(1).filter(|&at| at > start && is_verb(view, at))?;
    let source = start..last;
    (phrase(start).end >= last && names(view, &source)).then_some((last, source))
}

/// A mark that ends a reporting clause.
fn ends(view: &View, at: usize) -> bool {
    view.at(at).quotation != 0
        || matches!(view.document.word(at), "," | "." | ":" | ";" | "!" | "?" | "—" | "–")
}

/// The token may be a reporting verb. Rare ones are taken for nouns in the plural: "comments", "shares".
fn is_verb(view: &View, at: usize) -> bool {
    let word = view.document.word(at);
    let tagged = match view.at(at).pos {
        Pos::Verb => !word.ends_with("ing"),
        Pos::Noun => word.ends_with('s'),
        _ => false,
    };
    let other = matches!(word, "had" | "has" | "have" | "did" | "does" | "is" | "was");
    tagged && !other && word.starts_with(char::is_lowercase)
}

/// The token may be part of a noun phrase.
fn is_nominal(view: &View, at: usize) -> bool {
    matches!(view.at(at).pos, Pos::Det | Pos::Adj | Pos::Noun | Pos::Propn | Pos::Num | Pos::Pron)
        || matches!(view.document.word(at), "of" | "'s" | "’s" | "-" | "." | "’" | "'" | "&")
}

/// The phrase may name who speaks.
fn names(view: &View, phrase: &Range<usize>) -> bool {
    phrase.clone().any(|at| matches!(view.at(at).pos, Pos::Noun | Pos::Propn | Pos::Pron))
        && !matches!(view.document.word(phrase.start), "that" | "which" | "it" | "this")
}
