//! A page comes in; the names that it describes go out, each with what is said of it: terms with their descriptions,
//! items of lists and rows of tables, in groups as they stand together.

use super::super::page::{Block, Page, Prose, Span, Table};
use super::flat::Flat;
use super::label::Said;
use super::label_words::{asks_for_required, is_label, yes_or_no};
use super::listed::Listed;
use super::sentence::{ends_in_colon, listed_value};
use crate::kind_word;

/// Names that are described one behind the other.
pub(super) struct Group<'p> {
    /// The block in which the first stands.
    pub(super) first: usize,
    pub(super) entries: Vec<Entry<'p>>,
}

/// A name and what is said of it.
pub(super) struct Entry<'p> {
    pub(super) name: &'p str,
    /// Its byte offset in the page.
    pub(super) at: usize,
    /// Whether the page marks it as a name: as code, in bold, or as the first cell of a row.
    pub(super) marked: bool,
    pub(super) said: Said,
}

/// How many paragraphs behind a term describe it, but for those with a label.
const MAX_PARAGRAPHS: usize = 4;

/// The groups of a page, where samples tell which plain words are fields.
pub(super) fn groups<'p>(page: &'p Page, is_field: &dyn Fn(&str) -> bool) -> Vec<Group<'p>> {
    let mut groups: Vec<Group<'_>> = page.tables.iter().filter_map(of_table).collect();
    groups.extend(Terms::new(page).groups(is_field));
    groups.sort_by_key(|group| group.first);
    groups
}

fn of_table(table: &Table) -> Option<Group<'_>> {
    let (head, rows) = table.rows.split_first()?;
    let columns = Columns::of(head, rows);
    let entries: Vec<Entry<'_>> = rows.iter().filter_map(|row| columns.entry(row)).collect();
    (!entries.is_empty() && rows.len() >= entries.len()).then_some(Group {
        first: table.blocks.start,
        entries,
    })
}

/// What the columns of a table hold.
struct Columns {
    kind: Option<usize>,
    required: Option<usize>,
}

impl Columns {
    fn of(head: &[Prose], rows: &[Vec<Prose>]) -> Columns {
        let holds = |column: usize, is: &dyn Fn(&str) -> bool| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            let texts: Vec<String> = cells.map(|cell| Flat::new(cell).text).collect();
            let hits = texts.iter().filter(|text| is(text)).count();
            hits > 0 && hits * 2 >= texts.len()
        };
        let columns = 1..head.len();
        Columns {
            kind: columns
                .clone()
                .find(|&column| holds(column, &|text| kind_word::read(text).is_some())),
            required: { columns }.find(|&column| {
                asks_for_required(&Flat::new(&head[column]).text)
                    && holds(column, &|text| yes_or_no(text).is_some())
            }),
        }
    }

    fn entry<'p>(&self, row: &'p [Prose]) -> Option<Entry<'p>> {
        let (name, rest) = row.split_first()?;
        let (name, at) = name_in_cell(name)?;
        let mut said = Said::default();
        for (column, cell) in (1..).zip(rest) {
            let text = Flat::new(cell);
            if Some(column) == self.kind {
                said.kind = kind_word::read(&text.text);
            } else if Some(column) == self.required {
                said.required = yes_or_no(&text.text);
            } else if !text.text.is_empty() {
                said.read_cell(&text);
            }
        }
        Some(Entry {
            name,
            at,
            marked: true,
            said,
        })
    }
}

impl Said {
    /// A unit that a description names is finer than the kind in a column.
    fn read_cell(&mut self, text: &Flat<'_>) {
        let known = self.kind.take();
        self.read(text);
        let finer = self
            .kind
            .as_deref()
            .is_some_and(|kind| kind.ends_with("seconds") || kind.ends_with("millis"));
        if !finer && known.is_some() {
            self.kind = known;
        }
    }
}

/// The name that is all of a cell.
fn name_in_cell(cell: &Prose) -> Option<(&str, usize)> {
    match &cell.spans[..] {
        [Span::Code(name, at)] if is_name(name) => Some((name, *at)),
        [Span::Code(name, at), Span::Text(rest)] if is_name(name) && is_aside(rest) => {
            Some((name, *at))
        }
        [Span::Text(name)] if is_name(name.trim()) => Some((name.trim(), cell.at)),
        _ => None,
    }
}

