//! The extension in real browsers, on pages served on loopback. `cargo xtask test` runs these; each needs the
//! built extension and a browser, so plain `cargo test` leaves them out.

mod living;
mod look;
mod network;
mod pages;
mod popup;
mod reader;
mod session;

use anyhow::{Context, Result, ensure};
use living::*;
use look::*;
use pages::Saved;
use popup::*;
use reader::*;
use serde_json::json;
use session::{Session, collapsed};
use thirtyfour::Key;
use xtask::browser::Kind;

macro_rules! in_both_browsers {
    ($($test:ident),* $(,)?) => {
        mod chrome {
            $(#[test]
            #[ignore = "needs the built extension and Chromium: cargo xtask test"]
            fn $test() -> anyhow::Result<()> { super::$test(xtask::browser::Kind::Chrome) })*
        }
        mod firefox {
            $(#[test]
            #[ignore = "needs the built extension and Firefox: cargo xtask test"]
            fn $test() -> anyhow::Result<()> { super::$test(xtask::browser::Kind::Firefox) })*
        }
    };
}

in_both_browsers!(
    the_browser_and_the_command_line_read_the_same,
    painted_text_is_the_annotations_text_and_the_page_stays_as_it_is,
    a_strict_content_security_policy_changes_nothing,
    a_page_that_is_no_article_is_left_alone,
    saved_pages_without_an_article_are_left_alone,
    the_card_opens_and_closes_by_keyboard,
    the_card_opens_where_the_pointer_rests,
    the_popup_switches_layers_forces_and_forbids,
    the_slider_shows_more_claims_and_fewer,
    the_popup_says_what_the_page_is_and_why,
    damaged_settings_count_as_none,
    the_popup_follows_the_page,
    a_copied_list_is_plain_text,
    a_site_left_alone_wakes_nothing,
    the_popup_is_accessible,
    the_playground_is_accessible,
    a_changed_article_is_read_again,
    text_that_changes_in_its_place_is_read_again,
    an_article_that_is_rendered_anew_is_painted_again,
    a_live_blogs_new_posts_are_annotated,
    a_long_live_blog_sends_what_is_new,
    a_second_article_is_annotated_for_itself,
    navigation_between_views_is_followed,
    navigation_without_its_api_is_followed,
    what_a_class_unfolds_is_read,
    a_page_from_the_back_forward_cache_goes_on,
    an_article_in_a_shadow_root_is_read_and_watched,
    an_article_in_a_frame_is_read_and_watched,
    painting_moves_nothing,
    a_long_article_leaves_the_page_alive,
    nothing_is_printed,
    marks_show_in_forced_colours,
    the_button_says_how_many,
    a_form_may_call_its_fields_what_it_likes,
    lone_surrogates_are_read,
    no_request_leaves,
    a_stopped_background_loses_nothing,
);

