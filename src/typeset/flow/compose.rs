//! An article's stretches down its pages.
//!
//! What spans all columns and what stands in one take turns down a page; each begins a row below
//! the last one's end. Columns that end on a page are made as short as they can be, so that only
//! the last of them is shorter than the others.

use super::Body;
use super::fill::{Cursor, Filled, Filler, Region};
use crate::length::Rows;
use crate::template::{Opening, Template};
use crate::typeset::blocks::{Galley, Slab};

/// Where the next stretch begins.
pub(super) struct Composer<'a> {
    template: &'a Template,
    page: usize,
    /// The next free row of the page.
    top: Rows,
    /// Rows the last stretch wants below it.
    after: Rows,
}

/// Rows of a page that an article may begin in below another one, at least: its title and some
/// lines.
const ROOM_TO_BEGIN: i64 = 12;

impl<'a> Composer<'a> {
    pub(super) const fn new(template: &'a Template) -> Self {
        Self { template, page: 0, top: Rows(0), after: Rows(0) }
    }

    /// Leaves a page blank.
    pub(super) fn blank(&mut self) {
        self.next_page();
    }

    /// Where the design lets the next article begin.
    pub(super) fn next_article(&mut self, opening: Opening, first_number: usize) {
        let left = self.height() - self.top;
        match opening {
            Opening::RunOn if left.0 >= ROOM_TO_BEGIN => self.after = Rows(3),
            _ => self.next_page(),
        }
        if opening == Opening::Recto && (first_number + self.page).is_multiple_of(2) {
            self.next_page();
        }
    }

    pub(super) fn article(&mut self, galley: &Galley) -> Body {
        let mut body =
            Body { first_page: self.page, opens_page: self.top == Rows(0), ..Body::default() };
        let slabs = &galley.slabs;
        let mut start = 0;
        while start < slabs.len() {
            let across = slabs[start].across;
            let run = slabs[start..].iter().take_while(|slab| slab.across == across).count();
            self.stretch(galley, start..start + run, &mut body);
            start += run;
        }
        body.last_page = self.page;
        // A page that was opened and got nothing is none.
        let used = body.lines.iter().map(|line| line.page);
        let noted = body.notes.iter().map(|note| note.page);
        body.last_page = used.chain(noted).max().unwrap_or(self.page);
        body.first_page = body.lines.first().map_or(body.first_page, |line| line.page);
        body
    }

    fn height(&self) -> Rows {
        self.template.geometry.rows()
    }

    fn next_page(&mut self) {
        self.page += 1;
        self.top = Rows(0);
        self.after = Rows(0);
    }

    /// Slabs that all span the columns, or all stand in one.
    fn stretch(&mut self, galley: &Galley, range: std::ops::Range<usize>, body: &mut Body) {
        let Some(first) = galley.slabs.get(range.start) else { return };
        let begins = range.start == 0;
        let mut fresh = self.top == Rows(0);
        if self.top > Rows(0) || begins {
            self.top += self.after.max(first.before);
        }
        if !fresh && self.top + self.kept(galley, &range) > self.height() {
            self.next_page();
        }
        let columns = if first.across { 1 } else { self.template.geometry.columns };
        let columns = usize::try_from(columns).unwrap_or(1).max(1);
        let mut cursor = Cursor::at(range.start);
        loop {
            let room = self.height() - self.top;
            if room <= self.least(first) && self.top > Rows(0) {
                self.next_page();
                continue;
            }
            let whole = Region { page: self.page, top: self.top, height: room, columns };
            let filled = self.fill(galley, &cursor, whole, range.end);
            // What needs the whole page gets it, without air above.
            if std::mem::take(&mut fresh) && filled.lines.is_empty() && self.top > Rows(0) {
                self.top = Rows(0);
                continue;
            }
            let ends = filled.is_done(range.end);
            let filled = match ends && columns > 1 {
                true => self.balanced(galley, &cursor, whole, range.end).unwrap_or(filled),
                false => filled,
            };
            let Filled { lines, notes, used, next, .. } = filled;
            body.lines.extend(lines);
            body.notes.extend(notes);
            cursor = next;
            if ends {
                self.top += used;
                self.after = galley.slabs.get(range.end - 1).map_or(Rows(0), |slab| slab.after);
                // Notes stand at the foot of the page: nothing goes below them.
                if body.notes.last().is_some_and(|note| note.page == self.page) {
                    self.top = self.height();
                }
                return;
            }
            self.next_page();
        }
    }

    /// Rows of what spans the columns and is kept with what follows, such as a title, and of the
    /// least of that: nothing for what may end a page.
    fn kept(&self, galley: &Galley, range: &std::ops::Range<usize>) -> Rows {
        let slabs = galley.slabs.get(range.clone()).unwrap_or_default();
        let title = slabs.iter().all(|slab| slab.across && slab.keep);
        let Some(next) = galley.slabs.get(range.end).filter(|_| title) else { return Rows(0) };
        let own: Rows = slabs.iter().map(|slab| slab.height() + slab.before.max(slab.after)).sum();
        let group = galley.slabs.iter().skip(range.end).take(next.float.max(1));
        let least = if next.float > 0 {
            group.map(Slab::height).sum()
        } else {
            Rows(next.height().0.min(next.rows.0 * 3).max(3))
        };
        if own + least <= self.height() { own + least } else { own.min(self.height()) }
    }

    /// The least height a stretch is begun in.
    fn least(&self, first: &Slab) -> Rows {
        if first.across { Rows(0) } else { Rows(2).min(self.height() - Rows(1)) }
    }

    fn fill(&self, galley: &Galley, from: &Cursor, region: Region, end: usize) -> Filled {
        let geometry = &self.template.geometry;
        let page_foot = geometry.rows();
        Filler::new(galley, geometry.pitch, page_foot, region, from.clone(), end).fill()
    }

    /// The same stretch in the least height that holds it.
    fn balanced(
        &self,
        galley: &Galley,
        from: &Cursor,
        whole: Region,
        end: usize,
    ) -> Option<Filled> {
        let rows = |slab: &Slab| slab.rows.0 * i64::try_from(slab.set.lines.len()).unwrap_or(0);
        let slabs = galley.slabs.get(from.slab..end).unwrap_or_default();
        let total: i64 = slabs.iter().map(rows).sum();
        let columns = i64::try_from(whole.columns).unwrap_or(1);
        let begun =
            slabs.first().map_or(0, |slab| slab.rows.0 * i64::try_from(from.line).unwrap_or(0));
        let least = ((total - begun) / columns).clamp(1, whole.height.0);
        (least..=whole.height.0).find_map(|height| {
            let region = Region { height: Rows(height), ..whole };
            let filled = self.fill(galley, from, region, end);
            filled.is_done(end).then_some(filled)
        })
    }
}
