import "vitest";

declare module "vitest" {
  interface Assertion<T = any> {
    /** Whether an event is one that the rule matches; says why when it is not. */
    toMatchRule(pattern: string | object): T;
  }
  interface AsymmetricMatchersContaining {
    toMatchRule(pattern: string | object): unknown;
  }
}
