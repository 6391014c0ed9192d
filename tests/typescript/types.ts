import {
  differences,
  extra,
  is,
  isKnownEvent,
  isTrainingJobStateChange,
  parse,
  route,
  subject,
  toDate,
  trainingJobStateChange,
  TrainingJobStateChange,
  TrainingJobStateChangeEvent,
  undocumented,
  validate,
  type Event,
  type EventOf,
  type KnownEvent,
} from "sagemaker-events";
import { explain, matches, pattern, toCdk, toJson } from "sagemaker-events/pattern";
import { sample } from "sagemaker-events/testing";
import { endpointStateChange, EndpointStateChangeEvent } from "sagemaker-events/endpoint";
import type { EventBridgeEvent } from "aws-lambda";

declare const event: Event;
declare const d: TrainingJobStateChange;

// Narrowing by detail-type, without a guard.
if (event["detail-type"] === "SageMaker Training Job State Change") {
  const name: string = event.detail.TrainingJobName;
  console.log(name);
}
switch (event["detail-type"]) {
  case "SageMaker Endpoint State Change":
    event.detail.EndpointName satisfies string;
    break;
  default:
}
// No index signature.
// @ts-expect-error: misspelt field
d.TrainingJobStatu;
// @ts-expect-error: keyof is names only
const key: keyof TrainingJobStateChange = 1;
extra(d)["newField"] satisfies unknown;
// Open enums.
d.TrainingJobStatus === "Completed";
({ ...d, TrainingJobStatus: "Paused" }) satisfies TrainingJobStateChange;
const s: NonNullable<TrainingJobStateChange["SecondaryStatus"]> = "Completed";
type Lit = Extract<NonNullable<TrainingJobStateChange["SecondaryStatus"]>, "MaxWaitTimeExceeded">;
const lit: Lit = "MaxWaitTimeExceeded";
is(d.TrainingJobStatus, "Completed", "Failed");
// @ts-expect-error: misspelt value
is(d.TrainingJobStatus, "Compleeted");
if (is(d.SecondaryStatus, "Completed")) d.SecondaryStatus satisfies "Completed";
trainingJobStateChange.TrainingJobStatus.Failed satisfies "Failed";
// @ts-expect-error: misspelt value
trainingJobStateChange.TrainingJobStatus.Faild;
const config: trainingJobStateChange.InputDataConfig = {};
// Patterns.
const p = pattern(TrainingJobStateChangeEvent, {
  resources: [{ prefix: "arn:aws:sagemaker:eu-" }],
  detail: {
    TrainingJobStatus: ["Failed", { "anything-but": ["Completed"] }, undocumented("Paused")],
    FailureReason: [{ exists: true }, null],
    ResourceConfig: { InstanceCount: [{ numeric: [">", 1, "<=", 9] }, 3] },
    InputDataConfig: { ChannelName: ["train"] },
    HyperParameters: { epochs: ["3"] },
    Tags: { team: ["ml"] },
    CreationTime: [{ numeric: [">", 1] }, { prefix: "2026" }],
    $or: [{ TrainingJobName: [{ prefix: "a" }] }, { TrainingJobName: [{ wildcard: "b*" }] }],
    ...{ NewField: ["x"] },
  },
});
// @ts-expect-error: misspelt value
pattern(TrainingJobStateChangeEvent, { detail: { TrainingJobStatus: ["Compleeted"] } });
// @ts-expect-error: misspelt field
pattern(TrainingJobStateChangeEvent, { detail: { TrainingJobStatu: ["Completed"] } });
// @ts-expect-error: numeric on a string
pattern(TrainingJobStateChangeEvent, { detail: { TrainingJobName: [{ numeric: [">", 1] }] } });
// @ts-expect-error: prefix on a number
pattern(TrainingJobStateChangeEvent, { detail: { ResourceConfig: { InstanceCount: [{ prefix: "a" }] } } });
// @ts-expect-error: misspelt operator
pattern(TrainingJobStateChangeEvent, { detail: { TrainingJobName: [{ prefx: "a" }] } });
// @ts-expect-error: misspelt value within $or
pattern(TrainingJobStateChangeEvent, { detail: { $or: [{ TrainingJobStatus: ["Compleeted"] }, {}] } });
// @ts-expect-error: misspelt envelope field
pattern(TrainingJobStateChangeEvent, { resource: ["a"] });
// @ts-expect-error: null for a field that is never null
pattern(TrainingJobStateChangeEvent, { detail: { TrainingJobName: [null] } });
const both = pattern([EndpointStateChangeEvent, EndpointStateChangeEvent], { detail: { EndpointName: ["a"] } });
console.log(toJson(p), toCdk(p), matches("{}", p), String(explain({}, p)), both);
// Sample overrides.
const e = sample(TrainingJobStateChangeEvent, { account: "1", detail: { TrainingJobStatus: "Failed", FailureReason: undefined } });
e.detail.TrainingJobName satisfies string;
// @ts-expect-error: misspelt field
sample(TrainingJobStateChangeEvent, { detail: { TrainingJobStatu: "Failed" } });
// parse, validate
declare const input: unknown;
const parsed = parse(input);
if (parsed.ok) {
  if (parsed.event["detail-type"] === "SageMaker Training Job State Change") parsed.event.detail.TrainingJobName satisfies string;
} else console.log(parsed.differences[0]?.message, parsed.event?.account);
const v = validate(TrainingJobStateChangeEvent, input);
if (v.ok) v.event.detail.TrainingJobArn satisfies string;
if (isTrainingJobStateChange(input)) input.detail.TrainingJobArn satisfies string;
if (isKnownEvent(input)) input satisfies KnownEvent;
const sub = subject(input);
sub.name satisfies string | undefined;
toDate(d.CreationTime) satisfies Date | undefined;
differences(input);
// @types/aws-lambda, both ways.
declare const lambda: EventBridgeEvent<"SageMaker Training Job State Change", TrainingJobStateChange>;
const ours: TrainingJobStateChangeEvent = lambda;
const theirs: EventBridgeEvent<"SageMaker Training Job State Change", TrainingJobStateChange> = ours;
// Handlers.
const handler = route({
  "SageMaker Training Job State Change": async (event) => {
    event.detail.TrainingJobName satisfies string;
  },
  otherwise: async (event) => console.log(event),
});
// @ts-expect-error: misspelt detail-type
route({ "SageMaker Trainig Job State Change": async () => {} });
type T = EventOf<"SageMaker Endpoint State Change">;
const t: T["detail"]["EndpointName"] = "a";
endpointStateChange.EndpointStatus.IN_SERVICE satisfies "IN_SERVICE";
console.log(key, s, lit, config, ours, theirs, handler, t, TrainingJobStateChange["~standard"].vendor);
