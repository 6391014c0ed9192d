//! The named events come in; what stands around their groups goes out: the union of all events, what works on any, and
//! rules of the AWS CDK.

use super::super::literal::typescript as quoted;
use super::types::{Scope, alias};
use super::{Module, Subpath, fits, stamp};
use std::collections::BTreeMap;

/// What the index exports beside the events.
pub(super) const EXPORTS: [&str; 37] = [
    "DetailType",
    "Difference",
    "Event",
    "EventOf",
    "Handlers",
    "Instant",
    "Known",
    "KnownEvent",
    "LaterEvent",
    "Parsed",
    "Subject",
    "Undocumented",
    "UnknownEvent",
    "detail",
    "detailTypes",
    "differences",
    "event",
    "events",
    "extra",
    "fromMessage",
    "has",
    "instant",
    "is",
    "isEvent",
    "isKnownEvent",
    "module",
    "exports",
    "onEvent",
    "parse",
    "require",
    "revision",
    "route",
    "schemas",
    "schemaOf",
    "subject",
    "times",
    "values",
];

/// What `types.d.ts` declares that runs.
const HELPERS: &str =
    "export { extra, instant, is, toDate, undocumented, validate } from \"./types.js\";";

/// `index.js`
pub(super) fn module(revision: &str) -> String {
    let revision = quoted(revision);
    r#"export * from "./events.js";
export { validate } from "./event.js";
export {
  Event,
  KnownEvent,
  detailTypes,
  differences,
  fromMessage,
  isKnownEvent,
  parse,
  route,
  subject,
  times,
} from "./parse.js";
export { extra, instant, is, toDate, undocumented } from "./values.js";
"#
    .to_owned()
        + &format!("\nexport const revision = {revision};\n")
}

/// `index.d.ts`
pub(super) fn declarations(subpaths: &[Subpath<'_>]) -> String {
    let imports: String = subpaths.iter().map(import).collect();
    let exports: String = subpaths
        .iter()
        .map(|path| format!("export * from \"./{}.js\";\n", path.name))
        .collect();
    let envelopes = subpaths.iter().flat_map(|path| &path.modules);
    let mut envelopes: Vec<String> = envelopes.map(|module| module.envelope.clone()).collect();
    envelopes.push("LaterEvent".to_owned());
    format!(
        "{}import type {{
  Difference,
  Envelope,
  Instant,
  Parsed,
  StandardSchema,
  Subject,
  Undocumented,
}} from \"./types.js\";
{imports}
export type * from \"./types.js\";
{HELPERS}
{exports}
/**
 * Every documented event; its `detail-type` tells which. There will be more: a `switch`
 * over all of them has a `default`.
 */
{}{}",
        stamp(),
        union("KnownEvent", envelopes),
        include_str!("package/index-end.d.ts"),
    )
}

fn union(name: &str, members: Vec<String>) -> String {
    let scope = Scope {
        names: BTreeMap::new(),
        prefix: String::new(),
        indent: 0,
    };
    alias(&format!("export type {name} ="), &members, &scope)
}

fn import(path: &Subpath<'_>) -> String {
    let names: Vec<&str> = path
        .modules
        .iter()
        .map(|module| module.envelope.as_str())
        .collect();
    let flat = format!(
        "import type {{ {} }} from \"./{}.js\";\n",
        names.join(", "),
        path.name
    );
    match fits(flat.trim_end()) || names.len() == 1 {
        true => flat,
        false => format!(
            "import type {{\n  {},\n}} from \"./{}.js\";\n",
            names.join(",\n  "),
            path.name
        ),
    }
}

/// `cdk.d.ts`
pub(super) fn rule_declarations(all: &[&Module<'_>]) -> String {
    let names: String = all
        .iter()
        .map(|module| format!("  {},\n", module.detail))
        .collect();
    let rules: String = all.iter().map(|module| rule(module)).collect();
    format!(
        "{}import type {{ Rule }} from \"aws-cdk-lib/aws-events\";
import type {{ Construct }} from \"constructs\";
import type {{
{names}}} from \"./index.js\";
import type {{ EventRuleProps }} from \"./rule-cdk.js\";

export {{ onEvent, type EventRuleProps }} from \"./rule-cdk.js\";
{rules}",
        stamp()
    )
}

fn rule(module: &Module<'_>) -> String {
    let Module {
        rule,
        detail,
        event,
        ..
    } = module;
    let about = super::comment(
        &[format!(
            "A rule for {}.",
            super::doc::code(&event.detail_type)
        )],
        "",
    );
    format!(
        "\n{about}export declare function {rule}(\n  scope: Construct,\n  id: string,\n  props?: EventRuleProps<{detail}>,\n): Rule;\n"
    )
}
