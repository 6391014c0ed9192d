// What stands at the caret, and the events that the pattern may let through, come in; what can be written there goes out.

import type { EventData } from "../catalogue.ts";
import { KEYS } from "../check/envelope.ts";
import { Kinds } from "../check/kinds.ts";
import type { Named } from "../check/scope.ts";
import { Standing } from "../check/standing.ts";
import type { Caret } from "./caret.ts";
import { fold } from "../check/near.ts";

/** How many are offered. */
const SHOWN = 50;

export interface Option {
  /** What is shown. */
  readonly label: string;
  /** What it means. */
  readonly text: string;
  /** What is written before and behind the caret. */
  readonly before: string;
  readonly after: string;
}

/** What is known, and what of it the pattern is about. */
export interface Known {
  readonly all: readonly Named[];
  readonly events: readonly EventData[];
}

/** Operators, and what values they take. */
const OPERATORS = [
  { name: "prefix", takes: "string", before: '"', after: '"', text: "what starts so" },
  { name: "suffix", takes: "string", before: '"', after: '"', text: "what ends so" },
  { name: "wildcard", takes: "string", before: '"*', after: '*"', text: "`*` stands for any characters" },
  { name: "equals-ignore-case", takes: "string", before: '"', after: '"', text: "in any case" },
  { name: "anything-but", takes: "any", before: "[", after: "]", text: "all but these" },
  { name: "numeric", takes: "number", before: '[">", ', after: "]", text: "a range of numbers" },
  { name: "cidr", takes: "string", before: '"', after: '"', text: "an address in a block" },
  { name: "exists", takes: "any", before: "true", after: "", text: "there is a value; `false`: none" },
] as const;

/** What can be written, the nearest to what is typed first. */
export function optionsAt(caret: Caret, known: Known): Option[] {
  const all =
    caret.place === "key"
      ? keys(caret, known).filter(({ label }) => !caret.before.includes(label))
      : values(caret, known);
  const typed = fold(caret.typed);
  // What begins so, the shortest first; where nothing is typed, in the order that it has.
  const rank = ({ label }: Option) => {
    const at = fold(label).indexOf(typed);
    return at < 0 ? undefined : typed === "" ? 0 : label.length + (at === 0 ? 0 : 1000);
  };
  const ranked = all.flatMap((option) => {
    const order = rank(option);
    return order === undefined ? [] : [{ option, order }];
  });
  return ranked
    .sort((one, other) => one.order - other.order)
    .map(({ option }) => option)
    .slice(0, SHOWN);
}

function keys(caret: Caret, { events }: Known): Option[] {
  const [first, ...steps] = caret.path;
  if (first === undefined) {
    return [...KEYS, "$or"].map((key) => keyed(key, ENVELOPE[key] ?? "", caret, key === "detail"));
  }
  if (first !== "detail") return operators(caret, new Kinds([]), "string");
  const targets = events.flatMap((event) => Standing.inDetail(event, steps).targets);
  const kinds = new Kinds(targets);
  // Of events that have a field alike, the first tells what it means.
  const fields = new Map(
    targets.flatMap((target) => target.fields.map((field) => [field.key, field] as const)).reverse(),
  );
  const own = [...fields.values()]
    .reverse()
    .map(({ key, text }) => keyed(key, text ?? "", caret, isObject(events, [...steps, key])));
  return kinds.hasScalars ? [...own, ...operators(caret, kinds)] : own;
}

/** Whether patterns ask for the fields of what stands there, rather than for values. */
function isObject(events: readonly EventData[], steps: readonly string[]): boolean {
  const targets = events.flatMap((event) => Standing.inDetail(event, steps).targets);
  return targets.length > 0 && targets.every(({ holds }) => holds === "object");
}

const ENVELOPE: Readonly<Record<string, string>> = {
  source: "the service that sent the event",
  "detail-type": "tells events of a source apart",
  detail: "what the event tells",
  account: "twelve digits",
  region: "such as `eu-west-1`",
  resources: "ARNs of what the event is about",
  "replay-name": "present when it was replayed from an archive",
  $or: "one of several patterns",
};

/** A key with the beginning of its value. */
function keyed(key: string, text: string, caret: Caret, isObject: boolean): Option {
  const name = JSON.stringify(key);
  if (caret.hasColon) return { label: key, text, before: name, after: "" };
  if (key === "$or") return { label: key, text, before: `${name}: [{`, after: "}]" };
  if (isObject) return { label: key, text, before: `${name}: {`, after: "}" };
  return { label: key, text, before: `${name}: [`, after: "]" };
}

function operators(caret: Caret, kinds: Kinds, always?: "string"): Option[] {
  const fits = (takes: string) =>
    takes === "any" || (takes === "string" ? kinds.string || always === "string" : kinds.number);
  return OPERATORS.filter(({ takes }) => fits(takes)).map(({ name, before, after, text }) => ({
    label: name,
    text,
    before: caret.hasColon ? `"${name}"` : `"${name}": ${before}`,
    after: caret.hasColon ? "" : after,
  }));
}

function values(caret: Caret, known: Known): Option[] {
  const [first, ...steps] = caret.path;
  const plain = (value: string, text = "") => item(caret, JSON.stringify(value), value, text);
  if (first === "source") return [...new Set(known.all.map(({ source }) => source))].map((value) => plain(value));
  if (first === "detail-type") return known.all.map(({ detailType, source }) => plain(detailType, source));
  if (first !== "detail") return [];
  const operator = OPERATORS.find(({ name }) => name === steps.at(-1));
  if (operator?.name === "exists")
    return ["true", "false"].map((word) => ({ label: word, text: "", before: word, after: "" }));
  const path = operator === undefined ? steps : steps.slice(0, -1);
  const targets = known.events.flatMap((event) => Standing.inDetail(event, path).targets);
  const kinds = new Kinds(targets);
  const words = kinds.boolean ? ["true", "false"].map((word) => item(caret, word, word, "")) : [];
  const own = [...(kinds.known ?? kinds.shown)].filter((value) => value !== "").map((value) => plain(value));
  const more = operator === undefined && caret.typed === "" ? expressions(caret, kinds) : [];
  return [...own, ...words, ...more];
}

/** A value; in an array if the caret is in none. */
function item(caret: Caret, json: string, label: string, text: string): Option {
  const isBare = caret.place === "value" && !OPERATORS.some(({ name }) => name === caret.path.at(-1));
  return { label, text, before: isBare ? `[${json}` : json, after: isBare ? "]" : "" };
}

/** Operators, each in its object. */
function expressions(caret: Caret, kinds: Kinds): Option[] {
  if (!kinds.hasScalars) return [];
  return operators({ ...caret, hasColon: false }, kinds).map(({ label, text, before, after }) => {
    const option = item(caret, `{${before}`, label, text);
    return { ...option, after: `${after}}${option.after}` };
  });
}
