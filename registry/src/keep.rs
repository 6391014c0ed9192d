//! A schema and a number come in; its oldest versions beyond that number are deleted, and how many were goes out.

use crate::api::{self, Call, DeleteSchemaVersion, Failure, FailureKind};
use crate::calls::Calls;
use serde_json::Value;

/// Deletes all versions of a schema but the newest `keep`, of which one at least is left.
pub(crate) fn trim(
    calls: &Calls<'_>,
    registry: &str,
    schema: &str,
    keep: usize,
) -> Result<usize, Failure> {
    let versions = match api::list_versions(calls, registry, schema) {
        Err(failure) if failure.kind == FailureKind::NotFound => return Ok(0),
        versions => versions?,
    };
    let old = versions.len().saturating_sub(keep.max(1));
    for version in &versions[..old] {
        delete(calls, registry, schema, version)?;
    }
    Ok(old)
}

fn delete(calls: &Calls<'_>, registry: &str, schema: &str, version: &str) -> Result<(), Failure> {
    let call = Call::DeleteSchemaVersion(DeleteSchemaVersion {
        registry_name: registry.to_owned(),
        schema_name: schema.to_owned(),
        schema_version: version.to_owned(),
    });
    match api::ask::<Value>(calls, &call) {
        Err(failure) if failure.kind == FailureKind::NotFound => Ok(()), // another run, or this one before it was cut
        answer => answer.map(drop),
    }
}
