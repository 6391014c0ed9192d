//! One change of a folder, as data.

/// One difference between a folder and what should stand in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Path below the folder, with `/`.
    pub path: String,
    /// What stands there now.
    pub old: Option<String>,
    /// What should stand there.
    pub new: Option<String>,
}

impl Change {
    /// The first line where old and new differ, from 1.
    pub fn first_difference(&self) -> usize {
        let lines = |text: &Option<String>| {
            text.as_deref()
                .unwrap_or_default()
                .lines()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        let (old, new) = (lines(&self.old), lines(&self.new));
        old.iter().zip(&new).take_while(|(a, b)| a == b).count() + 1
    }
}
