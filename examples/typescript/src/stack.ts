// A stack of the AWS CDK with two rules: one from a pattern that tests use too, and one written in place.

import { Duration, Stack } from "aws-cdk-lib";
import { Rule } from "aws-cdk-lib/aws-events";
import { SqsQueue } from "aws-cdk-lib/aws-events-targets";
import { Queue } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { onEndpointStateChange } from "sagemaker-events/cdk";
import { toCdk } from "sagemaker-events/pattern";
import { failedInProduction } from "./rule.js";

export class Alarms extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const queue = new Queue(this, "Failures", { retentionPeriod: Duration.days(14) });
    new Rule(this, "TrainingFailed", {
      eventPattern: toCdk(failedInProduction),
      targets: [new SqsQueue(queue)],
    });
    onEndpointStateChange(this, "EndpointFailed", {
      resources: [{ prefix: "arn:aws:sagemaker:eu-" }],
      detail: { EndpointStatus: ["FAILED", "OUT_OF_SERVICE"] },
      targets: [new SqsQueue(queue)],
    });
  }
}
