// An AWS Lambda function, the target of a rule: tells of training jobs and endpoints that failed.

import { is, route, subject } from "sagemaker-events";

const tell = (event: unknown): void => {
  const { name, status, failureReason, tags } = subject(event);
  console.error(`${name} is ${status}: ${failureReason ?? "nobody says why"}`, tags);
};

export const handler = route({
  "SageMaker Training Job State Change": async (event) => {
    if (is(event.detail.TrainingJobStatus, "Failed")) tell(event);
  },
  "SageMaker Endpoint State Change": async (event) => {
    if (is(event.detail.EndpointStatus, "FAILED")) tell(event);
  },
  otherwise: async (event) => {
    console.warn("no event that somebody asked for", event);
  },
});
