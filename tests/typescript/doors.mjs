// Every event that is given comes back equal through every door; what is no event gets an answer.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { parse as powertools } from "@aws-lambda-powertools/parser";
import * as events from "sagemaker-events";
import { zodOf } from "sagemaker-events/zod";

const all = readFileSync(process.argv[2], "utf8").trim().split("\n").map((line) => JSON.parse(line));
const schemas = Object.values(events).filter((one) => one?.detailType !== undefined);
const came = { guard: 0, parse: 0, message: 0, standard: 0, detail: 0, zod: 0, powertools: 0 };

/** As a topic wraps it for a queue. */
const inQueue = (event) => ({
  messageId: "1",
  body: JSON.stringify({ Type: "Notification", Message: JSON.stringify(event) }),
});

for (const event of all) {
  const before = structuredClone(event);
  const schema = schemas.find((one) => one.source === event.source && one.detailType === event["detail-type"]);
  const whole = {
    parse: () => events.parse(event).event,
    message: () => events.fromMessage(inQueue(event)).event,
    standard: () => schema["~standard"].validate(event).value,
    zod: () => zodOf(schema).parse(event),
    powertools: () => powertools(event, undefined, schema),
  };
  for (const [door, through] of Object.entries(whole)) {
    assert.deepEqual(through(), before, `${door}: ${event["detail-type"]}`);
    came[door] += 1;
  }
  assert.ok(events.parse(event).ok && events.isKnownEvent(event));
  came.guard += 1;
  assert.deepEqual(schema.detail["~standard"].validate(event.detail).value, before.detail);
  came.detail += 1;
}
console.log(`${all.length} events come back equal:`, JSON.stringify(came));

const deep = JSON.parse('{"a":'.repeat(100_000) + "1" + "}".repeat(100_000));
const name = "SageMaker Training Job State Change";
let wrapped = "{}";
for (let at = 0; at < 12; at += 1) wrapped = JSON.stringify({ body: wrapped });
const odd = [
  "{", wrapped, { body: "{" }, { body: 7, Sns: "x" },
  null, undefined, [], {}, "text", 7, 1e400, Symbol("s"), () => 1, Object.create(null), deep,
  JSON.parse('{"__proto__": {"source": "aws.sagemaker"}}'),
  JSON.parse(`{"source": "aws.sagemaker", "detail-type": "${name}", "detail": {"__proto__": {"polluted": 1}, "constructor": 1}}`),
  { source: "aws.sagemaker", "detail-type": name, detail: deep },
  { source: "__proto__", "detail-type": "constructor", detail: {} },
];
for (const value of odd) {
  for (const ask of [
    events.isKnownEvent, events.isTrainingJobStateChange, events.parse, events.differences, events.subject,
    events.times, events.fromMessage, events.extra, events.toDate, events.route({}),
    (it) => events.validate(events.TrainingJobStateChangeEvent, it),
    (it) => events.TrainingJobStateChange["~standard"].validate(it),
    (it) => events.Event["~standard"].validate(it),
  ]) {
    ask(value);
  }
}
assert.equal({}.polluted, undefined);
