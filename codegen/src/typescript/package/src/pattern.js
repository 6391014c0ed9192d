// An event's type and what its fields may be come in; the pattern of a rule goes
// out, as the data that it is.

export { explain } from "./explain.js";
export { EventError, Matcher, PatternError, matches } from "./match.js";

/**
 * @param {any} types One, or several that share what the pattern names.
 * @param {object} body
 */
export function pattern(types, body = {}) {
  const all = Array.isArray(types) ? types : [types];
  return {
    source: [...new Set(all.map((type) => type.source))],
    "detail-type": [...new Set(all.map((type) => type.detailType))],
    ...body,
  };
}

/**
 * The JSON that a rule needs.
 * @param {object} pattern
 * @param {number} space
 */
export const toJson = (pattern, space = 0) =>
  JSON.stringify(pattern, undefined, space);

/**
 * The `eventPattern` of a rule of the AWS CDK.
 * @param {any} pattern
 */
export function toCdk({ "detail-type": detailType, ...rest }) {
  return { ...rest, detailType };
}
