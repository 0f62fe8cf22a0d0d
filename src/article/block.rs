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
}

impl Block {
    /// The heading this block is or opens with.
    #[must_use]
    pub const fn heading(&self) -> Option<&Heading> {
        match self {
            Self::Heading(heading) => Some(heading),
            Self::Paragraph(paragraph) => paragraph.run_in.as_ref(),
            Self::Break { .. } => None,
        }
    }

    /// Every text of the block, in reading order.
    #[must_use]
    pub fn texts(&self) -> Vec<&Text> {
        let mut out = Vec::new();
        match self {
            Self::Heading(heading) => collect(&heading.inlines, &mut out),
            Self::Paragraph(paragraph) => {
                if let Some(heading) = &paragraph.run_in {
                    collect(&heading.inlines, &mut out);
                }
                collect(&paragraph.inlines, &mut out);
            }
            Self::Break { marks } => out.push(marks),
        }
        out
    }

    /// The same, to change them. The marks of a break are not words.
    #[must_use]
    pub fn texts_mut(&mut self) -> Vec<&mut Text> {
        let mut out = Vec::new();
        match self {
            Self::Heading(heading) => collect_mut(&mut heading.inlines, &mut out),
            Self::Paragraph(paragraph) => {
                if let Some(heading) = &mut paragraph.run_in {
                    collect_mut(&mut heading.inlines, &mut out);
                }
                collect_mut(&mut paragraph.inlines, &mut out);
            }
            Self::Break { .. } => {}
        }
        out
    }

    /// The characters of the block, in reading order.
    #[must_use]
    pub fn plain(&self) -> String {
        self.texts().into_iter().map(Text::as_str).collect()
    }
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
            Inline::Text(text) => out.push(text),
            Inline::Strong(children) => collect(children, out),
        }
    }
}

fn collect_mut<'a>(inlines: &'a mut [Inline], out: &mut Vec<&'a mut Text>) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => out.push(text),
            Inline::Strong(children) => collect_mut(children, out),
        }
    }
}
