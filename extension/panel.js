/**
 * What the panel that src/view draws does when it is used: its tabs are here, the rest is told to whoever embeds it.
 */

/** @type {Layer[]} */
const LAYERS = ["actor", "quote", "claim"];

/** What the slider's places mean, for those who can't see it. */
const AMOUNTS = ["few", "fewer than usual", "the key claims", "some more", "more", "many", "all"];

/**
 * Listens to a panel, once for all drawings of it.
 * @param {HTMLElement} root
 * @param {(layer: Layer, on: boolean) => void} toggle a layer's switch was turned
 * @param {(layer: Layer, item: number) => void} reveal an item was clicked
 * @param {(amount: number) => void} choose the reader wants to see the claims up to this level
 */
export function listen(root, toggle, reveal, choose) {
  root.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const tab = target.closest("[data-tab]");
    if (tab) select(root, /** @type {Layer} */ (tab.getAttribute("data-tab")));
    const line = target.closest("[data-item]");
    if (line) reveal(/** @type {Layer} */ (line.getAttribute("data-layer")), Number(line.getAttribute("data-item")));
  });
  root.addEventListener("change", (event) => {
    const box = /** @type {HTMLInputElement} */ (event.target);
    const layer = LAYERS.find((l) => l === box.dataset["switch"]);
    if (layer) toggle(layer, box.checked);
  });
  root.addEventListener("input", (event) => {
    const slider = /** @type {HTMLInputElement} */ (event.target);
    if (slider.dataset["amount"] === undefined) return;
    showClaims(root, Number(slider.value));
    choose(Number(slider.value));
  });
  root.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: 2 }[event.key];
    const at = LAYERS.findIndex((l) => l === /** @type {Element} */ (event.target).getAttribute("data-tab"));
    if (step === undefined || at < 0) return;
    const layer = LAYERS[(at + step) % LAYERS.length];
    select(root, layer);
    /** @type {HTMLElement | null} */ (root.querySelector(`[data-tab="${layer}"]`))?.focus();
  });
}

/**
 * Shows one of the three lists, from the article on that the reader is at, which `data-article` says.
 * @param {HTMLElement} root
 * @param {Layer} layer
 */
export function select(root, layer) {
  root.dataset["tab"] = layer;
  for (const tab of root.querySelectorAll("[data-tab]")) {
    const chosen = tab.getAttribute("data-tab") === layer;
    tab.setAttribute("aria-selected", String(chosen));
    /** @type {HTMLElement} */ (tab).tabIndex = chosen ? 0 : -1;
  }
  const at = Number(root.dataset["article"]);
  if (at > 0) root.querySelector(`[data-list="${layer}"] [data-article="${at}"]`)?.scrollIntoView();
}

/**
 * Draws a panel anew around its reader: the same lines are at the top of the open list, and the same thing has the
 * focus.
 * @param {HTMLElement} root
 * @param {() => void} draw
 */
export function keepPlace(root, draw) {
  const list = () => root.querySelector(`[data-list="${root.dataset["tab"]}"]`);
  const lines = () => /** @type {HTMLElement[]} */ (Array.from(list()?.querySelectorAll("[data-item]") ?? []));
  const before = list();
  const top = before?.scrollTop ?? 0;
  const edge = before?.getBoundingClientRect().top ?? 0;
  const first = lines().find((line) => line.getBoundingClientRect().bottom > edge);
  const off = (first?.getBoundingClientRect().top ?? 0) - edge;
  const focused = /** @type {HTMLElement | null} */ (root.contains(document.activeElement) ? document.activeElement : null);
  draw();
  const same = (/** @type {HTMLElement} */ line) => lines().find((other) => said(other) === said(line));
  const after = list();
  if (after && first) {
    const again = same(first);
    after.scrollTop = top;
    // At the top the reader sees what comes there.
    if (again && top > 0) after.scrollTop += again.getBoundingClientRect().top - after.getBoundingClientRect().top - off;
  }
  const switches = ["tab", "switch", "amount"].map((name) => `[data-${name}="${focused?.dataset[name]}"]`).join();
  const again = focused?.dataset["item"] === undefined ? root.querySelector(switches) : same(focused);
  if (focused) /** @type {HTMLElement | null | undefined} */ (again)?.focus({ preventScroll: true });
}

/**
 * What a line is about, whatever its small print counts.
 * @param {HTMLElement} line
 */
const said = (line) => Array.from(line.querySelectorAll(".name, .text"), (part) => part.textContent).join("\n");

/**
 * Shows the claims up to a level, and says how many they are.
 * @param {HTMLElement} root
 * @param {number} amount
 */
export function showClaims(root, amount) {
  /** @type {HTMLInputElement | null} */
  const slider = root.querySelector("[data-amount]");
  if (!slider) return;
  slider.value = String(amount);
  slider.setAttribute("aria-valuetext", AMOUNTS[amount] ?? "");
  const lines = Array.from(/** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll('[data-list="claim"] [data-level]')));
  for (const line of lines) line.hidden = Number(line.dataset["level"]) > amount;
  const shown = lines.filter((line) => !line.hidden).length;
  const say = (/** @type {string} */ selector, /** @type {string} */ words) => {
    const element = root.querySelector(selector);
    if (element) element.textContent = words;
  };
  say("output", `${shown} of ${lines.length}`);
  say("#tab-claim b", shown.toLocaleString("en"));
  say("#tab-claim .label", shown === 1 ? "Claim" : "Claims");
}
