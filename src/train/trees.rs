//! Dependency trees to learn from: PolNeAR's articles as CoreNLP parsed them (silver) and GUM's gold trees,
//! laid over our own tokens.

use crate::page::Article;
use crate::tagger::parse::{Relation, Word};
use crate::tagger::{PosTagger, Words};
use crate::text::{Document, Shape, Span};
use flate2::read::GzDecoder;
use std::fs;
use std::io::Read;
use std::path::Path;

/// One sentence's tree over our tokens.
pub struct Tree {
    /// What the parser sees of each word; parts of speech are those of our own tagger.
    pub(crate) words: Vec<Word>,
    /// The head of each, as an index into the words; `None` for the root.
    pub heads: Vec<Option<usize>>,
    /// How each depends on its head.
    pub relations: Vec<Relation>,
}

/// What reads parts of speech and clusters for the parser.
pub struct Tools<'a> {
    /// The tagger.
    pub tagger: PosTagger<'a>,
    /// The clusters.
    pub clusters: Words<'a>,
}

impl Tools<'_> {
    fn words(&self, document: &Document) -> Vec<Word> {
        Word::all(document, &self.tagger.tag(document), &self.clusters)
    }
}

/// A word as a corpus has it.
struct Unit {
    span: Span,
    head: usize,
    relation: String,
}

/// CoreNLP's trees of one part of PolNeAR ("train" or "dev"), article by article.
///
/// # Errors
/// Where a file can't be read.
pub fn silver(polnear: &Path, part: &str, tools: &Tools) -> Result<Vec<Vec<Tree>>, String> {
    let path = polnear.join(format!("{part}.corenlp.tsv.gz"));
    let file = fs::File::open(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut table = String::new();
    GzDecoder::new(file).read_to_string(&mut table).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut out = Vec::new();
    for block in table.split("# ").skip(1) {
        let Some((name, rows)) = block.split_once('\n') else { continue };
        let path = polnear.join(part).join("text").join(format!("{name}.txt"));
        // "# " may stand inside a row too; such a piece names no file.
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let article = Article::from_text(&text);
        let document = Document::new(&article);
        let words = tools.words(&document);
        let trees = rows.split("\n\n").filter_map(|sentence| {
            let units: Option<Vec<Unit>> = sentence
                .lines()
                .filter(|l| !l.is_empty())
                .map(|line| {
                    let cells: Vec<&str> = line.split('\t').collect();
                    let at = |i: usize| bytes.get(cells.get(i)?.parse::<usize>().ok()?).copied();
                    Some(Unit {
                        span: Span::new(at(0)?, at(1)?),
                        head: cells.get(5)?.parse().ok()?,
                        relation: (*cells.get(6)?).to_owned(),
                    })
                })
                .collect();
            project(&document, &words, &units?)
        });
        out.push(trees.collect());
    }
    Ok(out)
}

/// GUM's trees, document by document; `keep` chooses by file name.
///
/// # Errors
/// Where a file can't be read.
pub fn gum(folder: &Path, keep: impl Fn(&str) -> bool, tools: &Tools) -> Result<Vec<Vec<Tree>>, String> {
    let mut paths: Vec<_> = fs::read_dir(folder.join("dep"))
        .map_err(|e| format!("{}: {e}", folder.display()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|p| p.file_stem().and_then(|s| s.to_str()).is_some_and(&keep))
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let table = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
            Ok(table.split("\n\n").filter_map(|block| gum_sentence(block, tools)).collect())
        })
        .collect()
}

fn gum_sentence(block: &str, tools: &Tools) -> Option<Tree> {
    let mut text = String::new();
    let mut units = Vec::new();
    for line in block.lines().filter(|l| !l.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        if cells.len() < 10 || cells[0].contains(['-', '.']) {
            continue;
        }
        let start = text.len();
        text.push_str(cells[1]);
        units.push(Unit {
            span: Span::new(start, text.len()),
            head: cells[6].parse().ok()?,
            relation: cells[7].to_owned(),
        });
        if !cells[9].contains("SpaceAfter=No") {
            text.push(' ');
        }
    }
    to_version_one(&mut units);
    let article = Article::from_text(&text);
    let document = Document::new(&article);
    project(&document, &tools.words(&document), &units)
}

/// From version 2 of Universal Dependencies to the habits of the silver trees: "and" hangs on the first
/// conjunct, and the last part of a name is its head.
fn to_version_one(units: &mut [Unit]) {
    for at in 0..units.len() {
        let head = units[at].head;
        if units[at].relation == "cc" && head > 0 && units[head - 1].relation == "conj" {
            units[at].head = units[head - 1].head;
        }
    }
    for at in 0..units.len() {
        let last =
            (at + 1..units.len()).rev().find(|&i| units[i].relation == "flat" && units[i].head == at + 1);
        let Some(last) = last else { continue };
        let (head, relation) = (units[at].head, units[at].relation.clone());
        for unit in units.iter_mut().filter(|u| u.head == at + 1) {
            unit.head = last + 1;
        }
        (units[last].head, units[last].relation) = (head, relation);
        (units[at].head, units[at].relation) = (last + 1, "compound".to_owned());
    }
}

/// Lays a corpus's tree over our tokens. Where it has one word and we have several ("Moscow-backed"), the last
/// word of ours stands for it and the others hang on that; where we have one and it has several, the one whose
/// head lies outside speaks for it. `None` where nothing is left or no root.
fn project(document: &Document, words: &[Word], units: &[Unit]) -> Option<Tree> {
    let (first, last) = (units.first()?, units.last()?);
    let range = document.tokens_in(Span::new(first.span.start, last.span.end));
    let tokens = document.tokens.get(range.clone())?;
    let over = |unit: &Unit| {
        let from = tokens.partition_point(|t| t.span.end <= unit.span.start);
        let to = tokens.partition_point(|t| t.span.start < unit.span.end);
        from..to.max(from)
    };
    let main: Vec<Option<usize>> = units
        .iter()
        .map(|unit| {
            let range = over(unit);
            range.clone().rev().find(|&i| tokens[i].shape != Shape::Mark).or(range.last())
        })
        .collect();
    let mut tree = Tree { words: words.get(range)?.to_vec(), heads: vec![], relations: vec![] };
    for (at, token) in tokens.iter().enumerate() {
        let mine: Vec<usize> = (0..units.len()).filter(|&u| units[u].span.overlaps(token.span)).collect();
        let inside = |u: usize| mine.iter().any(|&m| m + 1 == units[u].head);
        let unit = *mine.iter().find(|&&u| !inside(u)).or(mine.first())?;
        let (head, relation) = if main[unit] == Some(at) {
            let head = units[unit].head.checked_sub(1).and_then(|h| *main.get(h)?);
            (head.filter(|h| *h != at), Relation::named(&units[unit].relation))
        } else {
            let relation =
                if token.shape == Shape::Mark { Relation::Punctuation } else { Relation::Compound };
            (main[unit], relation)
        };
        tree.heads.push(head);
        tree.relations.push(relation);
    }
    let roots = tree.heads.iter().filter(|h| h.is_none()).count();
    (roots == 1 && is_projective(&tree.heads)).then_some(tree)
}

/// No two arcs cross.
fn is_projective(heads: &[Option<usize>]) -> bool {
    let arcs: Vec<(usize, usize)> =
        heads.iter().enumerate().filter_map(|(d, h)| h.map(|h| (d.min(h), d.max(h)))).collect();
    arcs.iter().all(|a| arcs.iter().all(|b| !(a.0 < b.0 && b.0 < a.1 && a.1 < b.1)))
}