fn is_aside(text: &str) -> bool {
    let text = text.trim();
    text.is_empty() || text.starts_with(['(', '（', '*', '†'])
}

/// A name as keys are written, or several with dots between.
fn is_name(text: &str) -> bool {
    let inner =
        |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '[' | ']' | ':' | '$');
    !text.is_empty()
        && text.len() <= 200
        && text.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && text.chars().all(inner)
        && !text.ends_with([':', '.'])
}

/// Reads terms and items.
struct Terms<'p> {
    page: &'p Page,
    groups: Vec<Group<'p>>,
    /// Whether the entry before goes on.
    open: bool,
    /// How many paragraphs without a label the last entry has.
    paragraphs: usize,
}

/// The head of an entry: its name, and where its own text goes on.
struct Head<'p> {
    name: &'p str,
    at: usize,
    marked: bool,
    kind: Option<String>,
    rest: Option<Prose>,
}

impl<'p> Terms<'p> {
    fn new(page: &'p Page) -> Self {
        Terms {
            page,
            groups: Vec::new(),
            open: false,
            paragraphs: 0,
        }
    }

    fn groups(mut self, is_field: &dyn Fn(&str) -> bool) -> Vec<Group<'p>> {
        let mut tables = self.page.tables.iter().peekable();
        for (index, block) in self.page.blocks.iter().enumerate() {
            while tables.next_if(|table| table.blocks.end <= index).is_some() {}
            if tables
                .peek()
                .is_some_and(|table| table.blocks.contains(&index))
            {
                self.open = false;
                continue;
            }
            match block {
                Block::Heading(_) | Block::Code(_) => self.open = false,
                Block::Item(prose) => self.block(index, prose, is_field, true),
                Block::Paragraph(prose) => self.block(index, prose, is_field, false),
            }
        }
        self.groups
    }

    fn block(
        &mut self,
        index: usize,
        prose: &'p Prose,
        is_field: &dyn Fn(&str) -> bool,
        item: bool,
    ) {
        if self.is_listed(prose, item) {
            return;
        }
        let is_meant = |head: &Head<'_>| head.marked || item || is_field(head.name);
        match head(prose, item).filter(is_meant) {
            Some(head) => self.begin(index, head),
            None => self.describe(prose),
        }
    }

    /// Whether a block is one of the values of a list that the last description opens; it is added to it.
    fn is_listed(&mut self, prose: &'p Prose, item: bool) -> bool {
        let last = self
            .groups
            .last_mut()
            .and_then(|group| group.entries.last_mut());
        let Some(said) = last
            .filter(|_| self.open && item && !prose.term)
            .map(|entry| &mut entry.said)
        else {
            return false;
        };
        let value = listed_value(prose).filter(|_| said.opens_list);
        let Some((value, at)) = value else {
            return false;
        };
        said.add_listed(value, at);
        true
    }

    fn begin(&mut self, index: usize, head: Head<'p>) {
        let mut said = Said {
            kind: head.kind,
            ..Said::default()
        };
        self.paragraphs = 0;
        if let Some(rest) = &head.rest {
            said.read(&Flat::new(rest));
            self.paragraphs = 1;
        }
        let entry = Entry {
            name: head.name,
            at: head.at,
            marked: head.marked,
            said,
        };
        match self.groups.last_mut().filter(|_| self.open) {
            Some(group) => group.entries.push(entry),
            None => self.groups.push(Group {
                first: index,
                entries: vec![entry],
            }),
        }
        self.open = true;
    }

    fn describe(&mut self, prose: &'p Prose) {
        let last = self
            .groups
            .last_mut()
            .and_then(|group| group.entries.last_mut());
        let Some(entry) = last.filter(|_| self.open) else {
            return;
        };
        if self.paragraphs >= MAX_PARAGRAPHS {
            self.open = false;
            return;
        }
        entry.said.read(&Flat::new(prose));
        self.paragraphs += usize::from(!entry.said.has_label());
        if ends_in_colon(prose) && !entry.said.opens_list {
            self.open = false; // it introduces something else
        }
    }
}

