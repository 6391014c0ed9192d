// What stands at a path comes in; the kinds of values that a pattern can ask for there go out. As `value.rs` of the
// tool decides it.

import type { Type } from "../catalogue.ts";
import { compare } from "./near.ts";
import type { Target } from "./standing.ts";

/** What may stand in a field. */
export class Kinds {
  string = false;
  number = false;
  boolean = false;
  null = false;
  object = false;
  /** The known values, if it holds no other strings. */
  readonly known: readonly string[] | undefined;
  /** Texts that evidence shows, and be they a page's stand-ins. */
  readonly shown = new Set<string>();

  constructor(targets: readonly Target[]) {
    const known = new Set<string>();
    let isFree = false;
    for (const { holds, field } of targets) {
      this.null ||= !(field?.required ?? false);
      if (holds === "object") {
        this.object = true;
      } else if ("values" in holds) {
        this.string = true;
        for (const value of holds.values) known.add(value);
      } else if (this.scalar(holds.scalar)) {
        isFree = true;
      }
      for (const kind of field?.kinds ?? []) this[kind] = true;
      for (const text of field?.shown ?? []) this.shown.add(text);
    }
    this.known = isFree || known.size === 0 ? undefined : [...known].sort(compare);
  }

  /** Adds a scalar type; whether it is any text. */
  private scalar(type: Type): boolean {
    if (type === "boolean") this.boolean = true;
    else if (type === "integer" || type === "number") this.number = true;
    else if (typeof type === "object" && "time" in type) {
      const [isText, isNumber] = type.time;
      this.string ||= isText;
      this.number ||= isNumber;
      return true;
    } else {
      this.string = true;
      return true;
    }
    return false;
  }

  get hasScalars(): boolean {
    return this.string || this.number || this.boolean;
  }

  /** `a string or a number` */
  get described(): string {
    const names = [
      ...(this.string ? ["a string"] : []),
      ...(this.number ? ["a number"] : []),
      ...(this.boolean ? ["true or false"] : []),
    ];
    return names.join(" or ");
  }
}
