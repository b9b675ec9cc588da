"use strict";
/**
 * Long work in slices, so that the page stays alive: work for at most a slice, then let the page have its turn.
 */
const AscribeTurns = (() => {
  /** Milliseconds of work before the page gets its turn. */
  const SLICE = 8;

  /**
   * Lets the page go on: a turn of the event loop, without the delay that timers have, and behind what the page has
   * waiting (`scheduler.yield` would go before it).
   * @returns {Promise<void>}
   */
  const turn = () =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(null);
    });

  return { SLICE, turn };
})();
