// The values that a pattern asks for in a field, and what the field holds, come in; values that it never has are told.
// As `value.rs` of the tool tells it.

import type { Tree } from "../../../../codegen/src/typescript/package/src/tree.js";
import type { Checker } from "./checker.ts";
import { literalStar } from "./envelope.ts";
import { Kinds } from "./kinds.ts";
import { type Leaf, itemsOf, membersOf } from "./leaves.ts";
import { didYouMean, meant } from "./near.ts";
import { taker } from "./scope.ts";
import type { Target } from "./standing.ts";

/** So many values of an `anything-but` are looked at. */
const MAX_EXCLUDED = 1000;

const ON_TEXT = new Set(["prefix", "suffix", "wildcard", "equals-ignore-case", "cidr"]);

/** The values of a field's array. */
export function values(checker: Checker, leaf: Leaf, targets: readonly Target[]) {
  const name = leaf.steps.at(-1)?.name ?? "";
  const field = new FieldValues(checker, name, new Kinds(targets));
  for (const item of itemsOf(leaf.node)) {
    if (checker.isFull) return;
    field.value(item);
  }
}

class FieldValues {
  constructor(
    private readonly checker: Checker,
    private readonly name: string,
    private readonly kinds: Kinds,
  ) {}

  value(item: Tree) {
    const { checker, kinds, name } = this;
    if (item.kind === "object") {
      this.operator(item);
    } else if (item.kind === "word" && item.text === "null") {
      if (!kinds.null) checker.warning(checker.value(item), "never-null", `\`${name}\` is never null`);
    } else if (!kinds.hasScalars) {
      this.isObject(item);
    } else {
      this.scalar(item);
    }
  }

  private isObject(item: Tree) {
    const message = `\`${this.name}\` is an object: values are asked of its fields`;
    this.checker.error(this.checker.value(item), "object-field", message);
  }

  /** A plain value, also one within `anything-but`. */
  private scalar(item: Tree) {
    const { checker, kinds, name } = this;
    const span = checker.value(item);
    const inEvents = `\`${name}\` is ${kinds.described} in events`;
    if (item.kind === "string") {
      if (kinds.string) this.string(item, item.text);
      else this.textForOther(item, item.text);
    } else if (item.kind === "number" && !kinds.number) {
      const fix = { scalar: `"${item.text}"` };
      if (!kinds.string) checker.warning(span, "wrong-type", inEvents);
      else checker.warning(span, "number-for-string", `${inEvents}, never the number ${item.text}`, fix);
    } else if (item.kind === "word" && item.text !== "null" && !kinds.boolean) {
      checker.warning(span, "wrong-type", inEvents);
    }
  }

  /** A string where events have none. */
  private textForOther(item: Tree, text: string) {
    const { checker, kinds, name } = this;
    const message = `\`${name}\` is ${kinds.described} in events, never the string "${text}"`;
    const isWord = kinds.boolean && /^(true|false)$/.test(text);
    const isNumber = kinds.number && /^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/i.test(text);
    const fix = isWord || isNumber ? { scalar: text } : undefined;
    checker.warning(checker.value(item), "string-for-other", message, fix);
  }

  private string(item: Tree, text: string) {
    const { known, shown } = this.kinds;
    if (known?.includes(text) || shown.has(text)) return;
    if (text.includes("*")) literalStar(this.checker, item, text);
    else if (known !== undefined) this.unknown(item, text, known);
  }

  /** A string that is none of the known values. */
  private unknown(item: Tree, text: string, known: readonly string[]) {
    const { checker, name } = this;
    const span = checker.value(item);
    const near = meant(text, known);
    if (near?.letters === 0) {
      const message = `\`${name}\` spells it "${near.word}", not "${text}"`;
      checker.warning(span, "value-spelling", message, { word: near.word });
    } else if (near !== undefined) {
      const message = `"${text}" is no known value of \`${name}\`: "${near.word}" is meant, if it is not new`;
      checker.warning(span, "unknown-value", message, { word: near.word });
    } else if (!text.includes(" ") || known.some((value) => value.includes(" "))) {
      // Words apart are no state: a page's stand-in for one, as samples have them.
      const nearest = didYouMean(text, known) ?? "";
      const message = `"${text}" is no known value of \`${name}\`; it may be new, or ${nearest}`;
      checker.warning(span, "unknown-value", message);
    }
  }

  private operator(item: Tree) {
    const { kinds } = this;
    const [only, ...more] = membersOf(item);
    if (only === undefined || more.length > 0) return;
    if (only.key === "exists") {
      if (kinds.object && !kinds.hasScalars) this.existsOnObject(item);
    } else if (!kinds.hasScalars) {
      this.isObject(item);
    } else if (only.key === "anything-but") {
      this.anythingBut(item, only.value);
    } else if (only.key === "numeric") {
      if (!kinds.number) this.takesAlone(item, "numbers");
    } else if (ON_TEXT.has(only.key)) {
      if (!kinds.string) this.takesAlone(item, "strings");
      else if (only.key !== "cidr") this.takesKnown(item);
    }
  }

  private existsOnObject(item: Tree) {
    const message = `\`exists\` is asked of values, and \`${this.name}\` is an object: ask one of its fields`;
    this.checker.warning(this.checker.value(item), "exists-on-object", message);
  }

  private takesAlone(item: Tree, takes: string) {
    const operator = membersOf(item)[0]?.key ?? "";
    const message = `\`${operator}\` takes ${takes} alone, and \`${this.name}\` is ${this.kinds.described} in events`;
    this.checker.warning(this.checker.value(item), "operator-type", message);
  }

  /** What `anything-but` leaves out, if there is such a thing. */
  private anythingBut(item: Tree, excluded: Tree) {
    if (excluded.kind === "array") {
      for (const one of excluded.items.slice(0, MAX_EXCLUDED)) this.scalar(one);
    } else if (excluded.kind !== "object") {
      this.scalar(excluded);
    } else if (this.kinds.string) {
      this.takesKnown(excluded);
    } else {
      this.takesAlone(item, "strings");
    }
  }

  /** An operator on strings that takes none of the known values. */
  private takesKnown(item: Tree) {
    const { known } = this.kinds;
    const takes = taker(this.checker.text, item);
    if (known === undefined || takes === undefined || known.some(takes)) return;
    const others = known.length > 6 ? " and others" : "";
    const few = known.slice(0, 6).join(", ");
    const message = `no known value of \`${this.name}\` is like this; known are ${few}${others}`;
    this.checker.warning(this.checker.value(item), "unknown-value", message);
  }
}
