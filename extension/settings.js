"use strict";
/**
 * The reader's settings. What `storage.local` holds may come from another version or be damaged: whatever isn't what
 * it should be counts as not there.
 */
const AscribeSettings = (() => {
  /** The level of the last key claims (src/overlay.rs): as many are shown as the article warrants. */
  const KEY = 2;
  /** The level of the last claims of all. */
  const ALL = 6;

  /**
   * @param {unknown} held
   * @returns {Settings}
   */
  function valid(held) {
    const { layers, amount, never } = /** @type {Record<string, unknown>} */ (Object(held));
    const on = (/** @type {Layer} */ layer) => Object(layers)[layer] !== false;
    const known = typeof amount === "number" && Number.isInteger(amount) && amount >= 0 && amount <= ALL;
    return {
      layers: { actor: on("actor"), quote: on("quote"), claim: on("claim") },
      amount: known ? amount : KEY,
      never: Array.isArray(never) ? never.filter((host) => typeof host === "string") : [],
    };
  }

  /** The settings as they are now. */
  const stored = () => chrome.storage.local.get(["layers", "amount", "never"]).then(valid, () => valid({}));

  /**
   * Tells of the settings whenever they have changed.
   * @param {(settings: Settings) => void} tell
   */
  function follow(tell) {
    chrome.storage.onChanged.addListener(async (_changes, area) => {
      if (area === "local") tell(await stored());
    });
  }

  return { KEY, valid, stored, follow };
})();
