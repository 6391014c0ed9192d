//! Two documents come in, as they are and as they should be; how far they differ goes out, and what a program that
//! reads them would notice.

use crate::walk::{Form, Role, normal, role, root};
use eventbridge_catalog::json::{self, Member, Node};
use std::collections::BTreeMap;

/// How far two documents differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sameness {
    /// They say the same; blanks and line breaks say nothing.
    Same,
    /// Only their parts stand in another order.
    Order,
    /// Only what people read differs, or is ordered otherwise.
    Text,
    /// They describe other events.
    Structure(Vec<Difference>),
}

/// One difference in what two documents describe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Where: `KilnFired.Shelves[].Cone`; empty for the document itself.
    pub place: String,
    /// The keyword that differs there; empty where the whole is new or gone.
    pub keyword: String,
    /// As it is; none where it is new.
    pub old: Option<String>,
    /// As it should be; none where it goes.
    pub new: Option<String>,
}

/// As `+ KilnFired.Cone`, `- KilnFired.Cone` or `~ KilnFired.Cone type: "string" → "integer"`.
impl std::fmt::Display for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = match (&self.old, &self.new) {
            (None, _) => '+',
            (_, None) => '-',
            _ => '~',
        };
        write!(f, "{sign}")?;
        let parts = [&self.place, &self.keyword];
        for part in parts.into_iter().filter(|part| !part.is_empty()) {
            write!(f, " {part}")?;
        }
        match (self.keyword.as_str(), &self.old, &self.new) {
            ("", ..) => Ok(()),
            (_, Some(old), Some(new)) => write!(f, ": {old} → {new}"),
            (_, one, other) => write!(
                f,
                ": {}",
                one.as_ref().or(other.as_ref()).map_or("", |text| text)
            ),
        }
    }
}

/// Compares a document as it is with one as it should be.
pub fn compare(old: &Node, new: &Node) -> Sameness {
    let same = |form| normal(old, form) == normal(new, form);
    if same(Form::Whole) {
        return Sameness::Same;
    }
    if same(Form::Ordered) {
        return Sameness::Order;
    }
    let (old_structure, new_structure) =
        (normal(old, Form::Structure), normal(new, Form::Structure));
    if old_structure == new_structure {
        return Sameness::Text;
    }
    let mut found = Found(Vec::new());
    let place = Place::of_schema(String::new());
    let role = match root(old) == root(new) {
        true => root(new),
        false => Role::Data,
    };
    found.nodes(&place, role, &old_structure, &new_structure);
    Sameness::Structure(found.0)
}

/// So many differences are told; a document may be another altogether.
const MAX_DIFFERENCES: usize = 1_000;

struct Found(Vec<Difference>);

/// Where a part of a document stands: in which field, and under which keyword there.
#[derive(Clone)]
struct Place {
    name: String,
    keyword: String,
}

fn dotted(path: &str, key: &str) -> String {
    let dot = if path.is_empty() { "" } else { "." };
    format!("{path}{dot}{key}")
}

impl Place {
    fn of_schema(name: String) -> Place {
        Place {
            name,
            keyword: String::new(),
        }
    }

    /// What stands under a key of an object that has a role.
    fn below(&self, of: Role, key: &str) -> Place {
        let is_name = of == Role::Schemas;
        let holds_names = matches!(role(of, key), Role::Schemas | Role::Components);
        if is_name {
            return Place::of_schema(dotted(&self.name, key));
        }
        if holds_names {
            return self.clone();
        }
        if role(of, key) == Role::Schema && key == "items" {
            return Place::of_schema(format!("{}[]", self.name));
        }
        Place {
            name: self.name.clone(),
            keyword: dotted(&self.keyword, key),
        }
    }
}

impl Found {
    fn nodes(&mut self, place: &Place, of: Role, old: &Node, new: &Node) {
        let objects = |node: &Node| !node.members().is_empty();
        if self.0.len() >= MAX_DIFFERENCES || old == new {
            return;
        }
        if of != Role::Set && (objects(old) && objects(new) || of == Role::Schemas) {
            return self.members(place, of, old.members(), new.members());
        }
        self.add(place, Some(old), Some(new));
    }

    fn members(&mut self, place: &Place, of: Role, old: &[Member], new: &[Member]) {
        let (old, mut new) = (by_key(old), by_key(new));
        for (key, was) in old {
            let below = place.below(of, key);
            match new.remove(key) {
                Some(is) => self.nodes(&below, role(of, key), was, is),
                None => self.add(&below, Some(was), None),
            }
        }
        for (key, is) in new {
            self.add(&place.below(of, key), None, Some(is));
        }
    }

    fn add(&mut self, place: &Place, old: Option<&Node>, new: Option<&Node>) {
        if self.0.len() < MAX_DIFFERENCES {
            self.0.push(Difference {
                place: place.name.clone(),
                keyword: place.keyword.clone(),
                old: old.map(in_short),
                new: new.map(in_short),
            });
        }
    }
}

fn by_key(members: &[Member]) -> BTreeMap<&str, &Node> {
    let pairs = members.iter();
    pairs
        .map(|member| (member.key.as_str(), &member.node))
        .collect()
}

/// A value on one line, cut where it is long.
fn in_short(node: &Node) -> String {
    const LONGEST: usize = 80;
    let text = json::write(node);
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(detail: &str) -> Node {
        let text = format!(
            r##"{{"openapi": "3.0.0", "info": {{"title": "A"}}, "components": {{"schemas": {{"Kiln": {detail}}}}}}}"##
        );
        json::read_strict(&text).unwrap()
    }

    fn told(old: &str, new: &str) -> Vec<String> {
        match compare(&document(old), &document(new)) {
            Sameness::Structure(found) => found.iter().map(ToString::to_string).collect(),
            other => panic!("{other:?}"),
        }
    }

    const OLD: &str = r#"{"description": "A kiln.", "required": ["Cone", "Heat"], "properties": {"Cone": {"type": "string"}, "description": {"type": "string"}}}"#;

    #[test]
    fn blanks_say_nothing_order_and_text_little() {
        let old = document(OLD);
        assert_eq!(
            compare(&old, &document(&OLD.replace(": ", " :\n "))),
            Sameness::Same
        );
        let order = OLD.replace(r#""Cone", "Heat""#, r#""Heat", "Cone""#);
        assert_eq!(compare(&old, &document(&order)), Sameness::Order);
        let text = order.replace("A kiln.", "An oven.");
        assert_eq!(compare(&old, &document(&text)), Sameness::Text);
    }

    #[test]
    fn a_field_called_description_is_no_text() {
        let new = OLD.replace(
            r#""description": {"type": "string"}"#,
            r#""description": {"type": "integer"}"#,
        );
        assert_eq!(
            told(OLD, &new),
            [r#"~ Kiln.description type: "string" → "integer""#]
        );
    }

    #[test]
    fn a_difference_says_where_it_is() {
        let new = r#"{"required": ["Cone"], "properties": {"Cone": {"type": "string"}, "Shelves": {"type": "array", "items": {"type": "string"}}}}"#;
        assert_eq!(
            told(OLD, new),
            [
                "- Kiln.description",
                "+ Kiln.Shelves",
                r#"~ Kiln required: ["Cone", "Heat"] → ["Cone"]"#
            ]
        );
        let other = new.replace(
            r#""items": {"type": "string"}"#,
            r#""items": {"type": "number"}"#,
        );
        assert_eq!(
            told(new, &other),
            [r#"~ Kiln.Shelves[] type: "string" → "number""#]
        );
    }
}
