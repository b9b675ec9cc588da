/**
 * The popup: says what the page is and what was found, in plain words, and holds the reader's switches. It asks the
 * content script of its tab; `popup.html?tab=ID` names a tab, else it is the one that the reader looked at last.
 */
import init, { draw_panel } from "./engine/ascribe.js";
import { KEY, listen, select, showClaims } from "./panel.js";

/** @param {string} id */
const by = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const button = by("annotate");
const never = /** @type {HTMLInputElement} */ (by("never"));
const panel = by("panel");

/** Milliseconds between two looks at a page that is being read. */
const AGAIN = 250;

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

/** @returns {Promise<Settings>} */
async function stored() {
  const { layers, amount, never: hosts } = /** @type {Partial<Settings>} */ (await chrome.storage.local.get(["layers", "amount", "never"]));
  return { layers: { actor: true, quote: true, claim: true, ...layers }, amount: amount ?? KEY, never: hosts ?? [] };
}

/**
 * What the page is, in plain words.
 * @param {State | undefined} state
 */
function words(state) {
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
  why.open = !folded;
}

/** @param {string} code */
const tongue = (code) => new Intl.DisplayNames(["en"], { type: "language" }).of(code) ?? code;

/** @param {State | undefined} state */
async function show(state) {
  const { layers, amount } = await stored();
  by("status").textContent = words(state);
  explain(state && ["painted", "left"].includes(state.status) ? state.overlay : null, state?.status === "painted");
  button.hidden = !state || !["skipped", "left", "failed"].includes(state.status);
  never.disabled = !state;
  never.checked = state?.status === "never";
  by("host").textContent = state?.host || "this site";
  const overlay = state?.status === "painted" ? state.overlay : null;
  panel.hidden = !overlay;
  if (overlay) {
    await init({ module_or_path: new URL("engine/ascribe_bg.wasm", import.meta.url) });
    draw_panel(panel, overlay, layers.actor, layers.quote, layers.claim);
    showClaims(panel, amount);
    panel.dataset["article"] = String(state?.article);
    select(panel, /** @type {Layer} */ (panel.dataset["tab"]) ?? (overlay.quotes.length > 0 ? "quote" : "actor"));
  }
  if (state?.status === "reading") setTimeout(async () => show(await ask({ ask: "state" })), AGAIN);
}

listen(
  panel,
  async (layer, on) => {
    const { layers } = await stored();
    await chrome.storage.local.set({ layers: { ...layers, [layer]: on } });
  },
  (layer, item) => ask({ ask: "reveal", layer, item }),
  (amount) => chrome.storage.local.set({ amount }),
);

button.addEventListener("click", async () => {
  button.hidden = true;
  by("status").textContent = "Reading the page…";
  show(await ask({ ask: "annotate" }));
});

never.addEventListener("change", async () => {
  const state = await ask({ ask: "state" });
  if (!state) return;
  const hosts = (await stored()).never.filter((host) => host !== state.host);
  await chrome.storage.local.set({ never: never.checked ? [...hosts, state.host] : hosts });
  show(await ask({ ask: "state" }));
});

show(await ask({ ask: "state" }));
