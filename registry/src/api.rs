//! The operations of the Schema Registry that exporting needs come in as [`Call`]s; what is answered, or why nothing
//! is, goes out. Names are the API's own, so that a call is its own wire form.

pub use crate::failure::{Failure, FailureKind};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// One call. The registry may be named by its ARN.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "operation", content = "input")]
#[allow(missing_docs, reason = "named as in the API")]
pub enum Call {
    DescribeRegistry(RegistryInput),
    CreateRegistry(RegistryInput),
    ListRegistries(ListRegistries),
    ListSchemas(ListSchemas),
    DescribeSchema(DescribeSchema),
    ListSchemaVersions(ListSchemaVersions),
    CreateSchema(WriteSchema),
    UpdateSchema(WriteSchema),
    DeleteSchema(SchemaInput),
    DeleteSchemaVersion(DeleteSchemaVersion),
}

impl Call {
    /// Whether it may change the registry.
    pub fn writes(&self) -> bool {
        matches!(
            self,
            Call::CreateRegistry(_)
                | Call::CreateSchema(_)
                | Call::UpdateSchema(_)
                | Call::DeleteSchema(_)
                | Call::DeleteSchemaVersion(_)
        )
    }
}

/// A registry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct RegistryInput {
    /// Its name, or its ARN.
    pub registry_name: String,
}

/// A page of registries.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListRegistries {
    /// `LOCAL`: those of this account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// Where the page begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// A page of the schemas of a registry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListSchemas {
    /// The registry's name, or its ARN.
    pub registry_name: String,
    /// Only schemas whose names begin so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schema_name_prefix: Option<String>,
    /// Where the page begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// A version of a schema, by default the newest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeSchema {
    /// The registry's name, or its ARN.
    pub registry_name: String,
    /// The schema's name.
    pub schema_name: String,
    /// The version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schema_version: Option<String>,
}

/// A page of the versions of a schema.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListSchemaVersions {
    /// The registry's name, or its ARN.
    pub registry_name: String,
    /// The schema's name.
    pub schema_name: String,
    /// Where the page begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// What becomes the next version of a schema.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct WriteSchema {
    /// The registry's name.
    pub registry_name: String,
    /// The schema's name.
    pub schema_name: String,
    /// `OpenApi3` or `JSONSchemaDraft4`.
    #[serde(rename = "Type")]
    pub kind: String,
    /// The document.
    pub content: String,
    /// The same update is made once, however often it is asked for. For updates alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_token_id: Option<String>,
}

/// A schema.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SchemaInput {
    /// The registry's name.
    pub registry_name: String,
    /// The schema's name.
    pub schema_name: String,
}

/// A version of a schema.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteSchemaVersion {
    /// The registry's name.
    pub registry_name: String,
    /// The schema's name.
    pub schema_name: String,
    /// The version.
    pub schema_version: String,
}

/// A page of registries, as answered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Registries {
    /// The registries.
    pub registries: Vec<RegistrySummary>,
    /// Where the next page begins.
    pub next_token: Option<String>,
}

/// What a page says of a registry.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct RegistrySummary {
    /// Its name.
    pub registry_name: String,
}

/// A page of schemas, as answered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Schemas {
    /// The schemas.
    pub schemas: Vec<SchemaSummary>,
    /// Where the next page begins.
    pub next_token: Option<String>,
}

/// What a page says of a schema.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct SchemaSummary {
    /// Its name.
    pub schema_name: String,
    /// How many versions it has.
    pub version_count: Option<usize>,
}

/// A page of versions, as answered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct SchemaVersions {
    /// The versions.
    pub schema_versions: Vec<SchemaVersion>,
    /// Where the next page begins.
    pub next_token: Option<String>,
}

/// What a page says of a version.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct SchemaVersion {
    /// Its number.
    pub schema_version: String,
}

/// A schema, as answered to those who read or write it; who writes is not shown the content again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Schema {
    /// The document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// Where it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schema_arn: Option<String>,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schema_name: Option<String>,
    /// The version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schema_version: Option<String>,
    /// `OpenApi3` or `JSONSchemaDraft4`.
    #[serde(rename = "Type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Its labels.
    #[serde(
        rename = "tags",
        alias = "Tags",
        skip_serializing_if = "BTreeMap::is_empty"
    )]
    pub tags: BTreeMap<String, String>,
}

