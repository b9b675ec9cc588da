"use strict";
/**
 * The content script's order of events: gate, snapshot, engine, paint; and again when the page becomes another.
 * It answers the popup, follows the settings, and changes nothing in the page but one host element for the card.
 */
(() => {
  /** After the last change that matters the page gets this long to settle, in milliseconds. */
  const SETTLE = 250;
  /** A page that never settles is looked at all the same after this long. */
  const PATIENCE = 2000;
  /** A page that goes on rewriting its article is read less and less often, at last every half minute or so. */
  const SLOWEST = 7;
  /** An element with so many letters may be a piece of an article, even if it holds no paragraph. */
  const MUCH = 200;

  const host = location.hostname;
  const painter = new AscribePainter.Painter();
  const card = new AscribeCard.Card(painter);

  /** @type {State} */
  const state = { status: "skipped", host, round: 0, overlay: null, timings: timings(), error: null };
  /** @type {Settings} */
  let settings = { layers: { actor: true, quote: true, claim: true }, never: [] };
  /** The path at which the reader asked for the page, whatever it is. @type {string | null} */
  let forced = null;
  /** The page's paragraphs as they were when last read. */
  let print = "";
  /** How often the page was read at its present path. */
  let reads = 0;
  let path = location.pathname;
  /** The text nodes of the last snapshot: a change in one of them matters. @type {Set<Node>} */
  let known = new Set();
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
   * The browser may stop the background in the midst of an answer; the second question starts it anew.
   * @param {Snapshot} snapshot
   * @param {boolean} force
   * @returns {Promise<Annotated>}
   */
  async function ask(snapshot, force) {
    let why = "the background did not answer";
    for (let attempt = 0; attempt < 2; attempt += 1) {
      try {
        const answer = await send({ ask: "annotate", snapshot, force });
        if (answer) return answer;
      } catch (error) {
        why = words(error);
      }
    }
    return { error: why };
  }

  /** @param {unknown} error */
  const words = (error) => String(error instanceof Error ? error.message : error);

  /** Writes on the toolbar button how much is painted. */
  function badge() {
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
  }

  /**
   * @param {number} begin
   * @param {number} round
   */
  async function attempt(begin, round) {
    if (settings.never.includes(host)) return leave("never");
    observer.observe(document, { childList: true, subtree: true, characterData: true });
    const times = timings();
    const looking = performance.now();
    const force = forced === location.pathname;
    const look = AscribeGate.gate(document);
    print = look.print;
    times.gate = performance.now() - looking;
    state.timings = times;
    if (!look.open && !force) {
      await ready;
      return round === state.round ? leave(settings.never.includes(host) ? "never" : "skipped") : undefined;
    }

    reads = path === location.pathname ? reads + 1 : 1;
    path = location.pathname;
    state.status = "reading";
    const { snapshot, texts, spent, slice } = await AscribeSnapshot.take(document);
    if (round !== state.round) return;
    known = new Set(texts);
    await ready;
    if (round !== state.round) return;
    if (settings.never.includes(host)) return leave("never");
    Object.assign(times, { snapshot: spent, slice });
    const asked = performance.now();
    const answer = await ask(snapshot, force);
    // A later change began another reading: that one paints.
    if (round !== state.round) return;
    const answered = performance.now();
    times.message = answered - asked;
    if ("error" in answer) {
      state.error = answer.error;
      return leave("failed");
    }
    times.engine = answer.engine;
    state.overlay = answer.overlay;
    state.error = null;
    if (!answer.overlay.annotated) return leave("left");
    card.close();
    painter.layers = settings.layers;
    painter.paint(answer.overlay, texts, snapshot.texts);
    card.listen(true);
    state.status = "painted";
    const now = performance.now();
    Object.assign(times, { paint: now - answered, total: now - begin, painted: now });
    badge();
    if (painter.stale()) changed();
  }

  /**
   * Nothing to paint, or no longer.
   * @param {State["status"]} status
   */
  function leave(status) {
    const painted = state.status === "painted" || painter.painted.length > 0;
    state.status = status;
    if (status === "skipped" || status === "never") state.overlay = null;
    known = new Set();
    card.close();
    card.listen(false);
    painter.clear();
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
    for (const list of [record.addedNodes, record.removedNodes]) {
      for (const node of list) {
        if (known.has(node)) return true;
        if (AscribeDom.nodeType(node) !== Node.ELEMENT_NODE) continue;
        const element = /** @type {Element} */ (node);
        if (AscribeDom.closest(element, "p, h1") || AscribeDom.contains(element, "p, h1")) return true;
        if ((AscribeDom.textContent(element) ?? "").length >= MUCH) return true;
      }
    }
    return false;
  }

  /** Once the page has settled: is it another article? */
  function settled() {
    since = 0;
    settling = undefined;
    // The extension was updated or taken away; this script is what is left of it.
    if (!chrome.runtime?.id) {
      observer.disconnect();
      card.close();
      card.listen(false);
      painter.clear();
      return;
    }
    if (settings.never.includes(host)) return;
    const { print: now } = AscribeGate.look(document);
    if (now !== print || painter.stale()) read(performance.now());
  }

  /** Lets the page settle, then looks at it. */
  function changed() {
    since ||= performance.now();
    const settle = location.pathname === path ? SETTLE * 2 ** Math.min(Math.max(reads - 1, 0), SLOWEST) : SETTLE;
    const latest = since + Math.max(settle, PATIENCE);
    clearTimeout(settling);
    settling = setTimeout(settled, Math.max(0, Math.min(settle, latest - performance.now())));
  }

  const observer = new MutationObserver((records) => {
    if (settling !== undefined || records.some(matters)) changed();
  });

  /** @param {Partial<Settings>} stored */
  function apply(stored) {
    const before = settings;
    settings = { layers: { ...settings.layers, ...stored.layers }, never: stored.never ?? settings.never };
    if (before.never.includes(host) !== settings.never.includes(host)) {
      forced = null;
      read(performance.now());
    } else if (state.status === "painted") {
      card.close();
      painter.show(settings.layers);
    }
  }

  chrome.storage.onChanged.addListener((changes, area) => {
    if (area !== "local") return;
    apply(/** @type {Partial<Settings>} */ ({ layers: changes["layers"]?.newValue, never: changes["never"]?.newValue }));
  });

  chrome.runtime.onMessage.addListener((message, _sender, reply) => {
    if (message?.ask === "annotate") {
      forced = location.pathname;
      read(performance.now()).then(() => reply(state));
      return true;
    }
    if (message?.ask === "reveal") card.reveal(message.layer, message.item);
    if (message?.ask === "state" || message?.ask === "reveal") reply(state);
    return false;
  });

  // The settings come while the page is read; nothing is asked of the engine before they are there.
  const ready = chrome.storage.local.get(["layers", "never"]).then((/** @type {Partial<Settings>} */ stored) => {
    settings = { layers: { ...settings.layers, ...stored.layers }, never: stored.never ?? [] };
  });
  // A page that comes back from the browser's cache is as it was, but the button has forgotten it.
  addEventListener("pageshow", (event) => event.persisted && state.status === "painted" && badge());
  read(performance.now());
})();
