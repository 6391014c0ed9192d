//! The named events come in; what stands around their modules goes out: the manifest, the README,
//! the envelope, the union of all events, and the guard.

use super::super::literal::typescript as quoted;
use super::types::alias;
use super::{Module, fits, stamp};
use crate::doc;
use crate::file::STAMP;
use eventbridge_catalog::json;
use eventbridge_catalog::model::Package;

/// `package.json`
pub(super) fn manifest(package: &Package) -> String {
    let json = json::quote;
    format!(
        r#"{{
  "//": {stamp},
  "name": {name},
  "version": {version},
  "description": {description},
  "license": "Apache-2.0 OR MIT",
  "main": "./src/index.js",
  "types": "./src/index.d.ts",
  "exports": {{
    ".": {{
      "types": "./src/index.d.ts",
      "default": "./src/index.js"
    }},
    "./evidence.json": "./evidence.json",
    "./package.json": "./package.json"
  }},
  "files": [
    "evidence.json",
    "src"
  ],
  "sideEffects": false
}}
"#,
        stamp = json(STAMP),
        name = json(&package.name),
        version = json(&package.version),
        description = json(&package.description),
    )
}

/// `README.md`
pub(super) fn readme(package: &Package, modules: &[Module<'_>]) -> String {
    let rows: String = modules.iter().map(row).collect();
    let name = doc::unmarked(&package.name);
    format!(
        r#"<!-- {STAMP} -->

# {name}

{description}

Types for TypeScript 5 and later, without dependencies.

{example}
Statuses, fields and detail-types that are not documented yet are allowed everywhere: known values
are suggested and compared, and others are strings; fields that a type does not name are `unknown`.
Fields that an event may leave out may also be `null`.

What a detail refers to is exported in a namespace of its own, named after the event.

`evidence.json` says of each event, field and value where it is known from, and what better
evidence overrules.

## Events

{rows}"#,
        description = doc::unmarked(&package.description),
        example = example(&package.name, modules),
    )
}

fn row(module: &Module<'_>) -> String {
    format!(
        "- {} from {}: `{}`, {}\n",
        doc::code(&module.event.detail_type),
        doc::code(&module.event.source),
        module.detail,
        doc::how_known(module.event)
    )
}

fn example(package: &str, modules: &[Module<'_>]) -> String {
    let Some(first) = modules.first() else {
        return String::new();
    };
    format!(
        r#"```ts
import {{ isKnownEvent, type Event }} from {package};

export async function handler(event: Event): Promise<void> {{
  if (!isKnownEvent(event)) {{
    console.warn("an event that is not documented", event["detail-type"]);
    return;
  }}
  switch (event["detail-type"]) {{
    case {detail_type}:
      console.log(event.detail); // {detail}
      break;
  }}
}}
```
"#,
        package = quoted(package),
        detail_type = quoted(&first.event.detail_type),
        detail = first.detail,
    )
}

/// `envelope.d.ts`
pub(super) fn envelope() -> String {
    stamp()
        + r#"
/** What EventBridge delivers, whatever the detail. */
export interface Envelope {
  version: string;
  id: string;
  /** Tells events of one source apart. */
  "detail-type": string;
  /** The service that sent the event, or who replayed or made it up. */
  source: string;
  account: string;
  /** RFC 3339, to seconds. */
  time: string;
  region: string;
  /** ARNs of what the event is about. */
  resources: string[];
  /** Present when the event was replayed from an archive. */
  "replay-name"?: string;
  detail: Record<string, unknown>;
  [key: string]: unknown;
}

/**
 * A moment, in the form the event has it: milliseconds or seconds since 1970 as a number or as
 * a string of digits, or RFC 3339. What is less than 100,000,000,000 is in seconds.
 */
export type Timestamp = number | string;
"#
}

/// `index.d.ts`
pub(super) fn declarations(modules: &[Module<'_>]) -> String {
    let imports: String = modules.iter().map(import).collect();
    let exports: String = modules.iter().map(export).collect();
    format!(
        r#"{}import type {{ Envelope }} from "./envelope.js";
{imports}
export type {{ Envelope, Timestamp }} from "./envelope.js";
{exports}
/** Every documented event; its `detail-type` tells which. */
{}
/** Any other event. */
export type UnknownEvent = Envelope;

/** Every event: narrow it with `isKnownEvent`, then by `detail-type`. */
export type Event = KnownEvent | UnknownEvent;

/** The documented detail-types. */
export declare const detailTypes: readonly KnownEvent["detail-type"][];

/** Whether an event has one of the documented detail-types. */
export declare function isKnownEvent(event: {{
  "detail-type": string;
}}): event is KnownEvent;
"#,
        stamp(),
        known(modules),
    )
}

fn known(modules: &[Module<'_>]) -> String {
    let mut members: Vec<String> = modules
        .iter()
        .map(|module| module.envelope.clone())
        .collect();
    if members.is_empty() {
        members.push("never".to_owned());
    }
    alias("KnownEvent", &members)
}

fn import(module: &Module<'_>) -> String {
    format!(
        "import type {{ {} }} from \"./{}.js\";\n",
        module.envelope, module.file
    )
}

fn export(module: &Module<'_>) -> String {
    let Module {
        detail,
        envelope,
        file,
        namespace,
        ..
    } = module;
    let flat = format!("export type {{ {detail}, {envelope} }} from \"./{file}.js\";");
    let broken = format!("export type {{\n  {detail},\n  {envelope},\n}} from \"./{file}.js\";");
    let types = if fits(&flat) { flat } else { broken };
    format!("{types}\nexport type * as {namespace} from \"./{file}.js\";\n")
}

/// `index.js`, which every module system can load.
pub(super) fn guard(modules: &[Module<'_>]) -> String {
    format!(
        r#"{}"use strict";

{}
exports.isKnownEvent = (event) =>
  exports.detailTypes.includes(event["detail-type"]);
"#,
        stamp(),
        detail_types(modules),
    )
}

fn detail_types(modules: &[Module<'_>]) -> String {
    let mut literals: Vec<String> = modules
        .iter()
        .map(|module| quoted(&module.event.detail_type))
        .collect();
    literals.sort();
    literals.dedup();
    let flat = format!(
        "exports.detailTypes = Object.freeze([{}]);\n",
        literals.join(", ")
    );
    if fits(flat.trim_end()) {
        return flat;
    }
    let lines: String = literals
        .iter()
        .map(|literal| format!("  {literal},\n"))
        .collect();
    format!("exports.detailTypes = Object.freeze([\n{lines}]);\n")
}
