//! `cargo xtask run`: a browser with the extension loaded, on the sample article or on a saved page.

use crate::browser::{Browser, Kind, Options};
use crate::serve::{Reply, Server};
use crate::{bundle, root, target};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// Builds everything, serves the playground and opens the browser: until the reader closes it, or without a
/// display only until it is known what was annotated.
pub fn run(kind: Kind, page: Option<&Path>) -> Result<()> {
    let bundle = bundle::build()?;
    let saved = page.map(|page| fs::read(page).with_context(|| format!("can't read {}", page.display())));
    let saved = saved.transpose()?;
    let address = if saved.is_some() { "/saved.html" } else { "/sample.html" };
    let www = bundle.www;
    let server = Server::start(move |path| match (path, &saved) {
        ("/saved.html", Some(saved)) => Some(Reply::saved_page(saved.clone())),
        _ => Reply::file(&www, path),
    })?;
    let headless = std::env::var_os("DISPLAY").is_none() && std::env::var_os("WAYLAND_DISPLAY").is_none();
    let options = Options {
        extension: Some(bundle.extension),
        headless,
        network_log: None,
        forced_colours: false,
        no_navigation_api: false,
    };
    let browser = Browser::start(kind, &options)?;
    browser.open(&server.url(address))?;
    if headless {
        let name = page.and_then(Path::file_stem).map_or("sample".into(), |name| name.to_string_lossy());
        return report(&browser, &format!("{name}-{kind:?}.png").to_lowercase());
    }
    println!("playground {}", server.url("/"));
    println!("The extension is loaded. Close the browser, or press Ctrl-C here, to end.");
    browser.until_closed();
    Ok(())
}

/// Prints what the extension found on the page, and takes a picture of it.
fn report(browser: &Browser, name: &str) -> Result<()> {
    let state = browser.until(20, || {
        let state = browser.states()?.pop();
        Ok(state.filter(|state| state["status"] != "reading"))
    })?;
    let state = state.context("the extension didn't answer")?;
    let pictures = target().join("run");
    fs::create_dir_all(&pictures)?;
    let picture = pictures.join(name);
    fs::write(&picture, browser.picture()?).with_context(|| format!("can't write {}", picture.display()))?;
    let overlay = &state["overlay"];
    match state["status"].as_str().unwrap_or_default() {
        "painted" => print!("{}", summary(overlay)),
        "failed" => {
            bail!("the extension failed: {}", state["error"].as_str().unwrap_or("it doesn't say why"))
        }
        _ => println!("The page is no news article, and was left alone."),
    }
    if let Some(total) = state["timings"]["total"].as_f64() {
        println!("painted {total:.0} ms after the page was ready");
    }
    println!("screenshot {}", picture.strip_prefix(root()).unwrap_or(&picture).display());
    Ok(())
}

/// How many items of each layer to name.
const FIRST: usize = 3;

fn summary(overlay: &Value) -> String {
    let list = |layer: &str| overlay[layer].as_array().map_or(&[][..], Vec::as_slice);
    let actor = |index: &Value| {
        let actor = index.as_u64().and_then(|index| list("actors").get(index as usize));
        actor.and_then(|actor| actor["name"].as_str())
    };
    let mut lines = vec![overlay["title"].as_str().unwrap_or_default().to_owned()];
    lines.push(format!("{} actors", list("actors").len()));
    let mut actors: Vec<_> = list("actors").iter().collect();
    actors.sort_by_key(|actor| std::cmp::Reverse(actor["mentions"].as_u64()));
    for found in actors.iter().take(FIRST) {
        let [name, kind] = ["name", "kind"].map(|field| found[field].as_str().unwrap_or_default());
        lines.push(format!("  {name} ({kind}), named {}, quoted {}", found["mentions"], found["quotes"]));
    }
    lines.push(format!("{} quotes", list("quotes").len()));
    for quote in list("quotes").iter().take(FIRST) {
        let speaker = actor(&quote["speaker"]).or(quote["unnamed"].as_str()).unwrap_or("nobody named");
        lines.push(format!("  {speaker}: {}", quote["text"].as_str().unwrap_or_default()));
    }
    let key: Vec<_> = list("claims").iter().filter(|claim| claim["level"].as_u64() <= Some(2)).collect();
    lines.push(format!("{} key claims", key.len()));
    for claim in key.into_iter().take(FIRST) {
        let claimant = actor(&claim["claimant"]).unwrap_or("the article");
        lines.push(format!("  {claimant}: {}", claim["text"].as_str().unwrap_or_default()));
    }
    lines.join("\n") + "\n"
}
