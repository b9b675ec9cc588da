//! Dependency parsing: for each token, the token that it depends on, and how.
//!
//! A greedy transition parser with the arc-hybrid system (Kuhlmann, Gómez-Rodríguez and Satta 2011): one pass,
//! two decisions a token, each a linear model over hashed features of the stack's top and the buffer's front
//! (templates after Zhang and Nivre 2011). A second model names each arc as it is made. The relations are a
//! short form of Universal Dependencies' version 1, in which the silver training trees are.

use super::{Feature, Model, ModelError, Pos, Words, hash};
use crate::text::{Document, Shape, fold_into};

/// How a token depends on its head.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Relation {
    /// The head of its sentence.
    Root,
    /// Subject: a noun or clause, of an active or passive verb.
    Subject,
    /// Direct or indirect object.
    Object,
    /// A nominal with a case marker or none, of a verb or noun.
    Nominal,
    /// Complement clause: what is said, in "said it rained".
    Complement,
    /// Open complement: "to go" in "wants to go".
    OpenComplement,
    /// Adverbial clause.
    Adverbial,
    /// A clause that modifies a noun, relative clauses among them.
    Adnominal,
    /// A clause or fragment set beside another.
    Parataxis,
    /// A noun set beside another for the same thing.
    Apposition,
    /// Adjective, number or other modifier of a noun.
    Modifier,
    /// A noun before a noun, and the parts of names.
    Compound,
    /// Owner: "its", "Syria 's".
    Possessor,
    /// Article, demonstrative, quantifier.
    Determiner,
    /// Preposition or possessive clitic.
    Case,
    /// "that", "if", "because", "to" before a verb.
    Marker,
    /// Auxiliary or copula.
    Auxiliary,
    /// Adverb, particle, negation.
    Adverb,
    /// "and", "or", "but".
    Conjunction,
    /// What "and" joins to the first.
    Conjunct,
    /// A mark.
    Punctuation,
    /// Anything else.
    Other,
}

impl Relation {
    /// All relations, in the order of their numbers.
    pub const ALL: [Self; 22] = [
        Self::Root,
        Self::Subject,
        Self::Object,
        Self::Nominal,
        Self::Complement,
        Self::OpenComplement,
        Self::Adverbial,
        Self::Adnominal,
        Self::Parataxis,
        Self::Apposition,
        Self::Modifier,
        Self::Compound,
        Self::Possessor,
        Self::Determiner,
        Self::Case,
        Self::Marker,
        Self::Auxiliary,
        Self::Adverb,
        Self::Conjunction,
        Self::Conjunct,
        Self::Punctuation,
        Self::Other,
    ];

    /// The relation that Universal Dependencies, version 1 or 2, calls `name`.
    pub fn named(name: &str) -> Self {
        match name {
            "root" => Self::Root,
            "nsubj" | "nsubjpass" | "nsubj:pass" | "nsubj:outer" | "csubj" | "csubjpass" | "csubj:pass"
            | "csubj:outer" | "expl" => Self::Subject,
            "dobj" | "obj" | "iobj" => Self::Object,
            "nmod" | "obl" | "nmod:tmod" | "nmod:npmod" | "obl:unmarked" | "nmod:unmarked" | "obl:agent"
            | "nmod:desc" | "obl:tmod" | "obl:npmod" => Self::Nominal,
            "ccomp" => Self::Complement,
            "xcomp" => Self::OpenComplement,
            "advcl" | "advcl:relcl" => Self::Adverbial,
            "acl" | "acl:relcl" => Self::Adnominal,
            "parataxis" => Self::Parataxis,
            "appos" => Self::Apposition,
            "amod" | "nummod" => Self::Modifier,
            "compound" | "flat" | "mwe" | "fixed" | "name" | "goeswith" => Self::Compound,
            "nmod:poss" => Self::Possessor,
            "det" | "det:predet" => Self::Determiner,
            "case" => Self::Case,
            "mark" => Self::Marker,
            "aux" | "aux:pass" | "auxpass" | "cop" => Self::Auxiliary,
            "advmod" | "neg" | "compound:prt" => Self::Adverb,
            "cc" | "cc:preconj" => Self::Conjunction,
            "conj" => Self::Conjunct,
            "punct" => Self::Punctuation,
            _ => Self::Other,
        }
    }

