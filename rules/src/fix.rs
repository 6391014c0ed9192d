//! A file's text and the findings about it come in; the text with all certain corrections goes out, every other byte as
//! it was.

use crate::finding::{Edit, Finding};

/// The text with the corrections of these findings, and how many there were; what overlaps with an earlier one waits
/// for the next time.
pub fn fixed(text: &str, findings: &[Finding]) -> (String, usize) {
    let (mut taken, mut count, mut end): (Vec<&Edit>, usize, usize) = (Vec::new(), 0, 0);
    for edits in corrections(text, findings) {
        let start = edits
            .iter()
            .map(|edit| edit.start)
            .min()
            .unwrap_or_default();
        if count > 0 && start < end || taken.iter().any(|edit| edits.contains(edit)) {
            continue;
        }
        end = edits.iter().map(|edit| edit.end).max().unwrap_or_default();
        taken.extend(edits);
        count += 1;
    }
    (applied(text, &taken), count)
}

/// The edits of each correction, in the order of the text.
fn corrections<'f>(text: &str, findings: &'f [Finding]) -> Vec<&'f [Edit]> {
    let edits = findings.iter().map(|finding| finding.edits.as_slice());
    let mut groups: Vec<&[Edit]> = edits.collect();
    groups.retain(|edits| !edits.is_empty() && edits.iter().all(|edit| is_inside(text, edit)));
    groups.sort_by_key(|edits| edits.first().map(|edit| edit.start));
    groups
}

fn applied(text: &str, edits: &[&Edit]) -> String {
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for edit in edits {
        out.push_str(text.get(at..edit.start).unwrap_or_default());
        out.push_str(&edit.text);
        at = edit.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

fn is_inside(text: &str, edit: &Edit) -> bool {
    edit.start <= edit.end && text.get(edit.start..edit.end).is_some()
}
