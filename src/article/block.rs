//! Blocks: what an article is made of, from top to bottom.

use super::inline::{self, Image, Inline, Words};
use super::{Table, Text};
use serde::Serialize;

/// A block of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Block {
    /// A heading on lines of its own.
    Heading(Heading),
    /// A paragraph, perhaps with a heading run in.
    Paragraph(Paragraph),
    /// A pause between parts: `* * *`.
    Break {
        /// The marks as written.
        marks: Text,
    },
    /// A list.
    List(List),
    /// A quotation on lines of its own, or words set apart in another way.
    Quote {
        /// How they are set apart.
        #[serde(skip_serializing_if = "Apart::is_quotation")]
        apart: Apart,
        /// What it says.
        blocks: Vec<Block>,
    },
    /// Lines of code, set as they are.
    Code {
        /// The language, as written.
        language: Option<String>,
        /// The lines.
        text: Text,
    },
    /// A table.
    Table(Table),
    /// Pictures on lines of their own.
    Figure(Figure),
}

/// How words are set apart from the text around them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Apart {
    /// A quotation.
    #[default]
    Quotation,
    /// 旁栏: a box beside the text.
    Sidebar,
    /// 摘句: a sentence of the text shown large.
    PullQuote,
}

impl Apart {
    /// What a manuscript calls each, the first name being the one that is written.
    pub const NAMES: &'static [(&'static str, Self)] = &[
        ("SIDEBAR", Self::Sidebar),
        ("BOX", Self::Sidebar),
        ("旁栏", Self::Sidebar),
        ("NOTE", Self::Sidebar),
        ("TIP", Self::Sidebar),
        ("IMPORTANT", Self::Sidebar),
        ("WARNING", Self::Sidebar),
        ("CAUTION", Self::Sidebar),
        ("PULL", Self::PullQuote),
        ("摘句", Self::PullQuote),
    ];

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
    fn is_quotation(&self) -> bool {
        *self == Self::Quotation
    }
}

/// A list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct List {
    /// The first number, or `None` for a list without numbers.
    pub start: Option<u64>,
    /// The items.
    pub items: Vec<ListItem>,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ListItem {
    /// For an item of a task list: whether it is done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub done: Option<bool>,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Heading {
    /// 1 for 一、, 2 for （一）, and so on to 5.
    pub level: u8,
    /// How sure it is that this is a heading.
    #[serde(skip_serializing_if = "Confidence::is_certain")]
    pub confidence: Confidence,
    /// What it says, number included.
    pub inlines: Vec<Inline>,
}

/// How sure it is that a line is what it was taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// Nothing but its length and its place speaks for it.
    Doubtful,
    /// It is marked out by weight, or is numbered first of a series of one.
    Likely,
    /// The file says so, or it stands in a series of numbers.
    #[default]
    Certain,
}

impl Confidence {
    fn is_certain(&self) -> bool {
        *self == Self::Certain
    }
}

impl Heading {
    /// A heading that the file itself calls one.
    #[must_use]
    pub const fn written(level: u8, inlines: Vec<Inline>) -> Self {
        Self { level, confidence: Confidence::Certain, inlines }
    }
}

/// A paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Paragraph {
    /// What it is for.
    pub role: Role,
    /// The heading it opens with, up to its first 。 (串文标题).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub run_in: Option<Heading>,
    /// What it says, after the run-in heading.
    pub inlines: Vec<Inline>,
}

/// What a paragraph is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// 正文.
    Body,
    /// A paragraph its author centred, such as a signature block or a line of a letterhead.
    Centred,
    /// A paragraph its author set to the right, such as a signature and date.
    Right,
    /// 编者按.
    EditorNote,
    /// 作者简介: 作者系…….
    AuthorNote,
    /// 注释.
    Note,
    /// 图题.
    Caption,
}

/// Pictures on lines of their own, and what is said below them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// The pictures, from left to right.
    pub images: Vec<Image>,
    /// 图题.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub caption: Vec<Inline>,
}

impl Block {
    /// A paragraph of body text.
    #[must_use]
    pub const fn body(inlines: Vec<Inline>) -> Self {
        Self::Paragraph(Paragraph { role: Role::Body, run_in: None, inlines })
    }

    /// The heading this block is or opens with.
    #[must_use]
    pub const fn heading(&self) -> Option<&Heading> {
        match self {
            Self::Heading(heading) => Some(heading),
            Self::Paragraph(paragraph) => paragraph.run_in.as_ref(),
            _ => None,
        }
    }

    /// Every text of the block, in reading order, readings included.
    #[must_use]
    pub fn texts(&self) -> Vec<&Text> {
        let mut out = Vec::new();
        self.each_piece(&mut |piece| match piece {
            Piece::Inlines(inlines) => inline::collect(inlines, &mut out),
            Piece::Lines(text) => out.push(text),
        });
        out
    }

    /// The words of each paragraph of the block, in reading order, readings included.
    #[must_use]
    pub fn written(&self) -> Vec<String> {
        let mut out = Vec::new();
        self.each_piece(&mut |piece| {
            let mut texts = Vec::new();
            match piece {
                Piece::Inlines(inlines) => inline::collect(inlines, &mut texts),
                Piece::Lines(text) => texts.push(text),
            }
            out.push(texts.into_iter().map(Text::as_str).collect());
        });
        out
    }

    /// The characters of the block, in reading order, readings aside.
    #[must_use]
    pub fn plain(&self) -> String {
        let mut out = String::new();
        self.each_piece(&mut |piece| match piece {
            Piece::Inlines(inlines) => out.push_str(&inline::plain(inlines)),
            Piece::Lines(text) => out.push_str(text.as_str()),
        });
        out
    }

