// Rows with what the Rust engine says of them; fails where this engine says otherwise.

import { readFileSync } from "node:fs";
import { PatternError, explain } from "sagemaker-events/pattern";

const rows = readFileSync("rows.ndjson", "utf8").trimEnd().split("\n").map((line) => JSON.parse(line));

function said({ pattern, event, hints }) {
  try {
    const why = explain(event ?? "{}", pattern);
    if (!hints) for (const unmet of why.unmet) unmet.hint = undefined;
    return String(why);
  } catch (error) {
    if (error instanceof PatternError) return error.message;
    throw error;
  }
}

const other = rows.filter((row) => said(row) !== row.said);
for (const row of other.slice(0, 20)) {
  console.error(`${row.name}\n  pattern ${row.pattern}\n  event   ${row.event}\n  Rust    ${row.said}\n  here    ${said(row)}`);
}
console.log(`TypeScript: ${rows.length} rows, ${other.length} said otherwise`);
process.exitCode = other.length === 0 ? 0 : 1;
