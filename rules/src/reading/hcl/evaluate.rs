//! An expression of Terraform comes in; its value goes out, or why it is known only when it is applied.

use super::module::Module;
use crate::reading::found::Unknown;
use crate::reading::settings::Settings;
use crate::reading::tree::{UNKNOWN, compact, like, placeholder, scalar_text};
use eventbridge_catalog::json::{Member, Node, Value};
use hcl_edit::Span;
use hcl_edit::expr::{Expression, FuncCall, ObjectKey, Traversal, TraversalOperator};
use hcl_edit::structure::{Block, Body};
use hcl_edit::template::{Element, Template};

/// How deep values may nest and lead into each other; the parser itself takes 64 levels.
const MAX_DEPTH: usize = 256;

/// How many values may be worked out in a file.
const MAX_VALUES: usize = 500_000;

/// The keys of resources and blocks that say something of patterns.
pub(super) const TELLING: [&str; 7] = [
    "event_pattern",
    "pattern",
    "state",
    "desired_state",
    "is_enabled",
    "enabled",
    "filter",
];

/// Works out expressions.
pub(super) struct Evaluator<'m> {
    pub(super) module: &'m Module,
    pub(super) settings: &'m Settings,
    pub(super) values: usize,
}

pub(super) type Evaluated = Result<Node, Unknown>;

