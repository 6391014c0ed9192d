//! Who says a fact, and where it stands: the kinds of evidence and their places.

use super::{EventType, Field, KnownValue};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Where a fact stands. Ordered as evidence is believed: what arrived, then what pages show, then what
/// the Schema Registry says, then what pages no longer say, then what the API model says, then what is only listed.
///
/// As text: `id-2025.txt:31`, `delivery:ea37ccbb-5e2b-05e9-4073-1daa7c940304`,
/// `registry:aws.sagemaker@SageMakerModelStateChange`, `formerly:en.md@2020-08`, `api:DescribeModelOutput.ModelName`,
/// `list:EventBridge Events Reference`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Evidence {
    /// What kind of evidence it is.
    pub origin: Origin,
    /// The page's file name, with its date behind `@` if it is a former edition, the id of the event that arrived, the registry's name of the schema, the
    /// shape and member of the API model, or what the list is called.
    pub name: String,
    /// The line in a page, from 1; the other kinds have none.
    pub line: Option<usize>,
}

/// The kinds of evidence, the most believed first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// An event that arrived.
    Delivery,
    /// A documentation page.
    Page,
    /// A document of the Schema Registry.
    Registry,
    /// An edition of a page that another has taken the place of: what it alone says is no longer documented.
    Formerly,
    /// The model of the service's API.
    Api,
    /// A list of detail-types: it tells that an event is, and nothing of its detail.
    List,
}

impl Origin {
    /// All kinds, the most believed first.
    pub const ALL: [Origin; 6] = [
        Origin::Delivery,
        Origin::Page,
        Origin::Registry,
        Origin::Formerly,
        Origin::Api,
        Origin::List,
    ];

    /// The name in evidence: `registry`.
    pub fn name(self) -> &'static str {
        match self {
            Origin::Delivery => "delivery",
            Origin::Page => "page",
            Origin::Registry => "registry",
            Origin::Formerly => "formerly",
            Origin::Api => "api",
            Origin::List => "list",
        }
    }

    /// Whether it tells that an event or a field is, today.
    pub fn is_present(self) -> bool {
        !matches!(self, Origin::Formerly | Origin::Api)
    }

    /// Whether it shows events themselves, not what somebody says of them.
    pub fn shows_events(self) -> bool {
        matches!(self, Origin::Delivery | Origin::Page)
    }
}

impl Evidence {
    /// A line of a page.
    pub fn page(page: impl Into<String>, line: usize) -> Self {
        Evidence {
            origin: Origin::Page,
            name: page.into(),
            line: Some(line),
        }
    }

    /// An edition of a page that is no longer the newest, with its date where it is known.
    pub fn former_page(page: &str, date: Option<&str>) -> Self {
        let page = page.replace(": ", ":"); // what parts a place from what stands there
        let name = match date {
            Some(date) => format!("{page}@{date}"),
            None => page,
        };
        Evidence::named(Origin::Formerly, name)
    }

    /// The date of a former edition.
    pub fn former_date(&self) -> Option<&str> {
        let (_, date) = self.name.rsplit_once('@')?;
        (self.origin == Origin::Formerly).then_some(date)
    }

    /// Evidence that has no lines.
    pub fn named(origin: Origin, name: impl Into<String>) -> Self {
        Evidence {
            origin,
            name: name.into(),
            line: None,
        }
    }

    /// Reads `id-2025.txt:31: string Completed`: where, and what stands there.
    pub fn parse_fact(fact: &str) -> Option<(Evidence, &str)> {
        let unlined = |origin: &Origin| *origin != Origin::Page;
        for origin in Origin::ALL.into_iter().filter(unlined) {
            if let Some(rest) = fact
                .strip_prefix(origin.name())
                .and_then(|rest| rest.strip_prefix(':'))
            {
                let (name, says) = rest.split_once(": ")?;
                return Some((Evidence::named(origin, name), says));
            }
        }
        fact.match_indices(": ").find_map(|(at, _)| {
            let (page, line) = fact[..at].rsplit_once(':')?;
            Some((Evidence::page(page, line.parse().ok()?), &fact[at + 2..]))
        })
    }
}

/// Whether former editions of pages alone say something, and perhaps the model of an API, which names nothing.
fn only_former(evidence: &[Evidence]) -> bool {
    let mut sites = evidence.iter();
    let former = evidence.iter().any(|site| site.origin == Origin::Formerly);
    former && sites.all(|site| !site.origin.is_present())
}

impl EventType {
    /// Whether it is no longer documented.
    pub fn is_former(&self) -> bool {
        only_former(&self.evidence)
    }
}

impl Field {
    /// Whether it is no longer documented.
    pub fn is_former(&self) -> bool {
        only_former(&self.evidence)
    }

    /// Whether something is missing where an event has it not.
    pub fn is_expected(&self) -> bool {
        self.required && !self.is_former()
    }
}

impl KnownValue {
    /// Whether it is no longer documented.
    pub fn is_former(&self) -> bool {
        only_former(&self.evidence)
    }
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}", self.name),
            None => write!(f, "{}:{}", self.origin.name(), self.name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_read_back() {
        let sites = [
            Evidence::page("a page: 2.md", 31),
            Evidence::named(Origin::Delivery, "ea37ccbb"),
            Evidence::named(Origin::Registry, "my.kiln@KilnFired"),
            Evidence::named(Origin::Api, "DescribeKiln.Name"),
            Evidence::former_page("kilns: 2.md", Some("2020-08")),
            Evidence::named(Origin::List, "Kiln Events"),
        ];
        for site in sites {
            let fact = format!("{site}: string a: b:3: c");
            assert_eq!(
                Evidence::parse_fact(&fact),
                Some((site.clone(), "string a: b:3: c"))
            );
        }
        assert_eq!(Evidence::parse_fact("nothing"), None);
        assert_eq!(Evidence::parse_fact("page:x: y"), None);
    }
}
