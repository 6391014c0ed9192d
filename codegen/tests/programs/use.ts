import { detailTypes, isKnownEvent } from "demo-events";
import type { Event, JobStateChange, JobStateChangeEvent, KnownEvent, jobStateChange, awkwardNames } from "demo-events";

const job: JobStateChangeEvent = {
  version: "0",
  id: "1",
  "detail-type": "Demo Job State Change",
  source: "tests.of.mine",
  account: "111122223333",
  time: "2026-01-01T00:00:00Z",
  region: "us-east-1",
  resources: [],
  "an-envelope-field-of-tomorrow": 1,
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
    FieldOfTomorrow: { a: 1 },
  },
};

const tomorrow: Event = { ...job, "detail-type": "Demo Event Of Tomorrow", detail: { a: 1 } };
const source: jobStateChange.DataSource = job.detail.Inputs[0]?.DataSource ?? {};
const awkward: awkwardNames.AwkwardNames = { None: { a: {} }, "build-id": "b", "say \"x\"": { str: "s", list: ["l"], Any: 1 } };

// @ts-expect-error: a job has a name
const nameless: JobStateChange = { JobStatus: "Failed", Inputs: [], Limits: {} };

export function told(event: Event): string {
  if (!isKnownEvent(event)) {
    const detail: Record<string, unknown> = event.detail;
    return `${event["detail-type"]} ${Object.keys(detail).length}`;
  }
  return known(event);
}

function known(event: KnownEvent): string {
  switch (event["detail-type"]) {
    case "Demo Job State Change": {
      const reason: string | null | undefined = event.detail.FailureReason;
      const news: unknown = event.detail.FieldOfTomorrow;
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
    default:
      return event satisfies never;
  }
}

console.log(told(tomorrow), source, awkward, nameless, detailTypes.length);
