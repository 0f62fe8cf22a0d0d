//! Set lines onto pages.

use super::blocks::Galley;
use super::flow::{Flowed, PlacedLine};
use super::paragraph::SetParagraph;
use super::seat::Seat;
use crate::length::{Em, Pt, Rect, Rows};
use crate::page::{GlyphRun, Item, Layout, Mark, OutlineEntry, Page, Turn};
use crate::template::Template;

/// Puts a line of a paragraph on a page, its left edge and baseline given.
pub(super) fn line(set: &SetParagraph, at: usize, x: Pt, baseline: Pt, page: &mut Page) {
    let Some(line) = set.lines.get(at) else { return };
    for run in set.runs.get(line.runs.clone()).unwrap_or_default() {
        let (glyphs, text) = (page.glyphs.len(), page.text.len());
        page.glyphs.extend_from_slice(set.glyphs.get(run.glyphs.clone()).unwrap_or_default());
        page.text.push_str(set.text.get(run.text.clone()).unwrap_or_default());
        page.items.push(Item::Text(GlyphRun {
            face: run.face,
            size: run.size,
            colour: run.colour,
            x: x + run.x,
            baseline: baseline - run.rise,
            glyphs: glyphs..page.glyphs.len(),
            text: text..page.text.len(),
            turn: Turn::Level,
            mark: run.mark,
        }));
    }
    let strokes = set.strokes.get(line.strokes.clone()).unwrap_or_default();
    page.items.extend(strokes.iter().map(|stroke| stroke.item(x, baseline)));
}

/// Puts a line of vertical text on a page, the middle of its column and its top given.
pub(super) fn column(set: &SetParagraph, at: usize, middle: Pt, top: Pt, page: &mut Page) {
    let Some(line) = set.lines.get(at) else { return };
    for run in set.runs.get(line.runs.clone()).unwrap_or_default() {
        let (glyphs, text) = (page.glyphs.len(), page.text.len());
        page.glyphs.extend_from_slice(set.glyphs.get(run.glyphs.clone()).unwrap_or_default());
        page.text.push_str(set.text.get(run.text.clone()).unwrap_or_default());
        // Lines of Western words lie so that their em box has its middle in the column's.
        let (x, baseline) = match run.turn {
            Turn::Upright => (middle + run.rise, top + run.x),
            Turn::Rotated => (middle + run.rise - Em::from_millis(380).at(run.size), top + run.x),
            Turn::Level => (middle, top + run.x + Em::from_millis(880).at(run.size)),
        };
        page.items.push(Item::Text(GlyphRun {
            face: run.face,
            size: run.size,
            colour: run.colour,
            x,
            baseline,
            glyphs: glyphs..page.glyphs.len(),
            text: text..page.text.len(),
            turn: run.turn,
            mark: run.mark,
        }));
    }
    let strokes = set.strokes.get(line.strokes.clone()).unwrap_or_default();
    page.items.extend(strokes.iter().map(|stroke| stroke.upright_item(middle, top)));
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
pub(super) fn bodies(flowed: &Flowed, template: &Template, layout: &mut Layout) {
    let front = layout.pages.len();
    for (galley, body) in flowed.articles() {
        let first = layout.pages.len();
        let pictures = layout.pictures.len();
        layout.pictures.extend(galley.pictures.iter().cloned());
        for at in 0..body.pages {
            let number = body.first_page + at + 1;
            layout.pages.push(Page {
                width: template.geometry.width,
                height: template.geometry.height,
                label: number.to_string(),
                ..Page::default()
            });
        }
        let mut printer = Printer { galley, template, layout, first, front, pictures };
        for placed in &body.lines {
            printer.print(placed);
        }
    }
}

struct Printer<'a> {
    galley: &'a Galley,
    template: &'a Template,
    layout: &'a mut Layout,
    /// The article's first page in the layout.
    first: usize,
    /// Pages before the first body page.
    front: usize,
    /// Pictures of the articles before.
    pictures: usize,
}

impl Printer<'_> {
    fn print(&mut self, placed: &PlacedLine) {
        let Some(slab) = self.galley.slabs.get(placed.slab) else { return };
        let geometry = &self.template.geometry;
        let columns = usize::try_from(geometry.columns).unwrap_or(1).max(1);
        let page_at = self.first + placed.column / columns;
        let area = geometry.type_area(page_at + 1 - self.front);
        let along = (geometry.measure() + geometry.size * 2)
            * i64::try_from(placed.column % columns).unwrap_or(0);
        let seat = Seat { area, along, row: placed.row.at(geometry.pitch), geometry, slab };
        let Some(page) = self.layout.pages.get_mut(page_at) else { return };
        seat.line(&slab.set, placed.line, slab.x, page);
        let (first, last) = (placed.line == 0, placed.line + 1 == slab.set.lines.len());
        if first && let Some((x, marker)) = &slab.marker {
            seat.line(marker, 0, *x, page);
        }
        if first && let Some(entry) = &slab.entry {
            self.layout.outline.push(OutlineEntry {
                level: entry.level,
                title: entry.title.clone(),
                page: page_at,
                y: seat.top(),
                node: entry.node,
            });
        }
        seat.ornament((first, last), self.pictures, self.template, page);
    }
}

/// Rows a set paragraph takes.
pub(super) fn rows_of(set: &SetParagraph, each: Rows) -> Rows {
    each * i64::try_from(set.lines.len()).unwrap_or(0)
}
