//! Further articles read by the guidelines: `models/readings.jsonl` says where in them actors, quotes and claims stand,
//! not what stands there. The texts lie elsewhere (PolNeAR, CoNLL-2003, GUM and the saved pages beside the project, our
//! own in `models/readings/`), and a text's hash says which one a line is about.

use super::corpora;
use super::reference::Example;
use crate::annotation::{
    Actor, ActorId, Annotations, Claim, ClaimKind, Evidence, Form, Kind, Mention, Quote, Voice,
};
use crate::page::{self, Article};
use crate::tagger::hash;
use crate::text::Span;
use serde::Deserialize;
use std::collections::HashMap;
use std::fs;
use std::path::Path;

/// Of a saved page so many words are read, to the end of a paragraph.
const MOST_WORDS: usize = 1100;

/// Bytes of a text: start, end.
type Ends = (usize, usize);

/// One line.
#[derive(Deserialize)]
struct Row {
    /// Where the text comes from, for a person to read.
    text: String,
    /// [`hash`] of the text, in hexadecimal.
    hash: String,
    /// Kind, role, mentions.
    actors: Vec<(Kind, Option<Ends>, Vec<Ends>)>,
    /// Form, contents, source, cue, speaker.
    quotes: Vec<(Form, Vec<Ends>, Option<Ends>, Option<Ends>, Option<ActorId>)>,
    /// Content, voice, claimant, kind, whether it is hedged.
    claims: Vec<(Ends, Voice, Option<ActorId>, ClaimKind, bool)>,
}

/// Every reading whose text is there, in the file's order; those whose text isn't are named on standard error.
///
/// # Errors
/// A file that can't be read, or a line that doesn't fit its text.
pub fn read(shared: &Path) -> Result<Vec<Example>, String> {
    let path = Path::new("models/readings.jsonl");
    let lines = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let texts = texts(shared)?;
    let mut out = Vec::new();
    for (number, line) in lines.lines().enumerate() {
        let wrong = |why: &str| format!("{}, line {}: {why}", path.display(), number + 1);
        let row: Row = serde_json::from_str(line).map_err(|e| wrong(&e.to_string()))?;
        match texts.get(&row.hash) {
            Some(text) => out.push(row.example(text).ok_or_else(|| wrong("it doesn't fit its text"))?),
            None => eprintln!("left out: {}, as its text isn't there", row.text),
        }
    }
    Ok(out)
}

/// Paragraphs parted by one blank line each: what readings count in.
pub fn plain(article: &Article) -> String {
    let paragraphs: Vec<&str> = article
        .paragraphs
        .iter()
        .map(|p| p.span.of(&article.text).trim())
        .filter(|p| !p.is_empty())
        .collect();
    paragraphs.join("\n\n")
}

/// All texts that there are, by hash.
fn texts(shared: &Path) -> Result<HashMap<String, String>, String> {
    let corpora = shared.join("corpora");
    let mut articles = Vec::new();
    for folder in [&corpora.join("polnear/train/text"), Path::new("models/readings")] {
        for path in corpora::files(folder, "txt")? {
            articles.push(Article::from_text(&corpora::read(&path)?));
        }
    }
    articles.extend(corpora::conll(&corpora.join("conll2003/train.txt"))?.into_iter().map(|l| l.article));
    articles.extend(corpora::gum(&corpora.join("gum"))?.into_iter().map(|(l, _)| l.article));
    for path in corpora::files(&shared.join("pages"), "html")? {
        let mut article = page::read(&page::html::snapshot(&corpora::read(&path)?)).article;
        let mut words = 0;
        article.paragraphs.retain(|paragraph| {
            let goes_on = words <= MOST_WORDS;
            words += paragraph.span.of(&article.text).split_whitespace().count();
            goes_on
        });
        articles.push(article);
    }
    Ok(articles.iter().map(plain).map(|text| (format!("{:016x}", hash(&text)), text)).collect())
}

