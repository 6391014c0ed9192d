//! `rule`: an event type, conditions and a target come in; a rule that is ready to deploy is printed.

use super::Outcome;
use super::sample::diagnostic;
use crate::Common;
use eventbridge_catalog::diagnostic::{Diagnostic, shown};
use eventbridge_catalog::text::visible;
use eventbridge_rules::{Catalogue, Language, Target, event_type, fields, rule};

#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Call {
    /// The detail-type, in any case.
    #[arg(value_name = "DETAIL-TYPE", required_unless_present = "list")]
    detail_type: Option<String>,

    /// A condition on a field of the detail. May be given more than once.
    #[arg(long = "where", value_name = "CONDITION")]
    conditions: Vec<String>,

    /// What the rule starts.
    #[arg(long, value_enum, default_value_t = To::Lambda)]
    target: To,

    /// What the rule is written in.
    #[arg(long = "as", value_enum, value_name = "LANGUAGE", default_value_t = As::Cloudformation)]
    language: As,

    /// Show the event types; with one, its fields and their known values.
    #[arg(long)]
    list: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum To {
    Lambda,
    RunCommand,
    Kinesis,
    StepFunctions,
    Sns,
    Sqs,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum As {
    Cloudformation,
    Sam,
    Terraform,
    CdkTypescript,
    CdkPython,
}

const EXAMPLES: &str = "\
Examples:
  cargo codegen rule --list                                          the event types
  cargo codegen rule --list \"SageMaker Training Job State Change\"    its fields and values
  cargo codegen rule \"SageMaker Training Job State Change\" \\
    --where TrainingJobStatus=Failed,Stopped --where 'TrainingJobName^=prod-' \\
    --target sqs --as terraform > rule.tf

Conditions: PATH=A,B  PATH!=A,B  PATH^=start  PATH$=end  PATH*=with*stars  PATH~=any-case
PATH>5  PATH>=5  PATH<5  PATH<=5. A word that is nearly a known value is refused.

What is written has a queue for what cannot be delivered, a retry policy, an input
with the fields that every such event has, and what allows the rule to start its
target and nothing else.";

impl From<To> for Target {
    fn from(target: To) -> Self {
        match target {
            To::Lambda => Target::Lambda,
            To::RunCommand => Target::RunCommand,
            To::Kinesis => Target::Kinesis,
            To::StepFunctions => Target::StepFunctions,
            To::Sns => Target::Sns,
            To::Sqs => Target::Sqs,
        }
    }
}

impl From<As> for Language {
    fn from(language: As) -> Self {
        match language {
            As::Cloudformation => Language::CloudFormation,
            As::Sam => Language::Sam,
            As::Terraform => Language::Terraform,
            As::CdkTypescript => Language::CdkTypeScript,
            As::CdkPython => Language::CdkPython,
        }
    }
}

pub(crate) fn run(common: &Common, call: &Call) -> Outcome {
    super::print_made(common, |catalogue| {
        write(catalogue, call, &shown(&common.schemas))
    })
}

fn write(catalogue: &Catalogue<'_>, call: &Call, path: &str) -> Result<String, Vec<Diagnostic>> {
    let refused = |error| vec![diagnostic(path, error)];
    let Some(name) = &call.detail_type else {
        return Ok(types(catalogue));
    };
    let event = event_type(catalogue, name).map_err(refused)?;
    if call.list {
        let line = |(path, values): (String, Vec<String>)| match values.len() {
            0 => format!("{path}\n"),
            _ => format!("{path}  {}\n", values.join(", ")),
        };
        let lines: String = fields(event).into_iter().map(line).collect();
        return Ok(visible_lines(&lines));
    }
    rule(
        event,
        &call.conditions,
        call.target.into(),
        call.language.into(),
    )
    .map_err(refused)
}

fn visible_lines(text: &str) -> String {
    text.lines()
        .map(|line| format!("{}\n", visible(line)))
        .collect()
}

/// The event types, by source.
fn types(catalogue: &Catalogue<'_>) -> String {
    let mut out = String::new();
    for source in catalogue.sources() {
        out.push_str(&format!("{source}\n"));
        for event in catalogue.events(source) {
            out.push_str(&format!("  {}\n", visible(&event.detail_type)));
        }
    }
    out
}
