//! A line of a flattened page comes in; where the inline code begins that ends it goes out. The
//! page has lost the space before it as a rule (`theFailureReason`), and no language is known.

use super::vocabulary::{Glue, LONGEST_GLUE, Style, Vocabulary, constant, has_humps};
use super::{Line, bullet};

/// What stands on the line after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Punctuation that closes or separates: it goes on with the line before it.
    Punctuation,
    /// Words in lower case: no paragraph begins so.
    Lowercase,
    /// Words of a script without cases: no telling.
    Caseless,
    /// A word that may begin a paragraph.
    Fresh,
    /// No running text.
    None,
}

impl Next {
    /// What `lines`, the rest of a stretch of prose, begins with.
    pub(super) fn of(lines: &[Line], vocabulary: &Vocabulary) -> Next {
        let Some(line) = lines.first() else {
            return Next::None;
        };
        let next = Next::of_text(line.text);
        if next != Next::Lowercase || !is_alone(line.text) {
            return next;
        }
        // Alone on its line: glued inline code, or a name, a label or a term that begins anew.
        let named = has_humps(line.text) && vocabulary.is_spelled(line.text);
        match lines
            .get(1)
            .map_or(Next::None, |after| Next::of_text(after.text))
        {
            Next::Fresh | Next::None => Next::Fresh,
            _ if named => Next::Fresh,
            _ => Next::Lowercase,
        }
    }

    /// The same for one line, whatever follows it.
    pub(super) fn of_text(text: &str) -> Next {
        let mut characters = text.chars();
        let (first, second) = (characters.next(), characters.next());
        match first {
            _ if bullet(text).is_some() => Next::None,
            Some('.') if second.is_some_and(char::is_alphanumeric) => Next::Fresh,
            Some(first) if is_closing(first) => Next::Punctuation,
            Some(first) if first.is_lowercase() || first == '(' => Next::Lowercase,
            Some(first) if first.is_alphabetic() && !first.is_uppercase() => Next::Caseless,
            _ => Next::Fresh,
        }
    }

    /// Whether nothing but inline code makes the line before end where it does.
    fn forces(self) -> bool {
        matches!(self, Next::Punctuation | Next::Lowercase)
    }
}

/// One word without punctuation behind it.
fn is_alone(line: &str) -> bool {
    !line.contains(char::is_whitespace) && !line.ends_with(is_closing)
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
    /// Whether a word of prose may be glued before it that cannot be told from it: then its name
    /// is not known.
    pub(super) doubtful: bool,
}

