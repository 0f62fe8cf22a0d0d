//! The main text → blocks.
//!
//! Every block element ends the line before it and its own. What a line was for is kept: its
//! level as a heading, its alignment, whether it is a caption. `<br>` ends a paragraph where the
//! page indents or fills its lines, and a line where it is verse.

use super::dom::NodeId;
use super::known::is_about_the_page;
use super::lines::{are_paragraphs, is_indented, joined, stanzas};
use super::main_text::is_block;
use super::notes::Notes;
use super::page::Page;
use super::{code, image};
use crate::article::{
    Apart, Block, Figure, Heading, Inline, List, ListItem, Paragraph, Role, RuleId, Style, Text,
};
use crate::ingest::row::{Kind, Leaf, Styles, blank, collapse, is_blank, nest};
use crate::source::Span;
use std::rc::Rc;

const RULE: RuleId = RuleId("html::rule");

/// Tags that say how their words are marked out.
const STYLES: &[(&str, Style)] = &[
    ("b", Style::Strong),
    ("strong", Style::Strong),
    ("em", Style::Emphasis),
    ("i", Style::Emphasis),
    ("cite", Style::Emphasis),
    ("u", Style::Underline),
    ("ins", Style::Underline),
    ("s", Style::Deleted),
    ("del", Style::Deleted),
    ("strike", Style::Deleted),
    ("sub", Style::Subscript),
    ("sup", Style::Superscript),
];

/// Where a line stands.
#[derive(Debug, Clone, Default)]
pub(super) struct Context {
    styles: Styles,
    link: Option<Rc<str>>,
    align: Option<Role>,
    /// The level of the heading it is in.
    heading: Option<u8>,
    caption: bool,
    /// In a part that holds notes, or in a note.
    notes: bool,
}

impl Context {
    /// Where a text begins: the main one, or a note.
    pub(super) fn of(note: bool) -> Self {
        Self { notes: note, ..Self::default() }
    }

    /// The same place without its alignment and weight, for what stands in a cell.
    pub(super) fn plain(&self) -> Self {
        Self { notes: self.notes, link: self.link.clone(), ..Self::default() }
    }
}

/// Puts blocks together.
pub(super) struct Composer<'a> {
    pub(super) page: &'a Page<'a>,
    pub(super) notes: &'a Notes,
    /// Parts that are about the page are left out, unless they hold most of the text.
    pub(super) prune: bool,
    pub(super) blocks: Vec<Block>,
    leaves: Vec<Leaf>,
    /// Where the open line stands.
    line: Context,
}

impl<'a> Composer<'a> {
    pub(super) fn new(page: &'a Page<'a>, notes: &'a Notes, prune: bool) -> Self {
        let line = Context::default();
        Self { page, notes, prune, blocks: Vec::new(), leaves: Vec::new(), line }
    }

    /// The blocks of an element.
    pub(super) fn compose(mut self, root: NodeId, context: &Context) -> Vec<Block> {
        self.children(root, context);
        self.end_line();
        self.blocks
    }

    /// Blocks of a part, apart from those around it.
    pub(super) fn apart(&mut self, id: NodeId, context: &Context) -> Vec<Block> {
        self.end_line();
        let outer = std::mem::take(&mut self.blocks);
        self.children(id, context);
        self.end_line();
        std::mem::replace(&mut self.blocks, outer)
    }

    pub(super) fn children(&mut self, id: NodeId, context: &Context) {
        for child in self.page.children(id) {
            self.node(child, context);
        }
    }

