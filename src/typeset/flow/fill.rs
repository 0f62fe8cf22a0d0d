//! Slabs into the columns of one region of a page.
//!
//! What is kept together is a constraint: a heading with two lines of what follows (CLREQ, HD3),
//! no line of a paragraph alone at the head or foot of a column (单行不成页, WO1), a note on the
//! page of its mark (FN1), a figure at the head or foot of a column and never after the next
//! heading.

use super::{PlacedLine, PlacedNote};
use crate::length::{Pt, Rows};
use crate::typeset::blocks::{Galley, Slab};

/// What is to be placed next.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Cursor {
    pub(super) slab: usize,
    pub(super) line: usize,
    /// Figures that wait for the head of a column, by their first slab.
    floats: Vec<usize>,
    /// Lines of notes that did not fit below the column of their mark.
    notes: Vec<(usize, usize)>,
}

impl Cursor {
    /// Before the first line of a slab.
    pub(super) fn at(slab: usize) -> Self {
        Self { slab, ..Self::default() }
    }
}

/// Columns side by side on a page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Region {
    pub(super) page: usize,
    /// Its first row.
    pub(super) top: Rows,
    pub(super) height: Rows,
    pub(super) columns: usize,
}

/// What a region was filled with.
#[derive(Debug)]
pub(super) struct Filled {
    pub(super) lines: Vec<PlacedLine>,
    pub(super) notes: Vec<PlacedNote>,
    /// Rows of its longest column.
    pub(super) used: Rows,
    pub(super) next: Cursor,
}

impl Filled {
    /// Whether everything up to a slab has its place.
    pub(super) fn is_done(&self, end: usize) -> bool {
        self.next.slab >= end && self.next.floats.is_empty() && self.next.notes.is_empty()
    }
}

pub(super) struct Filler<'a> {
    slabs: &'a [Slab],
    notes_of: &'a [Slab],
    pitch: Pt,
    /// Rows of the page, where notes stand.
    page_rows: Rows,
    region: Region,
    end: usize,
    cursor: Cursor,
    column: usize,
    /// Next free row of the column.
    row: Rows,
    /// Rows the last slab wants below it.
    after: Rows,
    /// Rows that a figure takes at the foot.
    foot: Rows,
    /// Whether the notes of the column have their places.
    closed: bool,
    used: Rows,
    lines: Vec<PlacedLine>,
    notes: Vec<PlacedNote>,
}

/// The rule above notes and the air around it, in sixteenths of a row.
const ABOVE_NOTES: i64 = 12;

impl<'a> Filler<'a> {
    pub(super) fn new(
        galley: &'a Galley,
        pitch: Pt,
        page_rows: Rows,
        region: Region,
        cursor: Cursor,
        end: usize,
    ) -> Self {
        Self {
            slabs: &galley.slabs,
            notes_of: &galley.notes,
            pitch,
            page_rows,
            region,
            end,
            cursor,
            column: 0,
            row: Rows(0),
            after: Rows(0),
            foot: Rows(0),
            closed: false,
            used: Rows(0),
            lines: Vec::new(),
            notes: Vec::new(),
        }
    }

    pub(super) fn fill(mut self) -> Filled {
        while self.cursor.slab < self.end || !self.cursor.floats.is_empty() {
            if !self.step() && !self.next_column() {
                break;
            }
        }
        self.close_column();
        // Notes without text above them go on in the columns that are left.
        while !self.cursor.notes.is_empty() && self.next_column() {}
        let Self { lines, notes, used, cursor, .. } = self;
        Filled { lines, notes, used, next: cursor }
    }

    /// Places something in the column; whether there was room for it.
    fn step(&mut self) -> bool {
        let at = self.cursor.slab;
        let slab = self.slabs.get(at).filter(|_| at < self.end);
        if let Some(float) = self.cursor.floats.first().copied()
            && (self.row == Rows(0) || slab.is_none_or(Slab::is_heading))
        {
            let placed = self.float(float, false);
            if placed {
                self.cursor.floats.remove(0);
            }
            return placed;
        }
        match slab {
            Some(slab) if slab.float > 0 && self.cursor.line == 0 => {
                let foot = self.room_is_filled(at + slab.float, self.group_rows(at));
                if !self.float(at, foot) {
                    self.cursor.floats.push(at);
                }
                self.cursor.slab += slab.float;
                true
            }
            Some(slab) => self.text(at, slab),
            None => false,
        }
    }

    /// Rows the column has for text and figures.
    fn capacity(&self) -> Rows {
        self.region.height - self.foot - self.note_rows(self.note_height())
    }

    /// Rows of the slabs of a figure with its caption.
    fn group_rows(&self, at: usize) -> Rows {
        let group = self.slabs.get(at).map_or(0, |slab| slab.float);
        let slabs = self.slabs.iter().skip(at).take(group);
        slabs.map(Slab::height).fold(Rows(0), |sum, rows| sum + rows)
    }