/// On our own articles, the seed and every saved page: what is painted is what was annotated; and where there is an
/// article, the DOM is the one that the page has without the extension, but for one host element.
fn painted_text_is_the_annotations_text_and_the_page_stays_as_it_is(kind: Kind) -> Result<()> {
    let saved = pages::saved();
    let mut paths = vec!["/2026/03/02/harbour".to_owned(), "/sample.html".to_owned()];
    match pages::seed() {
        Some(_) => paths.push("/2026/03/02/seed".into()),
        None => println!("skipped: the seed, ../shared isn't here"),
    }
    if saved.is_empty() {
        println!("skipped: the saved pages, ../shared isn't here");
    }
    paths.extend(saved.iter().filter(|page| page.has_body).map(Saved::path));

    let plain = Session::plain(kind)?;
    let before = paths.iter().map(|path| {
        plain.open(path)?;
        plain.dom()
    });
    let before = before.collect::<Result<Vec<_>>>()?;
    drop(plain);
    paths.extend(saved.iter().filter(|page| !page.has_body).map(Saved::path));

    let session = Session::with_extension(kind)?;
    let mut failures = Vec::new();
    let mut annotated = 0;
    let (mut totals, mut snapshots, mut slices) = (Vec::new(), Vec::new(), Vec::new());
    let news: Vec<_> = saved.iter().filter(|page| page.label == "news").map(Saved::path).collect();
    let mut missed_news = 0;
    for (n, path) in paths.iter().enumerate() {
        session.open(path)?;
        let mut state = session.settled()?;
        if state["status"] == "painted" {
            annotated += 1;
            totals.extend(state["timings"]["total"].as_f64());
        } else {
            missed_news += usize::from(news.contains(path));
            if !path.starts_with("/saved/") {
                failures.push(format!("{path}: not annotated"));
            }
            state = session.annotate_anyway()?;
            if state["status"] != "painted" {
                failures.push(format!("{path}: not annotated on request, but {}", state["status"]));
            }
        }
        snapshots.extend(state["timings"]["snapshot"].as_f64());
        slices.extend(state["timings"]["slice"].as_f64());
        if let Err(why) = session.painted_is_annotated(&state) {
            failures.push(format!("{path}: {why:#}"));
        }
        if before.get(n).is_some_and(|before| session.dom().is_ok_and(|after| after != *before)) {
            failures.push(format!("{path}: the page's DOM is not what it was"));
        }
    }
    println!("{kind:?}: {annotated} of {} pages annotated unasked", paths.len());
    println!("{kind:?}: document idle to painted: {}", spread(totals));
    println!("{kind:?}: snapshot, main thread, all slices: {}", spread(snapshots));
    println!("{kind:?}: snapshot, its longest slice: {}", spread(slices));
    ensure!(failures.is_empty(), "{}", failures.join("\n"));
    ensure!(
        missed_news * 100 <= news.len() * 15,
        "{missed_news} of {} news pages were left alone",
        news.len()
    );
    session.open("/2026/03/02/harbour")?;
    let state = session.settled()?;
    for layer in ["actors", "quotes", "claims"] {
        let found = state["overlay"][layer].as_array().map_or(0, Vec::len);
        ensure!(found > 0, "no {layer} in an article that has some");
    }
    Ok(())
}

/// Of some milliseconds, what is usual and what is the worst.
fn spread(mut times: Vec<f64>) -> String {
    times.sort_by(f64::total_cmp);
    let at = |share: usize| times.get(times.len().saturating_sub(1) * share / 100).unwrap_or(&f64::NAN);
    format!("median {:.1} ms, 90 % {:.1} ms, longest {:.1} ms", at(50), at(90), at(100))
}

/// `default-src 'none'; require-trusted-types-for 'script'`.
fn a_strict_content_security_policy_changes_nothing(kind: Kind) -> Result<()> {
    let session = Session::with_extension(kind)?;
    session.open("/2026/03/02/harbour")?;
    let open = session.settled()?;
    session.open("/2026/03/02/strict")?;
    let strict = session.settled()?;
    session.painted_is_annotated(&strict)?;
    ensure!(strict["status"] == "painted", "not painted: {strict}");
    ensure!(strict["overlay"]["marks"] == open["overlay"]["marks"], "other marks than without the policy");
    // The policy holds: the page itself may run nothing.
    ensure!(session.page("return window.ranInline === undefined")? == true);
    Ok(())
}

/// A form and a front page get no highlight and no element.
fn a_page_that_is_no_article_is_left_alone(kind: Kind) -> Result<()> {
    let session = Session::with_extension(kind)?;
    for path in ["/form", "/front", "/empty"] {
        session.open(path)?;
        let state = session.settled()?;
        ensure!(state["status"] == "skipped" || state["status"] == "left", "{path}: {}", state["status"]);
        ensure!(session.highlights()? == json!({}), "{path}: something is painted");
        ensure!(session.hosts()? == 0, "{path}: an element was added");
    }
    Ok(())
}

/// Of saved fronts, forums, shops and the like, at most one in ten is taken for an article.
fn saved_pages_without_an_article_are_left_alone(kind: Kind) -> Result<()> {
    let saved = pages::saved();
    let others = saved.iter().filter(|page| page.label == "other" && page.english);
    let paths: Vec<_> = others.map(Saved::path).step_by(3).take(10).collect();
    if paths.is_empty() {
        println!("skipped: the saved pages, ../shared isn't here");
        return Ok(());
    }
    let session = Session::with_extension(kind)?;
    let mut annotated = Vec::new();
    for path in &paths {
        session.open(path)?;
        if session.settled()?["status"] == "painted" {
            annotated.push(path);
        } else {
            ensure!(session.highlights()? == json!({}), "{path}: something is painted");
            ensure!(session.hosts()? == 0, "{path}: an element was added");
        }
    }
    ensure!(annotated.len() <= 1, "{} of {} were annotated: {annotated:?}", annotated.len(), paths.len());
    Ok(())
}

