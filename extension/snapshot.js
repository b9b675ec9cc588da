"use strict";
/**
 * The snapshot: what the engine gets to see of a page, in the format of src/page/snapshot.rs, and the text nodes
 * behind its numbers.
 */
const AscribeSnapshot = (() => {
  const KEPT = new Set([
    "id", "class", "role", "itemprop", "rel", "aria-hidden", "aria-label", "data-testid", "data-component", "datetime", "href",
  ]);
  /** Elements whose text no reader sees as the page's. */
  const LEFT_OUT = new Set([
    "script", "style", "template", "noscript", "svg", "math", "iframe", "object", "audio", "video", "canvas",
    "select", "textarea",
  ]);
  const HIDDEN = 1;
  /** Text nodes of so many letters may be sentences; an element that holds so many in such may be a piece of an article. */
  const SENTENCE = 40;
  const MUCH = 200;
  /** Nodes between two looks at the clock. */
  const STRIDE = 256;

  /**
   * What tells whether an element of a live page is rendered. A page may hide its body until its fonts or scripts
   * have come (AMP's pages do): it is read as if it were shown.
   * @param {Element} root
   * @returns {(element: Element) => boolean}
   */
  function hiddenIn(root) {
    const { display, visibility } = getComputedStyle(root);
    if (display === "none") return hiddenByAttribute;
    const options = { visibilityProperty: visibility === "visible" };
    // An element with `display: contents` has no box, but shows its children.
    return (element) => !AscribeDom.checkVisibility(element, options) && getComputedStyle(element).display !== "contents";
  }

  /**
   * A document that no window shows (one made by DOMParser) has no styles: its attributes must do.
   * @param {Element} element
   */
  function hiddenByAttribute(element) {
    if (AscribeDom.hasAttribute(element, "hidden")) return true;
    const parent = AscribeDom.parentElement(element);
    const folded = parent && AscribeDom.localName(parent) === "details" && !AscribeDom.hasAttribute(parent, "open");
    if (folded && AscribeDom.localName(element) !== "summary") return true;
    const style = AscribeDom.getAttribute(element, "style");
    return style !== null && /display\s*:\s*none|visibility\s*:\s*hidden/i.test(style);
  }

  /**
   * What is kept of a link's address: its host, or "/" where it leads to a page of the same site; nothing where it
   * leads to no page. src/page/links.rs has the same function.
   * @param {string} address
   */
  function kept(address) {
    address = address.trim();
    if (/[\t\n\r]|^$|^#/.test(address)) return null;
    const absolute = /^(?:https?:)?[/\\]{2,}([^/\\?#]*)/i.exec(address);
    if (absolute) return absolute[1] || null;
    return /^[^/\\?#]*:/.test(address) ? null : "/";
  }

  /** Tags, names and values of attributes, each with its number. */
  class Table {
    constructor() {
      /** @type {string[]} */
      this.strings = [];
      /** @type {Map<string, number>} */
      this.index = new Map();
    }

    /** @param {string} text */
    string(text) {
      let at = this.index.get(text);
      if (at === undefined) {
        at = this.strings.length;
        this.strings.push(text);
        this.index.set(text, at);
      }
      return at;
    }
  }

  /** One walk through one page. */
  class Walk {
    /**
     * @param {Element} root
     * @param {boolean} live the page is rendered
     * @param {Table} table
     */
    constructor(root, live, table) {
      this.root = root;
      this.hidden = live ? hiddenIn(root) : hiddenByAttribute;
      this.table = table;
      /** @type {number[]} */
      this.nodes = [];
      /** @type {Text[]} */
      this.texts = [];
      /** Open shadow roots, and the documents of frames: trees that the page's own tree leads to. @type {(ShadowRoot | Document)[]} */
      this.trees = [];
      /**
       * The open nodes: which were not rendered, and were looked at for that (others stand inside such); the letters
       * of text in them outside links; and for the body of a frame's document the frame.
       * @type {{node: Node, hidden: boolean, seen: boolean, linked: boolean, letters: number, frame?: Element}[]}
       */
      this.open = [];
      /** Elements that hold much text, and whether they were hidden. @type {Map<Element, boolean>} */
      this.blocks = new Map();
      /** @type {Node | null} */
      this.next = root;
      /** Somebody took away the node that the walk stood on. */
      this.lost = false;
    }

    /**
     * Goes on until `until` (as performance.now() counts); true when the walk is at its end.
     * @param {number} until
     */
    step(until) {
      if (this.next && !AscribeDom.isConnected(this.next)) {
        this.lost = true;
        return true;
      }
      for (let count = 1; this.next; count += 1) {
        if (count % STRIDE === 0 && performance.now() > until) return false;
        this.visit(this.next);
      }
      return true;
    }

    /** @param {Node} node */
    visit(node) {
      const child = this.enter(node);
      if (child) {
        this.next = child;
        return;
      }
      // Up, until something follows.
      let at = node;
      let inside = this.open.at(-1)?.node === at;
      for (;;) {
        const left = inside ? this.open.pop() : undefined;
        if (left) this.leave(left);
        if (at === this.root) break;
        if (left?.frame) at = left.frame;
        if (AscribeDom.nodeType(at) === Node.DOCUMENT_FRAGMENT_NODE) {
          // The host's own children come after its shadow tree.
          const { host } = /** @type {ShadowRoot} */ (at);
          this.next = AscribeDom.firstChild(host);
          if (this.next) return;
          at = host;
          inside = true;
          continue;
        }
        this.next = AscribeDom.nextSibling(at);
        if (this.next) return;
        const parent = AscribeDom.parentNode(at);
        if (!parent) {
          this.lost = true;
          break;
        }
        at = parent;
        inside = true;
      }
      this.next = null;
    }

    /** @param {Walk["open"][number]} left */
    leave({ node, hidden, seen, letters }) {
      this.nodes.push(-1);
      if (seen && letters >= MUCH) this.blocks.set(/** @type {Element} */ (node), hidden);
      const around = this.open.at(-1);
      if (around) around.letters += letters;
    }

    /**
     * Writes `node` down; returns its first child where there is something to go into.
     * @param {Node} node
     * @returns {Node | null}
     */
    enter(node) {
      const type = AscribeDom.nodeType(node);
      const around = this.open.at(-1);
      if (type === Node.TEXT_NODE) {
        this.nodes.push(0);
        this.texts.push(/** @type {Text} */ (node));
        const { length } = /** @type {Text} */ (node);
        if (around && !around.linked && length >= SENTENCE) around.letters += length;
        return null;
      }
      const outer = around?.hidden ?? false;
      if (type === Node.DOCUMENT_FRAGMENT_NODE) {
        this.trees.push(/** @type {ShadowRoot} */ (node));
        return this.begin("#shadow", node, outer);
      }
      if (type !== Node.ELEMENT_NODE) return null;
      const element = /** @type {Element} */ (node);
      const name = AscribeDom.localName(element);
      if (LEFT_OUT.has(name)) {
        const body = name === "iframe" && !outer && !this.hidden(element) ? AscribeGate.framed(/** @type {HTMLIFrameElement} */ (element)) : null;
        if (!body) return null;
        this.trees.push(body.ownerDocument);
        return this.begin("#frame", body, false, element);
      }
      // What stands in something hidden needs no look of its own.
      const hidden = outer || this.hidden(element);
      this.nodes.push(this.table.string(name) + 1, hidden ? HIDDEN : 0, 0);
      const count = this.nodes.length - 1;
      // Names first: in Firefox each attribute object that a content script touches costs a wrapper.
      for (const attribute of AscribeDom.getAttributeNames(element)) {
        if (!KEPT.has(attribute)) continue;
        const value = AscribeDom.getAttribute(element, attribute) ?? "";
        const wanted = attribute === "href" ? kept(value) : value;
        if (wanted === null) continue;
        this.nodes.push(this.table.string(attribute), this.table.string(wanted));
        this.nodes[count] += 1;
      }
      const linked = name === "a" || (around?.linked ?? false);
      this.open.push({ node, hidden, seen: !outer, linked, letters: 0 });
      return AscribeDom.shadowRoot(element) ?? AscribeDom.firstChild(element);
    }

    /**
     * Begins what is no element of the page's own tree.
     * @param {string} name
     * @param {Node} node
     * @param {boolean} hidden
     * @param {Element} [frame]
     */
    begin(name, node, hidden, frame) {
      this.nodes.push(this.table.string(name) + 1, 0, 0);
      this.open.push({ node, hidden, seen: false, linked: false, letters: 0, ...(frame && { frame }) });
      return AscribeDom.firstChild(node);
    }
  }

  /**
   * Metadata from the page's head.
   * @param {Document} page
   * @returns {[string, string][]}
   */
  function meta(page) {
    /** @type {[string, string][]} */
    const pairs = [];
    for (const element of AscribeDom.findAll(page, "meta[content]")) {
      const name = ["property", "name", "itemprop"].map((a) => element.getAttribute(a)).find(Boolean);
      if (name) pairs.push([name.toLowerCase(), element.getAttribute("content") ?? ""]);
    }
    for (const element of AscribeDom.findAll(page, 'link[rel="canonical"], link[rel="amphtml"]')) {
      pairs.push([element.getAttribute("rel") ?? "", element.getAttribute("href") ?? ""]);
    }
    return pairs;
  }

  /**
   * Reads a page in slices. Where the page takes away the very node that the walk stood on, the walk begins again,
   * at last in one go.
   * @param {Document} page
   * @param {Element | null} root what to read: the body unless told
   * @param {Table} table the numbers that strings have from an earlier snapshot keep their meaning
   * @returns {Promise<{snapshot: Snapshot, texts: Text[], trees: (ShadowRoot | Document)[], blocks: Map<Element, boolean>,
   *   hidden: (element: Element) => boolean, spent: number, slice: number}>}
   *   the snapshot; the text nodes that its numbers mean; open shadow roots and frames' documents; elements that hold
   *   much text, and whether they were hidden; what tells whether one is; and the milliseconds of work: all, and the
   *   longest slice
   */
  async function take(page, root = AscribeDom.body(page) ?? AscribeDom.root(page), table = new Table()) {
    const live = AscribeDom.view(page) !== null;
    let spent = 0;
    let slice = 0;
    for (let attempt = 0; ; attempt += 1) {
      if (!root) throw new Error("the page is empty");
      const walk = new Walk(root, live, table);
      for (let done = false; !done; ) {
        const begin = performance.now();
        done = walk.step(attempt < 2 ? begin + AscribeTurns.SLICE : Infinity);
        const took = performance.now() - begin;
        spent += took;
        slice = Math.max(slice, took);
        if (!done) await AscribeTurns.turn();
      }
      if (walk.lost && attempt < 2) continue;
      const begin = performance.now();
      const snapshot = {
        url: AscribeDom.url(page),
        title: AscribeDom.title(page),
        lang: AscribeDom.root(page)?.getAttribute("lang") ?? "",
        meta: meta(page),
        jsonLd: Array.from(AscribeDom.findAll(page, 'script[type="application/ld+json"]'), (s) => s.textContent ?? ""),
        strings: table.strings.slice(),
        nodes: walk.nodes,
        texts: walk.texts.map((node) => node.data),
      };
      spent += performance.now() - begin;
      const { texts, trees, blocks, hidden } = walk;
      return { snapshot, texts, trees, blocks, hidden, spent, slice };
    }
  }

  return { Table, take };
})();
