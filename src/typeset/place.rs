//! Set lines onto pages.

use super::Desk;
use super::blocks::Galley;
use super::flow::{Body, Flowed, PlacedLine, PlacedNote};
use super::paragraph::{SetParagraph, SetRun};
use super::seat::Seat;
use super::strokes::{Kind, Stroke};
use crate::length::{Em, Pt, Rect};
use crate::page::{GlyphRun, Item, Layout, Mark, OutlineEntry, Page, Turn};

/// Puts a line of a paragraph on a page, its left edge and baseline given.
pub(super) fn line(set: &SetParagraph, at: usize, x: Pt, baseline: Pt, page: &mut Page) {
    let place = |run: &SetRun| (x + run.x, baseline - run.rise, Turn::Level);
    put(set, at, place, |stroke| stroke.item(x, baseline), page);
}

/// Puts a line of vertical text on a page, the middle of its column and its top given.
pub(super) fn column(set: &SetParagraph, at: usize, middle: Pt, top: Pt, page: &mut Page) {
    // Lines of Western words lie so that their em box has its middle in the column's.
    let place = |run: &SetRun| match run.turn {
        Turn::Upright => (middle + run.rise, top + run.x, run.turn),
        Turn::Rotated => {
            (middle + run.rise - Em::from_millis(380).at(run.size), top + run.x, run.turn)
        }
        Turn::Level => (middle, top + run.x + Em::from_millis(880).at(run.size), run.turn),
    };
    put(set, at, place, |stroke| stroke.upright_item(middle, top), page);
}

/// Puts the runs of a line where `place` says, pictures among them in their order, then what is
/// drawn beside them.
fn put(
    set: &SetParagraph,
    at: usize,
    place: impl Fn(&SetRun) -> (Pt, Pt, Turn),
    draw: impl Fn(&Stroke) -> Item,
    page: &mut Page,
) {
    let Some(line) = set.lines.get(at) else { return };
    let strokes = set.strokes.get(line.strokes.clone()).unwrap_or_default();
    let (objects, strokes): (Vec<&Stroke>, Vec<&Stroke>) =
        strokes.iter().partition(|stroke| matches!(stroke.kind, Kind::Object { .. }));
    let mut objects = objects.into_iter().peekable();
    for run in set.runs.get(line.runs.clone()).unwrap_or_default() {
        while let Some(object) = objects.next_if(|object| object.x < run.x) {
            page.items.push(draw(object));
        }
        let (glyphs, text) = (page.glyphs.len(), page.text.len());
        page.glyphs.extend_from_slice(set.glyphs.get(run.glyphs.clone()).unwrap_or_default());
        page.text.push_str(set.text.get(run.text.clone()).unwrap_or_default());
        let (x, baseline, turn) = place(run);
        page.items.push(Item::Text(GlyphRun {
            face: run.face,
            size: run.size,
            colour: run.colour,
            x,
            baseline,
            glyphs: glyphs..page.glyphs.len(),
            text: text..page.text.len(),
            turn,
            mark: run.mark,
        }));
    }
    page.items.extend(objects.map(&draw));
    page.items.extend(strokes.into_iter().map(&draw));
}

/// Puts all lines of a paragraph on a page, `leading` apart, the first line's em box at the top
/// of the box.
pub(super) fn lines(set: &SetParagraph, x: Pt, top: Pt, leading: Pt, size: Pt, page: &mut Page) {
    let mut y = top + Em::from_millis(880).at(size);
    for at in 0..set.lines.len() {
        line(set, at, x, y, page);
        y += leading;
    }
}

/// A filled rectangle that is furniture.
pub(super) fn fill(x: Pt, y: Pt, width: Pt, height: Pt, colour: crate::colour::Colour) -> Item {
    Item::Fill { rect: Rect { x, y, width, height }, colour, mark: Mark::Artefact }
}

/// Puts every article on its pages and its headings into the outline.
pub(super) fn bodies(flowed: &mut Flowed, desk: &Desk<'_>, layout: &mut Layout) {
    let front = layout.pages.len();
    let geometry = &desk.template.geometry;
    for at in 0..flowed.pages() {
        layout.pages.push(Page {
            width: geometry.width,
            height: geometry.height,
            label: flowed.number(at).to_string(),
            ..Page::default()
        });
    }
    let mut noted = vec![0; flowed.pages()];
    for article in 0..flowed.articles().count() {
        let first_number = flowed.first_number;
        let Some((galley, body)) = flowed.article(article) else { continue };
        let pictures = layout.pictures.len();
        layout.pictures.extend(galley.pictures.iter().cloned());
        let numbers = note_numbers(galley, body, &mut noted);
        let mut printer = Printer { galley, desk, layout, front, first_number, pictures, numbers };
        body.lines.iter().for_each(|placed| printer.print(placed));
        body.notes.iter().for_each(|placed| printer.note(placed));
        flowed.clear(article);
    }
    layout.pages.iter_mut().skip(front).for_each(Page::shrink);
}