    fn node(&mut self, id: NodeId, context: &Context) {
        if let Some(text) = self.page.text(id) {
            return self.push(Kind::Words(text.clone()), context);
        }
        if self.page.is_unseen(id) || self.notes.is_note(id) || self.is_scrap(id) {
            return;
        }
        let inner = self.inner(id, context);
        let name = self.page.name(id);
        match name {
            "br" => self.push(Kind::Break, context),
            "hr" if !context.notes => self.rule(id),
            "img" | "image" => self.image(id, context),
            "wbr" | "rp" | "hr" => {}
            "ruby" if !self.has_blocks(id) => self.ruby(id, &inner),
            "a" => self.anchor(id, &inner),
            "code" | "kbd" | "samp" | "tt" if !self.has_blocks(id) => self.code(id, &inner),
            "pre" | "listing" | "xmp" => self.code_block(id),
            "ul" | "ol" | "dir" => self.list(id, &inner),
            "blockquote" => {
                let blocks = self.apart(id, &inner);
                if !blocks.is_empty() {
                    self.blocks.push(Block::Quote { apart: Apart::Quotation, blocks });
                }
            }
            "table" => self.table(id, &inner),
            "figure" => self.figure(id, &inner),
            _ if is_block(name) => {
                self.end_line();
                self.line = inner.clone();
                self.children(id, &inner);
                self.end_line();
                self.line = context.clone();
            }
            _ => self.children(id, &inner),
        }
    }

    /// Parts about the page; never those that hold much of the text.
    fn is_scrap(&self, id: NodeId) -> bool {
        self.prune && is_about_the_page(self.page, id) && {
            let sentences = self.page.words(id).as_str().matches('。').count();
            sentences < 8 || self.page.name(id) == "nav"
        }
    }

    /// What an element says about the lines and words in it.
    fn inner(&self, id: NodeId, context: &Context) -> Context {
        let page = self.page;
        let name = page.name(id);
        let mut inner = context.clone();
        if let Some((_, style)) = STYLES.iter().find(|(tag, _)| *tag == name) {
            inner.styles = inner.styles.with(*style);
        }
        if let Some(weight) = page.style(id, "font-weight") {
            if matches!(weight, "bold" | "bolder" | "600" | "700" | "800" | "900") {
                inner.styles = inner.styles.with(Style::Strong);
            } else if matches!(weight, "normal" | "400") && name != "p" {
                inner.styles = inner.styles.light();
            }
        }
        let decoration =
            page.style(id, "text-decoration").or(page.style(id, "text-decoration-line"));
        if decoration.is_some_and(|d| d.contains("line-through")) {
            inner.styles = inner.styles.with(Style::Deleted);
        }
        let wavy = decoration.is_some_and(|d| d.contains("wavy"))
            || page.style(id, "text-decoration-style") == Some("wavy");
        if wavy {
            inner.styles = inner.styles.with(Style::Wavy);
        } else if decoration.is_some_and(|d| d.contains("underline")) && name != "a" {
            inner.styles = inner.styles.with(Style::Underline);
        }
        let emphasis = page.style(id, "text-emphasis").or(page.style(id, "text-emphasis-style"));
        if emphasis.is_some_and(|e| e != "none") {
            inner.styles = inner.styles.with(Style::Dots);
        }
        let align = page.style(id, "text-align").or_else(|| page.attribute(id, "align"));
        match (name, align.map(str::trim)) {
            ("center", _) | (_, Some("center" | "middle")) => inner.align = Some(Role::Centred),
            (_, Some("right" | "end")) if is_block(name) => inner.align = Some(Role::Right),
            (_, Some("left" | "start" | "justify")) => inner.align = None,
            _ => {}
        }
        if let Some(level) = heading_level(name) {
            inner.heading = Some(level);
        }
        let labels = || page.labels(id);
        if name == "figcaption"
            || name == "caption"
            || is_block(name) && labels().iter().any(|l| CAPTIONS.contains(&l.as_str()))
        {
            inner.caption = true;
        }
        inner.notes |=
            page.labels(id).iter().any(|label| label == "footnotes" || label == "endnotes");
        inner
    }

    fn has_blocks(&self, id: NodeId) -> bool {
        self.page.all(id).skip(1).any(|below| is_block(self.page.name(below)))
    }

    fn push(&mut self, kind: Kind, context: &Context) {
        let styles = match context.heading {
            Some(_) => context.styles.light(),
            None => context.styles,
        };
        if self.leaves.is_empty() {
            self.line = context.clone();
        }
        self.leaves.push(Leaf { kind, styles, link: context.link.clone() });
    }

    fn rule(&mut self, id: NodeId) {
        self.end_line();
        let mut marks = Text::default();
        marks.push("* * *", self.place(id), Some(RULE));
        if !matches!(self.blocks.last(), None | Some(Block::Break { .. })) {
            self.blocks.push(Block::Break { marks });
        }
    }

