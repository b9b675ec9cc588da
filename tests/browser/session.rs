//! A browser on the test server, and what the tests ask of it.

use crate::pages;
use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use std::path::Path;
use thirtyfour::WindowHandle;
use xtask::browser::{Browser, Kind, Options};
use xtask::serve::Server;
use xtask::target;

/// A browser with the server that it visits.
pub struct Session {
    pub browser: Browser,
    server: Server,
}

/// How long a page may take before a test gives up, in seconds; far above every budget.
const PATIENCE: u64 = 20;

/// The texts under the painted ranges, by layer, for those layers that have any.
const HIGHLIGHTS: &str = "
    const found = {};
    for (const layer of ['actor', 'quote', 'claim']) {
      const texts = [];
      for (const painted of CSS.highlights.get(`ascribe-${layer}`) ?? []) {
        const range = document.createRange();
        range.setStart(painted.startContainer, painted.startOffset);
        range.setEnd(painted.endContainer, painted.endOffset);
        const words = range.cloneContents();
        for (const line of words.querySelectorAll('br')) line.replaceWith('\\n');
        // Formulas are no text to the engine.
        for (const formula of words.querySelectorAll('math')) formula.remove();
        texts.push(words.textContent.toWellFormed());
      }
      if (texts.length > 0) found[layer] = texts;
    }
    return found;";

/// The page's DOM without what stands beside head and body, where only the extension puts something.
const DOM: &str = "
    const copy = document.documentElement.cloneNode(true);
    const extra = [...copy.children].filter((child) => !['HEAD', 'BODY', 'FRAMESET'].includes(child.tagName));
    for (const child of extra) child.remove();
    return copy.outerHTML;";

const HOSTS: &str = "
    return [...document.documentElement.children]
      .filter((child) => !['HEAD', 'BODY', 'FRAMESET'].includes(child.tagName)).length;";

impl Session {
    /// Without the extension.
    pub fn plain(kind: Kind) -> Result<Self> {
        Self::start(kind, |options| options.extension = None)
    }

    pub fn with_extension(kind: Kind) -> Result<Self> {
        Self::start(kind, |_| {})
    }

    /// The same, with the browser's log of what it asks of the network.
    pub fn with_log(kind: Kind, log: &Path) -> Result<Self> {
        Self::start(kind, |options| options.network_log = Some(log))
    }

    /// The same, with the reader's own few colours in place of the page's.
    pub fn with_forced_colours(kind: Kind) -> Result<Self> {
        Self::start(kind, |options| options.forced_colours = true)
    }

    /// The same, without the Navigation API where the browser can do without.
    pub fn without_navigation_api(kind: Kind) -> Result<Self> {
        Self::start(kind, |options| options.no_navigation_api = true)
    }

