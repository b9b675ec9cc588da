//! What the first model sees of a token.

use super::super::lexicon::is_link;
use super::{Known, Name};
use crate::annotation::Kind;
use crate::tagger::{ByHash, Cluster, Feature, Lists, Pos, Words, hash, join};
use crate::text::{Document, Shape, fold_into, is_hyphen};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// How a sentence uses capitals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// For names and beginnings.
    Normal,
    /// Headline style: nearly every longer word has one.
    Title,
    /// All capitals.
    Caps,
}

/// One token as the model sees it.
pub(super) struct Word {
    /// Hash of the folded word.
    pub fold: u64,
    exact: u64,
    shape: u64,
    prefixes: [u64; 2],
    suffixes: [u64; 4],
    cluster: Cluster,
    /// The lists that hold the word, and those that hold a longer name which it begins (8 bits up) or is inside of.
    lists: u32,
    pub pos: Pos,
    /// Has a capital.
    pub capital: bool,
    /// Names one of a people: "Texan".
    people: bool,
    /// Index of its sentence.
    sentence: u32,
    /// The run of capitalised tokens that it is in, and the run with small links between; both end-exclusive.
    pub run: (u32, u32),
    loose: (u32, u32),
}

impl Word {
    pub fn is_noun(&self) -> bool {
        matches!(self.pos, Pos::Noun | Pos::Propn)
    }
}

/// An article prepared for the models.
pub(crate) struct View<'a, 'b> {
    pub(super) document: &'a Document<'b>,
    pub(super) words: Vec<Word>,
    cases: Vec<Case>,
    /// For each folded word, how often it stands in small letters, and with a capital where none was due.
    seen: ByHash<(u16, u16)>,
    /// The stretches of tokens that may hold names; each lies inside one sentence.
    pub(crate) stretches: Vec<Range<usize>>,
    /// The abbreviations that the article explains: hashes of the folded words.
    short_forms: BTreeSet<u64>,
    /// For each token of an explanation, the hash of its abbreviation.
    pub(super) long_forms: BTreeMap<usize, u64>,
    /// Names that everybody knows, in text order and apart from each other.
    pub(super) known: Vec<Name>,
}

impl<'a, 'b> View<'a, 'b> {
    /// Looks every word up.
    pub(crate) fn new(document: &'a Document<'b>, pos: &[Pos], words: &Words, known: &Known) -> Self {
        let mut view = Self {
            document,
            words: Vec::with_capacity(document.tokens.len()),
            cases: Vec::with_capacity(document.sentences.len()),
            seen: ByHash::default(),
            stretches: Vec::new(),
            short_forms: BTreeSet::new(),
            long_forms: BTreeMap::new(),
            known: Vec::new(),
        };
        let mut folded = String::new();
        for (index, sentence) in document.sentences.iter().enumerate() {
            for at in sentence.clone() {
                let part = pos.get(at).copied().unwrap_or(Pos::X);
                view.words.push(word(document, at, index as u32, part, words, &mut folded));
            }
            view.cases.push(view.case(sentence));
            view.count(sentence);
            view.runs(sentence);
            view.find_lists(sentence, words);
            view.explanations(sentence);
            view.find_known(sentence, words, known);
        }
        view
    }

    /// Finds names that everybody knows, and peoples by their adjectives: "Ukrainians". Capitals alone say nothing: "WHO
    /// KILLED THE BILL?"
    fn find_known(&mut self, sentence: &Range<usize>, words: &Words, known: &Known) {
        if self.cases.last() == Some(&Case::Caps) {
            return;
        }
        let mut folded = String::new();
        let mut nation = |word: &str| {
            word.len() > 4 && {
                folded.clear();
                fold_into(word, &mut folded);
                words.lists(hash(&folded)).any(Lists::DEMONYM)
            }
        };
        let shouted = |at: usize| {
            let word = self.document.word(at);
            word.len() > 1 && word.chars().all(char::is_uppercase)
        };
        let mut at = sentence.start;
        while at < sentence.end {
            self.words[at].people = self.words[at].capital && known.is_people(self.words[at].exact);
            let exact = self.words.get(at..sentence.end).unwrap_or_default().iter().map(|w| w.exact);
            let name = known.longest(exact).map(|(length, kind)| Name { tokens: at..at + length, kind });
            let name = name.filter(|name| !(shouted(at) && shouted(name.tokens.end))).or_else(|| {
                let word = Some(self.document.word(at)).filter(|_| self.words[at].capital)?;
                let people = word.strip_suffix('s').is_some_and(&mut nation);
                people.then_some(Name { tokens: at..at + 1, kind: Kind::Group })
            });
            at = name.as_ref().map_or(at + 1, |name| name.tokens.end);
            self.known.extend(name);
        }
    }