    fn place(&self, id: NodeId) -> Span {
        let range = self.page.tag_place(id);
        Span::new(self.page.file, range)
    }

    fn image(&mut self, id: NodeId, context: &Context) {
        if let Some(image) = image::read(self.page, id) {
            self.push(Kind::Image(image), context);
        }
    }

    /// A word and the reading that follows it, as often as there are readings.
    fn ruby(&mut self, id: NodeId, context: &Context) {
        let mut base = Text::default();
        for child in self.page.children(id) {
            match self.page.name(child) {
                "rt" => {
                    let reading = self.page.words(child);
                    let trimmed = trim(&reading);
                    let word = trim(&std::mem::take(&mut base));
                    if word.is_empty() || trimmed.is_empty() {
                        // A second reading of a word is kept as words.
                        let kept = if word.is_empty() { trimmed } else { word };
                        self.push(Kind::Words(kept), context);
                    } else {
                        self.push(Kind::Ruby { base: word, reading: trimmed }, context);
                    }
                }
                "rp" => {}
                "rtc" => {
                    let word = trim(&std::mem::take(&mut base));
                    self.push(Kind::Words(word), context);
                    self.push(Kind::Words(trim(&self.page.words(child))), context);
                }
                _ => base.append(&self.page.words(child)),
            }
        }
        if !base.is_empty() {
            self.push(Kind::Words(base), context);
        }
    }

    /// A link, a reference to a note, or the way back from one.
    fn anchor(&mut self, id: NodeId, context: &Context) {
        if let Some(note) = self.notes.referred(id) {
            let plain = Context { styles: Styles::default(), link: None, ..context.clone() };
            return self.push(Kind::Note(note), &plain);
        }
        let href = self.page.attribute(id, "href").unwrap_or_default().trim();
        if context.notes && href.starts_with('#') && self.notes.is_back(self.page, id) {
            return;
        }
        let target = self.page.absolute(href);
        let link = target.map(Rc::from).or_else(|| context.link.clone());
        self.children(id, &Context { link, ..context.clone() });
    }

    fn code(&mut self, id: NodeId, context: &Context) {
        let text = trim(&self.page.words(id));
        if !text.is_empty() {
            self.push(Kind::Code(code::one_line(&text)), context);
        }
    }

    fn code_block(&mut self, id: NodeId) {
        self.end_line();
        let text = code::lines(self.page, id);
        if !text.as_str().trim().is_empty() {
            self.blocks.push(Block::Code { language: code::language(self.page, id), text });
        }
    }

    fn list(&mut self, id: NodeId, context: &Context) {
        self.end_line();
        let mut items: Vec<ListItem> = Vec::new();
        for child in self.page.children(id) {
            if self.notes.is_note(child) || self.page.is_unseen(child) {
                continue;
            }
            let blocks = match self.page.name(child) {
                "li" => {
                    let inner = self.inner(child, context);
                    self.apart(child, &inner)
                }
                // A list inside a list, as old pages write it.
                "ul" | "ol" => {
                    let outer = std::mem::take(&mut self.blocks);
                    self.list(child, context);
                    std::mem::replace(&mut self.blocks, outer)
                }
                "" if self.page.text(child).is_some_and(|t| t.as_str().chars().all(blank)) => {
                    continue;
                }
                _ => {
                    let outer = std::mem::take(&mut self.blocks);
                    self.node(child, context);
                    self.end_line();
                    std::mem::replace(&mut self.blocks, outer)
                }
            };
            match (self.page.name(child), items.last_mut()) {
                _ if blocks.is_empty() => {}
                ("li", _) | (_, None) => items.push(ListItem { done: None, blocks }),
                (_, Some(last)) => last.blocks.extend(blocks),
            }
        }
        if items.is_empty() {
            return;
        }
        // Markdown has numbers of nine digits at most.
        let start = self.page.attribute(id, "start").and_then(|n| n.trim().parse().ok());
        let start = start.filter(|start: &u64| *start < 100_000_000);
        let start = (self.page.name(id) == "ol").then(|| start.unwrap_or(1));
        self.blocks.push(Block::List(List { start, items }));
    }

