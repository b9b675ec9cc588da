//! Pages that change after they have come: what is new is read, what is gone is no longer painted.

use crate::pages;
use crate::session::Session;
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use xtask::browser::Kind;

/// The names of a state's actors.
fn names(state: &Value) -> Vec<String> {
    let actors = state["overlay"]["actors"].as_array().cloned().unwrap_or_default();
    actors.iter().filter_map(|actor| actor["name"].as_str().map(str::to_owned)).collect()
}

/// Somebody of this name is painted.
fn shows(state: &Value, name: &str) -> bool {
    state["status"] == "painted" && names(state).iter().any(|actor| actor.contains(name))
}

/// Opens our article and makes sure that it is painted.
fn open(session: &Session, path: &str) -> Result<Value> {
    session.open(path)?;
    let state = session.settled()?;
    ensure!(state["status"] == "painted", "{path}: {state}");
    session.painted_is_annotated(&state)?;
    Ok(state)
}

/// A single-page site puts another article in the place of the first, then takes it away.
pub fn a_changed_article_is_read_again(kind: Kind) -> Result<()> {
    let session = Session::with_extension(kind)?;
    let first = open(&session, "/2026/03/02/harbour")?;
    ensure!(shows(&first, "Osei"), "{:?}", names(&first));

    let replace = "
        history.pushState(null, '', arguments[0]);
        document.title = arguments[1];
        const other = new DOMParser().parseFromString(arguments[2], 'text/html');
        document.querySelector('article').replaceWith(document.adoptNode(other.querySelector('article')));";
    session.run(
        replace,
        vec![
            "/2026/03/02/karlsby-opens-a-library-without-books".into(),
            "The library".into(),
            pages::library().into(),
        ],
    )?;
    let second = session.until_state("the new article was not read", |state| shows(state, "Lindqvist"))?;
    session.painted_is_annotated(&second)?;
    ensure!(!shows(&second, "Osei"), "the old article's actors are still there");

    session.run("document.querySelector('article').replaceChildren('Nothing here.')", vec![])?;
    session.until_highlights("the old highlights stay", |found| *found == json!({}))
}

/// A page rewrites the text of a paragraph and leaves the node.
pub fn text_that_changes_in_its_place_is_read_again(kind: Kind) -> Result<()> {
    let session = Session::with_extension(kind)?;
    let first = open(&session, "/2026/03/02/harbour")?;
    let round = first["round"].as_u64();
    session.page(
        "const node = document.querySelectorAll('article p')[3].firstChild;
         node.data = 'On Monday, ' + node.data.replace('48 million', '52 million');",
    )?;
    // While it is read anew, the page shows what was painted before.
    let second = session.until_state("the changed text was not read", |state| {
        state["status"] == "painted"
            && state["round"].as_u64() > round
            && state["overlay"].to_string().contains("52 million")
    })?;
    session.painted_is_annotated(&second)?;
    ensure!(!second["overlay"].to_string().contains("48 million"), "the old text is still there");

    // The same words, written again: the text is as it was, and its ranges are gone.
    session.page(
        "for (const { firstChild } of document.querySelectorAll('article p')) firstChild.data = firstChild.data",
    )?;
    let painted = |state: &Value| state["timings"]["painted"].as_f64();
    let again = session.until_state("it was not painted again", |state| painted(state) > painted(&second))?;
    session.painted_is_annotated(&again)?;
    ensure!(again["timings"]["engine"] == 0, "the engine was asked again: {}", again["timings"]);

    // And while the engine is at work: text that changes under way is never painted as if it were the old.
    session.open("/2026/03/02/restless")?;
    let last = session.until_state("the page was never read whole", |state| {
        state["status"] == "painted" && state["overlay"].to_string().contains("counted 20 ships")
    })?;
    session.painted_is_annotated(&last)
}

