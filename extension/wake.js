"use strict";
// As soon as the page is whole, and before it is idle: where it looks like an article, the engine starts; not on sites
// that the reader wants left alone.
(async () => {
  if (!AscribeGate.open(document)) return;
  const { never } = await AscribeSettings.stored();
  if (!never.includes(location.hostname)) await chrome.runtime.sendMessage({ ask: "wake" });
})().catch(() => {
  // It will be asked again.
});
