"use strict";
/**
 * The gate: a look that costs less than two milliseconds and decides whether the page is worth a snapshot.
 * It errs towards yes; what the page really is, the engine says.
 */
const AscribeGate = (() => {
  /** Paragraphs shorter than this are captions, buttons, teasers. */
  const LONG = 80;
  /** An article has at least so many letters in long paragraphs. */
  const ENOUGH = 600;
  /** More paragraphs than this tell nothing new. */
  const LIMIT = 60;
  /** So many elements from the top of the page down may be hosts of a shadow root that holds the article. */
  const TOP = 100;
  /** Addresses that no article stands at: a site's front, a search, a basket. */
  const FRONT = /^\/(?:$|index\.\w+$|search\b|cart\b|checkout\b|login\b|signin\b|account\b)/i;
  const ARTICLE = /"@type"\s*:\s*\[?\s*"[^"]*(?:Article|NewsStory|BlogPosting|LiveBlogPosting|Report)"/;

  /**
   * The letters that the page has in long paragraphs.
   * @param {Document} page
   */
  const letters = (page) => lettersOf(AscribeDom.byTag(page, "p"));

  /** @param {Iterable<Element>} paragraphs */
  function lettersOf(paragraphs) {
    let sum = 0;
    let seen = 0;
    for (const paragraph of paragraphs) {
      const { length } = paragraph.textContent ?? "";
      if (length < LONG) continue;
      sum += length;
      seen += 1;
      if (seen === LIMIT) break;
    }
    return sum;
  }

  /**
   * The page is made of elements of its own, and an open shadow root near its top holds an article.
   * @param {Document} page
   */
  function shadowed(page) {
    /** @type {(Element | ShadowRoot | null)[]} */
    const queue = [AscribeDom.body(page)];
    for (let at = 0; at < queue.length && at < TOP; at += 1) {
      const tree = queue[at];
      if (!tree) continue;
      for (let child = AscribeDom.firstChild(tree); child && queue.length < TOP; child = AscribeDom.nextSibling(child)) {
        if (AscribeDom.nodeType(child) === Node.ELEMENT_NODE) queue.push(/** @type {Element} */ (child));
      }
      if (AscribeDom.nodeType(tree) !== Node.ELEMENT_NODE) continue;
      const root = AscribeDom.shadowRoot(/** @type {Element} */ (tree));
      if (!root) continue;
      if (lettersOf(root.querySelectorAll("p")) >= ENOUGH) return true;
      queue.push(root);
    }
    return false;
  }

  /**
   * The head says that this is an article.
   * @param {Document} page
   */
  function declared(page) {
    const type = AscribeDom.find(page, 'meta[property="og:type"]')?.getAttribute("content") ?? "";
    if (type.toLowerCase().includes("article")) return true;
    if (AscribeDom.find(page, 'meta[property="article:published_time"], [itemtype*="Article"]')) return true;
    for (const script of AscribeDom.findAll(page, 'script[type="application/ld+json"]')) {
      if (ARTICLE.test((script.textContent ?? "").slice(0, 20_000))) return true;
    }
    return false;
  }

  /**
   * The body of a frame that the page may read and that holds an article; most hold advertisements.
   * @param {HTMLIFrameElement} frame
   * @returns {HTMLElement | null}
   */
  function framed(frame) {
    const page = AscribeDom.frame(frame);
    return page && letters(page) >= ENOUGH ? AscribeDom.body(page) : null;
  }

  /**
   * The page is worth a snapshot.
   * @param {Document} page
   */
  function open(page) {
    if (FRONT.test(page.location.pathname)) return letters(page) >= 4 * ENOUGH;
    // Articles without paragraphs exist: text in div elements, under a head that says what it is.
    if (letters(page) >= ENOUGH || declared(page)) return true;
    const frames = /** @type {Iterable<HTMLIFrameElement>} */ (AscribeDom.byTag(page, "iframe"));
    return Array.from(frames).some(framed) || shadowed(page);
  }

  return { open, framed };
})();
