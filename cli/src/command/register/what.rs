//! What is exported, and where to: the options that `plan` and `apply` share.

use super::samples;
use crate::Common;
use crate::hold::{Use, hold};
use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_codegen::STAMP;
use eventbridge_registry::desired::{Desired, Layout, Per};
use eventbridge_registry::document::Dialect;
use eventbridge_registry::plan::Options;
use eventbridge_registry::quota::Quotas;
use std::path::PathBuf;

#[derive(clap::Args)]
pub(crate) struct What {
    /// The registry, or its ARN, as of another account; where there are several, what their names begin with.
    #[arg(long, value_name = "NAME", required_unless_present = "test_events")]
    registry: Option<String>,

    /// Give each event source, each dialect, or both a registry: NAME-aws.sagemaker, NAME-openapi3.
    #[arg(long, value_name = "WHAT", value_enum, value_delimiter = ',')]
    registry_per: Vec<PerName>,

    /// The language of the documents.
    #[arg(long, value_enum, value_delimiter = ',', default_value = "openapi3")]
    dialect: Vec<DialectName>,

    /// The documents, in a folder for each dialect; by default `registry` where the packages are.
    #[arg(long, value_name = "DIR")]
    documents: Option<PathBuf>,

    /// Export events that are known by name alone, too.
    #[arg(long)]
    all: bool,

    /// Write what differs in text or order alone, too.
    #[arg(long)]
    pub(super) text: bool,

    /// Keep the newest N versions of each schema, and delete older ones.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    keep: Option<u32>,

    /// Delete these schemas, which are orphaned; a name may stand behind its registry: kilns/my.kiln@Fired.
    #[arg(long, value_name = "SCHEMA", value_delimiter = ',')]
    prune: Vec<String>,

    /// What the account may have, where that is not as by default: registries=10, schemas=100, versions=100.
    #[arg(long, value_name = "WHAT=N", value_delimiter = ',', value_parser = quota)]
    quota: Vec<(QuotaName, usize)>,

    /// Export samples as the shareable test events of a Lambda function instead.
    #[arg(long, value_name = "FUNCTION", conflicts_with_all = ["registry", "registry_per", "documents", "all", "prune"])]
    test_events: Vec<String>,

    /// The events whose samples are test events; by default all that have any.
    #[arg(long, value_name = "DETAIL-TYPE", requires = "test_events")]
    event: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum PerName {
    Source,
    Dialect,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum DialectName {
    Openapi3,
    Draft4,
}

#[derive(Clone, Copy)]
enum QuotaName {
    Registries,
    Schemas,
    Versions,
}

/// `schemas=300`
fn quota(text: &str) -> Result<(QuotaName, usize), String> {
    let expected = || "expected registries=N, schemas=N or versions=N".to_owned();
    let (name, number) = text.split_once('=').ok_or_else(expected)?;
    let name = match name {
        "registries" => QuotaName::Registries,
        "schemas" => QuotaName::Schemas,
        "versions" => QuotaName::Versions,
        _ => return Err(expected()),
    };
    Ok((name, number.parse().map_err(|_| expected())?))
}

impl What {
    /// Whether samples are exported instead of schemas.
    pub(super) fn is_samples(&self) -> bool {
        !self.test_events.is_empty()
    }

    /// What should stand.
    pub(super) fn desired(&self, common: &Common) -> Result<Vec<Desired>, Vec<Diagnostic>> {
        if self.is_samples() {
            let events = samples::events(&common.schemas, &self.event)?;
            return samples::desired(&self.test_events, &events);
        }
        let folder = self.documents.clone();
        let folder = folder.unwrap_or_else(|| common.out.join("registry"));
        let _held = hold(&[(&folder, Use::Read)]).map_err(|problem| vec![problem])?;
        self.layout().read(&folder)
    }

    fn layout(&self) -> Layout {
        let per = |name: &PerName| match name {
            PerName::Source => Per::Source,
            PerName::Dialect => Per::Dialect,
        };
        let dialect = |name: &DialectName| match name {
            DialectName::Openapi3 => Dialect::OpenApi3,
            DialectName::Draft4 => Dialect::JsonSchemaDraft4,
        };
        let mut dialects: Vec<Dialect> = self.dialect.iter().map(dialect).collect();
        dialects.sort();
        dialects.dedup();
        Layout {
            registry: self.registry.clone().unwrap_or_default(),
            per: self.registry_per.iter().map(per).collect(),
            dialects,
            all: self.all,
        }
    }

    /// How many versions of each schema are kept.
    pub(super) fn keep(&self) -> Option<usize> {
        self.keep.and_then(|keep| usize::try_from(keep).ok())
    }

    pub(super) fn quotas(&self) -> Quotas {
        let mut quotas = Quotas::default();
        for (name, number) in &self.quota {
            match name {
                QuotaName::Registries => quotas.registries = *number,
                QuotaName::Schemas => quotas.schemas = *number,
                QuotaName::Versions => quotas.versions = *number,
            }
        }
        quotas
    }

    pub(super) fn options(&self) -> Options {
        Options {
            text: self.text,
            prune: self.prune.clone(),
            keep: self.keep(),
            quotas: self.quotas(),
            stamp: STAMP.to_owned(),
        }
    }
}
