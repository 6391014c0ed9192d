//! `registry-names.json` of a schema set comes in, with the events that there are; what the schema of each is called in a
//! schema registry goes out. An event keeps its name: who comes later goes out of its way, and a name whose event is
//! gone stays taken, as a registry may hold that event still.

use super::read_if_there;
use crate::diagnostic::{Diagnostic, shown};
use crate::json::{self, Member, Node};
use crate::model::RegistryNames;
use crate::text::Lines;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The file of a schema set that keeps the names. Without it, names follow from the events.
pub const REGISTRY_NAMES: &str = "registry-names.json";

/// The stamp of the file.
pub const STAMP: &str = "Kept by `cargo codegen learn`: what each event's schema is called in a registry. A name once given stays.";

/// The longest name that people can write into infrastructure code.
const LONGEST: usize = 385;

impl RegistryNames {
    /// Reads the names that a set keeps.
    ///
    /// # Errors
    ///
    /// A file that does not say what it should, a name that no registry takes, and one name of two events.
    pub fn read(schemas: &Path) -> Result<RegistryNames, Diagnostic> {
        let file = schemas.join(REGISTRY_NAMES);
        match read_if_there(&file)? {
            Some(text) => Reader {
                path: &shown(&file),
                lines: Lines::new(&text),
            }
            .names(&text),
            None => Ok(RegistryNames::default()),
        }
    }

    /// The names with those of all these events, each a source and a detail-type, in whatever order: who has a name keeps
    /// it, all others get the one that AWS would give. Where that is taken, a number goes behind it.
    pub fn with<'e>(&self, events: impl IntoIterator<Item = (&'e str, &'e str)>) -> RegistryNames {
        let mut names = self.clone();
        let mut taken: BTreeSet<String> = self.all().map(str::to_ascii_lowercase).collect();
        let events = events.into_iter();
        let new: BTreeSet<(&str, &str)> = events
            .filter(|(source, detail_type)| self.name(source, detail_type).is_none())
            .collect();
        for (source, detail_type) in new {
            let rule = rule(source, detail_type);
            let numbered = (2_usize..).map(|number| format!("{rule}{number}"));
            let mut candidates = std::iter::once(rule.clone()).chain(numbered);
            let name = candidates.find(|name| taken.insert(name.to_ascii_lowercase()));
            let of_source = names.names.entry(source.to_owned()).or_default();
            of_source.insert(detail_type.to_owned(), name.unwrap_or_default());
        }
        names
    }

    /// The names without those of events that never were: what was called so by a slip.
    pub fn without(&self, ended: &[(&str, &str)]) -> RegistryNames {
        let mut names = self.clone();
        for (source, detail_type) in ended {
            if let Some(of_source) = names.names.get_mut(*source) {
                of_source.remove(*detail_type);
            }
        }
        names
    }

    /// As the file keeps them.
    pub fn write(&self) -> String {
        let stamp = ("$comment".to_owned(), STAMP.into());
        let sources = self.names.iter().map(|(source, names)| {
            let names = names
                .iter()
                .map(|(event, name)| (event.as_str(), Node::string(name)));
            (source.clone(), Node::object(names))
        });
        json::write(&Node::object([stamp].into_iter().chain(sources)))
    }

    fn all(&self) -> impl Iterator<Item = &str> {
        self.names
            .values()
            .flat_map(BTreeMap::values)
            .map(String::as_str)
    }
}

/// The name that AWS gives the schema of an event: `aws.sagemaker@SageMakerTrainingJobStateChange`.
pub fn rule(source: &str, detail_type: &str) -> String {
    let allowed = |c: char| if is_allowed(c) && c != '@' { c } else { '-' };
    let source: String = source.chars().map(allowed).collect();
    format!("{source}@{}", title(detail_type))
}

/// The words of a detail-type, each with its first letter raised, without what stands between them.
pub fn title(detail_type: &str) -> String {
    detail_type
        .split(|c: char| !c.is_ascii_alphanumeric())
        .map(raised)
        .collect()
}

fn raised(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(|first| first.to_ascii_uppercase())
        .into_iter()
        .chain(letters)
        .collect()
}

fn is_allowed(c: char) -> bool {
    c.is_ascii_alphanumeric() || ".-_@".contains(c)
}

fn refused(name: &str) -> Option<&'static str> {
    let is_name = !name.is_empty() && name.len() <= LONGEST && name.chars().all(is_allowed);
    let help = "use letters, digits and . - _ @, at most 385 of them: my.kiln@KilnFired";
    (!is_name).then_some(help)
}

struct Reader<'t> {
    path: &'t str,
    lines: Lines<'t>,
}

