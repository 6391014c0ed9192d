//! Resources come in; a stack of the CDK goes out, in TypeScript or Python. Its constructs are those of CloudFormation
//! themselves, so that what is deployed is what stands here, and nothing that a library adds.

use super::Plan;
use super::resources::{parameters, resources};
use eventbridge_catalog::json::{Member, Node, Value, quote};

/// How a language spells things.
struct Spelling {
    null: &'static str,
    yes: &'static str,
    no: &'static str,
    reference: &'static str,
    attribute: &'static str,
    sub: &'static str,
    is_typescript: bool,
}

const TYPESCRIPT: Spelling = Spelling {
    null: "null",
    yes: "true",
    no: "false",
    reference: "cdk.Fn.ref",
    attribute: "cdk.Fn.getAtt",
    sub: "cdk.Fn.sub",
    is_typescript: true,
};

const PYTHON: Spelling = Spelling {
    null: "None",
    yes: "True",
    no: "False",
    reference: "cdk.Fn.ref",
    attribute: "cdk.Fn.get_att",
    sub: "cdk.Fn.sub",
    is_typescript: false,
};

pub(super) fn typescript(plan: &Plan) -> String {
    let mut out = format!(
        "import * as cdk from \"aws-cdk-lib\";\nimport type {{ Construct }} from \"constructs\";\n\n/** {}. */\nexport class {}Stack extends cdk.Stack {{\n  \
         constructor(scope: Construct, id: string, props?: cdk.StackProps) {{\n    super(scope, id, props);\n",
        plan.description, plan.name
    );
    for parameter in parameters(plan.target) {
        out.push_str(&format!(
            "    new cdk.CfnParameter(this, \"{}\", {{ description: \"{}\" }});\n",
            parameter.name, parameter.description
        ));
    }
    for (name, kind, properties) in resources(plan) {
        let properties = value(&properties, 6, &TYPESCRIPT);
        out.push_str(&format!(
            "    new cdk.CfnResource(this, \"{name}\", {{\n      type: \"{kind}\",\n      properties: {properties},\n    }});\n"
        ));
    }
    out.push_str("  }\n}\n");
    out
}

fn docstring(text: &str) -> String {
    let quoted = quote(text).replacen('"', "\"\"\"", 1);
    quoted.trim_end_matches('"').to_owned() + "\"\"\""
}

pub(super) fn python(plan: &Plan) -> String {
    let mut out = format!(
        "import aws_cdk as cdk\nfrom constructs import Construct\n\n\nclass {}Stack(cdk.Stack):\n    {}\n\n    \
         def __init__(self, scope: Construct, id: str, **kwargs) -> None:\n        super().__init__(scope, id, **kwargs)\n",
        plan.name,
        docstring(&format!("{}.", plan.description)),
    );
    for parameter in parameters(plan.target) {
        out.push_str(&format!(
            "        cdk.CfnParameter(self, \"{}\", description=\"{}\")\n",
            parameter.name, parameter.description
        ));
    }
    for (name, kind, properties) in resources(plan) {
        let properties = value(&properties, 12, &PYTHON);
        out.push_str(&format!(
            "        cdk.CfnResource(\n            self,\n            \"{name}\",\n            type=\"{kind}\",\n            properties={properties},\n        )\n"
        ));
    }
    out
}

fn value(node: &Node, indent: usize, spelling: &Spelling) -> String {
    match &node.value {
        Value::Null | Value::Placeholder(_) => spelling.null.to_owned(),
        Value::Bool(true) => spelling.yes.to_owned(),
        Value::Bool(false) => spelling.no.to_owned(),
        Value::Number(number) => number.clone(),
        Value::String(text) => quote(text),
        Value::Array(items) => list(items, indent, spelling),
        Value::Object(members) => match members.as_slice() {
            [] => "{}".to_owned(),
            [only] if only.key == "Ref" => {
                call(spelling.reference, std::slice::from_ref(&only.node))
            }
            [only] if only.key == "Fn::Sub" => call(spelling.sub, std::slice::from_ref(&only.node)),
            [only] if only.key == "Fn::GetAtt" => call(spelling.attribute, only.node.items()),
            members => object(members, indent, spelling),
        },
    }
}

fn list(items: &[Node], indent: usize, spelling: &Spelling) -> String {
    let items: Vec<String> = items
        .iter()
        .map(|item| value(item, indent, spelling))
        .collect();
    format!("[{}]", items.join(", "))
}

fn object(members: &[Member], indent: usize, spelling: &Spelling) -> String {
    let deeper = indent + if spelling.is_typescript { 2 } else { 4 };
    let (outer, inner) = (" ".repeat(indent), " ".repeat(deeper));
    let line = |member: &Member| {
        let is_plain = member.key.chars().all(|c| c.is_ascii_alphanumeric());
        let key = match is_plain && spelling.is_typescript {
            true => member.key.clone(),
            false => quote(&member.key),
        };
        format!("{inner}{key}: {},\n", value(&member.node, deeper, spelling))
    };
    let lines: Vec<String> = members.iter().map(line).collect();
    format!("{{\n{}{outer}}}", lines.concat())
}

fn call(function: &str, arguments: &[Node]) -> String {
    let arguments: Vec<String> = arguments
        .iter()
        .filter_map(Node::as_str)
        .map(quote)
        .collect();
    format!("{function}({})", arguments.join(", "))
}
