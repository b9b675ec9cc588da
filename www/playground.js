/**
 * The playground: the extension's engine, painter, card and panel on an ordinary page, for the sample article, for a
 * pasted text and for a saved page.
 */
import init, { annotate, draw_panel, read_page } from "./engine/ascribe.js";
import { listen, select, showClaims } from "./panel.js";

/** @param {string} id */
const by = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const page = by("page");
const panel = by("panel");
const box = /** @type {HTMLFormElement} */ (by("box"));
const text = /** @type {HTMLTextAreaElement} */ (by("text"));
const file = /** @type {HTMLInputElement} */ (by("file"));
const painter = new AscribePainter.Painter();
const card = new AscribeCard.Card(painter);

/** What is shown: the parts of an article that a reader reads. */
/** @typedef {{title: string, meta: string, paragraphs: string[]}} Shown */

/**
 * @param {string} words
 * @param {boolean} [error]
 */
function say(words, error = false) {
  by("status").textContent = words;
  by("status").classList.toggle("error", error);
}

/**
 * Shows an article as paragraphs, and annotates it there.
 * @param {Shown} article
 * @param {string} from where it comes from, for the reader
 */
async function show({ title, meta, paragraphs }, from) {
  card.close();
  painter.clear();
  page.replaceChildren(
    ...[
      { tag: "h1", words: title, name: "" },
      { tag: "div", words: meta, name: "meta" },
      ...paragraphs.map((words) => ({ tag: "p", words, name: "" })),
    ]
      .filter(({ words }) => words.trim() !== "")
      .map(({ tag, words, name }) => {
        const element = document.createElement(tag);
        if (name) element.className = name;
        element.textContent = words;
        return element;
      }),
  );
  box.hidden = true;
  page.hidden = false;
  const { snapshot, texts } = await AscribeSnapshot.take(document, page);
  // The article's own words, none of the playground's.
  Object.assign(snapshot, { url: "", title, meta: [], jsonLd: [] });
  const begin = performance.now();
  /** @type {Overlay} */
  const overlay = annotate(snapshot, true);
  const took = performance.now() - begin;
  if (!(await painter.paint(overlay, texts, snapshot.texts))) return;
  card.listen([document]);
  draw_panel(panel, overlay, painter.layers.actor, painter.layers.quote, painter.layers.claim);
  showClaims(panel, painter.amount);
  select(panel, /** @type {Layer} */ (panel.dataset["tab"]) ?? "quote");
  const words = paragraphs.join(" ").split(/\s+/).length;
  const known = overlay.language === "en" ? "" : " Ascribe knows only English so far: words in quotation marks are shown, without speakers.";
  say(`${from}: ${words.toLocaleString("en")} words, read in ${took < 10 ? took.toFixed(1) : Math.round(took)} milliseconds.${known}`);
}

/**
 * A saved page: the engine finds the article in it.
 * @param {string} html
 * @param {string} from
 */
async function showHtml(html, from) {
  // A parser's document runs no script and loads nothing.
  const parse = (/** @type {string} */ source) => new DOMParser().parseFromString(source, "text/html");
  const { snapshot } = await AscribeSnapshot.take(parse(trusted(html)));
  /** @type {PageReport} */
  const report = read_page(snapshot);
  if (report.paragraphs.length === 0) return say(`${from}: no article was found in it.`, true);
  const published = report.published ? new Date(report.published) : null;
  const date = published && !Number.isNaN(published.valueOf())
    ? published.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" })
    : "";
  const meta = [report.byline, date].filter(Boolean).join(" · ");
  return show({ title: report.title, meta, paragraphs: report.paragraphs }, from);
}

/** Under Trusted Types a document is only parsed from a string that a policy has passed. */
const policy = /** @type {{createHTML(html: string): string} | undefined} */ (
  Reflect.get(globalThis, "trustedTypes")?.createPolicy("playground", { createHTML: (/** @type {string} */ html) => html })
);

/** @param {string} html */
const trusted = (html) => policy?.createHTML(html) ?? html;

/**
 * A plain text: the first paragraph is the headline.
 * @param {string} words
 * @param {string} from
 */
async function showText(words, from) {
  const paragraphs = words.split(/\n\s*\n/).map((p) => p.trim()).filter(Boolean);
  const [title, ...rest] = paragraphs.length > 1 ? paragraphs : ["", ...paragraphs];
  if (rest.length === 0) return say("There is no text to read. Paste an article, a blank line between its paragraphs.", true);
  return show({ title: title ?? "", meta: "", paragraphs: rest }, from);
}

/** @param {File} opened */
async function showFile(opened) {
  const bytes = await opened.arrayBuffer();
  let words;
  try {
    words = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    words = "\0";
  }
  if (words.includes("\0")) {
    return say(`${opened.name} is no text in UTF-8. Save the page as HTML, or the article as plain text, and open that.`, true);
  }
  await (/\.txt$/i.test(opened.name) ? showText : showHtml)(words, opened.name);
}

/** @param {"sample" | "paste" | ""} mode */
function choose(mode) {
  for (const id of ["sample", "paste"]) by(id).setAttribute("aria-pressed", String(id === mode));
  box.hidden = mode !== "paste";
  page.hidden = mode === "paste";
  if (mode === "paste") say("");
}

async function sample() {
  choose("sample");
  await showHtml(await (await fetch("sample.html")).text(), "Sample article");
}

/** Runs what the reader asked for; what goes wrong is said on the page. */
const run = (/** @type {() => unknown} */ act) => async () => {
  try {
    await act();
  } catch (error) {
    say(`Something went wrong: ${error instanceof Error ? error.message : error}. Reload the page to try again.`, true);
  }
};

by("sample").addEventListener("click", run(sample));
by("paste").addEventListener("click", () => {
  choose("paste");
  text.focus();
});
box.addEventListener("submit", (event) => {
  event.preventDefault();
  run(() => showText(text.value, "Pasted text"))();
});
file.addEventListener("change", () => {
  const opened = file.files?.[0];
  file.value = "";
  if (!opened) return;
  choose("");
  run(() => showFile(opened))();
});

addEventListener("dragover", (event) => {
  event.preventDefault();
  document.body.classList.add("dropping");
});
addEventListener("dragleave", (event) => {
  if (event.relatedTarget === null) document.body.classList.remove("dropping");
});
addEventListener("drop", (event) => {
  event.preventDefault();
  document.body.classList.remove("dropping");
  const opened = event.dataTransfer?.files[0];
  if (!opened) return;
  choose("");
  run(() => showFile(opened))();
});

listen(
  panel,
  (layer, on) => painter.show({ ...painter.layers, [layer]: on }),
  (layer, item) => card.reveal(layer, item),
  (amount) => painter.show(painter.layers, amount),
);
/** Resting on a line of the panel shows its words in the article. */
for (const [type, on] of /** @type {[string, boolean][]} */ ([["pointerover", true], ["pointerout", false]])) {
  panel.addEventListener(type, (event) => {
    const line = /** @type {Element} */ (event.target).closest("[data-item]");
    if (!line) return;
    const layer = /** @type {Layer} */ (line.getAttribute("data-layer"));
    painter.focus(on ? [{ layer, item: Number(line.getAttribute("data-item")) }] : []);
  });
}

await run(async () => {
  await init({ module_or_path: new URL("engine/ascribe_bg.wasm", import.meta.url) });
  await sample();
})();
