//! How AWS is reached: the program that talks to it, where it is, and with what manners.

use eventbridge_catalog::diagnostic::Diagnostic;
use eventbridge_registry::api::Failure;
use eventbridge_registry::calls::Manners;
use eventbridge_registry::connector::Connector;
use std::env;
use std::path::PathBuf;
use std::process::Command;

/// The program, which is built and installed on its own.
const PROGRAM: &str = "eventbridge-registry-aws";

pub(super) const INSTALL: &str = "`cargo build -p eventbridge-registry-aws` builds the program that talks to AWS beside this one; without it, `register plan --from` compares with answers that were saved";

#[derive(clap::Args)]
#[command(next_help_heading = "AWS")]
pub(crate) struct Aws {
    /// The profile of ~/.aws/config; by default as the AWS command line takes it.
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,

    /// The region.
    #[arg(long, value_name = "REGION")]
    region: Option<String>,

    /// Another endpoint than AWS's own.
    #[arg(long, value_name = "URL")]
    endpoint_url: Option<String>,

    /// At most so many calls a second; 0 is no limit.
    #[arg(long, value_name = "N", default_value_t = Manners::default().rate)]
    rate: u32,

    /// At most so many calls at once.
    #[arg(long, value_name = "N", default_value_t = Manners::default().in_flight)]
    in_flight: usize,
}

impl Aws {
    pub(super) fn manners(&self) -> Manners {
        Manners {
            rate: self.rate,
            in_flight: self.in_flight.clamp(1, 256),
            ..Manners::default()
        }
    }

    /// Starts the program.
    pub(super) fn connect(&self) -> Result<Connector, Diagnostic> {
        let Some(program) = program() else {
            let message = "is neither beside this tool nor in the PATH";
            return Err(Diagnostic::error(PROGRAM, message).help(INSTALL));
        };
        let mut command = Command::new(program);
        let options = [
            ("--profile", &self.profile),
            ("--region", &self.region),
            ("--endpoint-url", &self.endpoint_url),
        ];
        for (option, value) in options {
            if let Some(value) = value {
                command.arg(format!("{option}={value}"));
            }
        }
        Connector::start(&mut command).map_err(|failure| self.told(&failure))
    }

    pub(super) fn told(&self, failure: &Failure) -> Diagnostic {
        super::told(failure, self.profile.as_deref())
    }
}

/// Where the program is: beside this one, or in the `PATH`.
fn program() -> Option<PathBuf> {
    let name = format!("{PROGRAM}{}", env::consts::EXE_SUFFIX);
    let own = env::current_exe().ok();
    let own = own
        .as_deref()
        .and_then(|own| own.parent())
        .map(PathBuf::from);
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = own.into_iter().chain(env::split_paths(&path));
    folders
        .map(|folder| folder.join(&name))
        .find(|program| program.is_file())
}
