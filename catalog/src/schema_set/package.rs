//! `package.json` of a schema set comes in, or nothing; what the packages are called goes out. What one of the
//! three registries of packages would refuse is refused here, with its place.

use super::{PACKAGE, device, read_if_there, service};
use crate::diagnostic::{Diagnostic, shown};
use crate::json::{self, Member, Node};
use crate::model::{Package, RegistryDocuments};
use crate::nearest::did_you_mean;
use crate::text::{self, Lines};
use std::path::Path;

/// The keys of the file.
const KEYS: [&str; 7] = [
    "name",
    "version",
    "description",
    "repository",
    "catalogue",
    "runtime",
    "closed-enums",
];

/// What crates.io takes.
const LONGEST_NAME: usize = 64;

/// What crates.io takes.
const LONGEST_DESCRIPTION: usize = 1000;

/// What cannot name a crate, an npm package or a module of Python: words of the languages, and what they keep.
const TAKEN: &str = "abstract alloc and as assert async await become box break class const continue core crate def \
    del do dyn elif else enum except extern false final finally fn for from global if impl import in is \
    lambda let loop macro match mod move mut node-modules nonlocal not or override pass priv pub raise ref \
    return self static std struct super test trait true try type typeof unsafe unsized use virtual where while \
    with yield";

/// Reads the package of a set with these sources.
pub(super) fn read(schemas: &Path, sources: &[&str]) -> Result<Package, Diagnostic> {
    let file = schemas.join(PACKAGE);
    let said = match read_if_there(&file)? {
        Some(text) => Reader::new(&shown(&file), &text)?.package()?,
        None => Said::default(),
    };
    Ok(Package {
        name: said.name.unwrap_or_else(|| default_name(sources)),
        version: said.version.unwrap_or_else(|| "0.1.0".to_owned()),
        description: said
            .description
            .unwrap_or_else(|| default_description(sources)),
        repository: said.repository,
        catalogue: said.catalogue,
        runtime: said.runtime,
        registry: RegistryDocuments {
            closed_enums: said.closed_enums,
            ..RegistryDocuments::default()
        },
    })
}

/// `aws.sagemaker` → `sagemaker-events`; several sources share a general name.
fn default_name(sources: &[&str]) -> String {
    let own = match sources {
        [source] => format!("{}-events", heck::AsKebabCase(service(source))),
        _ => String::new(),
    };
    match refused_name(&own) {
        None => own,
        Some(_) => "eventbridge-events".to_owned(),
    }
}

/// So many sources are named.
const NAMED: usize = 8;

fn default_description(sources: &[&str]) -> String {
    let mut all = sources[..sources.len().min(NAMED)].join(", ");
    if sources.len() > NAMED {
        all += &format!(" and {} more", sources.len() - NAMED);
    }
    format!("Types of the events that {all} sends to Amazon EventBridge.")
}

/// What the file says.
#[derive(Default)]
struct Said {
    name: Option<String>,
    version: Option<String>,
    description: Option<String>,
    repository: Option<String>,
    catalogue: Option<String>,
    runtime: Option<String>,
    closed_enums: bool,
}

struct Reader<'t> {
    path: &'t str,
    lines: Lines<'t>,
    root: Node,
}

impl<'t> Reader<'t> {
    fn new(path: &'t str, text: &'t str) -> Result<Self, Diagnostic> {
        let lines = Lines::new(text);
        let root = json::read_strict(text)
            .map_err(|error| Diagnostic::error(path, error.message).at(lines.place(error.at)))?;
        Ok(Reader { path, lines, root })
    }

    fn package(&self) -> Result<Said, Diagnostic> {
        if !matches!(self.root.value, json::Value::Object(_)) {
            return Err(self.error(&self.root, "expected an object: { \"name\": \"…\" }"));
        }
        if let Some(odd) = self.root.members().iter().find(|member| !is_known(member)) {
            return Err(self.unknown(odd));
        }
        Ok(Said {
            name: self.text(&self.root, "name", refused_name)?,
            version: self.text(&self.root, "version", refused_version)?,
            description: self.text(&self.root, "description", refused_description)?,
            repository: self.text(&self.root, "repository", refused_address)?,
            catalogue: self.text(&self.root, "catalogue", refused_address)?,
            runtime: self.runtime()?,
            closed_enums: self.closed_enums()?,
        })
    }

    /// `{ "path": "../../runtime" }`
    fn runtime(&self) -> Result<Option<String>, Diagnostic> {
        let Some(runtime) = self.root.get("runtime") else {
            return Ok(None);
        };
        let path = self.text(runtime, "path", refused_path)?;
        let help =
            "say where it is, from the folder of the Rust package: { \"path\": \"../../runtime\" }";
        path.map(Some)
            .ok_or_else(|| self.error(runtime, "the runtime has no `path`").help(help))
    }

    /// Whether documents for a schema registry list all values that there may be.
    fn closed_enums(&self) -> Result<bool, Diagnostic> {
        match self
            .root
            .get("closed-enums")
            .map(|said| (&said.value, said))
        {
            None => Ok(false),
            Some((json::Value::Bool(closed), _)) => Ok(*closed),
            Some((_, said)) => {
                let help = "true: documents for a schema registry refuse a value that nobody has documented";
                Err(self.error(said, "expected true or false").help(help))
            }
        }
    }

