import type { EventSchema } from "./types.js";

/** Any part of it. */
export type Overrides<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { readonly [K in keyof T]?: Overrides<T[K]> | undefined }
    : T;

/**
 * An event of a type, with all of its fields; those that are given are as they are
 * given, and those that are given as `undefined` are left out.
 */
export declare function sample<E>(
  type: EventSchema<E>,
  overrides?: Overrides<E>,
): E;

/**
 * For `expect.extend({ toMatchRule })` of Vitest and Jest: then
 * `expect(event).toMatchRule(pattern)` says why when it fails. The pattern may be JSON,
 * or a rule that has one as its `EventPattern`.
 */
export declare function toMatchRule(
  received: unknown,
  pattern: string | object,
): { pass: boolean; message: () => string };
