// A site in a folder comes in (SITE); what a reader does with its pages is done in Chromium. The events are those of the
// project's schemas.

import assert from "node:assert/strict";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { DESKTOP, PHONE, axe, judged, launch, open, overflow, verdict, visitIn, write } from "./pages.mjs";

const { SITE } = process.env;
const FOLDER = pathToFileURL(`${SITE}/`).href;
const TRAINING = "TrainingJobStateChange";
const TYPE = "SageMaker Training Job State Change";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

const visit = (path, options) => visitIn(browser, FOLDER, path, options);

const active = (page) =>
  page.evaluate(() => document.activeElement.id || document.activeElement.outerHTML.slice(0, 80));
const options = (page) => page.$$eval(".option", (all) => all.map((one) => one.textContent));

async function search(page, query) {
  await page.keyboard.press("/");
  assert.equal(await active(page), "search");
  await page.keyboard.type(query);
  await page.waitForSelector(".option");
}

test("an event is found by a value, with the keyboard alone", async () => {
  const { page, done } = await visit("index.html");
  await search(page, "MaxRuntimeExceeded");
  const found = await options(page);
  assert.match(found[0], /MaxRuntimeExceeded/, "what was found is said");
  assert.equal(await page.getAttribute("#search", "aria-expanded"), "true");
  const named = await page.getAttribute("#search", "aria-activedescendant");
  assert.equal(await page.getAttribute(`[id="${named}"]`, "aria-selected"), "true");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await page.waitForURL(/events\/\w+\.html#/);
  const field = decodeURIComponent(new URL(page.url()).hash.slice(1));
  assert.match(await page.textContent(`[id="${field}"]`), /MaxRuntimeExceeded/, "the field with the value is shown");
  await done();
});

test("what is typed may be near, in pieces, or amiss", async () => {
  const { page, done } = await visit("index.html");
  const first = async (query) => {
    await page.fill("#search", query);
    await page.waitForTimeout(50);
    return (await options(page))[0] ?? "";
  };
  await page.focus("#search");
  await page.waitForFunction(() => document.querySelector('script[src$="search.js"]') !== null);
  assert.match(await first("trainjob"), /TrainingJobStateChange/);
  assert.match(await first("TrainingJobName"), /field detail\.TrainingJobName/);
  assert.match(await first("Failed"), /value Failed of detail\./i);
  assert.match(await first("trainign"), /Training/, "a slip of the finger");
  assert.match(await first("training secondary"), /TrainingJobStateChange.*detail\.SecondaryStatus/);
  assert.equal(await first("kilnglaze"), "");
  await page.keyboard.press("Escape");
  assert.equal(await page.isVisible("#search-results"), false);
  await done();
});

test("a search in 381 events takes less than 50 ms", async () => {
  const { page, context, faults } = await open(browser);
  const text = readFileSync(`${SITE}/assets/search.js`, "utf8");
  const own = JSON.parse(text.slice(text.indexOf("(") + 1, text.lastIndexOf(")")));
  // The events again and again, each time in other words, so that nothing is alike.
  const all = Array.from({ length: 381 }, (_, index) => {
    const round = Math.floor(index / own.length);
    const other = (text) => (round === 0 ? text : text.replace(/[aeiou]/g, (letter) => letter + "xyzwvu"[round - 1]));
    const { fields, ...entry } = own[index % own.length];
    const more = fields.map(([path, id, values]) => [other(path), id, values.map(other)]);
    return {
      ...entry,
      name: other(entry.name),
      detailType: other(entry.detailType),
      text: other(entry.text),
      fields: more,
    };
  });
  const body = `catalogue.search(${JSON.stringify(all)});`;
  await page.route("**/assets/search.js", (route) => route.fulfill({ contentType: "text/javascript", body }));
  await page.goto(`${FOLDER}index.html`);
  await search(page, "x");
  const times = await page.evaluate(async () => {
    const input = document.getElementById("search");
    const times = [];
    for (const query of [
      "Failed",
      "trainjob",
      "TrainingJobName",
      "trainign jbo",
      "aws.sagemaker",
      "e",
      "training job fail",
    ]) {
      for (let round = 0; round < 5; round += 1) {
        document.getElementById("search-results").replaceChildren();
        input.value = query;
        const start = performance.now();
        input.dispatchEvent(new InputEvent("input"));
        while (document.querySelector("#search-results > *") === null) await Promise.resolve();
        document.body.getBoundingClientRect(); // laid out
        times.push([performance.now() - start, query]);
      }
    }
    return times;
  });
  const medians = [...new Set(times.map(([, query]) => query))].map((query) => {
    const all = times.filter(([, other]) => other === query).map(([time]) => time);
    return [query, all.sort((one, other) => one - other)[Math.floor(all.length / 2)]];
  });
  console.log("searched 381 events: " + medians.map(([query, time]) => `${query} ${time.toFixed(1)} ms`).join(", "));
  assert.ok(Math.max(...medians.map(([, time]) => time)) < 50);
  assert.deepEqual(faults, []);
  await context.close();
});

test("a field's evidence is opened, and has an address", async () => {
  const { page, done } = await visit(`events/${TRAINING}.html`);
  const field = page.locator('[data-field="detail.TrainingJobStatus"]');
  await field.locator("summary").focus();
  await page.keyboard.press("Enter");
  const details = field.locator("details");
  assert.equal(await details.getAttribute("open"), "");
  assert.match(await details.textContent(), /documentation page/);
  const address = page.url();
  assert.match(address, /#evidence-/);
  await done();
  const again = await visit(address.slice(FOLDER.length));
  const opened = again.page.locator('[data-field="detail.TrainingJobStatus"] details');
  await again.page.waitForFunction(() => document.querySelector("details[open]") !== null);
  assert.equal(await opened.getAttribute("open"), "");
  assert.ok(await opened.evaluate((one) => one.getBoundingClientRect().top < innerHeight), "it is in sight");
  await again.done();
});

test("lines of the sample and fields are linked both ways", async () => {
  const { page, done } = await visit(`events/${TRAINING}.html`);
  const path = "detail.TrainingJobStatus";
  const linked = () => page.$$eval(".is-linked", (all) => all.map((one) => one.dataset.line ?? one.dataset.field));
  await page.hover(`[data-field="${path}"] .key`);
  assert.deepEqual(await linked(), [path, path]);
  await page.hover(`[data-line="detail.TrainingJobName"]`);
  assert.deepEqual(await linked(), ["detail.TrainingJobName", "detail.TrainingJobName"]);
  await page.focus(`[data-field="${path}"] .key`);
  assert.deepEqual(await linked(), [path, path], "the keyboard does it, too");
  await page.click(`[data-line="detail.TrainingJobArn"]`, { position: { x: 2, y: 5 } });
  assert.match(page.url(), /#.*TrainingJobArn/);
  await done();
});

test("tabs follow the pattern of tabs, and are remembered", async () => {
  const { page, context, done } = await visit(`events/${TRAINING}.html`);
  const chosen = () => page.textContent('.tabs [role="tab"][aria-selected="true"]');
  const first = await chosen();
  await page.focus('.tabs [role="tab"][aria-selected="true"]');
  await page.keyboard.press("ArrowRight");
  const second = await chosen();
  assert.notEqual(second, first);
  assert.equal(await page.locator('.tabs [role="tabpanel"]:visible').count(), 1);
  assert.equal(await page.locator('.tabs [role="tab"][tabindex="0"]').count(), 1);
  await page.keyboard.press("Home");
  assert.equal(await chosen(), first);
  await page.keyboard.press("End");
  const last = await chosen();
  const other = await context.newPage();
  await other.goto(`${FOLDER}events/ModelStateChange.html`);
  assert.equal(await other.textContent('.tabs [role="tab"][aria-selected="true"]'), last);
  await done();
});

test("code is copied", async () => {
  const { page, done } = await visit(`events/${TRAINING}.html`, { permissions: ["clipboard-read", "clipboard-write"] });
  const button = page.locator(".sample .copy");
  await button.click();
  await page.waitForFunction(() => document.querySelector(".sample .copy").textContent === "Copied");
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(JSON.parse(copied)["detail-type"], TYPE);
  await done();
});

test("light and dark are chosen, and kept", async () => {
  const { page, context, done } = await visit("index.html");
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await page.click("#theme");
  const dark = await ground();
  assert.notEqual(dark, light);
  await page.reload();
  assert.equal(await ground(), dark);
  const other = await context.newPage();
  await other.goto(`${FOLDER}events/${TRAINING}.html`);
  assert.equal(await other.evaluate(() => document.documentElement.dataset.theme), "dark");
  await done();
});

test("where nothing can be kept, pages work all the same", async () => {
  const { page, context, faults } = await open(browser);
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", {
      get: () => {
        throw new DOMException("denied", "SecurityError");
      },
    });
  });
  await page.goto(`${FOLDER}events/${TRAINING}.html`);
  await page.click("#theme");
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
  await page.click("#theme");
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "light");
  await page.click('.tabs [role="tab"]:nth-child(2)');
  assert.deepEqual(faults, []);
  await context.close();
});

