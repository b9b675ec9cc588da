//! Reads the corpora of others into plain articles with labelled spans, so that features come from the same
//! tokens in training and in use.

use crate::annotation::Kind;
use crate::page::Article;
use crate::tagger::Pos;
use crate::text::Span;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// One article with what a corpus says of it.
pub struct Labelled {
    /// The text, as plain text is read.
    pub article: Article,
    /// The part of speech of each of the corpus's tokens, in text order.
    pub pos: Vec<(Span, Pos)>,
    /// Every name, in text order.
    pub names: Vec<(Span, Kind)>,
}

/// CoNLL-2003: a word a line, sentences parted by blank lines. The corpus lost its spaces, so they are put back by
/// rule; each sentence becomes a paragraph, since the corpus lost those too, but for a quotation of several sentences.
///
/// # Errors
/// A file that can't be read.
pub fn conll(path: &Path) -> Result<Vec<Labelled>, String> {
    let text = read(path)?;
    let mut out = Vec::new();
    let mut page = Page::default();
    // Sentences since a quotation mark opened; after some a mark is missing.
    let mut quoted: Option<u8> = None;
    for line in text.lines() {
        let mut columns = line.split(' ');
        let (word, tag, entity) =
            (columns.next().unwrap_or(""), columns.next().unwrap_or(""), columns.nth(1).unwrap_or("O"));
        match word {
            "-DOCSTART-" => {
                quoted = None;
                page.finish(&mut out);
            }
            "" => {
                quoted = quoted.map(|sentences| sentences + 1).filter(|sentences| *sentences < 5);
                if quoted.is_none() {
                    page.end_paragraph();
                }
            }
            "\"" => {
                page.push(word, quoted.is_some() || !spaced(&page.last, word), tag, entity);
                quoted = if quoted.is_some() { None } else { Some(0) };
            }
            _ => {
                let opened = quoted == Some(0) && page.last == "\"";
                page.push(word, opened || !spaced(&page.last, word), tag, entity);
            }
        }
    }
    page.finish(&mut out);
    Ok(out)
}

/// A space stood between two words of a text whose spaces are lost.
fn spaced(before: &str, word: &str) -> bool {
    let closes = matches!(word, "." | "," | ";" | ":" | "?" | "!" | ")" | "]" | "%" | "'" | "n't" | "...");
    let clitic = word.starts_with('\'') && word.len() > 1;
    let opens = matches!(before, "(" | "[" | "$" | "");
    !(closes || clitic || opens)
}

/// A text under construction.
#[derive(Default)]
struct Page {
    text: String,
    last: String,
    pos: Vec<(Span, Pos)>,
    names: Vec<(Span, Kind)>,
    /// The name that the last token belongs to, as the corpus labels it.
    open: Option<String>,
}

impl Page {
    fn append(&mut self, word: &str, glued: bool) -> Span {
        if !glued && !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push(' ');
        }
        let start = self.text.len();
        self.text.push_str(word);
        word.clone_into(&mut self.last);
        Span::new(start, self.text.len())
    }

    fn push(&mut self, word: &str, glued: bool, tag: &str, entity: &str) {
        let span = self.append(word, glued);
        if let Some(pos) = Pos::from_penn(tag, word, "") {
            self.pos.push((span, pos));
        }
        let label = entity.get(2..).unwrap_or("");
        let goes_on = entity.starts_with("I-") && self.open.as_deref() == Some(label);
        if let (true, Some(name)) = (goes_on, self.names.last_mut()) {
            name.0.end = span.end;
        } else if let Some(kind) = kind(label, word, tag) {
            self.names.push((span, kind));
        }
        self.open = (kind(label, word, tag).is_some() || goes_on).then(|| label.to_owned());
    }

    fn end_paragraph(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push_str("\n\n");
        }
        self.last.clear();
        self.open = None;
    }

    fn finish(&mut self, out: &mut Vec<Labelled>) {
        let page = std::mem::take(self);
        if !page.text.is_empty() {
            let article = Article::from_text(page.text.trim_end());
            out.push(Labelled { article, pos: page.pos, names: page.names });
        }
    }
}

/// Our kind for another corpus's label. Of the miscellaneous only plural and single nouns naming people are actors:
/// nationalities, parties, faiths.
fn kind(label: &str, word: &str, tag: &str) -> Option<Kind> {
    match label {
        "PER" | "PERSON" => Some(Kind::Person),
        "ORG" | "ORGANIZATION" => Some(Kind::Organisation),
        "LOC" | "LOCATION" => Some(Kind::Place),
        "MISC" if matches!(tag, "NNS" | "NNPS") && word.ends_with('s') && !word.contains('-') => {
            Some(Kind::Group)
        }
        _ => None,
    }
}

