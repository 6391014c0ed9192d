// The text of a pattern comes in; its branches go out, or what the service's
// engine would reject it for. `$or` is read as the engine reads it: every field is
// written into all branches that are there when it is met, so of a field written
// twice the later one wins. When a pattern is no good so read, the engine tries an
// older reader that takes `$or` for the name of a field.

import { alternatives, refuse } from "./operator.js";
import { PatternError, tree } from "./tree.js";

/**
 * @typedef {import("./operator.js").Operator} Operator
 * @typedef {import("./tree.js").Tree} Tree
 */

/** How many branches the `$or`s of a pattern may multiply to. */
const MAX_BRANCHES = 10_000;
/** How many fields a branch may have. */
const MAX_FIELDS = 256;
/** How often fields may be written into branches. */
const MAX_WRITES = 5_000_000;

/** Names that the engine keeps for operators inside `$or`. */
const RESERVED = new Set(
  "exactly equals-ignore-case prefix suffix anything-but exists wildcard numeric cidr = < <= > >= regex not-wildcard not-equals-ignore-case date-after date-on-or-after date-before date-on-or-before in-date-range ip-address-in-range ip-address-not-in-range".split(
    " ",
  ),
);

/**
 * Fields by number; each branch has fields with their alternatives, in the order of
 * the fields' names.
 * @typedef {object} Rule
 * @property {string[]} names
 * @property {{ field: number; operators: Operator[] }[][]} branches
 */

/**
 * @param {string} text
 * @returns {Rule}
 */
export function rule(text) {
  try {
    const root = tree(text);
    try {
      return new RuleReader(true).rule(root);
    } catch (error) {
      try {
        return new RuleReader(false).rule(root);
      } catch {
        throw error;
      }
    }
  } catch (error) {
    throw error instanceof PatternError ? error.placedIn(text) : error;
  }
}

/**
 * What a part of a pattern has been written into so far.
 * @typedef {Map<number, Operator[]>[]} Branches
 */

class RuleReader {
  /** @param {boolean} withOr */
  constructor(withOr) {
    this.withOr = withOr;
    /** @type {string[]} */
    this.path = [];
    /** @type {Map<string, number>} */
    this.numbers = new Map();
    this.writes = 0;
  }

  /**
   * @param {Tree} root
   * @returns {Rule}
   */
  rule(root) {
    /** @type {Branches} */
    const branches = [];
    try {
      this.object(root, branches, false);
    } catch (error) {
      if (error instanceof PatternError) error.path ??= this.path.join(".");
      throw error;
    }
    const names = [...this.numbers.keys()];
    const name = (/** @type {{ field: number }} */ { field }) =>
      names[field] ?? "";
    const inOrder = branches.map((branch) =>
      [...branch]
        .map(([field, operators]) => ({ field, operators }))
        .sort((one, other) => (name(one) < name(other) ? -1 : 1)),
    );
    return { names, branches: inOrder };
  }

  /**
   * @param {Tree} at
   * @param {Branches} branches
   * @param {boolean} inOr
   */
  object(at, branches, inOr) {
    const members = at.kind === "object" ? at.members : [];
    if (members.length === 0) {
      const help = "name at least one field, with an array of what it may be";
      refuse(at, "Empty objects are not allowed", help);
    }
    for (const member of members) {
      this.path.push(member.key);
      this.member(member, branches, inOr);
      this.path.pop();
    }
  }

  /**
   * @param {import("./tree.js").Member} member
   * @param {Branches} branches
   * @param {boolean} inOr
   */
  member(member, branches, inOr) {
    const { key, value } = member;
    if (this.withOr && key === "$or") {
      this.path.pop();
      this.or(value, branches);
      this.path.push(key);
    } else if (inOr && RESERVED.has(key)) {
      refuse(
        member,
        `${key} is Ruler reserved fieldName which cannot be used inside $or.`,
        "an alternative of $or names fields; operators go into the array behind a field",
      );
    } else if (value.kind === "object") {
      this.object(value, branches, inOr);
    } else if (value.kind === "array") {
      this.field(value, branches);
    } else {
      const reason = `"${key}" must be an object or an array`;
      refuse(value, reason, 'put the value into an array, as in ["value"]');
    }
  }

  /**
   * @param {Tree} at
   * @param {Branches} branches
   */
  or(at, branches) {
    const help =
      "write an array of at least two objects, each with the fields of one alternative";
    if (at.kind !== "array") {
      return refuse(at, "It must be an Array followed with $or.", help);
    }
    const before = branches.splice(0);
    for (const item of at.items) {
      if (item.kind !== "object") {
        const reason =
          "Only JSON object is allowed in array of $or relationship.";
        refuse(item, reason, help);
      }
      this.alternative(item, before, branches);
    }
    if (at.items.length < 2) {
      const reason = "There must have at least 2 Objects in $or relationship.";
      refuse(at, reason, help);
    }
  }

  /**
   * Reads one object of an `$or` into copies of the branches before it.
   * @param {Tree} at
   * @param {Branches} before
   * @param {Branches} branches
   */
  alternative(at, before, branches) {
    this.writes += before.reduce((sum, branch) => sum + branch.size, 0);
    this.checkLimits(before.length + branches.length, at);
    const copies = before.map((branch) => new Map(branch));
    if (copies.length === 0) copies.push(new Map());
    this.object(at, copies, true);
    this.checkLimits(copies.length + branches.length, at);
    for (const copy of copies) branches.push(copy);
  }

  /**
   * @param {number} branches
   * @param {Tree} at
   */
  checkLimits(branches, at) {
    const help = "split the pattern into several rules";
    if (branches > MAX_BRANCHES) {
      const reason = `The $or relationships multiply to more than ${MAX_BRANCHES} branches`;
      refuse(at, reason, help);
    }
    if (this.writes > MAX_WRITES) {
      const reason = `The $or relationships take more than ${MAX_WRITES} steps to write out`;
      refuse(at, reason, help);
    }
  }

  /**
   * @param {Tree & { kind: "array" }} at
   * @param {Branches} branches
   */
  field(at, branches) {
    const operators = alternatives(at.items, at, this.withOr);
    if (branches.length === 0) branches.push(new Map());
    this.writes += branches.length;
    this.checkLimits(branches.length, at);
    const number = this.number();
    for (const branch of branches) {
      branch.set(number, operators);
      if (branch.size > MAX_FIELDS) {
        const reason = `Size of rule exceeds max value of ${MAX_FIELDS}`;
        refuse(at, reason, "name fewer fields");
      }
    }
  }

  /** The number of the field at the path; outer steps that are all empty are dropped. */
  number() {
    const outer = this.path.slice(0, -1).join(".");
    const last = this.path[this.path.length - 1] ?? "";
    const name = outer === "" ? last : `${outer}.${last}`;
    const number = this.numbers.get(name) ?? this.numbers.size;
    this.numbers.set(name, number);
    return number;
  }
}