impl Said {
    fn add_listed(&mut self, value: &str, at: usize) {
        let value = (value.to_owned(), at);
        match self.lists.last_mut().filter(|list| list.labelled) {
            Some(list) => list.values.push(value),
            None => self.lists.push(Listed {
                values: vec![value],
                labelled: true,
            }),
        }
    }
}

/// The head of an entry, if a block is one: a name alone, or a name and a sign or a bracket behind it.
fn head(prose: &Prose, item: bool) -> Option<Head<'_>> {
    let (name, at, marked, behind) = name_before(prose).filter(|(name, ..)| !is_label(name))?;
    let text = match &prose.spans[..] {
        [Span::Code(..), Span::Text(text), ..] if behind == 0 => text.as_str(),
        [Span::Text(text), ..] => &text[behind..],
        _ => "",
    };
    let (kind, signed) = match qualifier(text) {
        Some((kind, end)) => (kind, end),
        None => (None, 0),
    };
    let rest = text[signed..].trim_start();
    let after_sign = rest.strip_prefix(['-', '–', '—', ':', '：', '=']);
    let alone = prose.spans.len() <= 2 && rest.is_empty();
    let labelled = || {
        let mut said = Said::default();
        said.read(&Flat::new(&cut(prose, behind, text.len() - rest.len())));
        said.has_label() && prose.spans.len() > 1
    };
    let is_head = match after_sign {
        Some(after) => {
            after.starts_with(char::is_whitespace) || after.is_empty() || !after.is_ascii()
        }
        None => marked && (alone || signed > 0 || labelled()),
    };
    if !is_head || (!marked && !item && after_sign.is_none()) {
        return None;
    }
    let from = after_sign.map_or(text.len() - rest.len(), |after| text.len() - after.len());
    let rest = cut(prose, behind, from);
    Some(Head {
        name,
        at,
        marked,
        kind,
        rest: rest
            .spans
            .iter()
            .any(|span| !matches!(span, Span::Text(text) if text.trim().is_empty()))
            .then_some(rest),
    })
}

/// The name that a block begins with: its text, where it stands, whether it is marked, and how many bytes of the
/// first text it takes.
fn name_before(prose: &Prose) -> Option<(&str, usize, bool, usize)> {
    match prose.spans.first()? {
        Span::Code(name, at) if is_name(name) => Some((name, *at, true, 0)),
        Span::Text(text) => {
            let bold = prose.bold.min(text.len());
            let name = text[..bold].trim().trim_end_matches([':', '：']);
            if bold > 0 && is_name(name) {
                return Some((name, prose.at, true, name.len()));
            }
            let end = text.find(|c: char| c.is_whitespace() || matches!(c, ':' | '：'))?;
            let name = &text[..end];
            is_name(name).then_some((name, prose.at, false, end))
        }
        _ => None,
    }
}

/// A bracket behind a name, `(String, required)`: the kind that it names, and where it ends.
fn qualifier(text: &str) -> Option<(Option<String>, usize)> {
    let inner = text.trim_start();
    let from = text.len() - inner.len();
    let close = inner
        .strip_prefix(['(', '（', '['])?
        .find([')', '）', ']'])?;
    let open = inner.chars().next().map_or(1, char::len_utf8);
    let inside = &inner[open..open + close];
    let end = from
        + open
        + close
        + inner[open + close..]
            .chars()
            .next()
            .map_or(1, char::len_utf8);
    let kind = kind_word::read(inside)
        .or_else(|| kind_word::read(inside.split([',', '，', '、']).next()?));
    Some((kind, end))
}

/// A block without its name, and without so many bytes of the text behind it.
fn cut(prose: &Prose, name: usize, bytes: usize) -> Prose {
    let mut spans = prose.spans.iter();
    let first = spans.next();
    let mut rest = Vec::new();
    match first {
        Some(Span::Text(text)) => rest.push(Span::Text(text[name + bytes..].to_owned())),
        _ => match spans.next() {
            Some(Span::Text(text)) => rest.push(Span::Text(text[bytes..].to_owned())),
            Some(other) => rest.push(other.clone()),
            None => {}
        },
    }
    rest.extend(spans.cloned());
    Prose {
        at: prose.at,
        spans: rest,
        bold: 0,
        term: false,
    }
}
