//! One block of an article as the rules look at it: is it a line, and how was it marked?
//!
//! A saved page or a Word file marks its headings by weight and place where plain text has only
//! words. A block that has more structure than a line is left as it is.

use crate::article::{Block, Inline, Paragraph, Role, Style, Text};

/// A block, and its words when it is a line.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) block: Block,
    pub(super) line: Option<Line>,
}

/// A block that is one line of words.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    pub(super) text: Text,
    /// All of it is strong.
    pub(super) strong: bool,
    /// It is centred.
    pub(super) centred: bool,
    /// There is nothing but words in it: no note, no reading, no code.
    pub(super) pure: bool,
}

impl Entry {
    pub(super) fn of(block: Block) -> Self {
        let line = line(&block);
        Self { block, line }
    }

    /// The characters of a line; empty for anything else.
    pub(super) fn as_str(&self) -> &str {
        self.line.as_ref().map_or("", |line| line.text.as_str())
    }

    /// Whether nothing but words is in the line.
    pub(super) fn is_pure(&self) -> bool {
        self.line.as_ref().is_some_and(|line| line.pure)
    }
}

fn line(block: &Block) -> Option<Line> {
    let Block::Paragraph(Paragraph { role, run_in: None, inlines }) = block else { return None };
    let centred = match role {
        Role::Body | Role::Right => false,
        Role::Centred => true,
        _ => return None,
    };
    let mut line = Line { strong: true, centred, pure: true, ..Line::default() };
    gather(inlines, false, &mut line)?;
    (!line.text.as_str().trim().is_empty()).then_some(line)
}

/// Gathers the words of a line; nothing for a row that breaks or has pictures in it.
fn gather(inlines: &[Inline], strong: bool, line: &mut Line) -> Option<()> {
    for inline in inlines {
        match inline {
            Inline::Text(text) => {
                line.strong &= strong || text.as_str().trim().is_empty();
                line.text.append(text);
            }
            Inline::Styled { style, inlines } => {
                gather(inlines, strong || *style == Style::Strong, line)?;
            }
            Inline::Link { inlines, .. } => gather(inlines, strong, line)?,
            Inline::Code(text) | Inline::Ruby { base: text, .. } => {
                line.pure = false;
                line.strong &= strong;
                line.text.append(text);
            }
            Inline::NoteRef { .. } => line.pure = false,
            Inline::Image(_) | Inline::Break => return None,
        }
    }
    Some(())
}

/// A row without its first `skip` bytes of words.
pub(super) fn after(inlines: Vec<Inline>, skip: &mut usize) -> Vec<Inline> {
    let mut out = Vec::with_capacity(inlines.len());
    for inline in inlines {
        let inline = match inline {
            inline if *skip == 0 => inline,
            Inline::Text(text) => {
                let from = text.as_str().len().min(*skip);
                *skip -= from;
                if from == text.as_str().len() {
                    continue;
                }
                Inline::Text(text.slice(from..text.as_str().len()))
            }
            Inline::Styled { style, inlines } => {
                let inlines = after(inlines, skip);
                if inlines.is_empty() {
                    continue;
                }
                Inline::Styled { style, inlines }
            }
            Inline::Link { target, inlines } => {
                let inlines = after(inlines, skip);
                if inlines.is_empty() {
                    continue;
                }
                Inline::Link { target, inlines }
            }
            inline => inline,
        };
        out.push(inline);
    }
    out
}

/// The words of a heading: its weight is a matter of design, not of its words.
pub(super) fn unmarked(inlines: Vec<Inline>) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::new();
    for inline in inlines {
        let inner = match inline {
            Inline::Styled { style: Style::Strong, inlines } => unmarked(inlines),
            inline => vec![inline],
        };
        for inline in inner {
            match (out.last_mut(), inline) {
                (Some(Inline::Text(last)), Inline::Text(text)) => last.append(&text),
                (_, inline) => out.push(inline),
            }
        }
    }
    out
}
