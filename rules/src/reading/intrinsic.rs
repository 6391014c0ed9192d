//! A part of a CloudFormation template comes in; the same with its functions resolved goes out, or what cannot be known
//! before the template is deployed.
//!
//! Known are parameters with a default or a value of the call, pseudo parameters of the call, mappings, and conditions
//! that stand on these.

mod condition;

use super::found::Unknown;
use super::settings::Settings;
use super::tree::{UNKNOWN, compact, like, placeholder, scalar_text};
use eventbridge_catalog::json::{Member, Node, Value};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// How deep functions, conditions and parameters may lead into each other, and values may nest.
const MAX_DEPTH: usize = 200;

/// How many values may be resolved in a template, so that what repeats takes bounded time.
const MAX_VALUES: usize = 2_000_000;

/// How long a text may become.
const MAX_TEXT: usize = 1 << 20;

/// The functions of CloudFormation.
const FUNCTIONS: &str = "Condition Fn::And Fn::Base64 Fn::Cidr Fn::Equals Fn::FindInMap Fn::GetAZs Fn::GetAtt Fn::If \
     Fn::ImportValue Fn::Join Fn::Length Fn::Not Fn::Or Fn::Select Fn::Split Fn::Sub Fn::ToJsonString Fn::Transform";

/// What a template says beside its resources.
pub(super) struct Scope<'t> {
    template: &'t Node,
    settings: &'t Settings,
    resolved: RefCell<usize>,
    notes: RefCell<BTreeMap<usize, String>>,
}

type Resolved = Result<Option<Node>, Unknown>;

impl<'t> Scope<'t> {
    pub(super) fn new(template: &'t Node, settings: &'t Settings) -> Self {
        Scope {
            template,
            settings,
            resolved: RefCell::default(),
            notes: RefCell::default(),
        }
    }

    /// What is odd about what was resolved, by its place.
    pub(super) fn notes(self) -> BTreeMap<usize, String> {
        self.notes.into_inner()
    }

    /// The value; none if it is `AWS::NoValue`.
    pub(super) fn resolve(&self, node: &Node) -> Resolved {
        self.value(node, 0)
    }

    fn note(&self, node: &Node, note: String) {
        self.notes.borrow_mut().insert(node.span.start, note);
    }

    /// Whether a resource is deployed.
    pub(super) fn is_deployed(&self, resource: &Node) -> Result<bool, Unknown> {
        match resource.get("Condition") {
            Some(name) => self.condition(name, 0),
            None => Ok(true),
        }
    }

    fn value(&self, node: &Node, depth: usize) -> Resolved {
        *self.resolved.borrow_mut() += 1;
        if depth > MAX_DEPTH || *self.resolved.borrow() > MAX_VALUES {
            return Err(unknown(
                node,
                "its functions nest too deep or take too long",
            ));
        }
        match &node.value {
            Value::String(text) if text.contains("{{resolve:") => Err(unknown(
                node,
                "a dynamic reference is known only when it is deployed",
            )),
            Value::String(text) if text.contains("${") => {
                let note = "`${…}` is put in by `Fn::Sub` alone; here it stays as it is written";
                self.note(node, note.to_owned());
                Ok(Some(node.clone()))
            }
            Value::Array(items) => {
                let items = items.iter().map(|item| self.part(item, depth + 1));
                let items: Vec<Option<Node>> = items.collect::<Result<_, _>>()?;
                let items = items.into_iter().flatten().collect();
                Ok(Some(like(node, Value::Array(items))))
            }
            Value::Object(members) => match members.as_slice() {
                [only] if is_function(&only.key) => {
                    self.function(node, &only.key, &only.node, depth + 1)
                }
                members => {
                    let mut resolved = Vec::new();
                    for member in members {
                        if let Some(node) = self.part(&member.node, depth + 1)? {
                            resolved.push(Member {
                                key: member.key.clone(),
                                key_span: member.key_span.clone(),
                                node,
                            });
                        }
                    }
                    Ok(Some(like(node, Value::Object(resolved))))
                }
            },
            _ => Ok(Some(node.clone())),
        }
    }

    /// A part of a value, for which a placeholder may stand.
    fn part(&self, node: &Node, depth: usize) -> Resolved {
        match self.value(node, depth) {
            Err(_) if self.settings.with_placeholders => Ok(Some(placeholder(node))),
            resolved => resolved,
        }
    }

