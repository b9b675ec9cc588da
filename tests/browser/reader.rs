//! One reader, not two: the snapshot that the content script takes of a saved page, and the one that the command
//! line's HTML parser makes of the same file, are the same tree with the same texts. What may differ is which
//! elements are hidden, as style sheets decide that; and what they hide must have no box.

use crate::pages;
use crate::session::{Session, collapsed};
use anyhow::{Context, Result, ensure};
use ascribe::page::{Node, Part, Reading, Snapshot, html, read};
use std::collections::BTreeMap;
use std::fs;
use xtask::browser::Kind;
use xtask::target;

/// Takes the snapshot with the extension's own scripts. Looks besides, by other means than they do, at which texts
/// have a box that is seen; in a `details` element that is closed they have boxes, but none that is seen.
const TAKE: &str = "
    const { snapshot, texts } = await AscribeSnapshot.take(document);
    const range = document.createRange();
    const boxed = (node) => {
      range.selectNodeContents(node);
      const element = node.parentElement ?? node.getRootNode().host;
      if (element.closest('details:not([open]) > :not(summary)')) return false;
      return [...range.getClientRects()].some((box) => box.width > 0 && box.height > 0)
        && getComputedStyle(element).visibility === 'visible';
    };
    const well = (key, value) => typeof value === 'string' ? value.toWellFormed() : value;
    return JSON.stringify({ snapshot, boxed: texts.map(boxed) }, well);";

/// One step of a walk, without numbers that depend on how strings were numbered.
#[derive(Debug, PartialEq, Eq)]
enum Step<'a> {
    Open(&'a str, Vec<(&'a str, &'a str)>),
    Close,
    Text(&'a str),
}

fn steps(snapshot: &Snapshot) -> impl Iterator<Item = Step<'_>> {
    snapshot.walk().map(|node| match node {
        Node::Open { tag, attrs, .. } => {
            let pairs = attrs.chunks_exact(2);
            Step::Open(tag, pairs.map(|pair| (snapshot.string(pair[0]), snapshot.string(pair[1]))).collect())
        }
        Node::Close => Step::Close,
        Node::Text(index) => Step::Text(&snapshot.texts[index as usize]),
    })
}

/// For each text node: it stands in an element that is hidden.
fn hidden(snapshot: &Snapshot) -> Vec<bool> {
    let mut open = vec![false];
    let mut found = Vec::new();
    for node in snapshot.walk() {
        let outer = open.last().copied().unwrap_or_default();
        match node {
            Node::Open { flags, .. } => open.push(outer || flags & Node::HIDDEN != 0),
            Node::Close => drop(open.pop()),
            Node::Text(_) => found.push(outer),
        }
    }
    found
}

/// The same snapshot with nothing hidden but what `other` hides; the trees are the same.
fn hiding_as(snapshot: &Snapshot, other: &Snapshot) -> Snapshot {
    let flags = other.walk().filter_map(|node| match node {
        Node::Open { flags, .. } => Some(flags),
        _ => None,
    });
    let mut flags = flags.collect::<Vec<_>>().into_iter();
    let mut same = snapshot.clone();
    let mut at = 0;
    while let Some(&code) = same.nodes.get(at) {
        at += 1;
        if code > 0 {
            same.nodes[at] = flags.next().unwrap_or_default();
            at += 2 + 2 * same.nodes[at + 1] as usize;
        }
    }
    same
}

/// The paragraphs by what they are, in order.
fn paragraphs(reading: &Reading) -> Vec<(Part, String)> {
    let article = &reading.article;
    article.paragraphs.iter().map(|p| (p.part, collapsed(p.span.of(&article.text)))).collect()
}

/// What the article of one reading has and the other's has not.
fn missing<'a>(from: &'a [(Part, String)], other: &[(Part, String)]) -> Vec<&'a (Part, String)> {
    let mut there: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, text) in other {
        *there.entry(text).or_default() += 1;
    }
    let gone = from.iter().filter(|(_, text)| match there.get_mut(text.as_str()) {
        Some(n) if *n > 0 => {
            *n -= 1;
            false
        }
        _ => true,
    });
    gone.collect()
}

