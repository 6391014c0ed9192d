// The rule lets through what it is for, as deployed: the pattern is taken from the synthesised template.

import { App } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { EndpointStateChangeEvent, TrainingJobStateChangeEvent } from "sagemaker-events";
import { sample } from "sagemaker-events/testing";
import "sagemaker-events/vitest";
import { expect, test } from "vitest";
import { failedInProduction } from "./rule.js";
import { Alarms } from "./stack.js";

test("jobs of production that fail are let through", () => {
  const failed = sample(TrainingJobStateChangeEvent, {
    detail: { TrainingJobName: "prod-forecast", TrainingJobStatus: "Failed" },
  });
  expect(failed).toMatchRule(failedInProduction);
  const mine = sample(TrainingJobStateChangeEvent, {
    detail: { TrainingJobName: "mine", TrainingJobStatus: "Failed" },
  });
  expect(mine).not.toMatchRule(failedInProduction);
});

test("the deployed rules take their samples", () => {
  const template = Template.fromStack(new Alarms(new App(), "Alarms"));
  const rules = Object.values(template.findResources("AWS::Events::Rule"));
  const [training, endpoint] = rules.map((rule) => rule["Properties"]);
  const detail = { TrainingJobName: "prod-a", TrainingJobStatus: "Stopped" };
  expect(sample(TrainingJobStateChangeEvent, { detail })).toMatchRule(training);
  const failed = sample(EndpointStateChangeEvent, {
    resources: ["arn:aws:sagemaker:eu-west-1:111122223333:endpoint/e"],
    detail: { EndpointStatus: "FAILED" },
  });
  expect(failed).toMatchRule(endpoint);
  expect(() => expect({ ...failed, source: "my.test" }).toMatchRule(endpoint)).toThrow(
    'needs "aws.sagemaker", found "my.test"',
  );
}, 60_000);
