//! Tables as Markdown: in its own form where that can say them, as HTML around Markdown where not.

use super::blocks;
use super::inlines::{self, Place};
use crate::article::{Block, Cell, CellAlign, Paragraph, Role, Table};
use std::fmt::Write;

/// A table.
pub(super) fn write(table: &Table) -> String {
    if is_simple(table) { simple(table) } else { html(table) }
}

/// Whether Markdown's own form says everything: one row as head, a paragraph a cell, no spans, the
/// same alignment down each column.
fn is_simple(table: &Table) -> bool {
    let plain = |cell: &Cell| {
        let words = matches!(
            cell.blocks.as_slice(),
            [] | [Block::Paragraph(Paragraph { role: Role::Body, run_in: None, .. })]
        );
        words && cell.rows == 1 && cell.columns == 1
    };
    let first = table.rows.first();
    let columns = first.map_or(0, |row| row.cells.len());
    let aligned = |row: &crate::article::Row| {
        let head = first.map(|row| row.cells.iter().map(|cell| cell.align));
        row.cells.len() == columns
            && head.is_some_and(|head| head.eq(row.cells.iter().map(|cell| cell.align)))
    };
    table.head == 1
        && columns > 0
        && table.caption.is_empty()
        && table.cells().all(plain)
        && table.rows.iter().all(aligned)
        && table.rows.iter().skip(1).flat_map(|row| &row.cells).all(|cell| !cell.heading)
}

/// Tags on lines of their own, Markdown between blank lines in the cells.
fn html(table: &Table) -> String {
    let mut out = String::from("<table>\n");
    if !table.caption.is_empty() {
        let mut caption = String::new();
        inlines::write(&table.caption, Place::Paragraph, &mut caption);
        // Writing to a string cannot fail.
        let _ = write!(out, "<caption>\n\n{caption}\n\n</caption>\n");
    }
    for (at, row) in table.rows.iter().enumerate() {
        if at == 0 && table.head > 0 {
            out.push_str("<thead>\n");
        }
        out.push_str("<tr>\n");
        for cell in &row.cells {
            let tag = if cell.heading { "th" } else { "td" };
            let _ = write!(
                out,
                "<{tag}{}>\n\n{}\n</{tag}>\n",
                spans(cell),
                blocks::write(&cell.blocks)
            );
        }
        out.push_str("</tr>\n");
        if at + 1 == table.head {
            out.push_str("</thead>\n");
        }
    }
    out.push_str("</table>\n");
    out
}

fn spans(cell: &Cell) -> String {
    let mut out = String::new();
    for (name, count) in [("colspan", cell.columns), ("rowspan", cell.rows)] {
        if count > 1 {
            let _ = write!(out, " {name}=\"{count}\"");
        }
    }
    let align = match cell.align {
        Some(CellAlign::Left) => "left",
        Some(CellAlign::Centre) => "center",
        Some(CellAlign::Right) => "right",
        None => return out,
    };
    let _ = write!(out, " align=\"{align}\"");
    out
}

fn simple(table: &Table) -> String {
    let (_, columns) = table.placed();
    let mut out = String::new();
    for (at, row) in table.rows.iter().enumerate() {
        out.push('|');
        for cell in &row.cells {
            let _ = write!(out, " {} |", cell_line(cell));
        }
        out.push('\n');
        if at == 0 {
            out.push('|');
            for column in 0..columns {
                let align = row.cells.get(column).and_then(|cell| cell.align);
                out.push_str(match align {
                    Some(CellAlign::Left) => ":--|",
                    Some(CellAlign::Centre) => ":-:|",
                    Some(CellAlign::Right) => "--:|",
                    None => "---|",
                });
            }
            out.push('\n');
        }
    }
    out
}

fn cell_line(cell: &Cell) -> String {
    let mut out = String::new();
    for block in &cell.blocks {
        if !out.is_empty() {
            out.push_str("<br>");
        }
        if let Block::Paragraph(paragraph) = block {
            inlines::write(&paragraph.inlines, Place::Cell, &mut out);
        }
    }
    out
}
