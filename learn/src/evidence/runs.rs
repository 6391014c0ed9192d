//! Lines of a page come in; the short text that keeps them in its file goes out, and back.

/// `12 14-17`: the lines 12, 14, 15, 16, 17.
pub(super) fn write_runs(lines: &[usize]) -> String {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for &line in lines {
        match runs.last_mut() {
            Some((_, end)) if *end + 1 == line => *end = line,
            _ => runs.push((line, line)),
        }
    }
    let run = |&(start, end): &(usize, usize)| {
        if start == end {
            start.to_string()
        } else {
            format!("{start}-{end}")
        }
    };
    runs.iter().map(run).collect::<Vec<_>>().join(" ")
}

pub(super) fn read_runs(text: &str) -> Option<Vec<usize>> {
    let mut lines = Vec::new();
    for run in text.split(' ') {
        let (start, end) = run.split_once('-').unwrap_or((run, run));
        let (start, end): (usize, usize) = (start.parse().ok()?, end.parse().ok()?);
        if end < start || end - start > MAX_RUN {
            return None;
        }
        lines.extend(start..=end);
    }
    Some(lines)
}

/// No page has more lines: a run beyond it is a slip of the hand, not a page.
const MAX_RUN: usize = 1_000_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_lines_round_trip() {
        let lines = vec![3, 4, 5, 5, 9, 8];
        assert_eq!(write_runs(&lines), "3-5 5 9 8");
        assert_eq!(read_runs("3-5 5 9 8"), Some(lines));
        assert_eq!(read_runs("5-3"), None);
        assert_eq!(read_runs("x"), None);
    }
}
