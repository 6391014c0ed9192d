import {
  Event as AnyEvent,
  detailTypes,
  differences,
  extra,
  is,
  isJobStateChange,
  isKnownEvent,
  jobStateChange,
  parse,
  route,
  subject,
  toDate,
  undocumented,
  validate,
  JobStateChangeEvent,
} from "demo-events";
import type { Event, EventOf, JobStateChange, KnownEvent, LaterEvent, awkwardNames } from "demo-events";
import { JobStateChange as JobSchema } from "demo-events/job";
import { explain, matches, pattern, toCdk, toJson } from "demo-events/pattern";
import { schemaOf } from "demo-events/schemas";
import { sample } from "demo-events/testing";

const job: JobStateChangeEvent = {
  version: "0",
  id: "1",
  "detail-type": "Demo Job State Change",
  source: "tests.of.mine",
  account: "111122223333",
  time: "2026-01-01T00:00:00Z",
  region: "us-east-1",
  resources: [],
  detail: {
    JobName: "demo-job",
    JobStatus: "Paused",
    FailureReason: null,
    CreationTime: "1583831889050",
    Inputs: [{ DataSource: { S3DataSource: { S3Uri: "s3://b/k", Mode: "Fast" } } }],
    Limits: {},
    Tags: { team: "x" },
    Anything: [1, { a: null }],
    Mixed: { InputName: "x" },
    Bag: ["x", 1.5],
    Statuses: ["Failed", "Sleeping"],
  },
};

const tomorrow: Event = { ...job, "detail-type": undocumented("Demo Event Of Tomorrow"), detail: { a: 1 } };
const source: jobStateChange.DataSource = job.detail.Inputs[0]?.DataSource ?? {};
const awkward: awkwardNames.Event = { Event: "x", Again: {} };

// @ts-expect-error: a job has a name
const nameless: JobStateChange = { JobStatus: "Failed", Inputs: [], Limits: {} };
// @ts-expect-error: what is misspelt is no field
const misspelt: unknown = job.detail.JobNam;
// @ts-expect-error: names are all that there is
const key: keyof JobStateChange = "JobNam";

export function told(event: Event): string {
  // Without a guard.
  if (event["detail-type"] === "Demo Job State Change") {
    return event.detail.JobName;
  }
  if (!isKnownEvent(event)) {
    return `${event["detail-type"].trim()} ${Object.keys(extra(event.detail)).length}`;
  }
  return known(event);
}

function known(event: KnownEvent): string {
  switch (event["detail-type"]) {
    case "Demo Job State Change": {
      const reason: string | null | undefined = event.detail.FailureReason;
      const news: unknown = extra(event.detail)["FieldOfTomorrow"];
      // @ts-expect-error: text, not a number
      const name: number = event.detail.JobName;
      return event.detail.JobStatus === "Failed" ? `${reason}` : `${name}${news}`;
    }
    case "Shared Call":
      return event.source === "aws.demo" ? event.detail.DemoId : event.detail.OtherId.toFixed();
    case "Demo Event":
      return event.detail.EventName;
    case "Demo Awkward-names \"and\" Such":
    case "Demo Import":
    case "Demo Model State Change":
    case "Demo Pipeline Execution Step Status Change Of Extraordinary Length And Then Some":
      return event["detail-type"];
    case "Demo Kettle Boiled":
      return event.detail.KettleName;
    default:
      // All that are known: there will be more.
      return (event satisfies LaterEvent)["detail-type"];
  }
}

export function values(status: NonNullable<JobStateChange["JobStatus"]>): string {
  const failed: "Failed" = jobStateChange.JobStatus.Failed;
  // @ts-expect-error: no known value
  const odd: unknown = jobStateChange.JobStatus.Faled;
  return is(status, "Failed") ? (status satisfies "Failed") : failed + odd;
}
// @ts-expect-error: no known value
export const isOdd = (status: jobStateChange.JobStatus) => is(status, "Faled");

