//! Sizes of files and bytes read come in; a bar on the terminal goes out, if somebody watches and it takes long.

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