    /// Calls `visit` with every row of inlines and every text that is none, in reading order.
    pub fn each_piece<'a>(&'a self, visit: &mut dyn FnMut(Piece<'a>)) {
        match self {
            Self::Heading(heading) => visit(Piece::Inlines(&heading.inlines)),
            Self::Paragraph(paragraph) => {
                if let Some(heading) = &paragraph.run_in {
                    visit(Piece::Inlines(&heading.inlines));
                }
                visit(Piece::Inlines(&paragraph.inlines));
            }
            Self::Break { marks: text } | Self::Code { text, .. } => visit(Piece::Lines(text)),
            Self::Figure(figure) => visit(Piece::Inlines(&figure.caption)),
            Self::List(list) => each(list.items.iter().flat_map(|item| &item.blocks), visit),
            Self::Quote { blocks, .. } => each(blocks, visit),
            Self::Table(table) => {
                visit(Piece::Inlines(&table.caption));
                each(table.cells().flat_map(|cell| &cell.blocks), visit);
            }
        }
    }

    /// Calls `visit` with every row of inlines in the block: one for a heading or a caption, two
    /// for a paragraph with a heading run in.
    pub fn each_line_mut(&mut self, visit: &mut dyn FnMut(&mut [&mut Vec<Inline>])) {
        match self {
            Self::Heading(heading) => visit(&mut [&mut heading.inlines]),
            Self::Paragraph(Paragraph { run_in: Some(heading), inlines, .. }) => {
                visit(&mut [&mut heading.inlines, inlines]);
            }
            Self::Paragraph(paragraph) => visit(&mut [&mut paragraph.inlines]),
            Self::Figure(figure) => visit(&mut [&mut figure.caption]),
            Self::List(list) => {
                each_mut(list.items.iter_mut().flat_map(|item| &mut item.blocks), visit);
            }
            Self::Quote { blocks, .. } => each_mut(blocks, visit),
            Self::Table(table) => {
                visit(&mut [&mut table.caption]);
                each_mut(table.cells_mut().flat_map(|cell| &mut cell.blocks), visit);
            }
            Self::Break { .. } | Self::Code { .. } => {}
        }
    }

    /// Calls `visit` with the words of each heading, paragraph and caption in the block. The marks
    /// of a break and lines of code are not words.
    pub fn each_words_mut(&mut self, visit: &mut dyn FnMut(&mut [Words<'_>])) {
        self.each_line_mut(&mut |rows| {
            let mut words = Vec::new();
            for row in rows {
                inline::collect_words(row, &mut words);
            }
            if !words.is_empty() {
                visit(&mut words);
            }
        });
    }

    /// Calls `visit` with every heading on lines of its own in the block.
    pub fn each_heading_mut(&mut self, visit: &mut dyn FnMut(&mut Heading)) {
        let blocks: &mut dyn Iterator<Item = &mut Self> = match self {
            Self::Heading(heading) => return visit(heading),
            Self::List(list) => &mut list.items.iter_mut().flat_map(|item| &mut item.blocks),
            Self::Quote { blocks, .. } => &mut blocks.iter_mut(),
            Self::Table(table) => &mut table.cells_mut().flat_map(|cell| &mut cell.blocks),
            _ => return,
        };
        blocks.for_each(|block| block.each_heading_mut(visit));
    }

    /// Calls `visit` with every picture in the block.
    pub fn each_image_mut(&mut self, visit: &mut dyn FnMut(&mut Image)) {
        if let Self::Figure(figure) = self {
            figure.images.iter_mut().for_each(&mut *visit);
        }
        match self {
            Self::List(list) => {
                let blocks = list.items.iter_mut().flat_map(|item| &mut item.blocks);
                blocks.for_each(|block| block.each_image_mut(visit));
            }
            Self::Quote { blocks, .. } => blocks.iter_mut().for_each(|b| b.each_image_mut(visit)),
            Self::Table(table) => {
                let blocks = table.cells_mut().flat_map(|cell| &mut cell.blocks);
                blocks.for_each(|block| block.each_image_mut(visit));
            }
            _ => self.each_line_mut(&mut |rows| {
                rows.iter_mut().for_each(|row| inline::each_image_mut(row, visit));
            }),
        }
    }
}

/// Marks a line of verse ends with.
const VERSE_ENDS: [char; 8] = ['，', '。', '；', '！', '？', '：', '、', '—'];

impl Paragraph {
    /// Whether it is verse: its author broke it into lines, none of them long, each of which ends
    /// at a mark or is as short as a title.
    #[must_use]
    pub fn is_verse(&self) -> bool {
        let lines: Vec<&[Inline]> =
            self.inlines.split(|inline| matches!(inline, Inline::Break)).collect();
        let verse = |line: &&[Inline]| {
            let words = inline::plain(line);
            let words = words.trim();
            let count = words.chars().count();
            let han = words.chars().filter(|c| *c >= '\u{2E80}').count();
            count <= 40 && han * 2 > count && words.ends_with(VERSE_ENDS) || count <= 1
        };
        lines.len() > 1 && self.run_in.is_none() && lines.iter().all(verse)
    }
}

/// A part of a block that has text.
#[derive(Debug, Clone, Copy)]
pub enum Piece<'a> {
    /// Words.
    Inlines(&'a [Inline]),
    /// Marks of a break, lines of code.
    Lines(&'a Text),
}

fn each<'a>(blocks: impl IntoIterator<Item = &'a Block>, visit: &mut dyn FnMut(Piece<'a>)) {
    blocks.into_iter().for_each(|block| block.each_piece(visit));
}

fn each_mut<'a>(
    blocks: impl IntoIterator<Item = &'a mut Block>,
    visit: &mut dyn FnMut(&mut [&mut Vec<Inline>]),
) {
    blocks.into_iter().for_each(|block| block.each_line_mut(visit));
}
