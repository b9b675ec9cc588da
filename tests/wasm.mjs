// The engine in WebAssembly gives the very answer that the command line gives: the same text in, the same JSON out.
// node tests/wasm.mjs ENGINE-FOLDER COMMAND-LINE OUT-FOLDER [FOLDER-OF-TEXTS …]

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";

const [engineFolder, commandLine, out, ...folders] = process.argv.slice(2);

/** Texts that hold what an engine trips over; each stands in an article of some length. */
const STORY = `Port of Melverton to close its old harbour

The port authority of Melverton will close the old harbour by March, its director, Ama Osei, said on Tuesday.

“We looked at every other way,” Osei told reporters. “There was none that we could pay for.”

Rebuilding it would cost 48 million euros, according to a report that the authority published in June.`;
const NASTY = {
  story: STORY,
  empty: "",
  blank: " \n\n\t\n",
  windows: STORY.replaceAll("\n", "\r\n"),
  quotes: `${STORY}\n\n“One “two ‘three" four" “ five`,
  letters: `${STORY}\n\n${"a".repeat(1_000_000)}`,
  marks: `${STORY}\n\n${"“".repeat(50_000)}`,
  arabic: `${STORY}\n\nقال وزير الخارجية "لن نقبل" يوم الثلاثاء، said Ahmed \u202eal-Sayed\u202c on Monday.`,
  emoji: `${STORY}\n\n“No 👩‍👩‍👧‍👦 here,” said Zoe\u0301 👩🏽‍🚀 Mu\u0308ller of the 🇺🇳 U.N. Council.`,
  controls: `${STORY}\n\n“Never\u0001,” said\u0085 Ann\u200b Lee.\u2028Bob Ray said “yes”.`,
  capitals: STORY.toUpperCase(),
  french: "Le port ferme\n\nLe directeur a dit mardi : « Nous n'avons pas le choix, et nous le regrettons beaucoup. »",
};

const engine = await import(pathToFileURL(join(engineFolder, "ascribe.js")).href);
engine.initSync({ module: readFileSync(join(engineFolder, "ascribe_bg.wasm")) });

rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, "native"), { recursive: true });
const texts = Object.entries(NASTY).map(([name, text]) => {
  const file = join(out, `${name}.txt`);
  writeFileSync(file, text);
  return file;
});
for (const folder of folders) {
  texts.push(...readdirSync(folder).filter((name) => name.endsWith(".txt")).map((name) => join(folder, name)));
}

// Exits 1 for the texts without an article, which are compared by what WebAssembly says of them below.
const native = spawnSync(commandLine, ["annotate", "--out", join(out, "native"), ...texts], { encoding: "utf8" });
if (native.status === null || native.stderr.includes("panicked")) throw new Error(native.stderr || native.error);

let different = 0;
for (const file of texts) {
  const name = basename(file, ".txt");
  const answer = engine.annotate_text(readFileSync(file, "utf8"));
  const written = join(out, "native", `${name}.json`);
  const same = existsSync(written)
    ? JSON.stringify(answer) === JSON.stringify(JSON.parse(readFileSync(written, "utf8")))
    : answer.actors.length + answer.quotes.length + answer.claims.length === 0;
  if (!same) {
    different += 1;
    writeFileSync(join(out, `${name}.wasm.json`), JSON.stringify(answer));
    console.log(`${name}: WebAssembly and the command line differ: ${written}, ${name}.wasm.json`);
  }
}
const found = texts.filter((file) => existsSync(join(out, "native", `${basename(file, ".txt")}.json`))).length;
if (found < Object.keys(NASTY).length - 2) throw new Error(`the command line wrote only ${found} files`);
console.log(`${texts.length - different} of ${texts.length} texts: the same answer`);
process.exit(different === 0 ? 0 : 1);
