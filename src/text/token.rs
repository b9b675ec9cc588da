//! Tokens: words, numbers, marks, each with its bytes.
//!
//! The conventions are those of the Penn Treebank as Universal Dependencies has them since version 2.11:
//! clitics stand alone (`do n't`, `Syria 's`), and a hyphen between letters is a token of its own, so that
//! "Syria-Turkey" holds two names and "Hamas-led" one adjective. Nothing is ever normalised: a token is a
//! slice of the text. One pass, no backtracking, no allocation but the list itself.

use super::Span;

/// What a token looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// Letters, maybe with digits and inner apostrophes or full stops: `Putin`, `O'Brien`, `U.S.`, `Covid19`.
    Word,
    /// Begins with a digit: `2024`, `1.25`, `24th`.
    Number,
    /// A clitic: `'s`, `’re`, `n't`, or the bare apostrophe of a plural possessive.
    Clitic,
    /// An address, a handle or a hashtag.
    Address,
    /// A mark or symbol; a run of the same dash or full stop is one.
    Mark,
}

/// One token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its bytes.
    pub span: Span,
    /// What it looks like.
    pub shape: Shape,
    /// No white space parts it from the token before.
    pub glued: bool,
}

/// Apostrophes as pages write them.
pub const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '‘' | '`' | '´')
}

/// Hyphens that join words (not dashes that part them).
pub const fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// Marks that join the word before and after without a break: soft hyphens and zero-width joiners.
const fn is_joiner(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// A character that words are made of. Beyond ASCII everything counts that is neither white space nor
/// punctuation, so that combining marks and emoji sequences stay whole.
fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    if c.is_whitespace() || c.is_control() {
        return false;
    }
    !matches!(c,
        '¡' | '¢'..='©' | '«' | '¬' | '®'..='±' | '´' | '¶' | '·' | '»' | '¿' | '×' | '÷'
        | '\u{2010}'..='\u{2027}' | '\u{202a}'..='\u{205f}' | '\u{2061}'..='\u{206f}'
        | '\u{20a0}'..='\u{20cf}' | '\u{2190}'..='\u{23ff}' | '\u{2500}'..='\u{25ff}'
        | '\u{3000}'..='\u{3003}' | '\u{3008}'..='\u{3020}' | '\u{fe10}'..='\u{fe1f}' | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}')
        || is_joiner(c)
}

/// Splits `text` into tokens, appending to `out`; `base` is added to every offset.
pub fn tokenize(text: &str, base: usize, out: &mut Vec<Token>) {
    let mut at = 0;
    let mut glued = false;
    while let Some(c) = text[at..].chars().next() {
        if c.is_whitespace() || c.is_control() {
            at += c.len_utf8();
            glued = false;
            continue;
        }
        let (len, shape) = next(text, at, glued);
        split_clitic(&text[at..at + len], shape, |from, to, shape| {
            let glued = glued || from > 0;
            out.push(Token { span: Span::new(base + at + from, base + at + to), shape, glued });
        });
        at += len;
        glued = true;
    }
}

/// Length and shape of the token that begins at `at`.
fn next(text: &str, at: usize, glued: bool) -> (usize, Shape) {
    let rest = &text[at..];
    if !glued && let Some(len) = address(rest) {
        return (len, Shape::Address);
    }
    let first = rest.chars().next().unwrap_or(' ');
    if is_word(first) {
        return word(rest);
    }
    if is_apostrophe(first) && glued {
        // A clitic that follows its word: 's, ’re. A lone apostrophe after a word is a mark or a possessive.
        let tail: usize =
            rest[first.len_utf8()..].chars().take_while(|&c| is_word(c)).map(char::len_utf8).sum();
        let letters = &rest[first.len_utf8()..first.len_utf8() + tail];
        if ["s", "re", "ve", "ll", "d", "m", "t"].iter().any(|x| letters.eq_ignore_ascii_case(x)) {
            return (first.len_utf8() + tail, Shape::Clitic);
        }
    }
    if matches!(first, '.' | '-' | '–' | '—' | '*' | '_' | '=') {
        let run = rest.chars().take_while(|&c| c == first).count();
        return (run * first.len_utf8(), Shape::Mark);
    }
    (first.len_utf8(), Shape::Mark)
}

