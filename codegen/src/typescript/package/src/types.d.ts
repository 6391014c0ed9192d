/** What EventBridge delivers: a detail-type, and the detail that goes with it. */
export interface Envelope<T extends string = string, D = unknown> {
  version: string;
  id: string;
  /** Tells events of one source apart. */
  "detail-type": T;
  /** The service that sent the event, or who replayed or made it up. */
  source: string;
  account: string;
  /** RFC 3339, to seconds. */
  time: string;
  region: string;
  /** ARNs of what the event is about. */
  resources: string[];
  /** Present when the event was replayed from an archive. */
  "replay-name"?: string;
  detail: D;
}

/**
 * A moment, in the form the event has it: milliseconds or seconds since 1970 as a
 * number or as a string of digits, or RFC 3339. `toDate` reads all of them.
 */
export type Timestamp = number | string;

/**
 * A string that is none of the documented ones; `undocumented` makes one. It is any
 * string: the words only keep it apart from those that are documented, so that a
 * comparison tells which it is.
 */
export type Undocumented = `${string} (undocumented)`;

/** What is otherwise than documented, and where. */
export interface Difference {
  /** As a sentence, with the place: `detail.Tags[0].Key is number, not string`. */
  readonly message: string;
  /** The keys and indexes that lead there. */
  readonly path: readonly (string | number)[];
}

/** A typed event, or how it differs from what is documented. */
export type Parsed<E> =
  | {
      readonly ok: true;
      readonly event: E;
      /** None. */
      readonly differences: readonly Difference[];
    }
  | {
      readonly ok: false;
      readonly differences: readonly Difference[];
      /** The event as it arrived, unless it is no event at all. */
      readonly event: Envelope | undefined;
    };

/** The interface of https://standardschema.dev, version 1. */
export interface StandardSchema<Output> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (
      value: unknown,
    ) =>
      | { readonly value: Output; readonly issues?: undefined }
      | { readonly issues: readonly Difference[] };
    readonly types?:
      { readonly input: unknown; readonly output: Output } | undefined;
  };
}

/** The type of an event at run time: a Standard Schema of the whole event. */
export interface EventSchema<E> extends StandardSchema<E> {
  readonly source: string;
  readonly detailType: string;
}

/** The known values of an open enum, each under itself. */
export type Values<T> = { readonly [V in Known<T>]: V };

/** The known ones of an open enum's values. */
export type Known<T> = T extends string
  ? string extends T
    ? never
    : T
  : never;

/** An instant: the date, the form that the event has it in, and what stands there. */
export interface Instant {
  readonly date: Date;
  readonly form:
    | "integer-millis"
    | "float-millis"
    | "string-millis"
    | "integer-seconds"
    | "float-seconds"
    | "string-seconds"
    | "rfc3339";
  readonly raw: Timestamp;
}

/** What an event is about, whatever its type calls it. */
export interface Subject {
  readonly name: string | undefined;
  readonly arn: string | undefined;
  readonly status: string | undefined;
  readonly failureReason: string | undefined;
  readonly createdAt: Date | undefined;
  readonly modifiedAt: Date | undefined;
  readonly tags: Readonly<Record<string, string>> | undefined;
}

/** An event of one type, or how it differs from that type. */
export declare function validate<E>(
  schema: EventSchema<E>,
  value: unknown,
): Parsed<E>;

/**
 * Whether a value is one of some known ones. `event.detail.Status === "Faild"`
 * compiles, as any status may come; `is(event.detail.Status, "Faild")` does not.
 */
export declare function is<
  T extends string,
  const V extends readonly Known<T>[],
>(value: T | null | undefined, ...known: V): value is Extract<T, V[number]>;

/** A value that is not documented yet, where a documented one is expected. */
export declare function undocumented(value: string): Undocumented;

/**
 * All members of an object by their keys, documented or not: the way to read what has
 * no type yet.
 */
export declare function extra(
  object: unknown,
): Readonly<Record<string, unknown>>;

/** The date of an instant in any form, or `undefined` if it names none. */
export declare function toDate(instant: unknown): Date | undefined;

/** The instant with its form and what stands in the event. */
export declare function instant(raw: unknown): Instant | undefined;
