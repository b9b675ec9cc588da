"use strict";
/**
 * Long work in slices, so that the page stays alive: work for at most a slice, then let the page have its turn.
 */
const AscribeTurns = (() => {
  /** Milliseconds of work before the page gets its turn. */
  const SLICE = 8;

  /** Lets the page go on: a turn of the event loop, without the delay that timers have. */
  function turn() {
    const scheduler = /** @type {{yield?: () => Promise<void>} | undefined} */ (Reflect.get(globalThis, "scheduler"));
    if (scheduler?.yield) return scheduler.yield();
    return /** @type {Promise<void>} */ (
      new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          port1.close();
          resolve();
        };
        port2.postMessage(null);
      })
    );
  }

  return { SLICE, turn };
})();
