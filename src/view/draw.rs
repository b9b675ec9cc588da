//! The panel on the screen.
//!
//! ```text
//! div.tiles
//!   span.tabs[role=tablist]   owns the tabs, as a list of tabs may hold nothing else
//!   for each layer: button[role=tab][data-tab], input[role=switch][data-switch]
//! div.list[role=tabpanel][data-list] × 3
//!   label.amount > input[type=range][data-amount], output   in the list of claims
//!   h2.article[data-article]                                 where the page holds several
//!   h2.kind (h3.kind under articles), ol > li[data-level] > button.line[data-layer][data-item]
//! ```

use super::{Group, Line, groups};
use crate::overlay::{ALL, KEY, Layer, Overlay};
use js_sys::Number;
use wasm_bindgen::JsValue;
use web_sys::{Document, Element};

type Drawn<T> = Result<T, JsValue>;

const LAYERS: [(Layer, &str, [&str; 2], &str); 3] = [
    (Layer::Actor, "actor", ["Actor", "Actors"], "No actors were found."),
    (Layer::Quote, "quote", ["Quote", "Quotes"], "No quotes were found."),
    (Layer::Claim, "claim", ["Claim", "Claims"], "No claims were found."),
];

/// Draws the panel of `overlay` into `root`, in place of what it held; `shown` are the layers painted on the page,
/// in the order actor, quote, claim.
///
/// # Errors
/// Where the document refuses an element.
pub fn draw(root: &Element, overlay: &Overlay, shown: [bool; 3]) -> Drawn<()> {
    let Some(document) = root.owner_document() else { return Ok(()) };
    let pen = Pen { document };
    root.set_text_content(None);
    let tiles = pen.put(root, "div", "tiles", "")?;
    let tabs = pen.put(&tiles, "span", "tabs", "")?;
    tabs.set_attribute("role", "tablist")?;
    tabs.set_attribute("aria-label", "What was found")?;
    tabs.set_attribute("aria-owns", &LAYERS.map(|(_, name, ..)| format!("tab-{name}")).join(" "))?;
    for ((layer, name, [singular, plural], none), shown) in LAYERS.into_iter().zip(shown) {
        let count = match layer {
            Layer::Actor => overlay.actors.len(),
            Layer::Quote => overlay.quotes.len(),
            Layer::Claim => overlay.claims.len(),
        };
        pen.tile(&tiles, name, if count == 1 { singular } else { plural }, count, shown)?;
        let list = pen.put(root, "div", "list", "")?;
        list.set_attribute("role", "tabpanel")?;
        list.set_attribute("data-list", name)?;
        list.set_attribute("id", &format!("list-{name}"))?;
        list.set_attribute("aria-labelledby", &format!("tab-{name}"))?;
        let groups = groups(overlay, layer);
        let kinds = if overlay.articles.len() > 1 { "h3" } else { "h2" };
        if groups.is_empty() {
            pen.put(&list, "p", "none", none)?;
        }
        if layer == Layer::Claim && count > 0 {
            pen.amount(&list)?;
        }
        for group in groups {
            pen.group(&list, name, &group, kinds)?;
        }
    }
    Ok(())
}

struct Pen {
    document: Document,
}

impl Pen {
    /// A new element at the end of `parent`, with `text` as its text.
    fn put(&self, parent: &Element, tag: &str, class: &str, text: &str) -> Drawn<Element> {
        let element = self.document.create_element(tag)?;
        if !class.is_empty() {
            element.set_class_name(class);
        }
        if !text.is_empty() {
            element.set_text_content(Some(text));
        }
        parent.append_child(&element)?;
        Ok(element)
    }

    fn tile(&self, tiles: &Element, name: &str, label: &str, count: usize, shown: bool) -> Drawn<()> {
        let tile = self.put(tiles, "div", &format!("tile {name}"), "")?;
        let tab = self.put(&tile, "button", "", "")?;
        for (attribute, value) in [("type", "button"), ("role", "tab"), ("data-tab", name)] {
            tab.set_attribute(attribute, value)?;
        }
        tab.set_attribute("id", &format!("tab-{name}"))?;
        tab.set_attribute("aria-controls", &format!("list-{name}"))?;
        self.put(&tab, "span", "sign", "")?;
        let count = Number::from(count as u32).to_locale_string("en");
        self.put(&tab, "b", "", &String::from(count))?;
        self.put(&tab, "span", "label", label)?;
        let switch = self.put(&tile, "input", "", "")?;
        for (attribute, value) in [
            ("type", "checkbox"),
            ("role", "switch"),
            ("data-switch", name),
            ("title", "Show on the page"),
            ("aria-label", &format!("Show {name}s on the page")),
        ] {
            switch.set_attribute(attribute, value)?;
        }
        switch.toggle_attribute_with_force("checked", shown)?;
        Ok(())
    }

    /// The slider that says how many claims are shown; whoever embeds the panel sets it (`extension/panel.js`).
    fn amount(&self, list: &Element) -> Drawn<()> {
        let row = self.put(list, "div", "amount", "")?;
        let label = self.put(&row, "label", "", "")?;
        self.put(&label, "span", "", "Show few")?;
        let slider = self.put(&label, "input", "", "")?;
        for (attribute, value) in [
            ("type", "range"),
            ("min", "0"),
            ("max", &ALL.to_string()),
            ("value", &KEY.to_string()),
            ("data-amount", ""),
            ("aria-label", "How many claims to show"),
        ] {
            slider.set_attribute(attribute, value)?;
        }
        self.put(&label, "span", "", "all")?;
        self.put(&row, "output", "", "")?;
        Ok(())
    }

    /// `kinds` is the tag of the headings under an article's.
    fn group(&self, list: &Element, layer: &str, group: &Group, kinds: &str) -> Drawn<()> {
        if let Some((index, title)) = &group.article {
            self.put(list, "h2", "article", title)?.set_attribute("data-article", &index.to_string())?;
        }
        if let Some(heading) = group.heading {
            self.put(list, kinds, "kind", heading)?;
        }
        let lines = self.put(list, "ol", "", "")?;
        for line in &group.lines {
            let item = self.put(&lines, "li", "", "")?;
            item.set_attribute("data-level", &line.level.to_string())?;
            self.line(&item, layer, line)?;
        }
        Ok(())
    }

    fn line(&self, parent: &Element, layer: &str, line: &Line) -> Drawn<()> {
        let button = self.put(parent, "button", &format!("line {layer} h{}", line.hue), "")?;
        for (attribute, value) in
            [("type", "button"), ("data-layer", layer), ("data-item", &line.item.to_string())]
        {
            button.set_attribute(attribute, value)?;
        }
        self.put(&button, "span", "name", &line.name)?;
        if let Some(text) = &line.text {
            self.put(&button, "span", "text", text)?;
        }
        self.put(&button, "span", "note", &line.note)?;
        Ok(())
    }
}