impl Ending {
    /// Inline code that begins at this byte of the line.
    pub(super) fn at(at: usize) -> Self {
        Ending {
            at,
            quoted: false,
            term: false,
            doubtful: false,
        }
    }
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
                quoted: true,
                ..Ending::at(at)
            });
        }
        let goes_on = next.forces() || next == Next::Caseless;
        if let Some(at) = self.phrase(line).filter(|_| goes_on) {
            return Some(Ending::at(at));
        }
        let word = last_word(line)?;
        let style = self.style(sample);
        let fresh = !torn && matches!(next, Next::Fresh | Next::None);
        let cut = whole(line, word)
            .filter(|_| fresh)
            .or_else(|| self.known(word, next, style))
            .or_else(|| self.shaped(word, next, style));
        let foreign = || next == Next::Caseless && self.is_foreign(line, word, torn);
        let forced = || (next.forces() || foreign()).then(|| self.forced(word));
        let cut = cut.or_else(forced)?;
        let at = line.len() - word.len() + cut;
        let alone = at == 0 && !torn && next == Next::Fresh;
        if alone && self.is_title(line) {
            return None;
        }
        Some(Ending {
            term: alone,
            doubtful: self.hides_glue(&line[at..]) || cut == 0 && self.lacks_glue(line, at, torn),
            ..Ending::at(at)
        })
    }

    /// Where the longest value of several words begins that ends the line.
    fn phrase(&self, line: &str) -> Option<usize> {
        let from = line.len().saturating_sub(self.longest_phrase());
        let mut cuts = (from..line.len()).filter(|&cut| line.is_char_boundary(cut));
        cuts.find(|&cut| self.is_phrase(&line[cut..]))
    }

    /// Where the longest key or value begins that ends the word.
    fn known(&self, word: &str, next: Next, style: Style) -> Option<usize> {
        let longest = self.longest_word().min(word.len());
        let mut cuts = word.len() - longest..word.len() - 1;
        // A name may begin in lower case with a word that no line has elsewhere.
        let always = self.glue == Glue::Always;
        let camel = style == Style::Lower && !(always && self.unglue_word(word) == 0);
        let plausible = |cut: usize, camel: bool| {
            let (glued, code) = word.split_at(cut);
            let sure = always && next.forces() && code.len() > 4;
            is_evident(glued, code, next)
                && (self.is_glue(glued, code, camel) || sure && is_lowercase(glued))
        };
        cuts.clone()
            .find(|&cut| self.is_key(&word[cut..]) && plausible(cut, camel))
            .or_else(|| cuts.find(|&cut| self.is_value(&word[cut..]) && plausible(cut, false)))
    }

    /// Whether `glued` can be the end of a word of prose that stood before `code`, where `camel`
    /// says that it may as well be the beginning of a name that ends in `code`.
    fn is_glue(&self, glued: &str, code: &str, camel: bool) -> bool {
        let word = trailing_word(glued);
        if word.is_empty() {
            return !glued.ends_with(['-', '_', '/']);
        }
        let joint = is_lowercase(word) && code.starts_with(|c: char| c.is_ascii_uppercase());
        let compound = has_humps(code) || code.contains(['-', '_']);
        let words = is_lowercase(
            word.strip_prefix(|c: char| c.is_ascii_uppercase())
                .unwrap_or(word),
        );
        let name = words && compound && self.is_spelled(code);
        self.count(word) > 0 && (word.len() > 1 || joint || name) || joint && !camel || name
    }

    /// Where a word begins that is spelled as programs spell names.
    fn shaped(&self, word: &str, next: Next, style: Style) -> Option<usize> {
        let name = trailing_word(word);
        let before = word.len() - name.len();
        if !has_humps(name) || word[..before].ends_with(['-', '/']) {
            return None;
        }
        let cut = self.unglue(name, style);
        let spoken = self.is_spoken(&name[cut..]) && !next.forces();
        (!spoken).then_some(before + cut)
    }

    /// Where the name begins in `name`, which may begin with a glued word of prose.
    fn unglue(&self, name: &str, style: Style) -> usize {
        let hump = name.find(|c: char| c.is_ascii_uppercase()).unwrap_or(0);
        if !is_lowercase(&name[..hump]) {
            return 0;
        }
        let constant = constant(name).filter(|_| self.glue != Glue::Never);
        let cut = match self.glue {
            _ if style == Style::Upper || hump == 0 => hump,
            Glue::Always => self.unglue_word(name),
            Glue::Sometimes => self.unglue_common(name, hump),
            Glue::Never => 0,
        };
        constant.unwrap_or(cut)
    }

    /// Cuts off the word of prose that `name` most likely begins with: one behind which another
    /// known word begins, else a long one that the page uses much.
    fn unglue_word(&self, name: &str) -> usize {
        let first = usize::from(name.starts_with(|c: char| c.is_ascii_uppercase()));
        let run = name[first..].find(|c: char| !c.is_ascii_lowercase());
        let run = run.map_or(name.len(), |run| first + run);
        let last = if run < name.len() {
            run
        } else {
            name.len().saturating_sub(2)
        };
        let cuts = (1..=last.min(LONGEST_GLUE)).filter(|&cut| {
            self.count(&name[..cut]) > 0
                && name[cut..].starts_with(|c: char| c.is_ascii_alphanumeric())
                && !(first > 0 && name[cut..].starts_with(|c: char| c.is_ascii_uppercase()))
        });
        cuts.max_by_key(|&cut| {
            let rest = &name[cut..run.max(cut)];
            let known = rest.is_empty() || self.count(rest) > 0 || self.tails(&name[cut..]) > 1;
            (known, cut * cut * cut * self.count(&name[..cut]))
        })
        .unwrap_or(0)
    }

    /// Cuts off a common word of prose, if it is all that stands before the first hump, or another
    /// word of prose follows it there.
    fn unglue_common(&self, name: &str, hump: usize) -> usize {
        let run = &name[..hump];
        if self.is_common(run) || hump == 1 && self.count(run) > 2 {
            return hump;
        }
        if self.count(run) > 0 {
            return 0;
        }
        let mut cuts = (2..hump).rev();
        let known = |cut: &usize| self.is_common(&run[..*cut]) && self.count(&run[*cut..]) > 0;
        cuts.find(known).unwrap_or(0)
    }

    /// Whether `code` may as well be a common word of prose with code glued to it.
    fn hides_glue(&self, code: &str) -> bool {
        if self.glue == Glue::Never || self.is_spelled(code) || self.is_key(code) {
            return false;
        }
        let first = usize::from(code.starts_with(|c: char| c.is_ascii_uppercase()));
        let run = code[first..].find(|c: char| !c.is_ascii_lowercase());
        let run = first + run.unwrap_or(code.len() - first);
        let word = &code[..run];
        if first > 0 {
            return has_humps(&code[run..]) && self.is_common(word);
        }
        self.glue == Glue::Sometimes
            && self.count(word) == 0
            && (2..run.saturating_sub(2)).any(|cut| self.is_common(&word[..cut]))
    }

    /// Whether a space or other code stands before a name in lower case, where no line shows a
    /// space that was kept: then the name begins with an unknown word of prose.
    fn lacks_glue(&self, line: &str, at: usize, torn: bool) -> bool {
        let (before, code) = line.split_at(at);
        let run = code.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(0);
        self.glue == Glue::Always
            && (before.ends_with(char::is_whitespace) || torn && at == 0)
            && run > 0
            && has_humps(code)
            && self.count(&code[..run]) == 0
            && !self.is_spelled(code)
            && !self.is_key(code)
    }

    /// Whether a word of Latin letters ends a line in a script without cases, or follows other
    /// inline code there, and no line of the page has it elsewhere, as it would a product's name.
    fn is_foreign(&self, line: &str, word: &str, torn: bool) -> bool {
        let before = line[..line.len() - word.len()].trim_end();
        let caseless =
            before.ends_with(|c: char| c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase());
        let listed = torn && before.chars().all(|c| is_closing(c) || c == ' ');
        (caseless || listed) && word.len() > 3 && !self.is_spoken(word)
    }

    /// Where inline code begins that nothing but its place at a line end gives away.
    fn forced(&self, word: &str) -> usize {
        match word.find("arn:") {
            Some(arn) => arn,
            None if self.glue == Glue::Always && self.count(word) == 0 => self.unglue_word(word),
            None => 0,
        }
    }
}

