// A pattern and an event come in; which fields did not fit, what they needed and
// what was found goes out.

import { compile } from "./match.js";
import { ofMissing, ofValues } from "./near-miss.js";
import { mayMatch, satisfies } from "./search.js";

/**
 * @typedef {import("./leaves.js").Leaf} Leaf
 * @typedef {import("./leaves.js").Leaves} Leaves
 * @typedef {import("./operator.js").Operator} Operator
 * @typedef {import("./search.js").Need} Need
 * @typedef {import("./match.js").Matcher} Matcher
 */

/** How many found values are shown for a field. */
const SHOWN = 5;

/**
 * A field that did not fit: what it needed, the values found as JSON, and what is
 * nearly right.
 *
 * @typedef {object} Unmet
 * @property {string} field
 * @property {string} needed
 * @property {string[]} found
 * @property {string | undefined} hint
 */

/** Why a pattern matches an event or does not. */
class Explanation {
  /**
   * @param {boolean} matches
   * @param {Unmet[]} unmet
   * @param {number} branches
   * @param {string[]} apart
   */
  constructor(matches, unmet, branches, apart) {
    this.matches = matches;
    this.unmet = unmet;
    this.branches = branches;
    this.apart = apart;
  }

  /** A line for each field that did not fit. */
  toString() {
    if (this.matches) return "matches";
    if (this.unmet.length === 0) {
      const fields = this.apart.join("`, `");
      return `no element of the arrays satisfies \`${fields}\` together`;
    }
    const lines = this.unmet.map(line);
    if (this.branches > 1) {
      lines.push(
        `(of ${this.branches} alternatives of $or, this one came closest)`,
      );
    }
    return lines.join("\n");
  }
}

/** @param {Unmet} unmet */
function line({ field, needed, found, hint }) {
  const shown = found.slice(0, SHOWN).join(", ") || "no value";
  const more = found.length > SHOWN ? ` and ${found.length - SHOWN} more` : "";
  const near = hint === undefined ? "" : ` (${hint})`;
  return `\`${field}\` needs ${needed}, found ${shown}${more}${near}`;
}

/**
 * @param {unknown} event
 * @param {unknown} pattern
 */
export function explain(event, pattern) {
  const matcher = compile(pattern);
  const { branches, names } = matcher.rule;
  const leaves = matcher.leaves(event);
  if (branches.some((branch) => satisfies(leaves, branch))) {
    return new Explanation(true, [], branches.length, []);
  }
  const failing = (/** @type {Need[]} */ branch) =>
    branch.filter((need) => !mayMatch(leaves, need));
  const [first = [], ...others] = branches;
  let closest = first;
  for (const branch of others) {
    if (failing(branch).length < failing(closest).length) closest = branch;
  }
  const unmet = failing(closest).map(({ field, operators }) => {
    const name = names[field] ?? "";
    const found = leaves.of[field] ?? [];
    return {
      field: name,
      needed: operators.map(words).join(" or "),
      found: found.map(shownLeaf),
      hint:
        found.length === 0
          ? ofMissing(parsed(event), name)
          : ofValues(operators, found),
    };
  });
  const apart = closest.map(({ field }) => names[field] ?? "");
  return new Explanation(false, unmet, branches.length, apart);
}

/**
 * @param {unknown} event
 * @returns {unknown}
 */
function parsed(event) {
  if (typeof event !== "string") return event;
  try {
    return JSON.parse(event);
  } catch {
    // What stands behind the event is not looked at.
    return undefined;
  }
}

/** @param {Leaf} leaf */
const shownLeaf = (leaf) =>
  leaf.kind === "string" ? JSON.stringify(leaf.text) : leaf.text;

/**
 * Half a character is shown as the bytes of it would be.
 * @param {unknown} text
 */
const quoted = (text) =>
  JSON.stringify(String(text).replace(/\p{Surrogate}/gu, "\ufffd\ufffd\ufffd"));

