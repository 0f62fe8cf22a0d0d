//! Characters → a page: the tokenizer and the tree builder, with places and with bounds.

use super::dom::{Growing, Handle, Node};
use super::origin::Cursor;
use crate::ingest::limits;
use crate::source::FileId;
use html5ever::buffer_queue::BufferQueue;
use html5ever::interface::TreeSink;
use html5ever::tokenizer::{
    Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{LocalName, tendril::StrTendril};
use std::cell::{Cell, RefCell};

/// What came of a page.
pub(super) struct Parsed {
    pub(super) nodes: Vec<Node>,
    /// Whether elements were nested deeper than [`limits::HTML_DEPTH`]: tags below were left
    /// out, what stood in them was kept.
    pub(super) too_deep: bool,
    /// Whether there was more than [`limits::HTML_NODES`].
    pub(super) too_many: bool,
}

/// Parses a page.
pub(super) fn parse(source: &str, file: FileId) -> Parsed {
    let tree = TreeBuilder::new(Growing::new(file), TreeBuilderOpts::default());
    let reader = Reader {
        tree,
        cursor: RefCell::new(Cursor::new(source, file)),
        raw: Cell::new(false),
        left_out: RefCell::default(),
        too_deep: Cell::new(false),
        too_many: Cell::new(false),
    };
    // A mark at the start is text here: decoding has taken off the one that is none.
    let options = TokenizerOpts { discard_bom: false, ..TokenizerOpts::default() };
    let tokenizer = Tokenizer::new(reader, options);
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(source));
    // The tokenizer stops at the end of each script, which nobody runs here.
    while !input.is_empty() {
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    let reader = tokenizer.sink;
    Parsed {
        nodes: reader.tree.sink.finish(),
        too_deep: reader.too_deep.get(),
        too_many: reader.too_many.get(),
    }
}

/// Between tokenizer and tree builder.
struct Reader<'a> {
    tree: TreeBuilder<Handle, Growing>,
    cursor: RefCell<Cursor<'a>>,
    /// Whether characters are a script's.
    raw: Cell<bool>,
    /// Start tags that were left out, innermost last.
    left_out: RefCell<Vec<LocalName>>,
    too_deep: Cell<bool>,
    too_many: Cell<bool>,
}

impl Reader<'_> {
    fn full(&self) -> bool {
        let full = self.tree.sink.count() >= limits::HTML_NODES;
        self.too_many.set(self.too_many.get() || full);
        full
    }

    /// Whether a tag goes to the tree builder.
    fn admit(&self, tag: &Tag) -> bool {
        let mut left_out = self.left_out.borrow_mut();
        match tag.kind {
            TagKind::StartTag if self.tree.sink.depth() >= limits::HTML_DEPTH => {
                self.too_deep.set(true);
                left_out.push(tag.name.clone());
                false
            }
            TagKind::EndTag if left_out.last() == Some(&tag.name) => {
                left_out.pop();
                false
            }
            _ => true,
        }
    }
}

impl TokenSink for Reader<'_> {
    type Handle = Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Handle> {
        let sink = &self.tree.sink;
        let mut settles = true;
        match &token {
            Token::CharacterTokens(value) => {
                let text = self.cursor.borrow_mut().characters(value, self.raw.get());
                sink.characters(text);
                settles = false;
            }
            Token::NullCharacterToken => self.cursor.borrow_mut().null(),
            Token::CommentToken(_) => {
                self.cursor.borrow_mut().comment();
                return TokenSinkResult::Continue;
            }
            Token::DoctypeToken(_) => self.cursor.borrow_mut().comment(),
            Token::TagToken(tag) => {
                let place = self.cursor.borrow_mut().tag();
                self.raw.set(false);
                if self.full() || !self.admit(tag) {
                    return TokenSinkResult::Continue;
                }
                if tag.kind == TagKind::StartTag {
                    sink.start_tag(Some((tag.name.clone(), place)));
                }
            }
            Token::ParseError(_) => return TokenSinkResult::Continue,
            Token::EOFToken => {}
        }
        let result = self.tree.process_token(token, line);
        if settles {
            sink.settle();
            sink.start_tag(None);
        }
        if let TokenSinkResult::RawData(kind) = &result {
            use html5ever::tokenizer::states::RawKind;
            self.raw.set(!matches!(kind, RawKind::Rcdata));
        }
        if matches!(result, TokenSinkResult::Plaintext) {
            self.raw.set(true);
        }
        result
    }

    fn end(&self) {
        self.tree.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.tree.adjusted_current_node_present_but_not_in_html_namespace()
    }
}
