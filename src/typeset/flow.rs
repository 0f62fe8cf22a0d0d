//! Galleys → columns: which line stands on which page and in which row.
//!
//! Everything is counted in rows of the baseline grid. What is kept together is a constraint: a
//! heading with two lines of what follows (CLREQ, HD3), no line of a paragraph alone at the head
//! or foot of a column (单行不成页, WO1).

use super::blocks::{Galley, Slab};
use crate::length::Rows;
use crate::template::Template;

/// A line in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PlacedLine {
    pub(super) slab: usize,
    pub(super) line: usize,
    /// Column of the article, from 0.
    pub(super) column: usize,
    /// Row at the top of the line.
    pub(super) row: Rows,
}

/// An article in its columns.
#[derive(Debug, Clone, Default)]
pub(super) struct Body {
    pub(super) lines: Vec<PlacedLine>,
    /// Columns it takes.
    pub(super) columns: usize,
    /// The page it begins on, counted from the first body page, from 0.
    pub(super) first_page: usize,
    /// Pages it takes.
    pub(super) pages: usize,
}

/// All articles, set and in their columns.
#[derive(Debug)]
pub(super) struct Flowed {
    pub(super) galleys: Vec<Galley>,
    pub(super) bodies: Vec<Body>,
}

impl Flowed {
    /// Articles with their columns, in order.
    pub(super) fn articles(&self) -> impl Iterator<Item = (&Galley, &Body)> {
        self.galleys.iter().zip(&self.bodies)
    }

    /// Pages of all articles.
    pub(super) fn pages(&self) -> usize {
        self.bodies.iter().map(|body| body.pages).sum()
    }
}

/// Flows every article into columns, each beginning a page.
pub(super) fn flow(galleys: Vec<Galley>, template: &Template) -> Flowed {
    let columns = usize::try_from(template.geometry.columns).unwrap_or(1).max(1);
    let mut page = 0;
    let flowed = galleys.iter().map(|galley| {
        let mut body = columns_of(&galley.slabs, template.geometry.rows());
        body.first_page = page;
        body.pages = body.columns.div_ceil(columns);
        page += body.pages;
        body
    });
    let bodies = flowed.collect();
    Flowed { galleys, bodies }
}

/// Fills columns with slabs.
fn columns_of(slabs: &[Slab], height: Rows) -> Body {
    let mut filler =
        Filler { slabs, height, column: 0, row: Rows(0), after: Rows(0), lines: Vec::new() };
    for at in 0..slabs.len() {
        filler.slab(at);
    }
    let columns = filler.lines.last().map_or(0, |line| line.column + 1);
    Body { lines: filler.lines, columns, ..Body::default() }
}

struct Filler<'a> {
    slabs: &'a [Slab],
    height: Rows,
    column: usize,
    /// Next free row of the column.
    row: Rows,
    /// Rows the last slab wants below it.
    after: Rows,
    lines: Vec<PlacedLine>,
}

