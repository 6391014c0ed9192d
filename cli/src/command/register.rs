//! `register`: documents and a Schema Registry come in; what differs is printed, the registry is made so, or what it
//! holds is written to files.

mod aws;
mod pull;
mod samples;
mod show;
mod what;

use super::Outcome;
use crate::progress::Steps;
use crate::report::{self, RegisterReport};
use crate::{Common, Format, terminal};
use aws::Aws;
use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_registry::api::{Failure, FailureKind};
use eventbridge_registry::apply::{self, Applied};
use eventbridge_registry::calls::Calls;
use eventbridge_registry::connector::Connector;
use eventbridge_registry::desired::Desired;
use eventbridge_registry::plan::{self, Action, Plan};
use eventbridge_registry::present::Present;
use std::collections::BTreeSet;
use std::path::PathBuf;
use what::What;

#[derive(clap::Args)]
pub(crate) struct Call {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Show what differs between the documents and a registry, and what of it would be written.
    #[command(after_help = "\
Examples:
  cargo codegen register plan --registry sagemaker
  cargo codegen register plan --registry sagemaker --check
  cargo codegen register plan --registry events --registry-per source,dialect --dialect openapi3,draft4
  cargo codegen register plan --registry sagemaker --from answers/      without AWS, from DescribeSchema
  cargo codegen register plan --test-events my-function

Exit status 1 with --check when there is something to do, 2 when a quota or a name is in the way.")]
    Plan(PlanCall),

    /// Make a registry what the documents say. What is as it should be is not written; a run that was ended goes on
    /// when it is called again.
    #[command(after_help = "\
Examples:
  cargo codegen register apply --registry sagemaker --create-registry
  cargo codegen register apply --registry sagemaker --profile ci --region eu-north-1 --keep 20
  cargo codegen register apply --registry sagemaker --prune aws.sagemaker@SageMakerGoneEvent
  cargo codegen register apply --test-events my-function --event \"SageMaker Training Job State Change\"")]
    Apply(ApplyCall),

    /// Write what registries hold to files, as evidence for `learn` and for `plan --from`.
    #[command(after_help = "\
Examples:
  cargo codegen register pull aws.events --prefix aws.sagemaker@ --into documents
  cargo codegen register pull arn:aws:schemas:eu-north-1:123456789012:registry/kilns --into documents --all-versions
  cargo codegen learn documents")]
    Pull(pull::Call),
}

#[derive(clap::Args)]
struct PlanCall {
    #[command(flatten)]
    what: What,

    #[command(flatten)]
    aws: Aws,

    /// Compare with files instead of a registry: documents that were pulled, or answers of DescribeSchema, in a folder
    /// for each registry.
    #[arg(long, value_name = "DIR")]
    from: Option<PathBuf>,

    /// Exit with 1 if there is something to do.
    #[arg(long)]
    check: bool,
}

#[derive(clap::Args)]
struct ApplyCall {
    #[command(flatten)]
    what: What,

    #[command(flatten)]
    aws: Aws,

    /// Create a registry that is not there.
    #[arg(long)]
    create_registry: bool,
}

pub(crate) fn run(common: &Common, call: &Call) -> Outcome {
    match &call.command {
        Command::Plan(call) => plan_only(common, call),
        Command::Apply(call) => plan_and_apply(common, call),
        Command::Pull(call) => pull::run(common, call),
    }
}

/// What stopped a command before it had a plan.
fn stopped(common: &Common, problems: &[Diagnostic]) -> Outcome {
    match common.format {
        Format::Json => report::print(&RegisterReport::new(&Plan::default(), None, problems)),
        Format::Human => terminal::show(problems),
    }
    Outcome::Wrong
}

fn plan_only(common: &Common, call: &PlanCall) -> Outcome {
    let plan = match planned(common, call) {
        Ok(plan) => plan,
        Err(problems) => return stopped(common, &problems),
    };
    match common.format {
        Format::Json => report::print(&RegisterReport::new(&plan, None, &[])),
        Format::Human => {
            show::plan(&plan);
            terminal::show(&plan.findings);
        }
    }
    match (plan.problems().next(), call.check && plan.has_work()) {
        (Some(_), _) => Outcome::Wrong,
        (None, true) => Outcome::Found,
        (None, false) => Outcome::Done,
    }
}

fn planned(common: &Common, call: &PlanCall) -> Result<Plan, Vec<Diagnostic>> {
    let desired = call.what.desired(common)?;
    let present = match &call.from {
        Some(folder) => Present::from_folder(folder, &registries(&desired))?,
        None => {
            let connector = call.aws.connect().map_err(|problem| vec![problem])?;
            let calls = Calls::new(&connector, call.aws.manners());
            present(&calls, &desired, &call.what)
                .map_err(|failure| vec![call.aws.told(&failure)])?
        }
    };
    Ok(plan::plan(&desired, &present, &call.what.options()))
}

fn registries(desired: &[Desired]) -> BTreeSet<String> {
    desired.iter().map(|one| one.registry.clone()).collect()
}