/// Whether more than its spelling says that `code` is inline code: names with humps and a change
/// of case at the joint do; plain words need a line behind them that goes on.
fn is_evident(glued: &str, code: &str, next: Next) -> bool {
    let joint = glued.ends_with(|c: char| c.is_ascii_lowercase())
        && code.starts_with(|c: char| c.is_ascii_uppercase());
    joint || has_humps(code) || next.forces() || next == Next::Caseless
}

/// A name in lower case that is all of a line: no prose begins so, and nothing is glued to it.
fn whole(line: &str, word: &str) -> Option<usize> {
    let begins = line == word && word.starts_with(|c: char| c.is_ascii_lowercase());
    (begins && has_humps(word)).then_some(0)
}

/// The message in quotes that ends a line.
fn quoted(line: &str) -> Option<usize> {
    let last = line.strip_suffix('"')?.rfind('"')?;
    let at = if line.starts_with('"') { 0 } else { last };
    (line.len() - at > 2).then_some(at)
}

/// What ends a line and may be or hold inline code, without the prose of other scripts before it.
fn last_word(line: &str) -> Option<&str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "_-.:/{}$*@".contains(c);
    let spaced = line.rsplit(char::is_whitespace).next().unwrap_or(line);
    let word = &line[line.trim_end_matches(is_part).len()..];
    let ends = word.ends_with(|c: char| c.is_ascii_alphanumeric() || "_}*".contains(c));
    (ends && !spaced.contains("://")).then_some(word)
}

fn is_lowercase(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_lowercase())
}

fn trailing_word(text: &str) -> &str {
    let rest = text.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '_');
    &text[rest.len()..]
}