    /// Finds "South African Revenue Service (Sars)" and "Sars (South African Revenue Service)": the letters of the
    /// abbreviation are the first letters of the long form's words (after Schwartz and Hearst 2003).
    fn explanations(&mut self, sentence: &Range<usize>) {
        let document = self.document;
        for open in sentence.clone().filter(|&at| document.word(at) == "(") {
            let close = (open + 1..sentence.end.min(open + 12)).find(|&at| document.word(at) == ")");
            let Some(close) = close else { continue };
            let (short, long) = if close == open + 2 {
                (open + 1, sentence.start.max(open.saturating_sub(10))..open)
            } else if open > sentence.start {
                (open - 1, open + 1..close)
            } else {
                continue;
            };
            let inside = short > open;
            let letters: Vec<char> = document.word(short).chars().flat_map(char::to_lowercase).collect();
            if !(2..=8).contains(&letters.len()) || !self.words.get(short).is_some_and(|w| w.capital) {
                continue;
            }
            // Backwards over the long form, small words counted only where their letter is the next.
            let mut left = letters.len();
            let mut start = long.end;
            for at in long.clone().rev() {
                if left == 0 {
                    break;
                }
                let first = document.word(at).chars().next().and_then(|c| c.to_lowercase().next());
                if first == Some(letters[left - 1]) {
                    left -= 1;
                } else if self.words.get(at).is_some_and(|w| w.capital) || !is_link(document.word(at)) {
                    break;
                }
                start = at;
            }
            let whole = inside || start == long.start;
            if left == 0 && whole && self.words.get(start).is_some_and(|w| w.capital) {
                let key = self.words.get(short).map_or(0, |w| w.fold);
                self.short_forms.insert(key);
                self.long_forms.extend((start..long.end).map(|at| (at, key)));
            }
        }
    }

    /// The runs of capitalised words in sentences that keep capitals for names, without the word that a sentence
    /// begins with where it isn't one of a name.
    pub(super) fn runs_of_capitals(&self) -> impl Iterator<Item = Range<usize>> {
        let mut at = 0;
        std::iter::from_fn(move || {
            while let Some(word) = self.words.get(at) {
                let (start, end) = (word.run.0 as usize, word.run.1 as usize);
                if end <= at || self.cases.get(word.sentence as usize) != Some(&Case::Normal) {
                    at += 1;
                    continue;
                }
                at = end;
                let named = matches!(self.words.get(start)?.pos, Pos::Propn | Pos::Adj | Pos::Noun);
                return Some(start + usize::from(!named)..end);
            }
            None
        })
    }

    /// How often the token's word stands in small letters.
    pub(super) fn small(&self, at: usize) -> u16 {
        self.words.get(at).and_then(|w| self.seen.get(&w.fold)).map_or(0, |s| s.0)
    }

