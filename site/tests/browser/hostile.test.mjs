// A site in which every name and text is hostile (SITE), and such texts (WORDS, a file of them) come in: no page runs any of
// them, none tries, and none is wider than a phone. What would run changes the title to `no`.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { PHONE, judged, launch, open, overflow, verdict, write } from "./pages.mjs";

const { SITE, WORDS } = process.env;
const FOLDER = pathToFileURL(`${SITE}/`).href;
const words = JSON.parse(readFileSync(WORDS, "utf8"));

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

/** A page, and a way to say that nothing ran in it. */
async function visit(path) {
  const opened = await open(browser, FOLDER + path, { viewport: PHONE });
  const { page, context, faults, asked } = opened;
  page.on("dialog", (dialog) => faults.push(`dialog: ${dialog.message()}`));
  const unharmed = async (what) => {
    assert.notEqual(await page.title(), "no", `${what} runs`);
    assert.deepEqual(faults, [], what);
    assert.equal(await overflow(page), undefined, what);
    assert.deepEqual(asked.filter((address) => !address.startsWith(FOLDER)), [], what);
  };
  return { page, unharmed, done: () => context.close() };
}

/** What a person may do to a page whose texts wait for a pointer. */
async function touch(page) {
  await page.$$eval("details", (all) => all.slice(0, 20).forEach((one) => (one.open = true)));
  await page.evaluate(() => {
    for (const one of [...document.querySelectorAll("main *")].slice(0, 300)) {
      for (const name of ["pointerover", "mouseover", "focusin"]) one.dispatchEvent(new Event(name, { bubbles: true }));
    }
  });
}

test("no page runs what stands in it", async () => {
  const events = readdirSync(`${SITE}/events`).filter((name) => name.endsWith(".html"));
  // The first has all words as its keys; of the others every seventh.
  const some = events.filter((name, index) => name === "Keys.html" || index % 7 === 0);
  assert.ok(some.length > 20 && some.includes("Keys.html"));
  const { page, unharmed, done } = await visit("index.html");
  await unharmed("index.html");
  for (const name of some) {
    await page.goto(`${FOLDER}events/${encodeURIComponent(name)}`);
    await touch(page);
    await unharmed(name);
  }
  console.log(`${some.length} of ${events.length} pages of events`);
  await done();
});

test("the search shows what it finds, and runs none of it", async () => {
  const { page, unharmed, done } = await visit("index.html");
  await page.focus("#search");
  for (const query of ["script", "<img", "onerror", "javascript:", "__proto__", "constructor", "{{", "ﬁ", "😀", "A", "\\", "("]) {
    await page.fill("#search", query);
    await page.waitForFunction(() => document.querySelector("#search-results:not([hidden])") !== null);
    await unharmed(`the search for ${query}`);
  }
  await done();
});

test("the tester takes any text, and runs none", async () => {
  const { page, unharmed, done } = await visit("try.html#event=Keys");
  await judged(page);
  await unharmed("the tester");
  await page.selectOption("#add-event", { index: 1 });
  for (let start = 0; start < words.length; start += 20) {
    const some = words.slice(start, start + 20);
    const verdicts = await page.evaluate(typed, some);
    for (const verdict of verdicts) assert.match(verdict, /events match|Not a pattern/);
    await unharmed(`the tester with ${JSON.stringify(some)}`);
  }
  await write(page, '{"source": ["my.kiln"], "detail-type": ["Kiln Keys"], "detail": {');
  await page.keyboard.press("End");
  await page.keyboard.press("Control+Space");
  await page.waitForSelector('.completion [role="option"]');
  await unharmed("what can be written");
  await done();
});

/** Types each word in every place of pattern and event, in the page; gives the verdicts. */
async function typed(words) {
  const [pattern, , own] = document.querySelectorAll("textarea");
  const type = async (area, text) => {
    area.value = typeof text === "string" ? text : JSON.stringify(text, undefined, 2);
    area.dispatchEvent(new InputEvent("input"));
    await new Promise((resolve) => setTimeout(resolve, 5)); // for the findings
  };
  const verdicts = [];
  for (const [index, word] of words.entries()) {
    const detail = { [word]: [word, { prefix: word }], lid: { [word]: [null] }, nowhere: [word] };
    await type(own, { source: "my.kiln", "detail-type": word, detail: { [word]: word, lid: word } });
    await type(pattern, { source: [index % 2 ? word : "my.kiln"], "detail-type": [word, "Kiln Keys"], detail });
    verdicts.push(document.getElementById("verdict").textContent);
    await type(pattern, word);
    await type(own, word);
  }
  return verdicts;
}

test("an address runs nothing", async () => {
  const hashes = ["#%", "#<img src=x onerror=\"document.title='no'\">", "#javascript:document.title='no'", "#__proto__"];
  for (const path of ["index.html", "events/Keys.html"]) {
    const { page, unharmed, done } = await visit(path);
    for (const hash of hashes) {
      await page.evaluate((hash) => (location.hash = hash), hash);
      await unharmed(path + hash);
    }
    await done();
  }
  const texts = [...words.slice(0, 20), "__proto__", "<script>document.title='no'</script>"];
  const shared = { pattern: "<img src=x onerror=\"document.title='no'\">", events: texts.map((text) => ({ text })) };
  const links = [JSON.stringify(shared), JSON.stringify({ ...shared, events: [{ name: "__proto__" }] }), "null", "[", "{}"];
  for (const link of links) {
    const { page, unharmed, done } = await visit(`try.html#${await packed(link)}`);
    await page.waitForSelector("#verdict[data-verdict]");
    await unharmed(`a link that carries ${link.slice(0, 40)}`);
    await done();
  }
  for (const hash of ["event=__proto__", "event=..%2F..%2Fx", "event=<script>", "s=", "s=%", "s=AAAA", "s=..%2F"]) {
    const { page, unharmed, done } = await visit(`try.html#${hash}`);
    await judged(page);
    await unharmed(hash);
    await done();
  }
});

/** A fragment as the tester makes it. */
async function packed(text) {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return `s=${Buffer.from(await new Response(stream).arrayBuffer()).toString("base64url")}`;
}

test("a link that would fill the memory is let be", async () => {
  const bomb = await packed(JSON.stringify({ pattern: " ".repeat(300_000_000), events: [] }));
  const { page, unharmed, done } = await visit(`try.html#${bomb}`);
  await judged(page);
  assert.equal(await verdict(page), "Match", "the page begins anew");
  await unharmed("the link");
  await done();
});
