//! A plan comes in; the same resources go out in Terraform's own language.

use super::{Plan, Target};
use crate::reading::compact;
use eventbridge_catalog::json::{Node, Value, quote};

pub(super) fn file(plan: &Plan) -> String {
    let mut out = HEAD.to_owned();
    out.push_str(variable(plan.target));
    out.push_str(&format!(
        "resource \"aws_cloudwatch_event_rule\" \"this\" {{\n  description   = {}\n  event_pattern = jsonencode({})\n}}\n\n",
        string(&plan.description),
        value(&plan.pattern, 2)
    ));
    out.push_str(&target(plan));
    out.push_str(QUEUE_OF_DEAD_LETTERS);
    out.push_str(&allowed(plan.target));
    out
}

const HEAD: &str = "terraform {
  required_providers {
    aws = {
      source = \"hashicorp/aws\"
    }
  }
}

data \"aws_caller_identity\" \"this\" {}
data \"aws_partition\" \"this\" {}
data \"aws_region\" \"this\" {}

";

const QUEUE_OF_DEAD_LETTERS: &str = "resource \"aws_sqs_queue\" \"dead_letters\" {
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
}

resource \"aws_sqs_queue_policy\" \"dead_letters\" {
  queue_url = aws_sqs_queue.dead_letters.id
  policy = jsonencode({
    Version = \"2012-10-17\"
    Statement = [{
      Effect    = \"Allow\"
      Principal = { Service = \"events.amazonaws.com\" }
      Action    = \"sqs:SendMessage\"
      Resource  = aws_sqs_queue.dead_letters.arn
      Condition = { ArnEquals = { \"aws:SourceArn\" = aws_cloudwatch_event_rule.this.arn } }
    }]
  })
}
";

fn variable(target: Target) -> &'static str {
    match target {
        Target::Lambda => {
            "variable \"function_arn\" {\n  type        = string\n  description = \"The ARN of the function to start\"\n}\n\n"
        }
        Target::Kinesis => {
            "variable \"stream_arn\" {\n  type        = string\n  description = \"The ARN of the data stream to write to\"\n}\n\n"
        }
        Target::StepFunctions => {
            "variable \"state_machine_arn\" {\n  type        = string\n  description = \"The ARN of the state machine to start\"\n}\n\n"
        }
        Target::RunCommand => {
            "variable \"instance_name\" {\n  type        = string\n  description = \"The tag Name of the instances to run the command on\"\n}\n\n"
        }
        Target::Sns => "resource \"aws_sns_topic\" \"this\" {}\n\n",
        Target::Sqs => {
            "resource \"aws_sqs_queue\" \"this\" {\n  sqs_managed_sse_enabled = true\n}\n\n"
        }
    }
}

/// What the target is called.
fn arn(target: Target) -> &'static str {
    match target {
        Target::Lambda => "var.function_arn",
        Target::Kinesis => "var.stream_arn",
        Target::StepFunctions => "var.state_machine_arn",
        Target::RunCommand => DOCUMENT,
        Target::Sns => "aws_sns_topic.this.arn",
        Target::Sqs => "aws_sqs_queue.this.arn",
    }
}

const DOCUMENT: &str = "\"arn:${data.aws_partition.this.partition}:ssm:${data.aws_region.this.name}::document/AWS-RunShellScript\"";

fn target(plan: &Plan) -> String {
    let mut out = format!(
        "resource \"aws_cloudwatch_event_target\" \"this\" {{\n  rule = aws_cloudwatch_event_rule.this.name\n  arn  = {}\n",
        arn(plan.target)
    );
    if matches!(
        plan.target,
        Target::Kinesis | Target::StepFunctions | Target::RunCommand
    ) {
        out.push_str("  role_arn = aws_iam_role.this.arn\n");
    }
    out.push_str(details(plan.target));
    out.push_str(&transformer(plan));
    out.push_str(UNDELIVERED);
    out
}

/// What only targets of this kind are told.
fn details(target: Target) -> &'static str {
    match target {
        Target::Kinesis => "\n  kinesis_target {\n    partition_key_path = \"$.id\"\n  }\n",
        Target::RunCommand => {
            "\n  run_command_targets {\n    key    = \"tag:Name\"\n    values = [var.instance_name]\n  }\n"
        }
        _ => "",
    }
}

