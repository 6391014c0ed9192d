// The leaves of an event and the fields of a branch come in; whether the fields can
// all be satisfied at once goes out: by one leaf for each, such that all of them
// lie in the same element of every array that they share.
//
// Fields are taken in the order of their names, as the engine does, because
// `exists: false` looks only at leaves that agree with those taken before. A field
// that has leaves in an array of a leaf taken before takes none from outside of
// that array. Elements are numbered in the order of the event, so what conflicts is
// stepped over by binary search; a long search remembers what failed.

import { NOWHERE } from "./leaves.js";

/**
 * @typedef {import("./leaves.js").Leaf} Leaf
 * @typedef {import("./leaves.js").Element} Element
 * @typedef {import("./leaves.js").Leaves} Leaves
 * @typedef {import("./operator.js").Operator} Operator
 * @typedef {{ field: number; operators: Operator[] }} Need
 */

/** From how many steps on failures are remembered. */
const LONG = 1000;

/**
 * Whether one operator takes a value that is there.
 * @param {Operator} operator
 * @param {Leaf} leaf
 * @returns {boolean}
 */
export function takes(operator, leaf) {
  if (operator.inner !== undefined) return !takes(operator.inner, leaf);
  if (operator.kind === "exists") return true;
  if (leaf.kind === "string") return operator.string?.(leaf.text) ?? false;
  return leaf.kind === "number"
    ? (operator.number?.(leaf.number, leaf.text) ?? false)
    : operator.word === leaf.text;
}

/**
 * @param {Operator[]} operators
 * @param {Leaf} leaf
 */
export const anyTakes = (operators, leaf) =>
  operators.some((operator) => takes(operator, leaf));

/** @param {Operator[]} operators */
const wantsAbsence = (operators) =>
  operators.some((operator) => operator.kind === "absent");

/**
 * Whether a field is satisfied as far as it alone can tell.
 * @param {Leaves} leaves
 * @param {Need} need
 */
export function mayMatch(leaves, { field, operators }) {
  const all = leaves.of[field] ?? [];
  return (
    all.some((leaf) => anyTakes(operators, leaf)) ||
    (wantsAbsence(operators) && all.every(isInside))
  );
}

/** @param {Leaf} leaf */
const isInside = ({ element }) => element !== NOWHERE;

/**
 * Whether all fields of a branch are satisfied at once.
 * @param {Leaves} leaves
 * @param {Need[]} branch
 */
export const satisfies = (leaves, branch) =>
  branch.every((need) => mayMatch(leaves, need)) &&
  (leaves.elements === 0 || agreesInArrays(leaves, branch));

/**
 * @param {Leaves} leaves
 * @param {Need[]} branch
 */
const agreesInArrays = (leaves, branch) =>
  !branch.some(({ field }) => leaves.of[field]?.some(isInside)) ||
  new Search(leaves, branch).from(0);

/**
 * The elements of a field's leaves, ascending: of those that satisfy it, and of all.
 * @typedef {object} Candidates
 * @property {Element[]} fitting
 * @property {Element[]} present
 * @property {boolean} wantsAbsence
 */

class Search {
  /**
   * @param {Leaves} leaves
   * @param {Need[]} branch
   */
  constructor(leaves, branch) {
    this.fields = branch.map((need) => candidates(leaves, need));
    /** @type {Element[]} */
    this.taken = [];
    this.steps = 0;
    /**
     * For each array the last field that has leaves in it.
     * @type {Map<Element["array"], number>}
     */
    this.reach = new Map();
    /** @type {Set<string>} */
    this.failed = new Set();
  }

  /**
   * Whether the fields from one on can be satisfied together with what is taken.
   * @param {number} index
   * @returns {boolean}
   */
  from(index) {
    const field = this.fields[index];
    if (field === undefined) return true;
    this.steps += 1;
    const state = this.steps > LONG ? this.whatMatters(index) : undefined;
    if (state !== undefined && this.failed.has(state)) return false;
    if (this.tryAbsence(index, field) || this.tryLeaves(index, field)) {
      return true;
    }
    if (state !== undefined) this.failed.add(state);
    return false;
  }

