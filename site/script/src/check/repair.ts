// The text of a pattern that is nearly JSON comes in; its tree, and what had to be read into it, goes out. What is missing
// is written where a blank stands, so that every place is the one in the text.

import { PatternError, type Tree, tree } from "../../../../codegen/src/typescript/package/src/tree.js";

/** So many repairs leave no doubt of what is meant. */
const MOST = 20;

export interface Repair {
  readonly kind: "missing-comma" | "trailing-comma";
  readonly at: number;
  /** Behind what the missing comma belongs. */
  readonly behind: number;
}

export interface Repaired {
  readonly tree: Tree | undefined;
  readonly repairs: readonly Repair[];
  /** What remains wrong. */
  readonly refusal: PatternError | undefined;
}

export function repaired(text: string): Repaired {
  const repairs: Repair[] = [];
  let now = text;
  for (;;) {
    try {
      return { tree: tree(now), repairs, refusal: undefined };
    } catch (error) {
      if (!(error instanceof PatternError)) throw error;
      const next = repairs.length < MOST ? repair(now, error) : undefined;
      if (next === undefined) return { tree: undefined, repairs: [], refusal: error };
      repairs.push(next.repair);
      now = next.text;
    }
  }
}

function repair(text: string, { offset, reason }: PatternError): { text: string; repair: Repair } | undefined {
  const before = text.slice(0, offset).trimEnd();
  const behind = before.length;
  const at = offset;
  const next = text.charAt(offset);
  if (reason.startsWith("Expected a comma") && behind < offset && /["\w[{-]/.test(next)) {
    return { text: put(text, behind, ","), repair: { kind: "missing-comma", at, behind } };
  }
  if (before.endsWith(",") && /[\]}]/.test(next)) {
    return { text: put(text, behind - 1, " "), repair: { kind: "trailing-comma", at, behind } };
  }
  return undefined;
}

const put = (text: string, at: number, letter: string) => text.slice(0, at) + letter + text.slice(at + 1);
