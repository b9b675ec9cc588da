/**
 * The background holds the engine and nothing else. The browser may stop it at any moment and start it again with
 * the next message, so it keeps no state that matters: what it remembers saves sending the same again, and where it has
 * forgotten that, it says so and is sent everything.
 */
import init, { annotate, annotate_text } from "./engine/ascribe.js";
import { changed, keep } from "./snapshots.js";

/** Loads the engine with the first question; later ones find it there. */
const load = () => init({ module_or_path: new URL("engine/ascribe_bg.wasm", import.meta.url) });

const SAMPLE = "Cuts\n\n“It is true,” said Ada Ames, the mayor of Melverton. She said that 40 percent of it had been cut.";

/** Makes the engine ready: weights are read, and functions compiled, with the first call. */
async function wake() {
  await load();
  annotate_text(SAMPLE);
}

/**
 * @param {{key: string, force: boolean, snapshot?: Snapshot, change?: Change}} question
 * @returns {Promise<Annotated>}
 */
async function answer({ key, force, change, snapshot = change && changed(change) }) {
  if (!snapshot) return { unknown: true };
  keep(key, snapshot);
  try {
    await load();
    const begin = performance.now();
    const overlay = annotate(snapshot, force);
    return { overlay, engine: performance.now() - begin };
  } catch (error) {
    return { error: String(error instanceof Error ? error.message : error) };
  }
}

/**
 * The number on the toolbar button.
 * @param {number} tabId
 * @param {number} count none for nought
 * @param {string} what is counted
 */
async function badge(tabId, count, what) {
  await Promise.all([
    chrome.action.setBadgeBackgroundColor({ tabId, color: "#4b4fa6" }),
    chrome.action.setBadgeTextColor({ tabId, color: "#ffffff" }),
    chrome.action.setBadgeText({ tabId, text: count ? String(count) : "" }),
    chrome.action.setTitle({ tabId, title: count ? `Ascribe: ${count} ${what} on this page` : "Ascribe" }),
  ]).catch(() => {
    // The tab was closed meanwhile.
  });
}

chrome.runtime.onMessage.addListener((message, sender, reply) => {
  if (message?.ask === "annotate") {
    answer(message).then(reply);
    return true;
  }
  if (message?.ask === "style") {
    fetch(new URL("marks.css", import.meta.url)).then((file) => file.text()).then(reply);
    return true;
  }
  if (message?.ask === "wake") wake().catch(() => {
    // Whatever it is, the question that follows will tell.
  });
  const tab = sender.tab?.id;
  if (message?.ask === "badge" && tab !== undefined) badge(tab, message.count, message.what);
  return false;
});
