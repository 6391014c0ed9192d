// Reads a log of events from standard input, one a line, and prints those that a pattern matches. Lines are matched as
// they are: nothing of them is lost, and most are never parsed.
//
//     node --experimental-strip-types src/logs.ts '{"detail": {"TrainingJobStatus": ["Failed"]}}' < events.ndjson

import { createInterface } from "node:readline";
import { subject } from "sagemaker-events";
import { EventError, Matcher } from "sagemaker-events/pattern";

const matcher = new Matcher(process.argv[2] ?? "{}");
for await (const line of createInterface({ input: process.stdin })) {
  try {
    if (!matcher.matches(line)) continue;
  } catch (error) {
    if (error instanceof EventError) continue; // a line of something else
    throw error;
  }
  const { name, status, failureReason } = subject(JSON.parse(line));
  console.log(name, status, failureReason ?? "");
}