    /// Pictures and what is said below them; whatever else a page puts into a figure.
    fn figure(&mut self, id: NodeId, context: &Context) {
        let blocks = self.apart(id, context);
        self.blocks.extend(captioned(blocks));
    }

    /// Ends the open line: paragraphs, a heading or a caption.
    pub(super) fn end_line(&mut self) {
        let mut leaves = std::mem::take(&mut self.leaves);
        if is_blank(&leaves) {
            return;
        }
        let indented = is_indented(&leaves);
        collapse(&mut leaves);
        let context = self.line.clone();
        let lines: Vec<&[Leaf]> = leaves.split(|leaf| matches!(leaf.kind, Kind::Break)).collect();
        if let Some(level) = context.heading {
            let row: Vec<Leaf> = joined(&lines);
            let inlines = nest(&row);
            return self.blocks.push(if inlines.iter().all(|i| matches!(i, Inline::Image(_))) {
                figure_of(inlines)
            } else {
                Block::Heading(Heading::written(level, inlines))
            });
        }
        let apart = indented || context.align.is_none() && are_paragraphs(&lines);
        let groups = if apart { lines.iter().map(|l| vec![*l]).collect() } else { stanzas(&lines) };
        for group in groups.into_iter().filter(|group| !group.iter().all(|line| is_blank(line))) {
            let row = joined(&group);
            self.paragraph(&row, &context);
        }
    }

    fn paragraph(&mut self, row: &[Leaf], context: &Context) {
        let is_image = |leaf: &Leaf| matches!(&leaf.kind, Kind::Image(_));
        let lead = row.iter().take_while(|l| is_image(l) || matches!(l.kind, Kind::Break)).count();
        let (images, words) = row.split_at(lead);
        if images.iter().any(is_image) && (words.is_empty() || images.iter().all(|l| !is_small(l)))
        {
            self.blocks.push(figure_of(nest(images)));
            if words.is_empty() {
                return;
            }
            return self.words(words, context);
        }
        self.words(row, context);
    }

    fn words(&mut self, row: &[Leaf], context: &Context) {
        let inlines = nest(row);
        let said = crate::article::plain(&inlines);
        let length = said.chars().count();
        let role = match context.align {
            _ if context.caption => Role::Caption,
            Some(role) if length <= 60 && !said.ends_with('。') => role,
            _ => Role::Body,
        };
        self.blocks.push(Block::Paragraph(Paragraph { role, run_in: None, inlines }));
    }
}

/// Labels of captions (see [`Page::labels`]).
const CAPTIONS: &[&str] =
    &["caption", "figcaption", "imgtitle", "pictext", "picinfo", "imgtxt", "zhushi"];

fn heading_level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', digit @ b'1'..=b'6'] => Some(digit - b'0'),
        _ => None,
    }
}

fn trim(text: &Text) -> Text {
    let value = text.as_str();
    let start = value.len() - value.trim_start_matches(blank).len();
    let end = value.trim_end_matches(blank).len();
    text.slice(start.min(end)..end)
}

/// An emoticon or an icon among words.
fn is_small(leaf: &Leaf) -> bool {
    matches!(&leaf.kind, Kind::Image(image) if image::is_icon(image))
}

fn figure_of(inlines: Vec<Inline>) -> Block {
    let mut images = Vec::new();
    gather(inlines, &mut images);
    Block::Figure(Figure { images, caption: Vec::new() })
}

fn gather(inlines: Vec<Inline>, out: &mut Vec<crate::article::Image>) {
    for inline in inlines {
        match inline {
            Inline::Image(image) => out.push(image),
            Inline::Link { inlines, .. } | Inline::Styled { inlines, .. } => gather(inlines, out),
            _ => {}
        }
    }
}

/// Gives each figure the caption that follows or precedes it.
pub(super) fn captioned(blocks: Vec<Block>) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    for block in blocks {
        let block = match (out.last_mut(), block) {
            (
                Some(Block::Figure(figure)),
                Block::Paragraph(Paragraph { role: Role::Caption, inlines, run_in: None }),
            ) if figure.caption.is_empty() => {
                figure.caption = inlines;
                continue;
            }
            (_, block) => block,
        };
        out.push(block);
    }
    out
}