/// Frameworks may put new nodes in the place of all old ones. The text is the same: the engine isn't asked again.
pub fn an_article_that_is_rendered_anew_is_painted_again(kind: Kind) -> Result<()> {
    let session = Session::with_extension(kind)?;
    let first = open(&session, "/2026/03/02/harbour")?;
    let round = first["round"].as_u64();
    session.page(
        "const article = document.querySelector('article'); article.replaceWith(article.cloneNode(true))",
    )?;
    let second = session.until_state("it was not painted again", |state| {
        state["status"] == "painted" && state["round"].as_u64() > round && state["timings"]["paint"] != 0.0
    })?;
    session.painted_is_annotated(&second)?;
    ensure!(second["overlay"] == first["overlay"]);
    ensure!(second["timings"]["engine"] == 0, "the engine was asked again: {}", second["timings"]);
    Ok(())
}

/// Each post comes on top of the others, a while after the one before.
pub fn a_live_blogs_new_posts_are_annotated(kind: Kind) -> Result<()> {
    const POST: &str = "
        const [speaker, number] = arguments;
        const post = document.createElement('div');
        const words = `“The quay will be shut for ${number} weeks,” ${speaker} told reporters on Tuesday.`;
        post.innerHTML = `<h2>Update ${number}</h2><p>${words} The council will hear more of it in the evening.</p>`;
        document.querySelector('h1').after(post);
        const begin = performance.now();
        const painted = () => [...CSS.highlights.get('ascribe-actor') ?? []]
          .some((range) => post.contains(range.startContainer)
            && range.startContainer.data.slice(range.startOffset, range.endOffset).includes(speaker));
        while (!painted() && performance.now() < begin + 10_000) await new Promise((done) => setTimeout(done, 10));
        return painted() ? performance.now() - begin : null;";
    let session = Session::with_extension(kind)?;
    open(&session, "/2026/03/02/harbour")?;
    let mut times = Vec::new();
    for (number, speaker) in ["Nora Whitlock", "Samuel Okafor", "Petra Lindholm"].into_iter().enumerate() {
        let took = session.browser.run_async(POST, vec![speaker.into(), (number + 2).into()])?;
        times.push(took.as_f64().with_context(|| format!("{speaker}'s post was not annotated"))?);
    }
    println!("{kind:?}: a live blog's posts, from their coming to painted: {times:.0?} ms");
    let state = session.until_state("an older post was lost", |state| {
        shows(state, "Whitlock") && shows(state, "Lindholm") && shows(state, "Osei")
    })?;
    session.painted_is_annotated(&state)
}

/// One post more among three hundred: only that is sent, and a background that has forgotten the others is sent them.
pub fn a_long_live_blog_sends_what_is_new(kind: Kind) -> Result<()> {
    let session = Session::with_extension(kind)?;
    // A page of the extension hears what its background is sent.
    session.browser.in_extension(
        "window.heard = [];
         chrome.runtime.onMessage.addListener((message) => {
           if (message?.ask === 'annotate') window.heard.push(['change' in message, JSON.stringify(message).length]);
         });",
    )?;
    let heard = || session.browser.in_extension("return window.heard.splice(0)");
    let post = |speaker: &str| -> Result<Value> {
        session.run(
            "const post = document.querySelector('.post').cloneNode(true);
             const [first] = post.querySelectorAll('p');
             first.textContent = `“The quay will be shut for a week,” ${arguments[0]} told reporters.`;
             document.querySelector('.post').before(post)",
            vec![speaker.into()],
        )?;
        let painted = |state: &Value| state["timings"]["painted"].as_f64() > Some(0.0);
        session.until_state("the post was not read", |state| shows(state, speaker) && painted(state))
    };
    let first = open(&session, "/2026/03/02/blog")?;
    let whole = heard()?;
    let size = whole[0][1].as_u64().context("nothing was sent")?;
    ensure!(whole[0][0] == false && size > 100_000, "{whole}");
    println!("{kind:?}: a live blog of 300 posts, {size} bytes sent, milliseconds: {}", first["timings"]);
    for speaker in ["Nora Whitlock", "Samuel Okafor"] {
        let state = post(speaker)?;
        let sent = heard()?;
        println!("{kind:?}: a post more: {sent} sent, milliseconds: {}", state["timings"]);
        ensure!(sent.as_array().is_some_and(|all| all.len() == 1), "asked more than once: {sent}");
        ensure!(sent[0][0] == true && sent[0][1].as_u64() < Some(1500), "all was sent again: {sent}");
    }
    session.stop_background()?;
    let state = post("Petra Lindholm")?;
    session.painted_is_annotated(&state)?;
    let sent = heard()?;
    ensure!(sent[0][0] == true && sent[1][0] == false && sent[1][1].as_u64() > Some(size), "{sent}");
    ensure!(["Whitlock", "Okafor", "Lindholm"].iter().all(|name| shows(&state, name)), "{:?}", names(&state));
    Ok(())
}

