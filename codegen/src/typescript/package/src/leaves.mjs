// An event and the fields that are wanted come in; the leaves of those fields go
// out, each with the array elements that it lies in. A step with dots in it is as
// many steps, in patterns and in events alike. One oddity of the engine is kept: an
// empty step of an event is followed only when the pattern has one itself, and
// trailing empty steps of a pattern do not count.

import { MAX_DEPTH, EventError, Reader } from "./json.mjs";
import { comparable, comparableDouble } from "./number.mjs";

/**
 * A value at the end of a path: `text` is the string, the number as written, or the
 * word.
 *
 * @typedef {object} Leaf
 * @property {"string" | "number" | "word"} kind
 * @property {string} text
 * @property {number | undefined} number
 * @property {number} element The innermost array element that it lies in.
 */

/** A leaf in no array element lies here. */
export const NOWHERE = 0;

/** So many keys of events are remembered with where they lead. */
const REMEMBERED = 1000;

/** A place in the trie of wanted fields. */
class Node {
  constructor() {
    /** @type {Map<string, Node>} */
    this.children = new Map();
    this.field = -1;
    this.isStrict = false;
    /** @type {Map<string, Node | null>} */
    this.known = new Map();
  }

  /** @param {string} step */
  grow(step) {
    const child = this.children.get(step) ?? new Node();
    this.children.set(step, child);
    return child;
  }

  /**
   * Where a key of an event leads. Most keys lead nowhere.
   * @param {string} key
   * @returns {Node | null}
   */
  follow(key) {
    const known = this.known.get(key);
    if (known !== undefined) return known;
    /** @type {Node | undefined} */
    let node = this;
    for (const step of key.split(".")) node = node?.children.get(step);
    const found = node ?? null;
    if (this.known.size < REMEMBERED) this.known.set(key, found);
    return found;
  }
}

/**
 * The trie of the fields of a pattern.
 * @param {string[]} names
 */
export function paths(names) {
  const isStrict = !names.some(followsEmptySteps);
  const root = new Node();
  for (const [field, name] of names.entries()) {
    let node = root;
    for (const step of name.split(".")) node = node.grow(step);
    node.field = field;
    node.isStrict = isStrict && name.endsWith(".");
  }
  return root;
}

/** @param {string} name */
function followsEmptySteps(name) {
  const counted = name.replace(/\.+$/, "");
  return name === "" || (counted !== "" && counted.split(".").includes(""));
}

/** The leaves of one event; used again for the next. */
export class Leaves {
  /** @param {number} fields */
  constructor(fields) {
    /** @type {Leaf[][]} */
    this.of = [];
    for (let field = 0; field < fields; field += 1) this.of.push([]);
    // Of each array element: the one around it, how deep it is, its array.
    this.parent = [NOWHERE];
    this.depth = [0];
    this.array = [-1];
    // Of each array: its first element and the one behind its last.
    /** @type {number[]} */
    this.first = [];
    /** @type {number[]} */
    this.end = [];
  }

  /** Forgets the event. */
  clear() {
    for (const leaves of this.of) if (leaves.length > 0) leaves.length = 0;
    if (this.parent.length > 1) {
      this.parent.length = this.depth.length = this.array.length = 1;
    }
    if (this.first.length > 0) this.first.length = this.end.length = 0;
  }

  /**
   * @param {Node} node
   * @param {boolean} emptyStep
   * @param {Leaf} leaf
   */
  add(node, emptyStep, leaf) {
    if (node.field >= 0 && !(node.isStrict && emptyStep)) {
      this.of[node.field]?.push(leaf);
    }
  }

  /**
   * The element that something in an array is; outside of arrays there is none.
   * @param {number} parent
   * @param {number} array
   */
  element(parent, array) {
    if (array < 0) return parent;
    this.parent.push(parent);
    this.depth.push((this.depth[parent] ?? 0) + 1);
    this.array.push(array);
    return this.parent.length - 1;
  }

  openArray() {
    this.first.push(this.parent.length);
    this.end.push(this.parent.length);
    return this.first.length - 1;
  }

  /** @param {number} array */
  closeArray(array) {
    this.end[array] = this.parent.length;
  }
}

/**
 * Collects the leaves of an event's text, all of which is checked.
 * @param {string} text
 * @param {Node} root
 * @param {Leaves} leaves
 */
export function collectFromText(text, root, leaves) {
  const walk = new TextWalk(text, leaves);
  if (walk.space() !== 123) {
    throw new EventError("Event must be a JSON object", walk.at);
  }
  walk.members(root, false, NOWHERE);
}

