"use strict";
/**
 * The painter: turns an overlay into ranges registered with the CSS Custom Highlight API. The page's DOM stays as
 * it is; what the ranges look like is in marks.css.
 *
 * Names in `CSS.highlights`, all of them ours by their prefix:
 * - `ascribe-actor`, `ascribe-quote`, `ascribe-claim`: the layers. Each holds, in the overlay's order, one range
 *   for each of the layer's marks whose part is mention, content or claim.
 * - `ascribe-actor-0` … `-6`, `ascribe-quote-1` … `-6`: the same ranges again, for those who act and for the
 *   colours of the most quoted. Places that don't act have the layer's own faint tint alone.
 * - `ascribe-focus`: the item under the pointer or the card; `ascribe-tie`: who says it, and the words that say so.
 * - `ascribe-flash`: what the panel asked to see.
 */
const AscribePainter = (() => {
  const HUES = 6;
  /** @type {Layer[]} */
  const LAYERS = ["actor", "quote", "claim"];
  const PRIMARY = new Set(["mention", "content", "claim"]);
  /** From bottom to top. */
  const ORDER = ["claim", "quote", "quote-hue", "actor", "actor-hue", "tie", "focus", "flash"];

  /** @typedef {{mark: Mark, range: Range, words: string}} Painted `words` stood under the range when it was painted */

  class Painter {
    constructor() {
      /** @type {Painted[]} */
      this.painted = [];
      /** The page had changed before all could be painted. */
      this.missed = false;
      /** @type {Overlay | null} */
      this.overlay = null;
      /** @type {Layers} */
      this.layers = { actor: true, quote: true, claim: true };
      /** Names that are registered. CSS.highlights can't be iterated in Firefox's content scripts. @type {Set<string>} */
      this.names = new Set();
      /** For each text node that holds a mark, its index in the snapshot. @type {Map<Node, number>} */
      this.index = new Map();
      /** @type {ReturnType<typeof setTimeout> | undefined} */
      this.flashing = undefined;
    }

    /**
     * Paints `overlay`, in place of what was painted before.
     * @param {Overlay} overlay
     * @param {Text[]} texts the text nodes of the snapshot that the overlay was made from
     * @param {string[]} read what stood in them then
     */
    paint(overlay, texts, read) {
      this.clear();
      this.overlay = overlay;
      for (const mark of overlay.marks) {
        const range = rangeOf(mark, texts, read);
        // The page may have changed while the engine was at work.
        if (!range) {
          this.missed = true;
          continue;
        }
        this.painted.push({ mark, range, words: range.toString() });
        for (let at = mark.start[0]; at <= mark.end[0]; at += 1) this.index.set(texts[at], at);
      }
      this.show(this.layers);
    }

    /**
     * Shows the layers that are wanted, and no others.
     * @param {Layers} layers
     */
    show(layers) {
      this.layers = layers;
      const { overlay } = this;
      /** @type {Map<string, Range[]>} */
      const groups = new Map();
      const put = (/** @type {string} */ name, /** @type {Range} */ range) => {
        const group = groups.get(name);
        if (group) group.push(range);
        else groups.set(name, [range]);
      };
      for (const { mark, range } of this.painted) {
        if (!overlay || !layers[mark.layer] || !PRIMARY.has(mark.part)) continue;
        put(mark.layer, range);
        if (mark.layer === "actor") {
          const { hue } = overlay.actors[mark.item];
          if (hue || mark.acting) put(`actor-${hue}`, range);
        } else if (mark.layer === "quote") {
          const { speaker } = overlay.quotes[mark.item];
          const hue = speaker === null ? 0 : overlay.actors[speaker].hue;
          if (hue) put(`quote-${hue}`, range);
        }
      }
      for (const layer of LAYERS) {
        this.register(layer, groups.get(layer) ?? []);
        for (let hue = 0; hue <= HUES; hue += 1) {
          if (layer !== "claim") this.register(`${layer}-${hue}`, groups.get(`${layer}-${hue}`) ?? []);
        }
      }
    }

    /**
     * @param {string} name
     * @param {Range[]} ranges none takes the highlight away
     */
    register(name, ranges) {
      const full = `ascribe-${name}`;
      if (ranges.length === 0) {
        if (this.names.delete(full)) CSS.highlights.delete(full);
        return;
      }
      const highlight = new Highlight();
      for (const range of ranges) highlight.add(range);
      highlight.priority = ORDER.indexOf(name.replace(/-\d$/, "-hue"));
      CSS.highlights.set(full, highlight);
      this.names.add(full);
    }

    /** Takes everything away. */
    clear() {
      clearTimeout(this.flashing);
      for (const name of this.names) CSS.highlights.delete(name);
      this.names.clear();
      this.painted = [];
      this.missed = false;
      this.index.clear();
      this.overlay = null;
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
            this.layers[mark.layer] &&
            before(mark.start, [index, offset]) &&
            before([index, offset], mark.end),
        )
        .sort((a, b) => LAYERS.indexOf(a.mark.layer) - LAYERS.indexOf(b.mark.layer));
    }

    /**
     * Emphasises some items, and ties each quote and claim to whoever makes it.
     * @param {{layer: Layer, item: number}[]} items none ends the emphasis
     */
    focus(items) {
      /** @type {Range[]} */
      const focus = [];
      /** @type {Range[]} */
      const tie = [];
      for (const { layer, item } of items) {
        for (const { mark, range } of this.of(layer, item)) {
          (PRIMARY.has(mark.part) ? focus : tie).push(range);
        }
        const name = this.named(layer, item);
        if (name) tie.push(name.range);
      }
      this.register("focus", focus);
      this.register("tie", tie);
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
      if (box.top < 80 || box.bottom > innerHeight - 40) {
        if (element) AscribeDom.scrollIntoView(element, { block: "center", behavior: calm ? "auto" : "smooth" });
      }
      this.register("flash", layer === "actor" ? [target.range] : all.map(({ range }) => range));
      clearTimeout(this.flashing);
      this.flashing = setTimeout(() => this.register("flash", []), 1800);
      return target.range;
    }

    /** Some painted text is no longer in the page, or no longer the same. */
    stale() {
      return this.missed || this.painted.some(({ range, words }) => !range.startContainer.isConnected || range.toString() !== words);
    }
  }

  /**
   * @param {[number, number]} a
   * @param {[number, number]} b
   */
  function before(a, b) {
    return a[0] < b[0] || (a[0] === b[0] && a[1] <= b[1]);
  }

  /**
   * @param {Mark} mark
   * @param {Text[]} texts
   * @param {string[]} read
   * @returns {Range | null} nothing where the words are no longer those that were read
   */
  function rangeOf(mark, texts, read) {
    const start = texts[mark.start[0]];
    const end = texts[mark.end[0]];
    if (!start?.isConnected || !end?.isConnected) return null;
    for (let at = mark.start[0]; at <= mark.end[0]; at += 1) if (texts[at].data !== read[at]) return null;
    if (mark.start[1] > start.length || mark.end[1] > end.length) return null;
    const range = new Range();
    range.setStart(start, mark.start[1]);
    range.setEnd(end, mark.end[1]);
    return range;
  }

  return { Painter, LAYERS };
})();