/// Reads the registries. Of test events only those of the functions: others' are nobody's business.
fn present(calls: &Calls<'_>, desired: &[Desired], what: &What) -> Result<Present, Failure> {
    let own: BTreeSet<(&str, &str)> = desired
        .iter()
        .map(|one| (one.registry.as_str(), one.schema.as_str()))
        .collect();
    let samples = what.is_samples();
    let only = |registry: &str, schema: &str| !samples || own.contains(&(registry, schema));
    Present::read(calls, &registries(desired), &only)
}

fn connected(
    common: &Common,
    call: &ApplyCall,
) -> Result<(Vec<Desired>, Connector), Vec<Diagnostic>> {
    let desired = call.what.desired(common)?;
    let connector = call.aws.connect().map_err(|problem| vec![problem])?;
    Ok((desired, connector))
}

fn plan_and_apply(common: &Common, call: &ApplyCall) -> Outcome {
    let (desired, connector) = match connected(common, call) {
        Ok(connected) => connected,
        Err(problems) => return stopped(common, &problems),
    };
    let calls = Calls::new(&connector, call.aws.manners());
    let plan = match present(&calls, &desired, &call.what) {
        Ok(present) => plan::plan(&desired, &present, &call.what.options()),
        Err(failure) => return stopped(common, &[call.aws.told(&failure)]),
    };
    if common.format == Format::Human {
        show::plan(&plan);
    }
    let mut problems = missing(&plan, call.create_registry);
    problems.extend(plan.problems().cloned());
    if !problems.is_empty() {
        return refused(common, &plan, &problems);
    }
    apply_plan(common, call, &plan, &calls)
}

fn apply_plan(common: &Common, call: &ApplyCall, plan: &Plan, calls: &Calls<'_>) -> Outcome {
    let applied = applied(plan, calls, call);
    let told: Vec<Diagnostic> = ends(&applied, &call.aws);
    match common.format {
        Format::Json => report::print(&RegisterReport::new(plan, Some(&applied), &told)),
        Format::Human => {
            terminal::show(&plan.findings);
            show::applied(&applied, calls.made(), calls.made_again());
            terminal::show(&told);
        }
    }
    let is_refused = |step: &plan::Step| matches!(step.action, Action::Refused(_));
    match applied.is_complete() && !plan.steps.iter().any(is_refused) {
        true => Outcome::Done,
        false => Outcome::Wrong,
    }
}

fn refused(common: &Common, plan: &Plan, problems: &[Diagnostic]) -> Outcome {
    match common.format {
        Format::Json => report::print(&RegisterReport::new(plan, None, problems)),
        Format::Human => {
            terminal::show(problems);
            say!("Nothing was written.");
        }
    }
    Outcome::Wrong
}

fn applied(plan: &Plan, calls: &Calls<'_>, call: &ApplyCall) -> Applied {
    let work = plan.steps.iter().filter(|step| step.is_work).count();
    let steps = Steps::of(work);
    let options = apply::Options {
        text: call.what.text,
        keep: call.what.keep(),
        max_versions: call.what.quotas().versions,
        create_registries: call.create_registry,
        done: &|| steps.one(),
    };
    apply::apply(plan, calls, options)
}

/// Registries that are not there, where nobody asked for them to be created.
fn missing(plan: &Plan, create: bool) -> Vec<Diagnostic> {
    let missing = plan
        .registries
        .iter()
        .filter(|registry| !registry.exists && !create);
    let told = missing.map(|registry| {
        let problem = Diagnostic::error(&registry.name, "there is no such registry");
        problem.help("--create-registry creates it")
    });
    told.collect()
}

/// Why not all was done.
fn ends(applied: &Applied, aws: &Aws) -> Vec<Diagnostic> {
    let failed = applied
        .outcomes
        .iter()
        .filter_map(|(step, outcome)| match outcome {
            apply::Outcome::Failed(failure) if !failure.ends_all() => {
                let path = format!("{}/{}", step.registry, step.schema);
                Some(Diagnostic::error(path, failure.to_string()))
            }
            _ => None,
        });
    let mut told: Vec<Diagnostic> = failed.collect();
    told.extend(applied.ended.as_ref().map(|failure| aws.told(failure)));
    told
}

/// Where a call goes wrong: the message that a person can do something with.
fn told(failure: &Failure, profile: Option<&str>) -> Diagnostic {
    let problem = Diagnostic::error("AWS", failure.to_string());
    match failure.kind {
        FailureKind::Credentials => {
            let profile = profile.map(|name| format!(" --profile {name}"));
            let profile = profile.unwrap_or_default();
            problem.help(format!("log in again, as with `aws sso login{profile}`; then do it again, and the rest is done"))
        }
        FailureKind::Connector => problem.help(aws::INSTALL),
        FailureKind::Throttled => problem
            .help("ask less often with --rate; what is done stays, and the next run does the rest"),
        FailureKind::Unreached => {
            problem.help("what is done stays, and the next run does the rest")
        }
        _ => problem,
    }
}
