// What the engine inside EventBridge was asked (TRANSCRIPT, a folder) and the TypeScript package (PACKAGE) come in: the tester
// of a site (SITE) gives every verdict that the package gives.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";
import { judged, launch, open } from "./pages.mjs";

const { SITE, TRANSCRIPT, PACKAGE } = process.env;
const { EventError, Matcher, PatternError } = await import(pathToFileURL(`${PACKAGE}/match.js`));

/** So many rows are asked for at once. */
const CHUNK = 500;

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

/** What the package says of a row, in the words of the page. */
function said({ pattern, event }) {
  try {
    const matcher = new Matcher(pattern);
    return matcher.matches(event ?? "{}") ? "match" : "miss";
  } catch (error) {
    if (error instanceof PatternError) return "no-pattern";
    if (error instanceof EventError) return "no-event";
    throw error;
  }
}

/** Types the rows one after the other, in the page, and gives its verdicts. */
function typed(text) {
  const [pattern, event] = document.querySelectorAll("textarea");
  const type = (area, text) => {
    area.value = text;
    area.dispatchEvent(new InputEvent("input"));
  };
  return JSON.parse(text).map((row) => {
    type(event, row.event ?? "{}");
    type(pattern, row.pattern);
    return document.querySelector("#verdict").dataset.verdict;
  });
}

for (const file of ["conformance", "random"]) {
  test(`the verdicts on ${file} are those of the package`, async () => {
    const text = gunzipSync(readFileSync(`${TRANSCRIPT}/${file}.jsonl.gz`)).toString();
    const rows = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    const address = `${pathToFileURL(SITE)}/try.html`;
    const { page, context, faults } = await open(browser, address);
    await judged(page);
    const differing = [];
    for (let start = 0; start < rows.length; start += CHUNK) {
      const some = rows.slice(start, start + CHUNK);
      // As JSON: halves of characters would be lost on the way.
      const verdicts = await page.evaluate(typed, escaped(JSON.stringify(some)));
      differing.push(...some.filter((row, index) => verdicts[index] !== said(row)));
    }
    console.log(`${file}: ${rows.length} rows, ${differing.length} verdicts differ`);
    assert.deepEqual(differing.slice(0, 3), []);
    assert.deepEqual(faults, []);
    await context.close();
  });
}

const escaped = (json) =>
  json.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