test("the way from the list to the verdict is gone with the keyboard alone", async () => {
  const { page, done } = await visit("index.html");
  await search(page, "training job state");
  await page.keyboard.press("Enter");
  await page.waitForURL(/TrainingJobStateChange/);
  const walk = async (isThere) => {
    for (let step = 0; step < 60; step += 1) {
      await page.keyboard.press("Tab");
      if (await page.evaluate(isThere)) return;
    }
    assert.fail("the keyboard does not lead there");
  };
  await walk(() => /try\.html#event=/.test(document.activeElement.href ?? ""));
  const ring = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  assert.notEqual(ring, "none", "where the keyboard is can be seen");
  await page.keyboard.press("Enter");
  await judged(page);
  await walk(() => document.activeElement.matches("#pattern-editor textarea"));
  await page.keyboard.press("Control+a");
  await page.keyboard.type('{"source": ["aws.kiln"]}');
  await page.keyboard.press("Escape");
  assert.equal(await verdict(page), "No match");
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => !document.activeElement.matches("textarea")), "the editor holds nobody");
  await done();
});

const KINDS = ["index.html", `events/${TRAINING}.html`, `try.html#event=${TRAINING}`];

/** What each kind of page looks like when it is used. */
async function use(page, path) {
  if (path.startsWith("index")) {
    await search(page, "failed");
  } else if (path.startsWith("events")) {
    await page.$$eval("details", (all) => all.slice(0, 3).forEach((one) => (one.open = true)));
  } else {
    await judged(page);
    await write(page, '{"source": ["aws.sagemakr"], "detail": {"TrainingJobStatus": ["Faild", {"prefix": "x"}]}}');
    await page.waitForSelector(".finding");
  }
}

