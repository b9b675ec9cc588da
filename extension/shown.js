"use strict";
/**
 * What shows, and whether it still does: a class or a style can hide or unfold much text without touching it. Only
 * elements that hold much text are watched, none of the many that pages animate; and where their classes and styles
 * change without an end, they are looked at ever less often.
 */
const AscribeShown = (() => {
  /** Milliseconds from a change of a class or style to a look. */
  const SOON = 250;
  /** Each look in vain doubles that, so many times at most; so many milliseconds of quiet begin anew. */
  const SLOWEST = 5;
  const QUIET = 10_000;

  class Shown {
    /** @param {() => void} changed something hides, or shows, that did not */
    constructor(changed) {
      this.changed = changed;
      /** @type {Map<Element, boolean>} */
      this.blocks = new Map();
      this.hidden = (/** @type {Element} */ _element) => false;
      /** @type {ReturnType<typeof setTimeout> | undefined} */
      this.timer = undefined;
      this.vain = 0;
      this.last = 0;
      this.observer = new MutationObserver(() => this.restyled());
    }

    /**
     * @param {Map<Element, boolean>} blocks elements, and whether they were hidden
     * @param {(element: Element) => boolean} hidden
     */
    watch(blocks, hidden) {
      this.stop();
      Object.assign(this, { blocks, hidden });
      const options = { attributeFilter: ["class", "style"] };
      this.observer.observe(AscribeDom.root(document), options);
      for (const element of blocks.keys()) AscribeDom.alive(() => this.observer.observe(element, options));
    }

    stop() {
      this.observer.disconnect();
      clearTimeout(this.timer);
      this.timer = undefined;
      this.blocks = new Map();
    }

    restyled() {
      const now = performance.now();
      if (now > this.last + QUIET) this.vain = 0;
      this.last = now;
      this.timer ??= setTimeout(() => this.look(), SOON * 2 ** Math.min(this.vain, SLOWEST));
    }

    look() {
      this.timer = undefined;
      this.vain += 1;
      for (const [element, was] of this.blocks) {
        const is = AscribeDom.alive(() => (AscribeDom.isConnected(element) ? this.hidden(element) : undefined));
        if (is === was || is === undefined) continue;
        this.vain = 0;
        this.changed();
        return;
      }
    }
  }

  return { Shown };
})();
