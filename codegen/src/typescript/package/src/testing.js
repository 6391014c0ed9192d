// Sample events and an assertion, for tests.

import { explain } from "./explain.js";
import { matches } from "./match.js";
import { samples } from "./samples.js";

/**
 * An event of a type: all of its fields as documented, but for what is given.
 * @param {{ source: string; detailType: string }} type
 * @param {object} overrides
 */
export function sample({ source, detailType }, overrides = {}) {
  /** @type {Record<string, Record<string, object>>} */
  const all = samples;
  const found = all[source]?.[detailType] ?? {};
  const event = { ...BASE, "detail-type": detailType, source, ...found };
  return merged(JSON.parse(JSON.stringify(event)), overrides);
}

const BASE = {
  version: "0",
  id: "00000000-0000-4000-8000-000000000000",
  account: "111122223333",
  time: "2026-01-01T00:00:00Z",
  region: "us-east-1",
  resources: [],
  detail: {},
};

/**
 * Objects are merged; all else is replaced, and what is `undefined` is left out.
 * @param {any} base
 * @param {any} more
 * @returns {any}
 */
function merged(base, more) {
  if (!isObject(base) || !isObject(more)) return more;
  const all = { ...base };
  for (const [key, value] of Object.entries(more)) {
    const held = Object.hasOwn(base, key) ? base[key] : undefined;
    Object.defineProperty(all, key, {
      value: merged(held, value),
      enumerable: true,
      writable: true,
      configurable: true,
    });
    if (value === undefined) delete all[key];
  }
  return all;
}

/** @param {unknown} value */
const isObject = (value) =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * `expect(event).toMatchRule(pattern)`, for `expect.extend` of Vitest and Jest.
 * @param {unknown} received
 * @param {any} rule A pattern, or a rule that has one as its `EventPattern`.
 */
export function toMatchRule(received, rule) {
  const pattern = rule?.EventPattern ?? rule?.eventPattern ?? rule;
  return {
    pass: matches(received, pattern),
    message: () => {
      const why = explain(received, pattern);
      return why.matches
        ? `the rule matches the event, and should not: ${JSON.stringify(pattern)}`
        : `the rule does not match the event:\n${why}`;
    },
  };
}
