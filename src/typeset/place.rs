//! Set lines onto pages.

use super::blocks::{Galley, Ornament, Slab};
use super::flow::{Flowed, PlacedLine};
use super::paragraph::{SetParagraph, baseline};
use crate::length::{Em, Pt, Rect, Rows};
use crate::page::{GlyphRun, Item, Layout, Mark, OutlineEntry, Page};
use crate::template::{Align, Geometry, Ink, Template};

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
            mark: run.mark,
        }));
    }
    let strokes = set.strokes.get(line.strokes.clone()).unwrap_or_default();
    page.items.extend(strokes.iter().map(|stroke| stroke.item(x, baseline)));
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
        let (left, top) = corner(geometry, page_at + 1 - self.front, placed.column % columns);
        let row_top = top + placed.row.at(geometry.pitch);
        let height = slab.rows.at(geometry.pitch);
        let base = row_top + baseline(slab.size, height);
        let Some(page) = self.layout.pages.get_mut(page_at) else { return };
        line(&slab.set, placed.line, left + slab.x, base, page);
        if placed.line == 0 {
            if let Some((x, marker)) = &slab.marker {
                line(marker, 0, left + *x, base, page);
            }
            if let Ornament::RuleAbove(align) = slab.ornament {
                page.items.push(rule_above(align, left, row_top, self.template));
            }
            if let Ornament::TableRule { head: true, .. } = slab.ornament {
                page.items.push(table_rule(left, row_top, true, self.template));
            }
            if let Some(entry) = &slab.entry {
                self.layout.outline.push(OutlineEntry {
                    level: entry.level,
                    title: entry.title.clone(),
                    page: page_at,
                    y: row_top,
                    node: entry.node,
                });
            }
        }
        if let Ornament::TableRule { foot, .. } = slab.ornament
            && placed.line + 1 == slab.set.lines.len()
        {
            page.items.push(table_rule(left, row_top + height, foot, self.template));
        }
        if let Ornament::Picture(placed) = slab.ornament {
            let room = geometry.measure() - slab.x;
            let x = left + slab.x + (room - placed.width) / 2;
            let y = row_top + (height - placed.height) / 2;
            page.items.push(Item::Picture {
                picture: self.pictures + placed.picture,
                rect: Rect { x, y, width: placed.width, height: placed.height },
                mark: Mark::Node(placed.node),
            });
        }
        if slab.ornament == Ornament::EndMark && placed.line + 1 == slab.set.lines.len() {
            end_mark(slab, left, base, self.template, page);
        }
    }
}

/// The top left corner of a column on a page by its number.
fn corner(geometry: &Geometry, number: usize, column: usize) -> (Pt, Pt) {
    let area = geometry.type_area(number);
    let step = geometry.measure() + geometry.size * 2;
    (area.x + step * i64::try_from(column).unwrap_or(0), area.y)
}

fn rule_above(align: Align, left: Pt, top: Pt, template: &Template) -> Item {
    let measure = template.geometry.measure();
    let width = template.geometry.size * 4;
    let x = match align {
        Align::Right => left + measure - width,
        Align::Centre => left + (measure - width) / 2,
        Align::Justify | Align::Left => left,
    };
    let y = top - template.pitch() / 4;
    fill(x, y, width, Pt::from_millis(800), template.accent)
}

/// A rule of a table, across the measure.
fn table_rule(left: Pt, y: Pt, heavy: bool, template: &Template) -> Item {
    let weight = Pt::from_millis(if heavy { 800 } else { 250 });
    fill(left, y - weight / 2, template.geometry.measure(), weight, template.colour(Ink::Grey))
}

/// A square of half an em, a third of an em after the last character, if there is room.
fn end_mark(slab: &Slab, left: Pt, base: Pt, template: &Template, page: &mut Page) {
    let Some(last) = slab.set.lines.last() else { return };
    let side = Em::from_millis(480).at(slab.size);
    let x = last.end + Em::from_millis(600).at(slab.size);
    if x + side <= template.geometry.measure() {
        let y = base - Em::from_millis(620).at(slab.size);
        page.items.push(fill(left + x, y, side, side, template.accent));
    }
}

/// Rows a set paragraph takes.
pub(super) fn rows_of(set: &SetParagraph, each: Rows) -> Rows {
    each * i64::try_from(set.lines.len()).unwrap_or(0)
}