/// The number of each note on its page: they begin anew on each (FN1).
fn note_numbers(galley: &Galley, body: &Body, noted: &mut [usize]) -> Vec<usize> {
    let mut numbers = vec![0; galley.notes.len()];
    for placed in body.lines.iter().filter(|placed| !placed.again) {
        let notes = galley.slabs.get(placed.slab).map(|slab| slab.notes.as_slice());
        for (_, note) in notes.unwrap_or_default().iter().filter(|(at, _)| *at == placed.line) {
            if let (Some(number), Some(count)) =
                (numbers.get_mut(*note), noted.get_mut(placed.page))
            {
                *count += 1;
                *number = *count;
            }
        }
    }
    numbers
}

/// ① to ㊿, as fonts have them; what comes after begins again.
fn circled(number: usize) -> char {
    let number = u32::try_from(number.saturating_sub(1) % 50).unwrap_or(0);
    let code = match number {
        0..20 => 0x2460 + number,
        20..35 => 0x3251 + number - 20,
        _ => 0x32B1 + number - 35,
    };
    char::from_u32(code).unwrap_or('①')
}

struct Printer<'a> {
    galley: &'a Galley,
    desk: &'a Desk<'a>,
    layout: &'a mut Layout,
    /// Pages before the first body page.
    front: usize,
    first_number: usize,
    /// Pictures of the articles before.
    pictures: usize,
    /// Numbers of the notes on their pages.
    numbers: Vec<usize>,
}

impl Printer<'_> {
    fn print(&mut self, placed: &PlacedLine) {
        let Some(slab) = self.galley.slabs.get(placed.slab) else { return };
        let template = self.desk.template;
        let geometry = &template.geometry;
        let page_at = self.front + placed.page;
        let area = geometry.type_area(self.first_number + placed.page);
        let along = geometry.column(placed.column);
        let seat = Seat { area, along, row: placed.row.at(geometry.pitch), geometry, slab };
        let Some(page) = self.layout.pages.get_mut(page_at) else { return };
        let (first, last) = (placed.line == 0, placed.line + 1 == slab.set.lines.len());
        seat.panel((first, last), template, page);
        let from = page.items.len();
        seat.line(&slab.set, placed.line, slab.x, page);
        self.number_notes(&slab.set, placed.line, page_at, from);
        let Some(page) = self.layout.pages.get_mut(page_at) else { return };
        pictured(page, from, self.pictures);
        if placed.again {
            furniture(page, from);
        }
        if first && let Some((x, marker)) = &slab.marker {
            seat.line(marker, 0, *x, page);
        }
        seat.ornament((first, last), self.pictures, template, page);
        if first
            && !placed.again
            && let Some(entry) = &slab.entry
        {
            self.layout.outline.push(OutlineEntry {
                level: entry.level,
                title: entry.title.clone(),
                page: page_at,
                y: seat.top(),
                node: entry.node,
            });
        }
    }

    /// Puts a line of a note at the foot of its column, a short rule above the first.
    fn note(&mut self, placed: &PlacedNote) {
        let Some(slab) = self.galley.notes.get(placed.note) else { return };
        let template = self.desk.template;
        let geometry = &template.geometry;
        let page_at = self.front + placed.page;
        let area = geometry.type_area(self.first_number + placed.page);
        let along = geometry.column(placed.column);
        let seat = Seat { area, along, row: placed.top, geometry, slab };
        let Some(page) = self.layout.pages.get_mut(page_at) else { return };
        if placed.first {
            page.items.push(seat.note_rule(template));
        }
        let from = page.items.len();
        seat.note_line(&slab.set, placed.line, page);
        pictured(page, from, self.pictures);
        self.number_notes(&slab.set, placed.line, page_at, from);
    }

    /// Gives references to notes their numbers on this page.
    fn number_notes(&mut self, set: &SetParagraph, line: usize, page: usize, from: usize) {
        let Some(line) = set.lines.get(line) else { return };
        let Some(page) = self.layout.pages.get_mut(page) else { return };
        let runs = set.runs.get(line.runs.clone()).unwrap_or_default();
        let placed = page.items.get(from..).unwrap_or_default().iter();
        let placed = placed.filter_map(|item| match item {
            Item::Text(run) => Some(run),
            _ => None,
        });
        for (run, placed) in runs.iter().zip(placed) {
            let Some(note) = run.note.checked_sub(1) else { continue };
            let number = self.numbers.get(usize::from(note)).copied().unwrap_or(0);
            let c = circled(number);
            let glyph = self.desk.library.face(placed.face).glyph(c);
            if let (Some(id), Some(slot)) = (glyph, page.glyphs.get_mut(placed.glyphs.start)) {
                slot.id = id;
                page.text.replace_range(placed.text.clone(), c.encode_utf8(&mut [0; 4]));
            }
        }
    }
}

/// Pictures among words that were put on a page after a place are those of their article: its
/// first is the layout's `first`.
fn pictured(page: &mut Page, from: usize, first: usize) {
    for item in page.items.iter_mut().skip(from) {
        if let Item::Picture { picture, .. } = item {
            *picture += first;
        }
    }
}

/// Makes what was put on a page after a place furniture: it is there a second time.
fn furniture(page: &mut Page, from: usize) {
    for item in page.items.iter_mut().skip(from) {
        if let Item::Text(run) = item {
            run.mark = Mark::Artefact;
        }
    }
}
