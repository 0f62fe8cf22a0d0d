//! The parts of an edition beside its articles: cover, inside cover, contents, masthead page, back
//! cover.
//!
//! What has words that run on ([`contents`], [`masthead`]) is set as slabs and flows like an
//! article; covers are drawn element by element ([`artist`]).

mod artist;
mod barcode;
mod contents;
mod cover;
mod legible;
mod masthead;

use super::Desk;
use super::flow::Flowed;
use super::shape::Shaper;
use crate::issue::{Issue, Labels};
use crate::length::Pt;
use crate::page::{Layout, NodeId, OutlineEntry, Page, Structure, StructureRole};
use crate::template::Part;
use contents::Contents;

/// The nodes of the parts that stand before the articles.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parts {
    cover: NodeId,
    contents: NodeId,
    masthead: NodeId,
}

/// Adds the parts to the structure, so that they come first in reading order.
pub(super) fn parts(structure: &mut Structure, document: NodeId) -> Parts {
    let mut part = || structure.add(StructureRole::Part, Some(document));
    Parts { cover: part(), contents: part(), masthead: part() }
}

/// What sets the parts of an issue.
pub(super) struct Binder<'a> {
    pub(super) issue: &'a Issue,
    pub(super) desk: &'a Desk<'a>,
    /// For the lines of the design, which may run down.
    pub(super) shaper: &'a Shaper<'a>,
    /// For what runs from left to right in any design, such as words on a cover.
    pub(super) level: &'a Shaper<'a>,
}

/// Gives the last page its name.
fn named(layout: &mut Layout, name: &str) {
    if let Some(page) = layout.pages.last_mut() {
        name.clone_into(&mut page.name);
    }
}

impl Binder<'_> {
    fn has(&self, part: Part) -> bool {
        self.desk.template.parts.contains(&part)
    }

    fn labels(&self) -> Labels {
        Labels::of(&self.issue.language)
    }

    /// Everything before the first article. Its page has the side its number asks for: where one
    /// page is missing to that, the inside of the cover is drawn too.
    pub(super) fn front(&self, flowed: &Flowed, parts: Parts, layout: &mut Layout) {
        let contents = self
            .has(Part::Contents)
            .then(|| Contents::set(self, flowed, parts.contents, &mut layout.structure));
        let masthead = (self.has(Part::Masthead) && self.issue.has_masthead())
            .then(|| masthead::compose(self, parts.masthead, &mut layout.structure));
        let counted = usize::from(self.has(Part::Cover))
            + contents.as_ref().map_or(0, |contents| contents.body.last_page + 1)
            + usize::from(masthead.is_some());
        // The first page of a file is a right page; so are those with odd numbers.
        let odd = counted % 2 == 1;
        let inside = self.has(Part::InsideCover) && odd == (flowed.first_number % 2 == 1);
        let front = counted + usize::from(inside);
        if self.has(Part::Cover) {
            self.cover(parts.cover, layout);
            named(layout, self.labels().cover);
        }
        if inside {
            self.inside_cover(parts.cover, layout);
        }
        if let Some(contents) = contents {
            let entry = self.entry(self.labels().contents, parts.contents, layout);
            layout.outline.push(entry);
            contents.place(self, front, layout);
        }
        if let Some(galley) = masthead {
            let entry = self.entry(self.labels().masthead, parts.masthead, layout);
            layout.outline.push(entry);
            masthead::place(self, &galley, parts.masthead, layout);
        }
    }

    /// What stands after the last article: the back cover, which is a left page.
    pub(super) fn back(&self, document: NodeId, layout: &mut Layout) {
        if !self.has(Part::BackCover) {
            return;
        }
        if layout.pages.len().is_multiple_of(2) {
            layout.pages.push(self.page());
        }
        let node = layout.structure.add(StructureRole::Part, Some(document));
        let entry = self.entry(self.labels().back_cover, node, layout);
        layout.outline.push(entry);
        self.back_cover(node, layout);
        named(layout, self.labels().back_cover);
    }

    fn page(&self) -> Page {
        let geometry = &self.desk.template.geometry;
        Page { width: geometry.width, height: geometry.height, ..Page::default() }
    }

    /// An entry of the outline for a part that begins with the next page.
    fn entry(&self, title: &str, node: NodeId, layout: &Layout) -> OutlineEntry {
        let page = layout.pages.len();
        OutlineEntry { level: 0, title: title.to_owned(), page, y: Pt::ZERO, node }
    }
}
