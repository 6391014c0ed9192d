//! Pages and deliveries come in, each with its name; what is learned of them goes out, one line for each event:
//! `Mill Started: {millId: string, state: [idle, grinding]}`. Words in brackets are known values.

use eventbridge_catalog::files;
use eventbridge_catalog::json::{self, Node};
use eventbridge_learn::{Deliveries, Evidence, Learned, PageReport, input, learn, reading};
use std::path::Path;

/// What a page says.
pub(crate) fn page(name: &str, text: &str) -> PageReport {
    reading::read(name, text).unwrap()
}

/// Learns pages one by one into a folder.
#[allow(dead_code)]
pub(crate) fn learn_pages(schemas: &Path, pages: &[(&str, &str)]) -> Vec<Learned> {
    let one = |(name, text): &(&str, &str)| learn_into(schemas, Evidence::Page(page(name, text)));
    pages.iter().map(one).collect()
}

pub(crate) fn learn_into(schemas: &Path, evidence: Evidence) -> Learned {
    let learned = learn(schemas, &[evidence]);
    files::apply(schemas, &learned.changes).unwrap();
    learned
}

/// What deliveries show.
#[allow(dead_code)]
pub(crate) fn deliveries(text: &str) -> Evidence {
    let mut deliveries = Deliveries::default();
    deliveries.read("deliveries", text.as_bytes()).unwrap();
    Evidence::Shapes(deliveries.shapes())
}

/// The events of pages that are learned together.
#[allow(dead_code)]
pub(crate) fn events(pages: &[(&str, &str)]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    learn_pages(folder.path(), pages);
    events_in(folder.path())
}

/// The events of a set.
pub(crate) fn events_in(schemas: &Path) -> Vec<String> {
    let mut events = Vec::new();
    for file in input::files(schemas).unwrap() {
        let text = std::fs::read_to_string(&file).unwrap();
        let schema = json::read_strict(&text).unwrap();
        if let Some(title) = text_of(&schema, "title") {
            let detail = schema.get("properties").unwrap().get("detail").unwrap();
            let definitions = schema.get("definitions").unwrap();
            events.push(format!("{title}: {}", shown(detail, definitions)));
        }
    }
    events.sort();
    events
}

fn text_of<'n>(node: &'n Node, key: &str) -> Option<&'n str> {
    node.get(key)?.as_str()
}

fn texts<'n>(node: &'n Node, key: &str) -> Option<Vec<&'n str>> {
    let items = node.get(key)?.items().iter();
    Some(items.filter_map(Node::as_str).collect())
}

fn shown(node: &Node, definitions: &Node) -> String {
    if let Some(reference) = text_of(node, "$ref") {
        let name = reference.rsplit('/').next().unwrap();
        return shown(definitions.get(name).unwrap(), definitions);
    }
    if let Some(values) = texts(node, "x-known-values") {
        return format!("[{}]", values.join(", "));
    }
    if let Some(forms) = texts(node, "x-wire-forms") {
        return format!("instant({})", forms.join("|"));
    }
    if let Some(types) = node.get("anyOf") {
        let types = types.items().iter();
        let types = types.filter(|ty| text_of(ty, "type") != Some("null"));
        let types: Vec<String> = types.map(|ty| shown(ty, definitions)).collect();
        return types.join("|");
    }
    let types = match text_of(node, "type") {
        Some(ty) => vec![ty],
        None => texts(node, "type").unwrap_or_default(),
    };
    let types = types.into_iter().filter(|ty| *ty != "null");
    let one = |ty: &str| match ty {
        "object" if node.get("additionalProperties").is_some() => "map".to_owned(),
        "object" => object(node, definitions),
        "array" => {
            let items = node.get("items");
            format!(
                "list of {}",
                items.map_or("?".to_owned(), |items| shown(items, definitions))
            )
        }
        ty => ty.to_owned(),
    };
    let types: Vec<String> = types.map(one).collect();
    match types.is_empty() {
        true => "?".to_owned(),
        false => types.join("|"),
    }
}

fn object(node: &Node, definitions: &Node) -> String {
    let fields = node.get("properties").map_or(&[][..], Node::members);
    let fields = fields.iter().map(|member| {
        let when = member.node.get("x-present-when").map(|when| {
            let is = when.get("is").unwrap();
            let is = match is.as_str() {
                Some(one) => one.to_owned(),
                None => Vec::from_iter(is.items().iter().flat_map(Node::as_str)).join(" or "),
            };
            format!(" when {} is {is}", text_of(when, "field").unwrap())
        });
        let shown = shown(&member.node, definitions);
        format!("{}: {shown}{}", member.key, when.unwrap_or_default())
    });
    format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
}
