//! How two names of one actor are alike.

use super::explains;
use crate::actors::aliases::{Aliases, key};
use crate::actors::lexicon::{self, is_particle, is_suffix};
use crate::actors::names::{Known, Name};
use crate::annotation::{Gender, Kind};
use crate::tagger::{GivenNames, hash};
use crate::text::{Document, Shape, fold, is_hyphen};

/// A name's words as they are compared.
pub struct Form {
    /// Folded words without marks, full stops, "the", and what follows a surname or a company's name.
    pub words: Vec<String>,
    /// "Jr", "III".
    generation: Option<String>,
    /// The first letters of its longer words; of those without "Co." and the like; of all its words.
    initials: [String; 3],
    /// Of a person, by the title before the name, else by the first of several names.
    gender: Option<Gender>,
    /// Everybody knows the body by this very name, or it is one that others stand for.
    known: bool,
    kind: Kind,
}

/// The forms of `names`, one for each.
pub fn forms(document: &Document, names: &[Name], known: &Known, given: GivenNames) -> Vec<Form> {
    let mut forms: Vec<Form> = names.iter().map(|name| Form::new(document, name, known, given)).collect();
    for i in 1..names.len() {
        if explains(document, &names[i - 1], &names[i]) {
            forms[i - 1].initials[1] = forms[i].words.concat();
        }
    }
    forms
}

impl Form {
    fn new(document: &Document, name: &Name, known: &Known, given: GivenNames) -> Self {
        let mut words = words(document, name);
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
        let mut gender = None;
        match name.kind {
            Kind::Person => {
                if words.len() > 1
                    && words.last().is_some_and(|w| matches!(w.as_str(), "jr" | "sr" | "ii" | "iii"))
                {
                    generation = words.pop();
                }
                let title = name.tokens.start.checked_sub(1).map_or("", |at| document.word(at));
                gender = lexicon::gender_of(title).filter(|_| lexicon::is_courtesy(title));
                if let [first, _, ..] = words.as_slice() {
                    gender = gender.or_else(|| given.gender(hash(first)));
                }
            }
            Kind::Organisation => {
                while words.len() > 1 && words.last().is_some_and(|w| is_suffix(w)) {
                    words.pop();
                }
                nation(&mut words);
                turn(&mut words);
                rename(&mut words, name.kind, known);
            }
            Kind::Place => {
                if let [head, of, ..] = words.as_slice()
                    && matches!(head.as_str(), "state" | "republic" | "kingdom")
                    && of == "of"
                {
                    words.drain(..2);
                }
                rename(&mut words, name.kind, known);
            }
            Kind::Group => {
                rename(&mut words, name.kind, known);
                if let Some(last) = words.last_mut()
                    && last.len() > 4
                    && last.ends_with('s')
                {
                    last.pop();
                }
            }
        }
        let known = name.kind == Kind::Organisation
            && (known.is_whole(document, &name.tokens) || known.aliases.is_whole_body(&words.join(" ")));
        Self { words, generation, initials, gender, known, kind: name.kind }
    }

    /// Names a person by more than one name; "al-Assad" is but one.
    pub fn is_full(&self) -> bool {
        self.words.iter().filter(|w| !is_particle(w)).count() > 1
    }

    /// A man and a woman.
    pub fn differs(&self, other: &Self) -> bool {
        matches!((self.gender, other.gender), (Some(a), Some(b)) if a != b)
    }

    pub fn same_words(&self, other: &Self) -> bool {
        self.words == other.words
    }

    /// "Recep Tayyip Erdogan" and "Tayyip Erdogan", "Donald J. Trump" and "Donald Trump", "J. Smith" and "Jane Smith",
    /// "Bob Smith" and "Robert Smith", "Eric Hansen" and "Eric Hanson"; not "Donald Trump Jr.".
    pub fn same_person(&self, other: &Self, aliases: &Aliases) -> bool {
        let (short, long) = if self.words.len() <= other.words.len() { (self, other) } else { (other, self) };
        if short.generation != long.generation {
            return false;
        }
        let ends = |words: &[String]| Some((words.first()?.clone(), words.last()?.clone()));
        let initials = short.words.last() == long.words.last()
            && in_order(&short.words, &long.words, |a, b| a == b || is_initial(a, b) || is_initial(b, a));
        let words = || short.words.len() > 1 && in_order(&short.words, &long.words, |a, b| a == b);
        let written = || {
            let (Some((first, last)), Some((given, surname))) = (ends(&short.words), ends(&long.words))
            else {
                return false;
            };
            !short.differs(long)
                && short.words.len() > 1
                && (last == surname
                    && (aliases.nicknames(&first).contains(&given.as_str())
                        || short.words.len() == long.words.len() && misspelt(&first, &given))
                    || first == given && misspelt(&last, &surname))
        };
        initials || words() || written()
    }

