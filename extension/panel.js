/**
 * What the panel that src/view draws does when it is used: its tabs are here, the rest is told to whoever embeds it.
 */

/** @type {Layer[]} */
const LAYERS = ["actor", "quote", "claim"];

/**
 * Listens to a panel, once for all drawings of it.
 * @param {HTMLElement} root
 * @param {(layer: Layer, on: boolean) => void} toggle a layer's switch was turned
 * @param {(layer: Layer, item: number) => void} reveal an item was clicked
 */
export function listen(root, toggle, reveal) {
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
 * Shows one of the three lists.
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
}