impl Filler<'_> {
    fn slab(&mut self, at: usize) {
        let slab = &self.slabs[at];
        let count = slab.set.lines.len();
        let mut line = 0;
        let mut before = self.before(slab);
        let least = if slab.whole {
            (slab.rows * i64::try_from(count).unwrap_or(0)).min(self.height)
        } else {
            Rows(0)
        };
        if self.row > Rows(0) && self.row + before + self.least(at).max(least) > self.height {
            self.next_column();
            before = self.before(slab);
        }
        self.row += before;
        while line < count {
            let room = (self.height - self.row).0 / slab.rows.0.max(1);
            let fits = split(count - line, usize::try_from(room).unwrap_or(0), line == 0);
            let fits = if self.row == Rows(0) { fits.max(1) } else { fits };
            for _ in 0..fits {
                let place = PlacedLine { slab: at, line, column: self.column, row: self.row };
                self.lines.push(place);
                self.row += slab.rows;
                line += 1;
            }
            if line < count {
                self.next_column();
            }
        }
        self.after = slab.after;
    }

    /// The space above a slab, or below the last one if that is more: none at the head of a
    /// column, but for the first of an article.
    fn before(&self, slab: &Slab) -> Rows {
        let head = self.row == Rows(0) && !self.lines.is_empty();
        if head { Rows(0) } else { slab.before.max(self.after) }
    }

    fn next_column(&mut self) {
        self.column += 1;
        self.row = Rows(0);
        self.after = Rows(0);
    }

    /// The fewest rows that must fit if a slab is to begin here: two of its lines, or all of it
    /// and the least of what it is kept with. More than a column is never asked for.
    fn least(&self, first: usize) -> Rows {
        let mut least = Rows(0);
        let mut slabs = self.slabs.iter().skip(first).peekable();
        while let Some(slab) = slabs.next() {
            let count = slab.set.lines.len();
            let rows = |lines: usize| slab.rows * i64::try_from(lines).unwrap_or(0);
            if !slab.keep {
                return least + rows(if count <= 3 { count } else { 2 });
            }
            let next = slabs.peek().map_or(Rows(0), |next| next.before);
            least += rows(count) + slab.after.max(next);
            if least > self.height {
                break;
            }
        }
        least
    }
}

/// How many of a paragraph's remaining lines go where `room` lines fit: never one alone at the
/// foot, never one left for the next head.
fn split(lines: usize, room: usize, first: bool) -> usize {
    if lines <= room {
        return lines;
    }
    let fits = if lines - room == 1 { room.saturating_sub(1) } else { room };
    if first && fits < 2 { 0 } else { fits }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::length::Pt;
    use crate::typeset::blocks::Ornament;
    use crate::typeset::paragraph::{SetLine, SetParagraph};

    fn slab(lines: usize, keep: bool) -> Slab {
        let line = SetLine::default();
        Slab {
            set: SetParagraph { lines: vec![line; lines], ..SetParagraph::default() },
            x: Pt::ZERO,
            size: Pt::new(10),
            rows: Rows(1),
            before: Rows(0),
            after: Rows(0),
            keep,
            whole: false,
            ornament: Ornament::None,
            marker: None,
            entry: None,
        }
    }

    /// Lines of each slab by column.
    fn columns(slabs: &[Slab], height: i64) -> Vec<Vec<usize>> {
        let body = columns_of(slabs, Rows(height));
        let mut out = vec![vec![0; slabs.len()]; body.columns];
        for line in body.lines {
            out[line.column][line.slab] += 1;
        }
        out
    }

    #[test]
    fn no_line_stands_alone() {
        assert_eq!(columns(&[slab(6, false), slab(5, false)], 10), [[6, 3], [0, 2]]);
        assert_eq!(columns(&[slab(6, false), slab(5, false)], 8), [[6, 2], [0, 3]]);
        assert_eq!(columns(&[slab(6, false), slab(3, false)], 8), [[6, 0], [0, 3]]);
        assert_eq!(columns(&[slab(7, false), slab(4, false)], 8), [[7, 0], [0, 4]]);
    }

    #[test]
    fn a_heading_keeps_two_lines() {
        let slabs = [slab(6, false), slab(1, true), slab(5, false)];
        assert_eq!(columns(&slabs, 8), [[6, 0, 0], [0, 1, 5]]);
        assert_eq!(columns(&slabs, 9), [[6, 1, 2], [0, 0, 3]]);
    }

    #[test]
    fn every_line_is_placed_once() {
        for height in 4..20 {
            let slabs: Vec<_> = (1..30).map(|n| slab(n % 9 + 1, n % 7 == 0)).collect();
            let body = columns_of(&slabs, Rows(height));
            let order: Vec<_> = body.lines.iter().map(|l| (l.slab, l.line)).collect();
            let all: Vec<_> = slabs
                .iter()
                .enumerate()
                .flat_map(|(at, slab)| (0..slab.set.lines.len()).map(move |line| (at, line)))
                .collect();
            assert_eq!(order, all);
            assert!(body.lines.iter().all(|line| line.row.0 < height));
        }
    }
}
