// A Lambda function that reads a queue. A rule sends events there itself, or by way of an SNS topic, which wraps them once
// more. Messages that hold no event go back, one by one.

import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { differences, isTrainingJobStateChange, parse } from "sagemaker-events";

/** What a message holds, without SNS around it. */
function unwrapped(body: string): unknown {
  const message: unknown = JSON.parse(body);
  const { Type, Message } = message as { Type?: unknown; Message?: unknown };
  return Type === "Notification" && typeof Message === "string" ? JSON.parse(Message) : message;
}

export async function handler(batch: SQSEvent): Promise<SQSBatchResponse> {
  const batchItemFailures: SQSBatchResponse["batchItemFailures"] = [];
  for (const { body, messageId } of batch.Records) {
    try {
      const parsed = parse(unwrapped(body));
      if (parsed.event === undefined) throw new Error(parsed.differences[0]?.message);
      for (const { message } of differences(parsed.event)) console.warn("news:", message);
      if (isTrainingJobStateChange(parsed.event)) {
        console.log(parsed.event.detail.TrainingJobName, parsed.event.detail.TrainingJobStatus);
      }
    } catch (error) {
      console.error(messageId, error);
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
}
