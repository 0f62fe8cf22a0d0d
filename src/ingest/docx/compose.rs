//! The body of a Word file → blocks.

use super::numbering::{Number, Numbering};
use super::package::Package;
use super::runs::{Context, Field, Row, offered};
use super::styles::{self, Kind as StyleKind, Styles};
use super::xml::Element;
use crate::article::{
    Block, Cell, CellAlign, Figure, Heading, Inline, Paragraph, Picture, PictureId, Role, RuleId,
    Style, Table, Text,
};
use crate::diagnostics::Sink;
use crate::ingest::limits;
use crate::ingest::row::{Kind, Leaf, Styles as Marks, collapse, is_blank, nest};
use crate::source::{FileId, Span};
use std::collections::HashMap;

const NUMBERING: RuleId = RuleId("docx::numbering");

/// Where a relation of a part leads.
#[derive(Debug, Clone)]
pub(super) struct Target {
    pub(super) path: String,
    pub(super) external: bool,
}

/// A block, and the list item it is or belongs to.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) block: Block,
    pub(super) item: Option<Item>,
    pub(super) style: StyleKind,
}

/// An item of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) level: usize,
    /// Its number; `None` for a bullet.
    pub(super) number: Option<u64>,
}

/// Puts blocks together.
pub(super) struct Composer<'a, 'b> {
    pub(super) package: &'a mut Package<'b>,
    pub(super) sink: &'a mut Sink,
    pub(super) name: String,
    pub(super) file: FileId,
    pub(super) styles: Styles,
    pub(super) numbering: Numbering,
    pub(super) relations: HashMap<String, Target>,
    /// The visible text, a paragraph a line.
    pub(super) source: String,
    pub(super) pictures: Vec<Picture>,
    pub(super) known_pictures: HashMap<String, PictureId>,
    pub(super) fields: Vec<Field>,
    /// Notes in the order of their references: id, and whether it is an endnote.
    pub(super) notes: Vec<(String, bool)>,
    /// Whether there are changes that someone should look at.
    pub(super) tracked: bool,
    /// The size that the style of the open paragraph gives its words.
    pub(super) line_size: Option<u32>,
    /// Paragraphs of boxes, which follow the paragraph they are drawn beside.
    boxed: Vec<Entry>,
}

impl<'a, 'b> Composer<'a, 'b> {
    pub(super) fn new(
        package: &'a mut Package<'b>,
        sink: &'a mut Sink,
        name: &str,
        file: FileId,
    ) -> Self {
        Self {
            package,
            sink,
            name: name.to_owned(),
            file,
            styles: Styles::default(),
            numbering: Numbering::default(),
            relations: HashMap::new(),
            source: String::new(),
            pictures: Vec::new(),
            known_pictures: HashMap::new(),
            fields: Vec::new(),
            notes: Vec::new(),
            tracked: false,
            line_size: None,
            boxed: Vec::new(),
        }
    }

    /// Words as they come, at the end of the visible text.
    pub(super) fn written(&mut self, words: &str) -> Text {
        let start = self.source.len();
        self.source.push_str(words);
        Text::kept(words, self.file, start)
    }

    /// Where a hyperlink leads on the web.
    pub(super) fn target(&self, id: &str) -> Option<String> {
        let target = self.relations.get(id).filter(|target| target.external)?;
        Some(target.path.clone())
    }

    /// Which note an id refers to.
    pub(super) fn note(&mut self, id: &str, end: bool) -> usize {
        let known = self.notes.iter().position(|(note, ends)| note == id && *ends == end);
        known.unwrap_or_else(|| {
            self.notes.push((id.to_owned(), end));
            self.notes.len() - 1
        })
    }

    /// Blocks of a body, a cell or a note.
    pub(super) fn blocks(&mut self, parent: &Element) -> Vec<Entry> {
        let mut out = Vec::new();
        for element in parent.elements() {
            match element.name.as_str() {
                "w:p" => {
                    self.paragraph(element, &mut out);
                    out.append(&mut self.boxed);
                }
                "w:tbl" => out.extend(self.table(element)),
                "w:sdt" => {
                    let about = element.find("w:docPartGallery");
                    let gallery = about.and_then(|about| about.attribute("w:val"));
                    let Some(content) = element.child("w:sdtContent") else { continue };
                    let blocks = self.blocks(content);
                    if gallery != Some("Table of Contents") {
                        out.extend(blocks);
                    }
                }
                "w:ins" | "w:moveTo" | "w:customXml" => out.extend(self.blocks(element)),
                "mc:AlternateContent" => {
                    out.extend(offered(element).map(|o| self.blocks(o)).unwrap_or_default());
                }
                "m:oMathPara" | "m:oMath" => {
                    let mut row = Row::default();
                    self.formula(element, &Context::default(), &mut row);
                    self.source.push('\n');
                    let blocks = self.block(StyleKind::Body, None, row);
                    let entry = |block| Entry { block, item: None, style: StyleKind::Body };
                    out.extend(blocks.into_iter().map(entry));
                }
                "w:del" | "w:moveFrom" => self.tracked = true,
                "w:altChunk" => self.sink.push(super::left_out(&self.name, super::EMBEDDED)),
                _ => {}
            }
        }
        out
    }

