//! Who is who: groups names into actors.
//!
//! Rules over the names' words, as coreference systems have for names (Lee et al. 2013, "Deterministic coreference
//! resolution based on entity-centric, precision-ranked rules", the sieves for exact match, relaxed match and
//! acronyms). Names of different kinds never meet: a company and the person it is named after stay apart.
//! Every name is compared with a bounded number of others, found by the words they share, so the time is linear.

mod form;

use super::aliases::Aliases;
use super::lexicon::is_particle;
use super::names::{Known, Name};
use crate::annotation::Kind;
use crate::tagger::GivenNames;
use crate::text::Document;
use form::{Form, forms, misspelt, sounds};
use std::collections::{BTreeSet, HashMap};

/// One participant: the names that are its mentions.
pub struct Entity {
    /// What it is.
    pub kind: Kind,
    /// Indexes of its names, in text order; never empty.
    pub names: Vec<usize>,
}

/// How many entities a name is compared with at most, the latest first.
const CANDIDATES: usize = 12;

/// Groups `names` into entities, in the order of first mention.
pub fn group(document: &Document, names: &[Name], known: &Known, given: GivenNames) -> Vec<Entity> {
    let forms = forms(document, names, known, given);
    let aliases = &known.aliases;
    let mut groups =
        Groups { forms: &forms, aliases, kinds: Vec::new(), names: Vec::new(), by_key: HashMap::new() };
    let of_kind = |kind: Kind| (0..names.len()).filter(move |&i| names[i].kind == kind);

    // People: full names first, in text order, then single names.
    let (full, single): (Vec<_>, Vec<_>) = of_kind(Kind::Person).partition(|&i| forms[i].is_full());
    for i in full {
        groups.place(i, Kind::Person, |a, b| a.same_person(b, aliases));
    }
    let people = groups.names.clone();
    for i in single {
        groups.place_single(i, &people);
    }
    // Bodies: longer names first, so that shorter ones find them.
    let mut bodies: Vec<_> = of_kind(Kind::Organisation).collect();
    bodies.sort_by_key(|&i| (std::cmp::Reverse(forms[i].words.len()), i));
    for i in bodies {
        groups.place(i, Kind::Organisation, Form::same_body);
    }
    for kind in [Kind::Place, Kind::Group] {
        for i in of_kind(kind) {
            groups.place(i, kind, Form::same_words);
        }
    }
    let entity = |(kind, names): (Kind, BTreeSet<usize>)| Entity { kind, names: names.into_iter().collect() };
    let mut entities: Vec<Entity> = groups.kinds.into_iter().zip(groups.names).map(entity).collect();
    entities.sort_by_key(|e| e.names.first().copied());
    entities
}

/// "Institute for the German Economy (IW)": the abbreviation in brackets is the body's own, whatever its letters.
fn explains(document: &Document, long: &Name, short: &Name) -> bool {
    long.kind == Kind::Organisation
        && short.tokens.start == long.tokens.end + 1
        && short.is_bracketed(document)
}

struct Groups<'a> {
    forms: &'a [Form],
    aliases: &'a Aliases,
    /// What each entity is, and its names.
    kinds: Vec<Kind>,
    names: Vec<BTreeSet<usize>>,
    /// Entities by the words of their names, in the order in which they came.
    by_key: HashMap<u64, Vec<usize>>,
}

