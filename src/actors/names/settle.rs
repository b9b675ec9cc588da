//! What the whole article and a few words settle after the models: names once given in full, abbreviations once
//! explained, titles that are no part of a name.

use super::features::View;
use super::sift::is_name;
use super::{KINDS, Name, recall};
use crate::actors::lexicon;
use crate::annotation::Kind;
use crate::tagger::ByHash;
use crate::text::{fold, is_hyphen};
use std::collections::BTreeSet;
use std::ops::Range;

/// Mends `names`, which are in text order, and adds those that the article shows elsewhere.
pub fn settle(view: &View, names: &mut Vec<Name>) {
    let document = view.document;
    let pieces: Vec<Name> = names.iter_mut().flat_map(|name| listed(view, name)).collect();
    names.extend(pieces);
    names.sort_by_key(|name| name.tokens.start);
    let mut owned = Vec::new();
    for name in names.iter_mut() {
        trim(view, name);
        if name.tokens.is_empty() {
            continue;
        }
        owned.extend(owner(view, name));
        name.kind = kind(view, name);
        extend(view, name);
    }
    if !owned.is_empty() {
        names.extend(owned);
        names.sort_by_key(|name| name.tokens.start);
    }
    // What was extended swallows the next name where that was its own end.
    let mut end = 0;
    names.retain(|name| {
        let apart = name.tokens.start >= end;
        end = end.max(name.tokens.end);
        apart && is_name(document, name) && !view.is_adjective(name)
    });
    join(view, names);
    recall::explained(view, names);
    recall::recall(view, names);
    recall::bodies(view, names);
    recall::offices(view, names);
    recall::famous(view, names);
    recall::nations(view, names);
    recall::families(view, names);
    recall::namesakes(view, names);
    agree(view, names);
    storms(view, names);
    pairs(view, names);
    names.retain(|name| is_name(document, name));
}

/// Makes one name of "Mohammed" and "Al Thani" where "bin Abdulrahman" stands between, and a body of "Water UK".
fn join(view: &View, names: &mut Vec<Name>) {
    const FAR: usize = 5;
    let document = view.document;
    let capital = |at: usize| view.words.get(at).is_some_and(|w| w.capital);
    let father = |at: usize| matches!(document.word(at), "bin" | "ibn" | "bint" | "binti" | "van" | "von");
    names.dedup_by(|next, name| {
        let between = name.tokens.end..next.tokens.start;
        let part = |at: usize| capital(at) || father(at) || lexicon::is_particle(document.word(at));
        let one = name.kind == Kind::Person
            && next.kind == Kind::Person
            && between.len() <= FAR
            && (between.clone().any(father) || father(next.tokens.start))
            && between.clone().all(part);
        if one {
            name.tokens.end = next.tokens.end;
        }
        one
    });
    for at in 0..names.len() {
        let name = &names[at];
        let Some(before) = name.tokens.start.checked_sub(1) else { continue };
        let clear = at == 0 || names[at - 1].tokens.end <= before;
        let noun = view.words.get(before).is_some_and(|w| w.is_noun() && w.capital);
        if document.word(name.tokens.start) == "UK"
            && name.tokens.len() == 1
            && clear
            && noun
            && view.is_normal(before)
        {
            names[at] = Name { tokens: before..before + 2, kind: Kind::Organisation };
        }
    }
}

/// "Hurricane Ida" is weather, and so is "Ida" in its article.
fn storms(view: &View, names: &mut Vec<Name>) {
    let known: BTreeSet<u64> = names
        .iter()
        .filter(|name| name.tokens.len() == 1)
        .filter_map(|name| {
            let before = view.document.word(name.tokens.start.checked_sub(1)?);
            matches!(before, "Storm" | "Hurricane" | "Typhoon" | "Cyclone").then_some(name.tokens.start)
        })
        .filter_map(|at| view.words.get(at).map(|w| w.fold))
        .collect();
    names.retain(|name| {
        let word = view.words.get(name.tokens.start);
        name.tokens.len() > 1 || !word.is_some_and(|w| known.contains(&w.fold))
    });
}

/// Gives a name of several words, wherever it stands, the kind that it has most often.
fn agree(view: &View, names: &mut [Name]) {
    let key = |name: &Name| {
        let folds = name.tokens.clone().map(|at| view.words.get(at).map_or(0, |w| w.fold));
        (name.tokens.len() > 1).then(|| folds.fold(0, crate::tagger::join))
    };
    let mut times: ByHash<[u32; KINDS.len()]> = ByHash::default();
    for name in names.iter() {
        if let Some(key) = key(name) {
            times.entry(key).or_default()[name.kind as usize] += 1;
        }
    }
    for name in names.iter_mut() {
        let Some(times) = key(name).and_then(|key| times.get(&key)) else { continue };
        let most = KINDS.iter().copied().max_by_key(|kind| times[*kind as usize]);
        name.kind =
            most.filter(|most| times[*most as usize] > times[name.kind as usize]).unwrap_or(name.kind);
    }
}