/// What the target is given of an event.
fn transformer(plan: &Plan) -> String {
    let mut out = "\n  input_transformer {\n    input_paths = {\n".to_owned();
    for (name, path) in &plan.variables {
        out.push_str(&format!("      {name} = {}\n", string(path)));
    }
    out.push_str(&format!(
        "    }}\n    input_template = {}\n  }}\n",
        string(&plan.input())
    ));
    out
}

/// What becomes of events that the target does not take.
const UNDELIVERED: &str = "\n  dead_letter_config {\n    arn = aws_sqs_queue.dead_letters.arn\n  }\n\n  retry_policy {\n    \
         maximum_event_age_in_seconds = 3600\n    maximum_retry_attempts       = 24\n  }\n}\n\n";

/// What allows the rule to start its target.
fn allowed(target: Target) -> String {
    match target {
        Target::Lambda => "
resource \"aws_lambda_permission\" \"this\" {
  action        = \"lambda:InvokeFunction\"
  function_name = var.function_arn
  principal     = \"events.amazonaws.com\"
  source_arn    = aws_cloudwatch_event_rule.this.arn
}
"
        .to_owned(),
        Target::Sns => from_rule("aws_sns_topic_policy", "arn    = aws_sns_topic.this.arn", "sns:Publish", arn(target)),
        Target::Sqs => {
            from_rule("aws_sqs_queue_policy", "queue_url = aws_sqs_queue.this.id", "sqs:SendMessage", arn(target))
        }
        Target::Kinesis => role(&statement("kinesis:PutRecord", arn(target), "")),
        Target::StepFunctions => role(&statement("states:StartExecution", arn(target), "")),
        Target::RunCommand => role(&[
            statement("ssm:SendCommand", DOCUMENT, ""),
            statement(
                "ssm:SendCommand",
                "\"arn:${data.aws_partition.this.partition}:ec2:${data.aws_region.this.name}:${data.aws_caller_identity.this.account_id}:instance/*\"",
                "        Condition = { StringEquals = { \"aws:ResourceTag/Name\" = var.instance_name } }\n",
            ),
        ]
        .concat()),
    }
}

fn from_rule(kind: &str, of: &str, action: &str, resource: &str) -> String {
    format!(
        "
resource \"{kind}\" \"this\" {{
  {of}
  policy = jsonencode({{
    Version = \"2012-10-17\"
    Statement = [{{
      Effect    = \"Allow\"
      Principal = {{ Service = \"events.amazonaws.com\" }}
      Action    = \"{action}\"
      Resource  = {resource}
      Condition = {{ ArnEquals = {{ \"aws:SourceArn\" = aws_cloudwatch_event_rule.this.arn }} }}
    }}]
  }})
}}
"
    )
}

fn statement(action: &str, resource: &str, condition: &str) -> String {
    format!(
        "      {{\n        Effect   = \"Allow\"\n        Action   = \"{action}\"\n        Resource = {resource}\n{condition}      }},\n"
    )
}

fn role(statements: &str) -> String {
    format!(
        "
resource \"aws_iam_role\" \"this\" {{
  assume_role_policy = jsonencode({{
    Version = \"2012-10-17\"
    Statement = [{{
      Effect    = \"Allow\"
      Principal = {{ Service = \"events.amazonaws.com\" }}
      Action    = \"sts:AssumeRole\"
      Condition = {{
        StringEquals = {{ \"aws:SourceAccount\" = data.aws_caller_identity.this.account_id }}
        ArnEquals    = {{ \"aws:SourceArn\" = aws_cloudwatch_event_rule.this.arn }}
      }}
    }}]
  }})
}}

resource \"aws_iam_role_policy\" \"this\" {{
  role = aws_iam_role.this.id
  policy = jsonencode({{
    Version = \"2012-10-17\"
    Statement = [
{statements}    ]
  }})
}}
"
    )
}

/// A text, in which nothing is put in.
fn string(text: &str) -> String {
    quote(text).replace("${", "$${").replace("%{", "%%{")
}

fn value(node: &Node, indent: usize) -> String {
    let (outer, inner) = (" ".repeat(indent), " ".repeat(indent + 2));
    match &node.value {
        Value::String(text) => string(text),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| value(item, indent)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(members) => {
            let line = |key: &str, node: &Node| {
                format!("{inner}{} = {}\n", string(key), value(node, indent + 2))
            };
            let lines: Vec<String> = members
                .iter()
                .map(|member| line(&member.key, &member.node))
                .collect();
            format!("{{\n{}{outer}}}", lines.concat())
        }
        _ => compact(node),
    }
}
