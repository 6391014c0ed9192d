//! The fields of a pattern come in; what no event has around its detail is told.

use super::Checker;
use super::leaves::{Leaf, Step};
use super::scope::{Scope, meant_source};
use crate::catalogue::Standing;
use crate::finding::{Code, Fix, Found};
use crate::near;
use eventbridge_catalog::json::{Node, Value};
use eventbridge_catalog::nearest::did_you_mean;

/// The keys of every event.
pub(super) const KEYS: [&str; 10] = [
    "version",
    "id",
    "detail-type",
    "source",
    "account",
    "time",
    "region",
    "resources",
    "detail",
    "replay-name",
];

/// The key of the envelope that a step is, or is meant to be.
pub(super) fn meant_key(name: &str) -> Option<&'static str> {
    let exact = KEYS.into_iter().find(|key| *key == name);
    exact.or_else(|| near::meant(name, KEYS.into_iter()).map(|(key, _)| key))
}

impl<'m> Checker<'_, 'm> {
    /// What is wrong with a field's first key, which is none of the envelope's.
    pub(super) fn unknown_key(&mut self, leaf: &Leaf<'_>, scopes: &[&Scope<'m>]) {
        let Some(step) = leaf.steps.first() else {
            return;
        };
        if step.name.starts_with('$') && step.name != "$or" {
            return self.path_key(step);
        }
        let message = format!(
            "no event has the key `{}` beside its `detail`",
            step.member.key
        );
        let names = leaf.names();
        let is_of_detail = scopes
            .iter()
            .flat_map(|scope| &scope.events)
            .any(|event| !event.detail.is_empty() && Standing::in_detail(event, &names).is_there());
        let found = Found::error(step.span(), Code::UnknownEnvelopeKey, message);
        self.tell(match meant_key(step.name) {
            _ if is_of_detail => found.more("it stands in `detail`"),
            Some(key) if step.has_sibling(key) => found.more(&format!("`{key}` stands here too")),
            Some(key) if step.is_whole_key() => {
                found.more(&format!("`{key}` is meant")).fix(Fix::Word {
                    from: step.name.to_owned(),
                    to: key.to_owned(),
                })
            }
            _ => found.more(&format!("the keys are {}", KEYS.join(", "))),
        });
    }

    /// A key that is written as a path.
    pub(super) fn path_key(&mut self, step: &Step<'_>) {
        let message = format!(
            "`{}` is taken for the name of a key, and no event has it: write its steps as objects in each other, \
             without `$`",
            step.member.key
        );
        self.tell(Found::error(step.span(), Code::PathKey, message));
    }

    /// The values of a key of the envelope but `detail`.
    pub(super) fn envelope(&mut self, key: &str, leaf: &Leaf<'_>, scopes: &[&Scope<'m>]) {
        if let Some(step) = leaf.steps.get(1) {
            let message = format!("`{key}` has no fields, so `{}` is never there", step.name);
            return self.tell(Found::error(step.span(), Code::NotAnObject, message));
        }
        for item in leaf.node.items() {
            self.text_value(key, item);
        }
        for item in leaf.node.items() {
            match key {
                "source" => self.source(item),
                "detail-type" => self.detail_type(item, scopes),
                "account" => self.shaped(item, key, is_account, "an account has twelve digits"),
                "region" => self.shaped(item, key, is_region, "a region reads like `eu-west-1`"),
                _ => {}
            }
        }
    }

    fn text_value(&mut self, key: &str, item: &Node) {
        let span = item.span.clone();
        match &item.value {
            Value::Number(number) => self.number_for_string(key, item, number),
            Value::Bool(_) | Value::Null if key != "replay-name" => {
                let message = format!("`{key}` is a string in every event");
                self.tell(Found::error(span, Code::WrongType, message));
            }
            Value::Object(_) if item.get("numeric").is_some() => {
                let message = format!(
                    "`{key}` is a string in every event, and `numeric` takes numbers alone"
                );
                self.tell(Found::error(span, Code::OperatorType, message));
            }
            Value::String(text) if text.contains('*') && key != "detail-type" => {
                self.literal_star(item, text)
            }
            _ => {}
        }
    }

    fn number_for_string(&mut self, key: &str, item: &Node, number: &str) {
        let message = format!("`{key}` is a string in every event, never the number {number}");
        let found = Found::error(item.span.clone(), Code::NumberForString, message);
        self.tell(found.fix(self.quoted(number)));
    }

    fn shaped(&mut self, item: &Node, key: &str, is_one: impl Fn(&str) -> bool, shape: &str) {
        if let Some(text) = item
            .as_str()
            .filter(|text| !is_one(text) && !text.contains('*'))
        {
            let message = format!("no event has the {key} \"{text}\": {shape}");
            self.tell(Found::error(
                item.span.clone(),
                Code::EnvelopeValue,
                message,
            ));
        }
    }

    fn source(&mut self, item: &Node) {
        let Some(name) = item.as_str() else {
            return;
        };
        if self.catalogue.sources().any(|source| source == name) {
            return;
        }
        if let Some(source) = meant_source(self.catalogue, name) {
            let message = format!("no event comes from \"{name}\": \"{source}\" is meant");
            let found = Found::error(item.span.clone(), Code::MisspeltSource, message);
            self.tell(found.fix(Fix::Word {
                from: name.to_owned(),
                to: source.to_owned(),
            }));
        }
    }

    /// A detail-type, if all events that the rule may let through are known.
    fn detail_type(&mut self, item: &Node, scopes: &[&Scope<'m>]) {
        let of_sources = scopes.iter().flat_map(|scope| &scope.of_sources);
        let known = of_sources.map(|event| event.detail_type.as_str());
        let is_open = scopes.iter().any(|scope| scope.has_other_sources);
        match &item.value {
            Value::String(name) if known.clone().any(|known| known == name) => {}
            Value::String(name) => match near::meant(name, known.clone()) {
                Some((meant, _)) => self.misspelt_type(item, name, meant),
                None if !is_open => self.unknown_type(item, name, known),
                None => {}
            },
            Value::Object(_) if !is_open => self.takes_a_type(item, known),
            _ => {}
        }
    }

    fn unknown_type<'n>(
        &mut self,
        item: &Node,
        name: &str,
        known: impl Iterator<Item = &'n str> + Clone,
    ) {
        if let Some(nearest) = did_you_mean(name, known) {
            let message = format!("no detail-type \"{name}\" of this source is known: {nearest}");
            let span = item.span.clone();
            self.tell(Found::warning(span, Code::UnknownDetailType, message));
        }
    }

    fn misspelt_type(&mut self, item: &Node, name: &str, meant: &str) {
        let message = format!("there is no detail-type \"{name}\": \"{meant}\" is meant");
        let found = Found::error(item.span.clone(), Code::MisspeltDetailType, message);
        self.tell(found.fix(Fix::Word {
            from: name.to_owned(),
            to: meant.to_owned(),
        }));
    }

    /// An operator that takes none of the known detail-types.
    fn takes_a_type<'n>(&mut self, item: &Node, mut known: impl Iterator<Item = &'n str> + Clone) {
        let is_any = known.clone().next().is_some();
        let operator = super::operator::compiled(item);
        let is_taken =
            operator.is_none_or(|one| known.any(|name| super::operator::takes(&one, name)));
        if is_any && !is_taken {
            let message = "no known detail-type of this source is like this";
            let found = Found::warning(item.span.clone(), Code::UnknownDetailType, message);
            self.tell(found);
        }
    }

    /// A plain string with a star, which is taken as it is.
    pub(super) fn literal_star(&mut self, item: &Node, text: &str) {
        let message = format!(
            "the star in \"{text}\" is a star and nothing else; for any characters write {{\"wildcard\": \"{text}\"}}"
        );
        self.tell(Found::warning(
            item.span.clone(),
            Code::LiteralStar,
            message,
        ));
    }
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit())
}

/// `eu-west-1`, `us-gov-east-1`
fn is_region(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let Some((number, words)) = parts.split_last() else {
        return false;
    };
    let is_word = |word: &&str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase());
    words.len() >= 2
        && words.iter().all(is_word)
        && !number.is_empty()
        && number.bytes().all(|b| b.is_ascii_digit())
}
