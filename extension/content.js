"use strict";
/**
 * The content script's order of events: gate, snapshot, engine, paint; and again when the page becomes another.
 * It answers the popup, follows the settings, and changes nothing in the page but one host element for the card, and
 * the style sheets of shadow roots that hold marks.
 */
(() => {
  /** After the last change that matters the page gets this long to settle, in milliseconds. */
  const SETTLE = 250;
  /** A page that never settles is looked at all the same after this long. */
  const PATIENCE = 2000;
  /**
   * Each reading doubles the time that the page gets to settle, so many times at most, and so many milliseconds
   * without one halve it: a page that goes on rewriting its article is read ever less often, a live blog at once.
   */
  const SLOWEST = 5;
  const COOL = 10_000;
  /** A table of so many strings is mostly of what is no longer in the page. */
  const WORN = 20_000;
  /** An element with so many letters may be a piece of an article, even if it holds no paragraph. */
  const MUCH = 200;

  const host = location.hostname;
  const painter = new AscribePainter.Painter();
  const card = new AscribeCard.Card(painter);

  /** @type {State} */
  const state = { status: "skipped", host, address: "", round: 0, overlay: null, article: 0, timings: timings(), error: null };
  /** The popups that follow the page. @type {Set<chrome.runtime.Port>} */
  const followers = new Set();
  /** @type {Settings} */
  let settings = AscribeSettings.valid({});
  /** The path at which the reader asked for the page, whatever it is. @type {string | null} */
  let forced = null;
  /** What was sent to the engine last, by which name, and what it answered. @type {{snapshot: Snapshot, key: string, force: boolean, overlay: Overlay} | null} */
  let last = null;
  /** What names this page's snapshots begin with. */
  const name = crypto.getRandomValues(new Uint32Array(4)).join("-");
  /** Snapshots share it, so that one can be told by what is other than in the one before. */
  let table = new AscribeSnapshot.Table();
  /** How often the page was read of late, and when last. */
  let heat = 0;
  let cooling = 0;
  /** Where the page was read last. */
  let place = "";
  /** The text nodes of the last snapshot: a change in one of them matters. @type {Set<Node>} */
  let known = new Set();
  /** The shadow roots that hold marks. @type {ShadowRoot[]} */
  let shadows = [];
  /** The style sheet of marks that each was given. @type {WeakMap<ShadowRoot, CSSStyleSheet>} */
  const sheets = new WeakMap();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let settling;
  /** When the first change came that has not been looked at yet. */
  let since = 0;

  /** @returns {Timings} */
  function timings() {
    return { gate: 0, snapshot: 0, slice: 0, engine: 0, message: 0, paint: 0, total: 0, painted: 0 };
  }

  /**
   * Says something to the background. Of an extension that was updated meanwhile, the browser throws at once; here
   * that is a rejection like any other.
   * @param {object} message
   * @returns {Promise<any>}
   */
  const send = async (message) => chrome.runtime.sendMessage(message);

  /**
   * Sends what changed since the last snapshot, else the whole. The browser may stop the background in the midst of an
   * answer, and it then has forgotten what it had; the next question starts it anew.
   * @param {Snapshot} snapshot
   * @param {string} key
   * @param {boolean} force
   * @returns {Promise<Exclude<Annotated, {unknown: true}>>}
   */
  async function ask(snapshot, key, force) {
    let why = "the background did not answer";
    let change = last && AscribeChange.between(last.key, last.snapshot, snapshot);
    for (let attempt = 0; attempt < 3; attempt += 1) {
      try {
        const answer = await send({ ask: "annotate", key, force, ...(change ? { change } : { snapshot }) });
        if (answer && !("unknown" in answer)) return answer;
      } catch (error) {
        why = words(error);
      }
      change = null;
    }
    return { error: why };
  }

  /** @param {unknown} error */
  const words = (error) => String(error instanceof Error ? error.message : error);

  /** Writes on the toolbar button how much is painted. */
  function badge() {
    // A page that is made ready in advance has no button yet.
    if (Reflect.get(document, "prerendering") === true) return;
    const overlay = state.status === "painted" ? state.overlay : null;
    const what = overlay?.quotes.length ? "quotes" : "actors";
    /** @type {Badge} */
    const message = { ask: "badge", count: overlay?.[what].length ?? 0, what };
    send(message).catch(() => {
      // It is only a number, and the background may be gone.
    });
  }

  /**
   * Reads the page and paints what the engine finds.
   * @param {number} begin when the reason for it came, as performance.now() counts
   */
  async function read(begin) {
    const round = (state.round += 1);
    try {
      await attempt(begin, round);
    } catch (error) {
      if (round !== state.round) return;
      state.error = words(error);
      leave("failed");
    }
    if (round === state.round) followers.forEach(tell);
  }

  /**
   * @param {number} begin
   * @param {number} round
   */
  async function attempt(begin, round) {
    if (settings.never.includes(host)) return leave("never");
    watch(document);
    const times = timings();
    const looking = performance.now();
    const force = forced === location.pathname;
    const open = force || AscribeGate.open(document);
    times.gate = performance.now() - looking;
    if (!open) {
      state.timings = times;
      await ready;
      return round === state.round ? leave(settings.never.includes(host) ? "never" : "skipped") : undefined;
    }

    [heat, cooling, place] = [warmth() + 1, looking, here()];
    if (state.status !== "painted") {
      state.status = "reading";
      // Of a page that was left alone, that still holds.
      if (!state.overlay) followers.forEach(tell);
    }
    if (table.strings.length > WORN) table = new AscribeSnapshot.Table();
    const { snapshot, texts, trees, blocks, hidden, spent, slice } = await AscribeSnapshot.take(document, undefined, table);
    if (round !== state.round) return;
    known = new Set(texts);
    trees.forEach(watch);
    shown.watch(blocks, hidden);
    await ready;
    if (round !== state.round) return;
    if (settings.never.includes(host)) return leave("never");
    Object.assign(times, { snapshot: spent, slice });
    const asked = performance.now();
    const unchanged = last?.force === force && alike(last.snapshot, snapshot) ? last.overlay : null;
    const there = state.status === "painted" && painter.texts.every((text, at) => text === texts[at]) && !painter.stale();
    if (unchanged && there) return dress();
    state.timings = times;
    const key = `${name}-${round}`;
    const answer = unchanged ? { overlay: unchanged, engine: 0 } : await ask(snapshot, key, force);
    // A later change began another reading: that one paints.
    if (round !== state.round) return;
    const answered = performance.now();
    times.message = answered - asked;
    if ("error" in answer) {
      state.error = answer.error;
      return leave("failed");
    }
    const { overlay, engine } = answer;
    last = { snapshot, key: unchanged && last ? last.key : key, force, overlay };
    times.engine = engine;
    state.overlay = overlay;
    state.error = null;
    if (!overlay.annotated) return leave("left");
    card.close();
    painter.layers = settings.layers;
    painter.amount = settings.amount;
    if (!(await painter.paint(overlay, texts, snapshot.texts))) return;
    card.listen([document, ...trees]);
    const roots = new Set(painter.painted.map(({ range }) => range.startContainer.getRootNode()));
    const isShadow = (/** @type {Node} */ root) => AscribeDom.nodeType(root) === Node.DOCUMENT_FRAGMENT_NODE;
    shadows = /** @type {ShadowRoot[]} */ ([...roots].filter(isShadow));
    dress();
    state.status = "painted";
    const now = performance.now();
    Object.assign(times, { paint: now - answered, total: now - begin, painted: now });
    badge();
    if (painter.stale()) changed();
  }

  /** Gives the shadow roots that hold marks the look of marks: in Firefox the page's own style sheets don't reach there. */
  async function dress() {
    if (!shadows.some(bare)) return;
    // Without it marks have no look; the panel has what they say.
    const style = await send({ ask: "style" }).catch(() => "");
    if (!style) return;
    for (const tree of shadows.filter(bare)) {
      // Its frame may be gone.
      AscribeDom.alive(() => {
        // A style sheet belongs to one document, which in a frame is the frame's.
        const view = /** @type {typeof globalThis} */ (AscribeDom.view(tree.ownerDocument));
        const sheet = sheets.get(tree) ?? new view.CSSStyleSheet();
        sheet.replaceSync(style);
        tree.adoptedStyleSheets = [...tree.adoptedStyleSheets, sheet];
        sheets.set(tree, sheet);
      });
    }
  }

  /**
   * It lacks the style sheet of marks; a page may have put other style sheets in the place of all that were there.
   * @param {ShadowRoot} tree
   */
  function bare(tree) {
    const sheet = sheets.get(tree);
    return AscribeDom.alive(() => sheet !== undefined && tree.adoptedStyleSheets.includes(sheet)) === false;
  }

  const here = () => location.pathname + location.search;

  /** How often the page was read of late; the reader's own acts and a new address begin anew. */
  const warmth = () => (here() === place ? Math.max(0, heat - (performance.now() - cooling) / COOL) : 0);

  /**
   * The engine would give the same answer.
   * @param {Snapshot} a
   * @param {Snapshot} b
   */
  function alike(a, b) {
    const head = (/** @type {Snapshot} */ { url, title, lang, meta, jsonLd }) => JSON.stringify([url.split("#")[0], title, lang, meta, jsonLd]);
    const lists = /** @type {const} */ (["nodes", "strings", "texts"]);
    return lists.every((l) => a[l].length === b[l].length && a[l].every((x, at) => x === b[l][at])) && head(a) === head(b);
  }

  /**
   * Nothing to paint, or no longer.
   * @param {State["status"]} status
   */
  function leave(status) {
    const painted = state.status === "painted";
    state.status = status;
    if (status === "skipped" || status === "never") state.overlay = null;
    if (status !== "left") {
      [last, known] = [null, new Set()];
      shown.stop();
    }
    card.close();
    card.listen([]);
    painter.clear();
    shadows = [];
    if (painted) badge();
    if (status === "never") observer.disconnect();
  }

  /**
   * A change that can make another article of the page: paragraphs or much text come or go, or text that was read
   * changes. Advertisements, counters and players mostly change without that; and what this lets through is only
   * looked at, not read.
   * @param {MutationRecord} record
   */
  function matters(record) {
    if (record.type === "characterData") return known.has(record.target);
    if (record.type === "attributes") return telling(/** @type {Element} */ (record.target));
    for (const list of [record.addedNodes, record.removedNodes]) {
      for (const node of list) {
        if (known.has(node)) return true;
        const type = AscribeDom.nodeType(node);
        if (type === Node.ELEMENT_NODE && telling(/** @type {Element} */ (node))) return true;
        // Words that are put beside others.
        const put = type === Node.TEXT_NODE && list === record.addedNodes && /\S/.test(/** @type {Text} */ (node).data);
        if (put && AscribeDom.nodeType(record.target) === Node.ELEMENT_NODE && telling(/** @type {Element} */ (record.target))) return true;
      }
    }
    return false;
  }

  /**
   * It may hold a piece of an article.
   * @param {Element} element
   */
  function telling(element) {
    if (AscribeDom.shadowRoot(element) || AscribeDom.closest(element, "p, h1") || AscribeDom.contains(element, "p, h1")) return true;
    return (AscribeDom.textContent(element) ?? "").length >= MUCH;
  }

  /** Once the page has settled: what is it now? */
  function settled() {
    since = 0;
    settling = undefined;
    // The extension was updated or taken away; this script is what is left of it.
    if (!chrome.runtime?.id) {
      observer.disconnect();
      shown.stop();
      card.close();
      card.listen([]);
      painter.clear();
      return;
    }
    if (!settings.never.includes(host)) read(performance.now());
  }

  /** Lets the page settle, then looks at it. */
  function changed() {
    const now = performance.now();
    since ||= now;
    const settle = SETTLE * 2 ** Math.min(Math.max(0, warmth() - 1), SLOWEST);
    const latest = since + Math.max(settle, PATIENCE);
    clearTimeout(settling);
    settling = setTimeout(settled, Math.max(0, Math.min(settle, latest - now)));
  }

  const observer = new MutationObserver((records) => {
    if (settling !== undefined || records.some(matters) || painter.orphaned()) changed();
    dress();
  });

  const shown = new AscribeShown.Shown(changed);

  /** @param {Node} tree a document or an open shadow root */
  function watch(tree) {
    observer.observe(tree, { childList: true, subtree: true, characterData: true, attributeFilter: ["hidden", "open"] });
  }

  /** @param {Settings} now */
  function apply(now) {
    const before = settings;
    settings = now;
    if (before.never.includes(host) !== settings.never.includes(host)) {
      forced = null;
      read(performance.now());
    } else {
      card.close();
      painter.show(settings.layers, settings.amount);
    }
  }

  AscribeSettings.follow(apply);

  function told() {
    state.address = AscribeDom.url(document);
    state.article = painter.reading();
    return state;
  }

  /** @param {chrome.runtime.Port} port */
  function tell(port) {
    try {
      port.postMessage(told());
    } catch {
      // It was closed while the page slept in the browser's cache.
      followers.delete(port);
    }
  }

  chrome.runtime.onConnect.addListener((port) => {
    followers.add(port);
    port.onDisconnect.addListener(() => followers.delete(port));
    tell(port);
  });

  chrome.runtime.onMessage.addListener((message, _sender, reply) => {
    if (message?.ask === "annotate") {
      forced = location.pathname;
      read(performance.now()).then(() => reply(told()));
      return true;
    }
    if (message?.ask === "reveal") card.reveal(message.layer, message.item);
    if (message?.ask === "state" || message?.ask === "reveal") reply(told());
    return false;
  });

  // The settings come while the page is read; nothing is asked of the engine before they are there.
  const ready = AscribeSettings.stored().then((stored) => {
    settings = stored;
  });

  AscribeDom.listen(document, "prerenderingchange", badge);

  // A page that comes back from the browser's cache is as it was, but heard nothing meanwhile.
  addEventListener("pageshow", async (event) => {
    if (!event.persisted) return;
    apply(await AscribeSettings.stored());
    badge();
    changed();
  });

  /** The reader did something: what that changes shows soon, and not always in the page's tree. */
  function acted() {
    heat = 0;
    changed();
  }

  const moved = () => here() !== place && acted();
  // A single-page site's own navigation; without the Navigation API its changes of the page tell, and these two.
  const navigation = Reflect.get(globalThis, "navigation");
  // A browser without it may give a frame that the page calls so.
  if (navigation instanceof EventTarget) AscribeDom.listen(navigation, "currententrychange", moved);
  addEventListener("popstate", moved);
  AscribeDom.listen(document, "click", (event) => event.isTrusted && acted(), { capture: true, passive: true });

  AscribeDom.listen(document, "load", ({ target }) => {
    if (target instanceof HTMLIFrameElement && AscribeGate.framed(target)) changed();
  }, { capture: true });

  read(performance.now());
})();