/// Infinite scroll brings another article below: it is read and painted too, for itself; the popup shows the one that
/// the reader is at.
pub fn a_second_article_is_annotated_for_itself(kind: Kind) -> Result<()> {
    let session = Session::with_extension(kind)?;
    let first = open(&session, "/2026/03/02/harbour")?;
    // A speaker of the first, who in the second is somebody else.
    let second = pages::library()
        .replace("Per Aronsson", "Magnus Osei")
        .replace("Aronsson told", "Osei told all readers of");
    session.run(
        "const other = new DOMParser().parseFromString(arguments[0], 'text/html');
         document.querySelector('main').append(document.adoptNode(other.querySelector('article')));",
        vec![second.into()],
    )?;
    let articles = |state: &Value| state["overlay"]["articles"].as_array().map_or(0, Vec::len);
    let both = session.until_state("the second article was not read", |state| articles(state) == 2)?;
    session.painted_is_annotated(&both)?;
    let overlay = &both["overlay"];
    let begins = |list: &str| overlay["articles"][1][list].as_u64().and_then(|n| usize::try_from(n).ok());
    for list in ["actors", "quotes", "claims"] {
        let before = first["overlay"][list].as_array().context("no list")?;
        ensure!(begins(list) == Some(before.len()), "{list}: {}", overlay["articles"]);
        ensure!(
            overlay[list].as_array().is_some_and(|all| all.starts_with(before)),
            "the first's {list} changed"
        );
        ensure!(
            overlay[list].as_array().is_some_and(|all| all.len() > before.len()),
            "the second has no {list}"
        );
    }
    let oseis: Vec<_> = names(&both).into_iter().filter(|name| name.contains("Osei")).collect();
    ensure!(oseis == ["Ama Osei", "Magnus Osei"], "{oseis:?}");
    ensure!(overlay["title"] == first["overlay"]["title"], "the page is about another article");

    // The page goes on to the second; what is painted stays.
    session.page("document.title = document.querySelectorAll('h1')[1].textContent")?;
    session.page("document.querySelectorAll('article')[1].scrollIntoView()")?;
    session.page("document.querySelectorAll('article p')[9].append(' It is so.')")?;
    let at = session.until_state("the title's change was not seen", |state| {
        state["overlay"]["title"] == overlay["articles"][1]["title"] && state["status"] == "painted"
    })?;
    session.painted_is_annotated(&at)?;
    ensure!(articles(&at) == 2 && at["article"] == 1, "{}", at["article"]);

    let id = session.tab_id()?;
    session.browser.new_tab()?;
    session.browser.open(&format!("{}popup.html?tab={id}", session.browser.extension_origin))?;
    let shown = session.browser.until(10, || {
        let shown = session.page(
            "const headings = [...document.querySelectorAll('[data-list=quote] h2')];
             return headings.length ? [document.getElementById('status').textContent, ...headings.map((h) => h.textContent)] : null",
        )?;
        Ok(Some(shown).filter(|shown| !shown.is_null()))
    })?;
    let shown = shown.context("the popup shows no headings")?;
    ensure!(
        shown[0].as_str().is_some_and(|words| words.contains("one of 2 on this page: Karlsby")),
        "{shown}"
    );
    ensure!(
        shown[1] == overlay["articles"][0]["title"] && shown[2] == overlay["articles"][1]["title"],
        "{shown}"
    );
    Ok(())
}

