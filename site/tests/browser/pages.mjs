// Chromium, and pages of a site in it. Each page tells what it did that it must not do: what its security policy stopped,
// what failed, what it asked of the network.

import { createRequire } from "node:module";

const { CHROMIUM, MODULES } = process.env;
const require = createRequire(`${MODULES}/-`);
const { chromium } = require("playwright-core");
/** What finds faults of accessibility. */
export const axe = require.resolve("axe-core");

/** Quiet, without its own errands on the network. */
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 900 };

/** A browser with a profile of its own, which is thrown away. */
export const launch = () => chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });

/** A page, and what went wrong in it. */
export async function open(browser, address, options = {}) {
  const context = await browser.newContext({ viewport: DESKTOP, ...options });
  const page = await context.newPage();
  const faults = [];
  const asked = [];
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(`console: ${message.text()}`);
  });
  page.on("request", (request) => asked.push(request.url()));
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
      console.error(`stopped: ${violatedDirective} ${blockedURI}`),
    );
  });
  if (address !== undefined) await page.goto(address);
  return { page, context, faults, asked };
}

/** Waits until the tester has judged. */
export async function judged(page) {
  await page.waitForSelector("#verdict[data-verdict]");
  await page.waitForSelector(".event-panel .badge[data-verdict]", { state: "attached" });
}

/** Writes a pattern as a person does: what stood there is selected and written over. */
export async function write(page, pattern) {
  await page.fill("#pattern-editor textarea", typeof pattern === "string" ? pattern : JSON.stringify(pattern, undefined, 2));
}

export const verdict = (page) => page.textContent("#verdict");

/** Whether a page is wider than its window: something in it then has no place. */
export const overflow = (page) =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return undefined;
    const wide = [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > clientWidth + 1);
    return `${scrollWidth} of ${clientWidth}: ${wide.slice(0, 3).map((one) => one.outerHTML.slice(0, 120)).join(" ")}`;
  });
