//! Nouns that describe sources: people, bodies, and what people and bodies write.

use crate::text::{Document, Shape};
use std::ops::Range;

/// What a noun describes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum NounKind {
    /// A person, by office or trade.
    Person,
    /// A body of people.
    Body,
}

/// What a noun describes.
pub fn noun_kind(noun: &str) -> Option<NounKind> {
    const BODIES: &[&str] = &[
        "agency",
        "airline",
        "automaker",
        "carrier",
        "chain",
        "lender",
        "utility",
        "army",
        "association",
        "authority",
        "bank",
        "body",
        "bureau",
        "charity",
        "club",
        "commission",
        "committee",
        "company",
        "council",
        "court",
        "department",
        "employer",
        "firm",
        "force",
        "foundation",
        "fund",
        "group",
        "institute",
        "institution",
        "manufacturer",
        "ministry",
        "network",
        "newspaper",
        "office",
        "organisation",
        "organization",
        "outlet",
        "party",
        "publisher",
        "regulator",
        "retailer",
        "school",
        "team",
        "thinktank",
        "union",
        "university",
        "watchdog",
    ];
    const PEOPLE: &[&str] = &[
        "actor",
        "actress",
        "activist",
        "adviser",
        "ambassador",
        "analyst",
        "attorney",
        "author",
        "boss",
        "captain",
        "chair",
        "chairman",
        "chairwoman",
        "chief",
        "coach",
        "congressman",
        "congresswoman",
        "director",
        "economist",
        "expert",
        "founder",
        "governor",
        "judge",
        "king",
        "lawmaker",
        "lawyer",
        "leader",
        "manager",
        "mayor",
        "minister",
        "mp",
        "premier",
        "president",
        "prince",
        "princess",
        "prosecutor",
        "queen",
        "researcher",
        "secretary",
        "senator",
        "singer",
        "spokesman",
        "spokesperson",
        "spokeswoman",
        "star",
    ];
    if BODIES.contains(&noun) {
        Some(NounKind::Body)
    } else if PEOPLE.contains(&noun) {
        Some(NounKind::Person)
    } else {
        None
    }
}

/// Adds the words that stand before (from `floor` on) and after a name as its description.
pub fn describe(document: &Document, name: &Range<usize>, floor: usize, words: &mut Vec<String>) {
    let sentence = document.sentences.get(document.sentence_of(name.start)).map_or(0, |s| s.start);
    let floor = floor.max(sentence).max(name.start.saturating_sub(6)).min(name.start);
    for at in (floor..name.start).rev() {
        let word = document.word(at);
        let ends = document.tokens.get(at).is_none_or(|t| t.shape == Shape::Mark && word != "-")
            || matches!(
                word,
                "the" | "The" | "of" | "and" | "with" | "to" | "in" | "by" | "that" | "said" | "for"
            );
        if ends {
            break;
        }
        words.push(word.to_lowercase());
    }
    // ", 36," may stand between.
    let number = |at: usize| document.tokens.get(at).is_some_and(|t| t.shape == Shape::Number);
    let aged = document.word(name.end) == "," && number(name.end + 1) && document.word(name.end + 2) == ",";
    let from = if aged { name.end + 2 } else { name.end };
    let opens = matches!(document.word(from), "," | "is" | "was" | "—" | "–");
    if opens && matches!(document.word(from + 1), "a" | "an" | "the" | "who" | "himself" | "herself") {
        for at in from + 2..from + 9 {
            let word = document.word(at);
            if document.tokens.get(at).is_none_or(|t| t.shape == Shape::Mark && word != "-") {
                break;
            }
            words.push(word.to_lowercase());
        }
    }
}

/// Nouns for several people whatever their form.
pub fn is_people(noun: &str) -> bool {
    matches!(
        noun,
        "critics"
            | "everyone"
            | "experts"
            | "many"
            | "officials"
            | "others"
            | "people"
            | "police"
            | "residents"
            | "scientists"
            | "some"
            | "sources"
            | "staff"
            | "supporters"
            | "witnesses"
            | "women"
            | "youth"
    )
}

/// Bodies that a report calls so whatever their name: "the company".
pub fn is_any_body(noun: &str) -> bool {
    matches!(
        noun,
        "agency"
            | "airline"
            | "automaker"
            | "carrier"
            | "chain"
            | "charity"
            | "company"
            | "firm"
            | "group"
            | "lender"
            | "newspaper"
            | "organisation"
            | "organization"
            | "outlet"
            | "retailer"
            | "utility"
    )
}

/// What somebody wrote or said: its words are its owner's.
pub fn is_document(noun: &str) -> bool {
    matches!(
        noun,
        "account"
            | "analysis"
            | "announcement"
            | "budget"
            | "comment"
            | "comments"
            | "data"
            | "document"
            | "documents"
            | "figures"
            | "filing"
            | "findings"
            | "letter"
            | "memo"
            | "note"
            | "order"
            | "paper"
            | "petition"
            | "poll"
            | "post"
            | "posts"
            | "quote"
            | "release"
            | "remarks"
            | "report"
            | "reports"
            | "research"
            | "resolution"
            | "resolutions"
            | "review"
            | "ruling"
            | "speech"
            | "statement"
            | "study"
            | "survey"
            | "testimony"
            | "tweet"
            | "tweets"
    )
}

/// What somebody says, thinks or means to do, "to" or "that" behind it; singular or plural.
pub fn is_attitude(noun: &str) -> bool {
    const ATTITUDES: &[&str] = &[
        "acceptance",
        "agreement",
        "aim",
        "allegation",
        "announcement",
        "appeal",
        "assertion",
        "assurance",
        "belief",
        "bid",
        "call",
        "claim",
        "commitment",
        "complaint",
        "concern",
        "conclusion",
        "confidence",
        "conviction",
        "decision",
        "demand",
        "denial",
        "desire",
        "determination",
        "doubt",
        "eagerness",
        "effort",
        "expectation",
        "fear",
        "hope",
        "idea",
        "insistence",
        "intent",
        "intention",
        "notion",
        "offer",
        "opinion",
        "order",
        "plan",
        "plea",
        "pledge",
        "prediction",
        "promise",
        "proposal",
        "readiness",
        "recommendation",
        "refusal",
        "reluctance",
        "request",
        "resolve",
        "statement",
        "suggestion",
        "suspicion",
        "threat",
        "view",
        "vow",
        "warning",
        "willingness",
        "wish",
        "worry",
    ];
    let listed = |noun: &str| ATTITUDES.binary_search(&noun).is_ok();
    listed(noun) || noun.strip_suffix('s').is_some_and(listed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attitudes() {
        for noun in ["acceptance", "promises", "willingness", "worry", "hope"] {
            assert!(is_attitude(noun), "{noun}");
        }
        assert!(!is_attitude("table"));
    }
}
