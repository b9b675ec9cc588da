//! The popup: what it shows while the page changes, what it gives away, and who can use it.

use crate::session::Session;
use anyhow::{Context, Result, ensure};
use serde_json::json;
use std::fs;
use thirtyfour::Key;
use xtask::browser::Kind;
use xtask::root;

const HARBOUR: &str = "/2026/03/02/harbour";

/// The popup shows a list that has lines.
const DRAWN: &str = "return !!document.querySelector('#panel:not([hidden]) [data-item]')";

/// Stored settings that are no settings change nothing: neither what is painted nor the popup.
pub fn damaged_settings_count_as_none(kind: Kind) -> Result<()> {
    let session = Session::with_extension(kind)?;
    for damaged in [
        "{ layers: { actor: 'no', quote: null, claim: {} }, amount: 99, never: { length: 1 } }",
        "{ layers: null, amount: '6', never: null }",
        "{ layers: [false], amount: -1.5, never: [7, null, 'elsewhere.invalid'] }",
    ] {
        session.browser.in_extension(&format!("await chrome.storage.local.set({damaged})"))?;
        session.open(HARBOUR)?;
        let state = session.settled()?;
        ensure!(state["status"] == "painted", "{damaged}: {state}");
        session.painted_is_annotated(&state)?;
    }
    let page = session.browser.tab()?;
    session.popup()?;
    session.until_page("the popup shows nothing", DRAWN)?;
    // What the reader chooses mends them.
    session.page("document.querySelector('[data-switch=actor]').click()")?;
    session.browser.switch(&page)?;
    session.until_highlights("the actors stay", |found| {
        found.get("actor").is_none() && found.get("quote").is_some() && found.get("claim").is_some()
    })
}

/// It shows what comes to the page, around the reader, and the next page that comes into the tab.
pub fn the_popup_follows_the_page(kind: Kind) -> Result<()> {
    let session = Session::with_extension(kind)?;
    session.open(HARBOUR)?;
    ensure!(session.settled()?["status"] == "painted");
    let page = session.browser.tab()?;
    let popup = session.popup()?;
    session.until_page("the popup shows nothing", DRAWN)?;
    // The reader is in the midst of the cast, on one of its lines.
    session.page(
        "document.querySelector('[data-tab=actor]').click();
         document.querySelector('#why').open = true;
         document.body.style.maxHeight = '300px';
         const list = document.querySelector('[data-list=actor]');
         const line = list.querySelectorAll('[data-item]')[3];
         line.focus({ preventScroll: true });
         list.scrollTop += line.getBoundingClientRect().top - list.getBoundingClientRect().top;
         document.querySelector('#panel').dataset.kept = 'yes';",
    )?;
    let place = "const list = document.querySelector('[data-list=actor]'), line = document.activeElement;
        return [line.querySelector('.name')?.textContent, list.scrollTop > 0,
          Math.round(line.getBoundingClientRect().top - list.getBoundingClientRect().top),
          document.querySelector('#panel').dataset.tab, document.querySelector('#why').open,
          document.querySelector('#panel').dataset.kept]";
    let before = session.page(place)?;
    ensure!(before[0].is_string() && before[1] == true, "{before}");
    session.browser.switch(&page)?;
    session.page(
        "const post = document.createElement('p');
         post.textContent = '“The quay will be shut for nine weeks,” Abel Aaronovitch told reporters on Tuesday. “Nobody asked us,” Abel Aaronovitch said.';
         document.querySelector('h1').after(post);",
    )?;
    session.browser.switch(&popup)?;
    session.until_page(
        "the popup doesn't show who is new",
        "return document.querySelector('[data-list=actor]').textContent.includes('Aaronovitch')",
    )?;
    let after = session.page(place)?;
    ensure!(after == before, "the reader was at {before} and is at {after}");

    for (path, said) in [
        ("/2026/03/02/library", "A news article: Karlsby"),
        ("/form", "Ascribe did not read it"),
        (HARBOUR, "A news article: Port of Melverton"),
    ] {
        session.browser.switch(&page)?;
        session.open(path)?;
        session.browser.switch(&popup)?;
        session.until_page(
            &format!("the popup doesn't follow to {path}"),
            &format!("return document.querySelector('#status').textContent.includes('{said}')"),
        )?;
        let listed = session.page("return !document.querySelector('#panel').hidden")?;
        ensure!(listed == said.contains("article"), "{path}: {listed}");
    }
    Ok(())
}