/// "Clinton-Kaine" is no one's name where the article has both as people.
fn pairs(view: &View, names: &mut Vec<Name>) {
    let fold = |at: usize| view.words.get(at).map_or(0, |w| w.fold);
    let people = names.iter().filter(|name| name.kind == Kind::Person);
    let known: BTreeSet<u64> =
        people.filter(|name| !has_hyphen(view, name)).map(|name| fold(name.tokens.end - 1)).collect();
    names.retain(|name| {
        let (first, last) = (name.tokens.start, name.tokens.end - 1);
        let pair = name.kind == Kind::Person && name.tokens.len() == 3 && has_hyphen(view, name);
        !(pair && known.contains(&fold(first)) && known.contains(&fold(last)))
    });
}

fn has_hyphen(view: &View, name: &Name) -> bool {
    name.tokens.clone().any(|at| view.document.word(at).starts_with(is_hyphen))
}

/// Cuts "USA Today/Suffolk University" in two or more, and leaves the first in `name`; "CNN/ORC" and "AC/DC" are one.
fn listed(view: &View, name: &mut Name) -> Vec<Name> {
    let word = |at: usize| view.document.word(at);
    let slashes: Vec<usize> = name.tokens.clone().filter(|&at| word(at) == "/").collect();
    let ends = || slashes.iter().copied().chain([name.tokens.end]);
    let starts = || [name.tokens.start].into_iter().chain(slashes.iter().map(|at| at + 1));
    let pieces: Vec<_> = starts().zip(ends()).map(|(start, end)| start..end).collect();
    let capital = |piece: &Range<usize>| word(piece.start).starts_with(char::is_uppercase);
    let long = pieces.iter().any(|piece| piece.len() > 1);
    if slashes.is_empty() || !long || !pieces.iter().all(capital) {
        return Vec::new();
    }
    let mut pieces = pieces.into_iter().map(|tokens| Name { tokens, kind: name.kind });
    name.tokens = pieces.next().map_or(0..0, |first| first.tokens);
    pieces.collect()
}

/// Takes titles off a person's name, the title of who leads it off a body's end ("Senate Leader"), and marks off both
/// ends of any.
fn trim(view: &View, name: &mut Name) {
    let document = view.document;
    let mark = |at: usize| document.word(at).chars().all(|c| !c.is_alphanumeric());
    while name.tokens.len() > 1 && mark(name.tokens.start) {
        name.tokens.start += 1;
    }
    while name.tokens.len() > 1 && mark(name.tokens.end - 1) {
        name.tokens.end -= 1;
    }
    // What a notice says behind its owner: "©2024 Bloomberg L.P. All Rights Reserved."
    let notice =
        |at: usize| document.word(at) == "All" && document.word(at + 1).eq_ignore_ascii_case("rights");
    if let Some(at) = (name.tokens.start + 1..name.tokens.end).find(|at| notice(*at)) {
        name.tokens.end = at;
    }
    if name.kind == Kind::Person {
        // "Tan Sri" is one title, "DA" a party too, and "MK Stalin" has initials.
        let two = |at: usize| matches!((document.word(at), document.word(at + 1)), ("Tan", "Sri"));
        let full =
            |at: usize| matches!(document.word(at), "DA" | "AG" | "MK" | "TD") && name.tokens.end > at + 2;
        let mut start = name.tokens.start;
        while start < name.tokens.end
            && (lexicon::is_title(document.word(start)) || two(start) || full(start))
        {
            start += if two(start) { 2 } else { 1 };
        }
        name.tokens.start = start.min(name.tokens.end);
        // "Democrat Clinton"
        if name.tokens.len() > 1 && matches!(document.word(name.tokens.start), "Democrat" | "Republican") {
            name.tokens.start += 1;
        }
    }
    if name.kind == Kind::Organisation {
        if name.tokens.len() > 1 && matches!(document.word(name.tokens.end - 1), "Poll" | "Survey") {
            name.tokens.end -= 1;
        }
        let next = document.word(name.tokens.end);
        let named = next == "," || next.starts_with(char::is_uppercase);
        while named && name.tokens.len() > 1 && lexicon::is_office(document.word(name.tokens.end - 1)) {
            name.tokens.end -= 1;
        }
        // "CEO of Nova Bank" and "French Ministry of Tourism", but not "Minister of Justice", which names no body.
        let (first, second) = (document.word(name.tokens.start), document.word(name.tokens.start + 1));
        let ministry = |at: usize| matches!(document.word(at), "Ministry" | "Office") && second != "Office";
        if name.tokens.len() > 2
            && (second == "of" || second == "for" && lexicon::is_minister(first))
            && (lexicon::is_office(first) || lexicon::is_minister(first))
        {
            let none = lexicon::is_minister(first) || matches!(first, "Director" | "Chief");
            name.tokens.start = if none { name.tokens.end } else { name.tokens.start + 2 };
        } else if name.tokens.len() > 1
            && view.is_demonym(name.tokens.start)
            && name.tokens.clone().skip(1).take(2).any(ministry)
        {
            name.tokens.start += 1;
        }
        while name.tokens.len() > 1 && document.word(name.tokens.start) == "the" {
            name.tokens.start += 1;
        }
    }
}

