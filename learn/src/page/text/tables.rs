//! Lines of a page flattened to plain text come in; a table that begins with the first goes out: cells parted by tabs, by
//! `|`, or by blanks that let columns begin below each other.

use super::Line;

/// A table in plain text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TextTable<'p> {
    /// The cells of each row, each with its byte offset in the page.
    pub(super) rows: Vec<Vec<(usize, &'p str)>>,
    /// How many lines it takes.
    pub(super) lines: usize,
}

/// What parts the cells of a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Separator {
    Tab,
    Bar,
    /// Two blanks at least.
    Blanks,
}

/// Columns that only blanks part are a table from so many rows on: a sentence may have two blanks as well.
const ROWS_BY_BLANKS: usize = 3;

/// The heads of columns are short.
const MAX_HEAD: usize = 40;

/// The table that begins with the first of these lines.
pub(super) fn table<'p>(lines: &[Line<'p>]) -> Option<TextTable<'p>> {
    let head = lines.first().filter(|head| !is_divider(head.text))?;
    let separators = [Separator::Tab, Separator::Bar, Separator::Blanks];
    let separator = separators
        .into_iter()
        .find(|it| cells(head, *it).len() > 1)?;
    let columns = cells(head, separator);
    if columns
        .iter()
        .any(|(_, head)| head.len() > MAX_HEAD || head.ends_with(['.', ':', ',']))
    {
        return None;
    }
    let mut rows = vec![columns];
    let mut taken = 1;
    for line in &lines[1..] {
        if is_divider(line.text) {
            taken += 1;
            continue;
        }
        let row = cells(line, separator);
        if !goes_on(&rows[0], &row, head, line, separator) {
            break;
        }
        rows.push(row);
        taken += 1;
    }
    let divided = lines.get(1).is_some_and(|line| is_divider(line.text));
    let least = match separator {
        Separator::Blanks if !divided => ROWS_BY_BLANKS,
        _ => 2,
    };
    (rows.len() >= least).then_some(TextTable { rows, lines: taken })
}

/// Whether a line is a row: it has the cells of the head, and where only blanks part them, they stand below it.
fn goes_on(
    head: &[(usize, &str)],
    row: &[(usize, &str)],
    first: &Line<'_>,
    line: &Line<'_>,
    separator: Separator,
) -> bool {
    let columns = |of: &Line<'_>, cells: &[(usize, &str)]| -> Vec<usize> {
        let column = |at: usize| of.indentation + of.text[..at - of.at].chars().count();
        cells.iter().map(|(at, _)| column(*at)).collect()
    };
    let as_many = row.len() == head.len();
    as_many && (separator != Separator::Blanks || columns(first, head) == columns(line, row))
}

/// `---|:---:|---`, `=====  ====`
fn is_divider(text: &str) -> bool {
    let line = |c: char| matches!(c, '-' | '=' | '+' | '|' | ':') || c.is_whitespace();
    text.chars().all(line) && (text.contains("--") || text.contains("=="))
}

fn cells<'p>(line: &Line<'p>, separator: Separator) -> Vec<(usize, &'p str)> {
    let text = line.text;
    let parts: Vec<&str> = match separator {
        Separator::Tab => text.split('\t').collect(),
        Separator::Bar => {
            let inner = text.strip_prefix('|').unwrap_or(text);
            inner
                .strip_suffix('|')
                .unwrap_or(inner)
                .split('|')
                .collect()
        }
        Separator::Blanks => text
            .split("  ")
            .filter(|part| !part.trim().is_empty())
            .collect(),
    };
    let place = |part: &'p str| {
        let cell = part.trim_start();
        let at = cell.as_ptr() as usize - text.as_ptr() as usize;
        (line.at + at, cell.trim_end())
    };
    parts.into_iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::super::lines;
    use super::*;

    fn rows(text: &str) -> Option<Vec<Vec<&str>>> {
        let lines = lines(text);
        let table = table(&lines)?;
        let rows = table.rows.iter();
        for (at, cell) in table.rows.iter().flatten() {
            assert!(text[*at..].starts_with(cell), "{cell}");
        }
        Some(
            rows.map(|row| row.iter().map(|(_, cell)| *cell).collect())
                .collect(),
        )
    }

    #[test]
    fn tables_are_read_however_cells_are_parted() {
        let table = Some(vec![
            vec!["Field", "Type", "Description"],
            vec!["lid", "String", "The lid: open or shut."],
            vec!["cone", "Integer", "Über 3."],
        ]);
        for text in [
            "Field\tType\tDescription\nlid\tString\tThe lid: open or shut.\ncone\tInteger\tÜber 3.\nIt is hot.",
            "Field | Type | Description\n---|---|---\nlid | String | The lid: open or shut.\ncone | Integer | Über 3.\n",
            "| Field | Type | Description |\n|:--|:-:|---|\n| lid | String | The lid: open or shut. |\n| cone | Integer | Über 3. |",
            "  Field  Type     Description\n\n  lid    String   The lid: open or shut.\n  cone   Integer  Über 3.\n",
            "Field  Type     Description\n=====  =======  ===\nlid    String   The lid: open or shut.\ncone   Integer  Über 3.\n",
        ] {
            assert_eq!(rows(text), table, "{text}");
        }
    }

    #[test]
    fn running_text_is_no_table() {
        for text in [
            "It is hot.  It is dry.\nIt is not.  It will be.\nSo it is.  Is it?",
            "The kiln is  hot\nand the  lid is open",
            "opened | closed",
            "one\nline",
            "a | b\nThe lid is open.",
        ] {
            assert_eq!(rows(text), None, "{text}");
        }
    }
}
