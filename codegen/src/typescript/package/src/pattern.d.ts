import type { EventSchema, Known, Undocumented } from "./types.js";

/** What a field that is text may be: known values where there are some. */
type Text<S extends string> = [Known<S>] extends [never]
  ? string
  : Known<S> | Undocumented;

type IgnoreCase = { readonly "equals-ignore-case": string };

type TextOperator<V extends string> =
  | V
  | IgnoreCase
  | { readonly prefix: string | IgnoreCase }
  | { readonly suffix: string | IgnoreCase }
  | { readonly wildcard: string }
  | { readonly cidr: string }
  | {
      readonly "anything-but":
        | V
        | readonly V[]
        | { readonly prefix: string | readonly string[] }
        | { readonly suffix: string | readonly string[] }
        | { readonly wildcard: string | readonly string[] }
        | { readonly "equals-ignore-case": string | readonly string[] };
    };

type Bound = "<" | "<=" | ">" | ">=";

type NumberOperator =
  | number
  | {
      readonly numeric:
        | readonly ["=" | Bound, number]
        | readonly [">" | ">=", number, "<" | "<=", number];
    }
  | { readonly "anything-but": number | readonly number[] };

type Scalar = string | number | boolean | null | undefined;

/** One of what a field may be. */
export type Alternative<T> =
  | { readonly exists: boolean }
  | (null extends T ? null : never)
  | ([Extract<T, string>] extends [never]
      ? never
      : TextOperator<Text<Extract<T, string>>>)
  | ([Extract<T, number>] extends [never] ? never : NumberOperator)
  | Extract<T, boolean>;

/** What a field that has no type may be. */
export type Anything =
  | readonly (Alternative<string> | Alternative<number> | boolean | null)[]
  | { readonly [key: string]: Anything };

/** Arrays are looked into. */
type Item<T> = T extends readonly (infer I)[] ? Item<I> : T;

type FieldPattern<T> = unknown extends T
  ? Anything
  : | ([Extract<T, Scalar>] extends [never]
        ? never
        : [Exclude<T, null | undefined>] extends [never]
          ? never
          : [Extract<T, string | number | boolean>] extends [never]
            ? readonly (null | { readonly exists: boolean })[]
            : readonly Alternative<T>[])
    | ObjectPattern<Exclude<T, Scalar>>;

/** What the fields of an object may be; `$or` has objects of which one must fit. */
export type ObjectPattern<T> = T extends unknown
  ? [keyof T] extends [never]
    ? { readonly [key: string]: Anything }
    : string extends keyof T
      ? { readonly [K in keyof T]?: FieldPattern<Item<T[K]>> }
      : {
          readonly [K in keyof T]?: FieldPattern<Item<T[K]>>;
        } & { readonly $or?: readonly ObjectPattern<T>[] }
  : never;

/** What the parts of an event may be, its detail-type apart. */
export interface EventBody<D> {
  readonly account?: readonly Alternative<string>[];
  readonly detail?: ObjectPattern<D>;
  readonly id?: readonly Alternative<string>[];
  readonly region?: readonly Alternative<string>[];
  readonly "replay-name"?: readonly Alternative<string>[];
  readonly resources?: readonly Alternative<string>[];
  readonly source?: readonly Alternative<string>[];
  readonly time?: readonly Alternative<string>[];
  readonly version?: readonly Alternative<string>[];
  readonly $or?: readonly EventBody<D>[];
}

/** The pattern of a rule: plain data, as `JSON.stringify` prints it. */
export interface EventPattern {
  readonly source: readonly unknown[];
  readonly "detail-type": readonly string[];
  readonly [field: string]: unknown;
}

/** An `EventPattern` of `aws-cdk-lib/aws-events`. */
export interface CdkPattern {
  source: string[];
  detailType: string[];
  account?: string[];
  detail?: { [key: string]: any };
  id?: string[];
  region?: string[];
  resources?: string[];
  time?: string[];
  version?: string[];
}

type DetailOf<E> = E extends { detail: infer D } ? D : never;

/**
 * The pattern of a rule for events of a type: each field takes what its type allows, so
 * that misspelt values and fields and operators that do not fit are no pattern.
 *
 * Of several types, fields that all of them have can be named.
 */
export declare function pattern<E>(
  type: EventSchema<E> | readonly EventSchema<E>[],
  body?: EventBody<DetailOf<E>>,
): EventPattern;

/** The JSON that a rule needs. */
export declare function toJson(pattern: EventPattern, space?: number): string;

/** The `eventPattern` of a rule of the AWS CDK. */
export declare function toCdk(pattern: EventPattern): CdkPattern;

/**
 * Whether a pattern matches an event, as EventBridge decides it.
 *
 * Of the text of an event the answer is exact. An object that `JSON.parse` made has lost
 * what the text had: of keys that stand twice all but the last, and how numbers are
 * spelled (`9007199254740993`, `1e400`).
 *
 * Throws a `PatternError` for what EventBridge refuses as a pattern, and an `EventError`
 * for a text that is no JSON object.
 */
export declare function matches(
  event: string | object,
  pattern: string | object,
): boolean;

/** Why a pattern matches an event or does not. */
export declare function explain(
  event: string | object,
  pattern: string | object,
): Explanation;

export interface Explanation {
  readonly matches: boolean;
  /** The fields that did not fit, of the alternative of `$or` that came closest. */
  readonly unmet: readonly Unmet[];
  /** A line for each of them. */
  toString(): string;
}

export interface Unmet {
  /** The keys that lead to the field, joined by dots. */
  readonly field: string;
  /** What the pattern takes, in words. */
  readonly needed: string;
  /** The values that the event has there, as JSON. */
  readonly found: readonly string[];
  /** What is nearly right: the field under another name, the value in another case. */
  readonly hint: string | undefined;
}

/** A pattern that has been read, for many events. */
export declare class Matcher {
  constructor(pattern: string | object);
  matches(event: string | object): boolean;
}

/** Why a text is no event. */
export declare class EventError extends Error {
  private constructor();
  readonly reason: string;
  /** In UTF-16 units from the start of the text. */
  readonly offset: number;
}

/** Why something is no event pattern: where, and what to write instead. */
export declare class PatternError extends Error {
  private constructor();
  readonly reason: string;
  readonly help: string;
  /** In UTF-16 units from the start of the pattern's text. */
  readonly offset: number;
  readonly line: number;
  readonly column: number;
  readonly path: string | undefined;
}