/// A Schema Registry, or what stands in for one.
pub trait Registry: Sync {
    /// Makes a call; what is answered has the names of the API.
    ///
    /// # Errors
    ///
    /// Whatever is no success.
    fn call(&self, call: &Call) -> Result<Value, Failure>;
}

/// Makes a call and reads its answer.
///
/// # Errors
///
/// Whatever is no success, and an answer that cannot be understood.
pub fn ask<T: DeserializeOwned>(registry: &dyn Registry, call: &Call) -> Result<T, Failure> {
    let answer = registry.call(call)?;
    serde_json::from_value(answer).map_err(|error| {
        let message = format!("an answer of the registry is not understood: {error}");
        Failure::of(FailureKind::Refused, message)
    })
}

/// Asks page by page; `page` makes the call from where it begins.
///
/// # Errors
///
/// The first page that is not answered; pages without end.
pub fn all_pages<T: DeserializeOwned>(
    registry: &dyn Registry,
    page: impl Fn(Option<String>) -> Call,
    next: impl Fn(&T) -> Option<String>,
) -> Result<Vec<T>, Failure> {
    /// A registry has a hundred schemas by default; a page may hold one.
    const MAX_PAGES: usize = 10_000;
    let (mut pages, mut token) = (Vec::new(), None);
    while pages.len() < MAX_PAGES {
        let answer: T = ask(registry, &page(token))?;
        token = next(&answer).filter(|token| !token.is_empty());
        pages.push(answer);
        if token.is_none() {
            return Ok(pages);
        }
    }
    let message = format!("the registry has answered {MAX_PAGES} pages, and more follow");
    Err(Failure::of(FailureKind::Refused, message))
}

/// All schemas of a registry whose names begin with a prefix.
///
/// # Errors
///
/// As [`all_pages`].
pub fn list_schemas(
    registry: &dyn Registry,
    name: &str,
    prefix: Option<&str>,
) -> Result<Vec<SchemaSummary>, Failure> {
    let page = |next_token| {
        Call::ListSchemas(ListSchemas {
            registry_name: name.to_owned(),
            schema_name_prefix: prefix.map(str::to_owned),
            next_token,
        })
    };
    let pages = all_pages(registry, page, |page: &Schemas| page.next_token.clone())?;
    Ok(pages.into_iter().flat_map(|page| page.schemas).collect())
}

/// The versions of a schema, oldest first.
///
/// # Errors
///
/// As [`all_pages`].
pub fn list_versions(
    registry: &dyn Registry,
    name: &str,
    schema: &str,
) -> Result<Vec<String>, Failure> {
    let page = |next_token| {
        Call::ListSchemaVersions(ListSchemaVersions {
            registry_name: name.to_owned(),
            schema_name: schema.to_owned(),
            next_token,
        })
    };
    let pages = all_pages(registry, page, |page: &SchemaVersions| {
        page.next_token.clone()
    })?;
    let all = pages.into_iter().flat_map(|page| page.schema_versions);
    let mut versions: Vec<String> = all.map(|version| version.schema_version).collect();
    versions.sort_by_key(|version| (version.len(), version.clone())); // numbers, as they are
    Ok(versions)
}

/// A version of a schema, by default the newest. None: it is not there.
///
/// # Errors
///
/// Whatever else is no success.
pub fn describe(
    registry: &dyn Registry,
    name: &str,
    schema: &str,
    version: Option<&str>,
) -> Result<Option<Schema>, Failure> {
    let call = Call::DescribeSchema(DescribeSchema {
        registry_name: name.to_owned(),
        schema_name: schema.to_owned(),
        schema_version: version.map(str::to_owned),
    });
    match ask(registry, &call) {
        Ok(schema) => Ok(Some(schema)),
        Err(failure) if failure.kind == FailureKind::NotFound => Ok(None),
        Err(failure) => Err(failure),
    }
}
