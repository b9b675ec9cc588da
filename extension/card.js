"use strict";
const AscribeCard = (() => {
  class Card {
    /** @param {InstanceType<typeof AscribePainter.Painter>} painter */
    constructor(painter) {
      this.painter = painter;
    }
    close() {}
    /** @param {boolean} on */
    listen(on) {}
    /** @param {Layer} layer @param {number} item */
    reveal(layer, item) {
      this.painter.reveal(layer, item);
    }
  }
  return { Card };
})();
