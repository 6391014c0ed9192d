// What the parts of the check share: the text of the pattern, the events that are known, and what was found so far.

import type { Tree } from "../../../../codegen/src/typescript/package/src/tree.js";
import type { EventData } from "../catalogue.ts";
import { type Code, type Edit, type Finding, type Span, endOf, scalarEnd } from "./finding.ts";
import type { Step } from "./leaves.ts";
import { type Scope, Scopes } from "./scope.ts";

/** How many findings are told of a pattern. */
const MAX_FINDINGS = 100;

/** A correction that is certain. */
export type Fix =
  /** The word at the place is another. */
  | { readonly word: string }
  /** What stands at the place is written otherwise, quotes and all. */
  | { readonly scalar: string }
  /** What is missing, and where. */
  | { readonly insert: string; readonly at: number }
  /** The value at the place stands in an array. */
  | "bracketed";

export class Checker {
  readonly found: Finding[] = [];
  private readonly told = new Set<string>();
  readonly scopes: Scopes;

  constructor(
    readonly text: string,
    readonly known: readonly { name: string; source: string; detailType: string }[],
    private readonly data: ReadonlyMap<string, EventData>,
    /** The keys at the top, also of alternatives there. */
    readonly top: ReadonlySet<string>,
  ) {
    this.scopes = new Scopes(text, known);
  }

  get isFull(): boolean {
    return this.found.length >= MAX_FINDINGS;
  }

  /** The events of a scope with their fields. */
  eventsOf(scope: Scope): EventData[] {
    return scope.events.flatMap(({ name }) => this.data.get(name) ?? []);
  }

  key = (step: Step): Span => ({ start: step.member.at, end: scalarEnd(this.text, step.member.at) });
  value = (node: Tree): Span => ({ start: node.at, end: endOf(this.text, node) });

  error(span: Span, code: Code, message: string, fix?: Fix) {
    this.tell("error", span, code, message, fix);
  }

  warning(span: Span, code: Code, message: string, fix?: Fix) {
    this.tell("warning", span, code, message, fix);
  }

  /** Tells something once: what stands above several fields is found with each of them. */
  tell(severity: Finding["severity"], { start, end }: Span, code: Code, message: string, fix?: Fix) {
    const id = `${String(start)} ${String(end)} ${code}`;
    if (this.isFull || this.told.has(id)) return;
    this.told.add(id);
    const finding = { severity, start, end, code, message };
    this.found.push(fix === undefined ? { ...finding, edits: [] } : { ...finding, ...this.fixed(fix, start, end) });
  }

  private fixed(fix: Fix, start: number, end: number): { suggestion: string; edits: Edit[] } {
    const slice = this.text.slice(start, end);
    if (fix === "bracketed") return { suggestion: `[${slice}]`, edits: [{ start, end, text: `[${slice}]` }] };
    if ("insert" in fix) {
      return { suggestion: fix.insert, edits: [{ start: fix.at, end: fix.at, text: fix.insert }] };
    }
    if ("scalar" in fix) return { suggestion: fix.scalar, edits: [{ start, end, text: fix.scalar }] };
    return { suggestion: fix.word, edits: [{ start, end, text: JSON.stringify(fix.word) }] };
  }
}