impl Evaluator<'_> {
    /// What a resource or a block in one says.
    pub(super) fn body(&mut self, body: &Body, at: usize, depth: usize) -> Evaluated {
        let mut members = Vec::new();
        for attribute in body.attributes() {
            let key = attribute.key.as_str();
            if TELLING.contains(&key) {
                members.push(member(key, at, self.pattern(&attribute.value, depth)?));
            }
        }
        for block in body.blocks() {
            let at = block.span().map_or(at, |span| span.start);
            let name = block.ident.as_str();
            if is_telling_and_dynamic(block) {
                let reason = "a dynamic block is known only when it is applied";
                return Err(Unknown::new(at, reason));
            }
            let inner = self.body(&block.body, at, depth + 1)?;
            add_block(&mut members, name, at, inner);
        }
        Ok(node(at, Value::Object(members)))
    }

    /// A pattern, as text or, where it is `jsonencode` of something, as that.
    pub(super) fn pattern(&mut self, expression: &Expression, depth: usize) -> Evaluated {
        match expression {
            Expression::Parenthesis(inner) => self.pattern(inner.inner(), depth),
            Expression::FuncCall(call)
                if call.name.name.as_str() == "jsonencode" && call.args.len() == 1 =>
            {
                let argument = call
                    .args
                    .get(0)
                    .ok_or_else(|| unknown(expression, "it is empty"))?;
                self.value(argument, depth + 1)
            }
            other => self.value(other, depth),
        }
    }

    pub(super) fn value(&mut self, expression: &Expression, depth: usize) -> Evaluated {
        self.values += 1;
        if depth > MAX_DEPTH || self.values > MAX_VALUES {
            return Err(unknown(
                expression,
                "its values lead into each other or take too long",
            ));
        }
        let mut value = self.worked_out(expression, depth)?;
        if value.span.is_empty() && value.span.start == start(expression) {
            value.span = expression.span().unwrap_or(value.span);
        }
        Ok(value)
    }

    /// A part of a value, for which a placeholder may stand.
    fn part(&mut self, expression: &Expression, depth: usize) -> Evaluated {
        match self.value(expression, depth) {
            Err(_) if self.settings.with_placeholders => {
                let here = node(start(expression), Value::Null);
                Ok(placeholder(&here))
            }
            worked_out => worked_out,
        }
    }

    fn worked_out(&mut self, expression: &Expression, depth: usize) -> Evaluated {
        let at = start(expression);
        match expression {
            Expression::Null(_) => Ok(node(at, Value::Null)),
            Expression::Bool(truth) => Ok(node(at, Value::Bool(*truth.value()))),
            Expression::Number(number) => Ok(node(at, Value::Number(number.value().to_string()))),
            Expression::String(text) => Ok(node(at, Value::String(text.value().clone()))),
            Expression::Array(items) => {
                let items = items.iter().map(|item| self.part(item, depth + 1));
                Ok(node(at, Value::Array(items.collect::<Result<_, _>>()?)))
            }
            Expression::Object(object) => {
                let mut members = Vec::new();
                for (key, value) in object.iter() {
                    let name = self.key(key, depth + 1)?;
                    let value = self.part(value.expr(), depth + 1)?;
                    let key_span = match key {
                        ObjectKey::Ident(name) => name.span(),
                        ObjectKey::Expression(expression) => expression.span(),
                    };
                    let at = value.span.start;
                    members.push(Member {
                        key_span: key_span.unwrap_or(at..at),
                        ..member(&name, at, value)
                    });
                }
                Ok(node(at, Value::Object(members)))
            }
            Expression::StringTemplate(template) => {
                let elements: Vec<&Element> = template.iter().collect();
                self.template(&elements, at, depth)
            }
            Expression::HeredocTemplate(heredoc) => {
                let mut heredoc = (**heredoc).clone();
                heredoc.dedent();
                let template: &Template = &heredoc.template;
                let elements: Vec<&Element> = template.iter().collect();
                self.template(&elements, at, depth)
            }
            Expression::Parenthesis(inner) => self.value(inner.inner(), depth + 1),
            Expression::FuncCall(call) => self.call(expression, call, depth + 1),
            Expression::Traversal(traversal) => self.traversal(expression, traversal, depth + 1),
            Expression::Conditional(conditional) => {
                match self.value(&conditional.cond_expr, depth + 1)?.value {
                    Value::Bool(true) => self.value(&conditional.true_expr, depth + 1),
                    Value::Bool(false) => self.value(&conditional.false_expr, depth + 1),
                    _ => Err(unknown(
                        expression,
                        "its condition is neither true nor false",
                    )),
                }
            }
            _ => Err(unknown(
                expression,
                "an expression of this kind is known only when it is applied",
            )),
        }
    }

    pub(super) fn key(&mut self, key: &ObjectKey, depth: usize) -> Result<String, Unknown> {
        match key {
            ObjectKey::Ident(name) => Ok(name.as_str().to_owned()),
            ObjectKey::Expression(expression) => self.text(expression, depth),
        }
    }

    fn text(&mut self, expression: &Expression, depth: usize) -> Result<String, Unknown> {
        let value = self.value(expression, depth)?;
        scalar_text(&value).ok_or_else(|| unknown(expression, "a text is needed here"))
    }

    fn template(&mut self, elements: &[&Element], at: usize, depth: usize) -> Evaluated {
        let mut text = String::new();
        for element in elements {
            match element {
                Element::Literal(literal) => text.push_str(literal.as_str()),
                Element::Interpolation(inner) => match self.text(&inner.expr, depth + 1) {
                    Err(_) if self.settings.with_placeholders => text.push(UNKNOWN),
                    inner => text.push_str(&inner?),
                },
                Element::Directive(_) => {
                    return Err(Unknown::new(
                        at,
                        "a directive in a text is known only when it is applied",
                    ));
                }
            }
        }
        Ok(node(at, Value::String(text)))
    }

    fn call(&mut self, expression: &Expression, call: &FuncCall, depth: usize) -> Evaluated {
        let at = start(expression);
        let name = call.name.name.as_str();
        let mut arguments = Vec::new();
        for argument in call.args.iter() {
            arguments.push(self.value(argument, depth)?);
        }
        let text = |text: String| Ok(node(at, Value::String(text)));
        match (name, arguments.as_slice()) {
            ("jsonencode", [value]) => text(compact(value)),
            ("tolist" | "toset", [value]) => Ok(value.clone()),
            ("tostring", [value]) if scalar_text(value).is_some() => {
                text(scalar_text(value).unwrap_or_default())
            }
            ("lower", [value]) if value.as_str().is_some() => {
                text(value.as_str().unwrap_or_default().to_lowercase())
            }
            ("upper", [value]) if value.as_str().is_some() => {
                text(value.as_str().unwrap_or_default().to_uppercase())
            }
            ("concat", lists) => {
                let items = lists.iter().flat_map(|list| list.items().to_vec());
                Ok(node(at, Value::Array(items.collect())))
            }
            ("merge", objects) => {
                let mut members: Vec<Member> = Vec::new();
                for member in objects.iter().flat_map(Node::members) {
                    members.retain(|known| known.key != member.key);
                    members.push(member.clone());
                }
                Ok(node(at, Value::Object(members)))
            }
            ("join", [between, list]) if between.as_str().is_some() => {
                let items: Vec<String> = list.items().iter().filter_map(scalar_text).collect();
                text(items.join(between.as_str().unwrap_or_default()))
            }
            _ => Err(unknown(
                expression,
                &format!("`{name}` is worked out only when it is applied"),
            )
            .help("give the plan, as `terraform show -json` prints it")),
        }
    }

    fn traversal(
        &mut self,
        expression: &Expression,
        traversal: &Traversal,
        depth: usize,
    ) -> Evaluated {
        let mut steps = Vec::new();
        if let Expression::Variable(root) = &traversal.expr {
            steps.push(root.as_str().to_owned());
        }
        for operator in &traversal.operators {
            match operator.value() {
                TraversalOperator::GetAttr(name) => steps.push(name.as_str().to_owned()),
                TraversalOperator::Index(index) => steps.push(self.text(index, depth)?),
                TraversalOperator::LegacyIndex(index) => steps.push(index.value().to_string()),
                _ => {
                    return Err(unknown(
                        expression,
                        "a splat is known only when it is applied",
                    ));
                }
            }
        }
        let path: Vec<&str> = steps.iter().map(String::as_str).collect();
        match path.as_slice() {
            ["var", name, rest @ ..] => match self.settings.parameters.get(*name) {
                Some(value) => Ok(node(start(expression), Value::String(value.clone()))),
                None => self
                    .declared(
                        expression,
                        self.module.variables.get(*name).cloned(),
                        rest,
                        depth,
                    )
                    .map_err(|unknown| {
                        unknown.help(format!("give it with --parameter {name}=VALUE"))
                    }),
            },
            ["local", name, rest @ ..] => self.declared(
                expression,
                self.module.locals.get(*name).cloned(),
                rest,
                depth,
            ),
            ["data", kind, _, attribute] => {
                let pseudo = match (*kind, *attribute) {
                    ("aws_caller_identity", "account_id") => "AWS::AccountId",
                    ("aws_region", "name" | "id" | "region") => "AWS::Region",
                    ("aws_partition", "partition" | "id") => "AWS::Partition",
                    _ => return Err(later(expression, &path)),
                };
                let value = self.settings.pseudo(pseudo);
                let value = value
                    .ok_or_else(|| later(expression, &path).help(Settings::option_for(pseudo)))?;
                Ok(node(start(expression), Value::String(value)))
            }
            _ => Err(later(expression, &path)),
        }
    }

    /// What a declaration says, and what stands below it.
    fn declared(
        &mut self,
        expression: &Expression,
        declared: Option<Expression>,
        rest: &[&str],
        depth: usize,
    ) -> Evaluated {
        let shown = || format!("`{}` has no value here", expression.to_string().trim());
        let declared = declared.ok_or_else(|| unknown(expression, &shown()))?;
        let value = self.value(&declared, depth + 8)?;
        let found = rest.iter().try_fold(&value, |value, step| {
            let item = step
                .parse()
                .ok()
                .and_then(|index: usize| value.items().get(index));
            item.or_else(|| value.get(step))
        });
        // It counts as standing where it is used: its own place may lie in another file.
        let found = found.ok_or_else(|| unknown(expression, &shown()))?;
        Ok(moved(found, start(expression)))
    }
}

