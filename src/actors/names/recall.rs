//! Names that the models missed and the article, or what everybody knows, shows.

use super::features::View;
use super::{Name, in_compound};
use crate::actors::lexicon;
use crate::annotation::Kind;
use crate::tagger::{ByHash, Pos, hash};
use crate::text::{fold, is_hyphen};
use std::collections::BTreeSet;
use std::ops::Range;

/// Adds the mentions that the models missed of people whose full name they found, by surname, and of bodies whose
/// abbreviation the article explains.
pub fn recall(view: &View, names: &mut Vec<Name>) {
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

/// Adds the runs of capitals that end as bodies' names do, and are clear of other names but for a place that they begin
/// with: "Arab League", "Montana Legislature".
pub fn bodies(view: &View, names: &mut Vec<Name>) {
    let document = view.document;
    let mut found = Vec::new();
    let mut next = names.iter_mut().peekable();
    for run in view.runs_of_capitals() {
        while next.next_if(|name| name.tokens.end <= run.start).is_some() {}
        let long = (2..=6).contains(&run.len());
        let only_body = lexicon::is_only_body(document.word(run.end - 1));
        // "Carter | Foundation"
        let founder = |name: &Name| name.kind == Kind::Person && only_body && name.tokens.len() == 1;
        let prefix = |name: &&mut Name| {
            (name.kind == Kind::Place || founder(name))
                && name.tokens.start == run.start
                && name.tokens.end < run.end
        };
        if long
            && (only_body || lexicon::is_chamber(document.word(run.end - 1)))
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

/// Adds bodies called after an office, whatever was found of them: "Prime Minister's Office", "Leeds Magistrates' Court",
/// "U.S. Attorney's Office for the District of Maine".
pub fn offices(view: &View, names: &mut Vec<Name>) {
    let document = view.document;
    let mut found: Vec<Name> = Vec::new();
    for stretch in &view.stretches {
        for clitic in stretch.clone().skip(1) {
            let owned =
                matches!(document.word(clitic), "'s" | "’s" | "'" | "’") && stretch.contains(&(clitic + 1));
            if !owned || !lexicon::owns_bodies(document.word(clitic - 1)) || !view.is_normal(clitic) {
                continue;
            }
            let (Some(office), Some(body)) = (view.words.get(clitic - 1), view.words.get(clitic + 1)) else {
                continue;
            };
            let (mut start, mut end) = (office.run.0 as usize, body.run.1 as usize);
            // Within what the last one took: "Minister's Office of the Mayor's Office".
            let taken = found.last().is_some_and(|last| last.tokens.end > start);
            if taken
                || end <= clitic + 1
                || !lexicon::is_body(document.word(end - 1))
                || start < stretch.start
            {
                continue;
            }
            start += usize::from(document.word(start).eq_ignore_ascii_case("the"));
            if matches!(document.word(end), "of" | "for") && end < stretch.end {
                end = stretch.end;
            }
            found.push(Name { tokens: start..end, kind: Kind::Organisation });
        }
    }
    add(names, found);
}

/// Adds names that everybody knows, in the place of what covers but a part of them. A longer name stays: "Reuters
/// Institute".
pub fn famous(view: &View, names: &mut Vec<Name>) {
    let document = view.document;
    let mut found: Vec<Name> = Vec::new();
    let mut next = 0;
    for famous in &view.known {
        let Range { start, end } = famous.tokens;
        while names.get(next).is_some_and(|name| name.tokens.end <= start) {
            next += 1;
        }
        let mut covered = names.get(next..).unwrap_or_default().iter().take_while(|n| n.tokens.start < end);
        let parts =
            covered.all(|n| n.tokens.start >= start && n.tokens.end <= end && n.tokens.len() < end - start);
        // A "Druze leader" is no group.
        let adjective =
            famous.kind == Kind::Group && !document.word(end - 1).ends_with('s') && modifies(view, end);
        if parts && !adjective && !in_compound(document, &famous.tokens) {
            found.push(famous.clone());
        }
    }
    add(names, found);
}

/// Adds people named by an adjective that stands for a noun: "the French protested", "a German and an American",
/// "Americans, British and French".
pub fn nations(view: &View, names: &mut Vec<Name>) {
    let document = view.document;
    let mut found: Vec<Name> = Vec::new();
    let mut next = 0;
    // Where the last row of adjectives ends: each in it ends there.
    let mut row = 0;
    for at in view.stretches.iter().cloned().flatten() {
        while names.get(next).is_some_and(|name| name.tokens.end <= at) {
            next += 1;
        }
        let taken = names.get(next).is_some_and(|name| name.tokens.start <= at);
        if taken || !view.is_normal(at) || !view.is_people(at) || in_compound(document, &(at..at + 1)) {
            continue;
        }
        // Past the others that it shares its noun with: "the French and German governments".
        let mut end = row.max(at + 1);
        while matches!(document.word(end), "and" | "or" | ",") && view.is_demonym(end + 1) {
            end += 2;
        }
        row = end;
        let before = at.checked_sub(1);
        let word = document.word(at);
        let whole = || ["sh", "ch", "ese", "ss"].iter().any(|tail| word.ends_with(tail));
        let fits = match before.map_or("", |b| document.word(b)) {
            "the" | "The" => whole(),
            "a" | "an" | "A" | "An" | "every" | "each" | "any" | "another" | "fellow" | "one" | "Every"
            | "Each" => true,
            "," | "and" | "or" => {
                let ends = |name: &Name| name.kind == Kind::Group && Some(name.tokens.end) == before;
                found.last().is_some_and(ends)
                    || next.checked_sub(1).and_then(|n| names.get(n)).is_some_and(ends)
            }
            _ if word == "Democrat" => true,
            // "the lifelong Republican"
            _ => {
                let described = before.and_then(|b| view.words.get(b)).is_some_and(|b| b.pos == Pos::Adj);
                let mut ahead = before.into_iter().flat_map(|b| b.saturating_sub(2)..b);
                described
                    && !view.is_people(before.unwrap_or(0))
                    && ahead.any(|at| matches!(document.word(at), "a" | "an" | "the" | "A" | "An" | "The"))
                    && !matches!(document.word(end), "and" | "or" | ",")
            }
        };
        if fits && !modifies(view, end) {
            found.push(Name { tokens: at..at + 1, kind: Kind::Group });
        }
    }
    add(names, found);
}

/// Adds families of people whose full names are there: "the Okafors".
pub fn families(view: &View, names: &mut Vec<Name>) {
    let document = view.document;
    let mut surnames: BTreeSet<u64> = BTreeSet::new();
    for name in names.iter().filter(|n| n.kind == Kind::Person && n.tokens.len() > 1) {
        let surname = fold(document.word(name.tokens.end - 1));
        let plural = if surname.ends_with(['s', 'z', 'x']) { "es" } else { "s" };
        surnames.insert(hash(&(surname + plural)));
    }
    let mut found = Vec::new();
    for at in view.stretches.iter().cloned().flatten() {
        let Some(word) = view.words.get(at).filter(|w| w.capital && surnames.contains(&w.fold)) else {
            continue;
        };
        let the = at.checked_sub(1).is_some_and(|b| document.word(b).eq_ignore_ascii_case("the"));
        if the && word.run.1 as usize == at + 1 {
            found.push(Name { tokens: at..at + 1, kind: Kind::Group });
        }
    }
    add(names, found);
}

/// Of "the Alternative for Germany (AfD)" and "the Social Democrats (SPD)" what stands before the bracket is a body too
/// where its abbreviation is one, and no person or other body is named there.
pub fn explained(view: &View, names: &mut Vec<Name>) {
    const LONGEST: usize = 8;
    let document = view.document;
    let capital = |at: usize| view.words.get(at).is_some_and(|w| w.capital);
    let mut found: Vec<Name> = Vec::new();
    for name in names.iter() {
        let Some(open) = name.tokens.start.checked_sub(1) else { continue };
        // "MEXICO CITY (AP) —": a place, and who reports from it.
        let reports = matches!(document.word(name.tokens.end + 1), "—" | "–" | "-" | "--");
        if reports || !name.is_bracketed(document) {
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
    let mut next = 0;
    found.retain(|long| {
        while names.get(next).is_some_and(|name| name.tokens.end <= long.tokens.start) {
            next += 1;
        }
        let covered = names.get(next..).unwrap_or_default();
        let mut covered = covered.iter().take_while(|name| name.tokens.start < long.tokens.end);
        covered.all(|name| {
            name.tokens.start >= long.tokens.start
                && name.tokens.end <= long.tokens.end
                && matches!(name.kind, Kind::Place | Kind::Group)
        })
    });
    add(names, found);
}

/// "Veltrix" is no person in an article on "Veltrix Inc." or "Veltrix Energy", nor "Okafor" a body in one on "Ann Okafor",
/// unless a body is called so too.
pub fn namesakes(view: &View, names: &mut [Name]) {
    let document = view.document;
    let fold_at = |at: usize| view.words.get(at).map(|w| w.fold);
    let is_suffix = |at: usize| lexicon::is_suffix(&fold(document.word(at)).replace('.', ""));
    let (mut firms, mut bodies, mut surnames) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for name in names.iter().filter(|name| name.tokens.len() > 1) {
        let (first, last) = (name.tokens.start, name.tokens.end - 1);
        match name.kind {
            Kind::Person => surnames.extend(fold_at(last)),
            Kind::Organisation => {
                bodies.extend(name.tokens.clone().filter_map(fold_at));
                let pair = name.tokens.len() == 2 && is_suffix(last);
                let firm = is_suffix(last) || lexicon::is_firm(document.word(last));
                if pair
                    || firm && !view.is_listed(first) && !lexicon::is_generic(&[fold(document.word(first))])
                {
                    firms.extend(fold_at(first));
                }
            }
            Kind::Place | Kind::Group => {}
        }
    }
    for name in names.iter_mut().filter(|name| name.tokens.len() == 1) {
        let Some(word) = fold_at(name.tokens.start) else { continue };
        if name.kind != Kind::Organisation && firms.contains(&word) {
            name.kind = Kind::Organisation;
        } else if name.kind == Kind::Organisation && surnames.contains(&word) && !bodies.contains(&word) {
            name.kind = Kind::Person;
        }
    }
}

/// What stands before the token `at` in the same sentence belongs to it: "Druze | leader".
fn modifies(view: &View, at: usize) -> bool {
    view.words.get(at).is_some_and(|word| {
        word.capital
            || matches!(word.pos, Pos::Noun | Pos::Adj | Pos::Propn | Pos::Num)
            || view.document.word(at).starts_with(is_hyphen)
                && view.document.tokens.get(at).is_some_and(|t| t.glued)
    })
}

/// Puts `found`, which is in text order, among `names` and in the place of those that it overlaps.
fn add(names: &mut Vec<Name>, found: Vec<Name>) {
    names.retain(|name| {
        let near = found.partition_point(|f| f.tokens.end <= name.tokens.start);
        found.get(near).is_none_or(|f| f.tokens.start >= name.tokens.end)
    });
    names.extend(found);
    names.sort_by_key(|name| name.tokens.start);
}
