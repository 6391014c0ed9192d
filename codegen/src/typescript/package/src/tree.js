// The text of a pattern comes in; its tree goes out, with the place of each
// part and with keys that stand twice.

import { EventError, Reader } from "./json.js";

/**
 * @typedef {{ key: string; at: number; value: Tree }} Member
 * @typedef {{ kind: "object"; at: number; members: Member[] }
 *   | { kind: "array"; at: number; items: Tree[] }
 *   | { kind: "string" | "number" | "word"; at: number; text: string }} Tree
 */

/** Why a text is no event pattern: what is wrong, where, and what to write. */
export class PatternError extends Error {
  /**
   * @param {string} reason
   * @param {string} help
   * @param {number} offset
   */
  constructor(reason, help, offset) {
    super(reason);
    this.name = "PatternError";
    this.reason = reason;
    this.help = help;
    this.offset = offset;
    this.line = 1;
    this.column = 1;
    /** @type {string | undefined} */
    this.path = undefined;
  }

  /**
   * The error with its place in the text.
   * @param {string} text
   */
  placedIn(text) {
    const before = text.slice(0, this.offset).split("\n");
    this.line = before.length;
    this.column = [...(before[before.length - 1] ?? "")].length + 1;
    const where = this.path ? `, in field \`${this.path}\`` : "";
    const help = this.help ? `: ${this.help}` : "";
    this.message = `${this.reason} at line ${this.line}, column ${this.column}${where}${help}`;
    return this;
  }
}

/**
 * What follows the closing brace is not looked at.
 * @param {string} text
 */
export function tree(text) {
  const reader = new Reader(text);
  try {
    if (reader.space() !== 123) {
      const help = 'write a JSON object such as {"source": ["aws.sagemaker"]}';
      throw new PatternError("Filter is not an object", help, reader.at);
    }
    return value(reader);
  } catch (error) {
    if (!(error instanceof EventError)) throw error;
    throw new PatternError(error.reason, "", error.offset);
  }
}

/**
 * @param {Reader} reader
 * @returns {Tree}
 */
function value(reader) {
  const { at } = reader;
  const first = reader.text.charAt(at);
  if (first === "{") return { kind: "object", at, members: members(reader) };
  if (first === "[") return { kind: "array", at, items: items(reader) };
  return { at, kind: reader.scalar(), text: reader.meaning(at) };
}

/** @param {Reader} reader */
function members(reader) {
  /** @type {Member[]} */
  const all = [];
  if (!reader.open()) return all;
  do {
    const { at } = reader;
    all.push({ at, key: reader.key(), value: value(reader) });
  } while (reader.more(125));
  return all;
}

/** @param {Reader} reader */
function items(reader) {
  /** @type {Tree[]} */
  const all = [];
  if (!reader.open()) return all;
  do all.push(value(reader));
  while (reader.more(93));
  return all;
}