/// The value as standing at one place.
fn moved(value: &Node, at: usize) -> Node {
    let here = node(at, Value::Null);
    match &value.value {
        Value::Array(items) => like(
            &here,
            Value::Array(items.iter().map(|item| moved(item, at)).collect()),
        ),
        Value::Object(members) => {
            let members = members
                .iter()
                .map(|inner| member(&inner.key, at, moved(&inner.node, at)));
            like(&here, Value::Object(members.collect()))
        }
        scalar => like(&here, scalar.clone()),
    }
}

fn later(expression: &Expression, path: &[&str]) -> Unknown {
    unknown(
        expression,
        &format!("`{}` is known only when it is applied", path.join(".")),
    )
    .help("give the plan, as `terraform show -json` prints it")
}

pub(super) fn start(expression: &Expression) -> usize {
    expression.span().map_or(0, |span| span.start)
}

fn unknown(expression: &Expression, reason: &str) -> Unknown {
    Unknown::new(start(expression), reason)
}

pub(super) fn node(at: usize, value: Value) -> Node {
    Node {
        span: at..at,
        ..Node::new(value)
    }
}

pub(super) fn member(key: &str, at: usize, node: Node) -> Member {
    Member {
        key: key.to_owned(),
        key_span: at..at,
        node,
    }
}

fn is_telling_and_dynamic(block: &Block) -> bool {
    let label = block.labels.first();
    block.ident.as_str() == "dynamic"
        && label.is_some_and(|label| TELLING.contains(&label.as_str()))
}

/// Blocks of one name are a list.
fn add_block(members: &mut Vec<Member>, name: &str, at: usize, inner: Node) {
    let same = members.iter_mut().find(|known| known.key == name);
    match same.map(|known| &mut known.node.value) {
        Some(Value::Array(blocks)) => blocks.push(inner),
        _ => members.push(member(name, at, node(at, Value::Array(vec![inner])))),
    }
}
