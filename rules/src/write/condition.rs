//! Conditions as people type them come in (`TrainingJobStatus=Failed,Stopped`, `TrainingJobName^=prod-`); the pattern goes
//! out.

use crate::catalogue::Standing;
use crate::check::Kinds;
use crate::near;
use crate::sample::{SampleError, steps, typed};
use eventbridge_catalog::json::{Member, Node, Value};
use eventbridge_catalog::model::EventType;

/// What stands between a path and its values; the longer ones first.
const SIGNS: [&str; 10] = ["!=", "^=", "$=", "*=", "~=", ">=", "<=", ">", "<", "="];

/// The pattern for events of a type.
pub(super) fn pattern(event: &EventType, conditions: &[String]) -> Result<Node, SampleError> {
    let mut detail = Node::object::<String>([]);
    for condition in conditions {
        let (path, sign, text) = parts(condition)?;
        let value = value(event, path, sign, text)?;
        let steps = steps(path);
        if !put(&mut detail, &steps, value) {
            let message = format!("two conditions on `{path}` do not go together");
            return Err(SampleError::new(
                message,
                Some("write its values in one: PATH=A,B".to_owned()),
            ));
        }
    }
    Ok(of_event(event, detail))
}

fn of_event(event: &EventType, detail: Node) -> Node {
    let one = |text: &str| Node::array([Node::string(text)]);
    let mut members = vec![
        ("source", one(&event.source)),
        ("detail-type", one(&event.detail_type)),
    ];
    if !detail.members().is_empty() {
        members.push(("detail", detail));
    }
    Node::object(members)
}

fn parts(condition: &str) -> Result<(&str, &str, &str), SampleError> {
    let found = SIGNS
        .iter()
        .filter_map(|sign| Some((condition.find(sign)?, *sign)))
        .min_by_key(|(at, sign)| (*at, std::cmp::Reverse(sign.len())));
    match found {
        Some((at, sign)) if at > 0 => Ok((&condition[..at], sign, &condition[at + sign.len()..])),
        _ => {
            let help = "write PATH=A,B, PATH!=A, PATH^=START, PATH$=END, PATH*=a*b, PATH~=any-case, PATH>5";
            let message = format!("`{condition}` is no condition");
            Err(SampleError::new(message, Some(help.to_owned())))
        }
    }
}

/// The array of a field.
fn value(event: &EventType, path: &str, sign: &str, text: &str) -> Result<Node, SampleError> {
    let values = || {
        let values = text.split(',').map(|text| known(event, path, text.trim()));
        values.collect::<Result<Vec<Node>, SampleError>>()
    };
    Ok(match sign {
        "=" => Node::array(values()?),
        "!=" => one("anything-but", Node::array(values()?)),
        ">=" | "<=" | ">" | "<" => on_number(event, path, sign, text)?,
        "~=" => one(
            "equals-ignore-case",
            known(event, path, text).or_else(|_| typed(event, path, text))?,
        ),
        _ => on_text(event, path, sign, text)?,
    })
}

/// The array of one operator.
fn one(operator: &str, operand: Node) -> Node {
    Node::array([Node::object([(operator, operand)])])
}

/// A bound of numbers.
fn on_number(event: &EventType, path: &str, sign: &str, text: &str) -> Result<Node, SampleError> {
    let number = typed(event, path, text)?;
    if !matches!(number.value, Value::Number(_)) {
        let message = format!("`{path}` is no number in events");
        return Err(SampleError::new(message, None));
    }
    Ok(one("numeric", Node::array([Node::string(sign), number])))
}

/// An operator on strings.
fn on_text(event: &EventType, path: &str, sign: &str, text: &str) -> Result<Node, SampleError> {
    let operator = match sign {
        "^=" => "prefix",
        "$=" => "suffix",
        _ => "wildcard",
    };
    let operand = typed(event, path, text)?;
    if operand.as_str().is_none() {
        let message =
            format!("`{path}` is no string in events, and `{operator}` takes strings alone");
        return Err(SampleError::new(message, None));
    }
    Ok(one(operator, operand))
}

/// A value of the field; a word that is nearly a known value is refused.
fn known(event: &EventType, path: &str, text: &str) -> Result<Node, SampleError> {
    let value = typed(event, path, text)?;
    let standing = Standing::in_detail(event, &steps(path));
    let kinds = Kinds::of(&standing.targets);
    let Some(known) = kinds.known_values().filter(|known| !known.contains(&text)) else {
        return Ok(value);
    };
    match near::meant(text, known.iter().copied()) {
        Some((meant, _)) => {
            let message = format!("`{path}` has no value `{text}` that is known");
            Err(SampleError::new(
                message,
                Some(format!("did you mean {meant}?")),
            ))
        }
        None => Ok(value),
    }
}

fn put(node: &mut Node, steps: &[&str], value: Node) -> bool {
    let Value::Object(members) = &mut node.value else {
        return false;
    };
    let [key, rest @ ..] = steps else {
        return false;
    };
    let known = members.iter().position(|member| member.key == *key);
    match (known.and_then(|at| members.get_mut(at)), rest.is_empty()) {
        (Some(_), true) => false,
        (Some(member), false) => put(&mut member.node, rest, value),
        (None, _) => put_new(members, key, rest, value),
    }
}

/// Puts a value under a key that is not there yet.
fn put_new(members: &mut Vec<Member>, key: &str, rest: &[&str], value: Node) -> bool {
    let is_last = rest.is_empty();
    let mut inner = Node::object::<String>([]);
    let is_put = is_last || put(&mut inner, rest, value.clone());
    members.push(Member {
        key: key.to_owned(),
        key_span: 0..0,
        node: if is_last { value } else { inner },
    });
    is_put
}