  /**
   * @param {number} index
   * @param {Candidates} field
   */
  tryAbsence(index, field) {
    return (
      field.wantsAbsence &&
      this.agreeing(field.present, 0) === undefined &&
      this.from(index + 1)
    );
  }

  /**
   * @param {number} index
   * @param {Candidates} field
   */
  tryLeaves(index, field) {
    let at = this.agreeing(field.fitting, 0);
    for (; at !== undefined; at = this.agreeing(field.fitting, at + 1)) {
      const element = field.fitting[at] ?? NOWHERE;
      if (this.isOutside(element, field)) continue;
      this.taken.push(element);
      if (this.from(index + 1)) return true;
      this.taken.pop();
    }
    return false;
  }

  /**
   * Whether an element lies outside an array of a taken one in which the field has
   * leaves.
   * @param {Element} element
   * @param {Candidates} field
   */
  isOutside({ number }, { present }) {
    for (const taken of this.taken) {
      for (const { array } of around(taken)) {
        if (number >= array.first && number < array.end) continue;
        const first = present[partition(present, array.first)];
        if (first !== undefined && first.number < array.end) return true;
      }
    }
    return false;
  }

  /**
   * The index of the first element that conflicts with none that is taken.
   * @param {Element[]} elements
   * @param {number} start
   */
  agreeing(elements, start) {
    let at = start;
    for (;;) {
      const element = elements[at];
      const there = element && this.conflict(element);
      if (element === undefined) return undefined;
      if (there === undefined) return at;
      const { number, array } = there;
      const goOnAt = element.number < number ? number : array.end;
      at = Math.max(partition(elements, goOnAt, at), at + 1);
    }
  }

  /** @param {Element} element */
  conflict(element) {
    for (const taken of this.taken) {
      const there = conflict(taken, element);
      if (there !== undefined) return there;
    }
    return undefined;
  }

  /**
   * The taken elements whose arrays hold leaves of the fields still to come.
   * @param {number} index
   */
  whatMatters(index) {
    if (this.reach.size === 0) this.fillReach();
    /** @type {Set<number>} */
    const matter = new Set();
    for (const taken of this.taken) {
      for (const { array, number } of around(taken)) {
        if ((this.reach.get(array) ?? 0) >= index) matter.add(number);
      }
    }
    return `${index}:${[...matter].sort((a, b) => a - b).join()}`;
  }

  /** Earlier fields first: the last to be in an array stays. */
  fillReach() {
    for (const [index, { present }] of this.fields.entries()) {
      for (const element of present) {
        for (const { array } of around(element)) this.reach.set(array, index);
      }
    }
  }
}

/**
 * @param {Leaves} leaves
 * @param {Need} need
 * @returns {Candidates}
 */
function candidates(leaves, { field, operators }) {
  const all = leaves.of[field] ?? [];
  const fitting = all.filter((leaf) => anyTakes(operators, leaf));
  return {
    fitting: elementsOf(fitting),
    present: elementsOf(all),
    wantsAbsence: wantsAbsence(operators),
  };
}

/**
 * Ascending, and each once.
 * @param {Leaf[]} leaves
 */
const elementsOf = (leaves) =>
  [...new Set(leaves.map((leaf) => leaf.element))].sort(
    (one, other) => one.number - other.number,
  );

/**
 * An element and those around it, from the inside out.
 * @param {Element} element
 */
function* around(element) {
  for (let inner = element; inner !== NOWHERE; inner = inner.parent)
    yield inner;
}

/**
 * Where two elements lie in different elements of one array: the first's.
 * @param {Element} one
 * @param {Element} other
 */
function conflict(one, other) {
  while (one.depth > other.depth) one = one.parent;
  while (other.depth > one.depth) other = other.parent;
  while (one !== other && one.parent !== other.parent) {
    one = one.parent;
    other = other.parent;
  }
  return one !== other && one.array === other.array ? one : undefined;
}

/**
 * The index of the first element that has a number or a higher one.
 * @param {Element[]} elements
 * @param {number} number
 * @param {number} from
 */
function partition(elements, number, from = 0) {
  let low = from;
  let high = elements.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const element = elements[middle] ?? NOWHERE;
    if (element.number < number) low = middle + 1;
    else high = middle;
  }
  return low;
}
