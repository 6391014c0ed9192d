//! A `serverless.yml` of the Serverless Framework comes in as a tree; the rules in it go out, and the filters of its
//! streams and queues.
//!
//! Of its variables those are known that stand on the file itself (`${self:custom.bus}`), on a default
//! (`${opt:stage, 'dev'}`), or on options of the call.

use super::found::{Finds, Found, Kind, Unknown, numbered};
use super::intrinsic::has_function;
use super::settings::Settings;
use super::template;
use super::tree::{UNKNOWN, like, placeholder, scalar_text};
use eventbridge_catalog::json::{Member, Node, Value};

/// How deep variables may lead into each other.
const MAX_DEPTH: usize = 16;

/// How many values may be put in.
const MAX_VALUES: usize = 500_000;

/// Whether a tree is such a file.
pub(super) fn is_one(tree: &Node) -> bool {
    let has = |key: &str| tree.get(key).is_some();
    tree.get("Resources").is_none()
        && has("service")
        && (has("functions") || has("provider") || has("stepFunctions") || has("resources"))
        || has("functions") && has("provider")
}

/// Finds the rules of a file.
pub(super) fn rules(tree: &Node, settings: &Settings, finds: &mut Finds) {
    let mut variables = Variables {
        tree,
        settings,
        put_in: 0,
    };
    functions(&mut variables, finds);
    resources(&mut variables, finds);
}

/// The rules that call functions and state machines.
fn functions(variables: &mut Variables<'_>, finds: &mut Finds) {
    let tree = variables.tree;
    let machines = tree
        .get("stepFunctions")
        .and_then(|steps| steps.get("stateMachines"));
    for all in [tree.get("functions"), machines].into_iter().flatten() {
        // Functions may be a list of maps.
        let maps = std::iter::once(all).chain(all.items());
        for function in maps.flat_map(Node::members) {
            let events = function.node.get("events").map_or(&[][..], Node::items);
            for (event, number) in events.iter().flat_map(Node::members).zip(1..) {
                let name = format!("{}/{number}", function.key);
                trigger(variables, &name, event, finds);
            }
        }
    }
}

/// The rules of the templates that are put in.
fn resources(variables: &mut Variables<'_>, finds: &mut Finds) {
    let settings = variables.settings;
    let Some(resources) = variables.tree.get("resources") else {
        return;
    };
    for part in std::iter::once(resources).chain(resources.items()) {
        if template::is_one(part) {
            match variables.value(part, 0) {
                Ok(part) => template::rules(&part, settings, finds),
                // One variable must not hide all rules: those without any are read.
                Err(_) => template::rules(part, settings, finds),
            }
        } else if let Some(text) = part.as_str() {
            finds.note(
                part.span.start,
                &format!("`{text}` is not read: give that file as well"),
            );
        }
    }
}

fn trigger(variables: &mut Variables<'_>, name: &str, event: &Member, finds: &mut Finds) {
    let is_disabled = is_disabled(&event.node);
    let mut find = |kind: Kind, name: String, pattern: &Node| {
        finds.rules.push(Found {
            targets: Vec::new(),
            name,
            kind,
            is_disabled,
            at: pattern.span.start,
            pattern: variables.pattern(pattern),
        });
    };
    if let Some(pattern) = rule_pattern(event) {
        return find(Kind::Rule, name.to_owned(), pattern);
    }
    let filters = event.node.get("filterPatterns");
    let filters = filters.map_or(&[][..], Node::items);
    for (filter, number) in filters.iter().zip(1..) {
        let name = numbered(name, number, filters.len());
        find(Kind::EventSourceMapping, name, filter);
    }
}

fn is_disabled(node: &Node) -> bool {
    ["enabled", "state"].iter().any(|key| {
        let state = node.get(key).and_then(scalar_text).unwrap_or_default();
        matches!(state.as_str(), "false" | "DISABLED")
    })
}

/// The pattern of an event that comes by a rule.
fn rule_pattern(event: &Member) -> Option<&Node> {
    match event.key.as_str() {
        "eventBridge" => event.node.get("pattern"),
        "cloudwatchEvent" => event.node.get("event"),
        _ => None,
    }
}

/// What stands for variables.
struct Variables<'t> {
    tree: &'t Node,
    settings: &'t Settings,
    put_in: usize,
}

impl<'t> Variables<'t> {
    /// A pattern with what stands for its variables.
    fn pattern(&mut self, pattern: &Node) -> Result<Node, Unknown> {
        let pattern = self.value(pattern, 0)?;
        if has_function(&pattern) {
            let reason = "its functions are known only when it is deployed";
            return Err(Unknown::new(pattern.span.start, reason));
        }
        Ok(pattern)
    }