impl Groups<'_> {
    /// Puts name `i` with an entity that has a name which is the `same`, else makes a new one: one that has the very
    /// words before others, and then the nearest.
    fn place(&mut self, i: usize, kind: Kind, same: impl Fn(&Form, &Form) -> bool) {
        let form = &self.forms[i];
        let mut best = None;
        for key in form.keys() {
            for &entity in self.by_key.get(&key).into_iter().flatten().rev().take(CANDIDATES) {
                // The first and the last of its names stand for all.
                let of = &self.names[entity];
                let ends = || of.first().into_iter().chain(of.last()).map(|&n| &self.forms[n]);
                if self.kinds[entity] == kind && ends().any(|other| same(form, other)) {
                    let exact = ends().any(|other| other.words == form.words);
                    best = best.max(Some((exact, self.near(entity, i), entity)));
                }
            }
        }
        self.join(i, best.map(|(.., entity)| entity), kind);
    }

    /// How near an entity's names are to name `i`: the last before it or, failing that, the first after it.
    fn near(&self, entity: usize, i: usize) -> (bool, usize) {
        let names = &self.names[entity];
        let before = names.range(..i).next_back();
        let after = || usize::MAX - names.first().copied().unwrap_or(0);
        (before.is_some(), before.copied().unwrap_or_else(after))
    }

    /// Puts a person's single name with the full name that it is part of: as a surname, else as a first name, else
    /// as any. Where several people have it, with the one who is the most often named in full, else with the nearest.
    /// `people` has the full names of each entity that has any.
    fn place_single(&mut self, i: usize, people: &[BTreeSet<usize>]) {
        let forms = self.forms;
        let words = &forms[i].words;
        let Some(word) = words.iter().rfind(|w| !is_particle(w)).or(words.last()) else {
            return self.join(i, None, Kind::Person);
        };
        let mut found = self.namesakes(i, word, people, |a, b| a == b);
        if found.is_empty() {
            for other in self.aliases.nicknames(word) {
                found
                    .extend(self.namesakes(i, other, people, |a, b| a == b).into_iter().filter(|f| f.0 == 2));
            }
        }
        if found.is_empty() {
            found = self.namesakes(i, &sounds(word), people, |written, _| misspelt(written, word));
        }
        let full = |entity: usize| people.get(entity).map_or(0, BTreeSet::len);
        let most = found.iter().map(|&(_, entity)| full(entity)).max().unwrap_or(0);
        let best = found
            .iter()
            .max_by_key(|(rank, entity)| (*rank, full(*entity) * 2 > most, self.near(*entity, i), *entity));
        self.join(i, best.map(|&(_, entity)| entity), Kind::Person);
    }

    /// People who have the name `word`, and how: 3 as a surname, 2 as a first name, 1 as another. Nobody whose gender
    /// isn't that of name `i`.
    fn namesakes(
        &self,
        i: usize,
        word: &str,
        people: &[BTreeSet<usize>],
        same: impl Fn(&str, &str) -> bool,
    ) -> Vec<(u8, usize)> {
        let is = |written: Option<&String>| written.is_some_and(|written| same(written, word));
        let mut found = Vec::new();
        for &entity in self.by_key.get(&self.forms[i].key(word)).into_iter().flatten().take(CANDIDATES) {
            let rank = |form: &Form| match people.get(entity) {
                None => u8::from(is(form.words.last())) * 2,
                Some(_) if is(form.words.last()) => 3,
                Some(_) if is(form.words.first()) => 2,
                Some(_) => u8::from(form.words.iter().any(|w| same(w, word))),
            };
            let names = people.get(entity).unwrap_or(&self.names[entity]);
            let names = || names.iter().take(CANDIDATES).map(|&n| &self.forms[n]);
            let rank = names().map(rank).max().unwrap_or(0);
            if rank > 0 && !names().any(|name| name.differs(&self.forms[i])) {
                found.push((rank, entity));
            }
        }
        found
    }

    fn join(&mut self, i: usize, entity: Option<usize>, kind: Kind) {
        let entity = entity.unwrap_or_else(|| {
            self.kinds.push(kind);
            self.names.push(BTreeSet::new());
            self.kinds.len() - 1
        });
        self.names[entity].insert(i);
        for key in self.forms[i].keys() {
            let entities = self.by_key.entry(key).or_default();
            if !entities.contains(&entity) && entities.len() < 8 * CANDIDATES {
                entities.push(entity);
            }
        }
    }
}

