//! `sample`: a detail-type or a rule comes in; an event for tests is printed.

use super::Outcome;
use crate::{Common, terminal};
use eventbridge_catalog::diagnostic::{Diagnostic, Severity, shown};
use eventbridge_rules::{Catalogue, Rule, SampleError, Settings, event_type, sample, sample_for};
use std::path::PathBuf;

#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Call {
    /// The detail-type, in any case. Without it, that of the rule.
    #[arg(value_name = "DETAIL-TYPE", required_unless_present = "rule_file")]
    detail_type: Option<String>,

    /// A value for a field of the detail. May be given more than once.
    #[arg(long, value_name = "PATH=VALUE", value_parser = super::parameter)]
    set: Vec<(String, String)>,

    /// A file with a rule that is to let the event through: a pattern, or a template.
    #[arg(long = "for", value_name = "FILE", id = "rule_file")]
    rule_file: Option<PathBuf>,

    /// Which rule of the file, by its name; else the first.
    #[arg(long, value_name = "NAME", requires = "rule_file")]
    rule: Option<String>,
}

const EXAMPLES: &str = "\
Examples:
  cargo codegen sample \"SageMaker Training Job State Change\" --set TrainingJobStatus=Failed
  cargo codegen sample --for rule.json                an event that the rule lets through
  cargo codegen sample --for rule.json | cargo codegen match -r rule.json";

pub(crate) fn run(common: &Common, call: &Call) -> Outcome {
    super::print_made(common, |catalogue| {
        make(catalogue, call, &shown(&common.schemas))
    })
}

fn make(catalogue: &Catalogue<'_>, call: &Call, path: &str) -> Result<String, Vec<Diagnostic>> {
    let refused = |error: SampleError| vec![diagnostic(path, error)];
    let named = call.detail_type.as_deref();
    let event = named.map(|name| event_type(catalogue, name)).transpose();
    match (&call.rule_file, event.map_err(refused)?) {
        (Some(file), event) => {
            let rule = rule(file, call.rule.as_deref())?;
            sample_for(catalogue, &rule, event, &call.set).map_err(refused)
        }
        (None, Some(event)) => sample(event, &call.set).map_err(refused),
        (None, None) => Ok(String::new()),
    }
}

/// The rule of this name, or the first.
fn rule(file: &PathBuf, name: Option<&str>) -> Result<Rule, Vec<Diagnostic>> {
    let settings = Settings {
        with_placeholders: true,
        ..Settings::default()
    };
    let mut reading = eventbridge_rules::read(std::slice::from_ref(file), &[], &settings);
    let is_it = |rule: &Rule| name.is_none_or(|name| rule.id == name);
    if let Some(at) = reading.rules.iter().position(is_it) {
        return Ok(reading.rules.swap_remove(at));
    }
    let mut problems = reading.diagnostics;
    problems.retain(|problem| problem.severity == Severity::Error);
    if problems.is_empty() {
        let names: Vec<String> = reading.rules.iter().map(|rule| rule.id.clone()).collect();
        let message = "there is no such rule whose pattern is known";
        let problem = Diagnostic::error(shown(file), message);
        problems.push(problem.help(format!("there are {}", terminal::in_short(&names))));
    }
    Err(problems)
}

/// A refusal, as people are told.
pub(super) fn diagnostic(path: &str, error: SampleError) -> Diagnostic {
    let problem = Diagnostic::error(path, error.message);
    match error.help {
        Some(help) => problem.help(help),
        None => problem,
    }
}