/// Under the strictest policy, too, and with one element more in the page, no other.
fn the_card_opens_and_closes_by_keyboard(kind: Kind) -> Result<()> {
    let session = Session::with_extension(kind)?;
    session.open("/2026/03/02/strict")?;
    ensure!(session.settled()?["status"] == "painted");
    let before = session.dom()?;
    ensure!(session.hosts()? == 0, "the card is there before it was asked for");
    let open = "return document.querySelectorAll('.ascribe-card:popover-open').length";
    session.page(
        "document.dispatchEvent(new KeyboardEvent('keydown', { code: 'KeyA', key: 'A', altKey: true, shiftKey: true }))",
    )?;
    ensure!(session.hosts()? == 0, "a page can open the card");

    session.browser.press(&[Key::Alt, Key::Shift], 'a')?;
    let opened = session.browser.until(5, || Ok((session.page(open)? == 1).then_some(())))?;
    ensure!(opened.is_some(), "the card doesn't open");
    ensure!(session.hosts()? == 1, "not one element, but {}", session.hosts()?);
    ensure!(session.dom()? == before, "the page's DOM is not what it was");
    ensure!(
        session.page("return CSS.highlights.has('ascribe-focus')")? == true,
        "the card's words are not emphasised"
    );

    session.browser.press(&[], Key::Escape)?;
    let closed = session.browser.until(5, || Ok((session.page(open)? == 0).then_some(())))?;
    ensure!(closed.is_some(), "the card doesn't close");
    ensure!(session.page("return CSS.highlights.has('ascribe-focus')")? == false, "the emphasis stays");
    ensure!(session.dom()? == before, "the page's DOM is not what it was");
    Ok(())
}

/// On words in the page itself, in a shadow root, and in a frame.
fn the_card_opens_where_the_pointer_rests(kind: Kind) -> Result<()> {
    let session = Session::with_extension(kind)?;
    for path in ["/2026/03/02/harbour", "/2026/03/02/shadow", "/2026/03/02/framed"] {
        session.open(path)?;
        session.until_state("not annotated", |state| {
            state["status"] == "painted"
                && state["overlay"]["quotes"].as_array().is_some_and(|all| all.len() > 2)
        })?;
        let at = session.page(
            "const frame = document.querySelector('iframe');
             const view = frame?.contentWindow ?? window;
             const [, range] = view.CSS.highlights.get('ascribe-quote');
             const box = range.startContainer.parentElement.getBoundingClientRect();
             const off = frame?.getBoundingClientRect() ?? { left: 0, top: 0 };
             return [Math.round(off.left + box.left + 60), Math.round(off.top + box.top + 10)]",
        )?;
        let [x, y] = [0, 1].map(|n| at[n].as_i64().unwrap_or_default());
        session.browser.point(x, y)?;
        session.browser.point(x + 4, y)?;
        let open = "return document.querySelectorAll('.ascribe-card:popover-open').length";
        let opened = session.browser.until(5, || Ok((session.page(open)? == 1).then_some(())))?;
        ensure!(opened.is_some(), "{path}: the card doesn't open at {at}");
    }
    Ok(())
}

/// What the reader does in the popup shows on the page.
fn the_popup_switches_layers_forces_and_forbids(kind: Kind) -> Result<()> {
    let session = Session::with_extension(kind)?;
    session.open("/2026/03/02/harbour")?;
    ensure!(session.settled()?["status"] == "painted");
    let page = session.browser.tab()?;
    let id = session.tab_id()?;
    let popup = session.browser.new_tab()?;
    // Clicks what `selector` names, once the popup shows it; the page is looked at afterwards.
    let click = |selector: &str| -> Result<()> {
        session.browser.switch(&popup)?;
        session.browser.open(&format!("{}popup.html?tab={id}", session.browser.extension_origin))?;
        let script = "const shown = document.querySelector(arguments[0]);
            if (!shown || shown.hidden || shown.disabled || !document.getElementById('status').textContent) return false;
            shown.click();
            return true;";
        let clicked = session
            .browser
            .until(10, || Ok((session.run(script, vec![selector.into()])? == true).then_some(())))?;
        ensure!(clicked.is_some(), "the popup doesn't show {selector}");
        session.browser.switch(&page)
    };
    click("[data-switch=quote]")?;
    session.until_highlights("the layer's highlights stay", |found| {
        found.get("quote").is_none() && found.get("actor").is_some() && found.get("claim").is_some()
    })?;
    click("[data-switch=quote]")?;
    session.until_highlights("the layer doesn't come back", |found| found.get("quote").is_some())?;

    click("#never")?;
    session.until_highlights("highlights stay on a site to be left alone", |found| *found == json!({}))?;
    click("#never")?;
    session.until_highlights("the site stays left alone", |found| found.get("quote").is_some())?;

    session.open("/front")?;
    ensure!(session.highlights()? == json!({}));
    click("#annotate")?;
    session
        .until_state("the page is not annotated on request", |state| state["status"] == "painted")
        .map(drop)
}

