//! Tables and captions.
//!
//! A row of a table is one slab: its cells are set in the widths of their columns and laid beside
//! each other, so that a row is never parted. Columns get the width their words want, or a share
//! of the measure in that proportion.

use super::compositor::Compositor;
use super::rows::Row;
use super::{Ornament, Slab};
use crate::article::{Block, Cell, CellAlign, Inline, PlacedCell, Style, Table};
use crate::length::{Pt, Rows};
use crate::page::{Extent, Scope, StructureRole};
use crate::template::{Align, StyleId};
use crate::typeset::paragraph::SetParagraph;
use std::collections::{BTreeMap, BTreeSet};

/// The least a column gets, in characters.
const LEAST: i64 = 2;

/// More characters than that change nothing in how columns share their measure.
const MOST: i64 = 10_000;

impl Compositor<'_> {
    /// The caption above, then row by row.
    pub(super) fn table(&mut self, table: &Table) {
        let (placed, columns) = table.placed();
        let wide = self.wanted(&placed, columns).iter().sum::<i64>();
        let size = self.desk.template.style(StyleId::Note).size;
        let narrow = self.measure() - self.left;
        let free = self.left == Pt::ZERO && self.quoted.is_none();
        let outer = self.across;
        // What does not fit a column spans them all.
        self.across |= free && self.desk.template.geometry.columns > 1 && size * wide > narrow;
        let around = self.node;
        self.node = self.structure.add(StructureRole::Table, Some(around));
        self.caption(&table.caption);
        let widths = self.widths(&placed, columns);
        let first = self.slabs.len();
        let grid = Grid::of(&placed, table.rows.len(), columns);
        for row in 0..table.rows.len() {
            let mut set = Vec::new();
            self.inside(StructureRole::Row, |own| {
                set = own.row(table, &placed, &grid, row, &widths)
            });
            if self.push(StyleId::Note, SetParagraph::beside(set))
                && let Some(slab) = self.slabs.last_mut()
            {
                slab.ornament = Ornament::TableRule { head: row == 0, foot: false };
                slab.whole = true;
                slab.keep = row < table.head;
                slab.before = if row == 0 { Rows(1) } else { Rows(0) };
                slab.after = Rows(0);
            }
        }
        self.node = around;
        if self.slabs.len() > first
            && let Some(slab) = self.slabs.last_mut()
        {
            slab.after = Rows(1);
            if let Ornament::TableRule { foot, .. } = &mut slab.ornament {
                *foot = true;
            }
        }
        self.across = outer;
        self.repeat_head(first, table.head);
    }

    /// The cells that begin in a row, each in its column. Where a row has none the structure has an
    /// empty one, for all its rows are as wide.
    fn row(
        &mut self,
        table: &Table,
        placed: &[PlacedCell<'_>],
        grid: &Grid,
        row: usize,
        widths: &[Pt],
    ) -> Vec<(Pt, SetParagraph)> {
        let mut out = Vec::new();
        for column in 0..widths.len() {
            if let Some(place) = grid.beginning(placed, row, column) {
                let role = role(place, row < table.head, grid);
                self.inside(role, |own| out.push(own.cell(place, widths)));
            } else if !grid.is_taken(row, column) {
                let role = StructureRole::Cell(Extent { columns: 1, rows: 1 });
                self.structure.add(role, Some(self.node));
            }
        }
        out
    }

    /// Whether a table does not fit a column.
    fn is_wide(&self, table: &Table) -> bool {
        let (placed, columns) = table.placed();
        let wide = self.wanted(&placed, columns).iter().sum::<i64>();
        let geometry = &self.desk.template.geometry;
        let size = self.desk.template.style(StyleId::Note).size;
        geometry.columns > 1 && size * wide > geometry.measure()
    }

    /// The blocks that are a few lines between two tables that span the columns: they span them
    /// too, for parted into columns they could not be read.
    pub(super) fn between_wide_tables(&self, blocks: &[Block]) -> BTreeSet<usize> {
        let wide = |block: &Block| matches!(block, Block::Table(table) if self.is_wide(table));
        let tables: Vec<usize> = (0..blocks.len()).filter(|at| wide(&blocks[*at])).collect();
        let geometry = &self.desk.template.geometry;
        let few = usize::try_from(geometry.chars * geometry.columns * 3).unwrap_or(0);
        let mut out = BTreeSet::new();
        for pair in tables.windows(2) {
            let inside = pair[0] + 1..pair[1];
            let count: usize = inside
                .clone()
                .filter_map(|at| blocks.get(at))
                .map(|block| block.plain().chars().count())
                .sum();
            if count <= few {
                out.extend(inside);
            }
        }
        out
    }

    /// The head of a table stands above each part of it, unless it takes half a column.
    fn repeat_head(&mut self, first: usize, head: usize) {
        let range = first..first + head;
        let rows = self.slabs.get(range.clone()).unwrap_or_default();
        let height = rows.iter().map(Slab::height).sum::<Rows>();
        if head == 0 || height * 2 > self.desk.template.geometry.rows() {
            return;
        }
        for slab in self.slabs.iter_mut().skip(range.end) {
            slab.head = Some(range.clone());
        }
    }

    /// How many characters each column wants.
    fn wanted(&self, placed: &[PlacedCell<'_>], columns: usize) -> Vec<i64> {
        let mut wanted = vec![LEAST; columns];
        for cell in placed {
            let span = i64::from(cell.cell.columns.max(1));
            let each = ((cells_wide(cell.cell) + span - 1) / span + 1).min(MOST);
            let end = cell.column + usize::from(cell.cell.columns.max(1));
            for wanted in wanted.iter_mut().take(end).skip(cell.column) {
                *wanted = (*wanted).max(each);
            }
        }
        wanted
    }

    /// What each column wants, where the measure has room for it all. Else each gets what it wants
    /// up to half an equal share, and what is left in proportion to what it wants more.
    fn widths(&mut self, placed: &[PlacedCell<'_>], columns: usize) -> Vec<Pt> {
        let size = self.desk.template.style(StyleId::Note).size;
        let measure = self.measure() - self.left;
        let wanted = self.wanted(placed, columns);
        let sum: i64 = wanted.iter().sum();
        if size * sum <= measure {
            return wanted.iter().map(|chars| size * *chars).collect();
        }
        let count = i64::try_from(columns).unwrap_or(1).max(1);
        if size * (count * LEAST) > measure {
            let most = measure.units() / (size * LEAST).units().max(1);
            self.report_wide(columns, most);
            return vec![measure / count; columns];
        }
        let share = (measure / (count * 2)).max(size * LEAST);
        let floor = |chars: i64| (size * chars).min(share);
        let floors: Pt = wanted.iter().map(|chars| floor(*chars)).sum();
        let more = size * sum - floors;
        let width = |chars: &i64| {
            let wants = (size * *chars - floor(*chars)).units();
            floor(*chars) + (measure - floors).scale(wants, more.units().max(1))
        };
        wanted.iter().map(width).collect()
    }

    /// One cell, at its place in the row.
    fn cell(&mut self, place: &PlacedCell<'_>, widths: &[Pt]) -> (Pt, SetParagraph) {
        let sum = |range: &[Pt]| range.iter().fold(Pt::ZERO, |sum, width| sum + *width);
        let x = sum(widths.get(..place.column).unwrap_or_default());
        let end = place.column + usize::from(place.cell.columns.max(1));
        let width = sum(widths.get(place.column..end).unwrap_or_default());
        let size = self.desk.template.style(StyleId::Note).size;
        let measure = (width - size / 2).max(size);
        let align = match place.cell.align {
            Some(CellAlign::Right) => Align::Right,
            Some(CellAlign::Centre) => Align::Centre,
            _ => Align::Left,
        };
        let mut whole = SetParagraph::default();
        for block in &place.cell.blocks {
            let node = self.structure.add(StructureRole::Paragraph, Some(self.node));
            for row in self.rows(block) {
                let row = weighed(row, place.cell.heading);
                whole.append(self.narrow(&row, StyleId::Note, node, measure, align));
            }
        }
        (x, whole)
    }

    /// 图题、表题.
    pub(super) fn caption(&mut self, inlines: &[Inline]) {
        if inlines.is_empty() {
            return;
        }
        let node = self.structure.add(StructureRole::Caption, Some(self.node));
        let measure = self.measure() - self.left;
        let set = self.narrow(inlines, StyleId::Caption, node, measure, Align::Centre);
        self.push(StyleId::Caption, set);
    }
}

/// Which places of a table are taken by a cell.
struct Grid {
    columns: usize,
    taken: Vec<bool>,
    /// Which cell begins at a row and column.
    begins: BTreeMap<(usize, usize), usize>,
}

impl Grid {
    fn of(placed: &[PlacedCell<'_>], rows: usize, columns: usize) -> Self {
        let mut taken = vec![false; rows * columns];
        for cell in placed {
            let down = cell.row..rows.min(cell.row + usize::from(cell.cell.rows.max(1)));
            let across = columns.min(cell.column + usize::from(cell.cell.columns.max(1)));
            for row in down {
                if let Some(places) =
                    taken.get_mut(row * columns + cell.column..row * columns + across)
                {
                    places.fill(true);
                }
            }
        }
        let places = placed.iter().enumerate();
        let begins = places.map(|(at, cell)| ((cell.row, cell.column), at)).collect();
        Self { columns, taken, begins }
    }

    fn beginning<'a, 'b>(
        &self,
        placed: &'a [PlacedCell<'b>],
        row: usize,
        column: usize,
    ) -> Option<&'a PlacedCell<'b>> {
        placed.get(*self.begins.get(&(row, column))?)
    }

    fn is_taken(&self, row: usize, column: usize) -> bool {
        self.taken.get(row * self.columns + column) == Some(&true)
    }

    /// What a cell takes, inside the table.
    fn extent(&self, cell: &PlacedCell<'_>) -> Extent {
        let rows = self.taken.len() / self.columns.max(1);
        let inside =
            |wanted: u16, left: usize| wanted.max(1).min(u16::try_from(left).unwrap_or(u16::MAX));
        Extent {
            columns: inside(cell.cell.columns, self.columns.saturating_sub(cell.column)),
            rows: inside(cell.cell.rows, rows.saturating_sub(cell.row)),
        }
    }
}

/// What a cell is: one of the head heads its column, one marked so in the body its row.
fn role(place: &PlacedCell<'_>, head: bool, grid: &Grid) -> StructureRole {
    let extent = grid.extent(place);
    match (head, place.cell.heading) {
        (true, _) => StructureRole::HeadCell(Scope::Column, extent),
        (false, true) => StructureRole::HeadCell(Scope::Row, extent),
        (false, false) => StructureRole::Cell(extent),
    }
}

/// A row of a cell as inlines; those of a heading weigh more.
fn weighed(row: Row<'_>, heading: bool) -> Vec<Inline> {
    let inlines = match row {
        Row::Words(inlines) => inlines,
        Row::Lines(text) => vec![Inline::Text(text.clone())],
    };
    if heading { vec![Inline::Styled { style: Style::Strong, inlines }] } else { inlines }
}

/// The width of a cell's widest paragraph, in characters.
fn cells_wide(cell: &Cell) -> i64 {
    let wide = |c: char| if u32::from(c) < 0x2E80 { 1 } else { 2 };
    let paragraph = |block: &Block| block.plain().chars().map(wide).sum::<i64>();
    (cell.blocks.iter().map(paragraph).max().unwrap_or(0) + 1) / 2
}