const rule = pattern(JobStateChangeEvent, {
  resources: [{ prefix: "arn:aws:" }],
  detail: {
    JobName: [{ prefix: "a" }, { "anything-but": { wildcard: "*b" } }],
    JobStatus: ["Failed", undocumented("Paused"), { "anything-but": ["Failed"] }],
    FailureReason: [null, { exists: false }],
    CreationTime: [{ numeric: [">", 1, "<=", 5] }, "1583831889050"],
    Inputs: { DataSource: { S3DataSource: { S3Uri: [{ suffix: "/k" }] } } },
    $or: [{ JobName: ["a"] }, { JobName: ["b"] }],
    ...{ FieldOfTomorrow: ["a"] },
  },
});
// @ts-expect-error: no field
pattern(JobStateChangeEvent, { detail: { JobNam: ["a"] } });
// @ts-expect-error: no known value
pattern(JobStateChangeEvent, { detail: { JobStatus: ["Faled"] } });
// @ts-expect-error: no number
pattern(JobStateChangeEvent, { detail: { JobName: [{ numeric: ["=", 1] }] } });
// @ts-expect-error: no operator
pattern(JobStateChangeEvent, { detail: { JobName: [{ prefx: "a" }] } });
// @ts-expect-error: a value stands in an array
pattern(JobStateChangeEvent, { detail: { JobName: "a" } });
// @ts-expect-error: never null
pattern(JobStateChangeEvent, { detail: { JobName: [null] } });

const handler = route({
  "Demo Job State Change": (event) => event.detail.JobName,
  otherwise: (event) => typeof event,
});
// @ts-expect-error: no detail-type
route({ "Demo Jb State Change": () => "" });

export function read(input: unknown): EventOf<"Demo Job State Change"> | undefined {
  const parsed = parse(input);
  const one = validate(JobStateChangeEvent, input);
  if (one.ok) return one.event;
  if (parsed.ok && parsed.event["detail-type"] === "Demo Event") console.log(parsed.event.detail.EventName);
  return isJobStateChange(input) ? input : undefined;
}

// What the types promise.
const assert = (holds: boolean) => {
  if (!holds) throw new Error("does not hold");
};
const whole = sample(JobStateChangeEvent, { detail: { JobName: "mine", FailureReason: undefined } });
assert(isJobStateChange(whole) && whole.detail.JobName === "mine" && !("FailureReason" in whole.detail));
assert(read(whole) === whole && parse(whole).ok && AnyEvent["~standard"].validate(whole).issues === undefined);
assert(JobSchema["~standard"].validate({}).issues?.[0]?.message === "JobName is missing");
assert(told(tomorrow) === "Demo Event Of Tomorrow 1" && parse(tomorrow).ok);
assert(parse(null).event === undefined && parse({}).event === undefined && !isKnownEvent(undefined));
assert(!isJobStateChange({ ...whole, source: "aws.other" }) && !isKnownEvent({ ...whole, source: "aws.other" }));
assert(differences({ ...whole, detail: { ...whole.detail, Odd: 1 } })[0]?.message === "detail.Odd is not documented");
assert(subject(whole).name === "mine" && toDate("1583831889.5")?.getTime() === 1583831889500);
assert(handler(whole) === "mine" && handler(7) === "number");
assert(matches(whole, { detail: { JobName: ["mine"] } }) && !matches(JSON.stringify(whole), rule));
assert(String(explain(whole, { detail: { JobName: ["Mine"] } })).endsWith("`equals-ignore-case` takes both)"));
assert(toCdk(rule).detailType[0] === "Demo Job State Change" && JSON.parse(toJson(rule)).source[0] === "aws.demo");
assert(schemaOf(JobStateChangeEvent).type === "object" && detailTypes.includes("Shared Call"));
assert(values("Failed") === "Failed");
console.log(source, awkward, nameless, misspelt, key);
