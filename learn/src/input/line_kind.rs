//! A line of a text comes in; what it looks like goes out: a part of JSON, the detail-type of an event, a line as logs have
//! them, prose.

/// Whether a line leaves a part of JSON out, as documentation does.
pub(super) fn is_ellipsis(line: &str) -> bool {
    let trimmed = line.trim_matches(|c: char| c == ',' || c.is_whitespace());
    let is_alone = matches!(trimmed, "..." | ". . ." | "…");
    is_alone || line.contains("{ . . .") || line.contains("{ ...") || line.contains("{...")
}

pub(super) fn letters(line: &str) -> usize {
    line.chars().filter(|c| c.is_alphabetic()).count()
}

pub(super) fn is_sentence(line: &str) -> bool {
    line.ends_with(['.', ':', '!', '?', '。', '：', '！', '？', '।'])
}

/// How a line names the detail-type of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mention {
    /// In quotes of any kind, as JSON has it.
    Quoted,
    /// Without, as YAML has it.
    Plain,
}

/// Whether a line has the detail-type of an event: not that of a pattern, which is a list.
pub(super) fn mention(line: &str) -> Option<Mention> {
    line.match_indices("detail-type").find_map(|(at, key)| {
        let (before, after) = (&line[..at], &line[at + key.len()..]);
        let is_quote = |c: char| matches!(c, '"' | '\'' | '\\' | '“' | '”');
        let quoted =
            before.ends_with(is_quote) || before.ends_with("&quot;") || before.ends_with("&#34;");
        let after = after.trim_start_matches(is_quote);
        let after = ["&quot;", "&#34;", "&#39;"]
            .iter()
            .find_map(|end| after.strip_prefix(end))
            .unwrap_or(after);
        let value = after.trim_start().strip_prefix([':', '='])?.trim_start();
        match quoted {
            true => (!value.starts_with('[')).then_some(Mention::Quoted),
            false => {
                let begins = before.trim_start().trim_start_matches("- ").is_empty();
                (begins && !value.is_empty() && !value.starts_with(['[', '{']))
                    .then_some(Mention::Plain)
            }
        }
    })
}

/// Whether the quotes of an event are escaped: it stands in a text of JSON, a cell of a table, a page of HTML.
pub(super) fn is_escaped(line: &str) -> bool {
    [
        "\\\"detail-type",
        "\"\"detail-type\"\"",
        "&quot;detail-type",
        "&#34;detail-type",
    ]
    .iter()
    .any(|escaped| line.contains(escaped))
}

pub(super) fn is_heading(line: &str) -> bool {
    let title = line.trim_start_matches('#');
    (1..=6).contains(&(line.len() - title.len())) && title.starts_with(' ')
}

/// Whether a line is a part of JSON.
pub(super) fn is_json(line: &str) -> bool {
    let is_list = |rest: &str| {
        let rest = rest.trim_start();
        rest.is_empty() || rest.starts_with(['{', '[', '"', '\'', ']']) || !is_log(rest)
    };
    match line.strip_prefix('[') {
        Some(rest) => is_list(rest),
        None => {
            line.starts_with(['{', '}', ']', '"', '\'', ',', '“'])
                || line.starts_with("&quot;")
                || line.contains("\":")
        }
    }
}

/// Whether a line has what programs write into logs: a time, a level, the number of a request.
pub(super) fn is_log(line: &str) -> bool {
    let tokens = || {
        line.split(|c: char| {
            c.is_whitespace() || matches!(c, '[' | ']' | '|' | ',' | '(' | ')' | '"' | '=')
        })
    };
    let is_level = |token: &str| {
        let token = token.trim_end_matches(':');
        [
            "INFO", "WARN", "WARNING", "ERROR", "DEBUG", "TRACE", "FATAL", "NOTICE", "SEVERE",
        ]
        .contains(&token)
            || matches!(
                token,
                "RequestId" | "requestId" | "REPORT" | "stdout" | "stderr"
            )
    };
    tokens()
        .take(12)
        .any(|token| is_level(token) || is_time(token) || is_id(token))
}

/// `2026-01-02T03:04`, `03:04:05`, `1583831889050`, `2026/01/02`.
fn is_time(token: &str) -> bool {
    let shape: String = token
        .chars()
        .take(19)
        .map(|c| if c.is_ascii_digit() { 'd' } else { c })
        .collect();
    let starts = ["dddd-dd-dd", "dddd/dd/dd", "dd:dd:dd", "dddddddddd"];
    starts.iter().any(|start| shape.starts_with(start))
}

/// A number that was made by chance: a UUID, or hexadecimal digits.
fn is_id(token: &str) -> bool {
    let letters = token.bytes().filter(u8::is_ascii_alphabetic).count();
    let digits = token.bytes().filter(u8::is_ascii_digit).count();
    let hex = |c: char| c.is_ascii_hexdigit() || c == '-';
    digits >= 4 && letters > 0 && token.len() >= 16 && token.chars().all(hex)
}

/// Whether people wrote a line: five words, mostly of letters, or as much in a script without blanks.
pub(super) fn is_prose(line: &str) -> bool {
    let is_wide =
        |c: &char| matches!(*c as u32, 0x0E00..=0x0E7F | 0x3040..=0x9FFF | 0xAC00..=0xD7AF);
    if line.chars().filter(is_wide).count() >= 10 {
        return true;
    }
    let mut words = 0;
    let mut others = 0;
    for token in line.split_whitespace() {
        let word = token.trim_matches(|c: char| !c.is_alphanumeric());
        match !word.is_empty()
            && word
                .chars()
                .all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’'))
        {
            true => words += 1,
            false => others += 1,
        }
    }
    words >= 5 && words > 2 * others
}
