// An event and the fields that are wanted come in; the leaves of those fields go
// out, each with the array elements that it lies in. A step with dots in it is as
// many steps, in patterns and in events alike. One oddity of the engine is kept: an
// empty step of an event is followed only when the pattern has one itself, and
// trailing empty steps of a pattern do not count.

import { MAX_DEPTH, EventError, Reader } from "./json.js";
import { comparable, comparableDouble } from "./number.js";

/**
 * A value at the end of a path: `text` is the string, the number as written, or the
 * word.
 *
 * @typedef {object} Leaf
 * @property {"string" | "number" | "word"} kind
 * @property {string} text
 * @property {number | undefined} number
 * @property {Element} element The innermost array element that it lies in.
 */

/**
 * An object or an array that is an item of an array; they are numbered in the order
 * of the event. Of the array: the number of its first element, and the one behind.
 *
 * @typedef {object} Element
 * @property {number} number
 * @property {Element} parent The element around it.
 * @property {number} depth
 * @property {{ first: number; end: number }} array
 */

/** A leaf in no array element lies here, around all others. */
export const NOWHERE = /** @type {Element} */ ({
  number: 0,
  depth: 0,
  array: { first: 0, end: 0 },
});

/** So many keys of events are remembered with where they lead. */
const REMEMBERED = 1000;

/** @typedef {{ key: string; to: Node | undefined }} Step */

/** A place in the trie of wanted fields. */
class Node {
  constructor() {
    /** @type {Map<string, Node>} */
    this.children = new Map();
    this.field = -1;
    this.isStrict = false;
    /** Where keys of events lead. @type {Map<string, Step>} */
    this.known = new Map();
    /** Those of the object before, in their order. @type {Step[]} */
    this.before = [];
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
   * @returns {Step}
   */
  follow(key) {
    const known = this.known.get(key);
    if (known !== undefined) return known;
    /** @type {Node | undefined} */
    let to = this;
    for (const step of key.split(".")) to = to?.children.get(step);
    const step = { key, to };
    if (this.known.size < REMEMBERED) this.known.set(key, step);
    return step;
  }

  /**
   * The same, of a key at a position: objects of one kind have their keys in one
   * order.
   * @param {string} key
   * @param {number} at
   */
  followAt(key, at) {
    const before = this.before[at];
    if (before?.key === key) return before;
    const step = this.follow(key);
    if (at < REMEMBERED) this.before[at] = step;
    return step;
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

/** The leaves of one event. */
export class Leaves {
  constructor() {
    /** Those of each field that has any. @type {Leaf[][]} */
    this.of = [];
    this.elements = 0;
  }

  /**
   * @param {Node} node
   * @param {boolean} emptyStep
   * @param {Leaf} leaf
   */
  add(node, emptyStep, leaf) {
    if (node.field >= 0 && !(node.isStrict && emptyStep)) {
      const all = this.of[node.field];
      if (all === undefined) this.of[node.field] = [leaf];
      else all.push(leaf);
    }
  }

  /**
   * The element that something in an array is; outside of arrays there is none.
   * @param {Element} parent
   * @param {Element["array"] | undefined} array
   * @returns {Element}
   */
  element(parent, array) {
    if (array === undefined) return parent;
    this.elements += 1;
    return { number: this.elements, parent, depth: parent.depth + 1, array };
  }

  openArray() {
    return { first: this.elements + 1, end: 0 };
  }

  /** @param {Element["array"]} array */
  closeArray(array) {
    array.end = this.elements + 1;
  }
}

/**
 * The leaves of an event, of whose text all is checked.
 * @param {unknown} event
 * @param {Node} root
 */
export function collect(event, root) {
  const leaves = new Leaves();
  const walk = typeof event === "string" && new TextWalk(event, leaves);
  if (walk && walk.space() === 123) {
    walk.members(root, false, NOWHERE);
  } else if (typeof event === "object" && event && !Array.isArray(event)) {
    members(leaves, event, root, false, NOWHERE, 1);
  } else {
    throw new EventError("Event must be a JSON object", walk ? walk.at : 0);
  }
  return leaves;
}

/** Without a node it only checks the text. */
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
   * @param {Node | undefined} node
   * @param {boolean} emptyStep
   * @param {Element} element
   */
  members(node, emptyStep, element) {
    if (!this.open()) return;
    do {
      const key = this.key();
      const next = node?.follow(key).to;
      this.value(next, emptyStep || key === "", element, undefined);
    } while (this.more(125));
  }

  /**
   * @param {Node | undefined} node
   * @param {boolean} emptyStep
   * @param {Element} element
   * @param {Element["array"] | undefined} array The array that the value is an item of.
   */
  value(node, emptyStep, element, array) {
    const { at, leaves } = this;
    const code = this.text.charCodeAt(at);
    if (code === 123) {
      this.members(node, emptyStep, leaves.element(element, array));
    } else if (code === 91) {
      this.items(node, emptyStep, leaves.element(element, array));
    } else {
      const kind = this.scalar();
      if (node === undefined) return;
      const text = this.meaning(at);
      const number = kind === "number" ? comparable(text) : undefined;
      leaves.add(node, emptyStep, { kind, text, number, element });
    }
  }

  /**
   * @param {Node | undefined} node
   * @param {boolean} emptyStep
   * @param {Element} element
   */
  items(node, emptyStep, element) {
    const array = this.leaves.openArray();
    if (this.open()) {
      do this.value(node, emptyStep, element, node && array);
      while (this.more(93));
    }
    this.leaves.closeArray(array);
  }
}

/**
 * @param {Leaves} leaves
 * @param {object} object
 * @param {Node} node
 * @param {boolean} emptyStep
 * @param {Element} element
 * @param {number} depth
 */
function members(leaves, object, node, emptyStep, element, depth) {
  checkDepth(depth);
  let at = 0;
  for (const key in object) {
    const next = node.followAt(key, at).to;
    at += 1;
    if (next !== undefined && Object.hasOwn(object, key)) {
      const value = /** @type {Record<string, unknown>} */ (object)[key];
      const isEmpty = emptyStep || key === "";
      add(leaves, value, next, isEmpty, element, undefined, depth);
    }
  }
}

/**
 * @param {Leaves} leaves
 * @param {unknown} value
 * @param {Node} node
 * @param {boolean} emptyStep
 * @param {Element} element
 * @param {Element["array"] | undefined} array
 * @param {number} depth
 */
function add(leaves, value, node, emptyStep, element, array, depth) {
  if (Array.isArray(value)) {
    checkDepth(depth + 1);
    const inside = leaves.element(element, array);
    const items = leaves.openArray();
    for (const item of value) {
      add(leaves, item, node, emptyStep, inside, items, depth + 1);
    }
    leaves.closeArray(items);
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
 * @param {Element} element
 * @returns {Leaf | undefined}
 */
export function leafOf(value, element) {
  const type = typeof value;
  const kind = value === null || type === "boolean" ? "word" : type;
  if (kind !== "string" && kind !== "number" && kind !== "word")
    return undefined;
  const number = kind === "number" ? comparableDouble(value) : undefined;
  return { kind, text: String(value), number, element };
}
