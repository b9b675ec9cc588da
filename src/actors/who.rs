//! Who is who: groups names into actors.
//!
//! Rules over the names' words, as coreference systems have for names (Lee et al. 2013, "Deterministic coreference
//! resolution based on entity-centric, precision-ranked rules", the sieves for exact match, relaxed match and
//! acronyms). Names of different kinds never meet: a company and the person it is named after stay apart.
//! Every name is compared with a bounded number of others, found by the words they share, so the time is linear.

use super::lexicon::{self, is_particle, is_suffix};
use super::names::Name;
use crate::annotation::Kind;
use crate::tagger::hash;
use crate::text::{Document, Shape, fold};
use std::collections::HashMap;

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
pub fn group(document: &Document, names: &[Name]) -> Vec<Entity> {
    let mut forms: Vec<Form> = names.iter().map(|name| Form::new(document, name)).collect();
    for i in 1..names.len() {
        if explains(document, &names[i - 1], &names[i]) {
            forms[i - 1].initials[1] = forms[i].words.concat();
        }
    }
    let mut groups = Groups { entities: Vec::new(), by_key: HashMap::new() };
    let of_kind = |kind: Kind| (0..names.len()).filter(move |&i| names[i].kind == kind);

    // People: full names first, in text order, then single names, each to whoever was named so last.
    let (full, single): (Vec<_>, Vec<_>) = of_kind(Kind::Person).partition(|&i| forms[i].is_full());
    for i in full {
        groups.place(i, &forms, Kind::Person, Form::same_person);
    }
    let people: Vec<usize> = groups.entities.iter().map(|e| e.names.len()).collect();
    for i in single {
        groups.place_single(i, &forms, &people);
    }
    // Bodies: longer names first, so that shorter ones find them.
    let mut bodies: Vec<_> = of_kind(Kind::Organisation).collect();
    bodies.sort_by_key(|&i| (std::cmp::Reverse(forms[i].words.len()), i));
    for i in bodies {
        groups.place(i, &forms, Kind::Organisation, Form::same_body);
    }
    for kind in [Kind::Place, Kind::Group] {
        for i in of_kind(kind) {
            groups.place(i, &forms, kind, Form::same_words);
        }
    }
    let mut entities = groups.entities;
    entities.iter_mut().for_each(|e| e.names.sort_unstable());
    entities.sort_by_key(|e| e.names.first().copied());
    entities
}

/// "Institute for the German Economy (IW)": the abbreviation in brackets is the body's own, whatever its letters.
fn explains(document: &Document, long: &Name, short: &Name) -> bool {
    long.kind == Kind::Organisation
        && short.tokens.start == long.tokens.end + 1
        && short.is_bracketed(document)
}

/// A name's words as they are compared.
struct Form {
    /// Folded words without marks, full stops, "the", and what follows a surname or a company's name.
    words: Vec<String>,
    /// "Jr", "III".
    generation: Option<String>,
    /// The first letters of its longer words; of those without "Co." and the like; of all its words.
    initials: [String; 3],
    kind: Kind,
}

impl Form {
    fn new(document: &Document, name: &Name) -> Self {
        let mut words: Vec<String> = Vec::new();
        for at in name.tokens.clone() {
            let Some(token) = document.tokens.get(at) else { continue };
            if matches!(token.shape, Shape::Mark | Shape::Clitic) {
                continue;
            }
            let word = fold(document.word(at)).replace(['.', '\''], "");
            // "PG&E" is one word.
            let joined = at > name.tokens.start && token.glued && document.word(at - 1) == "&";
            match words.last_mut() {
                Some(last) if joined => last.push_str(&word),
                _ => words.push(word),
            }
        }
        let mut initials = <[String; 3]>::default();
        for word in &words {
            let first = word.chars().next();
            initials[2].extend(first);
            if !lexicon::is_link(word) {
                initials[0].extend(first);
                initials[1].extend(first.filter(|_| !is_suffix(word)));
            }
        }
        if words.len() > 1 && words.first().is_some_and(|w| w == "the") {
            words.remove(0);
        }
        let mut generation = None;
        match name.kind {
            Kind::Person => {
                if words.len() > 1
                    && words.last().is_some_and(|w| matches!(w.as_str(), "jr" | "sr" | "ii" | "iii"))
                {
                    generation = words.pop();
                }
            }
            Kind::Organisation => {
                while words.len() > 1 && words.last().is_some_and(|w| is_suffix(w)) {
                    words.pop();
                }
                turn(&mut words);
            }
            Kind::Place => {
                if let [head, of, ..] = words.as_slice()
                    && matches!(head.as_str(), "state" | "republic" | "kingdom")
                    && of == "of"
                {
                    words.drain(..2);
                }
                if let Some(whole) = lexicon::place(&words.join(" ")) {
                    words = whole.split(' ').map(str::to_owned).collect();
                }
            }
            Kind::Group => {
                if let Some(last) = words.last_mut()
                    && last.len() > 4
                    && last.ends_with('s')
                {
                    last.pop();
                }
            }
        }
        Self { words, generation, initials, kind: name.kind }
    }

