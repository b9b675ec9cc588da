//! What an article says before a source takes it up: whose a document is ("a poll by Acme", "Acme's report", "Acme
//! published a study"), and who came without a name ("a judge in Ohio").

use super::Seen;
use super::nouns::{self, document};
use super::source::singular;
use crate::annotation::{Actor, Kind};
use crate::tagger::parse::Relation;
use crate::tagger::{Analysis, Pos};
use std::collections::HashMap;

/// A document that an actor wrote.
pub struct Written {
    /// What documents of its sort are called.
    pub sort: &'static str,
    /// Where its noun stands.
    pub token: usize,
}

/// How many tokens stand at most between an owner and the noun, or between the noun and "by".
const NEAR: usize = 8;

/// How many tokens behind a subject its object is sought.
const CLAUSE: usize = 25;

fn is_nominal(analysis: &Analysis, at: usize) -> bool {
    matches!(analysis.tags.get(at), Some(Pos::Noun | Pos::Propn | Pos::Adj | Pos::Num))
        || matches!(analysis.document.word(at), "-" | "/" | "“" | "”" | "\"" | "(" | ")")
}

/// For each actor the documents that are said to be its, in text order.
pub fn written(analysis: &Analysis, actors: &[Actor], mentions: &[Seen]) -> Vec<Vec<Written>> {
    let text = analysis.document;
    let mut out: Vec<Vec<Written>> = actors.iter().map(|_| Vec::new()).collect();
    let sort = |at: usize| {
        let noun = matches!(analysis.tags.get(at), Some(Pos::Noun | Pos::Propn));
        document(if noun { text.word(at) } else { "" })
    };
    for mention in mentions {
        let writes = actors.get(mention.actor).is_some_and(|a| a.kind != Kind::Place || mention.acting);
        let (Some(list), true) = (out.get_mut(mention.actor), writes) else { continue };
        let Some(sentence) = text.sentences.get(mention.sentence) else { continue };
        let (start, end) = (mention.tokens.start, mention.tokens.end);
        // "Acme's report", "the Acme poll"
        let owned = end + usize::from(matches!(text.word(end), "'s" | "’s" | "'" | "’"));
        let own = (owned..(owned + NEAR).min(sentence.end))
            .take_while(|&at| is_nominal(analysis, at))
            .find(|&at| !sort(at).is_empty());
        // "a poll released on Monday by the pollsters Acme"
        let floor = start.saturating_sub(3).max(sentence.start);
        let by = (floor..start).rev().find(|&at| matches!(text.word(at), "by" | "from" | "in" | "of"));
        let of = by.and_then(|by| {
            let close = matches!(text.word(by), "in" | "of");
            let floor = by.saturating_sub(if close { 1 } else { NEAR }).max(sentence.start);
            (floor..by).rev().find(|&at| !sort(at).is_empty())
        });
        // "Acme published a study"
        let head = |at: usize| analysis.arcs.get(at).and_then(|arc| arc.head);
        let verb = Some(&mention.tokens)
            .filter(|_| mention.relation == Relation::Subject)
            .and_then(|tokens| tokens.clone().filter_map(head).find(|at| !tokens.contains(at)));
        let object = verb.and_then(|verb| {
            (end..(end + CLAUSE).min(sentence.end)).find(|&at| head(at) == Some(verb) && !sort(at).is_empty())
        });
        list.extend(
            [own, of, object].into_iter().flatten().map(|token| Written { sort: sort(token), token }),
        );
    }
    out.iter_mut().for_each(|list| list.sort_by_key(|w| w.token));
    out
}

/// Nouns that came with "a" and no name beside them, each with its first token; documents under their sort.
pub fn introduced(analysis: &Analysis, mentions: &[Seen]) -> HashMap<String, usize> {
    let text = analysis.document;
    let mut out = HashMap::new();
    let mut mention = 0;
    for at in 0..text.tokens.len() {
        if !matches!(text.word(at), "a" | "an" | "A" | "An") {
            continue;
        }
        let Some(noun) = (at + 1..at + NEAR).take_while(|&i| is_nominal(analysis, i)).last() else {
            continue;
        };
        while mentions.get(mention).is_some_and(|m| m.tokens.end <= at) {
            mention += 1;
        }
        // "a judge, Ann Lee", "Ann Lee, a judge"
        let beside = mentions.get(mention).is_some_and(|m| m.tokens.start <= noun + 2);
        let after =
            mention.checked_sub(1).and_then(|i| mentions.get(i)).is_some_and(|m| m.tokens.end + 1 >= at);
        if !beside && !after {
            let (word, _) = singular(&text.word(noun).to_lowercase(), analysis.tags.get(noun).copied());
            out.entry(nouns::sort(&word)).or_insert(noun);
        }
    }
    out
}
