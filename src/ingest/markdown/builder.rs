//! The parser's events → blocks.

use crate::article::{Block, Heading, Inline, List, Paragraph, Role, RuleId, Text};
use crate::diagnostics::{Code, Diagnostic};
use crate::source::{FileId, Span};
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::ops::Range;

const ENTITY: RuleId = RuleId("markdown::entity");
const LINE_END: RuleId = RuleId("markdown::line-end");

type Refused = Box<Diagnostic>;

/// What is open, from the outermost.
enum Open {
    Blocks(Vec<Block>),
    List { start: Option<u64>, items: Vec<Vec<Block>> },
    Inlines(Vec<Inline>),
    Code { language: Option<String>, text: Text },
}

/// Builds blocks from events; what is open stands on a stack.
pub(super) struct Builder<'a> {
    source: &'a str,
    file: FileId,
    stack: Vec<Open>,
    /// Where link targets wait for their ends.
    targets: Vec<String>,
    /// A line end that is a space or nothing, by what comes next.
    line_end: Option<Range<usize>>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(source: &'a str, file: FileId) -> Self {
        let stack = vec![Open::Blocks(Vec::new())];
        Self { source, file, stack, targets: Vec::new(), line_end: None }
    }

    /// Reads the file from `start` on.
    pub(super) fn build(mut self, start: usize) -> Result<Vec<Block>, Refused> {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS;
        let body = self.source.get(start..).unwrap_or_default();
        for (event, range) in Parser::new_ext(body, options).into_offset_iter() {
            self.event(event, range.start + start..range.end + start)?;
        }
        match self.stack.pop() {
            Some(Open::Blocks(blocks)) => Ok(blocks),
            _ => Ok(Vec::new()),
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) -> Result<(), Refused> {
        match event {
            Event::Start(tag) => return self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text, range),
            Event::Code(text) => {
                let code = self.code_span(&text, &range);
                self.push_inline(Inline::Code(code));
            }
            Event::SoftBreak => self.line_end = Some(range),
            Event::HardBreak => self.push_inline(Inline::Break),
            Event::Rule => {
                self.close_tight();
                let marks = self.source.get(range.clone()).unwrap_or_default().trim_end();
                let marks = Text::kept(marks, self.file, range.start);
                self.push_block(Block::Break { marks });
            }
            Event::InlineHtml(html) => self.inline_html(&html, &range)?,
            Event::Html(html) => self.html(&html, &range)?,
            Event::FootnoteReference(_) => return Err(self.refused("脚注 footnote", &range)),
            Event::TaskListMarker(_) => return Err(self.refused("任务列表 task list", &range)),
            Event::InlineMath(_) | Event::DisplayMath(_) => {
                return Err(self.refused("公式 formula", &range));
            }
        }
        Ok(())
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) -> Result<(), Refused> {
        match tag {
            Tag::Paragraph | Tag::Heading { .. } | Tag::Strong | Tag::Emphasis => {
                self.open_inlines(&tag);
            }
            Tag::Link { dest_url, .. } => {
                self.settle_line_end();
                self.targets.push(dest_url.into_string());
                self.stack.push(Open::Inlines(Vec::new()));
            }
            Tag::BlockQuote(_) | Tag::Item => {
                self.close_tight();
                self.stack.push(Open::Blocks(Vec::new()));
            }
            Tag::List(start) => {
                self.close_tight();
                self.stack.push(Open::List { start, items: Vec::new() });
            }
            Tag::CodeBlock(kind) => {
                self.close_tight();
                let language = match kind {
                    CodeBlockKind::Fenced(name) => {
                        Some(name.into_string()).filter(|name| !name.is_empty())
                    }
                    CodeBlockKind::Indented => None,
                };
                self.stack.push(Open::Code { language, text: Text::default() });
            }
            Tag::HtmlBlock => {
                self.close_tight();
                self.stack.push(Open::Inlines(Vec::new()));
            }
            Tag::Table(_) | Tag::TableHead | Tag::TableRow | Tag::TableCell => {
                return Err(self.refused("表格 table", &range));
            }
            Tag::Image { .. } => return Err(self.refused("图片 image", &range)),
            Tag::FootnoteDefinition(_) => return Err(self.refused("脚注 footnote", &range)),
            Tag::Strikethrough => return Err(self.refused("删除线 strikethrough", &range)),
            _ => return Err(self.refused("Markdown", &range)),
        }
        Ok(())
    }

    /// Opens a row of inlines. A paragraph inside the words of a tight item closes them first.
    fn open_inlines(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Paragraph | Tag::Heading { .. } => self.close_tight(),
            _ => self.settle_line_end(),
        }
        self.stack.push(Open::Inlines(Vec::new()));
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock => {
                let inlines = self.close_inlines();
                if !inlines.is_empty() {
                    self.push_block(paragraph(inlines));
                }
            }
            TagEnd::Heading(level) => {
                let inlines = self.close_inlines();
                if !inlines.is_empty() {
                    let level = depth(level);
                    self.push_block(Block::Heading(Heading { level, inlines }));
                }
            }
            TagEnd::Strong => {
                let inlines = self.close_inlines();
                self.push_inline(Inline::Strong(inlines));
            }
            TagEnd::Emphasis => {
                let inlines = self.close_inlines();
                self.push_inline(Inline::Emphasis(inlines));
            }
            TagEnd::Link => {
                let inlines = self.close_inlines();
                let target = self.targets.pop().unwrap_or_default();
                self.push_inline(Inline::Link { target, inlines });
            }
            TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::List(_) | TagEnd::CodeBlock => {
                self.close_tight();
                self.close_block();
            }
            _ => {}
        }
    }

    fn close_block(&mut self) {
        let Some(open) = self.stack.pop() else { return };
        match open {
            Open::Blocks(blocks) => match self.stack.last_mut() {
                Some(Open::List { items, .. }) => items.push(blocks),
                _ => self.push_block(Block::Quote { blocks }),
            },
            Open::List { start, items } => self.push_block(Block::List(List { start, items })),
            Open::Code { language, text } => self.push_block(Block::Code { language, text }),
            Open::Inlines(_) => {}
        }
    }

    fn close_inlines(&mut self) -> Vec<Inline> {
        self.line_end = None;
        match self.stack.pop() {
            Some(Open::Inlines(inlines)) => inlines,
            Some(other) => {
                self.stack.push(other);
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    /// Words of a tight list item stand in no paragraph of their own: they become one.
    fn close_tight(&mut self) {
        if matches!(self.stack.last(), Some(Open::Inlines(_))) {
            let inlines = self.close_inlines();
            self.push_block(paragraph(inlines));
        }
    }

    fn push_block(&mut self, block: Block) {
        if let Some(Open::Blocks(blocks)) = self.stack.last_mut() {
            blocks.push(block);
        }
    }

    fn push_inline(&mut self, inline: Inline) {
        if !matches!(inline, Inline::Break) {
            self.settle_line_end();
        }
        if matches!(self.stack.last(), Some(Open::Blocks(_))) {
            self.stack.push(Open::Inlines(Vec::new()));
        }
        let Some(Open::Inlines(inlines)) = self.stack.last_mut() else { return };
        match (inlines.last_mut(), inline) {
            (Some(Inline::Text(last)), Inline::Text(text)) => {
                let run = text.runs().first().copied();
                let value = text.as_str();
                if let Some(run) = run {
                    last.push(value, run.span, run.rule);
                }
            }
            (_, inline) => inlines.push(inline),
        }
    }

    fn text(&mut self, value: &str, range: Range<usize>) {
        if let Some(Open::Code { text, .. }) = self.stack.last_mut() {
            let rule = (self.source.get(range.clone()) != Some(value)).then_some(ENTITY);
            text.push(value, Span::new(self.file, range), rule);
            return;
        }
        self.settle_line_end_before(value.chars().next());
        let text = self.origin(value, range);
        self.push_inline(Inline::Text(text));
    }

    /// A value as it stands in the file, or as what an entity stands for.
    fn origin(&self, value: &str, range: Range<usize>) -> Text {
        let mut text = Text::default();
        let rule = (self.source.get(range.clone()) != Some(value)).then_some(ENTITY);
        text.push(value, Span::new(self.file, range), rule);
        text
    }

    /// The words of a code span, without its backticks.
    fn code_span(&self, value: &str, range: &Range<usize>) -> Text {
        let source = self.source.get(range.clone()).unwrap_or_default();
        match source.find(value) {
            Some(at) => Text::kept(value, self.file, range.start + at),
            None => self.origin(value, range.clone()),
        }
    }

    fn settle_line_end(&mut self) {
        self.settle_line_end_before(None);
    }

    /// A line end is a space between Western words, and nothing beside Chinese.
    fn settle_line_end_before(&mut self, next: Option<char>) {
        let Some(range) = self.line_end.take() else { return };
        let before = self.source.get(..range.start).and_then(|s| s.trim_end().chars().next_back());
        let next = next.or_else(|| {
            self.source.get(range.end..).and_then(|rest| rest.trim_start().chars().next())
        });
        let western = |c: Option<char>| c.is_some_and(|c| u32::from(c) < 0x2E80);
        if western(before) && western(next) {
            let mut space = Text::default();
            space.push(" ", Span::new(self.file, range), Some(LINE_END));
            self.push_inline(Inline::Text(space));
        }
    }

    /// A block of HTML: its tags are markup, the words between them are a paragraph.
    fn html(&mut self, html: &str, range: &Range<usize>) -> Result<(), Refused> {
        if is_comment(html) {
            return Ok(());
        }
        let mut at = range.start;
        for piece in html.split_inclusive('>') {
            let words = piece.find('<').unwrap_or(piece.len());
            let (words, tag) = piece.split_at(words);
            let text = words.trim();
            if !text.is_empty() {
                let start = at + words.len() - words.trim_start().len();
                self.push_inline(Inline::Text(Text::kept(text, self.file, start)));
            }
            if !tag.is_empty() {
                self.inline_html(tag, range)?;
            }
            at += piece.len();
        }
        Ok(())
    }

    /// Tags of inline HTML are markup; `<br>` is a new line.
    fn inline_html(&mut self, html: &str, range: &Range<usize>) -> Result<(), Refused> {
        let tag = html.trim_matches(['<', '>', '/', ' ']).to_ascii_lowercase();
        let name = tag.split([' ', '/']).next().unwrap_or_default();
        match name {
            "br" => self.push_inline(Inline::Break),
            "img" | "script" | "style" | "iframe" => return Err(self.refused("HTML", range)),
            _ => {}
        }
        Ok(())
    }

    fn refused(&self, what: &str, range: &Range<usize>) -> Refused {
        let finding = Diagnostic::new(Code::InputUnsupported).with("what", what);
        Box::new(finding.at_span(Span::new(self.file, range.clone())))
    }
}

fn paragraph(inlines: Vec<Inline>) -> Block {
    Block::Paragraph(Paragraph { role: Role::Body, run_in: None, inlines })
}

const fn depth(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// A block of HTML that shows nothing.
fn is_comment(html: &str) -> bool {
    let html = html.trim();
    html.is_empty() || html.starts_with("<!--") && html.ends_with("-->")
}
