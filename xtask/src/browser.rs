//! Sessions with real browsers by WebDriver, with the extension loaded.
//!
//! Source: W3C, WebDriver, <https://www.w3.org/TR/webdriver2/>; the browsers' own additions to it are
//! `moz/addon/install` (Firefox) and `goog/cdp/execute` (Chromium).

use crate::setup;
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::cell::OnceCell;
use std::fs;
use std::future::Future;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use thirtyfour::common::print::PrintParameters;
use thirtyfour::error::WebDriverResult;
use thirtyfour::extensions::addons::firefox::FirefoxTools;
use thirtyfour::{By, Capabilities, Key, WebDriver, WindowHandle};
use tokio::runtime::Runtime;

/// Which browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Kind {
    /// Chromium, and so Chrome and Edge.
    Chrome,
    /// Firefox.
    Firefox,
}

/// How to start one.
pub struct Options<'a> {
    /// The unpacked extension to load.
    pub extension: Option<PathBuf>,
    /// Without a window.
    pub headless: bool,
    /// Where the browser writes what it asks of the network.
    pub network_log: Option<&'a Path>,
    /// With a few colours of the reader's own in place of the page's, as high-contrast themes have them.
    pub forced_colours: bool,
    /// Without the Navigation API, which only Firefox can do.
    pub no_navigation_api: bool,
}

/// A running browser; it ends when this is dropped.
pub struct Browser {
    driver: Option<WebDriver>,
    process: Child,
    runtime: Runtime,
    profile: TempDir,
    extension_window: OnceCell<WindowHandle>,
    /// Which browser this is.
    pub kind: Kind,
    /// Where the extension's own pages are, with a slash at the end.
    pub extension_origin: String,
}

/// Firefox gives each installation of an add-on an address of its own; a preference can settle it beforehand.
const FIREFOX_UUID: &str = "5a1c7e0e-0000-4000-8000-a5c71be00001";

const ASK_EVERY_TAB: &str = "
    const tabs = await chrome.tabs.query({});
    tabs.sort((a, b) => a.id - b.id);
    const asked = tabs.map((tab) => chrome.tabs.sendMessage(tab.id, { ask: 'state' }).catch(() => null));
    return (await Promise.all(asked)).filter(Boolean);";

impl Browser {
    /// Starts a fresh browser with an empty profile.
    pub fn start(kind: Kind, options: &Options) -> Result<Self> {
        let (binary, driver_binary) = setup::browser(kind)?;
        let profile = tempfile::tempdir()?;
        let (mut process, address) = start_driver(kind, &driver_binary, options.network_log)?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let capabilities = match kind {
            Kind::Chrome => chromium(&binary, profile.path(), options),
            Kind::Firefox => firefox(&binary, options)?,
        };
        let driver = runtime.block_on(WebDriver::new(&address, capabilities));
        if driver.is_err() {
            let _ = process.kill();
        }
        let driver = Some(driver.with_context(|| format!("can't start {}", binary.display()))?);
        let mut browser = Self {
            driver,
            process,
            runtime,
            profile,
            extension_window: OnceCell::new(),
            kind,
            extension_origin: String::new(),
        };
        if let Some(extension) = &options.extension {
            browser.extension_origin = browser.load(extension)?;
        }
        Ok(browser)
    }

    /// Opens an address in the current tab and waits until it has loaded.
    pub fn open(&self, url: &str) -> Result<()> {
        self.wait(self.driver().goto(url)).with_context(|| format!("can't open {url}"))
    }

    /// Runs the body of a function in the page, and returns what it returns.
    pub fn run(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        let returned = self.wait(self.driver().execute(script, arguments));
        Ok(returned.with_context(|| format!("the page can't run {script}"))?.json().clone())
    }

    /// Runs the body of an async function in the page, and returns what it resolves to.
    pub fn run_async(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        let script = format!(
            "const given = [...arguments]; const done = given.pop();
             (async function () {{ {script} }}).apply(null, given).then(
               (value) => done({{ value }}), (error) => done({{ error: String(error) }}));"
        );
        let returned = self.wait(self.driver().execute_async(script.as_str(), arguments))?.json().clone();
        match returned.get("error") {
            Some(error) => bail!("the page can't run the script: {error}"),
            None => Ok(returned.get("value").cloned().unwrap_or_default()),
        }
    }

