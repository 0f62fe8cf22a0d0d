//! The parser's events → blocks.

use super::html::{HtmlBlock, Meaning};
use super::notes::Notes;
use crate::article::{
    Apart, Block, Cell, CellAlign, Heading, Inline, List, ListItem, Note, Role, Row, Style, Table,
    Text,
};
use crate::diagnostics::{Code, Diagnostic};
use crate::ingest::limits;
use crate::source::{FileId, Span};
use pulldown_cmark::{
    Alignment, CodeBlockKind, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd,
};
use std::ops::Range;

pub(super) type Refused = Box<Diagnostic>;

/// What a file says.
pub(super) struct Built {
    pub(super) blocks: Vec<Block>,
    pub(super) notes: Vec<Note>,
    /// What was noticed.
    pub(super) told: Vec<Diagnostic>,
}

/// What is open, from the outermost.
pub(super) enum Open {
    Blocks(Apart, Vec<Block>),
    Item {
        done: Option<bool>,
        blocks: Vec<Block>,
    },
    List {
        start: Option<u64>,
        items: Vec<ListItem>,
    },
    Inlines(Vec<Inline>),
    Code {
        language: Option<String>,
        text: Text,
    },
    Table {
        align: Vec<Alignment>,
        table: Table,
    },
    /// A cell of a table that is written as HTML.
    Cell(Cell),
    Note {
        label: String,
        blocks: Vec<Block>,
    },
}

/// Builds blocks from events; what is open stands on a stack.
pub(super) struct Builder<'a> {
    pub(super) source: &'a str,
    pub(super) file: FileId,
    pub(super) stack: Vec<Open>,
    /// Where link targets wait for their ends.
    targets: Vec<String>,
    /// Where the address, caption and place of a picture wait for its end.
    pub(super) images: Vec<(String, Text, Range<usize>)>,
    /// Captions of the pictures of the paragraph that is open.
    pub(super) captions: Vec<Text>,
    /// Where lines stand in the elements of HTML that are open.
    pub(super) aligns: Vec<Option<Role>>,
    /// A line end that is a space or nothing, by what comes next.
    pub(super) line_end: Option<Range<usize>>,
    /// Tags of HTML that are open, each with the height of the stack when it was opened.
    tags: Vec<(String, Meaning, usize)>,
    html: Option<HtmlBlock>,
    notes: Notes,
    pub(super) told: Vec<Diagnostic>,
    /// What says how a quotation is set apart ends here: it is no text.
    skip: usize,
}

impl<'a> Builder<'a> {
    pub(super) fn new(source: &'a str, file: FileId) -> Self {
        Self {
            source,
            file,
            stack: vec![Open::Blocks(Apart::Quotation, Vec::new())],
            targets: Vec::new(),
            images: Vec::new(),
            captions: Vec::new(),
            aligns: Vec::new(),
            line_end: None,
            tags: Vec::new(),
            html: None,
            notes: Notes::default(),
            told: Vec::new(),
            skip: 0,
        }
    }