/// The slider repaints what the engine found already, and other pages follow it.
fn the_slider_shows_more_claims_and_fewer(kind: Kind) -> Result<()> {
    let session = Session::with_extension(kind)?;
    session.open("/2026/03/02/harbour")?;
    let state = session.settled()?;
    let claims = state["overlay"]["claims"].as_array().cloned().unwrap_or_default();
    let up_to = |level: u64| claims.iter().filter(|claim| claim["level"].as_u64() <= Some(level)).count();
    ensure!(0 < up_to(0) && up_to(0) < up_to(2) && up_to(2) < up_to(6), "{claims:?}");
    let linked = claims.iter().find(|claim| claim["link"] == "ports.example");
    ensure!(linked.is_some_and(|claim| claim["text"].to_string().contains("48 million")), "{claims:?}");

    let page = session.browser.tab()?;
    let id = session.tab_id()?;
    let popup = session.browser.new_tab()?;
    session.browser.open(&format!("{}popup.html?tab={id}", session.browser.extension_origin))?;
    for level in [6, 0, 4] {
        session.browser.switch(&popup)?;
        let script = "const slider = document.querySelector('input[type=range][data-amount]');
            if (!slider || slider.labels.length !== 1) return null;
            slider.value = arguments[0];
            slider.dispatchEvent(new InputEvent('input', { bubbles: true }));
            const lines = [...document.querySelectorAll('[data-list=claim] li')].filter((line) => !line.hidden);
            return [lines.length, slider.ariaValueText ?? slider.getAttribute('aria-valuetext')];";
        let listed = session.browser.until(10, || {
            Ok(Some(session.run(script, vec![level.into()])?).filter(|listed| !listed.is_null()))
        })?;
        let listed = listed.context("the popup shows no slider with a label")?;
        ensure!(listed[0] == up_to(level), "{listed} lines for {}", up_to(level));
        session.browser.switch(&page)?;
        session.until_highlights("the claims are not those asked for", |found| {
            found["claim"].as_array().map(Vec::len) == Some(up_to(level))
        })?;
        let now = session.settled()?;
        ensure!(now["round"] == state["round"], "the page was read again");
        session.painted_is_annotated_up_to(&now, level)?;
    }
    session.open("/2026/03/02/strict")?;
    let other = session.until_state("not annotated", |state| state["status"] == "painted")?;
    session.painted_is_annotated_up_to(&other, 4)
}

/// In plain words, for news, for an article that is none, for a page that is neither, and for another language.
fn the_popup_says_what_the_page_is_and_why(kind: Kind) -> Result<()> {
    let session = Session::with_extension(kind)?;
    session.open("/form")?;
    session.settled()?;
    let (page, id) = (session.browser.tab()?, session.tab_id()?);
    let popup = session.browser.new_tab()?;
    for (path, status, said, reasons) in [
        ("/2026/03/02/harbour", "painted", "A news article: Port of Melverton", "Why news?"),
        ("/2026/03/02/hafen", "painted", "This article is in German", "Why news?"),
        ("/2026/03/02/minato", "painted", "This article is in Japanese", "Why news?"),
        ("/guide", "left", "Ascribe left it alone", "Why no "),
        ("/form", "skipped", "Ascribe did not read it", ""),
    ] {
        session.browser.switch(&page)?;
        session.open(path)?;
        let state = session.settled()?;
        ensure!(state["status"] == status, "{path}: {state}");
        if path.ends_with("minato") {
            let quotes: Vec<_> = state["overlay"]["quotes"].as_array().into_iter().flatten().collect();
            ensure!(quotes.len() == 4 && quotes[3]["text"] == "「決めるのは議会である」", "{quotes:?}");
            session.painted_is_annotated(&state)?;
        }
        session.browser.switch(&popup)?;
        session.browser.open(&format!("{}popup.html?tab={id}", session.browser.extension_origin))?;
        let shown = "const why = document.getElementById('why');
            return [document.getElementById('status').textContent, why.hidden ? '' : why.querySelector('summary').textContent,
              why.querySelectorAll('li').length, why.open];";
        let shown = session.browser.until(10, || {
            let shown = session.page(shown)?;
            Ok(shown[0].as_str().is_some_and(|words| !words.is_empty()).then_some(shown))
        })?;
        let shown = shown.context("the popup says nothing")?;
        ensure!(shown[0].as_str().is_some_and(|words| words.contains(said)), "{path}: {shown}");
        ensure!(
            shown[1]
                .as_str()
                .is_some_and(|words| words.contains(reasons) && words.is_empty() == reasons.is_empty()),
            "{path}: {shown}"
        );
        ensure!(shown[2] == state["overlay"]["reasons"].as_array().map_or(0, Vec::len), "{path}: {shown}");
        ensure!(shown[3] == (status == "left"), "{path}: {shown}");
    }
    Ok(())
}

