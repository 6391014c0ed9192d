// The text of a pattern and the events that are known come in; what can never match, and what probably does not do what
// was meant, goes out: what `cargo codegen check` tells of the file.
//
// The tree of the pattern → its fields and alternatives (leaves.ts) → the events that each lets through (scope.ts) → what
// no event has around its detail (envelope.ts), in it (field.ts), or as a value (value.ts).

import { Matcher, PatternError } from "../../../../codegen/src/typescript/package/src/match.js";
import type { Tree } from "../../../../codegen/src/typescript/package/src/tree.js";
import type { EventData } from "../catalogue.ts";
import { Checker } from "./checker.ts";
import { KEYS, envelope, meantKey, unknownKey } from "./envelope.ts";
import { detail } from "./field.ts";
import { type Finding, scalarEnd } from "./finding.ts";
import { type Leaf, Leaves, itemsOf, membersOf } from "./leaves.ts";
import { type Repair, repaired } from "./repair.ts";
import { type Named, type Scope, Scopes } from "./scope.ts";

/** From how many characters on a pattern is nearly too long, and how long it may be by default. */
const NEARLY = 1900;
const LENGTH = 2048;

/** A pattern that was read, or why it is none. */
export interface Draft {
  readonly text: string;
  /** None: it is no JSON. */
  readonly tree: Tree | undefined;
  /** What had to be read into it. */
  readonly repairs: readonly Repair[];
  /** None: EventBridge refuses it. */
  readonly matcher: Matcher | undefined;
  readonly refusal: PatternError | undefined;
}

/** Reads a pattern as far as it can be read. */
export function read(text: string): Draft {
  const { tree, repairs, refusal } = repaired(text);
  const none = { text, tree, repairs, matcher: undefined };
  if (refusal !== undefined) return { ...none, refusal: refusal.placedIn(text) };
  if (repairs.length > 0) return { ...none, refusal: undefined };
  try {
    return { text, tree, repairs, matcher: new Matcher(text), refusal: undefined };
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    return { ...none, refusal: error };
  }
}

/** The names of the events that have to be at hand to check a pattern. */
export function needed(draft: Draft, known: readonly Named[]): string[] {
  if (draft.tree?.kind !== "object") return [];
  const leaves = new Leaves(draft.tree);
  if (leaves.isCut) return [];
  const { scopes } = scopesOf(new Scopes(draft.text, known), leaves);
  return [...new Set(scopes.flatMap(({ events }) => events.map(({ name }) => name)))];
}

/** All findings, in the order of their places. `data` has those events that are needed. */
export function check(draft: Draft, known: readonly Named[], data: ReadonlyMap<string, EventData>): Finding[] {
  const { text } = draft;
  const leaves = draft.tree?.kind === "object" ? new Leaves(draft.tree) : undefined;
  const tops = (leaves?.all ?? []).flatMap(({ steps }) => steps[0]?.name ?? []);
  const checker = new Checker(text, known, data, new Set(tops));
  for (const repair of draft.repairs) noJson(checker, repair);
  if (draft.tree !== undefined) {
    duplicates(checker, draft.tree);
    if (draft.matcher === undefined) structure(checker, draft.tree);
  }
  if (leaves !== undefined && !leaves.isCut) fields(checker, leaves);
  if (draft.matcher !== undefined) length(checker, text);
  const isTold = checker.found.some(({ code }) => code === "not-an-array");
  if (draft.refusal !== undefined && !isTold) refused(checker, draft.refusal, draft.tree === undefined);
  return checker.found.sort((one, other) => one.start - other.start);
}

/** What had to be read into the pattern, so that it is JSON. */
function noJson(checker: Checker, { kind, at, behind }: Repair) {
  if (kind === "missing-comma") {
    const span = { start: at, end: scalarEnd(checker.text, at) };
    checker.error(span, "syntax", "a comma is missing before this", { insert: ",", at: behind });
  } else {
    const bracket = checker.text.charAt(at);
    checker.error(
      { start: at, end: at + 1 },
      "syntax",
      `this is no JSON: the comma before \`${bracket}\` was left out`,
    );
  }
}