impl Reader<'_> {
    fn names(&self, text: &str) -> Result<RegistryNames, Diagnostic> {
        let root = json::read_strict(text).map_err(|error| {
            Diagnostic::error(self.path, error.message).at(self.lines.place(error.at))
        })?;
        let sources = self.members(&root, "{ \"my.kiln\": { … } }")?;
        let mut names = RegistryNames::default();
        let mut owners: BTreeMap<String, String> = BTreeMap::new();
        for source in sources.iter().filter(|source| source.key != "$comment") {
            let of_source = names.names.entry(source.key.clone()).or_default();
            let example = "{ \"Kiln Fired\": \"my.kiln@KilnFired\" }";
            for event in self.members(&source.node, example)? {
                let name = self.name(event)?;
                if let Some(owner) = owners.insert(name.to_ascii_lowercase(), event.key.clone()) {
                    let message = format!("`{name}` is the name of `{owner}` already");
                    let help = "a registry holds one event under a name; give one of them another, the one that no \
                                registry holds yet";
                    return Err(self.error(&event.node, message).help(help));
                }
                of_source.insert(event.key.clone(), name.to_owned());
            }
        }
        Ok(names)
    }

    fn members<'n>(&self, node: &'n Node, example: &str) -> Result<&'n [Member], Diagnostic> {
        match &node.value {
            json::Value::Object(members) => Ok(members),
            _ => Err(self.error(node, format!("expected an object: {example}"))),
        }
    }

    fn name<'n>(&self, event: &'n Member) -> Result<&'n str, Diagnostic> {
        let name = event.node.as_str().unwrap_or_default();
        match refused(name) {
            None => Ok(name),
            Some(help) => {
                let message = format!("a schema of `{}` cannot be called so", event.key);
                Err(self.error(&event.node, message).help(help))
            }
        }
    }

    fn error(&self, node: &Node, message: impl Into<String>) -> Diagnostic {
        let found = Diagnostic::error(self.path, message).at(self.lines.place(node.span.start));
        found.wide(node.span.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(detail_type: &str) -> (&str, &str) {
        ("my.kiln", detail_type)
    }

    fn named(names: &RegistryNames, detail_type: &str) -> String {
        names.name("my.kiln", detail_type).unwrap_or("-").to_owned()
    }

    fn read(text: &str) -> Result<RegistryNames, Diagnostic> {
        Reader {
            path: "registry-names.json",
            lines: Lines::new(text),
        }
        .names(text)
    }

    #[test]
    fn a_newcomer_goes_out_of_the_way() {
        let first = RegistryNames::default().with([event("Kiln fired")]);
        let names = first.with(["Kiln-Fired", "Kiln fired", "KILN Fired"].map(event));
        assert_eq!(named(&names, "Kiln fired"), "my.kiln@KilnFired");
        assert_eq!(named(&names, "KILN Fired"), "my.kiln@KILNFired2");
        assert_eq!(named(&names, "Kiln-Fired"), "my.kiln@KilnFired3");
    }

    #[test]
    fn names_do_not_depend_on_order() {
        let events = ["Kiln-Fired", "Kiln Fired", "KilnFired", "Lid Shut"].map(event);
        let backwards = events.iter().rev().copied();
        let names = RegistryNames::default().with(events);
        assert_eq!(names, RegistryNames::default().with(backwards));
        assert_eq!(names, names.with(events), "naming again changes nothing");
    }

    #[test]
    fn the_name_of_an_event_that_is_gone_stays_taken() {
        let names = RegistryNames::default().with([event("Kiln Fired")]);
        let names = names.with([event("Kiln-Fired")]);
        assert_eq!(named(&names, "Kiln-Fired"), "my.kiln@KilnFired2");
        assert_eq!(named(&names, "Kiln Fired"), "my.kiln@KilnFired");
    }

    #[test]
    fn what_was_a_slip_gives_its_name_back() {
        let (slip, right) = (event("KilnFired"), event("Kiln Fired"));
        let names = RegistryNames::default()
            .with([slip])
            .without(&[slip])
            .with([right]);
        assert_eq!(named(&names, "Kiln Fired"), "my.kiln@KilnFired");
        assert_eq!(named(&names, "KilnFired"), "-");
    }

    #[test]
    fn what_is_written_is_read_again() {
        let names = RegistryNames::default().with(["Kiln \"Fired\"", "Lid Shut"].map(event));
        assert_eq!(read(&names.write()), Ok(names));
    }

    #[test]
    fn a_name_of_another_event_is_refused_with_its_place() {
        let twice = "{\n  \"my.kiln\": {\n    \"Lit\": \"my.kiln@Lit\",\n    \"LIT\": \"my.kiln@LIT\"\n  }\n}\n";
        let problem = read(twice).unwrap_err().to_string();
        assert!(problem.contains("registry-names.json:4:12"), "{problem}");
        assert!(
            problem.contains("is the name of `Lit` already"),
            "{problem}"
        );
        for odd in [
            "[]",
            "{ \"a\": 1 }",
            "{ \"a\": { \"b\": 1 } }",
            "{ \"a\": { \"b\": \"c/d\" } }",
            "{",
        ] {
            assert!(read(odd).is_err(), "{odd}");
        }
    }
}
