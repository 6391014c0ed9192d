//! A call comes in; it is made, and what was answered goes out under the names of the API.

use crate::failure::failure;
use aws_sdk_schemas::Client;
use aws_sdk_schemas::types::Type;
use eventbridge_registry::api::{
    Call, DeleteSchemaVersion, DescribeSchema, ListRegistries, ListSchemaVersions, ListSchemas,
    RegistryInput, SchemaInput, WriteSchema,
};
use eventbridge_registry::line::FailureLine;
use serde_json::{Value, json};

type Answer = Result<Value, FailureLine>;

/// Makes a call.
pub(crate) async fn answer(client: &Client, call: Call) -> Answer {
    match call {
        Call::DescribeRegistry(input) => describe_registry(client, input).await,
        Call::CreateRegistry(input) => create_registry(client, input).await,
        Call::ListRegistries(input) => list_registries(client, input).await,
        Call::ListSchemas(input) => list_schemas(client, input).await,
        Call::ListSchemaVersions(input) => list_versions(client, input).await,
        Call::DescribeSchema(input) => describe(client, input).await,
        Call::CreateSchema(input) => create(client, input).await,
        Call::UpdateSchema(input) => update(client, input).await,
        Call::DeleteSchema(input) => delete(client, input).await,
        Call::DeleteSchemaVersion(input) => delete_version(client, input).await,
    }
}

async fn describe_registry(client: &Client, input: RegistryInput) -> Answer {
    let call = client
        .describe_registry()
        .registry_name(input.registry_name);
    let registry = call.send().await.map_err(failure)?;
    Ok(json!({ "RegistryName": registry.registry_name() }))
}

async fn create_registry(client: &Client, input: RegistryInput) -> Answer {
    let call = client.create_registry().registry_name(input.registry_name);
    let registry = call.send().await.map_err(failure)?;
    Ok(json!({ "RegistryName": registry.registry_name() }))
}

async fn delete(client: &Client, input: SchemaInput) -> Answer {
    let call = client.delete_schema().registry_name(input.registry_name);
    let call = call.schema_name(input.schema_name);
    call.send().await.map(|_| json!({})).map_err(failure)
}

async fn delete_version(client: &Client, input: DeleteSchemaVersion) -> Answer {
    let call = client
        .delete_schema_version()
        .registry_name(input.registry_name);
    let call = call
        .schema_name(input.schema_name)
        .schema_version(input.schema_version);
    call.send().await.map(|_| json!({})).map_err(failure)
}

async fn list_registries(client: &Client, input: ListRegistries) -> Answer {
    let call = client.list_registries().set_scope(input.scope);
    let page = call
        .set_next_token(input.next_token)
        .send()
        .await
        .map_err(failure)?;
    let registries = page.registries().iter();
    let registries = registries.map(|registry| json!({ "RegistryName": registry.registry_name() }));
    Ok(json!({ "Registries": registries.collect::<Vec<_>>(), "NextToken": page.next_token() }))
}

async fn list_schemas(client: &Client, input: ListSchemas) -> Answer {
    let call = client.list_schemas().registry_name(input.registry_name);
    let call = call.set_schema_name_prefix(input.schema_name_prefix);
    let page = call
        .set_next_token(input.next_token)
        .send()
        .await
        .map_err(failure)?;
    let schemas = page.schemas().iter().map(|schema| {
        json!({ "SchemaName": schema.schema_name(), "VersionCount": schema.version_count() })
    });
    Ok(json!({ "Schemas": schemas.collect::<Vec<_>>(), "NextToken": page.next_token() }))
}

async fn list_versions(client: &Client, input: ListSchemaVersions) -> Answer {
    let call = client
        .list_schema_versions()
        .registry_name(input.registry_name);
    let call = call
        .schema_name(input.schema_name)
        .set_next_token(input.next_token);
    let page = call.send().await.map_err(failure)?;
    let versions = page.schema_versions().iter();
    let versions = versions.map(|version| json!({ "SchemaVersion": version.schema_version() }));
    Ok(json!({ "SchemaVersions": versions.collect::<Vec<_>>(), "NextToken": page.next_token() }))
}

async fn describe(client: &Client, input: DescribeSchema) -> Answer {
    let call = client.describe_schema().registry_name(input.registry_name);
    let call = call
        .schema_name(input.schema_name)
        .set_schema_version(input.schema_version);
    let schema = call.send().await.map_err(failure)?;
    Ok(json!({
        "Content": schema.content(),
        "SchemaArn": schema.schema_arn(),
        "SchemaName": schema.schema_name(),
        "SchemaVersion": schema.schema_version(),
        "Type": schema.r#type(),
    }))
}

async fn create(client: &Client, input: WriteSchema) -> Answer {
    let call = client.create_schema().registry_name(input.registry_name);
    let call = call.schema_name(input.schema_name).content(input.content);
    let call = call.r#type(Type::from(input.kind.as_str()));
    let schema = call.send().await.map_err(failure)?;
    Ok(json!({ "SchemaName": schema.schema_name(), "SchemaVersion": schema.schema_version() }))
}

async fn update(client: &Client, input: WriteSchema) -> Answer {
    let call = client.update_schema().registry_name(input.registry_name);
    let call = call.schema_name(input.schema_name).content(input.content);
    let call = call.r#type(Type::from(input.kind.as_str()));
    let call = call.set_client_token_id(input.client_token_id);
    let schema = call.send().await.map_err(failure)?;
    Ok(json!({ "SchemaName": schema.schema_name(), "SchemaVersion": schema.schema_version() }))
}
