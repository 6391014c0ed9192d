//! How much there is to do and how much is done come in; a bar on the terminal goes out, if somebody watches and it
//! takes long.

use eventbridge_catalog::text::visible;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// What is read faster than one looks has no bar.
const LONG: u64 = 32 << 20;

/// How far the files of a call are read.
pub(crate) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    pub(crate) fn over(files: &[PathBuf]) -> Progress {
        let size = |file: &Path| std::fs::metadata(file).map_or(0, |file| file.len());
        let total: u64 = files.iter().map(|file| size(file)).sum();
        if total < LONG || !std::io::stderr().is_terminal() {
            return Progress {
                bar: ProgressBar::hidden(),
            };
        }
        let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr());
        let style = "{bytes} of {total_bytes}, {bytes_per_sec}, {eta} left  {wide_bar} {msg}";
        if let Ok(style) = ProgressStyle::with_template(style) {
            bar.set_style(style);
        }
        Progress { bar }
    }

    /// Begins a file: what is told how many bytes of it were read.
    pub(crate) fn begin(&self, file: &Path) -> impl Fn(u64) + '_ {
        let name = file.display().to_string();
        self.bar.set_message(visible(&name).into_owned());
        let before = self.bar.position();
        move |read| self.bar.set_position(before + read)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// Fewer steps are done before one looks.
const MANY: usize = 10;

/// How many steps of many are done.
pub(crate) struct Steps {
    bar: ProgressBar,
}

impl Steps {
    pub(crate) fn of(total: usize) -> Steps {
        if total < MANY || !std::io::stderr().is_terminal() {
            return Steps {
                bar: ProgressBar::hidden(),
            };
        }
        let target = ProgressDrawTarget::stderr();
        let bar = ProgressBar::with_draw_target(u64::try_from(total).ok(), target);
        if let Ok(style) = ProgressStyle::with_template("{pos} of {len}, {eta} left  {wide_bar}") {
            bar.set_style(style);
        }
        Steps { bar }
    }

    /// One more is done.
    pub(crate) fn one(&self) {
        self.bar.inc(1);
    }
}

impl Drop for Steps {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