    /// The string at a key, unless there is none; `refused` says what would refuse it.
    fn text(
        &self,
        node: &Node,
        key: &str,
        refused: fn(&str) -> Option<&'static str>,
    ) -> Result<Option<String>, Diagnostic> {
        let Some(value) = node.get(key) else {
            return Ok(None);
        };
        let Some(text) = value.as_str() else {
            return Err(self.error(value, format!("the {key} must be a string")));
        };
        match refused(text) {
            None => Ok(Some(text.to_owned())),
            Some(help) => {
                let message = format!("{} cannot be the {key}", json::quote(text));
                let found = self.error(value, message).wide(value.span.len());
                Err(found.help(help))
            }
        }
    }

    fn unknown(&self, member: &Member) -> Diagnostic {
        let meant = did_you_mean(&member.key, KEYS.into_iter());
        let place = self.lines.place(member.key_span.start);
        let message = format!("{} says nothing of packages", json::quote(&member.key));
        let help = meant.unwrap_or_else(|| format!("there are {}", KEYS.join(", ")));
        Diagnostic::error(self.path, message).at(place).help(help)
    }

    fn error(&self, node: &Node, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(self.path, message).at(self.lines.place(node.span.start))
    }
}

fn is_known(member: &Member) -> bool {
    KEYS.contains(&member.key.as_str())
}

fn refused_name(name: &str) -> Option<&'static str> {
    let word = |word: &str| {
        !word.is_empty()
            && word
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    let is_name = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.split('-').all(word)
        && name.len() <= LONGEST_NAME
        && !TAKEN.split_whitespace().any(|taken| taken == name)
        && !device(name);
    let help = "use words of lower-case letters and digits with `-` between them, a letter first, at most 64 \
                characters: sagemaker-events";
    (!is_name).then_some(help)
}

/// Cargo and npm take what semver allows, PyPI only `alpha`, `beta` and `rc` of what stands behind the numbers.
fn refused_version(version: &str) -> Option<&'static str> {
    let number = |text: &str| {
        let is_short = text == "0" || !text.starts_with('0') && text.len() <= 9;
        is_short && !text.is_empty() && text.chars().all(|c| c.is_ascii_digit())
    };
    let (release, before) = match version.split_once('-') {
        Some((release, before)) => (release, Some(before)),
        None => (version, None),
    };
    let stage = |before: &str| {
        let stage = before.split_once('.');
        stage.is_some_and(|(stage, at)| ["alpha", "beta", "rc"].contains(&stage) && number(at))
    };
    let is_version = release.split('.').count() == 3
        && release.split('.').all(number)
        && before.is_none_or(stage);
    let help = "use three numbers, and alpha, beta or rc with a number behind them if need be: 1.4.0, 2.0.0-rc.1";
    (!is_version).then_some(help)
}

fn refused_description(text: &str) -> Option<&'static str> {
    let is_sentence = !text.trim().is_empty()
        && text.chars().count() <= LONGEST_DESCRIPTION
        && !text.contains(text::is_unseen);
    let help = "use one line of at most 1000 characters, without any that are not seen";
    (!is_sentence).then_some(help)
}

fn refused_address(text: &str) -> Option<&'static str> {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    let inner = |c: char| c.is_ascii_graphic() && !"\"<>\\^`{|}".contains(c);
    let is_address = rest.is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_ascii_alphanumeric()) && rest.chars().all(inner)
    });
    (!is_address).then_some("use an address of the web: https://github.com/somebody/events")
}

fn refused_path(text: &str) -> Option<&'static str> {
    let is_path = !text.is_empty() && !text.contains(text::is_unseen) && !text.contains('\\');
    (!is_path).then_some("use a path with `/`: ../../runtime")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn what_a_registry_of_packages_refuses_is_refused() {
        for name in ["kiln-events", "k2", "a-1"] {
            assert_eq!(refused_name(name), None, "{name}");
        }
        for name in [
            "", "Kiln", "3d", "a--b", "a-", "con", "import", "a_b", "a\"b",
        ] {
            assert!(refused_name(name).is_some(), "{name}");
        }
        for version in ["0.1.0", "12.0.3", "1.0.0-rc.1"] {
            assert_eq!(refused_version(version), None, "{version}");
        }
        for version in [
            "1", "1.2", "01.2.3", "1.2.3-x", "1.2.3+b", "v1.2.3", "1.2.3\n", "1.2.-3",
        ] {
            assert!(refused_version(version).is_some(), "{version}");
        }
        for text in ["", " ", "a\nb", "a\u{202e}b"] {
            assert!(refused_description(text).is_some(), "{text:?}");
        }
        for address in [
            "javascript:x",
            "https://",
            "https://a b",
            "https://a>",
            "https://a\n",
        ] {
            assert!(refused_address(address).is_some(), "{address}");
        }
        assert_eq!(refused_address("https://example.com/a?b=c#d"), None);
    }

    #[test]
    fn a_set_may_ask_for_closed_enums() {
        let said = |text| Reader::new("package.json", text).and_then(|reader| reader.package());
        let closed = |text| said(text).map(|said| said.closed_enums).ok();
        assert_eq!(closed("{}"), Some(false));
        assert_eq!(closed("{ \"closed-enums\": true }"), Some(true));
        let problem = said("{\n  \"closed-enums\": 1\n}")
            .err()
            .unwrap()
            .to_string();
        assert!(problem.contains("package.json:2:19"), "{problem}");
    }

    #[test]
    fn without_a_file_the_sources_name_the_packages() {
        assert_eq!(default_name(&["my.kiln"]), "kiln-events");
        assert_eq!(default_name(&["my.3d"]), "eventbridge-events");
        assert_eq!(default_name(&["my.kiln", "my.lid"]), "eventbridge-events");
    }
}
