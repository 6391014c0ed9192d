//! `match`: event patterns and events come in; which rule matches which event goes out, as EventBridge
//! itself would decide.

mod events;
mod pairs;
mod report;
mod rules;
mod template;
mod yaml;

pub(crate) use report::MatchReport;

use super::Outcome;
use crate::{Common, Format, terminal};
use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_patterns::{RuleSet, Scratch};
use report::{EventReport, WhyReport};
use rules::Rule;
use std::io::Write;
use std::path::PathBuf;

/// How many bad events are told one by one.
const TOLD: usize = 20;

/// What the command is called with.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Call {
    /// Rules: a file with an event pattern, a CloudFormation or SAM template (JSON or YAML), what `aws events
    /// describe-rule` or `list-rules` prints, or a folder of these. May be given more than once.
    #[arg(short, long, value_name = "PATH", required_unless_present_any = ["pattern", "pairs"])]
    rules: Vec<PathBuf>,

    /// An event pattern as text. May be given more than once.
    #[arg(short, long, value_name = "JSON")]
    pattern: Vec<String>,

    /// Say for each event and rule why it matches or does not.
    #[arg(long)]
    why: bool,

    /// Lines `{"pattern":"…","event":"…"}`, both as text, instead of rules and events; `-` is stdin. Prints a line
    /// `{"valid":…,"match":…,"error":…}` for each.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["rules", "pattern", "events", "why"])]
    pairs: Option<PathBuf>,

    /// Events: files with one event each, or with one event a line. Without any, or as `-`, stdin.
    #[arg(value_name = "EVENTS")]
    events: Vec<PathBuf>,
}

const EXAMPLES: &str = r#"Examples:
  cargo codegen match --pattern '{"source":["aws.sagemaker"]}' event.json
  cargo codegen match --rules rules/ event.json              one event, many rules
  cargo codegen match --rules rules/ --why event.json        what kept a rule back
  cargo codegen match --rules template.yaml events.ndjson    a template's rules
  tail -f events.ndjson | cargo codegen match -r rules/      events as they come
  cargo codegen match -r rules/ --format json *.json         for programs
  cargo codegen match --pairs pairs.ndjson                   each with its own event

A rule is called by its logical id, its name, or the name of its file.

Exit status: 0 some event matches a rule; 1 none does; 2 a rule or an event
cannot be read."#;

pub(crate) fn run(common: &Common, call: &Call) -> Outcome {
    if let Some(path) = &call.pairs {
        return pairs::run(path);
    }
    let (rules, mut diagnostics) = rules::read(&call.rules, &call.pattern);
    let mut matcher = Matcher::new(rules, call.why);
    match common.format {
        Format::Human => {
            matcher.every(&call.events, &mut diagnostics, show);
            terminal::show(&diagnostics);
        }
        Format::Json => {
            let mut events = Vec::new();
            matcher.every(&call.events, &mut diagnostics, |event| {
                events.push(event);
                true
            });
            crate::report::print(&MatchReport::new(&matcher.rules, events, &diagnostics));
        }
    }
    matcher.outcome(&diagnostics)
}

/// The rules, and what came of the events so far.
struct Matcher {
    rules: Vec<Rule>,
    set: RuleSet<usize>,
    scratch: Scratch,
    why: bool,
    matched: bool,
    refused: usize,
}

impl Matcher {
    fn new(rules: Vec<Rule>, why: bool) -> Self {
        let mut set = RuleSet::new();
        for (number, rule) in rules.iter().enumerate() {
            set.insert(number, rule.pattern.clone());
        }
        Matcher {
            rules,
            set,
            scratch: Scratch::default(),
            why,
            matched: false,
            refused: 0,
        }
    }

    /// Matches all events; `tell` returns false when nobody listens any more.
    fn every(
        &mut self,
        paths: &[PathBuf],
        diagnostics: &mut Vec<Diagnostic>,
        mut tell: impl FnMut(EventReport) -> bool,
    ) {
        events::every(paths, diagnostics, |event, diagnostics| {
            match self.one(event) {
                Ok(report) => tell(report),
                Err(problem) => {
                    self.refused += 1;
                    if self.refused <= TOLD {
                        diagnostics.push(problem);
                    }
                    true
                }
            }
        });
        if self.refused > TOLD {
            let more = format!("{} more events cannot be read", self.refused - TOLD);
            diagnostics.push(Diagnostic::error("events", more));
        }
    }

    fn one(&mut self, event: &events::Event<'_>) -> Result<EventReport, Diagnostic> {
        let matching = self.set.matching(event.bytes, &mut self.scratch);
        let matching = matching.map_err(|error| event.diagnostic(&error))?;
        let mut numbers: Vec<usize> = matching.copied().collect();
        numbers.sort_unstable();
        self.matched |= !numbers.is_empty();
        Ok(EventReport {
            path: event.path.to_owned(),
            line: event.line,
            matched: numbers
                .into_iter()
                .map(|number| self.rules[number].id.clone())
                .collect(),
            why: self.why(event)?,
        })
    }

    fn why(&self, event: &events::Event<'_>) -> Result<Vec<WhyReport>, Diagnostic> {
        let explained = self.rules.iter().filter(|_| self.why).map(|rule| {
            let explanation = rule
                .pattern
                .explain(event.bytes)
                .map_err(|error| event.diagnostic(&error))?;
            Ok(WhyReport {
                rule: rule.id.clone(),
                matched: explanation.matches(),
                reason: explanation.to_string(),
            })
        });
        explained.collect()
    }

    fn outcome(&self, diagnostics: &[Diagnostic]) -> Outcome {
        use eventbridge_catalog::diagnostic::Severity;
        let wrong = diagnostics
            .iter()
            .any(|diagnostic| diagnostic.severity == Severity::Error);
        match (wrong, self.matched) {
            (true, _) => Outcome::Wrong,
            (false, true) => Outcome::Done,
            (false, false) => Outcome::Found,
        }
    }
}

/// Prints an event's line, at once, so that a stream can be followed.
fn show(event: EventReport) -> bool {
    let ids = if event.matched.is_empty() {
        "no rule".to_owned()
    } else {
        event.matched.join(", ")
    };
    let mut text = format!("{}:{}  {ids}\n", event.path, event.line);
    for why in event.why {
        let sign = if why.matched { '+' } else { '-' };
        let reason = why.reason.replace('\n', "\n      ");
        text.push_str(&format!("  {sign} {}: {reason}\n", why.rule));
    }
    std::io::stdout().write_all(text.as_bytes()).is_ok()
}
