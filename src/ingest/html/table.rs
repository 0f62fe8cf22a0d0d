//! Tables of a page: those with data, and those that only lay out.

use super::compose::{Composer, Context};
use super::dom::NodeId;
use super::main_text::is_block;
use super::page::Page;
use crate::article::{Block, Cell, CellAlign, Row, Table};
use crate::ingest::limits;

/// The rows of a table, and how many of them are in its `<thead>`.
struct Rows {
    rows: Vec<Vec<NodeId>>,
    head: usize,
    caption: Option<NodeId>,
}

impl Composer<'_> {
    pub(super) fn table(&mut self, id: NodeId, context: &Context) {
        self.end_line();
        let found = rows(self.page, id);
        let cells = || found.rows.iter().flatten().copied();
        let is_code = |cell: &NodeId| self.page.labels(*cell).iter().any(|l| l == "code");
        let is_gutter = |cell: &NodeId| self.page.labels(*cell).iter().any(|l| l == "gutter");
        if cells().any(|c| is_gutter(&c)) && cells().any(|c| is_code(&c)) {
            for cell in cells().filter(is_code) {
                self.children(cell, context);
            }
            return self.end_line();
        }
        if is_layout(self.page, id, &found) {
            for cell in cells() {
                self.end_line();
                self.children(cell, context);
            }
            return self.end_line();
        }
        let table = self.data(&found, context);
        if !table.rows.is_empty() {
            self.blocks.push(Block::Table(table));
        }
    }

    fn data(&mut self, found: &Rows, context: &Context) -> Table {
        let caption = found.caption.map(|caption| self.apart(caption, context));
        let words = caption.into_iter().flatten().filter_map(|block| match block {
            Block::Paragraph(paragraph) => Some(paragraph.inlines),
            _ => None,
        });
        let mut table = Table { caption: words.flatten().collect(), ..Table::default() };
        let last = found.rows.len();
        for (at, row) in found.rows.iter().enumerate() {
            let cells: Vec<Cell> =
                row.iter().map(|id| self.cell(*id, last - at, context)).collect();
            table.rows.push(Row { cells });
        }
        let headed = |row: &Row| !row.cells.is_empty() && row.cells.iter().all(|cell| cell.heading);
        let head = table.rows.iter().take_while(|row| headed(row)).count();
        table.head = found.head.max(head).min(last);
        for cell in table.rows.iter_mut().take(table.head).flat_map(|row| &mut row.cells) {
            cell.heading = true;
        }
        if table.rows.iter().flat_map(|row| &row.cells).all(|cell| cell.blocks.is_empty()) {
            table.rows.clear();
        }
        table
    }

    fn cell(&mut self, id: NodeId, rows_left: usize, context: &Context) -> Cell {
        let page = self.page;
        let span = |name| page.attribute(id, name).and_then(|n| n.trim().parse::<u16>().ok());
        let most = u16::try_from(rows_left).unwrap_or(limits::SPAN).clamp(1, limits::SPAN);
        let align = page.style(id, "text-align").or_else(|| page.attribute(id, "align"));
        let align = match align.map(str::trim) {
            Some("center") => Some(CellAlign::Centre),
            Some("right" | "end") => Some(CellAlign::Right),
            Some("left" | "start") => Some(CellAlign::Left),
            _ => None,
        };
        let rows = match span("rowspan") {
            Some(0) => most,
            rows => rows.unwrap_or(1).clamp(1, most),
        };
        Cell {
            columns: span("colspan").unwrap_or(1).clamp(1, limits::SPAN),
            rows,
            heading: page.name(id) == "th",
            align,
            blocks: self.apart(id, &context.plain()),
        }
    }
}

/// The rows of a table itself, not those of tables in its cells.
fn rows(page: &Page<'_>, table: NodeId) -> Rows {
    let mut out = Rows { rows: Vec::new(), head: 0, caption: None };
    for part in page.children(table) {
        let row = |row: NodeId| -> Vec<NodeId> {
            page.children(row).filter(|cell| matches!(page.name(*cell), "td" | "th")).collect()
        };
        match page.name(part) {
            "caption" => out.caption = Some(part),
            "thead" | "tbody" | "tfoot" => {
                let trs = page.children(part).filter(|tr| page.name(*tr) == "tr");
                out.rows.extend(trs.map(row).filter(|cells| !cells.is_empty()));
                if page.name(part) == "thead" {
                    out.head = out.rows.len();
                }
            }
            "tr" => out.rows.push(row(part)),
            _ => {}
        }
    }
    out
}

/// Whether a table only lays out what is in it: one column, or cells that are pages of their own.
fn is_layout(page: &Page<'_>, id: NodeId, found: &Rows) -> bool {
    if page.attribute(id, "role").is_some_and(|role| role == "presentation") {
        return true;
    }
    let widest = found.rows.iter().map(Vec::len).max().unwrap_or(0);
    let headed = found.rows.iter().flatten().any(|cell| page.name(*cell) == "th");
    if !headed && (widest <= 1 || found.rows.len() <= 1) {
        return true;
    }
    let mut cells = found.rows.iter().flatten();
    let is_page = |cell: &NodeId| {
        let below = || page.all(*cell).skip(1);
        let nested = below().any(|id| page.name(id) == "table");
        let blocks = page.children(*cell).filter(|id| is_block(page.name(*id))).count();
        let length = || page.words(*cell).as_str().trim().chars().count();
        nested || blocks >= 3 && length() > 300 || length() > 1500
    };
    !headed && cells.any(is_page)
}
