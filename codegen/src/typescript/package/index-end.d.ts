
/** Any other event. */
export type UnknownEvent = Envelope<Undocumented>;

/** Every event: narrow it by `detail-type`. */
export type Event = KnownEvent | UnknownEvent;

/**
 * An event that a later version of this package documents. Nothing is one: it stands in
 * `KnownEvent` so that whoever goes through all events says what becomes of others, and
 * still compiles when there are more.
 */
export type LaterEvent = Envelope<`${string} (of a later version)`>;

/**
 * A documented detail-type. There will be more: what has to list all of them, as a
 * `Record` does, is told by the compiler when there are.
 */
export type DetailType = Exclude<KnownEvent, LaterEvent>["detail-type"];

/** The event of a detail-type. */
export type EventOf<T extends DetailType> = Extract<
  KnownEvent,
  { "detail-type": T }
>;

/** A handler for each detail-type, and one for all else. */
export type Handlers<R, C extends unknown[] = []> = {
  readonly [T in DetailType]?: (event: EventOf<T>, ...rest: C) => R;
} & { readonly otherwise?: (event: unknown, ...rest: C) => R };

/**
 * A handler, of AWS Lambda for one, that calls that for an event's source and
 * detail-type.
 */
export declare function route<R, C extends unknown[] = [context?: unknown]>(
  handlers: Handlers<R, C>,
): (event: unknown, ...rest: C) => R | undefined;

/** Any event, as a Standard Schema: what is documented has to be as documented. */
export declare const Event: StandardSchema<Event>;

/** Any documented event, as a Standard Schema. */
export declare const KnownEvent: StandardSchema<KnownEvent>;

/**
 * What the types were made of: a hash of all that is known of the events. When pages
 * documented them stands in `evidence.json`.
 */
export declare const revision: string;

/** The documented detail-types. */
export declare const detailTypes: readonly DetailType[];

/** Whether a value is an event of a documented source and detail-type. */
export declare function isKnownEvent(value: unknown): value is KnownEvent;

/**
 * The event that a value is, typed if its type is documented; or how it differs. What
 * is not documented is kept. Only what is no event has no `event`.
 */
export declare function parse(value: unknown): Parsed<Event>;

/**
 * The event that a message brings: JSON text, a record of SQS or of SNS as AWS Lambda gets
 * it, or a notification of SNS in a record of SQS. Never throws.
 */
export declare function fromMessage(message: unknown): Parsed<Event>;

/** All that is otherwise than documented, also fields that are not documented. */
export declare function differences(value: unknown): readonly Difference[];

/** What an event is about: its name, ARN, status, and why it failed. */
export declare function subject(event: unknown): Subject;

/** The instants in an event's detail, by their places in it. */
export declare function times(
  event: unknown,
): Readonly<Record<string, Instant>>;