    /// Its name as a model's label.
    pub fn label(self) -> String {
        format!("{self:?}")
    }
}

/// One token's place in its sentence's tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arc {
    /// Index of the head among the sentence's tokens; `None` for the root.
    pub head: Option<usize>,
    /// How the token depends on it.
    pub relation: Relation,
}

/// What the parser looks at of one token.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    /// Hash of the folded word.
    hash: u64,
    /// Part of speech, refined by how the word ends.
    tag: u64,
    /// Cluster of the word, the coarse grain.
    cluster: u64,
}

impl Word {
    /// What the parser looks at of every token of a document.
    pub(crate) fn all(document: &Document, tags: &[Pos], words: &Words) -> Vec<Self> {
        let mut folded = String::new();
        document
            .tokens
            .iter()
            .zip(tags)
            .map(|(token, tag)| {
                folded.clear();
                fold_into(token.span.of(document.text()), &mut folded);
                // Participles and plurals matter, and the coarse parts of speech hide them.
                let ending = ["ing", "ed", "en", "ly", "s"]
                    .iter()
                    .position(|e| folded.ends_with(e))
                    .map_or(0, |e| e + 1);
                let ending = if token.shape == Shape::Word { ending as u64 } else { 0 };
                let word = hash(&folded);
                Self {
                    hash: word,
                    tag: *tag as u64 * 8 + ending,
                    cluster: u64::from(words.cluster(word).middle),
                }
            })
            .collect()
    }
}

/// What a transition does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Move {
    /// The buffer's front goes on the stack.
    Shift,
    /// The stack's top depends on the buffer's front, and goes.
    Left,
    /// The stack's top depends on the token under it, and goes.
    Right,
}

impl Move {
    pub(crate) const ALL: [Self; 3] = [Self::Shift, Self::Left, Self::Right];
}

/// A parse under way.
pub(crate) struct State<'a> {
    words: &'a [Word],
    pub(crate) stack: Vec<usize>,
    pub(crate) front: usize,
    pub(crate) arcs: Vec<Option<Arc>>,
    /// The outermost children of each token on either side, and how many there are.
    left: Vec<(usize, u8)>,
    right: Vec<(usize, u8)>,
}

const NONE: usize = usize::MAX;

impl<'a> State<'a> {
    pub(crate) fn new(words: &'a [Word]) -> Self {
        let n = words.len();
        Self {
            words,
            stack: Vec::with_capacity(n),
            front: 0,
            arcs: vec![None; n],
            left: vec![(NONE, 0); n],
            right: vec![(NONE, 0); n],
        }
    }

    /// The parse is done: only what can be a root is left.
    pub(crate) fn done(&self) -> bool {
        self.front >= self.words.len() && self.stack.len() <= 1
    }

    pub(crate) fn allows(&self, step: Move) -> bool {
        match step {
            Move::Shift => self.front < self.words.len(),
            Move::Left => !self.stack.is_empty() && self.front < self.words.len(),
            Move::Right => self.stack.len() > 1,
        }
    }

    /// The step that there is no choice about: the first word goes on the stack, and once the buffer is empty the
    /// stack's words are tied together.
    fn only(&self) -> Option<Move> {
        match (self.stack.is_empty(), self.front < self.words.len()) {
            (true, _) => Some(Move::Shift),
            (false, false) => Some(Move::Right),
            (false, true) => None,
        }
    }

    /// The head and the dependent that `step` would tie.
    pub(crate) fn arc_of(&self, step: Move) -> Option<(usize, usize)> {
        let top = *self.stack.last()?;
        match step {
            Move::Shift => None,
            Move::Left => Some((self.front, top)),
            Move::Right => Some((*self.stack.get(self.stack.len().checked_sub(2)?)?, top)),
        }
    }