    /// No capital stands next to the token, or its sentence gives them to all words.
    pub(super) fn alone(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|w| w.run.1.saturating_sub(w.run.0) == 1 || !self.is_normal(at))
    }

    fn case(&self, sentence: &Range<usize>) -> Case {
        // No headline in title case ends in a full stop; a sentence full of names does.
        let mut ends = sentence.clone().rev().map(|at| self.document.word(at));
        let stopped = ends.find(|w| w.contains(|c: char| c == '.' || c.is_alphanumeric())) == Some(".");
        let (mut long, mut capital, mut caps) = (0, 0, 0);
        for at in sentence.clone() {
            let token = self.document.word(at);
            if token.chars().nth(3).is_some() && token.chars().all(char::is_alphabetic) {
                long += 1;
                capital += usize::from(token.starts_with(char::is_uppercase));
                caps += usize::from(!token.contains(char::is_lowercase));
            }
        }
        match () {
            () if long < 3 => Case::Normal,
            () if caps * 10 >= long * 7 => Case::Caps,
            () if capital * 10 >= long * 7 && !stopped => Case::Title,
            () => Case::Normal,
        }
    }

    fn count(&mut self, sentence: &Range<usize>) {
        if self.cases.last() != Some(&Case::Normal) {
            return;
        }
        let words = self.words.get(sentence.clone()).unwrap_or_default();
        for (nth, word) in words.iter().enumerate() {
            let entry = self.seen.entry(word.fold).or_default();
            if !word.capital {
                entry.0 = entry.0.saturating_add(1);
            } else if nth > 0 && words[nth - 1].pos != Pos::Punct {
                entry.1 = entry.1.saturating_add(1);
            }
        }
    }

    /// Finds the runs of capitalised words, and the stretches: the runs with the small words between that names
    /// may hold.
    fn runs(&mut self, sentence: &Range<usize>) {
        let document = self.document;
        let mut at = sentence.start;
        while at < sentence.end {
            if !self.words[at].capital {
                at += 1;
                continue;
            }
            let start = at;
            let mut end = at + 1;
            let mut strict = start;
            // Up to four small words in a row may link two capitals, as in "Ministry of the Interior".
            let mut ahead = end;
            while ahead < sentence.end && ahead <= end + 3 {
                if self.words[ahead].capital {
                    if ahead > end {
                        self.mark_run(strict, end);
                        strict = ahead;
                    }
                    end = ahead + 1;
                } else if !is_link(document.word(ahead)) {
                    // "Channel 4", "Group of 7": a number right after is part of the stretch.
                    let number = document.tokens[ahead].shape == Shape::Number && ahead == end;
                    if number {
                        end = ahead + 1;
                        ahead += 1;
                        continue;
                    }
                    break;
                }
                ahead += 1;
            }
            self.mark_run(strict, end);
            for word in &mut self.words[start..end] {
                word.loose = (start as u32, end as u32);
            }
            self.stretches.push(start..end);
            at = end;
        }
    }

    fn mark_run(&mut self, start: usize, end: usize) {
        for word in self.words.get_mut(start..end).unwrap_or_default() {
            word.run = (start as u32, end as u32);
        }
    }

    /// The tokens are a known country, state or city.
    pub(super) fn is_place(&self, tokens: &Range<usize>) -> bool {
        const PLACES: u8 = Lists::COUNTRY | Lists::STATE | Lists::CITY;
        let mut up = tokens.clone().map(|at| {
            if tokens.len() == 1 {
                0
            } else if at == tokens.start {
                8
            } else {
                16
            }
        });
        let mut words = self.words.get(tokens.clone()).unwrap_or_default().iter();
        !tokens.is_empty()
            && words.all(|word| up.next().is_some_and(|up| word.lists >> up & u32::from(PLACES) != 0))
    }

    /// The token is a country's name and no other name that we know.
    pub(super) fn is_country(&self, at: usize) -> bool {
        const OTHERS: u8 = Lists::SURNAME | Lists::GIVEN | Lists::CITY;
        let lists = self.words.get(at).map_or(0, |w| w.lists);
        lists & u32::from(Lists::COUNTRY) != 0 && lists & u32::from(OTHERS) == 0
    }

    /// The token is a name that lists of places, nations and given names hold.
    pub(super) fn is_listed(&self, at: usize) -> bool {
        const LISTS: u8 = Lists::COUNTRY | Lists::STATE | Lists::CITY | Lists::DEMONYM | Lists::GIVEN;
        self.words.get(at).is_some_and(|w| w.lists & u32::from(LISTS) != 0)
    }

    /// The token says of which nation something is; it may be a name too ("French").
    pub(super) fn is_demonym(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|w| w.lists & u32::from(Lists::DEMONYM) != 0)
    }

    /// The name that everybody knows and that begins here.
    pub(super) fn known_at(&self, start: usize) -> Option<&Name> {
        let at = self.known.binary_search_by_key(&start, |name| name.tokens.start).ok()?;
        self.known.get(at)
    }

    /// What everybody knows the tokens by.
    pub(super) fn known_as(&self, tokens: &Range<usize>) -> Option<Kind> {
        self.known_at(tokens.start).filter(|name| name.tokens == *tokens).map(|name| name.kind)
    }

    /// The token says of which nation, faith or party something or somebody is.
    pub(super) fn is_people(&self, at: usize) -> bool {
        self.is_demonym(at) || self.words.get(at).is_some_and(|w| w.people)
    }

    /// The token says of which nation something is, and is no name that we know.
    fn is_only_demonym(&self, at: usize) -> bool {
        const OTHERS: u8 = Lists::COUNTRY | Lists::CITY | Lists::STATE | Lists::SURNAME | Lists::GIVEN;
        self.is_demonym(at) && self.words.get(at).is_some_and(|w| w.lists & u32::from(OTHERS) == 0)
    }

    /// A first name that we know, and a last one.
    pub(super) fn is_persons(&self, tokens: &Range<usize>) -> bool {
        let has = |at: usize, list: u8| self.words.get(at).is_some_and(|w| w.lists & u32::from(list) != 0);
        tokens.len() > 1 && has(tokens.start, Lists::GIVEN) && has(tokens.end - 1, Lists::SURNAME)
    }

    /// The token's sentence keeps capitals for names and beginnings.
    pub(super) fn is_normal(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|w| self.cases.get(w.sentence as usize) == Some(&Case::Normal))
    }

    /// Says of which nation something is, "the Portuguese ministry", and names nobody.
    pub(super) fn is_adjective(&self, name: &Name) -> bool {
        let end = name.tokens.end;
        // "the Scottish and Welsh governments"
        let joined = matches!(self.document.word(end), "and" | "or") && self.is_only_demonym(end + 1);
        let next = if joined { end + 2 } else { end };
        let (Some(word), Some(next)) = (self.words.get(name.tokens.start), self.words.get(next)) else {
            return false;
        };
        let nation = self.is_only_demonym(name.tokens.start);
        let noun = matches!(next.pos, Pos::Noun | Pos::Adj) && next.sentence == word.sentence;
        nation && noun && name.kind != Kind::Person && name.tokens.len() == 1
    }

    /// Looks up names of up to four words, the longest first.
    fn find_lists(&mut self, sentence: &Range<usize>, words: &Words) {
        let mut at = sentence.start;
        while at < sentence.end {
            let mut step = 1;
            if self.words[at].capital {
                let mut key = self.words[at].fold;
                let mut best = (0, Lists::default());
                for last in at + 1..sentence.end.min(at + 4) {
                    key = join(key, self.words[last].fold);
                    if self.words[last].capital {
                        let lists = words.lists(key);
                        if lists.0 != 0 {
                            best = (last, lists);
                        }
                    }
                }
                if best.0 > 0 {
                    for inside in at..=best.0 {
                        let up = if inside == at { 8 } else { 16 };
                        self.words[inside].lists |= u32::from(best.1.0) << up;
                    }
                    step = best.0 + 1 - at;
                }
            }
            at += step;
        }
    }

    /// Appends the features of the token `at`.
    pub(crate) fn features(&self, at: usize, out: &mut Vec<Feature>) {
        let Some(word) = self.words.get(at) else { return };
        let Some(sentence) = self.document.sentences.get(word.sentence as usize) else { return };
        let case = self.cases.get(word.sentence as usize).map_or(0, |c| *c as u64);
        let near = |at: Option<usize>| at.filter(|i| sentence.contains(i)).and_then(|i| self.words.get(i));
        let (b1, b2) = (near(at.checked_sub(1)), near(at.checked_sub(2)));
        let (a1, a2) = (near(Some(at + 1)), near(Some(at + 2)));
        let fold = |w: Option<&Word>| w.map_or(1, |w| w.fold);
        let middle = |w: Option<&Word>| w.map_or(257, |w| u64::from(w.cluster.middle));
        let fine = |w: Option<&Word>| w.map_or(1025, |w| u64::from(w.cluster.fine));
        let shape = |w: Option<&Word>| w.map_or(1, |w| w.shape);
        let part = |w: Option<&Word>| w.map_or(31, |w| w.pos as u64);
        let lists = |w: Option<&Word>| w.map_or(0, |w| u64::from(w.lists));
        let first = u64::from(at == sentence.start);
        let own_middle = u64::from(word.cluster.middle);
        let mut add = |template: u32, value: u64| out.push(Feature::new(template).with(value));

        add(0, case);
        add(1, word.fold);
        if case == 0 {
            add(2, word.exact);
        }
        add(3, word.shape << 2 | case);
        add(4, (word.shape << 1 | first) << 2 | case);
        add(5, word.suffixes[0]);
        add(6, word.suffixes[1]);
        add(7, word.suffixes[2]);
        add(8, word.prefixes[0]);
        add(18, word.prefixes[1]);
        add(19, word.suffixes[3]);
        add(9, u64::from(word.cluster.fine));
        add(10, own_middle);
        add(11, u64::from(word.cluster.coarse) << 40 ^ word.shape);
        for bit in 0..24 {
            if word.lists >> bit & 1 == 1 {
                add(12, bit);
            }
        }
        if word.lists != 0 {
            add(13, u64::from(word.lists));
            add(14, u64::from(word.lists) << 32 ^ own_middle);
        }
        add(15, (word.pos as u64) << 2 | case);
        add(16, (word.pos as u64) << 8 ^ word.shape << 16 ^ first);
        add(17, part(b1) << 10 | (word.pos as u64) << 5 | part(a1));
        // The words around.
        add(20, fold(b1));
        add(21, fold(a1));
        add(22, fold(b2));
        add(23, fold(a2));
        add(24, join(fold(b1), word.fold));
        add(25, join(word.fold, fold(a1)));
        add(26, fine(b1));
        add(27, fine(a1));
        add(28, middle(b2));
        add(29, middle(a2));
        add(30, middle(b1) << 9 | own_middle);
        add(31, own_middle << 9 | middle(a1));
        add(32, (middle(b1) << 9 | own_middle) << 9 | middle(a1));
        add(33, join(join(shape(b1), word.shape), shape(a1)) ^ case);
        add(34, join(lists(b1), u64::from(word.lists)));
        add(35, join(u64::from(word.lists), lists(a1)));
        add(36, join(fold(b2), fold(b1)));
        add(37, join(fold(a1), fold(a2)));
        // The run of capitals, and what stands at its borders.
        for (base, run) in [(40, word.run), (60, word.loose)] {
            let (start, end) = (run.0 as usize, run.1 as usize);
            if start >= end {
                continue;
            }
            let (head, tail) = (self.words.get(start), self.words.get(end - 1));
            let (before, after) = (near(start.checked_sub(1)), near(Some(end)));
            let place = ((end - start).min(6) as u64) << 3 | (at - start).min(5) as u64;
            let back = (end - 1 - at).min(5) as u64;
            add(base, place << 2 | case);
            add(base + 1, fold(head) ^ back.min(1));
            add(base + 2, fold(tail));
            add(base + 3, middle(tail) << 4 | back);
            add(base + 4, fine(tail));
            add(base + 5, middle(head) << 4 | (at - start).min(3) as u64);
            add(base + 6, fold(before) ^ u64::from(at == start));
            add(base + 7, fold(after) ^ back.min(1));
            add(base + 8, middle(before) << 9 | own_middle);
            add(base + 9, middle(after) << 9 | own_middle);
            add(base + 10, (part(before) << 5 | part(after)) << 6 | place);
            add(base + 11, join(fold(before), fold(after)));
        }
        // How the article writes the word elsewhere.
        let (small, large) = self.seen.get(&word.fold).copied().unwrap_or_default();
        let bucket = |n: u16| u64::from(n.min(3));
        add(80, ((bucket(small) << 2 | bucket(large)) << 2 | case) << 1 | first);
        add(81, (u64::from(small > 0) << 1 | u64::from(large > 0)) << 9 | own_middle);
        if self.short_forms.contains(&word.fold) {
            add(90, word.shape);
        }
        if self.long_forms.contains_key(&at) {
            let begins = !at.checked_sub(1).is_some_and(|b| self.long_forms.contains_key(&b));
            add(91, u64::from(begins));
        }
        // Marks around, and the kind of paragraph.
        let mark = |at: Option<usize>| {
            at.filter(|i| sentence.contains(i)).map_or(0, |i| {
                self.document.word(i).chars().next().filter(|c| !c.is_alphanumeric()).map_or(1, u64::from)
            })
        };
        let (open, close) = (mark((word.loose.0 as usize).checked_sub(1)), mark(Some(word.loose.1 as usize)));
        add(82, open << 32 | close);
        add(85, (open << 32 | close) ^ word.shape << 16);
        let stopped = sentence
            .end
            .checked_sub(1)
            .is_some_and(|i| matches!(self.document.word(i), "." | "?" | "!" | "”" | "\""));
        let length = (sentence.len().min(12) / 3) as u64;
        add(83, (u64::from(stopped) << 4 | length) << 2 | case);
        add(84, fold(self.words.get(sentence.start)) ^ u64::from(stopped));
    }
}

