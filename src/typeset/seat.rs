//! Where a line and what is drawn with it stand on a page, horizontal or vertical.
//!
//! A line is known by how far along its column it begins and how many rows lie before it. Along
//! is to the right and rows go down; in vertical text along is down and rows go to the left.

use super::blocks::{Ornament, Slab};
use super::paragraph::{SetParagraph, baseline};
use super::place::{column, fill, line};
use crate::colour::Colour;
use crate::length::{Em, Pt, Rect};
use crate::page::{Item, Mark, Page};
use crate::template::{Align, Geometry, Ink, Template};

/// The place of a line.
pub(super) struct Seat<'a> {
    /// The type area of its page.
    pub(super) area: Rect,
    /// From the beginning of the area to the beginning of its column.
    pub(super) along: Pt,
    /// From the beginning of the area to the beginning of its row.
    pub(super) row: Pt,
    pub(super) geometry: &'a Geometry,
    pub(super) slab: &'a Slab,
}

impl Seat<'_> {
    /// How much the line takes across.
    fn depth(&self) -> Pt {
        self.slab.rows.at(self.geometry.pitch)
    }

    /// The top of the line on the page, for links that lead to it.
    pub(super) fn top(&self) -> Pt {
        self.area.y + if self.geometry.vertical { self.along } else { self.row }
    }

    /// A rectangle, from how far along and across from the line's beginning it lies.
    fn rect(&self, along: Pt, across: Pt, length: Pt, depth: Pt) -> Rect {
        let (along, across) = (self.along + along, self.row + across);
        let Rect { x, y, width, .. } = self.area;
        if self.geometry.vertical {
            Rect { x: x + width - across - depth, y: y + along, width: depth, height: length }
        } else {
            Rect { x: x + along, y: y + across, width: length, height: depth }
        }
    }

    fn fill(&self, (along, across): (Pt, Pt), length: Pt, depth: Pt, colour: Colour) -> Item {
        let Rect { x, y, width, height } = self.rect(along, across, length, depth);
        fill(x, y, width, height, colour)
    }

    /// Puts a line of a paragraph there.
    pub(super) fn line(&self, set: &SetParagraph, at: usize, along: Pt, page: &mut Page) {
        let Rect { x, y, width, height } = self.rect(along, Pt::ZERO, Pt::ZERO, self.depth());
        if self.geometry.vertical {
            column(set, at, x + width / 2, y, page);
        } else {
            line(set, at, x, y + baseline(self.slab.size, height), page);
        }
    }

    /// Puts what is drawn with the first or last line there.
    pub(super) fn ornament(
        &self,
        (first, last): (bool, bool),
        pictures: usize,
        template: &Template,
        page: &mut Page,
    ) {
        match self.slab.ornament {
            Ornament::RuleAbove(align) if first => {
                page.items.push(self.rule_above(align, template));
            }
            Ornament::TableRule { head, foot } => {
                if first && head {
                    page.items.push(self.table_rule(Pt::ZERO, true, template));
                }
                if last {
                    page.items.push(self.table_rule(self.depth(), foot, template));
                }
            }
            Ornament::Picture(placed) => {
                let vertical = self.geometry.vertical;
                let (length, depth) = if vertical {
                    (placed.height, placed.width)
                } else {
                    (placed.width, placed.height)
                };
                let along = self.slab.x + (self.geometry.measure() - self.slab.x - length) / 2;
                page.items.push(Item::Picture {
                    picture: pictures + placed.picture,
                    rect: self.rect(along, (self.depth() - depth) / 2, length, depth),
                    mark: Mark::Node(placed.node),
                });
            }
            Ornament::EndMark if last => page.items.extend(self.end_mark(template)),
            _ => {}
        }
    }

    /// A short rule before the line.
    fn rule_above(&self, align: Align, template: &Template) -> Item {
        let (measure, length) = (self.geometry.measure(), self.geometry.size * 4);
        let along = match align {
            Align::Right => measure - length,
            Align::Centre => (measure - length) / 2,
            Align::Justify | Align::Left => Pt::ZERO,
        };
        let across = Pt::ZERO - template.pitch() / 4;
        self.fill((along, across), length, Pt::from_millis(800), template.accent)
    }

    /// A rule of a table, along the measure.
    fn table_rule(&self, across: Pt, heavy: bool, template: &Template) -> Item {
        let weight = Pt::from_millis(if heavy { 800 } else { 250 });
        let place = (Pt::ZERO, across - weight / 2);
        self.fill(place, self.geometry.measure(), weight, template.colour(Ink::Grey))
    }

    /// A square of half an em, a third of an em after the last character, if there is room.
    fn end_mark(&self, template: &Template) -> Option<Item> {
        let size = self.slab.size;
        let last = self.slab.set.lines.last()?;
        let side = Em::from_millis(480).at(size);
        let along = self.slab.x + last.end + Em::from_millis(600).at(size);
        let across = if self.geometry.vertical {
            (self.depth() - side) / 2
        } else {
            baseline(size, self.depth()) - Em::from_millis(620).at(size)
        };
        let fits = along + side <= self.geometry.measure();
        fits.then(|| self.fill((along, across), side, side, template.accent))
    }
}
