//! Cues: the words that attribute content to a source.
//!
//! Verbs are grouped by the content they take, after the reporting verbs of Quirk et al., *A Comprehensive
//! Grammar of the English Language* (1985), 16.31: what is said, what is thought, what is asked for.

/// What sort of content a cue takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cue {
    /// A statement or its words: say, write, find.
    Speech,
    /// A statement held to be true or wished for: believe, hope.
    Thought,
    /// Something to be done: urge, vow, demand.
    Demand,
}

const SPEECH: &[&str] = &[
    "accuse",
    "acknowledge",
    "add",
    "admit",
    "advise",
    "affirm",
    "allege",
    "announce",
    "answer",
    "apologise",
    "argue",
    "ask",
    "assert",
    "assure",
    "attest",
    "boast",
    "call",
    "caution",
    "chant",
    "charge",
    "cite",
    "claim",
    "comment",
    "complain",
    "concede",
    "conclude",
    "confess",
    "confide",
    "confirm",
    "contend",
    "continue",
    "counter",
    "cry",
    "declare",
    "deny",
    "describe",
    "detail",
    "disclose",
    "dispute",
    "dub",
    "emphasise",
    "emphasize",
    "estimate",
    "exclaim",
    "explain",
    "find",
    "forecast",
    "gush",
    "highlight",
    "hint",
    "imply",
    "indicate",
    "inform",
    "insist",
    "joke",
    "label",
    "lament",
    "maintain",
    "mention",
    "message",
    "note",
    "notify",
    "observe",
    "opine",
    "post",
    "predict",
    "proclaim",
    "quip",
    "read",
    "reassure",
    "recall",
    "recount",
    "reiterate",
    "relate",
    "remark",
    "remind",
    "repeat",
    "reply",
    "report",
    "respond",
    "reveal",
    "roar",
    "rule",
    "say",
    "shout",
    "show",
    "shrug",
    "signal",
    "slam",
    "speculate",
    "state",
    "stipulate",
    "stress",
    "suggest",
    "tell",
    "testify",
    "tweet",
    "underline",
    "underscore",
    "warn",
    "whisper",
    "wonder",
    "write",
    "yell",
];

const THOUGHT: &[&str] = &[
    "anticipate",
    "assume",
    "believe",
    "consider",
    "doubt",
    "dream",
    "expect",
    "fear",
    "feel",
    "foresee",
    "guess",
    "hear",
    "hope",
    "imagine",
    "know",
    "learn",
    "mean",
    "realise",
    "realize",
    "reckon",
    "recognise",
    "recognize",
    "remember",
    "see",
    "suppose",
    "suspect",
    "think",
    "understand",
    "want",
    "wish",
    "worry",
];

const DEMAND: &[&str] = &[
    "agree",
    "aim",
    "appeal",
    "beg",
    "decide",
    "decline",
    "demand",
    "encourage",
    "implore",
    "invite",
    "offer",
    "order",
    "plan",
    "plead",
    "pledge",
    "promise",
    "propose",
    "recommend",
    "refuse",
    "request",
    "seek",
    "swear",
    "threaten",
    "urge",
    "volunteer",
    "vow",
];

/// Forms that no ending explains.
const IRREGULAR: &[(&str, &str)] = &[
    ("begged", "beg"),
    ("begging", "beg"),
    ("felt", "feel"),
    ("forecast", "forecast"),
    ("foresaw", "foresee"),
    ("found", "find"),
    ("heard", "hear"),
    ("knew", "know"),
    ("known", "know"),
    ("learnt", "learn"),
    ("meant", "mean"),
    ("read", "read"),
    ("said", "say"),
    ("saw", "see"),
    ("seen", "see"),
    ("shown", "show"),
    ("sought", "seek"),
    ("swore", "swear"),
    ("sworn", "swear"),
    ("thought", "think"),
    ("told", "tell"),
    ("understood", "understand"),
    ("writing", "write"),
    ("written", "write"),
    ("wrote", "write"),
];

/// What the verb `word`, in lower case and in any of its forms, says about its content.
pub fn verb(word: &str) -> Option<Cue> {
    if let Some((_, base)) = IRREGULAR.iter().find(|(form, _)| *form == word) {
        return class(base);
    }
    let ends = |ending: &str, with: &str| {
        word.strip_suffix(ending)
            .filter(|stem| stem.len() > 1)
            .and_then(|stem| if with.is_empty() { class(stem) } else { class(&format!("{stem}{with}")) })
    };
    class(word)
        .or_else(|| ends("s", ""))
        .or_else(|| ends("ed", ""))
        .or_else(|| ends("d", ""))
        .or_else(|| ends("ing", ""))
        .or_else(|| ends("ing", "e"))
        .or_else(|| ends("ies", "y"))
        .or_else(|| ends("ied", "y"))
        .or_else(|| ends("es", ""))
        .or_else(|| ends("ned", ""))
}

fn class(base: &str) -> Option<Cue> {
    [(SPEECH, Cue::Speech), (THOUGHT, Cue::Thought), (DEMAND, Cue::Demand)]
        .into_iter()
        .find(|(list, _)| list.binary_search(&base).is_ok())
        .map(|(_, cue)| cue)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        for list in [SPEECH, THOUGHT, DEMAND] {
            assert!(list.is_sorted());
        }
    }

    #[test]
    fn every_form() {
        for (forms, want) in [
            ("say says said saying", Some(Cue::Speech)),
            ("deny denies denied denying", Some(Cue::Speech)),
            ("argue argues argued arguing tells writing", Some(Cue::Speech)),
            ("believe believes believed thought thinks hoping", Some(Cue::Thought)),
            ("urge urges urged urging vowed promising planned", Some(Cue::Demand)),
            ("walk table sad sing", None),
        ] {
            for form in forms.split(' ') {
                assert_eq!(verb(form), want, "{form}");
            }
        }
    }
}