    /// Tries something until it gives an answer, for at most `seconds`.
    pub fn until<T>(
        &self,
        seconds: u64,
        mut attempt: impl FnMut() -> Result<Option<T>>,
    ) -> Result<Option<T>> {
        let end = Instant::now() + Duration::from_secs(seconds);
        loop {
            if let Some(answer) = attempt()? {
                return Ok(Some(answer));
            }
            if Instant::now() > end {
                return Ok(None);
            }
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// The current tab.
    pub fn tab(&self) -> Result<WindowHandle> {
        self.wait(self.driver().window())
    }

    /// Opens an empty tab and makes it the current one.
    pub fn new_tab(&self) -> Result<WindowHandle> {
        let tab = self.wait(self.driver().new_tab())?;
        self.switch(&tab)?;
        Ok(tab)
    }

    /// Makes a tab the current one.
    pub fn switch(&self, tab: &WindowHandle) -> Result<()> {
        self.wait(self.driver().switch_to_window(tab.clone()))
    }

    /// Presses a key in the page, while others are held down.
    pub fn press(&self, held: &[Key], key: impl Into<char>) -> Result<()> {
        let mut chain = self.driver().action_chain();
        for key in held {
            chain = chain.key_down(key.clone());
        }
        let key = key.into();
        chain = chain.key_down(key).key_up(key);
        for key in held {
            chain = chain.key_up(key.clone());
        }
        self.wait(chain.perform())
    }

    /// Sets the window's size in CSS pixels.
    pub fn resize(&self, width: u32, height: u32) -> Result<()> {
        self.wait(self.driver().set_window_rect(0, 0, width, height)).map(drop)
    }

    /// Clicks on the first element that a CSS selector finds.
    pub fn click(&self, selector: &str) -> Result<()> {
        let element = self.wait(self.driver().find(By::Css(selector)))?;
        self.wait(element.click())
    }

    /// Moves the pointer to a point of the window, in CSS pixels.
    pub fn point(&self, x: i64, y: i64) -> Result<()> {
        self.wait(self.driver().action_chain().move_to(x, y).perform())
    }

    /// Goes back in the current tab's history.
    pub fn back(&self) -> Result<()> {
        self.wait(self.driver().back())
    }

    /// What the current tab shows, as a PNG.
    pub fn picture(&self) -> Result<Vec<u8>> {
        self.wait(self.driver().screenshot_as_png())
    }

    /// What the current tab would put on paper, as a PDF.
    pub fn print(&self) -> Result<Vec<u8>> {
        self.wait(self.driver().print_page(PrintParameters::default()))
    }

    /// A command of the Chrome DevTools Protocol, to the current tab.
    pub fn devtools(&self, method: &str, parameters: Value) -> Result<Value> {
        self.wait(self.driver().cdp().send_raw(method, parameters))
    }

    /// What the extension says of each web page that is open, in the order of opening: `State` in
    /// `extension/types.d.ts`.
    pub fn states(&self) -> Result<Vec<Value>> {
        Ok(self.in_extension(ASK_EVERY_TAB)?.as_array().cloned().unwrap_or_default())
    }

    /// Runs the body of an async function in a page of the extension. The page stands in a window of its own, so
    /// that web pages stay visible.
    pub fn in_extension(&self, script: &str) -> Result<Value> {
        let here = self.tab()?;
        if let Some(window) = self.extension_window.get() {
            self.switch(window)?;
        } else {
            let window = self.wait(self.driver().new_window())?;
            self.switch(&window)?;
            self.open(&format!("{}popup.html", self.extension_origin))?;
            self.extension_window.get_or_init(|| window);
        }
        let returned = self.run_async(script, vec![]);
        self.switch(&here)?;
        returned
    }

    /// Waits until the reader closes the browser or presses Ctrl-C.
    pub fn until_closed(&self) {
        self.runtime.block_on(async {
            loop {
                tokio::select! {
                    _ = tokio::signal::ctrl_c() => return,
                    () = tokio::time::sleep(Duration::from_millis(500)) => {}
                }
                if self.driver().windows().await.is_ok_and(|tabs| !tabs.is_empty()) {
                    continue;
                }
                return;
            }
        });
    }

    /// Loads the extension and returns where its pages are.
    fn load(&self, extension: &Path) -> Result<String> {
        if self.kind == Kind::Firefox {
            let package = self.profile.path().join("ascribe.xpi");
            crate::package::archive(extension, &package)?;
            let tools = FirefoxTools::new(self.driver().handle().clone());
            let path = package.to_str().context("the temporary folder's path isn't UTF-8")?;
            self.wait(tools.install_addon(path, Some(true)))?;
            return Ok(format!("moz-extension://{FIREFOX_UUID}/"));
        }
        // Chromium loaded it at its start; its background tells the address.
        let found = self.until(20, || {
            let targets = self.devtools("Target.getTargets", json!({}))?;
            let workers = targets["targetInfos"].as_array().into_iter().flatten();
            let mut urls = workers.filter_map(|worker| worker["url"].as_str());
            Ok(urls.find_map(|url| url.starts_with("chrome-extension://").then(|| origin(url))))
        })?;
        found.context("the extension's background didn't start")
    }

    fn driver(&self) -> &WebDriver {
        self.driver.as_ref().expect("the session lasts as long as the browser")
    }

    fn wait<T>(&self, doing: impl Future<Output = WebDriverResult<T>>) -> Result<T> {
        Ok(self.runtime.block_on(doing)?)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if let Some(driver) = self.driver.take() {
            let _ = self.runtime.block_on(driver.quit());
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Scheme and host of an address, with a slash at the end.
fn origin(url: &str) -> String {
    url.splitn(4, '/').take(3).map(|part| format!("{part}/")).collect()
}

/// Starts chromedriver or geckodriver on a free port, which its first lines tell.
fn start_driver(kind: Kind, binary: &Path, network_log: Option<&Path>) -> Result<(Child, String)> {
    let mut command = Command::new(binary);
    match kind {
        Kind::Chrome => command.arg("--port=0"),
        // Pages of an extension count as parts of the browser.
        Kind::Firefox => command.args(["--port", "0", "--allow-system-access"]),
    };
    // Lets geckodriver's own preference hold, which points Firefox's updates of lists nowhere.
    command.env("MOZ_REMOTE_SETTINGS_DEVTOOLS", "1");
    if let (Kind::Firefox, Some(log)) = (kind, network_log) {
        command.env("MOZ_LOG", "sync,nsHttp:5,nsHostResolver:5").env("MOZ_LOG_FILE", log);
    }
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut process = command.spawn().with_context(|| format!("can't run {}", binary.display()))?;
    let mut lines = BufReader::new(process.stdout.take().context("no standard output")?).lines();
    let port = lines.by_ref().map_while(Result::ok).find_map(|line| {
        let after = line.split_once("successfully on port ").or_else(|| line.split_once("127.0.0.1:"))?.1;
        after.trim_end_matches('.').parse::<u16>().ok()
    });
    // The driver goes on writing, and mustn't block on a full pipe.
    thread::spawn(move || lines.for_each(drop));
    let port = port.with_context(|| format!("{} didn't start", binary.display()))?;
    Ok((process, format!("http://127.0.0.1:{port}")))
}

fn chromium(binary: &Path, profile: &Path, options: &Options) -> Capabilities {
    // Everything after --disable-quic keeps the browser's own traffic quiet, so that the network log holds
    // what pages and the extension ask for.
    let mut arguments = vec![
        format!("--user-data-dir={}", profile.display()),
        "--disable-dev-shm-usage".into(),
        "--no-first-run".into(),
        "--disable-quic".into(),
        "--disable-background-networking".into(),
        "--disable-component-update".into(),
        "--disable-default-apps".into(),
        "--disable-sync".into(),
        "--disable-domain-reliability".into(),
        "--no-pings".into(),
        "--disable-features=AutofillServerCommunication,MediaRouter,NetworkTimeServiceQuerying,\
         OptimizationHints,PreconnectToSearch,Translate"
            .into(),
        // What can't be switched off asks nobody instead.
        "--component-updater=url-source=http://127.0.0.1:9/".into(),
        "--gaia-url=http://127.0.0.1:9/".into(),
    ];
    // Chromium has no sandbox for root.
    if setup::is_root() {
        arguments.push("--no-sandbox".into());
    }
    if options.headless {
        arguments.extend(["--headless=new".into(), "--disable-gpu".into(), "--window-size=1280,1000".into()]);
    }
    if let Some(extension) = &options.extension {
        arguments.push(format!("--load-extension={}", extension.display()));
    }
    if options.forced_colours {
        arguments.push("--force-high-contrast".into());
    }
    if let Some(log) = options.network_log {
        arguments.push(format!("--log-net-log={}", log.display()));
    }
    capabilities(json!({
        "browserName": "chrome",
        "goog:chromeOptions": {
            "binary": find(binary),
            "args": arguments,
            "prefs": {
                // No guessing ahead: 2 is "never preload pages".
                "net.network_prediction_options": 2,
                // An empty page at the start, not the distribution's: 4 is "open these addresses".
                "session.restore_on_startup": 4,
                "session.startup_urls": ["about:blank"],
            },
        },
    }))
}

fn firefox(binary: &Path, options: &Options) -> Result<Capabilities> {
    let mut arguments = vec![];
    if options.headless {
        arguments.extend(["--headless", "--width=1280", "--height=1000"]);
    }
    let uuids = match &options.extension {
        Some(extension) => json!({ firefox_id(extension)?: FIREFOX_UUID }).to_string(),
        None => "{}".into(),
    };
    Ok(capabilities(json!({
        "browserName": "firefox",
        "moz:firefoxOptions": {
            "binary": find(binary),
            "args": arguments,
            "prefs": {
                "extensions.webextensions.uuids": uuids,
                // The background stops soon after its last work, as it does at any moment for a reader.
                "extensions.background.idle.timeout": 2000,
                // No traffic of the browser's own, and no guessing ahead.
                "browser.aboutwelcome.enabled": false,
                "browser.newtabpage.enabled": false,
                "browser.region.network.url": "",
                "browser.search.update": false,
                "captivedetect.canonicalURL": "",
                "dom.push.connection.enabled": false,
                "network.captive-portal-service.enabled": false,
                "network.connectivity-service.enabled": false,
                "network.dns.disablePrefetch": true,
                "network.http.speculative-parallel-limit": 0,
                "network.preconnect": false,
                "network.prefetch-next": false,
                "network.trr.mode": 5,
                "datareporting.policy.dataSubmissionEnabled": false,
                "toolkit.telemetry.server": "",
                // 2 is "the reader's colours, always".
                "browser.display.document_color_use": if options.forced_colours { 2 } else { 0 },
                "dom.navigation.webidl.enabled": !options.no_navigation_api,
            },
        },
    })))
}

/// The add-on's own identifier, from its manifest.
fn firefox_id(extension: &Path) -> Result<String> {
    let manifest: Value = serde_json::from_slice(&fs::read(extension.join("manifest.json"))?)?;
    let id = manifest["browser_specific_settings"]["gecko"]["id"].as_str();
    Ok(id.context("manifest.json has no browser_specific_settings.gecko.id")?.to_owned())
}

fn capabilities(value: Value) -> Capabilities {
    match value {
        Value::Object(map) => Capabilities::from(map),
        _ => Capabilities::new(),
    }
}

/// A program's whole path, as WebDriver wants it.
fn find(program: &Path) -> PathBuf {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let mut found = std::env::split_paths(&folders).map(|folder| folder.join(program));
    found.find(|path| path.is_file()).unwrap_or_else(|| program.to_owned())
}
