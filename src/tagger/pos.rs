//! Parts of speech: the universal tags (Universal Dependencies 2; Petrov, Das and McDonald 2012).
//!
//! A tagger for names, cues and claims to lean on, not an end in itself: small and fast before exact.

use super::{Feature, Model, ModelError, Words, hash};
use crate::text::{Document, Shape, fold_into};

/// A universal part of speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Pos {
    /// Adjective: Russian, open, first.
    Adj,
    /// Preposition or particle of a phrasal verb: in, of, up.
    Adp,
    /// Adverb: very, when.
    Adv,
    /// Auxiliary and copula: is, has, will.
    Aux,
    /// Coordinating conjunction: and, but.
    Cconj,
    /// Determiner: the, this, no.
    Det,
    /// Interjection: yes, oh.
    Intj,
    /// Noun: expert, ties.
    Noun,
    /// Number: 900, three.
    Num,
    /// Particle: to, not, 's of possession.
    Part,
    /// Pronoun: he, who, his, there.
    Pron,
    /// Name: Putin, Kremlin, July.
    Propn,
    /// Punctuation.
    Punct,
    /// Subordinating conjunction: that, if, because.
    Sconj,
    /// Symbol: $, %.
    Sym,
    /// Verb: said, restore.
    Verb,
    /// Anything else: foreign words, list marks.
    X,
}

impl Pos {
    /// Every tag, each at the place of its number.
    pub const ALL: [Self; 17] = [
        Self::Adj,
        Self::Adp,
        Self::Adv,
        Self::Aux,
        Self::Cconj,
        Self::Det,
        Self::Intj,
        Self::Noun,
        Self::Num,
        Self::Part,
        Self::Pron,
        Self::Propn,
        Self::Punct,
        Self::Sconj,
        Self::Sym,
        Self::Verb,
        Self::X,
    ];
    /// The tags' names in Universal Dependencies.
    pub const NAMES: [&'static str; 17] = [
        "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT",
        "SCONJ", "SYM", "VERB", "X",
    ];

    /// The tag that Universal Dependencies calls `name`.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::NAMES.iter().position(|n| *n == name).and_then(|at| Self::ALL.get(at)).copied()
    }

    /// The tag for one of the Penn Treebank, with the word and, where it is known, the Stanford dependency to its
    /// head, which parts prepositions from conjunctions and auxiliaries from verbs.
    #[cfg(feature = "train")]
    pub(crate) fn from_penn(tag: &str, word: &str, relation: &str) -> Option<Self> {
        let helps = relation.starts_with("aux") || relation == "cop";
        Some(match tag {
            "JJ" | "JJR" | "JJS" | "AFX" => Self::Adj,
            "IN" if relation == "mark" => Self::Sconj,
            "TO" if relation == "case" => Self::Adp,
            "IN" | "RP" => Self::Adp,
            "RB" if relation == "neg" && !word.eq_ignore_ascii_case("never") => Self::Part,
            "RB" | "RBR" | "RBS" | "WRB" => Self::Adv,
            "MD" => Self::Aux,
            "VB" | "VBD" | "VBG" | "VBN" | "VBP" | "VBZ" => {
                if helps {
                    Self::Aux
                } else {
                    Self::Verb
                }
            }
            "CC" => Self::Cconj,
            "DT" | "PDT" | "WDT" if relation == "det" => Self::Det,
            "DT" | "PDT" if relation.is_empty() => Self::Det,
            "DT" | "PDT" | "WDT" | "WP" | "WP$" | "PRP" | "PRP$" | "EX" => Self::Pron,
            "UH" => Self::Intj,
            "NN" | "NNS" => Self::Noun,
            "NNP" | "NNPS" => Self::Propn,
            "CD" => Self::Num,
            "POS" | "TO" => Self::Part,
            "$" | "#" | "SYM" => Self::Sym,
            "." | "," | ":" | "``" | "''" | "-LRB-" | "-RRB-" | "(" | ")" | "HYPH" | "\"" | "NFP" => {
                Self::Punct
            }
            "FW" | "LS" | "ADD" | "GW" | "XX" => Self::X,
            _ => return None,
        })
    }
}

/// Tags articles.
pub struct Tagger<'a> {
    model: Model<'a>,
    pub(super) words: Words<'a>,
}

impl Tagger<'static> {
    /// The tagger that the engine holds.
    ///
    /// # Errors
    /// Where its weights are damaged.
    pub fn bundled() -> Result<Self, ModelError> {
        Ok(Self { model: Model::load(include_bytes!("../../models/pos.bin"))?, words: Words::bundled()? })
    }
}

impl<'a> Tagger<'a> {
    /// A tagger of these weights.
    ///
    /// # Errors
    /// Where the model's labels aren't the universal tags.
    pub fn new(model: Model<'a>, words: Words<'a>) -> Result<Self, ModelError> {
        if model.labels() == Pos::NAMES { Ok(Self { model, words }) } else { Err(ModelError::Content) }
    }

