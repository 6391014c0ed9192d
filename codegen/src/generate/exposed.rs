//! A schema set comes in; its model goes out as packages are to expose it, and what the set has to keep of that.

use eventbridge_catalog::diagnostic::{Diagnostic, shown};
use eventbridge_catalog::diff::{self, Finding};
use eventbridge_catalog::files::{self, Change, Ours};
use eventbridge_catalog::model::Model;
use eventbridge_catalog::schema_set;
use eventbridge_catalog::surface::{STAMP, SURFACE, Surface};
use std::collections::BTreeMap;
use std::path::Path;

/// What becomes of changes that break those who use the packages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Breaks {
    /// They are refused; what can be kept is.
    #[default]
    Refused,
    /// They are for these events, named by detail-type or as packages call them; others are kept.
    AllowedOf(Vec<String>),
    /// Packages become what the schemas say.
    Allowed,
}

/// What packages expose.
pub(super) struct Exposed {
    pub(super) model: Model,
    /// What has to change in the set's file that keeps it.
    pub(super) surface: Vec<Change>,
    /// What breaks, where that is allowed.
    pub(super) told: Vec<Diagnostic>,
}

pub(super) fn exposed(schemas: &Path, breaks: &Breaks) -> Result<Exposed, Vec<Diagnostic>> {
    let one = |problem| vec![problem];
    let known = Surface::read(schemas).map_err(one)?;
    let model = schema_set::load(schemas)?;
    let held = match breaks {
        Breaks::Refused => known.clone(),
        Breaks::AllowedOf(events) => known.without(events).map_err(one)?,
        Breaks::Allowed => Surface::default(),
    };
    let model = held.keep(model);
    let broken = held.broken_by(&model);
    if !broken.is_empty() {
        return Err(broken.iter().map(|it| refused(schemas, it)).collect());
    }
    let broken = known.broken_by(&model);
    let told = broken.iter().map(|it| allowed(schemas, it)).collect();
    let wanted = BTreeMap::from([(SURFACE.to_owned(), Surface::of(&model).write())]);
    let ours = Ours {
        folders: &[],
        may_be: &|path| path == SURFACE,
        is: &|_, text| files::is_stamped(text, STAMP),
    };
    let surface = files::compare(schemas, &wanted, &ours)?.changes;
    Ok(Exposed {
        model,
        surface,
        told,
    })
}

fn file(schemas: &Path) -> String {
    shown(&schemas.join(SURFACE))
}

fn refused(schemas: &Path, finding: &Finding) -> Diagnostic {
    let message = format!("breaks those who use the packages: {}", diff::line(finding));
    let (_, event, _) = finding.places.first().cloned().unwrap_or_default();
    let help = format!(
        "correct the evidence; or let it, with all of the event that was held back: generate --allow-breaking={event:?}"
    );
    Diagnostic::error(file(schemas), message).help(help)
}

fn allowed(schemas: &Path, finding: &Finding) -> Diagnostic {
    let message = format!("breaks those who use the packages: {}", diff::line(finding));
    Diagnostic::warning(file(schemas), message).help("release it as `cargo codegen diff` says")
}