    /// Takes a step, naming the arc that it makes.
    pub(crate) fn take(&mut self, step: Move, relation: Relation) {
        let Some((head, dependent)) = self.arc_of(step) else {
            self.stack.push(self.front);
            self.front += 1;
            return;
        };
        self.stack.pop();
        self.arcs[dependent] = Some(Arc { head: Some(head), relation });
        let side = if dependent < head { &mut self.left } else { &mut self.right };
        side[head] = (dependent, side[head].1.saturating_add(1));
    }

    fn word(&self, at: usize) -> u64 {
        self.words.get(at).map_or(1, |w| w.hash)
    }

    fn tag(&self, at: usize) -> u64 {
        self.words.get(at).map_or(1, |w| w.tag)
    }

    fn cluster(&self, at: usize) -> u64 {
        self.words.get(at).map_or(999, |w| w.cluster)
    }

    fn relation(&self, at: usize) -> u64 {
        self.arcs.get(at).copied().flatten().map_or(99, |a| a.relation as u64)
    }

    fn child(side: &[(usize, u8)], at: usize) -> (usize, u64) {
        side.get(at).map_or((NONE, 9), |c| (c.0, u64::from(c.1)))
    }

    /// The features of the next step, and of the arc that would be made by it.
    pub(crate) fn features(&self) -> [Feature; 56] {
        let from_top = |n: usize| self.stack.len().checked_sub(n).map_or(NONE, |at| self.stack[at]);
        let (s0, s1, s2) = (from_top(1), from_top(2), from_top(3));
        let (b0, b1, b2) = (self.front, self.front + 1, self.front + 2);
        let (s0w, s1w, b0w, b1w) = (self.word(s0), self.word(s1), self.word(b0), self.word(b1));
        let (s0t, s1t, s2t) = (self.tag(s0), self.tag(s1), self.tag(s2));
        let (b0t, b1t, b2t) = (self.tag(b0), self.tag(b1), self.tag(b2));
        let (s0l, s0_left) = Self::child(&self.left, s0);
        let (s0r, s0_right) = Self::child(&self.right, s0);
        let (s1l, _) = Self::child(&self.left, s1);
        let (s1r, s1_right) = Self::child(&self.right, s1);
        let (b0l, b0_left) = Self::child(&self.left, b0);
        let distance = |a: usize, b: usize| if a == NONE { 0 } else { bucket(b.saturating_sub(a)) };
        let (gap, under) = (distance(s0, b0), distance(s1, s0));
        let (s0c, s1c, b0c) = (self.cluster(s0), self.cluster(s1), self.cluster(b0));
        [
            of(100, [s0w]),
            of(101, [s0t]),
            of(102, [s0w, s0t]),
            of(103, [b0w]),
            of(104, [b0t]),
            of(105, [b0w, b0t]),
            of(106, [b1w]),
            of(107, [b1t]),
            of(108, [b2t]),
            of(109, [s1w]),
            of(110, [s1t]),
            of(111, [s1w, s1t]),
            of(112, [s2t]),
            of(113, [s0w, b0w]),
            of(114, [s0w, s0t, b0t]),
            of(115, [s0t, b0w, b0t]),
            of(116, [s0t, b0t]),
            of(117, [s0w, b0t, b1t]),
            of(118, [b0t, b1t]),
            of(119, [s0t, s1t]),
            of(120, [s0w, s1w]),
            of(121, [s0w, s1t]),
            of(122, [s0t, s1w]),
            of(123, [s1t, b0t]),
            of(124, [s1w, b0t]),
            of(125, [b0t, b1t, b2t]),
            of(126, [s0t, b0t, b1t]),
            of(127, [s1t, s0t, b0t]),
            of(128, [s2t, s1t, s0t]),
            of(129, [s1t, s0t, b0t, b1t]),
            of(130, [s1w, s0t, b0t]),
            of(131, [s1t, s0w, b0t]),
            of(132, [s1t, s0t, b0w]),
            of(133, [s0t, self.tag(s0l), b0t]),
            of(134, [s0t, self.tag(s0r), b0t]),
            of(135, [s0t, b0t, self.tag(b0l)]),
            of(136, [s1t, self.tag(s1r), s0t]),
            of(137, [s1t, self.tag(s1l), s0t]),
            of(138, [s0t, b0t, gap]),
            of(139, [s0w, gap]),
            of(140, [b0w, gap]),
            of(141, [s1t, s0t, under]),
            of(142, [s0t, s0_left, s0_right]),
            of(143, [s1t, s1_right]),
            of(144, [b0t, b0_left]),
            of(145, [s0t, self.relation(s0l), self.relation(s0r)]),
            of(146, [s0w, self.relation(s0r)]),
            of(147, [s1t, self.relation(s1l), self.relation(s1r)]),
            of(148, [s1w, self.relation(s1l), s0t]),
            of(149, [b0t, self.relation(b0l)]),
            of(150, [s0t, self.relation(s0l), b0t, self.relation(b0l)]),
            of(151, [self.word(s0l), s0t, b0t]),
            of(152, [s0c, b0c]),
            of(153, [s0c, s1c]),
            of(154, [s0c, b0t]),
            of(155, [s1c, s0t, b0t]),
        ]
    }