/**
 * What an operator needs.
 * @param {Operator} operator
 * @returns {string}
 */
function words({ kind, operand, word, inner }) {
  if (inner !== undefined) return `anything but ${excluded(inner)}`;
  switch (kind) {
    case "word":
      return word ?? "";
    case "exact":
      return quoted(operand);
    case "number":
      return plain(Number(operand));
    case "address":
      return `the address ${shownAddress(/** @type {number[]} */ (operand))}`;
    case "prefix":
      return `a string that starts with ${quoted(operand)}`;
    case "suffix":
      return `a string that ends with ${quoted(operand)}`;
    case "equals-ignore-case":
      return `${quoted(operand)} in any case`;
    case "prefix in any case":
      return `a string that starts with ${quoted(operand)} in any case`;
    case "suffix in any case":
      return `a string that ends with ${quoted(operand)} in any case`;
    case "wildcard":
      return `a string like ${likeness(operand)}`;
    case "numeric":
      return `a number ${range(/** @type {import("./operator.js").Range} */ (operand))}`;
    case "cidr": {
      const { first, bits } = /** @type {import("./address.js").Block} */ (
        operand
      );
      return `an address in ${shownAddress(first)}/${bits}`;
    }
    case "exists":
      return "any value";
    case "absent":
      return "no value";
    default:
      return String(operand);
  }
}

/** @param {unknown} pieces */
const likeness = (pieces) => quoted(/** @type {string[]} */ (pieces).join("*"));

/**
 * @param {Operator} operator
 * @returns {string}
 */
function excluded({ kind, operand }) {
  const all = /** @type {unknown[]} */ (operand);
  const list = (/** @type {(item: unknown) => string} */ show) =>
    all.map(show).join(", ");
  switch (kind) {
    case "numbers":
      return list((number) => plain(Number(number)));
    case "prefix":
      return `what starts with ${list(quoted)}`;
    case "suffix":
      return `what ends with ${list(quoted)}`;
    case "equals-ignore-case":
      return `in any case ${list(quoted)}`;
    case "wildcard":
      return `what is like ${list(likeness)}`;
    default:
      return list(quoted);
  }
}

/** @param {import("./operator.js").Range} range */
function range({ bottom, top, openBottom, openTop }) {
  const low = bottom && `${openBottom ? ">" : ">="} ${plain(bottom)}`;
  const high = top && `${openTop ? "<" : "<="} ${plain(top)}`;
  const said = [];
  if (bottom !== undefined) said.push(low || `${openBottom ? ">" : ">="} 0`);
  if (top !== undefined) said.push(high || `${openTop ? "<" : "<="} 0`);
  return said.join(" and ");
}

/**
 * A number without an exponent.
 * @param {number} double
 */
function plain(double) {
  const [digits = "", power] = String(double).split("e");
  if (power === undefined) return digits;
  const [, sign = "", whole = "", fraction = ""] =
    /^(-?)(\d+)(?:\.(\d+))?$/.exec(digits) ?? [];
  const exponent = Number(power);
  return exponent < 0
    ? `${sign}0.${"0".repeat(-exponent - 1)}${whole}${fraction}`
    : sign + whole + fraction.padEnd(exponent, "0");
}

/** @param {number[]} groups */
function shownAddress(groups) {
  if (groups.length === 2) {
    return groups
      .flatMap((group) => [(group >> 8) & 0xff, group & 0xff])
      .join(".");
  }
  const text = groups.map((group) => group.toString(16)).join(":");
  const runs = text.match(/(^|:)0(:0)+(?=:|$)/g) ?? [];
  const longest = runs.reduce(
    (best, run) => (run.length > best.length ? run : best),
    "",
  );
  if (longest === "") return text;
  const at = text.indexOf(longest);
  return `${text.slice(0, at)}::${text.slice(at + longest.length + 1)}`;
}
