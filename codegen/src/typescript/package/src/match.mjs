// An event and a pattern come in; whether the pattern matches goes out, as
// EventBridge decides it. Of a text the answer is exact. `JSON.parse` destroys
// duplicate keys and the spelling of numbers, so of an object the answer is that of
// what is left.

import {
  Leaves,
  collectFromObject,
  collectFromText,
  paths,
} from "./leaves.mjs";
import { EventError } from "./json.mjs";
import { rule } from "./rule.mjs";
import { anyTakes, satisfies } from "./search.mjs";

export { PatternError } from "./tree.mjs";

/** A pattern that has been read, for many events. */
export class Matcher {
  /** @param {unknown} pattern */
  constructor(pattern) {
    this.text = textOf(pattern);
    this.rule = rule(this.text);
    this.paths = paths(this.rule.names);
    /** @type {Leaves | undefined} */
    this.spare = undefined;
  }

  /** @param {unknown} event */
  matches(event) {
    const { branches } = this.rule;
    if (typeof event === "object" && event !== null) {
      if (this.cannotMatch(event)) return false;
    }
    const leaves = this.leaves(event);
    let found = false;
    for (let index = 0; index < branches.length && !found; index += 1) {
      const branch = branches[index];
      found = branch !== undefined && satisfies(leaves, branch);
    }
    leaves.clear();
    this.spare = leaves;
    return found;
  }

  /**
   * Whether a value at the top of an event is none that the only branch takes. No
   * other key leads there, so nothing else has to be looked at.
   * @param {object} event
   */
  cannotMatch(event) {
    const { branches, names } = this.rule;
    const [branch] = branches;
    if (branch === undefined || branches.length > 1) return false;
    for (let index = 0; index < branch.length; index += 1) {
      const need = branch[index];
      const name = need === undefined ? "." : (names[need.field] ?? ".");
      if (need === undefined || name.includes(".")) continue;
      const value = /** @type {Record<string, unknown>} */ (event)[name];
      if (typeof value !== "string") continue;
      const leaf = { ...TEXT, text: value };
      if (!anyTakes(need.operators, leaf)) return Object.hasOwn(event, name);
    }
    return false;
  }

  /** @param {unknown} event */
  leaves(event) {
    const { paths, rule } = this;
    const leaves = this.spare ?? new Leaves(rule.names.length);
    this.spare = undefined;
    if (typeof event === "string") {
      collectFromText(event, paths, leaves);
    } else if (
      typeof event === "object" &&
      event !== null &&
      !Array.isArray(event)
    ) {
      collectFromObject(event, paths, leaves);
    } else {
      throw new EventError("Event must be a JSON object", 0);
    }
    return leaves;
  }
}

/** @type {import("./leaves.mjs").Leaf} */
const TEXT = { kind: "string", text: "", number: undefined, element: 0 };

/** @param {unknown} pattern */
function textOf(pattern) {
  return typeof pattern === "string"
    ? pattern
    : (JSON.stringify(pattern) ?? "null");
}

/** So many patterns are kept read. */
const KEPT = 100;

/** @type {Map<string, Matcher>} */
const kept = new Map();

/**
 * The pattern, read once.
 * @param {unknown} pattern
 */
export function compile(pattern) {
  if (pattern instanceof Matcher) return pattern;
  const text = textOf(pattern);
  const known = kept.get(text);
  if (known !== undefined) return known;
  const matcher = new Matcher(text);
  if (kept.size >= KEPT) kept.clear();
  kept.set(text, matcher);
  return matcher;
}

/**
 * @param {unknown} event
 * @param {unknown} pattern
 */
export function matches(event, pattern) {
  return compile(pattern).matches(event);
}

export { EventError };