impl Row {
    /// `None` where a place isn't in the text, or an actor isn't among the actors.
    fn example(self, text: &str) -> Option<Example> {
        let span = |(start, end): Ends| text.get(start..end).map(|_| Span::new(start, end));
        let spans = |ends: Vec<Ends>| ends.into_iter().map(span).collect::<Option<Vec<_>>>();
        let maybe = |ends: Option<Ends>| ends.map_or(Some(None), |ends| span(ends).map(Some));
        let known = self.actors.len();
        let is_known = |id: Option<ActorId>| id.is_none_or(|id| id < known);
        let mut actors = Vec::new();
        for (kind, role, mentions) in self.actors {
            let mentions = spans(mentions)?;
            let name = mentions.iter().map(|m| m.of(text)).max_by_key(|name| name.len())?;
            actors.push(Actor {
                name: name.to_owned(),
                kind,
                role: maybe(role)?.map(|role| role.of(text).to_owned()),
                gender: None,
                mentions: mentions.into_iter().map(|span| Mention { span, acting: false }).collect(),
            });
        }
        let mut quotes = Vec::new();
        for (form, contents, source, cue, speaker) in self.quotes {
            let source = maybe(source)?;
            let unnamed = source.filter(|_| speaker.is_none()).map(|source| source.of(text).to_owned());
            let spans = spans(contents)?;
            quotes.push(Quote { form, spans, source, cue: maybe(cue)?, speaker, unnamed });
        }
        let mut claims = Vec::new();
        for (ends, voice, claimant, kind, hedged) in self.claims {
            let (span, evidence) = (span(ends)?, Evidence::default());
            claims.push(Claim { span, voice, claimant, kind, hedged, hedge: None, evidence, score: 1.0 });
        }
        let whole = quotes.iter().all(|q| is_known(q.speaker)) && claims.iter().all(|c| is_known(c.claimant));
        let reference = Annotations { actors, quotes, claims, further: Vec::new() };
        whole.then(|| Example { name: self.text, article: Article::from_text(text), reference })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = r#"{"text":"readings/x","hash":"0","actors":[["person",[25,30],[[6,9]]]],
        "quotes":[["indirect",[[15,23]],[6,9],[10,14],0]],"claims":[[[15,23],"attributed",0,"event",false]]}"#;

    fn example(line: &str) -> Option<Example> {
        serde_json::from_str::<Row>(line).expect("a row").example("Head\n\nAnn said it rains, mayor")
    }

    #[test]
    fn a_line_says_where_things_stand() {
        let found = example(LINE).expect("it fits").reference;
        assert_eq!((&*found.actors[0].name, found.actors[0].role.as_deref()), ("Ann", Some("mayor")));
        assert_eq!(found.quotes[0].speaker, Some(0));
        assert_eq!(found.claims[0].span, Span::new(15, 23));
    }

    #[test]
    fn a_line_that_does_not_fit_its_text_is_refused() {
        for (of, instead) in [
            ("[[15,23]]", "[[15,230]]"),
            ("[10,14],0", "[10,14],1"),
            ("\"attributed\",0", "\"attributed\",7"),
        ] {
            assert!(LINE.contains(of));
            assert!(example(&LINE.replace(of, instead)).is_none(), "{instead}");
        }
    }

    /// Our own texts lie in the project, so their readings can't be left out.
    #[test]
    fn every_text_of_ours_has_its_reading() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let lines = fs::read_to_string(root.join("models/readings.jsonl")).expect("the readings");
        let row = |line: &str| serde_json::from_str::<Row>(line).expect("a row");
        let ours = corpora::files(&root.join("models/readings"), "txt").expect("the folder");
        assert!(!ours.is_empty());
        for path in ours {
            let text = plain(&Article::from_text(&corpora::read(&path).expect("a text")));
            let its_hash = format!("{:016x}", hash(&text));
            let line = lines.lines().map(row).find(|row| row.hash == its_hash);
            let line = line.unwrap_or_else(|| panic!("{} has no reading", path.display()));
            assert!(line.example(&text).is_some(), "{}", path.display());
        }
    }
}
