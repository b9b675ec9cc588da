//! What the words of a source say of who speaks: their sort, number, gender and noun.

use super::super::nouns::{NounKind, is_document, is_people, noun_kind};
use super::nouns::{document, is_body, is_government, is_person, is_share, sort};
use crate::actors::{gender_of, is_role};
use crate::annotation::Gender;
use crate::tagger::{Analysis, Pos, hash};
use crate::text::fold;
use std::ops::Range;

/// Sorts of sources, each with weights of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub enum Class {
    /// "he", "she"
    HeShe,
    /// "they"
    They,
    /// "it"
    It,
    /// "the Syrian president", "her lawyer", "a farmer"
    Person,
    /// "the company"
    Body,
    /// "the government", "the Lee campaign"
    Government,
    /// "the report", "her statement"
    Writing,
    /// "officials", "the residents", "police"
    People,
    /// Any other noun phrase.
    Other,
    /// No source at all.
    Nothing,
}

impl Class {
    /// All, in the order of their numbers.
    pub const ALL: [Self; 10] = [
        Self::HeShe,
        Self::They,
        Self::It,
        Self::Person,
        Self::Body,
        Self::Government,
        Self::Writing,
        Self::People,
        Self::Other,
        Self::Nothing,
    ];
}

/// What stands before the noun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Determiner {
    /// "the", "this", "those"
    Definite,
    /// "a", "another", "some", "two"
    Indefinite,
    /// "her", "Syria's"
    Possessive,
    /// None of these.
    Bare,
}

/// A source, read.
pub struct Source {
    /// All of its tokens.
    pub tokens: Range<usize>,
    /// The noun phrase at its start, without what follows the noun.
    pub head: Range<usize>,
    pub class: Class,
    pub determiner: Determiner,
    /// The noun in lower case, and in the singular.
    pub noun: String,
    /// The noun; of a document what all of its sort are called.
    pub sort: String,
    /// The noun's fine cluster; 0 for none.
    pub cluster: u16,
    pub plural: bool,
    pub gender: Option<Gender>,
    /// The words between determiner and noun in lower case, and whether they are proper adjectives.
    pub modifiers: Vec<(String, bool)>,
}

impl Source {
    /// Reads the source `tokens`, which begins with the noun phrase `head`; neither is empty.
    pub fn read(analysis: &Analysis, tokens: Range<usize>, head: Range<usize>) -> Self {
        let document = analysis.document;
        let last = document.word(head.end.saturating_sub(1)).to_lowercase();
        let first = document.word(head.start).to_lowercase();
        let noun_tag = analysis.tags.get(head.end.saturating_sub(1)).copied();
        let (noun, plural) = singular(&last, noun_tag);
        let class = class(&noun, &last, plural);
        // What somebody writes is the writer's: "her statement".
        let pronoun = pronoun(&first).filter(|_| head.len() == 1 || class == Class::Writing);
        let gender = match (pronoun, first.as_str()) {
            (Some(Class::HeShe), "he" | "him" | "his") => Some(Gender::Male),
            (Some(Class::HeShe), _) => Some(Gender::Female),
            _ => gender_of(&noun),
        };
        let class = pronoun.unwrap_or(class);
        let owned = head.clone().any(|at| matches!(document.word(at), "'s" | "’s"));
        let determiner = match first.as_str() {
            "the" | "this" | "that" | "these" | "those" => Determiner::Definite,
            "his" | "her" | "their" | "its" | "my" | "our" => Determiner::Possessive,
            _ if owned => Determiner::Possessive,
            "a" | "an" | "another" | "other" | "some" | "several" | "many" | "most" | "few" | "all"
            | "both" | "any" | "no" | "one" | "more" | "each" | "every" | "numerous" | "various"
            | "multiple" => Determiner::Indefinite,
            _ if analysis.tags.get(head.start) == Some(&Pos::Num) => Determiner::Indefinite,
            _ => Determiner::Bare,
        };
        let definite = determiner == Determiner::Definite;
        let from = head.start + usize::from(matches!(first.as_str(), "the" | "this" | "that" | "a" | "an"));
        let modifiers = (from..head.end.saturating_sub(1))
            .map(|at| document.word(at))
            .filter(|word| !matches!(*word, "-" | "'s" | "’s" | ","))
            .map(|word| {
                let capital = word.starts_with(char::is_uppercase);
                (word.to_lowercase(), (definite || owned || from > head.start) && capital)
            })
            .collect();
        let cluster = analysis.words.cluster(hash(&fold(&noun))).fine;
        let sort = sort(&noun);
        Self { tokens, head, class, determiner, noun, sort, cluster, plural, gender, modifiers }
    }
}

fn pronoun(word: &str) -> Option<Class> {
    Some(match word {
        "he" | "him" | "his" | "she" | "her" | "hers" => Class::HeShe,
        "they" | "them" | "their" | "theirs" | "both" => Class::They,
        "it" | "its" | "which" => Class::It,
        _ => return None,
    })
}

/// The sort of a noun phrase, from its noun.
fn class(noun: &str, word: &str, plural: bool) -> Class {
    let person = || {
        noun_kind(noun) == Some(NounKind::Person)
            || is_role(noun)
            || gender_of(noun).is_some()
            || is_person(noun)
    };
    let body = || noun_kind(noun) == Some(NounKind::Body) || is_body(noun);
    if is_document(word) || is_document(noun) || !document(noun).is_empty() {
        Class::Writing
    } else if is_people(word) || is_share(word) {
        Class::People
    } else if is_government(noun) && !plural {
        Class::Government
    } else if body() && !plural {
        Class::Body
    } else if !plural && person() {
        Class::Person
    } else if plural {
        Class::People
    } else {
        Class::Other
    }
}

/// A noun in the singular, and whether it was a plural.
pub(super) fn singular(word: &str, tag: Option<Pos>) -> (String, bool) {
    let men = word.strip_suffix("men").filter(|stem| !stem.is_empty());
    if let Some(stem) = men {
        return (format!("{stem}man"), true);
    }
    let noun = matches!(tag, Some(Pos::Noun | Pos::Propn));
    match word.strip_suffix('s') {
        Some(stem) if noun && stem.len() > 2 && !stem.ends_with(['s', 'u', 'i']) => {
            let stem = match stem.strip_suffix("ie") {
                Some(short) if short.len() > 2 => format!("{short}y"),
                _ => stem.to_owned(),
            };
            (stem, true)
        }
        _ => (word.to_owned(), false),
    }
}
