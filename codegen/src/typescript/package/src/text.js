// What operators need to compare strings as the engine does, which sees UTF-8.

const HALF = /\p{Surrogate}/u;

/**
 * Whether a text has half a character: only then do bytes compare otherwise.
 * @param {string} text
 */
export const hasHalf = (text) => HALF.test(text);

/**
 * The bytes of a text, one a character; half a character has three.
 * @param {string} text
 */
export function bytes(text) {
  let out = "";
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (code < 0x80) out += char;
    else if (code < 0x800) out += byte(0xc0 | (code >> 6)) + tail(code);
    else if (code < 0x10000)
      out += byte(0xe0 | (code >> 12)) + tail(code >> 6) + tail(code);
    else
      out +=
        byte(0xf0 | (code >> 18)) +
        tail(code >> 12) +
        tail(code >> 6) +
        tail(code);
  }
  return out;
}

const byte = (/** @type {number} */ code) => String.fromCharCode(code);
const tail = (/** @type {number} */ code) => byte(0x80 | (code & 0x3f));

/**
 * Whether a string starts so. The engine sees the closing quote as a last
 * character, so a prefix may end in it.
 * @param {string} text
 * @param {string} prefix
 */
export const starts = (text, prefix) =>
  text.startsWith(prefix) || prefix === text + '"';

/**
 * Whether a string ends so. The engine sees the opening quote as a first
 * character.
 * @param {string} text
 * @param {string} suffix
 */
export const ends = (text, suffix) =>
  text.endsWith(suffix) || suffix === '"' + text;

/**
 * What both spellings of a text's characters are: those of the pattern in lower
 * and in upper case, and nothing else. That is not symmetric. `starts` looks at the
 * end when it is read from there.
 * @param {string} text
 */
export function fold(text, fromEnd = false) {
  const turned = fromEnd ? reversed : String;
  const whole = text.replace(/\p{Surrogate}/gu, "\ufffd\ufffd\ufffd");
  const chars = [...turned(whole)].map((char) => spellings(char).map(turned));
  const [last = ""] = [...turned(whole)].slice(-1);
  return {
    text: whole,
    equals: (/** @type {string} */ value) => rest(chars, value) === "",
    starts: (/** @type {string} */ value) =>
      rest(chars, turned(value)) !== undefined ||
      (last === '"' && rest(chars.slice(0, -1), turned(value)) === ""),
  };
}

const reversed = (/** @type {string} */ text) => [...text].reverse().join("");

/**
 * In lower and in upper case.
 * @param {string} char
 */
const spellings = (char) =>
  char > "\u007f" || /[a-z]/i.test(char)
    ? [char.toLowerCase(), char.toUpperCase()]
    : [char];

/**
 * What is left of a value behind some characters.
 * @param {string[][]} chars
 * @param {string} value
 */
function rest(chars, value) {
  let at = 0;
  for (const spelled of chars) {
    const found = spelled.find((spelling) => value.startsWith(spelling, at));
    if (found === undefined) return undefined;
    at += found.length;
  }
  return value.slice(at);
}

/**
 * The pieces of a wildcard between its stars; or what is wrong with it, in the
 * engine's words.
 * @param {string} text
 * @returns {string[] | string}
 */
export function wildcard(text) {
  const pieces = [""];
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    const next = text.charAt(at + 1);
    if (char === "*") {
      if (next === "*") {
        return `Consecutive wildcard characters at pos ${position(text, at)}`;
      }
      pieces.push("");
    } else if (char !== "\\") {
      pieces[pieces.length - 1] += char;
    } else if (next === "*" || next === "\\") {
      pieces[pieces.length - 1] += next;
      at += 1;
    } else {
      return `Invalid escape character at pos ${position(text, at)}`;
    }
  }
  return pieces;
}

/**
 * Counts the opening quote, and half a character as one byte.
 * @param {string} text
 * @param {number} at
 */
const position = (text, at) =>
  bytes(text.slice(0, at).replace(/\p{Surrogate}/gu, "?")).length + 1;

/**
 * Whether a value is one of those that a wildcard describes. The first place is
 * taken for every piece, so it never goes back.
 * @param {string[]} pieces
 * @param {string} value
 */
export function isLike(pieces, value) {
  const first = pieces[0] ?? "";
  if (pieces.length < 2) return first === value;
  const last = pieces[pieces.length - 1] ?? "";
  const end = value.length - last.length;
  if (!value.startsWith(first) || !value.endsWith(last)) return false;
  let at = first.length;
  for (let index = 1; index < pieces.length - 1; index += 1) {
    const piece = pieces[index] ?? "";
    const found = value.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return at <= end;
}