    /// The features of an arc's name.
    pub(crate) fn arc_features(&self, head: usize, dependent: usize) -> [Feature; 22] {
        let (hw, ht) = (self.word(head), self.tag(head));
        let (dw, dt) = (self.word(dependent), self.tag(dependent));
        let side = u64::from(dependent < head);
        let far = bucket(head.abs_diff(dependent)) * 2 + side;
        let (dl, d_left) = Self::child(&self.left, dependent);
        let (dr, d_right) = Self::child(&self.right, dependent);
        let (hl, _) = Self::child(&self.left, head);
        let before = self.tag(dependent.wrapping_sub(1));
        let after = self.tag(dependent + 1);
        let (hc, dc) = (self.cluster(head), self.cluster(dependent));
        [
            of(200, [ht, dt, side]),
            of(201, [hw, dt, side]),
            of(202, [ht, dw, side]),
            of(203, [hw, dw, side]),
            of(204, [dw, side]),
            of(205, [hw, side]),
            of(206, [dt, far]),
            of(207, [ht, dt, far]),
            of(208, [dt, before, side]),
            of(209, [dt, after, side]),
            of(210, [ht, dt, before, side]),
            of(211, [ht, dt, after, side]),
            of(212, [dt, self.word(dl), side]),
            of(213, [dt, self.tag(dl), self.relation(dl), side]),
            of(214, [dt, self.tag(dr), self.relation(dr), side]),
            of(215, [dt, d_left, d_right, side]),
            of(216, [ht, self.relation(hl), dt, side]),
            of(217, [hw, self.word(dl), side]),
            of(218, [dt, self.relation(dl), self.relation(dr), ht, side]),
            of(219, [ht, self.tag(head.wrapping_sub(1)), dt, side]),
            of(220, [hc, dt, side]),
            of(221, [hc, dc, side]),
        ]
    }
}

/// The feature of a template with these values.
#[inline]
fn of<const N: usize>(template: u32, values: [u64; N]) -> Feature {
    values.iter().fold(Feature::new(template), |feature, value| feature.with(*value))
}

/// Distances that differ little are one.
fn bucket(distance: usize) -> u64 {
    match distance {
        0..=4 => distance as u64,
        5..=7 => 5,
        8..=12 => 6,
        13..=20 => 7,
        _ => 8,
    }
}

/// A parser over two models: one of steps, one of relations.
pub struct Parser<'a> {
    steps: Model<'a>,
    relations: Model<'a>,
}

impl Parser<'static> {
    /// The parser that the engine holds.
    ///
    /// # Errors
    /// Where its weights are damaged.
    pub fn bundled() -> Result<Self, ModelError> {
        Ok(Self::new(
            Model::load(include_bytes!("../../models/parser-steps.bin"))?,
            Model::load(include_bytes!("../../models/parser-relations.bin"))?,
        ))
    }
}

impl<'a> Parser<'a> {
    /// The trees of all sentences: an arc for each token of the document, heads counted as its tokens are.
    pub fn parse_all(&self, document: &Document, tags: &[Pos], words: &Words) -> Vec<Arc> {
        let words = Word::all(document, tags, words);
        let mut out = Vec::with_capacity(words.len());
        for sentence in &document.sentences {
            let tree = self.parse(words.get(sentence.clone()).unwrap_or(&[]));
            out.extend(tree.into_iter().map(|a| Arc { head: a.head.map(|h| h + sentence.start), ..a }));
        }
        out
    }

