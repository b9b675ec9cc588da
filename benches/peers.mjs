// The engine in WebAssembly beside compromise, the library that pages use for this, in one process and by turns: what
// counts is the ratio, since machines differ and are shared.
// node benches/peers.mjs ENGINE-FOLDER

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import nlp from "compromise";

const engineFolder = process.argv[2];
const engine = await import(pathToFileURL(join(engineFolder, "ascribe.js")).href);
engine.initSync({ module: readFileSync(join(engineFolder, "ascribe_bg.wasm")) });

/** The sample article's paragraphs, repeated up to about so many words. */
function article(words) {
  const page = readFileSync("www/sample.html", "utf8");
  const paragraphs = [...page.matchAll(/<(?:h1|p)\b[^>]*>(.*?)<\/(?:h1|p)>/gs)].map(([, inner]) =>
    inner.replaceAll(/<[^>]+>/g, "").replaceAll(/\s+/g, " ").trim(),
  );
  const out = [];
  for (let count = 0, at = 0; count < words; at += 1) {
    const paragraph = paragraphs[at % paragraphs.length];
    out.push(paragraph);
    count += paragraph.split(" ").length;
  }
  return out.join("\n\n");
}

const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];

/** Median milliseconds of each contender, by turns, after a warm-up. */
function race(contenders, rounds) {
  const times = contenders.map(() => []);
  for (let round = -3; round < rounds; round += 1) {
    contenders.forEach((contender, at) => {
      const begin = performance.now();
      contender();
      if (round >= 0) times[at].push(performance.now() - begin);
    });
  }
  return times.map(median);
}

const text = article(1000);
const words = text.split(/\s+/).length;
const compromise = () => {
  const doc = nlp(text);
  return [doc.people().out("array"), doc.places().out("array"), doc.organizations().out("array")];
};
const [ours, theirs] = race([() => engine.annotate_text(text), compromise], 31);
console.log(`${words} words in Node, medians of 31 by turns`);
console.log(`  ascribe: actors, quotes and claims        ${ours.toFixed(1)} ms`);
console.log(`  compromise: people, places, organisations ${theirs.toFixed(1)} ms`);
console.log(`  ratio ${(theirs / ours).toFixed(1)}`);

console.log("in proportion to length, milliseconds for each 1,000 words:");
for (const thousands of [1, 10, 100]) {
  const long = article(thousands * 1000);
  const [time] = race([() => engine.annotate_text(long)], thousands > 10 ? 3 : 9);
  console.log(`  ${thousands},000 words  ${(time / thousands).toFixed(1)} ms`);
}
