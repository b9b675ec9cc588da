"use strict";
/**
 * The card: says who and what the words under the pointer are. Built of text nodes in a closed shadow root on one
 * host element, the only one that Ascribe ever puts into a page; it comes with the first card and stands outside
 * the body. It is a plain `div`, as a page may define a custom element of any name, and get at its shadow root.
 *
 * Pointer: rest on marked words. Touch: tap them. Keyboard: Alt+Shift+A opens the card for the first marked words
 * on the screen; the arrow keys go from mark to mark; Escape closes.
 */
const AscribeCard = (() => {
  /** The host's class. */
  const HOST = "ascribe-card";
  /** Milliseconds that the pointer rests before the card opens, and that it may be elsewhere before it closes. */
  const REST = 140;
  const GRACE = 220;
  /** Pixels between the words and the card, and between the card and the window's edge. */
  const GAP = 8;
  const EDGE = 10;

  const KINDS = { person: "Person", organisation: "Organisation", place: "Place", group: "Group" };
  const FORMS = { direct: "Direct quote", indirect: "Indirect quote", mixed: "Quote, in part word for word" };
  const CLAIMS = {
    quantity: "a number",
    comparison: "a comparison",
    cause: "a cause or effect",
    event: "an event",
    accusation: "an accusation or denial",
    prediction: "a prediction",
    finding: "a finding",
  };

  const STYLE = `
    :host { all: initial !important; position: fixed !important; inset: 0 auto auto 0 !important; width: 0 !important;
      height: 0 !important; overflow: visible !important; display: none !important; }
    :host(:popover-open) { display: block !important; }
    .card { --bg: #fff; --ink: #1c1e26; --quiet: #5d6170; --rule: #e3e4ea; --edge: rgb(20 22 40 / .12);
      position: fixed; box-sizing: border-box; width: max-content; max-width: min(21rem, calc(100vw - 20px)); min-width: 13rem;
      max-height: min(26rem, calc(100vh - 20px)); overflow: auto; background: var(--bg); color: var(--ink);
      border: 1px solid var(--edge); border-radius: 12px; outline: 0;
      box-shadow: 0 1px 2px rgb(10 12 30 / .1), 0 12px 32px -8px rgb(10 12 30 / .28);
      font: 13.5px/1.45 system-ui, -apple-system, "Segoe UI", "Liberation Sans", sans-serif; text-align: start; }
    .card.dark { --bg: #24262e; --ink: #eceaf0; --quiet: #a3a6b5; --rule: #383b46; --edge: rgb(255 255 255 / .13); }
    .card:focus-visible { border-color: #6a6de0; box-shadow: 0 0 0 2px #6a6de0, 0 12px 32px -8px rgb(10 12 30 / .28); }
    section { padding: 11px 15px 12px; }
    section + section, footer { border-top: 1px solid var(--rule); }
    .what { display: flex; align-items: center; gap: 7px; margin: 0 0 3px; color: var(--quiet); font-size: 11.5px; letter-spacing: .02em; }
    .sign { flex: none; width: 16px; height: 9px; box-sizing: border-box; --hue: #80859a; }
    .actor .sign { height: 11px; border-radius: 3px; background: color-mix(in srgb, var(--hue) 42%, transparent); }
    .quote .sign { border-bottom: 2px solid var(--hue); }
    .claim .sign { border-bottom: 3px dotted #b07a14; }
    .h1 { --hue: #6a6de0; } .h2 { --hue: #d2604e; } .h3 { --hue: #179474; }
    .h4 { --hue: #bb4fa8; } .h5 { --hue: #2f88c6; } .h6 { --hue: #7f8f22; }
    .name { margin: 0; font-size: 15.5px; line-height: 1.3; font-weight: 650; }
    .role, .more { margin: 1px 0 0; }
    .more { color: var(--quiet); }
    i { font-style: italic; }
    footer { padding: 6px 15px 7px; color: var(--quiet); font-size: 11.5px; }
    kbd { padding: 0 4px; border: 1px solid var(--rule); border-radius: 4px; font: inherit; }
    @media (prefers-reduced-motion: no-preference) {
      :host(:popover-open) .card { animation: in .12s ease-out; }
      @keyframes in { from { opacity: 0; translate: 0 3px; } }
    }
    @media (forced-colors: active) { .card { border-color: CanvasText; } .sign { forced-color-adjust: none; } }
    @media print { :host { display: none !important; } }
  `;

  /**
   * @param {string} tag
   * @param {string} name class
   * @param {...(Node | string)} children
   */
  function make(tag, name, ...children) {
    const element = AscribeDom.create(document, tag);
    if (name) element.className = name;
    element.append(...children);
    return element;
  }

  /**
   * @param {number} count
   * @param {string} verb
   */
  const times = (count, verb) => `${verb} ${count === 1 ? "once" : count === 2 ? "twice" : `${count} times`}`;

  /** @param {string} words */
  const capital = (words) => words.charAt(0).toUpperCase() + words.slice(1);

  /** @typedef {{mark: Mark, range: Range}} Painted */

  class Card {
    /** @param {InstanceType<typeof AscribePainter.Painter>} painter */
    constructor(painter) {
      this.painter = painter;
      /** @type {HTMLElement | null} */
      this.host = null;
      this.box = make("div", "card");
      /** What the card is about. @type {Painted[]} */
      this.shown = [];
      /** Opened from the keyboard: stays until Escape. */
      this.held = false;
      /** Where the focus was before. @type {Element | null} */
      this.origin = null;
      /** @type {ReturnType<typeof setTimeout> | undefined} */
      this.timer = undefined;
      this.frame = 0;
      /** Documents, and open shadow roots in them, whose words have cards. @type {(Document | ShadowRoot)[]} */
      this.trees = [];
      /** How often an actor's mentions were asked for, so that the next one comes. @type {Map<string, number>} */
      this.asked = new Map();
      this.box.setAttribute("role", "dialog");
      this.box.setAttribute("aria-label", "Ascribe");
      this.box.setAttribute("aria-live", "polite");
      this.box.tabIndex = -1;
      this.box.addEventListener("keydown", (event) => this.key(event));
      this.box.addEventListener("pointerenter", () => clearTimeout(this.timer));
      this.box.addEventListener("pointerleave", () => this.later(() => this.close(), GRACE));
      this.box.addEventListener("focusout", () => this.held && this.close(false));
      this.move = this.move.bind(this);
      this.tap = this.tap.bind(this);
      this.press = this.press.bind(this);
      this.scroll = this.scroll.bind(this);
    }

    /**
     * Follows the pointer and the keyboard, as long as there is something to show.
     * @param {(Document | ShadowRoot)[]} trees where
     */
    listen(trees) {
      for (const [list, follow] of /** @type {const} */ ([[this.trees, AscribeDom.unlisten], [trees, AscribeDom.listen]])) {
        for (const page of list) {
          if (AscribeDom.alive(() => AscribeDom.nodeType(page)) !== Node.DOCUMENT_NODE) continue;
          follow(page, "pointermove", /** @type {EventListener} */ (this.move), { passive: true });
          follow(page, "click", /** @type {EventListener} */ (this.tap));
          follow(page, "keydown", /** @type {EventListener} */ (this.press), { capture: true });
          follow(page, "scroll", this.scroll, { capture: true, passive: true });
        }
      }
      this.trees = trees;
      this.asked.clear();
    }

    /**
     * @param {() => void} act
     * @param {number} wait milliseconds
     */
    later(act, wait) {
      clearTimeout(this.timer);
      this.timer = setTimeout(act, wait);
    }

    /** @param {PointerEvent} event */
    move(event) {
      if (!event.isTrusted) return;
      if (this.held || event.pointerType === "touch" || event.buttons !== 0) return;
      if (this.frame || event.target === this.host) return;
      const page = /** @type {Document} */ (event.currentTarget);
      this.frame = requestAnimationFrame(() => {
        this.frame = 0;
        const marks = this.under(page, event.clientX, event.clientY);
        if (marks.length === 0) {
          if (this.shown.length > 0) this.later(() => this.close(), GRACE);
          else clearTimeout(this.timer);
        } else if (same(marks, this.shown)) {
          clearTimeout(this.timer);
        } else {
          this.later(() => this.open(marks, event.clientX, event.clientY), REST);
        }
      });
    }

    /** @param {PointerEvent} event */
    tap(event) {
      if (!event.isTrusted) return;
      if (event.pointerType !== "touch" || event.target === this.host) return;
      const marks = this.under(/** @type {Document} */ (event.currentTarget), event.clientX, event.clientY);
      if (marks.length > 0) this.open(marks, event.clientX, event.clientY);
      else this.close();
    }

    /** @param {KeyboardEvent} event */
    press(event) {
      // A page may not open and close it.
      if (!event.isTrusted) return;
      // With Alt, macOS types another letter on that key; other layouts have the letter on another key.
      // Where the browser fills in a form, an event may have no key.
      const letter = event.code === "KeyA" || event.key?.toLowerCase() === "a";
      if (event.key === "Escape" && this.shown.length > 0) {
        this.close();
      } else if (letter && event.altKey && event.shiftKey && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        event.stopPropagation();
        this.start();
      }
    }

    scroll() {
      if (this.shown.length === 0) clearTimeout(this.timer);
      else if (this.held) this.place(this.shown[0].range);
      else this.close();
    }

    /** @param {KeyboardEvent} event */
    key(event) {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (step === undefined || !this.held) return;
      event.preventDefault();
      event.stopPropagation();
      const stops = this.stops();
      const at = stops.indexOf(this.shown[0]);
      const next = stops[(at + step + stops.length) % stops.length];
      if (next) this.hold(next);
    }

    /** The marks that the keyboard goes through, in text order; of those that begin together, the first. */
    stops() {
      const { painter } = this;
      const wanted = painter.painted.filter(({ mark }) => painter.wants(mark) && mark.part !== "source" && mark.part !== "cue");
      return wanted.filter(({ mark }, at) => {
        const last = wanted[at - 1]?.mark.start;
        return !last || last[0] !== mark.start[0] || last[1] !== mark.start[1];
      });
    }

    /** Opens from the keyboard, at the first marked words on the screen. */
    start() {
      const stops = this.stops();
      const first = stops.find(({ range }) => range.getBoundingClientRect().top >= 0) ?? stops[0];
      if (!first) return;
      if (!this.held) this.origin = AscribeDom.active(document);
      this.hold(first);
    }

    /** @param {Painted} stop */
    hold(stop) {
      const box = stop.range.getBoundingClientRect();
      const { top } = shift(stop.range);
      if (box.top + top < 0 || box.bottom + top > innerHeight) {
        const element = AscribeDom.parentElement(stop.range.startContainer);
        if (element) AscribeDom.scrollIntoView(element, { block: "center" });
      }
      // What begins here comes first, then what it stands in.
      const [node, offset] = [stop.range.startContainer, stop.range.startOffset];
      const others = this.painter.at(node, offset).filter((other) => other !== stop && other.mark.layer !== stop.mark.layer);
      this.held = false;
      this.open([stop, ...others]);
      this.held = true;
      this.box.focus({ preventScroll: true });
    }

    /**
     * The marks under a point of the window, or of a frame.
     * @param {Document} page
     * @param {number} x
     * @param {number} y
     */
    under(page, x, y) {
      const shadowRoots = this.trees.filter((tree) => AscribeDom.nodeType(tree) === Node.DOCUMENT_FRAGMENT_NODE);
      const caret = AscribeDom.caret(page, x, y, { shadowRoots: /** @type {ShadowRoot[]} */ (shadowRoots) });
      if (!caret) return [];
      // The caret is the nearest one; the words may still be elsewhere.
      return distinct(this.painter.at(caret.offsetNode, caret.offset)).filter(({ range }) => hit(range, x, y));
    }

    /**
     * @param {Painted[]} marks
     * @param {number} [x]
     * @param {number} [y]
     */
    open(marks, x, y) {
      clearTimeout(this.timer);
      const { overlay } = this.painter;
      if (!overlay || marks.length === 0) return;
      this.shown = marks;
      this.box.replaceChildren(...marks.map(({ mark }) => section(overlay, mark)));
      if (x === undefined) {
        const hint = make("footer", "");
        hint.append(make("kbd", "", "←"), " ", make("kbd", "", "→"), " other words  ", make("kbd", "", "Esc"), " close");
        this.box.append(hint);
      }
      this.box.classList.toggle("dark", dark(marks[0].range));
      this.attach();
      if (!this.host?.matches(":popover-open")) this.host?.showPopover();
      this.place(marks[0].range, x, y);
      this.painter.focus(marks.map(({ mark }) => mark));
    }

    /** Puts the host into the page, where it isn't or is no longer. */
    attach() {
      if (!this.host) {
        this.host = make("div", HOST);
        this.host.popover = "manual";
        const root = this.host.attachShadow({ mode: "closed" });
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(STYLE);
        root.adoptedStyleSheets = [sheet];
        root.append(this.box);
      }
      if (!this.host.isConnected) AscribeDom.append(AscribeDom.root(document), this.host);
    }

    /**
     * Under the words, or above them where there is no room.
     * @param {Range} range
     * @param {number} [x] in the window or frame that holds the words, as is `y`
     * @param {number} [y]
     */
    place(range, x, y) {
      const lines = Array.from(range.getClientRects());
      const line = lines.find((r) => y !== undefined && r.top <= y && y <= r.bottom) ?? lines[0] ?? range.getBoundingClientRect();
      const { offsetWidth: width, offsetHeight: height } = this.box;
      const off = shift(range);
      const below = line.bottom + off.top + GAP;
      const above = line.top + off.top - GAP - height;
      const top = below + height + EDGE <= innerHeight || above < EDGE ? below : above;
      const start = x === undefined ? line.left : Math.max(line.left, x - 40);
      const left = Math.min(start + off.left, innerWidth - width - EDGE);
      this.box.style.left = `${Math.max(EDGE, left)}px`;
      this.box.style.top = `${Math.max(EDGE, Math.min(top, innerHeight - height - EDGE))}px`;
    }

    /** Closes; the focus goes back to where it was, where the card had it. */
    close(back = true) {
      clearTimeout(this.timer);
      cancelAnimationFrame(this.frame);
      this.frame = 0;
      if (this.shown.length === 0) return;
      this.shown = [];
      const { held, origin } = this;
      this.held = false;
      this.painter.focus([]);
      if (this.host?.matches(":popover-open")) this.host.hidePopover();
      if (held && back && origin instanceof HTMLElement) origin.focus({ preventScroll: true });
    }

    /**
     * Shows an item that the panel names; an actor's next mention each time.
     * @param {Layer} layer
     * @param {number} item
     */
    reveal(layer, item) {
      const key = `${layer} ${item}`;
      const which = this.asked.get(key) ?? 0;
      this.asked.set(key, which + 1);
      this.painter.reveal(layer, item, layer === "actor" ? which : 0);
    }
  }

  /**
   * One part of the card: what one mark means.
   * @param {Overlay} overlay
   * @param {Mark} mark
   */
  function section(overlay, mark) {
    if (mark.layer === "actor") return ofActor(overlay.actors[mark.item], mark);
    if (mark.layer === "quote") return ofQuote(overlay, overlay.quotes[mark.item]);
    return ofClaim(overlay, overlay.claims[mark.item]);
  }

  /**
   * @param {ActorItem} actor
   * @param {Mark} mark
   */
  function ofActor(actor, mark) {
    const kind = actor.kind === "place" && !mark.acting ? "Place, as a setting" : KINDS[actor.kind];
    const counts = [times(actor.mentions, "named")];
    if (actor.quotes > 0) counts.push(times(actor.quotes, "quoted"));
    const part = make("section", "actor", what(actor.hue, kind), make("p", "name", actor.name));
    if (actor.role) part.append(make("p", "role", actor.role));
    part.append(make("p", "more", counts.join(" · ")));
    return part;
  }

  /**
   * @param {Overlay} overlay
   * @param {QuoteItem} quote
   */
  function ofQuote(overlay, quote) {
    const speaker = quote.speaker === null ? null : overlay.actors[quote.speaker];
    const part = make("section", "quote", what(speaker?.hue ?? 0, FORMS[quote.form]));
    // Of other languages only the quotation marks are understood.
    const nobody = overlay.language === "en" ? "Speaker not found" : "In quotation marks";
    part.append(make("p", "name", speaker?.name ?? capital(quote.unnamed ?? nobody)));
    if (speaker?.role) part.append(make("p", "role", speaker.role));
    else if (!speaker && quote.unnamed) part.append(make("p", "role", "Not named in the article"));
    const words = [quote.source, quote.cue].filter((w) => w !== null);
    if (words.length > 0) {
      const more = make("p", "more", "In the words ");
      words.forEach((word, at) => more.append(at > 0 ? " … " : "", make("i", "", word)));
      part.append(more);
    }
    return part;
  }

  /**
   * @param {Overlay} overlay
   * @param {ClaimItem} claim
   */
  function ofClaim(overlay, claim) {
    const claimant = claim.claimant === null ? null : overlay.actors[claim.claimant];
    const source = claimant?.name ?? capital(claim.source ?? "a source without a name");
    const who = claim.voice === "article" ? "The article itself" : source;
    const part = make("section", "claim", what(0, `Claim: ${CLAIMS[claim.kind]}`), make("p", "name", who));
    if (claim.voice === "attributed" && claimant?.role) part.append(make("p", "role", claimant.role));
    if (claim.hedge) part.append(make("p", "more", "Qualified: ", make("i", "", claim.hedge)));
    else part.append(make("p", "more", claim.hedged ? "Qualified" : "Stated without qualification"));
    part.append(make("p", "more", `Evidence given: ${evidence(claim)}`));
    return part;
  }

  /**
   * What the article gives for a claim. That it bears the claim out is not said.
   * @param {ClaimItem} claim
   */
  function evidence(claim) {
    const given = [];
    if (claim.link !== null) given.push(claim.link ? `a linked document (${claim.link})` : "another page of this site, linked");
    if (claim.claimant !== null) given.push("a named source");
    else if (claim.source !== null) given.push("a source without a name");
    return given.join("; ") || "none";
  }

  /**
   * @param {number} hue
   * @param {string} words
   */
  const what = (hue, words) => make("p", "what", make("span", `sign h${hue}`), words);

  /**
   * One mark for each layer: the most particular, which begins last.
   * @param {Painted[]} marks
   */
  function distinct(marks) {
    /** @type {Map<Layer, Painted>} */
    const byLayer = new Map();
    for (const painted of marks) byLayer.set(painted.mark.layer, painted);
    return [...byLayer.values()];
  }

  /**
   * @param {Painted[]} a
   * @param {Painted[]} b
   */
  const same = (a, b) => a.length === b.length && a.every((painted, at) => painted === b[at]);

  /**
   * How far the window or frame that holds the words is from this window's corner, in CSS pixels.
   * @param {Range} range
   */
  function shift(range) {
    let [left, top] = [0, 0];
    /** @type {Window | null} */
    let view = AscribeDom.view(/** @type {Document} */ (range.startContainer.ownerDocument));
    for (let frame = view?.frameElement; view !== window && frame; frame = view?.frameElement) {
      const box = frame.getBoundingClientRect();
      left += box.left + frame.clientLeft;
      top += box.top + frame.clientTop;
      view = view?.parent ?? null;
    }
    return { left, top };
  }

  /**
   * @param {Range} range
   * @param {number} x
   * @param {number} y
   */
  function hit(range, x, y) {
    return Array.from(range.getClientRects()).some(
      (r) => r.left - 1 <= x && x <= r.right + 1 && r.top - 2 <= y && y <= r.bottom + 4,
    );
  }

  /**
   * The words stand on a dark ground.
   * @param {Range} range
   */
  function dark(range) {
    for (let at = AscribeDom.parentElement(range.startContainer); at; at = AscribeDom.parentElement(at)) {
      const { light, alpha } = shade(getComputedStyle(at).backgroundColor);
      if (alpha > 0.5) return light < 0.43;
    }
    const scheme = getComputedStyle(AscribeDom.root(document)).colorScheme;
    return scheme.includes("dark") && (!scheme.includes("light") || matchMedia("(prefers-color-scheme: dark)").matches);
  }

  /**
   * How light a colour is, as a computed style gives it: `rgb(…)`, `oklch(…)`, `color(srgb …)`; both in [0, 1].
   * @param {string} colour
   */
  function shade(colour) {
    const [kind, ...parts] = colour.split(/[\s(),/]+/);
    const [a = 0, b = 0, c = 0, alpha = 1] = parts.filter((part) => /^[-\d.]/.test(part)).map(Number);
    if (kind === "oklab" || kind === "oklch") return { light: a, alpha };
    if (kind === "lab" || kind === "lch") return { light: a / 100, alpha };
    return { light: (0.299 * a + 0.587 * b + 0.114 * c) / (kind === "color" ? 1 : 255), alpha };
  }

  return { Card };
})();
