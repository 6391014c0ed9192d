// The leaves of an event and the fields of a branch come in; whether the fields can
// all be satisfied at once goes out: by one leaf for each, such that all of them
// lie in the same element of every array that they share.
//
// Fields are taken in the order of their names, as the engine does, because
// `exists: false` looks only at leaves that agree with those taken before. A field
// that has leaves in an array of a leaf taken before takes none from outside of
// that array. Elements are numbered in the order of the event, so what conflicts is
// stepped over by binary search; a long search remembers what failed.

import { NOWHERE } from "./leaves.mjs";

/**
 * @typedef {import("./leaves.mjs").Leaf} Leaf
 * @typedef {import("./leaves.mjs").Leaves} Leaves
 * @typedef {import("./operator.mjs").Operator} Operator
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
export function anyTakes(operators, leaf) {
  for (let index = 0; index < operators.length; index += 1) {
    const operator = operators[index];
    if (operator !== undefined && takes(operator, leaf)) return true;
  }
  return false;
}

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
  for (let index = 0; index < all.length; index += 1) {
    const leaf = all[index];
    if (leaf !== undefined && anyTakes(operators, leaf)) return true;
  }
  const isOutside = (/** @type {Leaf} */ leaf) => leaf.element === NOWHERE;
  return wantsAbsence(operators) && !all.some(isOutside);
}

/**
 * Whether all fields of a branch are satisfied at once.
 * @param {Leaves} leaves
 * @param {Need[]} branch
 */
export function satisfies(leaves, branch) {
  for (let index = 0; index < branch.length; index += 1) {
    const need = branch[index];
    if (need !== undefined && !mayMatch(leaves, need)) return false;
  }
  return leaves.first.length === 0 || agreesInArrays(leaves, branch);
}

/**
 * @param {Leaves} leaves
 * @param {Need[]} branch
 */
function agreesInArrays(leaves, branch) {
  const isInside = (/** @type {Leaf} */ leaf) => leaf.element !== NOWHERE;
  const inArrays = branch.filter(({ field }) =>
    leaves.of[field]?.some(isInside),
  );
  if (inArrays.length === 0) return true;
  if (inArrays.length > 1) return new Search(leaves, branch).from(0);
  return branch.every(({ field, operators }) => {
    const all = leaves.of[field] ?? [];
    return (
      all.some((leaf) => anyTakes(operators, leaf)) ||
      (all.length === 0 && wantsAbsence(operators))
    );
  });
}

/**
 * The elements of a field's leaves, ascending: of those that satisfy it, and of all.
 * @typedef {object} Candidates
 * @property {number[]} fitting
 * @property {number[]} present
 * @property {boolean} wantsAbsence
 */

class Search {
  /**
   * @param {Leaves} leaves
   * @param {Need[]} branch
   */
  constructor(leaves, branch) {
    this.leaves = leaves;
    this.fields = branch.map((need) => candidates(leaves, need));
    /** @type {number[]} */
    this.taken = [];
    this.steps = 0;
    /** For each array the last field that has leaves in it. @type {number[]} */
    this.reach = [];
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
   * @param {number} element
   * @param {Candidates} field
   */
  isOutside(element, { present }) {
    for (const taken of this.taken) {
      for (const inner of around(this.leaves, taken)) {
        const [first, end] = arrayOf(this.leaves, inner);
        if (element >= first && element < end) continue;
        const at = partition(present, (other) => other < first);
        if ((present[at] ?? Infinity) < end) return true;
      }
    }
    return false;
  }

  /**
   * The index of the first element that conflicts with none that is taken.
   * @param {number[]} elements
   * @param {number} start
   */
  agreeing(elements, start) {
    let at = start;
    while (at < elements.length) {
      const element = elements[at] ?? NOWHERE;
      const there = this.conflict(element);
      if (there === undefined) return at;
      const goOnAt = element < there ? there : arrayOf(this.leaves, there)[1];
      const after = partition(elements, (other) => other < goOnAt, at);
      at = Math.max(after, at + 1);
    }
    return undefined;
  }

  /** @param {number} element */
  conflict(element) {
    for (const taken of this.taken) {
      const there = conflict(this.leaves, taken, element);
      if (there !== undefined) return there;
    }
    return undefined;
  }

  /**
   * The taken elements whose arrays hold leaves of the fields still to come.
   * @param {number} index
   */
  whatMatters(index) {
    if (this.reach.length === 0) this.fillReach();
    /** @type {Set<number>} */
    const matter = new Set();
    for (const taken of this.taken) {
      for (const element of around(this.leaves, taken)) {
        const array = this.leaves.array[element] ?? -1;
        if ((this.reach[array] ?? 0) >= index) matter.add(element);
      }
    }
    return `${index}:${[...matter].sort((a, b) => a - b).join()}`;
  }

  /** Later fields first: where one has been, all arrays around have been reached. */
  fillReach() {
    this.reach = this.leaves.first.map(() => 0);
    const seen = new Set();
    for (let index = this.fields.length - 1; index >= 0; index -= 1) {
      for (const element of this.fields[index]?.present ?? []) {
        for (const inner of around(this.leaves, element)) {
          const array = this.leaves.array[inner] ?? -1;
          if (seen.has(array)) continue;
          seen.add(array);
          this.reach[array] = index;
        }
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
  [...new Set(leaves.map((leaf) => leaf.element))].sort((a, b) => a - b);

/**
 * An element and those around it, from the inside out.
 * @param {Leaves} leaves
 * @param {number} element
 */
function* around(leaves, element) {
  for (
    let inner = element;
    inner !== NOWHERE;
    inner = leaves.parent[inner] ?? NOWHERE
  ) {
    yield inner;
  }
}

/**
 * The elements of the array that an element is in: the first, and behind the last.
 * @param {Leaves} leaves
 * @param {number} element
 * @returns {[number, number]}
 */
function arrayOf(leaves, element) {
  const array = leaves.array[element] ?? -1;
  return [leaves.first[array] ?? 0, leaves.end[array] ?? 0];
}

/**
 * Where two elements lie in different elements of one array: the first's.
 * @param {Leaves} leaves
 * @param {number} one
 * @param {number} other
 */
function conflict({ parent, depth, array }, one, other) {
  if (one === other || one === NOWHERE || other === NOWHERE) return undefined;
  const deep = (/** @type {number} */ element) => depth[element] ?? 0;
  const up = (/** @type {number} */ element) => parent[element] ?? NOWHERE;
  while (deep(one) > deep(other)) one = up(one);
  while (deep(other) > deep(one)) other = up(other);
  while (one !== other && up(one) !== up(other)) {
    one = up(one);
    other = up(other);
  }
  return one !== other && array[one] === array[other] ? one : undefined;
}

/**
 * The index of the first item for which something no longer holds.
 * @param {number[]} items
 * @param {(item: number) => boolean} holds
 * @param {number} from
 */
function partition(items, holds, from = 0) {
  let low = from;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(items[middle] ?? 0)) low = middle + 1;
    else high = middle;
  }
  return low;
}
