// What a pattern says of source and detail-type comes in; the events that it may let through go out. As `scope.rs` of
// the tool decides it.

import { Matcher } from "../../../../codegen/src/typescript/package/src/match.js";
import type { Tree } from "../../../../codegen/src/typescript/package/src/tree.js";
import { endOf } from "./finding.ts";
import { itemsOf, valueOf } from "./leaves.ts";
import { compare, fold, meant } from "./near.ts";

/** What of an event is known without its fields. */
export interface Named {
  readonly name: string;
  readonly source: string;
  readonly detailType: string;
}

/** The events that some fields of a pattern let through. */
export interface Scope {
  readonly events: Named[];
  /** Whether other events may come through, of which nothing is known. */
  isOpen: boolean;
  /** Whether the detail-types are listed by name. */
  isListed: boolean;
  /** All events of the sources. */
  readonly ofSources: readonly Named[];
  /** Whether there may be other sources. */
  readonly hasOtherSources: boolean;
}

/** Whether an operator, as the pattern has it, takes a text; `undefined` where it is none. */
export function taker(text: string, node: Tree): ((value: string) => boolean) | undefined {
  try {
    const matcher = new Matcher(`{"value":[${text.slice(node.at, endOf(text, node))}]}`);
    return (value) => matcher.matches({ value });
  } catch {
    return undefined;
  }
}

/** Scopes among the known events. */
export class Scopes {
  readonly sources: readonly string[];

  constructor(
    private readonly text: string,
    private readonly known: readonly Named[],
  ) {
    this.sources = [...new Set(known.map(({ source }) => source))].sort(compare);
  }

  of(source: Tree | undefined, detailType: Tree | undefined): Scope {
    const found =
      source === undefined ? { events: this.known.filter(isDistinctive), isOpen: false } : this.ofSource(source);
    const scope: Scope = {
      events: [],
      isOpen: found.isOpen,
      isListed: detailType !== undefined,
      ofSources: found.events,
      hasOtherSources: found.isOpen || source === undefined,
    };
    if (detailType !== undefined) {
      for (const value of valuesOf(detailType)) this.ofType(scope, value);
    } else if (source === undefined) {
      scope.isOpen = true;
    } else {
      scope.events.push(...found.events);
    }
    return scope;
  }

  private ofType(scope: Scope, value: Tree) {
    const before = scope.events.length;
    if (value.kind === "string") {
      const name = knownType(scope.ofSources, value.text);
      scope.events.push(...scope.ofSources.filter(({ detailType }) => detailType === name));
      scope.isOpen ||= name === undefined;
    } else if (value.kind === "object") {
      const takes = taker(this.text, value);
      scope.isListed = false;
      scope.events.push(...scope.ofSources.filter(({ detailType }) => takes?.(detailType)));
      scope.isOpen ||= scope.events.length === before;
    } else {
      scope.isOpen = true;
    }
  }

  /** The events of the known sources that some values may be, and whether others may be, too. */
  private ofSource(values: Tree): { events: Named[]; isOpen: boolean } {
    const names = new Set<string>();
    let isOpen = false;
    for (const value of valuesOf(values)) {
      const taken = this.taken(value);
      for (const name of taken) names.add(name);
      const isExact = value.kind === "string" || valueOf(value, "equals-ignore-case") !== undefined;
      isOpen ||= !isExact || taken.length === 0;
    }
    return { events: this.known.filter(({ source }) => names.has(source)), isOpen };
  }

  private taken(value: Tree): string[] {
    if (value.kind === "string") {
      const source = this.sources.includes(value.text) ? value.text : this.meantSource(value.text);
      return source === undefined ? [] : [source];
    }
    const takes = value.kind === "object" ? taker(this.text, value) : undefined;
    return this.sources.filter((source) => takes?.(source));
  }

  /**
   * The source that is meant by a word that is none, if it cannot be another source: short names of services differ
   * in a letter and are two.
   */
  meantSource(name: string): string | undefined {
    const found = meant(name, this.sources);
    if (found === undefined) return undefined;
    const isLong = [...fold(service(found.word))].length >= 6;
    const isSameService = fold(service(found.word)) === fold(service(name));
    if (found.letters === 0 || (found.letters <= 2 && isLong)) return found.word;
    return found.letters === 1 && isSameService ? found.word : undefined;
  }
}

/**
 * The part of an event source that names the service: `sagemaker` of `aws.sagemaker`. Of a partner's it is what its
 * domain begins with.
 */
function service(source: string): string {
  const partner = source.split("/")[1];
  return partner === undefined ? source.slice(source.lastIndexOf(".") + 1) : partner.replace(/\..*$/s, "");
}

/** Whether a detail-type names the service of its source, so that no other source has it. */
const isDistinctive = ({ source, detailType }: Named) => fold(detailType).includes(fold(service(source)));

/** The detail-type that a word is, or is meant to be. */
function knownType(events: readonly Named[], name: string): string | undefined {
  const types = events.map(({ detailType }) => detailType);
  return types.includes(name) ? name : meant(name, types)?.word;
}

/** The values of a field. A string is no array yet, but what it is to be is plain. */
const valuesOf = (node: Tree): readonly Tree[] => (node.kind === "array" ? itemsOf(node) : [node]);
