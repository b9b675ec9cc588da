"use strict";
/**
 * What changed from one snapshot of a page to the next: only that is sent, where the background still has the one
 * before. src/page/snapshot.rs says what a snapshot is; background.js puts it together again.
 */
const AscribeChange = (() => {
  /**
   * The list in pieces: `[from, to]` for what stands so in `base`, and by itself what is new. Posts come on top of a
   * live blog, and "3 minutes ago" changes under each.
   * @param {string[]} base
   * @param {string[]} list
   */
  function pieces(base, list) {
    const places = new Map(base.map((text, at) => [text, at]));
    /** @type {(string | [number, number])[]} */
    const found = [];
    /** @type {[number, number] | null} */
    let run = null;
    for (const text of list) {
      if (run && base[run[1]] === text) {
        run[1] += 1;
        continue;
      }
      const at = places.get(text);
      run = at === undefined ? null : [at, at + 1];
      found.push(run ?? text);
    }
    return found;
  }

  /**
   * The one stretch in which two lists differ.
   * @param {number[]} base
   * @param {number[]} list
   */
  function stretch(base, list) {
    const least = Math.min(base.length, list.length);
    let from = 0;
    while (from < least && base[from] === list[from]) from += 1;
    let same = 0;
    while (same < least - from && base[base.length - 1 - same] === list[list.length - 1 - same]) same += 1;
    return { from, to: base.length - same, put: list.slice(from, list.length - same) };
  }

  /** @param {Snapshot} snapshot */
  const head = ({ url, title, lang, meta, jsonLd }) => ({ url, title, lang, meta, jsonLd });

  /**
   * @param {string} key what the background knows `base` by
   * @param {Snapshot} base
   * @param {Snapshot} snapshot
   * @returns {Change | null} nothing where their tables of strings are no longer the same one
   */
  function between(key, base, snapshot) {
    if (!base.strings.every((text, at) => text === snapshot.strings[at])) return null;
    const [before, now] = [head(base), head(snapshot)];
    return {
      base: key,
      head: JSON.stringify(before) === JSON.stringify(now) ? null : now,
      strings: snapshot.strings.slice(base.strings.length),
      nodes: stretch(base.nodes, snapshot.nodes),
      texts: pieces(base.texts, snapshot.texts),
    };
  }

  return { between };
})();