for (const colorScheme of ["light", "dark"]) {
  for (const viewport of [DESKTOP, PHONE]) {
    test(`pages are accessible, and fit: ${colorScheme}, ${viewport.width} wide`, async () => {
      for (const path of KINDS) {
        const { page, done } = await visit(path, { colorScheme, viewport, bypassCSP: true });
        for (const isUsed of [false, true]) {
          if (isUsed) await use(page, path);
          else if (path.startsWith("try")) await judged(page);
          await page.addScriptTag({ path: axe });
          const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
          const told = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
          assert.deepEqual(told, [], `${path}${isUsed ? ", used" : ""}`);
          assert.equal(await overflow(page), undefined, path);
        }
        await page.context().close();
        void done;
      }
    });
  }
}

test("motion is reduced for who asks for it", async () => {
  const { page, done } = await visit(`events/${TRAINING}.html`, { reducedMotion: "reduce" });
  const moving = await page.$$eval(
    "*",
    (all) =>
      all.filter((one) => {
        const { transitionDuration, animationDuration, scrollBehavior } = getComputedStyle(one);
        const isLong = (times) => times.split(",").some((time) => parseFloat(time) > 0.01);
        return isLong(transitionDuration) || isLong(animationDuration) || scrollBehavior === "smooth";
      }).length,
  );
  assert.equal(moving, 0);
  await done();
});

test("pages work without scripts", async () => {
  const { page, context } = await open(browser, `${FOLDER}events/${TRAINING}.html`, { javaScriptEnabled: false });
  const sections = page.locator(".tabs section");
  assert.ok((await sections.count()) > 3);
  assert.equal(await page.locator(".tabs section:visible").count(), await sections.count());
  assert.equal(await page.isVisible("#theme"), false);
  await page.goto(`${FOLDER}try.html`);
  assert.match(await page.textContent("noscript"), /cargo codegen match/);
  await context.close();
});

test("pages work below an address", async () => {
  const types = { html: "text/html", js: "text/javascript", css: "text/css", svg: "image/svg+xml" };
  const server = createServer((request, response) => {
    const path = new URL(request.url, "http://x").pathname.replace(/^\/team\/events\//, "");
    try {
      const text = readFileSync(`${SITE}/${path}`);
      response.setHeader("content-type", types[path.split(".").at(-1)] ?? "");
      response.end(text);
    } catch {
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${server.address().port}/team/events/`;
  const { page, context, faults, asked } = await open(browser, `${address}index.html`);
  await search(page, "TrainingJobName");
  await page.keyboard.press("Enter");
  await page.waitForURL(`${address}events/**`);
  await page.click('a[href*="try.html#event="]');
  await judged(page);
  assert.equal(await verdict(page), "Match");
  await context.close();
  server.close();
  assert.deepEqual(faults, []);
  assert.deepEqual(
    asked.filter((one) => !one.startsWith(address)),
    [],
  );
});

/** What a page loads on its own, compressed as servers do, in bytes. */
async function weight(path) {
  const { page, asked, done } = await visit(path);
  await page.waitForLoadState("networkidle");
  const files = [...new Set(asked.map((address) => new URL(address).pathname))];
  await done();
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(decodeURIComponent(file))).length, 0);
}

test("pages are light", async () => {
  const first = await weight("index.html");
  const events = readdirSync(`${SITE}/events`).sort(
    (one, other) => statSync(`${SITE}/events/${other}`).size - statSync(`${SITE}/events/${one}`).size,
  );
  const largest = await weight(`events/${events[0]}`);
  const middle = await weight(`events/${events[Math.floor(events.length / 2)]}`);
  const tester = await weight("try.html");
  console.log(
    `bytes, compressed: first page ${first}, event ${middle}, largest event ${largest} (${events[0]}), tester ${tester}`,
  );
  assert.ok(first <= 100_000);
  assert.ok(largest <= 60_000);
});

test("the first paint comes at once", async () => {
  const { page, done } = await visit("index.html");
  for (const path of ["index.html", `events/${TRAINING}.html`]) {
    const times = [];
    for (let round = 0; round < 10; round += 1) {
      await page.goto(FOLDER + path);
      await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0);
      times.push(await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0].startTime));
    }
    times.sort((one, other) => one - other);
    console.log(`${path}: first paint from disk ${times[0].toFixed(0)} ms, median ${times[5].toFixed(0)} ms`);
    assert.ok(times[5] < 200);
  }
  await done();
});