/// What the two snapshots disagree on, but for what is hidden and the address at which the page was read.
fn difference(browser: &Snapshot, file: &Snapshot) -> Option<String> {
    let short = |text: String| text.chars().take(300).collect::<String>();
    for (what, one, other) in [
        ("title", &browser.title, &file.title),
        ("lang", &browser.lang, &file.lang),
        ("meta", &format!("{:?}", browser.meta), &format!("{:?}", file.meta)),
        ("JSON-LD", &browser.json_ld.join("\n"), &file.json_ld.join("\n")),
    ] {
        if one != other {
            let at = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
            let near = |text: &str| text.chars().skip(at.saturating_sub(20)).take(80).collect::<String>();
            return Some(format!("{what}: “{}” in the browser, “{}” from the file", near(one), near(other)));
        }
    }
    let (mut one, mut other) = (steps(browser), steps(file));
    for n in 0.. {
        match (one.next(), other.next()) {
            (None, None) => break,
            (a, b) if a != b => {
                return Some(short(format!("node {n}: {a:?} in the browser, {b:?} from the file")));
            }
            _ => {}
        }
    }
    None
}

/// What is taken for hidden has no box that is seen, and the article's words have one each; `boxed` says which texts
/// have, and a page that has none at all waits for its scripts to show it.
fn unlike_the_screen(snapshot: &Snapshot, reading: &Reading, boxed: &[bool]) -> Option<String> {
    let seen = |(text, boxed): &(&String, &bool)| **boxed && !text.trim().is_empty();
    let texts = || snapshot.texts.iter().zip(boxed);
    if !texts().any(|text| seen(&text)) {
        return None;
    }
    let hidden = hidden(snapshot);
    let mut lost = texts().zip(&hidden).filter(|(text, hidden)| **hidden && seen(text));
    if let Some(((text, _), _)) = lost.next() {
        return Some(format!("on the screen, but taken for hidden: “{}”", collapsed(text)));
    }
    let mut pieces = reading.article.pieces.iter();
    let unseen = pieces.find(|piece| {
        !boxed[piece.node as usize] && piece.span.of(&reading.article.text).contains(char::is_alphanumeric)
    })?;
    Some(format!("not on the screen, but in the article: “{}”", unseen.span.of(&reading.article.text)))
}

/// Every saved page, in a browser without the extension and with its scripts run in the page.
pub fn the_browser_and_the_command_line_read_the_same(kind: Kind) -> Result<()> {
    let saved = pages::saved();
    if saved.is_empty() {
        println!("skipped: the saved pages, ../shared isn't here");
        return Ok(());
    }
    let scripts = ["dom.js", "turns.js", "gate.js", "snapshot.js"]
        .map(|name| fs::read_to_string(target().join("extension").join(name)));
    let script = scripts.into_iter().collect::<Result<Vec<_>, _>>()?.join("\n") + TAKE;
    let session = Session::plain(kind)?;
    let mut failures = Vec::new();
    let (mut differing, mut verdicts) = (0, 0);
    for page in &saved {
        session.open(&page.path())?;
        let taken = session.browser.run_async(&script, vec![])?;
        let taken: serde_json::Value = serde_json::from_str(taken.as_str().context("no snapshot")?)?;
        let mut browser: Snapshot = serde_json::from_value(taken["snapshot"].clone())?;
        let boxed: Vec<bool> = serde_json::from_value(taken["boxed"].clone())?;
        let file = html::snapshot(&fs::read_to_string(page.file())?);
        browser.url.clone_from(&file.url);
        if let Some(why) = difference(&browser, &file) {
            failures.push(format!("{}: {why}", page.id));
            continue;
        }
        let (live, still) = (read(&browser), read(&file));
        failures.extend(unlike_the_screen(&browser, &live, &boxed).map(|why| format!("{}: {why}", page.id)));
        ensure!(
            read(&hiding_as(&browser, &file)) == still,
            "{}: the same snapshot is read in two ways",
            page.id
        );
        let (ours, theirs) = (paragraphs(&live), paragraphs(&still));
        if ours == theirs && live.verdict == still.verdict {
            continue;
        }
        differing += 1;
        verdicts += usize::from(live.verdict != still.verdict);
        let (gone, come) = (missing(&theirs, &ours), missing(&ours, &theirs));
        println!(
            "{kind:?}: {}: style sheets take {} of {} paragraphs and bring {}{}",
            page.id,
            gone.len(),
            theirs.len(),
            come.len(),
            if live.verdict == still.verdict {
                String::new()
            } else {
                format!("; {:?} becomes {:?}", still.verdict, live.verdict)
            },
        );
        for (sign, list) in [('-', gone), ('+', come)] {
            for (part, text) in list.into_iter().take(4) {
                println!("    {sign} {part:?}: {}", text.chars().take(90).collect::<String>());
            }
        }
    }
    println!(
        "{kind:?}: {} saved pages read as by the command line but for {differing} that their style sheets change, {verdicts} of them to another verdict",
        saved.len()
    );
    ensure!(failures.is_empty(), "{}", failures.join("\n"));
    Ok(())
}
