/**
 * The popup: says what the page is and what was found, in plain words, and holds the reader's switches. It asks the
 * content script of its tab, and follows what becomes of the page; `popup.html?tab=ID` names a tab, else it is the one
 * that the reader looked at last.
 */
import init, { draw_panel, list_text } from "./engine/ascribe.js";
import { keepPlace, listen, select, showClaims } from "./panel.js";

/** @param {string} id */
const by = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const button = by("annotate");
const never = /** @type {HTMLInputElement} */ (by("never"));
const copy = by("copy");
const panel = by("panel");

/** Milliseconds until a page is asked again that didn't answer, as while it is loading; each time twice as many. */
const AGAIN = 200;
/** Milliseconds that it says that a list was copied. */
const SAY = 2500;

/** The tab that the popup speaks of. */
async function find() {
  const named = Number(new URLSearchParams(location.search).get("tab"));
  if (named) return named;
  const own = await chrome.tabs.getCurrent();
  const [active] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
  if (active && active.id !== own?.id) return active.id;
  // The popup stands in a tab of its own.
  const others = (await chrome.tabs.query({})).filter((tab) => tab.id !== own?.id);
  others.sort((a, b) => (b.lastAccessed ?? 0) - (a.lastAccessed ?? 0));
  return others[0]?.id;
}

const tab = await find();

/** The reader has not let the extension into web pages, which Firefox leaves to them. */
const closed = location.protocol === "moz-extension:" && !(await chrome.permissions.contains({ origins: ["http://*/*", "https://*/*"] }));

/**
 * @param {object} question
 * @returns {Promise<State | undefined>} nothing where no content script answers
 */
async function ask(question) {
  if (tab === undefined) return undefined;
  return chrome.tabs.sendMessage(tab, question).catch(() => undefined);
}

let settings = await AscribeSettings.stored();
AscribeSettings.follow((now) => {
  settings = now;
});

/** What the page is now. @type {State | undefined} */
let current;
/** The overlay that the panel shows. */
let drawn = "";

/**
 * What the page is, in plain words.
 * @param {State | undefined} state
 * @param {boolean} loading
 */
function words(state, loading) {
  if (!state && loading) return "The page is loading…";
  if (!state && closed) {
    return "Firefox has not allowed Ascribe on this site. Allow it under Permissions in about:addons, then reload the page.";
  }
  if (!state) {
    return "Ascribe can’t see this page. Browsers keep their own pages and their stores closed to extensions; a page that was open before Ascribe was installed must be reloaded.";
  }
  const { status, overlay, host, error } = state;
  if (status === "never") return `You asked Ascribe to leave ${host} alone.`;
  if (status === "reading") return "Reading the page…";
  if (status === "failed") return `Something went wrong: ${error}. Reload the page to try again.`;
  if (status === "skipped" || !overlay) return "At a first look this page holds no article, so Ascribe did not read it.";
  if (status === "left") {
    return overlay.verdict === "article"
      ? "This is an article, but no news report, so Ascribe left it alone."
      : "This page is no single article, so Ascribe left it alone.";
  }
  if (overlay.language !== "en") {
    const known = overlay.quotes.length > 0 ? "shows words in quotation marks, without speakers" : "would show words in quotation marks, but found none";
    return overlay.language === "und"
      ? `Ascribe can’t tell which language this article is in, and knows only English so far: it ${known}.`
      : `This article is in ${tongue(overlay.language)}, and Ascribe knows only English so far: it ${known}.`;
  }
  const what = overlay.verdict === "news" ? "A news article" : overlay.verdict === "article" ? "An article" : "A page";
  const { title } = overlay.articles[state.article] ?? overlay;
  const among = overlay.articles.length > 1 ? `, one of ${overlay.articles.length} on this page` : "";
  return title ? `${what}${among}: ${title}` : `${what}${among}, annotated.`;
}

/**
 * What spoke for a news article, and what against one; of a page that is no article, for and against any.
 * @type {Record<Reason["why"], (article: string) => [string, string]>}
 */
const REASONS = {
  markup: (article) => [`The page marks itself as ${article}.`, `The page doesn’t mark itself as ${article}.`],
  date: () => ["It says when it was published.", "It doesn’t say when it was published."],
  author: () => ["It names its author.", "It names no author."],
  outlet: () => ["The site presents itself as a news outlet.", "The site doesn’t present itself as a news outlet."],
  address: () => ["Its address looks like an article’s.", "Its address isn’t like an article’s."],
  text: () => ["It holds many paragraphs of text.", "It holds little running text."],
  report: () => ["It reads like a report: who said what, and when.", "It doesn’t read like a report."],
  links: () => ["It isn’t a list of links.", "It looks like a list of links or posts."],
  guide: () => ["It isn’t made like a guide.", "It is made like a guide: lists, subheads, words to its reader."],
};

/**
 * How sure the verdict is, in words.
 * @param {number} score in [0, 1]
 */
const sure = (score) => (score > 0.95 ? "almost certain" : score > 0.8 ? "very likely" : "likely");

