//! What is no name of an actor, whatever the models say.

use super::{Name, in_compound, known};
use crate::actors::lexicon;
use crate::annotation::Kind;
use crate::text::Document;

/// A name has no more tokens than this; what the model takes for a longer one is a list or a run of capitals.
const LONGEST: usize = 24;

/// Not a lone initial ("D., Ariz."), an amount ("$20bn"), a law or award, a part of a hyphenated word or endless.
pub fn is_name(document: &Document, name: &Name) -> bool {
    let text = document.span(&name.tokens).of(document.text());
    let mut letters = text.chars().filter(|c| c.is_alphabetic());
    let initial = letters.next().is_some() && letters.next().is_none() && text.ends_with('.');
    let digits = text.trim_start_matches(|c: char| c.is_uppercase() || c == '$');
    let amount = name.tokens.len() == 1
        && digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.ends_with(|c: char| c.is_lowercase());
    !(name.tokens.is_empty()
        || name.kind == Kind::Organisation && (is_portfolio(document, name) || is_channel(document, name))
        || is_vessel(document, name)
        || is_product(document, name)
        || name.tokens.len() > LONGEST
        || initial
        || amount
        || is_committee(document, name)
        || name.tokens.len() == 1 && lexicon::is_no_actor(text)
        || name.kind != Kind::Place && lexicon::is_document(document.word(name.tokens.end.saturating_sub(1)))
        || in_compound(document, &name.tokens))
}

/// What somebody is minister of, or an office without its holder: "Minister for Health and Social Services", "MPs".
fn is_portfolio(document: &Document, name: &Name) -> bool {
    let word = |at: usize| document.word(at);
    let first = word(name.tokens.start);
    if name.tokens.len() == 1
        && matches!(first.trim_end_matches('s'), "MP" | "MEP" | "MSP" | "MLA" | "MEC" | "PM" | "CEO" | "Rt")
    {
        return true;
    }
    let mut before = (name.tokens.start.saturating_sub(7)..name.tokens.start).rev().peekable();
    // Back over what it is joined to.
    if before.next_if(|&at| word(at) == "and").is_some() {
        while before.next_if(|&at| word(at).starts_with(char::is_uppercase)).is_some() {}
    }
    let Some(of) = before.next() else { return false };
    let who = of.checked_sub(1).map_or("", word);
    match word(of) {
        "for" => who == "State" || lexicon::is_minister(who),
        // Not "secretary of the union".
        "of" => {
            lexicon::is_minister(who) && (!who.ends_with("ecretary") || lexicon::is_portfolio(word(of + 1)))
        }
        _ => false,
    }
}

/// "super PAC", a sort of committee.
fn is_committee(document: &Document, name: &Name) -> bool {
    let pac = matches!(document.word(name.tokens.end.saturating_sub(1)), "PAC" | "PACs");
    let before = match name.tokens.len() {
        1 => name.tokens.start.checked_sub(1),
        2 => Some(name.tokens.start),
        _ => None,
    };
    pac && before.is_some_and(|at| document.word(at).eq_ignore_ascii_case("super"))
}

/// "Boeing 737", but not "NATO 2030".
fn is_product(document: &Document, name: &Name) -> bool {
    let next = document.word(name.tokens.end);
    let year = next.len() == 4 && (next.starts_with("19") || next.starts_with("20"));
    let maker = matches!(document.word(name.tokens.end.saturating_sub(1)), "Boeing" | "Airbus");
    maker && !year && next.contains(|c: char| c.is_ascii_digit())
}

/// A service that people only write on: "on Telegram", "a Facebook post".
fn is_channel(document: &Document, name: &Name) -> bool {
    const USES: [&str; 17] = [
        "account",
        "accounts",
        "channel",
        "feed",
        "followers",
        "group",
        "groups",
        "handle",
        "message",
        "messages",
        "page",
        "post",
        "posts",
        "profile",
        "thread",
        "video",
        "videos",
    ];
    const GOES: [&str; 8] = ["took", "take", "takes", "taking", "taken", "turned", "posted", "uploaded"];
    let before = name.tokens.start.checked_sub(1).map_or("", |at| document.word(at));
    name.tokens.len() == 1
        && known::is_platform(document.word(name.tokens.start))
        && (matches!(before, "on" | "On" | "via" | "Via" | "across" | "through" | "over")
            || before == "to"
                && name.tokens.start.checked_sub(2).is_some_and(|at| GOES.contains(&document.word(at)))
            || USES.contains(&document.word(name.tokens.end)))
}

/// A ship: "HMS Diamond", "the tanker Aurelia".
fn is_vessel(document: &Document, name: &Name) -> bool {
    const SORTS: [&str; 16] = [
        "boat",
        "cutter",
        "destroyer",
        "ferry",
        "freighter",
        "frigate",
        "icebreaker",
        "liner",
        "schooner",
        "ship",
        "steamer",
        "submarine",
        "tanker",
        "trawler",
        "vessel",
        "yacht",
    ];
    let before = name.tokens.start.checked_sub(1).map_or("", |at| document.word(at));
    let first = document.word(name.tokens.start);
    let prefix = matches!(first, "HMS" | "USS" | "HMAS" | "HMCS" | "RFA" | "MV" | "MT" | "RRS" | "SS");
    name.kind != Kind::Group
        && (prefix && name.tokens.len() > 1 || SORTS.contains(&before) || before == "HMS" || before == "USS")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Article;

    #[test]
    fn what_is_no_name() {
        let article = Article::from_text(&"Smith ".repeat(25));
        let document = Document::new(&article);
        for (tokens, want) in [(0..1, true), (0..24, true), (0..25, false), (0..0, false)] {
            let name = Name { tokens, kind: Kind::Organisation };
            assert_eq!(is_name(&document, &name), want, "{:?}", name.tokens);
        }
    }
}
