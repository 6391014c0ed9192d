//! `match`: event patterns and events come in; which rule matches which event goes out, as EventBridge
//! itself would decide.

mod events;
mod pairs;
mod stream;
mod structure;
mod unwrap;

use super::Outcome;
use crate::report::{self, EventReport, MatchReport, ReceivedReport, WhyReport};
use crate::{Common, Format, terminal};
use eventbridge_catalog::diagnostic::{Diagnostic, Severity};
use eventbridge_patterns::{EventError, RuleSet, Scratch};
use eventbridge_rules::bytes::STDIN;
use eventbridge_rules::{Reading, Settings};
use std::io::Write;
use std::path::{Path, PathBuf};

/// How many bad events are told one by one.
const TOLD: usize = 20;

/// What the command is called with.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Call {
    /// Rules: event patterns, CloudFormation and SAM templates, serverless.yml, Terraform (.tf, plan or state as
    /// JSON), what `aws events describe-rule` or `list-rules` prints, in JSON or YAML; or a folder of these, such as
    /// cdk.out; `-` is stdin. May be given more than once.
    #[arg(short, long, value_name = "PATH", required_unless_present_any = ["pattern", "pairs"])]
    rules: Vec<PathBuf>,

    /// An event pattern as text. May be given more than once.
    #[arg(short, long, value_name = "JSON")]
    pattern: Vec<String>,

    /// Say for each event and rule why it matches or does not, and what is nearly right.
    #[arg(long)]
    why: bool,

    /// Show what the targets of a rule that matches receive: of templates, by their input paths and transformers.
    #[arg(long)]
    target: bool,

    /// The account that templates are deployed to: `AWS::AccountId`.
    #[arg(long, value_name = "ID", conflicts_with = "pairs")]
    account: Option<String>,

    /// The region that templates are deployed to: `AWS::Region`, `AWS::Partition`.
    #[arg(long, value_name = "REGION", conflicts_with = "pairs")]
    region: Option<String>,

    /// A value for a parameter or variable of templates. May be given more than once.
    #[arg(long, value_name = "NAME=VALUE", value_parser = super::parameter, conflicts_with = "pairs")]
    parameter: Vec<(String, String)>,

    /// Lines `{"pattern":"…","event":"…"}`, both as text, instead of rules and events; `-` is stdin. Prints a line
    /// `{"valid":…,"match":…,"error":…}` for each.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["rules", "pattern", "events", "why", "target"])]
    pairs: Option<PathBuf>,

    /// Events: files of one or more JSON events, by lines, in a list or one after the other, bare or in the messages
    /// of logs, queues and topics; packed with gzip or not; or folders. Without any, or as `-`, stdin.
    #[arg(value_name = "EVENTS")]
    events: Vec<PathBuf>,
}

const EXAMPLES: &str = r#"Examples:
  cargo codegen match --pattern '{"source":["aws.sagemaker"]}' event.json
  cargo codegen match --rules rules/ event.json              one event, many rules
  cargo codegen match --rules rules/ --why event.json        what kept a rule back
  cargo codegen match -r template.yaml --target event.json   what the targets receive
  cargo codegen match --rules template.yaml events.ndjson    a template's rules
  cargo codegen match -r template.yaml --account 123456789012 \
    --region eu-west-1 --parameter Bus=orders event.json     as it is deployed there
  cargo codegen match -r cdk.out/ -r main.tf archive/        of any tool, on an archive
  aws events list-rules | cargo codegen match -r - event.json   the rules of a bus
  tail -f events.ndjson | cargo codegen match -r rules/      events as they come
  cargo codegen match -r rules/ --format json *.json         for programs
  cargo codegen match --pairs pairs.ndjson                   each with its own event

A rule is called by its logical id, its name, or the name of its file. A rule
that is disabled is told apart and counts as no match. A rule whose pattern is
known only when it is deployed is left out, with the reason on stderr (and under
`left_out` in JSON). YAML is read as CloudFormation reads it. Filters of pipes
and event source mappings are tried on the record around an event, if it came
in one.

Exit status: 0 some event matches a rule; 1 none does; 2 a rule or an event
cannot be read, or none matches and rules were left out."#;

fn stopped(common: &Common, problem: Diagnostic) -> Outcome {
    match common.format {
        Format::Human => terminal::show(&[problem]),
        Format::Json => {
            let reading = Reading::default();
            report::print(&MatchReport::new(&reading, Vec::new(), &[problem]));
        }
    }
    Outcome::Wrong
}