fn word(document: &Document, at: usize, sentence: u32, pos: Pos, words: &Words, folded: &mut String) -> Word {
    let Some(token) = document.tokens.get(at) else { return Word::nothing(sentence) };
    let text = token.span.of(document.text());
    folded.clear();
    fold_into(text, folded);
    let fold = hash(folded);
    let shape = shape(text);
    let tail = |n: usize| {
        let from = folded.char_indices().rev().nth(n - 1).map_or(0, |(at, _)| at);
        hash(folded.get(from..).unwrap_or(""))
    };
    let head = |n: usize| hash(folded.char_indices().nth(n).map_or(folded.as_str(), |(at, _)| &folded[..at]));
    let capital = matches!(token.shape, Shape::Word | Shape::Number | Shape::Address)
        && text.contains(char::is_uppercase);
    Word {
        fold,
        exact: hash(text),
        shape,
        prefixes: [head(3), head(2)],
        suffixes: [tail(2), tail(3), tail(4), tail(5)],
        cluster: words.cluster(fold),
        lists: if capital { u32::from(words.lists(fold).0) } else { 0 },
        pos,
        capital,
        people: false,
        sentence,
        run: (0, 0),
        loose: (0, 0),
    }
}

impl Word {
    fn nothing(sentence: u32) -> Self {
        Self {
            fold: 0,
            exact: 0,
            shape: 0,
            prefixes: [0; 2],
            suffixes: [0; 4],
            cluster: Cluster::default(),
            lists: 0,
            pos: Pos::X,
            capital: false,
            people: false,
            sentence,
            run: (0, 0),
            loose: (0, 0),
        }
    }
}

