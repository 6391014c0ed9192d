//! What a page says comes in; its HTML goes out. Templates escape all that they are given, and characters that are not seen
//! as themselves stand as escapes.

use eventbridge_catalog::text::visible_lines;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, ValueKind};
use minijinja::{AutoEscape, Environment, Error, Value, escape_formatter};
use serde::Serialize;

/// The templates.
pub(crate) struct Templates {
    environment: Environment<'static>,
}

/// Each template with its text.
const TEMPLATES: [(&str, &str); 5] = [
    ("base.html", include_str!("../templates/base.html")),
    ("parts.html", include_str!("../templates/parts.html")),
    ("index.html", include_str!("../templates/index.html")),
    ("event.html", include_str!("../templates/event.html")),
    ("try.html", include_str!("../templates/try.html")),
];

impl Templates {
    /// # Errors
    ///
    /// A template that is none.
    pub(crate) fn new() -> Result<Self, Error> {
        let mut environment = Environment::new();
        environment.set_auto_escape_callback(|_| AutoEscape::Html);
        let mut syntax = SyntaxConfig::builder();
        environment.set_syntax(syntax.trim_blocks(true).lstrip_blocks(true).build()?);
        environment.set_formatter(|out, state, value| {
            let text = value.as_str().filter(|_| !value.is_safe());
            match text.map(visible_lines) {
                Some(shown) => escape_formatter(out, state, &Value::from(shown.as_ref())),
                None => escape_formatter(out, state, value),
            }
        });
        environment.add_filter("prose", prose);
        for (name, text) in TEMPLATES {
            environment.add_template(name, text)?;
        }
        Ok(Templates { environment })
    }

    /// # Errors
    ///
    /// A template that asks for what is not there.
    pub(crate) fn render<T: Serialize>(&self, name: &str, page: &T) -> Result<String, Error> {
        self.environment.get_template(name)?.render(Serde(page))
    }
}

/// Text in which backticks stand around code and nothing else is markup, as its parts.
fn prose(text: &Value) -> Vec<Value> {
    let text = match text.kind() {
        ValueKind::String => text.as_str().unwrap_or_default(),
        _ => "",
    };
    let parts: Vec<&str> = text.split('`').collect();
    let is_closed = parts.len() % 2 == 1;
    match is_closed {
        true => parts.into_iter().map(Value::from).collect(),
        false => vec![Value::from(text)],
    }
}