/// A web or mail address, a handle or a hashtag; ends before closing punctuation.
fn address(rest: &str) -> Option<usize> {
    /// The longest run that is looked at, in bytes.
    const LONGEST: usize = 2_000;
    let bytes = rest.as_bytes();
    let tagged = matches!(bytes[0], b'@' | b'#') && bytes.get(1).is_some_and(u8::is_ascii_alphanumeric);
    // An address is short; a longer run is none, and this keeps the scan linear.
    let mut near = rest.char_indices().take_while(|&(at, _)| at <= LONGEST);
    let limit = near.find(|(_, c)| c.is_whitespace() || c.is_control()).map(|(at, _)| at);
    let limit = limit.or((rest.len() <= LONGEST).then_some(rest.len()))?;
    let chunk = &rest[..limit];
    if tagged {
        let len = 1 + chunk[1..].bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count();
        return Some(len);
    }
    let web = ["http://", "https://", "www."].iter().any(|p| chunk.starts_with(p));
    let mail = || {
        chunk.split_once('@').is_some_and(|(user, host)| {
            !user.is_empty()
                && user.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_+".contains(&b))
                && host.contains('.')
        })
    };
    if web || mail() {
        let end = chunk.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '/').len();
        return (end > 0).then_some(end);
    }
    None
}

/// A word or number from its first character: inner apostrophes, full stops of abbreviations, and the commas
/// and points of numbers belong to it.
fn word(rest: &str) -> (usize, Shape) {
    let number = rest.starts_with(|c: char| c.is_ascii_digit());
    let mut len = 0;
    let mut letters_since_stop = 0;
    let mut chars = rest.chars().peekable();
    let mut abbreviation = true;
    while let Some(c) = chars.next() {
        let follows = chars.peek().copied();
        let inner = match c {
            c if is_word(c) => {
                letters_since_stop += 1;
                true
            }
            '.' if number => follows.is_some_and(|n| n.is_ascii_digit()),
            // U.S., a.m., L.P.: single letters each with a full stop.
            '.' if abbreviation && letters_since_stop == 1 => {
                letters_since_stop = 0;
                let more = follows.is_some_and(char::is_alphabetic);
                let ends = len > 1 && rest[..len].contains('.');
                // A single initial keeps its stop: "J. Smith".
                let initial = len <= 4 && rest.chars().next().is_some_and(char::is_uppercase);
                more && is_abbreviation_ahead(chars.clone()) || ends || initial
            }
            '.' if letters_since_stop > 1 && is_domain_ahead(&rest[len + 1..]) => true,
            ',' | ':' if number => follows.is_some_and(|n| n.is_ascii_digit()),
            c if is_apostrophe(c) => follows.is_some_and(is_word),
            _ => false,
        };
        if !inner {
            break;
        }
        if letters_since_stop > 1 {
            abbreviation = false;
        }
        len += c.len_utf8();
    }
    if !number && rest[len..].starts_with('.') && (is_abbreviation(&rest[..len]) || is_numero(rest, len)) {
        len += 1;
    }
    (len, if number { Shape::Number } else { Shape::Word })
}

/// After a letter and its stop: another single letter, and then no letter.
fn is_abbreviation_ahead(mut chars: std::iter::Peekable<std::str::Chars<'_>>) -> bool {
    chars.next();
    !chars.peek().is_some_and(|&c| is_word(c))
}

/// What follows the stop ends an address without "www.": "Amazon.com", "fact.org.uk".
fn is_domain_ahead(rest: &str) -> bool {
    const LIST: &[&str] = &[
        "ai", "au", "biz", "ca", "co", "com", "de", "edu", "eu", "fr", "gov", "ie", "in", "info", "io", "ke",
        "net", "ng", "nz", "org", "tv", "uk", "us", "za",
    ];
    let len = rest.bytes().take_while(u8::is_ascii_lowercase).count();
    LIST.contains(&&rest[..len]) && !rest[len..].starts_with(is_word)
}

/// "No. 1": the word keeps its stop before a number, and there alone.
fn is_numero(rest: &str, len: usize) -> bool {
    matches!(&rest[..len], "No" | "Nos" | "no" | "nos" | "pp")
        && rest[len + 1..].trim_start_matches([' ', '\u{a0}']).starts_with(|c: char| c.is_ascii_digit())
}

/// Words that keep their full stop.
fn is_abbreviation(word: &str) -> bool {
    const LIST: &[&str] = &[
        "Mr", "Mrs", "Ms", "Dr", "Prof", "Gen", "Sen", "Rep", "Gov", "Lt", "Col", "Sgt", "Capt", "Cmdr",
        "Maj", "Adm", "Rev", "Hon", "Pres", "St", "Jr", "Sr", "Inc", "Corp", "Co", "Ltd", "Bros", "Jan",
        "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec", "vs", "etc", "Ariz",
        "Ark", "Calif", "Colo", "Conn", "Del", "Fla", "Ga", "Ill", "Ind", "Kan", "Ky", "La", "Md", "Mass",
        "Mich", "Minn", "Miss", "Mo", "Mont", "Neb", "Nev", "Okla", "Ore", "Pa", "Tenn", "Tex", "Va", "Vt",
        "Wash", "Wis", "Wyo", "Ala", "Supt", "Det", "Insp", "Assn", "Dept", "Univ", "Ave", "Blvd",
    ];
    LIST.contains(&word)
}

