//! `explain`: a detail-type and a field come in; what is known of it, and on what evidence, is printed.

use super::Outcome;
use crate::hold::{Use, hold};
use crate::report::{self, ExplainReport};
use crate::{Common, Format, terminal};
use eventbridge_catalog::diagnostic::{Diagnostic, shown};
use eventbridge_catalog::explain::{self, Explanation, PresentWhen};
use eventbridge_catalog::model::EventType;
use eventbridge_catalog::schema_set;
use eventbridge_catalog::text::visible;

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cargo codegen explain \"SageMaker Training Job State Change\"
  cargo codegen explain \"SageMaker Training Job State Change\" TrainingJobStatus
  cargo codegen explain \"SageMaker Training Job State Change\" 'InputDataConfig[].ChannelName'

Evidence is named by page and line, by the id of an event that arrived (delivery:…), by the document of the
Schema Registry (registry:…), or by shape and member of the API model (api:…). What better evidence overrules
is shown as well.")]
pub(crate) struct Call {
    /// The detail-type, in any case.
    #[arg(value_name = "DETAIL-TYPE")]
    detail_type: String,

    /// A field: its path, or the key at the end of it. All fields when absent.
    #[arg(value_name = "FIELD")]
    field: Option<String>,
}

pub(crate) fn run(common: &Common, call: &Call) -> Outcome {
    let found = find(common, call);
    match (&found, common.format) {
        (_, Format::Json) => report::print(&ExplainReport::new(&found)),
        (Ok((event, fields)), Format::Human) => show(event, fields, call.field.is_some()),
        (Err(problems), Format::Human) => terminal::show(problems),
    }
    match found {
        Ok(_) => Outcome::Done,
        Err(_) => Outcome::Wrong,
    }
}

fn find(common: &Common, call: &Call) -> Result<(EventType, Vec<Explanation>), Vec<Diagnostic>> {
    let held = hold(&[(&common.schemas, Use::Read)]);
    let model = schema_set::load(&common.schemas)?;
    drop(held);
    let unknown = |what: &str, name: &str, meant: Option<String>| {
        let message = format!("there is no {what} `{name}`");
        let problem = Diagnostic::error(shown(&common.schemas), message);
        vec![match meant {
            Some(meant) => problem.help(meant),
            None => problem,
        }]
    };
    let event = explain::event(&model, &call.detail_type)
        .map_err(|meant| unknown("event of detail-type", &call.detail_type, meant))?;
    let name = call.field.as_deref();
    let fields = explain::fields(event, name)
        .map_err(|meant| unknown("field", name.unwrap_or_default(), meant))?;
    Ok((event.clone(), fields))
}

fn show(event: &EventType, fields: &[Explanation], whole: bool) {
    say!("{} ({})", visible(&event.detail_type), event.source);
    if whole {
        fields.iter().for_each(show_field);
        return;
    }
    for said in event.description.iter().chain(&event.documentation) {
        say!("  {}", visible(said));
    }
    for site in &event.evidence {
        say!("  {}", visible(&site.to_string()));
    }
    let width = fields.iter().map(|field| field.path.chars().count()).max();
    let width = width.unwrap_or_default();
    say!();
    for field in fields {
        let presence = if field.required { "always" } else { "" };
        let against = match field.overruled.len() {
            0 => String::new(),
            count => format!("  ({count} overruled)"),
        };
        say!(
            "  {:<width$}  {presence:<6}  {}{against}",
            field.path,
            in_short(field)
        );
    }
    if fields.is_empty() {
        say!("  known by name alone: its detail is open");
    }
}

/// The type, and how many values or which forms are known.
fn in_short(field: &Explanation) -> String {
    let more = match (field.known_values.len(), field.wire_forms.as_slice()) {
        (0, []) => String::new(),
        (0, forms) => format!(", {}", forms.join(" or ")),
        (count, _) => format!(", {count} known values"),
    };
    format!("{}{more}", visible(&field.holds))
}

fn show_field(field: &Explanation) {
    say!("\n{}", field.path);
    let presence = match (&field.present_when, field.required) {
        (_, true) => "in every event".to_owned(),
        (Some(PresentWhen { field, is }), _) => {
            format!(
                "there when {field} is {}; else absent or null",
                is.join(" or ")
            )
        }
        (None, _) => "may be absent or null".to_owned(),
    };
    if let Some(description) = &field.description {
        say!("  means      {}", visible(description));
    }
    if !field.also_at.is_empty() {
        say!("  also at    {}", field.also_at.join(", "));
    }
    say!("  type       {}", visible(&field.holds));
    say!("  presence   {}", visible(&presence));
    if !field.wire_forms.is_empty() {
        say!("  on wire    {}", field.wire_forms.join(", "));
    }
    let values = field.known_values.iter();
    let width = values
        .map(|known| visible(&known.value).chars().count())
        .max();
    for (number, known) in field.known_values.iter().enumerate() {
        let label = if number == 0 { "values" } else { "" };
        let (value, width) = (visible(&known.value), width.unwrap_or_default());
        say!(
            "  {label:<10} {value:<width$}  {}",
            visible(&known.evidence.join(", "))
        );
    }
    for (label, facts) in [
        ("evidence", &field.evidence),
        ("overruled", &field.overruled),
    ] {
        for (number, fact) in facts.iter().enumerate() {
            let label = if number == 0 { label } else { "" };
            say!("  {label:<10} {}", visible(fact));
        }
    }
}