    fn start<'a>(kind: Kind, change: impl FnOnce(&mut Options<'a>)) -> Result<Self> {
        let built = target().join("extension");
        ensure!(built.join("manifest.json").exists(), "first run: cargo xtask build");
        let mut options = Options {
            extension: Some(built),
            headless: true,
            network_log: None,
            forced_colours: false,
            no_navigation_api: false,
        };
        change(&mut options);
        Ok(Self { server: Server::start(pages::answer)?, browser: Browser::start(kind, &options)? })
    }

    pub fn open(&self, path: &str) -> Result<()> {
        self.browser.open(&self.server.url(path))
    }

    /// Runs the body of a function in the page.
    pub fn page(&self, script: &str) -> Result<Value> {
        self.run(script, vec![])
    }

    pub fn run(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        self.browser.run(script, arguments)
    }

    pub fn highlights(&self) -> Result<Value> {
        self.page(HIGHLIGHTS)
    }

    pub fn hosts(&self) -> Result<u64> {
        self.page(HOSTS)?.as_u64().context("no number")
    }

    pub fn dom(&self) -> Result<String> {
        ensure!(self.hosts()? <= 1, "more than one element was added");
        Ok(self.page(DOM)?.as_str().context("no text")?.to_owned())
    }

    /// The extension's state on the first page, once it has done what it does.
    pub fn settled(&self) -> Result<Value> {
        self.until_state("the extension doesn't come to an end", |state| state["status"] != "reading")
    }

    pub fn until_state(&self, otherwise: &str, wanted: impl Fn(&Value) -> bool) -> Result<Value> {
        self.until_nth_state(0, otherwise, wanted)
    }

    /// Asks for the first page to be annotated, whatever it is, as the popup's button does.
    pub fn annotate_anyway(&self) -> Result<Value> {
        self.browser.in_extension(
            "const tabs = await chrome.tabs.query({});
             tabs.sort((a, b) => a.id - b.id);
             const asked = tabs.map((tab) => chrome.tabs.sendMessage(tab.id, { ask: 'annotate' }).catch(() => null));
             return (await Promise.all(asked)).find(Boolean);",
        )
    }

    /// The state of the page that was opened after `nth` others, once it is as wanted.
    pub fn until_nth_state(
        &self,
        nth: usize,
        otherwise: &str,
        wanted: impl Fn(&Value) -> bool,
    ) -> Result<Value> {
        let mut last = Value::Null;
        let found = self.browser.until(PATIENCE, || {
            last = self.browser.states()?.into_iter().nth(nth).unwrap_or_default();
            Ok((!last.is_null() && wanted(&last)).then(|| last.clone()))
        })?;
        let Some(state) = found else {
            bail!("{otherwise}: {}", last.to_string().chars().take(2000).collect::<String>());
        };
        ensure!(state["status"] != "failed", "the extension failed: {}", state["error"]);
        Ok(state)
    }

    pub fn until_highlights(&self, otherwise: &str, wanted: impl Fn(&Value) -> bool) -> Result<()> {
        let found =
            self.browser.until(PATIENCE, || Ok(Some(self.highlights()?).filter(&wanted).map(drop)))?;
        found.with_context(|| otherwise.to_owned())
    }

    /// Under each painted range stand the words of its annotation, layer by layer and in the same order.
    pub fn painted_is_annotated(&self, state: &Value) -> Result<()> {
        self.painted_is_annotated_up_to(state, 2)
    }

    /// The same, where the reader has asked for the claims up to a level.
    pub fn painted_is_annotated_up_to(&self, state: &Value, level: u64) -> Result<()> {
        let painted = self.highlights()?;
        let overlay = &state["overlay"];
        let marks = overlay["marks"].as_array().map_or(&[][..], Vec::as_slice);
        let shown = |mark: &Value| {
            let claim =
                mark["item"].as_u64().and_then(|item| overlay["claims"].get(usize::try_from(item).ok()?));
            mark["layer"] != "claim" || claim.is_some_and(|claim| claim["level"].as_u64() <= Some(level))
        };
        for (layer, part) in [("actor", "mention"), ("quote", "content"), ("claim", "claim")] {
            let annotated =
                marks.iter().filter(|mark| mark["layer"] == layer && mark["part"] == part && shown(mark));
            let annotated: Vec<_> =
                annotated.map(|mark| collapsed(mark["text"].as_str().unwrap_or_default())).collect();
            let texts = painted[layer].as_array().map_or(&[][..], Vec::as_slice);
            let texts: Vec<_> =
                texts.iter().map(|text| collapsed(text.as_str().unwrap_or_default())).collect();
            let mut pairs = texts.iter().zip(&annotated);
            if let Some((text, mark)) = pairs.find(|(text, mark)| text != mark) {
                bail!("{layer}: under the range of “{mark}” stands “{text}”");
            }
            ensure!(
                texts.len() == annotated.len(),
                "{layer}: {} ranges for {} annotations",
                texts.len(),
                annotated.len()
            );
            ensure!(annotated.iter().all(|text| !text.is_empty()), "{layer}: an annotation without words");
        }
        Ok(())
    }

    /// The number that extensions know the first page's tab by.
    pub fn tab_id(&self) -> Result<Value> {
        self.browser.in_extension(
            "const tabs = await chrome.tabs.query({});
             tabs.sort((a, b) => a.id - b.id);
             const asked = tabs.map((tab) => chrome.tabs.sendMessage(tab.id, { ask: 'state' }).then(() => tab.id, () => 0));
             return (await Promise.all(asked)).find(Boolean);",
        )
    }

    /// The number on the toolbar button, for the first page.
    pub fn badge(&self) -> Result<String> {
        let tab = self.tab_id()?;
        let text =
            self.browser.in_extension(&format!("return chrome.action.getBadgeText({{ tabId: {tab} }})"))?;
        Ok(text.as_str().context("no text")?.to_owned())
    }

    /// The highlights whose names begin so show on the screen, in the page or in a frame: without them the window
    /// looks another.
    pub fn shows_on_the_screen(&self, names: &str) -> Result<()> {
        let with = self.browser.picture()?;
        self.run(
            "for (const view of [window, ...Array.from(frames)]) {
               view.taken = [...view.CSS.highlights].filter(([name]) => name.startsWith(arguments[0]));
               for (const [name] of view.taken) view.CSS.highlights.delete(name);
             }",
            vec![names.into()],
        )?;
        let without = self.browser.picture()?;
        self.page(
            "for (const view of [window, ...Array.from(frames)]) {
               for (const [name, ranges] of view.taken) view.CSS.highlights.set(name, ranges);
             }",
        )?;
        ensure!(with != without, "no highlight of {names} can be seen");
        ensure!(self.browser.picture()? == with, "two pictures of the same page differ");
        Ok(())
    }

    /// Stops the extension's background as the browser does when it is idle, and makes sure that it is stopped.
    pub fn stop_background(&self) -> Result<()> {
        // The session's preferences let Firefox stop it after two seconds without work.
        if self.browser.kind == Kind::Chrome {
            let worker = self.workers()?.into_iter().next().context("the background doesn't run")?;
            self.browser.devtools("Target.closeTarget", json!({ "targetId": worker }))?;
        }
        let stopped = self.browser.until(PATIENCE, || Ok((!self.background_runs()?).then_some(())))?;
        stopped.context("the background goes on")
    }

    /// Whether the extension's background runs.
    pub fn background_runs(&self) -> Result<bool> {
        match self.browser.kind {
            Kind::Chrome => Ok(!self.workers()?.is_empty()),
            Kind::Firefox => self.background_page(),
        }
    }

    /// The popup of the first page, in a tab of its own, which is the current one from now on.
    pub fn popup(&self) -> Result<WindowHandle> {
        let id = self.tab_id()?;
        let popup = self.browser.new_tab()?;
        self.browser.open(&format!("{}popup.html?tab={id}", self.browser.extension_origin))?;
        Ok(popup)
    }

    /// What a function's body gives in the current page, once that is neither `null` nor `false`.
    pub fn until_page(&self, otherwise: &str, script: &str) -> Result<Value> {
        let mut last = Value::Null;
        let found = self.browser.until(PATIENCE, || {
            last = self.page(script)?;
            Ok(Some(last.clone()).filter(|found| !found.is_null() && *found != false))
        })?;
        found.with_context(|| otherwise.to_owned())
    }

    /// Chromium's identifiers of the extension's running workers.
    fn workers(&self) -> Result<Vec<Value>> {
        let targets = self.browser.devtools("Target.getTargets", json!({}))?;
        let targets = targets["targetInfos"].as_array().cloned().unwrap_or_default();
        let workers = targets.into_iter().filter(|target| target["type"] == "service_worker");
        Ok(workers.map(|mut target| target["targetId"].take()).collect())
    }

    /// Whether Firefox holds the extension's background page.
    fn background_page(&self) -> Result<bool> {
        let views = self
            .browser
            .in_extension("return chrome.extension.getViews().map((view) => view.location.href)")?;
        let views = views.as_array().cloned().unwrap_or_default();
        Ok(views
            .iter()
            .any(|view| view.as_str().is_some_and(|url| url.contains("_generated_background_page"))))
    }
}

/// The text with each run of white space as one space, and none at its ends.
pub fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
