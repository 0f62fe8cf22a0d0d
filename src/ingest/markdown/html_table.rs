//! Elements of HTML around Markdown: tables with more than its own form can say, and lines that
//! are centred or set to the right.
//!
//! A tag that has nothing to open or close says nothing; what is still open at the end of its
//! part closes there.

use super::builder::{Builder, Open};
use crate::article::{Block, Cell, CellAlign, Inline, Role, Row, Table};
use crate::ingest::html::attributes;
use crate::ingest::limits;

/// A caption waits among the cells; no cell takes no rows.
const CAPTION: u16 = 0;

impl Builder<'_> {
    /// A tag of a table; whether it was one.
    pub(super) fn table_tag(&mut self, name: &str, closes: bool, html: &str) -> bool {
        match (name, closes) {
            ("table", false) => {
                self.close_tight();
                self.stack.push(Open::Table { align: Vec::new(), table: Table::default() });
            }
            ("tr", false) if self.in_table() => {
                self.close_cell_of_html();
                self.with_table(|table| table.rows.push(Row::default()));
            }
            ("td" | "th", false) if self.in_table() => {
                self.close_cell_of_html();
                self.with_table(|table| {
                    if table.rows.is_empty() {
                        table.rows.push(Row::default());
                    }
                });
                self.stack.push(Open::Cell(cell(name == "th", html)));
            }
            ("caption", false) if self.in_table() => {
                self.close_cell_of_html();
                self.stack.push(Open::Cell(Cell { rows: CAPTION, ..Cell::default() }));
            }
            ("td" | "th" | "tr" | "caption", true) if self.in_table() => self.close_cell_of_html(),
            ("thead", true) if self.in_table() => {
                self.close_cell_of_html();
                self.with_table(|table| table.head = table.rows.len());
            }
            ("table", true) if self.in_table() => self.close_html(),
            ("tbody" | "thead" | "tfoot" | "table" | "tr" | "td" | "th" | "caption", _) => {}
            _ => return false,
        }
        true
    }

    /// An element that says where its lines stand opens or closes.
    pub(super) fn aligned(&mut self, closes: bool, html: &str) {
        self.close_tight();
        if closes {
            self.aligns.pop();
            return;
        }
        let found = attributes(html);
        let value = found.iter().find(|(name, _)| name == "align").map(|(_, value)| value.as_str());
        self.aligns.push(match value {
            Some("center") => Some(Role::Centred),
            Some("right") => Some(Role::Right),
            _ => None,
        });
    }

    /// Closes tables of HTML that are open in the innermost part.
    pub(super) fn close_html(&mut self) {
        self.close_cell_of_html();
        if let Some(Open::Table { align, table }) = self.stack.last_mut()
            && align.is_empty()
        {
            let heads = |row: &&Row| !row.cells.is_empty() && row.cells.iter().all(|c| c.heading);
            table.head = table.head.max(table.rows.iter().take_while(heads).count());
            self.close_block();
        }
    }

    fn in_table(&self) -> bool {
        let below = |open: &&Open| !matches!(open, Open::Inlines(_));
        let mut open = self.stack.iter().rev().filter(below);
        match open.next() {
            Some(Open::Cell(_)) => true,
            Some(Open::Table { align, .. }) => align.is_empty(),
            _ => false,
        }
    }

    fn with_table(&mut self, change: impl FnOnce(&mut Table)) {
        if let Some(Open::Table { table, .. }) = self.stack.last_mut() {
            change(table);
        }
    }

    fn close_cell_of_html(&mut self) {
        self.close_tight();
        let Some(Open::Cell(cell)) = self.stack.pop_if(|open| matches!(open, Open::Cell(_))) else {
            return;
        };
        self.with_table(|table| match table.rows.last_mut() {
            _ if cell.rows == CAPTION => table.caption = words(cell.blocks),
            Some(row) => row.cells.push(cell),
            None => {}
        });
    }
}

fn words(blocks: Vec<Block>) -> Vec<Inline> {
    let paragraphs = blocks.into_iter().filter_map(|block| match block {
        Block::Paragraph(paragraph) => Some(paragraph.inlines),
        _ => None,
    });
    paragraphs.flatten().collect()
}

fn cell(heading: bool, html: &str) -> Cell {
    let found = attributes(&format!("<table><tr>{html}"));
    let value = |name: &str| found.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str());
    let count = |name| {
        let number = value(name).and_then(|value| value.trim().parse::<u16>().ok());
        number.unwrap_or(1).clamp(1, limits::SPAN)
    };
    let align = match value("align") {
        Some("left") => Some(CellAlign::Left),
        Some("center") => Some(CellAlign::Centre),
        Some("right") => Some(CellAlign::Right),
        _ => None,
    };
    Cell { columns: count("colspan"), rows: count("rowspan"), heading, align, blocks: Vec::new() }
}