/// PolNeAR's articles as CoreNLP tagged them. `folder` holds the texts and `tsv` is the gzipped table.
///
/// # Errors
/// A file that can't be read; gzip must be installed.
pub fn corenlp(folder: &Path, tsv: &Path) -> Result<Vec<Labelled>, String> {
    let table = gunzip(tsv)?;
    let mut out = Vec::new();
    for block in table.split("# ").filter(|b| !b.is_empty()) {
        let Some((name, rows)) = block.split_once('\n') else { continue };
        // A token may be a number sign: then this is no article.
        let path = folder.join(format!("{name}.txt"));
        if !path.is_file() {
            continue;
        }
        let text = read(&path)?;
        let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let mut labelled =
            Labelled { article: Article::from_text(&text), pos: Vec::new(), names: Vec::new() };
        let mut before = String::new();
        for row in rows.lines() {
            let columns: Vec<&str> = row.split('\t').collect();
            let [start, end, word, tag, entity, _, relation, ..] = columns[..] else {
                before.clear();
                continue;
            };
            let offset = |n: &str| n.parse().ok().and_then(|n: usize| bytes.get(n).copied());
            let (Some(start), Some(end)) = (offset(start), offset(end)) else { continue };
            let span = Span::new(start, end);
            if let Some(pos) = Pos::from_penn(tag, word, relation) {
                labelled.pos.push((span, pos));
            }
            // A single noun for one of a people or party: "a moderate Democrat".
            let heads = matches!(relation, "nsubj" | "dobj" | "nsubjpass" | "appos" | "root" | "xcomp")
                || relation.starts_with("nmod") && relation != "nmod:poss";
            let one = ["crat", "ican", "ian", "an", "ese"].iter().any(|end| word.ends_with(end));
            if entity == "MISC" && before != "MISC" && heads && one && matches!(tag, "NN" | "NNP") {
                labelled.names.push((span, Kind::Group));
            }
            if before == entity
                && entity != "MISC"
                && let (Some(_), Some(name)) = (kind(entity, word, tag), labelled.names.last_mut())
            {
                name.0.end = span.end;
            } else if let Some(kind) = kind(entity, word, tag) {
                labelled.names.push((span, kind));
            }
            entity.clone_into(&mut before);
        }
        out.push(labelled);
    }
    Ok(out)
}

fn gunzip(path: &Path) -> Result<String, String> {
    let why = |e: &dyn std::fmt::Display| format!("{}: {e}; it is read with gzip", path.display());
    let child = Command::new("gzip")
        .arg("-dc")
        .arg(path)
        .stdout(Stdio::piped())
        .spawn()
        .and_then(std::process::Child::wait_with_output)
        .map_err(|e| why(&e))?;
    String::from_utf8(child.stdout).map_err(|e| why(&e))
}

/// GUM's articles, each with whether it is of the development or test parts. Those whose words were withheld
/// are left out.
///
/// # Errors
/// A folder or file that can't be read.
pub fn gum(folder: &Path) -> Result<Vec<(Labelled, bool)>, String> {
    let splits = read(&folder.join("splits.md"))?;
    let held_back = splits.split("## train").next().unwrap_or("").to_owned();
    let mut out = Vec::new();
    for path in files(&folder.join("dep"), "conllu")? {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if name.contains("reddit") {
            continue;
        }
        let text = read(&path)?;
        let mut page = Page::default();
        let mut glued = true;
        let mut range = (0, false);
        for line in text.lines() {
            if line.starts_with("# newpar") {
                page.end_paragraph();
            }
            let columns: Vec<&str> = line.split('\t').collect();
            // Only whole words: neither the ranges of contracted ones nor empty nodes.
            let [id, word, _, upos, .., misc] = columns[..] else { continue };
            if id.contains('.') {
                continue;
            }
            let no_space = misc.contains("SpaceAfter=No");
            if let Some((_, last)) = id.split_once('-') {
                range = (last.parse().unwrap_or(0), no_space);
                continue;
            }
            let span = page.append(word, glued);
            page.pos.extend(Pos::from_name(upos).map(|pos| (span, pos)));
            // The words of a range are glued to each other, and the range says what follows its last.
            let number: usize = id.parse().unwrap_or(0);
            glued = number < range.0 || if number == range.0 { range.1 } else { no_space };
            if number >= range.0 {
                range = (0, false);
            }
        }
        let mut one = Vec::new();
        page.finish(&mut one);
        let held_back = held_back.lines().any(|line| line.trim().strip_prefix("* ") == Some(&name));
        out.extend(one.pop().map(|labelled| (labelled, held_back)));
    }
    Ok(out)
}

/// The files of a folder with an extension, by name.
pub(super) fn files(folder: &Path, extension: &str) -> Result<Vec<PathBuf>, String> {
    let mut paths: Vec<_> = fs::read_dir(folder)
        .map_err(|e| format!("{}: {e}", folder.display()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|e| e == extension))
        .collect();
    paths.sort();
    Ok(paths)
}

pub(super) fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))
}
