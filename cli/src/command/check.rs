//! `check`: files with rules come in; what can never match in them, and what probably was not meant, is told.

mod fix;

use super::Outcome;
use crate::report::{self, CheckReport};
use crate::{Common, Output, terminal};
use eventbridge_catalog::diagnostic::{Diagnostic, Severity};
use eventbridge_catalog::model::Model;
use eventbridge_rules::{Catalogue, Code, Finding, Settings, Source};
use std::path::PathBuf;

#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Call {
    /// Event patterns, CloudFormation and SAM templates, serverless.yml, Terraform (.tf, plan or state as JSON), what
    /// `aws events describe-rule` or `list-rules` prints, in JSON or YAML; or a folder of these; `-` is stdin.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,

    /// Write the corrections that are certain into the files, and change nothing else in them.
    #[arg(long)]
    fix: bool,

    /// Take these findings for errors, too.
    #[arg(long, value_enum, value_name = "FINDINGS")]
    deny: Option<Deny>,

    /// The account that templates are deployed to: `AWS::AccountId`.
    #[arg(long, value_name = "ID")]
    account: Option<String>,

    /// The region that templates are deployed to: `AWS::Region`, `AWS::Partition`.
    #[arg(long, value_name = "REGION")]
    region: Option<String>,

    /// A value for a parameter or variable of templates. May be given more than once.
    #[arg(long, value_name = "NAME=VALUE", value_parser = super::parameter)]
    parameter: Vec<(String, String)>,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Deny {
    Warnings,
}

/// How often corrections are written at most.
const ROUNDS: usize = 8;

const EXAMPLES: &str = "\
Examples:
  cargo codegen check template.yaml                   a template's rules
  cargo codegen check rules/ main.tf cdk.out/         of any tool
  cargo codegen check --fix pattern.json              write what is certain
  aws events list-rules | cargo codegen check -       the rules of a bus
  cargo codegen check --deny warnings --format github infra/   in CI
  cargo codegen check --format sarif infra/ > check.sarif      for code scanning

Values that are known only when a template is deployed are let be. Nothing is
said of events of other sources than the schemas know.

Exit status: 0 no error; 1 errors, or warnings that are denied; 2 a file cannot
be read.";

pub(crate) fn run(common: &Common, output: Output, call: &Call) -> Outcome {
    let model = match super::model(common) {
        Ok(model) => model,
        Err(outcome) => return outcome,
    };
    let (mut sources, mut findings) = check(&model, call);
    let mut problems = Vec::new();
    // A correction may uncover another mistake, or have waited for one beside it.
    for _ in 0..ROUNDS {
        if !call.fix || !fix::write(&sources, &findings, &mut problems) {
            break;
        }
        (sources, findings) = check(&model, call);
    }
    print(output, &findings);
    terminal::show(&problems);
    outcome(&findings, call.deny.is_some(), !problems.is_empty())
}

fn check(model: &Model, call: &Call) -> (Vec<Source>, Vec<Finding>) {
    let settings = Settings {
        parameters: call.parameter.iter().cloned().collect(),
        account: call.account.clone(),
        region: call.region.clone(),
        with_placeholders: true,
        keeps_sources: true,
    };
    let reading = eventbridge_rules::read(&call.files, &[], &settings);
    let findings = eventbridge_rules::check(&Catalogue::new(model), &reading);
    (reading.sources, findings)
}

fn print(output: Output, findings: &[Finding]) {
    match output {
        Output::Human => show(findings),
        Output::Json => report::print(&CheckReport::new(findings)),
        Output::Sarif => report::print(&report::sarif(findings)),
        Output::Github => findings
            .iter()
            .for_each(|finding| say!("{}", annotation(finding))),
    }
}

/// Findings with the lines they are about, on stderr; how many there are, on stdout.
fn show(findings: &[Finding]) {
    let diagnostics: Vec<Diagnostic> = findings.iter().map(Finding::diagnostic).collect();
    terminal::show(&diagnostics);
    let count = |severity| findings.iter().filter(|it| it.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let fixes = findings.iter().filter(|it| !it.edits.is_empty()).count();
    let hint = match fixes {
        0 => String::new(),
        fixes => format!("; --fix corrects {fixes}"),
    };
    match (errors, warnings) {
        (0, 0) => say!("nothing found"),
        _ => say!("errors {errors}, warnings {warnings}{hint}"),
    }
}

fn escaped(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A finding as GitHub Actions shows it beside the line.
fn annotation(finding: &Finding) -> String {
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let place = finding.place;
    format!(
        "::{level} file={},line={},col={},endColumn={},title={}::{}",
        escaped(&finding.path)
            .replace(':', "%3A")
            .replace(',', "%2C"),
        place.line,
        place.column,
        place.column + finding.width,
        finding.code,
        escaped(&finding.sentence())
    )
}

fn outcome(findings: &[Finding], denies_warnings: bool, is_unwritten: bool) -> Outcome {
    let has = |severity| findings.iter().any(|finding| finding.severity == severity);
    let is_unread = findings
        .iter()
        .any(|finding| finding.code == Code::Unreadable);
    if is_unread || is_unwritten {
        Outcome::Wrong
    } else if has(Severity::Error) || denies_warnings && has(Severity::Warning) {
        Outcome::Found
    } else {
        Outcome::Done
    }
}