/// The fullest of an entity's names: the one with the most words, then the longest, then the first. An acronym
/// never is, where there is another.
pub fn fullest(document: &Document, names: &[Name], entity: &Entity) -> String {
    let mut best: (bool, usize, usize) = (false, 0, 0);
    let mut name = "";
    for n in entity.names.iter().filter_map(|&i| names.get(i)) {
        let text = document.span(&n.tokens).of(document.text());
        let size = (text.contains(char::is_lowercase), n.tokens.len(), text.len());
        if size > best {
            (best, name) = (size, text);
        }
    }
    if name.is_empty() {
        name = entity
            .names
            .first()
            .and_then(|&i| names.get(i))
            .map_or("", |n| document.span(&n.tokens).of(document.text()));
    }
    // A name that runs over a line's end has its spaces made one.
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Article;
    use crate::text::Span;

    fn all(document: &Document, names: &[Name]) -> Vec<Entity> {
        let given = GivenNames::bundled().expect("the bundled names load");
        group(document, names, &Known::new(), given)
    }

    /// Which entity each of the names belongs to.
    fn grouped(kind: Kind, names: &[&str]) -> Vec<usize> {
        let article = Article::from_text(&names.join(" met "));
        let document = Document::new(&article);
        let mut at = 0;
        let found: Vec<Name> = names
            .iter()
            .map(|name| {
                let span = Span::new(at, at + name.len());
                at = span.end + " met ".len();
                Name { tokens: document.tokens_in(span), kind }
            })
            .collect();
        let entities = all(&document, &found);
        let entity_of = |i: usize| entities.iter().position(|e| e.names.contains(&i)).unwrap_or(usize::MAX);
        (0..found.len()).map(entity_of).collect()
    }

    #[test]
    fn people() {
        for (names, want) in [
            (&["Donald Trump", "Donald J. Trump", "Trump"][..], &[0, 0, 0][..]),
            (&["Donald Trump", "Donald Trump Jr.", "Donald Trump"], &[0, 1, 0]),
            (&["Joe Biden", "Biden Jr."], &[0, 0]),
            (
                &["Ann Smith", "Bob Smith", "Smith", "Ann Smith", "Smith", "Bob Smith", "Smith"],
                &[0, 1, 1, 0, 0, 1, 1],
            ),
            (&["Smith", "Ann Smith", "Bob Smith"], &[0, 0, 1]),
            (&["Du", "Du", "Do", "Do"], &[0, 0, 1, 1]),
            // Whom the article is about keeps the surname.
            (&["Ann Smith", "Ann Smith", "Bob Smith", "Smith"], &[0, 0, 1, 0]),
            (&["Smith", "Bob Smith", "Ann Smith", "Ann Smith"], &[0, 1, 0, 0]),
            // Nicknames, and names written in two ways.
            (&["James Hansen", "Jim Hansen", "Hansen", "Hanson", "Jim"], &[0, 0, 0, 0, 0]),
            (&["Marc Dutroux", "Mark Dutroux", "Anthony Kiedis", "Keidis"], &[0, 0, 1, 1]),
            (&["Mario Rossi", "Maria Rossi", "Dan Lee", "Ben Lee"], &[0, 1, 2, 3]),
        ] {
            assert_eq!(grouped(Kind::Person, names), want, "{names:?}");
        }
    }

    #[test]
    fn bodies() {
        for (names, want) in [
            (&["World Trade Organization", "WTO"][..], &[0, 0][..]),
            (&["Department of Justice", "Justice Department", "DOJ"], &[0, 0, 0]),
            (&["Ministry of the Interior", "Interior Ministry"], &[0, 0]),
            (&["Pacific Gas & Electric Co.", "PG&E"], &[0, 0]),
            (&["UN", "United Nations", "United Nations High Commissioner for Human Rights"], &[0, 0, 1]),
            (&["U.N. Human Rights Council", "United Nations Human Rights Council"], &[0, 0]),
            (&["U.S. Department of Justice", "Justice Department"], &[0, 0]),
            (&["ISIS", "Islamic State", "ISIL"], &[0, 0, 0]),
            // A part has a name of its own; a firm's full name hasn't.
            (&["White House", "White House Transition Council", "House"], &[0, 1, 2]),
            (&["Leeds University", "Leeds University Press", "Moruo", "Moruo Mining"], &[0, 1, 2, 2]),
            (&["AirAsia", "AirAsia Group"], &[0, 0]),
            // The head of a name alone means the nearest.
            (&["State Department", "Justice Department", "Department", "State"], &[0, 1, 1, 0]),
            (&["University of Leeds", "University"], &[0, 0]),
            (&["PUK-KDP", "PUK", "KDP"], &[0, 1, 2]),
        ] {
            assert_eq!(grouped(Kind::Organisation, names), want, "{names:?}");
        }
    }

    #[test]
    fn a_title_tells_who() {
        let text = "Ann Lee and Bob Lee came. Mrs. Lee left, and Mr. Lee stayed.";
        let article = Article::from_text(text);
        let document = Document::new(&article);
        let name = |start: usize, length: usize| {
            let tokens = document.tokens_in(Span::new(start, start + length));
            Name { tokens, kind: Kind::Person }
        };
        let names = [name(0, 7), name(12, 7), name(31, 3), name(49, 3)];
        let found: Vec<Vec<usize>> = all(&document, &names).into_iter().map(|e| e.names).collect();
        assert_eq!(found, [vec![0, 2], vec![1, 3]]);
    }

    #[test]
    fn abbreviations_in_brackets() {
        let text = "The Institute for the German Economy (IW) spoke, and IW stayed.";
        let article = Article::from_text(text);
        let document = Document::new(&article);
        let name = |words: &str, start: usize| {
            let tokens = document.tokens_in(Span::new(start, start + words.len()));
            Name { tokens, kind: Kind::Organisation }
        };
        let names = [
            name("Institute for the German Economy", 4),
            name("IW", text.find("IW").unwrap_or(0)),
            name("IW", text.rfind("IW").unwrap_or(0)),
        ];
        assert_eq!(all(&document, &names).len(), 1);
    }

    #[test]
    fn places() {
        let names = ["State of Israel", "Israel", "Republic of", "New York", "Vegas", "Las Vegas"];
        assert_eq!(grouped(Kind::Place, &names), [0, 0, 1, 2, 3, 3]);
        assert_eq!(grouped(Kind::Group, &["Dems", "Democrats", "Democrat"]), [0, 0, 0]);
    }

    #[test]
    fn names_of_link_words_alone() {
        assert_eq!(grouped(Kind::Organisation, &["And", "And", "Of", "And"]), [0, 0, 1, 0]);
    }

    #[test]
    fn one_surname_over_and_over() {
        // A quadratic step would take minutes here.
        let mut names = vec!["Smith"; 30_000];
        names.extend(vec!["Ann Smith"; 30_000]);
        let article = Article::from_text(&names.join(" "));
        let document = Document::new(&article);
        let mut at = 0;
        let found: Vec<Name> = names
            .iter()
            .map(|name| {
                let tokens = at..at + name.split(' ').count();
                at = tokens.end;
                Name { tokens, kind: Kind::Person }
            })
            .collect();
        assert_eq!(all(&document, &found).len(), 1);
    }
}