    /// Names a person by more than one name; "al-Assad" is but one.
    fn is_full(&self) -> bool {
        self.words.iter().filter(|w| !is_particle(w)).count() > 1
    }

    fn same_words(&self, other: &Self) -> bool {
        self.words == other.words
    }

    /// "Recep Tayyip Erdogan" and "Tayyip Erdogan", "Donald J. Trump" and "Donald Trump", "J. Smith" and "Jane Smith";
    /// not "Donald Trump Jr.".
    fn same_person(&self, other: &Self) -> bool {
        let (short, long) = if self.words.len() <= other.words.len() { (self, other) } else { (other, self) };
        let initials = short.words.last() == long.words.last()
            && in_order(&short.words, &long.words, |a, b| a == b || is_initial(a, b) || is_initial(b, a));
        let words = || short.words.len() > 1 && in_order(&short.words, &long.words, |a, b| a == b);
        short.generation == long.generation && (initials || words())
    }

    /// "Moruo" and "Moruo Mining", "Security Council" and "UN Security Council", "NCRB" and its long form.
    fn same_body(&self, other: &Self) -> bool {
        let (short, long) = if self.words.len() <= other.words.len() { (self, other) } else { (other, self) };
        if short.words == long.words {
            return true;
        }
        if let [word] = short.words.as_slice()
            && long.words.len() > 1
            && word.len() > 1
            && (long.initials.contains(word) || lexicon::body(word) == Some(long.words.join(" ").as_str()))
        {
            return true;
        }
        let letters: usize = short.words.iter().map(String::len).sum();
        letters > 2
            // The United Nations aren't their High Commissioner.
            && lexicon::body_short(&short.words).is_none()
            && long.words.windows(short.words.len()).any(|part| part == short.words.as_slice())
            && !lexicon::is_generic(&short.words)
    }

    /// What entities of this name are looked up by.
    fn keys(&self) -> impl Iterator<Item = u64> {
        let kind = self.kind as u64;
        let only_links = self.words.iter().all(|w| lexicon::is_link(w));
        let long = if self.words.len() > 1 { self.initials.as_slice() } else { &[] };
        let whole = lexicon::body_short(&self.words).map(str::to_owned);
        let mut keys: Vec<u64> = self
            .words
            .iter()
            .filter(|w| only_links || !lexicon::is_link(w))
            .chain(long)
            .map(String::as_str)
            .chain(whole.as_deref())
            .map(|w| hash(w).wrapping_mul(kind * 2 + 3))
            .collect();
        keys.sort_unstable();
        keys.dedup();
        keys.into_iter()
    }
}

/// "Department of Justice" becomes "Justice Department".
fn turn(words: &mut Vec<String>) {
    if let [head, of, _, ..] = words.as_slice()
        && matches!(head.as_str(), "department" | "ministry" | "bureau")
        && of == "of"
    {
        let after = 2 + usize::from(words[2] == "the" && words.len() > 3);
        let head = words.drain(..after).next();
        words.extend(head);
    }
}

