//! Words that tell what sort of statement a clause is, whatever its topic: the open part of the layer, one
//! table that reads as a list.
//!
//! Every word and phrase is lower case. A phrase counts as one cue, on all of its words. The classes follow the
//! guidelines of the reference annotations; check-worthiness by such cues is as in Hassan et al., "Toward
//! automated fact-checking: detecting check-worthy factual claims by ClaimBuster" (KDD 2017).

use crate::text::{Document, Shape, Token};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A class of cue words: one bit of [`Cues`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Cue {
    Accusation,
    Denial,
    Harm,
    Cause,
    Change,
    Comparison,
    Superlative,
    Ordinal,
    Finding,
    Law,
    Prediction,
    Hedge,
    Negation,
    Opinion,
    Advice,
    Scene,
    NumberWord,
    Unit,
    Money,
    Share,
    Approximate,
    FirstPerson,
    SecondPerson,
    Pronoun,
    Copula,
    Auxiliary,
    Subordinator,
    Conjunction,
    Relative,
    Month,
    Quantity,
    Year,
}

/// How many classes there are.
pub const CLASSES: usize = 32;

/// The classes that one token belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cues(u32);

impl Cues {
    /// Belongs to the class.
    pub const fn has(self, cue: Cue) -> bool {
        self.0 & (1 << cue as u32) != 0
    }

    /// The classes, as indexes below [`CLASSES`].
    pub fn classes(self) -> impl Iterator<Item = usize> {
        (0..CLASSES).filter(move |at| self.0 & (1 << at) != 0)
    }
}

/// The cue classes of every token of a document, in one pass.
pub fn mark(document: &Document) -> Vec<Cues> {
    static LEXICON: LazyLock<Lexicon> = LazyLock::new(lexicon);
    let words: Vec<Cow<str>> = document.tokens.iter().map(|t| lower(t.span.of(document.text()))).collect();
    let mut marks = vec![Cues::default(); words.len()];
    for at in 0..words.len() {
        for (rest, cue) in LEXICON.get(&*words[at]).into_iter().flatten() {
            let tail = words.get(at + 1..at + 1 + rest.len());
            let fits = tail.is_some_and(|tail| tail.iter().zip(rest).all(|(word, want)| word == want));
            if fits && !is_exception(*cue, document, &words, at) {
                for mark in &mut marks[at..=at + rest.len()] {
                    mark.0 |= 1 << *cue as u32;
                }
            }
        }
        marks[at].0 |= number(document.tokens[at], document.word(at), words.get(at.wrapping_sub(1)));
    }
    marks
}

/// First words, each with the words that must follow and the class.
type Lexicon = BTreeMap<&'static str, Vec<(Vec<&'static str>, Cue)>>;

fn lexicon() -> Lexicon {
    let mut lexicon = Lexicon::new();
    for (cue, words) in WORDS {
        for word in words.split_whitespace() {
            lexicon.entry(word).or_default().push((Vec::new(), *cue));
        }
    }
    for (cue, phrases) in PHRASES {
        for phrase in *phrases {
            let mut words = phrase.split(' ');
            if let Some(first) = words.next() {
                lexicon.entry(first).or_default().push((words.collect(), *cue));
            }
        }
    }
    lexicon
}

fn lower(word: &str) -> Cow<'_, str> {
    if word.chars().any(char::is_uppercase) { word.to_lowercase().into() } else { word.into() }
}

/// Words that look like a cue and are none: the month of May, "could not".
fn is_exception(cue: Cue, document: &Document, words: &[Cow<str>], at: usize) -> bool {
    let next = words.get(at + 1).map_or("", |w| w);
    let before = at.checked_sub(1).and_then(|at| words.get(at)).map_or("", |w| w);
    match cue {
        Cue::Hedge if words[at] == "may" => document.word(at) == "May",
        Cue::Hedge if words[at] == "could" => {
            // What people are able to do qualifies the people, not the claim.
            matches!(next, "n't" | "n’t" | "not" | "no" | "never") || before == "who"
        }
        // "Higher than expected", "larger-than-expected".
        Cue::Hedge if words[at] == "expected" => matches!(before, "than" | "-" | "as"),
        // To be more likely is to be compared.
        Cue::Hedge if words[at].ends_with("likely") => {
            matches!(before, "more" | "less" | "most" | "least" | "as")
        }
        _ => false,
    }
}

/// What a token says by its shape: a year, a quantity.
fn number(token: Token, word: &str, before: Option<&Cow<str>>) -> u32 {
    if token.shape != Shape::Number {
        return 0;
    }
    let money = before.is_some_and(|w| matches!(&**w, "$" | "£" | "€" | "¥" | "₹"));
    let year = word.len() == 4 && (word.starts_with("19") || word.starts_with("20")) && !money;
    let decade = word.len() == 5 && word.ends_with("0s");
    let day = before.is_some_and(|w| MONTHS.split(' ').any(|m| m == w.trim_end_matches('.')))
        || word.contains(':')
        || word.ends_with("am") | word.ends_with("pm");
    let ordinal = ["st", "nd", "rd", "th"].iter().any(|x| word.ends_with(x));
    let cue = match () {
        () if (year || decade) && word.bytes().take(4).all(|b| b.is_ascii_digit()) => Cue::Year,
        () if day => Cue::Month,
        () if ordinal => Cue::Ordinal,
        () => Cue::Quantity,
    };
    1 << cue as u32
}

