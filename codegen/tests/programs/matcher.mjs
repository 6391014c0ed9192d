// The matcher on made-up events: answers, explanations, and input that nobody means.

import assert from "node:assert/strict";
import { EventError, PatternError, explain, matches } from "demo-events/pattern";

const kiln = {
  source: "my.kiln",
  detail: {
    State: "FAILED",
    Heat: 1250.5,
    Lit: true,
    Door: null,
    Address: "10.1.2.3",
    Bricks: [
      { Kind: "red", Count: 1 },
      { Kind: "blue", Count: 20 },
    ],
    "dotted.key": "x",
  },
};

for (const [detail, expected] of [
  [{ State: ["FAILED"] }, true],
  [{ State: ["Failed"] }, false],
  [{ State: [{ "equals-ignore-case": "Failed" }] }, true],
  [{ State: [{ prefix: "FA" }, 1] }, true],
  [{ State: [{ suffix: { "equals-ignore-case": "led" } }] }, true],
  [{ State: [{ wildcard: "F*L*D" }] }, true],
  [{ State: [{ "anything-but": ["FAILED", "LIT"] }] }, false],
  [{ State: [{ "anything-but": { prefix: ["L", "FI"] } }] }, true],
  [{ Heat: [{ numeric: [">", 1250, "<=", 1250.5] }] }, true],
  [{ Heat: [1250.5] }, true],
  [{ Lit: [true], Door: [null] }, true],
  [{ Address: [{ cidr: "10.0.0.0/8" }] }, true],
  [{ Address: ["::ffff:a01:203"] }, true],
  [{ Smoke: [{ exists: false }] }, true],
  [{ Bricks: { Kind: ["red"], Count: [20] } }, false],
  [{ Bricks: { Kind: ["blue"], Count: [20] } }, true],
  [{ dotted: { key: ["x"] } }, true],
  [{ $or: [{ State: ["LIT"] }, { Heat: [{ numeric: [">", 9] }] }] }, true],
]) {
  const pattern = { detail };
  assert.equal(matches(kiln, pattern), expected, JSON.stringify(pattern));
  assert.equal(matches(JSON.stringify(kiln), JSON.stringify(pattern)), expected);
  assert.equal(explain(kiln, pattern).matches, expected);
}

// Of a text nothing is lost.
assert.equal(matches('{"a": 1, "a": 2}', { a: [1] }), true);
assert.equal(matches('{"a": 9007199254740993}', '{"a": [9007199254740992]}'), false);
assert.equal(matches('{"a": 1e400}', '{"a": [1e400]}'), true);

for (const [pattern, why] of [
  [{ detail: { State: ["Failed"] } }, '`detail.State` needs "Failed", found "FAILED" (only the case differs: `equals-ignore-case` takes both)'],
  [{ detail: { state: ["FAILED"] } }, '`detail.state` needs "FAILED", found no value (the event spells it `detail.State`)'],
  [{ detail: { Heat: [{ numeric: [">=", 1e21] }] } }, "`detail.Heat` needs a number >= 1000000000000000000000, found 1250.5"],
  [{ detail: { Bricks: { Kind: ["red"], Count: [20] } } }, "no element of the arrays satisfies `detail.Bricks.Count`, `detail.Bricks.Kind` together"],
]) {
  assert.equal(String(explain(kiln, pattern)), why);
}

for (const [pattern, told] of [
  ['{"a": "x"}', '"a" must be an object or an array at line 1, column 7, in field `a`: put the value into an array, as in ["value"]'],
  ['{"a": [{"prefx": "x"}]}', "Unrecognized match type prefx"],
  ["[]", "Filter is not an object"],
  [undefined, "Filter is not an object"],
]) {
  assert.throws(() => matches(kiln, pattern), (error) => error instanceof PatternError && error.message.includes(told));
}

// What nobody means: an answer or an error of its own kind, soon.
const deep = '{"a":'.repeat(100_000) + "1" + "}".repeat(100_000);
for (const text of ["", "null", "[]", "{", deep, '{"a":"\u0001"}', '{"a":01}', '{"a" 1}']) {
  assert.throws(() => matches(text, { a: [1] }), EventError);
}
for (const event of [null, undefined, 7, [], "x"]) {
  assert.throws(() => matches(event, { a: [1] }), EventError);
}
assert.equal(matches(JSON.parse(deep), { b: [1] }), false);
assert.throws(() => matches({}, JSON.parse(deep)), { name: "PatternError" });
assert.equal(matches(JSON.parse('{"__proto__": {"a": 1}}'), { a: [1] }), false);
assert.equal(matches({}, { toString: [{ exists: true }] }), false);
assert.equal({}.a, undefined);
const many = JSON.stringify({ a: Array(20_000).fill({ b: 1, c: 2 }) });
assert.equal(matches(many, { a: { b: [1], c: [3] } }), false);
