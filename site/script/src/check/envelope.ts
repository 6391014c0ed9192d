// The fields of a pattern come in; what no event has around its detail is told. As `envelope.rs` of the tool tells it.

import type { Tree } from "../../../../codegen/src/typescript/package/src/tree.js";
import type { Checker } from "./checker.ts";
import { type Leaf, type Step, hasSibling, isWholeKey, itemsOf, valueOf } from "./leaves.ts";
import { didYouMean, meant } from "./near.ts";
import { type Scope, taker } from "./scope.ts";
import { Standing } from "./standing.ts";

/** The keys of every event. */
export const KEYS = [
  "version",
  "id",
  "detail-type",
  "source",
  "account",
  "time",
  "region",
  "resources",
  "detail",
  "replay-name",
];

/** The key of the envelope that a step is, or is meant to be. */
export const meantKey = (name: string) => (KEYS.includes(name) ? name : meant(name, KEYS)?.word);

/** What is wrong with a field's first key, which is none of the envelope's. */
export function unknownKey(checker: Checker, leaf: Leaf, scopes: readonly Scope[]) {
  const [step] = leaf.steps;
  if (step === undefined) return;
  if (isPath(step.name)) {
    pathKey(checker, step);
    return;
  }
  const message = `no event has the key \`${step.member.key}\` beside its \`detail\``;
  const names = leaf.steps.map(({ name }) => name);
  const events = scopes.flatMap((scope) => checker.eventsOf(scope));
  const isOfDetail = events.some((event) => event.detail.length > 0 && Standing.inDetail(event, names).isThere);
  const key = meantKey(step.name);
  const tell = (more: string, word?: string) => {
    const fix = word === undefined ? undefined : { word };
    checker.error(checker.key(step), "unknown-envelope-key", `${message}: ${more}`, fix);
  };
  if (isOfDetail) tell("it stands in `detail`");
  else if (key !== undefined && hasSibling(step, key)) tell(`\`${key}\` stands here too`);
  else if (key !== undefined && isWholeKey(step)) tell(`\`${key}\` is meant`, key);
  else tell(`the keys are ${KEYS.join(", ")}`);
}

export const isPath = (name: string) => name.startsWith("$") && name !== "$or";

/** A key that is written as a path. */
export function pathKey(checker: Checker, step: Step) {
  const message =
    `\`${step.member.key}\` is taken for the name of a key, and no event has it: ` +
    "write its steps as objects in each other, without `$`";
  checker.error(checker.key(step), "path-key", message);
}

/** The values of a key of the envelope but `detail`. */
export function envelope(checker: Checker, key: string, leaf: Leaf, scopes: readonly Scope[]) {
  const step = leaf.steps[1];
  if (step !== undefined) {
    const message = `\`${key}\` has no fields, so \`${step.name}\` is never there`;
    checker.error(checker.key(step), "not-an-object", message);
    return;
  }
  const items = itemsOf(leaf.node);
  for (const item of items) textValue(checker, key, item);
  for (const item of items) {
    if (key === "source") source(checker, item);
    if (key === "detail-type") detailType(checker, item, scopes);
    if (key === "account") shaped(checker, item, key, /^\d{12}$/, "an account has twelve digits");
    if (key === "region") shaped(checker, item, key, /^[a-z]+(-[a-z]+)+-\d+$/, "a region reads like `eu-west-1`");
  }
}

function textValue(checker: Checker, key: string, item: Tree) {
  const span = checker.value(item);
  const isAlways = `\`${key}\` is a string in every event`;
  if (item.kind === "number") {
    const fix = { scalar: `"${item.text}"` };
    checker.error(span, "number-for-string", `${isAlways}, never the number ${item.text}`, fix);
  } else if (item.kind === "word" && key !== "replay-name") {
    checker.error(span, "wrong-type", isAlways);
  } else if (item.kind === "object" && valueOf(item, "numeric") !== undefined) {
    checker.error(span, "operator-type", `${isAlways}, and \`numeric\` takes numbers alone`);
  } else if (item.kind === "string" && item.text.includes("*") && key !== "detail-type") {
    literalStar(checker, item, item.text);
  }
}

/** A plain string with a star, which is taken as it is. */
export function literalStar(checker: Checker, item: Tree, text: string) {
  const message = `the star in "${text}" is a star and nothing else; for any characters write {"wildcard": "${text}"}`;
  checker.warning(checker.value(item), "literal-star", message);
}

function shaped(checker: Checker, item: Tree, key: string, shape: RegExp, words: string) {
  if (item.kind !== "string" || shape.test(item.text) || item.text.includes("*")) return;
  checker.error(checker.value(item), "envelope-value", `no event has the ${key} "${item.text}": ${words}`);
}

function source(checker: Checker, item: Tree) {
  if (item.kind !== "string" || checker.scopes.sources.includes(item.text)) return;
  const word = checker.scopes.meantSource(item.text);
  if (word === undefined) return;
  const message = `no event comes from "${item.text}": "${word}" is meant`;
  checker.error(checker.value(item), "misspelt-source", message, { word });
}

/** A detail-type, if all events that the pattern may let through are known. */
function detailType(checker: Checker, item: Tree, scopes: readonly Scope[]) {
  const known = scopes.flatMap((scope) => scope.ofSources.map((event) => event.detailType));
  const isOpen = scopes.some((scope) => scope.hasOtherSources);
  if (item.kind === "string" && !known.includes(item.text)) {
    const word = meant(item.text, known)?.word;
    if (word !== undefined) misspeltType(checker, item, item.text, word);
    else if (!isOpen) unknownType(checker, item, item.text, known);
  } else if (item.kind === "object" && !isOpen) {
    takesAType(checker, item, known);
  }
}

function misspeltType(checker: Checker, item: Tree, name: string, word: string) {
  const message = `there is no detail-type "${name}": "${word}" is meant`;
  checker.error(checker.value(item), "misspelt-detail-type", message, { word });
}

function unknownType(checker: Checker, item: Tree, name: string, known: readonly string[]) {
  const nearest = didYouMean(name, known);
  if (nearest === undefined) return;
  const message = `no detail-type "${name}" of this source is known: ${nearest}`;
  checker.warning(checker.value(item), "unknown-detail-type", message);
}

/** An operator that takes none of the known detail-types. */
function takesAType(checker: Checker, item: Tree, known: readonly string[]) {
  const takes = taker(checker.text, item);
  if (takes === undefined || known.length === 0 || known.some(takes)) return;
  checker.warning(checker.value(item), "unknown-detail-type", "no known detail-type of this source is like this");
}