fn settings(call: &Call) -> Settings {
    Settings {
        parameters: call.parameter.iter().cloned().collect(),
        account: call.account.clone(),
        region: call.region.clone(),
        ..Settings::default()
    }
}

pub(crate) fn run(common: &Common, call: &Call) -> Outcome {
    if let Some(path) = &call.pairs {
        return pairs::run(path);
    }
    if let Some(problem) = twice_stdin(call) {
        return stopped(common, problem);
    }
    let mut reading = eventbridge_rules::read(&call.rules, &call.pattern, &settings(call));
    let diagnostics = std::mem::take(&mut reading.diagnostics);
    let mut matcher = Matcher::new(reading, call, common.format);
    if common.format == Format::Human {
        terminal::show(&diagnostics);
    }
    matcher.diagnostics = diagnostics;
    events::every(&call.events, &mut matcher);
    matcher.told_in_sum();
    if common.format == Format::Json {
        let events = std::mem::take(&mut matcher.events);
        let report = MatchReport::new(&matcher.reading, events, &matcher.diagnostics);
        report::print(&report);
    }
    matcher.outcome()
}

/// Standard input can be read once.
fn twice_stdin(call: &Call) -> Option<Diagnostic> {
    let is_stdin = |path: &&PathBuf| path.as_path() == Path::new(STDIN);
    let rules = call.rules.iter().filter(is_stdin).count();
    let events = call.events.iter().filter(is_stdin).count() + usize::from(call.events.is_empty());
    let help = match (rules, events) {
        (0, 0 | 1) | (1, 0) => return None,
        (1, _) if call.events.is_empty() => {
            "name a file of events: cargo codegen match -r - event.json"
        }
        _ => "put one of them into a file",
    };
    let message = "stdin cannot give both rules and events, nor either of them twice";
    Some(Diagnostic::error(STDIN, message).help(help))
}

/// The rules, and what came of the events so far.
struct Matcher {
    reading: Reading,
    /// Rules of a bus, and filters of records.
    sets: [RuleSet<usize>; 2],
    scratch: Scratch,
    why: bool,
    shows_targets: bool,
    format: Format,
    matched: bool,
    refused: usize,
    events: Vec<EventReport>,
    diagnostics: Vec<Diagnostic>,
}

impl Matcher {
    fn new(reading: Reading, call: &Call, format: Format) -> Self {
        let mut sets = [RuleSet::new(), RuleSet::new()];
        for (number, rule) in reading.rules.iter().enumerate() {
            sets[usize::from(rule.kind.is_filter())].insert(number, rule.pattern.clone());
        }
        Matcher {
            reading,
            sets,
            scratch: Scratch::default(),
            why: call.why,
            shows_targets: call.target,
            format,
            matched: false,
            refused: 0,
            events: Vec::new(),
            diagnostics: Vec::new(),
        }
    }

    /// The numbers of the rules that match an event, or the record around it.
    fn matching(&mut self, inputs: [&[u8]; 2]) -> Result<Vec<usize>, EventError> {
        let mut numbers: Vec<usize> = Vec::new();
        for (set, bytes) in self.sets.iter().zip(inputs) {
            let matching = set.matching(bytes, &mut self.scratch)?;
            numbers.extend(matching.copied());
        }
        numbers.sort_unstable();
        Ok(numbers)
    }

    fn one(&mut self, event: &events::Event<'_>) -> Result<EventReport, Diagnostic> {
        let refused = |error: EventError| event.diagnostic(&error);
        let inputs = [event.bytes, event.record.unwrap_or(event.bytes)];
        let numbers = self.matching(inputs).map_err(refused)?;
        let rules = &self.reading.rules;
        let is_disabled = |number: &usize| rules[*number].is_disabled;
        let (disabled, matched): (Vec<usize>, Vec<usize>) =
            numbers.into_iter().partition(is_disabled);
        self.matched |= !matched.is_empty();
        let received = self.received(&matched, event.bytes);
        let ids = |numbers: Vec<usize>| {
            let ids = numbers.into_iter().map(|number| rules[number].id.clone());
            ids.collect()
        };
        Ok(EventReport {
            path: event.path.to_owned(),
            line: event.place.line,
            column: event.place.column,
            matched: ids(matched),
            disabled: ids(disabled),
            received,
            why: self.why(inputs).map_err(refused)?,
        })
    }