/** What the engine says of a pattern that it refuses. */
function refused(checker: Checker, { offset, reason, help }: PatternError, isNoJson: boolean) {
  const at = Math.min(offset, checker.text.length);
  const span = { start: at, end: Math.max(scalarEnd(checker.text, at), at) };
  const more = help === "" ? "" : ` (${help})`;
  if (isNoJson) checker.error(span, "syntax", `this is no JSON: ${reason}${more}`);
  else checker.error(span, "invalid-pattern", `the event pattern is not valid: ${reason}${more}`);
}

/** Keys that stand twice. */
function duplicates(checker: Checker, node: Tree) {
  const known = new Set<string>();
  for (const { key, at, value } of membersOf(node)) {
    if (known.has(key)) {
      const message = "this key stands twice in its object: EventBridge takes the last one";
      checker.warning({ start: at, end: scalarEnd(checker.text, at) }, "duplicate-key", message);
    }
    known.add(key);
    duplicates(checker, value);
  }
  for (const item of itemsOf(node)) duplicates(checker, item);
}

/** Values that stand where arrays are needed. */
function structure(checker: Checker, node: Tree) {
  for (const { key, value } of membersOf(node)) {
    if (value.kind === "object") {
      structure(checker, value);
    } else if (value.kind !== "array") {
      const message = `\`${key}\` needs an array of what it may be`;
      checker.error(checker.value(value), "not-an-array", message, "bracketed");
    } else if (key === "$or") {
      for (const item of value.items) structure(checker, item);
    }
  }
}

function length(checker: Checker, text: string) {
  // As it is deployed: without blanks.
  const length = [...text.replace(/("(?:[^"\\]|\\.)*")|\s+/g, "$1")].length;
  if (length < NEARLY || length > LENGTH) return;
  const message = `the pattern has ${String(length)} of the ${String(LENGTH)} characters that are allowed by default`;
  checker.warning({ start: 0, end: 0 }, "near-limit", message);
}

/** Everything about a pattern that the events decide. */
function fields(checker: Checker, leaves: Leaves) {
  const { scopes, ofLeaf } = scopesOf(checker.scopes, leaves);
  for (const [index, leaf] of leaves.all.entries()) {
    const own = [...(ofLeaf[index] ?? [])].sort((one, other) => one - other);
    field(
      checker,
      leaf,
      own.flatMap((number) => scopes[number] ?? []),
    );
    if (checker.isFull) return;
  }
}

function field(checker: Checker, leaf: Leaf, scopes: readonly Scope[]) {
  const [first] = leaf.steps;
  if (first === undefined) return;
  if (!KEYS.includes(first.name)) unknownKey(checker, leaf, scopes);
  const key = meantKey(first.name);
  if (key === undefined) return;
  if (key !== "detail") {
    envelope(checker, key, leaf, scopes);
  } else if (leaf.steps.length > 1) {
    detail(checker, leaf, leaf.steps.slice(1), scopes);
  } else {
    const message = "`detail` is an object: values are asked of its fields";
    checker.error(checker.key(first), "object-field", message);
  }
}

/** The scopes of a pattern's branches, and for each field those that it is asked for in. */
function scopesOf(all: Scopes, leaves: Leaves): { scopes: Scope[]; ofLeaf: Set<number>[] } {
  const scopes: Scope[] = [];
  const numbers = new Map<string, number>();
  const ofLeaf = leaves.all.map(() => new Set<number>());
  for (const branch of leaves.branches) {
    const [source, detailType] = ["source", "detail-type"].map((key) => leafOfKey(leaves, branch, key));
    const id = `${String(source)} ${String(detailType)}`;
    let number = numbers.get(id);
    if (number === undefined) {
      const node = (leaf: number | undefined) => (leaf === undefined ? undefined : leaves.all[leaf]?.node);
      number = scopes.push(all.of(node(source), node(detailType))) - 1;
      numbers.set(id, number);
    }
    for (const leaf of branch) ofLeaf[leaf]?.add(number);
  }
  return { scopes, ofLeaf };
}

/** The field of a branch that is a key of the envelope, or is meant to be. */
function leafOfKey(leaves: Leaves, branch: readonly number[], key: string): number | undefined {
  return branch.find((number) => {
    const [only, ...more] = leaves.all[number]?.steps ?? [];
    return only !== undefined && more.length === 0 && meantKey(only.name) === key;
  });
}