/// Named form fields hide the form's own properties, named images the document's.
fn a_form_may_call_its_fields_what_it_likes(kind: Kind) -> Result<()> {
    let session = Session::with_extension(kind)?;
    session.open("/2026/03/02/clobbered")?;
    ensure!(session.page("return document.querySelector === Document.prototype.querySelector")? == false);
    let state = session.settled()?;
    ensure!(state["status"] == "painted", "{state}");
    session.painted_is_annotated(&state)?;
    let text = state["overlay"].to_string();
    ensure!(text.contains("Calder"), "what stands after the form is missing: {text}");
    Ok(())
}

/// JavaScript's strings may hold half a surrogate pair, which is no character.
fn lone_surrogates_are_read(kind: Kind) -> Result<()> {
    let session = Session::with_extension(kind)?;
    session.open("/2026/03/02/surrogates")?;
    let state = session.settled()?;
    ensure!(session.page("return document.querySelector('article').textContent.isWellFormed()")? == false);
    ensure!(state["status"] == "painted", "{state}");
    session.painted_is_annotated(&state)
}

/// The browser's own log names every host that was asked for: none but loopback, and the one that a page of ours
/// asks for so that this test can be seen to see.
fn no_request_leaves(kind: Kind) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let log = folder.path().join("network.log");
    let session = Session::with_log(kind, &log)?;
    let mut paths = vec![
        "/2026/03/02/harbour".to_owned(),
        "/2026/03/02/strict".into(),
        "/form".into(),
        "/sample.html".into(),
    ];
    paths.extend(pages::saved().iter().filter(|page| page.has_body).map(Saved::path).take(12));
    for path in &paths {
        session.open(path)?;
        session.settled()?;
    }
    session.open("/2026/03/02/elsewhere")?;
    session.settled()?;
    drop(session);
    let hosts = network::hosts(kind, &log)?;
    ensure!(hosts.contains("127.0.0.1"), "the log doesn't show the pages themselves: {hosts:?}");
    let foreign: Vec<_> = hosts.iter().filter(|host| *host != "127.0.0.1").collect();
    ensure!(foreign == [pages::ELSEWHERE], "asked for: {foreign:?}");
    Ok(())
}

/// The browser may stop the background whenever it likes.
fn a_stopped_background_loses_nothing(kind: Kind) -> Result<()> {
    let session = Session::with_extension(kind)?;
    session.open("/2026/03/02/harbour")?;
    let before = session.settled()?;
    ensure!(before["status"] == "painted", "{before}");
    let first = session.browser.tab()?;
    session.stop_background()?;

    session.browser.new_tab()?;
    session.open("/2026/03/02/strict")?;
    let woken = session
        .until_nth_state(1, "the second page was not annotated", |state| state["status"] == "painted")?;
    session.painted_is_annotated(&woken)?;
    ensure!(woken["overlay"]["marks"] == before["overlay"]["marks"], "another answer after the stop");
    println!("{kind:?}: document idle to painted with a cold background: {} ms", woken["timings"]["total"]);

    session.browser.switch(&first)?;
    let after = session.browser.states()?.into_iter().next().context("the first page doesn't answer")?;
    ensure!(after["overlay"] == before["overlay"], "the first page forgot what was found");
    session.painted_is_annotated(&after)
}

/// The comparison that the tests rest on sees a difference.
#[test]
fn white_space_is_collapsed_and_nothing_else() {
    assert_eq!(collapsed(" a\n\u{a0} b "), "a b");
    assert_ne!(collapsed("a b"), collapsed("ab"));
}
