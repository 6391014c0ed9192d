// What stands in the array behind a field of a pattern comes in; operators that
// take values go out, or what is wrong with one.

import { address, block, share } from "./address.mjs";
import { comparable } from "./number.mjs";
import {
  bytes,
  ends,
  fold,
  hasHalf,
  isLike,
  starts,
  wildcard,
} from "./text.mjs";
import { PatternError } from "./tree.mjs";

/** @typedef {import("./tree.mjs").Tree} Tree */

/** @typedef {(text: string) => boolean} Test */

/**
 * One alternative of a field. `string` takes a string, `number` a number by its
 * double and its text, `word` is the one word that it takes.
 *
 * @typedef {object} Operator
 * @property {string} kind
 * @property {unknown} [operand]
 * @property {Test} [string]
 * @property {(double: number | undefined, text: string) => boolean} [number]
 * @property {string} [word]
 * @property {Operator} [inner] What an `anything-but` leaves out.
 */

const ONLY_ONE = "Only one key allowed in match expression";
const TOO_MANY = "Too many elements in numeric expression";
const OPERATORS =
  "write one of prefix, suffix, equals-ignore-case, wildcard, anything-but, numeric, cidr, exists";
const NUMERIC = 'write ["=", 5], [">", 0], ["<=", 5] or [">=", 0, "<", 5]';

/**
 * @param {Tree} at
 * @param {string} reason
 * @param {string} help
 * @returns {never}
 */
export function refuse(at, reason, help) {
  throw new PatternError(reason, help, at.at);
}

/**
 * The alternatives of a field. `withOr` is the newer of the engine's readers, which
 * knows more forms of `anything-but`.
 * @param {Tree[]} items
 * @param {Tree} at
 * @param {boolean} withOr
 */
export function alternatives(items, at, withOr) {
  if (items.length === 0) {
    refuse(
      at,
      "Empty arrays are not allowed",
      'list at least one value; for a field that must not be there, write [{"exists": false}]',
    );
  }
  const all = items.map((item) => alternative(item, withOr));
  return all.filter((operator) => !excludesNothing(operator));
}

/** @param {Operator} operator */
const excludesNothing = ({ inner }) =>
  Array.isArray(inner?.operand) && inner.operand.length === 0;

/**
 * @param {Tree} at
 * @param {boolean} withOr
 * @returns {Operator}
 */
function alternative(at, withOr) {
  if (at.kind === "object") return expression(at, withOr);
  if (at.kind === "string") return literal(at.text);
  if (at.kind === "number") return number(at.text);
  if (at.kind === "word") return { kind: "word", word: at.text };
  return refuse(
    at,
    "Match value must be String, number, true, false, or null",
    "arrays of the event are looked into by themselves: list the values without inner brackets",
  );
}

/**
 * A string: an address if it is one, else itself.
 * @param {string} text
 * @returns {Operator}
 */
function literal(text) {
  const wanted = address(text);
  if (wanted === undefined) return exact(text);
  const string = (/** @type {string} */ value) => {
    const found = address(value);
    return found !== undefined && share(found, wanted);
  };
  return { kind: "address", operand: wanted, string };
}

/**
 * @param {string} text
 * @returns {Operator}
 */
const exact = (text) => ({
  kind: "exact",
  operand: text,
  string: (value) => value === text,
});

/**
 * @param {string} text
 * @returns {Operator}
 */
function number(text) {
  const wanted = comparable(text);
  return wanted === undefined
    ? { kind: "text", operand: text, number: (_, found) => found === text }
    : equal(wanted);
}

/**
 * @param {number} wanted
 * @returns {Operator}
 */
const equal = (wanted) => ({
  kind: "number",
  operand: wanted,
  number: (double) => double === wanted,
});

/**
 * An operator on strings whose operand may have half a character.
 * @param {string} kind
 * @param {string} operand
 * @param {(value: string, operand: string) => boolean} test
 * @returns {Operator}
 */
function onText(kind, operand, test) {
  if (!hasHalf(operand)) {
    return { kind, operand, string: (value) => test(value, operand) };
  }
  const wanted = bytes(operand);
  return { kind, operand, string: (value) => test(bytes(value), wanted) };
}

