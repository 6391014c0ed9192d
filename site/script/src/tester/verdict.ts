// A pattern that was read and the text of an event come in; whether they match goes out, and why not.

import { EventError } from "../../../../codegen/src/typescript/package/src/json.js";
import { explain } from "../../../../codegen/src/typescript/package/src/explain.js";
import { type Tree, tree } from "../../../../codegen/src/typescript/package/src/tree.js";
import type { Draft } from "../check/check.ts";
import { endOf, placeOf } from "../check/finding.ts";
import { itemsOf, membersOf } from "../check/leaves.ts";
import { element, prose } from "../page/element.ts";
import type { Mark } from "./highlight.ts";

/** A field that did not fit. */
export interface Unmet {
  readonly field: string;
  readonly needed: string;
  readonly found: readonly string[];
  readonly hint: string | undefined;
}

export type Verdict =
  | { readonly kind: "match" }
  /** `more`: what is to be said beside the fields. */
  | { readonly kind: "miss"; readonly unmet: readonly Unmet[]; readonly more: string }
  | { readonly kind: "no-event"; readonly reason: string; readonly offset: number }
  | { readonly kind: "no-pattern" };

/** How many found values are shown for a field. */
const SHOWN = 5;

export function verdictOf({ matcher }: Draft, event: string): Verdict {
  if (matcher === undefined) return { kind: "no-pattern" };
  try {
    // As EventBridge decides it: of the text, in which nothing is lost.
    if (matcher.matches(event)) return { kind: "match" };
    const why = explain(event, matcher);
    return { kind: "miss", unmet: why.unmet, more: more(why) };
  } catch (error) {
    if (!(error instanceof EventError)) throw error;
    return { kind: "no-event", reason: error.reason, offset: error.offset };
  }
}

function more(why: ReturnType<typeof explain>): string {
  if (why.unmet.length === 0) return why.toString();
  return why.branches > 1 ? `Of ${String(why.branches)} alternatives of \`$or\`, this one came closest.` : "";
}

export const WORDS: Readonly<Record<Verdict["kind"], string>> = {
  match: "Match",
  miss: "No match",
  "no-event": "Not an event",
  "no-pattern": "Not a pattern",
};

/** Why it is so, for people. */
export function reasons(verdict: Verdict, event: string): HTMLElement[] {
  if (verdict.kind === "no-event") {
    const { line, column } = placeOf(event, verdict.offset);
    const where = `line ${String(line)}, column ${String(column)}`;
    return [element("p", { class: "reason" }, `${verdict.reason}: ${where}`)];
  }
  if (verdict.kind !== "miss") return [];
  const rows = verdict.unmet.map(({ field, needed, found, hint }) => {
    const shown = found.slice(0, SHOWN).join(", ") || "no value";
    const others = found.length > SHOWN ? ` and ${String(found.length - SHOWN)} more` : "";
    const near = hint === undefined ? [] : [element("p", { class: "hint" }, ...prose(hint))];
    return element(
      "li",
      { class: "unmet" },
      element("code", { class: "unmet-field" }, field),
      " needs ",
      element("span", { class: "unmet-needed" }, needed),
      ", found ",
      element("span", { class: "unmet-found" }, `${shown}${others}`),
      ...near,
    );
  });
  const list = rows.length === 0 ? [] : [element("ul", { class: "unmet-list" }, ...rows)];
  return verdict.more === "" ? list : [...list, element("p", { class: "reason" }, ...prose(verdict.more))];
}

/** Where in an event the values stand that did not fit. */
export function marksOf(verdict: Verdict, event: string): Mark[] {
  if (verdict.kind === "no-event") return [{ start: verdict.offset, end: verdict.offset + 1, name: "error" }];
  if (verdict.kind !== "miss") return [];
  try {
    const root = tree(event);
    return verdict.unmet.flatMap(({ field }) => valuesAt(root, field).map((node) => marked(event, node)));
  } catch {
    return [];
  }
}

const marked = (text: string, node: Tree): Mark => ({ start: node.at, end: endOf(text, node), name: "miss" });

/** The values that a path leads to, keys with dots and arrays included. */
function valuesAt(node: Tree, path: string): Tree[] {
  if (node.kind === "array") return itemsOf(node).flatMap((item) => valuesAt(item, path));
  if (path === "") return node.kind === "object" ? [] : [node];
  return membersOf(node).flatMap(({ key, value }) => {
    if (key === path) return valuesAt(value, "");
    return path.startsWith(`${key}.`) ? valuesAt(value, path.slice(key.length + 1)) : [];
  });
}