    /// Whether the text up to the next heading or figure fills what is left of the column above a
    /// figure at its foot.
    fn room_is_filled(&self, from: usize, figure: Rows) -> bool {
        let left = self.capacity() - self.row - figure - Rows(1);
        if left <= Rows(0) || !self.notes_of.is_empty() {
            return false;
        }
        let mut rows = Rows(0);
        for slab in self.slabs.get(from..self.end).unwrap_or_default() {
            if slab.is_heading() || slab.float > 0 || rows >= left {
                break;
            }
            rows += slab.before.max(Rows(0)) + slab.height();
        }
        rows >= left
    }

    /// Places a figure here, or at the foot of the column; whether it fits. At the head of a whole
    /// page it always does.
    fn float(&mut self, at: usize, foot: bool) -> bool {
        let Some(first) = self.slabs.get(at) else { return true };
        let group = first.float;
        let rows = self.group_rows(at);
        let before = if self.row == Rows(0) { Rows(0) } else { first.before.max(self.after) };
        if self.row + before + rows > self.capacity() && !self.is_at_head_of_page() {
            return false;
        }
        if foot {
            self.foot += rows + first.before;
        }
        let mut row =
            if foot { self.region.height - self.foot + first.before } else { self.row + before };
        let slabs = self.slabs;
        let mut noted = Vec::new();
        for (slab, own) in slabs.iter().enumerate().skip(at).take(group) {
            for line in 0..own.set.lines.len() {
                self.place(slab, line, row);
                row += own.rows;
                noted.push((own, line));
            }
        }
        for (slab, line) in noted {
            self.note_of_line(slab, line);
        }
        if !foot {
            self.row = row;
            self.after = self.slabs.get(at + group - 1).map_or(Rows(0), |slab| slab.after);
        }
        self.used = self.used.max(row);
        true
    }

    fn is_at_head_of_page(&self) -> bool {
        self.row == Rows(0) && self.region.top == Rows(0) && self.region.height == self.page_rows
    }

    /// Places lines of a paragraph.
    fn text(&mut self, at: usize, slab: &Slab) -> bool {
        let count = slab.set.lines.len();
        let from = self.cursor.line;
        let before =
            if from > 0 || self.row == Rows(0) { Rows(0) } else { slab.before.max(self.after) };
        let head = self.head_rows(slab);
        if from == 0 && !self.is_at_head_of_page() {
            let whole = if self.is_whole(slab) { slab.height() } else { Rows(0) };
            let least = self.least(at).max(whole);
            let most = self.page_rows;
            if self.row + before + least.min(most) > self.capacity() {
                return false;
            }
        }
        let room = self.room(slab, self.row + before + head);
        let fits = split(count - from, room, from == 0);
        let forced = self.is_at_head_of_page() && fits == 0;
        let fits = if forced { 1 } else { fits };
        if fits == 0 {
            return count == from && self.advance(slab);
        }
        self.row += before;
        self.repeat_head(slab);
        for line in from..from + fits {
            self.place(at, line, self.row);
            self.row += slab.rows;
            self.note_of_line(slab, line);
        }
        self.used = self.used.max(self.row);
        self.cursor.line += fits;
        if self.cursor.line >= count { self.advance(slab) } else { false }
    }

    fn advance(&mut self, slab: &Slab) -> bool {
        self.cursor.slab += 1;
        self.cursor.line = 0;
        self.after = slab.after;
        true
    }

    /// Rows of the head that a table's row needs above it at the head of a column.
    fn head_rows(&self, slab: &Slab) -> Rows {
        let again = self.row == Rows(0) && slab.head.as_ref().is_some_and(|h| !h.is_empty());
        match &slab.head {
            Some(head) if again => self
                .slabs
                .get(head.clone())
                .unwrap_or_default()
                .iter()
                .map(Slab::height)
                .fold(Rows(0), |sum, rows| sum + rows),
            _ => Rows(0),
        }
    }

    fn repeat_head(&mut self, slab: &Slab) {
        if self.row > Rows(0) {
            return;
        }
        for at in slab.head.clone().unwrap_or(0..0) {
            let Some(own) = self.slabs.get(at) else { continue };
            for line in 0..own.set.lines.len() {
                self.place(at, line, self.row);
                if let Some(placed) = self.lines.last_mut() {
                    placed.again = true;
                }
                self.row += own.rows;
            }
        }
    }

    fn place(&mut self, slab: usize, line: usize, row: Rows) {
        let Region { page, top, .. } = self.region;
        let row = top + row;
        let column = self.column;
        self.lines.push(PlacedLine { slab, line, page, column, row, again: false });
    }