/// The classes of a word's characters, each run of one class once: "Putin" is capital, small; "U.S." is capital,
/// stop, capital, stop.
fn shape(word: &str) -> u64 {
    let mut shape = 0;
    let mut length = 0_u64;
    for c in word.chars() {
        let class = match c {
            c if c.is_lowercase() => 1,
            c if c.is_uppercase() => 2,
            c if c.is_numeric() => 3,
            '.' => 4,
            c if is_hyphen(c) => 5,
            c if c.is_alphabetic() => 6,
            _ => 7,
        };
        length += 1;
        if shape & 7 != class && shape < 1 << 18 {
            shape = shape << 3 | class;
        }
    }
    // One letter, two to four, or more: "A", "US", "BBC".
    (shape << 2) | (length.min(5) / 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Article;
    use crate::tagger::ANALYSER;

    #[test]
    fn how_sentences_use_capitals() {
        for (text, want) in [
            ("Leaders Agree To Slow Their Spending After Talks", Case::Title),
            ("LEADERS AGREE TO SLOW SPENDING", Case::Caps),
            ("Leaders agree to slow their spending after talks", Case::Normal),
            // Full of names, but a full stop ends it.
            ("President Joe Biden met Israeli Prime Minister Benjamin Netanyahu.", Case::Normal),
            ("“President Joe Biden met Prime Minister Benjamin Netanyahu.”", Case::Normal),
            ("Will Leaders Agree To Slow Spending?", Case::Title),
        ] {
            let article = Article::from_text(text);
            let document = Document::new(&article);
            let analysis = ANALYSER.analyse(&document);
            let view = View::new(&document, &analysis.tags, &analysis.words, &Known::new());
            assert_eq!(view.cases.first(), Some(&want), "{text}");
        }
    }
}