/**
 * @param {Tree & { kind: "object" }} at
 * @param {string} nothing
 */
function firstMember(at, nothing) {
  return at.members[0] ?? refuse(at, nothing, OPERATORS);
}

/**
 * The engine looks once it has read the first member, so what is wrong with
 * that is told first.
 * @template T
 * @param {Tree & { kind: "object" }} at
 * @param {string} several
 * @param {T} read
 */
function nothingMore(at, several, read) {
  const help = "write each operator into an object of its own";
  return at.members.length === 1 ? read : refuse(at, several, help);
}

/**
 * @param {Tree & { kind: "object" }} at
 * @param {boolean} withOr
 */
function expression(at, withOr) {
  const first = firstMember(at, "Match expression name not found");
  const operator = named(first, withOr);
  const several = /^(anything-but|numeric)$/.test(first.key)
    ? TOO_MANY
    : ONLY_ONE;
  return nothingMore(at, several, operator);
}

/**
 * @param {import("./tree.mjs").Member} member
 * @param {boolean} withOr
 * @returns {Operator}
 */
function named({ key, at, value }, withOr) {
  switch (key) {
    case "exactly":
      return exact(textOf("exact", value));
    case "prefix":
      if (value.kind === "object") return innerFold("Prefix", value);
      return onText(key, textOf(key, value), starts);
    case "suffix":
      if (value.kind === "object") return innerFold("Suffix", value);
      return onText(key, textOf(key, value), ends);
    case "equals-ignore-case": {
      const folded = fold(textOf(key, value));
      return { kind: key, operand: folded.text, string: folded.equals };
    }
    case "wildcard":
      return like(textOf(key, value), value);
    case "numeric":
      return numeric(value);
    case "cidr":
      return cidr(value);
    case "exists":
      return exists(value);
    case "anything-but":
      return { kind: key, inner: excluded(value, withOr) };
    default:
      throw new PatternError(`Unrecognized match type ${key}`, OPERATORS, at);
  }
}

/**
 * @param {string} operator
 * @param {Tree} at
 */
function textOf(operator, at) {
  if (at.kind === "string") return at.text;
  const reason = `${operator} match pattern must be a string`;
  return refuse(at, reason, "write one string");
}

/**
 * @param {"Prefix" | "Suffix"} name
 * @param {Tree & { kind: "object" }} at
 * @returns {Operator}
 */
function innerFold(name, at) {
  const first = firstMember(at, `${name} expression name not found`);
  if (first.key !== "equals-ignore-case") {
    throw new PatternError(
      `Unsupported prefix pattern: ${first.key}`,
      "only equals-ignore-case can stand here, with one string",
      first.at,
    );
  }
  const folded = fold(textOf(first.key, first.value));
  const string = name === "Prefix" ? folded.starts : folded.ends;
  const kind = `${name.toLowerCase()} in any case`;
  return nothingMore(at, ONLY_ONE, { kind, operand: folded.text, string });
}

/**
 * @param {string} text
 * @param {Tree} at
 * @returns {Operator}
 */
function like(text, at) {
  const told = wildcard(text);
  if (typeof told === "string") {
    const help =
      "write * for any characters, \\\\* for a star and \\\\\\\\ for a backslash";
    return refuse(at, told, help);
  }
  const isPlain = !hasHalf(text);
  const pieces = isPlain ? told : told.map(bytes);
  const string = (/** @type {string} */ value) =>
    isLike(pieces, isPlain ? value : bytes(value));
  return { kind: "wildcard", operand: told, string };
}

/**
 * @param {Tree} at
 * @returns {Operator}
 */
function cidr(at) {
  const wanted = block(textOf("prefix", at));
  if (typeof wanted === "string") {
    const help =
      "write an address, a slash and the number of leading bits, as in 10.0.0.0/24; for one address write it as a plain string";
    return refuse(at, wanted, help);
  }
  const string = (/** @type {string} */ value) => {
    const found = address(value);
    return found !== undefined && share(found, wanted.first, wanted.bits);
  };
  return { kind: "cidr", operand: wanted, string };
}

