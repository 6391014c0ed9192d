// An event's type and what its fields may be come in; a rule of the AWS CDK goes out,
// or an error at synthesis where the rule could never match.

import { Rule } from "aws-cdk-lib/aws-events";
import { matches } from "./match.js";
import { pattern, toCdk } from "./pattern.js";

/** What of the properties says what the rule matches. */
const FIELDS = [
  "account",
  "detail",
  "id",
  "region",
  "resources",
  "source",
  "time",
  "version",
  "$or",
];

/**
 * @param {any} scope
 * @param {string} id
 * @param {{ source: string; detailType: string }} type
 * @param {any} props
 */
export function onEvent(scope, id, type, props = {}) {
  /** @type {Record<string, unknown>} */
  const body = {};
  const more = { ...props };
  for (const field of FIELDS) {
    if (props[field] !== undefined) body[field] = props[field];
    delete more[field];
  }
  const whole = pattern(type, body);
  // Refuses what EventBridge refuses.
  matches({}, whole);
  return new Rule(scope, id, { ...more, eventPattern: toCdk(whole) });
}