/**
 * Says why the page was judged as it was; folded up where there is more to see.
 * @param {Overlay | null} overlay
 * @param {boolean} folded
 */
function explain(overlay, folded) {
  const why = /** @type {HTMLDetailsElement} */ (by("why"));
  const other = overlay?.verdict === "other";
  const lines = (overlay?.reasons ?? []).flatMap(({ why: code, speaks }) => {
    const words = REASONS[code]?.(other ? "an article" : "a news article");
    if (!words) return [];
    const line = document.createElement("li");
    line.className = speaks;
    line.textContent = words[speaks === "for" ? 0 : 1];
    return [line];
  });
  why.hidden = !overlay || lines.length === 0;
  if (!overlay || why.hidden) return;
  const verdict = overlay.verdict === "news" ? "news" : other ? "no single article" : "no news";
  const how = document.createElement("span");
  how.textContent = sure(overlay.score);
  /** @type {HTMLElement} */ (why.querySelector("summary")).replaceChildren(`Why ${verdict}?`, how);
  /** @type {HTMLElement} */ (why.querySelector("ul")).replaceChildren(...lines);
  // The reader may have unfolded it, or folded it up, since.
  if (why.dataset["folded"] !== String(folded)) why.open = !folded;
  why.dataset["folded"] = String(folded);
}

/** @param {string} code */
const tongue = (code) => new Intl.DisplayNames(["en"], { type: "language" }).of(code) ?? code;

/** @param {string} said */
function say(said) {
  // A status that is written again is read aloud again.
  if (by("status").textContent !== said) by("status").textContent = said;
}

/**
 * @param {State | undefined} state nothing where no content script answers
 * @param {boolean} [loading]
 */
async function show(state, loading = false) {
  current = state;
  say(words(state, loading));
  button.hidden = !state || !["skipped", "left", "failed"].includes(state.status);
  never.disabled = !state;
  never.checked = state?.status === "never";
  by("host").textContent = state?.host || "this site";
  explain(state && ["painted", "left"].includes(state.status) ? state.overlay : null, state?.status === "painted");
  const overlay = state?.status === "painted" ? state.overlay : null;
  if (overlay) await init({ module_or_path: new URL("engine/ascribe_bg.wasm", import.meta.url) });
  // Meanwhile the page may have become another.
  if (current !== state) return;
  panel.hidden = !overlay;
  copy.hidden = !overlay?.marks.length;
  const now = JSON.stringify(overlay);
  if (!overlay || now === drawn) return;
  drawn = now;
  const { layers, amount } = settings;
  keepPlace(panel, () => {
    draw_panel(panel, overlay, layers.actor, layers.quote, layers.claim);
    showClaims(panel, amount);
    panel.dataset["article"] = String(state?.article);
    select(panel, /** @type {Layer} */ (panel.dataset["tab"]) ?? (overlay.quotes.length > 0 ? "quote" : "actor"));
  });
}

/** @type {chrome.runtime.Port | undefined} */
let port;
let again = AGAIN;

/** Shows what the page is, and what becomes of it. */
function follow() {
  if (tab === undefined) return show(undefined);
  port?.disconnect();
  const own = chrome.tabs.connect(tab);
  port = own;
  own.onMessage.addListener((state) => {
    again = AGAIN;
    if (own === port) show(state);
  });
  own.onDisconnect.addListener(async () => {
    // No content script was there, or the page was left; where an error isn't read, Chromium logs it.
    void chrome.runtime.lastError;
    const open = await chrome.tabs.get(tab).catch(() => undefined);
    if (own !== port) return;
    await show(undefined, open?.status === "loading");
    if (open) setTimeout(() => own === port && follow(), again);
    again *= 2;
  });
}

// Firefox keeps a page that was left, and the port to it.
chrome.tabs.onUpdated.addListener((id, { status }) => {
  if (id !== tab || status !== "complete") return;
  again = AGAIN;
  follow();
});

listen(
  panel,
  (layer, on) => chrome.storage.local.set({ layers: { ...settings.layers, [layer]: on } }),
  (layer, item) => ask({ ask: "reveal", layer, item }),
  (amount) => chrome.storage.local.set({ amount }),
);

button.addEventListener("click", () => {
  button.hidden = true;
  say("Reading the page…");
  ask({ ask: "annotate" });
});

never.addEventListener("change", () => {
  if (!current) return;
  const { host } = current;
  const hosts = settings.never.filter((other) => other !== host);
  chrome.storage.local.set({ never: never.checked ? [...hosts, host] : hosts });
});

/** @type {ReturnType<typeof setTimeout> | undefined} */
let saying;

copy.addEventListener("click", async () => {
  const { overlay, address } = current ?? {};
  if (!overlay) return;
  const text = list_text(overlay, panel.dataset["tab"], settings.amount, address ?? "");
  by("copied").textContent = await navigator.clipboard.writeText(text).then(() => "Copied", () => "Couldn’t copy");
  clearTimeout(saying);
  saying = setTimeout(() => (by("copied").textContent = ""), SAY);
});

follow();
