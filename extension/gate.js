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
  /** Looking at more paragraphs than this tells nothing new. */
  const LIMIT = 60;
  /** Addresses that no article stands at: a site's front, a search, a basket. */
  const FRONT = /^\/(?:$|index\.\w+$|search\b|cart\b|checkout\b|login\b|signin\b|account\b)/i;
  const ARTICLE = /"@type"\s*:\s*\[?\s*"[^"]*(?:Article|NewsStory|BlogPosting|LiveBlogPosting|Report)"/;

  /**
   * What the page shows in paragraphs, with a fingerprint: enough to see that it is another article than before.
   * @param {Document} page
   */
  function look(page) {
    let letters = 0;
    let seen = 0;
    let sum = 0;
    for (const paragraph of AscribeDom.byTag(page, "p")) {
      const text = paragraph.textContent ?? "";
      if (text.length < LONG) continue;
      letters += text.length;
      sum = (sum * 31 + text.length + text.charCodeAt(0) + text.charCodeAt(text.length >> 1)) | 0;
      seen += 1;
      if (seen === LIMIT) break;
    }
    const title = AscribeDom.find(page, "h1")?.textContent?.trim() ?? "";
    return { letters, print: `${page.location.pathname} ${title} ${seen} ${letters} ${sum}` };
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
   * @param {Document} page
   * @returns {{open: boolean, print: string}} whether to go on, and the look's fingerprint
   */
  function gate(page) {
    const { letters, print } = look(page);
    const front = FRONT.test(page.location.pathname);
    // Articles without paragraphs exist: text in div elements, under a head that says what it is.
    const open = letters >= (front ? 4 * ENOUGH : ENOUGH) || (!front && declared(page));
    return { open, print };
  }

  return { gate, look };
})();
