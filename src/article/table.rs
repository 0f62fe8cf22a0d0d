//! Tables.

use super::{Block, Inline};
use serde::Serialize;

/// A table: rows of cells; a cell that spans rows or columns stands where it begins.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Table {
    /// 表题.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub caption: Vec<Inline>,
    /// How many rows at the top are its head, repeated on each page.
    pub head: usize,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Row {
    /// The cells that begin in it, from the left.
    pub cells: Vec<Cell>,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// Columns it takes, from 1.
    pub columns: u16,
    /// Rows it takes, from 1.
    pub rows: u16,
    /// Whether it heads its row or column.
    pub heading: bool,
    /// Where its words stand, when its author said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub align: Option<CellAlign>,
    /// What it says.
    pub blocks: Vec<Block>,
}

impl Default for Cell {
    fn default() -> Self {
        Self { columns: 1, rows: 1, heading: false, align: None, blocks: Vec::new() }
    }
}

/// Where the words of a cell stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CellAlign {
    /// Left.
    Left,
    /// In the middle.
    Centre,
    /// Right.
    Right,
}

/// A cell and where it begins on the grid of the table.
#[derive(Debug, Clone, Copy)]
pub struct PlacedCell<'a> {
    /// Row, from 0.
    pub row: usize,
    /// Column, from 0.
    pub column: usize,
    /// The cell.
    pub cell: &'a Cell,
}

impl Table {
    /// Every cell, row by row.
    pub fn cells(&self) -> impl Iterator<Item = &Cell> {
        self.rows.iter().flat_map(|row| &row.cells)
    }

    /// Every cell, row by row.
    pub fn cells_mut(&mut self) -> impl Iterator<Item = &mut Cell> {
        self.rows.iter_mut().flat_map(|row| &mut row.cells)
    }

    /// Every cell with its place on the grid, and the number of columns.
    #[must_use]
    pub fn placed(&self) -> (Vec<PlacedCell<'_>>, usize) {
        let mut out = Vec::new();
        // For each column, the first row it is free in again.
        let mut free: Vec<usize> = Vec::new();
        for (row, cells) in self.rows.iter().enumerate() {
            let mut column = 0;
            for cell in &cells.cells {
                while free.get(column).is_some_and(|until| *until > row) {
                    column += 1;
                }
                out.push(PlacedCell { row, column, cell });
                let end = column + usize::from(cell.columns.max(1));
                if free.len() < end {
                    free.resize(end, 0);
                }
                free[column..end].fill(row + usize::from(cell.rows.max(1)));
                column = end;
            }
        }
        let columns = free.len();
        (out, columns)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_below_a_tall_one_move_to_the_right() {
        let cell = |columns, rows| Cell { columns, rows, ..Cell::default() };
        let table = Table {
            rows: vec![
                Row { cells: vec![cell(1, 2), cell(2, 1)] },
                Row { cells: vec![cell(1, 1), cell(1, 1)] },
            ],
            ..Table::default()
        };
        let (placed, columns) = table.placed();
        let places: Vec<_> = placed.iter().map(|p| (p.row, p.column)).collect();
        assert_eq!(places, [(0, 0), (0, 1), (1, 1), (1, 2)]);
        assert_eq!(columns, 3);
    }
}
