// A Lambda function that reads a queue. A rule sends events there itself, or by way of an SNS topic, which wraps them once
// more. Messages that hold no event go back, one by one.

import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { differences, fromMessage, isTrainingJobStateChange } from "sagemaker-events";

export async function handler(batch: SQSEvent): Promise<SQSBatchResponse> {
  const batchItemFailures: SQSBatchResponse["batchItemFailures"] = [];
  for (const record of batch.Records) {
    try {
      const parsed = fromMessage(record);
      if (parsed.event === undefined) throw new Error(parsed.differences[0]?.message);
      for (const { message } of differences(parsed.event)) console.warn("news:", message);
      if (isTrainingJobStateChange(parsed.event)) {
        console.log(parsed.event.detail.TrainingJobName, parsed.event.detail.TrainingJobStatus);
      }
    } catch (error) {
      console.error(record.messageId, error);
      batchItemFailures.push({ itemIdentifier: record.messageId });
    }
  }
  return { batchItemFailures };
}