    /// How many of a paragraph's remaining lines fit from a row on, with the beginnings of their
    /// notes.
    fn room(&self, slab: &Slab, from: Rows) -> usize {
        let (mut row, mut notes) = (from, self.note_height());
        let lines = self.cursor.line..slab.set.lines.len();
        let all = lines.len();
        for (count, line) in lines.enumerate() {
            let own = || slab.notes.iter().filter(move |(at, _)| *at == line);
            let begun: Pt = own().map(|(_, note)| self.height_of(*note, 2)).sum();
            row += slab.rows;
            if row + self.foot + self.note_rows(notes + begun) > self.region.height {
                return count;
            }
            notes += own().map(|(_, note)| self.height_of(*note, usize::MAX)).sum();
        }
        all
    }

    /// The height of up to `most` lines of a note.
    fn height_of(&self, note: usize, most: usize) -> Pt {
        let Some(slab) = self.notes_of.get(note) else { return Pt::ZERO };
        let lines = slab.set.lines.len().min(most);
        slab.leading * i64::try_from(lines).unwrap_or(0)
    }

    /// The height of the notes that stand in the column so far.
    fn note_height(&self) -> Pt {
        let line = |(note, _): &(usize, usize)| self.height_of(*note, 1);
        self.cursor.notes.iter().map(line).sum()
    }

    /// Rows that notes of a height take from the text; two are left to it.
    fn note_rows(&self, height: Pt) -> Rows {
        if height == Pt::ZERO {
            return Rows(0);
        }
        let rows = Rows::holding(height + self.pitch.scale(ABOVE_NOTES, 16), self.pitch);
        rows.min(self.region.height - Rows(2)).max(Rows(0))
    }

    fn note_of_line(&mut self, slab: &Slab, line: usize) {
        for (_, note) in slab.notes.iter().filter(|(at, _)| *at == line) {
            let lines = self.notes_of.get(*note).map_or(0, |slab| slab.set.lines.len());
            self.cursor.notes.extend((0..lines).map(|line| (*note, line)));
        }
    }

    /// Puts the notes of the column at the foot of the page; those that do not fit go on in the
    /// next.
    fn close_column(&mut self) {
        if self.closed || self.cursor.notes.is_empty() {
            return;
        }
        self.closed = true;
        let foot = self.page_rows.at(self.pitch);
        let text_end = (self.region.top + self.row).at(self.pitch);
        let mut left = foot - self.foot.at(self.pitch) - text_end;
        left -= self.pitch.scale(ABOVE_NOTES, 16);
        let mut fitting = 0;
        let mut height = Pt::ZERO;
        for (note, _) in &self.cursor.notes {
            let next = height + self.height_of(*note, 1);
            if next > left {
                break;
            }
            height = next;
            fitting += 1;
        }
        let mut top = foot - self.foot.at(self.pitch) - height;
        let (page, column) = (self.region.page, self.column);
        let placed: Vec<_> = self.cursor.notes.drain(..fitting).collect();
        for (at, (note, line)) in placed.into_iter().enumerate() {
            self.notes.push(PlacedNote { note, line, page, column, top, first: at == 0 });
            top += self.height_of(note, 1);
        }
    }

    /// Whether there is another column.
    fn next_column(&mut self) -> bool {
        self.close_column();
        if self.column + 1 >= self.region.columns {
            return false;
        }
        self.column += 1;
        self.closed = false;
        self.row = Rows(0);
        self.after = Rows(0);
        self.foot = Rows(0);
        true
    }

    /// The fewest rows that must fit if a slab is to begin here: two of its lines, or all of it
    /// and the least of what it is kept with. Where that is more than a page has, as when heading
    /// follows heading, it is kept with the next slab only, or with two lines of it.
    fn least(&self, first: usize) -> Rows {
        let own = |slab: &Slab| match slab.set.lines.len() {
            count if self.is_whole(slab) || count <= 3 => slab.height(),
            _ => slab.rows * 2,
        };
        let (mut least, mut below_heading) = (Rows(0), false);
        let mut slabs = self.slabs.iter().take(self.end).skip(first).peekable();
        while let Some(slab) = slabs.next() {
            if !slab.keep {
                least += own(slab);
                // A name below the title of a poem is one line: the poem begins there, too.
                let more = slabs.peek().filter(|_| below_heading && slab.set.lines.len() == 1);
                if let Some(next) = more.filter(|next| !next.is_heading() && next.float == 0) {
                    least += slab.after.max(next.before) + own(next);
                }
                break;
            }
            below_heading |= slab.is_heading();
            let next = slabs.peek().map_or(Rows(0), |next| next.before);
            least += slab.height() + slab.after.max(next);
            if least > self.page_rows {
                break;
            }
        }
        if least <= self.page_rows {
            return least;
        }
        let Some(slab) = self.slabs.get(first) else { return least };
        let next = self.slabs.get(first + 1).filter(|_| first + 1 < self.end);
        let pair = next.map_or(Rows(0), |next| slab.after.max(next.before) + own(next));
        slab.height() + pair
    }

    /// Whether the lines of a slab are not parted: what takes more than half a page may be.
    fn is_whole(&self, slab: &Slab) -> bool {
        slab.whole && slab.height() * 2 <= self.page_rows
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
