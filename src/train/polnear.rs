//! Reads PolNeAR 1.0 (Newell, Margolin and Ruths 2018, "An Attribution Relations Corpus for Political News"):
//! texts, and attributions in brat's standoff format.

use crate::page::Article;
use crate::text::Span;
use std::collections::HashMap;
use std::fs;
use std::path::Path;

/// One attribution; each part may be in several pieces, or in none.
#[derive(Clone, Debug, Default)]
pub struct Attributed {
    /// The words that attribute.
    pub cue: Vec<Span>,
    /// Who speaks.
    pub source: Vec<Span>,
    /// What is said.
    pub content: Vec<Span>,
}

/// Every article of a part (a folder with `text` and `attributions`), by name, with its attributions. Where
/// several people marked one article, the first file by name is taken.
///
/// # Errors
/// A folder or file that can't be read.
pub fn read(part: &Path) -> Result<Vec<(Article, Vec<Attributed>)>, String> {
    let names = |folder: &str, ending: &str| -> Result<Vec<String>, String> {
        let folder = part.join(folder);
        let mut names: Vec<String> = fs::read_dir(&folder)
            .map_err(|e| format!("{}: {e}", folder.display()))?
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter_map(|name| name.strip_suffix(ending).map(str::to_owned))
            .collect();
        names.sort();
        Ok(names)
    };
    let open = |path: &Path| fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()));
    let mut first: HashMap<String, String> = HashMap::new();
    for annotated in names("attributions", ".ann")? {
        if let Some((name, _)) = annotated.rsplit_once('_') {
            first.entry(name.to_owned()).or_insert(annotated);
        }
    }
    let mut out = Vec::new();
    for name in names("text", ".txt")? {
        let Some(annotated) = first.get(&name) else { continue };
        let text = open(&part.join("text").join(format!("{name}.txt")))?;
        let standoff = open(&part.join("attributions").join(format!("{annotated}.ann")))?;
        out.push((Article::from_text(&text), attributions(&text, &standoff)));
    }
    Ok(out)
}

/// The events of a standoff file. A span's text may run over several lines: those are passed over.
fn attributions(text: &str, standoff: &str) -> Vec<Attributed> {
    let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let mut spans: HashMap<&str, Vec<Span>> = HashMap::new();
    let mut out = Vec::new();
    for line in standoff.lines() {
        let mut columns = line.split('\t');
        let (Some(id), Some(rest)) = (columns.next(), columns.next()) else { continue };
        if id.starts_with('T') {
            let Some((_, offsets)) = rest.split_once(' ') else { continue };
            let pieces: Option<Vec<Span>> = offsets
                .split(';')
                .map(|piece| {
                    let (start, end) = piece.split_once(' ')?;
                    let byte = |n: &str| bytes.get(n.parse::<usize>().ok()?).copied();
                    Some(Span::new(byte(start)?, byte(end)?))
                })
                .collect();
            spans.extend(pieces.map(|pieces| (id, pieces)));
        } else if id.starts_with('E') {
            let mut event = Attributed::default();
            for part in rest.split(' ') {
                let Some((role, id)) = part.split_once(':') else { continue };
                let list = match role.trim_end_matches(|c: char| c.is_ascii_digit()) {
                    "Content" => &mut event.content,
                    "Source" => &mut event.source,
                    "Cue" => &mut event.cue,
                    _ => continue,
                };
                list.extend(spans.get(id).into_iter().flatten().copied());
            }
            for list in [&mut event.content, &mut event.source, &mut event.cue] {
                list.sort();
            }
            out.push(event);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standoff() {
        let text = "“É so,” Ann said. He left.";
        let file = "T1\tSource 8 11\tAnn\nT2\tCue 12 16\tsaid\nT3\tContent 0 2;3 7\t“É so,”\nmore\n\
            E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1\n";
        let found = attributions(text, file);
        let words = |spans: &[Span]| spans.iter().map(|s| s.of(text)).collect::<Vec<_>>().join("|");
        assert_eq!(words(&found[0].source), "Ann");
        assert_eq!(words(&found[0].cue), "said");
        assert_eq!(words(&found[0].content), "“É|so,”");
    }
}
