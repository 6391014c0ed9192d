// Anything comes in; the event that it is goes out, or how it differs from what is
// documented.

import { isEvent, kindOf, place, standard } from "./event.js";
import { all, names } from "./known.js";
import { instant } from "./values.js";

/**
 * @typedef {import("./event.js").Issue} Issue
 * @typedef {typeof all[number]} Known
 */

/** @type {Map<string, Known> | undefined} */
let byName;

/**
 * What is known of an event of this source and detail-type.
 * @param {any} value
 */
export function known(value) {
  const key = (
    /** @type {string} */ source,
    /** @type {string} */ detailType,
  ) => JSON.stringify([source, detailType]);
  byName ??= new Map(
    all.map((one) => [key(one.event.source, one.event.detailType), one]),
  );
  return byName.get(key(value?.source, value?.["detail-type"]));
}

/**
 * Whether a value is an event of a documented source and detail-type.
 * @param {any} value
 */
export function isKnownEvent(value) {
  /** @type {Record<string, string[]>} */
  const sources = names;
  const source = value?.source;
  return (
    typeof source === "string" &&
    Object.hasOwn(sources, source) &&
    (sources[source] ?? []).includes(value["detail-type"])
  );
}

/**
 * @param {any} value
 * @returns {Issue[]}
 */
function issuesOf(value) {
  if (!isEvent(value)) {
    return [{ message: `is no event: ${whyNot(value)}`, path: [] }];
  }
  return known(value)?.event.detail.walk("e", value) ?? [];
}

/** @param {any} value */
function whyNot(value) {
  if (typeof value === "string") return "it is text: `JSON.parse` reads that";
  if (kindOf(value) !== "object") return `it is ${kindOf(value)}`;
  const missing = ["source", "detail-type", "detail"].filter(
    (key) => kindOf(value[key]) !== (key === "detail" ? "object" : "string"),
  );
  return `it has no \`${missing.join("`, no `")}\``;
}

/**
 * An event, typed if its type is known and it is as documented. Refuses only what is
 * no event.
 * @param {any} value
 */
export function parse(value) {
  const differences = issuesOf(value);
  return differences.length === 0
    ? { ok: true, event: value, differences }
    : { ok: false, differences, event: isEvent(value) ? value : undefined };
}

/** How often messages may wrap each other: SQS, SNS, text. */
const WRAPS = 5;

/**
 * The event that a message brings: text, a record of SQS or SNS, or one within the other.
 * @param {any} message
 */
export function fromMessage(message) {
  let inside = message;
  for (let wraps = 0; wraps < WRAPS && !isEvent(inside); wraps += 1) {
    const next = typeof inside === "string" ? json(inside) : wrapped(inside);
    if (next === undefined) break;
    inside = next;
  }
  return parse(inside);
}

/**
 * What a record of SQS or of SNS, or a notification of SNS, has around it.
 * @param {any} value
 * @returns {unknown}
 */
const wrapped = (value) =>
  [value?.body, value?.Body, value?.Message, value?.Sns?.Message].find(
    (inside) => typeof inside === "string",
  );

/**
 * @param {string} text
 * @returns {unknown}
 */
function json(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Any event, as a Standard Schema: one that is documented has to be as documented. */
export const Event = { "~standard": /* @__PURE__ */ standard(issuesOf) };

/** Any documented event, as a Standard Schema. */
export const KnownEvent = {
  "~standard": /* @__PURE__ */ standard((value) =>
    isKnownEvent(value)
      ? issuesOf(value)
      : [{ message: "is no documented event", path: [] }],
  ),
};

/**
 * All that is otherwise than documented: also fields and values that are not known.
 * @param {any} value
 */
export function differences(value) {
  const one = isEvent(value) ? known(value) : undefined;
  if (one === undefined) {
    return isEvent(value)
      ? [{ message: "detail is of no documented type", path: ["detail"] }]
      : issuesOf(value);
  }
  /** @type {Issue[]} */
  const more = [];
  const issues = one.event.detail.walk(
    "e",
    value,
    [],
    (part, type, path, members) => {
      if (!path[0] || !members[0] || /^[am]/.test(type)) return;
      const keys = members.map(([key]) => key);
      for (const key of Object.keys(part)) {
        if (keys.includes(key)) continue;
        const there = [...path, key];
        more.push({
          message: `${place(there)} is not documented`,
          path: there,
        });
      }
    },
  );
  return [...issues, ...more];
}

/**
 * The instants in the detail of a documented event, by their places.
 * @param {any} value
 */
export function times(value) {
  /** @type {Record<string, unknown>} */
  const found = {};
  const one = isEvent(value) ? known(value) : undefined;
  one?.event.detail.walk("0", value.detail, [], (part, type, path) => {
    const time = type === "t" ? instant(part) : undefined;
    if (time !== undefined) found[place(path)] = time;
  });
  return found;
}

/**
 * What an event is about, whatever its type calls it.
 * @param {any} value
 */
export function subject(value) {
  const detail = kindOf(value?.detail) === "object" ? value.detail : {};
  const [name, arn, status, reason, created, modified, tags] = (
    known(value)?.roles ?? ""
  )
    .split(",")
    .map((key) => (key === "" ? undefined : detail[decodeURIComponent(key)]));
  return {
    name: text(name),
    arn: text(arn),
    status: text(status),
    failureReason: text(reason) ?? text(unnamed(detail, "failurereason")),
    createdAt: instant(created)?.date,
    modifiedAt: instant(modified)?.date,
    tags: pairs(tags),
  };
}

/** @param {unknown} value */
const text = (value) =>
  typeof value === "string" && value !== "" ? value : undefined;

/**
 * @param {Record<string, unknown>} detail
 * @param {string} name
 */
const unnamed = (detail, name) =>
  detail[Object.keys(detail).find((key) => key.toLowerCase() === name) ?? ""];

/**
 * Tags, in either form in which events write them.
 * @param {any} tags
 */
function pairs(tags) {
  if (kindOf(tags) !== "object" && !Array.isArray(tags)) return undefined;
  const found = Array.isArray(tags)
    ? tags.filter((tag) => kindOf(tag) === "object").map(pair)
    : Object.entries(tags);
  return Object.fromEntries(
    found.filter(
      ([key, value]) => text(key) !== undefined && typeof value === "string",
    ),
  );
}

/** @param {Record<string, unknown>} tag */
function pair(tag) {
  const [first = "", second = ""] = Object.keys(tag);
  return /value$/i.test(first)
    ? [tag[second], tag[first]]
    : [tag[first], tag[second]];
}

/**
 * A handler that calls the one for an event's detail-type.
 * @param {Record<string, (event: any, ...rest: any[]) => unknown>} handlers
 */
export const route =
  (handlers) =>
  (/** @type {any} */ event, /** @type {any[]} */ ...rest) => {
    const name = isKnownEvent(event) ? event["detail-type"] : "otherwise";
    const handler = Object.hasOwn(handlers, name)
      ? handlers[name]
      : handlers.otherwise;
    return handler?.(event, ...rest);
  };

/** The documented detail-types. */
export const detailTypes = /* @__PURE__ */ (() =>
  Object.freeze([...new Set(Object.values(names).flat())].sort()))();
