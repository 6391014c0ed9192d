// An event and a pattern come in; whether the pattern matches goes out, as
// EventBridge decides it. Of a text the answer is exact. `JSON.parse` destroys
// duplicate keys and the spelling of numbers, so of an object the answer is that of
// what is left.

import { EventError } from "./json.js";
import { collect, leafOf, NOWHERE, paths } from "./leaves.js";
import { rule } from "./rule.js";
import { anyTakes, satisfies } from "./search.js";
import { PatternError } from "./tree.js";

export { PatternError };

/** A pattern that has been read, for many events. */
export class Matcher {
  /** @param {unknown} pattern */
  constructor(pattern) {
    this.rule = rule(textOf(pattern));
    const { branches, names } = this.rule;
    this.paths = paths(names);
    // Of the only branch, the fields at the top of an event: no other key leads there.
    const [branch = []] = branches.length > 1 ? [] : branches;
    this.top = branch
      .map(({ field, operators }) => ({ name: names[field] ?? "", operators }))
      .filter(({ name }) => !name.includes("."));
  }

  /** @param {any} event */
  matches(event) {
    if (this.cannotMatch(event)) return false;
    const leaves = this.leaves(event);
    return this.rule.branches.some((branch) => satisfies(leaves, branch));
  }

  /**
   * Whether a value at the top of an event is none that is taken there: then nothing
   * else has to be looked at.
   * @param {any} event
   */
  cannotMatch(event) {
    if (typeof event !== "object" || event === null) return false;
    for (const { name, operators } of this.top) {
      const leaf = leafOf(event[name], NOWHERE);
      if (leaf && Object.hasOwn(event, name) && !anyTakes(operators, leaf)) {
        return true;
      }
    }
    return false;
  }

  /** @param {unknown} event */
  leaves(event) {
    return collect(event, this.paths);
  }
}

/** @param {unknown} pattern */
function textOf(pattern) {
  if (typeof pattern === "string") return pattern;
  try {
    return JSON.stringify(pattern) ?? "null";
  } catch (error) {
    // Too deep, or within itself.
    throw new PatternError(`is no JSON: ${error}`, "", 0);
  }
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
export const matches = (event, pattern) => compile(pattern).matches(event);

export { EventError };