    /// What the targets of these rules receive.
    fn received(&self, matched: &[usize], event: &[u8]) -> Vec<ReceivedReport> {
        let rules = matched
            .iter()
            .filter(|_| self.shows_targets)
            .filter_map(|number| self.reading.rules.get(*number));
        let targets = rules.flat_map(|rule| rule.targets.iter().map(move |target| (rule, target)));
        targets
            .map(|(rule, target)| ReceivedReport {
                rule: rule.id.clone(),
                target: target.id.clone(),
                input: target
                    .input
                    .of(event, &rule.id)
                    .unwrap_or_else(|error| error),
            })
            .collect()
    }

    fn why(&self, inputs: [&[u8]; 2]) -> Result<Vec<WhyReport>, EventError> {
        let explained = self.reading.rules.iter().filter(|_| self.why).map(|rule| {
            let explanation = rule
                .pattern
                .explain(inputs[usize::from(rule.kind.is_filter())])?;
            let reason = if rule.is_disabled {
                format!("disabled; {explanation}")
            } else {
                explanation.to_string()
            };
            Ok(WhyReport {
                rule: rule.id.clone(),
                matched: explanation.matches() && !rule.is_disabled,
                reason,
            })
        });
        explained.collect()
    }

    /// Tells of what is wrong: at once, or in the report.
    fn tell(&mut self, problem: Diagnostic) {
        if self.format == Format::Human {
            terminal::tell(&problem);
        }
        self.diagnostics.push(problem);
    }

    /// Tells of the first problems with events one by one.
    fn tell_of_event(&mut self, problem: Diagnostic) {
        self.refused += usize::from(problem.severity == Severity::Error);
        if self.refused <= TOLD {
            self.tell(problem);
        }
    }

    /// Tells how many problems were not told one by one.
    fn told_in_sum(&mut self) {
        if self.refused > TOLD {
            let more = format!("{} more events cannot be read", self.refused - TOLD);
            self.tell(Diagnostic::error("events", more));
        }
    }

    fn outcome(&self) -> Outcome {
        let is_error = |diagnostic: &Diagnostic| diagnostic.severity == Severity::Error;
        let is_wrong = self.diagnostics.iter().any(is_error);
        match (is_wrong, self.matched, self.reading.left_out.len()) {
            (true, _, _) | (false, false, 1..) => Outcome::Wrong,
            (false, true, _) => Outcome::Done,
            (false, false, 0) => Outcome::Found,
        }
    }

    /// Prints an event's line, at once, so that a stream can be followed.
    fn show(&self, event: EventReport) -> bool {
        let mut text = format!("{}:{}  {}\n", event.path, event.line, self.verdict(&event));
        for received in event.received {
            let (rule, target) = (received.rule, received.target);
            text.push_str(&format!("  > {rule} to {target}: {}\n", received.input));
        }
        for why in event.why {
            let sign = if why.matched { '+' } else { '-' };
            let reason = why.reason.replace('\n', "\n      ");
            text.push_str(&format!("  {sign} {}: {reason}\n", why.rule));
        }
        for rule in self.reading.left_out.iter().filter(|_| self.why) {
            text.push_str(&format!("  ? {}: left out: {}\n", rule.id, rule.reason));
        }
        std::io::stdout().write_all(text.as_bytes()).is_ok()
    }

    fn verdict(&self, event: &EventReport) -> String {
        let mut verdict = match event.matched.as_slice() {
            [] => "no rule".to_owned(),
            matched => matched.join(", "),
        };
        let left_out = self.reading.left_out.len();
        if event.matched.is_empty() && left_out > 0 {
            verdict.push_str(&format!(" of those known, {left_out} left out"));
        }
        if !event.disabled.is_empty() {
            verdict.push_str(&format!(" (disabled: {})", event.disabled.join(", ")));
        }
        verdict
    }
}

impl events::Visit for Matcher {
    fn event(&mut self, event: &events::Event<'_>) -> bool {
        match self.one(event) {
            Ok(report) if self.format == Format::Human => self.show(report),
            Ok(report) => {
                self.events.push(report);
                true
            }
            Err(problem) => {
                self.tell_of_event(problem);
                true
            }
        }
    }

    fn problem(&mut self, problem: Diagnostic) -> bool {
        self.tell_of_event(problem);
        true
    }
}
