//! A page comes in, as a browser's tokenizer reads it; what stands in it goes out: elements, ids, links and headings, and what
//! is wrong with it.

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use std::cell::RefCell;

/// What stands in a page.
#[derive(Default)]
pub struct Page {
    /// Each element with its attributes.
    pub elements: Vec<(String, Vec<(String, String)>)>,
    /// All text outside of tags.
    pub text: String,
    /// What a browser repairs, and what is not closed.
    pub problems: Vec<String>,
    open: Vec<String>,
}

/// Elements that have no end.
const VOID: [&str; 6] = ["br", "hr", "img", "input", "link", "meta"];

#[derive(Default)]
struct Sink(RefCell<Page>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let mut page = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) => page.tag(tag, line),
            Token::CharacterTokens(text) => page.text.push_str(&text),
            Token::ParseError(what) => page.problems.push(format!("line {line}: {what}")),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Page {
    pub fn read(text: &str) -> Page {
        let options = TokenizerOpts {
            exact_errors: true,
            ..TokenizerOpts::default()
        };
        let tokenizer = Tokenizer::new(Sink::default(), options);
        let input = BufferQueue::default();
        input.push_back(StrTendril::from(text));
        let _ = tokenizer.feed(&input);
        tokenizer.end();
        let mut page = tokenizer.sink.0.into_inner();
        let open = page.open.clone();
        page.problems
            .extend(open.iter().map(|name| format!("{name} is not closed")));
        page
    }

    fn tag(&mut self, tag: Tag, line: u64) {
        let name = tag.name.to_string();
        match tag.kind {
            TagKind::EndTag => match self.open.pop() {
                Some(open) if open == name => {}
                open => self
                    .problems
                    .push(format!("line {line}: {name} ends within {open:?}")),
            },
            TagKind::StartTag => {
                let attributes = tag.attrs.iter();
                let attributes =
                    attributes.map(|it| (it.name.local.to_string(), it.value.to_string()));
                self.elements.push((name.clone(), attributes.collect()));
                if !VOID.contains(&name.as_str()) && !tag.self_closing {
                    self.open.push(name);
                }
            }
        }
    }

    /// The values of an attribute, with the elements that have it.
    pub fn attributes<'p>(&'p self, wanted: &'p str) -> impl Iterator<Item = (&'p str, &'p str)> {
        self.elements.iter().flat_map(move |(name, attributes)| {
            let all = attributes.iter().filter(move |(key, _)| key == wanted);
            all.map(move |(_, value)| (name.as_str(), value.as_str()))
        })
    }

    /// How deep each heading is, in their order.
    pub fn headings(&self) -> Vec<u32> {
        let depth = |name: &str| name.strip_prefix('h')?.parse().ok();
        let names = self.elements.iter().map(|(name, _)| name.as_str());
        names.filter_map(depth).collect()
    }
}
