// The same with Powertools: the event's type is a schema, so nothing else is needed.

import { parse } from "@aws-lambda-powertools/parser";
import { toDate, TrainingJobStateChangeEvent } from "sagemaker-events";

export async function handler(input: unknown): Promise<string> {
  const { detail } = parse(input, undefined, TrainingJobStateChangeEvent);
  const started = toDate(detail.TrainingStartTime);
  const ended = toDate(detail.TrainingEndTime);
  if (started === undefined || ended === undefined) return "still at it";
  const minutes = (ended.getTime() - started.getTime()) / 60_000;
  return `${detail.TrainingJobName} took ${minutes} minutes`;
}