    /// What stands in the file itself: `self:custom.bus`.
    fn own(&self, address: &str) -> Option<&'t Node> {
        let mut path = address.strip_prefix("self:")?.split('.');
        path.try_fold(self.tree, |tree, key| tree.get(key))
    }

    fn value(&mut self, node: &Node, depth: usize) -> Result<Node, Unknown> {
        self.put_in += 1;
        if depth > MAX_DEPTH * 8 || self.put_in > MAX_VALUES {
            return Err(Unknown::new(node.span.start, "its variables nest too deep"));
        }
        match &node.value {
            Value::String(text) if text.contains("${") => self.text(node, text, depth),
            Value::Array(items) => {
                let items = items.iter().map(|item| self.part(item, depth + 1));
                Ok(like(node, Value::Array(items.collect::<Result<_, _>>()?)))
            }
            Value::Object(members) => {
                let members = members.iter().map(|member| self.member(member, depth + 1));
                Ok(like(
                    node,
                    Value::Object(members.collect::<Result<_, _>>()?),
                ))
            }
            _ => Ok(node.clone()),
        }
    }

    fn member(&mut self, member: &Member, depth: usize) -> Result<Member, Unknown> {
        Ok(Member {
            key: member.key.clone(),
            key_span: member.key_span.clone(),
            node: self.part(&member.node, depth)?,
        })
    }

    /// A part of a value, for which a placeholder may stand.
    fn part(&mut self, node: &Node, depth: usize) -> Result<Node, Unknown> {
        match self.value(node, depth) {
            Err(_) if self.settings.with_placeholders => Ok(placeholder(node)),
            resolved => resolved,
        }
    }

    /// A text with variables; one that is a variable alone is what stands for it.
    fn text(&mut self, node: &Node, text: &str, depth: usize) -> Result<Node, Unknown> {
        let (mut out, mut rest) = (String::new(), text);
        while let Some((before, behind)) = rest.split_once("${") {
            let Some(end) = closing(behind) else {
                break;
            };
            let (inner, after) = (&behind[..end], &behind[end + 1..]);
            let value = self.variable_in_text(node, inner, depth + 8)?;
            if before.is_empty() && out.is_empty() && after.is_empty() {
                return Ok(value);
            }
            let no_text = || format!("`${{{inner}}}` is no text to put in");
            let value =
                scalar_text(&value).ok_or_else(|| Unknown::new(node.span.start, no_text()))?;
            out.push_str(before);
            out.push_str(&value);
            rest = after;
        }
        out.push_str(rest);
        Ok(like(node, Value::String(out)))
    }

    /// A variable in a text, for which a mark may stand.
    fn variable_in_text(
        &mut self,
        node: &Node,
        inner: &str,
        depth: usize,
    ) -> Result<Node, Unknown> {
        match self.variable(node, inner, depth) {
            Err(_) if self.settings.with_placeholders => {
                Ok(like(node, Value::String(UNKNOWN.to_string())))
            }
            value => value,
        }
    }

    fn variable(&mut self, node: &Node, inner: &str, depth: usize) -> Result<Node, Unknown> {
        let (address, default) = match inner.split_once(',') {
            Some((address, default)) => (address.trim(), Some(default.trim())),
            None => (inner.trim(), None),
        };
        if let Some(given) = self.given(address) {
            return Ok(like(node, Value::String(given)));
        }
        match (self.own(address), default) {
            (Some(own), _) => self.value(own, depth),
            (None, Some(default)) => self.default(node, default, depth),
            (None, None) => Err(Unknown::new(
                node.span.start,
                format!("`${{{address}}}` is not known here"),
            )
            .help(format!("give it with --parameter {address}=VALUE"))),
        }
    }

    /// What options of the call say of an address.
    fn given(&self, address: &str) -> Option<String> {
        let value = self.settings.parameters.get(address).cloned();
        value.or_else(|| match address {
            "aws:accountId" => self.settings.pseudo("AWS::AccountId"),
            "aws:region" => self.settings.pseudo("AWS::Region"),
            _ => None,
        })
    }

    fn default(&mut self, node: &Node, default: &str, depth: usize) -> Result<Node, Unknown> {
        let quoted = ['\'', '"']
            .iter()
            .find_map(|quote| default.strip_prefix(*quote)?.strip_suffix(*quote));
        match quoted {
            Some(text) => Ok(like(node, Value::String(text.to_owned()))),
            None if default.starts_with("${") => self.text(node, default, depth),
            None if default.contains(':') => self.variable(node, default, depth),
            None => Ok(like(node, Value::String(default.to_owned()))),
        }
    }
}

/// Where the brace of a variable closes.
fn closing(text: &str) -> Option<usize> {
    let mut open = 0;
    for (at, c) in text.char_indices() {
        match c {
            '{' => open += 1,
            '}' if open == 0 => return Some(at),
            '}' => open -= 1,
            _ => {}
        }
    }
    None
}
