//! What the call says of the deployment comes in; what parameters and pseudo parameters are goes out.

use std::collections::BTreeMap;

/// What is known of where a template is deployed.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Values of parameters and variables, by name.
    pub parameters: BTreeMap<String, String>,
    /// The account.
    pub account: Option<String>,
    /// The region.
    pub region: Option<String>,
    /// Whether values that are known only when a template is deployed stand in patterns as placeholders; else a pattern
    /// with one is left out.
    pub with_placeholders: bool,
    /// Whether the texts of files are kept.
    pub keeps_sources: bool,
}

impl Settings {
    /// What a pseudo parameter of CloudFormation is.
    pub(super) fn pseudo(&self, name: &str) -> Option<String> {
        let region = self.region.as_deref();
        let partition = |region: &str| match region {
            region if region.starts_with("cn-") => "aws-cn",
            region if region.starts_with("us-gov-") => "aws-us-gov",
            _ => "aws",
        };
        let suffix = |region: &str| {
            if region.starts_with("cn-") {
                "amazonaws.com.cn"
            } else {
                "amazonaws.com"
            }
        };
        match name {
            "AWS::AccountId" => self.account.clone(),
            "AWS::Region" => self.region.clone(),
            "AWS::Partition" => region.map(partition).map(str::to_owned),
            "AWS::URLSuffix" => region.map(suffix).map(str::to_owned),
            _ => None,
        }
    }

    /// How a pseudo parameter is given.
    pub(super) fn option_for(name: &str) -> String {
        match name {
            "AWS::AccountId" => "give it with --account 123456789012".to_owned(),
            "AWS::Region" | "AWS::Partition" | "AWS::URLSuffix" => {
                "give it with --region eu-west-1, or another".to_owned()
            }
            other => format!("give it with --parameter {other}=VALUE"),
        }
    }
}
