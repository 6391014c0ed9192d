// A field that did not fit and the event come in; what is nearly right about it
// goes out: the field under another spelling or at another place, the value in
// another case or of another kind.

import { isLike, wildcard } from "./text.js";

/**
 * @typedef {import("./leaves.js").Leaf} Leaf
 * @typedef {import("./operator.js").Operator} Operator
 * @typedef {Record<string, unknown>} Json
 */

/** How many values of an event are looked at for a key that stands elsewhere. */
const MAX_VALUES = 100_000;
/** How many operators of a field are compared with how many of its values. */
const MAX_OPERATORS = 200;
const MAX_FOUND = 50;

/**
 * What is nearly right about a field that the event does not have.
 * @param {unknown} event
 * @param {string} field
 */
export function ofMissing(event, field) {
  const steps = field.split(".");
  let here = [event];
  for (const [index, step] of steps.entries()) {
    const next = elements(here)
      .filter(isObject)
      .filter((value) => Object.hasOwn(value, step))
      .map((value) => value[step]);
    if (next.length === 0) {
      const last = steps[steps.length - 1] ?? "";
      return atStep(event, here, steps.slice(0, index), step, last);
    }
    here = next;
  }
  return noLeaf(here);
}

/**
 * @param {unknown} value
 * @returns {value is Json}
 */
const isObject = (value) =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * In one order, whatever that of the event is.
 * @param {object} object
 */
const keysOf = (object) => Object.keys(object).sort();

/** @param {unknown[]} here */
function noLeaf(here) {
  const all = elements(here);
  const object = all.find(isObject);
  if (object === undefined) {
    return all.length === 0
      ? "it is an empty array, which has no value"
      : undefined;
  }
  const [key] = keysOf(object);
  return key === undefined
    ? "it is an empty object, which has no value"
    : `it is an object: name a field of it, such as \`${key}\``;
}

/**
 * What stands where a step leads nowhere.
 * @param {unknown} event
 * @param {unknown[]} here
 * @param {string[]} before
 * @param {string} step
 * @param {string} last
 */
function atStep(event, here, before, step, last) {
  if (/^\d+$/.test(step) && here.some(Array.isArray)) {
    return `arrays are looked into by themselves: leave out the key \`${step}\``;
  }
  const all = elements(here);
  const objects = all.filter(isObject);
  if (objects.length === 0) return noObject(all, before.join("."));
  const path = (/** @type {string} */ key) => [...before, key].join(".");
  const keys = objects.flatMap(keysOf);
  const spelled = keys.find((key) => folded(key) === folded(step));
  if (spelled !== undefined) return `the event spells it \`${path(spelled)}\``;
  const near = keys.find((key) => isNear(key, step));
  if (near !== undefined) {
    return `the event has \`${path(near)}\`: is that meant?`;
  }
  const elsewhere = find(event, last);
  return elsewhere === undefined
    ? undefined
    : `the event has \`${elsewhere}\`: is that meant?`;
}

/**
 * @param {unknown[]} all
 * @param {string} place
 */
function noObject(all, place) {
  if (all.length === 0) return undefined;
  const [first] = all;
  if (typeof first === "string") {
    return first.trimStart().startsWith("{")
      ? `\`${place}\` is a string that holds JSON, which is not looked into`
      : `\`${place}\` is a string, not an object`;
  }
  return typeof first === "number"
    ? `\`${place}\` is a number, not an object`
    : `\`${place}\` is no object`;
}

/**
 * The values, with those of arrays instead of the arrays.
 * @param {unknown[]} values
 */
function elements(values) {
  const all = [];
  const waiting = [...values].reverse();
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (Array.isArray(value)) {
      for (const item of [...value].reverse()) waiting.push(item);
    } else {
      all.push(value);
    }
  }
  return all;
}

/**
 * The path of a key that stands anywhere.
 * @param {unknown} event
 * @param {string} key
 */
function find(event, key) {
  /** @type {{ value: unknown; path: string }[]} */
  const waiting = [{ value: event, path: "" }];
  for (let seen = 0; seen < MAX_VALUES; seen += 1) {
    const next = waiting.pop();
    if (next === undefined) return undefined;
    const { value, path } = next;
    if (Array.isArray(value)) {
      for (const item of value) waiting.push({ value: item, path });
    } else if (isObject(value)) {
      for (const name of keysOf(value)) {
        const inside = path === "" ? name : `${path}.${name}`;
        if (name === key) return inside;
        waiting.push({ value: value[name], path: inside });
      }
    }
  }
  return undefined;
}

/**
 * What is nearly right about values that no operator takes.
 * @param {Operator[]} operators
 * @param {Leaf[]} found
 */
export function ofValues(operators, found) {
  for (const operator of operators.slice(0, MAX_OPERATORS)) {
    for (const leaf of found.slice(0, MAX_FOUND)) {
      const hint = nearly(operator, leaf);
      if (hint !== undefined) return hint;
    }
  }
  return undefined;
}

/**
 * @param {Operator} operator
 * @param {Leaf} leaf
 */