    /// Reads the file from `start` on.
    pub(super) fn build(mut self, start: usize) -> Result<Built, Refused> {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS;
        let body = self.source.get(start..).unwrap_or_default();
        let mut cell_end = start;
        for (event, range) in Parser::new_ext(body, options).into_offset_iter() {
            let range = range.start + start..range.end + start;
            match event {
                Event::End(TagEnd::TableCell) => cell_end = range.end,
                Event::End(TagEnd::TableRow) => self.excess_cells(cell_end..range.end),
                _ => {}
            }
            self.event(event, range)?;
        }
        let mut open = usize::MAX;
        while self.stack.len() < open {
            open = self.stack.len();
            self.close_tight();
            self.close_html();
        }
        let (notes, uncalled) = self.notes.finish(self.file);
        self.told.extend(uncalled);
        let told = self.told;
        match self.stack.pop() {
            Some(Open::Blocks(_, blocks)) => Ok(Built { blocks, notes, told }),
            _ => Ok(Built { blocks: Vec::new(), notes, told }),
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) -> Result<(), Refused> {
        let inline = matches!(event, Event::Text(_) | Event::SoftBreak | Event::HardBreak);
        if inline && range.start < self.skip {
            return Ok(());
        }
        match event {
            Event::Start(tag) => return self.start(tag, range),
            Event::End(tag) => return self.end(tag),
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
            Event::Html(html) => {
                self.html.get_or_insert_default().push(&html, &range);
            }
            Event::FootnoteReference(label) => {
                let note = self.notes.called(&label);
                self.push_inline(Inline::NoteRef { note });
            }
            Event::TaskListMarker(ticked) => {
                if let Some(Open::Item { done, .. }) = self.stack.last_mut() {
                    *done = Some(ticked);
                }
            }
            Event::InlineMath(_) | Event::DisplayMath(_) => {
                return Err(self.refused("公式 formula", &range));
            }
        }
        Ok(())
    }

    /// `[!BOX]` on the first line of a quotation says how it is set apart: what it means, and where
    /// it ends.
    fn marker(&mut self, range: Range<usize>) -> (Apart, usize) {
        let words = self.source.get(range.clone()).unwrap_or_default();
        let line = words.split_inclusive('\n').next().unwrap_or_default();
        let rest = line.trim().trim_start_matches(['>', ' ']).strip_prefix("[!");
        let name = rest.and_then(|rest| rest.split_once(']'));
        let is = |own: &str| {
            name.is_some_and(|(name, after)| after.is_empty() && name.eq_ignore_ascii_case(own))
        };
        let known = Apart::NAMES.iter().find(|(own, _)| is(own));
        let is_name = |(name, after): &(&str, &str)| {
            let letters = name.chars().all(|c| c.is_ascii_alphabetic());
            letters && !name.is_empty() && !after.starts_with(['(', '[', ':'])
        };
        if let Some((name, _)) = name.filter(|one| known.is_none() && is_name(one)) {
            let finding = Diagnostic::new(Code::MarkupUnused).with("mark", format!("[!{name}]"));
            let span = Span::new(self.file, range.start..range.start + line.trim_end().len());
            self.told.push(finding.at_span(span));
        }
        known.map_or((Apart::Quotation, 0), |(_, apart)| (*apart, range.start + line.len()))
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) -> Result<(), Refused> {
        if self.stack.len() > limits::MARKDOWN_DEPTH {
            let finding = Diagnostic::new(Code::TooNested).with("limit", limits::MARKDOWN_DEPTH);
            return Err(Box::new(finding.at_span(Span::new(self.file, range))));
        }
        match tag {
            Tag::Paragraph | Tag::Heading { .. } => {
                self.close_tight();
                self.stack.push(Open::Inlines(Vec::new()));
            }
            Tag::Strong | Tag::Emphasis | Tag::Strikethrough => {
                self.settle_line_end();
                self.open_words();
                self.stack.push(Open::Inlines(Vec::new()));
            }
            Tag::Link { dest_url, link_type, .. } => {
                self.settle_line_end();
                self.open_words();
                let mail = if link_type == LinkType::Email { "mailto:" } else { "" };
                self.targets.push(format!("{mail}{dest_url}"));
                self.stack.push(Open::Inlines(Vec::new()));
            }
            Tag::TableCell => self.stack.push(Open::Inlines(Vec::new())),
            Tag::BlockQuote(_) => {
                self.close_tight();
                let (apart, end) = self.marker(range);
                self.skip = self.skip.max(end);
                self.stack.push(Open::Blocks(apart, Vec::new()));
            }
            Tag::FootnoteDefinition(label) => {
                self.close_tight();
                let label = label.into_string();
                self.notes.begins(&label, range.start);
                self.stack.push(Open::Note { label, blocks: Vec::new() });
            }
            Tag::Item => self.stack.push(Open::Item { done: None, blocks: Vec::new() }),
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
            Tag::HtmlBlock => self.close_tight(),
            Tag::Table(mut align) => {
                self.close_tight();
                // Only a table of HTML has no columns yet.
                if align.is_empty() {
                    align.push(Alignment::None);
                }
                self.stack.push(Open::Table { align, table: Table::default() });
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some(Open::Table { table, .. }) = self.stack.last_mut() {
                    table.rows.push(Row::default());
                    table.head = 1;
                }
            }
            Tag::Image { dest_url, title, .. } => {
                self.settle_line_end();
                self.open_words();
                let caption = self.caption(&title, &range);
                self.images.push((dest_url.into_string(), caption, range));
                self.stack.push(Open::Inlines(Vec::new()));
            }
            _ => return Err(self.refused("Markdown", &range)),
        }
        Ok(())
    }

    fn end(&mut self, tag: TagEnd) -> Result<(), Refused> {
        match tag {
            TagEnd::Paragraph => {
                let inlines = self.close_inlines();
                if !inlines.is_empty() {
                    let block = self.paragraph_or_figure(inlines);
                    self.push_block(block);
                }
            }
            TagEnd::HtmlBlock => {
                if let Some(html) = self.html.take() {
                    self.html_block(&html)?;
                }
                self.close_tight();
            }
            TagEnd::Heading(level) => {
                let inlines = self.close_inlines();
                if !inlines.is_empty() {
                    let level = depth(level);
                    self.push_block(Block::Heading(Heading::written(level, inlines)));
                }
            }
            TagEnd::Strong => self.close_styled(Style::Strong),
            TagEnd::Emphasis => self.close_styled(Style::Emphasis),
            TagEnd::Strikethrough => self.close_styled(Style::Deleted),
            TagEnd::Link => {
                let inlines = self.close_inlines();
                let target = self.targets.pop().unwrap_or_default();
                self.push_inline(Inline::Link { target, inlines });
            }
            TagEnd::Image => self.close_image(),
            TagEnd::TableCell => self.close_cell(),
            TagEnd::CodeBlock | TagEnd::Table => {
                self.close_tight();
                self.close_block();
            }
            TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::List(_) | TagEnd::FootnoteDefinition => {
                self.close_tight();
                self.close_html();
                self.close_block();
            }
            _ => {}
        }
        Ok(())
    }

    fn close_styled(&mut self, style: Style) {
        let inlines = self.close_inlines();
        self.push_inline(Inline::Styled { style, inlines });
    }

    fn close_cell(&mut self) {
        let inlines = self.close_inlines();
        let Some(Open::Table { align, table }) = self.stack.last_mut() else { return };
        let heading = table.rows.len() == 1;
        let Some(row) = table.rows.last_mut() else { return };
        let align = match align.get(row.cells.len()) {
            Some(Alignment::Left) => Some(CellAlign::Left),
            Some(Alignment::Center) => Some(CellAlign::Centre),
            Some(Alignment::Right) => Some(CellAlign::Right),
            Some(Alignment::None) | None => None,
        };
        let blocks = if inlines.is_empty() { Vec::new() } else { vec![Block::body(inlines)] };
        row.cells.push(Cell { heading, align, blocks, ..Cell::default() });
    }

    /// Cells beyond the columns of the head: readers of GFM drop them, words and all.
    fn excess_cells(&mut self, rest: Range<usize>) {
        let words = self.source.get(rest.clone()).unwrap_or_default();
        let Some(Open::Table { table, .. }) = self.stack.last_mut() else { return };
        let Some(row) = table.rows.last_mut() else { return };
        let mut at = rest.start;
        for cell in words.split('|') {
            let inner = cell.trim();
            if !inner.is_empty() {
                let before = cell.len() - cell.trim_start().len();
                let text = Text::kept(inner, self.file, at + before);
                let blocks = vec![Block::body(vec![Inline::Text(text)])];
                row.cells.push(Cell { blocks, ..Cell::default() });
            }
            at += cell.len() + 1;
        }
    }

    pub(super) fn close_block(&mut self) {
        let Some(open) = self.stack.pop() else { return };
        match open {
            Open::Blocks(apart, blocks) => self.push_block(Block::Quote { apart, blocks }),
            Open::Item { done, blocks } => {
                if let Some(Open::List { items, .. }) = self.stack.last_mut() {
                    items.push(ListItem { done, blocks });
                }
            }
            Open::List { start, items } => self.push_block(Block::List(List { start, items })),
            Open::Code { language, text } => self.push_block(Block::Code { language, text }),
            Open::Table { table, .. } => self.push_block(Block::Table(table)),
            Open::Note { label, blocks } => {
                self.notes.says(&label, blocks);
            }
            Open::Cell(_) | Open::Inlines(_) => {}
        }
    }

    /// The inlines that are open; tags that are still open in them say nothing.
    pub(super) fn close_inlines(&mut self) -> Vec<Inline> {
        self.line_end = None;
        while self.tags.last().is_some_and(|(.., height)| *height + 1 == self.stack.len()) {
            self.tags.pop();
            let Some(Open::Inlines(inlines)) = self.stack.pop() else { break };
            inlines.into_iter().for_each(|inline| self.push_inline(inline));
        }
        match self.stack.pop() {
            Some(Open::Inlines(inlines)) => inlines,
            Some(other) => {
                self.stack.push(other);
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    /// A tag of HTML opens around words.
    pub(super) fn open_tag(&mut self, name: &str, meaning: Meaning) {
        self.settle_line_end();
        self.open_words();
        self.tags.push((name.to_owned(), meaning, self.stack.len()));
        self.stack.push(Open::Inlines(Vec::new()));
    }

    /// A tag closes, when it is the one that was opened last.
    pub(super) fn close_tag(&mut self, name: &str) {
        let here = self.stack.len();
        let last = self.tags.pop_if(|(open, _, height)| open == name && *height + 1 == here);
        let Some((_, meaning, _)) = last else { return };
        let Some(Open::Inlines(inlines)) = self.stack.pop() else { return };
        for inline in self.meant(&meaning, inlines) {
            self.push_inline(inline);
        }
    }

    /// Takes the inlines at the end of the open row that stand after its last ruby.
    pub(super) fn take_unread(&mut self) -> Vec<Inline> {
        let Some(Open::Inlines(inlines)) = self.stack.last_mut() else { return Vec::new() };
        let last = inlines.iter().rposition(|inline| matches!(inline, Inline::Ruby { .. }));
        inlines.split_off(last.map_or(0, |at| at + 1))
    }

    /// Words of a tight list item stand in no paragraph of their own: they become one.
    pub(super) fn close_tight(&mut self) {
        if matches!(self.stack.last(), Some(Open::Inlines(_))) {
            let inlines = self.close_inlines();
            if !inlines.is_empty() {
                let block = self.paragraph_or_figure(inlines);
                self.push_block(block);
            }
        }
    }

    fn push_block(&mut self, block: Block) {
        let open = self.stack.last_mut();
        if let Some(
            Open::Blocks(_, blocks)
            | Open::Item { blocks, .. }
            | Open::Note { blocks, .. }
            | Open::Cell(Cell { blocks, .. }),
        ) = open
        {
            blocks.push(block);
        }
    }

    /// Words of a tight list item and of a block of HTML need a row to stand in.
    fn open_words(&mut self) {
        if !matches!(self.stack.last(), Some(Open::Inlines(_))) {
            self.stack.push(Open::Inlines(Vec::new()));
        }
    }

    pub(super) fn push_inline(&mut self, inline: Inline) {
        if !matches!(inline, Inline::Break) {
            self.settle_line_end();
        }
        self.open_words();
        let Some(Open::Inlines(inlines)) = self.stack.last_mut() else { return };
        match (inlines.last_mut(), inline) {
            (Some(Inline::Text(last)), Inline::Text(text)) => last.append(&text),
            (_, inline) => inlines.push(inline),
        }
    }

    pub(super) fn refused(&self, what: &str, range: &Range<usize>) -> Refused {
        let finding = Diagnostic::new(Code::InputUnsupported).with("what", what);
        Box::new(finding.at_span(Span::new(self.file, range.clone())))
    }
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
