"use strict";
/**
 * The painter: turns an overlay into ranges registered with the CSS Custom Highlight API. The page's DOM stays as
 * it is; what the ranges look like is in marks.css.
 *
 * Names in `CSS.highlights`, all of them ours by their prefix:
 * - `ascribe-actor`, `ascribe-quote`, `ascribe-claim`: the layers. Each holds, in the overlay's order, one range
 *   for each of the layer's marks that the reader wants and whose part is mention, content or claim.
 * - `ascribe-actor-0` … `-6`, `ascribe-quote-1` … `-6`: the same ranges again, for those who act and for the
 *   colours of the most quoted. Places that don't act have the layer's own faint tint alone.
 * - `ascribe-focus`: the item under the pointer or the card; `ascribe-tie`: who says it, and the words that say so.
 * - `ascribe-flash`: what the panel asked to see.
 */
const AscribePainter = (() => {
  /** @type {Layer[]} */
  const LAYERS = ["actor", "quote", "claim"];
  const PRIMARY = new Set(["mention", "content", "claim"]);
  /** From bottom to top. */
  const ORDER = ["claim", "quote", "quote-hue", "actor", "actor-hue", "tie", "focus", "flash"];

  const HUES = [1, 2, 3, 4, 5, 6];
  const NAMES = [
    ...LAYERS, "actor-0", ...HUES.flatMap((hue) => [`actor-${hue}`, `quote-${hue}`]), "focus", "tie", "flash",
  ];

  /** @typedef {{mark: Mark, range: Range}} Painted */

  class Painter {
    constructor() {
      /** @type {Painted[]} */
      this.painted = [];
      /** The page had changed before all could be painted. */
      this.missed = false;
      /** @type {Overlay | null} */
      this.overlay = null;
      /** The text nodes of the snapshot that the overlay was made from, and what stood in them. @type {Text[]} */
      this.texts = [];
      /** @type {string[]} */
      this.read = [];
      /** @type {Layers} */
      this.layers = { actor: true, quote: true, claim: true };
      /** Claims up to this level are shown. */
      this.amount = AscribeSettings.KEY;
      /** For each text node that holds a mark, its index in the snapshot. @type {Map<Node, number>} */
      this.index = new Map();
      /** The highlights by name, one for each window that holds some of their words. @type {Map<string, Map<typeof globalThis, Highlight>>} */
      this.lit = new Map();
      /** The windows that hold words. @type {Set<typeof globalThis>} */
      this.views = new Set();
      /** @type {ReturnType<typeof setTimeout> | undefined} */
      this.flashing = undefined;
    }

    /**
     * Paints `overlay`, in place of what was painted before; in slices, so that a long page stays alive.
     * @param {Overlay} overlay
     * @param {Text[]} texts the text nodes of the snapshot that the overlay was made from
     * @param {string[]} read what stood in them then
     * @returns {Promise<boolean>} false where something else was painted, or all was taken away, before it was done
     */
    async paint(overlay, texts, read) {
      this.forget();
      Object.assign(this, { overlay, texts, read });
      let begin = performance.now();
      const late = () => performance.now() > begin + AscribeTurns.SLICE;
      const next = async () => {
        await AscribeTurns.turn();
        begin = performance.now();
        return this.texts === texts;
      };
      for (const mark of overlay.marks) {
        if (late() && !(await next())) return false;
        // The page may have changed while the engine was at work.
        const same = asRead(mark, texts, read);
        this.missed ||= !same;
        const range = same && rangeOf(mark, texts);
        if (!range) continue;
        const painted = { mark, range };
        this.painted.push(painted);
        for (let at = mark.start[0]; at <= mark.end[0]; at += 1) this.index.set(texts[at], at);
        this.lightMark(painted);
      }
      // At the end, so that nothing flickers, and each highlight whole: for each part of it the browser would paint
      // the page anew.
      for (const name of NAMES) {
        if (late() && !(await next())) return false;
        this.register([name]);
      }
      return true;
    }

    /**
     * The reader wants to see what the mark belongs to.
     * @param {Mark} mark
     */
    wants(mark) {
      if (!this.layers[mark.layer]) return false;
      return mark.layer !== "claim" || (this.overlay?.claims[mark.item]?.level ?? 0) <= this.amount;
    }

    /**
     * Shows the layers that are wanted, and no others.
     * @param {Layers} layers
     * @param {number} [amount] of claims
     */
    show(layers, amount = this.amount) {
      this.layers = layers;
      this.amount = amount;
      this.lit.clear();
      for (const painted of this.painted) this.lightMark(painted);
      this.register(NAMES);
    }

    /** @param {Painted} painted */
    lightMark({ mark, range }) {
      if (!this.overlay || !this.wants(mark) || !PRIMARY.has(mark.part)) return;
      this.light(mark.layer, range);
      if (mark.layer === "actor") {
        const { hue } = this.overlay.actors[mark.item];
        if (hue || mark.acting) this.light(`actor-${hue}`, range);
      } else if (mark.layer === "quote") {
        const { speaker } = this.overlay.quotes[mark.item];
        const hue = speaker === null ? 0 : this.overlay.actors[speaker].hue;
        if (hue) this.light(`quote-${hue}`, range);
      }
    }

    /**
     * Adds a range to a highlight, in the window whose document holds it.
     * @param {string} name
     * @param {Range} range
     */
    light(name, range) {
      const page = () => /** @type {Document} */ (range.startContainer.ownerDocument);
      const view = /** @type {typeof globalThis | null | undefined} */ (AscribeDom.alive(() => AscribeDom.view(page())));
      // Its frame was taken away.
      if (!view) return;
      this.views.add(view);
      let views = this.lit.get(name);
      if (!views) this.lit.set(name, (views = new Map()));
      let highlight = views.get(view);
      if (!highlight) {
        views.set(view, (highlight = new view.Highlight()));
        highlight.priority = ORDER.indexOf(name.replace(/-\d$/, "-hue"));
        // In a frame, Firefox takes no highlight that holds ranges already.
        if (view !== window) view.CSS.highlights.set(`ascribe-${name}`, highlight);
      }
      highlight.add(range);
    }

    /**
     * Brings to the screen what highlights hold now; those that hold nothing go.
     * @param {readonly string[]} names
     */
    register(names) {
      for (const name of names) {
        for (const view of this.views) {
          if (gone(view)) {
            this.views.delete(view);
            continue;
          }
          const highlight = this.lit.get(name)?.get(view);
          if (highlight) {
            if (view === window) view.CSS.highlights.set(`ascribe-${name}`, highlight);
          } else {
            view.CSS.highlights.delete(`ascribe-${name}`);
          }
        }
      }
    }

    /** A frame that held some of the words was taken away. */
    orphaned() {
      return [...this.views].some(gone);
    }

    /** Takes everything away. */
    clear() {
      this.forget();
      this.register(NAMES);
    }

    /** The same, but for what is on the screen. */
    forget() {
      clearTimeout(this.flashing);
      Object.assign(this, { painted: [], missed: false, overlay: null, texts: [], read: [] });
      this.lit.clear();
      this.index.clear();
    }

    /**
     * Everything that belongs to one item.
     * @param {Layer} layer
     * @param {number} item
     * @returns {Painted[]}
     */
    of(layer, item) {
      return this.painted.filter(({ mark }) => mark.layer === layer && mark.item === item);
    }

    /**
     * The marks of the shown layers at a place in the text, the most particular first.
     * @param {Node} node
     * @param {number} offset UTF-16 units
     * @returns {Painted[]}
     */
    at(node, offset) {
      const index = this.index.get(node);
      if (index === undefined) return [];
      return this.painted
        .filter(
          ({ mark }) =>
            this.wants(mark) &&
            before(mark.start, [index, offset]) &&
            before([index, offset], mark.end),
        )
        .sort((a, b) => LAYERS.indexOf(a.mark.layer) - LAYERS.indexOf(b.mark.layer));
    }

    /** The article that the reader is at, as its index: of the marks above the middle of the window, the last one's. */
    reading() {
      const articles = this.overlay?.articles ?? [];
      if (articles.length < 2) return 0;
      const above = this.painted.findLast(({ range }) => range.getBoundingClientRect().top < innerHeight / 2);
      if (!above) return 0;
      const { layer, item } = above.mark;
      return articles.findLastIndex((article) => article[/** @type {const} */ (`${layer}s`)] <= item);
    }

    /**
     * Emphasises some items, and ties each quote and claim to whoever makes it.
     * @param {{layer: Layer, item: number}[]} items none ends the emphasis
     */
    focus(items) {
      this.lit.delete("focus");
      this.lit.delete("tie");
      for (const { layer, item } of items) {
        for (const { mark, range } of this.of(layer, item)) this.light(PRIMARY.has(mark.part) ? "focus" : "tie", range);
        const name = this.named(layer, item);
        if (name) this.light("tie", name.range);
      }
      this.register(["focus", "tie"]);
    }

    /**
     * Whoever says or claims an item, as named nearest to its words.
     * @param {Layer} layer
     * @param {number} item
     * @returns {Painted | null}
     */
    named(layer, item) {
      const actor =
        layer === "quote" ? this.overlay?.quotes[item]?.speaker : layer === "claim" ? this.overlay?.claims[item]?.claimant : null;
      if (typeof actor !== "number") return null;
      const is = (/** @type {Painted} */ { mark }, /** @type {Layer} */ l, /** @type {number} */ i) => mark.layer === l && mark.item === i;
      const at = this.painted.findIndex((painted) => is(painted, layer, item));
      let nearest = -1;
      for (const [index, painted] of this.painted.entries()) {
        if (!is(painted, "actor", actor)) continue;
        if (nearest < 0 || Math.abs(index - at) < Math.abs(nearest - at)) nearest = index;
      }
      return this.painted[nearest] ?? null;
    }

    /**
     * Brings an item into view and lets it shine for a moment; `which` chooses among an actor's mentions.
     * @param {Layer} layer
     * @param {number} item
     * @returns {Range | null} where it begins
     */
    reveal(layer, item, which = 0) {
      const all = this.of(layer, item).filter(({ mark }) => PRIMARY.has(mark.part));
      const target = all[which % Math.max(all.length, 1)];
      if (!target) return null;
      const element = AscribeDom.parentElement(target.range.startContainer);
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      const box = target.range.getBoundingClientRect();
      // In a frame, that says nothing of where the frame is.
      const framed = target.range.startContainer.ownerDocument !== document;
      if (element && (framed || box.top < 80 || box.bottom > innerHeight - 40)) {
        AscribeDom.scrollIntoView(element, { block: "center", behavior: calm ? "auto" : "smooth" });
      }
      this.lit.delete("flash");
      for (const { range } of layer === "actor" ? [target] : all) this.light("flash", range);
      this.register(["flash"]);
      clearTimeout(this.flashing);
      this.flashing = setTimeout(() => this.lit.delete("flash") && this.register(["flash"]), 1800);
      return target.range;
    }

    /** Some painted text is no longer in the page, or no longer the same, or no longer painted. */
    stale() {
      const { texts, read } = this;
      if (this.missed) return true;
      for (const at of this.index.values()) if (!stands(texts[at]) || texts[at].data !== read[at]) return true;
      // A node that was moved, or written anew with the same words, has lost its ranges.
      return this.painted.some(
        ({ mark: { start, end }, range }) =>
          range.startContainer !== texts[start[0]] || range.startOffset !== start[1] || range.endOffset !== end[1],
      );
    }
  }

  /**
   * @param {[number, number]} a
   * @param {[number, number]} b
   */
  function before(a, b) {
    return a[0] < b[0] || (a[0] === b[0] && a[1] <= b[1]);
  }

  /** @param {typeof globalThis} view */
  const gone = (view) => AscribeDom.alive(() => view.closed) !== false;

  /**
   * It is in the page, or in a frame that is.
   * @param {Text} node
   */
  function stands(node) {
    return AscribeDom.alive(() => node.isConnected && AscribeDom.view(/** @type {Document} */ (node.ownerDocument)) !== null) === true;
  }

  /**
   * The words of a mark are still those that were read.
   * @param {Mark} mark
   * @param {Text[]} texts
   * @param {string[]} read
   */
  function asRead(mark, texts, read) {
    for (let at = mark.start[0]; at <= mark.end[0]; at += 1) {
      if (!texts[at] || !stands(texts[at]) || texts[at].data !== read[at]) return false;
    }
    return mark.start[1] <= texts[mark.start[0]].length && mark.end[1] <= texts[mark.end[0]].length;
  }

  /**
   * @param {Mark} mark
   * @param {Text[]} texts
   * @returns {Range | null} nothing where it would begin in one tree and end in another, as no range can
   */
  function rangeOf(mark, texts) {
    const range = new Range();
    range.setStart(texts[mark.start[0]], mark.start[1]);
    range.setEnd(texts[mark.end[0]], mark.end[1]);
    return range.startContainer === texts[mark.start[0]] ? range : null;
  }

  return { Painter };
})();