class TextWalk extends Reader {
  /**
   * @param {string} text
   * @param {Leaves} leaves
   */
  constructor(text, leaves) {
    super(text);
    this.leaves = leaves;
  }

  /**
   * @param {Node} node
   * @param {boolean} emptyStep
   * @param {number} element
   */
  members(node, emptyStep, element) {
    if (!this.open()) return;
    do {
      const start = this.at;
      const end = this.key();
      const key = this.meaning(start, end);
      const next = node.follow(key);
      if (next === null) this.skip();
      else this.value(next, emptyStep || key === "", element, -1);
    } while (this.more(125));
  }

  /**
   * @param {Node} node
   * @param {boolean} emptyStep
   * @param {number} element
   * @param {number} array The array that the value is an item of.
   */
  value(node, emptyStep, element, array) {
    const code = this.text.charCodeAt(this.at);
    if (code === 123) {
      this.members(node, emptyStep, this.leaves.element(element, array));
    } else if (code === 91) {
      this.items(node, emptyStep, this.leaves.element(element, array));
    } else {
      this.leaves.add(node, emptyStep, this.leaf(code, element));
    }
  }

  /**
   * @param {Node} node
   * @param {boolean} emptyStep
   * @param {number} element
   */
  items(node, emptyStep, element) {
    const array = this.leaves.openArray();
    if (this.open()) {
      do this.value(node, emptyStep, element, array);
      while (this.more(93));
    }
    this.leaves.closeArray(array);
  }

  /**
   * @param {number} code
   * @param {number} element
   * @returns {Leaf}
   */
  leaf(code, element) {
    if (code === 34) {
      const start = this.at;
      const text = this.meaning(start, this.string());
      return { kind: "string", text, number: undefined, element };
    }
    if (code === 45 || (code >= 48 && code <= 57)) {
      const text = this.number();
      return { kind: "number", text, number: comparable(text), element };
    }
    return { kind: "word", text: this.word(), number: undefined, element };
  }
}

/**
 * Collects the leaves of an event that has been parsed.
 * @param {object} event
 * @param {Node} root
 * @param {Leaves} leaves
 */
export function collectFromObject(event, root, leaves) {
  members(leaves, event, root, false, NOWHERE, 1);
}

/**
 * @param {Leaves} leaves
 * @param {object} object
 * @param {Node} node
 * @param {boolean} emptyStep
 * @param {number} element
 * @param {number} depth
 */
function members(leaves, object, node, emptyStep, element, depth) {
  checkDepth(depth);
  for (const key in object) {
    const next = node.follow(key);
    if (next !== null && Object.hasOwn(object, key)) {
      const value = /** @type {Record<string, unknown>} */ (object)[key];
      const isEmpty = emptyStep || key === "";
      add(leaves, value, next, isEmpty, element, -1, depth);
    }
  }
}

/**
 * @param {Leaves} leaves
 * @param {unknown} value
 * @param {Node} node
 * @param {boolean} emptyStep
 * @param {number} element
 * @param {number} array
 * @param {number} depth
 */
function add(leaves, value, node, emptyStep, element, array, depth) {
  if (Array.isArray(value)) {
    checkDepth(depth + 1);
    const inside = leaves.element(element, array);
    const number = leaves.openArray();
    for (const item of value) {
      add(leaves, item, node, emptyStep, inside, number, depth + 1);
    }
    leaves.closeArray(number);
  } else if (typeof value === "object" && value !== null) {
    const inside = leaves.element(element, array);
    members(leaves, value, node, emptyStep, inside, depth + 1);
  } else if (node.field >= 0) {
    const leaf = leafOf(value, element);
    if (leaf !== undefined) leaves.add(node, emptyStep, leaf);
  }
}

/** @param {number} depth */
function checkDepth(depth) {
  if (depth > MAX_DEPTH) throw new EventError("Nesting is deeper than 1000", 0);
}

/**
 * What JSON has no word for is not there.
 * @param {unknown} value
 * @param {number} element
 * @returns {Leaf | undefined}
 */
function leafOf(value, element) {
  if (typeof value === "string") {
    return { kind: "string", text: value, number: undefined, element };
  }
  if (typeof value === "number") {
    const number = comparableDouble(value);
    return { kind: "number", text: String(value), number, element };
  }
  return value === null || typeof value === "boolean"
    ? { kind: "word", text: String(value), number: undefined, element }
    : undefined;
}
