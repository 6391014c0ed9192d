// The check of the page, bundled for Node, the data of a site, and patterns with what the tool found come in; where the two
// differ is told.

import { build } from "esbuild";
import { readFileSync, readdirSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { resolve } from "node:path";

const [site, rows] = process.argv.slice(2);

const bundle = resolve("check-bundle.mjs");
await build({ entryPoints: ["src/check/check.ts"], outfile: bundle, bundle: true, format: "esm", logLevel: "error" });
const { check, needed, read } = await import(pathToFileURL(bundle));

/** What the scripts of the site hand over. */
function handedOver() {
  const data = new Map();
  let entries = [];
  globalThis.catalogue = {
    search: (all) => (entries = all),
    event: (event) => data.set(event.name, event),
  };
  const run = (path) => (0, eval)(readFileSync(path, "utf8"));
  run(`${site}/assets/search.js`);
  for (const file of readdirSync(`${site}/assets/events`)) run(`${site}/assets/events/${file}`);
  return { entries, data };
}

const { entries, data } = handedOver();

/** Findings whose words, and with them the places, are those of the reader in the page: the codes alone have to agree. */
const isOwn = ({ code, message }) => code === "invalid-pattern" || (code === "syntax" && !message.includes("comma"));
/** What the page leaves out. */
const LEFT_OUT = new Set(["service-limit", "odd-pattern", "filter-operator", "odd-value", "not-checked"]);

function findings(pattern) {
  const draft = read(pattern);
  const own = new Map(needed(draft, entries).map((name) => [name, data.get(name)]));
  return check(draft, entries, own).map(({ start, severity, code, message, suggestion }) => {
    const before = pattern.slice(0, start).split("\n");
    const place = { line: before.length, column: [...before.at(-1)].length + 1 };
    return { ...place, severity, code, message, suggestion: suggestion ?? null };
  });
}

const shown = (finding) => {
  const { line, column, severity, code, message, suggestion } = finding;
  return isOwn(finding) ? code : `${line}:${column} ${severity} ${code} ${message} (${suggestion})`;
};

let wrong = 0;
let told = 0;
const codes = new Map();
const all = readFileSync(rows, "utf8").trimEnd().split("\n").map((line) => JSON.parse(line));
for (const { pattern, findings: wanted } of all) {
  const expected = wanted.filter(({ code }) => !LEFT_OUT.has(code)).map(shown).sort();
  const found = findings(pattern).map(shown).sort();
  for (const { code } of wanted) codes.set(code, (codes.get(code) ?? 0) + 1);
  told += expected.length;
  if (JSON.stringify(expected) === JSON.stringify(found)) continue;
  wrong += 1;
  if (wrong > 12) continue;
  console.error(`--- ${pattern}`);
  for (const one of expected.filter((one) => !found.includes(one))) console.error(`  tool: ${one}`);
  for (const one of found.filter((one) => !expected.includes(one))) console.error(`  page: ${one}`);
}
const counts = [...codes].sort(([one], [other]) => (one < other ? -1 : 1));
console.log(`${all.length} patterns, ${told} findings, ${wrong} patterns differ`);
console.log(counts.map(([code, count]) => `${code} ${count}`).join(", "));
if (wrong > 0) process.exitCode = 1;