/// Parts a clitic from the word that it leans on: `don't` → `do` `n't`, `Syria's` → `Syria` `'s`.
fn split_clitic(token: &str, shape: Shape, mut emit: impl FnMut(usize, usize, Shape)) {
    if (shape == Shape::Word || shape == Shape::Number)
        && let Some((at, mark)) = token.char_indices().rev().find(|(_, c)| is_apostrophe(*c))
    {
        let tail = &token[at + mark.len_utf8()..];
        let negated =
            tail.eq_ignore_ascii_case("t") && token[..at].ends_with(['n', 'N']) && token[..at].len() > 1;
        let clitic = ["s", "re", "ve", "ll", "d", "m"].iter().any(|x| tail.eq_ignore_ascii_case(x));
        let from = if negated { at - 1 } else { at };
        if (negated || clitic) && from > 0 {
            emit(0, from, shape);
            emit(from, token.len(), Shape::Clitic);
            return;
        }
    }
    emit(0, token.len(), shape);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<&str> {
        let mut out = Vec::new();
        tokenize(text, 0, &mut out);
        out.iter().map(|t| t.span.of(text)).collect()
    }

    #[test]
    fn table() {
        for (text, want) in [
            ("Syria-Turkey ties", "Syria|-|Turkey|ties"),
            ("Hamas-led", "Hamas|-|led"),
            ("Bashar al-Assad’s", "Bashar|al|-|Assad|’s"),
            ("It doesn't, he’s open", "It|does|n't|,|he|’s|open"),
            ("“I won’t,” O'Brien said.", "“|I|wo|n’t|,|”|O'Brien|said|."),
            ("U.S. troops in the U.S.", "U.S.|troops|in|the|U.S."),
            ("Bloomberg L.P. All", "Bloomberg|L.P.|All"),
            ("Mr. Smith and J. Edgar Hoover", "Mr.|Smith|and|J.|Edgar|Hoover"),
            ("$1.25bn, 3,000 men; 10%.", "$|1.25bn|,|3,000|men|;|10|%|."),
            ("at 12:14 PM GMT+2", "at|12:14|PM|GMT|+|2"),
            ("the workers' union", "the|workers|'|union"),
            ("He left...then — came--back", "He|left|...|then|—|came|--|back"),
            ("see https://a.b/c?d=1. Or @name, #tag!", "see|https://a.b/c?d=1|.|Or|@name|,|#tag|!"),
            ("write to jo.b@mail.example.", "write|to|jo.b@mail.example|."),
            ("Zoe\u{308} 👩‍👩‍👧 naïve", "Zoe\u{308}|👩‍👩‍👧|naïve"),
            ("‘Stop,’ said Ann", "‘|Stop|,|’|said|Ann"),
            ("the 1990s and the ’90s", "the|1990s|and|the|’|90s"),
            ("the No. 1 pick; I said no. Two left", "the|No.|1|pick|;|I|said|no|.|Two|left"),
            ("Amazon.com and News.co.uk. So.he", "Amazon.com|and|News.co.uk|.|So|.|he"),
            ("see www.a.b/c\u{1}d", "see|www.a.b/c|d"),
            ("end of it.\u{a0}Next", "end|of|it|.|Next"),
        ] {
            assert_eq!(words(text).join("|"), want, "{text}");
        }
    }

    #[test]
    fn control_characters_part_tokens() {
        // A quadratic step would take an hour here.
        let text = "a\u{1}".repeat(500_000);
        let mut out = Vec::new();
        tokenize(&text, 0, &mut out);
        assert_eq!(out.len(), 500_000);
    }

    proptest! {
        #[test]
        fn tokens_cover_every_visible_character(text in "\\PC{0,200}") {
            let mut out = Vec::new();
            tokenize(&text, 0, &mut out);
            let mut at = 0;
            for token in &out {
                prop_assert!(text[at..token.span.start].chars().all(|c| c.is_whitespace() || c.is_control()));
                prop_assert!(!token.span.is_empty());
                at = token.span.end;
            }
            prop_assert!(text[at..].chars().all(|c| c.is_whitespace() || c.is_control()));
        }
    }
}