const MONTHS: &str = "january february march april june july august september october november december jan feb \
                      mar apr jun jul aug sept sep oct nov dec";

/// Single words of each class.
const WORDS: &[(Cue, &str)] = &[
    (
        Cue::Accusation,
        "accuse accuses accused accusing accusation accusations allege alleges alleged alleging allegation \
         allegations allegedly charge charged charges convicted conviction guilty fraud fraudulent corrupt \
         corruption bribe bribes bribery illegal illegally unlawful unlawfully violated violates violating \
         violation violations abuse abused abuses abusing rape assault harassment misconduct false falsely \
         lied lies lying blame blamed blames blaming lawsuit sued suing indicted arrested detained attacked \
         threatened threatening intimidation coercion scandal illicit negligence failed failure cheated \
         manipulated stole stolen theft laundering criminal suspects suspect discriminated racist genocide \
         crimes unconstitutional wrongful conspiracy complicit conceal concealed fake",
    ),
    (
        Cue::Denial,
        "deny denies denied denying denial refute refuted refutes rejected rejects dismissed dismisses \
         disputed disputes unfounded untrue baseless incorrect",
    ),
    (
        Cue::Harm,
        "kill killed kills killing die died dies death deaths dead murder murdered suicide injured injuries \
         wounded destroyed destroy destroying damage damaged victims victim massacre casualties shot crash \
         crashed collapsed explosion explosions bombing hostages poisoning poisoned disease infected fatal \
         outage outages evacuated displaced",
    ),
    (
        Cue::Cause,
        "because cause caused causes causing prompted prompting prompts sparked sparking triggered triggering \
         forced forcing spurred driven drove fuelled fueled contributed contributes contributing resulted \
         resulting leading blamed thanks therefore due helped allowed allowing enabled enabling prevented \
         reason affected impact effect effects erupted exacerbated prolonged boosted boosting attributed \
         consequence hampered leaving undermining undermine threatens created",
    ),
    (
        Cue::Change,
        "rose rise rises rising risen fell fall falls falling fallen grew grow growing growth grown increase \
         increased increases increasing decline declined declining decrease decreased drop dropped dropping \
         jumped jump soared surged surge plunged slumped slid climbed doubled tripled halved cut cuts cutting \
         reduced reduce reduction raised raise gained gain lost lose loss losses expanded shrank slowed \
         worsened improved recovered spike reached reach hit exceeded exceed weakened",
    ),
    (
        Cue::Comparison,
        "than compared compares versus twice double triple half majority higher lower larger smaller bigger \
         fewer less greater better worse faster slower older younger cheaper stronger weaker longer shorter \
         unlike exceeds ranked ranks rank tops leading outperformed ahead behind consecutive \
         average",
    ),
    (
        Cue::Superlative,
        "most least largest biggest highest lowest fastest worst best oldest youngest greatest smallest \
         longest richest only record unprecedented never sole strongest first last latest",
    ),
    (Cue::Ordinal, "second third fourth fifth sixth seventh eighth ninth tenth"),
    (
        Cue::Finding,
        "study studies report reports survey surveys research researchers poll polls data found finds finding \
         findings evidence review investigation analysis census statistics figures index showed shows show \
         revealed reveals reveal discovered detected concluded concludes estimate estimates indicates indicate \
         indicated documents records scientists",
    ),
    (
        Cue::Law,
        "court courts ruled ruling judge judges law laws legal bill constitution constitutional legislation \
         parliament act treaty convention resolution resolutions sanctions tribunal jury sentenced sentence \
         verdict appeal prosecutors banned ban bans policy regulations requires",
    ),
    (
        Cue::Prediction,
        "will wo 'll ’ll would forecast forecasts predicts predicted predict projected projection expected \
         expects expect likely unlikely",
    ),
    (
        Cue::Hedge,
        "may might could likely unlikely possibly perhaps probably potentially potential reportedly allegedly \
         alleged suspected apparently appears appear appeared seems seem seemed seemingly expected estimated \
         purported purportedly presumably supposedly rumoured rumored projected believed considering \
         unconfirmed",
    ),
    (Cue::Negation, "not n't n’t no never without nor neither none nobody nothing cannot"),
    (
        Cue::Opinion,
        "believe think feel feels hope hopes hopeful love great good bad wonderful proud happy sad glad \
         excited disappointed important amazing beautiful terrible horrible fantastic welcome welcomed \
         grateful thank sorry confident concerned worried pleased wish dream honour honor interesting key \
         vital crucial",
    ),
    (
        Cue::Advice,
        "should must ought need needs let please urge urged urges call calls called calling ask asked asks \
         demand demands demanded",
    ),
    (
        Cue::Scene,
        "met meets meeting meet visit visited visiting spoke speaking speech statement conference interview \
         interviewed announced attended ceremony event arrived gathered told welcomed joined talks discuss \
         discussed hosted held",
    ),
    (
        Cue::NumberWord,
        "one two three four five six seven eight nine ten eleven twelve dozen dozens hundred hundreds \
         thousand thousands million millions billion billions trillion trillions bn m k third thirds quarter \
         quarters several numerous",
    ),
    (
        Cue::Unit,
        "years year months month weeks week days day hours people persons residents employees workers jobs \
         troops soldiers students children women men homes households tonnes tons kilometers kilometres km \
         miles meters metres mph acres hectares barrels votes seats points cases countries states \
         members deaths patients shares companies customers times megawatts mm feet foot inches",
    ),
    (
        Cue::Money,
        "$ £ € ¥ ₹ dollars dollar euros euro pounds rupees yuan rand cost costs price prices salary salaries pay paid \
         tax taxes revenue revenues profit profits sales budget funding fund debt gdp inflation tariffs \
         spending worth funds",
    ),
    (Cue::Share, "% percent percentage majority third half fifths rate share"),
    (Cue::Approximate, "about around roughly approximately nearly almost some over under up least"),
    (Cue::FirstPerson, "i we me us my our myself ourselves"),
    (Cue::SecondPerson, "you your yours"),
    (Cue::Pronoun, "he she it they this that these those"),
    (Cue::Copula, "is are was were be been being 's ’s 're ’re"),
    (Cue::Auxiliary, "has have had having 've ’ve did does do"),
    (
        Cue::Subordinator,
        "while although though whereas because after when as since before until if despite where",
    ),
    (Cue::Conjunction, "and but yet or so"),
    (Cue::Relative, "which who whose"),
    (Cue::Month, MONTHS),
    (Cue::Month, "monday tuesday wednesday thursday friday saturday sunday yesterday today tomorrow"),
];

