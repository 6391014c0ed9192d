//! The lines of a flattened page come in; the words that tell its inline code from its prose go
//! out: what its samples name, and what its prose uses as plain words.

use std::collections::{HashMap, HashSet};

use super::samples::Sample;
use super::scan::{Token, tokens};
use super::{Line, bullet};

/// How keys of a sample are spelled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Style {
    /// `TrainingJobName`, or no telling.
    #[default]
    Upper,
    /// `stepName`.
    Lower,
}

/// The words of a page.
#[derive(Debug, Default)]
pub(super) struct Vocabulary<'p> {
    keys: HashSet<&'p str>,
    values: HashSet<&'p str>,
    longest_word: usize,
    /// Values of several words, such as a detail-type.
    phrases: HashSet<&'p str>,
    longest_phrase: usize,
    /// Words that stand within lines, in lower case, with their counts.
    words: HashMap<String, usize>,
    /// The same as they are spelled.
    spellings: HashSet<&'p str>,
    /// How many words there are in all.
    total: usize,
    titles: HashSet<&'p str>,
    styles: Vec<Option<Style>>,
    /// What may be inline code at line ends, with the words that stand glued before it cut off:
    /// on how many lines.
    tails: HashMap<&'p str, usize>,
    /// How inline code is joined to the word before it.
    pub(super) glue: Glue,
}

/// Whether a page has lost the space between inline code and the word before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Glue {
    /// No line shows that any was lost, and some show that it was kept.
    Never,
    /// Lost here and kept there, as machine translation does.
    Sometimes,
    /// No line shows that any was kept.
    #[default]
    Always,
}

