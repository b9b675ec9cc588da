// What the background makes of a change is the snapshot that the content script took: `node tests/changes.mjs`.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import vm from "node:vm";
import { changed, keep } from "../extension/snapshots.js";

const script = readFileSync(new URL("../extension/change.js", import.meta.url), "utf8");
const { between } = vm.runInThisContext(`${script};AscribeChange`);

// A small generator of pseudo-random numbers, the same each time: Lehmer's with 48271 (Park and Miller 1993).
let seed = 1;
const below = (n) => (seed = (seed * 48271) % 0x7fffffff) % n;
const some = (most, make) => Array.from({ length: below(most) }, make);

/** Takes out, puts in and writes anew, anywhere. */
function edited(list, make) {
  let next = list;
  for (const _ of some(4, () => 0)) {
    const at = below(next.length + 1);
    next = [...next.slice(0, at), ...some(5, make), ...next.slice(at + below(4))];
  }
  return next;
}

const text = () => ["\n", "Ada", "Bea said so.", "3 minutes ago", `Post ${below(1000)}`][below(5)];
const number = () => below(9) - 1;
const strings = ["p", "class", "post"];
let last = { url: "u", title: "t", lang: "en", meta: [], jsonLd: [], strings: [...strings], nodes: some(40, number), texts: some(30, text) };
keep("0", last);
let pieces = 0;
for (let round = 1; round <= 5000; round += 1) {
  strings.push(...some(3, text));
  const head = below(3) ? {} : { title: text(), meta: [["author", text()]], jsonLd: some(2, text) };
  const next = {
    ...last, ...head,
    strings: [...strings], nodes: edited(last.nodes, number).slice(0, 400), texts: edited(last.texts, text).slice(0, 200),
  };
  // As through a channel that copies JSON.
  const change = JSON.parse(JSON.stringify(between(String(round - 1), last, next)));
  pieces += change.texts.filter((piece) => typeof piece === "string").length;
  const made = changed(change);
  assert.deepEqual(made, next);
  keep(String(round), made);
  last = next;
}
assert.equal(changed({ ...between("5000", last, last), base: "4000" }), undefined, "nothing is ever forgotten");
assert.equal(between("5000", last, { ...last, strings: ["other"] }), null, "another table");
assert(pieces < 5000 * 10, "what stands in the one before is sent again");
console.log("5000 changes make the snapshots that they were taken from");
