// What stands in the array behind a field of a pattern comes in; operators that
// take values go out, or what is wrong with one.

import { address, block, share } from "./address.js";
import { comparable } from "./number.js";
import {
  bytes,
  ends,
  fold,
  hasHalf,
  isLike,
  starts,
  wildcard,
} from "./text.js";
import { PatternError } from "./tree.js";

/** @typedef {import("./tree.js").Tree} Tree */

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
 * @param {{ at: number }} part Where in the pattern.
 * @param {string} reason
 * @param {string} help
 * @returns {never}
 */
export function refuse({ at }, reason, help) {
  throw new PatternError(reason, help, at);
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
 */
function literal(text) {
  const wanted = address(text);
  return wanted === undefined
    ? exact(text)
    : within("address", wanted, { first: wanted, bits: 128 });
}

/**
 * @param {string} kind
 * @param {unknown} operand
 * @param {{ first: import("./address.js").Address; bits: number }} block
 * @returns {Operator}
 */
const within = (kind, operand, { first, bits }) => ({
  kind,
  operand,
  string: (value) => {
    const found = address(value);
    return found !== undefined && share(found, first, bits);
  },
});

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
 * @param {"prefix" | "suffix"} kind
 * @param {string} operand
 * @returns {Operator}
 */
function onEnd(kind, operand) {
  const test = kind === "prefix" ? starts : ends;
  // With half a character in it, bytes are compared.
  const seen = hasHalf(operand) ? bytes : String;
  const wanted = seen(operand);
  return { kind, operand, string: (value) => test(seen(value), wanted) };
}

/**
 * @param {string} text
 * @returns {Operator}
 */
function inAnyCase(text) {
  const folded = fold(text);
  return {
    kind: "equals-ignore-case",
    operand: folded.text,
    string: folded.equals,
  };
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
 * @param {import("./tree.js").Member} member
 * @param {boolean} withOr
 * @returns {Operator}
 */
function named(member, withOr) {
  const { key, value } = member;
  switch (key) {
    case "exactly":
      return exact(textOf("exact", value));
    case "prefix":
    case "suffix":
      if (value.kind === "object") return innerFold(key, value);
      return onEnd(key, textOf(key, value));
    case "equals-ignore-case":
      return inAnyCase(textOf(key, value));
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
      return refuse(member, `Unrecognized match type ${key}`, OPERATORS);
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
 * @param {"prefix" | "suffix"} end
 * @param {Tree & { kind: "object" }} at
 * @returns {Operator}
 */
function innerFold(end, at) {
  const name = end === "prefix" ? "Prefix" : "Suffix";
  const first = firstMember(at, `${name} expression name not found`);
  const { key, value } = first;
  if (key !== "equals-ignore-case") {
    const help = "only equals-ignore-case can stand here, with one string";
    refuse(first, `Unsupported prefix pattern: ${key}`, help);
  }
  const folded = fold(textOf(key, value), end === "suffix");
  const kind = `${end} in any case`;
  const operator = { kind, operand: folded.text, string: folded.starts };
  return nothingMore(at, ONLY_ONE, operator);
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
  const seen = hasHalf(text) ? bytes : String;
  const pieces = told.map(seen);
  const string = (/** @type {string} */ value) => isLike(pieces, seen(value));
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
  return within("cidr", wanted, wanted);
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
 * @param {number | undefined} bottom
 * @param {boolean} openBottom
 * @param {number | undefined} top
 * @param {boolean} openTop
 * @returns {Operator}
 */
const between = (bottom, openBottom, top, openTop) => ({
  kind: "numeric",
  operand: { bottom, top, openBottom, openTop },
  number: (double) =>
    double !== undefined &&
    (bottom === undefined ||
      (openBottom ? double > bottom : double >= bottom)) &&
    (top === undefined || (openTop ? double < top : double <= top)),
});

/**
 * An operator and a number, or two of both.
 * @param {Tree} at
 * @returns {Operator}
 */
function numeric(at) {
  if (at.kind !== "array") {
    return refuse(at, "Value of numeric must be an array.", NUMERIC);
  }
  const [first, item, ...more] = at.items;
  if (first?.kind !== "string") {
    const found = first ? shown(first) : "]";
    return refuse(at, `Invalid member in numeric match: ${found}`, NUMERIC);
  }
  const sign = first.text;
  if (!/^([<>]=?|=)$/.test(sign)) {
    refuse(at, `Unrecognized numeric range operator: ${sign}`, NUMERIC);
  }
  const wanted = numericKind(sign === "=" ? "equals" : sign, item, at);
  const isOpen = sign.length === 1;
  if (sign.startsWith(">")) return from(wanted, isOpen, more, at);
  if (more.length > 0) refuse(at, TOO_MANY, NUMERIC);
  const number = bound(wanted);
  return sign === "="
    ? equal(number)
    : between(undefined, false, number, isOpen);
}

/** @param {Tree} at */
function shown(at) {
  if (at.kind === "number" || at.kind === "word") return at.text;
  return { object: "{", array: "[", string: '"' }[at.kind];
}

/**
 * @param {Tree} low
 * @param {boolean} isOpen
 * @param {Tree[]} more
 * @param {Tree} at
 */
function from(low, isOpen, more, at) {
  if (more.length === 0) return between(bound(low), isOpen, undefined, false);
  const [sign, item] = more;
  if (sign?.kind !== "string") {
    const found = sign ? shown(sign) : "";
    return refuse(at, `Bad value in numeric range: ${found}`, NUMERIC);
  }
  if (!/^<=?$/.test(sign.text)) {
    refuse(at, `Bad numeric range operator: ${sign.text}`, NUMERIC);
  }
  const high = numericKind(sign.text, item, at);
  if (more.length > 2) {
    refuse(at, "Too many terms in numeric range expression", NUMERIC);
  }
  const bottom = bound(low);
  const top = bound(high);
  if (bottom >= top) {
    const help = "the first number must be less than the second";
    refuse(at, "Bottom must be less than top", help);
  }
  return between(bottom, isOpen, top, sign.text === "<");
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
  const first = firstMember(at, "Anything-But expression name not found");
  const { key, value } = first;
  const isKnown =
    key === "equals-ignore-case" ||
    (key === "wildcard" && withOr) ||
    (/^(prefix|suffix)$/.test(key) && (withOr || value.kind === "string"));
  if (!isKnown) {
    refuse(
      first,
      `Unsupported anything-but pattern: ${key}`,
      "anything-but takes values, prefix, suffix, equals-ignore-case or wildcard",
    );
  }
  return nothingMore(at, TOO_MANY, excludedBy(key, value));
}

/**
 * @param {string} key
 * @param {Tree} value
 * @returns {Operator}
 */
function excludedBy(key, value) {
  const all = excludedItems(value).map((item) =>
    excludedText(key, item, value),
  );
  return {
    kind: key,
    operand: all.map(({ operand }) => operand),
    string: (text) => all.some(({ string }) => string?.(text)),
  };
}

/**
 * @param {string} key
 * @param {Tree} item
 * @param {Tree} value
 */
function excludedText(key, item, value) {
  if (key === "equals-ignore-case") {
    const reason =
      "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.";
    return inAnyCase(listed(item, reason));
  }
  if (key === "wildcard") {
    return like(listed(item, "wildcard match pattern must be a string"), value);
  }
  const text = listed(item, "prefix/suffix match pattern must be a string");
  if (text === "") {
    const help =
      "every string starts and ends with the empty string: leave it out";
    refuse(item, "Null prefix/suffix not allowed", help);
  }
  return onEnd(key === "prefix" ? key : "suffix", text);
}

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
 * @param {Tree} item
 * @param {string} reason
 */
const listed = (item, reason) =>
  item.kind === "string"
    ? item.text
    : refuse(item, reason, "list strings only");

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
    const operand = items.map(bound);
    const numbers = new Set(operand);
    return {
      kind: "numbers",
      operand,
      number: (double) => double !== undefined && numbers.has(double),
    };
  }
  const operand = items.map((item) => listed(item, ""));
  const strings = new Set(operand);
  return {
    kind: "strings",
    operand,
    string: (value) => strings.has(value),
  };
}
