//! The model and the named events come in, the package's README goes out: what people do with events, shown with the event
//! that has most to show, and which events there are.

use super::super::literal::python as quoted;
use super::Module;
use super::shown::{Shown, richest};
use crate::doc;
use crate::file::STAMP;
use crate::names::snake;
use eventbridge_catalog::model::{Field, Model, Type};
use eventbridge_catalog::roles;

/// `README.md`
pub(super) fn readme(model: &Model, import: &str, modules: &[Module<'_>]) -> String {
    let package = &model.package;
    let shown = richest(modules).map(|module| text(import, module));
    format!(
        "<!-- {STAMP} -->\n\n# {name}\n\n{description}\n\n{catalogue}{about}{shown}{more}{events}",
        name = doc::unmarked(&package.name),
        description = doc::unmarked(&package.description),
        catalogue = doc::catalogue(package).map_or_else(String::new, |told| told + "\n\n"),
        about = ABOUT.replace("this-package", &package.name),
        shown = shown.unwrap_or_default(),
        more = MORE.replace("this_package", import),
        events = events(modules),
    )
}

const ABOUT: &str = "\
Types for mypy and pyright, read-only views, guards, typed event patterns and the matcher of EventBridge, in pure Python
3.10 and later, without dependencies. Nothing is imported before you ask for it.

```sh
pip install this-package
```

";

fn text(import: &str, module: &Module<'_>) -> String {
    let shown = Shown::of(module);
    let fields = Fields::of(import, &shown);
    [
        fields.handler(),
        fields.views(),
        fields.parse(),
        fields.patterns(),
        fields.tests(),
        fields.pydantic(),
    ]
    .concat()
}

/// A function that takes events of one type, with what it imports.
pub(super) fn handler(import: &str, module: &Module<'_>) -> String {
    Fields::of(import, &Shown::of(module)).function("")
}

/// What stands in the examples.
struct Fields<'m> {
    import: &'m str,
    module: &'m Module<'m>,
    status_key: Option<&'m str>,
    constant: Option<&'m str>,
    value: Option<&'m str>,
    name: Option<&'m Field>,
    time: Option<&'m Field>,
}

impl<'m> Fields<'m> {
    fn of(import: &'m str, shown: &'m Shown<'m>) -> Self {
        let (module, status) = (shown.module, shown.status());
        Fields {
            import,
            module,
            status_key: status.map(|(field, ..)| field.key.as_str()),
            constant: status.map(|(_, constant, _)| constant),
            value: status.map(|(.., value)| value),
            name: shown.role("name").or_else(|| module.event.detail.first()),
            time: shown.role("created_at").or_else(|| {
                let mut fields = module.event.detail.iter();
                fields.find(|field| matches!(field.ty, Type::Timestamp(_)))
            }),
        }
    }

    fn key(&self) -> String {
        quoted(self.name.map_or("id", |field| field.key.as_str()))
    }

    fn attribute(field: Option<&Field>) -> String {
        field.map_or_else(|| "id".to_owned(), |field| snake(&field.key))
    }

    /// `TrainingJobStatus="Failed"`, where the key can stand so.
    fn argument(&self) -> String {
        match (self.status_key, self.value) {
            (Some(key), Some(value)) if super::super::names::is_identifier(key) => {
                format!("{key}={}", quoted(value))
            }
            (Some(key), Some(value)) => format!("**{{{}: {}}}", quoted(key), quoted(value)),
            _ => String::new(),
        }
    }

    /// Why it failed, where the event tells.
    fn reason(&self) -> String {
        let event = self.module.event;
        let found = roles::find_roles(event);
        let reason = found.iter().find(|(role, _)| *role == "failure_reason");
        reason.map_or_else(String::new, |(_, key)| {
            format!(", detail.get({})", quoted(key))
        })
    }

    /// `more` stands in the function's end, and may be nothing.
    fn function(&self, more: &str) -> String {
        let Fields { import, module, .. } = self;
        let (constants, inner) = match (self.status_key, self.constant, self.value) {
            (Some(status), Some(constant), Some(value)) => (
                format!("from {import}.{} import {constant}\n", module.file),
                format!(
                    "        detail = event[\"detail\"]\n        # A misspelt value is an error of types; `==` would take it.\n        if {constant}.is_(detail[{status}], {value}):\n            print(detail[{key}]{reason})\n",
                    status = quoted(status),
                    value = quoted(value),
                    key = self.key(),
                    reason = self.reason(),
                ),
            ),
            _ => (
                String::new(),
                "        print(event[\"detail\"])\n".to_owned(),
            ),
        };
        let (get, guard) = (if more.is_empty() { "" } else { "get, " }, &module.guard);
        format!(
            "from {import} import {get}{guard}\n{constants}\n\n\
             def handler(event: object, context: object) -> None:\n    if {guard}(event):\n{inner}{more}"
        )
    }

    fn handler(&self) -> String {
        let more = "        print(get(event[\"detail\"], \"NewField\"))  # what is not yet typed\n";
        format!(
            r#"## React to an event

```python
{function}```

The guard takes anything, looks at source and detail-type, and never raises. To try it, `samples` has an event of each type:

```python
from {import} import samples

handler(samples.{file}({argument}), None)
```

Statuses, fields and detail-types that are not documented yet are allowed everywhere: a status is one of its known values,
which editors complete, or any other `str`. Fields that an event may leave out may also be `None`. `KnownEvent` is the
union of all events and narrows by `detail-type`; `is_known_event` tells whether something is one. There will be more
events and values in any release: what goes through all of them has a last case for others.

"#,
            function = self.function(more),
            import = self.import,
            file = self.module.file,
            argument = self.argument(),
        )
    }

