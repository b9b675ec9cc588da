//! What the whole article and a few words settle after the models: names once given in full, abbreviations once
//! explained, titles that are no part of a name.

use super::features::View;
use super::{Name, in_compound};
use crate::actors::lexicon;
use crate::annotation::Kind;
use crate::tagger::ByHash;
use crate::text::{Document, fold, is_hyphen};
use std::collections::BTreeSet;

/// Mends `names`, which are in text order, and adds those that the article shows elsewhere.
pub fn settle(view: &View, names: &mut Vec<Name>) {
    let document = view.document;
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
    explained(view, names);
    recall(view, names);
    bodies(view, names);
    companies(view, names);
    storms(view, names);
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

/// Of "the Alternative for Germany (AfD)" and "the Social Democrats (SPD)" what stands before the bracket is a body too
/// where its abbreviation is one, and no person or other body is named there.
fn explained(view: &View, names: &mut Vec<Name>) {
    const LONGEST: usize = 8;
    let document = view.document;
    let capital = |at: usize| view.words.get(at).is_some_and(|w| w.capital);
    let mut found: Vec<Name> = Vec::new();
    for name in names.iter() {
        let capitals = document.word(name.tokens.start).chars().filter(|c| c.is_uppercase()).count();
        let Some(open) = name.tokens.start.checked_sub(1) else { continue };
        let bracketed = document.word(open) == "(" && document.word(name.tokens.end) == ")";
        // "MEXICO CITY (AP) —": a place, and who reports from it.
        let reports = matches!(document.word(name.tokens.end + 1), "—" | "–" | "-" | "--");
        if !bracketed || reports || name.kind != Kind::Organisation || name.tokens.len() != 1 || capitals < 2
        {
            continue;
        }
        let mut start = open;
        while let Some(before) = start.checked_sub(1)
            && open - before <= LONGEST
        {
            let linked = before > 0 && matches!(document.word(before), "of" | "for") && capital(before - 1);
            if !(capital(before) || linked && start < open) {
                break;
            }
            start = before;
        }
        while start < open && matches!(document.word(start), "The" | "A" | "An") {
            start += 1;
        }
        if (2..=LONGEST).contains(&(open - start)) && view.is_normal(open) {
            found.push(Name { tokens: start..open, kind: Kind::Organisation });
        }
    }
    for name in found {
        let inside = |other: &Name| {
            other.tokens.start >= name.tokens.start
                && other.tokens.end <= name.tokens.end
                && matches!(other.kind, Kind::Place | Kind::Group)
        };
        let apart =
            |other: &Name| other.tokens.end <= name.tokens.start || other.tokens.start >= name.tokens.end;
        if names.iter().all(|other| apart(other) || inside(other)) {
            names.retain(apart);
            names.push(name);
            names.sort_by_key(|name| name.tokens.start);
        }
    }
}

/// "Veltrix" is no person in an article on "Veltrix Inc.".
fn companies(view: &View, names: &mut [Name]) {
    let document = view.document;
    let is_suffix = |at: usize| lexicon::is_suffix(&fold(document.word(at)).replace('.', ""));
    let known: BTreeSet<u64> = names
        .iter()
        .filter(|n| n.kind == Kind::Organisation && n.tokens.len() == 2 && is_suffix(n.tokens.start + 1))
        .filter_map(|name| view.words.get(name.tokens.start).map(|w| w.fold))
        .collect();
    for name in names.iter_mut().filter(|name| name.tokens.len() == 1 && name.kind != Kind::Organisation) {
        if view.words.get(name.tokens.start).is_some_and(|w| known.contains(&w.fold)) {
            name.kind = Kind::Organisation;
        }
    }
}

/// Adds the runs of capitals that end as bodies' names do, and are clear of other names but for a place that they begin
/// with: "Arab League", "Montana Legislature".
fn bodies(view: &View, names: &mut Vec<Name>) {
    let document = view.document;
    let mut found = Vec::new();
    let mut next = names.iter_mut().peekable();
    for run in view.runs_of_capitals() {
        while next.next_if(|name| name.tokens.end <= run.start).is_some() {}
        let long = (2..=6).contains(&run.len());
        let prefix = |name: &&mut Name| {
            name.kind == Kind::Place && name.tokens.start == run.start && name.tokens.end < run.end
        };
        if long
            && lexicon::is_chamber(document.word(run.end - 1))
            && let Some(place) = next.next_if(|n| prefix(n))
        {
            if next.peek().is_none_or(|name| name.tokens.start >= run.end) {
                *place = Name { tokens: run, kind: Kind::Organisation };
            }
            continue;
        }
        let clear = next.peek().is_none_or(|name| name.tokens.start >= run.end);
        if clear && long && lexicon::is_body(document.word(run.end - 1)) && !in_compound(document, &run) {
            found.push(Name { tokens: run, kind: Kind::Organisation });
        }
    }
    names.extend(found);
    names.sort_by_key(|name| name.tokens.start);
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
    if name.kind == Kind::Person {
        while !name.tokens.is_empty() && lexicon::is_title(document.word(name.tokens.start)) {
            name.tokens.start += 1;
        }
    }
    if name.kind == Kind::Organisation {
        let next = document.word(name.tokens.end);
        let named = next == "," || next.starts_with(char::is_uppercase);
        while named && name.tokens.len() > 1 && lexicon::is_office(document.word(name.tokens.end - 1)) {
            name.tokens.end -= 1;
        }
        // "CEO of Nova Bank" and "French Ministry of Tourism", but not "Minister of Justice", which names no body.
        let (first, second) = (document.word(name.tokens.start), document.word(name.tokens.start + 1));
        let ministry = |at: usize| matches!(document.word(at), "Ministry" | "Office") && second != "Office";
        if name.tokens.len() > 2 && second == "of" && lexicon::is_office(first) {
            let none = matches!(first, "Minister" | "Secretary" | "Director" | "Chief");
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
        let mut ends = (name.tokens.start + 1..name.tokens.end).rev().take(4);
        let end = ends.find(|&end| view.is_place(&(name.tokens.start..end)))?;
        *name = Name { tokens: name.tokens.start..end, kind: Kind::Place };
        return None;
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
        && (2..=3).contains(&name.tokens.len())
        && lexicon::is_courtesy(title)
        && !body
    {
        name.tokens.start += 1;
        return Kind::Person;
    }
    let words = || fold(document.span(&name.tokens).of(document.text()));
    if name.tokens.len() == 1 {
        if lexicon::is_known_body(title) {
            return Kind::Organisation;
        }
        if name.kind == Kind::Organisation && view.is_country(name.tokens.start) {
            return Kind::Place;
        }
        // "in east Leeds": no club.
        let before = name.tokens.start.checked_sub(1).map_or("", |at| document.word(at));
        let part = matches!(
            before,
            "north" | "south" | "east" | "west" | "central" | "downtown" | "inner" | "suburban" | "rural"
        );
        if part && name.kind == Kind::Organisation && view.is_place(&name.tokens) {
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

/// A name has no more tokens than this; what the model takes for a longer one is a list or a run of capitals.
const LONGEST: usize = 24;

/// Not a lone initial ("D., Ariz."), an amount ("$20bn"), a law or award, a part of a hyphenated word or endless.
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
        || name.tokens.len() == 1 && lexicon::is_abbreviation(text)
        || name.kind != Kind::Place && lexicon::is_document(document.word(name.tokens.end.saturating_sub(1)))
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
    let mut found = Vec::new();
    let mut next = names.iter().peekable();
    for stretch in &view.stretches {
        for at in stretch.clone() {
            while next.next_if(|name| name.tokens.end <= at).is_some() {}
            if next.peek().is_some_and(|name| name.tokens.contains(&at)) {
                continue;
            }
            let Some(word) = view.words.get(at).filter(|w| w.capital) else { continue };
            // "Boeing 747" is no body.
            let product = document.word(at + 1).contains(|c: char| c.is_ascii_digit());
            let famous = !product && view.is_normal(at) && lexicon::is_known_body(document.word(at));
            let kind = famous.then_some(Kind::Organisation).or(known.get(&word.fold).copied());
            if let Some(kind) = kind
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
    use crate::tagger::ANALYSER;

    use Kind::{Group, Organisation, Person, Place};

    /// What becomes of names as a model may give them, each the first that is so written.
    fn settled(text: &str, found: &[(&str, Kind)]) -> Vec<(String, Kind)> {
        let article = Article::from_text(text);
        let document = Document::new(&article);
        let analysis = ANALYSER.analyse(&document);
        let view = View::new(&document, &analysis.tags, &analysis.words);
        let mut names: Vec<Name> = found
            .iter()
            .map(|(words, kind)| {
                let start = text.find(words).expect("the words are in the text");
                let span = crate::text::Span::new(start, start + words.len());
                Name { tokens: document.tokens_in(span), kind: *kind }
            })
            .collect();
        settle(&view, &mut names);
        names.iter().map(|n| (document.span(&n.tokens).of(text).to_owned(), n.kind)).collect()
    }

    #[test]
    fn mends() {
        type Case<'a> = (&'a str, &'a [(&'a str, Kind)], &'a [(&'a str, Kind)]);
        let cases: &[Case] = &[
            // Owners, laws, adjectives, and parts of hyphenated words.
            (
                "It was Russia's Defence Ministry that spoke.",
                &[("Russia's Defence Ministry", Organisation)],
                &[("Russia", Place), ("Defence Ministry", Organisation)],
            ),
            (
                "It went to NASA’s Science Directorate today.",
                &[("NASA’s Science Directorate", Organisation)],
                &[("NASA", Organisation), ("Science Directorate", Organisation)],
            ),
            (
                "The Children's Hospital has closed.",
                &[("Children's Hospital", Organisation)],
                &[("Children's Hospital", Organisation)],
            ),
            (
                "It broke the Lesotho Constitution twice.",
                &[("Lesotho Constitution", Organisation)],
                &[("Lesotho", Place)],
            ),
            ("The First Amendment protects it.", &[("First Amendment", Organisation)], &[]),
            (
                "The Norwegian and Swedish governments agreed.",
                &[("Norwegian", Organisation), ("Swedish", Organisation)],
                &[],
            ),
            (
                "He called the French Ministry of Tourism again.",
                &[("French Ministry of Tourism", Organisation)],
                &[("Ministry of Tourism", Organisation)],
            ),
            ("They spoke of an India-Pakistan war.", &[("India", Place), ("Pakistan", Place)], &[]),
            // Bodies and the abbreviations behind them; what has a company's name is no person.
            (
                "Then the Alternative for Germany (AfD) left, and the Social Democrats (SPD) stayed.",
                &[("Germany", Place), ("AfD", Organisation), ("Democrats", Group), ("SPD", Organisation)],
                &[
                    ("Alternative for Germany", Organisation),
                    ("AfD", Organisation),
                    ("Social Democrats", Organisation),
                    ("SPD", Organisation),
                ],
            ),
            (
                "LAKE CITY (AP) — It rained.",
                &[("LAKE CITY", Place), ("AP", Organisation)],
                &[("LAKE CITY", Place), ("AP", Organisation)],
            ),
            (
                "As Seaton sells less, shares of Seaton Inc. fell.",
                &[("Seaton", Person), ("Seaton Inc.", Organisation)],
                &[("Seaton", Organisation), ("Seaton Inc.", Organisation)],
            ),
            ("It uses AI for that.", &[("AI", Place)], &[]),
            ("A fire in east Leeds went out.", &[("Leeds", Organisation)], &[("Leeds", Place)]),
            ("As Hurricane Ida neared, Ida slowed.", &[("Ida", Person)], &[]),
            ("The Data Protection Rules hold.", &[("Data Protection Rules", Organisation)], &[]),
            // Titles and offices.
            ("So Adv Tsosane argues.", &[("Adv Tsosane", Organisation)], &[("Tsosane", Person)]),
            (
                "The Senate Leader, Ann Lee, left.",
                &[("Senate Leader", Organisation), ("Ann Lee", Person)],
                &[("Senate", Organisation), ("Ann Lee", Person)],
            ),
            (
                "The paper is the Argus Leader.",
                &[("Argus Leader", Organisation)],
                &[("Argus Leader", Organisation)],
            ),
            (
                "He was CEO of Nova Media Group then.",
                &[("CEO of Nova Media Group", Organisation)],
                &[("Nova Media Group", Organisation)],
            ),
            ("The Minister of Justice left.", &[("Minister of Justice", Organisation)], &[]),
            // Names found in part.
            (
                "We saw James Kennedy Jr. there.",
                &[("James Kennedy", Person)],
                &[("James Kennedy Jr.", Person)],
            ),
            (
                "He met Eva-Marie Persson there.",
                &[("Marie Persson", Person)],
                &[("Eva-Marie Persson", Person)],
            ),
            ("He left PG&E last year.", &[("PG", Organisation)], &[("PG&E", Organisation)]),
            (
                "Then Pacific Electric Co. closed it.",
                &[("Pacific Electric", Organisation)],
                &[("Pacific Electric Co.", Organisation)],
            ),
            (
                "Ask the Office for Budget Control.",
                &[("Budget Control", Organisation)],
                &[("Office for Budget Control", Organisation)],
            ),
            ("It is in Washington, D.C. today.", &[("Washington", Place)], &[("Washington, D.C.", Place)]),
            (
                "It was the Montana Legislature that voted.",
                &[("Montana", Place)],
                &[("Montana Legislature", Organisation)],
            ),
            // Kinds.
            ("They live in the West Bank now.", &[("West Bank", Place)], &[("West Bank", Place)]),
            ("It was Pakistan that asked.", &[("Pakistan", Organisation)], &[("Pakistan", Place)]),
            ("There the Taliban swapped hostages.", &[], &[("Taliban", Organisation)]),
        ];
        for (text, found, want) in cases {
            let want: Vec<_> = want.iter().map(|(name, kind)| ((*name).to_owned(), *kind)).collect();
            assert_eq!(settled(text, found), want, "{text}");
        }
    }

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
