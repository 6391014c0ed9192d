//! The shapes of deliveries come in, with the path that a call names for them; a file goes out. It takes the place of
//! nothing but what was saved before; pipes and devices are written to.

use crate::hold::{Use, hold};
use eventbridge_catalog::diagnostic::{Diagnostic, shown};
use eventbridge_catalog::files::{self, Ours};
use eventbridge_learn::input::STDIN;
use eventbridge_learn::is_saved_deliveries;
use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Whether a path means stdout.
pub(crate) fn is_stdout(path: &Path) -> bool {
    path == Path::new(STDIN) || path == Path::new("/dev/stdout")
}

/// Why nothing may be saved to a path: it is one of the `inputs`, or one of the `schemas`. Told before anything is
/// read.
pub(crate) fn refused(path: &Path, inputs: &[PathBuf], schemas: &Path) -> Option<Diagnostic> {
    let is_it = |input: &&PathBuf| *input != Path::new(STDIN) && is_same_file(path, input);
    let file = shown(path);
    if is_stdout(path) || is_stream(path) {
        return None;
    }
    if let Some(input) = inputs.iter().find(is_it) {
        let message = format!("is read as evidence, as {}", shown(input));
        return Some(Diagnostic::error(file, message).help("save the shapes to another file"));
    }
    let (whole, set) = (
        std::path::absolute(path).ok()?,
        schemas.canonicalize().ok()?,
    );
    let is_set = |above: &Path| above.canonicalize().is_ok_and(|above| above == set);
    whole.ancestors().any(is_set).then(|| {
        let message = format!("stands among the schemas in {}", shown(schemas));
        Diagnostic::error(file, message).help("save the shapes to a file elsewhere")
    })
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Whether two paths lead to one file, by whatever name.
fn is_same_file(a: &Path, b: &Path) -> bool {
    let (Ok(there), Ok(here)) = (fs::metadata(a), fs::metadata(b)) else {
        return false;
    };
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        (there.dev(), there.ino()) == (here.dev(), here.ino())
    }
    #[cfg(not(unix))]
    {
        drop((there, here));
        matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
    }
}

/// Whether something stands there that takes bytes and is no file: a pipe, a device.
fn is_stream(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|stands| !stands.is_file() && !stands.is_dir())
}

/// Saves a text.
///
/// # Errors
///
/// What is in the way, or why it cannot be written.
pub(crate) fn save(path: &Path, text: &str) -> Result<(), Diagnostic> {
    let written = if is_stdout(path) {
        write(&mut io::stdout().lock(), text)
    } else if is_stream(path) {
        let stream = OpenOptions::new().write(true).open(path);
        stream.and_then(|mut stream| write(&mut stream, text))
    } else {
        return save_file(path, text);
    };
    written.map_err(|error| Diagnostic::error(shown(path), format!("cannot be written: {error}")))
}

fn write(stream: &mut impl Write, text: &str) -> io::Result<()> {
    stream.write_all(text.as_bytes())?;
    stream.flush()
}

fn save_file(path: &Path, text: &str) -> Result<(), Diagnostic> {
    let folder = folder_of(path);
    let Some(name) = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
    else {
        return Err(Diagnostic::error(shown(path), "is a folder").help("name a file in it"));
    };
    let _held = hold(&[(folder, Use::Write)])?;
    let wanted = BTreeMap::from([(name.clone(), text.to_owned())]);
    let ours = Ours {
        folders: &[],
        may_be: &|path| path == name,
        is: &|_, text| is_saved_deliveries(text),
    };
    let compared = files::compare(folder, &wanted, &ours);
    let changes = compared
        .map_err(|problems| in_the_way(path, problems))?
        .changes;
    files::sweep(folder, &files::left_beside(folder, &name));
    files::apply(folder, &changes).map_err(|unfinished| unfinished.problem())
}

/// One file is written, so that one thing at most is in the way.
fn in_the_way(path: &Path, problems: Vec<Diagnostic>) -> Diagnostic {
    let problem = problems.into_iter().next();
    problem.unwrap_or_else(|| Diagnostic::error(shown(path), "cannot be written"))
}