    /// The part of speech of every token of `document`.
    pub fn tag(&self, document: &Document) -> Vec<Pos> {
        let known = Known::of(document, &self.words);
        let mut out = Vec::with_capacity(document.tokens.len());
        let (mut features, mut emissions) = (Vec::new(), Vec::new());
        for sentence in &document.sentences {
            emissions.clear();
            for at in sentence.clone() {
                features.clear();
                known.features(document, sentence.start, sentence.end, at, &mut features);
                self.model.emit(&features, &mut emissions);
            }
            let labels = self.model.decode(&emissions);
            out.extend(labels.iter().map(|&l| Pos::ALL.get(usize::from(l)).copied().unwrap_or(Pos::X)));
        }
        out
    }
}

/// What is known of a document's words before they are tagged.
pub(crate) struct Known(Vec<Word>);

struct Word {
    /// Of the folded word.
    hash: u64,
    /// Of its last one, two and three characters.
    suffixes: [u64; 3],
    shape: u64,
    middle: u64,
    fine: u64,
}

impl Known {
    pub(crate) fn of(document: &Document, words: &Words) -> Self {
        let mut folded = String::new();
        Self(
            document
                .tokens
                .iter()
                .map(|token| {
                    let word = token.span.of(document.text());
                    folded.clear();
                    fold_into(word, &mut folded);
                    let tail = |n: usize| {
                        let from = folded.char_indices().rev().nth(n - 1).map_or(0, |(at, _)| at);
                        hash(folded.get(from..).unwrap_or(""))
                    };
                    let key = hash(&folded);
                    let cluster = words.cluster(key);
                    Word {
                        hash: key,
                        suffixes: [tail(1), tail(2), tail(3)],
                        shape: shape(word, token.shape),
                        middle: u64::from(cluster.middle),
                        fine: u64::from(cluster.fine),
                    }
                })
                .collect(),
        )
    }

    /// Appends the features of the token `at` of the sentence `start..end`.
    pub(crate) fn features(
        &self,
        document: &Document,
        start: usize,
        end: usize,
        at: usize,
        out: &mut Vec<Feature>,
    ) {
        let Some(word) = self.0.get(at) else { return };
        let near = |offset: isize| {
            at.checked_add_signed(offset).filter(|i| (start..end).contains(i)).and_then(|i| self.0.get(i))
        };
        let mut add = |template: u32, value: u64| out.push(Feature::new(template).with(value));
        add(1, word.hash);
        add(2, word.suffixes[1]);
        add(3, word.suffixes[2]);
        add(4, word.shape);
        add(5, word.shape << 8 | u64::from(at == start));
        add(6, word.fine);
        add(7, word.suffixes[0] ^ word.shape);
        let before = near(-1).map_or((1, 1, 1), |w| (w.hash, w.middle, w.suffixes[1]));
        let after = near(1).map_or((1, 1, 1), |w| (w.hash, w.middle, w.suffixes[1]));
        add(8, before.0);
        add(9, after.0);
        add(10, before.1);
        add(11, after.1);
        add(12, after.2);
        add(13, before.0.rotate_left(9) ^ word.hash);
        add(14, after.0.rotate_left(9) ^ word.hash);
        add(15, near(-2).map_or(1, |w| w.hash));
        add(16, near(2).map_or(1, |w| w.hash));
        add(17, word.middle << 8 | before.1);
        add(18, word.middle << 8 | after.1);
        let glued = document.tokens.get(at).is_some_and(|t| t.glued);
        add(19, word.shape << 1 | u64::from(glued));
        add(20, word.shape << 16 | near(-1).map_or(0, |w| w.shape) << 8 | near(1).map_or(0, |w| w.shape));
    }
}

/// A word's letters at a glance: small, capital, mixed, with digits; one of few.
fn shape(word: &str, shape: Shape) -> u64 {
    let mut seen = 0;
    for (at, c) in word.chars().enumerate() {
        seen |= match c {
            c if c.is_lowercase() => 1,
            c if c.is_uppercase() && at == 0 => 2,
            c if c.is_uppercase() => 4,
            c if c.is_ascii_digit() => 8,
            '.' => 16,
            _ => 32,
        };
    }
    seen << 2
        | match shape {
            Shape::Word => 0,
            Shape::Number => 1,
            Shape::Clitic => 2,
            Shape::Address | Shape::Mark => 3,
        }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Article;
    use proptest::prelude::*;

    fn tags(text: &str) -> Vec<Pos> {
        let article = Article::from_text(text);
        Tagger::bundled().unwrap().tag(&Document::new(&article))
    }

    #[test]
    fn table() {
        for (text, want) in [
            ("The minister said that ties are possible .", "DET NOUN VERB SCONJ NOUN AUX ADJ PUNCT"),
            ("She told reporters in Nairobi on Monday .", "PRON VERB NOUN ADP PROPN ADP PROPN PUNCT"),
            (
                "Prices did n't rise by 3.5 % , he said .",
                "NOUN AUX PART VERB ADP NUM SYM PUNCT PRON VERB PUNCT",
            ),
            ("Vladimir Putin met his Syrian counterpart .", "PROPN PROPN VERB PRON ADJ NOUN PUNCT"),
        ] {
            let got: Vec<_> = tags(text).iter().map(|p| Pos::NAMES[*p as usize]).collect();
            assert_eq!(got.join(" "), want, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_token_gets_one_tag(text in "\\PC{0,200}") {
            let article = Article::from_text(&text);
            prop_assert_eq!(tags(&text).len(), Document::new(&article).tokens.len());
        }
    }
}
