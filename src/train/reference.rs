//! Reads reference annotations: for each article `NAME.txt` (the paragraphs, parted by blank lines) and
//! `NAME.json`, whose spans say "the `n`th `text` in paragraph `p`".

use crate::annotation::{Actor, Annotations, Claim, ClaimKind, Evidence, Form, Kind, Mention, Quote, Voice};
use crate::page::Article;
use crate::text::Span;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// One article with its reference annotations.
pub struct Example {
    /// The file's name without its extension.
    pub name: String,
    /// The article, as the command line reads it.
    pub article: Article,
    /// What the readers marked. Genders are not marked, nor are hedges' words; each claim's score is 1.
    pub reference: Annotations,
}

/// Every example of a folder, by name.
///
/// # Errors
/// A file that can't be read or parsed, or a span that isn't in the text: a line that names the file.
pub fn read(folder: &Path) -> Result<Vec<Example>, String> {
    let mut texts: Vec<_> = fs::read_dir(folder)
        .map_err(|e| format!("{}: {e}", folder.display()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .collect();
    texts.sort();
    texts
        .iter()
        .map(|path| {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            example(path, &name).map_err(|why| format!("{}: {why}", path.display()))
        })
        .collect()
}

fn example(path: &Path, name: &str) -> Result<Example, String> {
    let article = Article::from_text(&fs::read_to_string(path).map_err(|e| e.to_string())?);
    let json = fs::read_to_string(path.with_extension("json")).map_err(|e| format!("its .json: {e}"))?;
    let file: File = serde_json::from_str(&json).map_err(|e| format!("its .json: {e}"))?;
    let reference = file.annotations(&article)?;
    Ok(Example { name: name.to_owned(), article, reference })
}

#[derive(Deserialize)]
struct File {
    entities: Vec<EntityRow>,
    mentions: Vec<MentionRow>,
    quotes: Vec<QuoteRow>,
    claims: Vec<ClaimRow>,
}

#[derive(Deserialize)]
struct EntityRow {
    id: String,
    name: String,
    kind: Kind,
    role: Option<String>,
}

#[derive(Deserialize)]
struct MentionRow {
    #[serde(flatten)]
    at: Place,
    entity: String,
    #[serde(default)]
    acting: bool,
}

#[derive(Deserialize)]
struct QuoteRow {
    form: Form,
    spans: Vec<Place>,
    source: Option<Place>,
    cue: Option<Place>,
    speaker: Option<String>,
    unnamed: Option<String>,
}

#[derive(Deserialize)]
struct ClaimRow {
    #[serde(flatten)]
    at: Place,
    claimant: String,
    kind: ClaimKind,
    hedged: bool,
}

/// The `n`th occurrence of `text` in paragraph `p`, counted from 1.
#[derive(Deserialize)]
struct Place {
    p: usize,
    text: String,
    #[serde(default = "one")]
    n: usize,
}

const fn one() -> usize {
    1
}

impl Place {
    fn span(&self, article: &Article) -> Result<Span, String> {
        let missing = || format!("{:?} isn't in paragraph {}", self.text, self.p);
        let paragraph = article.paragraphs.get(self.p).ok_or_else(missing)?.span;
        let words = paragraph.of(&article.text);
        let mut at = 0;
        for nth in 1.. {
            at += words.get(at..).and_then(|rest| rest.find(&self.text)).ok_or_else(missing)?;
            if nth == self.n.max(1) {
                break;
            }
            at += words[at..].chars().next().map_or(1, char::len_utf8);
        }
        let start = paragraph.start + at;
        Ok(Span::new(start, start + self.text.len()))
    }
}

impl File {
    fn annotations(&self, article: &Article) -> Result<Annotations, String> {
        let ids: BTreeMap<&str, usize> =
            self.entities.iter().enumerate().map(|(i, e)| (e.id.as_str(), i)).collect();
        let id = |id: &str| ids.get(id).copied().ok_or_else(|| format!("no entity {id:?}"));
        let span = |place: &Place| place.span(article);
        let mut actors: Vec<_> = self
            .entities
            .iter()
            .map(|e| Actor {
                name: e.name.clone(),
                kind: e.kind,
                role: e.role.clone(),
                gender: None,
                mentions: Vec::new(),
            })
            .collect();
        for row in &self.mentions {
            actors[id(&row.entity)?].mentions.push(Mention { span: span(&row.at)?, acting: row.acting });
        }
        for actor in &mut actors {
            actor.mentions.sort_by_key(|m| m.span);
        }
        let mut quotes = Vec::new();
        for row in &self.quotes {
            let mut spans = row.spans.iter().map(span).collect::<Result<Vec<_>, _>>()?;
            spans.sort();
            quotes.push(Quote {
                form: row.form,
                spans,
                source: row.source.as_ref().map(span).transpose()?,
                cue: row.cue.as_ref().map(span).transpose()?,
                speaker: row.speaker.as_deref().map(id).transpose()?,
                unnamed: row.unnamed.clone(),
            });
        }
        quotes.sort_by_key(|q| q.spans.first().copied());
        let mut claims = Vec::new();
        for row in &self.claims {
            let (voice, claimant) = match row.claimant.as_str() {
                "article" => (Voice::Article, None),
                "unnamed" => (Voice::Attributed, None),
                other => (Voice::Attributed, Some(id(other)?)),
            };
            claims.push(Claim {
                span: span(&row.at)?,
                voice,
                claimant,
                kind: row.kind,
                hedged: row.hedged,
                hedge: None,
                evidence: Evidence::default(),
                score: 1.0,
            });
        }
        claims.sort_by_key(|c| c.span);
        Ok(Annotations { actors, quotes, claims, further: Vec::new() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_plain_occurrences() {
        let article = Article::from_text("Head\n\nIran said Iranian talks with Iran");
        for (n, want) in [(1, Some(6)), (2, Some(16)), (3, Some(35)), (4, None)] {
            let place = Place { p: 1, text: "Iran".into(), n };
            assert_eq!(place.span(&article).ok().map(|s| s.start), want, "occurrence {n}");
        }
    }

    #[test]
    fn the_reference_set_reads_whole() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/reference/train");
        if !folder.is_dir() {
            eprintln!("skipped: {} isn't there", folder.display());
            return;
        }
        let examples = read(&folder).expect("every span is in its text");
        assert!(examples.iter().all(|e| !e.reference.actors.is_empty() && !e.reference.claims.is_empty()));
    }
}