/**
 * @param {Tree} at
 * @returns {Operator}
 */
function exists(at) {
  const word = at.kind === "word" ? at.text : "";
  if (word === "true") return { kind: "exists" };
  if (word === "false") return { kind: "absent" };
  const reason = "exists match pattern must be either true or false.";
  return refuse(at, reason, "write true or false without quotes");
}

/**
 * @typedef {object} Range
 * @property {number | undefined} bottom
 * @property {number | undefined} top
 * @property {boolean} openBottom
 * @property {boolean} openTop
 */

/**
 * @param {Range} range
 * @returns {Operator}
 */
function within(range) {
  const { bottom = -Infinity, top = Infinity, openBottom, openTop } = range;
  return {
    kind: "numeric",
    operand: range,
    number: (double) =>
      double !== undefined &&
      (openBottom ? double > bottom : double >= bottom) &&
      (openTop ? double < top : double <= top),
  };
}

/**
 * An operator and a number, or two of both.
 * @param {Tree} at
 * @returns {Operator}
 */
function numeric(at) {
  if (at.kind !== "array") {
    return refuse(at, "Value of numeric must be an array.", NUMERIC);
  }
  const [first, ...rest] = at.items;
  if (first?.kind !== "string") {
    const reason = `Invalid member in numeric match: ${first ? shown(first) : "]"}`;
    return refuse(at, reason, NUMERIC);
  }
  const sign = first.text;
  if (sign === "=") return equal(lastBound("equals", rest, at));
  if (sign === "<" || sign === "<=") {
    const top = lastBound(sign, rest, at);
    return within({
      bottom: undefined,
      top,
      openBottom: false,
      openTop: sign === "<",
    });
  }
  if (sign === ">" || sign === ">=") return rangeFrom(sign, rest, at);
  return refuse(at, `Unrecognized numeric range operator: ${sign}`, NUMERIC);
}

/** @param {Tree} at */
function shown(at) {
  if (at.kind === "number" || at.kind === "word") return at.text;
  return { object: "{", array: "[", string: '"' }[at.kind];
}

/**
 * @param {string} sign
 * @param {Tree[]} rest
 * @param {Tree} at
 */
function lastBound(sign, rest, at) {
  const wanted = numericKind(sign, rest[0], at);
  return rest.length === 1 ? bound(wanted) : refuse(at, TOO_MANY, NUMERIC);
}

/**
 * @param {string} sign
 * @param {Tree[]} rest
 * @param {Tree} at
 */
function rangeFrom(sign, rest, at) {
  const [first, ...more] = rest;
  const low = numericKind(sign, first, at);
  const high = more.length > 0 ? topOf(more, at) : undefined;
  const bottom = bound(low);
  const openBottom = sign === ">";
  if (high === undefined) {
    return within({ bottom, top: undefined, openBottom, openTop: false });
  }
  const top = bound(high.at);
  if (bottom >= top) {
    const help = "the first number must be less than the second";
    refuse(at, "Bottom must be less than top", help);
  }
  return within({ bottom, top, openBottom, openTop: high.open });
}

/**
 * @param {Tree[]} rest
 * @param {Tree} at
 */
function topOf(rest, at) {
  const [sign, item] = rest;
  if (sign?.kind !== "string") {
    const found = sign ? shown(sign) : "";
    return refuse(at, `Bad value in numeric range: ${found}`, NUMERIC);
  }
  if (sign.text !== "<" && sign.text !== "<=") {
    return refuse(at, `Bad numeric range operator: ${sign.text}`, NUMERIC);
  }
  const top = numericKind(sign.text, item, at);
  if (rest.length > 2) {
    refuse(at, "Too many terms in numeric range expression", NUMERIC);
  }
  return { at: top, open: sign.text === "<" };
}

/**
 * @param {string} sign
 * @param {Tree | undefined} item
 * @param {Tree} at
 */
function numericKind(sign, item, at) {
  if (item?.kind === "number") return item;
  return refuse(item ?? at, `Value of ${sign} must be numeric`, NUMERIC);
}

