//! Blocks as Markdown, a blank line between them.

use super::inlines::{self, Place};
use super::table;
use crate::article::{Apart, Block, Figure, Inline, List, Paragraph, Role};
use std::fmt::Write;

/// Blocks, each with a line end; nothing for none.
pub(super) fn write(blocks: &[Block]) -> String {
    let mut out = String::new();
    let mut last_list: Option<(bool, bool)> = None;
    let mut last_align = None;
    for (at, block) in blocks.iter().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        let align = alignment(block);
        if align != last_align {
            if last_align.is_some() {
                out.push_str("</div>\n\n");
            }
            if let Some(align) = align {
                // Writing to a string cannot fail.
                let _ = write!(out, "<div align=\"{align}\">\n\n");
            }
            last_align = align;
        }
        // Two lists of one kind would join: the second one takes the other mark.
        let other = match (block, last_list) {
            (Block::List(list), Some((numbered, other))) => {
                numbered == list.start.is_some() && !other
            }
            _ => false,
        };
        out.push_str(&one(block, other));
        last_list = match block {
            Block::List(list) => Some((list.start.is_some(), other)),
            _ => None,
        };
    }
    if last_align.is_some() {
        out.push_str("\n</div>\n");
    }
    out
}

/// Where the lines of a paragraph stand, when its author said so.
const fn alignment(block: &Block) -> Option<&'static str> {
    match block {
        Block::Paragraph(Paragraph { role: Role::Centred, .. }) => Some("center"),
        Block::Paragraph(Paragraph { role: Role::Right, .. }) => Some("right"),
        _ => None,
    }
}

/// Text behind a mark: its first line after it, the others indented.
pub(super) fn hung(mark: &str, indent: &str, text: &str) -> String {
    let mut out = String::new();
    for (at, line) in text.lines().enumerate() {
        if at == 0 {
            out.push_str(mark);
        } else if !line.is_empty() {
            out.push_str(indent);
        }
        out.push_str(line);
        out.push('\n');
    }
    if out.is_empty() { format!("{}\n", mark.trim_end()) } else { out }
}

fn one(block: &Block, other: bool) -> String {
    match block {
        Block::Heading(heading) => {
            let marks = "#".repeat(usize::from(heading.level.clamp(1, 5)) + 1);
            format!("{marks} {}\n", row(&heading.inlines, Place::OneLine))
        }
        Block::Paragraph(paragraph) => self::paragraph(paragraph),
        Block::Break { marks } => format!("{}\n", marks.as_str()),
        Block::List(list) => self::list(list, other),
        Block::Quote { apart, blocks } => {
            let name = Apart::NAMES.iter().find(|(_, own)| own == apart).map(|(name, _)| *name);
            let marker = name.map(|name| format!("[!{name}]\n")).unwrap_or_default();
            let lines = marker + &write(blocks);
            let quoted = lines.lines().map(|line| format!("> {line}").trim_end().to_owned() + "\n");
            quoted.collect()
        }
        Block::Code { language, text } => code(language.as_deref(), text.as_str()),
        Block::Table(table) => table::write(table),
        Block::Figure(figure) => self::figure(figure),
    }
}

/// A row of inlines that begins a line.
fn row(inlines: &[Inline], place: Place) -> String {
    let mut out = String::new();
    inlines::write(inlines, place, &mut out);
    out
}

fn paragraph(paragraph: &Paragraph) -> String {
    let mut out = String::new();
    if let Some(heading) = &paragraph.run_in {
        let style = crate::article::Style::Strong;
        let mut all = vec![Inline::Styled { style, inlines: heading.inlines.clone() }];
        all.extend(paragraph.inlines.iter().cloned());
        inlines::write(&all, Place::Paragraph, &mut out);
    } else {
        inlines::write(&paragraph.inlines, Place::Paragraph, &mut out);
    }
    out.push('\n');
    out
}

fn list(list: &List, other: bool) -> String {
    let mut out = String::new();
    for (at, item) in (0..).zip(&list.items) {
        let mut mark = match (list.start, other) {
            (Some(first), false) => format!("{}. ", first.saturating_add(at)),
            (Some(first), true) => format!("{}) ", first.saturating_add(at)),
            (None, false) => "- ".to_owned(),
            (None, true) => "* ".to_owned(),
        };
        let indent = " ".repeat(mark.len());
        if let Some(done) = item.done {
            mark.push_str(if done { "[x] " } else { "[ ] " });
        }
        if at > 0 && (item.blocks.len() > 1 || list.items[0].blocks.len() > 1) {
            out.push('\n');
        }
        out.push_str(&hung(&mark, &indent, &write(&item.blocks)));
    }
    out
}

fn code(language: Option<&str>, text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    format!("{fence}{}\n{text}{end}{fence}\n", language.unwrap_or_default())
}

/// Pictures in a row; a caption of plain words is the title of the last one, any other stands on
/// the next line.
fn figure(figure: &Figure) -> String {
    let mut out = String::new();
    for (at, image) in figure.images.iter().enumerate() {
        let title = match figure.caption.as_slice() {
            [Inline::Text(text)] if at + 1 == figure.images.len() => text.as_str(),
            _ => "",
        };
        inlines::image(image, title, &mut out);
    }
    match figure.caption.as_slice() {
        [] | [Inline::Text(_)] => {}
        caption => {
            let _ = write!(out, "\\\n{}", row(caption, Place::Paragraph));
        }
    }
    out.push('\n');
    out
}