impl<'p> Vocabulary<'p> {
    pub(super) fn new(lines: &[Line<'p>], samples: &[Sample]) -> Self {
        let mut vocabulary = Vocabulary::default();
        let mut from = 0;
        for sample in samples {
            vocabulary.learn_sample(&lines[sample.first..sample.end]);
            vocabulary.learn_prose(&lines[from..sample.first]);
            from = sample.end;
        }
        vocabulary.learn_prose(&lines[from..]);
        vocabulary.learn_glue(lines);
        vocabulary.learn_tails(lines);
        vocabulary
    }

    fn learn_sample(&mut self, lines: &[Line<'p>]) {
        let (mut upper, mut lower) = (0, 0);
        let strings = lines.iter().flat_map(|line| tokens(line.text));
        for token in strings {
            let Token::Quoted(text, behind) = token else {
                continue;
            };
            if is_phrase(text) {
                self.longest_phrase = self.longest_phrase.max(text.len());
                self.phrases.insert(text);
            }
            if !is_word(text) {
                continue;
            }
            self.longest_word = self.longest_word.max(text.len());
            if behind.trim_start().starts_with(':') {
                self.keys.insert(text);
                upper += usize::from(text.starts_with(|c: char| c.is_ascii_uppercase()));
                lower += usize::from(is_lower_camel(text));
            } else {
                self.values.insert(text);
            }
        }
        let style = if lower > upper {
            Style::Lower
        } else {
            Style::Upper
        };
        self.styles.push((lower + upper > 0).then_some(style));
    }

    fn learn_prose(&mut self, lines: &[Line<'p>]) {
        let mut item = false;
        for line in lines {
            let (listed, text) = match bullet(line.text) {
                Some(rest) => (!rest.is_empty(), rest),
                None => (item, line.text),
            };
            item = text.is_empty();
            if listed {
                self.learn_item(text);
            }
            self.learn_words(text);
        }
    }

    /// An item that is one word is a value that its list documents, or the title of a section.
    fn learn_item(&mut self, text: &'p str) {
        self.titles.insert(text);
        if is_word(text) {
            self.longest_word = self.longest_word.max(text.len());
            self.values.insert(text);
        }
    }

    /// The last word of a line may be inline code, glued to another word: it proves nothing.
    fn learn_words(&mut self, text: &'p str) {
        let mut words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
        words.next_back();
        for word in words.filter(|word| !word.is_empty()) {
            self.total += 1;
            self.spellings.insert(word);
            *self.words.entry(word.to_lowercase()).or_default() += 1;
        }
    }

    /// Words that stand glued before a key in upper case stand so before others as well.
    fn learn_glue(&mut self, lines: &[Line<'p>]) {
        for line in lines {
            let word = line
                .text
                .rsplit(|c: char| !c.is_ascii_alphanumeric())
                .next();
            let word = word.unwrap_or_default();
            let joint = word.find(|c: char| c.is_ascii_uppercase()).unwrap_or(0);
            let (glue, code) = word.split_at(joint);
            if (2..=32).contains(&joint) && has_humps(code) && self.keys.contains(code) {
                *self.words.entry(glue.to_lowercase()).or_default() += 1;
            }
        }
    }

    fn learn_tails(&mut self, lines: &[Line<'p>]) {
        let (mut loose, mut glued) = (false, false);
        for line in lines {
            let part = |c: char| c.is_ascii_alphanumeric() || "_-".contains(c);
            let (before, word) = line.text.split_at(line.text.trim_end_matches(part).len());
            if !is_word(word) {
                continue;
            }
            loose |= before.ends_with(char::is_whitespace) && self.is_compound_key(word);
            glued |= constant(word).is_some() && !self.is_spelled(word);
            self.learn_tail(word);
            for cut in (1..word.len() - 1).take(LONGEST_GLUE) {
                if self.count(&word[..cut]) > 0 {
                    glued |= self.is_compound_key(&word[cut..]) && !self.keys.contains(word);
                    self.learn_tail(&word[cut..]);
                }
            }
        }
        self.glue = match (loose, glued) {
            (false, _) => Glue::Always,
            (true, true) => Glue::Sometimes,
            (true, false) => Glue::Never,
        };
    }

    fn learn_tail(&mut self, word: &'p str) {
        if self.tails.len() < MOST_TAILS {
            *self.tails.entry(word).or_default() += 1;
        }
    }

    fn is_compound_key(&self, word: &str) -> bool {
        has_humps(word) && self.keys.contains(word)
    }

    /// Whether samples have this key, or have it with another case of its first letter.
    pub(super) fn is_key(&self, word: &str) -> bool {
        self.keys.contains(word) || self.keys.contains(capitalised(word).as_str())
    }

    /// Whether a sample or a list has this value.
    pub(super) fn is_value(&self, word: &str) -> bool {
        self.values.contains(word)
    }

    /// How often a word stands within lines, in whatever case.
    pub(super) fn count(&self, word: &str) -> usize {
        let found = match word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            true => self.words.get(word),
            false => self.words.get(&word.to_lowercase()),
        };
        found.copied().unwrap_or(0)
    }

    /// Whether the page uses the word as often as languages use their articles and prepositions.
    pub(super) fn is_common(&self, word: &str) -> bool {
        let count = self.count(word);
        word.len() > 1 && count > 2 && count * RAREST_COMMON > self.total
    }

    /// On how many lines the word may be the inline code at the end.
    pub(super) fn tails(&self, word: &str) -> usize {
        self.tails.get(word).copied().unwrap_or(0)
    }

    /// Whether running text uses the word, spelled so, within its lines.
    pub(super) fn is_spoken(&self, word: &str) -> bool {
        self.spellings.contains(word)
    }

    /// Whether a list of the page names this line: then it is a heading.
    pub(super) fn is_title(&self, line: &str) -> bool {
        self.titles.contains(line)
    }

    /// Whether samples or lists have this key or value, spelled so.
    pub(super) fn is_spelled(&self, word: &str) -> bool {
        self.keys.contains(word) || self.values.contains(word)
    }

    /// Whether a sample has this value of several words.
    pub(super) fn is_phrase(&self, text: &str) -> bool {
        self.phrases.contains(text)
    }

    /// The length of the longest key or value of one word.
    pub(super) fn longest_word(&self) -> usize {
        self.longest_word
    }

    /// The length of the longest value of several words.
    pub(super) fn longest_phrase(&self) -> usize {
        self.longest_phrase
    }

    /// The style of the keys around prose that stands before the sample with this index.
    pub(super) fn style(&self, sample: usize) -> Style {
        let sample = sample.min(self.styles.len());
        let after = self.styles.get(sample).copied().flatten();
        let before = sample.checked_sub(1).and_then(|index| self.styles[index]);
        after.or(before).unwrap_or_default()
    }
}

/// The longest word of prose that is looked for before glued code.
pub(super) const LONGEST_GLUE: usize = 32;

/// How many tails are counted: no page of a reader has more.
const MOST_TAILS: usize = 1 << 18;

/// One word of this many at least is a common one.
const RAREST_COMMON: usize = 300;

/// Whether text can be a key or a value that prose names. The bound keeps searches linear.
fn is_word(text: &str) -> bool {
    (2..=64).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_-.:/".contains(&byte))
}

/// Whether text can be a value of several words that prose names.
fn is_phrase(text: &str) -> bool {
    text.len() <= 64
        && text.contains(' ')
        && text.starts_with(|c: char| c.is_ascii_uppercase())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b" -()/".contains(&byte))
}

fn is_lower_camel(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase()) && has_humps(text)
}

/// Whether a word is spelled as names in programs are: `camelCase`, `PascalCase`, `UPPER_CASE`.
pub(super) fn has_humps(word: &str) -> bool {
    let pairs = || word.as_bytes().windows(2);
    let hump = pairs().any(|pair| {
        !pair[0].is_ascii_uppercase() && pair[0] != b'_' && pair[1].is_ascii_uppercase()
    });
    let joint = word.trim_matches('_').contains('_');
    word.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && (hump || joint)
}

/// Where a constant begins, `SUBMITTED` or `IN_PROGRESS`, that a word of prose is glued to. Names do
/// end in shorter ones: `clusterARN`.
pub(super) fn constant(name: &str) -> Option<usize> {
    let spelled = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    let at = name.trim_end_matches(spelled).len();
    let (glue, code) = name.split_at(at);
    let long = code.len() > 4 || code.len() > 2 && code.contains('_');
    (long && glue.ends_with(|c: char| c.is_ascii_lowercase())).then_some(at)
}

fn capitalised(word: &str) -> String {
    let mut word = word.to_owned();
    if let Some(first) = word.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    word
}
