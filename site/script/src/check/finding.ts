// What a check found: how grave it is, where it stands in the pattern, what it is called, what to write instead. The
// codes and the words are those of `cargo codegen check`.

import type { Tree } from "../../../../codegen/src/typescript/package/src/tree.js";

export type Code =
  | "syntax"
  | "invalid-pattern"
  | "not-an-array"
  | "unknown-envelope-key"
  | "misspelt-source"
  | "misspelt-detail-type"
  | "unknown-detail-type"
  | "unknown-field"
  | "partial-field"
  | "array-index"
  | "path-key"
  | "not-an-object"
  | "object-field"
  | "unknown-value"
  | "value-spelling"
  | "string-for-other"
  | "number-for-string"
  | "wrong-type"
  | "operator-type"
  | "never-null"
  | "exists-on-object"
  | "tags-form"
  | "literal-star"
  | "misplaced-key"
  | "duplicate-key"
  | "envelope-value"
  | "near-limit";

/** From where to where in the text, in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What to write in the place of a span. */
export interface Edit extends Span {
  readonly text: string;
}

export interface Finding extends Span {
  readonly severity: "error" | "warning";
  readonly code: Code;
  readonly message: string;
  /** What to write instead, where that is certain. */
  readonly suggestion?: string;
  readonly edits: readonly Edit[];
}

/** Line and column of an offset, both from 1; columns are characters. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  const lines = text.slice(0, offset).split("\n");
  return { line: lines.length, column: [...(lines.at(-1) ?? "")].length + 1 };
}

/** Where a value of a pattern ends. */
export function endOf(text: string, node: Tree): number {
  const offsets = { object: objectEnd, array: arrayEnd };
  if (node.kind === "object") return offsets.object(text, node.members, node.at);
  if (node.kind === "array") return offsets.array(text, node.items, node.at);
  return scalarEnd(text, node.at);
}

function objectEnd(text: string, members: readonly { value: Tree }[], at: number): number {
  const last = members.at(-1);
  return text.indexOf("}", last === undefined ? at : endOf(text, last.value)) + 1;
}

function arrayEnd(text: string, items: readonly Tree[], at: number): number {
  const last = items.at(-1);
  return text.indexOf("]", last === undefined ? at : endOf(text, last)) + 1;
}

/** Where a string, a number or a word ends that begins at an offset. */
export function scalarEnd(text: string, at: number): number {
  const scalar = /"(?:[^"\\]|\\.)*"|[^\s,\]}:]+/y;
  scalar.lastIndex = at;
  return scalar.test(text) ? scalar.lastIndex : at;
}
