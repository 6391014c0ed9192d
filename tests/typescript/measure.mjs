// What the package costs, beside what others do: bundles by esbuild, time to import, types that the compiler makes,
// and events matched in a second of the processor.

import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { compile } from "json-schema-to-typescript";
import { Matcher } from "sagemaker-events/pattern";

const [tarball, eventsFile, schemaFile] = process.argv.slice(2);
const rows = [];
const row = (what, found, wanted) => rows.push({ what, found, wanted });

async function bundle(text, loader = "js") {
  const { outputFiles } = await build({
    stdin: { contents: text, resolveDir: process.cwd(), loader },
    bundle: true, minify: true, format: "esm", platform: "node", write: false, logLevel: "error",
  });
  const [{ contents }] = outputFiles;
  return { bytes: contents.length, zipped: gzipSync(contents, { level: 9 }).length };
}

const ours = "sagemaker-events";
const bytes = async (what, text, wanted, loader) => row(what, `${(await bundle(text, loader)).bytes} B`, wanted);
await bytes("types only", `import type { Event } from "${ours}"; export const f = (e: Event) => e.source;`, "50 B", "ts");
await bytes("guard for one event", `export { isTrainingJobStateChange } from "${ours}";`, "<= 200 B");
await bytes("validate one event (training job)", `export { TrainingJobStateChangeEvent } from "${ours}";`, "<= 2,048 B");
await bytes("validate one event (endpoint)", `export { EndpointStateChangeEvent } from "${ours}";`, "<= 2,048 B");
await bytes("validate one event (tuning job, the largest)", `export { HyperParameterTuningJobStateChangeEvent } from "${ours}";`, "<= 2,048 B");
const matcher = await bundle(`export { matches } from "${ours}/pattern";`);
row("matcher", `${matcher.zipped} B gz`, "<= 8,192 B gz");
await bytes("peer: zod, of our JSON Schema",
  `import { z } from "zod"; import s from "${ours}/schemas/TrainingJobStateChange.json"; export default z.fromJSONSchema(s);`, "-");
await bytes("peer: Powertools' EventBridge schema",
  `export { EventBridgeSchema } from "@aws-lambda-powertools/parser/schemas/eventbridge";`, "-");
await bytes("peer: valibot, of the envelope alone",
  `import * as v from "valibot"; export default v.looseObject({ id: v.string(), source: v.literal("a"), resources: v.array(v.string()), detail: v.looseObject({ a: v.optional(v.nullable(v.string())) }) });`, "-");
row("npm tarball", `${readFileSync(tarball).length} B`, "<= 61,440 B");

/** The least of some runs, in milliseconds of the processor beyond starting Node. */
function importing(specifier) {
  const told = "const { user, system } = process.cpuUsage(); console.log(user + system)";
  const run = (text) => {
    const times = Array.from({ length: 15 }, () =>
      Number(execFileSync(process.execPath, ["--input-type=module", "-e", `${text};${told}`])),
    );
    return Math.min(...times) / 1e3;
  };
  return Math.round(run(`await import("${specifier}")`) - run(""));
}
row("import", `${importing(ours)} ms`, "<= 25 ms");
for (const peer of ["valibot", "zod", "@aws-lambda-powertools/parser/schemas/eventbridge"]) {
  row(`peer: import ${peer}`, `${importing(peer)} ms`, "-");
}

function types(text) {
  writeFileSync("measured.ts", text);
  const compilerOptions = { strict: true, noEmit: true, skipLibCheck: true, target: "es2022", module: "nodenext", types: [] };
  writeFileSync("tsconfig.json", JSON.stringify({ compilerOptions, files: ["measured.ts"] }));
  const told = execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", ".", "--extendedDiagnostics"]).toString();
  return Number(/^Types:\s+(\d+)/m.exec(told)?.[1]);
}
const baseline = types("export {};");
const narrowing = `import { type Event } from "${ours}"; import { pattern } from "${ours}/pattern"; import { TrainingJobStateChangeEvent } from "${ours}/training-job";
export const f = (e: Event) => { if (e["detail-type"] === "SageMaker Training Job State Change") return e.detail.TrainingJobName; };
export const p = pattern(TrainingJobStateChangeEvent, { detail: { TrainingJobStatus: ["Failed"], ResourceConfig: { InstanceCount: [{ numeric: [">", 1] }] } } });`;
row("types over an empty file, with patterns", `+${types(narrowing) - baseline}`, "<= 3,000");
const json = { ...JSON.parse(readFileSync(schemaFile, "utf8")), title: "Peer" };
const peer = await compile(json, "Peer", { bannerComment: "" });
row("peer: json-schema-to-typescript, one event", `+${types(`${peer}\nexport const f = (e: Peer) => e;`) - baseline}`, "-");

const lines = readFileSync(eventsFile, "utf8").trim().split("\n");
const parsed = lines.map((line) => JSON.parse(line));
const rule = new Matcher({
  source: ["aws.sagemaker"],
  "detail-type": ["SageMaker Training Job State Change"],
  detail: { TrainingJobStatus: ["Failed", "Stopped"], TrainingJobName: [{ prefix: "prod-" }] },
});
function speed(events, rounds, matcher = rule) {
  for (let at = 0; at < 20_000; at += 1) matcher.matches(events[at % events.length]);
  const start = process.cpuUsage();
  for (let at = 0; at < rounds; at += 1) matcher.matches(events[at % events.length]);
  const { user, system } = process.cpuUsage(start);
  return Math.round(rounds / ((user + system) / 1e6)).toLocaleString("en");
}
row("matcher from text", `${speed(lines, 100_000)} events/CPU-s`, ">= 80,000");
const jobs = parsed.filter((event) => event["detail-type"] === "SageMaker Training Job State Change");
const any = new Matcher({ source: ["aws.sagemaker"], detail: { TrainingJobStatus: [{ exists: true }], TrainingJobName: [{ prefix: "" }, { exists: false }] } });
row("matcher from objects, all of each walked", `${speed(jobs, 1_000_000, any)} events/CPU-s`, ">= 1,000,000");
row("matcher from objects", `${speed(parsed, 2_000_000)} events/CPU-s`, ">= 1,000,000");
console.table(rows);