/// The views of a single-page site are there from the start, and a class says which is shown: no text changes.
pub fn navigation_between_views_is_followed(kind: Kind) -> Result<()> {
    let session = Session::with_extension(kind)?;
    let first = open(&session, "/2026/03/02/views")?;
    ensure!(shows(&first, "Osei") && !shows(&first, "Lindqvist"), "{:?}", names(&first));
    // The reader's click tells where there is no navigation.
    session.browser.click("#more")?;
    let all = session.until_state("what a click unfolds was not read", |state| shows(state, "Verhagen"))?;
    session.painted_is_annotated(&all)?;
    // What a script does by itself, the browser's Navigation API tells.
    ensure!(session.page("return 'navigation' in window")? == true, "there is no Navigation API");
    session.page(
        "history.pushState(null, '', '/2026/03/02/library'); document.querySelector('#turn').click()",
    )?;
    let second = session.until_state("the other view was not read", |state| shows(state, "Lindqvist"))?;
    session.painted_is_annotated(&second)?;
    ensure!(!shows(&second, "Osei"), "the hidden view is still painted");
    Ok(())
}

/// The same where there is none: the page's own changes tell.
pub fn navigation_without_its_api_is_followed(kind: Kind) -> Result<()> {
    if kind == Kind::Chrome {
        println!("skipped: Chromium always has the Navigation API");
        return Ok(());
    }
    let session = Session::without_navigation_api(kind)?;
    let first = open(&session, "/2026/03/02/views")?;
    ensure!(session.page("return 'navigation' in window")? == false, "there is a Navigation API");
    session.page(
        "history.pushState(null, '', '/2026/03/02/library');
         for (const section of document.querySelectorAll('section')) section.classList.toggle('away')",
    )?;
    let second = session.until_state("the other view was not read", |state| shows(state, "Lindqvist"))?;
    session.painted_is_annotated(&second)?;
    ensure!(shows(&first, "Osei") && !shows(&second, "Osei"), "the hidden view is still painted");
    session.page("history.back()")?;
    session.page(
        "for (const section of document.querySelectorAll('section')) section.classList.toggle('away')",
    )?;
    session.until_state("the first view was not read again", |state| shows(state, "Osei")).map(drop)
}

/// A class or a style shows and hides text, without a click and without a change of what stands in the page.
pub fn what_a_class_unfolds_is_read(kind: Kind) -> Result<()> {
    // How often the page is drawn while every frame changes a class and a style around the article.
    const RESTLESS: &str = "
        const article = document.querySelector('article');
        let frames = 0;
        const end = performance.now() + 3000;
        while (performance.now() < end) {
          frames += 1;
          article.style.opacity = 0.9 + (frames % 10) / 100;
          document.body.className = `frame-${frames}`;
          await new Promise(requestAnimationFrame);
        }
        return frames;";
    let plain = Session::plain(kind)?;
    plain.open("/2026/03/02/views")?;
    let before = plain.browser.run_async(RESTLESS, vec![])?;
    drop(plain);

    let session = Session::with_extension(kind)?;
    let first = open(&session, "/2026/03/02/views")?;
    ensure!(!shows(&first, "Verhagen"));
    let frames = session.browser.run_async(RESTLESS, vec![])?;
    let still = session.settled()?;
    ensure!(still["round"] == first["round"], "read {} times for nothing", still["round"]);
    println!(
        "{kind:?}: frames in three seconds of restless styles: {before} without the extension, {frames} with it"
    );

    for (script, shown) in [
        ("document.querySelector('#rest').className = ''", true),
        ("document.querySelector('section').style.display = 'none'", false),
        ("document.querySelector('section').removeAttribute('style')", true),
        (
            "document.styleSheets[0].insertRule('.folded #rest { display: none }');
          document.documentElement.className = 'folded'",
            false,
        ),
        ("document.documentElement.className = ''", true),
    ] {
        session.page(script)?;
        let state = session
            .until_state(script, |state| state["status"] != "reading" && shows(state, "Verhagen") == shown)?;
        session.painted_is_annotated(&state)?;
    }
    Ok(())
}