/// "Russia's Defence Ministry" is a place and a body, "NASA's Science Directorate" two bodies, but "Children's Hospital"
/// is one name: cuts the owner off where it is a known place, an acronym, or "University of Pretoria". Of "Lesotho Constitution" the place alone is an actor.
fn owner(view: &View, name: &mut Name) -> Option<Name> {
    let document = view.document;
    if name.tokens.is_empty() {
        return None;
    }
    if name.kind != Kind::Place && lexicon::is_document(document.word(name.tokens.end - 1)) {
        // "Geneva Convention"
        let event = document.word(name.tokens.end - 1).starts_with("Convention");
        let mut ends = (name.tokens.start + 1..name.tokens.end).rev().take(if event { 0 } else { 4 });
        let end = ends.find(|&end| view.is_place(&(name.tokens.start..end)))?;
        *name = Name { tokens: name.tokens.start..end, kind: Kind::Place };
        return None;
    }
    // "Boeing and Airbus" are two.
    if name.kind == Kind::Organisation
        && let Some(first) = view.known_at(name.tokens.start)
        && document.word(first.tokens.end) == "and"
        && first.tokens.end + 1 < name.tokens.end
    {
        let second = first.tokens.end + 1..name.tokens.end;
        if second.len() == 1 || view.known_as(&second).is_some() {
            name.tokens.end = first.tokens.end;
            return Some(Name { tokens: second, kind: Kind::Organisation });
        }
    }
    let mut inside = name.tokens.clone().skip(1).take(4);
    let clitic = inside.find(|&at| matches!(document.word(at), "'s" | "’s"))?;
    let tokens = name.tokens.start..clitic;
    if name.kind != Kind::Organisation || clitic + 1 >= name.tokens.end {
        return None;
    }
    let place = view.is_place(&tokens);
    let acronym = || {
        let word = document.word(tokens.start);
        tokens.len() == 1 && word.len() > 1 && word.chars().all(char::is_uppercase)
    };
    if !(place || acronym() || tokens.clone().any(|at| document.word(at) == "of")) {
        return None;
    }
    name.tokens.start = clitic + 1;
    Some(Name { tokens, kind: if place { Kind::Place } else { Kind::Organisation } })
}

