import "@jest/globals";

declare module "expect" {
  interface Matchers<R extends void | Promise<void>, T = unknown> {
    /** Whether an event is one that the rule matches; says why when it is not. */
    toMatchRule(pattern: string | object): R;
  }
}

declare global {
  namespace jest {
    interface Matchers<R, T = {}> {
      /** Whether an event is one that the rule matches; says why when it is not. */
      toMatchRule(pattern: string | object): R;
    }
  }
}