/// The open list, under the article's title and the page's address, as any text field takes it.
pub fn a_copied_list_is_plain_text(kind: Kind) -> Result<()> {
    let session = Session::with_extension(kind)?;
    session.open(HARBOUR)?;
    let state = session.settled()?;
    let address = state["address"].as_str().context("no address")?;
    let page = session.browser.tab()?;
    let popup = session.popup()?;
    session.until_page("the popup shows nothing", DRAWN)?;
    for (layer, words) in [
        ("quote", "“Nobody has asked a single one of them.”\n— Jonas Verhagen"),
        ("claim", "linked to ports.example"),
        ("actor", "People\n"),
    ] {
        session.browser.switch(&popup)?;
        session.browser.click(&format!("[data-tab={layer}]"))?;
        session.browser.click("#copy")?;
        session.until_page(
            "it doesn't say that it was copied",
            "return document.querySelector('#copied').textContent === 'Copied'",
        )?;
        session.browser.switch(&page)?;
        session.page(
            "const field = document.createElement('textarea');
             document.querySelector('textarea')?.remove();
             document.body.prepend(field);
             field.focus();",
        )?;
        session.browser.press(&[Key::Control], 'v')?;
        let pasted = session
            .until_page("nothing was pasted", "return document.querySelector('textarea').value || null")?;
        let pasted = pasted.as_str().unwrap_or_default();
        let top = format!("Port of Melverton to close its old harbour\n{address}\n\n");
        ensure!(pasted.starts_with(&top) && pasted.contains(words), "{layer}: {pasted}");
    }
    Ok(())
}

/// On a site that the reader wants left alone, the background sleeps on.
pub fn a_site_left_alone_wakes_nothing(kind: Kind) -> Result<()> {
    if kind == Kind::Firefox {
        println!(
            "skipped: Firefox starts the background with any message, also with those that the test asks by"
        );
        return Ok(());
    }
    let session = Session::with_extension(kind)?;
    session.open("/empty")?;
    session.browser.in_extension("await chrome.storage.local.set({ never: ['127.0.0.1'] })")?;
    if session.background_runs()? {
        session.stop_background()?;
    }
    session.open(HARBOUR)?;
    session.until_state("the site isn't left alone", |state| state["status"] == "never")?;
    ensure!(!session.background_runs()?, "the background was started");
    session.browser.in_extension("await chrome.storage.local.set({ never: [] })")?;
    session.until_state("the site stays left alone", |state| state["status"] == "painted")?;
    ensure!(session.background_runs()?, "the test doesn't see the background");
    Ok(())
}

/// By axe-core's rules, light and dark: names, roles, contrast, the order of headings.
fn accessible(session: &Session, what: &str) -> Result<()> {
    const RUN: &str = "
        document.documentElement.style.colorScheme = given[0];
        const found = await axe.run(document, { resultTypes: ['violations'] });
        return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, any }) => `${html} ${any[0]?.message}`).join('; ')}`);";
    let library = fs::read_to_string(root().join("node_modules/axe-core/axe.min.js"));
    let library = library.context("first run: npm ci")?;
    for scheme in ["light", "dark"] {
        let found = session.browser.run_async(&format!("{library}\n{RUN}"), vec![scheme.into()])?;
        ensure!(found == json!([]), "{what}, {scheme}: {found:#}");
    }
    Ok(())
}

/// Each of its lists, for news and for another language; and where there is nothing to list.
pub fn the_popup_is_accessible(kind: Kind) -> Result<()> {
    let session = Session::with_extension(kind)?;
    session.open(HARBOUR)?;
    session.settled()?;
    let page = session.browser.tab()?;
    let popup = session.popup()?;
    for (path, said, lists) in [
        (HARBOUR, "A news article", &["actor", "quote", "claim"][..]),
        ("/2026/03/02/hafen", "in German", &["quote"]),
        ("/guide", "left it alone", &[]),
    ] {
        session.browser.switch(&page)?;
        session.open(path)?;
        session.browser.switch(&popup)?;
        session.until_page(
            "the popup doesn't follow",
            &format!("return document.querySelector('#status').textContent.includes('{said}')"),
        )?;
        for layer in lists {
            session.until_page("the popup shows nothing", DRAWN)?;
            session.browser.click(&format!("[data-tab={layer}]"))?;
            accessible(&session, &format!("{path}, {layer}s"))?;
        }
        if lists.is_empty() {
            accessible(&session, path)?;
        }
    }
    Ok(())
}

/// With the sample article and its lists.
pub fn the_playground_is_accessible(kind: Kind) -> Result<()> {
    let session = Session::plain(kind)?;
    session.open("/")?;
    session.until_page(
        "the playground shows nothing",
        "return !!document.querySelector('#panel [data-item]')",
    )?;
    accessible(&session, "the playground")
}