    /// "Moruo" and "Moruo Mining", "Security Council" and "UN Security Council", "NCRB" and its long form, "the
    /// Department" and "State Department".
    pub fn same_body(&self, other: &Self) -> bool {
        let (short, long) = if self.words.len() <= other.words.len() { (self, other) } else { (other, self) };
        if short.words == long.words {
            return true;
        }
        if let [word] = short.words.as_slice()
            && long.words.len() > 1
            && word.len() > 1
            && long.initials.contains(word)
        {
            return true;
        }
        let letters: usize = short.words.iter().map(String::len).sum();
        let length = short.words.len();
        let Some(at) = long.words.windows(length).position(|part| part == short.words.as_slice()) else {
            return false;
        };
        let rest = &long.words[at + length..];
        if lexicon::is_generic(&short.words) {
            let white = at == 1 && long.words[0] == "white";
            return rest.is_empty() && !white
                || at == 0 && matches!(rest[0].as_str(), "of" | "for" | "department");
        }
        // The United Nations aren't their High Commissioner, nor is a university its museum.
        let whole = short.known || length > 1 && short.is_body();
        letters > 2
            && (at > 0 || rest.is_empty() || !whole || rest.iter().all(|word| lexicon::is_sort_of_firm(word)))
    }

    /// "Suffolk University", "University of Suffolk".
    fn is_body(&self) -> bool {
        self.words.last().is_some_and(|w| lexicon::is_unit(w))
            || self.words.first().is_some_and(|w| w == "university")
    }

    /// What entities of this name are looked up by.
    pub fn keys(&self) -> impl Iterator<Item = u64> {
        let only_links = self.words.iter().all(|w| lexicon::is_link(w));
        let long = if self.words.len() > 1 { self.initials.as_slice() } else { &[] };
        let mut keys: Vec<u64> = self
            .words
            .iter()
            .filter(|w| only_links || !lexicon::is_link(w))
            .chain(long)
            .map(|w| self.key(w))
            .collect();
        if self.kind == Kind::Person && self.words.len() > 1 {
            keys.extend(self.words.last().map(|w| self.key(&sounds(w))));
        }
        keys.sort_unstable();
        keys.dedup();
        keys.into_iter()
    }

    /// What entities of its kind with this word are looked up by.
    pub fn key(&self, word: &str) -> u64 {
        key(self.kind, word)
    }
}

/// The folded words of a name, without marks and full stops.
fn words(document: &Document, name: &Name) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for at in name.tokens.clone() {
        let Some(token) = document.tokens.get(at) else { continue };
        if matches!(token.shape, Shape::Mark | Shape::Clitic) {
            continue;
        }
        let written = document.word(at);
        let word = fold(written).replace(['.', '\''], "");
        // "PG&E" is one word, and so is "PUK-KDP", which is neither.
        let before = if at > name.tokens.start && token.glued { document.word(at - 1) } else { "" };
        let caps = |word: &str| word.len() > 1 && word.chars().all(char::is_uppercase);
        let pair = before.starts_with(is_hyphen)
            && caps(written)
            && at.checked_sub(2).is_some_and(|at| caps(document.word(at)));
        match words.last_mut() {
            Some(last) if before == "&" || pair => last.push_str(&word),
            _ => words.push(word),
        }
    }
    words
}

/// "U.N. Human Rights Council" becomes "United Nations Human Rights Council", "United States Senate" "US Senate".
fn nation(words: &mut Vec<String>) {
    match words.as_slice() {
        [un, _, ..] if un == "un" => drop(words.splice(..1, ["united", "nations"].map(str::to_owned))),
        [united, states, _, ..] if united == "united" && states == "states" => {
            drop(words.splice(..2, ["us".to_owned()]));
        }
        _ => {}
    }
}

/// "Department of Justice" becomes "Justice Department", and so does "U.S. Department of Justice".
fn turn(words: &mut Vec<String>) {
    let head = |word: &str| matches!(word, "department" | "ministry" | "bureau");
    if let [us, department, of, _, ..] = words.as_slice()
        && us == "us"
        && head(department)
        && of == "of"
    {
        words.remove(0);
    }
    if let [department, of, _, ..] = words.as_slice()
        && head(department)
        && of == "of"
    {
        let after = 2 + usize::from(words[2] == "the" && words.len() > 3);
        let head = words.drain(..after).next();
        words.extend(head);
    }
}

/// Puts the one name under which an actor's names meet in the place of another.
fn rename(words: &mut Vec<String>, kind: Kind, known: &Known) {
    if let Some(whole) = known.aliases.whole(kind, &words.join(" ")) {
        *words = whole.split(' ').map(str::to_owned).collect();
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

/// "hanson" for "hansen", "emanual" for "emanuel", "keidis" for "kiedis": one letter more, less or other, or two in
/// the other order, and the same consonants.
pub fn misspelt(a: &str, b: &str) -> bool {
    const SHORTEST: usize = 4;
    if a == b || a.len().min(b.len()) < SHORTEST || sounds(a) != sounds(b) {
        return false;
    }
    let (short, long) =
        if a.len() <= b.len() { (a.as_bytes(), b.as_bytes()) } else { (b.as_bytes(), a.as_bytes()) };
    let head = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let rest = short.iter().skip(head).rev();
    let tail = rest.zip(long.iter().rev()).take_while(|(a, b)| a == b).count();
    // What is left between.
    let (less, more) = (short.len() - head - tail, long.len() - head - tail);
    match (less, more) {
        (0 | 1, 1) => true,
        (2, 2) => short[head] == long[head + 1] && short[head + 1] == long[head],
        _ => false,
    }
}

/// A word's first letter and its consonants, those that sound alike as one and double ones once.
pub fn sounds(word: &str) -> String {
    let mut out = String::new();
    for (at, c) in word.chars().enumerate() {
        let c = match c {
            'c' | 'q' => 'k',
            'z' => 's',
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h' if at > 0 => continue,
            c => c,
        };
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    // Set apart from words as they are written.
    out.push('~');
    out
}
