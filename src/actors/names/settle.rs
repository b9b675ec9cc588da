//! What the whole article and a few words settle after the models: names once given in full, abbreviations once
//! explained, titles that are no part of a name.

use super::features::View;
use super::{Name, in_compound};
use crate::actors::lexicon;
use crate::annotation::Kind;
use crate::tagger::ByHash;
use crate::text::{Document, fold, is_hyphen};

/// Mends `names`, which are in text order, and adds those that the article shows elsewhere.
pub fn settle(view: &View, names: &mut Vec<Name>) {
    let document = view.document;
    for name in names.iter_mut() {
        trim(document, name);
        name.kind = kind(document, name);
    }
    names.retain(|name| is_name(document, name) && !view.is_adjective(name));
    recall(view, names);
    bodies(view, names);
}

/// Adds the runs of capitals, clear of other names, that end as bodies' names do: "Arab League".
fn bodies(view: &View, names: &mut Vec<Name>) {
    let document = view.document;
    let mut found = Vec::new();
    let mut next = names.iter().peekable();
    for run in view.runs_of_capitals() {
        while next.next_if(|name| name.tokens.end <= run.start).is_some() {}
        let clear = next.peek().is_none_or(|name| name.tokens.start >= run.end);
        let long = (2..=6).contains(&run.len());
        if clear && long && lexicon::is_body(document.word(run.end - 1)) && !in_compound(document, &run) {
            found.push(Name { tokens: run, kind: Kind::Organisation });
        }
    }
    names.extend(found);
    names.sort_by_key(|name| name.tokens.start);
}

/// Takes titles off a person's name, and marks off both ends of any.
fn trim(document: &Document, name: &mut Name) {
    let mark = |at: usize| document.word(at).chars().all(|c| !c.is_alphanumeric());
    while name.tokens.len() > 1 && mark(name.tokens.start) {
        name.tokens.start += 1;
    }
    while name.tokens.len() > 1 && mark(name.tokens.end - 1) {
        name.tokens.end -= 1;
    }
    if name.kind == Kind::Person {
        while !name.tokens.is_empty() && lexicon::is_title(document.word(name.tokens.start)) {
            name.tokens.start += 1;
        }
    }
}

/// A body whose name begins with a place's is no place, nor is a government under the name of its seat.
fn kind(document: &Document, name: &Name) -> Kind {
    let last = name.tokens.end.saturating_sub(1);
    let body = name.tokens.len() > 1 && lexicon::is_body(document.word(last));
    let words = || fold(document.span(&name.tokens).of(document.text()));
    if name.kind == Kind::Place
        && (body || matches!(words().as_str(), "kremlin" | "white house" | "pentagon"))
    {
        return Kind::Organisation;
    }
    name.kind
}

/// A name has no more tokens than this; what the model takes for a longer one is a list or a run of capitals.
const LONGEST: usize = 24;

/// Not a lone initial ("D., Ariz."), an amount ("R50bn"), a part of a hyphenated word or endless.
fn is_name(document: &Document, name: &Name) -> bool {
    let text = document.span(&name.tokens).of(document.text());
    let mut letters = text.chars().filter(|c| c.is_alphabetic());
    let initial = letters.next().is_some() && letters.next().is_none() && text.ends_with('.');
    let digits = text.trim_start_matches(|c: char| c.is_uppercase() || c == '$');
    let amount = name.tokens.len() == 1
        && digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.ends_with(|c: char| c.is_lowercase());
    !(name.tokens.is_empty()
        || name.tokens.len() > LONGEST
        || initial
        || amount
        || in_compound(document, &name.tokens))
}

/// Adds the mentions that the models missed of people whose full name they found, by surname, and of bodies whose
/// abbreviation the article explains.
fn recall(view: &View, names: &mut Vec<Name>) {
    let document = view.document;
    let mut known: ByHash<Kind> = ByHash::default();
    for name in names.iter() {
        let last = name.tokens.end.saturating_sub(1);
        let Some(word) = view.words.get(last) else { continue };
        let single = !name.tokens.clone().any(|at| document.word(at).chars().next().is_some_and(is_hyphen));
        if name.kind == Kind::Person && name.tokens.len() > 1 && single && view.small(last) == 0 {
            known.entry(word.fold).or_insert(Kind::Person);
        }
        if name.kind == Kind::Organisation
            && let Some(&short) = name.tokens.clone().find_map(|at| view.long_forms.get(&at))
        {
            known.insert(short, Kind::Organisation);
        }
    }
    if known.is_empty() {
        return;
    }
    let mut found = Vec::new();
    let mut next = names.iter().peekable();
    for stretch in &view.stretches {
        for at in stretch.clone() {
            while next.next_if(|name| name.tokens.end <= at).is_some() {}
            if next.peek().is_some_and(|name| name.tokens.contains(&at)) {
                continue;
            }
            let Some(word) = view.words.get(at).filter(|w| w.capital) else { continue };
            if let Some(&kind) = known.get(&word.fold)
                && (kind == Kind::Organisation || view.alone(at))
            {
                let name = Name { tokens: at..at + 1, kind };
                if !in_compound(document, &name.tokens) {
                    found.push(name);
                }
            }
        }
    }
    names.extend(found);
    names.sort_by_key(|name| name.tokens.start);
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