    fn function(&self, node: &Node, name: &str, argument: &Node, depth: usize) -> Resolved {
        let arguments = argument.items();
        let text = |text: String| Ok(Some(like(node, Value::String(text))));
        match (name, arguments) {
            ("Ref", _) => self.reference(node, self.string(argument, depth)?.as_str()),
            ("Fn::Sub", [template, values]) => {
                text(self.substitute(template, Some(values), depth)?)
            }
            ("Fn::Sub", _) => text(self.substitute(argument, None, depth)?),
            ("Fn::Join", [between, list]) => {
                let between = self.string(between, depth)?;
                let items = self.list(list, depth)?;
                let items: Vec<String> = items.iter().filter_map(scalar_text).collect();
                text(bounded(node, items.join(&between))?)
            }
            ("Fn::Split", [between, whole]) => {
                let between = self.string(between, depth)?;
                let whole = self.string(whole, depth)?;
                let parts = whole
                    .split(between.as_str())
                    .map(|part| like(node, Value::String(part.to_owned())));
                Ok(Some(like(node, Value::Array(parts.collect()))))
            }
            ("Fn::Select", [index, list]) => {
                let index = self.string(index, depth)?.parse::<usize>();
                let items = self.list(list, depth)?;
                let selected = index.ok().and_then(|index| items.into_iter().nth(index));
                selected
                    .map(Some)
                    .ok_or_else(|| unknown(node, "`Fn::Select` selects nothing"))
            }
            ("Fn::FindInMap", [map, first, second, ..]) => {
                let keys = [map, first, second].map(|key| self.string(key, depth));
                let [map, first, second] = keys;
                self.mapped(node, [&map?, &first?, &second?], arguments.get(3), depth)
            }
            ("Fn::If", [condition, yes, no]) => {
                if self.condition(condition, depth)? {
                    self.value(yes, depth)
                } else {
                    self.value(no, depth)
                }
            }
            ("Fn::ToJsonString", _) => match self.value(argument, depth)? {
                Some(value) => text(compact(&value)),
                None => Ok(None),
            },
            ("Fn::Length", _) => {
                let length = self.list(argument, depth)?.len();
                Ok(Some(like(node, Value::Number(length.to_string()))))
            }
            _ => Err(self.later(node, name)),
        }
    }

    /// What a function is that is not worked out here; one that nobody knows is told.
    fn later(&self, node: &Node, name: &str) -> Unknown {
        if !FUNCTIONS.split(' ').any(|known| known == name) {
            self.note(node, format!("`{name}` is no function of CloudFormation"));
        }
        unknown(node, &format!("`{name}` is known only when it is deployed"))
            .help("give the deployed rule, as `aws events describe-rule` prints it")
    }

    fn string(&self, node: &Node, depth: usize) -> Result<String, Unknown> {
        let value = self.value(node, depth + 1)?;
        let text = value.as_ref().and_then(scalar_text);
        text.ok_or_else(|| unknown(node, "a function needs a string here"))
    }

    fn list(&self, node: &Node, depth: usize) -> Result<Vec<Node>, Unknown> {
        match self.value(node, depth + 1)?.map(|node| node.value) {
            Some(Value::Array(items)) => Ok(items),
            _ => Err(unknown(node, "a function needs a list here")),
        }
    }

    /// What `Ref` is of a name.
    fn reference(&self, node: &Node, name: &str) -> Resolved {
        if name == "AWS::NoValue" {
            return Ok(None);
        }
        if let Some(value) = self.settings.parameters.get(name) {
            return Ok(Some(self.parameter(node, name, value)));
        }
        match name.starts_with("AWS::") {
            true => self.pseudo(node, name),
            false => self.default(node, name),
        }
    }

    /// A pseudo parameter: `AWS::Region`.
    fn pseudo(&self, node: &Node, name: &str) -> Resolved {
        let value = self.settings.pseudo(name).ok_or_else(|| {
            unknown(node, &format!("`{name}` is known only when it is deployed"))
                .help(Settings::option_for(name))
        })?;
        Ok(Some(like(node, Value::String(value))))
    }

    /// What a parameter is that was not given.
    fn default(&self, node: &Node, name: &str) -> Resolved {
        let Some(parameter) = self.declared(name) else {
            let message = format!(
                "`{name}` is no parameter, and what a resource is called is known only when it is deployed"
            );
            return Err(not_given(node, name, &message));
        };
        let is_stored = parameter
            .get("Type")
            .and_then(Node::as_str)
            .is_some_and(|kind| kind.starts_with("AWS::SSM::"));
        let default = parameter.get("Default").filter(|_| !is_stored);
        match default.and_then(scalar_text) {
            Some(value) => Ok(Some(self.parameter(node, name, &value))),
            None => {
                let message = format!("parameter `{name}` has no value here");
                Err(not_given(node, name, &message))
            }
        }
    }

