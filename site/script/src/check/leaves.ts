// The tree of a pattern comes in; the fields that it asks for go out, each with its keys and their places, and which of
// them are asked for together: the alternatives of every `$or` written out. As `leaves.rs` of the tool does it.

import type { Member, Tree } from "../../../../codegen/src/typescript/package/src/tree.js";

const MAX_BRANCHES = 1000;
const MAX_FIELDS = 50_000;

/** A step of a field's path. A key with dots is several of them. */
export interface Step {
  readonly name: string;
  readonly member: Member;
  /** The keys beside it. */
  readonly siblings: readonly Member[];
}

/** A field that a pattern asks for. */
export interface Leaf {
  readonly steps: readonly Step[];
  readonly node: Tree;
}

export const itemsOf = (node: Tree): readonly Tree[] => (node.kind === "array" ? node.items : []);
export const membersOf = (node: Tree): readonly Member[] => (node.kind === "object" ? node.members : []);

/** The value of an object's key; of a key that stands twice the last. */
export const valueOf = (node: Tree, key: string): Tree | undefined =>
  membersOf(node).findLast((member) => member.key === key)?.value;

export const hasSibling = (step: Step, name: string) => step.siblings.some(({ key }) => key === name);

/** Whether the step is all of its key. */
export const isWholeKey = (step: Step) => step.member.key === step.name;

/** Whether only the lack of the field is asked for. */
export function isAbsent({ node }: Leaf): boolean {
  const isOne = (item: Tree) => {
    const value = valueOf(item, "exists");
    return value?.kind === "word" && value.text === "false";
  };
  return itemsOf(node).length > 0 && itemsOf(node).every(isOne);
}

/** The fields of a pattern, and which are asked for together. */
export class Leaves {
  readonly all: Leaf[] = [];
  branches: number[][] = [[]];
  /** Whether there are more combinations than are written out. */
  isCut = false;
  private written = 0;

  constructor(tree: Tree) {
    this.branches = this.object(tree, [], this.branches);
  }

  private object(node: Tree, path: readonly Step[], branches: number[][]): number[][] {
    let open = branches;
    const siblings = last(membersOf(node));
    for (const member of siblings) {
      if (member.key === "$or" && isAlternatives(member.value)) {
        open = this.alternatives(itemsOf(member.value), path, open);
        continue;
      }
      const steps = [...path, ...member.key.split(".").map((name) => ({ name, member, siblings }))];
      if (member.value.kind === "object") open = this.object(member.value, steps, open);
      else this.leaf({ steps, node: member.value }, open);
    }
    return open;
  }

  private alternatives(items: readonly Tree[], path: readonly Step[], before: readonly number[][]): number[][] {
    const all: number[][] = [];
    for (const item of items) {
      let own = before.map((branch) => [...branch]);
      this.written += before.reduce((sum, branch) => sum + branch.length, 0);
      if (all.length + own.length > MAX_BRANCHES || this.written > MAX_FIELDS) {
        this.isCut = true;
        own = own.slice(0, 1);
      }
      all.push(...this.object(item, path, own));
    }
    return all;
  }

  private leaf(leaf: Leaf, branches: number[][]) {
    const number = this.all.length;
    const name = nameOf(leaf);
    this.written += branches.length;
    for (const branch of branches) {
      // Of a field that stands twice the later one counts.
      const same = branch.findIndex((other) => nameOf(this.all[other]) === name);
      if (same >= 0) branch.splice(same, 1);
      branch.push(number);
    }
    this.all.push(leaf);
  }
}

const nameOf = (leaf: Leaf | undefined) => JSON.stringify(leaf?.steps.map(({ name }) => name));

/** The members without those whose key stands again behind them. */
function last(members: readonly Member[]): readonly Member[] {
  const places = new Map(members.map(({ key }, index) => [key, index]));
  return members.filter(({ key }, index) => places.get(key) === index);
}

const isAlternatives = (node: Tree) => itemsOf(node).length > 0 && itemsOf(node).every(({ kind }) => kind === "object");