    /// A parser of these models; their labels are [`Move`]s and [`Relation`]s in order.
    pub const fn new(steps: Model<'a>, relations: Model<'a>) -> Self {
        Self { steps, relations }
    }

    /// The tree of one sentence: an arc for each word, exactly one of them a root. Linear in its length.
    pub(crate) fn parse(&self, words: &[Word]) -> Vec<Arc> {
        let mut state = State::new(words);
        let mut scores = Vec::new();
        while !state.done() {
            let Some(step) = state.only().or_else(|| self.step(&state, &mut scores)) else { break };
            let mut relation = Relation::Other;
            if let Some((head, dependent)) = state.arc_of(step) {
                scores.clear();
                self.relations.emit(&state.arc_features(head, dependent), &mut scores);
                relation = Relation::ALL
                    .into_iter()
                    .zip(&scores)
                    .skip(1)
                    .fold(
                        (Relation::Other, f32::NEG_INFINITY),
                        |a, b| if *b.1 > a.1 { (b.0, *b.1) } else { a },
                    )
                    .0;
            }
            state.take(step, relation);
        }
        state.arcs.into_iter().map(|a| a.unwrap_or(Arc { head: None, relation: Relation::Root })).collect()
    }

    /// The best step of those that are allowed.
    fn step(&self, state: &State, scores: &mut Vec<f32>) -> Option<Move> {
        scores.clear();
        self.steps.emit(&state.features(), scores);
        let mut best: Option<(f32, Move)> = None;
        for (step, score) in Move::ALL.into_iter().zip(scores) {
            if state.allows(step) && best.is_none_or(|(top, _)| *score > top) {
                best = Some((*score, step));
            }
        }
        best.map(|(_, step)| step)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Article;
    use crate::tagger::PosTagger;
    use proptest::prelude::*;

    fn trees(text: &str) -> Vec<(String, String, Relation)> {
        let article = Article::from_text(text);
        let document = Document::new(&article);
        let tags = PosTagger::bundled().unwrap().tag(&document);
        let arcs = Parser::bundled().unwrap().parse_all(&document, &tags, &Words::bundled().unwrap());
        assert_eq!(arcs.len(), document.tokens.len());
        let word = |at: usize| document.word(at).to_owned();
        arcs.iter()
            .enumerate()
            .map(|(at, arc)| (word(at), arc.head.map_or_else(String::new, word), arc.relation))
            .collect()
    }

    #[test]
    fn who_said_what() {
        for (text, dependent, head, relation) in [
            ("The minister said the talks had failed.", "minister", "said", Relation::Subject),
            ("The minister said the talks had failed.", "failed", "said", Relation::Complement),
            ("The minister said the talks had failed.", "talks", "failed", Relation::Subject),
            ("Prices will rise, according to the bank.", "Prices", "rise", Relation::Subject),
            ("She met the mayor of Paris.", "mayor", "met", Relation::Object),
            ("The court rejected his appeal.", "his", "appeal", Relation::Possessor),
        ] {
            let arcs = trees(text);
            assert!(
                arcs.contains(&(dependent.to_owned(), head.to_owned(), relation)),
                "{text}: {dependent} should be the {relation:?} of {head}: {arcs:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn every_sentence_is_a_tree(text in "([A-Za-z“”,.]{1,6} ){1,40}") {
            let article = Article::from_text(&text);
            let document = Document::new(&article);
            let tags = PosTagger::bundled().unwrap().tag(&document);
            let arcs = Parser::bundled().unwrap().parse_all(&document, &tags, &Words::bundled().unwrap());
            for sentence in &document.sentences {
                prop_assert_eq!(sentence.clone().filter(|&at| arcs[at].head.is_none()).count(), 1);
                for at in sentence.clone() {
                    let up = std::iter::successors(Some(at), |&i| arcs[i].head).take(arcs.len() + 1).last();
                    let up = up.unwrap_or(at);
                    prop_assert!(arcs[up].head.is_none() && sentence.contains(&up));
                }
            }
        }
    }
}
