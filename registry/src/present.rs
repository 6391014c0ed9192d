//! Names of registries come in; what they hold goes out.

mod saved;
mod schema;

pub use schema::PresentSchema;

use crate::api::{self, Call, Failure, FailureKind, ListRegistries, Registries, RegistryInput};
use crate::arn;
use crate::calls::Calls;
use crate::in_flight;
use eventbridge_catalog::diagnostic::Diagnostic;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What stands in registries.
#[derive(Clone, Debug, Default)]
pub struct Present {
    /// By name: the schemas of a registry; none where there is no such registry.
    pub registries: BTreeMap<String, Option<BTreeMap<String, PresentSchema>>>,
    /// How many registries the account has; told only where one is missing.
    pub in_account: Option<usize>,
}

/// A schema, and the registry that lists it.
type Listed<'n> = (&'n String, api::SchemaSummary);

impl Present {
    /// What stands under a name in a registry.
    pub fn schema(&self, registry: &str, name: &str) -> Option<&PresentSchema> {
        self.registries.get(registry)?.as_ref()?.get(name)
    }

    /// Reads registries: `only` says which schemas of one are asked for, where not all are.
    ///
    /// # Errors
    ///
    /// The first call that is not answered.
    pub fn read(
        calls: &Calls<'_>,
        names: &BTreeSet<String>,
        only: &(dyn Fn(&str, &str) -> bool + Sync),
    ) -> Result<Present, Failure> {
        let (mut present, wanted) = Present::listed(calls, names, only)?;
        present.add_contents(calls, wanted)?;
        if present.registries.values().any(Option::is_none) {
            present.in_account = Some(count(calls)?);
        }
        Ok(present)
    }

    /// The registries without their schemas, and beside them the schemas that are asked for.
    fn listed<'n>(
        calls: &Calls<'_>,
        names: &'n BTreeSet<String>,
        only: &(dyn Fn(&str, &str) -> bool + Sync),
    ) -> Result<(Present, Vec<Listed<'n>>), Failure> {
        let names: Vec<&String> = names.iter().collect();
        let width = calls.manners().in_flight;
        let listed = in_flight::try_each(&names, width, |name| listed(calls, name))?;
        let mut present = Present::default();
        let mut wanted = Vec::new();
        for (name, listed) in names.into_iter().zip(listed) {
            let schemas = listed.iter().flatten();
            let chosen = schemas.filter(|schema| only(name, &schema.schema_name));
            wanted.extend(chosen.map(|schema| (name, schema.clone())));
            present
                .registries
                .insert(name.clone(), listed.map(|_| BTreeMap::new()));
        }
        Ok((present, wanted))
    }

    fn add_contents(&mut self, calls: &Calls<'_>, wanted: Vec<Listed<'_>>) -> Result<(), Failure> {
        let width = calls.manners().in_flight;
        let read = in_flight::try_each(&wanted, width, |(registry, schema)| {
            api::describe(calls, registry, &schema.schema_name, None)
        })?;
        for ((registry, summary), read) in wanted.into_iter().zip(read) {
            let schemas = self.registries.get_mut(registry).and_then(Option::as_mut);
            if let (Some(schemas), Some(schema)) = (schemas, read) {
                let schema = PresentSchema::answered(schema, summary.version_count);
                schemas.insert(summary.schema_name, schema);
            }
        }
        Ok(())
    }

    /// Reads files: documents as they were pulled, or as `DescribeSchema` answers them, in a folder for each registry;
    /// where there is one registry, in the folder itself.
    ///
    /// # Errors
    ///
    /// What cannot be read, and what names no schema.
    pub fn from_folder(
        folder: &Path,
        names: &BTreeSet<String>,
    ) -> Result<Present, Vec<Diagnostic>> {
        let mut present = Present::default();
        for name in names {
            let plain = arn::registry(name);
            let own = folder.join(plain);
            let only = names.len() == 1;
            let schemas = match own.is_dir() {
                true => Some(saved::schemas(&own, plain)?),
                false if only => Some(saved::schemas(folder, plain)?),
                false => None,
            };
            present.registries.insert(name.clone(), schemas);
        }
        Ok(present)
    }
}

fn listed(calls: &Calls<'_>, name: &str) -> Result<Option<Vec<api::SchemaSummary>>, Failure> {
    let registry = Call::DescribeRegistry(RegistryInput {
        registry_name: name.to_owned(),
    });
    match api::ask::<Value>(calls, &registry) {
        Ok(_) => api::list_schemas(calls, name, None).map(Some),
        Err(failure) if failure.kind == FailureKind::NotFound => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// How many registries the account has of its own.
fn count(calls: &Calls<'_>) -> Result<usize, Failure> {
    let page = |next_token| {
        Call::ListRegistries(ListRegistries {
            scope: Some("LOCAL".to_owned()),
            next_token,
        })
    };
    let pages = api::all_pages(calls, page, |page: &Registries| page.next_token.clone())?;
    Ok(pages.iter().map(|page| page.registries.len()).sum())
}