function nearly({ kind, operand, word }, leaf) {
  const { text } = leaf;
  const wanted = String(operand);
  if (leaf.kind !== "string") {
    if (kind !== "exact") return undefined;
    if (leaf.kind === "number") {
      return wanted === text
        ? "the event has a number, the pattern a string"
        : undefined;
    }
    return isSame(wanted, text)
      ? `the event has ${text} without quotes, the pattern a string`
      : undefined;
  }
  switch (kind) {
    case "exact":
      return nearlyText(wanted, text);
    case "number":
      return wanted === text
        ? "the event has a string, the pattern a number"
        : undefined;
    case "numeric":
      return /^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/i.test(text)
        ? "the event has a string, and `numeric` takes numbers alone"
        : undefined;
    case "word":
      return isSame(word ?? "", text)
        ? "the event has a string, the pattern a word without quotes"
        : undefined;
    case "prefix":
      return nearlyEnd(kind, "starts", wanted, text);
    case "suffix":
      return nearlyEnd(kind, "ends", wanted, text);
    case "wildcard": {
      const pieces = /** @type {string[]} */ (operand).map(lower);
      return isLike(pieces, lower(text))
        ? "only the case differs, which `wildcard` knows no way around"
        : undefined;
    }
    default:
      return undefined;
  }
}

const lower = (/** @type {string} */ text) =>
  text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/**
 * @param {string} one
 * @param {string} other
 */
const isSame = (one, other) => lower(one) === lower(other);

/**
 * @param {string} wanted
 * @param {string} seen
 */
function nearlyText(wanted, seen) {
  if (wanted.toLowerCase() === seen.toLowerCase()) {
    return "only the case differs: `equals-ignore-case` takes both";
  }
  if (wanted.trim() === seen.trim()) return "only blanks around it differ";
  const pieces = wildcard(wanted);
  if (typeof pieces !== "string" && pieces.length > 1 && isLike(pieces, seen)) {
    return "`*` in a plain string is a star: `wildcard` takes any characters for it";
  }
  return isNear(wanted, seen) ? "they differ in few letters" : undefined;
}

/**
 * @param {"prefix" | "suffix"} operator
 * @param {string} verb
 * @param {string} wanted
 * @param {string} seen
 */
function nearlyEnd(operator, verb, wanted, seen) {
  const isPrefix = operator === "prefix";
  const { length } = wanted;
  const end = isPrefix ? seen.slice(0, length) : seen.slice(-length);
  if (isSame(wanted, end)) {
    return `only the case differs: {"${operator}":{"equals-ignore-case":…}} takes both`;
  }
  const pieces = wildcard(
    isPrefix
      ? `${wanted.replace(/\*$/, "")}*`
      : `*${wanted.replace(/^\*/, "")}`,
  );
  return typeof pieces !== "string" && isLike(pieces, seen)
    ? `\`${operator}\` takes \`*\` for a star: \`wildcard\` takes what ${verb} like it`
    : undefined;
}

/**
 * A name as people compare it: without case, and without what separates its words.
 * @param {string} name
 */
const folded = (name) =>
  name.replace(/[^\p{Alphabetic}\p{N}]/gu, "").toLowerCase();

/**
 * Whether two words differ in few of their letters.
 * @param {string} one
 * @param {string} other
 */
function isNear(one, other) {
  const length = Math.min([...one].length, [...other].length);
  const allowed = Math.min(Math.floor(length / 4), 2);
  return (
    one.length < 100 &&
    other.length < 100 &&
    allowed > 0 &&
    distance([...folded(one)], [...folded(other)]) <= allowed
  );
}

/**
 * Letters that are put in, left out, replaced or exchanged (Damerau, Levenshtein).
 * @param {string[]} one
 * @param {string[]} other
 */
function distance(one, other) {
  const most = one.length + other.length;
  /** @type {number[][]} */
  const rows = [[most]];
  const at = (/** @type {number} */ i, /** @type {number} */ j) =>
    rows[i + 1]?.[j + 1] ?? most;
  for (let j = 0; j <= other.length; j += 1) rows[0]?.push(most);
  for (let i = 0; i <= one.length; i += 1) rows.push([most, i]);
  for (let j = 1; j <= other.length; j += 1) rows[1]?.push(j);
  /** @type {Map<string | undefined, number>} */
  const last = new Map();
  for (let i = 1; i <= one.length; i += 1) {
    let same = 0;
    for (let j = 1; j <= other.length; j += 1) {
      const before = last.get(other[j - 1]) ?? 0;
      const isSameLetter = one[i - 1] === other[j - 1];
      rows[i + 1]?.push(
        Math.min(
          at(i - 1, j - 1) + (isSameLetter ? 0 : 1),
          at(i, j - 1) + 1,
          at(i - 1, j) + 1,
          at(before - 1, same - 1) + (i - before - 1) + 1 + (j - same - 1),
        ),
      );
      if (isSameLetter) same = j;
    }
    last.set(one[i - 1], i);
  }
  return at(one.length, other.length);
}
