//! Blocks and what stands inside a line of them.

use super::Text;
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
    /// A quotation on lines of its own.
    Quote {
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
}

/// A list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct List {
    /// The first number, or `None` for a list without numbers.
    pub start: Option<u64>,
    /// The items.
    pub items: Vec<Vec<Block>>,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Heading {
    /// 1 for 一、, 2 for （一）, and so on to 5.
    pub level: u8,
    /// What it says, number included.
    pub inlines: Vec<Inline>,
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
    /// 编者按.
    EditorNote,
    /// 作者简介: 作者系…….
    AuthorNote,
    /// 注释.
    Note,
    /// 图题.
    Caption,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Inline {
    /// Words.
    Text(Text),
    /// Words that weigh more.
    Strong(Vec<Inline>),
    /// Words in another voice.
    Emphasis(Vec<Inline>),
    /// Code inside a line.
    Code(Text),
    /// Words that lead somewhere.
    Link {
        /// Where to.
        target: String,
        /// The words.
        inlines: Vec<Inline>,
    },
    /// A new line in the same paragraph.
    Break,
}

impl Block {
    /// The heading this block is or opens with.
    #[must_use]
    pub const fn heading(&self) -> Option<&Heading> {
        match self {
            Self::Heading(heading) => Some(heading),
            Self::Paragraph(paragraph) => paragraph.run_in.as_ref(),
            _ => None,
        }
    }

    /// Every text of the block, in reading order.
    #[must_use]
    pub fn texts(&self) -> Vec<&Text> {
        let mut out = Vec::new();
        self.collect(&mut out);
        out
    }

    /// The characters of the block, in reading order.
    #[must_use]
    pub fn plain(&self) -> String {
        self.texts().into_iter().map(Text::as_str).collect()
    }

    fn collect<'a>(&'a self, out: &mut Vec<&'a Text>) {
        match self {
            Self::Heading(heading) => collect(&heading.inlines, out),
            Self::Paragraph(paragraph) => {
                if let Some(heading) = &paragraph.run_in {
                    collect(&heading.inlines, out);
                }
                collect(&paragraph.inlines, out);
            }
            Self::Break { marks } => out.push(marks),
            Self::List(list) => list.items.iter().flatten().for_each(|block| block.collect(out)),
            Self::Quote { blocks } => blocks.iter().for_each(|block| block.collect(out)),
            Self::Code { text, .. } => out.push(text),
        }
    }

    /// Calls `visit` with the words of each heading and paragraph in the block, nested ones
    /// included. The marks of a break and lines of code are not words.
    pub fn each_line_mut(&mut self, visit: &mut dyn FnMut(&mut [Words<'_>])) {
        let mut words = Vec::new();
        match self {
            Self::Heading(heading) => collect_mut(&mut heading.inlines, &mut words),
            Self::Paragraph(paragraph) => {
                if let Some(heading) = &mut paragraph.run_in {
                    collect_mut(&mut heading.inlines, &mut words);
                }
                collect_mut(&mut paragraph.inlines, &mut words);
            }
            Self::List(list) => {
                for block in list.items.iter_mut().flatten() {
                    block.each_line_mut(visit);
                }
            }
            Self::Quote { blocks } => {
                for block in blocks {
                    block.each_line_mut(visit);
                }
            }
            Self::Break { .. } | Self::Code { .. } => {}
        }
        if !words.is_empty() {
            visit(&mut words);
        }
    }
}

/// A text of a line that rules may change.
#[derive(Debug)]
pub struct Words<'a> {
    /// The text.
    pub text: &'a mut Text,
    /// Code: looked at, but left as it is.
    pub verbatim: bool,
}

/// The characters of a row of inlines.
#[must_use]
pub fn plain(inlines: &[Inline]) -> String {
    let mut texts = Vec::new();
    collect(inlines, &mut texts);
    texts.into_iter().map(Text::as_str).collect()
}

fn collect<'a>(inlines: &'a [Inline], out: &mut Vec<&'a Text>) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => out.push(text),
            Inline::Strong(inlines) | Inline::Emphasis(inlines) | Inline::Link { inlines, .. } => {
                collect(inlines, out);
            }
            Inline::Break => {}
        }
    }
}

fn collect_mut<'a>(inlines: &'a mut [Inline], out: &mut Vec<Words<'a>>) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => out.push(Words { text, verbatim: false }),
            Inline::Code(text) => out.push(Words { text, verbatim: true }),
            Inline::Strong(inlines) | Inline::Emphasis(inlines) | Inline::Link { inlines, .. } => {
                collect_mut(inlines, out);
            }
            Inline::Break => {}
        }
    }
}
