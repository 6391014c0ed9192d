//! Documents come in, CloudFormation templates that register them go out: so many a dialect that each is small enough to
//! be deployed without a bucket.

use super::{Dialect, Document};
use crate::file::STAMP;
use crate::names::Names;
use crate::{Emitted, File, Unsaid};
use eventbridge_catalog::json::{compact, quote};
use eventbridge_catalog::model::Package;

/// How many bytes CloudFormation takes as the body of a template.
const MAX_TEMPLATE: usize = 51_200;

/// So many schemas are written at once: 75 met "Rate exceeded".
const AT_ONCE: usize = 5;

/// The most parts that a dialect is split into.
const MAX_PARTS: usize = 512;

/// The resource of the registry itself.
const REGISTRY: &str = "Registry";

/// The templates, below `registry/cloudformation/`.
pub(super) fn templates(package: &Package, documents: &[&Document<'_>]) -> Emitted {
    let mut emitted = Emitted::default();
    for dialect in Dialect::ALL {
        let mut ids = Names::reserving([REGISTRY]);
        let mut resources = Vec::new();
        for document in documents.iter().filter(|found| found.dialect == dialect) {
            let resource = Resource::new(document, &mut ids);
            match head(package, dialect, 0).len() + resource.size() <= MAX_TEMPLATE {
                true => resources.push(resource),
                false => emitted.unsaid.push(too_large(document)),
            }
        }
        emitted.files.extend(parts(package, dialect, &resources));
    }
    emitted
}

fn too_large(document: &Document<'_>) -> Unsaid {
    let message = format!(
        "its {} document is in no CloudFormation template: alone it would take more than {MAX_TEMPLATE} bytes of one",
        document.dialect.folder()
    );
    Unsaid::of(document.event, message)
}

/// A schema as a resource.
struct Resource {
    id: String,
    name: String,
    properties: String,
}

impl Resource {
    fn new(document: &Document<'_>, ids: &mut Names) -> Resource {
        let letters = |c: &char| c.is_ascii_alphanumeric();
        let id: String = document.event.name.chars().filter(letters).collect();
        let id = ids.claim(&[if id.is_empty() { "Event" } else { &id }]);
        let content = compact(&document.content).replace('\'', "''");
        let properties = format!(
            "      SchemaName: {}\n      Type: {}\n      Content: '{content}'\n",
            quote(&document.name),
            document.dialect.name(),
        );
        Resource {
            id,
            name: document.name.clone(),
            properties,
        }
    }

    /// How many bytes it takes at most, with the resource that it waits for.
    fn size(&self) -> usize {
        const FRAME: usize = 256;
        self.properties.len() + 2 * self.id.len() + FRAME
    }
}

/// The templates of a dialect, as few as hold its schemas. Who deploys them in their order can always do so: where one more
/// is needed, schemas move into that last one alone.
fn parts(package: &Package, dialect: Dialect, resources: &[Resource]) -> Vec<File> {
    let room = MAX_TEMPLATE.saturating_sub(head(package, dialect, 0).len());
    let all = (1..=MAX_PARTS).map(|parts| split(resources, parts));
    let fits = |all: &Vec<Vec<&Resource>>| all.iter().all(|part| size(part) <= room);
    let all = all.into_iter().find(fits).unwrap_or_default();
    let numbered = all.iter().enumerate();
    let wanted = numbered.filter(|(index, part)| *index == 0 || !part.is_empty());
    let files = wanted.map(|(index, part)| File {
        path: format!(
            "registry/cloudformation/{}-{}.yaml",
            dialect.folder(),
            index + 1
        ),
        text: template(package, dialect, index, part),
    });
    match resources {
        [] => Vec::new(),
        _ => files.collect(),
    }
}

fn size(part: &[&Resource]) -> usize {
    part.iter().map(|resource| resource.size()).sum()
}

fn split(resources: &[Resource], parts: usize) -> Vec<Vec<&Resource>> {
    let mut all = vec![Vec::new(); parts];
    for resource in resources {
        if let Some(part) = all.get_mut(part_of(&resource.name, parts)) {
            part.push(resource);
        }
    }
    all
}

/// The part that weighs most for a name: what other parts weigh does not change when there is one more.
fn part_of(name: &str, parts: usize) -> usize {
    (0..parts)
        .max_by_key(|part| weight(name, *part))
        .unwrap_or_default()
}

/// FNV-1a, mixed once more, so that its last bytes count as much as the first.
fn weight(name: &str, part: usize) -> u64 {
    let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let part = part.to_string();
    let hash = name
        .bytes()
        .chain(part.bytes())
        .fold(0xcbf2_9ce4_8422_2325, mix);
    (hash ^ hash >> 32).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

fn template(package: &Package, dialect: Dialect, index: usize, resources: &[&Resource]) -> String {
    let mut text = head(package, dialect, index);
    let registry = match index {
        0 => "!If [CreateRegistry, !GetAtt Registry.RegistryName, !Ref RegistryName]",
        _ => "!Ref RegistryName",
    };
    for (at, resource) in resources.iter().enumerate() {
        let before = at.checked_sub(AT_ONCE).and_then(|at| resources.get(at));
        let waits = before.map(|before| format!("    DependsOn: {}\n", before.id));
        text += &format!(
            "  {}:\n    Type: AWS::EventSchemas::Schema\n{}    Properties:\n      RegistryName: {registry}\n{}",
            resource.id,
            waits.unwrap_or_default(),
            resource.properties
        );
    }
    text
}

/// All but the schemas. The first part makes the registry, where there is none.
fn head(package: &Package, dialect: Dialect, index: usize) -> String {
    let about = format!(
        "Event schemas of {} as {}, part {}.",
        package.name,
        dialect.name(),
        index + 1
    );
    let registry = registry_name(package, dialect);
    let mut text = format!(
        "# {STAMP}\nAWSTemplateFormatVersion: \"2010-09-09\"\nDescription: {}\nParameters:\n  RegistryName:\n    Type: String\n    Default: {registry}\n",
        quote(&about)
    );
    text += match index {
        0 => FIRST,
        _ => "Resources:\n",
    };
    text
}

/// What the registry of a dialect is called, unless somebody says otherwise: a name holds one document, so each dialect
/// has a registry of its own.
pub(super) fn registry_name(package: &Package, dialect: Dialect) -> String {
    const LONGEST: usize = 64;
    let room = LONGEST - 1 - dialect.folder().len();
    let package: String = package.name.chars().take(room).collect();
    format!("{package}-{}", dialect.folder())
}

const FIRST: &str = r#"  CreateRegistry:
    Type: String
    AllowedValues: ["true", "false"]
    Default: "true"
Conditions:
  CreateRegistry: !Equals [!Ref CreateRegistry, "true"]
Resources:
  Registry:
    Type: AWS::EventSchemas::Registry
    Condition: CreateRegistry
    Properties:
      RegistryName: !Ref RegistryName
"#;
