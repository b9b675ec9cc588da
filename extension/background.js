/**
 * The background holds the engine and nothing else. The browser may stop it at any moment and start it again with
 * the next message, so it keeps no state: everything that it needs to answer is in the question.
 */
import init, { annotate } from "./engine/ascribe.js";

/** Loads the engine with the first question; later ones find it there. */
const load = () => init({ module_or_path: new URL("engine/ascribe_bg.wasm", import.meta.url) });

/**
 * @param {Snapshot} snapshot
 * @param {boolean} force
 * @returns {Promise<Annotated>}
 */
async function answer(snapshot, force) {
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
 * @param {Overlay | null} overlay
 */
async function badge(tabId, overlay) {
  const count = overlay?.annotated ? overlay.quotes.length || overlay.actors.length : 0;
  const what = overlay?.quotes.length ? "quotes" : "actors";
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
  const tab = sender.tab?.id;
  if (message?.ask === "annotate") {
    answer(message.snapshot, message.force === true).then((answered) => {
      reply(answered);
      if (tab !== undefined) badge(tab, "overlay" in answered ? answered.overlay : null);
    });
    return true;
  }
  if (message?.ask === "clear" && tab !== undefined) badge(tab, null);
  return false;
});
