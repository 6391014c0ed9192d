//! The crate's calls come in; the loopback registry's answers go out, without a socket.

use super::names::encoded;
use super::{Loopback, Request};
use eventbridge_registry::api::{Call, Failure, FailureKind, Registry};
use serde_json::{Value, json};

impl Registry for Loopback {
    fn call(&self, call: &Call) -> Result<Value, Failure> {
        let Some(answer) = self.ask(request(call)) else {
            return Err(Failure::of(
                FailureKind::Unreached,
                "the connection was cut",
            ));
        };
        let said = |key: &str| answer.body[key].as_str().unwrap_or_default().to_owned();
        match answer.status {
            200..300 => Ok(answer.body),
            status => Err(Failure::answered(status, said("Code"), said("Message"))),
        }
    }
}

fn request(call: &Call) -> Request {
    let input = serde_json::to_value(call).unwrap()["input"].take();
    let said = |key: &str| encoded(input[key].as_str().unwrap_or_default());
    let registry = format!("/v1/registries/name/{}", said("RegistryName"));
    let schema = format!("{registry}/schemas/name/{}", said("SchemaName"));
    let version = format!("{schema}/version/{}", said("SchemaVersion"));
    let (method, path) = match call {
        Call::DescribeRegistry(_) => ("GET", registry),
        Call::CreateRegistry(_) => ("POST", registry),
        Call::ListRegistries(_) => ("GET", "/v1/registries".to_owned()),
        Call::ListSchemas(_) => ("GET", format!("{registry}/schemas")),
        Call::DescribeSchema(_) => ("GET", schema),
        Call::ListSchemaVersions(_) => ("GET", format!("{schema}/versions")),
        Call::CreateSchema(_) => ("POST", schema),
        Call::UpdateSchema(_) => ("PUT", schema),
        Call::DeleteSchema(_) => ("DELETE", schema),
        Call::DeleteSchemaVersion(_) => ("DELETE", version),
    };
    let parameters = [
        ("nextToken", "NextToken"),
        ("schemaNamePrefix", "SchemaNamePrefix"),
        ("schemaVersion", "SchemaVersion"),
    ];
    let given = parameters.iter().filter(|(_, key)| input[key].is_string());
    let query: Vec<String> = given
        .map(|(name, key)| format!("{name}={}", said(key)))
        .collect();
    let body = json!({
        "Content": input["Content"], "Type": input["Type"], "ClientTokenId": input["ClientTokenId"],
    });
    Request {
        method: method.to_owned(),
        path,
        query: query.join("&"),
        headers: Vec::new(),
        body: body.to_string(),
    }
}
