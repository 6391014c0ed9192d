// A site in a folder comes in (SITE); patterns are tried in Chromium, as a reader tries them.

import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { after, before, test } from "node:test";
import { judged, launch, verdict, visitIn, write } from "./pages.mjs";

const FOLDER = pathToFileURL(`${process.env.SITE}/`).href;
const TRAINING = "TrainingJobStateChange";
const TYPE = "SageMaker Training Job State Change";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

const visit = (path, options) => visitIn(browser, FOLDER, path, options);

test("a pattern turns from miss to match as it is typed", async () => {
  const { page, done } = await visit(`try.html#event=${TRAINING}`);
  await judged(page);
  assert.equal(await verdict(page), "Match", "the pattern that stands there first takes the sample");
  await write(page, { source: ["aws.sagemaker"], detail: { TrainingJobStatus: ["Complete"] } });
  assert.equal(await verdict(page), "No match");
  assert.match(await page.textContent(".unmet"), /detail\.TrainingJobStatus needs "Complete", found "Completed"/);
  assert.equal(await page.textContent(".event-panel .mark-miss"), '"Completed"', "the value is marked in the event");
  const at = await page.$eval(
    "#pattern-editor textarea",
    (area) => area.value.indexOf('Complete"') + "Complete".length,
  );
  await page.$eval("#pattern-editor textarea", (area, at) => (area.focus(), area.setSelectionRange(at, at)), at);
  await page.keyboard.type("d");
  assert.equal(await verdict(page), "Match");
  assert.equal(await page.locator(".unmet").count(), 0);
  await done();
});

test("findings have their place and their code, and are mended", async () => {
  const { page, done } = await visit(`try.html#event=${TRAINING}`);
  await judged(page);
  await write(page, { source: ["aws.sagemaker"], "detail-type": [TYPE], detail: { TrainingJobStatus: ["Faild"] } });
  await page.waitForSelector(".finding");
  assert.match(await page.textContent(".finding"), /"Failed" is meant.*unknown-value/);
  assert.equal(await page.textContent("#pattern-editor .mark-warning"), '"Faild"');
  await page.click(".finding-place");
  const selected = await page.$eval("#pattern-editor textarea", (area) =>
    area.value.slice(area.selectionStart, area.selectionEnd),
  );
  assert.equal(selected, '"Faild"');
  await page.click(".finding-fix");
  await page.waitForFunction(() => document.querySelector(".finding") === null);
  assert.match(await page.inputValue("#pattern-editor textarea"), /"Failed"/);
  await page.keyboard.press("Control+z");
  assert.match(await page.inputValue("#pattern-editor textarea"), /"Faild"/, "and that can be undone");
  await write(page, '{\n  "source": "aws.sagemaker"\n}');
  assert.equal(await verdict(page), "Not a pattern");
  await page.waitForFunction(() => document.querySelector(".finding-code")?.textContent === "not-an-array");
  assert.match(await page.textContent(".finding-place"), / 2:13$/);
  await write(page, '{\n  "source": ["aws.sagemaker"');
  await page.waitForFunction(() => document.querySelector(".finding-code")?.textContent === "syntax");
  await done();
});

