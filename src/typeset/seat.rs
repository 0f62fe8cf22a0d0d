//! Where a line and what is drawn with it stand on a page, horizontal or vertical.
//!
//! A line is known by how far along its column it begins and how many rows lie before it. Along
//! is to the right and rows go down; in vertical text along is down and rows go to the left.

use super::blocks::{Ornament, Slab};
use super::paragraph::{SetParagraph, baseline};
use super::place::{column, fill, line};
use crate::colour::Colour;
use crate::length::{Em, Pt, Rect};
use crate::page::{Item, Page};
use crate::template::{Align, Geometry, Ink, Panel, Template};

/// The weight of the thinnest rules.
const HAIRLINE: Pt = Pt::from_millis(300);

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

    /// Puts a line of a note there: its rows are as high as its own leading.
    pub(super) fn note_line(&self, set: &SetParagraph, at: usize, page: &mut Page) {
        let depth = self.slab.leading;
        let Rect { x, y, width, height } = self.rect(Pt::ZERO, Pt::ZERO, Pt::ZERO, depth);
        if self.geometry.vertical {
            column(set, at, x + width / 2, y, page);
        } else {
            line(set, at, x, y + baseline(self.slab.size, height), page);
        }
    }

    /// The rule above notes, a third of a column long.
    pub(super) fn note_rule(&self, template: &Template) -> Item {
        let length = self.slab.measure / 3;
        let above = Pt::ZERO - template.pitch().scale(3, 16);
        self.fill((Pt::ZERO, above), length, Pt::from_millis(400), template.colour(Ink::Ink))
    }

    /// Lays a panel behind a line; where it begins and ends it reaches a third of a row further.
    pub(super) fn panel(&self, (first, last): (bool, bool), template: &Template, page: &mut Page) {
        let (begins, ends) = (first && self.slab.panel_ends.0, last && self.slab.panel_ends.1);
        let more = self.geometry.pitch / 3;
        let above = if begins { more } else { Pt::ZERO };
        let below = if ends { more } else { Pt::ZERO };
        let depth = self.depth() + above + below;
        let place = (Pt::ZERO, Pt::ZERO - above);
        let whole = |colour| self.fill(place, self.slab.measure, depth, colour);
        match self.slab.panel {
            Panel::None => {}
            Panel::Tint => page.items.push(whole(template.accent.tint(8))),
            Panel::Solid => page.items.push(whole(template.accent)),
            Panel::Rules => {
                let weight = Pt::from_millis(800);
                let mut rule = |across: Pt| {
                    let place = (Pt::ZERO, across);
                    page.items.push(self.fill(place, self.slab.measure, weight, template.accent));
                };
                if begins {
                    rule(Pt::ZERO - above);
                }
                if ends {
                    rule(self.depth() + below);
                }
            }
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
                let along = self.slab.x + (self.slab.measure - self.slab.x - length) / 2;
                page.items.push(Item::Picture {
                    picture: pictures + placed.picture,
                    rect: self.rect(along, (self.depth() - depth) / 2, length, depth),
                    mark: placed.mark,
                });
            }
            Ornament::Leader { from, to } if last => self.leader(from, to, template, page),
            Ornament::Line if first => {
                let grey = template.colour(Ink::Grey).tint(60);
                let above = Pt::ZERO - template.pitch() / 2;
                let rule = self.fill((Pt::ZERO, above), self.slab.measure, HAIRLINE, grey);
                page.items.push(rule);
            }
            Ornament::Bar if last => {
                let weight = Pt::from_millis(2200);
                let below = self.depth() + template.pitch() / 3;
                let place = (Pt::ZERO, below);
                page.items.push(self.fill(place, Pt::new(34), weight, template.accent));
            }
            Ornament::EndMark if last => page.items.extend(self.end_mark(template)),
            _ => {}
        }
    }

    /// Points on a grid of three fifths of a body em from the far edge, so that they stand under
    /// each other.
    fn leader(&self, from: Pt, to: Pt, template: &Template, page: &mut Page) {
        let body = self.geometry.size;
        let (step, side) = (body.scale(6, 10), Pt::from_millis(750));
        let (start, end) = (from + body, to - body.scale(7, 10));
        let across = if self.geometry.vertical {
            (self.depth() - side) / 2
        } else {
            baseline(self.slab.size, self.depth()) - body.scale(3, 10)
        };
        let colour = template.colour(Ink::Grey).tint(70);
        let mut along = self.slab.measure - step * 4;
        while along >= start {
            if along <= end {
                page.items.push(self.fill((along, across), side, side, colour));
            }
            along -= step;
        }
    }

    /// All that a line takes, for a length along it.
    pub(super) fn stretch(&self, length: Pt) -> Rect {
        self.rect(Pt::ZERO, Pt::ZERO, length, self.depth())
    }

    /// A short rule before the line.
    fn rule_above(&self, align: Align, template: &Template) -> Item {
        let (measure, length) = (self.slab.measure, self.geometry.size * 4);
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
        self.fill(place, self.slab.measure, weight, template.colour(Ink::Grey))
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
        let fits = along + side <= self.slab.measure;
        fits.then(|| self.fill((along, across), side, side, template.accent))
    }
}
