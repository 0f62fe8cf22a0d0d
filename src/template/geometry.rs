//! The page: trim, type area in characters and lines, margins.

use crate::length::{Pt, Rect, Rows};

/// Measures of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Geometry {
    /// Trimmed width.
    pub width: Pt,
    /// Trimmed height.
    pub height: Pt,
    /// Characters of the body in a line of a column.
    pub chars: i64,
    /// Lines in a column.
    pub lines: i64,
    /// Columns.
    pub columns: i64,
    /// Size of the body.
    pub size: Pt,
    /// Line pitch of the grid.
    pub pitch: Pt,
    /// From the head of the page to the type area: 天头.
    pub head: Pt,
    /// From the spine to the type area: 订口.
    pub inside: Pt,
}

impl Geometry {
    /// The width of a column: 行长.
    #[must_use]
    pub fn measure(&self) -> Pt {
        self.size * self.chars
    }

    /// The height of a column in rows of the grid.
    #[must_use]
    pub const fn rows(&self) -> Rows {
        Rows(self.lines)
    }

    /// The width of all columns with two characters between them (CLREQ: at least two).
    #[must_use]
    pub fn area_width(&self) -> Pt {
        self.measure() * self.columns + self.size * 2 * (self.columns - 1)
    }

    /// The type area of a page by its number; odd pages are right pages, with the spine at left.
    #[must_use]
    pub fn type_area(&self, number: usize) -> Rect {
        let width = self.area_width();
        let x = if number % 2 == 1 { self.inside } else { self.width - self.inside - width };
        Rect { x, y: self.head, width, height: self.rows().at(self.pitch) }
    }
}