    /// Paragraphs of a box.
    pub(super) fn boxes(&mut self, content: &Element) {
        let blocks = self.blocks(content);
        self.boxed.extend(blocks);
    }

    fn paragraph(&mut self, element: &Element, out: &mut Vec<Entry>) {
        let lines = element.child("w:pPr");
        let style = self.styles.style(lines.and_then(|lines| lines.value("w:pStyle")));
        let outline = lines.and_then(|l| l.value("w:outlineLvl")?.parse::<u8>().ok());
        let kind = match (style.kind, outline) {
            (StyleKind::Body, Some(level)) if level < 9 => StyleKind::Heading(level + 1),
            (kind, _) => kind,
        };
        self.line_size = style.size;
        let heads = matches!(kind, StyleKind::Heading(_) | StyleKind::Title);
        let plain = kind == StyleKind::Body;
        let context = Context {
            bold: style.bold && plain,
            italic: style.italic && plain,
            ..Context::default()
        };
        let mut row = Row::default();
        let number = lines.and_then(styles::numbering).or(style.numbering.clone());
        let number =
            number.and_then(|(list, level)| Some((self.numbering.next(&list, level)?, level)));
        let mut item = None;
        match number {
            Some((Number::Words(words), _)) => self.prefix(&words, &mut row),
            Some((Number::Item(number), _)) if heads => {
                self.prefix(&format!("{number}."), &mut row)
            }
            Some((Number::Item(number), level)) => {
                item = Some(Item { level, number: Some(number) })
            }
            Some((Number::Bullet, level)) if !heads => item = Some(Item { level, number: None }),
            _ => {}
        }
        self.inline(element, &context, &mut row);
        self.close_fields(&mut row);
        self.source.push('\n');
        if kind == StyleKind::Contents || is_blank(&row.leaves) {
            return;
        }
        let align = lines.and_then(|lines| lines.value("w:jc")).or(style.align.as_deref());
        let block = self.block(kind, align, row);
        out.extend(block.into_iter().map(|block| Entry { block, item, style: kind }));
    }

    /// A number that Word counts and does not write.
    fn prefix(&mut self, words: &str, row: &mut Row) {
        let mut text = Text::default();
        let at = self.source.len();
        text.push(words, Span::new(self.file, at..at), Some(NUMBERING));
        row.leaves.push(Leaf { kind: Kind::Words(text), styles: Marks::default(), link: None });
    }

    fn block(&self, kind: StyleKind, align: Option<&str>, row: Row) -> Vec<Block> {
        let Row { mut leaves, large, all } = row;
        if kind == StyleKind::Code {
            return vec![Block::Code { language: None, text: code(&leaves) }];
        }
        collapse(&mut leaves);
        let short = all > 0 && all <= 40;
        if short && large == all && matches!(kind, StyleKind::Body) {
            for leaf in &mut leaves {
                leaf.styles = leaf.styles.with(Style::Strong);
            }
        }
        if let StyleKind::Heading(_) | StyleKind::Title = kind {
            leaves.iter_mut().for_each(|leaf| leaf.styles = leaf.styles.light());
        }
        let inlines = nest(&leaves);
        if let StyleKind::Heading(level) = kind {
            return vec![Block::Heading(Heading::written(level, inlines))];
        }
        let role = match (kind, align) {
            (StyleKind::Caption, _) => Role::Caption,
            (StyleKind::Body, Some("center")) if all <= 60 => Role::Centred,
            (StyleKind::Body, Some("right" | "end")) if all <= 60 => Role::Right,
            _ => Role::Body,
        };
        pictures_apart(inlines, role)
    }

