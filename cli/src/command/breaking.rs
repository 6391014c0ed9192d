//! What a call says of changes that break those who use the packages comes in; what becomes of them goes out.

use eventbridge_codegen::generate::Breaks;

/// What breaks those who use the packages is refused, unless a call lets it.
#[derive(clap::Args)]
pub(crate) struct Breaking {
    /// Let changes that break those who use the packages, and what was held back to keep from breaking them: what the
    /// packages expose becomes what the schemas say. Of all events, or of those that are named, by detail-type.
    #[arg(
        long,
        value_name = "EVENT",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = ALL
    )]
    allow_breaking: Vec<String>,
}

/// No event is called so.
const ALL: &str = "*";

impl Breaking {
    pub(crate) fn breaks(&self) -> Breaks {
        match &self.allow_breaking[..] {
            [] => Breaks::Refused,
            named if named.iter().any(|it| it == ALL) => Breaks::Allowed,
            named => Breaks::AllowedOf(named.to_vec()),
        }
    }
}