/// `short`'s words are all in `long`, in the same order.
fn in_order(short: &[String], long: &[String], same: impl Fn(&str, &str) -> bool) -> bool {
    let mut rest = long.iter();
    short.iter().all(|a| rest.any(|b| same(a, b)))
}

/// "j" for "jane".
fn is_initial(a: &str, b: &str) -> bool {
    a.chars().count() == 1 && b.starts_with(a)
}

struct Groups {
    entities: Vec<Entity>,
    /// Entities by the words of their names, in the order in which they came.
    by_key: HashMap<u64, Vec<usize>>,
}

impl Groups {
    /// Puts name `i` with the latest entity that has a name which is the `same`, else makes a new one.
    fn place(&mut self, i: usize, forms: &[Form], kind: Kind, same: impl Fn(&Form, &Form) -> bool) {
        let mut best: Option<usize> = None;
        for key in forms[i].keys() {
            for &entity in self.by_key.get(&key).into_iter().flatten().rev().take(CANDIDATES) {
                // The first and the last of its names stand for all.
                let of = &self.entities[entity];
                let fits =
                    of.names.first().into_iter().chain(of.names.last()).any(|&n| same(&forms[i], &forms[n]));
                if of.kind == kind && fits {
                    best = best.max(Some(entity));
                }
            }
        }
        self.join(i, best, forms, kind);
    }

    /// Puts a person's single name with the full name that it is part of: as a surname, else as a first name, else
    /// as any. Where several people have it, with the one named last before it, else the first named after it. `people` says how
    /// many full names each entity has that has any.
    fn place_single(&mut self, i: usize, forms: &[Form], people: &[usize]) {
        let words = &forms[i].words;
        let Some(word) = words.iter().rfind(|w| !is_particle(w)).or(words.last()) else {
            return self.join(i, None, forms, Kind::Person);
        };
        let key = hash(word).wrapping_mul(Kind::Person as u64 * 2 + 3);
        let mut best: Option<(u8, bool, usize, usize)> = None;
        for &entity in self.by_key.get(&key).into_iter().flatten().take(CANDIDATES) {
            let Some(&first) = self.entities[entity].names.first() else { continue };
            let rank = if entity >= people.len() {
                u8::from(forms[first].words.last() == Some(word)) * 2
            } else {
                let full = self.entities[entity].names.iter().take(CANDIDATES).map(|&n| &forms[n].words);
                full.map(|words| match () {
                    () if words.last() == Some(word) => 3,
                    () if words.first() == Some(word) => 2,
                    () => 1,
                })
                .max()
                .unwrap_or(0)
            };
            if rank == 0 {
                continue;
            }
            let names = &self.entities[entity].names;
            // Full names are in text order, and so are the single ones behind them, which all come before this one.
            let (full, single) = names.split_at(people.get(entity).copied().unwrap_or(0));
            let before = full[..full.partition_point(|&n| n < i)].last().max(single.last()).copied();
            // Later is better before the name, earlier is better after it.
            let near = before.unwrap_or_else(|| usize::MAX - names.first().copied().unwrap_or(0));
            let candidate = (rank, before.is_some(), near, entity);
            if best.is_none_or(|b| candidate > b) {
                best = Some(candidate);
            }
        }
        self.join(i, best.map(|b| b.3), forms, Kind::Person);
    }

    fn join(&mut self, i: usize, entity: Option<usize>, forms: &[Form], kind: Kind) {
        let entity = entity.unwrap_or_else(|| {
            self.entities.push(Entity { kind, names: Vec::new() });
            self.entities.len() - 1
        });
        self.entities[entity].names.push(i);
        for key in forms[i].keys() {
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
        let entities = group(&document, &found);
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
        ] {
            assert_eq!(grouped(Kind::Organisation, names), want, "{names:?}");
        }
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
        assert_eq!(group(&document, &names).len(), 1);
    }

    #[test]
    fn places() {
        let names = ["State of Israel", "Israel", "Republic of", "New York"];
        assert_eq!(grouped(Kind::Place, &names), [0, 0, 1, 2]);
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
        assert_eq!(group(&document, &found).len(), 1);
    }
}