    fn views(&self) -> String {
        let Fields { import, module, .. } = self;
        let time = self.time.map_or_else(String::new, |field| {
            let name = Self::attribute(Some(field));
            format!("    print(detail.{name})  # a datetime, whatever form it arrived in\n    print(detail.{name} and detail.{name}.raw)\n")
        });
        format!(
            r#"## Attributes instead of keys

```python
import json

from {import} import samples, subject
from {import}.views import {event}, view

text = json.dumps(samples.{file}())  # as it arrives
event = view(text)  # takes JSON text or a dictionary
if isinstance(event, {event}):
    detail = event.detail  # hover tells what each field means
    print(detail.{name})
{time}    print(detail.extra, detail.get("NewField"), event.to_dict())  # nothing is lost

about = subject(event)  # of every event alike
print(about.name, about.arn, about.status, about.failure_reason, about.tags)
```

"#,
            event = module.envelope,
            file = module.file,
            name = Self::attribute(self.name),
        )
    }

    fn parse(&self) -> String {
        let import = self.import;
        format!(
            r#"## Events out of anything

```python
from {import} import Differences, parse

event = parse(text)  # a dictionary or JSON text; never raises
if isinstance(event, Differences):
    for difference in event:
        print(difference)  # detail.SomeTime: expected number or string, found true
else:
    print(event["detail-type"])  # typed, and what is unknown is kept
```

A rule may send to SQS, also by way of SNS. Each wraps the event in text: `from_message(record)` takes a record of either, or
one in the other, as AWS Lambda gets it, and gives what `parse` gives.

"#
        )
    }

    fn patterns(&self) -> String {
        let Fields { import, module, .. } = self;
        let status = match (self.status_key, self.value) {
            (Some(key), Some(value)) => format!("        {}: [{}],\n", quoted(key), quoted(value)),
            _ => String::new(),
        };
        format!(
            r#"## Rules

```python
from {import} import patterns

rule = patterns.{file}(
    {{
{status}        {key}: [{{"prefix": "prod-"}}],
    }},
    region=["eu-west-1", {{"prefix": "us-"}}],
)
print(rule.to_json())  # what a rule needs; CDK's CfnRule takes rule.to_dict()
print(rule.matches(text))  # as EventBridge would; give it the text that arrived
print(rule.explain(text))  # which field did not fit, and what is nearly right
```

In CDK: `aws_events.EventPattern(**rule.to_cdk())`. `$or` in the detail, and `any_of=[…]` for all of the event, have
alternatives.


A misspelt field or value, and a test that does not fit a field, are errors of types. Patterns of your own are matched by
`{import}.match.Pattern`.

"#,
            file = module.file,
            key = self.key(),
        )
    }

    fn tests(&self) -> String {
        let Fields { import, module, .. } = self;
        format!(
            r#"## Tests

```python
from {import} import samples
from {import}.testing import assert_matches


def test_the_rule_takes_it() -> None:
    event = samples.{file}({arguments})
    assert_matches(rule, event)
```

Keyword arguments are fields of the detail; a dictionary before them has members of the envelope. A failure tells which field needs what, and what was found.

"#,
            file = module.file,
            arguments = self.arguments(),
        )
    }

    /// What makes a sample one that the rule takes.
    fn arguments(&self) -> String {
        let name = self.name.map_or_else(String::new, |field| {
            let value = "\"prod-1\"";
            match super::super::names::is_identifier(&field.key) {
                true => format!("{}={value}", field.key),
                false => format!("**{{{}: {value}}}", quoted(&field.key)),
            }
        });
        let all = [name, self.argument()];
        let given: Vec<&str> = all
            .iter()
            .map(String::as_str)
            .filter(|text| !text.is_empty())
            .collect();
        given.join(", ")
    }

    fn pydantic(&self) -> String {
        let Fields { import, module, .. } = self;
        format!(
            r#"## pydantic and Powertools

```python
from aws_lambda_powertools.utilities.parser import parse as powertools
from aws_lambda_powertools.utilities.parser.models import EventBridgeModel
from {import} import {detail}, {event}
from {import}.pydantic import Event  # any event, told by source and detail-type


class Model(EventBridgeModel):
    detail: {detail}


whole = samples.{file}()
powertools(whole, model=Event)
powertools(whole, model={event})
print(powertools(whole, model=Model).detail)
```

With pydantic alone: `TypeAdapter(Event).validate_json(text)`; `KnownEvent` refuses what is not documented.

What the types do not name is kept.

"#,
            detail = module.detail,
            event = module.envelope,
            file = module.file,
        )
    }
}

const MORE: &str = "\
## Schemas

`this_package.schemas` has the JSON Schema of each event (`schemas.ALL`, or by name), and
`schemas.document(\"source@Name\")` the documents for the EventBridge Schema Registry, OpenAPI 3 and JSON Schema Draft 4.
`evidence.json`, beside the modules, says of each event, field and value where it is known from, and what better evidence
overrules.

What a detail refers to stands in a module named after the event. An event that is known by name has a detail in which
anything may be.

";

fn events(modules: &[Module<'_>]) -> String {
    let part = |title: &str, typed: bool| {
        let rows: String = modules
            .iter()
            .filter(|module| module.event.detail.is_empty() != typed)
            .map(row)
            .collect();
        match rows.is_empty() {
            true => String::new(),
            false => format!("## {title}\n\n{rows}\n"),
        }
    };
    let text = part("Events whose fields are known", true) + &part("Events known by name", false);
    format!("{}\n", text.trim_end())
}

fn row(module: &Module<'_>) -> String {
    format!(
        "- {} from {}: `{}.{}`\n",
        doc::code(&module.event.detail_type),
        doc::code(&module.event.source),
        module.file,
        module.detail,
    )
}