/// Adds what belongs to the name and stands right beside it: "Kennedy" + "Jr.", "Electric" + "Co.", "PG" + "&E",
/// "Eva-" + "Marie Persson", "Office for" + "Budget Responsibility", "Diplomatic Academy" + "of Vietnam",
/// "Washington" + ", D.C.".
fn extend(view: &View, name: &mut Name) {
    let document = view.document;
    let glued = |at: usize| document.tokens.get(at).is_some_and(|t| t.glued);
    let Some(sentence) = document.sentences.get(document.sentence_of(name.tokens.start)) else { return };
    let capital = |at: usize| sentence.contains(&at) && document.word(at).starts_with(char::is_uppercase);
    if name.kind == Kind::Person
        && name.tokens.len() > 1
        && let Some(first) = name.tokens.start.checked_sub(2)
        && document.word(first + 1).chars().all(is_hyphen)
        && glued(first + 1)
        && glued(first + 2)
        && capital(first)
    {
        name.tokens.start = first;
    }
    if name.kind == Kind::Organisation
        && let Some(head) = name.tokens.start.checked_sub(2)
        && matches!(document.word(head + 1), "of" | "for")
        && matches!(
            document.word(head),
            "Office" | "Ministry" | "Department" | "Bureau" | "Institute" | "Centre" | "Center"
        )
        && sentence.contains(&head)
    {
        name.tokens.start = head;
    }
    let next = document.word(name.tokens.end);
    if name.tokens.end >= sentence.end {
        return;
    }
    let last = document.word(name.tokens.end - 1);
    match name.kind {
        Kind::Organisation
            if next == "of"
                && matches!(last, "University" | "Academy" | "College" | "Institute" | "Bank")
                && capital(name.tokens.end + 1) =>
        {
            let run = view.words.get(name.tokens.end + 1).map_or(0, |w| w.run.1 as usize);
            name.tokens.end = run.clamp(name.tokens.end, sentence.end);
        }
        Kind::Place
            if last == "Washington"
                && next == ","
                && matches!(document.word(name.tokens.end + 1), "D.C." | "DC" | "D.C") =>
        {
            name.tokens.end += 2;
        }
        Kind::Person if matches!(next, "Jr." | "Jr" | "Sr." | "Sr" | "III") => name.tokens.end += 1,
        Kind::Organisation
            if matches!(
                next,
                "Co." | "Corp." | "Inc." | "Ltd." | "Co" | "Corp" | "Inc" | "Ltd" | "PLC" | "LLC"
            ) =>
        {
            name.tokens.end += 1;
        }
        _ => {
            let end = name.tokens.end;
            if next == "&" && glued(end) && glued(end + 1) && capital(end + 1) {
                *name = Name { tokens: name.tokens.start..end + 2, kind: Kind::Organisation };
            }
        }
    }
}

/// A body whose name begins with a place's is no place, nor is a government under the name of its seat; "Adv Tsosane"
/// is a person.
fn kind(view: &View, name: &mut Name) -> Kind {
    let document = view.document;
    let last = name.tokens.end.saturating_sub(1);
    let body = name.tokens.len() > 1 && lexicon::is_body(document.word(last));
    let title = document.word(name.tokens.start);
    if name.kind == Kind::Organisation
        && (2..=4).contains(&name.tokens.len())
        && (lexicon::is_courtesy(title) || lexicon::is_abbreviated_office(title))
        && !body
    {
        name.kind = Kind::Person;
        trim(view, name);
        return Kind::Person;
    }
    let words = || fold(document.span(&name.tokens).of(document.text()));
    if let Some(kind) = view.known_as(&name.tokens) {
        return kind;
    }
    let before = name.tokens.start.checked_sub(1).map_or("", |at| document.word(at));
    // The river and the forest have "the".
    if title == "Amazon" && name.tokens.len() == 1 && !matches!(before, "the" | "The") {
        return Kind::Organisation;
    }
    if name.kind == Kind::Organisation
        && matches!(before, "in" | "In" | "near")
        && view.is_place(&name.tokens)
    {
        return Kind::Place;
    }
    if name.kind == Kind::Person
        && name.tokens.len() == 2
        && lexicon::is_firm(document.word(last))
        && !view.is_listed(name.tokens.start)
    {
        return Kind::Organisation;
    }
    if name.tokens.len() == 1 && name.kind == Kind::Organisation {
        // "in east Leeds": no club.
        let part = matches!(
            before,
            "north" | "south" | "east" | "west" | "central" | "downtown" | "inner" | "suburban" | "rural"
        );
        if view.is_country(name.tokens.start) || part && view.is_place(&name.tokens) {
            return Kind::Place;
        }
    }
    // "Victoria Atkins", "Queen Victoria"
    if name.kind == Kind::Place && name.tokens.len() == 2 && !view.is_place(&name.tokens) && !body {
        if matches!(title, "King" | "Queen" | "Pope") {
            name.tokens.start += 1;
            return Kind::Person;
        }
        let there = matches!(before, "in" | "at" | "near" | "from" | "to" | "’s" | "'s");
        let street = matches!(document.word(last), "Lane" | "Hill" | "Park" | "Green" | "Field" | "Bridge");
        if view.is_persons(&name.tokens) && !there && !street {
            return Kind::Person;
        }
    }
    let ending = document.word(last);
    let of = document.word(name.tokens.start + 1) == "of" && name.tokens.len() > 2;
    if name.kind != Kind::Group && name.tokens.len() > 1 {
        if lexicon::is_only_body(ending) || of && lexicon::is_body_head(title) {
            return Kind::Organisation;
        }
        if lexicon::is_site(ending) && name.kind == Kind::Organisation && !of {
            return Kind::Place;
        }
    }
    if name.kind == Kind::Place
        && (body && words() != "west bank"
            || matches!(words().as_str(), "kremlin" | "white house" | "pentagon"))
    {
        return Kind::Organisation;
    }
    name.kind
}

#[cfg(test)]
mod tests;
