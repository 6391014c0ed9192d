//! A line of a flattened page comes in; where the inline code begins that ends it goes out. The
//! page has lost the space before it as a rule (`theFailureReason`), and no language is known.

use super::Line;
use super::vocabulary::{Style, Vocabulary, has_humps};

/// What stands on the line after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Punctuation that closes or separates: it goes on with the line before it.
    Punctuation,
    /// A word that cannot begin a paragraph in scripts with cases, or one of another script.
    Continues,
    /// A word that may begin a paragraph.
    Fresh,
    /// No running text.
    None,
}

impl Next {
    pub(super) fn of(line: &Line) -> Next {
        let mut characters = line.text.chars();
        let (first, second) = (characters.next(), characters.next());
        match first {
            Some('-' | '•' | '*' | '+') if second.is_none() => Next::None,
            Some('.') if second.is_some_and(char::is_alphanumeric) => Next::Fresh,
            Some(first) if is_closing(first) => Next::Punctuation,
            Some(first) if first.is_uppercase() || "\"'„“‘«".contains(first) => Next::Fresh,
            _ => Next::Continues,
        }
    }
}

fn is_closing(character: char) -> bool {
    ",.:;!?)]}。，、：；！？）］」』》】”’»…،؛؟".contains(character)
}

/// Inline code at the end of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ending {
    /// Where in the line it begins.
    pub(super) at: usize,
    /// Whether it is a message in quotes: a paragraph may end with it.
    pub(super) quoted: bool,
    /// Whether it is the whole line, and what follows begins anew: a term and its description.
    pub(super) term: bool,
}

impl Vocabulary<'_> {
    /// The inline code at the end of `line`, in the prose before the sample with this index;
    /// `torn` says that the line goes on behind other inline code.
    pub(super) fn ending(
        &self,
        line: &str,
        next: Next,
        torn: bool,
        sample: usize,
    ) -> Option<Ending> {
        if let Some(at) = quoted(line) {
            return Some(Ending {
                at,
                quoted: true,
                term: false,
            });
        }
        let word = last_word(line)?;
        let known = self.known(word, next, self.style(sample));
        let cut = known.or_else(|| self.shaped(word, next, self.style(sample)));
        let cut = cut.or_else(|| (next == Next::Punctuation).then(|| self.forced(word)))?;
        let at = line.len() - word.len() + cut;
        let alone = at == 0 && !torn && next == Next::Fresh;
        if alone && self.is_title(line) {
            return None;
        }
        Some(Ending {
            at,
            quoted: false,
            term: alone,
        })
    }

    /// Where the longest key or value begins that ends the word.
    fn known(&self, word: &str, next: Next, style: Style) -> Option<usize> {
        let longest = self.longest().min(word.len());
        let mut cuts = word.len() - longest..word.len() - 1;
        let plausible = |cut: usize, key: bool| {
            self.is_glue(&word[..cut], &word[cut..], key && style == Style::Lower)
                && is_evident(&word[..cut], &word[cut..], next)
        };
        cuts.clone()
            .find(|&cut| self.is_key(&word[cut..]) && plausible(cut, true))
            .or_else(|| cuts.find(|&cut| self.is_value(&word[cut..]) && plausible(cut, false)))
    }

    /// Whether `glued` can be the end of a word of prose that stood before `code`.
    fn is_glue(&self, glued: &str, code: &str, may_be_camel: bool) -> bool {
        let word = trailing_word(glued);
        if word.is_empty() {
            return !glued.ends_with(['-', '_', '/']);
        }
        let boundary = code.starts_with(|c: char| c.is_ascii_uppercase())
            && word.bytes().all(|byte| byte.is_ascii_lowercase());
        self.count(word) > 0 && !(word.len() == 1 && !boundary) || boundary && !may_be_camel
    }

    /// Where a word begins that is spelled as programs spell names.
    fn shaped(&self, word: &str, next: Next, style: Style) -> Option<usize> {
        let name = trailing_word(word);
        let before = word.len() - name.len();
        if !has_humps(name) || word[..before].ends_with(['-', '/']) {
            return None;
        }
        let cut = self.unglue(name, style);
        let spoken = self.is_spoken(&name[cut..]) && next != Next::Punctuation;
        (!spoken).then_some(before + cut)
    }

    /// Where the name begins in `name`, which may begin with a glued word of prose.
    fn unglue(&self, name: &str, style: Style) -> usize {
        let hump = name.find(|c: char| c.is_ascii_uppercase()).unwrap_or(0);
        let lower = name[..hump].bytes().all(|byte| byte.is_ascii_lowercase());
        if hump == 0 || !lower {
            0
        } else if style == Style::Upper {
            hump
        } else if self.always_glued {
            self.unglue_word(name)
        } else {
            0
        }
    }

    /// Cuts off the word of prose that `name` most likely begins with: one behind which another
    /// known word begins, else the one that the page uses most.
    fn unglue_word(&self, name: &str) -> usize {
        let lower = name
            .find(|c: char| !c.is_ascii_lowercase())
            .unwrap_or(name.len());
        let last = if lower < name.len() {
            lower
        } else {
            name.len().saturating_sub(2)
        };
        let cuts = (1..=last.min(32)).filter(|&cut| self.count(&name[..cut]) > 0);
        cuts.max_by_key(|&cut| {
            let rest = &name[cut..lower];
            (
                rest.is_empty() || self.count(rest) > 0,
                self.count(&name[..cut]),
            )
        })
        .unwrap_or(0)
    }

    /// Where inline code begins that nothing but its place at a line end gives away.
    fn forced(&self, word: &str) -> usize {
        if let Some(arn) = word.find("arn:") {
            return arn;
        }
        let name = trailing_word(word);
        let plain = name.bytes().all(|byte| byte.is_ascii_lowercase());
        match name.len() == word.len() && plain && self.always_glued {
            true if self.count(name) == 0 => self.unglue_word(name),
            _ => 0,
        }
    }
}

/// Whether more than its spelling says that `code` is inline code: names with humps and a change
/// of case at the joint do; plain words need a line behind them that goes on.
fn is_evident(glued: &str, code: &str, next: Next) -> bool {
    let joint = glued.ends_with(|c: char| c.is_ascii_lowercase())
        && code.starts_with(|c: char| c.is_ascii_uppercase());
    joint || has_humps(code) || matches!(next, Next::Punctuation | Next::Continues)
}

/// The message in quotes that ends a line.
fn quoted(line: &str) -> Option<usize> {
    let at = line.strip_suffix('"')?.rfind('"')?;
    (line.len() - at > 2).then_some(at)
}

/// What ends a line and may be or hold inline code, without the prose of other scripts before it.
fn last_word(line: &str) -> Option<&str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "_-.:/{}$*@".contains(c);
    let spaced = line.rsplit(char::is_whitespace).next().unwrap_or(line);
    let word = &line[line.trim_end_matches(is_part).len()..];
    let ends = word.ends_with(|c: char| c.is_ascii_alphanumeric() || "_}*".contains(c));
    (ends && word.len() > 1 && !spaced.contains("://")).then_some(word)
}

fn trailing_word(text: &str) -> &str {
    let rest = text.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '_');
    &text[rest.len()..]
}