/** @param {Tree} at */
function bound(at) {
  const text = at.kind === "number" ? at.text : "";
  const help = "write a number that a double holds exactly as written";
  return (
    comparable(text) ?? refuse(at, `Cannot compare number : ${text}`, help)
  );
}

/**
 * What an `anything-but` leaves out: one value or a list.
 * @param {Tree} at
 * @param {boolean} withOr
 * @returns {Operator}
 */
function excluded(at, withOr) {
  if (at.kind !== "object") return excludedValues(at);
  const {
    key,
    at: place,
    value,
  } = firstMember(at, "Anything-But expression name not found");
  const isText = value.kind === "string";
  const isKnown =
    key === "equals-ignore-case" ||
    (key === "wildcard" && withOr) ||
    ((key === "prefix" || key === "suffix") && (withOr || isText));
  if (!isKnown) {
    throw new PatternError(
      `Unsupported anything-but pattern: ${key}`,
      "anything-but takes values, prefix, suffix, equals-ignore-case or wildcard",
      place,
    );
  }
  return nothingMore(at, TOO_MANY, excludedBy(key, value));
}

/**
 * @param {string} key
 * @param {Tree} value
 */
function excludedBy(key, value) {
  const items = excludedItems(value);
  if (key === "equals-ignore-case") {
    const reason =
      "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.";
    const folds = texts(items, reason).map(fold);
    return anyOf(
      key,
      folds.map((it) => it.text),
      folds.map((it) => it.equals),
    );
  }
  if (key === "wildcard") {
    const all = texts(items, "wildcard match pattern must be a string");
    const likes = all.map((text) => like(text, value));
    return anyOf(
      key,
      likes.map((it) => it.operand),
      likes.map(testOf),
    );
  }
  const all = texts(items, "prefix/suffix match pattern must be a string");
  const empty = items[all.indexOf("")];
  if (empty !== undefined) {
    const help =
      "every string starts and ends with the empty string: leave it out";
    refuse(empty, "Null prefix/suffix not allowed", help);
  }
  const test = key === "prefix" ? starts : ends;
  const tests = all.map((text) => testOf(onText(key, text, test)));
  return anyOf(key, all, tests);
}

/** @param {Operator} operator */
const testOf = ({ string }) => string ?? (() => false);

/**
 * @param {string} kind
 * @param {unknown[]} operand
 * @param {Test[]} tests
 * @returns {Operator}
 */
const anyOf = (kind, operand, tests) => ({
  kind,
  operand,
  string: (value) => tests.some((test) => test(value)),
});

/**
 * @param {Tree} at
 * @returns {Tree[]}
 */
function excludedItems(at) {
  if (at.kind === "array") return at.items;
  if (at.kind === "string" || at.kind === "number") return [at];
  return refuse(
    at,
    "Value of anything-but must be an array or single string/number value.",
    "write a string, a number, or a list of either",
  );
}

/**
 * @param {Tree[]} items
 * @param {string} reason
 */
const texts = (items, reason) =>
  items.map((item) =>
    item.kind === "string"
      ? item.text
      : refuse(item, reason, "list strings only"),
  );

/**
 * @param {Tree} at
 * @returns {Operator}
 */
function excludedValues(at) {
  const items = excludedItems(at);
  const other = items.find((item) => !/string|number/.test(item.kind));
  if (other !== undefined) {
    const reason =
      "Inside anything but list, start|null|boolean is not supported.";
    refuse(other, reason, "list strings or numbers");
  }
  const [first] = items;
  if (first === undefined || items.some((item) => item.kind !== first.kind)) {
    return refuse(
      at,
      "Inside anything but list, either all values are number or string, mixed type is not supported",
      "list strings only or numbers only, at least one",
    );
  }
  if (first.kind === "number") {
    const numbers = new Set(items.map(bound));
    return {
      kind: "numbers",
      operand: [...numbers],
      number: (double) => double !== undefined && numbers.has(double),
    };
  }
  const strings = new Set(texts(items, ""));
  return {
    kind: "strings",
    operand: [...strings],
    string: (value) => strings.has(value),
  };
}