    fn table(&mut self, element: &Element) -> Vec<Entry> {
        let mut table = Table::default();
        // Cells that go on from the row above, by the column they stand in.
        let mut open: HashMap<usize, (usize, usize)> = HashMap::new();
        for row in parts_of(element, "w:tr") {
            if row.child("w:trPr").is_some_and(|about| about.child("w:del").is_some()) {
                self.tracked = true;
                continue;
            }
            let mut cells = Vec::new();
            let mut column = 0;
            let head = row.child("w:trPr").and_then(|about| about.switch("w:tblHeader"));
            for cell in parts_of(row, "w:tc") {
                let about = cell.child("w:tcPr");
                let span = about.and_then(|about| about.value("w:gridSpan")?.parse::<u16>().ok());
                let columns = span.unwrap_or(1).clamp(1, limits::SPAN);
                let merge = about.and_then(|about| about.child("w:vMerge"));
                let goes_on = merge.is_some_and(|m| m.attribute("w:val") != Some("restart"));
                let entries = self.blocks(cell);
                let above = open.get(&column).copied().filter(|_| goes_on);
                if let Some((at, place)) = above {
                    let whole = table
                        .rows
                        .get_mut(at)
                        .and_then(|row: &mut crate::article::Row| row.cells.get_mut(place));
                    if let Some(whole) = whole {
                        whole.rows = whole.rows.saturating_add(1);
                        whole.blocks.extend(super::lists(entries));
                    }
                } else {
                    open.remove(&column);
                    if merge.is_some() {
                        open.insert(column, (table.rows.len(), cells.len()));
                    }
                    let heading = head == Some(true);
                    let mut blocks = super::lists(entries);
                    let align = common_align(&mut blocks);
                    cells.push(Cell { columns, rows: 1, heading, align, blocks });
                }
                column += usize::from(columns);
            }
            if head == Some(true) && table.head == table.rows.len() {
                table.head += 1;
            }
            table.rows.push(crate::article::Row { cells });
        }
        let said = table.cells().any(|cell| !cell.blocks.is_empty());
        let single = table.rows.iter().map(|row| row.cells.len()).sum::<usize>() == 1;
        let entry = |block| Entry { block, item: None, style: StyleKind::Body };
        match (said, single) {
            (false, _) => Vec::new(),
            // A frame around paragraphs is no table.
            (true, true) => table
                .rows
                .into_iter()
                .flat_map(|row| row.cells)
                .flat_map(|cell| cell.blocks)
                .map(entry)
                .collect(),
            (true, false) => vec![entry(Block::Table(table))],
        }
    }
}

/// Where all paragraphs of a cell stand; they say it no more.
fn common_align(blocks: &mut [Block]) -> Option<CellAlign> {
    let role = |block: &Block| match block {
        Block::Paragraph(paragraph) => Some(paragraph.role),
        _ => None,
    };
    let first = role(blocks.first()?)?;
    let align = match first {
        Role::Centred => CellAlign::Centre,
        Role::Right => CellAlign::Right,
        _ => return None,
    };
    if !blocks.iter().all(|block| role(block) == Some(first)) {
        return None;
    }
    for block in blocks {
        if let Block::Paragraph(paragraph) = block {
            paragraph.role = Role::Body;
        }
    }
    Some(align)
}

/// The rows of a table or the cells of a row, whatever Word wraps them in.
fn parts_of<'a>(parent: &'a Element, name: &str) -> Vec<&'a Element> {
    let mut out = Vec::new();
    for child in parent.elements() {
        match child.name.as_str() {
            found if found == name => out.push(child),
            "w:sdt" | "w:sdtContent" | "w:customXml" | "w:ins" | "w:moveTo" => {
                out.extend(parts_of(child, name));
            }
            "mc:AlternateContent" => {
                out.extend(offered(child).map(|o| parts_of(o, name)).unwrap_or_default());
            }
            _ => {}
        }
    }
    out
}

fn code(leaves: &[Leaf]) -> Text {
    let mut out = Text::default();
    for leaf in leaves {
        match &leaf.kind {
            Kind::Words(text) | Kind::Code(text) => out.append(text),
            Kind::Break => {
                let at = out.runs().last().map(|run| run.span).unwrap_or_default();
                out.push("\n", Span { start: at.end, ..at }, Some(NUMBERING));
            }
            _ => {}
        }
    }
    out
}

/// Pictures that stand alone or at the edge of a paragraph are figures.
fn pictures_apart(inlines: Vec<Inline>, role: Role) -> Vec<Block> {
    let is_image = |inline: &Inline| matches!(inline, Inline::Image(_));
    let lead = inlines.iter().take_while(|i| is_image(i) || matches!(i, Inline::Break)).count();
    let mut words = inlines;
    let rest = words.split_off(lead);
    let images: Vec<_> = words
        .into_iter()
        .filter_map(|inline| match inline {
            Inline::Image(image) => Some(image),
            _ => None,
        })
        .collect();
    let mut out = Vec::new();
    if !images.is_empty() {
        out.push(Block::Figure(Figure { images, caption: Vec::new() }));
    }
    if !rest.is_empty() {
        out.push(Block::Paragraph(Paragraph { role, run_in: None, inlines: rest }));
    }
    out
}
