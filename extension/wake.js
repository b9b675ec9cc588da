"use strict";
// As soon as the page is whole, and before it is idle: where it looks like an article, the engine starts.
if (AscribeGate.open(document)) {
  chrome.runtime.sendMessage({ ask: "wake" }).catch(() => {
    // It will be asked again.
  });
}
