// What types of others do for one event, beside ours: json-schema-to-typescript and quicktype, of the JSON Schema of a
// training job; @types/aws-lambda, Powertools and the AWS CDK as they come. Each is asked by small programs that the
// compiler takes or refuses, and by what an editor completes. The table goes to the standard output.
//
// node compare.mjs EVENTS [folder of the modules of quicktype-core]

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { EventBridgeSchema } from "@aws-lambda-powertools/parser/schemas/eventbridge";
import { build } from "esbuild";
import { compile } from "json-schema-to-typescript";
import { TrainingJobStateChangeEvent, isTrainingJobStateChange, parse } from "sagemaker-events";
import { schemaOf } from "sagemaker-events/schemas";
import ts from "typescript";

const [events, quicktypes] = process.argv.slice(2);
const { $comment, ...schema } = schemaOf(TrainingJobStateChangeEvent);
const all = readFileSync(events, "utf8").trim().split("\n").map((line) => JSON.parse(line));
const jobs = all.filter(isTrainingJobStateChange);

writeFileSync("json2ts.ts", await compile(structuredClone(schema), "JobEvent", { bannerComment: "" }));

async function quicktype() {
  const { InputData, JSONSchemaInput, FetchingJSONSchemaStore, quicktype } = createRequire(`${quicktypes}/`)("quicktype-core");
  const input = new JSONSchemaInput(new FetchingJSONSchemaStore());
  await input.addSource({ name: "JobEvent", schema: JSON.stringify(schema) });
  const inputData = new InputData();
  inputData.addInput(input);
  const { lines } = await quicktype({ inputData, lang: "typescript" });
  writeFileSync("quicktype.ts", lines.join("\n"));
  const { outputFiles } = await build({ entryPoints: ["quicktype.ts"], format: "esm", write: false });
  writeFileSync("quicktype.run.mjs", outputFiles[0].text);
  const { Convert } = await import(`${process.cwd()}/quicktype.run.mjs`);
  return (event) => JSON.parse(Convert.jobEventToJson(Convert.toJobEvent(JSON.stringify(event))));
}

const ours = `import { TrainingJobStateChangeEvent as T } from "sagemaker-events/training-job"; import { pattern } from "sagemaker-events/pattern"; type E = T;`;
const peers = {
  ours: { head: ours, rule: (detail) => `pattern(T, { detail: ${detail} })`, through: (event) => parse(event).event },
  "json-schema-to-typescript": { head: `import type { JobEvent as E } from "./json2ts.js";` },
  quicktype: quicktypes && { head: `import type { JobEvent as E } from "./quicktype.js";`, through: await quicktype() },
  "@types/aws-lambda": { head: `import type { EventBridgeEvent } from "aws-lambda"; type E = EventBridgeEvent<string, any>;` },
  Powertools: { head: `import type { EventBridgeEvent as E } from "@aws-lambda-powertools/parser/types";`, through: (event) => EventBridgeSchema.parse(event) },
  "aws-cdk-lib": { head: `import type { EventPattern } from "aws-cdk-lib/aws-events";`, rule: (detail) => `const p: EventPattern = { detail: ${detail} }; p` },
};

const compilerOptions = { strict: true, noEmit: true, skipLibCheck: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext, types: [] };
let text = "";
let version = 0;
const service = ts.createLanguageService({
  getCompilationSettings: () => compilerOptions,
  getScriptFileNames: () => ["probe.mts"],
  getScriptVersion: (name) => (name === "probe.mts" ? String(version) : "0"),
  getScriptSnapshot: (name) => {
    const found = name.endsWith("probe.mts") ? text : ts.sys.readFile(name);
    return found === undefined ? undefined : ts.ScriptSnapshot.fromString(found);
  },
  getCurrentDirectory: () => process.cwd(),
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  fileExists: (name) => name.endsWith("probe.mts") || ts.sys.fileExists(name),
  readFile: ts.sys.readFile,
  directoryExists: ts.sys.directoryExists,
  getDirectories: ts.sys.getDirectories,
  realpath: ts.sys.realpath,
});

function takes(program) {
  text = program;
  version += 1;
  const told = [...service.getSyntacticDiagnostics("probe.mts"), ...service.getSemanticDiagnostics("probe.mts")];
  return told.length === 0;
}

function completes(program, wanted) {
  text = program;
  version += 1;
  const found = service.getCompletionsAtPosition("probe.mts", program.length - 2, {});
  return found?.entries.some(({ name }) => name === wanted) ?? false;
}

const yes = (answer) => (answer ? "yes" : "no");
function equal(through) {
  if (through === undefined) return "-";
  const same = jobs.filter((event) => {
    try {
      return JSON.stringify(sorted(through(event))) === JSON.stringify(sorted(event));
    } catch {
      return false;
    }
  });
  return `${same.length} of ${jobs.length}`;
}

/** With keys in one order. */
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
}

function asked({ head, rule, through }) {
  const hasEvents = !head.includes("EventPattern");
  const ofEvents = (answer) => (hasEvents ? yes(answer()) : "-");
  const event = (rest) => `${head} declare const e: E; ${rest}`;
  const named = takes(event("export const name: string = e.detail.TrainingJobName;"));
  return {
    "field is typed": ofEvents(() => named && !takes(event("e.detail.TrainingJobName satisfies number;"))),
    "misspelt field refused": ofEvents(() => named && !takes(event("e.detail.TrainingJobStatu;"))),
    "new status taken": hasEvents && named ? yes(takes(event(`e.detail.TrainingJobStatus = "Paused";`))) : "-",
    "known status completed": ofEvents(() => completes(event(`e.detail.TrainingJobStatus === "";`), "Failed")),
    "rule: misspelt value refused": rule ? yes(!takes(`${head} ${rule(`{ TrainingJobStatus: ["Compleeted"] }`)};`)) : "-",
    "rule: numeric on text refused": rule ? yes(!takes(`${head} ${rule(`{ TrainingJobName: [{ numeric: [">", 1] }] }`)};`)) : "-",
    "events equal behind it": equal(through),
  };
}

const rows = Object.entries(peers).filter(([, peer]) => peer);
const answers = rows.map(([name, peer]) => [name, asked(peer)]);
const columns = Object.keys(answers[0][1]);
console.log(`| | ${columns.join(" | ")} |\n|---|${columns.map(() => "---|").join("")}`);
for (const [name, answer] of answers) console.log(`| ${name} | ${columns.map((column) => answer[column]).join(" | ")} |`);