    /// A parameter as the template declares it.
    fn declared(&self, name: &str) -> Option<&Node> {
        self.template.get("Parameters")?.get(name)
    }

    /// A parameter's value: text, or a list of texts.
    fn parameter(&self, node: &Node, name: &str, value: &str) -> Node {
        let kind = self
            .declared(name)
            .and_then(|parameter| parameter.get("Type"))
            .and_then(Node::as_str)
            .unwrap_or_default();
        if kind == "CommaDelimitedList" || kind.starts_with("List<") {
            let items = value
                .split(',')
                .map(|item| like(node, Value::String(item.trim().to_owned())));
            return like(node, Value::Array(items.collect()));
        }
        if kind == "Number" {
            let note = format!(
                "parameter `{name}` is put in as the string \"{value}\", as CloudFormation does with numbers"
            );
            self.note(node, note);
        }
        like(node, Value::String(value.to_owned()))
    }

    fn substitute(
        &self,
        template: &Node,
        values: Option<&Node>,
        depth: usize,
    ) -> Result<String, Unknown> {
        let Some(text) = template.as_str() else {
            return Err(unknown(template, "`Fn::Sub` needs a string"));
        };
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once("${") {
            out.push_str(before);
            let Some((name, after)) = behind.split_once('}') else {
                out.push_str("${");
                rest = behind;
                continue;
            };
            rest = after;
            match name.strip_prefix('!') {
                Some(literal) => out.push_str(&format!("${{{literal}}}")),
                None => match self.variable(template, name.trim(), values, depth) {
                    Err(_) if self.settings.with_placeholders => out.push(UNKNOWN),
                    value => out.push_str(&value?),
                },
            }
            out = bounded(template, out)?;
        }
        out.push_str(rest);
        match out.contains("{{resolve:") {
            true => Err(unknown(
                template,
                "a dynamic reference is known only when it is deployed",
            )),
            false => Ok(out),
        }
    }

    fn variable(
        &self,
        node: &Node,
        name: &str,
        values: Option<&Node>,
        depth: usize,
    ) -> Result<String, Unknown> {
        if let Some(value) = values.and_then(|values| values.get(name)) {
            return self.string(value, depth);
        }
        if name.contains('.') && !self.settings.parameters.contains_key(name) {
            let message = format!("`{name}` is known only when it is deployed");
            return Err(not_given(node, name, &message));
        }
        let value = self.reference(node, name)?;
        Ok(value.as_ref().map_or_else(String::new, joined))
    }

    fn mapped(
        &self,
        node: &Node,
        keys: [&str; 3],
        options: Option<&Node>,
        depth: usize,
    ) -> Resolved {
        let mappings = self.template.get("Mappings");
        let found = keys
            .iter()
            .fold(mappings, |map, key| map.and_then(|map| map.get(key)));
        match (
            found,
            options.and_then(|options| options.get("DefaultValue")),
        ) {
            (Some(value), _) | (None, Some(value)) => self.value(value, depth),
            (None, None) => Err(unknown(
                node,
                &format!("no mapping has `{}`", keys.join(".")),
            )),
        }
    }
}

/// Whether a key makes an object a function.
pub(super) fn is_function(key: &str) -> bool {
    key == "Ref" || key.starts_with("Fn::")
}

/// Whether there are functions in a tree.
pub(super) fn has_function(node: &Node) -> bool {
    let mut waiting = vec![node];
    while let Some(node) = waiting.pop() {
        if let [only] = node.members()
            && (only.key.starts_with("Fn::") || only.key == "Ref" && only.node.as_str().is_some())
        {
            return true;
        }
        waiting.extend(node.items());
        waiting.extend(node.members().iter().map(|member| &member.node));
    }
    false
}

fn unknown(node: &Node, reason: &str) -> Unknown {
    Unknown::new(node.span.start, reason)
}

/// A name whose value is not known, as it was not given.
fn not_given(node: &Node, name: &str, reason: &str) -> Unknown {
    unknown(node, reason).help(format!("give it with --parameter {name}=VALUE"))
}

/// A value as text, with commas between the items of a list.
fn joined(value: &Node) -> String {
    let texts: Vec<String> = match &value.value {
        Value::Array(items) => items.iter().filter_map(scalar_text).collect(),
        _ => scalar_text(value).into_iter().collect(),
    };
    texts.join(",")
}

fn bounded(node: &Node, text: String) -> Result<String, Unknown> {
    if text.len() > MAX_TEXT {
        Err(unknown(node, "its text becomes too long"))
    } else {
        Ok(text)
    }
}