test("fields and values are completed with the keyboard", async () => {
  const { page, done } = await visit(`try.html#event=${TRAINING}`);
  await judged(page);
  const area = page.locator("#pattern-editor textarea");
  await write(page, "");
  await area.focus();
  const labels = () => page.$$eval(".completion-label", (all) => all.map((one) => one.textContent));
  const complete = async (typed) => {
    await page.keyboard.type(typed);
    await page.keyboard.press("Control+Space");
    await page.waitForSelector('.completion [role="option"]');
  };
  await complete("{sour");
  assert.deepEqual(await labels(), ["source", "resources"]);
  await page.keyboard.press("Enter");
  await complete("");
  assert.ok((await labels()).includes("aws.sagemaker"));
  await page.keyboard.press("Enter");
  await page.keyboard.press("End");
  await complete(', "detail-t');
  await page.keyboard.press("Enter");
  await complete('"Training Job');
  assert.equal((await labels())[0], TYPE);
  await page.keyboard.press("Enter");
  await page.keyboard.press("End");
  await complete(', "deta');
  await page.keyboard.press("Enter");
  await complete('"trainingjobst');
  assert.equal((await labels())[0], "TrainingJobStatus");
  await page.keyboard.press("Enter");
  await complete("");
  const values = await labels();
  for (const value of ["Completed", "Failed", "Stopped", "prefix", "exists"]) assert.ok(values.includes(value), value);
  assert.ok(!values.includes("numeric"), "no operator that does not fit");
  const named = await area.getAttribute("aria-activedescendant");
  assert.equal(await page.textContent(`[id="${named}"] .completion-label`), values[0]);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Escape");
  assert.equal(await page.isVisible(".completion"), false);
  await complete('"Comp');
  await page.keyboard.press("Enter");
  await page.keyboard.press("End");
  await page.keyboard.type("}");
  const pattern = JSON.parse(await area.inputValue());
  const wanted = { source: ["aws.sagemaker"], "detail-type": [TYPE], detail: { TrainingJobStatus: ["Completed"] } };
  assert.deepEqual(pattern, wanted);
  assert.equal(await verdict(page), "Match");
  await done();
});

test("a link that names nothing here says so", async () => {
  for (const fragment of ["event=Nope", "s=AAAA"]) {
    const { page, done } = await visit(`try.html#${fragment}`);
    await judged(page);
    assert.match(await page.textContent(".editor-note"), /names nothing that is here/, fragment);
    await done();
  }
});

test("several events are judged at once, and the reader's own", async () => {
  const { page, done } = await visit(`try.html#event=${TRAINING}`);
  await judged(page);
  await page.selectOption("#add-event", "ModelStateChange");
  await page.waitForFunction(() => document.querySelectorAll(".event-panel").length === 2);
  assert.equal(await verdict(page), "1 of 2 events match");
  await page.selectOption("#add-event", { index: 1 });
  const own = page.locator(".event-panel").nth(2).locator("textarea");
  await own.fill('{"source": "aws.sagemaker", "detail-type": ');
  assert.match(await page.textContent(".event-panel:nth-child(3) .why"), /line 1, column \d+/);
  await own.fill(JSON.stringify({ source: "aws.sagemaker", "detail-type": TYPE, detail: {} }));
  assert.equal(await verdict(page), "2 of 3 events match");
  await page.locator(".event-panel").nth(1).locator(".remove").click();
  assert.equal(await verdict(page), "2 of 2 events match");
  assert.ok(!page.url().includes("#s="), "what is typed does not go into the address by itself");
  await done();
});

test("a link carries pattern and events in its fragment", async () => {
  const permissions = ["clipboard-read", "clipboard-write"];
  const { page, done } = await visit(`try.html#event=${TRAINING}`, { permissions });
  await judged(page);
  const pattern = '{"detail": {"é": ["😀"]}}';
  await write(page, pattern);
  await page.selectOption("#add-event", { index: 1 });
  const event = '{"detail": {"é": "😀", "n": 9007199254740993}}';
  await page.locator(".event-panel").nth(1).locator("textarea").fill(event);
  assert.equal(await verdict(page), "1 of 2 events match");
  await page.getByRole("button", { name: "Copy link" }).click();
  await page.getByText("Copied").waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await done();
  const again = await visit(link.slice(FOLDER.length));
  await again.page.waitForFunction(() => document.querySelectorAll(".event-panel").length === 2);
  await judged(again.page);
  assert.equal(await again.page.inputValue("#pattern-editor textarea"), pattern);
  assert.equal(await again.page.locator(".event-panel").nth(1).locator("textarea").inputValue(), event);
  assert.equal(await verdict(again.page), "1 of 2 events match");
  assert.ok(
    again.asked.every((address) => !address.includes("#") && !address.includes("s=")),
    "nothing of it is sent",
  );
  await again.done();
  const cut = await visit(`${link.slice(FOLDER.length, -9)}`);
  await judged(cut.page);
  assert.equal(await verdict(cut.page), "Match", "of a link that was cut the page begins anew");
  await cut.done();
});
