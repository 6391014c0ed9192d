// The transcript of the service's engine through the matcher: as a text each row has to agree, but for the rows that
// are listed with a fault of the engine; as a parsed object all but those that lost something.

import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { EventError, Matcher, PatternError, explain } from "demo-events/pattern";

const [folder, deviations, most] = process.argv.slice(2);
const faults = new Set(
  readFileSync(deviations, "utf8")
    .split("\n")
    .filter((line) => line && !line.startsWith("#"))
    .map((line) => line.split("\t")[0]),
);

/** What an attempt gives, or nothing for an error of one kind. */
function attempt(kind, work) {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof kind)) throw error;
    return undefined;
  }
}

function difference(row) {
  const accepted = row.valid || Boolean(row.legacy_fallback);
  const matcher = attempt(PatternError, () => new Matcher(row.pattern));
  if ((matcher !== undefined) !== accepted) return "accepted or refused";
  if (matcher === undefined || row.event === undefined) return undefined;
  const found = attempt(EventError, () => matcher.matches(row.event));
  const wanted = row.event_error ? undefined : (row.match ?? found);
  if (found !== wanted) return `${found} instead of ${wanted}`;
  if (found === undefined) return undefined;
  if (explain(row.event, row.pattern).matches !== found) return "explained otherwise";
  const event = attempt(SyntaxError, () => JSON.parse(row.event));
  if (event && attempt(EventError, () => matcher.matches(event)) !== found) lost += 1;
  return undefined;
}

let lost = 0;
for (const file of ["conformance", "random"]) {
  const text = gunzipSync(readFileSync(`${folder}/${file}.jsonl.gz`)).toString();
  const rows = text.trimEnd().split("\n").map((line) => JSON.parse(line));
  const wrong = rows.filter((row) => (difference(row) !== undefined) !== faults.has(row.name));
  console.log(`${file}: ${rows.length} rows, ${rows.length - wrong.length} as expected`);
  for (const row of wrong.slice(0, 5)) console.error(row.name, row.pattern, row.event, difference(row));
  if (wrong.length > 0) process.exitCode = 1;
}
console.log(`${lost} answers differ where JSON.parse lost something`);
if (lost > Number(most)) process.exitCode = 1;