/// Back to a page that the browser has kept: it is as it was, with its number on the button, and goes on.
pub fn a_page_from_the_back_forward_cache_goes_on(kind: Kind) -> Result<()> {
    let session = Session::with_extension(kind)?;
    let first = open(&session, "/2026/03/02/kept")?;
    session.page("document.querySelector('#away').click()")?;
    let there = session.browser.until(10, || {
        Ok((session.page("return location.pathname")? == "/2026/03/02/library").then_some(()))
    })?;
    ensure!(there.is_some(), "the link leads nowhere");
    session.until_state("the second page was not annotated", |state| shows(state, "Lindqvist"))?;
    session.browser.back()?;
    ensure!(session.page("return window.comeBack")? == true, "the browser made the page anew: {}", session.page("return String(performance.getEntriesByType('navigation')[0].notRestoredReasons?.reasons?.map((r) => r.reason))")?);
    let again = session.until_state("the page doesn't answer", |state| shows(state, "Osei"))?;
    session.painted_is_annotated(&again)?;
    ensure!(again["overlay"] == first["overlay"]);
    ensure!(session.badge()? == quotes(&first), "the button says {}", session.badge()?);
    session.page("document.querySelector('article').remove()")?;
    session.until_highlights("the page is no longer watched", |found| *found == json!({}))
}

fn quotes(state: &Value) -> String {
    state["overlay"]["quotes"].as_array().map_or(0, Vec::len).to_string()
}

/// The article stands in an open shadow root, and changes there.
pub fn an_article_in_a_shadow_root_is_read_and_watched(kind: Kind) -> Result<()> {
    let session = Session::with_extension(kind)?;
    let first = open(&session, "/2026/03/02/shadow")?;
    ensure!(shows(&first, "Osei"), "{:?}", names(&first));
    session.shows_on_the_screen("ascribe-quote")?;
    session.page(
        "const paragraph = document.querySelector('news-story').shadowRoot.querySelectorAll('p')[3];
         paragraph.textContent = '“Nobody asked us,” said Nora Whitlock, who runs a shop on the quay.';",
    )?;
    let second =
        session.until_state("a change in the shadow root was not seen", |state| shows(state, "Whitlock"))?;
    session.painted_is_annotated(&second)?;
    // A page that sets its own style sheets forgets ours.
    session.page(
        "const { shadowRoot } = document.querySelector('news-story');
         shadowRoot.adoptedStyleSheets = [];
         shadowRoot.append(document.createElement('hr'));",
    )?;
    session.until_page(
        "the marks' style sheet doesn't come back",
        "return document.querySelector('news-story').shadowRoot.adoptedStyleSheets.length === 1",
    )?;
    session.shows_on_the_screen("ascribe-quote")?;

    // All of the page stands in shadow roots, and its head says nothing.
    session.open("/2026/03/02/bare")?;
    let state = session.settled()?;
    println!("{kind:?}: a page of shadow roots: gate {} ms", state["timings"]["gate"]);
    ensure!(state["status"] != "skipped", "the article in the shadow root was not looked at");
    let state = session.annotate_anyway()?;
    ensure!(shows(&state, "Osei"), "{state}");
    session.painted_is_annotated(&state)
}

/// The article stands in a frame of the same origin, which comes after the page.
pub fn an_article_in_a_frame_is_read_and_watched(kind: Kind) -> Result<()> {
    let session = Session::with_extension(kind)?;
    session.open("/2026/03/02/framed")?;
    let first = session.until_state("the frame was not read", |state| shows(state, "Osei"))?;
    let painted =
        "return [...document.querySelector('iframe').contentWindow.CSS.highlights.get('ascribe-actor') ?? []]
        .map((range) => range.startContainer.data.slice(range.startOffset, range.endOffset))";
    let actors = session.page(painted)?;
    ensure!(actors.to_string().contains("Osei"), "painted in the frame: {actors}");
    ensure!(first["overlay"]["actors"].as_array().map_or(0, Vec::len) > 2);
    session.shows_on_the_screen("ascribe-quote")?;
    session.page(
        "const paragraph = document.querySelector('iframe').contentDocument.querySelectorAll('article p')[3];
         paragraph.textContent = '“Nobody asked us,” said Nora Whitlock, who runs a shop on the quay.';",
    )?;
    session.until_state("a change in the frame was not seen", |state| shows(state, "Whitlock"))?;
    session.page("document.querySelector('iframe').remove()")?;
    session.until_state("the frame is gone, and its words are not", |state| !shows(state, "Whitlock"))?;
    Ok(())
}
