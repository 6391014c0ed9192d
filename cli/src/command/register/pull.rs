//! `register pull`: registries come in; what they hold is written to files.

use super::super::Outcome;
use super::aws::Aws;
use crate::hold::{Use, hold};
use crate::report::{self, PullReport};
use crate::{Common, Format, terminal};
use eventbridge_catalog::diagnostic::{Diagnostic, shown};
use eventbridge_catalog::files::Change;
use eventbridge_registry::calls::Calls;
use eventbridge_registry::pull::{self, Options, Pulled};
use std::path::PathBuf;

#[derive(clap::Args)]
pub(crate) struct Call {
    /// The registries: their names, or their ARNs, as of other accounts.
    #[arg(value_name = "REGISTRY", required = true)]
    registries: Vec<String>,

    /// Where the documents go, in a folder for each registry.
    #[arg(long, value_name = "DIR")]
    into: PathBuf,

    /// Only schemas whose names begin so: aws.sagemaker@
    #[arg(long, value_name = "TEXT")]
    prefix: Option<String>,

    /// Older versions, too: NAME.v3.json
    #[arg(long)]
    all_versions: bool,

    #[command(flatten)]
    aws: Aws,
}

pub(super) fn run(common: &Common, call: &Call) -> Outcome {
    let done = pulled(call);
    let is_done = done.is_ok();
    let (changes, total, findings) = match done {
        Ok((changes, pulled)) => (changes, pulled.files.len(), pulled.findings),
        Err(problems) => (Vec::new(), 0, problems),
    };
    match common.format {
        Format::Json => report::print(&PullReport::new(&call.into, &changes, total, &findings)),
        Format::Human => terminal::show(&findings),
    }
    if is_done && common.format == Format::Human {
        let (changed, folder) = (changes.len(), shown(&call.into));
        say!("{total} documents, {changed} of them new or changed in {folder}.");
    }
    match is_done {
        true => Outcome::Done,
        false => Outcome::Wrong,
    }
}

fn pulled(call: &Call) -> Result<(Vec<Change>, Pulled), Vec<Diagnostic>> {
    let one = |problem| vec![problem];
    let connector = call.aws.connect().map_err(one)?;
    let calls = Calls::new(&connector, call.aws.manners());
    let options = Options {
        registries: call.registries.clone(),
        prefix: call.prefix.clone(),
        all_versions: call.all_versions,
    };
    let pulled = pull::pull(&calls, &options).map_err(|failure| one(call.aws.told(&failure)))?;
    let _held = hold(&[(&call.into, Use::Write)]).map_err(one)?;
    let changes = pull::write(&call.into, &pulled)?;
    Ok((changes, pulled))
}
