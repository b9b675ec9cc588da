//! What painting does to the look of a page, and what it must not do.

use crate::session::Session;
use anyhow::{Context, Result, ensure};
use serde_json::json;
use xtask::browser::Kind;

/// Where everything stands.
const BOXES: &str = "
    return [...document.body.querySelectorAll('*')].map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return [x, y, width, height].join(' ');
    });";

/// The browser's own account of what moved, since the page began.
const SHIFTS: &str = "
    return new Promise((done) => new PerformanceObserver((list) => done(list.getEntries().length))
      .observe({ type: 'layout-shift', buffered: true }))";

/// Nothing moves, by the browser's own account where it gives one, and everything stands where it stands without the
/// extension.
pub fn painting_moves_nothing(kind: Kind) -> Result<()> {
    let paths = ["/2026/03/02/harbour", "/2026/03/02/views", "/sample.html"];
    let plain = Session::plain(kind)?;
    let before = paths.map(|path| plain.open(path).and_then(|()| plain.page(BOXES)));
    drop(plain);
    let session = Session::with_extension(kind)?;
    for (path, before) in paths.into_iter().zip(before) {
        session.open(path)?;
        ensure!(session.settled()?["status"] == "painted", "{path}");
        session.shows_on_the_screen("ascribe-")?;
        ensure!(session.page(BOXES)? == before?, "{path}: something stands elsewhere");
        if kind == Kind::Chrome {
            // It tells of the shift that the test makes, and of none before it.
            session.page("document.querySelector('h1').style.marginTop = '80px'")?;
            let shifts = session.browser.run_async(SHIFTS, vec![])?;
            ensure!(shifts == 1, "{path}: {shifts} layout shifts");
        }
    }
    Ok(())
}

/// While a megabyte of text is read and painted, the page has its turns. It watches from within, as its article is
/// rendered anew: so the browser's own work for so much text and so many marks counts too.
pub fn a_long_article_leaves_the_page_alive(kind: Kind) -> Result<()> {
    const WATCH: &str = "
        const size = () => CSS.highlights.get('ascribe-actor')?.size ?? 0;
        const wait = async (until) => { while (!until()) await new Promise((done) => setTimeout(done, 50)); };
        let last = 0;
        await wait(() => size() > 5000 && size() === last || (last = size(), false));
        const article = document.querySelector('article'), again = article.cloneNode(true);
        const gaps = [];
        let then = performance.now();
        const channel = new MessageChannel();
        channel.port1.onmessage = () => {
          const now = performance.now();
          gaps.push(now - then);
          then = now;
          channel.port2.postMessage(null);
        };
        channel.port2.postMessage(null);
        article.replaceWith(again);
        const painted = () => CSS.highlights.get('ascribe-actor')?.values().next().value;
        await wait(() => size() === last && again.contains(painted()?.startContainer));
        channel.port1.close();
        const sorted = gaps.toSorted((a, b) => b - a).map(Math.round);
        return [last, sorted.length, sorted.slice(0, 3), sorted[sorted.length >> 1]];";
    let session = Session::with_extension(kind)?;
    session.open("/2026/03/02/long")?;
    let watched = session.browser.run_async(WATCH, vec![])?;
    println!(
        "{kind:?}: while a megabyte with {} names was read and painted the page had {} turns; it waited {} ms at most, {} ms as a rule",
        watched[0], watched[1], watched[2], watched[3],
    );
    ensure!(watched[1].as_u64() > Some(10), "the page got no turn");
    Ok(())
}

/// Paper shows the page alone.
pub fn nothing_is_printed(kind: Kind) -> Result<()> {
    let session = Session::with_extension(kind)?;
    session.open("/2026/03/02/harbour")?;
    ensure!(session.settled()?["status"] == "painted");
    if kind == Kind::Chrome {
        // Its PDF cuts text where a highlight begins, even one that has no look: so its styles must tell.
        let look = "return ['actor', 'quote', 'claim'].map((layer) => {
            const style = getComputedStyle(document.querySelector('p'), `::highlight(ascribe-${layer})`);
            return `${style.backgroundColor} ${style.textDecorationLine}`;
          })";
        let screen = session.page(look)?;
        session.browser.devtools("Emulation.setEmulatedMedia", json!({ "media": "print" }))?;
        let (paper, nothing) = (session.page(look)?, "rgba(0, 0, 0, 0) none");
        ensure!(screen[0] != nothing && screen[1] != nothing && screen[2] != nothing, "no marks: {screen}");
        ensure!(paper == json!([nothing, nothing, nothing]), "printed: {paper}");
        return Ok(());
    }
    let painted = printed(&session.browser.print()?)?;
    session.page("for (const name of [...CSS.highlights.keys()]) CSS.highlights.delete(name)")?;
    ensure!(session.highlights()? == json!({}));
    ensure!(painted == printed(&session.browser.print()?)?, "a highlight is printed");
    Ok(())
}

/// What each page of a PDF draws. The file around it says when it was made, to the second.
fn printed(pdf: &[u8]) -> Result<Vec<Vec<u8>>> {
    let document = lopdf::Document::load_mem(pdf)?;
    let pages: Vec<_> = document.page_iter().map(|page| document.get_page_content(page)).collect();
    ensure!(pages.iter().any(|page| !page.is_empty()), "nothing is printed");
    Ok(pages)
}

/// With the reader's own few colours the layers still show.
pub fn marks_show_in_forced_colours(kind: Kind) -> Result<()> {
    let session = Session::with_forced_colours(kind)?;
    session.open("/2026/03/02/harbour")?;
    ensure!(
        session.page("return matchMedia('(forced-colors: active)').matches")? == true,
        "colours aren't forced"
    );
    ensure!(session.settled()?["status"] == "painted");
    for layer in ["actor", "quote", "claim"] {
        session.shows_on_the_screen(&format!("ascribe-{layer}"))?;
    }
    Ok(())
}

/// The button says how many quotes there are, and nothing on a page that has none.
pub fn the_button_says_how_many(kind: Kind) -> Result<()> {
    let session = Session::with_extension(kind)?;
    session.open("/2026/03/02/harbour")?;
    let state = session.settled()?;
    let quotes = state["overlay"]["quotes"].as_array().context("no quotes")?.len().to_string();
    let said = |wanted: &str| session.browser.until(10, || Ok((session.badge()? == wanted).then_some(())));
    ensure!(said(&quotes)?.is_some(), "the button says “{}” of {quotes} quotes", session.badge()?);
    session.page("document.querySelector('article').remove()")?;
    ensure!(said("")?.is_some(), "the number stays: “{}”", session.badge()?);
    session.open("/2026/03/02/strict")?;
    ensure!(said(&quotes)?.is_some());
    session.open("/front")?;
    ensure!(said("")?.is_some(), "the number stays on the next page: “{}”", session.badge()?);
    Ok(())
}