/// Phrases of each class.
const PHRASES: &[(Cue, &[&str])] = &[
    (Cue::Accusation, &["in violation", "tried to", "cover up"]),
    (Cue::Denial, &["ruled out", "not true", "no evidence", "did n't", "did not", "has not", "have not"]),
    (
        Cue::Cause,
        &[
            "led to",
            "leads to",
            "lead to",
            "due to",
            "thanks to",
            "as a result",
            "paved the way",
            "result in",
            "resulted in",
            "results in",
            "owing to",
            "so that",
            "in response to",
            "responsible for",
            "means that",
            "stems from",
            "set off",
            "weighing on",
            "made it",
            "why",
        ],
    ),
    (
        Cue::Comparison,
        &[
            "more than",
            "less than",
            "fewer than",
            "as many",
            "as much",
            "compared to",
            "compared with",
            "one of the",
            "in the world",
            "in the country",
            "year on year",
            "year over year",
            "a third",
            "two thirds",
            "at least",
        ],
    ),
    (
        Cue::Superlative,
        &["first time", "no single", "never before", "one of", "in history", "all time", "no."],
    ),
    (Cue::Finding, &["according to", "no evidence"]),
    (
        Cue::Prediction,
        &["set to", "going to", "is due to", "about to", "on track to", "by the end of", "plans to"],
    ),
    (
        Cue::Hedge,
        &[
            "set to",
            "about to",
            "poised to",
            "thought to",
            "reported to",
            "said to",
            "understood to",
            "believed to",
            "threatens to",
            "threaten to",
            "risk undermining",
            "risks undermining",
            "tipped to",
            "tipped with",
            "in the process of",
            "may have",
            "might have",
            "could have",
            "expects to",
            "expect to",
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Article;

    fn marked(text: &str, cue: Cue) -> String {
        let article = Article::from_text(text);
        let document = Document::new(&article);
        let marks = mark(&document);
        let words: Vec<_> =
            (0..marks.len()).filter(|&at| marks[at].has(cue)).map(|at| document.word(at)).collect();
        words.join(" ")
    }

    #[test]
    fn table() {
        for (cue, text, want) in [
            (Cue::Hedge, "Prices may rise in May", "may"),
            (Cue::Hedge, "He could not come; she could", "could"),
            (Cue::Hedge, "He is about to resign over about 900 jobs", "about to"),
            (Cue::Quantity, "On July 24 some 900 of 12,000 left at 12:14", "900 12,000"),
            (Cue::Year, "In 2020 it paid $2020, as in the 1990s", "2020 1990s"),
            (Cue::Ordinal, "The 20th and the third", "20th third"),
            (Cue::Superlative, "He said no. It is the No. 1 club", "No."),
            (Cue::Cause, "It LED TO a war because of him", "LED TO because"),
        ] {
            assert_eq!(marked(text, cue), want, "{cue:?}: {text}");
        }
    }
}
