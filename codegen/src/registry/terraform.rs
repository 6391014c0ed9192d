//! Documents come in, Terraform that registers them goes out: a module of one registry, and beside it a configuration
//! that calls it and takes over schemas that a registry holds already.

use super::cloudformation::registry_name;
use super::{Dialect, Document};
use crate::file::STAMP;
use crate::{Emitted, File, Unsaid};
use eventbridge_catalog::model::Package;
use std::collections::BTreeSet;

/// The files, below `registry/terraform/`. The documents are read where they stand.
pub(super) fn module(package: &Package, documents: &[&Document<'_>]) -> Emitted {
    let mut emitted = Emitted::default();
    let mut names: BTreeSet<&str> = BTreeSet::new();
    for document in documents {
        match document.name.starts_with(|c: char| c.is_ascii_digit()) {
            true => emitted.unsaid.push(refused(document)),
            false => drop(names.insert(&document.name)),
        }
    }
    if names.is_empty() {
        return emitted;
    }
    let file = |path: &str, text: String| File {
        path: format!("registry/terraform/{path}"),
        text: format!("# {STAMP}\n{text}"),
    };
    emitted.files = vec![
        file(
            "main.tf",
            ROOT.replace("REGISTRY", &registry_name(package, Dialect::OpenApi3)),
        ),
        file("schemas/main.tf", schemas(&names)),
    ];
    emitted
}

fn refused(document: &Document<'_>) -> Unsaid {
    let message = format!(
        "the {} document is not in the Terraform module, whose provider takes no name that begins with a digit",
        document.dialect.folder()
    );
    Unsaid::of(document.event, message)
}

/// The module. Names hold no character that HCL gives a meaning.
fn schemas(names: &BTreeSet<&str>) -> String {
    let names: String = names
        .iter()
        .map(|name| format!("    \"{name}\",\n"))
        .collect();
    MODULE.replace("NAMES\n", &names)
}

const ROOT: &str = r#"
# terraform apply -parallelism=5
# A schema that the registry holds already is taken over: -var 'adopt=["aws.some@EventName"]'

terraform {
  required_version = ">= 1.7"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

variable "registry_name" {
  type    = string
  default = "REGISTRY"
}

variable "create_registry" {
  type    = bool
  default = true
}

variable "dialect" {
  type    = string
  default = "openapi3"
}

variable "adopt" {
  type    = set(string)
  default = []
}

module "schemas" {
  source          = "./schemas"
  registry_name   = var.registry_name
  create_registry = var.create_registry
  dialect         = var.dialect
}

import {
  for_each = var.adopt
  to       = module.schemas.aws_schemas_schema.event[each.value]
  id       = "${each.value}/${var.registry_name}"
}
"#;

const MODULE: &str = r#"
variable "registry_name" {
  type = string
}

variable "create_registry" {
  type    = bool
  default = true
}

variable "dialect" {
  type    = string
  default = "openapi3"

  validation {
    condition     = contains(["openapi3", "jsonschema-draft4"], var.dialect)
    error_message = "The dialect is openapi3 or jsonschema-draft4."
  }
}

locals {
  types = {
    "openapi3"          = "OpenApi3"
    "jsonschema-draft4" = "JSONSchemaDraft4"
  }

  names = toset([
NAMES
  ])
}

resource "aws_schemas_registry" "events" {
  count = var.create_registry ? 1 : 0
  name  = var.registry_name
}

resource "aws_schemas_schema" "event" {
  for_each      = local.names
  name          = each.value
  registry_name = var.registry_name
  type          = local.types[var.dialect]
  content       = file("${path.module}/../../${var.dialect}/${each.value}.json")
  depends_on    = [aws_schemas_registry.events]
}

output "versions" {
  description = "The version of each schema."
  value       = { for name, schema in aws_schemas_schema.event : name => schema.version }
}
"#;
