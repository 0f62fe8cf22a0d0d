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
    /// Characters between columns (CLREQ: at least two).
    pub gap: i64,
    /// Size of the body.
    pub size: Pt,
    /// Line pitch of the grid.
    pub pitch: Pt,
    /// From the head of the page to the type area: 天头.
    pub head: Pt,
    /// From the spine to the type area: 订口.
    pub inside: Pt,
    /// 直排: lines run down and follow each other to the left, columns stand below each other, and
    /// the spine is at the right of the first page.
    pub vertical: bool,
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

    /// All columns along their lines, with the gaps between them.
    #[must_use]
    pub fn along(&self) -> Pt {
        self.measure() * self.columns + self.size * self.gap * (self.columns - 1)
    }

    /// From the beginning of the type area to a column, from 0.
    #[must_use]
    pub fn column(&self, at: usize) -> Pt {
        (self.measure() + self.size * self.gap) * i64::try_from(at).unwrap_or(0)
    }

    /// Whether the spine is at the left of a page by its number.
    #[must_use]
    pub const fn spine_is_left(&self, number: usize) -> bool {
        (number % 2 == 1) != self.vertical
    }

    /// The type area of a page by its number; odd pages are right pages of horizontal books.
    #[must_use]
    pub fn type_area(&self, number: usize) -> Rect {
        let (along, across) = (self.along(), self.rows().at(self.pitch));
        let (width, height) = if self.vertical { (across, along) } else { (along, across) };
        let left = self.spine_is_left(number);
        let x = if left { self.inside } else { self.width - self.inside - width };
        Rect { x, y: self.head, width, height }
    }
}
