"use strict";
/**
 * The DOM's own properties and methods, whatever a page calls its form fields: in `<form><input name="nextSibling">`
 * the form's `nextSibling` is the field, and a document's properties give way to named forms and images in the same
 * way (HTML, section "DOM clobbering" of the security notes; Web IDL's [LegacyOverrideBuiltIns]).
 */
const AscribeDom = (() => {
  /**
   * @template {object} T
   * @template {keyof T} K
   * @param {{prototype: T}} type
   * @param {K} name
   * @returns {(object: T) => T[K]}
   */
  function property(type, name) {
    const get = /** @type {() => T[K]} */ (Object.getOwnPropertyDescriptor(type.prototype, name)?.get);
    return (object) => get.call(object);
  }

  /**
   * @template {object} T
   * @template {keyof T} K
   * @param {{prototype: T}} type
   * @param {K} name
   * @returns {T[K] extends (...given: infer A) => infer R ? (object: T, ...given: A) => R : never}
   */
  function method(type, name) {
    const own = /** @type {any} */ (type.prototype[name]);
    return /** @type {any} */ ((/** @type {T} */ object, /** @type {unknown[]} */ ...given) => own.apply(object, given));
  }

  /**
   * What `act` gives; nothing where it touches a frame that was taken away, of which Firefox leaves "dead objects".
   * @template T
   * @param {() => T} act
   */
  function alive(act) {
    try {
      return act();
    } catch {
      return undefined;
    }
  }

  return {
    alive,
    nodeType: property(Node, "nodeType"),
    firstChild: property(Node, "firstChild"),
    nextSibling: property(Node, "nextSibling"),
    parentNode: property(Node, "parentNode"),
    parentElement: property(Node, "parentElement"),
    isConnected: property(Node, "isConnected"),
    textContent: property(Node, "textContent"),
    localName: property(Element, "localName"),
    shadowRoot: property(Element, "shadowRoot"),
    frame: property(HTMLIFrameElement, "contentDocument"),
    getAttribute: method(Element, "getAttribute"),
    getAttributeNames: method(Element, "getAttributeNames"),
    hasAttribute: method(Element, "hasAttribute"),
    checkVisibility: method(Element, "checkVisibility"),
    closest: method(Element, "closest"),
    contains: method(Element, "querySelector"),
    scrollIntoView: method(Element, "scrollIntoView"),
    append: method(Element, "append"),
    body: property(Document, "body"),
    root: property(Document, "documentElement"),
    title: property(Document, "title"),
    url: property(Document, "URL"),
    view: property(Document, "defaultView"),
    active: property(Document, "activeElement"),
    find: method(Document, "querySelector"),
    findAll: method(Document, "querySelectorAll"),
    byTag: method(Document, "getElementsByTagName"),
    create: method(Document, "createElement"),
    caret: method(Document, "caretPositionFromPoint"),
    listen: method(EventTarget, "addEventListener"),
    unlisten: method(EventTarget, "removeEventListener"),
  };
})();
