//! The wasm-bindgen surface: what JavaScript may ask of the engine.
//!
//! Everything in and out is JSON-compatible; the types are in `extension/types.d.ts`.

use crate::annotation::Annotations;
use crate::export::{AnnotatedText, PageReport};
use crate::overlay::Overlay;
use crate::page::{self, Article, Reading, Snapshot, Verdict};
use crate::tagger::{Memory, ModelError};
use crate::view;
use serde::Serialize;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use wasm_bindgen::prelude::{JsError, JsValue, wasm_bindgen};
use web_sys::Element;

/// Reads a page and annotates it where it is news, or where the reader asked (`force`).
/// Takes a `Snapshot`, returns an `Overlay`.
#[wasm_bindgen]
pub fn annotate(snapshot: JsValue, force: bool) -> Result<JsValue, JsError> {
    let (snapshot, reading) = read(snapshot)?;
    let wanted = force || reading.verdict == Verdict::News;
    let articles = if wanted { reading.articles() } else { Vec::new() };
    let annotations = articles.iter().map(|article| remembered(article)).collect::<Result<Vec<_>, _>>()?;
    let annotated: Vec<_> = articles.into_iter().zip(annotations.iter().map(Rc::as_ref)).collect();
    give(&Overlay::new(&snapshot, &reading, &annotated))
}

/// How many articles to remember: those of a few tabs, or one page's that goes on and on.
const ARTICLES: usize = 16;

/// What [`crate::annotate`] says, which is the same for the same article: pages often change around theirs, and
/// are then read again.
fn remembered(article: &Article) -> Result<Rc<Annotations>, ModelError> {
    thread_local! {
        static LAST: RefCell<VecDeque<(Article, Rc<Annotations>)>> = RefCell::default();
        static MEMORY: RefCell<Memory> = RefCell::default();
    }
    // Where the words stand in the page makes no difference.
    let article = Article { pieces: Vec::new(), ..article.clone() };
    let known = LAST.with_borrow(|last| {
        last.iter().find(|(known, _)| *known == article).map(|(_, known)| Rc::clone(known))
    });
    if let Some(known) = known {
        return Ok(known);
    }
    let annotations = Rc::new(MEMORY.with_borrow_mut(|memory| crate::annotate_again(&article, memory))?);
    LAST.with_borrow_mut(|last| {
        last.truncate(ARTICLES - 1);
        last.push_front((article, Rc::clone(&annotations)));
    });
    Ok(annotations)
}

/// Annotates a plain text; returns what `ascribe annotate` prints.
#[wasm_bindgen]
pub fn annotate_text(text: &str) -> Result<JsValue, JsError> {
    let article = Article::from_text(text);
    give(&AnnotatedText::new(&article, &crate::annotate(&article)?))
}

/// Says what a page is. Takes a `Snapshot`, returns what `ascribe page` prints.
#[wasm_bindgen]
pub fn read_page(snapshot: JsValue) -> Result<JsValue, JsError> {
    let (_, reading) = read(snapshot)?;
    give(&PageReport::new(&reading))
}

/// Draws the panel of an `Overlay` into an element; the three say which layers are painted on the page.
#[wasm_bindgen]
pub fn draw_panel(
    root: &Element,
    overlay: JsValue,
    actor: bool,
    quote: bool,
    claim: bool,
) -> Result<(), JsValue> {
    let overlay: Overlay = serde_wasm_bindgen::from_value(overlay)?;
    view::draw(root, &overlay, [actor, quote, claim])
}

/// One list of an `Overlay` as plain text, claims up to the level `amount`, under the page's address; `layer` is
/// "actor", "quote" or "claim".
#[wasm_bindgen]
pub fn list_text(overlay: JsValue, layer: JsValue, amount: usize, address: &str) -> Result<String, JsError> {
    let overlay: Overlay = serde_wasm_bindgen::from_value(overlay)?;
    Ok(view::plain(&overlay, serde_wasm_bindgen::from_value(layer)?, amount, address))
}

fn read(snapshot: JsValue) -> Result<(Snapshot, Reading), JsError> {
    let snapshot: Snapshot = serde_wasm_bindgen::from_value(snapshot)?;
    let reading = page::read(&snapshot);
    Ok((snapshot, reading))
}

fn give(value: &impl Serialize) -> Result<JsValue, JsError> {
    Ok(value.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}
