//! Attitudes put into words: "expressing a willingness to talk", "voiced hope that prices would fall".
//!
//! The verb is one of a few; the noun names what somebody means, wants or holds, and its clause says what. Each
//! noun is too rare for the network of cues to have met it, and what follows is plain in the tree.

use super::attribution::Attribution;
use super::nouns;
use super::view::View;
use crate::tagger::Pos;
use crate::tagger::parse::Relation;

/// Their stems, which no other verb begins with.
const EXPRESS: &[&str] = &["express", "voic", "signal", "reiterat", "convey"];

/// What is expressed takes no more tokens than this.
const LONGEST: usize = 200;

/// The attributions of expressed attitudes whose words are no cue in `found`, which is in order of its cues. Where
/// one of them is and what is to be done was found without the noun, it begins with the noun, and the verb is its cue.
pub fn attitudes(view: &View, found: &mut [Attribution]) -> Vec<Attribution> {
    let document = view.document;
    let with_cue = |found: &[Attribution], at: usize| {
        let next = found.partition_point(|a| a.cue.end <= at);
        Some(next).filter(|&i| found.get(i).is_some_and(|a| a.cue.contains(&at)))
    };
    let mut out = Vec::new();
    for sentence in &document.sentences {
        for noun in sentence.clone() {
            let clause = noun + 1;
            if !matches!(document.word(clause), "to" | "that")
                || view.at(noun).pos != Pos::Noun
                || !nouns::is_attitude(document.word(noun))
            {
                continue;
            }
            let expresses = |at: &usize| {
                let word = document.word(*at).to_lowercase();
                view.at(*at).pos == Pos::Verb && EXPRESS.iter().any(|stem| word.starts_with(stem))
            };
            let object = view.relation(noun) == Relation::Object as u64;
            let verb = view.head(noun).filter(|v| object && (*v..*v + 7).contains(&noun) && expresses(v));
            let Some(verb) = verb else { continue };
            if let Some(known) = with_cue(found, verb).or_else(|| with_cue(found, noun)) {
                if let Some(Attribution { cue, content, .. }) = found.get_mut(known)
                    && let Some(piece) = content.first_mut()
                    && piece.start == clause
                    && document.word(clause) == "to"
                {
                    piece.start = verb + 1;
                    *cue = verb..verb + 1;
                }
                continue;
            }
            let limit = sentence.end.min(clause + LONGEST);
            let end = (clause + 1..limit).find(|&at| stops(view, at)).unwrap_or(limit);
            let source = view.upwards(verb).take(5).find_map(|up| view.subject_of(up));
            let source = source.filter(|s| s.end <= verb || s.start >= end);
            out.push(Attribution {
                cue: verb..verb + 1,
                source,
                content: std::iter::once(verb + 1..end).collect(),
            });
        }
    }
    out
}

/// A mark, or a word that begins another clause.
fn stops(view: &View, at: usize) -> bool {
    let seen = view.at(at);
    let word = view.document.word(at);
    (seen.pos == Pos::Punct && seen.quotation == 0 && !matches!(word, "-" | "’" | "'"))
        || matches!(word, "who" | "which" | "but" | "while" | "after" | "as" | "because" | "when")
}
