// What stands at a path of the events that a pattern lets through: as `catalogue.rs` of the tool decides it.

import type { Body, EventData, Field, Type } from "../catalogue.ts";

/** An object that lacks the step of this number, with the fields that it has. */
export interface Missing {
  readonly step: number;
  readonly fields: readonly Field[];
  readonly isItem: boolean;
  /** Whether it is a pair of a key and a value. */
  readonly isPair: boolean;
}

/** What a value is. */
export type Holds = "object" | { readonly values: readonly string[] } | { readonly scalar: Type };

export interface Target {
  readonly holds: Holds;
  readonly field: Field | undefined;
  /** Those of an object, where they are known. */
  readonly fields: readonly Field[];
  /** The key of a map on the way: its step. */
  readonly mapKey: number | undefined;
}

/** What may stand at a path of an event. */
export class Standing {
  readonly targets: Target[] = [];
  readonly missing: Missing[] = [];
  isOpen = false;
  /** The step of this number goes below a value that has no fields. */
  below: number | undefined;

  static inDetail(event: EventData, steps: readonly string[]): Standing {
    const walk = new Walk(event, steps);
    if (event.detail.length === 0) walk.found.isOpen = true;
    else walk.object(event.detail, undefined, 0, false);
    return walk.found;
  }

  get isThere(): boolean {
    return this.isOpen || this.targets.length > 0;
  }
}

class Walk {
  readonly found = new Standing();
  private mapKey: number | undefined;
  private readonly definitions: Map<string, Body>;

  constructor(
    event: EventData,
    private readonly steps: readonly string[],
  ) {
    this.definitions = new Map(event.definitions);
  }

  private target(holds: Holds, field: Field | undefined, fields: readonly Field[] = []) {
    this.found.targets.push({ holds, field, fields, mapKey: this.mapKey });
  }

  object(fields: readonly Field[], field: Field | undefined, at: number, isItem: boolean) {
    if (this.steps.length === at) {
      this.target("object", field, fields);
    } else if (fields.length === 0) {
      this.found.isOpen = true;
    } else if (!this.fields(fields, at)) {
      const isPair = fields.length === 2 && fields.every((one) => one.type === "string");
      this.found.missing.push({ step: at, fields, isItem, isPair });
    }
  }

  /** Goes into the fields whose keys, which may have dots, the next steps are; false if there is none. */
  private fields(fields: readonly Field[], at: number): boolean {
    let isKnown = false;
    for (let next = at + 1; next <= this.steps.length; next += 1) {
      const key = this.steps.slice(at, next).join(".");
      const inner = fields.find((field) => field.key === key);
      if (inner === undefined) continue;
      isKnown = true;
      this.type(inner.type, inner, next, false);
    }
    return isKnown;
  }

  private type(type: Type, field: Field | undefined, at: number, isItem: boolean) {
    if (type === "any") {
      this.found.isOpen = true;
    } else if (typeof type === "string" || "time" in type) {
      this.scalar({ scalar: type }, field, at);
    } else if ("oneOf" in type) {
      for (const one of type.oneOf) this.type(one, field, at, isItem);
    } else if ("list" in type) {
      this.type(type.list, field, at, true);
    } else if ("map" in type) {
      if (this.steps.length === at) this.target("object", field);
      else this.values(type.map, at, isItem);
    } else {
      this.named(type.named, field, at, isItem);
    }
  }

  private named(name: string, field: Field | undefined, at: number, isItem: boolean) {
    const body = this.definitions.get(name);
    if (body === undefined) this.found.isOpen = true;
    else if ("fields" in body) this.object(body.fields, field, at, isItem);
    else this.scalar(body, field, at);
  }

  /** Goes into the values of a map, whose keys may have dots. */
  private values(inner: Type, at: number, isItem: boolean) {
    const outer = this.mapKey;
    this.mapKey = at;
    for (let next = at + 1; next <= this.steps.length; next += 1) {
      this.type(inner, undefined, next, isItem);
    }
    this.mapKey = outer;
  }

  private scalar(holds: Holds, field: Field | undefined, at: number) {
    if (this.steps.length === at) this.target(holds, field);
    else this.found.below = Math.max(this.found.below ?? at, at);
  }
}

/** The paths in the detail of events whose last key is this one, but for maps. */
export function elsewhere(events: readonly EventData[], key: string): string[] {
  const paths = new Set<string>();
  for (const event of events) {
    const inner = event.definitions.flatMap(([, body]) => ("fields" in body ? body.fields : []));
    for (const field of [...event.detail, ...inner]) {
      if (field.key === key) paths.add(field.path.replaceAll("[]", ""));
    }
  }
  return [...paths].sort();
}
